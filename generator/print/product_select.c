/* product_select.c - select: -> the pages of a product, in the order of the site's sections or in that of its own list. */
#include "base/text.h"
#include "print/product-int.h"

#include <string.h>

typedef struct {
	const RnLibrary *library;
	const RnSite *site;
	const RnValue *sections, *types, *tags, *audience, *pages, *exclude;
	guint32 audiences;       /* bits of `audience` */
	GPtrArray *found;
	GHashTable *known;       /* those in found */
} Selection;

static Selection selection_of (const RnProduct *product, const RnLibrary *library)
{
	Selection self = { .library = library, .site = rn_library_site (library), .sections = rn_product_get (product, "select.sections"),
		.types = rn_product_get (product, "select.types"), .tags = rn_product_get (product, "select.tags"), .audience = rn_product_get (product, "select.audience"),
		.pages = rn_product_get (product, "select.pages"), .exclude = rn_product_get (product, "select.exclude") };
	for (guint i = 0; self.audience && i < self.audience->n; i++)
		for (guint k = 0; k < self.site->n_audiences; k++)
			if (!strcmp (self.site->audiences[k].key, self.audience->items[i]->string))
				self.audiences |= 1u << k;
	return self;
}

/* --- one page ----------------------------------------------------------------------------------------------------------------- */

static gboolean holds (const RnValue *list, const char *name)
{
	for (guint i = 0; list && i < list->n; i++)
		if (!strcmp (list->items[i]->string, name))
			return TRUE;
	return FALSE;
}

/* Is KEY one of the LIST, or in a section that is? */
static gboolean lies_in (const RnValue *list, const char *key)
{
	for (guint i = 0; list && i < list->n; i++) {
		const char *name = list->items[i]->string;
		gsize len = strlen (name);
		while (len && name[len - 1] == '/')
			len--;
		if (len && !strncmp (key, name, len) && (!key[len] || key[len] == '/'))
			return TRUE;
	}
	return FALSE;
}

/* Tags are words of a language: a page has one if any of its translations has. */
static gboolean has_tag (const Selection *self, const RnPage *page)
{
	for (guint i = 0; i < self->site->n_languages; i++) {
		const RnPage *twin = page->twins ? page->twins[i] : page;
		for (guint k = 0; twin && k < twin->tags.n; k++)
			if (holds (self->tags, twin->tags.items[k]->title))
				return TRUE;
	}
	return FALSE;
}

static gboolean matches (const Selection *self, const RnPage *page)
{
	return (!self->sections || lies_in (self->sections, page->key)) && (!self->types || holds (self->types, page->type->name)) &&
		(!self->audience || (page->audience & self->audiences)) && (!self->pages || lies_in (self->pages, page->key)) &&
		!lies_in (self->exclude, page->key) && (!self->tags || has_tag (self, page));
}

/* --- all of them -------------------------------------------------------------------------------------------------------------- */

/* Once, wherever it is named first. */
static void add (Selection *self, const RnPage *page)
{
	if (page && page->kind == RN_PAGE_CONTENT && matches (self, page) && g_hash_table_add (self->known, (gpointer) page))
		g_ptr_array_add (self->found, (gpointer) page);
}

/* The pages of SECTION as its list has them: those of its own, then those of the sections in it. */
static void walk (Selection *self, const RnPage *section)
{
	for (guint i = 0; i < MAX (section->slices, 1); i++) {
		const RnPages *list = section->slices > 1 ? &section->slice_pages[i]->pages : &section->pages;
		for (guint k = 0; k < list->n; k++)
			add (self, list->items[k]);
	}
	for (guint i = 0; i < section->sections.n; i++)
		walk (self, section->sections.items[i]);
}

GPtrArray *rn_product_pages (const RnProduct *product, const RnLibrary *library, const RnLanguage *language, RnDiagnostics *sink)
{
	Selection self = selection_of (product, library);
	const RnPage *home = rn_library_home (library, language);
	g_autoptr (GHashTable) known = self.known = g_hash_table_new (NULL, NULL);
	self.found = g_ptr_array_new ();
	if (product->only) {
		g_ptr_array_add (self.found, (gpointer) product->only);
	} else if (self.pages) {
		for (guint i = 0; i < self.pages->n; i++) {
			RnPage *page = rn_library_page (library, language, self.pages->items[i]->string);
			if (page && page->kind == RN_PAGE_SECTION)
				walk (&self, page);
			else
				add (&self, page);
		}
	} else if (home) {
		walk (&self, home);
	}
	if (!self.found->len)
		rn_diagnose (sink, RN_D_PRODUCT_EMPTY, product->where, product->name, language->code);
	return self.found;
}

/* --- is all that it names there? -------------------------------------------------------------------------------------- */

static gboolean page_exists (const RnLibrary *library, const char *key)
{
	const RnSite *site = rn_library_site (library);
	for (guint i = 0; i < site->n_languages; i++)
		if (rn_library_page (library, site->languages[i], key) || rn_library_hidden (library, site->languages[i], key))
			return TRUE;
	return FALSE;
}

static void check_keys (RnProductDraft *draft, const char *path, const char *what)
{
	const RnLibrary *library = draft->products->library;
	const RnValue *list = rn_product_get (&draft->product, path);
	for (guint i = 0; list && i < list->n; i++) {
		g_autofree char *key = g_strdup (list->items[i]->string);
		while (g_str_has_suffix (key, "/"))
			key[strlen (key) - 1] = 0;
		if (page_exists (library, key))
			continue;
		const char *nearest = rn_library_nearest (library, draft->products->site->languages[0], key);
		rn_product_break (draft, path, list->items[i], nearest ? "'%s': there is no %s '%s'; did you mean '%s'?" : "'%s': there is no %s '%s'", path, what, key, nearest);
	}
}

static void check_names (RnProductDraft *draft, const char *path, const char *what, GPtrArray *names)
{
	const RnValue *list = rn_product_get (&draft->product, path);
	g_ptr_array_add (names, NULL);
	for (guint i = 0; list && i < list->n; i++) {
		const char *name = list->items[i]->string;
		if (g_strv_contains ((const char *const *) names->pdata, name))
			continue;
		const char *nearest = rn_text_nearest (name, (const char *const *) names->pdata);
		rn_product_break (draft, path, list->items[i], nearest ? "'%s': there is no %s '%s'; did you mean '%s'?" : "'%s': there is no %s '%s'", path, what, name, nearest);
	}
}

void rn_product_check_select (RnProductDraft *draft)
{
	const RnSite *site = draft->products->site;
	g_autoptr (GPtrArray) types = g_ptr_array_new (), audiences = g_ptr_array_new ();
	guint n;
	const RnType *const *all = rn_library_types (draft->products->library, &n);
	for (guint i = 0; i < n; i++)
		g_ptr_array_add (types, (gpointer) all[i]->name);
	for (guint i = 0; i < site->n_audiences; i++)
		g_ptr_array_add (audiences, (gpointer) site->audiences[i].key);
	check_keys (draft, "select.sections", "section");
	check_keys (draft, "select.pages", "page");
	check_keys (draft, "select.exclude", "page or section");
	check_names (draft, "select.types", "type", types);
	check_names (draft, "select.audience", "audience", audiences);
}
