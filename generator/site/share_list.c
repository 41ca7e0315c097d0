/* share_list.c - all bundles for machines (index.json) and for readers (the page /<lang>/share/). */
#include "site/share-int.h"
#include "base/path.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define INDEX "share/index.json"

/* --- index.json ----------------------------------------------------------------------------------------------------------- */

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp ((*(RnShared *const *) a)->name, (*(RnShared *const *) b)->name);
}

gboolean rn_share_put_index (RnShare *share, GError **error)
{
	g_ptr_array_sort (share->files, by_name);
	g_autoptr (GString) out = g_string_new ("{\"files\":[");
	for (guint i = 0; i < share->files->len; i++) {
		const RnShared *file = share->files->pdata[i];
		json_t *entry = json_pack ("{s:s, s:s, s:I, s:s}", "name", file->name, "kind", file->kind, "bytes", (json_int_t) file->bytes, "sha256", file->hash);
		if (file->page) {
			json_object_set_new (entry, "lang", json_string (file->page->language->code));
			json_object_set_new (entry, "page", json_string (file->page->url));
			json_object_set_new (entry, "title", json_string (file->page->title));
		}
		char *text = json_dumps (entry, JSON_SORT_KEYS);
		g_string_append_printf (out, "%s\n%s", i ? "," : "", text);
		free (text);
		json_decref (entry);
	}
	g_string_append (out, "\n]}\n");
	return rn_atomic_tree_put_twice (share->out, INDEX, "site/" INDEX, out->str, out->len, error);
}

gboolean rn_share_was (RnShare *share, const char *name, guint64 *bytes, char hash[65])
{
	g_autoptr (GString) text = g_string_new (NULL);
	gboolean found = FALSE;
	/* Its new one is put at the very end: until then the old one is read. */
	if (!rn_atomic_tree_read (share->out, INDEX, text, NULL))
		return FALSE;
	json_t *index = json_loadb (text->str, text->len, 0, NULL), *entry;
	gsize i;
	json_array_foreach (json_object_get (index, "files"), i, entry) {
		const char *sum = json_string_value (json_object_get (entry, "sha256"));
		if (found || !sum || g_strcmp0 (json_string_value (json_object_get (entry, "name")), name))
			continue;
		g_strlcpy (hash, sum, 65);
		if (bytes)
			*bytes = (guint64) json_integer_value (json_object_get (entry, "bytes"));
		found = TRUE;
	}
	json_decref (index);
	return found;
}

/* Kinds as index.json has them, with the page's kinds left out: there are many, and each page offers its own. */
static const char *listed_kind (const char *kind)
{
	static const char *const kinds[] = { "section", "part", "book", "folder", "zim" };
	for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
		if (!g_strcmp0 (kind, kinds[i]))
			return kinds[i];
	return NULL;
}

void rn_share_read_index (RnShare *share)
{
	g_autoptr (GString) text = g_string_new (NULL);
	if (!share->kept || !rn_atomic_tree_read (share->kept, INDEX, text, NULL))
		return;
	json_t *index = json_loadb (text->str, text->len, 0, NULL), *entry;
	gsize i;
	json_array_foreach (json_object_get (index, "files"), i, entry) {
		const char *kind = listed_kind (json_string_value (json_object_get (entry, "kind"))), *name = json_string_value (json_object_get (entry, "name"));
		const char *url = json_string_value (json_object_get (entry, "page"));
		if (kind && name)
			rn_share_note (share, name, kind, url ? rn_library_at (share->library, url) : NULL, (guint64) json_integer_value (json_object_get (entry, "bytes")), "");
	}
	json_decref (index);
}

/* --- for readers ---------------------------------------------------------------------------------------------------------- */

void rn_share_size (const RnPage *page, guint64 bytes, GString *out)
{
	gboolean large = bytes >= 1 << 20;
	g_autoptr (GString) number = g_string_new (NULL), size = g_string_new (rn_share_string (page, large ? "share_mb" : "share_kb"));
	rn_language_number (page->language, number, large ? (double) bytes / (1 << 20) : ceil ((double) bytes / 1024), large ? 1 : 0);
	g_string_replace (size, "{n}", number->str, 0);
	g_string_append (out, size->str);
}

