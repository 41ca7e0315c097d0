/*
 * svg.c - an SVG document -> marks: libxml2 reads it (no entities, no network), a table of one function an element draws it.
 *
 * Elements that only describe (defs, title, metadata) and unknown ones are not drawn, as browsers do it; those that would be drawn and cannot be
 * are told as unsupported.
 */
#include "print/svg-int.h"
#include "base/dense.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST ((gsize) 16 << 20)

typedef void (*Draw) (RnSvg *svg, const RnSvgState *state, const xmlNode *node);

const char *rn_svg_name (const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE || (node->ns && node->ns->prefix && strcmp ((const char *) node->ns->href, "http://www.w3.org/2000/svg")))
		return NULL;
	return (const char *) node->name;
}

const char *rn_svg_get (const xmlNode *node, const char *name)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (!attribute->ns && !strcmp ((const char *) attribute->name, name))
			return attribute->children ? (const char *) attribute->children->content : NULL;
	return NULL;
}

const char *rn_svg_href (const xmlNode *node)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (!strcmp ((const char *) attribute->name, "href") && attribute->children && attribute->children->content && *attribute->children->content == '#')
			return (const char *) attribute->children->content + 1;
	return NULL;
}

const xmlNode *rn_svg_find (const RnSvg *svg, const char *id)
{
	return id ? g_hash_table_lookup (svg->ids, id) : NULL;
}

void rn_svg_refuse (RnSvg *svg, const char *what)
{
	if (!svg->unsupported)
		svg->unsupported = what;
}

/* --- viewports ------------------------------------------------------------------------------------------------------------- */

static gboolean view_box (const xmlNode *node, RnSvgBox *view)
{
	const char *text = rn_svg_get (node, "viewBox");
	double v[4];
	if (!text || rn_svg_numbers (text, v, 4) < 4 || v[2] <= 0 || v[3] <= 0)
		return FALSE;
	*view = (RnSvgBox) { v[0], v[1], v[0] + v[2], v[1] + v[3] };
	return TRUE;
}

RnSvgMatrix rn_svg_view (const xmlNode *node, double width, double height, RnSvgBox *view)
{
	const char *aspect = rn_svg_get (node, "preserveAspectRatio");
	if (!view_box (node, view)) {
		*view = (RnSvgBox) { 0, 0, width, height };
		return (RnSvgMatrix) { 1, 0, 0, 1, 0, 0 };
	}
	double sx = width / (view->x2 - view->x1), sy = height / (view->y2 - view->y1), x = 0.5, y = 0.5;
	if (!aspect || !strstr (aspect, "none")) {
		sx = sy = aspect && strstr (aspect, "slice") ? MAX (sx, sy) : MIN (sx, sy);
		if (aspect)
			x = strstr (aspect, "xMin") ? 0 : strstr (aspect, "xMax") ? 1 : 0.5, y = strstr (aspect, "YMin") ? 0 : strstr (aspect, "YMax") ? 1 : 0.5;
	}
	double spare_x = width - sx * (view->x2 - view->x1), spare_y = height - sy * (view->y2 - view->y1);
	return (RnSvgMatrix) { sx, 0, 0, sy, spare_x * x - sx * view->x1, spare_y * y - sy * view->y1 };
}

/* NODE's viewport at (x, y), its content scaled into it, what stands out cut off. */
static void draw_viewport (RnSvg *svg, const RnSvgState *state, const xmlNode *node, double x, double y, double width, double height)
{
	RnSvgState inside = *state;
	RnSvgBox view;
	const char *overflow = rn_svg_get (node, "overflow");
	if (width <= 0 || height <= 0)
		return;
	inside.matrix = rn_svg_multiply (state->matrix, (RnSvgMatrix) { 1, 0, 0, 1, x, y });
	if (!overflow || strcmp (overflow, "visible"))
		inside.clip = rn_svg_intersect (state->clip, rn_svg_map_box (inside.matrix, (RnSvgBox) { 0, 0, width, height }));
	inside.matrix = rn_svg_multiply (inside.matrix, rn_svg_view (node, width, height, &view));
	inside.width = view.x2 - view.x1, inside.height = view.y2 - view.y1;
	rn_svg_children (svg, &inside, node);
}

static double get_length (const RnSvgState *state, const xmlNode *node, const char *name, char axis, double fallback)
{
	return rn_svg_length (state, rn_svg_get (node, name), axis, fallback);
}

