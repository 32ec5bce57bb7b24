/* How paths are painted, and their outlines: a part of _bulk.c. */

#define LINE_TO 0
#define MOVE_TO 2
#define STRAIGHT 0.6 /* as in outlines.py */

static PyObject *paint_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle path;
    if (!expects(count, 1) || !read_handle(given[0], &path))
        return NULL;
    int segments = count_segments(path), fill_mode = 0, stroked = 0;
    if (!draw_mode(path, &fill_mode, &stroked) || segments < 2 || !(fill_mode || stroked))
        Py_RETURN_NONE;
    Matrix own;
    float width = 0;
    PyObject *matrix = object_matrix(path, &own) ? matrix_tuple(&own) : Py_NewRef(Py_None);
    PyObject *fill = fill_mode ? colour_of(fill_colour, path) : Py_NewRef(Py_None);
    PyObject *line = stroked ? colour_of(stroke_colour, path) : Py_NewRef(Py_None);
    if (stroked && !stroke_width(path, &width))
        width = 0;
    return Py_BuildValue("(iNNNNNd)", segments, PyBool_FromLong(fill_mode), PyBool_FromLong(stroked), matrix, fill,
                         line, (double)width);
}

/* Kinds, points and closings of segments; `path` is -1 where `owner` is a path and no clip. */
static PyObject *outline(Handle owner, int path, int count, const double place[6])
{
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "a number of segments is below 0");
        return NULL;
    }
    PyObject *kinds = PyBytes_FromStringAndSize(NULL, count), *closings = PyBytes_FromStringAndSize(NULL, count);
    PyObject *points = PyList_New(count);
    if (kinds == NULL || closings == NULL || points == NULL)
        goto failed;
    for (int n = 0; n < count; n++) {
        Handle segment = path < 0 ? get_segment(owner, n) : get_clip_segment(owner, path, n);
        float x = 0, y = 0;
        segment_point(segment, &x, &y);
        PyBytes_AS_STRING(kinds)[n] = (char)(segment_type(segment) & 255);
        PyBytes_AS_STRING(closings)[n] = segment_close(segment) ? 1 : 0;
        PyObject *point = point_of(place, x, y);
        if (point == NULL)
            goto failed;
        PyList_SET_ITEM(points, n, point);
    }
    return Py_BuildValue("(NNN)", kinds, points, closings);
failed:
    Py_XDECREF(kinds);
    Py_XDECREF(closings);
    Py_XDECREF(points);
    return NULL;
}

static PyObject *outline_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle path;
    int segments;
    double place[6];
    if (!expects(count, 3) || !read_handle(given[0], &path) || !read_int(given[1], &segments)
        || !read_matrix(given[2], place))
        return NULL;
    return outline(path, -1, segments, place);
}

/* Whether both edges are further off than a corner is round. */
static int is_inside(double from_one, double from_other)
{
    return (from_other < from_one ? from_other : from_one) > STRAIGHT;
}

/* As is_rectangle in outlines.py. */
static PyObject *rectangle_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle path;
    int segments;
    double m[6], x[6], y[6];
    if (!expects(count, 3) || !read_handle(given[0], &path) || !read_int(given[1], &segments)
        || !read_matrix(given[2], m))
        return NULL;
    if (segments < 4 || segments > 6)
        Py_RETURN_NONE;
    double box[4];
    for (int n = 0; n < segments; n++) {
        Handle segment = get_segment(path, n);
        float left = 0, up = 0;
        segment_point(segment, &left, &up);
        if (segment_type(segment) != (n == 0 ? MOVE_TO : LINE_TO))
            Py_RETURN_NONE;
        x[n] = m[0] * left + m[2] * up + m[4], y[n] = m[1] * left + m[3] * up + m[5];
        box[0] = n == 0 || x[n] < box[0] ? x[n] : box[0], box[1] = n == 0 || y[n] < box[1] ? y[n] : box[1];
        box[2] = n == 0 || x[n] > box[2] ? x[n] : box[2], box[3] = n == 0 || y[n] > box[3] ? y[n] : box[3];
    }
    for (int n = 0; n < segments; n++) {
        int before = n == 0 ? 0 : n - 1;
        if (is_inside(x[n] - box[0], box[2] - x[n]) || is_inside(y[n] - box[1], box[3] - y[n])
            || !(fabs(x[before] - x[n]) <= STRAIGHT || fabs(y[before] - y[n]) <= STRAIGHT))
            Py_RETURN_NONE;
    }
    return tuple_of(box, 4);
}

static PyObject *clip_outline_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle clip;
    int path, segments;
    double place[6];
    if (!expects(count, 4) || !read_handle(given[0], &clip) || !read_int(given[1], &path)
        || !read_int(given[2], &segments) || !read_matrix(given[3], place))
        return NULL;
    return outline(clip, path, segments, place);
}
