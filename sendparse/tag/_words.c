/* The words of a text as the lexicon reads them. What the function gives stands in wording.py, which does the same in Python. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct { PyObject *text; int kind; const void *data; Py_ssize_t length; } Text;

/* The character at a place; nothing, which is of no class, behind the end. */
static Py_UCS4 at(const Text *t, Py_ssize_t place) { return place < t->length ? PyUnicode_READ(t->kind, t->data, place) : 0; }

static int is_plain(Py_UCS4 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static int is_letter(Py_UCS4 c) { return is_plain(c) || (c >= 0xC0 && c <= 0x24F); }

static Py_ssize_t behind_letters(const Text *t, Py_ssize_t place)
{
    while (is_letter(at(t, place)))
        place++;
    Py_UCS4 mark = at(t, place);
    if ((mark == '\'' || mark == 0x2019) && is_plain(at(t, place + 1)))
        for (place++; is_plain(at(t, place)); place++)
            ;
    return place;
}

static Py_ssize_t behind_digits(const Text *t, Py_ssize_t place)
{
    for (;;) {
        while (Py_UNICODE_ISDECIMAL(at(t, place)))
            place++;
        if ((at(t, place) != '.' && at(t, place) != ',') || !Py_UNICODE_ISDECIMAL(at(t, place + 1)))
            return place;
        place++;
    }
}

/* The first place from one on that is no white space. */
static Py_ssize_t behind_space(const Text *t, Py_ssize_t place)
{
    while (place < t->length && Py_UNICODE_ISSPACE(at(t, place)))
        place++;
    return place;
}

/* Where a sign that counts ends, or its own place where it counts for nothing. */
static Py_ssize_t behind_sign(const Text *t, Py_ssize_t place)
{
    Py_ssize_t next;
    switch (at(t, place)) {
    case '%': case 0xA3: case '&': case '#': case '+': case '<': case '>': case 0x2264: case 0x2265:
    case '(': case ')': case '[': case ']': case ';': case '!': case '?': case 0x2022:
        return place + 1;
    case '.':
        next = behind_space(t, place + 1);
        return next > place + 1 && ((at(t, next) >= 'A' && at(t, next) <= 'Z') || at(t, next) == '(') ? place + 1 : place;
    case '\n':
        for (next = behind_space(t, place + 1) - 1; next > place && at(t, next) != '\n'; next--)
            ;
        return next > place ? next + 1 : place;
    default:
        return place;
    }
}

/* Whether a word is one of the few that are read by those beside them: a, no, nos. */
static int hangs_on_company(const Text *t, Py_ssize_t start, Py_ssize_t end)
{
    Py_UCS4 first = at(t, start);
    if (end - start == 1)
        return first == 'a';
    return (first == 'n' || first == 'N') && at(t, start + 1) == 'o' && (end - start == 2 || (end - start == 3 && at(t, start + 2) == 's'));
}

/* words(text, folded, fold, company): tuples of a word, its place, its clause and whether it stands in brackets. */
static PyObject *words(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    if (count != 4 || !PyUnicode_Check(given[0]) || !PyDict_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "takes a text, a dictionary and two functions");
        return NULL;
    }
    const Text t = {given[0], PyUnicode_KIND(given[0]), PyUnicode_DATA(given[0]), PyUnicode_GET_LENGTH(given[0])};
    PyObject *out = PyList_New(0);
    long clause = 0, depth = 0;
    for (Py_ssize_t start = 0, end; out != NULL && start < t.length; start = end) {
        Py_UCS4 first = at(&t, start);
        PyObject *word = NULL;
        end = is_letter(first) ? behind_letters(&t, start) : Py_UNICODE_ISDECIMAL(first) ? behind_digits(&t, start) : behind_sign(&t, start);
        if (end == start) {
            end++;
            continue;
        }
        if (hangs_on_company(&t, start, end)) {
            PyObject *found = PyObject_CallFunction(given[3], "On", t.text, start);
            if (found == NULL || (found != Py_None && !PyArg_ParseTuple(found, "On", &word, &end)))
                Py_CLEAR(out);
            Py_XINCREF(word);
            Py_XDECREF(found);
        }
        if (out != NULL && word == NULL) {
            PyObject *raw = PyUnicode_Substring(t.text, start, end);
            word = raw == NULL ? NULL : PyDict_GetItemWithError(given[1], raw);
            Py_XINCREF(word);
            if (raw != NULL && word == NULL && !PyErr_Occurred())
                word = PyObject_CallOneArg(given[2], raw);
            Py_XDECREF(raw);
            if (word == NULL || !PyUnicode_Check(word))
                Py_CLEAR(out);
        }
        if (out != NULL && PyUnicode_GET_LENGTH(word) > 0) {
            Py_UCS4 sign = PyUnicode_READ_CHAR(word, 0);
            PyObject *one = NULL;
            if (sign == '(' || sign == ')')
                depth = sign == '(' ? depth + 1 : depth > 0 ? depth - 1 : 0;
            else if (sign == 0)
                one = Py_BuildValue("(OnnlO)", word, start, start, clause++, Py_False), depth = 0;
            else
                one = Py_BuildValue("(OnnlO)", word, start, end, clause, depth > 0 ? Py_True : Py_False);
            if (one == NULL ? PyErr_Occurred() != NULL : PyList_Append(out, one) < 0)
                Py_CLEAR(out);
            Py_XDECREF(one);
        }
        Py_XDECREF(word);
    }
    if (out == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "a word is a string");
    return out;
}

static PyMethodDef METHODS[] = {{"words", (PyCFunction)(void (*)(void))words, METH_FASTCALL, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_words", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__words(void) { return PyModule_Create(&MODULE); }