static void draw_svg (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	draw_viewport (svg, state, node, get_length (state, node, "x", 'x', 0), get_length (state, node, "y", 'y', 0),
	               get_length (state, node, "width", 'x', state->width), get_length (state, node, "height", 'y', state->height));
}

static void draw_element (RnSvg *svg, const RnSvgState *around, const xmlNode *node);

static void draw_use (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	const xmlNode *target = rn_svg_find (svg, rn_svg_href (node));
	const char *name = target ? rn_svg_name (target) : NULL;
	if (!name)
		return;
	RnSvgState inside = *state;
	double x = get_length (state, node, "x", 'x', 0), y = get_length (state, node, "y", 'y', 0);
	double width = get_length (state, node, "width", 'x', state->width), height = get_length (state, node, "height", 'y', state->height);
	inside.matrix = rn_svg_multiply (state->matrix, (RnSvgMatrix) { 1, 0, 0, 1, x, y });
	if (strcmp (name, "symbol")) {
		draw_element (svg, &inside, target);
		return;
	}
	rn_svg_style_apply (svg, &inside, target);
	if (!inside.style.none)
		draw_viewport (svg, &inside, target, 0, 0, width, height);
}

/* --- shapes ---------------------------------------------------------------------------------------------------------------- */

static void draw_path (RnSvg *svg, const RnSvgState *state)
{
	rn_svg_paint (svg, state);
	rn_svg_markers (svg, state);
}

static gboolean outline_of (RnSvgPath *path, const RnSvgState *state, const xmlNode *node)
{
	const char *name = rn_svg_name (node), *data = rn_svg_get (node, "d"), *points = rn_svg_get (node, "points");
	if (!strcmp (name, "path"))
		rn_svg_path_data (path, data ? data : "");
	else if (!strcmp (name, "polyline") || !strcmp (name, "polygon"))
		rn_svg_points (path, points ? points : "", name[4] == 'g');
	else if (!strcmp (name, "line")) {
		rn_svg_move (path, get_length (state, node, "x1", 'x', 0), get_length (state, node, "y1", 'y', 0));
		rn_svg_line (path, get_length (state, node, "x2", 'x', 0), get_length (state, node, "y2", 'y', 0));
	} else if (!strcmp (name, "rect")) {
		double w = get_length (state, node, "width", 'x', 0), h = get_length (state, node, "height", 'y', 0);
		double rx = get_length (state, node, "rx", 'x', -1), ry = get_length (state, node, "ry", 'y', -1);
		double x = get_length (state, node, "x", 'x', 0), y = get_length (state, node, "y", 'y', 0);
		if (w > 0 && h > 0)
			rn_svg_rect (path, x, y, w, h, rx < 0 ? MAX (ry, 0) : rx, ry < 0 ? MAX (rx, 0) : ry);
	} else {
		gboolean circle = !strcmp (name, "circle");
		double rx = get_length (state, node, circle ? "r" : "rx", circle ? 0 : 'x', 0), ry = circle ? rx : get_length (state, node, "ry", 'y', 0);
		if (rx > 0 && ry > 0)
			rn_svg_ellipse (path, get_length (state, node, "cx", 'x', 0), get_length (state, node, "cy", 'y', 0), rx, ry);
	}
	return path->points->len > 0;
}

static void draw_shape (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	rn_svg_path_clear (&svg->path);
	if (outline_of (&svg->path, state, node))
		draw_path (svg, state);
}

static void draw_switch (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child; child = child->next) {
		const char *name = rn_svg_name (child);
		if (name && strcmp (name, "foreignObject") && !rn_svg_get (child, "requiredExtensions") && !rn_svg_get (child, "systemLanguage")) {
			draw_element (svg, state, child);
			return;
		}
	}
}

static void no_image (RnSvg *svg, const RnSvgState *state, const xmlNode *node) { (void) state, (void) node; rn_svg_refuse (svg, "image"); }
static void no_foreign (RnSvg *svg, const RnSvgState *state, const xmlNode *node) { (void) state, (void) node; rn_svg_refuse (svg, "foreignObject"); }

