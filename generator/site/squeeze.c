/*
 * squeeze.c - a script's words, strings, patterns and signs, one after another, to what is left of them.
 *
 * A '/' begins a pattern where a value is wanted: behind a sign that ends none. The short names are those that the script has not itself,
 * the shortest for what stands most often.
 */
#include "site/squeeze.h"

#include <string.h>

#define NAMES "// names:"

typedef struct { const char *text; gsize len; gboolean line; } Token;    /* line: a line ended before it */

typedef struct { char *name; guint times; } Name;

static gboolean in_word (char c)
{
	return g_ascii_isalnum (c) || c == '_' || c == '$' || (guchar) c >= 0x80;
}

/* The names in the remark at P, which NULL ends. */
static GHashTable *read_names (const char *p, const char *end)
{
	GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	p += strlen (NAMES);
	for (;;) {
		const char *stop = memchr (p, '\n', (gsize) (end - p));
		g_autofree char *line = g_strndup (p, (gsize) ((stop ? stop : end) - p));
		g_auto (GStrv) words = g_strsplit_set (line, " \t\r", -1);
		for (char **word = words; *word; word++)
			if (**word)
				g_hash_table_add (names, g_strdup (*word));
		if (!stop || end - stop < 6 || strncmp (stop + 1, "//   ", 5))
			return names;
		p = stop + 6;
	}
}

/* The remark that asks for all this; NULL. */
static const char *asks (const char *text, const char *end)
{
	for (const char *p = text; p && p < end; p = memchr (p, '\n', (gsize) (end - p))) {
		p += *p == '\n';
		if (end - p > (gssize) strlen (NAMES) && !strncmp (p, NAMES, strlen (NAMES)))
			return p;
	}
	return NULL;
}

/* Behind the string or the pattern that begins at P. In a class of a pattern '/' ends nothing. */
static const char *skip_quoted (const char *p, const char *end)
{
	const char quote = *p;
	gboolean class = FALSE;
	for (p++; p < end && *p != '\n'; p++) {
		if (*p == '\\')
			p++;
		else if (quote == '/' && (*p == '[' || *p == ']'))
			class = *p == '[';
		else if (*p == quote && !class)
			return p + 1;
	}
	return MIN (p, end);
}

static gboolean wants_value (const Token *before)
{
	return !before || (before->len == 1 && strchr ("(,=:[!&|?{};>", *before->text));
}

static GArray *read_tokens (const char *text, const char *end)
{
	GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
	gboolean line = FALSE;
	for (const char *p = text, *from; p < end;) {
		from = p;
		if (g_ascii_isspace (*p)) {
			line |= *p++ == '\n';
			continue;
		}
		if (p[0] == '/' && p + 1 < end && p[1] == '/') {
			while (p < end && *p != '\n')
				p++;
			continue;
		}
		if (*p == '\'' || *p == '"' || (*p == '/' && wants_value (tokens->len ? &g_array_index (tokens, Token, tokens->len - 1) : NULL)))
			p = skip_quoted (p, end);
		else if (in_word (*p))
			while (p < end && in_word (*p))
				p++;
		else
			p++;
		g_array_append_vals (tokens, &(Token) { from, (gsize) (p - from), line }, 1);
		line = FALSE;
	}
	return tokens;
}

/* Takes the LEN bytes at WORD, a key of data, out of the NAMES, if it is one of them. */
static void refuse (GHashTable *names, const char *word, gsize len, RnPlace place, RnDiagnostics *sink)
{
	g_autofree char *name = g_strndup (word, len);
	if (g_hash_table_remove (names, name))
		rn_diagnose (sink, RN_D_SCRIPT_NAME, place, name);
}

/* "data-some-name" in a string is "someName" of a dataset. */
static void refuse_in_string (GHashTable *names, const Token *token, RnPlace place, RnDiagnostics *sink)
{
	const char *end = token->text + token->len;
	for (const char *p = token->text; (p = g_strstr_len (p, end - p, "data-"));) {
		g_autoptr (GString) name = g_string_new (NULL);
		for (p += strlen ("data-"); p < end && (g_ascii_isalnum (*p) || *p == '-' || *p == '_'); p++)
			if (*p != '-')
				g_string_append_c (name, p[-1] == '-' && name->len ? g_ascii_toupper (*p) : *p);
		refuse (names, name->str, name->len, place, sink);
	}
}

