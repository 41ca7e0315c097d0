/* desk.c - a folder in; its site and library, as an editor needs them, out. */
#include "command/desk-int.h"
#include "command/command.h"
#include "press/press.h"

gboolean rn_desk_open (RnDesk *desk, const RnDeskOptions *options, GError **error)
{
	g_autofree char *share = rn_command_share ();
	const RnPressOptions press = { .dir = options->dir, .share = share };
	const RnSiteOptions site = { .drafts = TRUE, .clock = options->clock ? options->clock : g_get_real_time () / G_USEC_PER_SEC };
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
