/* svg_style.c - presentation attributes, rules and style="" -> how an element looks; what an element does not say, it has from around it. */
#include "print/svg-int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	RnSvg *svg;
	RnSvgState *state;
	RnSvgStyle *style;
	const RnSvgStyle *around;
	double alpha;           /* its own opacity */
} Applying;

void rn_svg_style_init (RnSvgStyle *style)
{
	*style = (RnSvgStyle) {
		.fill = { RN_SVG_GREY, 0, 1 }, .stroke = { RN_SVG_NO_PAINT, 0, 0 }, .colour = { RN_SVG_GREY, 0, 1 },
		.fill_alpha = 1, .stroke_alpha = 1, .alpha = 1, .stroke_width = 1, .font_size = 16,
	};
}

double rn_svg_length (const RnSvgState *state, const char *text, char axis, double fallback)
{
	static const struct { const char *name; double size; } units[] = {
		{ "px", 1 }, { "pt", 96.0 / 72 }, { "pc", 16 }, { "mm", 96 / 25.4 }, { "cm", 96 / 2.54 }, { "in", 96 }, { "rem", 16 },
	};
	double value;
	if (!text || !rn_svg_number (&text, &value))
		return fallback;
	if (*text == '%') {
		double whole = axis == 'x' ? state->width : axis == 'y' ? state->height : sqrt ((state->width * state->width + state->height * state->height) / 2);
		return value / 100 * whole;
	}
	if (g_str_has_prefix (text, "em"))
		return value * state->style.font_size;
	if (g_str_has_prefix (text, "ex") || g_str_has_prefix (text, "ch"))
		return value * state->style.font_size / 2;
	for (guint i = 0; i < G_N_ELEMENTS (units); i++)
		if (g_str_has_prefix (text, units[i].name))
			return value * units[i].size;
	return value;
}

/* "url(#a)" -> "a" (in the arena) and what stands behind it; NULL: it is none, or leads out of the drawing. */
static const char *url_id (const Applying *now, const char *value, const char **rest)
{
	if (!g_str_has_prefix (value, "url("))
		return NULL;
	const char *p = value + 4, *close = strchr (p, ')');
	p += strspn (p, " \t'\"");
	if (*p != '#' || !close)
		return NULL;
	if (rest)
		*rest = close + 1;
	return rn_arena_strndup (now->svg->setting->arena, p + 1, (gssize) strcspn (p + 1, " \t'\")"));
}

static void set_paint (Applying *now, const char *value, RnSvgPaint *paint)
{
	const char *rest = "", *id = url_id (now, value, &rest), *server = NULL;
	if (!id) {
		rn_svg_colour (value, paint);
		return;
	}
	const xmlNode *node = rn_svg_find (now->svg, id);
	server = node ? rn_svg_name (node) : NULL;
	if (server && !strcmp (server, "pattern"))
		*paint = (RnSvgPaint) { RN_SVG_GREY, 0.5, 1 };
	else if (!server || !g_str_has_suffix (server, "Gradient") || !rn_svg_gradient (now->svg, node, paint)) {
		*paint = (RnSvgPaint) { RN_SVG_NO_PAINT, 0, 0 };
		rn_svg_colour (rest, paint);
	}
}

static double share (const char *value, double fallback)
{
	double number;
	if (!rn_svg_number (&value, &number))
		return fallback;
	return CLAMP (*value == '%' ? number / 100 : number, 0, 1);
}

/* The place of VALUE among WORDS, or what it was. */
static guint8 choice (const char *value, const char *const *words, guint8 before)
{
	for (guint8 i = 0; words[i]; i++)
		if (!strcmp (words[i], value))
			return i;
	return before;
}

