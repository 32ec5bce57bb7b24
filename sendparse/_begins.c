/* Expressions tried only where they can begin. What each function gives stands in begins.py: the same as the expression's own.

   A table says where that is: the class of each ASCII character, then which edges count, then for each two classes a byte
   whose bits are those of the class of the third character, then marks for the first few characters. Characters beyond ASCII
   are of one class, the end is of another. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { CLASSES = 64, END = 0, LAST_LETTER = 26, LAST_DIGIT = 36, SPACE = 37, UNDERSCORE = 38, LINE_END = 61, OTHER = 63 };
enum { LETTERS_AT_EDGES = 1, DIGITS_AT_EDGES = 2, DIGITS_IN_FRONT = 4, AT_THE_FIRST = 8 };
enum { DEEP = 6, ASCII = 128, PAIRS = CLASSES * CLASSES, TABLE = ASCII + 1 + PAIRS };

static int is_digit(int class) { return class > LAST_LETTER && class <= LAST_DIGIT; }
static int is_word(int class) { return (class > END && class <= LAST_DIGIT) || class == UNDERSCORE; }

/* Whether what may begin with a letter or a digit stands too far inside a word or a number. */
static int inside(int before, int here, int edges)
{
    if (is_digit(here))
        return (edges & DIGITS_AT_EDGES && is_word(before)) || (edges & DIGITS_IN_FRONT && is_digit(before));
    return edges & LETTERS_AT_EDGES && is_word(here) && is_word(before);
}

/* Whether the marks hold what stands at a place, by as many characters as they tell it by. White space is one
   character, and all digits are one. */
static int is_marked(const unsigned char *table, unsigned last, int kind, const void *data, Py_ssize_t at, Py_ssize_t end)
{
    const unsigned char *marks = table + TABLE;
    unsigned so_far = 0;
    for (int n = 0; n < DEEP; n++) {
        Py_UCS4 found = at < end ? PyUnicode_READ(kind, data, at) : 0;
        int class = at >= end ? END : found < ASCII ? table[found] : OTHER;
        if (class == OTHER)
            return 1;
        at++;
        if (class == SPACE || class == LINE_END) {
            class = SPACE;
            while (at < end && (found = PyUnicode_READ(kind, data, at)) < ASCII
                   && (table[found] == SPACE || table[found] == LINE_END))
                at++;
        }
        class = is_digit(class) ? LAST_LETTER + 1 : class;
        so_far = so_far * 67 + class + 1;
        unsigned mark = (so_far ^ so_far >> 15) & last;
        if (marks[mark >> 3] >> (mark & 7) & 1)
            return 1;
    }
    return 0;
}

/* The next place from `at` on where the table allows a beginning, or -1. */
#define NEXT(name, character, kind)                                                                                         \
    static Py_ssize_t name(const unsigned char *table, unsigned last, const character *text, Py_ssize_t at, Py_ssize_t end) \
    {                                                                                                                       \
        const unsigned char *pairs = table + ASCII + 1;                                                                     \
        const int edges = table[ASCII];                                                                                     \
        int before = at > 0 && text[at - 1] < ASCII ? table[text[at - 1]] : OTHER;                                          \
        int here = at < end && text[at] < ASCII ? table[text[at]] : OTHER;                                                  \
        if (at == 0 && edges & AT_THE_FIRST)                                                                                \
            return 0;                                                                                                       \
        for (; at < end; at++) {                                                                                            \
            int next = at + 1 >= end ? END : text[at + 1] < ASCII ? table[text[at + 1]] : OTHER;                            \
            int thirds = pairs[here * CLASSES + next];                                                                      \
            if (thirds && !inside(before, here, edges)) {                                                                   \
                int third = at + 2 >= end ? END : text[at + 2] < ASCII ? table[text[at + 2]] : OTHER;                       \
                if (thirds >> (third & 7) & 1 && is_marked(table, last, kind, text, at, end))                               \
                    return at;                                                                                              \
            }                                                                                                               \
            before = here, here = next;                                                                                     \
        }                                                                                                                   \
        return -1;                                                                                                          \
    }

NEXT(next_narrow, Py_UCS1, PyUnicode_1BYTE_KIND)
NEXT(next_wide, Py_UCS2, PyUnicode_2BYTE_KIND)
NEXT(next_widest, Py_UCS4, PyUnicode_4BYTE_KIND)

static Py_ssize_t next_place(const unsigned char *table, unsigned last, PyObject *text, Py_ssize_t at, Py_ssize_t end)
{
    const void *data = PyUnicode_DATA(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        return next_narrow(table, last, data, at, end);
    case PyUnicode_2BYTE_KIND:
        return next_wide(table, last, data, at, end);
    default:
        return next_widest(table, last, data, at, end);
    }
}

/* Arguments of both functions: an expression's `match`, its table, a text, and the stretch of it that is looked through. */
typedef struct { PyObject *match, *text, *last; const unsigned char *table; unsigned last_mark; Py_ssize_t at, end; } Search;

