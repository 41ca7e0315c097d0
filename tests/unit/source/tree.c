/* Trees: what is listed, what is refused and how it is told, reading, ignored files, subfolders, revisions of hostile repositories. */
#include "source/tree.h"
#include "base/workers.h"

#include "repository.h"

#include <sys/stat.h>
#include <unistd.h>

static void list (GString *out, RnTree *tree, RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *all = rn_diagnostics_sorted (sink, &n);

	for (guint i = 0; i < rn_tree_count (tree); i++) {
		g_string_append_printf (out, "%s\n", rn_tree_path (tree, i));
		g_assert_cmpint (rn_tree_find (tree, rn_tree_path (tree, i)), ==, (gint) i);
	}
	for (guint i = 0; i < n; i++)
		g_string_append_printf (out, "%s: %s [%s]\n", all[i]->where.file, all[i]->message, rn_diagnostic_kind (all[i]->id)->id);
}

static char *listing (const char *dir, const char *const *roots, const char *const *exclude)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GError) error = NULL;
	g_autoptr (RnTree) tree = rn_tree_open_work (dir, roots, exclude, sink, &error);
	GString *out = g_string_new (NULL);

	g_assert_no_error (error);
	list (out, tree, sink);
	return g_string_free (out, FALSE);
}

static char *revision_listing (const char *repo, const char *rev, const char *subdir, const char *const *roots)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (GError) error = NULL;
	g_autoptr (RnTree) tree = rn_tree_open_revision (repo, rev, subdir, roots, sink, &error);
	GString *out = g_string_new (NULL);

	g_assert_no_error (error);
	list (out, tree, sink);
	return g_string_free (out, FALSE);
}

static void test_order (void)
{
	g_autofree char *dir = make_folder ();

	for (const char *const *name = (const char *const[]) { "a/b.md", "a.md", "a-b/c.md", "ӯ.md", "a/b/c.md", "B.md", ".hidden/x", "a/.x", NULL }; *name; name++)
		write_file (dir, *name, "x");
	g_autofree char *all = listing (dir, NULL, NULL);
	g_assert_cmpstr (all, ==, "B.md\na-b/c.md\na.md\na/b.md\na/b/c.md\nӯ.md\n");
	g_autofree char *some = listing (dir, (const char *const[]) { "a", "none", NULL }, NULL);
	g_assert_cmpstr (some, ==, "a/b.md\na/b/c.md\n");
	g_autofree char *out = g_build_filename (dir, "a", "b", NULL);
	g_autofree char *rest = listing (dir, NULL, (const char *const[]) { out, "/elsewhere", NULL });
	g_assert_cmpstr (rest, ==, "B.md\na-b/c.md\na.md\na/b.md\nӯ.md\n");
	g_autoptr (RnTree) tree = rn_tree_open_work (dir, NULL, NULL, NULL, NULL);
	guint begin, end;
	rn_tree_range (tree, "a/", &begin, &end);
	g_assert_cmpuint (begin, ==, 3);
	g_assert_cmpuint (end, ==, 5);
	rn_tree_range (tree, "", &begin, &end);
	g_assert_cmpuint (end - begin, ==, 6);
	rn_tree_range (tree, "zz", &begin, &end);
	g_assert_cmpuint (begin, ==, end);
	g_assert_cmpint (rn_tree_find (tree, "a"), ==, -1);
	g_assert_null (rn_tree_commit (tree));
	remove_folder (dir);
}

static void test_refused (void)
{
	g_autofree char *dir = make_folder ();

	write_file (dir, "faq/a.md", "a");
	write_file (dir, "faq/A.md", "a");
	write_file (dir, "FAQ/b.md", "b");
	write_file (dir, "FAQ/c.md", "c");
	write_file (dir, "faq/Ӣ.md", "i");
	write_file (dir, "faq/ӣ.md", "i");
	write_file (dir, "vendor/x.md", "x");
	write_file (dir, "line\nbreak.md", "x");
	write_file (dir, "bad\xff.md", "x");
	write_file (dir, "con.md", "x");
	g_free (run (dir, "ln -s /etc/passwd link.md && ln -s /etc folder && mkfifo pipe && git init -q vendor"));
	g_autofree char *found = listing (dir, NULL, NULL);
	g_assert_cmpstr (found, ==,
	                 "FAQ/b.md\nFAQ/c.md\n"
	                 "bad\\xff.md: the name 'bad\\xff.md' cannot be used: it is not valid UTF-8 [path-refused]\n"
	                 "con.md: the name 'con.md' cannot be used: it holds a character or a name that some systems do not allow [path-refused]\n"
	                 "faq: 'faq' and 'FAQ' differ only in capital letters [path-case]\n"
	                 "folder: 'folder' is a symbolic link: it is not followed [path-symlink]\n"
	                 "line\\x0abreak.md: the name 'line\\x0abreak.md' cannot be used: it holds a character or a name that some systems do not allow "
	                 "[path-refused]\n"
	                 "link.md: 'link.md' is a symbolic link: it is not followed [path-symlink]\n"
	                 "pipe: 'pipe' is not a file or a folder [path-special]\n"
	                 "vendor: 'vendor' is a git submodule: it is not read [path-submodule]\n");
	g_free (run (dir, "rm -rf FAQ"));
	g_autofree char *again = listing (dir, (const char *const[]) { "faq", NULL }, NULL);
	g_assert_cmpstr (again, ==,
	                 "faq/A.md\nfaq/Ӣ.md\n"
	                 "faq/a.md: 'faq/a.md' and 'faq/A.md' differ only in capital letters [path-case]\n"
	                 "faq/ӣ.md: 'faq/ӣ.md' and 'faq/Ӣ.md' differ only in capital letters [path-case]\n");
	remove_folder (dir);
}

