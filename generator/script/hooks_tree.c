/*
 * hooks_tree.c - what a block returned, when it is not a text -> nodes (markdown/parse.h).
 *
 * In: a node, or a list of nodes and texts, as plugins/README.md has them. Out: a list of RnNodes in the parse's arena, drawings sanitised.
 * Invariant: what is of a wrong kind ends in an error that names its place in the tree ("[3].rows[2][1]"); what holds itself is refused, and so is
 * what is too large.
 */
#include "base/text.h"
#include "markdown/sanitize.h"
#include "script/hooks_tree-int.h"

#include <stdarg.h>
#include <string.h>

#define DEEPEST 32
#define MOST_NODES 100000

static void read_nodes (RnBlockTree *tree, int list, lua_Integer first, RnNode ***tail, const RnStep *at);

/* --- what is wrong -------------------------------------------------------------------------------- */

static void push_path (lua_State *L, const RnStep *at)
{
	if (at == NULL) {
		lua_pushliteral (L, "");
		return;
	}
	push_path (L, at->up);
	if (at->name != NULL)
		lua_pushfstring (L, "%s.%s", lua_tostring (L, -1), at->name);
	else
		lua_pushfstring (L, "%s[%d]", lua_tostring (L, -1), (int) at->index);
	lua_remove (L, -2);
}

void rn_block_tree_fail (RnBlockTree *tree, const RnStep *at, const char *format, ...)
{
	lua_State *L = tree->L;
	va_list args;
	va_start (args, format);
	const char *words = lua_pushvfstring (L, format, args);
	va_end (args);
	push_path (L, at);
	lua_pushfstring (L, "what it returned is wrong%s%s: %s", at != NULL ? " at " : "", lua_tostring (L, -1), words);
	lua_error (L);
	g_assert_not_reached ();
}

static const char *kind_of (lua_State *L)
{
	if (rn_to_page (L, -1) != NULL)
		return "page";
	if (rn_to_safe (L, -1) != NULL)
		return "piece of HTML";
	return lua_type (L, -1) == LUA_TLIGHTUSERDATA ? "value of the library" : luaL_typename (L, -1);
}

/* --- texts and lists ------------------------------------------------------------------------------ */

const char *rn_block_tree_text (RnBlockTree *tree, const RnStep *at, gsize *len)
{
	lua_State *L = tree->L;
	int type = lua_type (L, -1);
	if (type != LUA_TSTRING && type != LUA_TNUMBER)
		rn_block_tree_fail (tree, at, "a text is wanted, not a %s", kind_of (L));
	const char *text = lua_tolstring (L, -1, len);
	if (rn_text_invalid_at (text, (gssize) *len) >= 0)
		rn_block_tree_fail (tree, at, "the text is not valid UTF-8");
	rn_sandbox_spend (L, *len / 8 + 10);
	return text;
}

lua_Integer rn_block_tree_length (RnBlockTree *tree, const RnStep *at)
{
	lua_Integer n = rn_list_length (tree->L, -1);
	if (n < 0)
		rn_block_tree_fail (tree, at, "a list is wanted, not a %s", kind_of (tree->L));
	return n;
}

RnNode *rn_block_tree_add (RnBlockTree *tree, RnNode ***tail, RnNodeType type, const RnStep *at)
{
	if (++tree->nodes > MOST_NODES)
		rn_block_tree_fail (tree, at, "a block may have %d parts, and no more", MOST_NODES);
	RnNode *node = rn_arena_new0 (tree->made->arena, RnNode);
	node->type = (guint8) type;
	**tail = node;
	*tail = &node->next;
	return node;
}

RnNode *rn_block_tree_add_text (RnBlockTree *tree, RnNode ***tail, const RnStep *at)
{
	gsize len;
	const char *text = rn_block_tree_text (tree, at, &len);
	RnNode *node = rn_block_tree_add (tree, tail, RN_NODE_TEXT, at);
	node->text = rn_arena_strndup (tree->made->arena, text, (gssize) len);
	node->len = (guint32) len;
	return node;
}

/* The field NAME of the table, pushed. FALSE: it is nil. */
static gboolean push_key (RnBlockTree *tree, int table, const char *name)
{
	lua_pushstring (tree->L, name);
	return lua_rawget (tree->L, table) != LUA_TNIL;
}

static const char *copy_key (RnBlockTree *tree, int table, const char *name, const RnStep *at)
{
	const RnStep step = { at, name, 0 };
	gsize len;
	const char *text = NULL;
	if (push_key (tree, table, name))
		text = rn_arena_strndup (tree->made->arena, rn_block_tree_text (tree, &step, &len), -1);
	lua_pop (tree->L, 1);
	return text;
}