static void set_dashes (Applying *now, const char *value)
{
	RnSvgStyle *style = now->style;
	double sum = 0;
	guint8 n = 0;
	for (const char *p = value; n < RN_SVG_MOST_DASHES && *p; n++) {
		const char *at = p;
		if (!rn_svg_number (&p, &style->dashes[n]))
			break;
		p += strcspn (p, ", \t\r\n");
		style->dashes[n] = MAX (rn_svg_length (now->state, at + strspn (at, ", \t\r\n"), 0, 0), 0);
		sum += style->dashes[n];
	}
	style->n_dashes = sum > 0 ? n : 0;
}

static void set_font_size (Applying *now, const char *value)
{
	static const char *const words[] = { "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", NULL };
	static const double sizes[] = { 9, 10, 13, 16, 18, 24, 32 };
	guint8 word = choice (value, words, 255);
	double around = now->around->font_size, size = around, number;
	const char *p = value;
	now->style->font_size = around;   /* what "em" means here */
	if (word < G_N_ELEMENTS (sizes))
		size = sizes[word];
	else if (rn_svg_number (&p, &number) && *p == '%')
		size = number / 100 * around;
	else
		size = rn_svg_length (now->state, value, 0, around);
	now->style->font_size = CLAMP (size, 0, 1e5);
}

static void set_family (Applying *now, const char *value)
{
	static const struct { const char *part; guint8 family; } known[] = {
		{ "mono", 2 }, { "courier", 2 }, { "consol", 2 }, { "menlo", 2 }, { "sans", 0 }, { "arial", 0 }, { "helvetica", 0 }, { "verdana", 0 },
		{ "tahoma", 0 }, { "serif", 1 }, { "times", 1 }, { "georgia", 1 }, { "garamond", 1 },
	};
	g_autofree char *lower = g_ascii_strdown (value, -1);
	g_auto (GStrv) families = g_strsplit (lower, ",", 0);
	for (guint i = 0; families[i]; i++)
		for (guint k = 0; k < G_N_ELEMENTS (known); k++)
			if (strstr (families[i], known[k].part)) {
				now->style->family = known[k].family;
				return;
			}
}

static void set_weight (Applying *now, const char *value)
{
	double number;
	const char *p = value;
	if (rn_svg_number (&p, &number))
		now->style->bold = number >= 600;
	else if (!strcmp (value, "bold") || !strcmp (value, "bolder"))
		now->style->bold = TRUE;
	else if (!strcmp (value, "normal") || !strcmp (value, "lighter"))
		now->style->bold = FALSE;
}

static void set_slant (Applying *now, const char *value)
{
	now->style->italic = g_str_has_prefix (value, "italic") || g_str_has_prefix (value, "oblique");
}

/* "italic bold 12px/1.2 Arial, sans-serif" */
static void set_font (Applying *now, const char *value)
{
	now->style->bold = now->style->italic = FALSE;
	for (const char *p = value; *(p += strspn (p, " \t"));) {
		g_autofree char *word = g_strndup (p, strcspn (p, " \t/"));
		double number;
		const char *q = word;
		gboolean length = rn_svg_number (&q, &number) && *q;
		if (length)
			set_font_size (now, word);
		else if (g_str_has_prefix (word, "italic") || g_str_has_prefix (word, "oblique"))
			now->style->italic = TRUE;
		else
			set_weight (now, word);
		p += strcspn (p, " \t");
		if (length) {
			set_family (now, p);
			return;
		}
	}
}

static void set_clip (Applying *now, const char *value)
{
	now->style->clip = url_id (now, value, NULL);
	if (!now->style->clip && strcmp (value, "none"))
		rn_svg_refuse (now->svg, "clip-path");
}

static void set_baseline (Applying *now, const char *value)
{
	static const char *const words[] = {
		"alphabetic", "middle", "central", "hanging", "text-after-edge", "auto", "baseline", "text-before-edge", "ideographic", "text-bottom", "text-top", NULL,
	};
	static const guint8 means[] = { 0, 1, 2, 3, 4, 0, 0, 3, 4, 4, 3 };
	guint8 word = choice (value, words, 255);
	if (word < G_N_ELEMENTS (means))
		now->style->baseline = means[word];
}

