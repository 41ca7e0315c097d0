/*
 * share.c - which pages have copies and what they are called; a page's own files; when a section is whole.
 *
 * In: the frozen library, then each page's copy once. Out: share/. Invariant: names depend on the keys alone, and no two files have one name.
 */
#include "site/share-int.h"
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "model/parts.h"
#include "site/plain.h"
#include "site/policy.h"

#include <string.h>

#define PICTURES ((gsize) 64 << 10)   /* of one picture in a page's file */

gboolean rn_share_wanted (const RnSite *site)
{
	const RnValue *value = rn_value_get (site->config, "share");
	return value && (value->kind == RN_MAP || rn_value_bool (value, FALSE));
}

void rn_share_add_pages (RnLibrary *library)
{
	const RnSite *site = rn_library_site (library);
	const RnValue *key = rn_value_get (site->config, "share");
	for (guint i = 0; i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		const RnCustomPage page = { .key = RN_SHARE_KEY, .language = language->code, .title = rn_language_string (language, "share_title", 0),
			.description = rn_language_string (language, "share_description", 0), .where = RN_PLACE (site->config_file, key ? key->line : 0, key ? key->col : 0) };
		rn_library_add (library, &page);
	}
}

gboolean rn_share_is_list (const RnPage *page)
{
	return page->kind == RN_PAGE_CUSTOM && !page->file && !strcmp (page->key, RN_SHARE_KEY) && !page->data;
}

const char *rn_share_string (const RnPage *page, const char *key)
{
	const char *text = rn_language_string (page->language, key, 0);
	return text ? text : key;
}

gboolean rn_share_online (const RnSite *site, const char *url, const char *fragment, GString *out)
{
	if (!site->base_url)
		return FALSE;
	g_string_append (out, site->base_url);
	rn_path_encode (out, url);
	if (fragment)
		g_string_append_printf (out, "#%s", fragment);
	return TRUE;
}

/* --- the plan --------------------------------------------------------------------------------------------------------- */

#define LONGEST_STEM 200   /* bytes: with a number, a language and a suffix a disk still takes it (255) */

/* KEY, cut where no disk has such names, with '-' for '/', and a number where another file has that name already. TAKEN: a set of names with language. */
static const char *file_name (RnShare *share, GHashTable *taken, const char *key, const char *language)
{
	const gsize len = strlen (key);
	const char *end = len > LONGEST_STEM ? g_utf8_find_prev_char (key, key + LONGEST_STEM) : key + len;
	char *stem = rn_arena_strndup (share->arena, *key ? key : "home", *key ? end - key : -1);
	for (char *p = stem; *p; p++)
		if (*p == '/')
			*p = '-';
	const char *name = stem;
	for (guint n = 2; !g_hash_table_add (taken, g_strdup_printf ("%s.%s", name, language)); n++)
		name = rn_arena_printf (share->arena, "%s-%u", stem, n);
	return name;
}

static RnShareItem *add_item (RnShare *share, RnBundle *bundle, const RnPage *page, guint depth)
{
	RnShareItem *item = rn_arena_new0 (share->arena, RnShareItem);
	item->page = page;
	item->bundle = bundle;
	item->depth = depth;
	g_hash_table_insert (share->items, (gpointer) page, item);
	if (bundle) {
		item->at = bundle->items->len;
		g_ptr_array_add (bundle->items, item);
		bundle->left++;
	}
	return item;
}

gboolean rn_share_withholds (const RnPage *page)
{
	return page->sensitive;
}

/* The pages below SECTION in its order, those of its own sections with them. */
static void collect (RnShare *share, RnBundle *bundle, const RnPage *section, guint depth)
{
	for (guint s = 0; s < MAX (section->slices, 1); s++) {
		const RnPage *slice = section->slice_pages ? section->slice_pages[s] : section;
		for (guint i = 0; i < slice->pages.n; i++) {
			const RnPage *page = slice->pages.items[i];
			if ((page->kind != RN_PAGE_CONTENT && page->kind != RN_PAGE_SECTION) || g_hash_table_contains (share->items, page))
				continue;
			if (rn_share_withholds (page)) {
				bundle->withheld = TRUE;
				continue;
			}
			add_item (share, bundle, page, depth);
			if (page->kind == RN_PAGE_SECTION)
				collect (share, bundle, page, depth + 1);
		}
	}
}

