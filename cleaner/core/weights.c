/* What the words of lines weigh; the twin is `weigh` in lines/lexicon.py, which says what is counted. */

#include "core.h"
#include "lines.h"

#define BUCKETS 65536
#define FIRST 10
#define LAST 4
#define TARGET_WORDS 12
#define WHOLE 6

enum { OF_WORD = 1, OF_PAIR, OF_WHOLE, OF_TARGET, OF_HEAD, OF_HEAD_WHOLE, OF_OPENING };

typedef struct {
    const int8_t *weights;
    int64_t *total, *number;
} Scales;

static inline void weigh(const Scales *its, int64_t row, uint32_t hash, uint32_t kind)
{
    its->total[row] += its->weights[scattered(hash + kind * 0x51ed270bu) % BUCKETS];
    its->number[row]++;
}

/* row, hash, place, left of words; row, hash, place of the words of targets; copies, heads, weights; total, number */
PyObject *core_weigh(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Held held;
    if (core_hold(&held, "weigh", args, count, "rprrrprnntNN") < 0)
        return NULL;
    PyObject *done = NULL;
    int64_t *first = NULL, *words = NULL; /* of each row its first word, and how many it has */
    const Py_ssize_t size = core_length(&held, 0), targets = core_length(&held, 4), rows = core_length(&held, 7);
    const int32_t *row = held.views[0].buf, *place = held.views[2].buf, *left = held.views[3].buf;
    const int32_t *row_of = held.views[4].buf, *place_of = held.views[6].buf;
    const int64_t *copies = held.views[7].buf, *heads = held.views[8].buf;
    const uint32_t *hash = held.views[1].buf, *hash_of = held.views[5].buf;
    const Scales its = {held.views[9].buf, held.views[10].buf, held.views[11].buf};
    if (core_alike(&held, 0, 3) < 0 || core_alike(&held, 4, 6) < 0 || core_alike(&held, 7, 8) < 0
        || core_alike(&held, 10, 11) < 0)
        goto end;
    if (core_length(&held, 9) != BUCKETS || core_length(&held, 10) != rows) {
        PyErr_SetString(PyExc_ValueError, "arrays of wrong lengths");
        goto end;
    }
    first = PyMem_Calloc((size_t)rows + 1, sizeof(int64_t));
    words = PyMem_Calloc((size_t)rows + 1, sizeof(int64_t));
    if (first == NULL || words == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t word = 0; word < size; word++) {
        const int64_t here = row[word];
        if (here < 0 || here >= rows || (word && here < row[word - 1])) {
            PyErr_SetString(PyExc_ValueError, "rows that are not in order");
            goto end;
        }
        if (!words[here]++)
            first[here] = word;
        if (place[word] < FIRST || left[word] < LAST) {
            weigh(&its, here, hash[word], OF_WORD);
            if (word + 1 < size && row[word + 1] == here)
                weigh(&its, here, hash[word] * 5u + hash[word + 1], OF_PAIR);
        }
        if (place[word] == 0)
            weigh(&its, here, hash[word], OF_OPENING);
    }
    for (Py_ssize_t here = 0; here < rows; here++) {
        if (words[here] > 0 && words[here] <= WHOLE)
            weigh(&its, here, (uint32_t)(uint64_t)copies[here], OF_WHOLE);
        const int64_t head = heads[here];
        if (head >= rows) {
            PyErr_SetString(PyExc_IndexError, "a row that is not there");
            goto end;
        }
        if (head < 0)
            continue;
        for (int64_t word = 0; word < WHOLE && word < words[head]; word++)
            weigh(&its, here, hash[first[head] + word], OF_HEAD);
        if (words[head] > 0 && words[head] <= WHOLE)
            weigh(&its, here, (uint32_t)(uint64_t)copies[head], OF_HEAD_WHOLE);
    }
    for (Py_ssize_t word = 0; word < targets; word++) {
        if (row_of[word] < 0 || row_of[word] >= rows) {
            PyErr_SetString(PyExc_IndexError, "a row that is not there");
            goto end;
        }
        if (place_of[word] < TARGET_WORDS)
            weigh(&its, row_of[word], hash_of[word], OF_TARGET);
    }
    done = Py_NewRef(Py_None);
end:
    PyMem_Free(first);
    PyMem_Free(words);
    core_release(&held);
    return done;
}
