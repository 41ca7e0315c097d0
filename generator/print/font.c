/*
 * font.c - font files -> faces that may be embedded; faces at a size.
 *
 * Faces are immutable and shared. A thread's RnFonts has its own hb_font_t objects and the one buffer that all its text is shaped in.
 */
#include "print/font-int.h"

#include <hb-ot.h>
#include <string.h>

struct RnFontFiles {
	const RnSite *site;
	GPtrArray    *faces;          /* of RnLoadedFace * by number */
	GHashTable   *by_name;        /* name -> RnLoadedFace *, or NULL for one that cannot be had */
};

/* --- files ---------------------------------------------------------------------------------------------------------------- */

static void loaded_free (gpointer data)
{
	RnLoadedFace *loaded = data;
	hb_font_destroy (loaded->units);
	hb_face_destroy (loaded->face.face);
	hb_blob_destroy (loaded->face.blob);
	g_free (loaded->face.postscript_name);
	g_free (loaded);
}

RnFontFiles *rn_font_files_new (const RnSite *site)
{
	RnFontFiles *files = g_new0 (RnFontFiles, 1);
	files->site = site;
	files->faces = g_ptr_array_new_with_free_func (loaded_free);
	files->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	return files;
}

void rn_font_files_free (RnFontFiles *files)
{
	if (!files)
		return;
	g_hash_table_destroy (files->by_name);
	g_ptr_array_free (files->faces, TRUE);
	g_free (files);
}

/* The N bytes of TABLE at OFFSET as a signed number, big-endian; 0 where the table is too short. */
static gint32 number_at (hb_face_t *face, hb_tag_t table, guint offset, guint n)
{
	hb_blob_t *blob = hb_face_reference_table (face, table);
	guint len;
	const guchar *data = (const guchar *) hb_blob_get_data (blob, &len);
	guint32 value = 0;
	if (offset + n <= len)
		for (guint i = 0; i < n; i++)
			value = value << 8 | data[offset + i];
	hb_blob_destroy (blob);
	return n == 2 ? (gint16) value : n == 1 ? (gint8) value : (gint32) value;
}

static gboolean has_table (hb_face_t *face, hb_tag_t table)
{
	hb_blob_t *blob = hb_face_reference_table (face, table);
	gboolean has = hb_blob_get_length (blob) > 0;
	hb_blob_destroy (blob);
	return has;
}

#define OS2 HB_TAG ('O', 'S', '/', '2')

/* What forbids to print with this face; NULL: nothing. */
static const char *fault_of (hb_face_t *face)
{
	if (!hb_face_get_glyph_count (face) || !has_table (face, HB_TAG ('h', 'e', 'a', 'd')) || !has_table (face, HB_TAG ('c', 'm', 'a', 'p')))
		return "it is not an OpenType font";
	if (!has_table (face, HB_TAG ('g', 'l', 'y', 'f')) && !has_table (face, HB_TAG ('C', 'F', 'F', ' ')))
		return "it has no outlines (tables glyf or CFF)";
	/* OS/2 fsType: 2 alone forbids embedding, bit 8 embedding a part, bit 9 embedding outlines. */
	gint32 type = number_at (face, OS2, 8, 2);
	if ((type & 0xf) == 2 || type & 0x300)
		return "its licence forbids embedding it in a file (OS/2 fsType)";
	return NULL;
}

/* Its PostScript name as a PDF may hold it; without one, its file's. */
static char *postscript_name (hb_face_t *face, const char *file)
{
	char name[128];
	guint len = sizeof name;
	if (!hb_ot_name_get_utf8 (face, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string ("en", -1), &len, name) || !len)
		g_strlcpy (name, file, sizeof name), name[strcspn (name, ".")] = 0;
	for (char *p = name; *p; p++)
		if (!g_ascii_isgraph (*p) || strchr ("[](){}<>/%#", *p))
			*p = '-';
	return g_strdup (*name ? name : "Font");
}

static gint metric (const RnLoadedFace *loaded, hb_ot_metrics_tag_t tag, gint fallback)
{
	hb_position_t value;
	return hb_ot_metrics_get_position (loaded->units, tag, &value) && value ? value : fallback;
}