/* --- kinds of nodes ------------------------------------------------------------------------------- */

/* Exactly one text behind the node's name. */
static void read_line (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	RnNode **tail = &node->first;
	lua_Integer n = (lua_Integer) lua_rawlen (tree->L, table) - 1;
	const RnStep step = { at, NULL, 2 };
	if (n != 1)
		rn_block_tree_fail (tree, at, "a %s has one text, not %d", lua_rawgeti (tree->L, table, 1) == LUA_TSTRING ? lua_tostring (tree->L, -1) : "line", (int) n);
	lua_rawgeti (tree->L, table, 2);
	rn_block_tree_add_text (tree, &tail, &step);
	lua_pop (tree->L, 1);
}

static void read_heading (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	const RnStep step = { at, "level", 0 };
	node->level = 2;
	if (push_key (tree, table, "level")) {
		int whole;
		lua_Integer level = lua_tointegerx (tree->L, -1, &whole);
		if (!whole || level < 2 || level > 6)
			rn_block_tree_fail (tree, &step, "a heading's level is 2 to 6: the page's title is the only one of level 1");
		node->level = (guint8) level;
	}
	lua_pop (tree->L, 1);
	read_line (tree, table, node, at);
}

static gboolean is_node (RnBlockTree *tree, int table);

/* One item, on the stack's top: a text, a node, or a list of these. */
static void read_item (RnBlockTree *tree, RnNode *item, const RnStep *at)
{
	RnNode **tail = &item->first;
	int value = lua_gettop (tree->L);
	if (!lua_istable (tree->L, value))
		rn_block_tree_add_text (tree, &tail, at);
	else if (is_node (tree, value))
		rn_block_tree_node (tree, value, &tail, at);
	else
		read_nodes (tree, value, 1, &tail, at);
}

static guint count_paragraphs (const RnNode *item)
{
	guint n = 0;
	for (const RnNode *child = item->first; child != NULL; child = child->next)
		n += child->type == RN_NODE_TEXT || child->type == RN_NODE_PARAGRAPH;
	return n;
}

static void read_list (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	lua_State *L = tree->L;
	RnNode **tail = &node->first;
	const RnStep start = { at, "start", 0 };
	int whole = TRUE;
	node->flags = RN_NODE_F_TIGHT;
	node->number = 1;
	push_key (tree, table, "ordered");
	node->flags |= lua_toboolean (L, -1) ? RN_NODE_F_ORDERED : 0;
	if (push_key (tree, table, "start")) {
		lua_Integer n = lua_tointegerx (L, -1, &whole);
		if (!whole || n < 0 || n > 999999999)
			rn_block_tree_fail (tree, &start, "the first number of a list is 0 to 999999999");
		node->number = (guint32) n;
	}
	lua_pop (L, 2);
	for (lua_Integer i = 2, n = (lua_Integer) lua_rawlen (L, table); i <= n; i++) {
		const RnStep step = { at, NULL, i };
		RnNode *item = rn_block_tree_add (tree, &tail, RN_NODE_ITEM, &step);
		lua_rawgeti (L, table, i);
		read_item (tree, item, &step);
		lua_pop (L, 1);
		if (count_paragraphs (item) > 1)
			node->flags &= (guint8) ~RN_NODE_F_TIGHT;
	}
}

static void read_quote (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	RnNode **tail = &node->first;
	read_nodes (tree, table, 2, &tail, at);
}

static void read_callout (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	const RnStep step = { at, "kind", 0 };
	const char *kind = copy_key (tree, table, "kind", at);
	node->text = kind != NULL ? kind : "note";
	node->len = (guint32) strlen (node->text);
	if (node->len == 0 || strspn (node->text, "abcdefghijklmnopqrstuvwxyz") != node->len)
		rn_block_tree_fail (tree, &step, "a callout's kind is a word in small letters: note, tip, important, warning, caution");
	node->extra = copy_key (tree, table, "title", at);
	read_quote (tree, table, node, at);
}

