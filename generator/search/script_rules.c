/* script_rules.c - tables by letter and libstemmer's steps -> patterns. */
#include "search/script_rules.h"

#include <string.h>

#define LETTER "[\\p{L}\\p{N}\\p{M}]"

static void append_letters (GString *out, const gunichar *letters, guint n)
{
	for (guint i = 0; i < n; i++)
		g_string_append_unichar (out, letters[i]);
}

/* As a pattern that matches just this. With the flag u only what has a meaning may be escaped. */
static void append_pattern (GString *out, const gunichar *letters, guint n)
{
	for (guint i = 0; i < n; i++) {
		if (letters[i] < 0x80 && strchr ("\\^$.*+?()[]{}|/", (int) letters[i]))
			g_string_append_c (out, '\\');
		g_string_append_unichar (out, letters[i]);
	}
}

static void append_text_pattern (GString *out, const char *text)
{
	glong n = 0;
	g_autofree gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &n);
	append_pattern (out, letters, (guint) n);
}

static void append_step (json_t *steps, const char *pattern, json_t *put, int skip)
{
	json_array_append_new (steps, json_pack ("[i, s, o, i]", 0, pattern, put, skip));
}

static int by_length (gconstpointer left, gconstpointer right)
{
	const RnFold *a = *(const RnFold *const *) left, *b = *(const RnFold *const *) right;
	return a->n != b->n ? (a->n > b->n ? -1 : 1) : memcmp (a->from, b->from, sizeof a->from);
}

/* The longest first, as everywhere. */
static GPtrArray *by_their_length (const RnFolds *table)
{
	GPtrArray *all = g_ptr_array_new ();
	for (guint i = 0; i < table->n; i++)
		g_ptr_array_add (all, &table->folds[i]);
	g_ptr_array_sort (all, by_length);
	return all;
}

static void append_table (json_t *steps, const RnFolds *table)
{
	g_autoptr (GPtrArray) all = by_their_length (table);
	g_autoptr (GString) pattern = g_string_new (NULL), from = g_string_new (NULL), to = g_string_new (NULL);
	json_t *map = json_object ();
	for (guint i = 0; i < all->len; i++) {
		const RnFold *fold = all->pdata[i];
		g_string_append (pattern, i ? "|" : "");
		append_pattern (pattern, fold->from, fold->n);
		g_string_truncate (from, 0);
		g_string_truncate (to, 0);
		append_letters (from, fold->from, fold->n);
		append_letters (to, fold->to, fold->m);
		json_object_set_new (map, from->str, json_string (to->str));
	}
	if (all->len)
		append_step (steps, pattern->str, map, 0);
	else
		json_decref (map);
}

