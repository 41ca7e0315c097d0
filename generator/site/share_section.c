/*
 * share_section.c - a section as one file, or, where a phone would choke on it, as several.
 *
 * In: a bundle whose articles are there. Out: what its layout wrote, a list of contents, then the pages one below another, their headings below the
 * section's; links between pages of one file are anchors. A section that would be larger than LARGEST becomes <section>.<lang>.html with its own words and the
 * contents, which leads to <section>.<lang>.1.html and so on. Each of these is whole by itself: files passed on come alone, so their links to
 * other files lead to the web.
 */
#include "site/share-int.h"
#include "base/path.h"
#include "base/text.h"
#include "site/policy.h"

#include <string.h>

#define PICTURES ((gsize) 32 << 10)   /* of one picture: a section has many */
#define LARGEST ((gsize) 2 << 20)     /* of a file */

/* part: of the file being written; item: of the page being written. */
typedef struct { RnSharer *sharer; const RnBundle *bundle; const RnShareItem *item; guint part; } Slice;

char *rn_share_section_name (const RnBundle *bundle, guint part)
{
	const char *language = bundle->page->language->code;
	return part ? g_strdup_printf ("%s.%s.%u.html", bundle->name, language, part) : g_strdup_printf ("%s.%s.html", bundle->name, language);
}

void rn_share_part_words (const RnPage *page, guint part, guint count, GString *out)
{
	g_autoptr (GString) words = g_string_new (rn_share_string (page, "part_of")), number = g_string_new (NULL), all = g_string_new (NULL);
	rn_language_number (page->language, number, part, 0);
	rn_language_number (page->language, all, count, 0);
	g_string_replace (words, "{number}", number->str, 0);
	g_string_replace (words, "{count}", all->str, 0);
	g_string_append (out, words->str);
}

void rn_share_anchor (const RnShareItem *item, GString *out)
{
	gsize begin = out->len;
	g_string_append (out, item->name ? item->name : item->page->key);
	for (gsize i = begin; i < out->len; i++)
		if (out->str[i] == '/')
			out->str[i] = '-';
}

/* Where ITEM is, seen from the file of PART: a place in it, or in a file beside the first. */
static void put_place (const RnBundle *bundle, guint part, const RnShareItem *item, GString *out)
{
	g_autoptr (GString) anchor = g_string_new (NULL);
	rn_share_anchor (item, anchor);
	if (item->part != part) {
		g_autofree char *name = rn_share_section_name (bundle, item->part);
		rn_path_encode (out, name);
	}
	g_string_append_c (out, '#');
	rn_path_encode (out, anchor->str);
}

static gboolean link_of_slice (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Slice *slice = user;
	RnShare *share = slice->sharer->share;
	const RnShareItem *to = rn_share_item (share, address);
	if (!to || to->bundle != slice->bundle || !to->article || (slice->part && to->part != slice->part))
		return rn_share_online (share->site, address->url, address->fragment, out);
	put_place (slice->bundle, slice->part, to, out);
	if (address->fragment)
		g_string_append_printf (out, "--%s", address->fragment);
	return TRUE;
}

static gboolean picture_of_slice (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Slice *slice = user;
	const char *type = rn_share_picture (slice->sharer, address->url, PICTURES, slice->sharer->scratch);
	if (!type)
		return FALSE;
	g_autofree char *data = g_base64_encode ((const guchar *) slice->sharer->scratch->str, slice->sharer->scratch->len);
	g_string_append_printf (out, "data:%s;base64,%s", type, data);
	return TRUE;
}

static void put_slice (const Slice *slice, GString *out)
{
	g_autoptr (GString) anchor = g_string_new (NULL);
	rn_share_anchor (slice->item, anchor);
	g_autofree char *prefix = g_strconcat (anchor->str, "--", NULL);
	const RnCopyOptions options = { .link = link_of_slice, .picture = picture_of_slice, .user = (gpointer) slice, .prefix = prefix,
		.left_out = rn_share_string (slice->bundle->page, "share_left_out"), .deeper = slice->item->depth };
	g_string_append (out, "<div class=\"page\" id=\"");
	rn_text_escape (out, anchor->str, -1, TRUE);
	g_string_append (out, "\">\n");
	rn_copy (slice->sharer->share->library, slice->item->page, slice->item->article->str, slice->item->article->len, &options, out);
	g_string_append (out, "\n</div>\n");
}

/* What the layout wrote around the articles: its own addresses belong to the section's page. */
static void put_frame (const Slice *slice, const GString *html, GString *out)
{
	const RnCopyOptions options = { .link = link_of_slice, .picture = picture_of_slice, .user = (gpointer) slice, .prefix = "" };
	rn_copy (slice->sharer->share->library, slice->bundle->page, html->str, html->len, &options, out);
}

/* --- contents --------------------------------------------------------------------------------------------------------------- */

/* The titles of the pages in the file of PART; of one in several, seen from the first. */
static void put_titles (const Slice *slice, guint part, GString *out)
{
	g_string_append (out, "<ol>\n");
	for (guint i = 1; i < slice->bundle->items->len; i++) {
		const RnShareItem *item = slice->bundle->items->pdata[i];
		if (!item->article || item->part != part)
			continue;
		g_string_append (out, "<li><a href=\"");
		put_place (slice->bundle, slice->part, item, out);
		g_string_append (out, item->page->kind == RN_PAGE_SECTION ? "\"><b>" : "\">");
		rn_text_escape (out, item->page->title, -1, FALSE);
		g_string_append (out, item->page->kind == RN_PAGE_SECTION ? "</b></a></li>\n" : "</a></li>\n");
	}
	g_string_append (out, "</ol>\n");
}

