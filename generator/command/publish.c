/* publish.c - rohnamo publish: the arguments, the target that they name, and what was done, in words. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "model/site.h"
#include "publish/phones.h"
#include "publish/publish.h"
#include "source/value.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	char *dir, *repo, *rev, *out, *clock, *key;   /* owned */
	int jobs;
	gboolean strict, dry, back, verify;
	const char *target;                     /* as it was typed; borrowed */
} Call;

/* --- the target ----------------------------------------------------------------------------------------------------------------- */

/* site.yaml of what is to be published; *config is NULL where there is none. FALSE with ERROR: it cannot be read. */
static gboolean read_config (const RnPressOptions *press, RnArena *arena, const RnValue **config, GError **error)
{
	static const char *const names[] = { "content/site.yaml", "site.yaml" };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();   /* the build tells them */
	RnTree *tree = NULL, *shipped = NULL;
	if (!rn_press_open (press, sink, &tree, &shipped, error))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS (names) && !*config; i++)
		*config = rn_site_yaml (tree, names[i], arena, sink);
	gboolean fine = rn_tree_sound (tree, error);
	const gboolean known = *config || (rn_tree_find (tree, names[0]) < 0 && rn_tree_find (tree, names[1]) < 0);
	rn_tree_free (tree);
	rn_tree_free (shipped);
	if (fine && !known)
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("site.yaml cannot be read, so nobody knows where to publish: rohnamo check says why"));
	return fine && known;
}

typedef struct { const Call *call; const RnPressOptions *press; } Wanted;

#define TARGET "(imsmsuub)"   /* kind, place, remote, keep, also, named */

/* In a process that may do nothing but read. A place that is only looked at needs no site. */
static GVariant *read_target (gpointer user, GError **error)
{
	const Wanted *wanted = user;
	const Call *call = wanted->call;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	const RnValue *config = NULL;
	RnTarget target = { 0 };
	const gboolean place = (call->back || call->verify) && strpbrk (call->target, "/:");
	GVariant *found = NULL;
	if ((place || read_config (wanted->press, arena, &config, error)) && rn_target_find (config, call->target, &target, error))
		found = g_variant_new (TARGET, (int) target.kind, target.place, target.remote, target.keep, target.also, target.named);
	rn_target_clear (&target);
	return found;
}

/* The target: by its name in site.yaml, or as it was typed. */
static gboolean find_target (const Call *call, const RnPressOptions *press, RnTarget *target, GError **error)
{
	int kind;
	g_autoptr (GVariant) found = rn_confined_apart (press, read_target, &(Wanted) { call, press }, error);
	if (!found)
		return FALSE;
	g_variant_get (found, TARGET, &kind, &target->place, &target->remote, &target->keep, &target->also, &target->named);
	target->kind = (RnTargetKind) CLAMP (kind, RN_TARGET_SHELF, RN_TARGET_CARD);
	/* A folder that site.yaml names is meant from where the site is. */
	if (target->named && !call->repo && (target->kind == RN_TARGET_SHELF || target->kind == RN_TARGET_CARD) && !g_path_is_absolute (target->place)) {
		char *below = g_build_filename (call->dir, target->place, NULL);
		g_free (target->place);
		target->place = below;
	}
	return TRUE;
}

/* Where the site is built: as `rohnamo build` does, but a revision has a folder of its own. *own: nobody else looks there. */
static char *output_of (const Call *call, gboolean *own)
{
	*own = !call->out && (call->repo || call->rev);
	if (call->out)
		return g_strdup (call->out);
	if (!*own)
		return g_build_filename (call->dir, "output", NULL);
	g_autofree char *what = g_canonicalize_filename (call->repo ? call->repo : call->dir, NULL);
	g_autofree char *whole = g_strdup_printf ("%s\n%s", what, call->repo && call->dir ? call->dir : "");
	g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1), *name = g_strdup_printf ("%.16s", hash);
	return g_build_filename (g_get_user_cache_dir (), "rohnamo", "publish", name, NULL);
}

/* --- words ---------------------------------------------------------------------------------------------------------------------- */

static char *day_of (gint64 seconds)
{
	g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
	return g_date_time_format (time, "%Y-%m-%d %H:%M");
}

