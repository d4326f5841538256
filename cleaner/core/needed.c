/* Whether the words stand in a text that a pattern needs; the twin is `may_match` in rulebook/needed.py. */

#include "core.h"

static int may_match(PyObject *ways, PyObject *flat)
{
    for (Py_ssize_t way = 0; way < PyTuple_GET_SIZE(ways); way++) {
        PyObject *groups = PyTuple_GET_ITEM(ways, way);
        if (!PyTuple_Check(groups)) {
            PyErr_SetString(PyExc_TypeError, "expected tuples of groups");
            return -1;
        }
        int open = 1;
        for (Py_ssize_t group = 0; open && group < PyTuple_GET_SIZE(groups); group++) {
            PyObject *words = PyTuple_GET_ITEM(groups, group);
            if (!PyTuple_Check(words)) {
                PyErr_SetString(PyExc_TypeError, "expected tuples of words");
                return -1;
            }
            open = 0;
            for (Py_ssize_t word = 0; !open && word < PyTuple_GET_SIZE(words); word++)
                if ((open = PyUnicode_Contains(flat, PyTuple_GET_ITEM(words, word))) < 0)
                    return -1;
        }
        if (open)
            return 1;
    }
    return 0;
}

/* The text in lower case, with spaces for line feeds; what is no text comes out as NULL. */
static PyObject *flattened(PyObject *text)
{
    PyObject *lower = PyObject_CallMethod(text, "lower", NULL);
    if (lower == NULL || core_text(lower) < 0) {
        Py_XDECREF(lower);
        return NULL;
    }
    if (PyUnicode_FindChar(lower, '\n', 0, PyUnicode_GET_LENGTH(lower), 1) < 0)
        return lower;
    PyObject *flat = PyObject_CallMethod(lower, "replace", "ss", "\n", " ");
    Py_DECREF(lower);
    return flat;
}

/* Whether a letter is one of `_ODD`. */
static inline int is_odd(Py_UCS4 c)
{
    if (c < 0x0346)
        return c == 0x0130 || c == 0x0131 || c == 0x017f || c == 0x0345;
    if (c < 0x0400)
        return c == 0x03d0 || c == 0x03d1 || c == 0x03d5 || c == 0x03d6 || c == 0x03f0 || c == 0x03f1 || c == 0x03f5;
    return (c >= 0x1c80 && c <= 0x1c86) || c == 0x1fbe;
}

CORE_INLINE int has_odd(const void *data, Py_ssize_t size, const int kind)
{
    for (Py_ssize_t at = 0; at < size; at++)
        if (is_odd(PyUnicode_READ(kind, data, at)))
            return 1;
    return 0;
}

PyObject *core_may_match(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (core_arguments("may_match", count, 2) < 0 || core_text(args[1]) < 0)
        return NULL;
    if (!PyTuple_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "expected a tuple of ways");
        return NULL;
    }
    if (PyTuple_GET_SIZE(args[0]) == 1 && PyTuple_Check(PyTuple_GET_ITEM(args[0], 0))
        && PyTuple_GET_SIZE(PyTuple_GET_ITEM(args[0], 0)) == 0)
        Py_RETURN_TRUE; /* nothing is needed */
    if (PyUnicode_MAX_CHAR_VALUE(args[1]) > 0xff) {
        int odd = 0;
#define HAS_ODD(width) odd = has_odd(PyUnicode_DATA(args[1]), PyUnicode_GET_LENGTH(args[1]), width)
        CORE_BY_WIDTH(args[1], HAS_ODD);
        if (odd)
            Py_RETURN_TRUE;
    }
    PyObject *flat = flattened(args[1]);
    if (flat == NULL)
        return NULL;
    const int found = may_match(args[0], flat);
    Py_DECREF(flat);
    return found < 0 ? NULL : PyBool_FromLong(found);
}
