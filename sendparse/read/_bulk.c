/* Many calls of pdfium in one. What each function gives stands in bulk.py, which does the same in Python.

   pdfium's functions come as addresses from there, so that nothing of pdfium is needed to compile this. Floating-point
   arithmetic is that of Python, operation for operation: to be compiled without contraction. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef void *Handle;
typedef struct { float left, top, right, bottom; } Rectangle;
typedef struct { float a, b, c, d, e, f; } Matrix;

static unsigned (*character)(Handle, int);
static Handle (*character_object)(Handle, int);
static int (*character_box)(Handle, int, Rectangle *);
static int (*character_origin)(Handle, int, double *, double *);
static int (*character_matrix)(Handle, int, Matrix *);
static double (*character_size)(Handle, int);
static Handle (*text_font)(Handle);
static int (*text_render_mode)(Handle);
static int (*count_objects)(Handle);
static Handle (*get_object)(Handle, int);
static int (*count_form_objects)(Handle);
static Handle (*get_form_object)(Handle, unsigned long);
static int (*object_type)(Handle);
static int (*object_matrix)(Handle, Matrix *);
static Handle (*object_clip)(Handle);
static int (*fill_colour)(Handle, unsigned *, unsigned *, unsigned *, unsigned *);
static int (*stroke_colour)(Handle, unsigned *, unsigned *, unsigned *, unsigned *);
static int (*stroke_width)(Handle, float *);
static int (*draw_mode)(Handle, int *, int *);
static int (*count_segments)(Handle);
static Handle (*get_segment)(Handle, int);
static int (*segment_point)(Handle, float *, float *);
static int (*segment_type)(Handle);
static int (*segment_close)(Handle);
static int (*count_clip_paths)(Handle);
static Handle (*get_clip_segment)(Handle, int, int);

#define NAMED(name) {#name, (void **)&name}
static const struct { const char *name; void **place; } FUNCTIONS[] = {
    NAMED(character), NAMED(character_object), NAMED(character_box), NAMED(character_origin), NAMED(character_matrix),
    NAMED(character_size), NAMED(text_font), NAMED(text_render_mode), NAMED(count_objects), NAMED(get_object),
    NAMED(count_form_objects), NAMED(get_form_object), NAMED(object_type), NAMED(object_matrix), NAMED(object_clip),
    NAMED(fill_colour), NAMED(stroke_colour), NAMED(stroke_width), NAMED(draw_mode), NAMED(count_segments),
    NAMED(get_segment), NAMED(segment_point), NAMED(segment_type), NAMED(segment_close), NAMED(count_clip_paths),
    NAMED(get_clip_segment),
};
static int bound = 0;

/* bind({name: address}): where pdfium's functions are. */
static PyObject *bind(PyObject *self, PyObject *addresses)
{
    for (size_t n = 0; n < sizeof FUNCTIONS / sizeof *FUNCTIONS; n++) {
        PyObject *address = PyMapping_GetItemString(addresses, FUNCTIONS[n].name);
        if (address == NULL)
            return NULL;
        *FUNCTIONS[n].place = PyLong_AsVoidPtr(address);
        Py_DECREF(address);
        if (*FUNCTIONS[n].place == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "an address is 0");
            return NULL;
        }
    }
    bound = 1;
    Py_RETURN_NONE;
}

/* Arguments: handles and numbers by their place, a matrix of six. */

static int expects(Py_ssize_t given, Py_ssize_t wanted)
{
    if (!bound)
        PyErr_SetString(PyExc_RuntimeError, "pdfium's functions are not bound");
    else if (given != wanted)
        PyErr_Format(PyExc_TypeError, "takes %zd arguments, not %zd", wanted, given);
    else
        return 1;
    return 0;
}

static int read_handle(PyObject *given, Handle *handle)
{
    *handle = PyLong_AsVoidPtr(given);
    if (*handle == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a handle is 0");
    return *handle != NULL;
}

static int read_int(PyObject *given, int *number)
{
    long found = PyLong_AsLong(given);
    *number = (int)found;
    if (*number != found && !PyErr_Occurred())
        PyErr_SetString(PyExc_OverflowError, "a number is too large");
    return !PyErr_Occurred();
}

static int read_matrix(PyObject *given, double matrix[6])
{
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 6) {
        PyErr_SetString(PyExc_TypeError, "a matrix is a tuple of six numbers");
        return 0;
    }
    for (int n = 0; n < 6; n++)
        matrix[n] = PyFloat_AsDouble(PyTuple_GET_ITEM(given, n));
    return !PyErr_Occurred();
}