/* In byte order, for bsearch. */
static const struct Element { const char *name; Draw draw; } elements[] = {
	{ "a", rn_svg_children }, { "circle", draw_shape }, { "ellipse", draw_shape }, { "foreignObject", no_foreign }, { "g", rn_svg_children },
	{ "image", no_image }, { "line", draw_shape }, { "path", draw_shape }, { "polygon", draw_shape }, { "polyline", draw_shape }, { "rect", draw_shape },
	{ "svg", draw_svg }, { "switch", draw_switch }, { "text", rn_svg_text }, { "use", draw_use },
};

static int by_name (const void *key, const void *entry)
{
	return strcmp (key, ((const struct Element *) entry)->name);
}

static gboolean upright (RnSvgMatrix m)
{
	double little = 1e-6 * (fabs (m.a) + fabs (m.b) + fabs (m.c) + fabs (m.d));
	return (fabs (m.b) <= little && fabs (m.c) <= little) || (fabs (m.a) <= little && fabs (m.d) <= little);
}

/* A clipPath of one upright box narrows the clip; any other shape cannot be had. */
static void apply_clip (RnSvg *svg, RnSvgState *state)
{
	const xmlNode *clip = rn_svg_find (svg, state->style.clip), *shape = NULL;
	const char *units = clip ? rn_svg_get (clip, "clipPathUnits") : NULL, *transform;
	if (!clip)
		return;
	guint n = 0;
	for (const xmlNode *child = clip->children; child; child = child->next)
		if (rn_svg_name (child) && strcmp (rn_svg_name (child), "title"))
			shape = child, n++;
	const struct Element *element = n == 1 ? bsearch (rn_svg_name (shape), elements, G_N_ELEMENTS (elements), sizeof *elements, by_name) : NULL;
	RnSvgMatrix m = state->matrix;
	RnSvgPath path;
	rn_svg_path_init (&path);
	if ((transform = rn_svg_get (clip, "transform")))
		m = rn_svg_multiply (m, rn_svg_transform (transform));
	if (shape && (transform = rn_svg_get (shape, "transform")))
		m = rn_svg_multiply (m, rn_svg_transform (transform));
	if (!element || element->draw != draw_shape || (units && strcmp (units, "userSpaceOnUse")) || !upright (m) || !outline_of (&path, state, shape) ||
	    !rn_svg_path_is_box (&path))
		rn_svg_refuse (svg, "clipPath");
	else
		state->clip = rn_svg_intersect (state->clip, rn_svg_map_box (m, rn_svg_path_box (&path)));
	rn_svg_path_free (&path);
}

static void draw_element (RnSvg *svg, const RnSvgState *around, const xmlNode *node)
{
	const char *name = rn_svg_name (node), *transform;
	const struct Element *element = name ? bsearch (name, elements, G_N_ELEMENTS (elements), sizeof *elements, by_name) : NULL;
	if (!element || svg->beyond)
		return;
	if (++svg->elements > RN_SVG_MOST_ELEMENTS || svg->depth >= RN_SVG_MOST_DEPTH) {
		svg->beyond = TRUE;
		return;
	}
	RnSvgState state = *around;
	rn_svg_style_apply (svg, &state, node);
	if (state.style.none)
		return;
	if ((transform = rn_svg_get (node, "transform")))
		state.matrix = rn_svg_multiply (state.matrix, rn_svg_transform (transform));
	if (state.style.clip)
		apply_clip (svg, &state);
	svg->depth++;
	element->draw (svg, &state, node);
	svg->depth--;
}

void rn_svg_children (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child && !svg->beyond; child = child->next)
		draw_element (svg, state, child);
}

/* --- the document ------------------------------------------------------------------------------------------------------------ */

