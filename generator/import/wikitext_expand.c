/*
 * wikitext_expand.c - {{templates}}, {{{parameters}}} and magic words in; what they stand for out.
 *
 * A template is what the map says it is, else its source in the dump. What is neither, and the parts of a call that a template does
 * not show, are told; the call stands as it was typed.
 */
#include "import/wikitext-int.h"
#include "import/import.h"

#include <string.h>

/* One argument; name NULL: the number-th. */
typedef struct { char *name, *value; gboolean used; } Argument;

typedef struct {
	RnWiki *wiki;
	const char *text;
	gsize len;
	GHashTable *pairs;       /* opening position -> (close << 2 | width - 2) + 1 */
	GArray *arguments;       /* Argument of the template whose source TEXT is; NULL: a page */
	guint level;
} Expand;

static char *expand_in (RnWiki *wiki, const char *text, gsize len, GArray *arguments, guint level);
static void expand_range (Expand *x, GString *out, gsize begin, gsize end);

/* --- braces ----------------------------------------------------------------------------------------------------------------- */

typedef struct { guint at, n; } Run;

/* Closes runs of opening braces with the M closing ones at AT, three or two at a time. */
static void close_braces (GHashTable *pairs, GArray *runs, gsize at, guint m)
{
	while (m >= 2 && runs->len) {
		Run *top = &g_array_index (runs, Run, runs->len - 1);
		guint width = MIN (3, MIN (m, top->n));
		top->n -= width;
		g_hash_table_insert (pairs, GSIZE_TO_POINTER (top->at + top->n + 1), GSIZE_TO_POINTER ((at << 1 | (width - 2)) + 1));
		at += width;
		m -= width;
		if (top->n < 2)
			g_array_set_size (runs, runs->len - 1);
	}
}

static GHashTable *find_braces (const char *text, gsize len)
{
	GHashTable *pairs = g_hash_table_new (NULL, NULL);
	g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
	for (gsize i = 0; i < len;) {
		gsize n = 1;
		while (i + n < len && text[i + n] == text[i])
			n++;
		Run run = { (guint) i, (guint) n };
		if (text[i] == '{' && n >= 2)
			g_array_append_val (runs, run);
		else if (text[i] == '}')
			close_braces (pairs, runs, i, (guint) n);
		i += n;
	}
	return pairs;
}

/* The braces that open at I: where they close, and how many there are. */
static gboolean braces_at (const Expand *x, gsize i, gsize *close, guint *width)
{
	gsize packed = GPOINTER_TO_SIZE (g_hash_table_lookup (x->pairs, GSIZE_TO_POINTER (i + 1)));
	if (!packed)
		return FALSE;
	*close = (packed - 1) >> 1;
	*width = ((packed - 1) & 1) + 2;
	return TRUE;
}

/* --- arguments -------------------------------------------------------------------------------------------------------------- */

/* Is NAME that of an argument without one? */
static gboolean is_position (const char *name)
{
	return *name && strspn (name, "0123456789") == strlen (name);
}

static void clear_argument (gpointer data)
{
	Argument *argument = data;
	g_free (argument->name);
	g_free (argument->value);
}

/* The end of the part of a call that begins at I: a '|' outside of inner braces and links, or END. equals: the first '=' there, or END. */
static gsize part_end (const Expand *x, gsize i, gsize end, gsize *equals)
{
	guint links = 0;
	*equals = end;
	for (; i < end; i++) {
		gsize close;
		guint width;
		char next = i + 1 < end ? x->text[i + 1] : 0;
		if (x->text[i] == '{' && braces_at (x, i, &close, &width) && close < end)
			i = close + width - 1;
		else if (x->text[i] == '[' && next == '[')
			links++, i++;
		else if (x->text[i] == ']' && next == ']' && links)
			links--, i++;
		else if (x->text[i] == '|' && !links)
			return i;
		else if (x->text[i] == '=' && *equals == end)
			*equals = i;
	}
	return end;
}

static char *range (Expand *x, gsize begin, gsize end)
{
	GString *out = g_string_new (NULL);
	expand_range (x, out, begin, end);
	return g_string_free (out, FALSE);
}

/* The parts behind the name; of parser functions none has a name. */
static GArray *read_arguments (Expand *x, gsize i, gsize end, gboolean named)
{
	GArray *arguments = g_array_new (FALSE, TRUE, sizeof (Argument));
	guint number = 1;
	g_array_set_clear_func (arguments, clear_argument);
	while (i < end) {
		gsize equals, stop = part_end (x, ++i, end, &equals);
		gboolean has_name = named && equals < stop;
		Argument argument = { has_name ? g_strstrip (range (x, i, equals)) : g_strdup_printf ("%u", number), range (x, has_name ? equals + 1 : i, stop), FALSE };
		if (has_name || !named)
			g_strstrip (argument.value);
		number += !has_name;
		g_array_append_val (arguments, argument);
		i = stop;
	}
	return arguments;
}