static void measure (RnLoadedFace *loaded)
{
	RnFace *face = &loaded->face;
	hb_face_t *hb = face->face;
	const hb_tag_t head = HB_TAG ('h', 'e', 'a', 'd'), post = HB_TAG ('p', 'o', 's', 't');
	gint em = (gint) hb_face_get_upem (hb);
	face->units_per_em = (guint) em;
	face->ascent = metric (loaded, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, em * 8 / 10);
	face->descent = metric (loaded, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -em * 2 / 10);
	face->cap_height = metric (loaded, HB_OT_METRICS_TAG_CAP_HEIGHT, em * 7 / 10);
	face->x_height = metric (loaded, HB_OT_METRICS_TAG_X_HEIGHT, em / 2);
	/* A 16.16 number: its whole part is exact enough, rounded. */
	face->italic_angle = (number_at (hb, post, 4, 4) + 0x8000) >> 16;
	face->fixed_pitch = number_at (hb, post, 12, 4) != 0;
	for (guint i = 0; i < 4; i++)
		face->box[i] = number_at (hb, head, 36 + 2 * i, 2);
	gint32 style = number_at (hb, head, 44, 2), selection = number_at (hb, OS2, 62, 2), panose = number_at (hb, OS2, 33, 1);
	face->weight = number_at (hb, OS2, 4, 2);
	face->bold = (style & 1) || (selection & 0x20);
	face->italic = (style & 2) || (selection & 1);
	if (!face->weight)
		face->weight = face->bold ? 700 : 400;
	/* PANOSE of Latin text: the serif styles are 2 to 10. */
	face->serif = number_at (hb, OS2, 32, 1) == 2 && panose >= 2 && panose <= 10;
}

/* The file's bytes: the site's, the shipped one's, or from a folder. NULL without ERROR: there is no such file. */
static GBytes *bytes_of (const RnFontFiles *files, const char *name, const char *const *folders, GError **error)
{
	if (!*name || strchr (name, '/') || strchr (name, '\\') || *name == '.')
		return NULL;
	g_autofree char *path = g_strconcat ("layouts/print/fonts/", name, NULL);
	g_autoptr (GString) buffer = g_string_new (NULL);
	g_autoptr (GError) why = NULL;
	if (rn_site_read (files->site, path, buffer, &why))
		return g_string_free_to_bytes (g_steal_pointer (&buffer));
	if (!g_error_matches (why, RN_TREE_ERROR, RN_TREE_ERROR_MISSING)) {
		g_propagate_error (error, g_steal_pointer (&why));
		return NULL;
	}
	for (; folders && *folders; folders++) {
		g_autofree char *file = g_build_filename (*folders, name, NULL);
		g_autoptr (GError) fault = NULL;
		char *data;
		gsize len;
		if (g_file_get_contents (file, &data, &len, &fault))
			return g_bytes_new_take (data, len);
		rn_tree_trouble_error (files->site->tree, fault);
		if (!g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
			g_propagate_error (error, g_steal_pointer (&fault));
			return NULL;
		}
	}
	return NULL;
}

static void release_bytes (gpointer bytes)
{
	g_bytes_unref (bytes);
}

/* BYTES go to the face. NULL: it cannot be used, and FAULT says why. */
static RnLoadedFace *face_of (GBytes *bytes, const char *file, const char **fault)
{
	gsize len;
	const char *data = g_bytes_get_data (bytes, &len);
	hb_blob_t *blob = hb_blob_create (data, (guint) MIN (len, G_MAXUINT), HB_MEMORY_MODE_READONLY, bytes, release_bytes);
	hb_face_t *face = hb_face_create (blob, 0);
	if ((*fault = fault_of (face))) {
		hb_face_destroy (face);
		hb_blob_destroy (blob);
		return NULL;
	}
	hb_face_make_immutable (face);
	RnLoadedFace *loaded = g_new0 (RnLoadedFace, 1);
	loaded->face.file = file;
	loaded->face.blob = blob;
	loaded->face.face = face;
	loaded->face.postscript_name = postscript_name (face, file);
	loaded->units = hb_font_create (face);
	measure (loaded);
	loaded->cuts = rn_font_cuts (loaded->units);
	hb_font_make_immutable (loaded->units);
	return loaded;
}

