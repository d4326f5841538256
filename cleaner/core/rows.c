/* The lines of a text and what they begin with; the twin is `line_table` in lines/rows.py. */

#include "core.h"

enum { PLAIN, HEADING, ITEM, STEP, CELL, RULE, QUOTE, BOLD };

#define COLUMNS 6 /* start, end, number, kind, level, indent */

static inline int is_blank(Py_UCS4 c)
{
    return c == ' ' || c == '\t';
}

/* Whether blanks, one at least, and then something else stand at a place. */
CORE_INLINE int spaced(const void *data, Py_ssize_t at, Py_ssize_t end, const int kind)
{
    if (at >= end || !is_blank(PyUnicode_READ(kind, data, at)))
        return 0;
    while (at < end && is_blank(PyUnicode_READ(kind, data, at)))
        at++;
    return at < end && !Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at));
}

/* What a line is that begins at `start`, its first sign standing at `at`, and the level of a heading. */
CORE_INLINE int lead(const void *data, Py_ssize_t start, Py_ssize_t at, Py_ssize_t end, int64_t *level, const int kind)
{
    if (at >= end)
        return PLAIN;
    const Py_UCS4 c = PyUnicode_READ(kind, data, at);
    Py_ssize_t next = at;
    if (c == '#') {
        while (next < end && PyUnicode_READ(kind, data, next) == '#')
            next++;
        if (next - at > 6 || (next < end && !is_blank(PyUnicode_READ(kind, data, next))))
            return PLAIN;
        *level = next - at;
        return HEADING;
    }
    if (c == '|')
        return CELL;
    if (c == '>')
        return QUOTE;
    if ((c == '-' || c == '*' || c == '+' || c == 0x2022) && spaced(data, at + 1, end, kind))
        return ITEM;
    while (next < end && next - at < 3 && Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, next)))
        next++;
    if (next > at) {
        if (next >= end)
            return PLAIN;
        const Py_UCS4 mark = PyUnicode_READ(kind, data, next);
        return (mark == '.' || mark == ')') && spaced(data, next + 1, end, kind) ? STEP : PLAIN;
    }
    if (c != '-' && c != '*' && c != '_')
        return PLAIN;
    int signs = 0;
    for (next = at; next < end; next++) {
        const Py_UCS4 sign = PyUnicode_READ(kind, data, next);
        if (sign == '-' || sign == '*' || sign == '_')
            signs++;
        else if (!is_blank(sign))
            break;
    }
    if (next == end && signs >= 3)
        return RULE;
    if (c == '-' || at + 2 >= end || PyUnicode_READ(kind, data, at + 1) != c
        || Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at + 2)))
        return PLAIN;
    return end - start >= 6 && PyUnicode_READ(kind, data, end - 1) == c && PyUnicode_READ(kind, data, end - 2) == c
               ? BOLD
               : PLAIN;
}

typedef struct {
    int64_t *cells;
    Py_ssize_t count, space; /* rows */
} Table;

static int64_t *new_row(Table *table)
{
    int64_t *cells = core_room(table->cells, table->count, &table->space, 64, COLUMNS * sizeof(int64_t));
    if (cells == NULL)
        return NULL;
    table->cells = cells;
    return table->cells + COLUMNS * table->count++;
}

CORE_INLINE int tabulate(const void *data, Py_ssize_t size, Py_ssize_t first, Table *table, const int kind)
{
    Py_ssize_t start = 0;
    for (int64_t number = 0; start < size; number++) {
        Py_ssize_t stop = start;
        while (stop < size && PyUnicode_READ(kind, data, stop) != '\n' && PyUnicode_READ(kind, data, stop) != '\r')
            stop++;
        Py_ssize_t after = stop < size ? stop + 1 : stop; /* where the next line begins */
        if (after < size && PyUnicode_READ(kind, data, stop) == '\r' && PyUnicode_READ(kind, data, after) == '\n')
            after++;
        Py_ssize_t end = stop, inner = start, sign = start;
        while (end > start && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1)))
            end--;
        if (after > first && end > start) {
            int64_t *row = new_row(table);
            if (row == NULL)
                return -1;
            while (Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, inner)))
                inner++;
            while (is_blank(PyUnicode_READ(kind, data, sign)))
                sign++;
            row[0] = start;
            row[1] = end;
            row[2] = number;
            row[4] = 0;
            row[3] = lead(data, start, sign, end, &row[4], kind);
            row[5] = inner - start;
        }
        start = after;
    }
    return 0;
}

PyObject *core_line_table(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (core_arguments("line_table", count, 2) < 0 || core_text(args[0]) < 0)
        return NULL;
    const Py_ssize_t first = PyLong_AsSsize_t(args[1]);
    if (first == -1 && PyErr_Occurred())
        return NULL;
    Table table = {NULL, 0, 0};
    int failed = 0;
#define TABULATE(width) failed = tabulate(PyUnicode_DATA(args[0]), PyUnicode_GET_LENGTH(args[0]), first, &table, width)
    CORE_BY_WIDTH(args[0], TABULATE);
    PyObject *found = failed ? NULL
                             : PyByteArray_FromStringAndSize((const char *)table.cells,
                                                             table.count * COLUMNS * (Py_ssize_t)sizeof(int64_t));
    PyMem_Free(table.cells);
    return found;
}