static PyObject *tuple_of(const double *numbers, int count)
{
    PyObject *tuple = PyTuple_New(count);
    for (int n = 0; tuple != NULL && n < count; n++) {
        PyObject *number = PyFloat_FromDouble(numbers[n]);
        if (number == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, n, number);
    }
    return tuple;
}

/* A tuple of new objects, which it takes over. */
static PyObject *packed(int count, PyObject *const parts[])
{
    PyObject *tuple = PyTuple_New(count);
    for (int n = 0; n < count; n++)
        if (tuple != NULL && parts[n] != NULL)
            PyTuple_SET_ITEM(tuple, n, parts[n]);
        else {
            Py_CLEAR(tuple);
            Py_XDECREF(parts[n]);
        }
    return tuple;
}

static PyObject *point_of(const double m[6], double x, double y)
{
    double moved[2] = {m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]};
    return tuple_of(moved, 2);
}

/* As Python's min and max: of equal ones the first stays. */
static double least(const double v[4])
{
    double found = v[0];
    for (int n = 1; n < 4; n++)
        if (v[n] < found)
            found = v[n];
    return found;
}

static double most(const double v[4])
{
    double found = v[0];
    for (int n = 1; n < 4; n++)
        if (v[n] > found)
            found = v[n];
    return found;
}

static void move_box(const double m[6], const Rectangle *r, double box[4])
{
    double x0 = r->left, y0 = r->bottom, x1 = r->right, y1 = r->top;
    if (m[0] == 1 && m[3] == -1) {
        double upright[4] = {x0 + m[4], m[5] - y1, x1 + m[4], m[5] - y0};
        memcpy(box, upright, sizeof upright);
        return;
    }
    double xs[4] = {m[0] * x0 + m[2] * y0 + m[4], m[0] * x1 + m[2] * y1 + m[4],
                    m[0] * x0 + m[2] * y1 + m[4], m[0] * x1 + m[2] * y0 + m[4]};
    double ys[4] = {m[1] * x0 + m[3] * y0 + m[5], m[1] * x1 + m[3] * y1 + m[5],
                    m[1] * x0 + m[3] * y1 + m[5], m[1] * x1 + m[3] * y0 + m[5]};
    box[0] = least(xs), box[1] = least(ys), box[2] = most(xs), box[3] = most(ys);
}

static void find_box(Handle text, int place, const double view[6], double box[4])
{
    Rectangle found = {0, 0, 0, 0};
    character_box(text, place, &found);
    move_box(view, &found, box);
}

static void find_origin(Handle text, int place, const double view[6], double point[2])
{
    double x = 0, y = 0;
    character_origin(text, place, &x, &y);
    point[0] = view[0] * x + view[2] * y + view[4], point[1] = view[1] * x + view[3] * y + view[5];
}

/* A list with one answer for each place of a list of places. */

typedef PyObject *(*Answer)(Handle text, int place, const double *view);

static PyObject *for_each(PyObject *text_given, PyObject *places, PyObject *view_given, Answer answer)
{
    Handle text;
    double view[6];
    if (!read_handle(text_given, &text) || (view_given != NULL && !read_matrix(view_given, view)))
        return NULL;
    PyObject *quick = PySequence_Fast(places, "places are a sequence");
    if (quick == NULL)
        return NULL;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(quick);
    PyObject *out = PyList_New(count);
    for (Py_ssize_t n = 0; out != NULL && n < count; n++) {
        int place;
        PyObject *one = NULL;
        if (read_int(PySequence_Fast_GET_ITEM(quick, n), &place))
            one = answer(text, place, view);
        if (one == NULL)
            Py_CLEAR(out);
        else
            PyList_SET_ITEM(out, n, one);
    }
    Py_DECREF(quick);
    return out;
}

static PyObject *box_at(Handle text, int place, const double *view)
{
    double box[4];
    find_box(text, place, view, box);
    return tuple_of(box, 4);
}

static PyObject *origin_at(Handle text, int place, const double *view)
{
    double point[2];
    find_origin(text, place, view, point);
    return tuple_of(point, 2);
}

