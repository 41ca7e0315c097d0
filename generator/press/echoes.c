/* echoes.c - what was told in; the same without what print says again of a line of which the site has said it, out. */
#include "press/echoes.h"

/* The line of TOLD, as a name. Free it. */
static char *line_of (const RnDiagnostic *told)
{
	return g_strdup_printf ("%s:%u", told->where.file ? told->where.file : "", told->where.line);
}

static gboolean is_echo (const RnDiagnostic *told, gpointer lines)
{
	g_autofree char *line = told->id == RN_D_PICTURE_BROKEN ? line_of (told) : NULL;
	return line && g_hash_table_contains (lines, line);
}

void rn_echoes_drop (RnDiagnostics *sink)
{
	guint n;
	g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		if (list[i]->id == RN_D_IMAGE_BROKEN)
			g_hash_table_add (lines, line_of (list[i]));
	if (g_hash_table_size (lines))
		rn_diagnostics_drop (sink, is_echo, lines);
}
