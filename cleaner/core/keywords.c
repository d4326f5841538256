/* All keywords at once; the twin is `Index` in rulebook/keywords.py.

   The keywords are sorted.  At each place of a text a filter says from the next characters, nearly always, that none of
   them begins there; else a table says where in the order those are that begin so, and which character may come next.
   Then the range is narrowed character by character, so that thousands with the same beginning cost no more than a
   few. */

#include "core.h"

#include <stdlib.h>
#include <string.h>

#define GRAM 4           /* characters by which longer keywords are found */
#define FILTER_BITS 18   /* 32 KB */
#define MOST 0x7fffffff

typedef struct {
    const Py_UCS4 *text;
    Py_ssize_t length;
    PyObject *rules, *sites;
} Word;

typedef struct {
    uint32_t first, after; /* the words that begin with some gram, or the one shorter word; no such entry if both are 0 */
    uint32_t hash;         /* of the gram, or of the shorter word */
    uint32_t next;         /* which characters may follow a gram, by their last bits; all if one of the words ends there */
} Range;

typedef struct {
    PyObject_HEAD
    Word *words;          /* those shorter than GRAM, then the others, each in the order of their texts */
    Py_ssize_t count, shorter;
    Py_UCS4 *letters;     /* of all words */
    Range *table;         /* by the last bits of the hash and what follows them */
    uint32_t mask;
    uint8_t filter[1 << (FILTER_BITS - 3)], few[1 << (FILTER_BITS - 3)]; /* of grams; of the shorter words */
} Index;

typedef struct {
    Py_ssize_t start, end;
    const Word *word;
} Hit;

typedef struct {
    Hit *hits;
    Py_ssize_t count, space;
} Hits;

static inline uint32_t mixed(uint32_t one, uint32_t two, uint32_t three, uint32_t four)
{
    return one * 0x9e3779b1u + two * 0x85ebca77u + three * 0xc2b2ae3du + four * 0x27d4eb2fu;
}

#define of_one(one) mixed(one, 0, 0, 1)
#define of_two(one, two) mixed(one, two, 0, 2)
#define of_three(one, two, three) mixed(one, two, three, 3)

static inline uint32_t bit_of(uint32_t hash)
{
    return (hash * 0x9e3779b1u) >> (32 - FILTER_BITS);
}

static inline void mark(uint8_t *filter, uint32_t hash)
{
    filter[bit_of(hash) >> 3] |= (uint8_t)(1 << (bit_of(hash) & 7));
}

static inline int marked(const uint8_t *filter, uint32_t hash)
{
    return filter[bit_of(hash) >> 3] >> (bit_of(hash) & 7) & 1;
}

static int compare_words(const void *one, const void *other)
{
    const Word *first = one, *second = other;
    if ((first->length < GRAM) != (second->length < GRAM))
        return first->length < GRAM ? -1 : 1;
    for (Py_ssize_t at = 0; at < first->length && at < second->length; at++)
        if (first->text[at] != second->text[at])
            return first->text[at] < second->text[at] ? -1 : 1;
    return (first->length > second->length) - (first->length < second->length);
}

static int compare_hits(const void *one, const void *other)
{
    const Hit *first = one, *second = other;
    if (first->end != second->end)
        return first->end < second->end ? -1 : 1;
    return (first->start > second->start) - (first->start < second->start);
}

/* Take in the pairs: the letters of all words in a row, and what they wake. */
static int take(Index *its, PyObject *pairs)
{
    Py_ssize_t letters = 0;
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(pairs); number++) {
        PyObject *word, *rules, *sites;
        if (!PyTuple_Check(PyList_GET_ITEM(pairs, number))) {
            PyErr_SetString(PyExc_TypeError, "expected pairs");
            return -1;
        }
        if (!PyArg_ParseTuple(PyList_GET_ITEM(pairs, number), "U(O!O!)", &word, &PyTuple_Type, &rules, &PyTuple_Type,
                              &sites) || core_text(word) < 0)
            return -1;
        Word *here = &its->words[its->count++];
        here->rules = Py_NewRef(rules);
        here->sites = Py_NewRef(sites);
        here->length = PyUnicode_GET_LENGTH(word);
        letters += here->length;
        if (!here->length) {
            PyErr_SetString(PyExc_ValueError, "a keyword has a character at least");
            return -1;
        }
    }
    its->letters = PyMem_Malloc((size_t)(letters ? letters : 1) * sizeof(Py_UCS4));
    if (its->letters == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Py_UCS4 *next = its->letters;
    for (Py_ssize_t number = 0; number < its->count; number++) {
        Word *here = &its->words[number];
        PyObject *word = PyTuple_GET_ITEM(PyList_GET_ITEM(pairs, number), 0);
        if (PyUnicode_AsUCS4(word, next, here->length, 0) == NULL)
            return -1;
        here->text = next;
        next += here->length;
    }
    return 0;
}

