/* Whether a phrase may begin or end at a place; the twins are `word_edge` and `fitting` in match/matchers.py. */

#include "core.h"

#define SIGNS_FROM 0x0900 /* where vowel signs are looked for: see `_in_word` */
#define SIGNS_TO 0x109f

static uint8_t signs[SIGNS_TO - SIGNS_FROM + 1]; /* 1: a vowel sign, by this Python's Unicode */
static int signs_known;

static int know_signs(void)
{
    PyObject *database = PyImport_ImportModule("unicodedata");
    if (database == NULL)
        return -1;
    for (int code = SIGNS_FROM; code <= SIGNS_TO; code++) {
        PyObject *category = PyObject_CallMethod(database, "category", "C", code);
        if (category == NULL) {
            Py_DECREF(database);
            return -1;
        }
        signs[code - SIGNS_FROM] = PyUnicode_ReadChar(category, 0) == 'M';
        Py_DECREF(category);
    }
    Py_DECREF(database);
    signs_known = 1;
    return 0;
}

static inline int in_word(Py_UCS4 c)
{
    if (c < 128)
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    return Py_UNICODE_ISALNUM(c) || (c >= SIGNS_FROM && c <= SIGNS_TO && signs[c - SIGNS_FROM]);
}

/* 1 if a letter has no case, -1 for an error.  Only Python knows the whole mapping, but it need not be asked about what
   nearly all such letters are: tests compare all characters there are. */
static int caseless(Py_UCS4 c)
{
    if (c <= 0xe00 || !Py_UNICODE_ISALPHA(c))
        return 0;
    if ((c < 0x10a0) || (c >= 0x2e80 && c < 0xa640) || (c >= 0xac00 && c < 0xd800))
        return 1;
    PyObject *text = PyUnicode_FromOrdinal((int)c);
    PyObject *lower = text ? PyObject_CallMethod(text, "lower", NULL) : NULL;
    PyObject *upper = lower ? PyObject_CallMethod(text, "upper", NULL) : NULL;
    const int same = upper ? PyUnicode_Compare(lower, upper) == 0 : -1;
    Py_XDECREF(text);
    Py_XDECREF(lower);
    Py_XDECREF(upper);
    return same;
}

static int edge(PyObject *text, Py_ssize_t at)
{
    if (at <= 0 || at >= PyUnicode_GET_LENGTH(text))
        return 1;
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_UCS4 before = PyUnicode_READ(kind, data, at - 1), after = PyUnicode_READ(kind, data, at);
    if (!in_word(before) || !in_word(after))
        return 1;
    if (!!Py_UNICODE_ISDIGIT(before) != !!Py_UNICODE_ISDIGIT(after))
        return 0;
    if (Py_UNICODE_ISUPPER(after) && !Py_UNICODE_ISUPPER(before))
        return 1;
    const int first = caseless(before);
    return first ? first : caseless(after);
}

PyObject *core_word_edge(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (core_arguments("word_edge", count, 2) < 0 || core_text(args[0]) < 0 || (!signs_known && know_signs() < 0))
        return NULL;
    const Py_ssize_t at = PyLong_AsSsize_t(args[1]);
    if (at == -1 && PyErr_Occurred())
        return NULL;
    const int found = edge(args[0], at);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

/* Whether a blank line is in a stretch. */
static int has_break(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t at = start; at + 1 < end; at++)
        if (PyUnicode_READ(kind, data, at) == '\n' && PyUnicode_READ(kind, data, at + 1) == '\n')
            return 1;
    return 0;
}

static int fits(PyObject *text, int64_t start, int64_t end)
{
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    if (start < 0 || end < 0) {
        PyErr_SetString(PyExc_ValueError, "expected places in the text");
        return -1;
    }
    int found = edge(text, start);
    if (found == 1)
        found = edge(text, end);
    return found == 1 ? !has_break(text, start, end < size ? end : size) : found;
}

PyObject *core_fitting(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Py_buffer hits;
    if (core_arguments("fitting", count, 2) < 0 || core_text(args[0]) < 0 || (!signs_known && know_signs() < 0)
        || core_array(args[1], &hits, 'i', sizeof(int64_t), 1, 0) < 0)
        return NULL;
    PyObject *found = NULL;
    if (hits.shape[0] % 2 || !PyBuffer_IsContiguous(&hits, 'C'))
        PyErr_SetString(PyExc_ValueError, "expected starts and ends in turn");
    else
        found = PyList_New(0);
    const int64_t *cells = hits.buf;
    for (Py_ssize_t number = 0; found && number < hits.shape[0]; number += 2) {
        const int good = fits(args[0], cells[number], cells[number + 1]);
        if (good < 0 || (good && core_append(found, Py_BuildValue("LL", cells[number], cells[number + 1])) < 0))
            Py_CLEAR(found);
    }
    PyBuffer_Release(&hits);
    return found;
}
