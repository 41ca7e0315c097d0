/* shows.c - the few things that a card or a poster shows, each a small function known by its name in the product's YAML. */
#include "print/fit-int.h"

#include <string.h>

typedef struct {
	RnComposer *composer;
	RnBlocks *blocks;
	const RnPage *page;       /* NULL: the site's */
	const char *prefix;
} Shows;

static const RnTextStyle *style_of (const Shows *shows, RnStyleId id)
{
	return &shows->composer->setter.styles.text[id];
}

/* The text PREFIX.NAME of the product in the language that is being set; NULL. */
static const char *own_text (const Shows *shows, const char *name)
{
	const RnSetter *setter = &shows->composer->setter;
	g_autofree char *path = g_strconcat (shows->prefix, ".", name, NULL);
	return rn_site_text (setter->site, rn_product_get (setter->product, path), setter->language);
}

static void line (const Shows *shows, RnStyleId id, RnRole role, const char *text)
{
	RnSetter *setter = &shows->composer->setter;
	if (!text || !*text)
		return;
	RnTag *tag = rn_tag_new (&setter->book->tags, shows->blocks->parent, role);
	RnParagraph *paragraph = rn_paragraph_new (setter, style_of (shows, id), tag);
	rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, shows->blocks->galley, shows->blocks->x, shows->blocks->measure);
}

static void show_title (const Shows *shows)
{
	const RnSetter *setter = &shows->composer->setter;
	const char *own = own_text (shows, "title");
	if (!own)
		own = shows->page ? shows->page->title : rn_site_text (setter->site, setter->site->title, setter->language);
	line (shows, RN_STYLE_COVER_TITLE, RN_ROLE_H1, own);
}

static void show_subtitle (const Shows *shows)
{
	line (shows, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, own_text (shows, "subtitle"));
}

static void show_text (const Shows *shows)
{
	line (shows, RN_STYLE_BODY, RN_ROLE_P, own_text (shows, "text"));
}

static void show_description (const Shows *shows)
{
	line (shows, RN_STYLE_LEAD, RN_ROLE_P, shows->page ? shows->page->description : NULL);
}

static void show_publisher (const Shows *shows)
{
	const RnSetter *setter = &shows->composer->setter;
	line (shows, RN_STYLE_IMPRINT, RN_ROLE_P, rn_site_text (setter->site, rn_product_get (setter->product, "publisher"), setter->language));
}

static void show_hotlines (const Shows *shows)
{
	rn_set_hotlines (shows->composer, shows->blocks);
}

static void show_contacts (const Shows *shows)
{
	RnSetter *setter = &shows->composer->setter;
	GPtrArray *pages = rn_product_pages (setter->product, setter->library, setter->language, setter->sink);
	rn_set_contacts (shows->composer, shows->blocks, pages);
	g_ptr_array_unref (pages);
}

static void show_facts (const Shows *shows)
{
	g_autofree char *path = g_strconcat (shows->prefix, ".fields", NULL);
	if (!shows->page)
		return;
	shows->blocks->fields = rn_product_get (shows->composer->setter.product, path);
	rn_set_facts (shows->blocks, shows->page);
	shows->blocks->fields = NULL;
}

static void show_body (const Shows *shows)
{
	if (shows->page)
		rn_set_document (shows->blocks, shows->composer->parse (shows->composer->parse_user, shows->page));
}

static void show_address (const Shows *shows)
{
	const RnSetter *setter = &shows->composer->setter;
	const char *address = rn_web_address (shows->composer, shows->page ? shows->page : rn_library_home (setter->library, setter->language));
	const char *bare = address ? strstr (address, "://") : NULL;
	line (shows, RN_STYLE_COVER_NOTE, RN_ROLE_P, bare ? bare + 3 : address);
}

/* As wide as a third of the measure, between what a phone still reads and what a card has room for. */
void rn_set_qr (RnComposer *composer, RnBlocks *blocks, const RnPage *page)
{
	RnSetter *setter = &composer->setter;
	const char *address = rn_web_address (composer, page ? page : rn_library_home (setter->library, setter->language));
	if (!address)
		return;
	RnLength size = CLAMP (blocks->measure / 3, RN_MM (15), RN_MM (60));
	GArray *marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	const char *alt = rn_arena_printf (setter->book->arena, "QR: %s", address);
	if (rn_qr_marks (setter->book->arena, &setter->book->tags, blocks->parent, address, alt, blocks->x, 0, size, marks)) {
		RnPiece *piece = rn_galley_add (blocks->galley, size);
		piece->space = setter->styles.text[RN_STYLE_BODY].leading / 2;
		rn_piece_add_marks (setter->book->arena, piece, (const RnMark *) (gpointer) marks->data, marks->len, FALSE);
	}
	g_array_unref (marks);
}

static void show_qr (const Shows *shows)
{
	rn_set_qr (shows->composer, shows->blocks, shows->page);
}

static const struct { const char *name; void (*show) (const Shows *shows); } KINDS[] = {
	{ "title", show_title }, { "subtitle", show_subtitle }, { "hotlines", show_hotlines }, { "contacts", show_contacts }, { "text", show_text },
	{ "description", show_description }, { "facts", show_facts }, { "body", show_body }, { "qr", show_qr }, { "address", show_address },
	{ "publisher", show_publisher },
};

void rn_set_shows (RnComposer *composer, RnBlocks *blocks, const RnValue *list, const char *prefix, const RnPage *page)
{
	const Shows shows = { composer, blocks, page, prefix };
	const RnProduct *product = composer->setter.product;
	composer->setter.page = page;
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const char *name = rn_value_string (list->items[i]);
		guint k = 0;
		while (k < G_N_ELEMENTS (KINDS) && g_strcmp0 (name, KINDS[k].name))
			k++;
		if (k < G_N_ELEMENTS (KINDS)) {
			KINDS[k].show (&shows);
			continue;
		}
		g_autofree char *why = g_strdup_printf ("%s cannot show '%s'", prefix, name ? name : "?");
		rn_diagnose (composer->setter.sink, RN_D_PRODUCT_BROKEN, RN_PLACE (product->file, list->items[i]->line, list->items[i]->col), product->name, why);
	}
}