/* `svg`, a text or what svg.el gave, cleaned into the DRAWING. */
static void read_drawing (RnBlockTree *tree, int table, RnNode *drawing, const RnStep *at)
{
	const RnStep step = { at, "svg", 0 };
	RnFenceMade *made = tree->made;
	const RnSafe *safe = push_key (tree, table, "svg") ? rn_to_safe (tree->L, -1) : NULL;
	gsize len = safe != NULL ? safe->len : 0;
	const char *svg = safe != NULL ? safe->text : rn_block_tree_text (tree, &step, &len);
	char prefix[16], what[32];
	g_snprintf (prefix, sizeof prefix, "d%u-", ++made->drawings);
	rn_sandbox_spend (tree->L, len);
	g_string_truncate (made->text, 0);
	if (!rn_sanitize_drawing (svg, len, prefix, drawing->extra, made->text, what))
		rn_block_tree_fail (tree, &step, "it is no SVG drawing that can be read");
	if (*what)
		rn_diagnose (tree->host->sink, RN_D_HTML_REFUSED, rn_fence_place (tree->fence), what);
	drawing->text = rn_arena_strndup (made->arena, made->text->str, (gssize) made->text->len);
	drawing->len = (guint32) made->text->len;
	lua_pop (tree->L, 1);
}

static void read_figure (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	const RnStep alt = { at, "alt", 0 }, caption = { at, "caption", 0 };
	RnNode **tail = &node->first;
	RnNode *drawing = rn_block_tree_add (tree, &tail, RN_NODE_DRAWING, at);
	drawing->extra = copy_key (tree, table, "alt", at);
	if (drawing->extra == NULL || *drawing->extra == '\0')
		rn_block_tree_fail (tree, &alt, "a figure needs an alt: what it shows, in words, for who hears the page");
	read_drawing (tree, table, drawing, at);
	if (push_key (tree, table, "caption"))
		rn_block_tree_add_text (tree, &tail, &caption);
	lua_pop (tree->L, 1);
}

static void read_rule (RnBlockTree *tree, int table, RnNode *node, const RnStep *at)
{
	(void) node;
	if (lua_rawlen (tree->L, table) > 1)
		rn_block_tree_fail (tree, at, "a rule has nothing in it");
}

static const struct {
	const char *name;
	RnNodeType type;
	const char *keys[5];
	void (*read) (RnBlockTree *tree, int table, RnNode *node, const RnStep *at);
} kinds[] = {
	{ "heading", RN_NODE_HEADING, { "level" }, read_heading }, { "paragraph", RN_NODE_PARAGRAPH, { NULL }, read_line },
	{ "list", RN_NODE_LIST, { "ordered", "start" }, read_list }, { "table", RN_NODE_TABLE, { "head", "rows", "align", "data" }, rn_block_tree_table },
	{ "figure", RN_NODE_FIGURE, { "svg", "alt", "caption" }, read_figure }, { "callout", RN_NODE_CALLOUT, { "kind", "title" }, read_callout },
	{ "quote", RN_NODE_QUOTE, { NULL }, read_quote }, { "rule", RN_NODE_RULE, { NULL }, read_rule },
};

static const char *const result_keys[] = { "web", "script", "style", NULL };

/* Which of the kinds the table is; G_N_ELEMENTS (kinds): none. */
static gsize find_kind (RnBlockTree *tree, int table)
{
	const char *name = lua_rawgeti (tree->L, table, 1) == LUA_TSTRING ? lua_tostring (tree->L, -1) : "";
	gsize i = 0;
	while (i < G_N_ELEMENTS (kinds) && strcmp (kinds[i].name, name) != 0)
		i++;
	lua_pop (tree->L, 1);
	return i;
}

static gboolean is_node (RnBlockTree *tree, int table)
{
	return find_kind (tree, table) < G_N_ELEMENTS (kinds);
}

/* A key that KEYS (NULL-terminated) lacks is most often a slip of the pen. What is told of several must not depend on how tables are held. */
static void check_keys (RnBlockTree *tree, int table, const char *const *keys, gboolean result, const char *what, const RnStep *at)
{
	lua_State *L = tree->L;
	const char *wrong = NULL;
	lua_pushnil (L);
	while (lua_next (L, table)) {
		lua_pop (L, 1);
		const char *key = lua_type (L, -1) == LUA_TSTRING ? lua_tostring (L, -1) : lua_isinteger (L, -1) ? NULL : "";
		gboolean known = key == NULL || g_strv_contains (keys, key) || (result && g_strv_contains (result_keys, key));
		if (!known && (wrong == NULL || strcmp (key, wrong) < 0))
			wrong = key;
	}
	if (wrong == NULL)
		return;
	const char *nearest = rn_text_nearest (wrong, keys);
	nearest = nearest == NULL && result ? rn_text_nearest (wrong, result_keys) : nearest;
	rn_block_tree_fail (tree, at, nearest != NULL ? "a %s has no '%s'; did you mean '%s'?" : "a %s has no '%s'", what, wrong, nearest);
}

/* --- the tree ------------------------------------------------------------------------------------- */

