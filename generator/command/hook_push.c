/*
 * hook_push.c - somebody has pushed to a bare repository: the site is published from the commit, without a checkout.
 *
 * In: git's lines on standard input, the repository's settings rohnamo.target, rohnamo.branch and rohnamo.site. Out: an edition of the target, or of a preview;
 * what the pusher reads.
 * Invariant: what has errors is not published; the order is that of received.h.
 */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/hook-int.h"
#include "command/terminal.h"
#include "publish/preview.h"
#include "publish/publish.h"
#include "publish/received.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
	RnRepository *repository;
	char *target, *main, *site, *share;   /* owned; main: the branch that is the site */
} Hook;

static gboolean is_less (const RnDiagnostic *told, gpointer user G_GNUC_UNUSED)
{
	return told->severity < RN_ERROR;
}

/* TRUE: it was published. What stands in the way of it is told. */
static gboolean publish (const RnPressOptions *press, RnOutlet *outlet, const RnPush *push, GError **error)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	RnPublished published;
	gboolean fine = rn_publish_run (outlet, press, &(RnPublishOptions) { .key = rn_command_key () }, sink, &published, error);
	const gboolean refused = published.refused;
	rn_published_clear (&published);
	if (fine && !refused)
		return TRUE;
	rn_diagnostics_drop (sink, is_less, NULL);
	rn_terminal_diagnostics (press, sink);
	if (fine)
		rn_terminal_error ("%.12s was not published, the site stays as it is: correct what is told above, commit and push again", push->commit);
	return FALSE;
}

/* The edition of PUSH at the folder PLACE, in its turn. */
static gboolean receive (const Hook *hook, const RnPush *push, const char *place, const char *out, gboolean preview, GError **error)
{
	RnTarget target = { .kind = RN_TARGET_SHELF, .place = (char *) place, .keep = preview ? 0 : RN_TARGET_KEEP };
	const RnOutletOptions options = { .own_output = TRUE };
	RnPressOptions press = { .dir = hook->site, .repo = rn_repository_folder (hook->repository), .rev = push->commit, .out = out, .share = hook->share,
		.outputs = preview ? RN_OUTPUT_SITE : RN_OUTPUT_ALL, .drafts = preview, .unlisted = preview };
	if (!rn_confined_publish (&press, &target, &(RnConfinedPublish) { .repo = press.repo, .key = rn_command_key (), .build = TRUE }, error))
		return FALSE;
	g_autoptr (RnOutlet) outlet = rn_outlet_open (&target, &options, error);
	RnOutletLive live;
	if (!outlet)
		return FALSE;
	rn_outlet_live (outlet, &live);
	RnReceived received;
	if (!rn_received (hook->repository, push, live.commit, &received, error))
		return FALSE;
	switch (received) {
	case RN_RECEIVED_LIVE:
		printf (_("%s: %.12s is shown already\n"), push->branch, push->commit);
		return TRUE;
	case RN_RECEIVED_OLDER:
		printf (_("%s: %.12s is passed over, a newer commit is shown\n"), push->branch, push->commit);
		return TRUE;
	case RN_RECEIVED_TAKEN:
		printf (_("%s: %.12s is passed over, the branch does not have it any more\n"), push->branch, push->commit);
		return TRUE;
	case RN_RECEIVED_PUBLISH:
		break;
	}
	if (!publish (&press, outlet, push, error))
		return FALSE;
	printf (_("%s: %.12s is published to %s\n"), push->branch, push->commit, place);
	return TRUE;
}

static gboolean receive_main (const Hook *hook, const RnPush *push, GError **error)
{
	if (push->deleted) {
		printf (_("%s: the branch is gone, the site stays as it is\n"), push->branch);
		return TRUE;
	}
	g_autofree char *out = rn_preview_output (hook->target, "main.site");
	return receive (hook, push, hook->target, out, FALSE, error);
}

