/*
 * import.c - rohnamo import KIND FILE: a wiki's export or a table in; pages of the site, and what could not be kept, out.
 *
 * What is told goes to standard error, a line each with its place; what became of the pages to standard output.
 */
#include "import/import.h"
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "source/yaml.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	char *dir, *type, *language, *map, *code, *name, *source;
	gboolean dry_run, force, verbose;
} Call;

static const struct {
	const char *name;
	gboolean (*run) (RnImport *import, const char *path, GError **error);
} kinds[] = {
	{ "mediawiki", rn_import_mediawiki },
	{ "csv", rn_import_csv },
	{ "docx", rn_import_docx },
	{ "html", rn_import_html },
};

/* The map of the call. Else than FINE: it cannot be used, and why is told. */
static int read_map (const Call *call, RnArena *arena, RnImport *import)
{
	static const char *const known[] = { "type", "language", "namespaces", "pages", "categories", "templates", "interwiki", "pictures", "columns", "values", "key", "title", "slug", NULL };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GError) error = NULL;
	g_autofree char *text = NULL;
	gsize len;
	if (!call->map)
		return RN_EXIT_FINE;
	if (!g_file_get_contents (call->map, &text, &len, &error)) {
		rn_terminal_error ("%s", error->message);
		return error->code == G_FILE_ERROR_NOENT || error->code == G_FILE_ERROR_ISDIR ? RN_EXIT_USAGE : RN_EXIT_FAILED;
	}
	import->map = g_utf8_validate (text, (gssize) len, NULL) ? rn_yaml_parse (arena, text, len, RN_PLACE (call->map, 1, 1), sink) : NULL;
	guint n;
	const RnDiagnostic *const *told = rn_diagnostics_sorted (sink, &n);
	for (guint i = 0; i < n; i++)
		rn_terminal_error ("%s:%u:%u: %s", call->map, told[i]->where.line, told[i]->where.col, told[i]->message);
	if (n || !import->map || import->map->kind != RN_MAP) {
		if (!n)
			rn_terminal_error ("'%s' is no map in YAML, in UTF-8; see generator/import/README.md", call->map);
		return RN_EXIT_USAGE;
	}
	for (guint i = 0; i < import->map->n; i++) {
		const RnPair *pair = &import->map->pairs[i];
		const char *nearest = rn_text_nearest (pair->name, known);
		if (g_strv_contains (known, pair->name))
			continue;
		if (nearest)
			rn_terminal_error ("%s:%u:%u: a map has no '%s'; did you mean '%s'?", call->map, pair->line, pair->col, pair->name, nearest);
		else
			rn_terminal_error ("%s:%u:%u: a map has no '%s'; see generator/import/README.md", call->map, pair->line, pair->col, pair->name);
		return RN_EXIT_USAGE;
	}
	return RN_EXIT_FINE;
}

static void tell (const RnImport *import, const Call *call)
{
	guint looks = 0;
	for (guint i = 0; i < import->told->len; i++) {
		const RnImportTold *told = import->told->pdata[i];
		looks += told->weight == RN_IMPORT_LOOKS;
		if (told->weight == RN_IMPORT_LOOKS && !call->verbose)
			continue;
		const char *kind = told->weight == RN_IMPORT_LOST ? "not kept" : "note";
		if (told->times > 1)
			fprintf (stderr, "%s: %s: %s (%u times)\n", told->where, kind, told->what, told->times);
		else
			fprintf (stderr, "%s: %s: %s\n", told->where, kind, told->what);
	}
	for (guint i = 0; i < import->changes->len; i++)
		puts (import->changes->pdata[i]);
	if (import->dry_run)
		puts (_("Nothing was written: this was a dry run."));
	printf (_("New pages: %u, changed: %u, the same: %u, left as they are: %u; not kept: %u\n"), import->made, import->changed, import->same, import->left, import->lost);
	if (looks && !call->verbose)
		printf (_("%u notes on looks and on words for machines; --verbose shows them.\n"), looks);
}

