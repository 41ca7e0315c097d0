/* program.c - a program run to its end; what it said on standard error is the reason where it failed. */
#include "publish/program.h"
#include "base/words.h"
#include "publish/edition.h"
#include "publish/errand.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* The last lines of what a program said, those that say why. */
static const char *end_of (char *said)
{
	g_strchomp (said);
	const char *at = said + strlen (said);
	for (guint lines = 0; at > said; at--)
		if (at[-1] == '\n' && ++lines == 4)
			break;
	return at;
}

/* Who is killed takes along what it started: else that would go on writing beside the next one. */
static void die_together (gpointer user G_GNUC_UNUSED)
{
	prctl (PR_SET_PDEATHSIG, SIGKILL);
}

gboolean rn_program_run (const char *const *argv, const char *package, char **out, int *status, GError **error)
{
	return rn_program_feed (argv, package, NULL, out, status, error);
}

/* Talks to CHILD to its end. What it wrote is text. */
static gboolean talk (GSubprocess *child, GBytes *input, char **wrote, char **said, GError **error)
{
	g_autoptr (GBytes) out = NULL, err = NULL;
	if (!g_subprocess_communicate (child, input, NULL, &out, &err, error))
		return FALSE;
	*wrote = g_strndup (g_bytes_get_size (out) ? g_bytes_get_data (out, NULL) : "", g_bytes_get_size (out));
	*said = g_strndup (g_bytes_get_size (err) ? g_bytes_get_data (err, NULL) : "", g_bytes_get_size (err));
	return TRUE;
}

gboolean rn_program_feed (const char *const *argv, const char *package, GBytes *input, char **out, int *status, GError **error)
{
	if (rn_errands_are ())
		return rn_errand (argv, package, input, out, status, error);
	g_autofree char *program = g_find_program_in_path (argv[0]), *said = NULL, *wrote = NULL;
	if (!program) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("the program '%s' is needed here and is not installed: sudo apt install %s"), argv[0], package);
		return FALSE;
	}
	g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE |
		(input ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));
	/* A hook of git's runs in a repository; the program works on another. */
	for (guint i = 0; i < 4; i++)
		g_subprocess_launcher_unsetenv (launcher, (const char *[]) { "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_QUARANTINE_PATH" }[i]);
	g_subprocess_launcher_set_child_setup (launcher, die_together, NULL, NULL);
	g_autoptr (GSubprocess) child = g_subprocess_launcher_spawnv (launcher, argv, error);
	if (!child || !talk (child, input, &wrote, &said, error))
		return FALSE;
	const int code = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
	if (status)
		*status = code;
	if (out)
		*out = g_steal_pointer (&wrote);
	if (!code || (status && code > 0))
		return TRUE;
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, "%s failed: %s", argv[0], said && *said ? end_of (said) : _("it gave no reason"));
	return FALSE;
}