static void p_fill (Applying *now, const char *value) { set_paint (now, value, &now->style->fill); }
static void p_stroke (Applying *now, const char *value) { set_paint (now, value, &now->style->stroke); }
static void p_color (Applying *now, const char *value) { set_paint (now, value, &now->style->colour); }
static void p_fill_opacity (Applying *now, const char *value) { now->style->fill_alpha = share (value, now->style->fill_alpha); }
static void p_stroke_opacity (Applying *now, const char *value) { now->style->stroke_alpha = share (value, now->style->stroke_alpha); }
static void p_opacity (Applying *now, const char *value) { now->alpha = share (value, now->alpha); }
static void p_dash_offset (Applying *now, const char *value) { now->style->dash_offset = rn_svg_length (now->state, value, 0, 0); }
static void p_spacing (Applying *now, const char *value) { now->style->letter_spacing = rn_svg_length (now->state, value, 0, 0); }
static void p_fill_rule (Applying *now, const char *value) { now->style->even_odd = !strcmp (value, "evenodd"); }
static void p_visibility (Applying *now, const char *value) { now->style->hidden = strcmp (value, "visible") != 0; }
static void p_display (Applying *now, const char *value) { now->style->none = !strcmp (value, "none"); }
static void p_vector_effect (Applying *now, const char *value) { now->style->fixed_stroke = !strcmp (value, "non-scaling-stroke"); }
static void p_marker_start (Applying *now, const char *value) { now->style->markers[0] = url_id (now, value, NULL); }
static void p_marker_mid (Applying *now, const char *value) { now->style->markers[1] = url_id (now, value, NULL); }
static void p_marker_end (Applying *now, const char *value) { now->style->markers[2] = url_id (now, value, NULL); }
static void p_marker (Applying *now, const char *value) { p_marker_start (now, value), p_marker_mid (now, value), p_marker_end (now, value); }
static void p_mask (Applying *now, const char *value) { if (strcmp (value, "none")) rn_svg_refuse (now->svg, "mask"); }
static void p_transform (Applying *now, const char *value) { if (strcmp (value, "none")) rn_svg_refuse (now->svg, "transform in CSS"); }
static void p_filter (Applying *now, const char *value) { if (strcmp (value, "none")) rn_svg_refuse (now->svg, "filter"); }

static void p_stroke_width (Applying *now, const char *value)
{
	now->style->stroke_width = MAX (rn_svg_length (now->state, value, 0, now->style->stroke_width), 0);
}

static void p_cap (Applying *now, const char *value)
{
	static const char *const words[] = { "butt", "round", "square", NULL };
	now->style->cap = choice (value, words, now->style->cap);
}

static void p_join (Applying *now, const char *value)
{
	static const char *const words[] = { "miter", "round", "bevel", NULL };
	now->style->join = choice (value, words, now->style->join);
}

static void p_anchor (Applying *now, const char *value)
{
	static const char *const words[] = { "start", "middle", "end", NULL };
	now->style->anchor = choice (value, words, now->style->anchor);
}

static void p_language (Applying *now, const char *value)
{
	now->style->language = rn_arena_strndup (now->svg->setting->arena, value, -1);
}

static void p_space (Applying *now, const char *value)
{
	now->style->keep_spaces = !strcmp (value, "preserve");
}

