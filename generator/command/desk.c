/* desk.c - a folder in; its site and library, as an editor needs them, out. */
#include "command/desk-int.h"
#include "command/command.h"
#include "press/press.h"

#include <string.h>

static gboolean open_desk (RnDesk *desk, const RnDeskOptions *options, GError **error)
{
	g_autofree char *share = rn_command_share ();
	const RnPressOptions press = { .dir = options->dir, .share = share };
	const RnSiteOptions site = { .drafts = TRUE, .counsellor = TRUE, .empty = options->empty, .clock = options->clock ? options->clock : g_get_real_time () / G_USEC_PER_SEC };
	*desk = (RnDesk) { .dir = g_strdup (options->dir), .sink = rn_diagnostics_new () };
	if (!rn_press_open (&press, desk->sink, &desk->tree, &desk->shipped, error))
		return FALSE;
	g_autofree char *cache = g_build_filename (options->dir, "build", "cache", NULL);
	if (options->history && !(desk->history = rn_history_open (desk->tree, cache, desk->sink, error)))
		return FALSE;
	desk->site = rn_site_open (desk->tree, desk->shipped, &site, desk->sink, error);
	if (desk->site)
		desk->library = rn_library_load (desk->site, desk->history, 0, NULL, desk->sink, error);
	return desk->library != NULL;
}

/* What the system failed to read is told rather than what was missed for that. */
gboolean rn_desk_open (RnDesk *desk, const RnDeskOptions *options, GError **error)
{
	g_autoptr (GError) why = NULL;
	const gboolean fine = open_desk (desk, options, &why);
	if ((desk->tree && !rn_tree_sound (desk->tree, error)) || (desk->shipped && !rn_tree_sound (desk->shipped, error)))
		return FALSE;
	if (!fine)
		g_propagate_error (error, g_steal_pointer (&why));
	return fine;
}

char *rn_desk_path (const RnDesk *desk, const char *name)
{
	const char *content = desk->site->content;
	g_autofree char *full = g_canonicalize_filename (name, NULL), *dir = g_canonicalize_filename (desk->dir, NULL), *root = g_build_filename (dir, content, NULL);
	g_autofree char *prefix = g_str_has_suffix (root, "/") ? g_strdup (root) : g_strconcat (root, "/", NULL);
	const char *inside = g_str_has_prefix (full, prefix) ? full + strlen (prefix) : NULL;
	g_autofree char *here = inside ? g_strconcat (content, inside, NULL) : NULL;
	if (here && rn_tree_find (desk->tree, here) >= 0)
		return g_strdup (inside);
	/* As it is named from the site's folder, or from the content's, wherever we are. */
	const char *plain = *name == '/' ? name + 1 : name;
	g_autofree char *below = g_strconcat (content, plain, NULL);
	if (rn_tree_find (desk->tree, plain) >= 0 && g_str_has_prefix (plain, content))
		return g_strdup (plain + strlen (content));
	return rn_tree_find (desk->tree, below) >= 0 ? g_strdup (plain) : NULL;
}

typedef struct { const char *file, *key; const RnPage *found; } Wanted;

static void consider (RnPage *page, gpointer user)
{
	Wanted *wanted = user;
	if (!wanted->found && (wanted->file ? !strcmp (page->file, wanted->file) : !strcmp (page->key, wanted->key)))
		wanted->found = page;
}

const RnPage *rn_desk_page (const RnDesk *desk, const char *name)
{
	g_autofree char *inside = rn_desk_path (desk, name), *file = inside ? g_strconcat (desk->site->content, inside, NULL) : NULL;
	g_autofree char *key = g_strdup (*name == '/' ? name + 1 : name);
	for (gsize n = strlen (key); n && key[n - 1] == '/'; n--)
		key[n - 1] = 0;
	Wanted wanted = { file, key, NULL };
	rn_library_each_file (desk->library, consider, &wanted);
	return wanted.found;
}

void rn_desk_close (RnDesk *desk)
{
	rn_library_free (desk->library);
	rn_site_free (desk->site);
	if (desk->history)
		rn_history_free (desk->history);
	if (desk->tree)
		rn_tree_free (desk->tree);
	if (desk->shipped)
		rn_tree_free (desk->shipped);
	rn_diagnostics_free (desk->sink);
	g_free (desk->dir);
}
