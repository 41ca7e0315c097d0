/*
 * hooks_tree_table.c - { "table", head = …, rows = …, align = …, data = … } -> TABLE, ROWs and CELLs.
 *
 * In: lists of texts, of Lua or of the library. Out: rows of as many cells as the head has, or the longest row. Invariant: a nil in a row is an
 * empty cell, and no cell moves.
 */
#include "base/text.h"
#include "script/hooks_tree-int.h"

#include <string.h>

#define MOST_COLUMNS 200

typedef struct {
	RnBlockTree *tree;
	const RnStep *at;
	lua_Integer columns;
	guint8 align[MOST_COLUMNS];
} Table;

/* The list NAME of the table, pushed. -1: it is nil. */
static lua_Integer push_list (RnBlockTree *tree, int table, const char *name, const RnStep *at)
{
	const RnStep step = { at, name, 0 };
	lua_pushstring (tree->L, name);
	return lua_rawget (tree->L, table) == LUA_TNIL ? -1 : rn_block_tree_length (tree, &step);
}

static void read_align (Table *table, int index)
{
	static const char *const sides[] = { "left", "right", "center", "centre", NULL };
	RnBlockTree *tree = table->tree;
	lua_State *L = tree->L;
	lua_Integer n = push_list (tree, index, "align", table->at);
	const RnStep list = { table->at, "align", 0 };
	for (lua_Integer i = 1; i <= n && i <= MOST_COLUMNS; i++) {
		const RnStep step = { &list, NULL, i };
		rn_list_push (L, -1, i);
		const char *side = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : "";
		if (!lua_isnil (L, -1) && !g_strv_contains (sides, side))
			rn_block_tree_fail (tree, &step, "'left', 'right' or 'center' is wanted");
		table->align[i - 1] = (guint8) *side;
		lua_pop (L, 1);
	}
	lua_pop (L, 1);
}

/* The cells of the list on the stack's top. */
static void read_cells (const Table *table, RnNode *row, lua_Integer n, const RnStep *at)
{
	RnBlockTree *tree = table->tree;
	lua_State *L = tree->L;
	RnNode **tail = &row->first;
	if (n > table->columns)
		rn_block_tree_fail (tree, at, "the row has %d cells, the table %d columns", (int) n, (int) table->columns);
	for (lua_Integer i = 1; i <= table->columns; i++) {
		const RnStep step = { at, NULL, i };
		RnNode *cell = rn_block_tree_add (tree, &tail, RN_NODE_CELL, &step), **text = &cell->first;
		cell->flags = row->flags;
		cell->level = table->align[i - 1];
		rn_list_push (L, -1, i);
		if (!lua_isnil (L, -1))
			rn_block_tree_add_text (tree, &text, &step);
		lua_pop (L, 1);
	}
}

/* --- data ----------------------------------------------------------------------------------------- */

static gboolean is_data_name (const char *name)
{
	return *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (name);
}

/* One value, on the stack's top: ` data-name="value"` into the buffer. */
static void put_data (RnBlockTree *tree, const char *name, const RnStep *at)
{
	GString *out = tree->made->text;
	const RnStep step = { at, name, 0 };
	gsize len;
	if (lua_isboolean (tree->L, -1)) {
		if (lua_toboolean (tree->L, -1))
			g_string_append_printf (out, " data-%s=\"\"", name);
		return;
	}
	const char *text = rn_block_tree_text (tree, &step, &len);
	g_string_append_printf (out, " data-%s=\"", name);
	rn_text_escape (out, text, (gssize) len, TRUE);
	g_string_append_c (out, '"');
}

