/* The history against git itself: random repositories with merges, renames, deletions; earlier texts; shallow clones; .mailmap; a damaged cache. */
#include "source/history.h"

#include "repository.h"

static gint64 now = 1600000000;

static void commit (const char *dir, const char *author)
{
	g_free (run (dir, "git add -A && GIT_COMMITTER_DATE='%" G_GINT64_FORMAT " +0500' GIT_AUTHOR_DATE='%" G_GINT64_FORMAT
	                  " +0300' GIT_AUTHOR_NAME='%s' git commit -q --allow-empty -m x", now, now - 5000, author));
	now += 100;
}

static RnHistory *open_history (RnTree *tree, const char *cache, RnDiagnostics *sink)
{
	g_autoptr (GError) error = NULL;
	RnHistory *history = rn_history_open (tree, cache, sink, &error);

	g_assert_no_error (error);
	return history;
}

static RnTree *open_work (const char *dir)
{
	g_autoptr (GError) error = NULL;
	RnTree *tree = rn_tree_open_work (dir, NULL, NULL, NULL, &error);

	g_assert_no_error (error);
	return tree;
}

static void assert_same (const RnFileHistory *a, const RnFileHistory *b)
{
	g_assert_cmpint (a->first, ==, b->first);
	g_assert_cmpint (a->last, ==, b->last);
	g_assert_cmpstr (a->first_author, ==, b->first_author);
	g_assert_cmpstr (a->last_author, ==, b->last_author);
	g_assert_cmpuint (a->last_order, ==, b->last_order);
}

/* A few random edits of the work tree; bodies are long enough that git knows a renamed file again. */
static void edit (const char *dir, GRand *rand)
{
	for (gint n = g_rand_int_range (rand, 1, 4); n > 0; n--) {
		g_autofree char *path = g_strdup_printf ("d%d/f%d.md", g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 5));
		g_autofree char *file = g_build_filename (dir, path, NULL);
		gboolean         exists = g_file_test (file, G_FILE_TEST_EXISTS);
		gint             what = g_rand_int_range (rand, 0, 10);

		if (exists && what < 2) {
			g_assert_cmpint (g_unlink (file), ==, 0);
		} else if (exists && what < 4) {
			g_free (run (dir, "mkdir -p d3 && mv -f '%s' d3/m%d.md", path, g_rand_int_range (rand, 0, 9)));
		} else {
			g_autoptr (GString) text = g_string_new (NULL);
			g_autofree char *old = NULL;

			if (exists && g_file_get_contents (file, &old, NULL, NULL))
				g_string_assign (text, old);
			for (guint i = 0; !exists && i < 20; i++)
				g_string_append_printf (text, "line %u of %08x\n", i, g_rand_int (rand));
			g_string_append_printf (text, "%08x\n", g_rand_int (rand));
			write_file (dir, path, text->str);
		}
	}
}

static void grow (const char *dir, GRand *rand, guint steps)
{
	for (guint i = 0; i < steps; i++) {
		gint what = g_rand_int_range (rand, 0, 8);
		g_autofree char *author = g_strdup_printf ("Author %d", g_rand_int_range (rand, 0, 4));

		const char *const lines[] = { "main", "side0", "side1", "side0 side1" };

		if (what <= 1) {
			g_free (run (dir, "git checkout -q -f %s", lines[g_rand_int_range (rand, 0, 3)]));
		} else if (what <= 3) {
			/* Conflicts are settled by whatever stands there. */
			g_free (run (dir, "(git merge -q --no-commit --no-ff %s >/dev/null 2>&1 || true)", lines[g_rand_int_range (rand, 0, 4)]));
			commit (dir, author);
		} else {
			edit (dir, rand);
			commit (dir, author);
		}
	}
}

/* What the file WHICH was when the file I last changed is git's blob of that commit; where it had another name then, any of its own. */
static void check_beside (const char *dir, RnTree *tree, RnHistory *history, guint i, guint which)
{
	char ours[41];
	g_autofree char *commit = run (dir, "git log -1 --format=%%H -- '%s'", rn_tree_path (tree, i));
	g_autofree char *theirs = run (dir, "git rev-parse -q --verify '%s:%s' || true", commit, rn_tree_path (tree, which));

	g_assert_true (rn_history_beside (history, which, i, ours, NULL));
	if (*theirs)
		g_assert_cmpstr (ours, ==, theirs);
	else if (*ours)
		g_free (run (dir, "git log --format= --raw --no-abbrev -m | grep -q %s", ours));
}

