/* The normalised view; the twins are `viewed` and `lined` in view.py, where the tables of characters stand, too. */

#include "core.h"

enum { PLAIN, SPACE, INVISIBLE, BREAK };

static inline int class_of(Py_UCS4 c)
{
    if (c > ' ' && c < 0x7f)
        return PLAIN;
    if (c == '\n' || c == '\r')
        return BREAK;
    if (c == ' ' || c == '\t' || c == 0x0b || c == 0x0c || (c >= 0x1c && c <= 0x1f) || c == 0x85 || c == 0xa0)
        return SPACE;
    if (c == 0xad)
        return INVISIBLE;
    if (c < 0x034f)
        return PLAIN;
    if (c >= 0x2000 && c < 0x2070) {
        if (c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f)
            return SPACE;
        return c <= 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c != 0x2065 && c <= 0x2069) ? INVISIBLE
                                                                                                       : PLAIN;
    }
    if (c == 0x1680 || c == 0x3000)
        return SPACE;
    return c == 0x034f || c == 0x061c || c == 0x180e || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ? INVISIBLE : PLAIN;
}

static inline Py_UCS4 folded(Py_UCS4 c)
{
    if (c > ' ' && c < 0x7f)
        return c == '`' ? '\'' : c;
    if (class_of(c) == SPACE)
        return ' ';
    if (c < 0x0130)
        return c == 0xb4 ? '\'' : c == 0xab || c == 0xbb ? '"' : c;
    if (c >= 0x2010 && c <= 0x2033) {
        if (c <= 0x2015)
            return '-';
        if (c == 0x2032 || (c >= 0x2018 && c <= 0x201b))
            return '\'';
        return c == 0x2033 || (c >= 0x201c && c <= 0x201f) ? '"' : c;
    }
    if (c >= 0xe000 && c <= 0xf8ff)
        return 0xe000;
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xfee0;
    switch (c) {
    case 0x0130: return 'I';
    case 0x0131: return 'i';
    case 0x02bc: return '\'';
    case 0x2212: return '-';
    default: return c;
    }
}

typedef struct {
    PyObject *from, *to; /* lists of offsets: where stretches begin in the view, and in the input */
    Py_ssize_t last;     /* of the first */
} Ways;

static int note(Ways *ways, Py_ssize_t view, Py_ssize_t origin)
{
    if (ways->last == view) {
        PyObject *number = PyLong_FromSsize_t(origin);
        return number == NULL ? -1 : PyList_SetItem(ways->to, PyList_GET_SIZE(ways->to) - 1, number);
    }
    ways->last = view;
    if (core_append(ways->from, PyLong_FromSsize_t(view)) < 0)
        return -1;
    return core_append(ways->to, PyLong_FromSsize_t(origin));
}

/* What stands for a run of white space: how many characters of '\n', or one of ' '. */
CORE_INLINE int stand_in(const void *data, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *what, const int kind)
{
    int breaks = 0, spaces = 0;
    for (Py_ssize_t at = start; at < end; at++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, at);
        if (c == '\r' || (c == '\n' && (at == start || PyUnicode_READ(kind, data, at - 1) != '\r')))
            breaks++;
        else if (class_of(c) == SPACE)
            spaces++;
    }
    *what = breaks ? '\n' : ' ';
    return breaks > 1 ? 2 : breaks || spaces ? 1 : 0;
}

/* Writes the view to `out`, which is as long as the input; how long it is, -1 for an error. */
CORE_INLINE Py_ssize_t view(const void *data, Py_ssize_t size, void *out, Ways *ways, const int kind)
{
    Py_ssize_t done = 0, at = 0;
    while (at < size) {
        const Py_UCS4 first = PyUnicode_READ(kind, data, at);
        const int class = class_of(first);
        Py_ssize_t end = at + 1;
        if (class != PLAIN)
            while (end < size && class_of(PyUnicode_READ(kind, data, end)) != PLAIN)
                end++;
        if (class == PLAIN
            || (end == at + 1 && class != INVISIBLE && first != '\r' && end < size && at > 0)) { /* as it should be */
            PyUnicode_WRITE(kind, out, done, folded(first));
            done++;
            at++;
            continue;
        }
        const int inside = at > 0 && end < size;
        if (inside && end == at + 2 && first == '\n' && PyUnicode_READ(kind, data, at + 1) == '\n') {
            PyUnicode_WRITE(kind, out, done, '\n');
            PyUnicode_WRITE(kind, out, done + 1, '\n');
            done += 2;
            at = end;
            continue;
        }
        Py_UCS4 what;
        const int times = inside ? stand_in(data, at, end, &what, kind) : 0;
        if (times && note(ways, done, at) < 0)
            return -1;
        for (int time = 0; time < times; time++, done++)
            PyUnicode_WRITE(kind, out, done, what);
        at = end;
        if (note(ways, done, at) < 0)
            return -1;
    }
    return done;
}