/* In byte order, for bsearch. */
static const struct Property { const char *name; void (*apply) (Applying *now, const char *value); } properties[] = {
	{ "alignment-baseline", set_baseline }, { "clip-path", set_clip }, { "color", p_color }, { "display", p_display },
	{ "dominant-baseline", set_baseline }, { "fill", p_fill }, { "fill-opacity", p_fill_opacity }, { "fill-rule", p_fill_rule }, { "filter", p_filter },
	{ "font", set_font }, { "font-family", set_family }, { "font-size", set_font_size }, { "font-style", set_slant }, { "font-weight", set_weight },
	{ "lang", p_language }, { "letter-spacing", p_spacing }, { "marker", p_marker }, { "marker-end", p_marker_end }, { "marker-mid", p_marker_mid },
	{ "marker-start", p_marker_start }, { "mask", p_mask }, { "opacity", p_opacity }, { "space", p_space }, { "stroke", p_stroke },
	{ "stroke-dasharray", set_dashes }, { "stroke-dashoffset", p_dash_offset }, { "stroke-linecap", p_cap }, { "stroke-linejoin", p_join },
	{ "stroke-opacity", p_stroke_opacity }, { "stroke-width", p_stroke_width }, { "text-anchor", p_anchor }, { "transform", p_transform },
	{ "vector-effect", p_vector_effect }, { "visibility", p_visibility },
};

static int by_name (const void *key, const void *entry)
{
	return strcmp (key, ((const struct Property *) entry)->name);
}

static void declare (gpointer user, const char *name, const char *value)
{
	const struct Property *property = bsearch (name, properties, G_N_ELEMENTS (properties), sizeof *properties, by_name);
	if (property && strcmp (value, "inherit"))
		property->apply (user, value);
}

/* Attributes, then rules, then style="", each stronger than the one before; what is marked as important once more behind them. */
static void declarations_of (RnSvg *svg, const xmlNode *node, RnSvgDeclare each, gpointer user)
{
	const char *style = NULL;
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		const char *name = (const char *) attribute->name, *value = attribute->children ? (const char *) attribute->children->content : NULL;
		if (!value || (attribute->ns && strcmp ((const char *) attribute->ns->prefix, "xml")))
			continue;
		if (!strcmp (name, "style"))
			style = value;
		else if (strcmp (name, "transform"))   /* in CSS it means another thing, with another centre */
			each (user, name, value);
	}
	for (guint important = 0; important < 2; important++) {
		rn_svg_rules_match (svg->rules, node, important != 0, each, user);
		if (style)
			rn_svg_declarations (style, important != 0, each, user);
	}
}

void rn_svg_style_apply (RnSvg *svg, RnSvgState *state, const xmlNode *node)
{
	const RnSvgStyle around = state->style;
	Applying now = { svg, state, &state->style, &around, 1 };
	state->style.none = state->style.fixed_stroke = FALSE;
	state->style.clip = NULL;
	declarations_of (svg, node, declare, &now);
	state->style.alpha *= now.alpha;
}

/* --- gradients --------------------------------------------------------------------------------------------------------------- */

typedef struct { RnSvgPaint colour; double alpha; } Stop;

static void declare_stop (gpointer user, const char *name, const char *value)
{
	Stop *stop = user;
	if (!strcmp (name, "stop-color"))
		rn_svg_colour (value, &stop->colour);
	else if (!strcmp (name, "stop-opacity"))
		stop->alpha = share (value, 1);
}

gboolean rn_svg_gradient (RnSvg *svg, const xmlNode *node, RnSvgPaint *paint)
{
	double light = 0, alpha = 0;
	guint n = 0;
	for (guint step = 0; node && !n && step < 8; step++, node = rn_svg_find (svg, rn_svg_href (node))) {
		for (const xmlNode *child = node->children; child; child = child->next) {
			const char *name = rn_svg_name (child);
			if (!name || strcmp (name, "stop"))
				continue;
			Stop stop = { { RN_SVG_GREY, 0, 1 }, 1 };
			declarations_of (svg, child, declare_stop, &stop);
			double weight = stop.colour.kind == RN_SVG_NO_PAINT ? 0 : stop.alpha * stop.colour.alpha;
			light += stop.colour.light * weight;
			alpha += weight;
			n++;
		}
	}
	if (!n)
		return FALSE;
	*paint = (RnSvgPaint) { alpha > 0 ? RN_SVG_GREY : RN_SVG_NO_PAINT, alpha > 0 ? light / alpha : 1, alpha / n };
	return TRUE;
}
