/* offline.c - site.yaml's offline, the page of it, the worker's script at the root of the site. */
#include "site/offline.h"
#include "site/packs.h"
#include "site/squeeze.h"

#define KEY "offline"
#define WORKER "layouts/sw.js"

static gboolean wanted (const RnSite *site)
{
	const RnValue *value = rn_value_get (site->config, KEY);
	return value && rn_value_bool (value, value->kind != RN_NULL);
}

void rn_offline_add_pages (RnLibrary *library)
{
	const RnSite *site = rn_library_site (library);
	for (guint i = 0; wanted (site) && i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		const RnCustomPage page = { .key = KEY, .language = language->code, .layout = KEY, .title = rn_language_string (language, "offline_title", 0),
			.description = rn_language_string (language, "offline_lead", 0), .where = RN_PLACE (site->config_file, 1, 1), .online = TRUE };
		rn_library_add (library, &page);
	}
}

/* A worker rules over the folder that its script lies in, so it lies at the root under a name that never changes. */
static gboolean put_worker (const RnSite *site, RnAtomicTree *out, RnDiagnostics *sink, GError **error)
{
	g_autoptr (GString) text = g_string_new (NULL);
	if (!rn_site_read (site, WORKER, text, error))
		return FALSE;
	GString *squeezed = rn_squeeze (text->str, text->len, WORKER, sink);
	const GString *bytes = squeezed ? squeezed : text;
	gboolean fine = rn_atomic_tree_put (out, "site/sw.js", bytes->str, bytes->len, error);
	if (squeezed)
		g_string_free (squeezed, TRUE);
	return fine;
}

gboolean rn_offline_put (RnFiles *files, const RnLibrary *library, const char *commit, guint jobs, RnAtomicTree *out, RnDiagnostics *sink, GError **error)
{
	if (!wanted (rn_library_site (library)))
		return TRUE;
	g_autoptr (GArray) booklets = rn_booklets_put (rn_library_site (library), out, sink, error);
	/* The packs come first: they are made of what was put, and the worker is in none. */
	return booklets && rn_packs_put (files, booklets, library, commit, jobs, out, error) && put_worker (rn_library_site (library), out, sink, error);
}
