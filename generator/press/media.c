/* media.c - which files go along, and each of them. */
#include "press/media.h"
#include "base/raster.h"
#include "base/words.h"
#include "markdown/sanitize.h"

#include <string.h>

GArray *rn_media_list (const RnLibrary *library, RnDiagnostics *sink)
{
	const RnSite *site = rn_library_site (library);
	GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
	g_autoptr (GString) url = g_string_new (NULL);
	guint begin, end;
	rn_tree_range (site->tree, site->content, &begin, &end);
	for (guint i = begin; i < end; i++) {
		const char *path = rn_tree_path (site->tree, i), *inside = path + strlen (site->content);
		if (!rn_site_publishes (site, inside))
			continue;
		g_string_printf (url, "/%s", inside);
		const char *made = rn_library_made_at (library, url->str);
		if (made)
			rn_diagnose (sink, RN_D_URL_TWICE, RN_PLACE (path, 0, 0), url->str, made);
		else
			g_array_append_val (list, i);
	}
	return list;
}

/* The file as it stands, into TEXT. */
static gboolean read_file (const RnSite *site, guint index, GString *text, RnPlace place, RnDiagnostics *sink)
{
	g_autoptr (GError) why = NULL;
	gsize size = 0;
	g_string_truncate (text, 0);
	if (rn_tree_read (site->tree, index, 0, RN_MEDIA_MAX, text, &size, &why))
		return TRUE;
	if (g_error_matches (why, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE)) {
		g_autofree char *has = g_format_size (size), *may = g_format_size (RN_MEDIA_MAX);
		rn_diagnose (sink, RN_D_FILE_TOO_LARGE, place, has, may);
	} else {
		rn_diagnose (sink, RN_D_FILE_UNREADABLE, place, why->message);
	}
	return FALSE;
}

gboolean rn_media_make (const RnSite *site, guint index, GString *out, RnDiagnostics *sink)
{
	const char *path = rn_tree_path (site->tree, index);
	RnPlace place = RN_PLACE (rn_diagnostics_intern (sink, path), 0, 0);
	if (!read_file (site, index, out, place, sink))
		return FALSE;
	g_autoptr (GString) clean = NULL;
	if (g_str_has_suffix (path, ".svg")) {
		char what[32] = "";
		clean = g_string_sized_new (out->len);
		if (!rn_sanitize_svg_alone (out->str, out->len, clean, what)) {
			rn_diagnose (sink, RN_D_FILE_UNREADABLE, place, _("it is not an SVG picture"));
			return FALSE;
		}
		if (*what)
			rn_diagnose (sink, RN_D_HTML_REFUSED, place, what);
	}
	/* A photograph may tell where it was taken: a shelter, someone's home. */
	if (rn_raster_format (out->str, out->len) != RN_RASTER_NONE) {
		clean = g_string_sized_new (out->len);
		if (!rn_raster_bare (out->str, out->len, clean)) {
			rn_diagnose (sink, RN_D_IMAGE_BROKEN, place, path + strlen (site->content), _("the file is damaged or cut off"));
			return FALSE;
		}
	}
	if (clean) {
		g_string_truncate (out, 0);
		g_string_append_len (out, clean->str, (gssize) clean->len);
	}
	return TRUE;
}

gboolean rn_media_put (const RnSite *site, guint index, RnAtomicTree *out, GString *text, RnDiagnostics *sink, GError **error)
{
	g_autofree char *name = g_strconcat ("site/", rn_tree_path (site->tree, index) + strlen (site->content), NULL);
	return !rn_media_make (site, index, text, sink) || rn_atomic_tree_put (out, name, text->str, text->len, error);
}
