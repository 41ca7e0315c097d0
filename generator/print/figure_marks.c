/*
 * figure_marks.c - a picture's file (or an SVG's text) -> marks no larger than the place for them.
 *
 * In: an address as documents have it. Out: marks from (0, 0) and their size, or a diagnostic. A drawing is as large as the type around it asks
 * for, so that the lines of all drawings look alike; a photograph as large as its pixels allow.
 */
#include "base/raster.h"
#include "print/blocks.h"
#include "print/paragraph-int.h"

#define LARGEST ((gsize) 64 << 20)
#define FINE_ENOUGH 200              /* dots an inch */
#define ORDINARY RN_PT (10.5)        /* the size of type that these scales are for */
#define DRAWING_SCALE 600.0          /* RnLength a CSS pixel: four fifths of its own size, so that lines of three pixels look like a bold stem */
#define LABELLED_SCALE 750.0         /* one with words in it keeps its own size */

/* What is being made into marks. */
typedef struct {
	RnSetter   *setter;
	const char *name;                /* for messages: "media/a.svg" */
	guint32     line;
	const char *data;
	gsize       len;
	RnLength    max_width, max_height;
	RnTag      *tag;
	GArray     *marks;
	RnLength    width, height;
} Figure;

static gboolean tell_broken (const Figure *figure, const char *why)
{
	g_autofree char *key = g_strdup_printf ("picture-broken %s %u", figure->name, figure->line);
	if (rn_setter_first (figure->setter, key))
		rn_diagnose (figure->setter->sink, RN_D_PICTURE_BROKEN, rn_setter_place (figure->setter, figure->line), figure->name, why);
	return FALSE;
}

/* Sets the size to WIDTH, or to what fits: the height follows. */
static void fit (Figure *figure, double width, double aspect)
{
	width = MIN (width, figure->max_width);
	width = MIN (width, figure->max_height / aspect);
	figure->width = (RnLength) MAX (width + 0.5, 1);
	figure->height = (RnLength) MAX (MIN (width * aspect, figure->max_height) + 0.5, 1);
}

/* --- rasters ------------------------------------------------------------------------------------------------------------- */

static void add_picture (Figure *figure, const RnPicture *picture)
{
	const RnMark mark = { .kind = RN_MARK_PICTURE, .tint = RN_BLACK, .w = figure->width, .h = figure->height, .tag = figure->tag, .picture = picture };
	g_array_append_val (figure->marks, mark);
}

static void tell_coarse (const Figure *figure, guint dots)
{
	char number[16];
	g_snprintf (number, sizeof number, "%u", dots);
	g_autofree char *key = g_strdup_printf ("picture-coarse %s %u", figure->name, figure->line);
	RnPlace place = rn_setter_place (figure->setter, figure->line);
	if (rn_setter_first (figure->setter, key))
		rn_diagnose (figure->setter->sink, RN_D_PICTURE_COARSE, place, figure->name, number, figure->setter->product->name);
}

static gboolean set_raster (Figure *figure)
{
	g_autoptr (GError) error = NULL;
	guint pixels, rows;
	if (!rn_raster_size (figure->data, figure->len, &pixels, &rows, &error))
		return tell_broken (figure, error->message);
	double aspect = (double) rows / pixels, fine = pixels * 72000.0 / FINE_ENOUGH;
	fit (figure, pixels * 750.0, aspect);
	/* What is too coarse is printed smaller, but not less than half as wide as the place for it. */
	if (fine < figure->width)
		fit (figure, MAX (fine, MIN (figure->width, figure->max_width / 2)), aspect);
	guint dots = (guint) (pixels * 72000.0 / figure->width + 0.5);
	if (dots < FINE_ENOUGH)
		tell_coarse (figure, dots);
	const RnPicture *picture = rn_pictures_add (figure->setter->pictures, figure->name, figure->data, figure->len, figure->width, figure->height, &error);
	if (!picture)
		return tell_broken (figure, error->message);
	add_picture (figure, picture);
	return TRUE;
}

/* --- drawings ------------------------------------------------------------------------------------------------------------ */

/* The first of the product's families that is drawn as FAMILY says; else that of the text. */
static const RnTextStyle *style_like (const RnStyles *styles, gboolean serif)
{
	static const guint8 order[] = { RN_STYLE_CAPTION, RN_STYLE_BODY, RN_STYLE_TABLE, RN_STYLE_H1 };
	for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
		const RnFace *face = styles->text[order[i]].faces[RN_FACE_REGULAR];
		if (face && face->serif == serif && !face->fixed_pitch)
			return &styles->text[order[i]];
	}
	return &styles->text[RN_STYLE_CAPTION];
}

static const RnFace *face_of (gpointer user, const char *family, gboolean bold, gboolean italic)
{
	const RnStyles *styles = &((const RnSetter *) user)->styles;
	const RnTextStyle *style = style_like (styles, *family == 's' && family[1] == 'e');
	if (*family == 'm' && style->mono)
		return style->mono;
	return style->faces[(bold ? RN_FACE_BOLD : RN_FACE_REGULAR) + (italic ? RN_FACE_ITALIC : RN_FACE_REGULAR)];
}

static double drawing_width (const Figure *figure, const RnSvgSize *size)
{
	double type = (double) figure->setter->styles.text[RN_STYLE_BODY].size / ORDINARY;
	double width = size->width * (size->has_text ? LABELLED_SCALE : DRAWING_SCALE) * CLAMP (type, 0.5, 4);
	/* A viewBox alone may count in anything: what it says is no size if it comes out too small to see. */
	return size->stated ? width : MAX (width, figure->max_width / 3.0);
}

typedef struct { RnLength x1, y1, x2, y2; } Ink;

