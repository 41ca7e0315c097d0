/*
 * pages.c - a branch of a git repository, as pages hosting shows it.
 *
 * In: an edition. Out: a commit of its files on the branch, with an empty .nojekyll, and CNAME as it stands there (the host's name, which the hosting wrote).
 * Of another repository the
 * branch is fetched into a bare one among the user's caches, and pushed by git itself, which knows the user's keys. Invariant: no work tree, no index and no other
 * branch is touched; where nothing changed, nothing is committed.
 */
#include "publish/outlet-int.h"
#include "publish/program.h"
#include "source/branch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct {
	RnOutlet outlet;
	RnRepository *repository;
	RnBranch *branch;
	char *mirror;      /* the bare repository that stands for another; NULL: this one */
	int lock;          /* it, locked; -1 */
} Pages;

static gboolean git (const Pages *self, const char *const *words, char **out, GError **error)
{
	g_autoptr (GPtrArray) argv = g_ptr_array_new ();
	g_ptr_array_add (argv, (gpointer) "git");
	g_ptr_array_add (argv, (gpointer) "--git-dir");
	g_ptr_array_add (argv, self->mirror);
	for (; *words; words++)
		g_ptr_array_add (argv, (gpointer) *words);
	g_ptr_array_add (argv, NULL);
	return rn_program_run ((const char *const *) argv->pdata, "git", out, NULL, error);
}

/* The other repository's branch into the mirror, where it has one. */
static gboolean fetch (Pages *self, GError **error)
{
	const RnTarget *target = self->outlet.target;
	g_autofree char *full = g_strconcat ("refs/heads/", target->place, NULL), *both = g_strdup_printf ("+%s:%s", full, full), *found = NULL;
	if (!git (self, (const char *[]) { "ls-remote", "--", target->remote, full, NULL }, &found, error))
		return FALSE;
	if (found && strstr (found, full))
		return git (self, (const char *[]) { "fetch", "--quiet", "--no-tags", "--", target->remote, both, NULL }, NULL, error);
	return git (self, (const char *[]) { "update-ref", "-d", full, NULL }, NULL, error);
}

char *rn_outlet_mirror (const char *remote)
{
	g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, remote, -1), *name = g_strdup_printf ("%.16s.git", hash);
	return g_build_filename (g_get_user_cache_dir (), "rohnamo", "branches", name, NULL);
}

static gboolean open_mirror (Pages *self, GError **error)
{
	self->mirror = rn_outlet_mirror (self->outlet.target->remote);
	if (g_mkdir_with_parents (self->mirror, 0777) || (self->lock = open (self->mirror, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0 || flock (self->lock, LOCK_EX))
		return rn_publish_fault (error, "cannot use the folder", self->mirror);
	return rn_repository_make (self->mirror, error) && fetch (self, error);
}

static gboolean pages_open (RnOutlet *outlet, GError **error)
{
	Pages *self = (Pages *) outlet;
	self->lock = -1;
	if (outlet->target->remote && !open_mirror (self, error))
		return FALSE;
	self->repository = rn_repository_open (self->mirror ? self->mirror : outlet->options.repo, error);
	self->branch = self->repository ? rn_branch_begin (self->repository, outlet->target->place, error) : NULL;
	return self->branch != NULL;
}

static void pages_close (RnOutlet *outlet)
{
	Pages *self = (Pages *) outlet;
	rn_branch_free (self->branch);
	rn_repository_free (self->repository);
	if (self->lock >= 0)
		close (self->lock);
	g_free (self->mirror);
}

static gboolean pages_live (RnOutlet *outlet G_GNUC_UNUSED, RnOutletLive *live G_GNUC_UNUSED)
{
	return FALSE;
}

static gboolean is_ours (const char *path)
{
	return strcmp (path, "CNAME") && strcmp (path, ".nojekyll");
}

static gboolean add_file (const char *path, const char *data, gsize len, gpointer user)
{
	g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, len);
	if (is_ours (path))
		rn_manifest_add (user, path, sum);
	return TRUE;
}

static RnManifest *pages_manifest (RnOutlet *outlet, GError **error)
{
	g_autoptr (RnManifest) manifest = rn_manifest_new ();
	return rn_branch_walk (((Pages *) outlet)->branch, add_file, manifest, error) ? g_steal_pointer (&manifest) : NULL;
}

static gboolean pages_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error)
{
	return rn_branch_read (((Pages *) outlet)->branch, path, buffer, error);
}

static gboolean put_files (Pages *self, const RnEdition *edition, GError **error)
{
	g_autoptr (GString) data = g_string_new (NULL);
	for (guint i = 0; i < rn_edition_count (edition); i++) {
		const RnEditionFile *file = rn_edition_file (edition, i);
		if (!rn_edition_read (edition, file, data, error) || !rn_branch_put (self->branch, file->path, data->str, data->len, error))
			return FALSE;
	}
	rn_branch_keep (self->branch, "CNAME");
	return rn_branch_put (self->branch, ".nojekyll", "", 0, error) && rn_edition_check (edition, error);
}

static gboolean pages_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old G_GNUC_UNUSED, const RnUpdate *update G_GNUC_UNUSED,
	gboolean *changed, GError **error)
{
	Pages *self = (Pages *) outlet;
	const char *commit = rn_edition_commit (edition);
	g_autofree char *message = *commit ? g_strdup_printf ("Edition of %.12s\n\nSource-Commit: %s\n", commit, commit) : g_strdup ("A new edition\n"), *made = NULL;
	if (!put_files (self, edition, error) || !rn_branch_commit (self->branch, message, &made, error))
		return FALSE;
	*changed = made != NULL;
	if (!made || !self->mirror)
		return TRUE;
	g_autofree char *both = g_strdup_printf ("refs/heads/%s:refs/heads/%s", outlet->target->place, outlet->target->place);
	return git (self, (const char *[]) { "push", "--quiet", "--", outlet->target->remote, both, NULL }, NULL, error);
}

const RnOutletKind rn_outlet_branch = {
	.size = sizeof (Pages), .open = pages_open, .close = pages_close, .live = pages_live, .manifest = pages_manifest, .read = pages_read, .put = pages_put,
};