/* The last argument with that name counts. */
static Argument *find_argument (GArray *arguments, const char *name)
{
	for (guint i = arguments ? arguments->len : 0; i--;)
		if (!strcmp (g_array_index (arguments, Argument, i).name, name))
			return &g_array_index (arguments, Argument, i);
	return NULL;
}

static void parameter (Expand *x, GString *out, gsize begin, gsize end)
{
	gsize equals, stop = part_end (x, begin, end, &equals);
	g_autofree char *name = g_strstrip (range (x, begin, stop));
	Argument *argument = find_argument (x->arguments, name);
	if (argument) {
		argument->used = TRUE;
		g_string_append (out, argument->value);
	} else if (stop < end) {
		if (!x->arguments)
			rn_wiki_tell (x->wiki, FALSE, "'%s' is filled in by nothing: what is meant for that case stands.", name);
		expand_range (x, out, stop + 1, end);
	} else if (!x->arguments) {
		g_autofree char *whole = g_strdup_printf ("{{{%s}}}", name);
		rn_wiki_tell (x->wiki, TRUE, "%s is filled in by nothing: it stands as it was typed.", whole);
		rn_wiki_mark (x->wiki, out, RN_STRIP_LITERAL, g_steal_pointer (&whole), NULL);
	}
}

/* --- templates that the map knows ------------------------------------------------------------------------------------------- */

static void tell_unused (const Expand *x, const char *name, GArray *arguments)
{
	for (guint i = 0; i < arguments->len; i++) {
		const Argument *argument = &g_array_index (arguments, Argument, i);
		g_autofree char *value = g_strstrip (g_strdup (argument->value));
		if (!argument->used && *value)
			rn_wiki_tell (x->wiki, TRUE, "The template '%s' does not show what stands in it as '%s': %s", name, argument->name, value);
		else if (!argument->used && *argument->name && !is_position (argument->name))
			rn_wiki_tell (x->wiki, FALSE, "The template '%s' has nothing as '%s'.", name, argument->name);
	}
}

/* Free text of an argument, for a field: its marks as what they stand for. */
static char *plain (RnWiki *wiki, const char *marked)
{
	g_autofree char *text = rn_wiki_unmark (wiki, marked);
	if (strstr (text, "[["))
		rn_wiki_tell (wiki, FALSE, "A link where none can be stands as its words: %s", text);
	return rn_wiki_plain (text, strlen (text));
}

static void take_fields (Expand *x, const RnValue *fields, GArray *arguments)
{
	for (guint i = 0; i < arguments->len; i++) {
		Argument *argument = &g_array_index (arguments, Argument, i);
		const RnValue *field = rn_value_get (fields, argument->name);
		if (!field)
			continue;
		g_autofree char *value = plain (x->wiki, argument->value);
		argument->used = TRUE;
		if (field->kind == RN_STRING && *value && x->wiki->hooks->field)
			x->wiki->hooks->field (x->wiki->hooks->user, field->string, value);
		else if (*value)
			rn_wiki_tell (x->wiki, FALSE, "The map leaves out what stands as '%s': %s", argument->name, value);
	}
}

/* {callout: WARNING}: the first argument in a quote with its kind. */
static void make_callout (Expand *x, GString *out, const char *kind, GArray *arguments)
{
	g_autoptr (GString) text = g_string_new (NULL);
	for (guint i = 0; i < arguments->len; i++) {
		Argument *argument = &g_array_index (arguments, Argument, i);
		if (!is_position (argument->name) && strcmp (argument->name, "text"))
			continue;
		argument->used = TRUE;
		g_string_append_printf (text, "%s%s", text->len ? "\n\n" : "", argument->value);
	}
	g_autofree char *inner = rn_wiki_whole (x->wiki, text->str, text->len, TRUE);
	g_autofree char *quote = rn_wiki_indent (g_strchomp (inner), "> ", "> "), *upper = g_ascii_strup (kind, -1);
	g_string_append_c (out, '\n');
	rn_wiki_mark (x->wiki, out, RN_STRIP_BLOCK, g_strdup_printf ("> [!%s]\n%s", upper, quote), NULL);
	g_string_append_c (out, '\n');
}

