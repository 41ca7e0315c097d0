/*
 * confined_publish.c - a target in; what may be written there, and which calls of git, rclone and ssh-keygen reach it, out.
 *
 * Three processes, where one would be held too loosely. One reads site.yaml and says what the target is. One runs other programs, which need the network and the user's keys, in
 * forms that the target gives (publish/errand.h). This one builds and publishes, and reads content only when it is held.
 */
#include "command/confined-int.h"
#include "base/words.h"
#include "publish/errand.h"
#include "publish/outlet.h"
#include "publish/preview.h"
#include "source/places.h"
#include "source/repository.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- a process that reads ------------------------------------------------------------------------------------------------------- */

#define FOUND "(bvsis)"   /* fine; what was found; an error's domain, code and message */

G_GNUC_NORETURN static void find (const RnPressOptions *options, RnConfinedWork work, gpointer user, int to)
{
	g_autoptr (GPtrArray) repository = g_ptr_array_new_with_free_func (g_free);
	g_autoptr (RnConfine) confine = rn_confined_site (options, repository);
	g_autoptr (GError) error = NULL;
	rn_confined_enter (confine, FALSE, "before site.yaml is read");
	GVariant *found = work (user, &error);
	g_autoptr (GVariant) message = g_variant_ref_sink (g_variant_new (FOUND, found != NULL, found ? found : g_variant_new_boolean (FALSE),
		error ? g_quark_to_string (error->domain) : "", error ? error->code : 0, error ? error->message : ""));
	const char *data = g_variant_get_data (message);
	for (gsize at = 0, len = g_variant_get_size (message); at < len;) {
		const gssize n = write (to, data + at, len - at);
		if (n < 0)
			_exit (1);
		at += (gsize) n;
	}
	_exit (0);
}

static GBytes *read_to_end (int from)
{
	GByteArray *bytes = g_byte_array_new ();
	guint8 chunk[4096];
	for (gssize n; (n = read (from, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR);)
		g_byte_array_append (bytes, chunk, (guint) MAX (n, 0));
	return g_byte_array_free_to_bytes (bytes);
}

GVariant *rn_confined_apart (const RnPressOptions *options, RnConfinedWork work, gpointer user, GError **error)
{
	int ends[2];
	if (rn_confined_off ()) {
		GVariant *found = work (user, error);
		return found ? g_variant_ref_sink (found) : NULL;
	}
	fflush (NULL);
	const pid_t child = pipe (ends) ? -1 : fork ();
	if (!child)
		find (options, work, user, ends[1]);
	if (child < 0) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("the system has no process to give: %s"), rn_words_system (errno));
		return NULL;
	}
	close (ends[1]);
	g_autoptr (GBytes) bytes = read_to_end (ends[0]);
	close (ends[0]);
	waitpid (child, NULL, 0);
	g_autoptr (GVariant) message = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FOUND), bytes, FALSE)), found = NULL;
	const char *domain, *why;
	gboolean fine;
	int code;
	if (!g_bytes_get_size (bytes) || !g_variant_is_normal_form (message)) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("site.yaml cannot be read: the process that reads it has ended"));
		return NULL;
	}
	g_variant_get (message, "(bv&si&s)", &fine, &found, &domain, &code, &why);
	if (fine)
		return g_steal_pointer (&found);
	g_set_error_literal (error, *domain ? g_quark_from_string (domain) : RN_PUBLISH_ERROR, code, why);
	return NULL;
}

/* --- targets -------------------------------------------------------------------------------------------------------------------- */

/* A link in one folder, editions in another beside it. */
static void allow_shelf (RnConfine *confine, const char *place, gboolean look)
{
	g_autofree char *store = rn_preview_store (place), *parent = g_path_get_dirname (store);
	if (!look)
		g_mkdir_with_parents (store, 0777);
	rn_confine_allow (confine, look ? RN_CONFINE_READ : RN_CONFINE_LINKS, look ? place : parent);
	rn_confine_allow (confine, look ? RN_CONFINE_READ : RN_CONFINE_SHELF, store);
}

/* What a commit is made of, and no settings or hooks, by which git would run programs. */
static void allow_commits (RnConfine *confine, const GPtrArray *repository)
{
	static const char *const parts[] = { "objects", "refs", "logs" };
	for (guint i = 0; i < repository->len; i++) {
		rn_confine_allow (confine, RN_CONFINE_READ, repository->pdata[i]);
		for (guint k = 0; k < G_N_ELEMENTS (parts); k++) {
			g_autofree char *part = g_build_filename (repository->pdata[i], parts[k], NULL);
			rn_confine_allow (confine, RN_CONFINE_WRITE, part);
		}
	}
}