/* The attributes of a row, from the table on the stack's top, in the order of their names. */
static void read_data (RnBlockTree *tree, RnNode *row, const RnStep *at)
{
	lua_State *L = tree->L;
	int table = lua_gettop (L);
	if (!lua_istable (L, table))
		rn_block_tree_fail (tree, at, "a table of names and texts is wanted, not a %s", luaL_typename (L, table));
	lua_rawgeti (L, LUA_REGISTRYINDEX, tree->host->base);
	lua_getfield (L, -1, "keys");
	lua_pushvalue (L, table);
	lua_call (L, 1, 1);
	g_string_truncate (tree->made->text, 0);
	for (lua_Integer i = 1, n = luaL_len (L, table + 2); i <= n; i++) {
		const char *name = lua_geti (L, table + 2, i) == LUA_TSTRING ? lua_tostring (L, -1) : "";
		if (!is_data_name (name))
			rn_block_tree_fail (tree, at, "'%s' is no name for data: small letters of a to z, digits and '-'", luaL_tolstring (L, -1, NULL));
		lua_pushvalue (L, -1);
		lua_rawget (L, table);
		put_data (tree, name, at);
		lua_pop (L, 2);
	}
	lua_settop (L, table);
	row->text = rn_arena_strndup (tree->made->arena, tree->made->text->str, (gssize) tree->made->text->len);
	row->len = (guint32) tree->made->text->len;
}

static void read_all_data (Table *table, int index, RnNode *row)
{
	RnBlockTree *tree = table->tree;
	const RnStep list = { table->at, "data", 0 };
	lua_Integer n = push_list (tree, index, "data", table->at);
	for (lua_Integer i = 1; i <= n; i++, row = row->next) {
		const RnStep step = { &list, NULL, i };
		if (row == NULL)
			rn_block_tree_fail (tree, &list, "there are %d entries, and fewer rows", (int) n);
		rn_list_push (tree->L, -1, i);
		if (!lua_isnil (tree->L, -1))
			read_data (tree, row, &step);
		lua_pop (tree->L, 1);
	}
	lua_pop (tree->L, 1);
}

/* --- the table ------------------------------------------------------------------------------------ */

/* The longest of the N rows on the stack's top. */
static lua_Integer longest (RnBlockTree *tree, lua_Integer n, const RnStep *at)
{
	lua_Integer most = 0;
	for (lua_Integer i = 1; i <= n; i++) {
		const RnStep step = { at, NULL, i };
		rn_list_push (tree->L, -1, i);
		most = MAX (most, rn_block_tree_length (tree, &step));
		lua_pop (tree->L, 1);
	}
	return most;
}

void rn_block_tree_table (RnBlockTree *tree, int index, RnNode *node, const RnStep *at)
{
	lua_State *L = tree->L;
	Table table = { .tree = tree, .at = at };
	const RnStep head = { at, "head", 0 }, rows = { at, "rows", 0 };
	RnNode **tail = &node->first;
	if (lua_rawlen (L, index) > 1)
		rn_block_tree_fail (tree, at, "a table's cells stand in 'head' and 'rows'");
	lua_Integer n_head = push_list (tree, index, "head", at), n_rows = push_list (tree, index, "rows", at);
	if (n_rows < 0)
		rn_block_tree_fail (tree, &rows, "a table has a list of rows");
	table.columns = n_head >= 0 ? n_head : longest (tree, n_rows, &rows);
	if (table.columns < 1 || table.columns > MOST_COLUMNS)
		rn_block_tree_fail (tree, at, "a table has 1 to %d columns, not %d", MOST_COLUMNS, (int) table.columns);
	read_align (&table, index);
	if (n_head >= 0) {
		RnNode *row = rn_block_tree_add (tree, &tail, RN_NODE_ROW, &head);
		row->flags = RN_NODE_F_HEADER;
		lua_pushvalue (L, -2);
		read_cells (&table, row, n_head, &head);
		lua_pop (L, 1);
	}
	RnNode **first = tail;
	for (lua_Integer i = 1; i <= n_rows; i++) {
		const RnStep step = { &rows, NULL, i };
		RnNode *row = rn_block_tree_add (tree, &tail, RN_NODE_ROW, &step);
		rn_list_push (L, -1, i);
		read_cells (&table, row, rn_block_tree_length (tree, &step), &step);
		lua_pop (L, 1);
	}
	lua_pop (L, 2);
	read_all_data (&table, index, *first);
}
