/* links.c - addresses of links and pictures, resolved in the library; what they lead to is noted in the document. */
#include "markdown/convert-int.h"

#include <string.h>

#include "base/path.h"
#include "model/parts.h"

static void note_anchor (RnMarkdown *md, const RnNode *link, const RnPage *page, const char *fragment, const char *address)
{
	RnOutLink out = { page, rn_convert_copy (md, fragment, strlen (fragment)), address, link->line, link->col };
	g_array_append_val (md->links, out);
}

static void note_file (RnMarkdown *md, guint index)
{
	for (guint i = 0; i < md->media->len; i++)
		if (g_array_index (md->media, guint, i) == index)
			return;
	g_array_append_val (md->media, index);
}

static const char *with_fragment (RnMarkdown *md, const char *url, const char *fragment)
{
	g_autoptr (GString) out = g_string_new (url);
	if (fragment && *fragment) {
		g_string_append_c (out, '#');
		rn_path_encode (out, fragment);
	}
	return rn_convert_copy (md, out->str, out->len);
}

static void gone (RnNode *link)
{
	link->flags |= RN_NODE_F_GONE;
	link->text = "";
	link->len = 0;
}

/* Fills LINK in and tells what is wrong with ADDRESS. */
static RnLinkKind resolve (RnMarkdown *md, RnNode *link, const char *address, gboolean picture)
{
	RnPlace where = rn_convert_place (md, link->line, link->col);
	RnLink found = rn_link_resolve (md->library, md->page, address, md->arena);
	switch (found.kind) {
	case RN_LINK_EXTERNAL:
		link->flags |= RN_NODE_F_EXTERNAL;
		link->text = found.url ? found.url : address;
		break;
	case RN_LINK_PAGE:
		/* What is known of a text in pieces, its places too, is known of its own page. */
		link->page = rn_page_of_text (found.page);
		link->text = with_fragment (md, found.page == md->page && found.fragment && *address == '#' ? "" : rn_page_with (found.page, found.fragment)->url, found.fragment);
		if (found.fragment && *found.fragment)
			note_anchor (md, link, link->page, found.fragment, address);
		break;
	case RN_LINK_FILE:
		link->text = found.url;
		note_file (md, found.tree_index);
		break;
	case RN_LINK_ADDED:
		link->text = found.url;
		break;
	case RN_LINK_REFUSED:
		rn_diagnose (md->sink, RN_D_LINK_UNSAFE, where, address);
		gone (link);
		break;
	case RN_LINK_MISSING:
		rn_diagnose (md->sink, picture ? RN_D_LINK_FILE : RN_D_LINK_MISSING, where, address, found.nearest ? found.nearest : "");
		gone (link);
		break;
	case RN_LINK_HIDDEN:
		rn_diagnose (md->sink, RN_D_LINK_HIDDEN, where, address, found.why ? found.why : "");
		gone (link);
		break;
	}
	link->len = (guint32) strlen (link->text);
	return found.kind;
}

static void tell_address (const RnMarkdown *md, const char *address, guint32 line, guint32 col)
{
	if (md->options.address)
		md->options.address (md->options.address_user, address, line, col);
}

/* What a plugin's scheme stands for, or ADDRESS as it is; NULL: it leads nowhere, which is told. WORDS: for a link without any, or NULL. */
static const char *follow_scheme (RnMarkdown *md, const RnNode *link, const char *address, const char **words)
{
	*words = NULL;
	tell_address (md, address, link->line, link->col);
	if (!md->options.scheme)
		return address;
	g_autoptr (GString) target = g_string_new (NULL), title = g_string_new (NULL);
	const RnSchemeLink call = { address, link->line, link->col, md->page };
	switch (md->options.scheme (md->options.scheme_user, &call, target, title)) {
	case RN_SCHEME_UNKNOWN:
		return address;
	case RN_SCHEME_FOUND:
		if (title->len)
			*words = rn_convert_copy (md, title->str, title->len);
		return rn_convert_copy (md, target->str, target->len);
	case RN_SCHEME_DEAD:
		rn_diagnose (md->sink, RN_D_LINK_MISSING, rn_convert_place (md, link->line, link->col), address, "");
		return NULL;
	case RN_SCHEME_FAILED:
		return NULL;
	}
	return NULL;
}

