/* atomic_tree.c - editions written beside the old one: what changes, what stays, what a failure leaves. */
#include "base/atomic_tree.h"
#include "base/folder.h"
#include "base/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct { char *top, *out; } Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
	(void) data;
	fixture->top = g_dir_make_tmp ("atomic-tree-XXXXXX", NULL);
	fixture->out = g_build_filename (fixture->top, "out", NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
	(void) data;
	g_assert_true (rn_folder_remove (AT_FDCWD, fixture->top));
	g_free (fixture->top);
	g_free (fixture->out);
}

/* --- small words for the tests -------------------------------------------------------------------------------------------- */

static RnAtomicTree *begin (const char *out)
{
	g_autoptr (GError) error = NULL;
	RnAtomicTree *tree = rn_atomic_tree_begin (out, "build.json", &error);
	g_assert_no_error (error);
	return tree;
}

static void put (RnAtomicTree *tree, const char *path, const char *text)
{
	g_autoptr (GError) error = NULL;
	rn_atomic_tree_put (tree, path, text, strlen (text), &error);
	g_assert_no_error (error);
}

static RnAtomicTreeStats commit (RnAtomicTree *tree)
{
	g_autoptr (GError) error = NULL;
	RnAtomicTreeStats stats = { 0 };
	rn_atomic_tree_commit (tree, &stats, &error);
	g_assert_no_error (error);
	return stats;
}

static RnAtomicTreeStats edition (const char *out, const char *const *pairs)
{
	RnAtomicTree *tree = begin (out);
	put (tree, "build.json", "{}");
	for (; *pairs; pairs += 2)
		put (tree, pairs[0], pairs[1]);
	return commit (tree);
}

#define EDITION(out, ...) edition ((out), (const char *const[]) { __VA_ARGS__ __VA_OPT__ (,) NULL })

