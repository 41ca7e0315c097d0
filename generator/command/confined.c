/*
 * confined.c - the places of a site -> what base/confine.h allows.
 *
 * A build is held twice. First, before the site is opened: it reads the site and writes beside the output, where the new edition's folder
 * does not yet exist. Then, before a page is read, it is held to that folder, the output and the cache, and in the folder that they
 * are in it may move folders alone.
 */
#include "command/confined-int.h"
#include "base/folder.h"
#include "base/words.h"
#include "command/terminal.h"
#include "site/share.h"
#include "source/places.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ZIM_TOOL "zimwriterfs"

void rn_confined_not (void)
{
	rn_terminal_error ("%s", _("--no-sandbox: a fault in a library that reads pictures, fonts or repositories, or in a plugin's cell, may now read and change all that you may, run programs and use the network"));
}

gboolean rn_confined_open;

static gboolean is (const char *what)
{
	return !g_strcmp0 (g_getenv ("ROHNAMO_SANDBOX"), what);
}

gboolean rn_confined_off (void)
{
	static gboolean said;
	if (rn_confined_open && !said)
		rn_confined_not ();
	said = TRUE;
	return rn_confined_open || is ("off");
}

static void tell (const char *when, guint files, gboolean calls)
{
	if (is ("tell"))
		fprintf (stderr, "sandbox: %s: files %s%u, system calls %s\n", when, files ? "held by Landlock " : "not held, Landlock ", files, calls ? "held" : "not held");
}

void rn_confined_enter (const RnConfine *confine, gboolean programs, const char *when)
{
	const guint files = rn_confine_files (confine);
	tell (when, files, rn_confine_calls (programs));
}

/* The nearest folder above PATH that there is, as what a link in it leads to. Free it. */
static char *above (const char *path)
{
	g_autofree char *plain = g_canonicalize_filename (path, NULL), *real = realpath (plain, NULL);
	char *folder = g_path_get_dirname (real ? real : plain);
	while (!g_file_test (folder, G_FILE_TEST_EXISTS)) {
		char *next = g_path_get_dirname (folder);
		g_free (folder);
		folder = next;
	}
	return folder;
}

static void allow_all (RnConfine *confine, RnConfineRight right, const GPtrArray *places)
{
	for (guint i = 0; i < places->len; i++)
		rn_confine_allow (confine, right, places->pdata[i]);
}

RnConfine *rn_confined_site (const RnPressOptions *options, GPtrArray *repository)
{
	RnConfine *confine = rn_confine_new ();
	g_autoptr (GPtrArray) settings = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL), *folder = program ? g_path_get_dirname (program) : NULL;
	g_autofree char *words = folder ? g_build_filename (folder, "locale", NULL) : NULL, *fonts = g_build_filename (g_get_user_data_dir (), "fonts", NULL);
	g_autofree char *old_fonts = g_build_filename (g_get_home_dir (), ".fonts", NULL), *from = options->repo ? g_strdup (options->repo) : realpath (options->dir, NULL);
	/* With repo, dir is a folder of the repository, which is none of the machine's. */
	if (!options->repo)
		rn_confine_allow (confine, RN_CONFINE_READ, options->dir);
	if (from)
		rn_places_repository (from, repository);
	for (guint i = 0; i < repository->len; i++)
		g_ptr_array_add (settings, g_strdup (repository->pdata[i]));
	rn_places_repository (options->share, settings);
	if (settings->len)
		rn_places_settings (settings);
	allow_all (confine, RN_CONFINE_READ, repository);
	allow_all (confine, RN_CONFINE_READ, settings);
	for (guint i = 0; i < 4; i++)
		rn_confine_allow (confine, RN_CONFINE_READ, (const char *[]) { options->share, words, fonts, old_fonts }[i]);
	return confine;
}

void rn_confined_program (RnConfine *confine, const char *program)
{
	static const char *const loaders[] = { "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-armhf.so.3", "/lib/ld-linux.so.2", "/lib64/ld64.so.2", "/lib/ld-linux-riscv64-lp64d.so.1" };
	rn_confine_allow (confine, RN_CONFINE_RUN, program);
	for (guint i = 0; program && i < G_N_ELEMENTS (loaders); i++)
		rn_confine_allow (confine, RN_CONFINE_RUN, loaders[i]);
}

/* --- build, check, print --------------------------------------------------------------------------------------------------------- */

/*
 * Where the ZIM's files stand for a while (site/share_order.c): folders of this run's own in the system's places for such, made before, as in those places it may
 * later make and remove folders alone. NULL: none.
 */
static char *places[2];

#define PLACE "rohnamo-build-"

/* Removes from HOME such folders of runs that were killed: their lock is free. */
static void clear_places (const char *home)
{
	g_autoptr (GPtrArray) names = rn_folder_names (home);
	for (guint i = 0; names && i < names->len; i++) {
		if (!g_str_has_prefix (names->pdata[i], PLACE))
			continue;
		g_autofree char *place = g_build_filename (home, names->pdata[i], NULL);
		int fd = open (place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && !flock (fd, LOCK_EX | LOCK_NB))
			rn_folder_remove (AT_FDCWD, place);
		if (fd >= 0)
			close (fd);
	}
}