const RnFace *rn_font_files_load (RnFontFiles *files, const char *name, const char *const *folders, RnPlace where, RnDiagnostics *sink)
{
	gpointer known;
	if (g_hash_table_lookup_extended (files->by_name, name, NULL, &known))
		return known;
	g_autoptr (GError) error = NULL;
	char *file = g_strdup (name);
	GBytes *bytes = bytes_of (files, name, folders, &error);
	const char *fault = error ? error->message : NULL;
	RnLoadedFace *loaded = bytes ? face_of (bytes, file, &fault) : NULL;
	if (loaded) {
		loaded->face.number = files->faces->len;
		g_ptr_array_add (files->faces, loaded);
	} else if (fault)
		rn_diagnose (sink, RN_D_FONT_BROKEN, where, name, fault);
	else
		rn_diagnose (sink, RN_D_FONT_MISSING, where, name);
	g_hash_table_insert (files->by_name, file, loaded);
	return (const RnFace *) loaded;
}

guint rn_font_files_count (const RnFontFiles *files)
{
	return files->faces->len;
}

const RnFace *rn_font_files_nth (const RnFontFiles *files, guint number)
{
	return files->faces->pdata[number];
}

gboolean rn_face_has (const RnFace *face, gunichar c)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph (((const RnLoadedFace *) face)->units, c, &glyph);
}

/* --- faces at a size ------------------------------------------------------------------------------------------------------ */

static void sized_free (gpointer data)
{
	RnSizedFont *sized = data;
	hb_font_destroy (sized->font.hb);
	rn_shaped_words_clear (&sized->words);
	g_free (sized);
}

RnFonts *rn_fonts_new (void)
{
	RnFonts *fonts = g_new0 (RnFonts, 1);
	fonts->sized = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, sized_free);
	fonts->buffer = hb_buffer_create ();
	fonts->glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	return fonts;
}

void rn_fonts_free (RnFonts *fonts)
{
	if (!fonts)
		return;
	if (fonts->workspace && fonts->workspace_free)
		fonts->workspace_free (fonts->workspace);
	g_hash_table_destroy (fonts->sized);
	hb_buffer_destroy (fonts->buffer);
	g_array_free (fonts->glyphs, TRUE);
	g_free (fonts->language);
	g_free (fonts);
}

gpointer *rn_fonts_workspace (RnFonts *fonts, GDestroyNotify destroy)
{
	fonts->workspace_free = destroy;
	return &fonts->workspace;
}

static RnLength scaled (const RnFace *face, gint units, RnLength size)
{
	gint em = (gint) face->units_per_em;
	gint64 value = (gint64) units * size;
	return (RnLength) ((value + (value < 0 ? -em : em) / 2) / em);
}

const RnFont *rn_fonts_get (RnFonts *fonts, const RnFace *face, RnLength size)
{
	gint64 key = (gint64) face->number << 32 | (guint32) size;
	RnSizedFont *sized = g_hash_table_lookup (fonts->sized, &key);
	if (sized)
		return &sized->font;
	sized = g_new0 (RnSizedFont, 1);
	sized->key = key;
	sized->fonts = fonts;
	g_hash_table_insert (fonts->sized, &sized->key, sized);
	RnFont *font = &sized->font;
	font->face = face;
	font->size = size;
	font->ascent = scaled (face, face->ascent, size);
	font->descent = -scaled (face, face->descent, size);
	font->cap_height = scaled (face, face->cap_height, size);
	font->x_height = scaled (face, face->x_height, size);
	font->hb = hb_font_create (face->face);
	hb_font_set_scale (font->hb, size, size);
	hb_font_make_immutable (font->hb);
	font->space = rn_font_width (font, " ", "und");
	font->hyphen = rn_font_width (font, "-", "und");
	return font;
}