/* {fence: terms}: the block of a plugin, with the arguments as its own. */
static void make_fence (Expand *x, GString *out, const char *name, GArray *arguments)
{
	g_autoptr (GString) head = g_string_new (name);
	for (guint i = 0; i < arguments->len; i++) {
		Argument *argument = &g_array_index (arguments, Argument, i);
		g_autofree char *value = plain (x->wiki, argument->value);
		argument->used = TRUE;
		g_strdelimit (value, "\n`", ' ');
		if (is_position (argument->name))
			g_string_append_printf (head, " %s", value);
		else
			g_string_append_printf (head, " %s=%s", argument->name, value);
	}
	g_string_append_c (out, '\n');
	rn_wiki_mark (x->wiki, out, RN_STRIP_BLOCK, g_strdup_printf ("```%s\n```", head->str), NULL);
	g_string_append_c (out, '\n');
}

/* TRUE: the map says what the template is, and it was made. */
static gboolean mapped (Expand *x, GString *out, const char *name, GArray *arguments, const char *whole)
{
	const RnValue *rule = rn_import_mapped (x->wiki->hooks->map, "templates", name);
	if (!rule)
		return FALSE;
	const char *callout = rn_value_string (rn_value_get (rule, "callout")), *fence = rn_value_string (rn_value_get (rule, "fence"));
	const char *source = rn_value_string (rn_value_get (rule, "text"));
	if (rule->kind == RN_BOOL && !rule->boolean) {
		rn_wiki_tell (x->wiki, FALSE, "The map leaves out: %s", whole);
		return TRUE;
	}
	take_fields (x, rn_value_get (rule, "fields"), arguments);
	if (callout)
		make_callout (x, out, callout, arguments);
	if (fence)
		make_fence (x, out, fence, arguments);
	if (source) {
		g_autofree char *made = expand_in (x->wiki, source, strlen (source), arguments, x->level + 1);
		g_string_append (out, made);
	}
	tell_unused (x, name, arguments);
	return TRUE;
}

/* --- magic words and functions ---------------------------------------------------------------------------------------------- */

static const char *value_of (GArray *arguments, guint i)
{
	if (i >= arguments->len)
		return "";
	g_array_index (arguments, Argument, i).used = TRUE;
	return g_array_index (arguments, Argument, i).value;
}

/* {{#if: test | then | else}}, {{#ifeq: a | b | same | other}}; what is not chosen is told as a note. */
static gboolean function (Expand *x, GString *out, const char *name, const char *first, GArray *arguments)
{
	guint then = !strcmp (name, "#if") ? 0 : 1;
	gboolean yes = then ? !strcmp (first, value_of (arguments, 0)) : *first != 0;
	if (strcmp (name, "#if") && strcmp (name, "#ifeq"))
		return FALSE;
	const char *left_out = value_of (arguments, yes ? then + 1 : then);
	g_string_append (out, value_of (arguments, yes ? then : then + 1));
	if (!x->arguments && *left_out)
		rn_wiki_tell (x->wiki, FALSE, "The other case of a condition is left out: %s", left_out);
	if (!x->arguments && *first)
		rn_wiki_tell (x->wiki, FALSE, "A condition was held against: %s", first);
	tell_unused (x, name, arguments);
	return TRUE;
}

/* {{PAGENAME}} and its like; TRUE: it was one. */
static gboolean magic (Expand *x, GString *out, const char *name, GArray *arguments)
{
	const RnWikiHooks *hooks = x->wiki->hooks;
	const char *colon = strchr (name, ':'), *rest = hooks->title;
	if (!arguments->len && (!strcmp (name, "!") || !strcmp (name, "="))) {
		g_string_append (out, name[0] == '!' ? "|" : "=");
		return TRUE;
	}
	if (!arguments->len && !strcmp (name, "PAGENAME"))
		rn_dump_namespace (hooks->wiki, hooks->title, &rest);
	if (!arguments->len && (!strcmp (name, "PAGENAME") || !strcmp (name, "FULLPAGENAME") || (!strcmp (name, "SITENAME") && hooks->wiki->name))) {
		g_string_append (out, name[0] == 'S' ? hooks->wiki->name : rest);
		return TRUE;
	}
	if (!colon)
		return FALSE;
	g_autofree char *word = g_strndup (name, (gsize) (colon - name)), *value = g_strstrip (g_strdup (colon + 1));
	if (*word == '#')
		return function (x, out, word, value, arguments);
	if (strcmp (word, "DISPLAYTITLE") && strcmp (word, "DEFAULTSORT"))
		return FALSE;
	if (*value && *word == 'D' && word[1] == 'I' && hooks->field) {
		g_autofree char *title = plain (x->wiki, value);
		hooks->field (hooks->user, "title", title);
	} else {
		rn_wiki_tell (x->wiki, FALSE, "Words for the wiki alone are left out: {{%s}}", name);
	}
	tell_unused (x, word, arguments);
	return TRUE;
}