static void read_node (RnBlockTree *tree, int table, gboolean result, RnNode ***tail, const RnStep *at)
{
	static const char *const none[] = { NULL };
	gsize kind = find_kind (tree, table);
	luaL_checkstack (tree->L, 10, NULL);
	rn_sandbox_spend (tree->L, 50);
	if (kind == G_N_ELEMENTS (kinds)) {
		const char *name = lua_rawgeti (tree->L, table, 1) == LUA_TSTRING ? lua_tostring (tree->L, -1) : NULL;
		const char *names[G_N_ELEMENTS (kinds) + 1] = { NULL };
		for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
			names[i] = kinds[i].name;
		const char *nearest = name != NULL ? rn_text_nearest (name, names) : NULL;
		if (name == NULL)
			rn_block_tree_fail (tree, at, "a text or a node is wanted; a node's first value is its name, \"paragraph\" or another");
		rn_block_tree_fail (tree, at, nearest != NULL ? "there is no node '%s'; did you mean '%s'?" : "there is no node '%s'", name, nearest);
	}
	/* cppcheck-suppress arrayIndexOutOfBoundsCond ; rn_block_tree_fail () does not return */
	check_keys (tree, table, kinds[kind].keys[0] != NULL ? kinds[kind].keys : none, result, kinds[kind].name, at);
	RnNode *node = rn_block_tree_add (tree, tail, kinds[kind].type, at);
	if (++tree->depth > DEEPEST)
		rn_block_tree_fail (tree, at, "it is nested more than %d deep, or holds itself", DEEPEST);
	kinds[kind].read (tree, table, node, at);
	tree->depth--;
}

void rn_block_tree_node (RnBlockTree *tree, int table, RnNode ***tail, const RnStep *at)
{
	read_node (tree, table, FALSE, tail, at);
}

/* The texts and nodes of LIST from its entry FIRST on. */
static void read_nodes (RnBlockTree *tree, int list, lua_Integer first, RnNode ***tail, const RnStep *at)
{
	lua_State *L = tree->L;
	for (lua_Integer i = first, n = (lua_Integer) lua_rawlen (L, list); i <= n; i++) {
		const RnStep step = { at, NULL, i };
		if (lua_rawgeti (L, list, i) == LUA_TTABLE)
			read_node (tree, lua_gettop (L), FALSE, tail, &step);
		else
			rn_block_tree_add_text (tree, tail, &step);
		lua_pop (L, 1);
	}
}

/* --- beside the tree ------------------------------------------------------------------------------ */

/* The asset of the plugin whose name is on the stack's top. */
static void use_asset (RnBlockTree *tree, const char *ending, const RnStep *at)
{
	gsize len;
	const RnHostOptions *options = &tree->host->options;
	const char *file = rn_block_tree_text (tree, at, &len);
	char *name = rn_arena_printf (tree->made->arena, "%s/%s", tree->plugin->name, file);
	if (!g_str_has_suffix (file, ending))
		rn_block_tree_fail (tree, at, "the name of a file that ends in %s is wanted, not '%s'", ending, file);
	if (options->asset != NULL && options->asset (options->asset_user, name) == NULL)
		rn_block_tree_fail (tree, at, "there is no file plugins/%s/assets/%s", tree->plugin->name, file);
	if (!g_ptr_array_find_with_equal_func (tree->made->uses, name, g_str_equal, NULL))
		g_ptr_array_add (tree->made->uses, name);
}

static void use_assets (RnBlockTree *tree, int table, const char *key, const char *ending)
{
	lua_State *L = tree->L;
	const RnStep at = { NULL, key, 0 };
	if (push_key (tree, table, key) && lua_type (L, -1) == LUA_TSTRING)
		use_asset (tree, ending, &at);
	else if (!lua_isnil (L, -1))
		for (lua_Integer i = 1, n = rn_block_tree_length (tree, &at); i <= n; i++) {
			const RnStep step = { &at, NULL, i };
			rn_list_push (L, -1, i);
			use_asset (tree, ending, &step);
			lua_pop (L, 1);
		}
	lua_pop (L, 1);
}

void rn_block_tree_read (RnBlockTree *tree, int table)
{
	static const char *const none[] = { NULL };
	RnNode **tail = &tree->made->nodes;
	if (is_node (tree, table)) {
		read_node (tree, table, TRUE, &tail, NULL);
	} else {
		check_keys (tree, table, none, TRUE, "block's result", NULL);
		read_nodes (tree, table, 1, &tail, NULL);
	}
	tree->made->web = copy_key (tree, table, "web", NULL);
	use_assets (tree, table, "script", ".js");
	use_assets (tree, table, "style", ".css");
}
