/* explain.c - rohnamo explain: the table of diagnostics in; one of them, or the whole reference, out. */
#include "base/diagnostic.h"
#include "base/words.h"
#include "command/command.h"
#include "command/terminal.h"

#include <stdio.h>
#include <string.h>

/* What stands before a page's line, and below the reference. */
static const char *const ignoring = N_(
	"A warning or a hint that is meant to be is passed over where the file says so, with a reason: in the front matter or a .yaml\n"
	"file the line `# rohnamo: ignore ID: why`, for all of the file; in the text `<!-- rohnamo: ignore ID: why -->`, for the\n"
	"paragraph, list or table that follows. An error cannot be passed over.\n");

static void print_one (const RnDiagnosticKind *kind)
{
	g_autofree char *message = rn_diagnostic_pattern (kind->message), *remedy = rn_diagnostic_pattern (kind->remedy);
	printf ("%s: %s: %s\n\n%s\n", kind->id, _(rn_severity_name (kind->severity)), message, _(kind->explanation));
	if (*remedy)
		printf (_("\nWhat to do: %s\n"), remedy);
	if (kind->severity < RN_ERROR)
		printf ("\n%s", _(ignoring));
}

static int by_id (gconstpointer a, gconstpointer b)
{
	return strcmp ((*(const RnDiagnosticKind *const *) a)->id, (*(const RnDiagnosticKind *const *) b)->id);
}

/* The kinds by their ids. Free it. */
static const RnDiagnosticKind **sorted (void)
{
	const RnDiagnosticKind **list = g_new (const RnDiagnosticKind *, RN_D_COUNT);
	for (guint i = 0; i < RN_D_COUNT; i++)
		list[i] = rn_diagnostic_kind ((RnDiagnosticId) i);
	qsort (list, RN_D_COUNT, sizeof *list, by_id);
	return list;
}

/* Markdown: a heading for each, so that a link can lead to it. */
static void print_reference (void)
{
	g_autofree const RnDiagnosticKind **list = sorted ();
	printf (_("# What rohnamo tells\n\n%u messages, by their names. %s"), RN_D_COUNT, _(ignoring));
	for (guint i = 0; i < RN_D_COUNT; i++) {
		g_autofree char *message = rn_diagnostic_pattern (list[i]->message), *remedy = rn_diagnostic_pattern (list[i]->remedy);
		printf ("\n## %s\n\n*%s:* %s\n\n%s\n", list[i]->id, _(rn_severity_name (list[i]->severity)), message, _(list[i]->explanation));
		if (*remedy)
			printf (_("\n**What to do:** %s\n"), remedy);
	}
}

static void print_list (void)
{
	g_autofree const RnDiagnosticKind **list = sorted ();
	for (guint i = 0; i < RN_D_COUNT; i++) {
		g_autofree char *message = rn_diagnostic_pattern (list[i]->message);
		printf ("%-22s %-8s %s\n", list[i]->id, rn_severity_name (list[i]->severity), message);
	}
}

static int explain (const char *id)
{
	const char *slash = strchr (id, '/'), *nearest;
	const RnDiagnosticKind *kind = rn_diagnostic_find (id, &nearest);
	if (kind) {
		print_one (kind);
		return RN_EXIT_FINE;
	}
	if (slash)
		rn_terminal_error ("'%s' is a rule of the plugin '%.*s': see plugins/%.*s/README.md", id, (int) (slash - id), id, (int) (slash - id), id);
	else if (nearest)
		rn_terminal_error ("there is no message '%s'; did you mean '%s'?", id, nearest);
	else
		rn_terminal_error ("there is no message '%s'; see: rohnamo explain", id);
	return RN_EXIT_USAGE;
}

int rn_command_explain (int argc, char **argv)
{
	gboolean reference = FALSE;
	int leave;
	const GOptionEntry entries[] = {
		{ "reference", 0, 0, G_OPTION_ARG_NONE, &reference, N_("all of them, as a page of Markdown"), NULL },
		{ 0 },
	};
	if (!rn_command_parse (rn_command_find ("explain"), entries,
	                       "A message ends with its name: [link-missing]. Without a name: all that there are.\n\n"
	                       "  rohnamo explain link-missing\n"
	                       "  rohnamo explain --reference > messages.md\n", &argc, &argv, &leave))
		return leave;
	if (argc > 2) {
		rn_terminal_error ("'%s' is one word too many; see: rohnamo explain --help", argv[2]);
		return RN_EXIT_USAGE;
	}
	if (argc == 2)
		return explain (argv[1]);
	(reference ? print_reference : print_list) ();
	return RN_EXIT_FINE;
}
