/* How paths are painted, and their outlines: a part of _bulk.c. */

#define LINE_TO 0
#define BEZIER_TO 1
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

/* Kinds, points and closings of segments. */
static PyObject *outline(Handle clip, int path, int count, const double place[6])
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
        Handle segment = get_clip_segment(clip, path, n);
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

/* One subpath while it is read. */
typedef struct {
    PyObject *points;
    double last[2], box[4];
    int curved, closed;
} Subpath;

static int add_point(Subpath *subpath, double x, double y)
{
    double *box = subpath->box, point[2] = {x, y};
    int first = PyList_GET_SIZE(subpath->points) == 0;
    box[0] = first || x < box[0] ? x : box[0], box[1] = first || y < box[1] ? y : box[1];
    box[2] = first || x > box[2] ? x : box[2], box[3] = first || y > box[3] ? y : box[3];
    subpath->last[0] = x, subpath->last[1] = y;
    PyObject *told = tuple_of(point, 2);
    int added = told != NULL && PyList_Append(subpath->points, told) == 0;
    Py_XDECREF(told);
    return added;
}

/* Put a subpath that is read among the others, where it is more than a point. */
static int add_subpath(PyObject *out, Subpath *subpath)
{
    int added = 1;
    if (subpath->points != NULL && PyList_GET_SIZE(subpath->points) > 1) {
        PyObject *told = Py_BuildValue("(ONNN)", subpath->points, PyBool_FromLong(subpath->curved),
                                       PyBool_FromLong(subpath->closed), tuple_of(subpath->box, 4));
        added = told != NULL && PyList_Append(out, told) == 0;
        Py_XDECREF(told);
    }
    Py_CLEAR(subpath->points);
    return added;
}

/* As outlines_of in outlines.py. */
static PyObject *outlines_at(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle path;
    int segments, controls = 0;
    double m[6], x[3], y[3];
    if (!expects(count, 3) || !read_handle(given[0], &path) || !read_int(given[1], &segments)
        || !read_matrix(given[2], m))
        return NULL;
    Subpath subpath = {NULL};
    PyObject *out = PyList_New(0);
    if (out == NULL)
        return NULL;
    for (int n = 0; n < segments; n++) {
        Handle segment = get_segment(path, n);
        int kind = segment_type(segment) & 255;
        float left = 0, up = 0;
        segment_point(segment, &left, &up);
        x[controls] = m[0] * left + m[2] * up + m[4], y[controls] = m[1] * left + m[3] * up + m[5];
        if (kind == MOVE_TO || subpath.points == NULL) {
            double first[2] = {x[controls], y[controls]};
            if (!add_subpath(out, &subpath))
                goto failed;
            subpath = (Subpath){.points = PyList_New(0)}, controls = 0;
            if (subpath.points == NULL || !add_point(&subpath, first[0], first[1]))
                goto failed;
            continue;
        }
        if (kind != BEZIER_TO) {
            if (!add_point(&subpath, x[controls], y[controls]))
                goto failed;
        } else if (++controls == 3) {
            const double *start = subpath.last;
            if (!add_point(&subpath, (start[0] + 3 * x[0] + 3 * x[1] + x[2]) / 8,
                           (start[1] + 3 * y[0] + 3 * y[1] + y[2]) / 8)
                || !add_point(&subpath, x[2], y[2]))
                goto failed;
            subpath.curved = 1, controls = 0;
        }
        subpath.closed |= segment_close(segment) != 0;
    }
    if (add_subpath(out, &subpath))
        return out;
failed:
    Py_XDECREF(subpath.points);
    Py_DECREF(out);
    return NULL;
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
