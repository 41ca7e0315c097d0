/* confined_desk.c - what editors' verbs, imports and copies that are held against their lists may still do -> what base/confine.h allows. */
#include "command/confined-int.h"
#include "base/folder.h"
#include "command/command.h"
#include "publish/errand.h"

/* Where the content of the site DIR is: a folder, or all of it. Free it. */
static char *content_of (const char *dir)
{
	g_autofree char *content = g_build_filename (dir, "content", NULL);
	return rn_folder_may_be (content) ? g_steal_pointer (&content) : g_strdup (dir);
}

static void allow_folder_of (RnConfine *confine, const char *path)
{
	g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;
	rn_confine_allow (confine, RN_CONFINE_WRITE, folder);
}

static RnConfine *of_desk (const char *dir, guint writes)
{
	g_autofree char *share = rn_command_share (), *cache = g_build_filename (dir, "build", "cache", NULL), *content = content_of (dir);
	g_autoptr (GPtrArray) repository = g_ptr_array_new_with_free_func (g_free);
	const RnPressOptions press = { .dir = dir, .share = share };
	RnConfine *confine = rn_confined_site (&press, repository);
	if (writes & RN_CONFINED_CACHE) {
		/* What it is made of is a repository's; where there is none, nothing is kept. */
		if (repository->len && g_file_test (dir, G_FILE_TEST_IS_DIR))
			g_mkdir_with_parents (cache, 0777);
		rn_confine_allow (confine, RN_CONFINE_WRITE, cache);
	}
	if (writes & RN_CONFINED_CONTENT)
		rn_confine_allow (confine, RN_CONFINE_WRITE, content);
	for (guint i = 0; (writes & RN_CONFINED_REPOSITORY) && i < repository->len; i++)
		rn_confine_allow (confine, RN_CONFINE_WRITE, repository->pdata[i]);
	return confine;
}

void rn_confined_desk (const char *dir, guint writes, const char *out)
{
	if (rn_confined_off ())
		return;
	g_autoptr (RnConfine) confine = of_desk (dir, writes);
	allow_folder_of (confine, out);
	rn_confined_enter (confine, FALSE, "before the site is opened");
}

void rn_confined_import (const char *dir, const char *path, const char *map, gboolean programs)
{
	if (rn_confined_off ())
		return;
	g_autoptr (RnConfine) confine = of_desk (dir, RN_CONFINED_CONTENT);
	rn_confine_allow (confine, RN_CONFINE_READ, path);
	rn_confine_allow (confine, RN_CONFINE_READ, map);
	if (programs) {
		g_autofree char *pandoc = g_find_program_in_path ("pandoc"), *limit = g_find_program_in_path ("timeout");
		rn_confined_program (confine, pandoc);
		rn_confined_program (confine, limit);
		rn_confined_places (confine);
	}
	rn_confined_enter (confine, programs, "before the site is opened");
}

gboolean rn_confined_copy (const char *path, const char *signers, const char *key, GError **error)
{
	if (rn_confined_off ())
		return TRUE;
	g_autoptr (RnErrands) errands = rn_errands_new ();
	g_autoptr (RnConfine) confine = rn_confine_new ();
	const gboolean folder = g_file_test (path, G_FILE_TEST_IS_DIR);
	rn_errands_allow_signatures (errands, signers, key);
	if (!rn_errands_begin (errands, error))
		return FALSE;
	rn_confine_allow (confine, key && folder ? RN_CONFINE_WRITE : RN_CONFINE_READ, path);
	if (key && !folder)
		allow_folder_of (confine, path);
	rn_confined_enter (confine, FALSE, "before the copy is read");
	return TRUE;
}