/* Every file's last change is git's; versions agree with the dates; with the cache of an earlier tip the answers are the same. */
static void check_against_git (const char *dir, const char *cache)
{
	g_autoptr (RnTree) tree = open_work (dir);
	g_autoptr (RnHistory) cold = open_history (tree, NULL, NULL), warm = open_history (tree, cache, NULL), hot = open_history (tree, cache, NULL);

	for (guint i = 0; i < rn_tree_count (tree); i++) {
		const RnFileHistory *file = rn_history_get (cold, i);
		const char          *path = rn_tree_path (tree, i);
		g_autofree char     *last = run (dir, "git log -1 --format='%%ct %%aN' -- '%s'", path);
		g_autofree char     *ours = g_strdup_printf ("%" G_GINT64_FORMAT " %s", file->last, file->last_author);
		g_autoptr (GArray)   versions = rn_history_versions (cold, i, NULL);

		g_assert_cmpstr (ours, ==, last);
		assert_same (file, rn_history_get (warm, i));
		assert_same (file, rn_history_get (hot, i));
		g_assert_false (file->uncommitted);
		g_assert_cmpint (file->first, <=, file->last);
		g_assert_cmpint (g_array_index (versions, RnFileVersion, 0).time, ==, file->last);
		g_autofree char *blob = run (dir, "git rev-parse 'HEAD:%s'", path);
		g_assert_cmpstr (g_array_index (versions, RnFileVersion, 0).blob, ==, blob);
		check_beside (dir, tree, warm, i, (i * 7 + 3) % rn_tree_count (tree));
		for (guint k = 0; k < rn_tree_count (tree); k++) {
			const RnFileHistory *other = rn_history_get (cold, k);
			/* The times of this test grow along every line, so that order and time agree. */
			g_assert_cmpint (file->last_order < other->last_order, ==, file->last > other->last);
		}
	}
}

static void test_random (gconstpointer seed)
{
	g_autofree char   *dir = make_folder (), *cache = make_folder ();
	g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (seed));

	g_free (run (dir, "git init -q -b main"));
	/* All authors write from one address: .mailmap tells two of them apart by name. */
	write_file (dir, ".mailmap", "Муҳаммад Саидов <m@example.org> Author 1 <editor@example.org>\nAuthor Two <editor@example.org> Author 2 <editor@example.org>\n");
	edit (dir, rand);
	commit (dir, "Author 0");
	g_free (run (dir, "git branch side0 && git branch side1"));
	for (guint round = 0; round < 5; round++) {
		grow (dir, rand, 14);
		check_against_git (dir, cache);
	}
	g_autofree char *merges = run (dir, "git rev-list --all --merges --count");
	g_assert_cmpint (atoi (merges), >, 2);
	remove_folder (dir);
	remove_folder (cache);
}

/* On one line of commits the first date is that of git log --follow, too. */
static void test_renames (void)
{
	g_autofree char   *dir = make_folder ();
	g_autoptr (GRand) rand = g_rand_new_with_seed (7);

	g_free (run (dir, "git init -q -b main"));
	for (guint i = 0; i < 60; i++) {
		edit (dir, rand);
		commit (dir, "Author");
	}
	g_autoptr (RnTree) tree = open_work (dir);
	g_autoptr (RnHistory) history = open_history (tree, NULL, NULL);
	g_assert_cmpuint (rn_tree_count (tree), >, 5);
	for (guint i = 0; i < rn_tree_count (tree); i++) {
		g_autofree char *first = run (dir, "git log -1 --format=%%ct --diff-filter=A --follow -- '%s'", rn_tree_path (tree, i));
		g_autofree char *versions_of_git = run (dir, "git log --format=%%H --follow -- '%s'", rn_tree_path (tree, i));
		g_auto (GStrv)   commits = g_strsplit (versions_of_git, "\n", -1);
		g_autoptr (GArray) versions = rn_history_versions (history, i, NULL);

		g_assert_cmpint (rn_history_get (history, i)->first, ==, g_ascii_strtoll (first, NULL, 10));
		g_assert_cmpint (g_array_index (versions, RnFileVersion, versions->len - 1).time, ==, rn_history_get (history, i)->first);
		for (guint k = 0; k < versions->len; k++)
			g_assert_cmpstr (g_array_index (versions, RnFileVersion, k).commit, ==, commits[k]);
	}
	remove_folder (dir);
}

