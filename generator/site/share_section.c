/* share_section.c - a section as one file: what its layout wrote, a list of contents, then the pages one below another; links between them are anchors. */
#include "site/share-int.h"
#include "base/path.h"
#include "base/text.h"

#include <string.h>

#define PICTURES ((gsize) 32 << 10)   /* of one picture: a section has many */

typedef struct { RnSharer *sharer; const RnBundle *bundle; const RnShareItem *item; } Slice;

void rn_share_anchor (const RnShareItem *item, GString *out)
{
	gsize begin = out->len;
	g_string_append (out, item->name ? item->name : item->page->key);
	for (gsize i = begin; i < out->len; i++)
		if (out->str[i] == '/')
			out->str[i] = '-';
}

static gboolean link_of_slice (gpointer user, const RnCopyAddress *address, GString *out)
{
	const Slice *slice = user;
	RnShare *share = slice->sharer->share;
	const RnShareItem *to = rn_share_item (share, address);
	if (!to || to->bundle != slice->bundle || !to->article)
		return rn_share_online (share->site, address->url, address->fragment, out);
	g_autoptr (GString) anchor = g_string_new (NULL);
	rn_share_anchor (to, anchor);
	g_string_append_c (out, '#');
	rn_path_encode (out, anchor->str);
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
		.left_out = rn_share_string (slice->bundle->page, "share_left_out") };
	g_string_append (out, "<section id=\"");
	rn_text_escape (out, anchor->str, -1, TRUE);
	g_string_append (out, "\">\n");
	rn_copy (slice->sharer->share->library, slice->item->page, slice->item->article->str, slice->item->article->len, &options, out);
	g_string_append (out, "\n</section>\n");
}

/* The pages by their titles; those of a section within this one under it. */
static void put_contents (const RnBundle *bundle, GString *out)
{
	g_string_append (out, "<nav class=\"contents\">\n<h2>");
	rn_text_escape (out, rn_share_string (bundle->page, "contents"), -1, FALSE);
	g_string_append (out, "</h2>\n<ol>\n");
	for (guint i = 1; i < bundle->items->len; i++) {
		const RnShareItem *item = bundle->items->pdata[i];
		g_autoptr (GString) anchor = g_string_new (NULL);
		if (!item->article)
			continue;
		rn_share_anchor (item, anchor);
		g_string_append (out, "<li><a href=\"#");
		rn_path_encode (out, anchor->str);
		g_string_append (out, item->page->kind == RN_PAGE_SECTION ? "\"><b>" : "\">");
		rn_text_escape (out, item->page->title, -1, FALSE);
		g_string_append (out, item->page->kind == RN_PAGE_SECTION ? "</b></a></li>\n" : "</a></li>\n");
	}
	g_string_append (out, "</ol>\n</nav>\n");
}

/* What the layout wrote around the articles: its own addresses belong to the section's page. */
static void put_frame (const Slice *slice, const GString *html, GString *out)
{
	const RnCopyOptions options = { .link = link_of_slice, .picture = picture_of_slice, .user = (gpointer) slice, .prefix = "" };
	rn_copy (slice->sharer->share->library, slice->bundle->page, html->str, html->len, &options, out);
}

gboolean rn_share_section (RnSharer *sharer, RnBundle *bundle, GError **error)
{
	g_autoptr (GString) out = g_string_sized_new (1 << 18);
	Slice slice = { sharer, bundle, bundle->items->pdata[0] };
	put_frame (&slice, bundle->head, out);
	for (guint i = 0; i < bundle->items->len; i++) {
		slice.item = bundle->items->pdata[i];
		if (slice.item->article)
			put_slice (&slice, out);
		if (!i)
			put_contents (bundle, out);
	}
	put_frame (&slice, bundle->foot, out);
	const char *place = strstr (out->str, "<style></style>");
	if (place)
		g_string_insert_len (out, place - out->str + (gssize) strlen ("<style>"), sharer->share->css->str, (gssize) sharer->share->css->len);
	g_autofree char *name = g_strdup_printf ("%s.%s.html", bundle->name, bundle->page->language->code);
	return rn_share_put (sharer->share, name, "section", bundle->page, out->str, out->len, error);
}
