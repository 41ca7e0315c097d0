/*
 * sheet_tokens.c - sheets -> the same, with the custom properties that say one thing only written out, and the others known one by one.
 *
 * In: all sheets of a site, parsed. Out: their rules' declarations. Invariant: a page looks as it would with the sheets as they were.
 */
#include "site/sheet-int.h"

#include <string.h>

/* What is known of a property: how often it is set, and to what the last time. fixed: it may be written out, if that is once. open: what was not
 * taken apart may set or use it. */
typedef struct { guint times; gboolean fixed, open; char *value; } Token;

static void free_token (gpointer data)
{
	Token *token = data;
	g_free (token->value);
	g_free (token);
}

static gsize name_length (const char *p)
{
	gsize len = 0;
	while (g_ascii_isalnum (p[len]) || p[len] == '-' || p[len] == '_' || (guchar) p[len] >= 0x80)
		len++;
	return len;
}

static Token *token_of (GHashTable *tokens, const char *name, gsize len)
{
	g_autofree char *key = g_strndup (name, len);
	Token *token = g_hash_table_lookup (tokens, key);
	if (!token) {
		token = g_new0 (Token, 1);
		g_hash_table_insert (tokens, g_steal_pointer (&key), token);
	}
	return token;
}

static void leave_alone (GHashTable *tokens, const char *css)
{
	for (const char *p = css; (p = strstr (p, "--")); p += name_length (p))
		token_of (tokens, p, name_length (p))->open = TRUE;
}

/* Notes what RULE sets. everywhere: it holds for all of each page, whatever the screen. */
static void note_rule (GHashTable *tokens, const RnSheetPart *rule, gboolean everywhere)
{
	const char *end = rule->body + strlen (rule->body);
	for (const char *p = rule->body, *stop; p < end; p = stop + 1) {
		stop = rn_css_find (p, end, ";");
		const gsize len = name_length (p);
		if (strncmp (p, "--", 2) || p[len] != ':')
			continue;
		Token *token = token_of (tokens, p, len);
		g_free (token->value);
		token->value = g_strndup (p + len + 1, (gsize) (stop - p) - len - 1);
		token->fixed = everywhere && !strstr (token->value, "var(") && !strchr (token->value, '!');
		token->times++;
	}
}

static void note_sheet (GHashTable *tokens, const RnSheet *sheet)
{
	guint inside = 0; /* parts before this one are in a group */
	for (guint i = 0; i < sheet->parts->len; i++) {
		const RnSheetPart *part = &g_array_index (sheet->parts, RnSheetPart, i);
		if (part->kind == RN_PART_GROUP)
			inside = MAX (inside, part->end);
		else if (part->kind == RN_PART_KEPT)
			leave_alone (tokens, part->body);
		else
			note_rule (tokens, part, i >= inside && part->n == 1 && !strcmp (g_array_index (sheet->selectors, RnSelector, part->first).text, ":root"));
	}
}

/* TEXT with the values of fixed properties in place of var(--…). */
static void write_out (GHashTable *tokens, const char *text, GString *out)
{
	for (const char *var; (var = strstr (text, "var(--")); ) {
		const char *name = var + 4, *behind = name + name_length (name), *close = rn_css_find (behind, behind + strlen (behind), ")");
		const Token *token = token_of (tokens, name, (gsize) (behind - name));
		g_string_append_len (out, text, var - text);
		if (token->fixed && !token->open && token->times == 1 && *close) {
			g_string_append (out, token->value);
			text = close + 1;
		} else {
			g_string_append_len (out, var, behind - var);
			text = behind;
		}
	}
	g_string_append (out, text);
}

static RnDeclaration declaration_of (RnNames *names, GHashTable *tokens, RnArena *arena, const char *text, gsize len)
{
	RnDeclaration declaration = { rn_arena_strndup (arena, text, (gssize) len), -1, { { 0 } } };
	const char *p = declaration.text;
	if (g_str_has_prefix (p, "--")) {
		RnNameSet own = { { 0 } };
		const gsize n = name_length (p);
		if (!token_of (tokens, p, n)->open)
			declaration.property = rn_names_need (names, p, n, FALSE, &own);
		p += n;
	}
	for (; (p = strstr (p, "--")); p += name_length (p))
		rn_names_need (names, p, name_length (p), FALSE, &declaration.uses);
	return declaration;
}

static void settle_rule (RnNames *names, GHashTable *tokens, RnArena *arena, RnSheetPart *rule)
{
	g_autoptr (GString) body = g_string_new (NULL);
	g_autoptr (GArray) declarations = g_array_new (FALSE, FALSE, sizeof (RnDeclaration));
	write_out (tokens, rule->body, body);
	const char *end = body->str + body->len;
	for (const char *p = body->str, *stop; p < end; p = stop + 1) {
		stop = rn_css_find (p, end, ";");
		const RnDeclaration declaration = declaration_of (names, tokens, arena, p, (gsize) (stop - p));
		g_array_append_val (declarations, declaration);
	}
	rule->n_declarations = declarations->len;
	rule->declarations = rn_arena_newn (arena, RnDeclaration, declarations->len);
	if (declarations->len)
		memcpy (rule->declarations, declarations->data, declarations->len * sizeof (RnDeclaration));
}

void rn_sheets_settle (RnNames *names, RnSheet *const *sheets, const char *const *css, guint n)
{
	g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_token);
	for (guint i = 0; i < n; i++) {
		if (sheets[i])
			note_sheet (tokens, sheets[i]);
		else
			leave_alone (tokens, css[i]);
	}
	for (guint i = 0; i < n; i++) {
		for (guint k = 0; sheets[i] && k < sheets[i]->parts->len; k++) {
			RnSheetPart *part = &g_array_index (sheets[i]->parts, RnSheetPart, k);
			if (part->kind == RN_PART_RULE)
				settle_rule (names, tokens, sheets[i]->arena, part);
		}
	}
}
