/* law_articles.c - lines that begin an article or a chapter, by the words of the languages, into headings; all other lines as they are. */
#include "import/law.h"

#include <string.h>

#define LONGEST_TITLE 240      /* characters: what is longer is the article's text, in the same paragraph */

typedef struct {
	GRegex *article, *chapter;   /* NULL: the languages have no words for it */
	gboolean chapters;           /* the text has some: articles are a level lower */
	GHashTable *numbers;         /* of articles that have their anchor */
	RnImport *import;
	const char *where;
	guint count;
} Law;

static void add_words (GString *out, const RnLanguage *language, const char *key)
{
	const RnValue *words = rn_value_get (rn_value_get (language->data, "import"), key);
	for (guint i = 0; words && words->kind == RN_LIST && i < words->n; i++) {
		g_autofree char *word = rn_value_string (words->items[i]) ? g_regex_escape_string (rn_value_string (words->items[i]), -1) : NULL;
		if (word)
			g_string_append_printf (out, "%s%s", out->len ? "|" : "", word);
	}
}

/* A line with one of the words under KEY (2), a number (3) and, behind a dot, or a blank in what is a heading or bold (1), a title (5); NULL: there are no such words. */
static GRegex *pattern (const RnImport *import, const RnLanguage *language, const char *key, const char *number)
{
	g_autoptr (GString) words = g_string_new (NULL);
	add_words (words, language, key);
	for (guint i = 0; !words->len && i < import->site->n_languages; i++)
		add_words (words, import->site->languages[i], key);
	if (!words->len)
		return NULL;
	g_autofree char *text = g_strdup_printf ("^(#+ +|[*_]{2})?[*_]*(%s)[*_]*[ \\x{a0}]+[*_]*(%s)[*_]*(?:(\\\\?[.)][*_]*|(?(1)[ \\x{a0}]|(*FAIL)))[ \\x{a0}]*(.*?)|)[*_ ]*$", words->str, number);
	return g_regex_new (text, G_REGEX_CASELESS, 0, NULL);
}

/* "13-1", "13<sup>1</sup>", "13\.1" -> "13.1": as the number stands in an anchor. */
static char *plain_number (const char *text)
{
	GString *out = g_string_new (NULL);
	for (const char *p = text; *p; p++)
		if (g_ascii_isdigit (*p)) {
			g_string_append_c (out, *p);
		} else {
			if (out->len && out->str[out->len - 1] != '.')
				g_string_append_c (out, '.');
			const char *close = *p == '<' ? strchr (p, '>') : NULL;
			p = close ? close : p;
		}
	while (out->len && out->str[out->len - 1] == '.')
		g_string_truncate (out, out->len - 1);
	return g_string_free (out, FALSE);
}

static void put_heading (GString *out, guint level, const char *word, const char *number, const char *title, const char *anchor)
{
	gboolean is_long = g_utf8_strlen (title, -1) > LONGEST_TITLE;
	g_string_append_printf (out, "%s %s %s", level == 2 ? "##" : "###", word, number);
	if (*title && !is_long)
		g_string_append_printf (out, ". %s", title);
	if (anchor)
		g_string_append_printf (out, " {#%s}", anchor);
	g_string_append_c (out, '\n');
	if (is_long)
		g_string_append_printf (out, "\n%s\n", title);
}

/* TRUE: the line was a chapter's or an article's, and its heading is in OUT. */
static gboolean heading (Law *law, GString *out, const char *line)
{
	g_autoptr (GMatchInfo) chapter = NULL, article = NULL;
	if (law->chapter && g_regex_match (law->chapter, line, 0, &chapter)) {
		g_autofree char *word = g_match_info_fetch (chapter, 2), *number = g_match_info_fetch (chapter, 3), *title = g_match_info_fetch (chapter, 5);
		put_heading (out, 2, word, number, title ? title : "", NULL);
		return TRUE;
	}
	if (!law->article || !g_regex_match (law->article, line, 0, &article))
		return FALSE;
	g_autofree char *word = g_match_info_fetch (article, 2), *typed = g_match_info_fetch (article, 3), *title = g_match_info_fetch (article, 5), *number = plain_number (typed);
	if (!g_hash_table_add (law->numbers, g_strdup (number))) {
		rn_import_tell (law->import, RN_IMPORT_LOST, law->where, "Article %s comes twice: the second has no heading. Is it a quotation?", number);
		return FALSE;
	}
	put_heading (out, law->chapters ? 3 : 2, word, number, title ? title : "", number);
	law->count++;
	return TRUE;
}

static gboolean any_chapter (const Law *law, char *const *lines)
{
	for (guint i = 0; law->chapter && lines[i]; i++)
		if (g_regex_match (law->chapter, lines[i], 0, NULL))
			return TRUE;
	return FALSE;
}

char *rn_law_articles (RnImport *import, const RnLanguage *language, const char *markdown, const char *where, guint *articles)
{
	g_auto (GStrv) lines = g_strsplit (markdown, "\n", -1);
	Law law = { .import = import, .where = where, .numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
	GString *out = g_string_sized_new (strlen (markdown));
	law.article = pattern (import, language, "articles", "[0-9]+(?:\\\\?[.-][0-9]+)*(?:<sup>[0-9]+</sup>)?");
	law.chapter = pattern (import, language, "chapters", "[0-9]+|[IVXLC]+");
	law.chapters = any_chapter (&law, lines);
	for (guint i = 0; lines[i]; i++) {
		gboolean begins = !i || !*lines[i - 1], ends = !lines[i + 1] || !*lines[i + 1];
		if (!begins || !ends || !heading (&law, out, lines[i]))
			g_string_append_printf (out, "%s%s", lines[i], lines[i + 1] ? "\n" : "");
	}
	*articles = law.count;
	g_hash_table_unref (law.numbers);
	g_clear_pointer (&law.article, g_regex_unref);
	g_clear_pointer (&law.chapter, g_regex_unref);
	return g_string_free (out, FALSE);
}