static void tell_phones (const GArray *phones)
{
	for (guint i = 0; phones && i < phones->len; i++) {
		const RnPhone *phone = &g_array_index (phones, RnPhone, i);
		g_autofree char *bytes = g_format_size (phone->bytes), *first = g_format_size (phone->first);
		if (phone->language)
			printf (_("  a phone that keeps it in '%s': %s (pages that are new or changed: %u); one that comes for the first time: %s\n"), phone->language, bytes,
				phone->pages, first);
		else
			printf (_("A phone that keeps the whole site will download %s (pages that are new or changed: %u); one that comes for the first time: %s\n"), bytes,
				phone->pages, first);
	}
}

static void tell (const Call *call, const RnPublished *published)
{
	g_autofree char *bytes = g_format_size (published->bytes);
	const gboolean same = !published->added && !published->changed && !published->removed;
	if (!call->dry && !published->replaced) {
		printf (_("%s: nothing has changed since it was published\n"), call->target);
		return;
	}
	if (call->dry && same)
		printf (_("%s: nothing would change\n"), call->target);
	else
		printf (call->dry ? _("%s: would change; files: %u, new: %u, changed: %u, removed: %u, to be written: %s\n") :
			_("%s: published; files: %u, new: %u, changed: %u, removed: %u, written: %s\n"),
		        call->target, published->files, published->added, published->changed, published->removed, bytes);
	/* Of the files as they are, only what they came from is known. */
	if (*published->press.commit && (call->repo || call->rev))
		printf (call->dry ? _("It would show commit %.12s\n") : _("It shows commit %.12s\n"), published->press.commit);
	else if (*published->press.commit)
		printf (call->dry ? _("It would show the files as they are here, on top of commit %.12s\n") : _("It shows the files as they are here, on top of commit %.12s\n"), published->press.commit);
	tell_phones (published->phones);
}

/* --- what is done --------------------------------------------------------------------------------------------------------------- */

static gboolean verify (const Call *call, RnOutlet *outlet, int *leave, GError **error)
{
	g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
	if (!rn_outlet_verify (outlet, faults, error))
		return FALSE;
	for (guint i = 0; i < faults->len; i++)
		printf ("%s\n", (char *) faults->pdata[i]);
	*leave = faults->len ? RN_EXIT_CONTENT : RN_EXIT_FINE;
	if (faults->len)
		printf (_("%s: files that are not as they were written: %u. Publish once more, and they are written anew; if it happens again, take another card\n"),
			call->target, faults->len);
	else
		printf (_("%s: every file is as it was written\n"), call->target);
	return TRUE;
}

static gboolean go_back (const Call *call, RnOutlet *outlet, GError **error)
{
	RnOutletLive live;
	if (!rn_outlet_back (outlet, error))
		return FALSE;
	rn_outlet_live (outlet, &live);
	g_autofree char *day = day_of (live.time);
	if (*live.commit)
		printf (_("%s: shows commit %.12s again, published on %s\n"), call->target, live.commit, day);
	else
		printf (_("%s: shows the edition again that was published on %s\n"), call->target, day);
	return TRUE;
}

static gboolean publish (const Call *call, RnOutlet *outlet, const RnPressOptions *press, guint also, int *leave, GError **error)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	RnPublished published;
	RnTerminalProgress *bar = rn_terminal_progress_start (press->progress);
	gboolean fine = rn_publish_run (outlet, press, &(RnPublishOptions) { also, call->key ? call->key : rn_command_key (), call->dry }, sink, &published, error);
	rn_terminal_progress_stop (bar);
	rn_terminal_diagnostics (press, sink);
	if (fine && published.refused) {
		rn_terminal_error ("nothing was published to %s: correct what is told above and publish once more", call->target);
		*leave = RN_EXIT_CONTENT;
	} else if (fine) {
		tell (call, &published);
	}
	rn_published_clear (&published);
	return fine;
}