static void test_shallow (void)
{
	g_autofree char *dir = make_folder (), *clone = make_folder (), *cache = make_folder ();
	gint64           start = now;

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, "old.md", "old\n");
	write_file (dir, "mid.md", "one\n");
	commit (dir, "A");
	commit (dir, "A");
	write_file (dir, "mid.md", "two\n");
	commit (dir, "B");
	gint64 middle = now - 100;
	write_file (dir, "new.md", "new\n");
	commit (dir, "C");
	g_free (run (clone, "git clone -q --depth 3 'file://%s' .", dir));
	for (guint round = 0; round < 3; round++) {
		g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
		g_autoptr (RnTree) tree = open_work (clone);
		g_autoptr (RnHistory) history = open_history (tree, cache, sink);
		const RnFileHistory  *mid = rn_history_get (history, 0), *new = rn_history_get (history, 1), *old = rn_history_get (history, 2);
		g_autoptr (GArray) versions = rn_history_versions (history, 2, NULL);

		if (round < 2) {
			g_assert_cmpint (old->last, ==, 0);
			g_assert_cmpint (old->first, ==, 0);
			g_assert_null (old->last_author);
			g_assert_cmpuint (old->last_order, ==, G_MAXUINT32);
			g_assert_cmpint (mid->first, ==, 0);
			g_assert_cmpuint (rn_diagnostics_count (sink, RN_WARNING), ==, 1);
			g_assert_cmpint (g_array_index (versions, RnFileVersion, 0).time, ==, 0);
		} else {
			g_assert_cmpint (old->last, ==, start);
			g_assert_cmpuint (rn_diagnostics_count (sink, RN_WARNING), ==, 0);
		}
		g_assert_cmpint (mid->last, ==, middle);
		g_assert_cmpstr (mid->last_author, ==, "B");
		g_assert_cmpint (new->first, ==, middle + 100);
		g_assert_cmpuint (new->last_order, ==, 0);
		if (round == 1) /* the cache of the shallow clone must not outlive its boundary */
			g_free (run (clone, "git fetch -q --unshallow"));
	}
	remove_folder (dir);
	remove_folder (clone);
	remove_folder (cache);
}

/* Authors by .mailmap, of the work tree and of a bare clone alike; files that are not as committed. */
static void test_mailmap_and_changes (void)
{
	g_autofree char *dir = make_folder (), *bare = make_folder ();

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, "site/a.md", "a\n");
	write_file (dir, "site/b.md", "b\n");
	write_file (dir, "site/c.md", "c\n");
	write_file (dir, ".mailmap", "Муҳаммад Саидов <m@example.org> <editor@example.org>\n");
	commit (dir, "Old Name");
	g_free (run (bare, "git clone -q --bare '%s' .", dir));
	write_file (dir, "site/b.md", "changed\n");
	write_file (dir, "site/c.md", "staged\n");
	write_file (dir, "site/d.md", "new\n");
	g_free (run (dir, "git add site/c.md"));
	g_free (run (dir, "touch -d '1 hour' site/a.md")); /* other time, same bytes */
	g_autofree char *site = g_build_filename (dir, "site", NULL);
	g_autoptr (RnTree) work = open_work (site), revision = rn_tree_open_revision (bare, "main", "site", NULL, NULL, NULL);
	g_autoptr (RnHistory) ours = open_history (work, NULL, NULL), theirs = open_history (revision, NULL, NULL);
	static const gboolean expected[] = { FALSE, TRUE, TRUE, TRUE };
	for (guint i = 0; i < 4; i++)
		g_assert_cmpint (rn_history_get (ours, i)->uncommitted, ==, expected[i]);
	for (guint i = 0; i < 3; i++) {
		assert_same (rn_history_get (ours, i), rn_history_get (theirs, i));
		g_assert_cmpstr (rn_history_get (theirs, i)->first_author, ==, "Муҳаммад Саидов");
		g_assert_false (rn_history_get (theirs, i)->uncommitted);
	}
	g_assert_cmpint (rn_history_get (ours, 3)->last, ==, 0);
	g_assert_cmpstr (rn_tree_commit (work), ==, rn_tree_commit (revision));
	remove_folder (dir);
	remove_folder (bare);
}

static gboolean reads (RnTree *tree, const char *id, const char *expected)
{
	g_autoptr (GString) text = g_string_new ("x");
	g_autoptr (GError)  error = NULL;
	const gboolean      fine = rn_tree_read_blob (tree, id, 100, text, &error);

	g_assert_true (fine == (error == NULL));
	if (fine)
		g_assert_cmpstr (text->str, ==, expected);
	else
		g_assert_true (g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING) || g_error_matches (error, RN_TREE_ERROR, RN_TREE_ERROR_TOO_LARGE));
	return fine;
}