static void write_file (const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename (folder, name, NULL), *parent = g_path_get_dirname (path);
	g_assert_cmpint (g_mkdir_with_parents (parent, 0777), ==, 0);
	g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void assert_text (const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename (folder, name, NULL), *found = NULL;
	g_file_get_contents (path, &found, NULL, NULL);
	g_assert_cmpstr (found, ==, text);
}

static int by_text (gconstpointer a, gconstpointer b)
{
	return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean add_state (const char *path, gpointer user);
typedef struct { int fd; GPtrArray *lines; } States;

/* Every file with its inode, size and time, sorted; with the folders' too. */
static char *state_of (const char *folder)
{
	States states = { open (folder, O_RDONLY | O_DIRECTORY), g_ptr_array_new_with_free_func (g_free) };
	g_assert_cmpint (states.fd, >=, 0);
	g_assert_true (rn_folder_walk (states.fd, "", add_state, &states));
	close (states.fd);
	g_ptr_array_sort (states.lines, by_text);
	g_ptr_array_add (states.lines, NULL);
	char *text = g_strjoinv ("\n", (char **) states.lines->pdata);
	g_ptr_array_unref (states.lines);
	return text;
}

static gboolean add_state (const char *path, gpointer user)
{
	States *states = user;
	struct stat info;
	g_autofree char *name = g_strdup (path);
	for (char *slash = name + strlen (name); slash; slash = strrchr (name, '/')) {
		*slash = 0;
		g_assert_cmpint (fstatat (states->fd, *name ? name : ".", &info, 0), ==, 0);
		g_ptr_array_add (states->lines, g_strdup_printf ("%s %lu %ld %ld.%09ld", name, (gulong) info.st_ino, (glong) info.st_size,
		                                                 (glong) info.st_mtim.tv_sec, (glong) info.st_mtim.tv_nsec));
	}
	return TRUE;
}

/* The names in FOLDER joined by spaces. */
static char *names_in (const char *folder)
{
	g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
	g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
	for (const char *name; (name = g_dir_read_name (dir));)
		g_ptr_array_add (names, g_strdup (name));
	g_ptr_array_sort (names, by_text);
	g_ptr_array_add (names, NULL);
	return g_strjoinv (" ", (char **) names->pdata);
}

#define ASSERT_NAMES(folder, wanted) G_STMT_START { \
	g_autofree char *names_ = names_in (folder); \
	g_assert_cmpstr (names_, ==, (wanted)); \
} G_STMT_END

static ino_t inode (const char *folder, const char *name, gint64 *time)
{
	struct stat info;
	g_autofree char *path = g_build_filename (folder, name, NULL);
	g_assert_cmpint (lstat (path, &info), ==, 0);
	if (time)
		*time = info.st_mtim.tv_sec * 1000000000LL + info.st_mtim.tv_nsec;
	return info.st_ino;
}

/* --- tests ---------------------------------------------------------------------------------------------------------------- */

static void test_unchanged (Fixture *f, gconstpointer data)
{
	(void) data;
	RnAtomicTreeStats stats = EDITION (f->out, "site/a/index.html", "one", "site/b/index.html", "two", "site/c.css", "three");
	g_assert_cmpuint (stats.files, ==, 4);
	g_assert_cmpuint (stats.changed, ==, 4);
	g_assert_cmpuint (stats.bytes, ==, 13);
	g_autofree char *before = state_of (f->out);
	g_usleep (20000);
	stats = EDITION (f->out, "site/c.css", "three", "site/a/index.html", "one", "site/b/index.html", "two");
	g_assert_cmpuint (stats.files, ==, 4);
	g_assert_cmpuint (stats.changed + stats.removed, ==, 0);
	g_autofree char *after = state_of (f->out);
	g_assert_cmpstr (before, ==, after);
	ASSERT_NAMES (f->top, "out");
}

static char *edition_of (const char *out, guint files)
{
	RnAtomicTree *tree = begin (out);
	put (tree, "build.json", "{}");
	for (guint i = 0; i < files; i++) {
		g_autofree char *name = g_strdup_printf ("z%u", i);
		put (tree, name, "text");
	}
	commit (tree);
	return state_of (out);
}

/* README.md and dot-files carried over must not make a difference, however many files there are beside them. */
static void test_unchanged_beside_ours (Fixture *f, gconstpointer data)
{
	(void) data;
	write_file (f->out, "README.md", "what lies here");
	write_file (f->out, ".nojekyll", "");
	for (guint files = 1; files < 40; files++) {
		g_autofree char *before = edition_of (f->out, files), *after = edition_of (f->out, files);
		g_assert_cmpstr (before, ==, after);
	}
}

static void test_changed (Fixture *f, gconstpointer data)
{
	(void) data;
	EDITION (f->out, "site/a/index.html", "one", "site/b/index.html", "two", "gone/deep/er", "x", "was-file", "x", "was-folder/x", "x");
	gint64 time, later;
	ino_t kept = inode (f->out, "site/a/index.html", &time), old = inode (f->out, "site/b/index.html", NULL);
	g_usleep (20000);
	RnAtomicTreeStats stats = EDITION (f->out, "site/a/index.html", "one", "site/b/index.html", "TWO", "site/n/index.html", "new",
	                                   "was-file/x", "y", "was-folder", "y");
	g_assert_cmpuint (stats.files, ==, 6);
	g_assert_cmpuint (stats.changed, ==, 4);
	g_assert_cmpuint (stats.removed, ==, 3);
	g_assert_cmpuint (inode (f->out, "site/a/index.html", &later), ==, kept);
	g_assert_cmpint (later, ==, time);
	g_assert_cmpuint (inode (f->out, "site/b/index.html", NULL), !=, old);
	assert_text (f->out, "site/b/index.html", "TWO");
	assert_text (f->out, "was-file/x", "y");
	assert_text (f->out, "was-folder", "y");
	ASSERT_NAMES (f->out, "build.json site was-file was-folder");
	ASSERT_NAMES (f->top, "out");
}

/* Only something gone: that alone is a change. */
static void test_removed (Fixture *f, gconstpointer data)
{
	(void) data;
	EDITION (f->out, "a", "1", "b", "2");
	RnAtomicTreeStats stats = EDITION (f->out, "a", "1");
	g_assert_cmpuint (stats.changed, ==, 0);
	g_assert_cmpuint (stats.removed, ==, 1);
	ASSERT_NAMES (f->out, "a build.json");
}

static void test_carried_over (Fixture *f, gconstpointer data)
{
	(void) data;
	write_file (f->out, "README.md", "what lies here");
	write_file (f->out, ".gitignore", "*");
	write_file (f->out, ".git/objects/aa", "object");
	g_assert_cmpint (g_chmod (f->out, 0750), ==, 0);
	EDITION (f->out, "a", "1");
	EDITION (f->out, "a", "2");
	assert_text (f->out, "README.md", "what lies here");
	assert_text (f->out, ".gitignore", "*");
	assert_text (f->out, ".git/objects/aa", "object");
	assert_text (f->out, "a", "2");
	ASSERT_NAMES (f->top, "out");
	struct stat info;
	g_assert_cmpint (stat (f->out, &info), ==, 0);
	g_assert_cmpuint (info.st_mode & 07777, ==, 0750);
}

static void test_keep (Fixture *f, gconstpointer data)
{
	(void) data;
	EDITION (f->out, "site/a", "1", "print/b.pdf", "2", "print/deep/c.pdf", "3", "print/deeper", "6", "print/gone/d.pdf", "7", "search.db", "4", "old", "5");
	ino_t kept = inode (f->out, "print/deep/c.pdf", NULL);
	RnAtomicTree *tree = begin (f->out);
	g_autoptr (GError) error = NULL;
	put (tree, "build.json", "{}");
	put (tree, "site/a", "new");
	g_assert_true (rn_atomic_tree_keep (tree, "print", (const char *const[]) { "print/gone/", NULL }, &error));
	g_assert_true (rn_atomic_tree_keep (tree, "search.db", NULL, &error));
	g_assert_true (rn_atomic_tree_keep (tree, "never-was", NULL, &error));
	commit (tree);
	ASSERT_NAMES (f->out, "build.json print search.db site");
	assert_text (f->out, "print/b.pdf", "2");
	assert_text (f->out, "print/deeper", "6");
	g_autofree char *gone = g_build_filename (f->out, "print/gone", NULL);
	g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
	g_assert_cmpuint (inode (f->out, "print/deep/c.pdf", NULL), ==, kept);
}

static void test_foreign (Fixture *f, gconstpointer data)
{
	(void) data;
	write_file (f->out, "thesis.doc", "do not lose");
	g_autoptr (GError) error = NULL;
	g_assert_null (rn_atomic_tree_begin (f->out, "build.json", &error));
	g_assert_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_FOREIGN);
	g_assert_nonnull (strstr (error->message, "thesis.doc"));
	assert_text (f->out, "thesis.doc", "do not lose");
	ASSERT_NAMES (f->top, "out");
	g_autofree char *file = g_build_filename (f->out, "thesis.doc", NULL);
	g_clear_error (&error);
	g_assert_null (rn_atomic_tree_begin (file, "build.json", &error));
	g_assert_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_IO);
}

