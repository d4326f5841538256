/* Sums of oblivious trees; the twin is `tree_sums` in trees.py. */

#include "core.h"

#include <string.h>

#define COLUMNS 64 /* that are judged at once: a fixed number, so that compilers know how to do many in one step */
#if defined(__GNUC__) && !defined(__clang__)
#define MANY_AT_ONCE __attribute__((optimize("O3")))
#else
#define MANY_AT_ONCE
#endif
#define TREES 16   /* whose leaves are added up in one go */
#define DEEPEST 8

typedef struct {
    Py_buffer feature, border, number, leaves, matrix, out;
} Arrays;

static inline const char *at(const Py_buffer *array, Py_ssize_t first, Py_ssize_t second)
{
    return (const char *)array->buf + first * array->strides[0] + second * array->strides[1];
}

/* Copy some columns of the facts, each row of them to COLUMNS floats in a row. */
static void gather(const Py_buffer *matrix, Py_ssize_t start, Py_ssize_t count, float *facts)
{
    for (Py_ssize_t row = 0; row < matrix->shape[0]; row++, facts += COLUMNS) {
        if (matrix->strides[1] == sizeof(float))
            memcpy(facts, at(matrix, row, start), (size_t)count * sizeof(float));
        else
            for (Py_ssize_t column = 0; column < count; column++)
                facts[column] = *(const float *)at(matrix, row, start + column);
    }
}

/* What each question answers about each of the columns. */
MANY_AT_ONCE static void ask(const Arrays *its, const float *facts, uint8_t *answers)
{
    const Py_ssize_t rows = its->matrix.shape[0], questions = its->feature.shape[0];
    const Py_ssize_t *feature = its->feature.buf;
    for (Py_ssize_t question = 0; question < questions; question++, answers += COLUMNS) {
        const Py_ssize_t row = feature[question] < 0 ? 0 : feature[question] >= rows ? rows - 1 : feature[question];
        const float *restrict fact = facts + row * COLUMNS;
        const float border = *(const float *)at(&its->border, question, 0);
        uint8_t *restrict answer = answers;
        for (int column = 0; column < COLUMNS; column++)
            answer[column] = fact[column] > border;
    }
}

/* Which leaf of a tree each column comes to. */
static void climb(const Arrays *its, const uint8_t *answers, Py_ssize_t tree, uint8_t *restrict leaf)
{
    const Py_ssize_t questions = its->feature.shape[0];
    memset(leaf, 0, COLUMNS);
    for (Py_ssize_t depth = its->number.shape[0] - 1; depth >= 0; depth--) {
        Py_ssize_t question = *(const Py_ssize_t *)at(&its->number, depth, tree);
        question = question < 0 ? 0 : question >= questions ? questions - 1 : question;
        const uint8_t *restrict answer = answers + question * COLUMNS;
        for (int column = 0; column < COLUMNS; column++)
            leaf[column] = (uint8_t)(leaf[column] + leaf[column] + answer[column]);
    }
}

static void add(const Arrays *its, const uint8_t *answers, Py_ssize_t start, Py_ssize_t count)
{
    const Py_ssize_t trees = its->number.shape[1], classes = its->leaves.shape[2];
    const Py_ssize_t per_tree = its->leaves.strides[0], per_leaf = its->leaves.strides[1];
    for (Py_ssize_t first = 0; first < trees; first += TREES) {
        const int some = (int)(trees - first < TREES ? trees - first : TREES);
        uint8_t leaf[TREES][COLUMNS];
        for (int tree = 0; tree < some; tree++)
            climb(its, answers, first + tree, leaf[tree]);
        for (Py_ssize_t class = 0; class < classes; class++) {
            const char *leaves = (const char *)its->leaves.buf + first * per_tree + class * its->leaves.strides[2];
            uint32_t *sums = (uint32_t *)at(&its->out, class, start); /* they may pass their end, as in NumPy */
            for (Py_ssize_t column = 0; column < count; column++) {
                uint32_t sum = sums[column];
                const char *of_tree = leaves;
                for (int tree = 0; tree < some; tree++, of_tree += per_tree)
                    sum += (uint32_t) * (const int16_t *)(of_tree + leaf[tree][column] * per_leaf);
                sums[column] = sum;
            }
        }
    }
}

static int sum(Arrays *its)
{
    const Py_ssize_t columns = its->matrix.shape[1], rows = its->matrix.shape[0], questions = its->feature.shape[0];
    const Py_ssize_t depths = its->number.shape[0];
    if (depths > DEEPEST || its->feature.strides[0] != sizeof(Py_ssize_t) || its->border.shape[0] != questions
        || its->border.shape[1] != 1 || its->leaves.shape[0] != its->number.shape[1]
        || its->leaves.shape[1] != (Py_ssize_t)1 << depths || its->out.shape[0] != its->leaves.shape[2]
        || its->out.shape[1] != columns || its->out.strides[1] != sizeof(int32_t) || !rows || !questions) {
        PyErr_SetString(PyExc_ValueError, "the shapes of the trees, the facts and the sums do not fit");
        return -1;
    }
    float *facts = PyMem_Calloc((size_t)rows, COLUMNS * sizeof(float));
    uint8_t *answers = PyMem_Malloc((size_t)questions * COLUMNS);
    if (facts == NULL || answers == NULL) {
        PyMem_Free(facts);
        PyMem_Free(answers);
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t start = 0; start < columns; start += COLUMNS) {
        const Py_ssize_t count = columns - start < COLUMNS ? columns - start : COLUMNS;
        gather(&its->matrix, start, count, facts);
        ask(its, facts, answers);
        add(its, answers, start, count);
    }
    PyMem_Free(facts);
    PyMem_Free(answers);
    return 0;
}

PyObject *core_tree_sums(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (core_arguments("tree_sums", count, 4) < 0)
        return NULL;
    Arrays its;
    PyObject *found = NULL;
    if (core_attribute(args[0], "feature", &its.feature, 'i', sizeof(Py_ssize_t), 1) < 0)
        return NULL;
    if (core_attribute(args[0], "border", &its.border, 'f', 4, 2) < 0)
        goto feature;
    if (core_attribute(args[0], "number", &its.number, 'i', sizeof(Py_ssize_t), 2) < 0)
        goto border;
    if (core_array(args[1], &its.leaves, 'i', 2, 3, 0) < 0)
        goto number;
    if (core_array(args[2], &its.matrix, 'f', 4, 2, 0) < 0)
        goto leaves;
    if (core_array(args[3], &its.out, 'i', 4, 2, 1) < 0)
        goto matrix;
    if (sum(&its) == 0)
        found = Py_NewRef(Py_None);
    PyBuffer_Release(&its.out);
matrix:
    PyBuffer_Release(&its.matrix);
leaves:
    PyBuffer_Release(&its.leaves);
number:
    PyBuffer_Release(&its.number);
border:
    PyBuffer_Release(&its.border);
feature:
    PyBuffer_Release(&its.feature);
    return found;
}