static void enter(Index *its, Range range)
{
    uint32_t place = range.hash & its->mask;
    while (its->table[place].after)
        place = (place + 1) & its->mask;
    its->table[place] = range;
}

static int sort(Index *its)
{
    if (its->count)
        qsort(its->words, (size_t)its->count, sizeof(Word), compare_words);
    while (its->shorter < its->count && its->words[its->shorter].length < GRAM)
        its->shorter++;
    Py_ssize_t grams = its->shorter;
    for (Py_ssize_t number = its->shorter; number < its->count; number++)
        grams += number == its->shorter
                 || memcmp(its->words[number - 1].text, its->words[number].text, GRAM * sizeof(Py_UCS4)) != 0;
    its->mask = 15;
    while ((Py_ssize_t)its->mask < grams + grams / 2) /* small, so that it stays near the processor */
        its->mask = its->mask * 2 + 1;
    its->table = PyMem_Calloc((size_t)its->mask + 1, sizeof(Range));
    if (its->table == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t number = 0; number < its->shorter; number++) {
        const Py_UCS4 *text = its->words[number].text;
        const Py_ssize_t size = its->words[number].length;
        const uint32_t hash = size == 1 ? of_one(text[0]) : size == 2 ? of_two(text[0], text[1])
                                                                      : of_three(text[0], text[1], text[2]);
        mark(its->few, hash);
        enter(its, (Range){(uint32_t)number, (uint32_t)number + 1, hash, 0});
    }
    for (Py_ssize_t first = its->shorter, after; first < its->count; first = after) {
        const Py_UCS4 *text = its->words[first].text;
        uint32_t next = 0;
        for (after = first; after < its->count; after++) {
            const Word *word = &its->words[after];
            if (memcmp(text, word->text, GRAM * sizeof(Py_UCS4)) != 0)
                break;
            next |= word->length == GRAM ? 0xffffffffu : (uint32_t)1 << (word->text[GRAM] & 31);
        }
        const uint32_t hash = mixed(text[0], text[1], text[2], text[3]);
        mark(its->filter, hash);
        enter(its, (Range){(uint32_t)first, (uint32_t)after, hash, next});
    }
    return 0;
}

static int found(Hits *its, Py_ssize_t start, const Word *word)
{
    Hit *hits = core_room(its->hits, its->count, &its->space, 256, sizeof(Hit));
    if (hits == NULL)
        return -1;
    its->hits = hits;
    its->hits[its->count++] = (Hit){start, start + word->length, word};
    return 0;
}

/* Note the words of a range that stand at a place. */
CORE_INLINE int narrow(const Word *words, Py_ssize_t first, Py_ssize_t after, const void *data, Py_ssize_t at,
                       Py_ssize_t size, Hits *hits, const int kind)
{
    Py_ssize_t depth = 0; /* all words of the range have so many characters in common with the text */
    for (; depth < GRAM; depth++)
        if (words[first].text[depth] != PyUnicode_READ(kind, data, at + depth))
            return 0;
    while (first < after) {
        if (words[first].length == depth) {
            if (found(hits, at, &words[first]) < 0)
                return -1;
            first++;
            continue;
        }
        if (at + depth >= size)
            return 0;
        const Py_UCS4 c = PyUnicode_READ(kind, data, at + depth);
        Py_ssize_t low = first, high = after;
        while (low < high) {
            const Py_ssize_t middle = low + (high - low) / 2;
            if (words[middle].text[depth] < c)
                low = middle + 1;
            else
                high = middle;
        }
        first = low;
        high = after;
        while (low < high) {
            const Py_ssize_t middle = low + (high - low) / 2;
            if (words[middle].text[depth] <= c)
                low = middle + 1;
            else
                high = middle;
        }
        after = low;
        depth++;
    }
    return 0;
}

/* Note the shorter word of some length that stands at a place. */
CORE_INLINE int look_up(const Index *its, uint32_t hash, Py_ssize_t length, const void *data, Py_ssize_t at, Hits *hits,
                        const int kind)
{
    if (!marked(its->few, hash))
        return 0;
    for (uint32_t place = hash & its->mask; its->table[place].after; place = (place + 1) & its->mask) {
        const Word *word = &its->words[its->table[place].first];
        if (its->table[place].hash != hash || word->length != length)
            continue;
        Py_ssize_t depth = 0;
        while (depth < length && word->text[depth] == PyUnicode_READ(kind, data, at + depth))
            depth++;
        if (depth == length)
            return found(hits, at, word);
    }
    return 0;
}

