/* command.c - arguments -> a verb; help. */
#include "command/command.h"
#include "base/shortage.h"
#include "base/text.h"
#include "base/words.h"
#include "command/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int help (int argc, char **argv);

static const RnCommand commands[] = {
	{ "init", "DIR", N_("a new site with starter content"), rn_command_init },
	{ "build", "[-s DIR] [-d OUT]", N_("make the site and what it prints"), rn_command_build },
	{ "print", "[PRODUCT...]", N_("booklets, leaflets, cards for a print shop"), rn_command_print },
	{ "serve", "[-s DIR] [--port N]", N_("show the site in a browser, anew whenever a file is saved"), rn_command_serve },
	{ "cms", "[-s DIR] [--out FILE]", N_("the configuration of an editor for browsers"), rn_command_cms },
	{ "check", "[-s DIR]", N_("tell everything that is wrong in the content"), rn_command_check },
	{ "status", "[-s DIR] [--list]", N_("translations, reviews and ends: what waits for an editor"), rn_command_status },
	{ "diff", "[PAGE]", N_("what changed in the source since a translation was made"), rn_command_diff },
	{ "translated", "PAGE...", N_("note of which text a translation is"), rn_command_translated },
	{ "explain", "[ID]", N_("what a message means and what to do"), rn_command_explain },
	{ "search", "[-l LANG] QUERY...", N_("find pages in what was built"), rn_command_search },
	{ "rename", "OLD NEW", N_("another name for a page or a picture, links mended"), rn_command_rename },
	{ "remove", "PAGE", N_("a page goes, unless something leads there"), rn_command_remove },
	{ "new", "TYPE SLUG", N_("a new page in every language, or a plugin"), rn_command_new },
	{ "import", "KIND FILE", N_("pages from a wiki's export, a table, a law"), rn_command_import },
	{ "publish", "TARGET [--rollback]", N_("put the site where readers find it"), rn_command_publish },
	{ "verify", "DIR|FILE.zip", N_("tell whether a copy is what was published"), rn_command_verify },
	{ "sign", "--key KEY DIR|FILE.zip", N_("sign what was built, by an SSH key"), rn_command_sign },
	{ "hook", "install|remove", N_("what git does at a commit and at a push"), rn_command_hook },
	{ "help", "[COMMAND]", N_("this list, or all about one command"), help },
};

const RnCommand *rn_command_find (const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
		if (!strcmp (commands[i].name, name))
			return &commands[i];
	return NULL;
}

const char *const rn_command_begin = N_(
	"Begin:          rohnamo init my-site && rohnamo build -s my-site\n"
	"Then open:      my-site/output/site/index.html\n"
	"More on one:    rohnamo build --help\n");
const char *const rn_command_about = N_(
	"A site is a folder with content/; `site.yaml` in it names the site and its languages, a page is\n"
	"content/<section>/<name>.<language>.md. Any other folder of Markdown builds as it is.\n");
const char *const rn_command_exits = N_("Exit codes: 0 fine, 1 errors in the content, 2 a wrong call, 3 the disk or the program failed.\n");

static void overview (FILE *to)
{
	fprintf (to, _("Rohnamo %s: Markdown in a git repository -> a site in several languages.\n\n"), RN_VERSION);
	for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
		g_autofree char *call = g_strdup_printf ("%s %s", commands[i].name, commands[i].usage);
		fprintf (to, "  rohnamo %-26s %s\n", call, _(commands[i].summary));
	}
	fprintf (to, "\n%s\n%s\n%s", _(rn_command_begin), _(rn_command_about), _(rn_command_exits));
}

static int unknown (const char *name)
{
	const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
	for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
		names[i] = commands[i].name;
	const char *nearest = rn_text_nearest (name, names);
	if (nearest)
		rn_terminal_error ("there is no command '%s'; did you mean '%s'?", name, nearest);
	else
		rn_terminal_error ("there is no command '%s'; see: rohnamo help", name);
	return RN_EXIT_USAGE;
}

/* What prints the list of verbs in the shape that OPTION asks for; NULL: none does. */
static void (*shape_of (const char *option)) (void)
{
	static const struct { const char *option; void (*print) (void); } shapes[] = {
		{ "--manual", rn_command_manual }, { "--complete-bash", rn_command_complete_bash }, { "--complete-zsh", rn_command_complete_zsh },
	};
	for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
		if (!strcmp (shapes[i].option, option))
			return shapes[i].print;
	return NULL;
}

static int help (int argc, char **argv)
{
	if (argc < 2) {
		overview (stdout);
		return RN_EXIT_FINE;
	}
	void (*print) (void) = shape_of (argv[1]);
	if (print) {
		print ();
		return RN_EXIT_FINE;
	}
	const RnCommand *command = rn_command_find (argv[1]);
	if (!command)
		return unknown (argv[1]);
	if (command->run == help) {
		overview (stdout);
		return RN_EXIT_FINE;
	}
	char *ask[] = { argv[1], (char *) "--help", NULL };
	return command->run (2, ask);
}

/* Does short option C of ENTRIES take a value? */
static gboolean takes_value (const GOptionEntry *entries, char c)
{
	for (; entries->long_name; entries++)
		if (entries->short_name == c)
			return entries->arg != G_OPTION_ARG_NONE && entries->arg != G_OPTION_ARG_CALLBACK;
	return FALSE;
}

