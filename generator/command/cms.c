/* cms.c - rohnamo cms: the web editor's configuration, from the site's schemas, to the terminal or into a file. */
#include "base/folder.h"
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "preview/cms.h"

#include <stdio.h>
#include <string.h>

typedef struct { char *dir, *out, *language, *repo, *branch; } Call;

static int write_out (const Call *call, const GString *text)
{
	g_autoptr (GError) error = NULL;
	if (!call->out) {
		fwrite (text->str, 1, text->len, stdout);
		return fflush (stdout) ? RN_EXIT_FAILED : RN_EXIT_FINE;
	}
	if (rn_file_put (call->out, text->str, text->len, FALSE, 0644, &error))
		return RN_EXIT_FINE;
	rn_terminal_error ("%s", error->message);
	return RN_EXIT_FAILED;
}

static int run (const Call *call)
{
	RnDesk desk;
	const RnDeskOptions options = { .dir = call->dir ? call->dir : "." };
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	int leave = RN_EXIT_FAILED;
	rn_confined_desk (options.dir, 0, call->out);
	if (!rn_desk_open (&desk, &options, &error)) {
		rn_terminal_error ("%s", error->message);
		rn_desk_close (&desk);
		return leave;
	}
	RnArena *arena = rn_arena_new (0);
	const RnCmsOptions wanted = { call->language ? rn_site_language (desk.site, call->language) : NULL, call->repo, call->branch, NULL };
	if (call->language && !wanted.language) {
		rn_terminal_error ("the site has no language '%s'", call->language);
		leave = RN_EXIT_USAGE;
	} else if (!rn_cms_config (desk.library, &wanted, arena, desk.sink, text)) {
		rn_terminal_error ("layouts/cms/fields.yaml cannot be read: it says how the fields of every page are edited");
	} else {
		leave = write_out (call, text);
	}
	rn_arena_free (arena);
	rn_desk_close (&desk);
	return leave;
}

int rn_command_cms (int argc, char **argv)
{
	Call call = { 0 };
	int leave;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "out", 0, 0, G_OPTION_ARG_FILENAME, &call.out, N_("the file to write (default: the terminal)"), "FILE" },
		{ "language", 'l', 0, G_OPTION_ARG_STRING, &call.language, N_("in which fields are named (default: the site's first)"), "LANG" },
		{ "repo", 0, 0, G_OPTION_ARG_STRING, &call.repo, N_("a repository at GitHub that is edited there (default: what rohnamo serve --cms shows)"), "OWNER/NAME" },
		{ "branch", 0, 0, G_OPTION_ARG_STRING, &call.branch, N_("its branch (default: main)"), "NAME" },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	gboolean parsed = rn_command_parse (rn_command_find ("cms"), entries,
	                                    N_("Writes config.yml for Decap CMS, an editor for browsers, from the _type.yaml of each section.\n"
	                                    "`rohnamo serve --cms` does that by itself; a file is needed where the editor stands elsewhere.\n\n"
	                                    "  rohnamo cms --out config.yml                      fields named in the first language\n"
	                                    "  rohnamo cms --repo owner/name --out config.yml    for a repository at GitHub\n"), &argc, &argv, &leave);
	if (parsed && argc > 1) {
		rn_terminal_error ("'%s' is one word too many; see: rohnamo cms --help", argv[1]);
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		leave = run (&call);
	}
	for (guint i = 0; i < 5; i++)
		g_free ((char *[]) { call.dir, call.out, call.language, call.repo, call.branch }[i]);
	return leave;
}
