/* Expressions tried only where they can begin. What each function gives stands in begins.py: the same as the expression's own.

   A table says where that is: the class of each ASCII character, then which edges count, then for each two classes a byte
   whose bits are those of the class of the third character. Characters beyond ASCII are of one class, the end is of another. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { CLASSES = 64, END = 0, LAST_LETTER = 26, LAST_DIGIT = 36, UNDERSCORE = 38, OTHER = 63 };
enum { LETTERS_AT_EDGES = 1, DIGITS_AT_EDGES = 2, DIGITS_IN_FRONT = 4 };
enum { ASCII = 128, TABLE = ASCII + 1 + CLASSES * CLASSES };

static int is_digit(int class) { return class > LAST_LETTER && class <= LAST_DIGIT; }
static int is_word(int class) { return (class > END && class <= LAST_DIGIT) || class == UNDERSCORE; }

/* Whether what may begin with a letter or a digit stands too far inside a word or a number. */
static int inside(int before, int here, int edges)
{
    if (is_digit(here))
        return (edges & DIGITS_AT_EDGES && is_word(before)) || (edges & DIGITS_IN_FRONT && is_digit(before));
    return edges & LETTERS_AT_EDGES && is_word(here) && is_word(before);
}

/* The next place from `at` on where the table allows a beginning, or -1. */
#define NEXT(name, character)                                                                                          \
    static Py_ssize_t name(const unsigned char *table, const character *text, Py_ssize_t at, Py_ssize_t end)           \
    {                                                                                                                  \
        const unsigned char *pairs = table + ASCII + 1;                                                                \
        const int edges = table[ASCII];                                                                                \
        int before = at > 0 && text[at - 1] < ASCII ? table[text[at - 1]] : OTHER;                                     \
        int here = at < end && text[at] < ASCII ? table[text[at]] : OTHER;                                             \
        for (; at < end; at++) {                                                                                       \
            int next = at + 1 >= end ? END : text[at + 1] < ASCII ? table[text[at + 1]] : OTHER;                       \
            int thirds = pairs[here * CLASSES + next];                                                                 \
            if (thirds && !inside(before, here, edges)) {                                                              \
                int third = at + 2 >= end ? END : text[at + 2] < ASCII ? table[text[at + 2]] : OTHER;                  \
                if (thirds >> (third & 7) & 1)                                                                         \
                    return at;                                                                                         \
            }                                                                                                          \
            before = here, here = next;                                                                                \
        }                                                                                                              \
        return -1;                                                                                                     \
    }

NEXT(next_narrow, Py_UCS1)
NEXT(next_wide, Py_UCS2)
NEXT(next_widest, Py_UCS4)

static Py_ssize_t next_place(const unsigned char *table, PyObject *text, Py_ssize_t at, Py_ssize_t end)
{
    const void *data = PyUnicode_DATA(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        return next_narrow(table, data, at, end);
    case PyUnicode_2BYTE_KIND:
        return next_wide(table, data, at, end);
    default:
        return next_widest(table, data, at, end);
    }
}

/* Arguments of both functions: an expression's `match`, its table, a text, and the stretch of it that is looked through. */
typedef struct { PyObject *match, *text, *last; const unsigned char *table; Py_ssize_t at, end; } Search;

static int read_search(Search *s, PyObject *const *given, Py_ssize_t count)
{
    if (count != 5 || !PyBytes_Check(given[1]) || PyBytes_GET_SIZE(given[1]) != TABLE || !PyUnicode_Check(given[2])) {
        PyErr_SetString(PyExc_TypeError, "takes a function, a table, a text and two places");
        return 0;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(given[2]);
    *s = (Search){given[0], given[2], given[4], (const unsigned char *)PyBytes_AS_STRING(given[1]), 0, 0};
    s->at = PyLong_AsSsize_t(given[3]), s->end = PyLong_AsSsize_t(given[4]);
    s->at = s->at < 0 ? 0 : s->at, s->end = s->end > length ? length : s->end;
    return !PyErr_Occurred();
}

/* The next match, or None; NULL after an error. */
static PyObject *next_match(Search *s)
{
    while ((s->at = next_place(s->table, s->text, s->at, s->end)) >= 0) {
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

#define QUICK(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef METHODS[] = {QUICK(first_match), QUICK(all_matches), {NULL, NULL, 0, NULL}};
static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_begins", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__begins(void) { return PyModule_Create(&MODULE); }
