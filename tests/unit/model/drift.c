/* drift.c - is a translation still that of its source: by the hash it carries, else by the order of commits. */
#include "sample.h"
#include "model/drift.h"

#define TWO "-- content/site.yaml --\nlanguages: [tg, ru]\n"

static RnFreshness freshness (Sample *sample, const char *key)
{
	const RnLanguage *language = sample->site->languages[1];
	RnPage **twins = page (sample, "tg", key)->twins;

	g_assert_true (twins[1]->language == language);
	return twins[1]->freshness;
}

static void by_hash (void)
{
	char id[41];
	const char *source = "---\ntitle: A\n---\nText\n";
	rn_blob_id (source, strlen (source), id);
	g_autofree char *text = g_strdup_printf (TWO "-- content/a.tg.md --\n%s-- content/a.ru.md --\n---\ntitle: A\ntranslates: %s\n---\n"
		"-- content/b.tg.md --\n%s-- content/b.ru.md --\n---\ntitle: B\ntranslates: %.10s\n---\n"
		"-- content/c.tg.md --\nOther text\n\n# C\n-- content/c.ru.md --\n---\ntitle: C\ntranslates: %s\n---\n"
		"-- content/d.tg.md --\n# D\n-- content/d.ru.md --\n---\ntitle: D\ntranslates: abc\n---\n"
		"-- content/e.tg.md --\n# E\n-- content/e.ru.md --\n# E\n", source, id, source, id, id);
	g_autoptr (Sample) sample = sample_open (text);
	g_assert_cmpint (freshness (sample, "a"), ==, RN_FRESH);
	g_assert_cmpint (freshness (sample, "b"), ==, RN_FRESH);
	g_assert_cmpint (freshness (sample, "c"), ==, RN_STALE);
	g_assert_cmpint (freshness (sample, "d"), ==, RN_STALE_UNKNOWN);
	g_assert_cmpint (freshness (sample, "e"), ==, RN_STALE_UNKNOWN);
}

/* A later commit to the source makes the translation stale, one to both does not, whatever their clocks say. */
static void by_history (void)
{
	const RnSiteOptions options = { .clock = TODAY };
	g_autoptr (Sample) sample = sample_folder (TWO "-- content/a.tg.md --\n# A\n-- content/a.ru.md --\n# A\n-- content/b.tg.md --\n# B\n-- content/b.ru.md --\n# B\n"
		"-- content/c.tg.md --\n# C\n-- content/c.ru.md --\n# C\n-- content/d.tg.md --\n# D\n-- content/d.ru.md --\n# D\n");
	g_autofree char *dir = g_build_filename (sample->dir, "site", NULL);
	g_free (run (dir, "git init -q . && git add . && GIT_COMMITTER_DATE='2026-03-01T00:00:00Z' git commit -qm 1"));
	g_free (run (dir, "echo new >>content/a.tg.md && echo new >>content/b.tg.md && GIT_COMMITTER_DATE='2026-02-01T00:00:00Z' git commit -qam 2"));
	g_free (run (dir, "echo new >>content/b.ru.md && GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' git commit -qam 3"));
	g_free (run (dir, "echo new >>content/c.tg.md && echo new >>content/d.tg.md && echo new >>content/d.ru.md"));
	g_assert_true (sample_load (sample, &options, TRUE));
	rn_library_freeze (sample->library);
	g_assert_cmpint (freshness (sample, "a"), ==, RN_STALE);
	g_assert_cmpint (freshness (sample, "b"), ==, RN_FRESH);
	/* The work tree: the source is being changed; both are. */
	g_assert_cmpint (freshness (sample, "c"), ==, RN_STALE);
	g_assert_cmpint (freshness (sample, "d"), ==, RN_FRESH);
	g_assert_cmpint (page (sample, "ru", "a")->lastmod, ==, 1772323200);
	g_assert_cmpint (page (sample, "tg", "c")->lastmod, ==, 0);
	assert_said (sample, "");
}

/* The number of the commit that last changed PATH, the newest commit's is 0, by git itself. */
static guint last_commit (const char *dir, const char *path)
{
	g_autofree char *commit = run (dir, "git log -1 --format=%%H -- '%s'", path);
	g_autofree char *newer = run (dir, "git rev-list --count %s..HEAD", commit);
	return (guint) atoi (newer);
}

