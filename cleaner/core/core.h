/* What the kernels share.  Each kernel is the twin of a function in Python, which says what it does and for what; here
   stands only how.  Nothing is trusted: types, shapes and offsets are checked before anything is read. */

#ifndef CLEANER_CORE_H
#define CLEANER_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#define CORE_NUMBER 8 /* see NUMBER in __init__.py */

#if defined(_MSC_VER)
#define CORE_INLINE static __forceinline
#else
#define CORE_INLINE static inline __attribute__((always_inline))
#endif

/* Texts have one, two or four bytes a character.  A kernel is written once, as an inline function that takes the width
   as its last argument, and compiled three times. */
#define CORE_BY_WIDTH(text, call)                              \
    do {                                                       \
        switch (PyUnicode_KIND(text)) {                        \
        case PyUnicode_1BYTE_KIND: call(PyUnicode_1BYTE_KIND); break; \
        case PyUnicode_2BYTE_KIND: call(PyUnicode_2BYTE_KIND); break; \
        default: call(PyUnicode_4BYTE_KIND); break;            \
        }                                                      \
    } while (0)

/* -1 and an exception if something is no text, or there are not so many arguments. */
int core_text(PyObject *object);
int core_arguments(const char *name, Py_ssize_t count, Py_ssize_t wanted);

/* What the twin of a kernel says of a text: for what is rare and takes tables that only Python has. */
PyObject *core_ask_twin(const char *name, PyObject *text);

/* Add to a list something that is given away, NULL if an error made it. */
int core_append(PyObject *list, PyObject *item);

/* Room for one item more: memory that has items for `space`, of which `count` are in use, grown and moved if it is full.
   NULL and an exception if there is none.  Where `space` is 0, it begins with `first` items. */
static inline void *core_room(void *items, Py_ssize_t count, Py_ssize_t *space, Py_ssize_t first, size_t size)
{
    if (count < *space)
        return items;
    const Py_ssize_t wanted = *space ? *space * 2 : first;
    void *more = PyMem_Realloc(items, (size_t)wanted * size);
    if (more == NULL)
        return PyErr_NoMemory();
    *space = wanted;
    return more;
}

/* The memory of an array of `ndim` dimensions, whose items are of a kind ('f' float, 'i' signed, 'u' unsigned, '?' truth)
   and a size in bytes.  -1 and an exception if it is another one; else to be given back. */
int core_array(PyObject *array, Py_buffer *view, char kind, Py_ssize_t size, int ndim, int writable);

/* The same of an attribute of an object, to be read only. */
int core_attribute(PyObject *object, const char *name, Py_buffer *view, char kind, Py_ssize_t size, int ndim);

int core_add_keywords(PyObject *module);
PyObject *core_count_letters(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_count_shared(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_count_words(PyObject *module, PyObject *text);
PyObject *core_fitting(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_letters(PyObject *module, PyObject *text);
PyObject *core_line_table(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_lined(PyObject *module, PyObject *text);
PyObject *core_mark_points(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_may_match(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_numbered(PyObject *module, PyObject *texts);
PyObject *core_runs_of(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_spelled(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_tree_sums(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_viewed(PyObject *module, PyObject *text);
PyObject *core_weigh(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_word_edge(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *core_words_in(PyObject *module, PyObject *text);

#endif