static void expect_error (gboolean fine, GError **error, gint code)
{
	g_assert_false (fine);
	g_assert_error (*error, RN_TREE_ERROR, code);
	g_clear_error (error);
}

static void test_read (void)
{
	g_autofree char *dir = make_folder ();
	g_autoptr (GString) buffer = g_string_new ("old");
	g_autoptr (GError) error = NULL;
	gsize size;

	write_file (dir, "a.md", "0123456789");
	write_file (dir, "b/c.md", "c");
	write_file (dir, "empty.md", "");
	g_autoptr (RnTree) tree = rn_tree_open_work (dir, NULL, NULL, NULL, &error);
	g_assert_true (rn_tree_read (tree, 0, 0, 10, buffer, &size, &error));
	g_assert_cmpstr (buffer->str, ==, "0123456789");
	g_assert_true (rn_tree_read (tree, 0, 4, 10, buffer, &size, &error));
	g_assert_cmpstr (buffer->str, ==, "0123");
	g_assert_cmpuint (size, ==, 10);
	g_assert_true (rn_tree_read (tree, 2, 0, 10, buffer, &size, &error));
	g_assert_cmpuint (buffer->len, ==, 0);
	expect_error (rn_tree_read (tree, 0, 4, 9, buffer, NULL, &error), &error, RN_TREE_ERROR_TOO_LARGE);
	/* What is put in a file's or a folder's place later is not followed either. */
	g_free (run (dir, "rm a.md && ln -s /etc/passwd a.md && mv b real && ln -s real b && rm empty.md && mkfifo empty.md"));
	expect_error (rn_tree_read (tree, 0, 0, 1000000, buffer, NULL, &error), &error, RN_TREE_ERROR_IO);
	expect_error (rn_tree_read (tree, 1, 0, 1000000, buffer, NULL, &error), &error, RN_TREE_ERROR_IO);
	expect_error (rn_tree_read (tree, 2, 0, 1000000, buffer, NULL, &error), &error, RN_TREE_ERROR_IO);
	g_free (run (dir, "rm a.md"));
	expect_error (rn_tree_read (tree, 0, 0, 1000000, buffer, NULL, &error), &error, RN_TREE_ERROR_MISSING);
	g_assert_null (rn_tree_open_work ("/no/such/folder", NULL, NULL, NULL, &error));
	g_assert_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING);
	remove_folder (dir);
}

static void test_unreadable (void)
{
	g_autofree char *dir = make_folder ();

	write_file (dir, "closed/a.md", "a");
	write_file (dir, "b.md", "b");
	g_free (run (dir, "chmod 0 closed b.md && chmod 755 ."));
	/* Root can read everything: it becomes somebody else for the look. */
	gboolean root = geteuid () == 0;
	if (root)
		g_assert_cmpint (seteuid (65534), ==, 0);
	g_autofree char *found = listing (dir, NULL, NULL);
	if (root)
		g_assert_cmpint (seteuid (0), ==, 0);
	g_assert_cmpstr (found, ==, "b.md\nclosed: the file cannot be read: Permission denied [file-unreadable]\n");
	remove_folder (dir);
}