static void test_busy (Fixture *f, gconstpointer data)
{
	(void) data;
	EDITION (f->out, "a", "1");
	RnAtomicTree *first = begin (f->out);
	g_autoptr (GError) error = NULL;
	g_assert_null (rn_atomic_tree_begin (f->out, "build.json", &error));
	g_assert_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_BUSY);
	put (first, "build.json", "{}");
	put (first, "a", "2");
	commit (first);
	assert_text (f->out, "a", "2");
	rn_atomic_tree_abort (begin (f->out)); /* free again */
}

static void test_abort (Fixture *f, gconstpointer data)
{
	(void) data;
	rn_atomic_tree_abort (NULL);
	RnAtomicTree *tree = begin (f->out);
	put (tree, "a/b/c", "1");
	rn_atomic_tree_abort (tree);
	ASSERT_NAMES (f->top, "");
	EDITION (f->out, "a", "1");
	g_autofree char *before = state_of (f->out);
	tree = begin (f->out);
	put (tree, "a", "2");
	rn_atomic_tree_abort (tree);
	g_autofree char *after = state_of (f->out);
	g_assert_cmpstr (before, ==, after);
	ASSERT_NAMES (f->top, "out");
}

/* A writer that is killed leaves the old edition; the next one clears what it left. */
static void test_killed (Fixture *f, gconstpointer data)
{
	(void) data;
	EDITION (f->out, "a", "1");
	g_autofree char *before = state_of (f->out);
	pid_t child = fork ();
	if (!child) {
		RnAtomicTree *tree = rn_atomic_tree_begin (f->out, "build.json", NULL);
		rn_atomic_tree_put (tree, "deep/er/a", "2", 1, NULL);
		raise (SIGKILL);
	}
	int status;
	g_assert_cmpint (waitpid (child, &status, 0), ==, child);
	g_assert_true (WIFSIGNALED (status));
	g_autofree char *after = state_of (f->out);
	g_assert_cmpstr (before, ==, after);
	g_autofree char *left = names_in (f->top);
	g_assert_true (g_str_has_prefix (left, ".out.new-"));
	EDITION (f->out, "a", "3");
	ASSERT_NAMES (f->top, "out");
	assert_text (f->out, "a", "3");
}

