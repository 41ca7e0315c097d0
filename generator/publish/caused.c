/* caused.c - two lists of diagnostics and the names of changed files -> one list. Lines move when something above them changes, so places count by their files. */
#include "publish/caused.h"

#include <stdlib.h>
#include <string.h>

static int by_name (gconstpointer key, gconstpointer name)
{
	return strcmp (key, *(char *const *) name);
}

static gboolean is_changed (const GPtrArray *changed, const char *file)
{
	return file && changed->len && bsearch (file, changed->pdata, changed->len, sizeof (gpointer), by_name);
}

static char *key_of (const RnDiagnostic *told)
{
	return g_strjoin ("\n", told->name, told->where.file ? told->where.file : "", told->message, NULL);
}

gboolean rn_caused_elsewhere (RnDiagnostics *sink, const GPtrArray *changed)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		if (list[i]->severity > RN_HINT && !is_changed (changed, list[i]->where.file))
			return TRUE;
	return FALSE;
}

typedef struct { const GPtrArray *changed; GHashTable *known; } Keep;

static gboolean is_other (const RnDiagnostic *told, gpointer user)
{
	const Keep *keep = user;
	if (is_changed (keep->changed, told->where.file))
		return FALSE;
	g_autofree char *key = key_of (told);
	return told->severity == RN_HINT || g_hash_table_contains (keep->known, key);
}

void rn_caused_keep (RnDiagnostics *sink, const GPtrArray *changed, RnDiagnostics *before)
{
	g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	guint n = 0;
	const RnDiagnostic *const *list = before ? rn_diagnostics_sorted (before, &n) : NULL;
	for (guint i = 0; i < n; i++)
		g_hash_table_add (known, key_of (list[i]));
	Keep keep = { changed, known };
	rn_diagnostics_drop (sink, is_other, &keep);
}
