/* import.c - the run's lists: what is told once each, and the map's sections. */
#include "import/import.h"

#include <string.h>

static void told_free (gpointer data)
{
	RnImportTold *told = data;
	g_free (told->where);
	g_free (told->what);
	g_free (told);
}

void rn_import_begin (RnImport *import)
{
	import->told = g_ptr_array_new_with_free_func (told_free);
	import->told_by = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	import->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	import->changes = g_ptr_array_new_with_free_func (g_free);
}

void rn_import_end (RnImport *import)
{
	g_clear_pointer (&import->told_by, g_hash_table_unref);
	g_clear_pointer (&import->claimed, g_hash_table_unref);
	g_clear_pointer (&import->told, g_ptr_array_unref);
	g_clear_pointer (&import->changes, g_ptr_array_unref);
}

void rn_import_tell (RnImport *import, RnImportWeight weight, const char *where, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *what = g_strdup_vprintf (format, args);
	va_end (args);
	char *key = g_strconcat (where, "\n", what, NULL);
	RnImportTold *told = g_hash_table_lookup (import->told_by, key);
	import->lost += weight == RN_IMPORT_LOST;
	if (told) {
		told->times++;
		g_free (key);
		return;
	}
	told = g_new0 (RnImportTold, 1);
	*told = (RnImportTold) { weight, g_strdup (where), g_steal_pointer (&what), 1 };
	g_ptr_array_add (import->told, told);
	g_hash_table_insert (import->told_by, key, told);
}

static int by_name (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

void rn_import_sort (GPtrArray *texts)
{
	g_ptr_array_sort (texts, by_name);
}

/* Are A and B one name, as a wiki sees it: but for the first letter's case, '_' for ' '? */
static gboolean same_name (const char *a, const char *b)
{
	if (!*a || !*b || g_unichar_tolower (g_utf8_get_char (a)) != g_unichar_tolower (g_utf8_get_char (b)))
		return !*a && !*b;
	for (a = g_utf8_next_char (a), b = g_utf8_next_char (b); *a && *b; a++, b++)
		if ((*a == '_' ? ' ' : *a) != (*b == '_' ? ' ' : *b))
			return FALSE;
	return *a == *b;
}

const RnValue *rn_import_mapped (const RnValue *map, const char *section, const char *key)
{
	const RnValue *in = section ? rn_value_get (map, section) : map;
	for (guint i = 0; in && in->kind == RN_MAP && i < in->n; i++)
		if (same_name (in->pairs[i].name, key))
			return in->pairs[i].value;
	return NULL;
}
