/* How likely the words around a figure make each measure: sums of learned weights, as suggest.py forms them without this. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ahead_of(said, rows, weights, base, none): how far the likeliest measure is ahead of that one, and how many are.

   said: dict of names and how loudly each is said; rows: dict of names and their rows; weights: a row of int8 for each name;
   base: int32 for each measure. A name without a row counts for nothing. */
static PyObject *ahead_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Py_buffer weights, base;
    PyObject *name, *loud, *row, *out = NULL;
    Py_ssize_t at = 0;
    if (count != 5 || !PyDict_Check(given[0]) || !PyDict_Check(given[1])) {
        PyErr_SetString(PyExc_TypeError, "ahead_of(said, rows, weights, base, none)");
        return NULL;
    }
    Py_ssize_t none = PyLong_AsSsize_t(given[4]);
    if ((none == -1 && PyErr_Occurred()) || PyObject_GetBuffer(given[2], &weights, PyBUF_SIMPLE) < 0)
        return NULL;
    if (PyObject_GetBuffer(given[3], &base, PyBUF_SIMPLE) < 0) {
        PyBuffer_Release(&weights);
        return NULL;
    }
    Py_ssize_t width = base.len / (Py_ssize_t)sizeof(int), above = 0;
    int *sums = PyMem_Malloc(base.len + 1), most;
    if (sums == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    memcpy(sums, base.buf, base.len);
    while (PyDict_Next(given[0], &at, &name, &loud)) {
        if ((row = PyDict_GetItemWithError(given[1], name)) == NULL) {
            if (PyErr_Occurred())
                goto done;
            continue;
        }
        long times = PyLong_AsLong(loud);
        Py_ssize_t start = PyLong_AsSsize_t(row);
        if (PyErr_Occurred())
            goto done;
        if (start < 0 || (start + 1) * width > weights.len) {
            PyErr_SetString(PyExc_IndexError, "no such row of weights");
            goto done;
        }
        const signed char *each = (const signed char *)weights.buf + start * width;
        for (Py_ssize_t n = 0; n < width; n++)
            sums[n] += (int)times * each[n];
    }
    if (none < 0 || none >= width) {
        PyErr_SetString(PyExc_IndexError, "no such measure");
        goto done;
    }
    most = sums[none];
    for (Py_ssize_t n = 0; n < width; n++) {
        above += sums[n] > sums[none];
        most = sums[n] > most ? sums[n] : most;
    }
    out = Py_BuildValue("in", most - sums[none], above);
done:
    PyMem_Free(sums);
    PyBuffer_Release(&base);
    PyBuffer_Release(&weights);
    return out;
}

static PyMethodDef METHODS[] = {
    {"ahead_of", (PyCFunction)(void (*)(void))ahead_of, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_weights", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__weights(void)
{
    return PyModule_Create(&MODULE);
}