static xmlDoc *read_document (const char *text, gsize len)
{
	if (len > LARGEST || memmem (text, len, "<!ENTITY", 8) || rn_dense_markup (text, len))
		return NULL;
	xmlDoc *doc = xmlReadMemory (text, (int) len, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	const xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
	if (root && rn_svg_name (root) && !strcmp (rn_svg_name (root), "svg"))
		return doc;
	if (doc)
		xmlFreeDoc (doc);
	return NULL;
}

static double stated (const xmlNode *root, const char *name)
{
	const char *text = rn_svg_get (root, name);
	RnSvgState state = { 0 };
	rn_svg_style_init (&state.style);
	return text && !strchr (text, '%') ? rn_svg_length (&state, text, 0, 0) : 0;
}

static RnSvgSize size_of (const xmlNode *root)
{
	RnSvgBox view = { 0, 0, 300, 150 };
	gboolean has_view = view_box (root, &view);
	double width = stated (root, "width"), height = stated (root, "height"), w = view.x2 - view.x1, h = view.y2 - view.y1;
	RnSvgSize size = { .width = width > 0 ? width : w, .height = height > 0 ? height : h, .stated = width > 0 || height > 0 };
	if (has_view && width > 0 && !(height > 0))
		size.height = width * h / w;
	if (has_view && height > 0 && !(width > 0))
		size.width = height * w / h;
	size.width = CLAMP (size.width, 1e-3, 1e6), size.height = CLAMP (size.height, 1e-3, 1e6);
	return size;
}

gboolean rn_svg_size (const char *text, gsize len, RnSvgSize *size)
{
	xmlDoc *doc = read_document (text, len);
	if (!doc)
		return FALSE;
	*size = size_of (xmlDocGetRootElement (doc));
	size->has_text = memmem (text, len, "<text", 5) != NULL;
	xmlFreeDoc (doc);
	return TRUE;
}

const char *rn_svg_title (RnArena *arena, const char *text, gsize len)
{
	xmlDoc *doc = read_document (text, len);
	if (!doc)
		return NULL;
	const xmlNode *root = xmlDocGetRootElement (doc);
	const char *label = rn_svg_get (root, "aria-label"), *title = NULL;
	for (const xmlNode *child = root->children; child && !title; child = child->next)
		if (rn_svg_name (child) && !strcmp (rn_svg_name (child), "title") && child->children)
			title = (const char *) child->children->content;
	title = rn_arena_strndup (arena, title ? title : label, -1);
	xmlFreeDoc (doc);
	return title;
}

/* Notes all ids and <style>s. libxml2 refuses documents nested deeper than 256, so the recursion is bounded. */
static void survey (RnSvg *svg, const xmlNode *node)
{
	const char *name = rn_svg_name (node), *id = name ? rn_svg_get (node, "id") : NULL;
	if (id && !g_hash_table_contains (svg->ids, id))
		g_hash_table_insert (svg->ids, (gpointer) id, (gpointer) node);
	gboolean style = name && !strcmp (name, "style");
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (child->type == XML_ELEMENT_NODE)
			survey (svg, child);
		else if (style && child->content && (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE))
			rn_svg_rules_read (svg->rules, (const char *) child->content);
	}
}

static void draw_root (RnSvg *svg, const xmlNode *root, RnLength width, RnLength height)
{
	RnSvgSize size = size_of (root);
	RnSvgBox view;
	RnSvgState state = { .clip = { 0, 0, width, height }, .width = size.width, .height = size.height };
	RnSvgMatrix fill = { width / size.width, 0, 0, height / size.height, 0, 0 };
	rn_svg_style_init (&state.style);
	state.matrix = rn_svg_multiply (fill, rn_svg_view (root, size.width, size.height, &view));
	svg->unit = rn_svg_scale (fill);
	state.width = view.x2 - view.x1, state.height = view.y2 - view.y1;
	rn_svg_style_apply (svg, &state, root);
	if (!state.style.none)
		rn_svg_children (svg, &state, root);
}

gboolean rn_svg_marks (const RnSvgSetting *setting, const char *text, gsize len, RnLength width, RnLength height, GArray *marks, const char **unsupported)
{
	xmlDoc *doc = read_document (text, len);
	guint before = marks->len;
	if (unsupported)
		*unsupported = NULL;
	if (!doc)
		return FALSE;
	RnSvg svg = { .setting = setting, .marks = marks, .ids = g_hash_table_new (g_str_hash, g_str_equal), .rules = rn_svg_rules_new () };
	RnSvgPath *const paths[] = { &svg.path, &svg.placed, &svg.part };
	for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
		rn_svg_path_init (paths[i]);
	survey (&svg, xmlDocGetRootElement (doc));
	draw_root (&svg, xmlDocGetRootElement (doc), width, height);
	for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
		rn_svg_path_free (paths[i]);
	rn_svg_rules_free (svg.rules);
	g_hash_table_unref (svg.ids);
	xmlFreeDoc (doc);
	if (unsupported)
		*unsupported = svg.unsupported;
	if (svg.beyond)
		g_array_set_size (marks, before);
	return !svg.beyond;
}
