/* The module: which kernels there are, and what they share. */

#include "core.h"

#include <string.h>

#ifndef CORE_SOURCES
#define CORE_SOURCES "" /* a digest of the sources, given by what builds it */
#endif

int core_text(PyObject *object)
{
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "expected a text, not %.100s", Py_TYPE(object)->tp_name);
        return -1;
    }
#if PY_VERSION_HEX < 0x030c0000
    return PyUnicode_READY(object);
#else
    return 0;
#endif
}

int core_arguments(const char *name, Py_ssize_t count, Py_ssize_t wanted)
{
    if (count == wanted)
        return 0;
    PyErr_Format(PyExc_TypeError, "%s takes %zd arguments, not %zd", name, wanted, count);
    return -1;
}

int core_append(PyObject *list, PyObject *item)
{
    if (item == NULL)
        return -1;
    int failed = PyList_Append(list, item);
    Py_DECREF(item);
    return failed;
}

int core_array(PyObject *array, Py_buffer *view, char kind, Py_ssize_t size, int ndim, int writable)
{
    const char *known = kind == 'i' ? "bhilq" : kind == 'u' ? "BHILQ" : kind == 'f' ? "fd" : "?";
    if (PyObject_GetBuffer(array, view, writable ? PyBUF_RECORDS : PyBUF_RECORDS_RO) < 0)
        return -1;
    const char *format = view->format ? view->format : "B";
    if (view->ndim != ndim || view->itemsize != size || format[0] == '\0' || format[1] != '\0'
        || strchr(known, format[0]) == NULL) {
        PyErr_Format(PyExc_TypeError, "expected an array of %d dimensions, of kind %c in %zd bytes, not %d of %s",
                     ndim, kind, size, view->ndim, format);
        PyBuffer_Release(view);
        return -1;
    }
    return 0;
}

int core_attribute(PyObject *object, const char *name, Py_buffer *view, char kind, Py_ssize_t size, int ndim)
{
    PyObject *array = PyObject_GetAttrString(object, name);
    if (array == NULL)
        return -1;
    const int failed = core_array(array, view, kind, size, ndim, 0); /* what is held keeps the array */
    Py_DECREF(array);
    return failed;
}

PyObject *core_ask_twin(const char *name, PyObject *text)
{
    PyObject *package = PyImport_ImportModule("cleaner.core"), *found = NULL;
    PyObject *twins = package ? PyObject_GetAttrString(package, "TWINS") : NULL;
    PyObject *twin = twins ? PyMapping_GetItemString(twins, name) : NULL;
    if (twin)
        found = PyObject_CallFunctionObjArgs(twin, text, NULL);
    Py_XDECREF(package);
    Py_XDECREF(twins);
    Py_XDECREF(twin);
    return found;
}

#define OF_ONE(name) {#name, core_##name, METH_O, NULL}
#define OF_SOME(name) {#name, (PyCFunction)(void (*)(void))core_##name, METH_FASTCALL, NULL}

static PyMethodDef kernels[] = {
    OF_SOME(count_letters),
    OF_SOME(count_shared),
    OF_ONE(count_words),
    OF_SOME(fitting),
    OF_ONE(letters),
    OF_SOME(line_table),
    OF_ONE(lined),
    OF_SOME(mark_points),
    OF_SOME(may_match),
    OF_ONE(numbered),
    OF_SOME(runs_of),
    OF_SOME(spelled),
    OF_SOME(tree_sums),
    OF_ONE(viewed),
    OF_SOME(weigh),
    OF_SOME(word_edge),
    OF_ONE(words_in),
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module)
{
    if (core_add_keywords(module) < 0 || PyModule_AddIntConstant(module, "NUMBER", CORE_NUMBER) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "SOURCES", CORE_SOURCES);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)fill}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_core", NULL, 0, kernels, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