static void test_ignored (void)
{
	g_autofree char *dir = make_folder ();

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, ".gitignore", "*.tmp\n/site/node_modules/\nkept.md\n/out/\n");
	write_file (dir, "site/a.md", "a");
	write_file (dir, "site/a.tmp", "a");
	write_file (dir, "site/kept.md", "tracked although ignored");
	write_file (dir, "site/node_modules/x/y.md", "no");
	write_file (dir, "site/sub/.gitignore", "*.log\n!b.tmp\n");
	write_file (dir, "site/sub/b.log", "no");
	write_file (dir, "site/sub/b.tmp", "yes");
	write_file (dir, "out/made/site/x.md", "a site in an ignored folder");
	g_free (run (dir, "git add -f site/kept.md site/a.md && git commit -q -m x && ln -s a.md site/link.tmp"));
	write_file (dir, "site/new.md", "untracked");
	g_autofree char *site = g_build_filename (dir, "site", NULL), *out = g_build_filename (dir, "out/made/site", NULL);
	g_autofree char *found = listing (site, NULL, NULL), *made = listing (out, NULL, NULL), *head = run (dir, "git rev-parse HEAD");
	g_assert_cmpstr (found, ==, "a.md\nkept.md\nnew.md\nsub/b.tmp\n");
	g_assert_cmpstr (made, ==, "x.md\n");
	g_autofree char *whole = listing (dir, NULL, NULL);
	g_assert_cmpstr (whole, ==, "site/a.md\nsite/kept.md\nsite/new.md\nsite/sub/b.tmp\n");
	g_autoptr (RnTree) tree = rn_tree_open_work (site, NULL, NULL, NULL, NULL), alone = rn_tree_open_work (out, NULL, NULL, NULL, NULL);
	g_assert_cmpstr (rn_tree_commit (tree), ==, head);
	g_assert_cmpint (rn_tree_commit_time (tree), >, 1000000000);
	g_assert_null (rn_tree_commit (alone));
	/* A submodule that is not there: an empty folder, but the index knows. */
	g_free (run (dir, "mkdir -p site/lib && git update-index --add --cacheinfo 160000,%s,site/lib", head));
	g_autofree char *with = listing (site, NULL, NULL);
	g_assert_nonnull (strstr (with, "lib: 'lib' is a git submodule: it is not read [path-submodule]\n"));
	remove_folder (dir);
}

static void test_revision (void)
{
	g_autofree char *dir = make_folder (), *bare = make_folder ();
	const char      *expected = "a.md\nb/c.md\nlink.md: 'link.md' is a symbolic link: it is not followed [path-symlink]\n";

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, "site/a.md", "one");
	write_file (dir, "site/b/c.md", "c");
	write_file (dir, "site/.dot", "no");
	write_file (dir, "other.md", "other");
	g_free (run (dir, "ln -s a.md site/link.md && git add -A && git commit -q -m one && git tag -a v1 -m v1"));
	write_file (dir, "site/a.md", "second");
	g_free (run (dir, "git commit -q -a -m two && git clone -q --bare . '%s' && git --git-dir='%s' gc -q", bare, bare));
	g_autofree char *short_id = run (dir, "git rev-parse --short HEAD"), *git_dir = g_build_filename (dir, ".git", NULL);
	const char *const repositories[] = { dir, git_dir, bare }, *const revisions[] = { "main", "HEAD", "v1", short_id, "main~1", "HEAD:" };
	for (guint i = 0; i < G_N_ELEMENTS (repositories); i++)
		for (guint k = 0; k < G_N_ELEMENTS (revisions); k++) {
			g_autofree char *found = revision_listing (repositories[i], revisions[k], "./site/", NULL);
			g_assert_cmpstr (found, ==, expected);
		}
	g_autofree char *top = revision_listing (bare, "main", NULL, (const char *const[]) { "other.md", NULL });
	g_assert_cmpstr (top, ==, "other.md\n");
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) buffer = g_string_new (NULL);
	g_autoptr (RnTree) old = rn_tree_open_revision (bare, "v1", "site", NULL, NULL, &error), new = rn_tree_open_revision (bare, "main", "site", NULL, NULL, &error);
	gsize size;
	g_assert_true (rn_tree_read (old, 0, 2, 100, buffer, &size, &error));
	g_assert_cmpstr (buffer->str, ==, "on");
	g_assert_cmpuint (size, ==, 3);
	g_assert_true (rn_tree_read (new, 0, 0, 100, buffer, NULL, &error));
	g_assert_cmpstr (buffer->str, ==, "second");
	expect_error (rn_tree_read (new, 0, 0, 5, buffer, NULL, &error), &error, RN_TREE_ERROR_TOO_LARGE);
	g_autofree char *id = run (bare, "git rev-parse main");
	g_assert_cmpstr (rn_tree_commit (new), ==, id);
	g_assert_true (rn_tree_is_revision (new));
	g_assert_null (rn_tree_open_revision (bare, "nosuch", "", NULL, NULL, &error));
	g_assert_error (error, RN_TREE_ERROR, RN_TREE_ERROR_REVISION);
	g_clear_error (&error);
	g_assert_null (rn_tree_open_revision (bare, "main", "nosuch", NULL, NULL, &error));
	g_assert_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING);
	g_clear_error (&error);
	g_assert_null (rn_tree_open_revision ("/no/such", "main", "", NULL, NULL, &error));
	g_assert_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING);
	remove_folder (dir);
	remove_folder (bare);
}