CORE_INLINE int search(const Index *its, const void *data, Py_ssize_t size, Hits *hits, const int kind)
{
    for (Py_ssize_t at = 0; at < size; at++) {
        const Py_ssize_t left = size - at;
        const Py_UCS4 one = PyUnicode_READ(kind, data, at), two = left > 1 ? PyUnicode_READ(kind, data, at + 1) : 0;
        const Py_UCS4 three = left > 2 ? PyUnicode_READ(kind, data, at + 2) : 0;
        if (look_up(its, of_one(one), 1, data, at, hits, kind) < 0
            || (left > 1 && look_up(its, of_two(one, two), 2, data, at, hits, kind) < 0)
            || (left > 2 && look_up(its, of_three(one, two, three), 3, data, at, hits, kind) < 0))
            return -1;
        if (left < GRAM)
            continue;
        const uint32_t hash = mixed(one, two, three, PyUnicode_READ(kind, data, at + 3));
        if (!marked(its->filter, hash))
            continue;
        const uint32_t next = left > GRAM ? (uint32_t)1 << (PyUnicode_READ(kind, data, at + GRAM) & 31) : 0xffffffffu;
        for (uint32_t place = hash & its->mask; its->table[place].after; place = (place + 1) & its->mask) {
            const Range *range = &its->table[place];
            if (range->hash == hash && (range->next & next) && its->words[range->first].length >= GRAM
                && narrow(its->words, range->first, range->after, data, at, size, hits, kind) < 0)
                return -1;
        }
    }
    return 0;
}

/* All hits in a text, in the order of their ends, longer ones first; to be given back.  -1 and an exception if not. */
static int all_hits(PyObject *self, PyObject *text, Hits *hits)
{
    *hits = (Hits){NULL, 0, 0};
    if (core_text(text) < 0)
        return -1;
    int failed = 0;
#define SEARCH(width) failed = search((Index *)self, PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), hits, width)
    CORE_BY_WIDTH(text, SEARCH);
    if (failed) {
        PyMem_Free(hits->hits);
        return -1;
    }
    if (hits->count)
        qsort(hits->hits, (size_t)hits->count, sizeof(Hit), compare_hits);
    return 0;
}

static PyObject *index_hits(PyObject *self, PyObject *text)
{
    Hits hits;
    if (all_hits(self, text, &hits) < 0)
        return NULL;
    PyObject *list = PyList_New(hits.count);
    for (Py_ssize_t number = 0; list && number < hits.count; number++) {
        const Hit *hit = &hits.hits[number];
        PyObject *item = Py_BuildValue("nnOO", hit->start, hit->end, hit->word->rules, hit->word->sites);
        if (item)
            PyList_SET_ITEM(list, number, item);
        else
            Py_CLEAR(list);
    }
    PyMem_Free(hits.hits);
    return list;
}

/* Where the keywords of a rule stand: starts and ends in turn. */
typedef struct {
    int64_t *cells;
    Py_ssize_t count, space;
} Spans;

typedef struct {
    Spans *spans;
    Py_ssize_t count, space;
    PyObject *numbers; /* rule to which of the spans are its */
} Woken;

static Spans *spans_of(Woken *woken, PyObject *rule)
{
    PyObject *number = PyDict_GetItemWithError(woken->numbers, rule);
    if (number != NULL)
        return &woken->spans[PyLong_AsSsize_t(number)];
    Spans *spans = PyErr_Occurred() ? NULL : core_room(woken->spans, woken->count, &woken->space, 64, sizeof(Spans));
    if (spans == NULL)
        return NULL;
    woken->spans = spans;
    woken->spans[woken->count] = (Spans){NULL, 0, 0};
    number = PyLong_FromSsize_t(woken->count++);
    const int failed = number == NULL || PyDict_SetItem(woken->numbers, rule, number) < 0;
    Py_XDECREF(number);
    return failed ? NULL : &woken->spans[woken->count - 1];
}

static int wake(Woken *woken, PyObject *rule, const Hit *hit, Py_ssize_t most)
{
    Spans *spans = spans_of(woken, rule);
    if (spans == NULL)
        return -1;
    if (spans->count / 2 > most)
        return 0;
    int64_t *cells = core_room(spans->cells, spans->count + 1, &spans->space, 4, sizeof(int64_t));
    if (cells == NULL)
        return -1;
    spans->cells = cells;
    spans->cells[spans->count++] = hit->start;
    spans->cells[spans->count++] = hit->end;
    return 0;
}

