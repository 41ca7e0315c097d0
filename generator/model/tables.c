/* tables.c - data files in, their values out; kept in a list by tree and number, since a site has few of them. */
#include "model/tables.h"
#include "model/library-int.h"
#include "source/yaml.h"

struct RnTable {
	const RnTree *tree;
	guint index;
	const RnValue *value;
	RnTable *next;
};

/* The lock is held. */
static const RnTable *known (const RnLibrary *library, const RnTree *tree, guint index)
{
	const RnTable *table = library->tables;
	while (table && !(table->tree == tree && table->index == index))
		table = table->next;
	return table;
}

const RnValue *rn_table_read (RnLibrary *library, RnTree *tree, guint index, gsize max, const char *file, GError **error)
{
	g_mutex_lock (&library->lock);
	const RnTable *found = known (library, tree, index);
	g_mutex_unlock (&library->lock);
	if (found)
		return found->value;
	g_autoptr (GString) text = g_string_new (NULL);
	if (!rn_tree_read (tree, index, 0, max, text, NULL, error))
		return NULL;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const char *name = library->sink ? rn_diagnostics_intern (library->sink, file) : rn_arena_strndup (arena, file, -1);
	const RnValue *value = rn_yaml_parse (arena, text->str, text->len, RN_PLACE (name, 1, 1), library->sink);
	if (!value)
		return NULL;
	RnTable *table = rn_arena_new0 (arena, RnTable);
	g_mutex_lock (&library->lock);
	found = known (library, tree, index);
	if (!found) {
		*table = (RnTable) { tree, index, value, library->tables };
		library->tables = table;
		g_ptr_array_add (library->arenas, g_steal_pointer (&arena));
		found = table;
	}
	g_mutex_unlock (&library->lock);
	return found->value;
}