static void test_link (Fixture *f, gconstpointer data)
{
	(void) data;
	g_autofree char *real = g_build_filename (f->top, "elsewhere", "real", NULL);
	g_assert_cmpint (g_mkdir_with_parents (real, 0777), ==, 0);
	g_assert_cmpint (symlink (real, f->out), ==, 0);
	EDITION (f->out, "a", "1");
	EDITION (f->out, "a", "2");
	g_assert_true (g_file_test (f->out, G_FILE_TEST_IS_SYMLINK));
	assert_text (real, "a", "2");
}

static void fill_up (const char *out)
{
	g_autoptr (GError) error = NULL;
	g_autofree char *large = g_strnfill (200000, 'x');
	RnAtomicTree *tree = begin (out);
	gboolean fine = TRUE;
	for (guint i = 0; fine && i < 100; i++) {
		g_autofree char *name = g_strdup_printf ("big/%u", i);
		fine = rn_atomic_tree_put (tree, name, large, 200000, &error);
	}
	g_assert_error (error, RN_ATOMIC_TREE_ERROR, RN_ATOMIC_TREE_ERROR_IO);
	g_assert_nonnull (strstr (error->message, "big/"));
	rn_atomic_tree_abort (tree);
}

/* The disk is full: a small one where this process may mount it, else one whose files may not grow. */
static void test_full_disk (Fixture *f, gconstpointer data)
{
	(void) data;
	struct rlimit old, small = { 100000, RLIM_INFINITY };
	gboolean mounted = !mount ("tmpfs", f->top, "tmpfs", 0, "size=1m");
	EDITION (f->out, "a", "1");
	g_autofree char *before = state_of (f->out);
	if (!mounted) {
		signal (SIGXFSZ, SIG_IGN);
		g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
		small.rlim_max = old.rlim_max;
		g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
	}
	fill_up (f->out);
	if (!mounted)
		setrlimit (RLIMIT_FSIZE, &old);
	g_autofree char *after = state_of (f->out);
	g_assert_cmpstr (before, ==, after);
	ASSERT_NAMES (f->top, "out");
	EDITION (f->out, "a", "2");
	assert_text (f->out, "a", "2");
	if (mounted)
		g_assert_cmpint (umount (f->top), ==, 0);
	else
		g_test_message ("no file system could be mounted: a limit on the size of files stood in for a full disk");
}

/* The target is a mount point: it cannot be renamed, so its entries are exchanged. */
static void test_mount_point (Fixture *f, gconstpointer data)
{
	(void) data;
	g_assert_cmpint (g_mkdir (f->out, 0777), ==, 0);
	if (mount ("tmpfs", f->out, "tmpfs", 0, "size=1m")) {
		g_test_skip ("nothing may be mounted here");
		return;
	}
	write_file (f->out, "README.md", "what lies here");
	write_file (f->out, ".git/x", "object");
	EDITION (f->out, "site/a/index.html", "1", "site/b", "2", "gone/x", "3", "site.txt", "4");
	ino_t kept = inode (f->out, "site/b", NULL);
	EDITION (f->out, "site/a/index.html", "one", "site/b", "2", "fresh", "5");
	ASSERT_NAMES (f->out, ".git README.md build.json fresh site");
	assert_text (f->out, "site/a/index.html", "one");
	assert_text (f->out, "README.md", "what lies here");
	assert_text (f->out, ".git/x", "object");
	g_assert_cmpuint (inode (f->out, "site/b", NULL), ==, kept);
	g_autofree char *before = state_of (f->out);
	EDITION (f->out, "site/a/index.html", "one", "site/b", "2", "fresh", "5");
	g_autofree char *after = state_of (f->out);
	g_assert_cmpstr (before, ==, after);
	g_assert_cmpint (umount (f->out), ==, 0);
}

/* --- random editions ------------------------------------------------------------------------------------------------------ */

typedef struct { RnAtomicTree *tree; GPtrArray *paths; GHashTable *texts; } Random;

