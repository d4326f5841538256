/* Which rules hits wake; the twin is `gathered` in rulebook/keywords.py. */

#include "core.h"

/* Add a span to those of a rule, unless it has too many. */
static int wake(PyObject *woken, PyObject *rule, PyObject *span, Py_ssize_t most)
{
    PyObject *spans = PyDict_GetItemWithError(woken, rule);
    if (spans != NULL)
        return PyList_GET_SIZE(spans) <= most ? PyList_Append(spans, span) : 0;
    if (PyErr_Occurred() || (spans = PyList_New(0)) == NULL)
        return -1;
    const int failed = PyList_Append(spans, span) < 0 || PyDict_SetItem(woken, rule, spans) < 0;
    Py_DECREF(spans);
    return failed ? -1 : 0;
}

static int take(PyObject *hit, PyObject *text, Py_ssize_t most, PyObject *woken, PyObject *prints)
{
    PyObject *first, *last, *rules, *sites;
    if (!PyTuple_Check(hit)) {
        PyErr_SetString(PyExc_TypeError, "expected hits");
        return -1;
    }
    if (!PyArg_ParseTuple(hit, "OOO!O!", &first, &last, &PyTuple_Type, &rules, &PyTuple_Type, &sites))
        return -1;
    PyObject *span = PyTuple_Pack(2, first, last);
    int failed = span == NULL;
    for (Py_ssize_t which = 0; !failed && which < PyTuple_GET_SIZE(rules); which++)
        failed = wake(woken, PyTuple_GET_ITEM(rules, which), span, most) < 0;
    Py_XDECREF(span);
    if (failed || !PyTuple_GET_SIZE(sites))
        return failed ? -1 : 0;
    const Py_ssize_t start = PyLong_AsSsize_t(first), end = PyLong_AsSsize_t(last);
    if (PyErr_Occurred())
        return -1;
    if (start < 0 || end < start) {
        PyErr_SetString(PyExc_ValueError, "expected spans");
        return -1;
    }
    PyObject *words = PyUnicode_Substring(text, start, end);
    failed = words == NULL;
    for (Py_ssize_t which = 0; !failed && which < PyTuple_GET_SIZE(sites); which++)
        failed = core_append(prints, PyTuple_Pack(2, PyTuple_GET_ITEM(sites, which), words)) < 0;
    Py_XDECREF(words);
    return failed ? -1 : 0;
}

PyObject *core_gathered(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (core_arguments("gathered", count, 3) < 0 || core_text(args[1]) < 0)
        return NULL;
    const Py_ssize_t most = PyLong_AsSsize_t(args[2]);
    if (most == -1 && PyErr_Occurred())
        return NULL;
    PyObject *hits = PyObject_GetIter(args[0]), *hit;
    if (hits == NULL)
        return NULL;
    PyObject *woken = PyDict_New(), *prints = PyList_New(0), *found = NULL;
    int failed = woken == NULL || prints == NULL;
    while (!failed && (hit = PyIter_Next(hits)) != NULL) {
        failed = take(hit, args[1], most, woken, prints) < 0;
        Py_DECREF(hit);
    }
    if (!failed && !PyErr_Occurred())
        found = PyTuple_Pack(2, woken, prints);
    Py_DECREF(hits);
    Py_XDECREF(woken);
    Py_XDECREF(prints);
    return found;
}
