/*
 * sample.h - a small site written down as one text, opened as the press opens one.
 *
 * The text has the form of tests/cli: a line "-- content/faq/a.ru.md --" begins a file. What the model said comes back as lines
 * "content/faq/a.ru.md:3:1: [field-missing] 'x' is required and missing", all of them: one too many fails a test as one too few does.
 */
#ifndef RN_TESTS_SAMPLE_H
#define RN_TESTS_SAMPLE_H

#include "../source/repository.h"
#include "base/workers.h"
#include "model/library.h"
#include "model/link.h"

typedef struct {
	char *dir;
	RnDiagnostics *sink;
	RnTree *tree, *shipped;
	RnHistory *history;
	RnSite *site;
	RnLibrary *library;
	GError *error;
	GString *said;
} Sample;

/* 2026-06-01: what a test calls today. */
#define TODAY ((gint64) 1780272000)

/* What comes with the tool, as far as the model needs it. */
#define SHIPPED \
	"-- layouts/lang/tg.yaml --\nname: Tajik\ntransliterate: {а: a, б: b, в: v, д: d, и: i, л: l, н: n, о: o, р: r, с: s, т: t, у: u, ф: f, ш: sh, ҳ: h, ҷ: j, ӣ: i}\n" \
	"strings: {home: Home, tags: Tags, not_found: None}\n" \
	"-- layouts/lang/ru.yaml --\nname: Russian\nstrings: {home: Home, tags: Tags, not_found: None}\n" \
	"-- layouts/lang/en.yaml --\nname: English\nstrings: {home: Home, tags: Tags, not_found: None}\n" \
	"-- layouts/lang/und.yaml --\nname: ''\nstrings: {home: Home, tags: Tags, not_found: None}\n"

/* What a test wants beside it, told before this file is read. */
#ifndef SHIPPED_TOO
#define SHIPPED_TOO ""
#endif

G_GNUC_UNUSED static void unpack (const char *dir, const char *text)
{
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	g_autoptr (GString) file = g_string_new (NULL);
	g_autofree char *name = NULL;

	for (char **line = lines; *line; line++) {
		gboolean begins = g_str_has_prefix (*line, "-- ") && g_str_has_suffix (*line, " --");
		if ((begins || !line[1]) && name)
			write_file (dir, name, file->str);
		if (begins) {
			g_free (name);
			name = g_strndup (*line + 3, strlen (*line) - 6);
			g_string_truncate (file, 0);
		} else {
			g_string_append_printf (file, "%s\n", *line);
		}
	}
}

G_GNUC_UNUSED static void sample_free (Sample *sample)
{
	rn_library_free (sample->library);
	rn_site_free (sample->site);
	if (sample->history)
		rn_history_free (sample->history);
	if (sample->tree)
		rn_tree_free (sample->tree);
	rn_tree_free (sample->shipped);
	rn_diagnostics_free (sample->sink);
	g_clear_error (&sample->error);
	g_string_free (sample->said, TRUE);
	remove_folder (sample->dir);
	g_free (sample->dir);
	g_free (sample);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

/* A folder with TEXT's files; nothing is opened yet. */
G_GNUC_UNUSED static Sample *sample_folder (const char *text)
{
	Sample *sample = g_new0 (Sample, 1);

	sample->dir = make_folder ();
	sample->sink = rn_diagnostics_new ();
	sample->said = g_string_new (NULL);
	g_autofree char *site = g_build_filename (sample->dir, "site", NULL), *shipped = g_build_filename (sample->dir, "shipped", NULL);
	g_assert_cmpint (g_mkdir_with_parents (site, 0777), ==, 0);
	unpack (site, text);
	unpack (shipped, SHIPPED SHIPPED_TOO);
	sample->shipped = rn_tree_open_work (shipped, NULL, NULL, sample->sink, NULL);
	g_assert_nonnull (sample->shipped);
	return sample;
}

/* Opens the folder's site and reads its pages; FALSE with the sample's error. */
G_GNUC_UNUSED static gboolean sample_load (Sample *sample, const RnSiteOptions *options, gboolean history)
{
	g_autofree char *site = g_build_filename (sample->dir, "site", NULL);

	sample->tree = rn_tree_open_work (site, NULL, NULL, sample->sink, &sample->error);
	if (sample->tree && history)
		sample->history = rn_history_open (sample->tree, NULL, sample->sink, &sample->error);
	if (!sample->error)
		sample->site = rn_site_open (sample->tree, sample->shipped, options, sample->sink, &sample->error);
	if (sample->site)
		sample->library = rn_library_load (sample->site, sample->history, 2, NULL, sample->sink, &sample->error);
	return sample->library != NULL;
}

G_GNUC_UNUSED static Sample *sample_with (const char *text, const RnSiteOptions *options)
{
	Sample *sample = sample_folder (text);

	sample_load (sample, options, FALSE);
	g_assert_no_error (sample->error);
	rn_library_freeze (sample->library);
	return sample;
}

/* TEXT's site, resolved, for the public and on the day TODAY. */
G_GNUC_UNUSED static Sample *sample_open (const char *text)
{
	const RnSiteOptions options = { .clock = TODAY };

	return sample_with (text, &options);
}

/* All that was said, a line each. */
G_GNUC_UNUSED static const char *said (Sample *sample)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sample->sink, &n);

	g_string_truncate (sample->said, 0);
	for (guint i = 0; i < n; i++) {
		const RnPlace *place = &list[i]->where;
		if (place->file && place->line)
			g_string_append_printf (sample->said, "%s:%u:%u: ", place->file, place->line, place->col);
		else if (place->file)
			g_string_append_printf (sample->said, "%s: ", place->file);
		g_string_append_printf (sample->said, "[%s] %s\n", rn_diagnostic_kind (list[i]->id)->id, list[i]->message);
	}
	return sample->said->str;
}

/* The page KEY in the language CODE, also where it is not seen: NULL then. */
G_GNUC_UNUSED static RnPage *page (Sample *sample, const char *code, const char *key)
{
	return rn_library_page (sample->library, rn_site_language (sample->site, code), key);
}

/* The addresses of LIST, a space after each; free it. */
G_GNUC_UNUSED static char *urls (const RnPages *list)
{
	GString *text = g_string_new (NULL);

	for (guint i = 0; i < list->n; i++)
		g_string_append_printf (text, "%s ", list->items[i]->url);
	return g_string_free (text, FALSE);
}

#define assert_urls(list, wanted) G_STMT_START { g_autofree char *urls_ = urls (list); g_assert_cmpstr (urls_, ==, wanted); } G_STMT_END
#define assert_said(sample, wanted) g_assert_cmpstr (said (sample), ==, wanted)

/* The field NAME of a page as text; free it. */
G_GNUC_UNUSED static char *field (const RnPage *of, const char *name)
{
	const RnValue *value = rn_page_field (of, name);

	return value ? rn_value_text (value) : NULL;
}

#define assert_field(of, name, wanted) G_STMT_START { g_autofree char *field_ = field (of, name); g_assert_cmpstr (field_, ==, wanted); } G_STMT_END

#endif
