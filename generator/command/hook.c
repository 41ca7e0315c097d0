/* hook.c - rohnamo hook: installs and removes what git runs at a commit and at a push, and is called by it. */
#include "base/words.h"
#include "command/command.h"
#include "command/hook-int.h"
#include "command/terminal.h"
#include "publish/hooks.h"
#include "source/repository.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { char *repo, *dir, *target, *branch; const char *verb, *kind; } Call;

/* The repository that is meant: --repo, or the one that the site's folder or this one lies in. */
static RnRepository *open_repository (const Call *call, GError **error)
{
	return rn_repository_open (call->repo ? call->repo : call->dir ? call->dir : ".", error);
}

/* The site's folder inside the repository, as settings hold it; "" for its top. NULL with ERROR. Free it. */
static char *folder_of (const Call *call, const RnRepository *repository, GError **error)
{
	const char *work = rn_repository_work (repository);
	if (!call->dir)
		return g_strdup ("");
	if (call->repo || !work)
		return g_strdup (call->dir);
	g_autofree char *real = realpath (call->dir, NULL), *whole = real ? g_strconcat (real, "/", NULL) : NULL;
	if (whole && g_str_has_prefix (whole, work))
		return strlen (whole) == strlen (work) ? g_strdup ("") : g_strndup (whole + strlen (work), strlen (whole) - strlen (work) - 1);
	g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("the folder '%s' is not inside the repository"), call->dir);
	return NULL;
}

/* The hooks that a call is about: the one that it names; of a bare repository the push's, else the commit's. */
static gboolean kind_of (const Call *call, const RnRepository *repository, RnHook *hook)
{
	*hook = rn_repository_work (repository) ? RN_HOOK_PRE_COMMIT : RN_HOOK_POST_RECEIVE;
	for (guint i = 0; call->kind; i++) {
		if (i == RN_HOOKS)
			return FALSE;
		if (!strcmp (call->kind, rn_hook_name ((RnHook) i))) {
			*hook = (RnHook) i;
			break;
		}
	}
	return TRUE;
}

static gboolean write_settings (const Call *call, RnRepository *repository, RnHook hook, GError **error)
{
	g_autofree char *folder = folder_of (call, repository, error);
	g_autofree char *target = call->target ? g_canonicalize_filename (call->target, NULL) : NULL;
	if (!folder || (call->dir && !rn_repository_set (repository, "rohnamo.site", *folder ? folder : NULL, error)))
		return FALSE;
	if (hook != RN_HOOK_POST_RECEIVE)
		return TRUE;
	return (!target || rn_repository_set (repository, "rohnamo.target", target, error)) &&
	       (!call->branch || rn_repository_set (repository, "rohnamo.branch", call->branch, error));
}

static int install (const Call *call, RnRepository *repository, RnHook hook, const char *folder, GError **error)
{
	g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL), *known = rn_repository_get (repository, "rohnamo.target");
	gboolean chained = FALSE;
	if (hook == RN_HOOK_POST_RECEIVE && !call->target && !known) {
		rn_terminal_error ("say where the site goes when somebody pushes: rohnamo hook install --repo %s --target /srv/www/site", call->repo ? call->repo : ".");
		return RN_EXIT_USAGE;
	}
	if (!write_settings (call, repository, hook, error) || !rn_hook_install (folder, hook, program ? program : "rohnamo", &chained, error))
		return RN_EXIT_FAILED;
	g_autofree char *target = rn_repository_get (repository, "rohnamo.target"), *branch = rn_repository_get (repository, "rohnamo.branch");
	g_autofree char *head = NULL;
	if (!rn_repository_head (repository, &head, error))
		return RN_EXIT_FAILED;
	if (hook == RN_HOOK_PRE_COMMIT)
		printf (_("%s%s: each commit is checked first; `git commit --no-verify` passes the check over\n"), folder, rn_hook_name (hook));
	else
		printf (_("%s%s: each push to '%s' publishes the site to %s; other branches are shown below its /preview/\n"),
		        folder, rn_hook_name (hook), branch ? branch : head ? head : "main", target);
	if (chained)
		printf (_("%s%s: what stood there before runs first\n"), folder, rn_hook_name (hook));
	return RN_EXIT_FINE;
}

