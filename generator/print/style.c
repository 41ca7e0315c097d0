/* style.c - style:, look: and families: of a product -> RnStyles: each a copy of body, and what it says itself over it. */
#include "print/product-int.h"

#include <string.h>

const char *const rn_style_names[] = {
#define X(name, constant) #name,
	RN_STYLE_LIST (X)
#undef X
	NULL
};

static const char *const face_names[] = { "regular", "bold", "italic", "bold_italic" };

#define BULLETS 8

typedef struct { const char *name; const RnFace *faces[RN_FACES]; } Family;

typedef struct {
	RnProductDraft *draft;
	const char *const *folders;
	GArray *families;          /* Family: those that are used, loaded */
} Reader;

/* --- families ----------------------------------------------------------------------------------------------------------------- */

/* Its faces; those that it lacks are its regular one. NULL after a diagnostic. */
static const Family *load_family (Reader *reader, const char *name, const char *style_path)
{
	RnProductDraft *draft = reader->draft;
	for (guint i = 0; i < reader->families->len; i++)
		if (!strcmp (g_array_index (reader->families, Family, i).name, name))
			return &g_array_index (reader->families, Family, i);
	const RnValue *map = rn_value_get (rn_product_get (&draft->product, "families"), name);
	Family family = { .name = name };
	if (!rn_value_get (map, "regular")) {
		rn_product_break (draft, style_path, NULL, map ? "the family '%s' has no regular face" : "there is no family '%s'", name);
		return NULL;
	}
	for (guint i = 0; i < RN_FACES; i++) {
		const char *file = rn_value_string (rn_value_get (map, face_names[i]));
		g_autofree char *path = g_strdup_printf ("families.%s.%s", name, face_names[i]);
		family.faces[i] = file ? rn_font_files_load (draft->products->fonts, file, reader->folders, rn_product_place (&draft->product, path), draft->products->sink) :
			family.faces[RN_FACE_REGULAR];
		if (!family.faces[i]) {
			draft->broken = TRUE;
			return NULL;
		}
	}
	g_array_append_val (reader->families, family);
	return &g_array_index (reader->families, Family, reader->families->len - 1);
}

/* --- one style ---------------------------------------------------------------------------------------------------------------- */

/* A map of lengths, where it stands, and how much "1em" is in it. */
typedef struct { RnProductDraft *draft; const char *path; const RnValue *map; RnLength size; } Lengths;

/* The length NAME from LEAST to MOST; what is not said stays as it is, what is beyond is told: no sum of lengths may leave RnLength. */
static void length (const Lengths *from, const char *name, RnLength least, RnLength most, RnLength *value)
{
	const RnValue *said = rn_value_get (from->map, name);
	RnLength read;
	if (!said || said->kind == RN_NULL)
		return;
	if (rn_length_parse (said, from->size, &read) && read >= least && read <= most) {
		*value = read;
		return;
	}
	g_autofree char *path = g_strconcat (from->path, ".", name, NULL);
	rn_product_break (from->draft, path, NULL, "'%s' must be from %d to %d points on a page of this size", path, least / 1000, most / 1000);
}

static guint8 word (const RnValue *map, const char *name, const char *const *words, guint n, guint8 fallback)
{
	const char *text = rn_value_string (rn_value_get (map, name));
	for (guint i = 0; text && i < n; i++)
		if (!strcmp (words[i], text))
			return (guint8) i;
	return fallback;
}

static void flag (const RnValue *map, const char *name, gboolean *value)
{
	*value = rn_value_bool (rn_value_get (map, name), *value);
}

static void read_look_of_text (const RnValue *map, RnTextStyle *style)
{
	static const char *const aligns[] = { "justify", "left", "centre", "right" };
	style->face = word (map, "face", face_names, RN_FACES, style->face);
	style->align = word (map, "align", aligns, G_N_ELEMENTS (aligns), style->align);
	flag (map, "hyphenate", &style->hyphenate);
	flag (map, "on_grid", &style->on_grid);
	flag (map, "capitals", &style->capitals);
	flag (map, "keep_with_next", &style->keep_with_next);
	style->tint = (RnTint) rn_value_int (rn_value_get (map, "tint"), style->tint);
	style->shrink_percent = (guint) rn_value_int (rn_value_get (map, "shrink"), style->shrink_percent);
	style->stretch_percent = (guint) rn_value_int (rn_value_get (map, "stretch"), style->stretch_percent);
}