static void free_bundle (gpointer data)
{
	RnBundle *bundle = data;
	for (guint i = 0; i < bundle->items->len; i++) {
		RnShareItem *item = bundle->items->pdata[i];
		if (item->article)
			g_string_free (item->article, TRUE);
	}
	g_ptr_array_unref (bundle->items);
	if (bundle->head)
		g_string_free (bundle->head, TRUE);
	if (bundle->foot)
		g_string_free (bundle->foot, TRUE);
	g_free (bundle);
}

static void plan_section (RnShare *share, GHashTable *taken, const RnPage *section)
{
	RnBundle *bundle = g_new0 (RnBundle, 1);
	bundle->page = section;
	bundle->items = g_ptr_array_new ();
	add_item (share, bundle, section, 0);
	collect (share, bundle, section, 1);
	bundle->name = file_name (share, taken, section->key, section->language->code);
	g_ptr_array_add (share->bundles, bundle);
}

/* What stands in for a translation is the other language's file. */
static gboolean has_file (const RnPage *page)
{
	return page->kind == RN_PAGE_CONTENT && page->file && !rn_share_withholds (page) && !page->fallback;
}

/* Has the page a stand-in in copies of the site? The later parts of a list and the pieces of a text have their first page's, or none. */
static gboolean has_stand_in (const RnPage *page)
{
	return rn_share_withholds (page) && page->slice <= 1 && page->kind != RN_PAGE_PART;
}

static void plan (RnShare *share)
{
	g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	const RnPages *pages = rn_library_pages (share->library);
	for (guint l = 0; l < share->site->n_languages; l++) {
		const RnPage *home = rn_library_home (share->library, share->site->languages[l]);
		for (guint i = 0; home && i < home->sections.n; i++)
			if (!rn_share_withholds (home->sections.items[i]))
				plan_section (share, taken, home->sections.items[i]);
	}
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		RnShareItem *item = g_hash_table_lookup (share->items, page);
		if (has_stand_in (page))
			add_item (share, NULL, page, 0);
		if (!has_file (page))
			continue;
		if (!item)
			item = add_item (share, NULL, page, 0);
		item->name = file_name (share, taken, page->key, page->language->code);
	}
}

static void free_shared (gpointer data)
{
	RnShared *shared = data;
	g_free ((char *) shared->name);
	g_free (shared);
}

RnShare *rn_share_new (const RnLibrary *library, RnAtomicTree *out, gboolean make, GError **error)
{
	RnShare *share = g_new0 (RnShare, 1);
	share->library = library;
	share->site = rn_library_site (library);
	share->out = make ? out : NULL;
	share->kept = out;
	share->arena = rn_arena_new (0);
	share->items = g_hash_table_new (NULL, NULL);
	share->bundles = g_ptr_array_new_with_free_func (free_bundle);
	share->files = g_ptr_array_new_with_free_func (free_shared);
	share->copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
	share->css = g_string_new (NULL);
	g_mutex_init (&share->lock);
	if (!rn_site_read (share->site, "layouts/share.css", share->css, error)) {
		g_prefix_error (error, _("cannot make files for passing on: "));
		rn_share_free (share);
		return NULL;
	}
	plan (share);
	return share;
}

void rn_share_free (RnShare *share)
{
	if (!share)
		return;
	g_ptr_array_unref (share->bundles);
	g_ptr_array_unref (share->files);
	g_hash_table_unref (share->copies);
	g_hash_table_unref (share->items);
	g_string_free (share->css, TRUE);
	rn_arena_free (share->arena);
	g_mutex_clear (&share->lock);
	g_free (share);
}

RnSharer *rn_sharer_new (RnShare *share, RnImages *images)
{
	RnSharer *sharer = g_new0 (RnSharer, 1);
	sharer->share = share;
	sharer->images = images;
	sharer->packer = rn_zip_packer_new ();
	sharer->html = g_string_sized_new (65536);
	sharer->text = g_string_sized_new (16384);
	sharer->scratch = g_string_sized_new (65536);
	return sharer;
}

void rn_sharer_free (RnSharer *sharer)
{
	if (!sharer)
		return;
	rn_zip_packer_free (sharer->packer);
	g_string_free (sharer->html, TRUE);
	g_string_free (sharer->text, TRUE);
	g_string_free (sharer->scratch, TRUE);
	g_free (sharer);
}

/* --- files ---------------------------------------------------------------------------------------------------------------- */