static int print(PyObject *prints, const Hit *hit, PyObject *text)
{
    const Py_ssize_t count = PyTuple_GET_SIZE(hit->word->sites);
    PyObject *words = count ? PyUnicode_Substring(text, hit->start, hit->end) : NULL;
    int failed = count && words == NULL;
    for (Py_ssize_t which = 0; !failed && which < count; which++)
        failed = core_append(prints, PyTuple_Pack(2, PyTuple_GET_ITEM(hit->word->sites, which), words)) < 0;
    Py_XDECREF(words);
    return failed ? -1 : 0;
}

/* The rules with their spans, in the order in which they woke, as arrays of Python. */
static PyObject *told(const Woken *woken)
{
    PyObject *array = PyImport_ImportModule("array"), *type = array ? PyObject_GetAttrString(array, "array") : NULL;
    PyObject *found = type ? PyDict_New() : NULL, *rule, *number;
    Py_ssize_t at = 0;
    while (found && PyDict_Next(woken->numbers, &at, &rule, &number)) {
        const Spans *spans = &woken->spans[PyLong_AsSsize_t(number)];
        PyObject *its = PyObject_CallFunction(type, "sy#", "q", spans->count ? (const char *)spans->cells : "",
                                              spans->count * (Py_ssize_t)sizeof(int64_t));
        if (its == NULL || PyDict_SetItem(found, rule, its) < 0)
            Py_CLEAR(found);
        Py_XDECREF(its);
    }
    Py_XDECREF(array);
    Py_XDECREF(type);
    return found;
}

static PyObject *index_woken(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Hits hits;
    if (core_arguments("woken", count, 2) < 0)
        return NULL;
    const Py_ssize_t most = PyLong_AsSsize_t(args[1]);
    if ((most == -1 && PyErr_Occurred()) || all_hits(self, args[0], &hits) < 0)
        return NULL;
    Woken woken = {NULL, 0, 0, PyDict_New()};
    PyObject *prints = PyList_New(0), *rules = NULL;
    int failed = woken.numbers == NULL || prints == NULL;
    for (Py_ssize_t number = 0; !failed && number < hits.count; number++) {
        const Hit *hit = &hits.hits[number];
        for (Py_ssize_t which = 0; !failed && which < PyTuple_GET_SIZE(hit->word->rules); which++)
            failed = wake(&woken, PyTuple_GET_ITEM(hit->word->rules, which), hit, most) < 0;
        failed = failed || print(prints, hit, args[0]) < 0;
    }
    PyMem_Free(hits.hits);
    if (!failed)
        rules = told(&woken);
    for (Py_ssize_t which = 0; which < woken.count; which++)
        PyMem_Free(woken.spans[which].cells);
    PyMem_Free(woken.spans);
    Py_XDECREF(woken.numbers);
    PyObject *found = rules ? PyTuple_Pack(2, rules, prints) : NULL;
    Py_XDECREF(rules);
    Py_XDECREF(prints);
    return found;
}

static void index_free(PyObject *self)
{
    Index *its = (Index *)self;
    PyTypeObject *type = Py_TYPE(self);
    for (Py_ssize_t number = 0; number < its->count; number++) {
        Py_XDECREF(its->words[number].rules);
        Py_XDECREF(its->words[number].sites);
    }
    PyMem_Free(its->words);
    PyMem_Free(its->letters);
    PyMem_Free(its->table);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *index_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names))
{
    PyObject *pairs;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &pairs))
        return NULL;
    const Py_ssize_t count = PyList_GET_SIZE(pairs);
    Index *its = (Index *)type->tp_alloc(type, 0); /* all zero */
    if (its == NULL)
        return NULL;
    its->words = count < MOST / 4 ? PyMem_Calloc((size_t)(count ? count : 1), sizeof(Word)) : NULL;
    if (its->words == NULL)
        PyErr_NoMemory();
    if (its->words == NULL || take(its, pairs) < 0 || sort(its) < 0)
        Py_CLEAR(its);
    return (PyObject *)its;
}

static PyMethodDef methods[] = {
    {"hits", index_hits, METH_O, NULL},
    {"woken", (PyCFunction)(void (*)(void))index_woken, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot parts[] = {
    {Py_tp_new, (void *)index_new},
    {Py_tp_dealloc, (void *)index_free},
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {"cleaner.core._core.Index", sizeof(Index), 0, Py_TPFLAGS_DEFAULT, parts};

int core_add_keywords(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&spec);
    if (type == NULL)
        return -1;
    const int failed = PyModule_AddObjectRef(module, "Index", type);
    Py_DECREF(type);
    return failed;
}
