/* bundles.c - the readers' page twice: a short one for the folder edition, then the one that lists all. */
#include "press/bundles.h"
#include "site/page.h"

typedef struct {
	const RnPass *pass;
	RnPageMaker *maker;
	GString *body, *html;
} Finish;

static gboolean make (Finish *finish, const RnPage *page, GError **error)
{
	g_string_truncate (finish->body, 0);
	rn_share_list (finish->pass->share, page, finish->body);
	return rn_page_make_text (finish->maker, page, finish->body, finish->html, error);
}

/* Makes the page in each language; final: as the site has it. */
static gboolean make_all (Finish *finish, gboolean final, GError **error)
{
	const RnPass *pass = finish->pass;
	const RnPages *pages = rn_library_pages (pass->library);
	g_autoptr (GString) path = g_string_new (NULL);
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		if (!rn_share_is_list (page))
			continue;
		if (!make (finish, page, error))
			return FALSE;
		if (!final) {
			rn_share_add_copy (pass->share, page, finish->html);
			continue;
		}
		g_string_assign (path, "site/");
		rn_page_file (page, path);
		if (!rn_atomic_tree_put (pass->out, path->str, finish->html->str, finish->html->len, error))
			return FALSE;
	}
	return TRUE;
}

gboolean rn_bundles_finish (const RnPass *pass, char **note, GError **error)
{
	const RnHostOptions options = { .asset = rn_assets_url, .asset_names = rn_assets_names, .asset_user = (gpointer) pass->assets };
	g_autoptr (RnHost) host = rn_host_new (pass->library, &options, pass->sink);
	Finish finish = { pass, NULL, g_string_new (NULL), g_string_new (NULL) };
	rn_host_load_plugins (host);
	finish.maker = rn_page_maker_new (host, pass->library, pass->assets, NULL, pass->sink);
	gboolean fine = make_all (&finish, FALSE, error) && rn_share_finish (pass->share, pass->jobs, note, error) && make_all (&finish, TRUE, error);
	rn_page_maker_free (finish.maker);
	g_string_free (finish.body, TRUE);
	g_string_free (finish.html, TRUE);
	return fine;
}