/* --- calls ------------------------------------------------------------------------------------------------------------------ */

/* What a template makes begins a line of its own where it is a list or a table. */
static void append_made (GString *out, const char *made)
{
	const gboolean alone = (*made && strchr ("*#:;", *made)) || g_str_has_prefix (made, "{|");
	if (alone && out->len && out->str[out->len - 1] != '\n')
		g_string_append_c (out, '\n');
	g_string_append (out, made);
}

/* The call with its inner calls expanded, as text. */
static void keep_call (Expand *x, GString *out, const char *name, GArray *arguments)
{
	rn_wiki_mark (x->wiki, out, RN_STRIP_LITERAL, g_strdup_printf ("{{%s", name), NULL);
	for (guint i = 0; i < arguments->len; i++) {
		const Argument *argument = &g_array_index (arguments, Argument, i);
		rn_wiki_mark (x->wiki, out, RN_STRIP_LITERAL, is_position (argument->name) ? g_strdup ("|") : g_strdup_printf ("|%s=", argument->name), NULL);
		g_string_append (out, argument->value);
	}
	rn_wiki_mark (x->wiki, out, RN_STRIP_LITERAL, g_strdup ("}}"), NULL);
}

static void call (Expand *x, GString *out, gsize begin, gsize end)
{
	gsize equals, stop = part_end (x, begin, end, &equals);
	g_autofree char *typed = range (x, begin, stop), *name = g_strstrip (rn_wiki_unmark (x->wiki, typed));
	g_autofree char *whole = g_strndup (x->text + begin, end - begin);
	g_autoptr (GArray) arguments = read_arguments (x, stop, end, *name != '#');
	const RnWikiHooks *hooks = x->wiki->hooks;
	const char *bare;
	if (mapped (x, out, name, arguments, whole) || magic (x, out, name, arguments))
		return;
	gint ns = rn_dump_namespace (hooks->wiki, name, &bare);
	const char *source = *bare && hooks->template && (ns == RN_WIKI_TEMPLATE || ns == RN_WIKI_MAIN) ? hooks->template (hooks->user, bare) : NULL;
	if (!source || x->level >= RN_WIKI_DEPTH || x->wiki->grown > RN_WIKI_GROWN) {
		if (!source)
			rn_wiki_tell (x->wiki, TRUE, "The template '%s' is neither in the dump nor in the map: it stands as it was typed.", name);
		else
			rn_wiki_tell (x->wiki, TRUE, "The template '%s' calls others too deep or grows too large: it stands as it was typed.", name);
		keep_call (x, out, name, arguments);
		return;
	}
	g_autofree char *stripped = rn_wiki_strip (x->wiki, source, strlen (source), TRUE);
	g_autofree char *made = expand_in (x->wiki, stripped, strlen (stripped), arguments, x->level + 1);
	x->wiki->grown += strlen (made) + strlen (source);
	append_made (out, made);
	tell_unused (x, name, arguments);
}

static void expand_range (Expand *x, GString *out, gsize begin, gsize end)
{
	for (gsize i = begin; i < end; i++) {
		gsize close;
		guint width;
		if (x->text[i] != '{' || !braces_at (x, i, &close, &width) || close >= end) {
			g_string_append_c (out, x->text[i]);
			continue;
		}
		if (++x->wiki->depth > 4 * RN_WIKI_DEPTH) {
			rn_wiki_tell (x->wiki, TRUE, "Braces are nested too deep: they stand as they were typed.");
			g_string_append_len (out, x->text + i, (gssize) (close + width - i));
		} else if (width == 3) {
			parameter (x, out, i + 3, close);
		} else {
			call (x, out, i + 2, close);
		}
		x->wiki->depth--;
		i = close + width - 1;
	}
}

/* LEVEL templates deep. */
static char *expand_in (RnWiki *wiki, const char *text, gsize len, GArray *arguments, guint level)
{
	Expand x = { wiki, text, len, find_braces (text, len), arguments, level };
	GString *out = g_string_sized_new (len);
	expand_range (&x, out, 0, len);
	g_hash_table_unref (x.pairs);
	return g_string_free (out, FALSE);
}

char *rn_wiki_expand (RnWiki *wiki, const char *text, gsize len)
{
	return expand_in (wiki, text, len, NULL, 0);
}