/* In a random history every translation is stale where git says that its source was changed by a later commit, and what it was made from is git's. */
static void as_git_says (void)
{
	enum { PAIRS = 12, COMMITS = 60 };
	const RnSiteOptions options = { .clock = TODAY };
	g_autoptr (GRand) rand = g_rand_new_with_seed (17);
	g_autoptr (GString) text = g_string_new (TWO);
	guint stale = 0;
	for (guint i = 0; i < PAIRS; i++)
		g_string_append_printf (text, "-- content/p%u.tg.md --\n# P\n-- content/p%u.ru.md --\n# P\n", i, i);
	g_autoptr (Sample) sample = sample_folder (text->str);
	g_autofree char *dir = g_build_filename (sample->dir, "site", NULL);
	g_free (run (dir, "git init -q . && git add . && git commit -qm 0"));
	for (guint c = 1; c < COMMITS; c++) {
		const guint pair = g_rand_int (rand) % PAIRS, what = g_rand_int (rand) % 3;
		/* The clocks of those who commit go as they like. */
		g_free (run (dir, "for lang in %s; do echo %u >>content/p%u.$lang.md; done; GIT_COMMITTER_DATE='%u +0000' git commit -qam %u", what == 0 ? "tg" : what == 1 ? "ru" : "tg ru", c, pair, 1600000000 + g_rand_int (rand) % 1000000, c));
	}
	g_assert_true (sample_load (sample, &options, TRUE));
	rn_library_freeze (sample->library);
	for (guint i = 0; i < PAIRS; i++) {
		char beside[41];
		g_autofree char *key = g_strdup_printf ("p%u", i), *source = g_strdup_printf ("content/p%u.tg.md", i), *translation = g_strdup_printf ("content/p%u.ru.md", i);
		const gboolean expected = last_commit (dir, source) < last_commit (dir, translation);
		const RnPage *own = page (sample, "tg", key)->twins[1];
		g_autofree char *theirs = run (dir, "git rev-parse $(git log -1 --format=%%H -- %s):%s", translation, source);
		g_assert_cmpint (freshness (sample, key), ==, expected ? RN_STALE : RN_FRESH);
		g_assert_true (rn_history_beside (sample->history, own->source->tree_index, own->tree_index, beside, NULL));
		g_assert_cmpstr (beside, ==, theirs);
		stale += expected;
	}
	g_assert_cmpuint (stale, >, 1);
	g_assert_cmpuint (stale, <, PAIRS);
	g_autoptr (GPtrArray) pages = rn_drift_pages (sample->library);
	g_assert_cmpuint (pages->len, ==, stale);
}

static void held_back (void)
{
	static const char text[] = "-- content/a.tg.md --\n# A\n-- content/a.ru.md --\n---\ntitle: Old\ntranslates: 0123456789\n---\n"
		"-- content/l/_type.yaml --\n%s-- content/l/b.tg.md --\n# B\n-- content/l/b.ru.md --\n---\ntitle: Old\ntranslates: 0123456789\n---\n";
	static const struct { const char *site, *type; gboolean a, b; } cases[] = {
		{ "", "name: L\n", FALSE, FALSE }, { "on_stale: hold\n", "name: L\n", TRUE, TRUE }, { "on_stale: notice\n", "on_stale: hold\n", FALSE, TRUE },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *rest = g_strdup_printf (text, cases[i].type), *whole = g_strdup_printf (TWO "%s%s", cases[i].site, rest);
		g_autoptr (Sample) sample = sample_open (whole);
		/* What is held back is shown in the source's language, and a link to it says why. */
		g_assert_true ((page (sample, "ru", "a")->fallback != NULL) == cases[i].a);
		g_assert_true ((page (sample, "ru", "l/b")->fallback != NULL) == cases[i].b);
		assert_said (sample, "");
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	use_plain_git ();
	g_test_add_func ("/drift/hash", by_hash);
	g_test_add_func ("/drift/history", by_history);
	g_test_add_func ("/drift/as-git-says", as_git_says);
	g_test_add_func ("/drift/held", held_back);
	return g_test_run ();
}
