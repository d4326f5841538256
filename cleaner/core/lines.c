/* What the model of lines counts; the twins are in lines/rows.py, words.py, facts.py and around.py. */

#include "lines.h"

#include <stdlib.h>
#include <string.h>

#define CLASSES 16
#define LONGEST 24 /* letters of a word that tell it from others */
#define UPPER 2
#define SIGN 4
#define SPACE 6
#define BRACKET 10
#define COMMON 40
#define LONGER 4
#define WIDE 4 /* bytes of what is known of a word */

static inline int is_word(uint8_t class)
{
    return (class >= 1 && class <= 5);
}

static inline int64_t span(const Py_buffer *spans, Py_ssize_t row, int column)
{
    return *(const int64_t *)((const char *)spans->buf + row * spans->strides[0] + column * spans->strides[1]);
}

/* Add up, for each place, in how many of the spans it lies, as differences: `steps` has one place more than there are. */
static int step(const Py_buffer *spans, Py_ssize_t size, int32_t *steps)
{
    if (spans->shape[0] && spans->shape[1] < 2) {
        PyErr_SetString(PyExc_ValueError, "a span has two ends");
        return -1;
    }
    for (Py_ssize_t row = 0; row < spans->shape[0]; row++) {
        const int64_t start = span(spans, row, 0), end = span(spans, row, 1);
        if (start < 0 || end < 0 || start > size || end > size) {
            PyErr_SetString(PyExc_IndexError, "a span beyond the text");
            return -1;
        }
        steps[start]++;
        steps[end]--;
    }
    return 0;
}

/* points, class_of, lower_of, size_of; rows, hidden, addresses, words of links; of, seen, linked, classes, lower, sizes */
PyObject *core_mark_points(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Held held;
    if (core_hold(&held, "mark_points", args, count, "pcpcssssRBBCPC") < 0)
        return NULL;
    const Py_ssize_t size = core_length(&held, 0), known = core_length(&held, 1);
    const uint32_t *points = held.views[0].buf, *lower_of = held.views[2].buf;
    const uint8_t *class_of = held.views[1].buf, *size_of = held.views[3].buf;
    const Py_buffer *rows = &held.views[4];
    int32_t *of = held.views[8].buf, *hidden = NULL, *links = NULL;
    uint8_t *seen = held.views[9].buf, *linked = held.views[10].buf, *classes = held.views[11].buf;
    uint32_t *lower = held.views[12].buf;
    uint8_t *sizes = held.views[13].buf;
    PyObject *done = NULL;
    if (core_alike(&held, 1, 2) < 0 || core_alike(&held, 8, 13) < 0)
        goto end;
    if (core_length(&held, 8) != size || core_length(&held, 3) != CLASSES || rows->shape[1] < 2) {
        PyErr_SetString(PyExc_ValueError, "arrays of wrong lengths");
        goto end;
    }
    hidden = PyMem_Calloc((size_t)size + 1, sizeof(int32_t));
    links = PyMem_Calloc((size_t)size + 1, sizeof(int32_t));
    if (hidden == NULL || links == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    if (step(&held.views[5], size, hidden) < 0 || step(&held.views[6], size, hidden) < 0
        || step(&held.views[7], size, links) < 0)
        goto end;
    Py_ssize_t row = 0;
    int64_t start = 0, stop = 0;
    int32_t in_hidden = 0, in_links = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        while (at >= stop && row < rows->shape[0]) {
            start = span(rows, row, 0);
            const int64_t after = span(rows, row, 1);
            if (start < stop || after <= start || after > size) {
                PyErr_SetString(PyExc_ValueError, "rows that are not in order");
                goto end;
            }
            stop = after;
            row++;
        }
        if (points[at] >= known) {
            PyErr_SetString(PyExc_IndexError, "a code point beyond the tables");
            goto end;
        }
        in_hidden += hidden[at];
        in_links += links[at];
        const int inside = at >= start && at < stop;
        const uint8_t class = class_of[points[at]];
        classes[at] = class;
        lower[at] = lower_of[points[at]];
        of[at] = inside ? (int32_t)(row - 1) : -1;
        seen[at] = inside && class && class != SPACE && in_hidden <= 0;
        linked[at] = in_links > 0;
        sizes[at] = seen[at] && class < CLASSES ? size_of[class] : 0;
    }
    done = Py_NewRef(Py_None);
end:
    PyMem_Free(hidden);
    PyMem_Free(links);
    core_release(&held);
    return done;
}

typedef struct {
    int32_t *row, *size, *place, *left;
    uint32_t *hash;
    Py_ssize_t count;
} Words;

static int make(Words *words, PyObject **made, Py_ssize_t space)
{
    for (int which = 0; which < 5; which++)
        if ((made[which] = PyByteArray_FromStringAndSize(NULL, space * WIDE)) == NULL)
            return -1;
    words->row = (int32_t *)PyByteArray_AS_STRING(made[0]);
    words->hash = (uint32_t *)PyByteArray_AS_STRING(made[1]);
    words->size = (int32_t *)PyByteArray_AS_STRING(made[2]);
    words->place = (int32_t *)PyByteArray_AS_STRING(made[3]);
    words->left = (int32_t *)PyByteArray_AS_STRING(made[4]);
    return 0;
}

