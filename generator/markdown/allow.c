/* allow.c - sorted tables, searched by halves. */
#include "markdown/allow-int.h"

#include <stdlib.h>
#include <string.h>

#define I RN_ALLOW_INLINE
#define V RN_ALLOW_VOID
#define D RN_ALLOW_DROP

static const RnElement elements[] = {
	{ "a", I, "href" }, { "abbr", I, "" }, { "applet", D, "" }, { "aside", 0, "" }, { "audio", D, "" }, { "b", I, "" }, { "bdi", I, "" },
	{ "bdo", I, "" }, { "blockquote", 0, "" }, { "br", I | V, "" }, { "caption", 0, "" }, { "cite", I, "" }, { "code", I, "" },
	{ "col", V, "span" }, { "colgroup", 0, "span" }, { "dd", 0, "" }, { "del", I, "datetime" }, { "details", 0, "open" },
	{ "dfn", I, "" }, { "div", 0, "" }, { "dl", 0, "" }, { "dt", 0, "" }, { "em", I, "" }, { "embed", D | V, "" }, { "figcaption", 0, "" },
	{ "figure", 0, "" }, { "frame", D | V, "" }, { "frameset", D, "" }, { "h1", 0, "" }, { "h2", 0, "" }, { "h3", 0, "" }, { "h4", 0, "" },
	{ "h5", 0, "" }, { "h6", 0, "" }, { "hr", V, "" }, { "i", I, "" }, { "iframe", D, "" }, { "img", I | V, "src alt width height" },
	{ "ins", I, "datetime" }, { "kbd", I, "" }, { "li", 0, "value" }, { "mark", I, "" }, { "math", D, "" }, { "noembed", D, "" },
	{ "noframes", D, "" }, { "noscript", D, "" }, { "object", D, "" }, { "ol", 0, "start reversed type" }, { "p", 0, "" },
	{ "plaintext", D, "" }, { "pre", 0, "" }, { "q", I, "" }, { "rp", I, "" }, { "rt", I, "" }, { "ruby", I, "" }, { "s", I, "" },
	{ "samp", I, "" }, { "script", D, "" }, { "section", 0, "" }, { "select", D, "" }, { "small", I, "" }, { "span", I, "" },
	{ "strong", I, "" }, { "style", D, "" }, { "sub", I, "" }, { "summary", 0, "" }, { "sup", I, "" }, { "svg", D, "" }, { "table", 0, "" },
	{ "tbody", 0, "" }, { "td", 0, "colspan rowspan headers" }, { "template", D, "" }, { "textarea", D, "" }, { "tfoot", 0, "" },
	{ "th", 0, "colspan rowspan headers scope" }, { "thead", 0, "" }, { "time", I, "datetime" }, { "title", D, "" }, { "tr", 0, "" },
	{ "u", I, "" }, { "ul", 0, "" }, { "var", I, "" }, { "video", D, "" }, { "wbr", I | V, "" }, { "xmp", D, "" },
};

/* No form: without one a control cannot send. */
static const RnElement controls[] = {
	{ "button", I, "type disabled value" }, { "datalist", 0, "" }, { "details", 0, "open name" }, { "fieldset", 0, "disabled" },
	{ "input", I | V, "type name value min max step checked disabled readonly required placeholder list pattern maxlength minlength size inputmode autocomplete" },
	{ "label", I, "for" }, { "legend", 0, "" }, { "meter", I, "value min max low high optimum" }, { "optgroup", 0, "label disabled" },
	{ "option", 0, "value label selected disabled" }, { "output", I, "for" }, { "progress", I, "value max" },
	{ "select", I, "name multiple size disabled required autocomplete" },
	{ "textarea", I, "name rows cols placeholder disabled readonly required maxlength minlength inputmode autocomplete" },
};

static const char *const svg_elements[] = {
	"circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline",
	"radialGradient", "rect", "stop", "svg", "symbol", "text", "textPath", "title", "tspan", "use",
};

static const char *const svg_attributes[] = {
	"alignment-baseline", "aria-hidden", "aria-label", "aria-labelledby", "class", "clip-path", "clip-rule", "clipPathUnits", "color", "cx", "cy", "d",
	"direction", "display", "dominant-baseline", "dx", "dy", "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style",
	"font-weight", "fx", "fy", "gradientTransform", "gradientUnits", "height", "href", "id", "lang", "letter-spacing", "marker-end", "marker-mid",
	"marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "maskContentUnits", "maskUnits", "offset", "opacity", "orient",
	"overflow", "paint-order", "pathLength", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r", "refX", "refY", "role",
	"rotate", "rx", "ry", "shape-rendering", "spreadMethod", "startOffset", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
	"stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor",
	"text-rendering", "textLength", "transform", "vector-effect", "version", "viewBox", "visibility", "width", "word-spacing", "x", "x1", "x2", "y",
	"y1", "y2",
};

static int by_name (const void *key, const void *element)
{
	return strcmp (key, ((const RnElement *) element)->name);
}

static int by_text (const void *key, const void *entry)
{
	return strcmp (key, *(const char *const *) entry);
}

const RnElement *rn_allow_element (const char *name)
{
	return bsearch (name, elements, G_N_ELEMENTS (elements), sizeof *elements, by_name);
}

const RnElement *rn_allow_control (const char *name)
{
	return bsearch (name, controls, G_N_ELEMENTS (controls), sizeof *controls, by_name);
}

gboolean rn_allow_web_attribute (const char *name)
{
	static const char *const plain[] = { "hidden", "role", "tabindex", NULL };
	gboolean data = g_str_has_prefix (name, "data-"), aria = g_str_has_prefix (name, "aria-");
	const char *rest = name + strlen ("data-");
	return g_strv_contains (plain, name) || ((data || aria) && *rest && strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (rest));
}

gboolean rn_allow_input_type (const char *type)
{
	static const char *const types[] = { "button", "checkbox", "color", "date", "email", "month", "number", "radio", "range", "search", "tel",
		"text", "time", "url", "week", NULL };
	return g_strv_contains (types, type);
}

gboolean rn_allow_attribute (const RnElement *element, const char *name)
{
	static const char *const common[] = { "class", "dir", "id", "lang", "title", NULL };
	if (g_strv_contains (common, name))
		return TRUE;
	gsize len = strlen (name);
	for (const char *p = element->attributes; (p = strstr (p, name)); p += len)
		if ((p == element->attributes || p[-1] == ' ') && (!p[len] || p[len] == ' '))
			return TRUE;
	return FALSE;
}

gboolean rn_allow_svg_element (const char *name)
{
	return bsearch (name, svg_elements, G_N_ELEMENTS (svg_elements), sizeof *svg_elements, by_text) != NULL;
}

gboolean rn_allow_svg_attribute (const char *name)
{
	return bsearch (name, svg_attributes, G_N_ELEMENTS (svg_attributes), sizeof *svg_attributes, by_text) != NULL;
}