static int run (Call *call)
{
	g_autofree char *share = rn_command_share (), *out = NULL;
	g_autoptr (GError) error = NULL;
	RnPressProgress progress = { 0 };
	RnTarget target = { 0 };
	gboolean own;
	int leave = RN_EXIT_FINE;
	if (!call->dir && !call->repo)
		call->dir = g_strdup (".");
	out = output_of (call, &own);
	RnPressOptions press = { .dir = call->dir, .repo = call->repo, .rev = call->rev, .out = out, .share = share, .jobs = (guint) MAX (call->jobs, 0),
		.outputs = RN_OUTPUT_ALL,
		.strict = call->strict, .progress = &progress };
	if (call->clock && !(press.has_clock = rn_date_parse (call->clock, &press.clock, &(gboolean) { FALSE }))) {
		rn_terminal_error ("--clock takes a date such as 2026-01-31, not '%s'", call->clock);
		return RN_EXIT_USAGE;
	}
	gboolean fine = find_target (call, &press, &target, &error);
	const RnOutletOptions options = { .repo = call->repo ? call->repo : call->dir, .look = call->dry, .own_output = own };
	const char *const key = call->key ? call->key : rn_command_key ();
	const RnConfinedPublish confined = { options.repo, key, call->dry, !call->verify && !call->back };
	fine = fine && rn_confined_publish (&press, &target, &confined, &error);
	g_autoptr (RnOutlet) outlet = fine ? rn_outlet_open (&target, &options, &error) : NULL;
	fine = outlet && (call->verify ? verify (call, outlet, &leave, &error) : call->back ? go_back (call, outlet, &error) :
	                  publish (call, outlet, &press, target.also, &leave, &error));
	g_clear_pointer (&outlet, rn_outlet_close);
	rn_target_clear (&target);
	rn_confined_done ();
	if (fine)
		return leave;
	rn_terminal_error ("%s", error->message);
	return g_error_matches (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET) ? RN_EXIT_USAGE : RN_EXIT_FAILED;
}

static const char *const details = N_(
	"Builds the site and puts it where readers find it. Content with errors is not published, and what was there stays.\n"
	"TARGET is a name under publish: in site.yaml, or a place:\n\n"
	"  rohnamo publish live                       as site.yaml says\n"
	"  rohnamo publish /srv/www/site              a folder for a web server: one step changes all of it, older editions stay beside it\n"
	"  rohnamo publish /srv/www/site --rollback   the edition before\n"
	"  rohnamo publish git:pages                  a branch of this repository; git:ADDRESS#BRANCH: of another\n"
	"  rohnamo publish rclone:REMOTE:PATH         whatever rclone reaches (S3, SFTP, WebDAV; `rclone config` makes a remote)\n"
	"  rohnamo publish folder:/media/card         a folder on a memory card; --verify reads it back\n");

int rn_command_publish (int argc, char **argv)
{
	Call call = { 0 };
	int leave;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &call.dir, N_("the site's folder (default: this one); with --repo, its folder in the repository"), "DIR" },
		{ "rev", 0, 0, G_OPTION_ARG_STRING, &call.rev, N_("a branch, tag or commit instead of the files as they are"), "REV" },
		{ "repo", 0, 0, G_OPTION_ARG_FILENAME, &call.repo, N_("the repository to read it from, bare or not, without a checkout"), "GITDIR" },
		{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, &call.dry, N_("tell what would change there, and what readers' phones would download; change nothing there"), NULL },
		{ "rollback", 0, 0, G_OPTION_ARG_NONE, &call.back, N_("show the edition before the one that is shown"), NULL },
		{ "verify", 0, 0, G_OPTION_ARG_NONE, &call.verify, N_("read a memory card back and tell which files are not as they were written"), NULL },
		{ "sign", 0, 0, G_OPTION_ARG_FILENAME, &call.key, N_("sign the list of files with this SSH key (default: what ROHNAMO_SIGN_KEY says; none: no signature)"), "KEY" },
		{ "output", 'd', 0, G_OPTION_ARG_FILENAME, &call.out, N_("where it is built (default: output/ in the site's folder)"), "OUT" },
		{ "strict", 0, 0, G_OPTION_ARG_NONE, &call.strict, N_("warnings count as errors"), NULL },
		{ "clock", 0, 0, G_OPTION_ARG_STRING, &call.clock, N_("the day by which drafts and expiry dates are judged (default: now; with --rev the commit's)"), "DATE" },
		RN_CONFINED_OPTION,
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &call.jobs, N_("how many cores to use (default: all)"), "N" },
		{ 0 },
	};
	gboolean parsed = rn_command_parse (rn_command_find ("publish"), entries, details, &argc, &argv, &leave);
	if (parsed && (argc != 2 || call.dry + call.back + call.verify > 1)) {
		rn_terminal_error (argc < 2 ? N_("publish needs a target; see: rohnamo publish --help") : argc > 2 ? N_("publish takes one target; see: rohnamo publish --help") :
		                   N_("--dry-run, --rollback and --verify exclude each other"));
		leave = RN_EXIT_USAGE;
	} else if (parsed) {
		call.target = argv[1];
		leave = run (&call);
	}
	for (guint i = 0; i < 6; i++)
		g_free ((char *[]) { call.dir, call.repo, call.rev, call.out, call.clock, call.key }[i]);
	return leave;
}