/* GOption wants "-j 4"; everybody writes "-j4" too. The arguments with such ones parted; they live as long as the program. */
static char **parted (const GOptionEntry *entries, int *argc, char **argv)
{
	static GPtrArray *all;
	if (!all)
		all = g_ptr_array_new_with_free_func (g_free);
	g_ptr_array_set_size (all, 0);
	gboolean options = TRUE;
	for (int i = 0; i < *argc; i++) {
		const char *arg = argv[i];
		options = options && strcmp (arg, "--");
		if (options && i && arg[0] == '-' && g_ascii_isalpha (arg[1]) && arg[2] && takes_value (entries, arg[1])) {
			g_ptr_array_add (all, g_strndup (arg, 2));
			arg += 2;
		}
		g_ptr_array_add (all, g_strdup (arg));
	}
	*argc = (int) all->len;
	g_ptr_array_add (all, NULL);
	/* GOption forgets the strings that it takes out of this list: it gets one of its own. */
	static char **list;
	g_free (list);
	list = g_memdup2 (all->pdata, sizeof (char *) * all->len);
	return list;
}

/* Who is told of a verb in place of its run; NULL: nobody is. */
static struct { RnCommandTell tell; gpointer user; } listener;

void rn_command_each (RnCommandTell tell, gpointer user)
{
	listener.tell = tell;
	listener.user = user;
	for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
		char *ask[] = { (char *) commands[i].name, NULL };
		if (commands[i].run != help)
			commands[i].run (1, ask);
	}
	listener.tell = NULL;
}

/* A text of GOption in the language of the program. */
static const char *translated (const char *text, gpointer user)
{
	(void) user;
	return *text ? _(text) : text;
}

gboolean rn_command_parse (const RnCommand *command, const GOptionEntry *entries, const char *details, int *argc, char ***argv, int *leave)
{
	g_autoptr (GError) error = NULL;
	gboolean show = FALSE;
	if (listener.tell) {
		listener.tell (command, entries, details, listener.user);
		*leave = RN_EXIT_FINE;
		return FALSE;
	}
	const GOptionEntry extra[] = { { "help", 'h', 0, G_OPTION_ARG_NONE, &show, N_("this text"), NULL }, { 0 } };
	g_autoptr (GOptionContext) context = g_option_context_new (NULL);
	g_option_context_set_help_enabled (context, FALSE);
	g_option_context_set_description (context, details && *details ? _(details) : NULL);
	g_option_context_add_main_entries (context, entries, NULL);
	g_option_context_add_main_entries (context, extra, NULL);
	g_option_group_set_translate_func (g_option_context_get_main_group (context), translated, NULL, NULL);
	*argv = parted (entries, argc, *argv);
	if (!g_option_context_parse (context, argc, argv, &error)) {
		rn_terminal_error ("%s; see: rohnamo %s --help", error->message, command->name);
		*leave = RN_EXIT_USAGE;
		return FALSE;
	}
	if (!show)
		return TRUE;
	g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
	const char *options = strstr (text, "\n\n");
	printf ("rohnamo %s %s\n  %s%s", command->name, command->usage, _(command->summary), options ? options : "\n");
	*leave = RN_EXIT_FINE;
	return FALSE;
}

char *rn_command_share (void)
{
	static const char *const places[] = { "..", "../share/rohnamo", "../.." };
	const char *told = g_getenv ("ROHNAMO_SHARE");
	if (told && *told)
		return g_strdup (told);
	g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
	g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;
	for (guint i = 0; folder && i < G_N_ELEMENTS (places); i++) {
		g_autofree char *place = g_build_filename (folder, places[i], NULL);
		g_autofree char *sign = g_build_filename (place, "layouts", "base.html", NULL);
		if (g_file_test (sign, G_FILE_TEST_IS_REGULAR))
			return g_canonicalize_filename (place, NULL);
	}
	return g_strdup (RN_SHARE);
}

/* The catalogues lie beside the program where it was built, and beside the layouts where it is installed. */
static void open_words (void)
{
	g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL), *folder = program ? g_path_get_dirname (program) : g_strdup (".");
	g_autofree char *share = rn_command_share (), *built = g_build_filename (folder, "locale", NULL), *installed = g_build_filename (share, "locale", NULL);
	rn_words_open ((const char *const[]) { built, installed, NULL });
}

/* An answer that did not reach who asked (a full disk behind a '>') is none. */
static int answered (int leave)
{
	if (!fflush (stdout) && !ferror (stdout))
		return leave;
	rn_terminal_error ("what was to be told cannot be written: %s", rn_words_system (errno));
	return RN_EXIT_FAILED;
}

int rn_command_main (int argc, char **argv)
{
	g_set_prgname ("rohnamo");
	open_words ();
	rn_shortage_words (_("rohnamo: the system has no more memory or threads to give; what stands in the output is whole"), RN_EXIT_FAILED);
	if (argc < 2) {
		overview (stderr);
		return RN_EXIT_USAGE;
	}
	if (!strcmp (argv[1], "--version")) {
		puts ("rohnamo " RN_VERSION);
		return RN_EXIT_FINE;
	}
	if (!strcmp (argv[1], "--help") || !strcmp (argv[1], "-h"))
		return help (1, argv);
	const RnCommand *command = rn_command_find (argv[1]);
	return command ? answered (command->run (argc - 1, argv + 1)) : unknown (argv[1]);
}
