/* target.c - the words of a target; what site.yaml may say of it; names of previews; lines that git tells a hook. */
#include "publish/preview.h"
#include "publish/received.h"
#include "publish/target.h"
#include "source/yaml.h"

static void test_words (void)
{
	static const struct { const char *text; RnTargetKind kind; const char *place, *remote; } fine[] = {
		{ "/srv/www/site", RN_TARGET_SHELF, "/srv/www/site", NULL }, { "site", RN_TARGET_SHELF, "site", NULL },
		{ "git:pages", RN_TARGET_BRANCH, "pages", NULL }, { "git:git@host:a/b.git#web", RN_TARGET_BRANCH, "web", "git@host:a/b.git" },
		{ "rclone:s3:bucket/site", RN_TARGET_RCLONE, "s3:bucket/site", NULL }, { "folder:/media/card", RN_TARGET_CARD, "/media/card", NULL },
	};
	static const char *const wrong[] = { "", "git:", "git:#a", "git:a#", "git:host:a", "git:-x", "rclone:s3", "rclone:-x:", "folder:" };
	for (guint i = 0; i < G_N_ELEMENTS (fine); i++) {
		RnTarget target;
		g_assert_true (rn_target_parse (fine[i].text, &target, NULL));
		g_assert_cmpint (target.kind, ==, fine[i].kind);
		g_assert_cmpstr (target.place, ==, fine[i].place);
		g_assert_cmpstr (target.remote, ==, fine[i].remote);
		rn_target_clear (&target);
	}
	for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
		g_autoptr (GError) error = NULL;
		RnTarget target;
		if (rn_target_parse (wrong[i], &target, &error))
			g_test_fail_printf ("'%s' is taken", wrong[i]);
		g_assert_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET);
		rn_target_clear (&target);
	}
}

static void test_site (void)
{
	static const char text[] = "publish:\n  keep: 5\n  also: print\n  live: /srv/site\n  card: {to: 'folder:card', keep: 0, also: [search, share]}\n"
		"  in: 'rclone:s3,secret_access_key=word:site'\n  url: 'git:https://me:word@host/a#b'\n  fine: 'git:https://me@host/a#b'\n  odd: {to: a, password: b}\n"
		"  list: {to: a, also: [film]}\n  many: {to: a, keep: -1}\n  none: {}\n";
	static const char *const wrong[] = { "in", "url", "odd", "list", "many", "none" };
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	const RnValue *config = rn_yaml_parse (arena, text, sizeof text - 1, RN_PLACE ("site.yaml", 1, 1), sink);
	RnTarget target;
	g_assert_nonnull (config);
	g_assert_true (rn_target_find (config, "live", &target, NULL));
	g_assert_cmpstr (target.place, ==, "/srv/site");
	g_assert_cmpuint (target.keep, ==, 5);
	g_assert_cmpuint (target.also, ==, RN_ALSO_PRINT);
	rn_target_clear (&target);
	g_assert_true (rn_target_find (config, "card", &target, NULL));
	g_assert_cmpuint (target.keep, ==, 0);
	g_assert_cmpuint (target.also, ==, RN_ALSO_SEARCH | RN_ALSO_SHARE);
	rn_target_clear (&target);
	g_assert_true (rn_target_find (config, "fine", &target, NULL));
	rn_target_clear (&target);
	/* What it does not name is a place. */
	g_assert_true (rn_target_find (config, "/tmp/x", &target, NULL) && !target.named && target.keep == 5);
	rn_target_clear (&target);
	for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
		g_autoptr (GError) error = NULL;
		if (rn_target_find (config, wrong[i], &target, &error))
			g_test_fail_printf ("'%s' is taken", wrong[i]);
		g_assert_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET);
		rn_target_clear (&target);
	}
}

static void test_previews (void)
{
	static const char *const branches[] = { "draft", "a/b", "a-b", "a_b", "A-b", "..", "-x", "Саҳифаи нав", "x.12345678", "\xff\xfe" };
	g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < G_N_ELEMENTS (branches); i++) {
		char *name = rn_preview_name (branches[i]);
		g_assert_true (*name != '.' && *name != '-' && !strchr (name, '/') && strlen (name) < 200 && g_utf8_validate (name, -1, NULL));
		g_assert_true (g_hash_table_add (names, name));
	}
	g_assert_true (g_hash_table_contains (names, "draft") && g_hash_table_contains (names, "a-b"));
}

static void test_pushes (void)
{
	static const char zero[] = "0000000000000000000000000000000000000000 ", one[] = "1111111111111111111111111111111111111111 ";
	g_autofree char *made = g_strconcat (zero, one, "refs/heads/a/b", NULL), *gone = g_strconcat (one, zero, "refs/heads/x", NULL), *tag = g_strconcat (zero, one, "refs/tags/v1", NULL);
	RnPush push;
	g_assert_true (rn_push_parse (made, &push));
	g_assert_cmpstr (push.branch, ==, "a/b");
	g_assert_false (push.deleted);
	g_free (push.branch);
	g_assert_true (rn_push_parse (gone, &push));
	g_assert_true (push.deleted);
	g_free (push.branch);
	g_assert_false (rn_push_parse (tag, &push));
	g_assert_false (rn_push_parse ("", &push));
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/publish/target/words", test_words);
	g_test_add_func ("/publish/target/site", test_site);
	g_test_add_func ("/publish/previews", test_previews);
	g_test_add_func ("/publish/pushes", test_pushes);
	return g_test_run ();
}
