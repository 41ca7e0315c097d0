/* synonyms.c - the file's groups, each entry checked where it stands. */
#include "search/synonyms.h"

typedef struct {
	const RnSite *site;
	RnDiagnostics *sink;
	const char *file;
	RnSynonymTake take;
	gpointer user;
	guint group;
} Reader;

static void fault (const Reader *reader, const RnValue *value, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void fault (const Reader *reader, const RnValue *value, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	g_autofree char *text = g_strdup_vprintf (format, args);
	va_end (args);
	rn_diagnose (reader->sink, RN_D_SYNONYMS, RN_PLACE (reader->file, value->line, value->col), text);
}

static gboolean read_one (const Reader *reader, const RnLanguage *language, const RnValue *value, GError **error)
{
	const char *words = rn_value_string (value);
	if (words && *words)
		return reader->take (reader->user, reader->group, language, words, error);
	fault (reader, value, "a word must be a text%s", value->kind == RN_STRING ? ", not an empty one" : "; put it in quotes");
	return TRUE;
}

static gboolean read_words (const Reader *reader, const RnPair *pair, GError **error)
{
	const RnLanguage *language = rn_site_language (reader->site, pair->name);
	if (!language) {
		fault (reader, pair->value, "'%s' is not one of the site's languages", pair->name);
		return TRUE;
	}
	if (pair->value->kind != RN_LIST)
		return read_one (reader, language, pair->value, error);
	for (guint i = 0; i < pair->value->n; i++)
		if (!read_one (reader, language, pair->value->items[i], error))
			return FALSE;
	return TRUE;
}

gboolean rn_synonyms_read (const RnSite *site, RnDiagnostics *sink, RnSynonymTake take, gpointer user, GError **error)
{
	g_autofree char *path = g_strconcat (site->content, "data/synonyms.yaml", NULL);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	Reader reader = { site, sink, rn_diagnostics_intern (sink, path), take, user, 0 };
	if (rn_tree_find (site->tree, path) < 0)
		return TRUE;
	const RnValue *list = rn_site_yaml (site->tree, path, arena, sink);
	if (list && list->kind != RN_LIST && list->kind != RN_NULL)
		fault (&reader, list, "the file must be a list of groups, such as - {en: [flat, apartment]}");
	for (guint i = 0; list && list->kind == RN_LIST && i < list->n; i++) {
		const RnValue *group = list->items[i];
		reader.group = i + 1;
		if (group->kind != RN_MAP)
			fault (&reader, group, "a group must be a map: language -> list of words");
		for (guint k = 0; group->kind == RN_MAP && k < group->n; k++)
			if (!read_words (&reader, &group->pairs[k], error))
				return FALSE;
	}
	return TRUE;
}
