/* How long rows go on like others; the twin is `runs_of` in lines/around.py. */

#include "lines.h"

#include <string.h>

/* For each row the length of the run of rows it stands in that are like those `step` rows above; 0 outside. */
static void like(const int64_t *shape, Py_ssize_t size, Py_ssize_t step, int64_t *length)
{
    for (Py_ssize_t at = 0, end; at < size; at = end) {
        end = at + 1;
        if (at < step || shape[at] != shape[at - step]) {
            length[at] = 0;
            continue;
        }
        while (end < size && shape[end] == shape[end - step])
            end++;
        for (Py_ssize_t row = at; row < end; row++)
            length[row] = end - at;
    }
}

/* shape; best, period, above */
PyObject *core_runs_of(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Held held;
    if (core_hold(&held, "runs_of", args, count, "nNNN") < 0)
        return NULL;
    PyObject *done = NULL;
    int64_t *length = NULL;
    const int64_t *shape = held.views[0].buf;
    int64_t *best = held.views[1].buf, *period = held.views[2].buf, *above = held.views[3].buf;
    const Py_ssize_t size = core_length(&held, 0);
    if (core_alike(&held, 0, 3) < 0)
        goto end;
    length = PyMem_Calloc((size_t)size + 1, sizeof(int64_t));
    if (length == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    like(shape, size, 1, above);
    for (Py_ssize_t step = 1; step <= 6; step++) {
        like(shape, size, step, length);
        for (Py_ssize_t at = 0; at < size; at++) {
            int64_t its = length[at];
            if (at + step < size && length[at + step] > its) /* what is further down was not changed yet */
                its = length[at + step];
            if (its > best[at] + step) {
                best[at] = its;
                period[at] = step;
            }
        }
    }
    done = Py_NewRef(Py_None);
end:
    PyMem_Free(length);
    core_release(&held);
    return done;
}