/* Earlier texts by their ids: of a work tree, a bare repository, a shallow clone, and of a folder that has none. */
static void test_blobs (void)
{
	g_autofree char *dir = make_folder (), *bare = make_folder (), *clone = make_folder (), *plain = make_folder ();
	char             old[41], other[41], beside[41];

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, "a.md", "old\n");
	write_file (dir, "b.md", "translation\n");
	write_file (plain, "a.md", "old\n");
	commit (dir, "A");
	write_file (dir, "a.md", "new\n");
	write_file (dir, "large.md", "More than a hundred bytes are more than this test allows, and this line has that many, even without its end.\n");
	commit (dir, "A");
	rn_blob_id ("old\n", 4, old);
	rn_blob_id ("nobody's\n", 9, other);
	g_autofree char *large = run (dir, "git rev-parse HEAD:large.md"), *folder = run (dir, "git rev-parse HEAD^{tree}"), *abbreviated = g_strndup (old, 9), *short_one = g_strndup (old, 6);
	g_free (run (bare, "git clone -q --bare '%s' .", dir));
	g_free (run (clone, "git clone -q --depth 1 'file://%s' .", dir));
	g_autoptr (RnTree) work = open_work (dir), revision = rn_tree_open_revision (bare, "main", NULL, NULL, NULL, NULL), shallow = open_work (clone), nothing = open_work (plain);
	RnTree *whole[] = { work, revision };
	for (guint i = 0; i < 2; i++) {
		g_autoptr (RnHistory) history = open_history (whole[i], NULL, NULL);

		g_assert_true (reads (whole[i], old, "old\n"));
		g_assert_true (reads (whole[i], abbreviated, "old\n"));
		g_assert_false (reads (whole[i], short_one, NULL) || reads (whole[i], other, NULL) || reads (whole[i], large, NULL) || reads (whole[i], folder, NULL) || reads (whole[i], "no hash at all", NULL));
		g_assert_true (rn_history_beside (history, 0, 1, beside, NULL));
		g_assert_cmpstr (beside, ==, old);
		/* The large file was not there when the translation was made. */
		g_assert_true (rn_history_beside (history, 2, 1, beside, NULL));
		g_assert_cmpstr (beside, ==, "");
	}
	g_assert_false (reads (shallow, old, NULL) || reads (nothing, old, NULL));
	g_autoptr (RnHistory) history = open_history (shallow, NULL, NULL);
	g_assert_true (rn_history_beside (history, 0, 1, beside, NULL));
	g_assert_cmpstr (beside, ==, "");
	remove_folder (dir);
	remove_folder (bare);
	remove_folder (clone);
	remove_folder (plain);
}

/* Every byte of the cache changed, and every length: the answer stays. */
static void test_damaged_cache (void)
{
	g_autofree char *dir = make_folder (), *cache = make_folder (), *data = NULL;
	gsize            len;

	g_free (run (dir, "git init -q -b main"));
	write_file (dir, "a.md", "a\n");
	commit (dir, "A");
	g_autoptr (RnTree) tree = open_work (dir);
	g_autoptr (RnHistory) right = open_history (tree, cache, NULL);
	g_autofree char *file = g_strdup_printf ("%s/history-%s", cache, rn_tree_commit (tree));
	g_assert_true (g_file_get_contents (file, &data, &len, NULL));
	for (gsize i = 0; i < 2 * len; i++) {
		g_autofree char *copy = g_memdup2 (data, len);

		copy[i % len] ^= 0x55;
		g_assert_true (g_file_set_contents_full (file, copy, (gssize) (i < len ? len : i - len), G_FILE_SET_CONTENTS_NONE, 0600, NULL));
		g_autoptr (RnHistory) history = open_history (tree, cache, NULL);
		assert_same (rn_history_get (history, 0), rn_history_get (right, 0));
	}
	remove_folder (dir);
	remove_folder (cache);
}

static void test_nothing_known (void)
{
	g_autofree char *dir = make_folder ();

	write_file (dir, "a.md", "a\n");
	for (guint round = 0; round < 2; round++) {
		g_autoptr (RnTree) tree = open_work (dir);
		g_autoptr (RnHistory) history = open_history (tree, NULL, NULL);
		g_autoptr (GArray) versions = rn_history_versions (history, 0, NULL);

		g_assert_cmpint (rn_history_get (history, 0)->last, ==, 0);
		g_assert_cmpuint (rn_history_get (history, 0)->last_order, ==, G_MAXUINT32);
		g_assert_cmpint (rn_history_get (history, 0)->uncommitted, ==, round);
		g_assert_cmpuint (versions->len, ==, 0);
		if (round == 0)
			g_free (run (dir, "git init -q -b main"));
	}
	remove_folder (dir);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	use_plain_git ();
	for (guint seed = 1; seed <= 4; seed++) {
		g_autofree char *name = g_strdup_printf ("/source/history/random/%u", seed);
		g_test_add_data_func (name, GUINT_TO_POINTER (seed), test_random);
	}
	g_test_add_func ("/source/history/renames", test_renames);
	g_test_add_func ("/source/history/shallow", test_shallow);
	g_test_add_func ("/source/history/mailmap-and-changes", test_mailmap_and_changes);
	g_test_add_func ("/source/history/blobs", test_blobs);
	g_test_add_func ("/source/history/damaged-cache", test_damaged_cache);
	g_test_add_func ("/source/history/nothing-known", test_nothing_known);
	return g_test_run ();
}