static Ink ink_of (const RnMark *mark)
{
	if (mark->kind == RN_MARK_TEXT)
		return (Ink) { mark->x, mark->y - mark->text.font->cap_height, mark->x + mark->w, mark->y + mark->text.font->descent };
	RnLength pen = mark->kind == RN_MARK_PATH && mark->path->stroked ? mark->path->width / 2 : 0;
	return (Ink) { mark->x - pen, mark->y - pen, mark->x + mark->w + pen, mark->y + mark->h + pen };
}

/* Takes off the white around the drawing and behind it, so that it stands in line with the text beside it and as near to its caption as another. */
static void trim (Figure *figure, guint before)
{
	GArray *marks = figure->marks;
	Ink all = { figure->width, figure->height, 0, 0 };
	while (marks->len > before + 1 && g_array_index (marks, RnMark, before).kind == RN_MARK_RULE && g_array_index (marks, RnMark, before).tint == RN_PAPER)
		g_array_remove_index (marks, before);
	for (guint i = before; i < marks->len; i++) {
		Ink ink = ink_of (&g_array_index (marks, RnMark, i));
		all = (Ink) { MIN (all.x1, ink.x1), MIN (all.y1, ink.y1), MAX (all.x2, ink.x2), MAX (all.y2, ink.y2) };
	}
	all = (Ink) { MAX (all.x1, 0), MAX (all.y1, 0), MIN (all.x2, figure->width), MIN (all.y2, figure->height) };
	if (all.x2 <= all.x1 || all.y2 <= all.y1)
		return;
	for (guint i = before; i < marks->len; i++) {
		RnMark *mark = &g_array_index (marks, RnMark, i);
		mark->x -= all.x1, mark->y -= all.y1;
	}
	figure->width = all.x2 - all.x1;
	figure->height = all.y2 - all.y1;
}

/* What cannot be had as outlines, as a raster; the sanitiser leaves out the namespace that librsvg wants. */
static gboolean draw_raster (Figure *figure, const char *needs)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) text = g_string_new_len (figure->data, (gssize) figure->len);
	char *root = strstr (text->str, "<svg");
	if (root && !strstr (text->str, "http://www.w3.org/2000/svg"))
		g_string_insert (text, root + 4 - text->str, " xmlns=\"http://www.w3.org/2000/svg\"");
	g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
	const RnPicture *picture = rn_pictures_add_drawing (figure->setter->pictures, sum, text->str, text->len, figure->width, figure->height, &error);
	if (!picture) {
		g_autofree char *why = g_strdup_printf ("its '%s' is no outline, and librsvg2-common, which could draw it, says: %s", needs, error->message);
		return tell_broken (figure, why);
	}
	add_picture (figure, picture);
	return TRUE;
}

static gboolean set_drawing (Figure *figure)
{
	RnSetter *setter = figure->setter;
	RnSvgSize size;
	if (!rn_svg_size (figure->data, figure->len, &size))
		return tell_broken (figure, "it is no SVG drawing that can be read");
	fit (figure, drawing_width (figure, &size), size.height / size.width);
	if (figure->tag && !figure->tag->alt)
		figure->tag->alt = rn_svg_title (setter->book->arena, figure->data, figure->len);
	g_autoptr (GString) missing = g_string_new (NULL);
	const RnSvgSetting setting = {
		.arena = setter->book->arena, .fonts = setter->book->fonts, .face = face_of, .face_user = setter,
		.language = setter->language ? setter->language->code : NULL, .tag = figure->tag, .missing = missing,
	};
	const char *unsupported;
	guint before = figure->marks->len;
	if (!rn_svg_marks (&setting, figure->data, figure->len, figure->width, figure->height, figure->marks, &unsupported))
		return tell_broken (figure, "it has more parts than can be printed");
	if (unsupported) {
		g_array_set_size (figure->marks, before);
		return draw_raster (figure, unsupported);
	}
	trim (figure, before);
	const RnTextStyle *style = style_like (&setter->styles, FALSE);
	if (missing->len)
		rn_tell_missing (setter, rn_style_font (setter, style, 0), missing, figure->line);
	return TRUE;
}

/* --- files --------------------------------------------------------------------------------------------------------------- */

static gboolean set_file (Figure *figure, const char *address)
{
	const RnSite *site = figure->setter->site;
	/* What the content lacks has no address; that was told when the page was read. */
	if (!*address)
		return FALSE;
	g_autofree char *path = *address == '/' ? g_strconcat (site->content, address + 1, NULL) : NULL;
	gint index = path ? rn_tree_find (site->tree, path) : -1;
	if (index < 0)
		return tell_broken (figure, "there is no such file in the content");
	g_autoptr (GString) bytes = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	if (!rn_tree_read (site->tree, (guint) index, 0, LARGEST, bytes, NULL, &error))
		return tell_broken (figure, error->message);
	figure->data = bytes->str, figure->len = bytes->len;
	g_autofree char *lower = g_ascii_strdown (path, -1);
	gboolean made = g_str_has_suffix (lower, ".svg") ? set_drawing (figure) : set_raster (figure);
	figure->data = NULL;
	return made;
}

gboolean rn_figure_marks (RnSetter *setter, const char *address, const char *svg, gsize svg_len, guint32 line, RnLength max_width, RnLength max_height,
                          RnTag *tag, GArray *marks, RnLength *width, RnLength *height)
{
	Figure figure = {
		.setter = setter, .name = address ? address + (*address == '/') : "<svg>", .line = line, .data = svg, .len = svg_len,
		.max_width = MAX (max_width, 1), .max_height = MAX (max_height, 1), .tag = tag, .marks = marks,
	};
	gboolean made = address ? set_file (&figure, address) : set_drawing (&figure);
	*width = figure.width;
	*height = figure.height;
	return made;
}