void rn_share_note (RnShare *share, const char *name, const char *kind, const RnPage *page, guint64 bytes, const char *hash)
{
	RnShared *shared = g_new0 (RnShared, 1);
	*shared = (RnShared) { .name = g_strdup (name), .kind = kind, .page = page, .bytes = bytes };
	g_strlcpy (shared->hash, hash, sizeof shared->hash);
	g_mutex_lock (&share->lock);
	g_ptr_array_add (share->files, shared);
	g_mutex_unlock (&share->lock);
}

RnShared *rn_share_find (RnShare *share, const char *name)
{
	for (guint i = 0; i < share->files->len; i++)
		if (!strcmp (((RnShared *) share->files->pdata[i])->name, name))
			return share->files->pdata[i];
	return NULL;
}

gboolean rn_share_put (RnShare *share, const char *name, const char *kind, const RnPage *page, const char *data, gsize len, GError **error)
{
	if (!share->out)
		return TRUE;
	g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, len);
	g_autofree char *path = g_strconcat ("share/", name, NULL), *served = g_strconcat ("site/share/", name, NULL);
	rn_share_note (share, name, kind, page, len, hash);
	return rn_atomic_tree_put_twice (share->out, path, served, data, len, error);
}

const RnShareItem *rn_share_item (const RnShare *share, const RnCopyAddress *address)
{
	const RnPage *page = address->page && address->page->split ? address->page->split->first : address->page;
	return page ? g_hash_table_lookup (share->items, page) : NULL;
}

/* --- a page ----------------------------------------------------------------------------------------------------------------- */

typedef struct { RnSharer *sharer; const RnPage *page; } Single;

static gboolean link_of_single (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Single *single = user;
	const RnShareItem *to = rn_share_item (single->sharer->share, address);
	if (to && to->page == single->page && address->fragment) {
		g_string_append_printf (out, "#%s", address->fragment);
		return TRUE;
	}
	return rn_share_online (single->sharer->share->site, address->url, address->fragment, out);
}

static gboolean picture_of_single (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Single *single = user;
	const char *type = rn_share_picture (single->sharer, address->url, PICTURES, single->sharer->scratch);
	if (!type)
		return FALSE;
	g_autofree char *data = g_base64_encode ((const guchar *) single->sharer->scratch->str, single->sharer->scratch->len);
	g_string_append_printf (out, "data:%s;base64,%s", type, data);
	return TRUE;
}

/* The copy with the style where the layout has left room for it. */
static void put_style (RnShare *share, GString *html)
{
	const char *place = strstr (html->str, "<style></style>");
	if (place)
		g_string_insert_len (html, place - html->str + (gssize) strlen ("<style>"), share->css->str, (gssize) share->css->len);
	rn_policy_put_alone (html);
}

/* The page as one file, still without its style, into the sharer's buffer. */
static void copy_single (RnSharer *sharer, const RnPage *page, const GString *html)
{
	Single single = { sharer, page };
	const RnCopyOptions options = { .link = link_of_single, .picture = picture_of_single, .user = &single, .prefix = "",
		.left_out = rn_share_string (page, "share_left_out") };
	g_string_truncate (sharer->html, 0);
	rn_copy (sharer->share->library, page, html->str, html->len, &options, sharer->html);
}

/* What copies of the site have in place of a page that is withheld, and of its pieces: it leads nowhere but to the web, so that it can stand anywhere. */
static void put_stand_in (RnSharer *sharer, const RnPage *page, const GString *html)
{
	RnShare *share = sharer->share;
	copy_single (sharer, page, html);
	put_style (share, sharer->html);
	rn_share_add_copy (share, page, sharer->html);
	if (!page->split)
		return;
	rn_share_add_copy (share, page->split->whole, sharer->html);
	for (guint i = 0; i < page->split->parts.n; i++)
		rn_share_add_copy (share, page->split->parts.items[i], sharer->html);
}

static gboolean put_single (RnSharer *sharer, RnShareItem *item, const GString *html, GError **error)
{
	RnShare *share = sharer->share;
	copy_single (sharer, item->page, html);
	g_string_truncate (sharer->text, 0);
	rn_plain (sharer->html->str, sharer->html->len, sharer->text);
	put_style (share, sharer->html);
	g_atomic_int_set (&item->bytes, (gint) MIN (sharer->html->len, G_MAXINT));
	g_autofree char *file = g_strdup_printf ("%s.%s.html", item->name, item->page->language->code);
	g_autofree char *text = g_strdup_printf ("%s.%s.txt", item->name, item->page->language->code);
	return rn_share_put (share, file, "page", item->page, sharer->html->str, sharer->html->len, error) &&
	       rn_share_put (share, text, "text", item->page, sharer->text->str, sharer->text->len, error);
}