const char *rn_link_make (RnMarkdown *md, RnNode *link, const char *address, gsize len)
{
	const char *words;
	address = follow_scheme (md, link, rn_convert_copy (md, address, len), &words);
	if (!address) {
		gone (link);
		return NULL;
	}
	len = strlen (address);
	if (md->library && md->page) {
		resolve (md, link, address, FALSE);
		return words;
	}
	/* Without a library nothing can be looked up; what is unsafe still does not pass. */
	if (!rn_link_scheme_allowed (address)) {
		rn_diagnose (md->sink, RN_D_LINK_UNSAFE, rn_convert_place (md, link->line, link->col), address);
		gone (link);
		return NULL;
	}
	link->text = address;
	link->len = (guint32) len;
	link->flags |= RN_NODE_F_EXTERNAL;
	return words;
}

void rn_image_make (RnMarkdown *md, RnNode *image, const char *address, gsize len)
{
	address = rn_convert_copy (md, address, len);
	tell_address (md, address, image->line, image->col);
	g_string_truncate (md->words, 0);
	rn_node_text (image, md->words);
	if (!md->words->len)
		rn_diagnose (md->sink, RN_D_IMAGE_ALT, rn_convert_place (md, image->line, image->col), address);
	if (!md->library || !md->page)
		return;
	RnLinkKind kind = resolve (md, image, address, TRUE);
	if (kind == RN_LINK_PAGE || kind == RN_LINK_ADDED || kind == RN_LINK_EXTERNAL) {
		/* No page of ours loads anything from elsewhere: the picture is offered by a link. */
		rn_diagnose (md->sink, kind == RN_LINK_EXTERNAL ? RN_D_IMAGE_ELSEWHERE : RN_D_LINK_FILE,
		             rn_convert_place (md, image->line, image->col), address, "");
		image->type = RN_NODE_LINK;
		if (!image->first) {
			RnNode **words = &image->first, *text = rn_convert_add (md, &words, RN_NODE_TEXT);
			text->text = address;
			text->len = (guint32) len;
		}
	}
}

/* An address in raw HTML: as above, and at once relative to the page, because HTML goes out as it is. */
char *rn_link_in_html (gpointer user, const char *address, gboolean picture)
{
	RnMarkdown *md = user;
	RnNode link = { .type = RN_NODE_LINK, .line = md->html_line, .col = md->html_col };
	if (!md->library || !md->page)
		return rn_link_scheme_allowed (address) && !picture ? g_strdup (address) : NULL;
	const char *words;
	address = follow_scheme (md, &link, address, &words);
	if (!address)
		return NULL;
	RnLink found = rn_link_resolve (md->library, md->page, address, md->arena);
	GString *out = g_string_new (NULL);
	switch (found.kind) {
	case RN_LINK_EXTERNAL:
		if (picture)
			break;
		return g_string_append (out, address), g_string_free (out, FALSE);
	case RN_LINK_PAGE:
		if (picture)
			break;
		if (found.fragment && *found.fragment)
			note_anchor (md, &link, rn_page_of_text (found.page), found.fragment, rn_convert_copy (md, address, strlen (address)));
		if (*address == '#')
			g_string_append (out, address);
		else
			rn_path_relative (out, md->page->url, with_fragment (md, rn_page_with (found.page, found.fragment)->url, found.fragment), rn_library_site (md->library)->explicit_index);
		return g_string_free (out, FALSE);
	case RN_LINK_FILE:
		note_file (md, found.tree_index);
		/* fall through */
	case RN_LINK_ADDED:
		rn_path_relative (out, md->page->url, found.url, FALSE);
		return g_string_free (out, FALSE);
	default:
		break;
	}
	g_string_free (out, TRUE);
	return NULL;
}
