/* The words of texts, as numbers and counted; the twins are `numbered` and `count_words` in html/score/characters.py. */

#include "core.h"

#include <string.h>

typedef struct {
    PyObject *text; /* borrowed from the list of texts, which is held */
    Py_ssize_t start, length;
    uint64_t hash;
    int64_t number; /* from 1; 0 if the place is free */
} Entry;

typedef struct {
    Entry *table;
    size_t mask, count;
    PyObject *numbers; /* word to number */
    int64_t *flat;
    Py_ssize_t size, space;
} Words;

/* Whether a script does not set its words apart, so that each character counts: `_READING` there. */
static inline int stands_alone(Py_UCS4 c)
{
    if (c < 0x0e00)
        return 0;
    if (c < 0x3040)
        return c < 0x0f00 || (c >= 0x0f40 && c < 0x0fbd) || (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800);
    return c < 0x3100 || (c >= 0x31f0 && c < 0x3200) || (c >= 0x3400 && c < 0x4dc0) || (c >= 0x4e00 && c < 0xa000)
           || (c >= 0xa9e0 && c < 0xaa00) || (c >= 0xaa60 && c < 0xaa80) || (c >= 0xf900 && c < 0xfb00)
           || (c >= 0xff66 && c < 0xffa0);
}

static inline int in_word(Py_UCS4 c)
{
    if (c < 128)
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
    return Py_UNICODE_ISALNUM(c);
}

static int grow(Words *its)
{
    const size_t mask = its->mask * 2 + 1;
    Entry *table = PyMem_Calloc(mask + 1, sizeof(Entry));
    if (table == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t old = 0; its->table && old <= its->mask; old++) {
        if (!its->table[old].number)
            continue;
        size_t place = its->table[old].hash & mask;
        while (table[place].number)
            place = (place + 1) & mask;
        table[place] = its->table[old];
    }
    PyMem_Free(its->table);
    its->table = table;
    its->mask = mask;
    return 0;
}

static int put(Words *its, int64_t number)
{
    int64_t *flat = core_room(its->flat, its->size, &its->space, 1024, sizeof(int64_t));
    if (flat == NULL)
        return -1;
    its->flat = flat;
    its->flat[its->size++] = number;
    return 0;
}

static int alike(const Entry *entry, PyObject *text, Py_ssize_t start)
{
    const int one = PyUnicode_KIND(entry->text), other = PyUnicode_KIND(text);
    const void *first = PyUnicode_DATA(entry->text), *second = PyUnicode_DATA(text);
    if (one == other)
        return memcmp((const char *)first + entry->start * one, (const char *)second + start * one,
                      (size_t)entry->length * (size_t)one) == 0;
    for (Py_ssize_t at = 0; at < entry->length; at++)
        if (PyUnicode_READ(one, first, entry->start + at) != PyUnicode_READ(other, second, start + at))
            return 0;
    return 1;
}

static int number(Words *its, PyObject *text, Py_ssize_t start, Py_ssize_t end, uint64_t hash)
{
    if (2 * its->count >= its->mask && grow(its) < 0)
        return -1;
    size_t place = hash & its->mask;
    for (; its->table[place].number; place = (place + 1) & its->mask) {
        const Entry *entry = &its->table[place];
        if (entry->hash == hash && entry->length == end - start && alike(entry, text, start))
            return put(its, entry->number - 1);
    }
    const int64_t new = (int64_t)its->count++;
    its->table[place] = (Entry){text, start, end - start, hash, new + 1};
    PyObject *word = PyUnicode_Substring(text, start, end), *value = PyLong_FromLongLong(new);
    const int failed = word == NULL || value == NULL || PyDict_SetItem(its->numbers, word, value) < 0;
    Py_XDECREF(word);
    Py_XDECREF(value);
    return failed ? -1 : put(its, new);
}

CORE_INLINE int read_words(Words *its, PyObject *text, const int kind)
{
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t at = 0, start; at < size;) {
        Py_UCS4 c = PyUnicode_READ(kind, data, at);
        const int alone = stands_alone(c);
        if (!alone && !in_word(c)) {
            at++;
            continue;
        }
        uint64_t hash = 0xcbf29ce484222325u;
        start = at;
        do {
            hash = (hash ^ c) * 0x100000001b3u;
            at++;
            if (alone || at >= size)
                break;
            c = PyUnicode_READ(kind, data, at);
        } while (in_word(c) && !stands_alone(c));
        if (number(its, text, start, at, hash ^ (hash >> 29)) < 0)
            return -1;
    }
    return 0;
}

PyObject *core_numbered(PyObject *Py_UNUSED(module), PyObject *texts)
{
    PyObject *held = PySequence_Tuple(texts), *found = NULL;
    if (held == NULL)
        return NULL;
    const Py_ssize_t count = PyTuple_GET_SIZE(held);
    Words its = {NULL, 63, 0, PyDict_New(), NULL, 0, 0};
    PyObject *sizes = PyByteArray_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof(int64_t));
    int failed = its.numbers == NULL || sizes == NULL || grow(&its) < 0;
    for (Py_ssize_t which = 0; !failed && which < count; which++) {
        PyObject *text = PyTuple_GET_ITEM(held, which);
        const Py_ssize_t before = its.size;
        if ((failed = core_text(text) < 0))
            break;
#define READ(width) failed = read_words(&its, text, width) < 0
        CORE_BY_WIDTH(text, READ);
        const int64_t words = its.size - before;
        memcpy(PyByteArray_AS_STRING(sizes) + which * (Py_ssize_t)sizeof(int64_t), &words, sizeof(int64_t));
    }
    if (!failed)
        found = Py_BuildValue("ONO", its.numbers,
                              PyByteArray_FromStringAndSize((const char *)its.flat,
                                                            its.size * (Py_ssize_t)sizeof(int64_t)),
                              sizes);
    PyMem_Free(its.table);
    PyMem_Free(its.flat);
    Py_XDECREF(its.numbers);
    Py_XDECREF(sizes);
    Py_DECREF(held);
    return found;
}

/* How many words a text has whose characters all belong to scripts that set words apart; -1 if there are others. */
CORE_INLINE Py_ssize_t count_apart(const void *data, Py_ssize_t size, const int kind)
{
    Py_ssize_t words = 0;
    int inside = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, at);
        if (stands_alone(c))
            return -1;
        const int space = Py_UNICODE_ISSPACE(c);
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

PyObject *core_count_words(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (core_text(text) < 0)
        return NULL;
    Py_ssize_t words = 0;
#define COUNT_APART(width) words = count_apart(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), width)
    CORE_BY_WIDTH(text, COUNT_APART);
    return words < 0 ? core_ask_twin("count_words", text) : PyLong_FromSsize_t(words);
}
