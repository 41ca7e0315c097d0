/* shows.c - the few things that a card or a poster shows, each a small function known by its name in the product's YAML. */
#include "print/cover-int.h"
#include "print/fit-int.h"
#include "print/words.h"

typedef struct {
	RnComposer *composer;
	RnBlocks *blocks;
	const RnPage *page;       /* NULL: the site's */
	const char *prefix;
	RnTint ink;               /* of titles */
} Shows;

static const RnTextStyle *style_of (const Shows *shows, RnStyleId id)
{
	return &shows->composer->setter.styles.text[id];
}

/* The text PREFIX.NAME of the product in the language that is being set; NULL. */
static const char *own_text (const Shows *shows, const char *name)
{
	g_autofree char *path = g_strconcat (shows->prefix, ".", name, NULL);
	return rn_product_text (&shows->composer->setter, path);
}

static void line (const Shows *shows, RnStyleId id, RnRole role, const char *text)
{
	rn_set_text (shows->blocks, style_of (shows, id), role, text);
}

static void show_title (const Shows *shows)
{
	const RnSetter *setter = &shows->composer->setter;
	const char *own = own_text (shows, "title");
	if (!own)
		own = shows->page ? shows->page->title : rn_site_text (setter->site, setter->site->title, setter->language);
	rn_cover_text (shows->blocks, RN_STYLE_COVER_TITLE, RN_ROLE_H1, shows->ink, own, NULL);
}

static void show_subtitle (const Shows *shows)
{
	rn_cover_text (shows->blocks, RN_STYLE_COVER_SUBTITLE, RN_ROLE_P, shows->ink, own_text (shows, "subtitle"), NULL);
}

static void show_text (const Shows *shows)
{
	line (shows, RN_STYLE_BODY, RN_ROLE_P, own_text (shows, "text"));
}

static void show_description (const Shows *shows)
{
	const RnTextStyle style = rn_cover_style (style_of (shows, RN_STYLE_LEAD), 100, shows->ink);
	rn_set_text (shows->blocks, &style, RN_ROLE_P, shows->page ? shows->page->description : NULL);
}

static void show_publisher (const Shows *shows)
{
	line (shows, RN_STYLE_IMPRINT, RN_ROLE_P, rn_publisher (&shows->composer->setter));
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

static const char *web_address (const Shows *shows)
{
	const RnSetter *setter = &shows->composer->setter;
	return rn_web_address (shows->composer, shows->page ? shows->page : rn_library_home (setter->library, setter->language));
}

static void show_address (const Shows *shows)
{
	const char *address = web_address (shows);
	if (address)
		line (shows, RN_STYLE_COVER_NOTE, RN_ROLE_P, rn_web_shown (shows->composer->setter.book->arena, address));
}

static void show_qr (const Shows *shows)
{
	RnSetter *setter = &shows->composer->setter;
	const char *address = web_address (shows);
	if (address)
		rn_set_qr (shows->composer, shows->blocks, address, rn_setter_fill (setter, rn_setter_string (setter, "print_qr", 1), "address", rn_web_shown (setter->book->arena, address)));
}

static const struct { const char *name; void (*show) (const Shows *shows); } KINDS[] = {
	{ "title", show_title }, { "subtitle", show_subtitle }, { "hotlines", show_hotlines }, { "contacts", show_contacts }, { "text", show_text },
	{ "description", show_description }, { "facts", show_facts }, { "body", show_body }, { "qr", show_qr }, { "address", show_address },
	{ "publisher", show_publisher },
};

void rn_set_shows (RnComposer *composer, RnBlocks *blocks, const RnValue *const *list, guint n, const char *prefix, const RnPage *page, RnTint ink)
{
	const Shows shows = { composer, blocks, page, prefix, ink };
	composer->setter.page = page;
	for (guint i = 0; i < n; i++)
		for (guint k = 0; k < G_N_ELEMENTS (KINDS); k++)
			if (!g_strcmp0 (rn_value_string (list[i]), KINDS[k].name))
				KINDS[k].show (&shows);
}