static gboolean allow_mirror (RnConfine *confine, const RnTarget *target, RnErrands *errands, GError **error)
{
	g_autofree char *mirror = rn_outlet_mirror (target->remote), *full = g_strconcat ("refs/heads/", target->place, NULL), *both = g_strdup_printf ("%s:%s", full, full);
	g_autofree char *forced = g_strconcat ("+", both, NULL);
	g_autoptr (GPtrArray) folders = g_ptr_array_new ();
	g_mkdir_with_parents (mirror, 0777);
	if (!rn_repository_make (mirror, error))
		return FALSE;
	g_ptr_array_add (folders, mirror);
	allow_commits (confine, folders);
	rn_errands_allow (errands, "git", "--git-dir", mirror, "ls-remote", "--", target->remote, full);
	rn_errands_allow (errands, "git", "--git-dir", mirror, "fetch", "--quiet", "--no-tags", "--", target->remote, forced);
	rn_errands_allow (errands, "git", "--git-dir", mirror, "update-ref", "-d", full);
	rn_errands_allow (errands, "git", "--git-dir", mirror, "push", "--quiet", "--", target->remote, both);
	return TRUE;
}

static void allow_rclone (const RnPressOptions *press, const char *place, const char *scratch, RnErrands *errands)
{
	g_autofree char *out = g_canonicalize_filename (press->out, NULL), *site = g_build_filename (out, "site", NULL);
	g_autofree char *below = g_strconcat (place, g_str_has_suffix (place, ":") || g_str_has_suffix (place, "/") ? "" : "/", NULL);
	g_autofree char *any = g_strconcat (below, RN_ERRAND_ANY, NULL), *list = g_strconcat (below, "rohnamo.sha256", NULL);
	g_autofree char *here = g_strconcat (scratch ? scratch : "-", "/", RN_ERRAND_ANY, NULL);
	const char *const from[] = { out, site, here };
	rn_errands_allow (errands, "rclone", "cat", "--retries", "1", any);
	rn_errands_allow (errands, "rclone", "copyto", "--ignore-times", here, list);
	for (guint i = 0; i < G_N_ELEMENTS (from); i++)
		rn_errands_allow (errands, "rclone", "copy", "--ignore-times", "--no-traverse", "--files-from-raw", here, from[i], place);
	rn_errands_allow (errands, "rclone", "delete", "--files-from-raw", here, place);
}

static gboolean allow_target (RnConfine *confine, const RnPressOptions *press, const RnTarget *target, const RnConfinedPublish *how, RnErrands *errands, GError **error)
{
	g_autoptr (GPtrArray) repository = g_ptr_array_new_with_free_func (g_free);
	switch (target->kind) {
	case RN_TARGET_SHELF:
		allow_shelf (confine, target->place, how->look);
		break;
	case RN_TARGET_CARD:
		rn_confine_allow (confine, how->look ? RN_CONFINE_READ : RN_CONFINE_WRITE, target->place);
		break;
	case RN_TARGET_RCLONE:
		allow_rclone (press, target->place, rn_confined_places (confine), errands);
		break;
	case RN_TARGET_BRANCH:
		if (target->remote)
			return allow_mirror (confine, target, errands, error);
		rn_places_repository (how->repo, repository);
		allow_commits (confine, repository);
		break;
	}
	return TRUE;
}

gboolean rn_confined_publish (RnPressOptions *press, const RnTarget *target, const RnConfinedPublish *how, GError **error)
{
	if (rn_confined_off ())
		return TRUE;
	g_autoptr (RnConfine) confine = rn_confine_new ();
	g_autoptr (RnErrands) errands = rn_errands_new ();
	const gboolean runs = how->key || target->kind == RN_TARGET_RCLONE || (target->kind == RN_TARGET_BRANCH && target->remote);
	if (!allow_target (confine, press, target, how, errands, error))
		return FALSE;
	rn_errands_allow_signatures (errands, NULL, how->key);
	fflush (NULL);
	if (runs && !rn_errands_begin (errands, error))
		return FALSE;
	if (how->build)
		rn_confined_press_with (press, confine, TRUE);
	else
		rn_confined_enter (confine, FALSE, "before the target is read");
	return TRUE;
}

void rn_confined_commit (RnPressOptions *options, const char *index)
{
	g_autoptr (RnConfine) confine = rn_confine_new ();
	rn_confine_allow (confine, RN_CONFINE_READ, index);
	if (!rn_confined_off ())
		rn_confined_press_with (options, confine, FALSE);
}