/* Letters, white and indents are held against the column: a few letters stand beside each other in it, and it holds a line. */
static void read_measures (Reader *reader, RnStyleId id, const char *path, const RnValue *map, RnTextStyle *style)
{
	const RnProduct *product = &reader->draft->product;
	const RnLength width = rn_product_measure (product), height = product->height - product->top - product->bottom;
	/* A cover's words are set smaller where they are too large. */
	const RnLength few = id == RN_STYLE_COVER_TITLE || id == RN_STYLE_COVER_SUBTITLE ? 1 : 3;
	Lengths from = { reader->draft, path, map, style->size };
	length (&from, "size", RN_PT (3), MIN (RN_PT (600), width / few), &style->size);
	from.size = style->size;
	length (&from, "leading", style->size / 2, MIN (height, style->size * 4), &style->leading);
	length (&from, "before", 0, height, &style->before);
	length (&from, "after", 0, height, &style->after);
	length (&from, "first_indent", -width / 2, width / 2, &style->first_indent);
	length (&from, "left", 0, width / 3, &style->left);
	length (&from, "right", 0, width / 3, &style->right);
	length (&from, "tracking", -style->size / 5, style->size, &style->tracking);
	if (style->leading < style->size / 2)
		rn_product_break (reader->draft, path, NULL, "'%s': leading, the way from line to line, is less than half of size", path);
}

static void read_style (Reader *reader, RnStyleId id, RnTextStyle *style)
{
	g_autofree char *path = g_strconcat ("style.", rn_style_names[id], NULL), *family_path = g_strconcat (path, ".family", NULL);
	const RnValue *map = rn_product_get (&reader->draft->product, path);
	const char *name = rn_value_string (rn_value_get (map, "family"));
	const Family *family = name ? load_family (reader, name, family_path) : NULL;
	if (family)
		memcpy (style->faces, family->faces, sizeof style->faces);
	read_measures (reader, id, path, map, style);
	read_look_of_text (map, style);
	if (style->shrink_percent > 60 || style->stretch_percent > 300)
		rn_product_break (reader->draft, path, NULL, "'%s': a space may shrink by 60 per cent at most, and stretch by 300", path);
}

/* --- the rest ----------------------------------------------------------------------------------------------------------------- */

static RnTint tint (const RnValue *look, const char *name, RnTint fallback)
{
	return (RnTint) rn_value_int (rn_value_get (look, name), fallback);
}

static void read_look (RnProductDraft *draft, RnStyles *styles)
{
	const RnValue *look = rn_product_get (&draft->product, "look"), *bullets = rn_value_get (look, "bullets");
	const RnLength width = rn_product_measure (&draft->product);
	const Lengths from = { draft, "look", look, styles->text[RN_STYLE_BODY].size };
	const char **list = rn_arena_newn (draft->products->arena, const char *, BULLETS + 1);
	styles->grid = rn_value_bool (rn_value_get (look, "grid"), FALSE) && styles->text[RN_STYLE_BODY].on_grid ? styles->text[RN_STYLE_BODY].leading : 0;
	length (&from, "list_indent", 0, width / 3, &styles->list_indent);
	length (&from, "callout_padding", 0, width / 6, &styles->callout_padding);
	length (&from, "callout_bar", 0, width / 6, &styles->callout_bar);
	length (&from, "rule", 0, RN_PT (20), &styles->rule);
	length (&from, "table_padding", 0, width / 6, &styles->table_padding);
	styles->callout_tint = tint (look, "callout_tint", 9);
	styles->ragged_lists = rn_value_bool (rn_value_get (look, "ragged_lists"), TRUE);
	styles->table_head_tint = tint (look, "table_head_tint", 12);
	styles->quote_bar_tint = tint (look, "quote_bar_tint", 45);
	for (guint i = 0; bullets && i < MIN (bullets->n, BULLETS); i++)
		list[i] = bullets->items[i]->string;
	if (!list[0])
		list[0] = "•";
	styles->bullets = list;
	const RnValue *marks = rn_value_get (look, "notice_marks");
	static const char *const plain[RN_NOTICE_MARKS] = { "*", "†", "‡" };
	for (guint i = 0; i < RN_NOTICE_MARKS; i++)
		styles->marks[i] = marks && i < marks->n ? marks->items[i]->string : plain[i];
}

gboolean rn_product_read_styles (RnProductDraft *draft, const char *const *folders)
{
	RnStyles *styles = &draft->product.styles;
	g_autoptr (GArray) families = g_array_new (FALSE, FALSE, sizeof (Family));
	Reader reader = { draft, folders, families };
	RnTextStyle *body = &styles->text[RN_STYLE_BODY];
	*body = (RnTextStyle) { .size = RN_PT (10), .leading = RN_PT (13.5), .tint = RN_BLACK, .shrink_percent = 25, .stretch_percent = 50 };
	const Family *mono = rn_product_get (&draft->product, "families.mono") ? load_family (&reader, "mono", "families.mono") : NULL;
	const RnFace *code = mono ? mono->faces[RN_FACE_REGULAR] : NULL;
	for (guint i = 0; i < RN_STYLES && !draft->broken; i++) {
		if (i != RN_STYLE_BODY)
			styles->text[i] = *body;
		read_style (&reader, (RnStyleId) i, &styles->text[i]);
		if (!styles->text[i].faces[RN_FACE_REGULAR] && !draft->broken)
			rn_product_break (draft, "style.body", NULL, "'style.body' has no family");
		styles->text[i].mono = code ? code : styles->text[i].faces[RN_FACE_REGULAR];
	}
	if (!draft->broken)
		read_look (draft, styles);
	return !draft->broken;
}