/* What stands as a key of data must go by its own name. */
static void refuse_keys (const GArray *tokens, GHashTable *names, const char *text, const char *file, RnDiagnostics *sink)
{
	RnPlace place = RN_PLACE (sink && file ? rn_diagnostics_intern (sink, file) : NULL, 1, 0);
	const char *counted = text;
	for (guint i = 0; i < tokens->len; i++) {
		const Token *token = &g_array_index (tokens, Token, i);
		for (; counted < token->text; counted++)
			place.line += *counted == '\n';
		if (*token->text == '\'' || *token->text == '"')
			refuse_in_string (names, token, place, sink);
		else if (i > 1 && *token[-1].text == '.' && token[-2].len == strlen ("dataset") && !memcmp (token[-2].text, "dataset", token[-2].len))
			refuse (names, token->text, token->len, place, sink);
	}
}

static int by_times (gconstpointer left, gconstpointer right)
{
	const Name *a = left, *b = right;
	return a->times != b->times ? (a->times > b->times ? -1 : 1) : strcmp (a->name, b->name);
}

/* The next name of one or two letters that TAKEN has not, after number *at. */
static char *next_short (GHashTable *taken, guint *at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$";
	const guint n = sizeof letters - 1;
	for (;; ) {
		guint i = (*at)++;
		char name[3] = { letters[i < n ? i : (i - n) / n % n], i < n ? '\0' : letters[(i - n) % n], '\0' };
		if (!g_hash_table_contains (taken, name) && strcmp (name, "do") && strcmp (name, "if") && strcmp (name, "in") && strcmp (name, "of"))
			return g_strdup (name);
	}
}

/* Each of the NAMES that occurs -> its short one. */
static GHashTable *shorten (const GArray *tokens, GHashTable *names)
{
	GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Name));
	for (guint i = 0; i < tokens->len; i++) {
		const Token *token = &g_array_index (tokens, Token, i);
		char *word = g_strndup (token->text, token->len);
		guint times = GPOINTER_TO_UINT (g_hash_table_lookup (taken, word));
		g_hash_table_replace (taken, word, GUINT_TO_POINTER (times + 1));
	}
	GHashTableIter iter;
	gpointer name;
	g_hash_table_iter_init (&iter, names);
	while (g_hash_table_iter_next (&iter, &name, NULL)) {
		const Name one = { name, GPOINTER_TO_UINT (g_hash_table_lookup (taken, name)) };
		if (one.times)
			g_array_append_val (all, one);
	}
	g_array_sort (all, by_times);
	for (guint i = 0, at = 0; i < all->len; i++)
		g_hash_table_insert (map, g_strdup (g_array_index (all, Name, i).name), next_short (taken, &at));
	return map;
}

/* What must stand between the last character written and the next token. */
static void append_space (GString *out, const Token *token)
{
	const char last = out->len ? out->str[out->len - 1] : ';', next = *token->text;
	if ((in_word (last) && in_word (next)) || (last == next && (next == '+' || next == '-')))
		g_string_append_c (out, token->line ? '\n' : ' ');
	else if (token->line && last == '}' && !strchr (")}],;.", next))
		g_string_append_c (out, '\n');
}

/* Did white space, or a line's end, stand before TOKEN? */
static gboolean stands_apart (const GArray *tokens, guint i)
{
	const Token *token = &g_array_index (tokens, Token, i), *before = token - 1;
	return i && token->text != before->text + before->len;
}

GString *rn_squeeze (const char *text, gsize len, const char *file, RnDiagnostics *sink)
{
	const char *remark = asks (text, text + len);
	if (!remark)
		return NULL;
	g_autoptr (GHashTable) names = read_names (remark, text + len);
	g_autoptr (GArray) tokens = read_tokens (text, text + len);
	refuse_keys (tokens, names, text, file, sink);
	g_autoptr (GHashTable) map = shorten (tokens, names);
	GString *out = g_string_sized_new (len);
	for (guint i = 0; i < tokens->len; i++) {
		const Token *token = &g_array_index (tokens, Token, i);
		g_autofree char *word = g_strndup (token->text, token->len);
		const char *put = g_hash_table_lookup (map, word);
		if (stands_apart (tokens, i))
			append_space (out, token);
		g_string_append (out, put ? put : word);
	}
	return out;
}