static gboolean receive_preview (const Hook *hook, const RnPush *push, GError **error)
{
	g_autofree char *name = rn_preview_name (push->branch), *out = rn_preview_output (hook->target, name);
	char tip[41];
	int lock;
	if (push->deleted && !rn_repository_tip (hook->repository, push->branch, tip, error))
		return FALSE;
	if (push->deleted && *tip)
		return TRUE;   /* It was made anew meanwhile. */
	if (push->deleted) {
		if (!rn_preview_remove (hook->target, push->branch, error))
			return FALSE;
		printf (_("%s: the branch is gone, and so is its preview\n"), push->branch);
		return TRUE;
	}
	g_autofree char *place = rn_preview_open (hook->target, push->branch, &lock, error);
	if (!place)
		return FALSE;
	gboolean fine = receive (hook, push, place, out, TRUE, error);
	close (lock);
	if (fine)
		printf (_("%s: see it at /preview/%s/ of the site\n"), push->branch, name);
	return fine;
}

static int receive_one (const Hook *hook, const RnPush *push)
{
	g_autoptr (GError) error = NULL;
	int leave = RN_EXIT_FINE;
	if (!(strcmp (push->branch, hook->main) ? receive_preview : receive_main) (hook, push, &error))
		leave = RN_EXIT_CONTENT;
	if (error) {
		rn_terminal_error ("%s: %s", push->branch, error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_confined_done ();
	return leave;
}

/* In a process of its own, as what it gives up for one branch it would lack for the next. */
static int receive_apart (const Hook *hook, const RnPush *push)
{
	int status = 0;
	fflush (NULL);
	const pid_t child = fork ();
	if (!child) {
		prctl (PR_SET_PDEATHSIG, SIGKILL);
		exit (receive_one (hook, push));
	}
	while (child > 0 && waitpid (child, &status, 0) < 0 && errno == EINTR)
		;
	if (child < 0)
		rn_terminal_error ("%s: %s", push->branch, rn_words_system (errno));
	return child > 0 && WIFEXITED (status) ? WEXITSTATUS (status) : RN_EXIT_FAILED;
}

/* Each line in its turn; one that fails does not stop the others. */
static int receive_all (const Hook *hook)
{
	g_autofree char *line = NULL;
	gsize room = 0;
	int leave = RN_EXIT_FINE;
	while (getline (&line, &room, stdin) > 0) {
		RnPush push;
		g_strchomp (line);
		if (!rn_push_parse (line, &push))
			continue;
		const int one = receive_apart (hook, &push);
		leave = one ? one : leave;
		g_free (push.branch);
	}
	return leave;
}

/* The branch that is the site: as the settings say; that of HEAD; where nobody ever pushed to that (a server calls it as it likes), the usual ones. Free it; NULL with ERROR. */
static char *main_branch (RnRepository *repository, GError **error)
{
	char *set = rn_repository_get (repository, "rohnamo.branch"), tip[41];
	g_autofree char *head = NULL;
	if (set || !rn_repository_head (repository, &head, error) || (head && !rn_repository_tip (repository, head, tip, error)))
		return set;
	if (head && *tip)
		return g_steal_pointer (&head);
	for (guint i = 0; i < 2; i++) {
		const char *name = i ? "master" : "main";
		if (!rn_repository_tip (repository, name, tip, error))
			return NULL;
		if (*tip)
			return g_strdup (name);
	}
	return g_strdup ("main");
}

int rn_hook_post_receive (void)
{
	g_autoptr (GError) error = NULL;
	g_autoptr (RnRepository) repository = rn_repository_open (".", &error);
	char *branch = repository ? main_branch (repository, &error) : NULL;
	if (!branch) {
		rn_terminal_error ("%s", error->message);
		return RN_EXIT_FAILED;
	}
	Hook hook = { repository, rn_repository_get (repository, "rohnamo.target"), branch, rn_repository_get (repository, "rohnamo.site"),
		rn_command_share () };
	int leave = RN_EXIT_FAILED;
	if (hook.target)
		leave = receive_all (&hook);
	else
		rn_terminal_error ("the repository does not say where its site goes: rohnamo hook install --repo %s --target /srv/www/site", rn_repository_folder (repository));
	for (guint i = 0; i < 4; i++)
		g_free ((char *[]) { hook.target, hook.main, hook.site, hook.share }[i]);
	return leave;
}