static PyObject *boxes_at(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    return expects(count, 3) ? for_each(given[0], given[1], given[2], box_at) : NULL;
}

static PyObject *origins_at(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    return expects(count, 3) ? for_each(given[0], given[1], given[2], origin_at) : NULL;
}

#include "_stretches.h"

static PyObject *matrix_tuple(const Matrix *m)
{
    double numbers[6] = {m->a, m->b, m->c, m->d, m->e, m->f};
    return tuple_of(numbers, 6);
}

/* Red, green, blue and alpha, or None where there is no plain colour. */
static PyObject *colour_of(int (*function)(Handle, unsigned *, unsigned *, unsigned *, unsigned *), Handle handle)
{
    unsigned red, green, blue, alpha;
    if (!function(handle, &red, &green, &blue, &alpha))
        Py_RETURN_NONE;
    return Py_BuildValue("(IIII)", red, green, blue, alpha);
}

static PyObject *things_on(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle holder;
    if (!expects(count, 2) || !read_handle(given[0], &holder))
        return NULL;
    int is_form = PyObject_IsTrue(given[1]);
    if (is_form < 0)
        return NULL;
    int things = is_form ? count_form_objects(holder) : count_objects(holder);
    PyObject *out = PyList_New(0);
    for (int n = 0; out != NULL && n < things; n++) {
        Handle handle = is_form ? get_form_object(holder, (unsigned long)n) : get_object(holder, n);
        if (handle == NULL)
            continue;
        Handle clip = object_clip(handle);
        PyObject *parts[] = {PyLong_FromVoidPtr(handle), PyLong_FromLong(object_type(handle)), PyLong_FromVoidPtr(clip),
                             PyLong_FromLong(clip == NULL ? 0 : count_clip_paths(clip))};
        PyObject *thing = packed(4, parts);
        if (thing == NULL || PyList_Append(out, thing) < 0)
            Py_CLEAR(out);
        Py_XDECREF(thing);
    }
    return out;
}

#include "_paths.h"

/* How often the commonest colour of a bitmap comes at points of a grid: 16 steps for each of up to three parts. */
static PyObject *commonest_dot(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle start;
    int wide, high, stride, grid, most = 0, *seen;
    if (!expects(count, 3) || !read_handle(given[0], &start) || !PyArg_ParseTuple(given[1], "iii", &wide, &high, &stride)
        || !read_int(given[2], &grid))
        return NULL;
    if (wide < 1 || high < 1 || stride < wide || grid < 1) {
        PyErr_SetString(PyExc_ValueError, "no bitmap has this size");
        return NULL;
    }
    if ((seen = PyMem_Calloc(4096, sizeof *seen)) == NULL)
        return PyErr_NoMemory();
    int step = stride / wide < 4 ? stride / wide : 4, parts = step < 3 ? step : 3;
    for (long long row = 0; row < grid; row++)
        for (long long column = 0; column < grid; column++) {
            const unsigned char *dot = (unsigned char *)start + high * row / grid * stride + wide * column / grid * step;
            int colour = 0;
            for (int part = 0; part < parts; part++)
                colour = colour << 4 | dot[part] >> 4;
            if (++seen[colour] > most)
                most = seen[colour];
        }
    PyMem_Free(seen);
    return PyLong_FromLong(most);
}

#define QUICK(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef METHODS[] = {
    {"bind", bind, METH_O, NULL},
    QUICK(content_of), QUICK(stretches_of), QUICK(boxes_at), QUICK(origins_at), QUICK(things_on), QUICK(paint_of),
    QUICK(outlines_at), QUICK(rectangle_of), QUICK(clip_outline_of), QUICK(commonest_dot),
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_bulk", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__bulk(void)
{
    size_t count = sizeof FUNCTIONS / sizeof *FUNCTIONS;
    PyObject *module = PyModule_Create(&MODULE), *names = PyTuple_New((Py_ssize_t)count);
    for (size_t n = 0; names != NULL && n < count; n++) {
        PyObject *name = PyUnicode_FromString(FUNCTIONS[n].name);
        if (name == NULL)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, (Py_ssize_t)n, name);
    }
    if (module == NULL || names == NULL || PyModule_AddObject(module, "NAMES", names) < 0) {
        Py_XDECREF(names);
        Py_CLEAR(module);
    }
    return module;
}
