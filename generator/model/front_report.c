/* front_report.c - names in front matter that nothing knows, told once for a type and not once a page. */
#include "base/text.h"
#include "model/library-int.h"

typedef struct { const Entry *entry; const RnPair *pair; guint count; } Unknown;

static void report_unknown (RnLibrary *library, const Unknown *unknown)
{
	const RnType *type = unknown->entry->page.type;
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; i < type->n_fields; i++)
		g_ptr_array_add (names, (gpointer) type->fields[i].name);
	rn_front_names (names);
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (unknown->pair->name, (const char *const *) names->pdata);
	g_autofree char *many = unknown->count > 1 ? g_strdup_printf ("%u", unknown->count) : g_strdup ("");
	rn_diagnose (library->sink, RN_D_FIELD_UNKNOWN, rn_page_place (&unknown->entry->page, unknown->pair->line, unknown->pair->col),
	             *type->name ? type->name : "page", unknown->pair->name, nearest ? nearest : "", many);
}

void rn_front_report (RnLibrary *library, guint from)
{
	/* A second pass, without the pages that broke in the first, would count others. */
	if (library->broken && g_hash_table_size (library->broken))
		return;
	g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr (GPtrArray) order = g_ptr_array_new ();
	const Entry *toml = NULL;
	guint tomls = 0;
	for (guint i = from; i < library->entries->len; i++) {
		const Entry *entry = library->entries->pdata[i];
		if (entry->toml && !tomls++)
			toml = entry;
		for (guint k = 0; k < entry->n_unknown; k++) {
			g_autofree char *name = g_strdup_printf ("%s\n%s", entry->page.type->name, entry->unknown[k]->name);
			Unknown *unknown = g_hash_table_lookup (seen, name);
			if (!unknown) {
				unknown = g_new0 (Unknown, 1);
				*unknown = (Unknown) { entry, entry->unknown[k], 0 };
				g_hash_table_insert (seen, g_steal_pointer (&name), unknown);
				g_ptr_array_add (order, unknown);
			}
			unknown->count++;
		}
	}
	for (guint i = 0; i < order->len; i++)
		report_unknown (library, order->pdata[i]);
	g_autofree char *many = tomls > 1 ? g_strdup_printf ("%u", tomls) : g_strdup ("");
	if (toml)
		rn_diagnose (library->sink, RN_D_FRONT_TOML, RN_PLACE (toml->page.file, 1, 1), many);
}