static void spell(Words *words, const uint8_t *where, const uint8_t *classes, const int32_t *of, const uint32_t *lower,
                  Py_ssize_t size, const uint32_t *odd)
{
    Py_ssize_t last = -2, number = -1; /* where the last letter was; which word it is */
    int was_sign = 0;
    uint32_t before = 0; /* the hash of the last word, as it was before it was made one of a pair */
    for (Py_ssize_t at = 0; at < size; at++) {
        if (!where[at] || !is_word(classes[at]) || of[at] < 0)
            continue;
        const int sign = classes[at] == SIGN;
        if (number < 0 || at - last != 1 || of[at] != of[last] || sign || was_sign) {
            number++;
            words->row[number] = of[at];
            words->size[number] = 1;
            words->hash[number] = scattered(lower[at] + odd[0]);
            if (number && sign && was_sign && at - last == 1)
                words->hash[number - 1] = scattered(before + scattered(words->hash[number]) * 3u);
            words->place[number] = number && words->row[number - 1] == of[at] ? words->place[number - 1] + 1 : 0;
        } else {
            if (words->size[number] < LONGEST)
                words->hash[number] += scattered(lower[at] + odd[words->size[number]]);
            words->size[number]++;
        }
        before = words->hash[number];
        was_sign = sign;
        last = at;
    }
    words->count = number + 1;
    for (Py_ssize_t word = number; word >= 0; word--)
        words->left[word] = word < number && words->row[word + 1] == words->row[word] ? words->left[word + 1] + 1 : 0;
}

/* where, classes, of, lower */
PyObject *core_spelled(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Held held;
    if (core_hold(&held, "spelled", args, count, "bcrp") < 0)
        return NULL;
    PyObject *made[5] = {NULL}, *found = NULL;
    Words words;
    uint32_t odd[LONGEST];
    for (uint32_t place = 0; place < LONGEST; place++)
        odd[place] = scattered((place + 1) * 0x9e3779b1u);
    Py_ssize_t space = 0;
    if (core_alike(&held, 0, 3) < 0)
        goto end;
    const uint8_t *where = held.views[0].buf, *classes = held.views[1].buf;
    const int32_t *of = held.views[2].buf;
    const Py_ssize_t size = core_length(&held, 0);
    for (Py_ssize_t at = 0, last = -2; at < size; at++) /* no word begins but at one of these */
        if (where[at] && is_word(classes[at])) {
            space += at - last != 1 || of[at] != of[last] || classes[at] == SIGN || classes[last] == SIGN;
            last = at;
        }
    if (make(&words, made, space) < 0)
        goto end;
    spell(&words, where, classes, of, held.views[3].buf, size, odd);
    for (int which = 0; which < 5; which++)
        if (PyByteArray_Resize(made[which], words.count * WIDE) < 0)
            goto end;
    found = PyTuple_Pack(5, made[0], made[1], made[2], made[3], made[4]);
end:
    for (int which = 0; which < 5; which++)
        Py_XDECREF(made[which]);
    core_release(&held);
    return found;
}

/* points (an object with the arrays of, seen, classes, sizes, linked); counts by row and class; the others by kind and row */
PyObject *core_count_letters(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    static const char *const names[] = {"of", "seen", "classes", "sizes", "linked"};
    if (core_arguments("count_letters", count, 3) < 0)
        return NULL;
    PyObject *arrays[7] = {NULL}, *done = NULL;
    Held held = {.count = 0};
    for (int which = 0; which < 5; which++)
        if ((arrays[which] = PyObject_GetAttrString(args[0], names[which])) == NULL)
            goto end;
    arrays[5] = Py_NewRef(args[1]);
    arrays[6] = Py_NewRef(args[2]);
    if (core_hold(&held, "count_letters", arrays, 7, "rbccbSS") < 0 || core_alike(&held, 0, 4) < 0)
        goto end;
    const Py_buffer *of_row = &held.views[5], *others = &held.views[6];
    const Py_ssize_t size = core_length(&held, 0), rows = of_row->shape[0];
    if (of_row->shape[1] != CLASSES || others->shape[0] != 6 || others->shape[1] != rows) {
        PyErr_SetString(PyExc_ValueError, "arrays of wrong shapes");
        goto end;
    }
    const int32_t *of = held.views[0].buf;
    const uint8_t *seen = held.views[1].buf, *classes = held.views[2].buf, *sizes = held.views[3].buf;
    const uint8_t *linked = held.views[4].buf;
    int64_t *counts = of_row->buf, *first = others->buf;
    int64_t *last = first + rows, *inside = last + rows, *of_links = inside + rows, *begun = of_links + rows;
    int64_t *capitals = begun + rows;
    int was_word = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        const uint8_t class = classes[at];
        const int32_t row = of[at];
        if (row >= rows || class >= CLASSES) {
            PyErr_SetString(PyExc_IndexError, "a row or a class that is not there");
            goto end;
        }
        const int word = seen[at] && is_word(class);
        if (row >= 0) {
            of_links[row] += linked[at] ? sizes[at] : 0;
            if (seen[at]) {
                counts[row * CLASSES + class]++;
                if (!last[row])
                    first[row] = class;
                last[row] = class;
                if (class != BRACKET)
                    inside[row] = class;
            }
            if (word && !was_word) {
                begun[row]++;
                capitals[row] += class == UPPER;
            }
        }
        was_word = word;
    }
    done = Py_NewRef(Py_None);
