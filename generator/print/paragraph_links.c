/*
 * paragraph_links.c - links and references: what leads somewhere on a screen is given an address or a number on paper.
 *
 * Within the book: the number of the side. Out of it: the address as a note or in brackets, as the product says. A reader must never meet an underlined word that leads
 * nowhere, nor an address that the text has just said.
 */
#include "base/path.h"
#include "print/paragraph-int.h"
#include "print/set.h"

#include <string.h>

/* --- notes ---------------------------------------------------------------------------------------------------------------- */

/* A note that the page has called already, or a new one with the next number. What of the two makes it the same: SOURCE, or the address. */
static RnCalled *call (RnParagraph *paragraph, guint source, const char *shown)
{
	RnSetter *setter = paragraph->setter;
	if (!setter->note_number)
		setter->called = NULL;
	for (RnCalled *called = setter->called; called; called = called->next)
		if (called->source == source && (source || !g_strcmp0 (called->shown, shown)))
			return called;
	RnCalled *called = rn_arena_new0 (setter->book->arena, RnCalled);
	called->next = setter->called;
	called->number = ++setter->note_number;
	called->source = source;
	called->shown = shown;
	return setter->called = called;
}

/* Does the text so far end with a figure? */
static gboolean ends_with_figure (const RnParagraph *paragraph)
{
	const RnRun *last = paragraph->last;
	return last && last->kind == RN_RUN_TEXT && last->len && g_unichar_isdigit (g_utf8_get_char (g_utf8_prev_char (last->text + last->len)));
}

/* The raised number, and with it the note for its line. */
static void add_reference (RnParagraph *paragraph, RnCalled *called, RnTag *parent, guint flags)
{
	char number[16];
	RnTag *tag = paragraph->tag ? rn_tag_new (&paragraph->setter->book->tags, parent ? parent : paragraph->tag, RN_ROLE_REFERENCE) : NULL;
	g_snprintf (number, sizeof number, "%u", called->number);
	flags = (flags & (RN_TEXT_BOLD | RN_TEXT_ITALIC)) | RN_TEXT_RAISED;
	/* Two numbers in a row are not one. */
	if (paragraph->last && paragraph->last->kind == RN_RUN_NOTE)
		rn_paragraph_text (paragraph, ",", 1, flags, tag, NULL);
	/* "Article 20" with a note is not article 201, nor 20 to the power of 1. */
	else if (ends_with_figure (paragraph))
		rn_paragraph_text (paragraph, "\302\240", -1, flags, tag, NULL);
	rn_paragraph_text (paragraph, number, -1, flags, tag, NULL);
	rn_paragraph_add (paragraph, RN_RUN_NOTE)->called = called;
}

static const RnNode *footnote (const RnParagraph *paragraph, guint number)
{
	const RnNode *note = paragraph->footnotes;
	while (note && (note->type != RN_NODE_FOOTNOTE || note->number != number))
		note = note->next;
	return note;
}

void rn_paragraph_reference (RnParagraph *paragraph, const RnNode *reference, guint flags)
{
	RnCalled *called = call (paragraph, reference->number, NULL);
	if (!called->note)
		called->note = footnote (paragraph, reference->number);
	add_reference (paragraph, called, NULL, flags);
}

/* --- what an address looks like on paper ---------------------------------------------------------------------------------- */

static gsize digits_of (const char *text, char *digits, gsize room)
{
	gsize n = 0;
	for (; *text && n < room - 1; text++)
		if (g_ascii_isdigit (*text))
			digits[n++] = *text;
	digits[n] = 0;
	return n;
}

/* Says TEXT the number that ADDRESS has? Its first digits may be written in another way: 8 for +7, or not at all. */
static gboolean says_number (const char *text, const char *address)
{
	char said[256], number[64];
	gsize n_said = digits_of (text, said, sizeof said), n = digits_of (address, number, sizeof number);
	if (!n || strstr (said, number))
		return TRUE;
	return n_said >= 3 && (g_str_has_suffix (number, said) || (n > 9 && strstr (said, number + n - 9)));
}

/* Is ADDRESS, as it is SHOWN, what TEXT says? */
static gboolean says_address (const char *text, const char *shown)
{
	const char *bare = strstr (text, "://");
	bare = bare ? bare + 3 : text;
	if (g_str_has_prefix (shown, "www."))
		shown += 4;
	if (g_str_has_prefix (bare, "www."))
		bare += 4;
	gsize len = strlen (shown);
	return !g_ascii_strncasecmp (bare, shown, len) && (!bare[len] || !strcmp (bare + len, "/"));
}

/* --- links ---------------------------------------------------------------------------------------------------------------- */

/* The text of a link, as it is read. */
static const char *words_of (RnArena *arena, const RnNode *link)
{
	g_autoptr (GString) words = g_string_new (NULL);
	for (const RnNode *child = link->first; child; child = child->next)
		rn_node_text (child, words);
	return rn_arena_strndup (arena, words->str, (gssize) words->len);
}