static gboolean put_one (gpointer state, guint index, gpointer shared, GError **error)
{
	(void) state;
	Random *random = shared;
	const char *path = random->paths->pdata[index], *text = g_hash_table_lookup (random->texts, path);
	return rn_atomic_tree_put (random->tree, path, text, strlen (text), error);
}

/* About 60 files over names that clash as file and folder in different editions, never within one. */
static void random_edition (Random *random)
{
	random->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	random->paths = g_ptr_array_new ();
	for (guint i = 0; i < 60; i++) {
		guint a = (guint) g_test_rand_int_range (0, 6), b = (guint) g_test_rand_int_range (0, 6);
		gboolean folder = g_test_rand_bit ();
		g_autofree char *file = g_strdup_printf ("d%u", a), *nested = g_strdup_printf ("d%u/e%u/index.html", a, b), *marker = g_strdup_printf ("d%u/", a);
		gboolean has_file = g_hash_table_contains (random->texts, file), has_folder = FALSE;
		for (guint j = 0; j < random->paths->len; j++)
			has_folder |= g_str_has_prefix (random->paths->pdata[j], marker);
		char *path = has_file ? NULL : has_folder || folder ? nested : file;
		if (!path || g_hash_table_contains (random->texts, path))
			continue;
		char *own = g_strdup (path);
		g_hash_table_insert (random->texts, own, g_strdup_printf ("%d", g_test_rand_int_range (0, 3)));
		g_ptr_array_add (random->paths, own);
	}
}

static gboolean count_file (const char *path, gpointer user)
{
	(void) path;
	++*(guint *) user;
	return TRUE;
}

static void test_property (Fixture *f, gconstpointer data)
{
	(void) data;
	Random random = { 0 }, last = { 0 };
	for (guint round = 0; round < 60; round++) {
		random_edition (&random);
		g_autoptr (GHashTable) inodes = g_hash_table_new (g_str_hash, g_str_equal);
		for (guint i = 0; last.paths && i < last.paths->len; i++)
			g_hash_table_insert (inodes, last.paths->pdata[i], GSIZE_TO_POINTER (inode (f->out, last.paths->pdata[i], NULL)));
		random.tree = begin (f->out);
		put (random.tree, "build.json", "{}");
		g_assert_true (rn_workers_run (4, random.paths->len, NULL, put_one, NULL, &random, NULL, NULL));
		commit (random.tree);

		guint files = 0;
		int fd = open (f->out, O_RDONLY | O_DIRECTORY);
		g_assert_true (rn_folder_walk (fd, "", count_file, &files));
		close (fd);
		g_assert_cmpuint (files, ==, random.paths->len + 1);
		for (guint i = 0; i < random.paths->len; i++) {
			const char *path = random.paths->pdata[i], *text = g_hash_table_lookup (random.texts, path);
			const char *was = last.texts ? g_hash_table_lookup (last.texts, path) : NULL;
			assert_text (f->out, path, text);
			gsize now = inode (f->out, path, NULL);
			if (was && !strcmp (was, text))
				g_assert_cmpuint (now, ==, GPOINTER_TO_SIZE (g_hash_table_lookup (inodes, path)));
		}
		ASSERT_NAMES (f->top, "out");
		g_clear_pointer (&last.texts, g_hash_table_unref);
		g_clear_pointer (&last.paths, g_ptr_array_unref);
		last = random;
	}
	g_hash_table_unref (last.texts);
	g_ptr_array_unref (last.paths);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	static const struct { const char *name; void (*test) (Fixture *, gconstpointer); } tests[] = {
		{ "/atomic-tree/unchanged", test_unchanged }, { "/atomic-tree/unchanged-beside-ours", test_unchanged_beside_ours },
		{ "/atomic-tree/changed", test_changed }, { "/atomic-tree/removed", test_removed }, { "/atomic-tree/carried-over", test_carried_over },
		{ "/atomic-tree/keep", test_keep }, { "/atomic-tree/foreign", test_foreign }, { "/atomic-tree/busy", test_busy },
		{ "/atomic-tree/abort", test_abort }, { "/atomic-tree/killed", test_killed }, { "/atomic-tree/link", test_link },
		{ "/atomic-tree/full-disk", test_full_disk }, { "/atomic-tree/mount-point", test_mount_point }, { "/atomic-tree/property", test_property },
	};
	for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
		g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
	return g_test_run ();
}