static gboolean is_letter (gunichar c)
{
	return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/*
 * A sign at the end of a key is part of a word where a letter follows, and the key's others stand before it; a word does not begin with a sign. A browser takes milliseconds to make
 * ready each LETTER of a pattern, so that there are as few as can be.
 */
static json_t *word_pattern (const RnRules *rules)
{
	g_autoptr (GPtrArray) all = by_their_length (&rules->fold);
	g_autoptr (GString) signs = g_string_new (NULL), first = g_string_new (NULL), pattern = g_string_new (NULL);
	for (guint i = 0; i < all->len; i++) {
		const RnFold *fold = all->pdata[i];
		if (is_letter (fold->from[fold->n - 1]))
			continue;
		g_string_append (signs, signs->len ? "|" : "");
		append_pattern (signs, fold->from, fold->n);
		if (is_letter (fold->from[0]))
			continue;
		g_string_append (first, first->len ? "|" : "");
		append_pattern (first, fold->from, fold->n);
	}
	if (!signs->len)
		return json_string (LETTER "+");
	if (first->len)
		g_string_append_printf (pattern, "(?!%s)", first->str);
	g_string_append_printf (pattern, "(?:(?:%s)(?=" LETTER ")|" LETTER ")+", signs->str);
	return json_string (pattern->str);
}

static json_t *folding (const RnRules *rules)
{
	json_t *steps = json_array ();
	append_table (steps, &rules->fold);
	if (rules->drop_marks) {
		append_step (steps, "", json_string (""), 0);
		append_step (steps, "\\p{Mn}", json_string (""), 0);
	}
	if (rules->n_single) {
		g_autoptr (GString) pattern = g_string_new ("([");
		append_letters (pattern, rules->single, rules->n_single);
		g_string_append (pattern, "])\\1+");
		append_step (steps, pattern->str, json_string ("$1"), 0);
	}
	return steps;
}

/* One pattern of all suffixes; what is left of the word is in the group of the suffix that matched. */
static void append_suffixes (json_t *steps, const RnRules *rules)
{
	g_autoptr (GString) pattern = g_string_new ("^(?:"), put = g_string_new (NULL);
	guint groups = 0;
	for (guint i = 0, end; i < rules->n_suffixes; i = end) {
		guint length = rules->suffixes[i].n;
		for (end = i; end < rules->n_suffixes && rules->suffixes[end].n == length;)
			end++;
		for (guint k = i; k < end; k++) {
			g_string_append_printf (pattern, "%s(.{%u,})", groups ? "|" : "", rules->suffixes[k].least);
			append_pattern (pattern, rules->suffixes[k].letters, length);
			g_string_append_printf (put, "$%u", ++groups);
		}
	}
	g_string_append (pattern, ")$");
	if (groups)
		append_step (steps, pattern->str, json_string (put->str), -1);
}

/* The language's own steps; their regions come behind the whole word. */
static void append_steps (json_t *steps, json_t *regions, const json_t *own)
{
	gsize i;
	json_t *value;
	json_array_foreach (json_object_get (own, "regions"), i, value)
		json_array_append (regions, value);
	json_array_foreach (json_object_get (own, "rules"), i, value) {
		json_int_t region = json_integer_value (json_array_get (value, 0)), skip = json_integer_value (json_array_get (value, 3));
		json_array_append_new (steps, json_pack ("[I, O, O, I]", region + 1, json_array_get (value, 1), json_array_get (value, 2), skip));
	}
}

/* Whole words, then the longest ending: the one that begins first. */
static void append_endings (json_t *steps, const json_t *endings)
{
	g_autoptr (GString) words = g_string_new (NULL), tails = g_string_new (NULL), pattern = g_string_new (NULL);
	json_t *map = json_object (), *value;
	const char *key;
	json_object_foreach ((json_t *) endings, key, value) {
		const char *text = json_string_value (value), *ending = key + (*key == '^');
		glong letters = g_utf8_strlen (ending, -1);
		glong cut = MIN ((glong) g_ascii_strtoull ((const char[]) { text[0], '\0' }, NULL, 36), letters);
		g_autofree char *kept = g_utf8_substring (ending, 0, letters - cut), *put = g_strconcat (kept, text + 1, NULL);
		GString *list = *key == '^' ? words : tails;
		g_string_append_c (list, '|');
		append_text_pattern (list, ending);
		if (*key == '^' || !json_object_get (map, ending))
			json_object_set_new (map, ending, json_string (put));
	}
	if (words->len)
		g_string_append_printf (pattern, "^(?:%s)$%s", words->str + 1, tails->len ? "|" : "");
	if (tails->len)
		g_string_append_printf (pattern, "(?:%s)$", tails->str + 1);
	if (pattern->len)
		append_step (steps, pattern->str, map, 0);
	else
		json_decref (map);
}

static json_t *stemming (const RnRules *rules, json_t *regions, const json_t *own, const json_t *endings)
{
	json_t *steps = json_array ();
	if (rules->stemmer && !strcmp (rules->stemmer, "suffixes"))
		append_suffixes (steps, rules);
	else if (rules->stemmer && own)
		append_steps (steps, regions, own);
	else if (rules->stemmer && endings)
		append_endings (steps, endings);
	append_table (steps, &rules->after);
	return steps;
}

static int by_text (gconstpointer a, gconstpointer b)
{
	return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static json_t *stop_words (const RnRules *rules)
{
	json_t *list = json_array ();
	g_autoptr (GPtrArray) all = g_ptr_array_new ();
	GHashTableIter iter;
	gpointer term;
	g_hash_table_iter_init (&iter, rules->stop);
	while (g_hash_table_iter_next (&iter, &term, NULL))
		g_ptr_array_add (all, term);
	g_ptr_array_sort (all, by_text);
	for (guint i = 0; i < all->len; i++)
		json_array_append_new (list, json_string (all->pdata[i]));
	return list;
}

static void set_latin (json_t *out, const RnRules *rules)
{
	g_autoptr (GString) pattern = g_string_new (NULL), letters = g_string_new (NULL);
	json_t *map = json_object ();
	for (guint i = 0; i < rules->n_spellings; i++) {
		const RnSpelling *spelling = &rules->spellings[i];
		append_text_pattern (pattern, spelling->latin);
		g_string_append_c (pattern, '|');
		g_string_truncate (letters, 0);
		append_letters (letters, spelling->letters, spelling->n);
		json_object_set_new (map, spelling->latin, json_string (letters->str));
	}
	json_object_set_new (out, "l", map);
	if (pattern->len) {
		g_string_append_c (pattern, '.');
		json_object_set_new (out, "i", json_string (pattern->str));
	}
}

static json_t *keyboard (const RnRules *rules)
{
	json_t *list = json_array ();
	for (gunichar *const *row = rules->keyboard; *row; row++) {
		g_autofree char *text = g_ucs4_to_utf8 (*row, -1, NULL, NULL, NULL);
		json_array_append_new (list, json_string (text));
	}
	return list;
}

json_t *rn_script_rules (const RnRules *rules, const char *json, const json_t *endings)
{
	json_t *out = json_object (), *regions = json_pack ("[s]", "^"), *data = json_loads (json, 0, NULL);
	json_object_set_new (out, "w", word_pattern (rules));
	json_object_set_new (out, "f", folding (rules));
	json_object_set_new (out, "s", stemming (rules, regions, json_object_get (data, "steps"), endings));
	json_object_set_new (out, "r", regions);
	json_object_set_new (out, "t", stop_words (rules));
	set_latin (out, rules);
	json_object_set_new (out, "k", keyboard (rules));
	json_decref (data);
	return out;
}