/* Trees as no git would write them: names that lead out, a file and a folder that meet, a submodule. */
static void test_hostile_revision (void)
{
	g_autofree char *dir = make_folder ();

	g_free (run (dir, "git init -q -b main && echo x > x && git add x && git commit -q -m x"));
	g_autofree char *made = run (dir,
		"B=$(git rev-parse HEAD:x) && bin() { python3 -c \"import sys,binascii; e=[a.split('=') for a in sys.argv[2:]]; "
		"sys.stdout.buffer.write(b''.join((m+' ').encode()+bytes(n,'utf-8').decode('unicode_escape').encode('latin-1')+b'\\\\0'+"
		"binascii.unhexlify(sys.argv[1]) for m,n in e))\" $B \"$@\"; } && "
		"T=$(bin '100644=..' '100644=.git' '100644=a/b' '100644=ok.md' '160000=sub' '100644=x\\x0ay' '120000=z' | git hash-object -t tree -w --stdin --literally) && "
		"git commit-tree -m x $T");
	g_autofree char *found = revision_listing (dir, made, "", NULL);
	g_assert_cmpstr (found, ==,
	                 "ok.md\n"
	                 "..: the name '..' cannot be used: it leads out of the folder [path-refused]\n"
	                 "a/b: the name 'a/b' cannot be used: it holds a character or a name that some systems do not allow [path-refused]\n"
	                 "sub: 'sub' is a git submodule: it is not read [path-submodule]\n"
	                 "x\\x0ay: the name 'x\\x0ay' cannot be used: it holds a character or a name that some systems do not allow [path-refused]\n"
	                 "z: 'z' is a symbolic link: it is not followed [path-symlink]\n");
	remove_folder (dir);
}

static gboolean read_one (gpointer state G_GNUC_UNUSED, guint index, gpointer shared, GError **error)
{
	g_autoptr (GString) buffer = g_string_new (NULL);
	g_autofree char *expected = NULL;
	RnTree *tree = shared;

	for (guint i = 0; i < rn_tree_count (tree); i++) {
		guint at = (i + index) % rn_tree_count (tree);
		if (!rn_tree_read (tree, at, 0, 1 << 20, buffer, NULL, error))
			return FALSE;
		g_free (expected);
		expected = g_strdup_printf ("text of %s", rn_tree_path (tree, at));
		g_assert_cmpstr (buffer->str, ==, expected);
	}
	return TRUE;
}

static void test_threads (void)
{
	g_autofree char *dir = make_folder ();
	g_autoptr (GError) error = NULL;

	for (guint i = 0; i < 200; i++) {
		g_autofree char *path = g_strdup_printf ("d%u/f%u.md", i % 7, i), *text = g_strdup_printf ("text of %s", path);
		write_file (dir, path, text);
	}
	g_free (run (dir, "git init -q -b main && git add -A && git commit -q -m x && git gc -q"));
	g_autoptr (RnTree) work = rn_tree_open_work (dir, NULL, NULL, NULL, &error), revision = rn_tree_open_revision (dir, "main", "", NULL, NULL, &error);
	g_assert_cmpuint (rn_tree_count (revision), ==, 200);
	g_assert_true (rn_workers_run (8, 32, NULL, read_one, NULL, work, NULL, &error));
	g_assert_true (rn_workers_run (8, 32, NULL, read_one, NULL, revision, NULL, &error));
	remove_folder (dir);
}

static void test_blob_id (void)
{
	char hex[41];

	rn_blob_id ("hello\n", 6, hex);
	g_assert_cmpstr (hex, ==, "ce013625030ba8dba906f756967f9e9ca394464a");
	rn_blob_id ("", 0, hex);
	g_assert_cmpstr (hex, ==, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	use_plain_git ();
	g_test_add_func ("/source/tree/order", test_order);
	g_test_add_func ("/source/tree/refused", test_refused);
	g_test_add_func ("/source/tree/read", test_read);
	g_test_add_func ("/source/tree/unreadable", test_unreadable);
	g_test_add_func ("/source/tree/ignored", test_ignored);
	g_test_add_func ("/source/tree/revision", test_revision);
	g_test_add_func ("/source/tree/hostile-revision", test_hostile_revision);
	g_test_add_func ("/source/tree/threads", test_threads);
	g_test_add_func ("/source/tree/blob-id", test_blob_id);
	return g_test_run ();
}