static void begin_contents (const Slice *slice, GString *out)
{
	g_string_append (out, "<nav class=\"contents\">\n<h2>");
	rn_text_escape (out, rn_share_string (slice->bundle->page, "contents"), -1, FALSE);
	g_string_append (out, "</h2>\n");
}

/* A title of PART as a link to its file, with its size. */
static void put_part_title (const Slice *slice, guint part, guint count, guint64 bytes, GString *out)
{
	const RnPage *page = slice->bundle->page;
	g_autofree char *name = rn_share_section_name (slice->bundle, part);
	g_autoptr (GString) words = g_string_new (NULL);
	rn_share_part_words (page, part, count, words);
	g_string_append (words, " (");
	rn_share_size (page, bytes, words);
	g_string_append_c (words, ')');
	g_string_append (out, "<h3><a href=\"");
	rn_path_encode (out, name);
	g_string_append (out, "\">");
	rn_text_escape (out, words->str, -1, FALSE);
	g_string_append (out, "</a></h3>\n");
}

/* --- files ------------------------------------------------------------------------------------------------------------------ */

static gboolean put_file (const Slice *slice, GString *out, GError **error)
{
	const GString *css = slice->sharer->share->css;
	const char *place = strstr (out->str, "<style></style>");
	if (place)
		g_string_insert_len (out, place - out->str + (gssize) strlen ("<style>"), css->str, (gssize) css->len);
	rn_policy_put_alone (out);
	g_autofree char *name = rn_share_section_name (slice->bundle, slice->part);
	return rn_share_put (slice->sharer->share, name, slice->part ? "part" : "section", slice->bundle->page, out->str, out->len, error);
}

/* The pages of the slice's part. Returns how many bytes each page took in SIZES (NULL: nobody asks). */
static void put_pages (Slice *slice, GArray *sizes, GString *out)
{
	for (guint i = 1; i < slice->bundle->items->len; i++) {
		gsize before = out->len;
		slice->item = slice->bundle->items->pdata[i];
		if (slice->item->article && slice->item->part == slice->part)
			put_slice (slice, out);
		const gsize took = out->len - before;
		if (sizes)
			g_array_append_val (sizes, took);
	}
}

/* Shares the pages among as few files as hold them in their order. Returns how many. */
static guint divide (const RnBundle *bundle, const GArray *sizes)
{
	guint part = 1;
	gsize full = 0;
	for (guint i = 1; i < bundle->items->len; i++) {
		gsize size = g_array_index (sizes, gsize, i - 1);
		if (full && full + size > LARGEST) {
			part++;
			full = 0;
		}
		full += size;
		((RnShareItem *) bundle->items->pdata[i])->part = part;
	}
	return part;
}

static gboolean write_part (Slice *slice, guint count, guint64 *bytes, GError **error)
{
	const RnPage *page = slice->bundle->page;
	g_autoptr (GString) out = g_string_sized_new (LARGEST + (LARGEST >> 2)), words = g_string_new (NULL), title = g_string_new ("<title>");
	rn_share_part_words (page, slice->part, count, words);
	put_frame (slice, slice->bundle->head, out);
	rn_text_escape (title, words->str, -1, FALSE);
	g_string_append (title, ": ");
	g_string_replace (out, "<title>", title->str, 1);
	g_string_append (out, "<h1>");
	rn_text_escape (out, page->title, -1, FALSE);
	g_string_append (out, "</h1>\n<p class=\"lead\">");
	rn_text_escape (out, words->str, -1, FALSE);
	g_string_append (out, "</p>\n");
	begin_contents (slice, out);
	put_titles (slice, slice->part, out);
	g_string_append (out, "</nav>\n");
	put_pages (slice, NULL, out);
	put_frame (slice, slice->bundle->foot, out);
	gboolean fine = put_file (slice, out, error);
	*bytes = out->len;
	return fine;
}

static gboolean write_parts (Slice *slice, guint count, GError **error)
{
	g_autoptr (GString) out = g_string_sized_new (1 << 18), contents = g_string_new (NULL);
	for (guint part = 1; part <= count; part++) {
		guint64 bytes;
		slice->part = part;
		if (!write_part (slice, count, &bytes, error))
			return FALSE;
		slice->part = 0;
		put_part_title (slice, part, count, bytes, contents);
		put_titles (slice, part, contents);
	}
	slice->item = slice->bundle->items->pdata[0];
	put_frame (slice, slice->bundle->head, out);
	if (slice->item->article)
		put_slice (slice, out);
	begin_contents (slice, out);
	g_string_append (out, contents->str);
	g_string_append (out, "</nav>\n");
	put_frame (slice, slice->bundle->foot, out);
	return put_file (slice, out, error);
}

gboolean rn_share_section (RnSharer *sharer, RnBundle *bundle, GError **error)
{
	g_autoptr (GString) out = g_string_sized_new (1 << 18);
	g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
	Slice slice = { sharer, bundle, bundle->items->pdata[0], 0 };
	put_frame (&slice, bundle->head, out);
	if (slice.item->article)
		put_slice (&slice, out);
	begin_contents (&slice, out);
	put_titles (&slice, 0, out);
	g_string_append (out, "</nav>\n");
	put_pages (&slice, sizes, out);
	put_frame (&slice, bundle->foot, out);
	guint count = out->len > LARGEST ? divide (bundle, sizes) : 1;
	return count > 1 ? write_parts (&slice, count, error) : put_file (&slice, out, error);
}