/* WORDS, with the size in its place. */
static void put_link (const RnShare *share, const RnPage *page, const RnShared *file, const char *words, GString *out)
{
	g_autoptr (GString) text = g_string_new (words), size = g_string_new (NULL);
	rn_share_size (page, file->bytes, size);
	g_string_replace (text, "{size}", size->str, 0);
	g_autofree char *url = g_strconcat ("/share/", file->name, NULL);
	g_autoptr (GString) address = g_string_new (NULL);
	rn_path_relative (address, page->url, url, share->site->explicit_index);
	g_string_append (out, "<a href=\"");
	rn_text_escape (out, address->str, -1, TRUE);
	g_string_append (out, "\" download>");
	rn_text_escape (out, text->str, -1, FALSE);
	g_string_append (out, "</a>");
}

static const RnShared *file_of (const RnShare *share, const RnPage *page, const char *kind)
{
	for (guint i = 0; i < share->files->len; i++) {
		const RnShared *file = share->files->pdata[i];
		if (file->page == page && !strcmp (file->kind, kind))
			return file;
	}
	return NULL;
}

static void put_heading (const RnPage *page, const char *key, GString *out)
{
	g_string_append (out, "<h2>");
	rn_text_escape (out, rn_share_string (page, key), -1, FALSE);
	g_string_append (out, "</h2>\n");
}

static void put_paragraph (const RnPage *page, const char *key, GString *out)
{
	g_string_append (out, "<p>");
	rn_text_escape (out, rn_share_string (page, key), -1, FALSE);
	g_string_append (out, "</p>\n");
}

/* The parts of a section in several files; how many there are. */
static guint count_parts (RnShare *share, const RnBundle *bundle)
{
	for (guint n = 0;; n++) {
		g_autofree char *name = rn_share_section_name (bundle, n + 1);
		if (!rn_share_find (share, name))
			return n;
	}
}

static void put_parts (RnShare *share, const RnPage *page, const RnBundle *bundle, guint count, GString *out)
{
	g_string_append (out, "\n<ul>\n");
	for (guint i = 1; i <= count; i++) {
		g_autofree char *name = rn_share_section_name (bundle, i);
		g_autoptr (GString) words = g_string_new (NULL);
		rn_share_part_words (page, i, count, words);
		g_string_append (words, " ({size})");
		g_string_append (out, "<li>");
		put_link (share, page, rn_share_find (share, name), words->str, out);
		g_string_append (out, "</li>\n");
	}
	g_string_append (out, "</ul>\n");
}

static void put_sections (RnShare *share, const RnPage *page, GString *out)
{
	put_heading (page, "share_sections", out);
	g_string_append (out, "<ul>\n");
	for (guint i = 0; i < share->bundles->len; i++) {
		const RnBundle *bundle = share->bundles->pdata[i];
		const RnPage *section = bundle->page;
		guint parts = count_parts (share, bundle);
		const RnShared *file = file_of (share, section, "section"), *book = file_of (share, section, "book");
		if (section->language != page->language || (!file && !book))
			continue;
		g_string_append (out, "<li>");
		rn_text_escape (out, section->title, -1, FALSE);
		g_string_append (out, "<br>");
		if (file)
			put_link (share, page, file, rn_share_string (page, parts ? "share_divided" : "share_section"), out);
		if (book) {
			g_string_append (out, file ? " · " : "");
			put_link (share, page, book, rn_share_string (page, "share_book"), out);
		}
		if (parts)
			put_parts (share, page, bundle, parts, out);
		g_string_append (out, "</li>\n");
	}
	g_string_append (out, "</ul>\n");
}

static void put_whole (const RnShare *share, const RnPage *page, GString *out)
{
	const RnShared *folder = file_of (share, NULL, "folder"), *zim = file_of (share, NULL, "zim");
	put_heading (page, "share_whole", out);
	if (folder) {
		g_string_append (out, "<p>");
		put_link (share, page, folder, rn_share_string (page, "share_folder"), out);
		g_string_append (out, "</p>\n");
		put_paragraph (page, "share_folder_how", out);
	}
	if (zim) {
		g_string_append (out, "<p>");
		put_link (share, page, zim, rn_share_string (page, "share_zim"), out);
		g_string_append (out, "</p>\n");
		put_paragraph (page, "share_zim_how", out);
	}
}

void rn_share_list (RnShare *share, const RnPage *page, GString *out)
{
	if (!share->listed) {
		put_paragraph (page, "share_copy", out);
		return;
	}
	put_paragraph (page, "share_intro", out);
	put_sections (share, page, out);
	put_whole (share, page, out);
}
