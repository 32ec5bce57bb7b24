/* The characters of a page as stretches without a gap, each with its look and place: a part of _bulk.c. */

#define HYPHEN 2           /* at a line's end, and what a whole text has for it: as in bulk.py */
#define TOLD_HYPHEN 0xfffe
#define RECENT 32 /* looks that are looked through for the same: that many as in bulk.py */

typedef struct {
    float pen[4];
    double size;
    Handle font;
    int mode, direction;
    unsigned colour[4];
} Look;

typedef struct {
    Handle text;
    double view[6];
    PyObject *content, *stretches, *looks;
    Look recent[RECENT]; /* the looks last found, in a ring: the one of number n at n % RECENT */
    Py_ssize_t found;    /* how many looks */
    Handle object;       /* of the stretch before, and its look */
    Py_ssize_t look;
} Page;

static int is_gap(Py_UCS4 code)
{
    if (code < 0x85)
        return code == ' ' || (code >= '\t' && code <= '\r');
    return code == 0x85 || code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200b) || code == 0x2028
           || code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

static int direction_of(const float pen[4], const double view[6])
{
    double a = pen[0], b = pen[1];
    double right = a * view[0] + b * view[2], down = a * view[1] + b * view[3];
    if (fabs(right) >= fabs(down))
        return right >= 0 ? 0 : 180;
    return down > 0 ? 270 : 90;
}

static int is_same(const Look *one, const Look *other)
{
    for (int n = 0; n < 4; n++)
        if (one->pen[n] != other->pen[n] || one->colour[n] != other->colour[n])
            return 0;
    return one->size == other->size && one->font == other->font && one->mode == other->mode;
}

/* The number of a look among those of the page, -1 where pdfium cannot say, -2 where Python fails. */
static Py_ssize_t look_at(Page *page, int index, Handle object)
{
    Matrix matrix;
    if (object == NULL || !character_matrix(page->text, index, &matrix))
        return -1;
    Look look = {{matrix.a, matrix.b, matrix.c, matrix.d}, character_size(page->text, index), text_font(object),
                 text_render_mode(object), 0, {0, 0, 0, 255}};
    unsigned *c = look.colour;
    if (!fill_colour(object, c, c + 1, c + 2, c + 3))
        c[0] = c[1] = c[2] = 0, c[3] = 255;
    for (Py_ssize_t n = page->found - 1; n >= 0 && n >= page->found - RECENT; n--)
        if (is_same(&page->recent[n % RECENT], &look))
            return n;
    look.direction = direction_of(look.pen, page->view);
    page->recent[page->found % RECENT] = look;
    double pen[4] = {look.pen[0], look.pen[1], look.pen[2], look.pen[3]};
    PyObject *told = Py_BuildValue("(NdNi(IIII)i)", tuple_of(pen, 4), look.size, PyLong_FromVoidPtr(look.font),
                                   look.mode, c[0], c[1], c[2], c[3], look.direction);
    int failed = told == NULL || PyList_Append(page->looks, told) < 0;
    Py_XDECREF(told);
    return failed ? -2 : page->found++;
}

/* The characters of a stretch, or None where one is not printed as it stands there. */
static PyObject *plain_characters(PyObject *content, int start, int end)
{
    int kind = PyUnicode_KIND(content);
    void *codes = PyUnicode_DATA(content);
    for (int n = start; n < end; n++) {
        Py_UCS4 code = PyUnicode_READ(kind, codes, n);
        if (code < ' ' || code > '~')
            Py_RETURN_NONE;
    }
    return PyUnicode_Substring(content, start, end);
}

