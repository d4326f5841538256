/* Holding the arrays that the kernels of the model of lines are given. */

#include "lines.h"

#include <string.h>

void core_release(Held *held)
{
    while (held->count)
        PyBuffer_Release(&held->views[--held->count]);
}

static const struct {
    char code, kind;
    int size, ndim;
} kinds[] = {{'b', '?', 1, 1}, {'c', 'u', 1, 1}, {'p', 'u', 4, 1}, {'r', 'i', 4, 1}, {'n', 'i', 8, 1}, {'t', 'i', 1, 1},
           {'s', 'i', 8, 2}};

int core_hold(Held *held, const char *name, PyObject *const *args, Py_ssize_t count, const char *described)
{
    held->count = 0;
    if (core_arguments(name, count, (Py_ssize_t)strlen(described)) < 0)
        return -1;
    for (; described[held->count]; held->count++) {
        const char code = described[held->count];
        int which = 0;
        while (kinds[which].code != (code | 32))
            which++;
        Py_buffer *view = &held->views[held->count];
        if (core_array(args[held->count], view, kinds[which].kind, kinds[which].size, kinds[which].ndim, code < 'a') < 0) {
            core_release(held);
            return -1;
        }
        if ((kinds[which].ndim == 1 || code < 'a') && !PyBuffer_IsContiguous(view, 'C')) {
            PyErr_Format(PyExc_ValueError, "%s takes arrays without gaps", name);
            held->count++;
            core_release(held);
            return -1;
        }
    }
    return 0;
}

Py_ssize_t core_length(const Held *held, int which)
{
    return held->views[which].shape[0];
}

int core_alike(const Held *held, int first, int last)
{
    for (int which = first + 1; which <= last; which++)
        if (core_length(held, which) != core_length(held, first)) {
            PyErr_SetString(PyExc_ValueError, "arrays of different lengths");
            return -1;
        }
    return 0;
}
