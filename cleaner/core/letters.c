/* Letters and words of short texts; the twins are `letters` in match/conditions.py and `words_in` in view.py. */

#include "core.h"

CORE_INLINE Py_ssize_t keep_letters(const void *data, Py_ssize_t size, void *out, const int kind)
{
    Py_ssize_t done = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, at);
        if (Py_UNICODE_ISALNUM(c)) {
            PyUnicode_WRITE(kind, out, done, c);
            done++;
        }
    }
    return done;
}

PyObject *core_letters(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (core_text(text) < 0)
        return NULL;
    const int kind = PyUnicode_KIND(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    char few[1024];
    void *out = few;
    if (size > (Py_ssize_t)sizeof(few) / kind && (out = PyMem_Malloc((size_t)size * (size_t)kind)) == NULL)
        return PyErr_NoMemory();
    Py_ssize_t done = 0;
#define KEEP(width) done = keep_letters(PyUnicode_DATA(text), size, out, width)
    CORE_BY_WIDTH(text, KEEP);
    PyObject *found = PyUnicode_FromKindAndData(kind, out, done);
    if (out != few)
        PyMem_Free(out);
    return found;
}

enum { NONE, WORD, PAIRED };

/* What a character is for the count: part of a word, or one of those of which two are a word. */
static inline int part_of(Py_UCS4 c)
{
    if (c < 128)
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' ? WORD : NONE;
    if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff))
        return PAIRED;
    return (c >= 0x0900 && c <= 0x0dff) || Py_UNICODE_ISALNUM(c) ? WORD : NONE;
}

CORE_INLINE Py_ssize_t count(const void *data, Py_ssize_t size, const int kind)
{
    Py_ssize_t words = 0;
    int before = NONE, half = 0; /* what came before; whether it is the first of a pair */
    for (Py_ssize_t at = 0; at < size; at++) {
        const int part = part_of(PyUnicode_READ(kind, data, at));
        half = part == PAIRED && !(before == PAIRED && half);
        if (part == PAIRED ? half : part == WORD && before != WORD)
            words++;
        before = part;
    }
    return words;
}

PyObject *core_words_in(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (core_text(text) < 0)
        return NULL;
    Py_ssize_t words = 0;
#define COUNT(width) words = count(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), width)
    CORE_BY_WIDTH(text, COUNT);
    return PyLong_FromSsize_t(words);
}