static int add_stretch(Page *page, int start, int end, Handle object, int before)
{
    if (object != page->object || page->look < 0)
        page->look = look_at(page, start, object);
    page->object = object;
    if (page->look < 0)
        return page->look == -1;
    double first[4], last[4], o[2], where[3];
    find_box(page->text, start, page->view, first);
    find_box(page->text, end - 1, page->view, last);
    find_origin(page->text, start, page->view, o);
    switch (page->recent[page->look % RECENT].direction) {
    case 0: where[0] = first[0], where[1] = last[2] > first[2] ? last[2] : first[2], where[2] = o[1]; break;
    case 90: where[0] = -first[3], where[1] = -last[1] > -first[1] ? -last[1] : -first[1], where[2] = o[0]; break;
    case 270: where[0] = first[1], where[1] = last[3] > first[3] ? last[3] : first[3], where[2] = -o[0]; break;
    default: where[0] = -first[2], where[1] = -last[0] > -first[0] ? -last[0] : -first[0], where[2] = -o[1];
    }
    PyObject *parts[] = {PyLong_FromLong(start), PyLong_FromLong(end), PyLong_FromVoidPtr(object),
                         PyLong_FromLong(before), PyLong_FromSsize_t(page->look), PyFloat_FromDouble(where[0]),
                         PyFloat_FromDouble(where[1]), PyFloat_FromDouble(where[2]),
                         plain_characters(page->content, start, end)};
    PyObject *told = packed(9, parts);
    int added = told != NULL && PyList_Append(page->stretches, told) == 0;
    Py_XDECREF(told);
    return added;
}

/* A stretch without a gap, parted where the text object changes. */
static int add_parts(Page *page, int start, int end, int before)
{
    Handle object = character_object(page->text, start);
    if (character_object(page->text, end - 1) == object)
        return add_stretch(page, start, end, object, before);
    int begin = start;
    for (int n = start + 1; n < end; n++) {
        Handle other = character_object(page->text, n);
        if (other == object)
            continue;
        if (!add_stretch(page, begin, n, object, before))
            return 0;
        begin = n, object = other, before = 0;
    }
    return add_stretch(page, begin, end, object, before);
}

static int add_all(Page *page, PyObject *content)
{
    int kind = PyUnicode_KIND(content), count = (int)PyUnicode_GET_LENGTH(content), before_end = 0;
    void *codes = PyUnicode_DATA(content);
    for (int n = 0; n < count;) {
        if (is_gap(PyUnicode_READ(kind, codes, n))) {
            n++;
            continue;
        }
        int start = n, before = 2;
        while (n < count && !is_gap(PyUnicode_READ(kind, codes, n)))
            n++;
        if (start == before_end)
            before = 0;
        else if (start == before_end + 1 && PyUnicode_READ(kind, codes, before_end) == ' ')
            before = 1;
        before_end = n;
        if (!add_parts(page, start, n, before))
            return 0;
    }
    return 1;
}

static PyObject *content_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Handle text;
    int characters;
    if (!expects(count, 2) || !read_handle(given[0], &text) || !read_int(given[1], &characters))
        return NULL;
    Py_UCS4 *codes = characters < 0 ? NULL : PyMem_New(Py_UCS4, characters + 1);
    if (codes == NULL)
        return PyErr_NoMemory();
    for (int n = 0; n < characters; n++) {
        Py_UCS4 code = character(text, n);
        codes[n] = code == HYPHEN ? TOLD_HYPHEN : code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
        if (code > 0x10ffff)
            codes[n] = 0xffff;
    }
    PyObject *content = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, codes, characters);
    PyMem_Free(codes);
    return content;
}

static PyObject *stretches_of(PyObject *self, PyObject *const *given, Py_ssize_t count)
{
    Page page = {.look = -1};
    if (!expects(count, 3) || !read_handle(given[0], &page.text) || !read_matrix(given[2], page.view))
        return NULL;
    if (!PyUnicode_Check(given[1]) || PyUnicode_GET_LENGTH(given[1]) > INT_MAX) {
        PyErr_SetString(PyExc_TypeError, "the characters are a str");
        return NULL;
    }
    page.content = given[1], page.stretches = PyList_New(0), page.looks = PyList_New(0);
    if (page.stretches != NULL && page.looks != NULL && add_all(&page, given[1]))
        return Py_BuildValue("(NN)", page.stretches, page.looks);
    Py_XDECREF(page.stretches);
    Py_XDECREF(page.looks);
    return NULL;
}
