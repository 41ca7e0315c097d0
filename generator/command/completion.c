/*
 * completion.c - the verbs with their options in; scripts that complete them in bash and in zsh out.
 *
 * What follows a verb is read from its usage: PAGE or OLD is a page of the content in this folder, PRODUCT a file of layouts/print/, TYPE a folder with _type.yaml,
 * ID a message's name, COMMAND a verb, and install|remove these words; anything else is a file.
 */
#include "base/diagnostic.h"
#include "command/command.h"

#include <stdio.h>
#include <string.h>

/* Both shells understand these. */
static const char functions[] =
	"_rohnamo_pages () {\n"
	"	local f\n"
	"	for f in $(find content -name '*.md' -type f 2>/dev/null | LC_ALL=C sort); do\n"
	"		f=${f#content/}; f=${f%.md}\n"
	"		case ${f##*/} in _*) continue ;; *.*) f=${f%.*} ;; esac\n"
	"		echo \"$f\"\n"
	"	done | uniq\n"
	"}\n"
	"_rohnamo_products () {\n"
	"	local f\n"
	"	for f in $(find layouts/print -maxdepth 1 -name '*.yaml' 2>/dev/null); do f=${f##*/}; echo \"${f%.yaml}\"; done\n"
	"}\n"
	"_rohnamo_types () {\n"
	"	local f\n"
	"	echo plugin\n"
	"	for f in $(find content -name _type.yaml 2>/dev/null); do f=${f%/_type.yaml}; echo \"${f#content/}\"; done\n"
	"}\n";

static void tell_name (const RnCommand *command, const GOptionEntry *entries, const char *details, gpointer user)
{
	(void) entries, (void) details;
	g_string_append_printf (user, "%s ", command->name);
}

static void tell_options (const RnCommand *command, const GOptionEntry *entries, const char *details, gpointer user)
{
	(void) details, (void) user;
	printf ("	%s) options='--help", command->name);
	for (; entries->long_name; entries++)
		printf (" --%s", entries->long_name);
	puts ("' ;;");
}

/* The names of verbs, and of messages. Free it. */
static char *verbs (void)
{
	g_autoptr (GString) names = g_string_new (NULL);
	rn_command_each (tell_name, names);
	g_string_append (names, "help");
	return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *ids (void)
{
	GString *names = g_string_new (NULL);
	for (guint i = 0; i < RN_D_COUNT; i++)
		g_string_append_printf (names, "%s%s", i ? " " : "", rn_diagnostic_kind ((RnDiagnosticId) i)->id);
	return g_string_free (names, FALSE);
}

static void print_words (const char *verb, const char *usage)
{
	g_autofree char *all = NULL;
	if (strstr (usage, "PAGE") || g_str_has_prefix (usage, "OLD"))
		printf ("	%s) answers=$(_rohnamo_pages) ;;\n", verb);
	else if (strstr (usage, "PRODUCT"))
		printf ("	%s) answers=$(_rohnamo_products) ;;\n", verb);
	else if (g_str_has_prefix (usage, "TYPE"))
		printf ("	%s) answers=$(_rohnamo_types) ;;\n", verb);
	else if (strstr (usage, "ID") && !strstr (usage, "DIR"))
		printf ("	%s) answers='%s' ;;\n", verb, all = ids ());
	else if (strchr (usage, '|') && g_ascii_islower (*usage))
		printf ("	%s) answers='%s' ;;\n", verb, g_strdelimit (all = g_strdup (usage), "|", ' '));
}

static void tell_words (const RnCommand *command, const GOptionEntry *entries, const char *details, gpointer user)
{
	(void) entries, (void) details, (void) user;
	print_words (command->name, command->usage);
}

/* From $verb to $options and $answers. */
static void print_choice (void)
{
	g_autofree char *names = verbs ();
	printf ("	local options='' answers=''\n	case $verb in\n");
	rn_command_each (tell_options, NULL);
	printf ("	esac\n	case $verb in\n");
	rn_command_each (tell_words, NULL);
	printf ("	help) answers='%s' ;;\n	esac\n", names);
}

void rn_command_complete_bash (void)
{
	g_autofree char *names = verbs ();
	printf ("# What bash completes behind rohnamo: made by `rohnamo help --complete-bash`.\n%s_rohnamo () {\n", functions);
	printf ("	local current=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]}\n");
	print_choice ();
	printf ("	case $COMP_CWORD:$current in\n"
	        "	1:*) answers='%s --help --version' ;;\n"
	        "	*:-*) answers=$options ;;\n"
	        "	esac\n"
	        "	mapfile -t COMPREPLY < <(compgen -W \"$answers\" -- \"$current\")\n"
	        "}\n"
	        "complete -o default -F _rohnamo rohnamo\n", names);
}

void rn_command_complete_zsh (void)
{
	g_autofree char *names = verbs ();
	printf ("#compdef rohnamo\n# What zsh completes behind rohnamo: made by `rohnamo help --complete-zsh`.\n%s_rohnamo () {\n	local verb=$words[2] before=$words[CURRENT]\n", functions);
	printf ("	local place=$CURRENT\n");
	print_choice ();
	printf ("	case $place:$before in\n"
	        "	2:*) answers='%s --help --version' ;;\n"
	        "	*:-*) answers=$options ;;\n"
	        "	esac\n"
	        "	if [[ -n $answers ]]; then compadd -- ${=answers}; else _files; fi\n"
	        "}\n"
	        "_rohnamo \"$@\"\n", names);
}
