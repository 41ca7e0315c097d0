/*
 * manual.c - the verbs with their options and details in; rohnamo(1) in the language of the program, for man, out.
 *
 * Invariant: no text of its own but the headings: what `rohnamo help` says is what the page says.
 */
#include "base/words.h"
#include "command/command.h"

#include <stdio.h>
#include <string.h>

/* N bytes of TEXT as roff takes them literally. */
static void print_literal (const char *text, gsize n)
{
	if (n && strchr (".'", *text))
		fputs ("\\&", stdout);
	for (const char *end = text + n; text < end; text++)
		switch (*text) {
		case '\\': fputs ("\\e", stdout); break;
		case '-': fputs ("\\-", stdout); break;
		case '`': fputs ("\\(ga", stdout); break;
		case '\'': fputs ("\\(aq", stdout); break;
		case '^': fputs ("\\(ha", stdout); break;
		case '~': fputs ("\\(ti", stdout); break;
		default: putchar (*text);
		}
}

static void print_text (const char *text)
{
	print_literal (text, strlen (text));
}

/* Lines that begin with a blank stand as they are, others flow together; an empty line begins a paragraph. */
static void print_paragraphs (const char *text)
{
	gboolean kept = FALSE, gap = FALSE, any = FALSE;
	for (const char *line = text; *line;) {
		const gsize n = strcspn (line, "\n");
		const gboolean keep = *line == ' ';
		if (n && keep != kept)
			puts (keep ? (any ? ".PP\n.nf" : ".nf") : ".fi");
		if (n && gap && any && !keep)
			puts (".PP");
		if (n) {
			kept = keep;
			any = TRUE;
			print_literal (line, n);
			putchar ('\n');
		}
		gap = !n;
		line += n + (line[n] == '\n');
	}
	if (kept)
		puts (".fi");
}

static void print_option (const GOptionEntry *entry)
{
	puts (".TP");
	if (entry->short_name)
		printf ("\\fB\\-%c\\fR, ", entry->short_name);
	fputs ("\\fB\\-\\-", stdout);
	print_text (entry->long_name);
	fputs ("\\fR", stdout);
	if (entry->arg_description)
		printf ("=\\fI%s\\fR", entry->arg_description);
	putchar ('\n');
	print_text (_(entry->description));
	putchar ('\n');
}

static void print_command (const RnCommand *command, const GOptionEntry *entries, const char *details, gpointer user)
{
	(void) user;
	printf (".SS \"rohnamo %s ", command->name);
	print_text (command->usage);
	fputs ("\"\n", stdout);
	print_text (_(command->summary));
	fputs (".\n", stdout);
	for (; entries->long_name; entries++)
		print_option (entries);
	puts (".PP");
	print_paragraphs (_(details));
}

void rn_command_manual (void)
{
	printf (".TH ROHNAMO 1 \"\" \"Rohnamo %s\" \"Rohnamo\"\n.SH \"%s\"\nrohnamo \\- %s\n", RN_VERSION, _("NAME"), _("a site in several languages from Markdown in a git repository"));
	printf (".SH \"%s\"\n\\fBrohnamo\\fR \\fI%s\\fR [\\fI%s\\fR...]\n.SH \"%s\"\n", _("SYNOPSIS"), _("command"), _("argument"), _("DESCRIPTION"));
	print_paragraphs (_(rn_command_about));
	printf (".SH \"%s\"\n", _("COMMANDS"));
	rn_command_each (print_command, NULL);
	printf (".SH \"%s\"\n", _("EXIT STATUS"));
	print_paragraphs (_(rn_command_exits));
	printf (".SH \"%s\"\n.TP\n\\fBLANGUAGE\\fR, \\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR\n", _("ENVIRONMENT"));
	print_text (_("The language of what the program says; what it writes does not depend on it."));
	fputs ("\n.TP\n\\fBSOURCE_DATE_EPOCH\\fR\n", stdout);
	print_text (_("The time that counts as now, in seconds since 1970."));
	putchar ('\n');
}
