/* serve.c - rohnamo serve: its options, what it says on the terminal, the exit code. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "model/format.h"
#include "preview/preview.h"
#include "source/value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PORT 8000

typedef struct { char *dir, *out, *bind, *clock, *profile, *editor; int port, jobs; gboolean cms, open; } Call;

/* errors, warnings: what was said last. */
typedef struct { const char *bind; char *address; guint errors, warnings; gboolean said, cms; } Terminal;

static void on_ready (gpointer user, const char *address, gboolean shown)
{
	Terminal *terminal = user;
	terminal->address = g_strdup (address);
	printf ("%s\n", address);
	if (!shown)
		printf (_("The site cannot be shown yet: open the address to see why. It appears by itself when that is mended.\n"));
	if (terminal->bind && strcmp (terminal->bind, "127.0.0.1") && strcmp (terminal->bind, "::1"))
		printf (_("Note: whoever can reach this machine sees the site there, its drafts too. Nothing is encrypted and nobody is asked for a password.\n"));
	if (terminal->cms)
		printf ("%s_cms/\n", address);
	printf (_("Ctrl-C ends it.\n"));
	fflush (stdout);
}

static void on_judged (gpointer user, guint errors, guint warnings)
{
	Terminal *terminal = user;
	if (terminal->said && terminal->errors == errors && terminal->warnings == warnings)
		return;
	terminal->said = TRUE;
	terminal->errors = errors;
	terminal->warnings = warnings;
	printf (_("errors: %u, warnings: %u: %s_preview/\n"), errors, warnings, terminal->address);
	fflush (stdout);
}

/* Where `make cms` has put the editor's program: beside this program while it is built here, among the shared files once it is installed. Free it. */
static char *cms_folder (const char *share)
{
	g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL), *folder = self ? g_path_get_dirname (self) : NULL;
	g_autofree char *beside = folder ? g_build_filename (folder, "cms", NULL) : NULL, *program = beside ? g_build_filename (beside, "decap-cms.js", NULL) : NULL;
	return program && g_file_test (program, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&beside) : g_build_filename (share, "cms", NULL);
}

static int run (const Call *call, gint64 clock, gboolean has_clock)
{
	g_autofree char *share = rn_command_share (), *dir = g_canonicalize_filename (call->dir ? call->dir : ".", NULL);
	g_autofree char *out = call->out ? g_canonicalize_filename (call->out, NULL) : g_build_filename (dir, "output", NULL);
	g_autoptr (GError) error = NULL;
	g_autofree char *cms = call->cms ? cms_folder (share) : NULL;
	Terminal terminal = { .bind = call->bind, .cms = call->cms };
	gboolean busy = FALSE;
	const RnPreviewOptions options = {
		.press = { .dir = dir, .share = share, .out = out, .jobs = (guint) call->jobs, .outputs = RN_OUTPUT_SITE, .has_clock = has_clock, .clock = clock, .drafts = TRUE,
		           .counsellor = !g_strcmp0 (call->profile, "counsellor") },
		.bind = call->bind, .port = call->port < 0 ? PORT : (guint) call->port, .cms = cms, .editor = call->editor, .listening = call->open ? NULL : rn_confined_serve, .ready = on_ready, .judged = on_judged, .user = &terminal,
	};
	struct stat info;
	const gboolean there = !stat (dir, &info), absent = !there && (errno == ENOENT || errno == ENOTDIR);
	if (absent || (there && !S_ISDIR (info.st_mode))) {
		rn_terminal_error ("there is no folder '%s'", dir);
		return RN_EXIT_USAGE;
	}
	if (!there) {
		rn_terminal_error ("'%s' cannot be read: %s", dir, rn_words_system (errno));
		return RN_EXIT_FAILED;
	}
	if (call->open)
		rn_confined_not ();
	const gboolean fine = rn_preview_run (&options, &busy, &error);
	g_free (terminal.address);
	/* What threads are still making nobody waits for. */
	if (busy) {
		fflush (stdout);
		_exit (fine ? RN_EXIT_FINE : RN_EXIT_FAILED);
	}
	if (!fine)
		rn_terminal_error ("%s", error->message);
	return fine ? RN_EXIT_FINE : RN_EXIT_FAILED;
}

static int judge (const Call *call)
{
	gint64 clock = 0;
	gboolean has_time;
	const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
	guint64 seconds;
	if (call->profile && strcmp (call->profile, "public") && strcmp (call->profile, "counsellor")) {
		rn_terminal_error ("--profile is public or counsellor, not '%s'", call->profile);
		return RN_EXIT_USAGE;
	}
	if (call->clock && !rn_date_parse (call->clock, &clock, &has_time)) {
		rn_terminal_error ("--clock takes a date such as 2026-01-31, not '%s'", call->clock);
		return RN_EXIT_USAGE;
	}
	if (call->port < -1 || call->port > 65535 || call->jobs < 0 || call->jobs > 1024) {
		rn_terminal_error ("--port takes a number from 0 to 65535, -j one from 1 to 1024");
		return RN_EXIT_USAGE;
	}
	if (!call->clock && epoch && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT32 * 4ull, &seconds, NULL))
		clock = (gint64) seconds;
	return run (call, clock, clock != 0);
}

int rn_command_serve (int argc, char **argv)
{
	Call call = { .port = -1 };
	int leave;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "port", 0, 0, G_OPTION_ARG_INT, &call.port, N_("where to serve (default: 8000, or the next that is free; 0: any)"), "N" },
		{ "bind", 0, 0, G_OPTION_ARG_STRING, &call.bind, N_("an address of this machine (default: 127.0.0.1, which nobody else can reach; 0.0.0.0: all)"), "ADDRESS" },
		{ "editor", 0, 0, G_OPTION_ARG_STRING, &call.editor, N_("how a file is opened, such as vscode://file/{file}:{line}:{col} (default: its path is shown)"), "URL" },
		{ "cms", 0, 0, G_OPTION_ARG_NONE, &call.cms, N_("edit in the browser too, at /_cms/; each save is a commit (needs: make cms)"), NULL },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &call.clock, N_("the day by which reviews and ends are judged (default: now)"), "DATE" },
		{ "profile", 0, 0, G_OPTION_ARG_STRING, &call.profile, N_("public (default), or counsellor: with the team's pages and withheld fields"), "NAME" },
		{ "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &call.open, N_("do not give up the right to touch other files and to use the network"), NULL },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &call.jobs, N_("how many pages to make at once (default: one a core)"), "N" },
		{ "output", 'd', 0, G_OPTION_ARG_FILENAME, &call.out, N_("where the last build is, which search and files to pass on come from (default: output/ in the site's folder)"), "OUT" },
		{ 0 },
	};
	gboolean parsed = rn_command_parse (rn_command_find ("serve"), entries,
	                                    "Shows the site as it is in the folder, drafts too, in a browser, and anew whenever a file is saved. Nothing is published.\n"
	                                    "What is wrong stands over the page, which stays as it last was without errors.\n\n"
	                                    "  rohnamo serve                                                  this folder\n"
	                                    "  rohnamo serve --editor 'vscode://file/{file}:{line}:{col}'     places of errors open in an editor\n"
	                                    "  rohnamo serve --bind 0.0.0.0                                   for a phone in the same network too\n", &argc, &argv, &leave);
	if (parsed && argc > 1) {
		rn_terminal_error ("'%s' is one word too many; see: rohnamo serve --help", argv[1]);
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		leave = judge (&call);
	}
	for (guint i = 0; i < 6; i++)
		g_free ((char *[]) { call.dir, call.out, call.bind, call.clock, call.profile, call.editor }[i]);
	return leave;
}