static int run (const Call *call, const char *kind, const char *path)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) today = g_string_new (NULL);
	RnDesk desk = { 0 };
	RnImport import = { .dir = call->dir ? call->dir : ".", .type = call->type, .language = call->language, .dry_run = call->dry_run, .force = call->force, .code = call->code,
		.name = call->name, .source = call->source };
	guint i = 0;
	int leave = RN_EXIT_FAILED;
	while (i < G_N_ELEMENTS (kinds) && strcmp (kinds[i].name, kind))
		i++;
	if (i == G_N_ELEMENTS (kinds)) {
		rn_terminal_error ("there is no import of '%s'; there are: mediawiki, csv, docx, html", kind);
		return RN_EXIT_USAGE;
	}
	rn_confined_import (import.dir, path, call->map, kinds[i].run == rn_import_docx || kinds[i].run == rn_import_html);
	const int map = read_map (call, arena, &import);
	if (map)
		return map;
	if (!rn_desk_open (&desk, &(RnDeskOptions) { .dir = import.dir, .empty = TRUE }, &error)) {
		rn_terminal_error ("%s", error->message);
		goto done;
	}
	import.site = desk.site;
	import.library = desk.library;
	rn_date_format (today, desk.site->clock, FALSE);
	import.today = today->str;
	if ((call->type && !rn_library_type (desk.library, call->type)) || (call->language && !rn_site_language (desk.site, call->language))) {
		if (call->type && !rn_library_type (desk.library, call->type))
			rn_terminal_error ("the site has no type '%s': a type is a folder of the content with _type.yaml", call->type);
		else
			rn_terminal_error ("the site has no language '%s'", call->language);
		leave = RN_EXIT_USAGE;
		goto done;
	}
	rn_import_begin (&import);
	gboolean fine = kinds[i].run (&import, path, &error);
	tell (&import, call);
	if (!fine)
		rn_terminal_error ("%s", error->message);
	leave = !fine ? RN_EXIT_FAILED : import.lost ? RN_EXIT_CONTENT : RN_EXIT_FINE;
	rn_import_end (&import);
done:
	rn_desk_close (&desk);
	rn_confined_done ();
	return leave;
}

int rn_command_import (int argc, char **argv)
{
	Call call = { 0 };
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "type", 't', 0, G_OPTION_ARG_STRING, &call.type, N_("the type of the pages, such as faq"), "TYPE" },
		{ "lang", 'l', 0, G_OPTION_ARG_STRING, &call.language, N_("their language, where they do not say it"), "LANG" },
		{ "map", 'm', 0, G_OPTION_ARG_FILENAME, &call.map, N_("what means what: generator/import/README.md"), "FILE" },
		{ "country-code", 0, 0, G_OPTION_ARG_STRING, &call.code, N_("put before phone numbers without one, such as +12"), "CODE" },
		{ "name", 0, 0, G_OPTION_ARG_STRING, &call.name, N_("a law's address, such as labour-code"), "NAME" },
		{ "source", 0, 0, G_OPTION_ARG_STRING, &call.source, N_("where a law's text is from: an address or words"), "SOURCE" },
		{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, &call.dry_run, N_("tell all, write nothing"), NULL },
		{ "force", 'f', 0, G_OPTION_ARG_NONE, &call.force, N_("write over pages that are there"), NULL },
		{ "verbose", 'v', 0, G_OPTION_ARG_NONE, &call.verbose, N_("tell what carried no words, too"), NULL },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	int leave;
	if (!rn_command_parse (rn_command_find ("import"), entries,
	                       "rohnamo import mediawiki dump.xml --map map.yaml     pages of a wiki's export (.xml, .xml.gz)\n"
	                       "rohnamo import csv vacancies.csv --type vacancies    a page a row; run again, it brings the pages up to date\n"
	                       "rohnamo import docx law.docx --type legislation      a law: its articles become headings (html too; both need pandoc)\n\n"
	                       "All that could not be kept is told, a line each; then the exit code is 1. Pages that are there stay as they are.\n", &argc, &argv, &leave))
		return leave;
	leave = RN_EXIT_USAGE;
	if (argc != 3)
		rn_terminal_error ("import takes a kind and a file: rohnamo import mediawiki dump.xml");
	else
		leave = run (&call, argv[1], argv[2]);
	g_free (call.dir);
	g_free (call.type);
	g_free (call.language);
	g_free (call.map);
	g_free (call.code);
	g_free (call.name);
	g_free (call.source);
	return leave;
}
