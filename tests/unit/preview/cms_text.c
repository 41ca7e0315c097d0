/* What a web editor changed, in the file that it was made of: order, remarks, unknown fields and bodies stay. */
#include "preview/cms_text-int.h"

#include <string.h>

static const char *const page = "---\ntitle: One\n# why\ndate: 2026-01-31     # a day\nphone: \"112\"\nx-own: {a: 1}\ntags: [a, b]\n---\n\nText\n";

/* PAGE as the editor gets it, with FROM as TO, put back into OLD. */
static char *edited (const char *old, const char *from, const char *to, gboolean *fine)
{
	g_autoptr (GString) shown = g_string_new (NULL), out = g_string_new (NULL);
	g_autoptr (GPtrArray) without = g_ptr_array_new ();
	g_autoptr (GError) error = NULL;
	g_autofree char *opened = NULL;
	g_ptr_array_add (without, (gpointer) "shared");
	rn_cms_show (old, strlen (old), "name", shown);
	if (from)
		g_assert_cmpuint (g_string_replace (shown, from, to, 0), ==, 1);
	*fine = rn_cms_merge (old, strlen (old), shown->str, shown->len, "name", without, out, &opened, &error);
	return g_strdup (out->str);
}

static void check (const char *from, const char *to, const char *before, const char *after)
{
	gboolean fine;
	g_autoptr (GString) wanted = g_string_new (page);
	g_autofree char *got = edited (page, from, to, &fine);
	if (before)
		g_assert_cmpuint (g_string_replace (wanted, before, after, 0), ==, 1);
	g_assert_true (fine);
	g_assert_cmpstr (got, ==, wanted->str);
}

static void test_same (void)
{
	gboolean fine;
	check (NULL, NULL, NULL, NULL);
	check ("title: One", "title: >-\n  One", NULL, NULL);
	check ("[a, b]", "\n  - a\n  - b", NULL, NULL);
	check ("x-own: {a: 1}\n", "", NULL, NULL);
	g_autofree char *returns = edited ("---\r\ntitle: A\r\n---\r\n\r\nB\r\n", NULL, NULL, &fine);
	g_assert_cmpstr (returns, ==, "---\r\ntitle: A\r\n---\r\n\r\nB\r\n");
}

static void test_changed (void)
{
	check ("title: One", "title: \"Two: 2\"", "title: One", "title: \"Two: 2\"");
	check ("date: 2026-01-31 ", "date: '2026-02-01' ", "date: 2026-01-31 ", "date: \"2026-02-01\" ");
	check ("date: 2026-01-31 ", "date: 2026-02-01 ", "date: 2026-01-31 ", "date: 2026-02-01 ");
	check ("tags: [a, b]", "tags: []", "tags: [a, b]\n", "");
	check ("tags: [a, b]", "tags: [a, b]\nshared: 1\nsources:\n  - title: T\n    url: https://e.org\n", "tags: [a, b]", "tags: [a, b]\nsources:\n  - {title: T, url: \"https://e.org\"}");
	check ("Text", "Text  \nmore", "Text", "Text  \nmore");
}

static void test_new (void)
{
	g_autoptr (GString) out = g_string_new (NULL), none = g_string_new (NULL);
	g_autoptr (GPtrArray) without = g_ptr_array_new ();
	g_autofree char *opened = NULL, *again = NULL;
	const char *raw = "---\ntitle: A\nslug: name\ndate: ''\n---\nB", *empty = "---\ntitle: ''\nslug: name\n---\n";
	g_assert_true (rn_cms_merge (NULL, 0, raw, strlen (raw), "name", without, out, &opened, NULL));
	g_assert_cmpstr (out->str, ==, "---\ntitle: A\n---\n\nB\n");
	g_assert_true (rn_cms_merge (NULL, 0, empty, strlen (empty), "name", without, none, &again, NULL));
	g_assert_cmpstr (none->str, ==, "");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/cms/same", test_same);
	g_test_add_func ("/cms/changed", test_changed);
	g_test_add_func ("/cms/new", test_new);
	return g_test_run ();
}