end:
    for (int which = 0; which < 7; which++)
        Py_XDECREF(arrays[which]);
    core_release(&held);
    return done;
}

typedef struct {
    uint32_t word, rows, times; /* in how many rows it was told as a longer word, and how often at all */
    int64_t last, last_longer;  /* the last of these rows, -1 for none; nothing was told: the place is free */
} Told;

static int commoner(const void *one, const void *other)
{
    const Told *first = one, *second = other;
    if (first->times != second->times)
        return first->times > second->times ? -1 : 1;
    return (first->word > second->word) - (first->word < second->word);
}

static Told *place_of(Told *table, Py_ssize_t mask, uint32_t word)
{
    Py_ssize_t place = (Py_ssize_t)scattered(word) & mask;
    while (table[place].last >= 0 && table[place].word != word)
        place = (place + 1) & mask;
    return &table[place];
}

/* A larger table with what is in one; NULL and an exception if there is no memory. */
static Told *room_for(const Told *table, Py_ssize_t mask, Py_ssize_t larger)
{
    Told *found = PyMem_Malloc(((size_t)larger + 1) * sizeof(Told));
    if (found == NULL)
        return (Told *)PyErr_NoMemory();
    for (Py_ssize_t place = 0; place <= larger; place++)
        found[place] = (Told){0, 0, 0, -1, -1};
    for (Py_ssize_t place = 0; place <= mask; place++)
        if (table[place].last >= 0)
            *place_of(found, larger, table[place].word) = table[place];
    return found;
}

/* row, hash, size of words; told, by row; met, long, common, by row */
PyObject *core_count_shared(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    Held held;
    if (core_hold(&held, "count_shared", args, count, "rprbNNN") < 0)
        return NULL;
    PyObject *done = NULL;
    Told *table = NULL, *ranked = NULL;
    const Py_ssize_t size = core_length(&held, 0), rows = core_length(&held, 3);
    const int32_t *row = held.views[0].buf, *letters = held.views[2].buf;
    const uint32_t *hash = held.views[1].buf;
    const uint8_t *told = held.views[3].buf;
    int64_t *met = held.views[4].buf, *longer = held.views[5].buf, *common = held.views[6].buf;
    if (core_alike(&held, 0, 2) < 0 || core_alike(&held, 3, 6) < 0)
        goto end;
    Py_ssize_t mask = 511, known = 0;
    table = room_for(NULL, -1, mask);
    if (table == NULL)
        goto end;
    for (Py_ssize_t word = 0; word < size; word++) {
        if (row[word] < 0 || row[word] >= rows || (word && row[word] < row[word - 1])) {
            PyErr_SetString(PyExc_ValueError, "rows that are not in order");
            goto end;
        }
        if (!told[row[word]])
            continue;
        if (2 * known > mask) {
            Told *larger = room_for(table, mask, 2 * mask + 1);
            if (larger == NULL)
                goto end;
            PyMem_Free(table);
            table = larger;
            mask = 2 * mask + 1;
        }
        Told *here = place_of(table, mask, hash[word]);
        if (here->last < 0)
            known++;
        if (letters[word] >= LONGER && here->last_longer != row[word]) {
            here->rows++;
            here->last_longer = row[word];
        }
        here->word = hash[word];
        here->times++;
        here->last = row[word];
    }
    ranked = PyMem_Malloc((size_t)(known ? known : 1) * sizeof(Told));
    if (ranked == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    known = 0;
    for (Py_ssize_t place = 0; place <= mask; place++)
        if (table[place].last >= 0)
            ranked[known++] = table[place];
    qsort(ranked, (size_t)known, sizeof(Told), commoner);
    for (Py_ssize_t place = 0; place < known; place++)
        place_of(table, mask, ranked[place].word)->times = place < COMMON;
    for (Py_ssize_t word = 0; word < size; word++) {
        const Told *here = place_of(table, mask, hash[word]);
        const int is_known = here->last >= 0;
        common[row[word]] += is_known && here->times;
        if (letters[word] >= LONGER) {
            longer[row[word]]++;
            met[row[word]] += is_known && here->rows > (uint32_t)(told[row[word]] != 0);
        }
    }
    done = Py_NewRef(Py_None);
end:
    PyMem_Free(table);
    PyMem_Free(ranked);
    core_release(&held);
    return done;
}