static void make_place (const char *home, char **place)
{
	clear_places (home);
	*place = g_build_filename (home, PLACE "XXXXXX", NULL);
	if (!g_mkdtemp_full (*place, 0700))
		g_clear_pointer (place, g_free);
	/* Held until the process ends, however it does. */
	int fd = *place ? open (*place, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (fd >= 0)
		flock (fd, LOCK_EX | LOCK_NB);
}

const char *rn_confined_places (RnConfine *confine)
{
	static gboolean made;
	const char *const homes[] = { g_get_tmp_dir (), "/dev/shm" };
	for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
		if (!made)
			make_place (homes[i], &places[i]);
		rn_confine_allow (confine, RN_CONFINE_WRITE, places[i]);
		rn_confine_allow (confine, RN_CONFINE_FOLDERS, places[i] ? homes[i] : NULL);
	}
	made = TRUE;
	rn_share_places ((const char *const *) places);
	const char *scratch = places[0] ? places[0] : places[1];
	rn_folder_scratch_in (scratch);
	return scratch;
}

void rn_confined_done (void)
{
	rn_folder_scratch_in (NULL);
	for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
		if (places[i])
			rn_folder_remove (AT_FDCWD, places[i]);
		g_clear_pointer (&places[i], g_free);
	}
}

/* What is left to be held once the run is settled; one run a process. */
static struct { RnConfine *confine; char *out, *above; } waiting;

static void on_settled (gpointer user G_GNUC_UNUSED, const char *stage, const char *cache)
{
	g_autoptr (RnConfine) confine = g_steal_pointer (&waiting.confine);
	/* A check looks for what was found before; an edition is noted, whether or not the cache was there. */
	if (stage)
		g_mkdir_with_parents (cache, 0777);
	rn_confine_allow (confine, RN_CONFINE_WRITE, cache);
	rn_confine_allow (confine, RN_CONFINE_WRITE, stage);
	rn_confine_allow (confine, stage ? RN_CONFINE_WRITE : RN_CONFINE_READ, waiting.out);
	rn_confine_allow (confine, RN_CONFINE_FOLDERS, waiting.above);
	tell ("before the first page", rn_confine_files (confine), TRUE);
	g_clear_pointer (&waiting.out, g_free);
	g_clear_pointer (&waiting.above, g_free);
}

void rn_confined_press_with (RnPressOptions *options, const RnConfine *more, gboolean scratch)
{
	g_autoptr (GPtrArray) repository = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *zim = options->out && (options->outputs & RN_OUTPUT_BUNDLES) ? g_find_program_in_path (ZIM_TOOL) : NULL;
	g_autofree char *users = g_build_filename (g_get_user_cache_dir (), "rohnamo", NULL), *near = options->dir && !options->repo ? g_build_filename (options->dir, "build", NULL) : NULL;
	RnConfine *inner = rn_confined_site (options, repository);
	rn_confined_program (inner, zim);
	rn_confine_join (inner, more);
	if (zim || scratch)
		rn_confined_places (inner);
	g_autoptr (RnConfine) outer = rn_confine_copy (inner);
	g_autofree char *top = options->out ? above (options->out) : NULL;
	for (guint i = 0; i < 2; i++) {
		const char *cache = (const char *[]) { users, near }[i];
		g_autofree char *parent = cache && options->out ? above (cache) : NULL;
		rn_confine_allow (outer, RN_CONFINE_WRITE, cache);
		rn_confine_allow (outer, RN_CONFINE_WRITE, parent);   /* where it is yet to be made */
	}
	rn_confine_allow (outer, RN_CONFINE_WRITE, top);
	rn_confine_allow (outer, RN_CONFINE_WRITE, options->out);
	waiting.confine = inner;
	waiting.out = g_strdup (options->out);
	waiting.above = g_strdup (top);
	options->settled = on_settled;
	rn_confined_enter (outer, zim != NULL, "before the site is opened");
}

void rn_confined_press (RnPressOptions *options)
{
	if (!rn_confined_off ())
		rn_confined_press_with (options, NULL, FALSE);
}

/* --- search, serve --------------------------------------------------------------------------------------------------------------- */

void rn_confined_search (const char *path)
{
	if (rn_confined_off ())
		return;
	g_autoptr (RnConfine) confine = rn_confine_new ();
	rn_confine_allow (confine, RN_CONFINE_READ, path);
	rn_confined_enter (confine, FALSE, "before the index is opened");
}

void rn_confined_serve (const RnPreviewOptions *options)
{
	if (rn_confined_off ())
		return;
	g_autoptr (GPtrArray) repository = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *users = g_build_filename (g_get_user_cache_dir (), "rohnamo", NULL), *near = g_build_filename (options->press.dir, "build", "cache", NULL);
	g_autofree char *content = g_build_filename (options->press.dir, "content", NULL), *real = realpath (options->press.dir, NULL), *inside = g_strconcat (real ? real : "", "/", NULL);
	g_autoptr (RnConfine) confine = rn_confined_site (&options->press, repository);
	g_autofree char *top = above (options->press.out);
	g_mkdir_with_parents (rn_folder_may_be (content) ? near : users, 0777);
	rn_confine_allow (confine, RN_CONFINE_WRITE, near);
	rn_confine_allow (confine, RN_CONFINE_WRITE, users);
	/* A build puts another folder in its place while this one serves; in the site that is allowed already. */
	rn_confine_allow (confine, RN_CONFINE_READ, g_str_has_prefix (top, inside) || !g_strcmp0 (top, real) ? NULL : top);
	rn_confine_allow (confine, RN_CONFINE_READ, options->cms);
	if (options->cms) {
		rn_confine_allow (confine, RN_CONFINE_WRITE, content);
		allow_all (confine, RN_CONFINE_WRITE, repository);
	}
	rn_confined_enter (confine, FALSE, "before the site is opened");
}