static void put (RnParagraph *paragraph, const char *text, const RnInline *look)
{
	rn_paragraph_text (paragraph, text, -1, look->flags, look->tag, look->target);
}

/* " (p. 14)": where in the book it leads. */
static void add_side (RnParagraph *paragraph, const char *anchor, const RnInline *look)
{
	RnSetter *setter = paragraph->setter;
	if (!setter->product->page_references)
		return;
	const char *see = rn_setter_string (setter, "print_see", 0), *n = strstr (see, "{n}");
	put (paragraph, " (", look);
	rn_paragraph_text (paragraph, see, n ? n - see : -1, look->flags, look->tag, look->target);
	rn_paragraph_page_number (paragraph, anchor, FALSE, look->tag, look->target);
	paragraph->last->flags = (guint16) look->flags;
	if (n)
		put (paragraph, n + 3, look);
	put (paragraph, ")", look);
}

/* What stands for an address that the book does not hold: a note, brackets, or nothing. WORDS: the link's own. */
static void add_address (RnParagraph *paragraph, const char *words, const char *address, const RnInline *look)
{
	RnSetter *setter = paragraph->setter;
	gboolean number = g_str_has_prefix (address, "tel:") || g_str_has_prefix (address, "sms:"), mail = g_str_has_prefix (address, "mailto:");
	const char *shown = number ? address + 4 : rn_web_shown (setter->book->arena, address);
	if (mail)
		shown = rn_arena_strndup (setter->book->arena, shown, (gssize) strcspn (shown, "?"));
	if (number ? says_number (words, shown) : mail ? strstr (words, shown) != NULL : says_address (words, shown))
		return;
	if (g_str_has_prefix (address, "geo:") || (setter->product->links == RN_LINKS_NONE && !number && !mail))
		return;
	if (setter->product->links == RN_LINKS_FOOTNOTE && !number && !mail) {
		RnCalled *called = call (paragraph, 0, shown);
		called->target = look->target;
		add_reference (paragraph, called, look->tag, look->flags);
		return;
	}
	put (paragraph, " (", look);
	put (paragraph, shown, look);
	put (paragraph, ")", look);
}

/* The place in the book that LINK leads to, by its anchor; NULL: it is not in the book. ITSELF: that is the very page. */
static const char *place_in_book (const RnParagraph *paragraph, const RnNode *link, gboolean *itself)
{
	const RnSetter *setter = paragraph->setter;
	RnArena *arena = setter->book->arena;
	const char *fragment = link->text ? strchr (link->text, '#') : NULL;
	const RnPage *page = link->page ? link->page : fragment == link->text ? setter->page : NULL;
	g_autofree char *anchor = fragment && fragment[1] ? g_uri_unescape_string (fragment + 1, NULL) : NULL;
	*itself = page == setter->page && !anchor;
	if (!page || !setter->in_book || !g_hash_table_contains (setter->in_book, page))
		return NULL;
	return rn_anchor_name (arena, page, anchor);
}

/* The whole address of what LINK leads to out of the book; NULL: it has none. */
static const char *address_of (const RnParagraph *paragraph, const RnNode *link)
{
	const RnSetter *setter = paragraph->setter;
	RnArena *arena = setter->book->arena;
	if (link->flags & RN_NODE_F_EXTERNAL)
		return rn_arena_strndup (arena, link->text, (gssize) link->len);
	if (*link->text != '/' || !setter->product->address)
		return NULL;
	gsize path = strcspn (link->text, "#");
	g_autofree char *bare = g_strndup (link->text, path);
	g_autoptr (GString) address = g_string_new (setter->product->address);
	rn_path_encode (address, bare);
	g_string_append (address, link->text + path);
	return rn_arena_strndup (arena, address->str, (gssize) address->len);
}

void rn_paragraph_link (RnParagraph *paragraph, const RnNode *link, guint flags)
{
	RnSetter *setter = paragraph->setter;
	RnArena *arena = setter->book->arena;
	gboolean itself;
	const char *anchor = place_in_book (paragraph, link, &itself), *address = anchor ? NULL : address_of (paragraph, link);
	RnInline look = { .flags = flags };
	if (!anchor && !address) {
		rn_paragraph_inlines (paragraph, link->first, &look);
		return;
	}
	const char *words = words_of (arena, link);
	RnTarget *target = rn_arena_new0 (arena, RnTarget);
	target->anchor = anchor;
	target->uri = address;
	look.target = target;
	if (paragraph->tag) {
		look.tag = rn_tag_new (&setter->book->tags, paragraph->tag, RN_ROLE_LINK);
		look.tag->alt = *words ? words : address;
	}
	rn_paragraph_inlines (paragraph, link->first, &look);
	if (anchor && !itself)
		add_side (paragraph, anchor, &look);
	else if (address)
		add_address (paragraph, words, address, &look);
}