static int read_search(Search *s, PyObject *const *given, Py_ssize_t count)
{
    Py_ssize_t marks;
    if (count != 5 || !PyBytes_Check(given[1]) || (marks = PyBytes_GET_SIZE(given[1]) - TABLE) < 1 || marks & (marks - 1)
        || !PyUnicode_Check(given[2])) {
        PyErr_SetString(PyExc_TypeError, "takes a function, a table, a text and two places");
        return 0;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(given[2]);
    *s = (Search){given[0], given[2], given[4], (const unsigned char *)PyBytes_AS_STRING(given[1]), (unsigned)(8 * marks - 1), 0, 0};
    s->at = PyLong_AsSsize_t(given[3]), s->end = PyLong_AsSsize_t(given[4]);
    s->at = s->at < 0 ? 0 : s->at, s->end = s->end > length ? length : s->end;
    return !PyErr_Occurred();
}

/* The next match, or None; NULL after an error. */
static PyObject *next_match(Search *s)
{
    while ((s->at = next_place(s->table, s->last_mark, s->text, s->at, s->end)) >= 0) {
        PyObject *place = PyLong_FromSsize_t(s->at), *arguments[] = {s->text, place, s->last};
        PyObject *match = place == NULL ? NULL : PyObject_Vectorcall(s->match, arguments, 3, NULL);
        Py_XDECREF(place);
        if (match != Py_None)
            return match;
        Py_DECREF(match);
        s->at++;
    }
    Py_RETURN_NONE;
}

static PyObject *first_match(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Search s;
    return read_search(&s, given, count) ? next_match(&s) : NULL;
}

static PyObject *all_matches(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Search s;
    if (!read_search(&s, given, count))
        return NULL;
    PyObject *out = PyList_New(0), *match = NULL;
    while (out != NULL && (match = next_match(&s)) != NULL && match != Py_None) {
        PyObject *end = PyList_Append(out, match) < 0 ? NULL : PyObject_CallMethod(match, "end", NULL);
        Py_ssize_t after = end == NULL ? -1 : PyLong_AsSsize_t(end);
        s.at = after > s.at ? after : s.at + 1;
        Py_XDECREF(end);
        Py_DECREF(match);
        if (after < 0)
            Py_CLEAR(out);
    }
    if (match == NULL)
        Py_CLEAR(out);
    else if (match == Py_None)
        Py_DECREF(match);
    return out;
}

/* Many strings at once. A table of them: classes; for each two classes the number of the first entry and of the one behind the
   last; entries of the classes that their further characters may be of, and what the string stands for. */

enum { FURTHER = 4, MOST = 256 };
typedef struct { unsigned long long further[FURTHER]; unsigned long long stands_for; } Entry;
typedef struct { unsigned char classes[ASCII]; unsigned short first[PAIRS + 4]; Entry entries[]; } Strings;

static int class_at(const Strings *table, int kind, const void *data, Py_ssize_t at, Py_ssize_t length)
{
    Py_UCS4 found = at < length ? PyUnicode_READ(kind, data, at) : 0;
    return at >= length ? END : found < ASCII ? table->classes[found] : OTHER;
}

/* met(table, text): a list of what the strings stand for that a text holds, in order. */
static PyObject *met(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    if (count != 2 || !PyBytes_Check(given[0]) || (size_t)PyBytes_GET_SIZE(given[0]) < sizeof(Strings) || !PyUnicode_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "takes a table and a text");
        return NULL;
    }
    const Strings *table = (const Strings *)PyBytes_AS_STRING(given[0]);
    const int kind = PyUnicode_KIND(given[1]);
    const void *data = PyUnicode_DATA(given[1]);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(given[1]);
    unsigned char found[MOST] = {0};
    int here, next = class_at(table, kind, data, 0, length);
    for (Py_ssize_t at = 0; at < length; at++) {
        here = next, next = class_at(table, kind, data, at + 1, length);
        const unsigned short *first = table->first + here * CLASSES + next;
        for (const Entry *one = table->entries + first[0]; one < table->entries + first[1]; one++) {
            int n = 0;
            while (n < FURTHER && one->further[n] >> class_at(table, kind, data, at + 2 + n, length) & 1)
                n++;
            found[one->stands_for % MOST] |= n == FURTHER;
        }
    }
    PyObject *out = PyList_New(0);
    for (int number = 0; out != NULL && number < MOST; number++)
        if (found[number]) {
            PyObject *one = PyLong_FromLong(number);
            if (one == NULL || PyList_Append(out, one) < 0)
                Py_CLEAR(out);
            Py_XDECREF(one);
        }
    return out;
}

#define QUICK(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef METHODS[] = {QUICK(first_match), QUICK(all_matches), QUICK(met), {NULL, NULL, 0, NULL}};
static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_begins", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__begins(void) { return PyModule_Create(&MODULE); }