PyObject *core_viewed(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (core_text(text) < 0)
        return NULL;
    const int kind = PyUnicode_KIND(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    Ways ways = {PyList_New(0), PyList_New(0), -1};
    PyObject *found = NULL;
    void *out = PyMem_Malloc((size_t)(size ? size : 1) * (size_t)kind);
    if (out == NULL)
        PyErr_NoMemory();
    if (out && ways.from && ways.to && note(&ways, 0, 0) == 0) {
        Py_ssize_t done = 0;
#define VIEW(width) done = view(PyUnicode_DATA(text), size, out, &ways, width)
        CORE_BY_WIDTH(text, VIEW);
        PyObject *seen = done < 0 ? NULL : PyUnicode_FromKindAndData(kind, out, done);
        if (seen)
            found = Py_BuildValue("NOO", seen, ways.from, ways.to);
    }
    PyMem_Free(out);
    Py_XDECREF(ways.from);
    Py_XDECREF(ways.to);
    return found;
}

typedef struct {
    PyObject *lines, *blocks, *block_of, *starts;
    Py_ssize_t line, block, first, longest; /* which line and block it is, and the first line of the block */
} Lines;

static int end_line(Lines *its, Py_ssize_t start, Py_ssize_t end)
{
    its->line++;
    if (end - start > its->longest)
        its->longest = end - start;
    PyObject *begins = PyLong_FromSsize_t(start), *ends = PyLong_FromSsize_t(end);
    PyObject *span = begins && ends ? PyTuple_Pack(2, begins, ends) : NULL;
    int failed = core_append(its->lines, span);
    if (!failed)
        failed = PyList_Append(its->starts, begins);
    if (!failed)
        failed = core_append(its->block_of, PyLong_FromSsize_t(its->block));
    Py_XDECREF(begins);
    Py_XDECREF(ends);
    return failed;
}

static int end_block(Lines *its)
{
    const int failed = core_append(its->blocks, Py_BuildValue("nn", its->first, its->line - 1));
    its->first = its->line;
    its->block++;
    return failed;
}

CORE_INLINE int line(const void *data, Py_ssize_t size, Lines *its, const int kind)
{
    Py_ssize_t start = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        if (PyUnicode_READ(kind, data, at) != '\n')
            continue;
        if (end_line(its, start, at) < 0)
            return -1;
        if (at + 1 < size && PyUnicode_READ(kind, data, at + 1) == '\n') {
            at++;
            if (end_block(its) < 0)
                return -1;
        }
        start = at + 1;
    }
    return size && (end_line(its, start, size) < 0 || end_block(its) < 0) ? -1 : 0;
}

PyObject *core_lined(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (core_text(text) < 0)
        return NULL;
    Lines its = {PyList_New(0), PyList_New(0), PyList_New(0), PyList_New(0), 0, 0, 0, 0};
    PyObject *found = NULL;
    if (its.lines && its.blocks && its.block_of && its.starts) {
        int failed = 0;
#define LINE(width) failed = line(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), &its, width)
        CORE_BY_WIDTH(text, LINE);
        if (!failed)
            found = Py_BuildValue("OOOOn", its.lines, its.blocks, its.block_of, its.starts, its.longest);
    }
    Py_XDECREF(its.lines);
    Py_XDECREF(its.blocks);
    Py_XDECREF(its.block_of);
    Py_XDECREF(its.starts);
    return found;
}