/* Keeps the article for the section's files; of the section's own page what stands around it too. */
static void keep_article (RnShareItem *item, const GString *html)
{
	static const char end[] = "</article>";
	const char *from = strstr (html->str, "<article"), *to = g_strrstr (html->str, end);
	if (!from || !to)
		return;
	to += strlen (end);
	item->article = g_string_new_len (from, to - from);
	if (item->bundle->page != item->page)
		return;
	item->bundle->head = g_string_new_len (html->str, from - html->str);
	item->bundle->foot = g_string_new (to);
}

gboolean rn_share_has (const RnShare *share, const RnPage *page)
{
	return g_hash_table_contains (share->items, page);
}

/* At the end of the section's own words: that pages of it are elsewhere. Not which: the file may fall into any hands. */
static void tell_withheld (const RnShare *share, RnBundle *bundle)
{
	RnShareItem *first = bundle->items->pdata[0];
	g_autoptr (GString) note = g_string_new ("<p class=\"notice\">"), address = g_string_new (NULL);
	if (!bundle->withheld || !first->article)
		return;
	rn_text_escape (note, rn_share_string (bundle->page, "share_withheld"), -1, FALSE);
	if (rn_share_online (share->site, bundle->page->url, NULL, address)) {
		g_autofree char *escaped = g_markup_escape_text (address->str, (gssize) address->len);
		g_string_append_printf (note, " <a href=\"%s\">%s</a>", escaped, escaped);
	}
	g_string_append (note, "</p>\n");
	g_string_insert_len (first->article, (gssize) (first->article->len - strlen ("</article>")), note->str, (gssize) note->len);
}

static gboolean bundle_is_whole (RnSharer *sharer, RnBundle *bundle, GError **error)
{
	tell_withheld (sharer->share, bundle);
	gboolean fine = !bundle->head || bundle->items->len < 2 || (rn_share_section (sharer, bundle, error) && rn_share_book (sharer, bundle, error));
	for (guint i = 0; i < bundle->items->len; i++) {
		RnShareItem *item = bundle->items->pdata[i];
		if (item->article)
			g_string_free (g_steal_pointer (&item->article), TRUE);
	}
	return fine;
}

gboolean rn_sharer_take (RnSharer *sharer, const RnPage *page, const GString *html, GError **error)
{
	RnShareItem *item = g_hash_table_lookup (sharer->share->items, page);
	if (!item)
		return TRUE;
	if (html && rn_share_withholds (page) && sharer->share->out)
		put_stand_in (sharer, page, html);
	if (html && item->name && !put_single (sharer, item, html, error))
		return FALSE;
	if (!item->bundle || !sharer->share->out)
		return TRUE;
	if (html)
		keep_article (item, html);
	return !g_atomic_int_dec_and_test (&item->bundle->left) || bundle_is_whole (sharer, item->bundle, error);
}

gboolean rn_share_file (const RnShare *share, const RnPage *page, GString *url, guint64 *bytes)
{
	const RnPage *own = page->split ? page->split->first : page;
	RnShareItem *item = g_hash_table_lookup (share->items, own->fallback ? own->fallback : own);
	g_string_truncate (url, 0);
	if (!item || !item->name)
		return FALSE;
	g_string_append_printf (url, "/share/%s.%s.html", item->name, item->page->language->code);
	/* Another page may be made at this moment by another worker: its size is left unsaid, so that it depends on no race. */
	*bytes = own->fallback ? 0 : (guint64) g_atomic_int_get (&item->bytes);
	return TRUE;
}

void rn_share_add_copy (RnShare *share, const RnPage *page, const GString *html)
{
	GBytes *bytes = g_bytes_new (html->str, html->len);
	g_mutex_lock (&share->lock);
	g_hash_table_replace (share->copies, g_strdup_printf ("site%sindex.html", page->url), bytes);
	g_mutex_unlock (&share->lock);
}

gboolean rn_share_finish (RnShare *share, guint jobs, char **note, GError **error)
{
	*note = NULL;
	if (!share->out)
		rn_share_read_index (share);
	else if (!rn_share_folder (share, jobs, error) || !rn_share_zim (share, note, error) || !rn_share_put_index (share, error))
		return FALSE;
	share->listed = TRUE;
	return TRUE;
}
