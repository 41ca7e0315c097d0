/* style.c - style:, look: and families: of a product -> RnStyles: each a copy of body, and what it says itself over it. */
#include "print/product-int.h"

#include <string.h>

static const char *const names[] = {
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
		family.faces[i] = file ? rn_font_files_load (draft->products->fonts, file, reader->folders, rn_product_place (draft, path), draft->products->sink) :
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

static void length (const RnValue *map, const char *name, RnLength size, RnLength *value)
{
	rn_length_parse (rn_value_get (map, name), size, value);
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

static void read_style (Reader *reader, RnStyleId id, RnTextStyle *style)
{
	g_autofree char *path = g_strconcat ("style.", names[id], NULL), *family_path = g_strconcat (path, ".family", NULL);
	const RnValue *map = rn_product_get (&reader->draft->product, path);
	const char *name = rn_value_string (rn_value_get (map, "family"));
	const Family *family = name ? load_family (reader, name, family_path) : NULL;
	if (family)
		memcpy (style->faces, family->faces, sizeof style->faces);
	length (map, "size", style->size, &style->size);
	length (map, "leading", style->size, &style->leading);
	length (map, "before", style->size, &style->before);
	length (map, "after", style->size, &style->after);
	length (map, "first_indent", style->size, &style->first_indent);
	length (map, "left", style->size, &style->left);
	length (map, "right", style->size, &style->right);
	length (map, "tracking", style->size, &style->tracking);
	read_look_of_text (map, style);
	if (style->size < RN_PT (3) || style->size > RN_PT (600) || style->leading < style->size / 2 || style->leading > RN_PT (2000))
		rn_product_break (reader->draft, path, NULL, "'%s' needs a size from 3 to 600 points, and a leading that is not less than half of it", path);
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
	const RnLength size = styles->text[RN_STYLE_BODY].size;
	const char **list = rn_arena_newn (draft->products->arena, const char *, BULLETS + 1);
	styles->grid = rn_value_bool (rn_value_get (look, "grid"), FALSE) && styles->text[RN_STYLE_BODY].on_grid ? styles->text[RN_STYLE_BODY].leading : 0;
	length (look, "list_indent", size, &styles->list_indent);
	length (look, "callout_padding", size, &styles->callout_padding);
	length (look, "callout_bar", size, &styles->callout_bar);
	length (look, "rule", size, &styles->rule);
	length (look, "table_padding", size, &styles->table_padding);
	styles->callout_tint = tint (look, "callout_tint", 9);
	styles->ragged_lists = rn_value_bool (rn_value_get (look, "ragged_lists"), TRUE);
	styles->table_head_tint = tint (look, "table_head_tint", 12);
	styles->quote_bar_tint = tint (look, "quote_bar_tint", 45);
	for (guint i = 0; bullets && i < MIN (bullets->n, BULLETS); i++)
		list[i] = bullets->items[i]->string;
	if (!list[0])
		list[0] = "•";
	styles->bullets = list;
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