static int take_away (const char *folder, RnHook hook, GError **error)
{
	gboolean removed;
	if (!rn_hook_remove (folder, hook, &removed, error))
		return RN_EXIT_FAILED;
	printf (removed ? _("%s%s: removed\n") : _("%s%s: there is none of ours\n"), folder, rn_hook_name (hook));
	return RN_EXIT_FINE;
}

static int change (const Call *call)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRepository) repository = open_repository (call, &error);
	g_autofree char *folder = NULL;
	RnHook hook;
	int leave = RN_EXIT_FAILED;
	if (repository && !kind_of (call, repository, &hook)) {
		rn_terminal_error ("there is no hook '%s': it is pre-commit or post-receive", call->kind);
		return RN_EXIT_USAGE;
	}
	if (repository && !rn_repository_hooks (repository, &folder)) {
		rn_terminal_error ("git takes the hooks of this repository from '%s' (core.hooksPath), which others may share: let its %s call `rohnamo hook run %s`",
		                   folder ? folder : "", rn_hook_name (hook), rn_hook_name (hook));
		return RN_EXIT_USAGE;
	}
	if (repository)
		leave = !strcmp (call->verb, "install") ? install (call, repository, hook, folder, &error) : take_away (folder, hook, &error);
	if (error)
		rn_terminal_error ("%s", error->message);
	return leave;
}

static int run (const Call *call)
{
	if (!g_strcmp0 (call->kind, "pre-commit"))
		return rn_hook_pre_commit ();
	if (!g_strcmp0 (call->kind, "post-receive"))
		return rn_hook_post_receive ();
	rn_terminal_error ("git calls `rohnamo hook run pre-commit` and `rohnamo hook run post-receive`; see: rohnamo hook --help");
	return RN_EXIT_USAGE;
}

static const char *const details = N_(
	"  rohnamo hook install                                          here: each commit is checked first, what is staged and nothing else\n"
	"  rohnamo hook install --repo site.git --target /srv/www/site   on the server, a bare repository: each push publishes the site if it has no\n"
	"                                                                errors, else whoever pushed is told them, and the old site stays\n"
	"  rohnamo hook remove [--repo site.git]                         what stood there before has its place again\n\n"
	"Pushes to other branches are shown below /preview/<branch>/ of the site, drafts too, and search engines are told to leave them.\n");

int rn_command_hook (int argc, char **argv)
{
	Call call = { 0 };
	int leave = RN_EXIT_USAGE;
	const GOptionEntry entries[] = {
		{ "repo", 0, 0, G_OPTION_ARG_FILENAME, &call.repo, N_("the repository (default: the one of this folder)"), "GITDIR" },
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder; with --repo, its folder in the repository (default: its top)"), "DIR" },
		{ "target", 0, 0, G_OPTION_ARG_FILENAME, &call.target, N_("the folder that the web server shows"), "DIR" },
		{ "branch", 0, 0, G_OPTION_ARG_STRING, &call.branch, N_("the branch that is the site (default: the repository's own)"), "NAME" },
		{ 0 },
	};
	if (!rn_command_parse (rn_command_find ("hook"), entries, details, &argc, &argv, &leave))
		return leave;
	call.verb = argc > 1 ? argv[1] : "";
	call.kind = argc > 2 ? argv[2] : NULL;
	if (argc <= 3 && !strcmp (call.verb, "run"))
		leave = run (&call);
	else if (argc <= 3 && (!strcmp (call.verb, "install") || !strcmp (call.verb, "remove")))
		leave = change (&call);
	else
		rn_terminal_error ("hook takes install or remove; see: rohnamo hook --help");
	for (guint i = 0; i < 4; i++)
		g_free ((char *[]) { call.repo, call.dir, call.target, call.branch }[i]);
	return leave;
}
