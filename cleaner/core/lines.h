/* What the kernels of the model of lines share.

   Arrays are those of NumPy, as buffers; those to be filled are made there.  All of them have one dimension and no gaps,
   but for spans, of which a row is (start, end). */

#ifndef CLEANER_CORE_LINES_H
#define CLEANER_CORE_LINES_H

#include "core.h"

/* The arrays that a kernel was given, and how many of them are held. */
typedef struct {
    Py_buffer views[16];
    int count;
} Held;

/* Hold arrays that are described by one character each (see `kinds`), upper case if it is to be filled.  -1 and an
   exception, and nothing held, if one is another. */
int core_hold(Held *held, const char *name, PyObject *const *args, Py_ssize_t count, const char *described);
void core_release(Held *held);
Py_ssize_t core_length(const Held *held, int which);

/* -1 and an exception if some of them have not the same length. */
int core_alike(const Held *held, int first, int last);

/* `mix` of lines/words.py. */
static inline uint32_t scattered(uint32_t number)
{
    number = (number ^ (number >> 16)) * 0x7feb352du;
    number = (number ^ (number >> 15)) * 0x846ca68bu;
    return number ^ (number >> 16);
}

#endif
