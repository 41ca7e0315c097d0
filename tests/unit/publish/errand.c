/* errand.c - programs run by a process beside a confined one: what it was given forms of, and nothing else. */
#include "base/confine.h"
#include "publish/edition.h"
#include "publish/errand.h"
#include "publish/program.h"

#include <string.h>

static gboolean asked (const char *const *argv, GBytes *input, char **out, int *status)
{
	g_autoptr (GError) error = NULL;
	const gboolean fine = rn_program_feed (argv, "coreutils", input, out, status, &error);
	g_assert_cmpint (fine, ==, error == NULL);
	if (error)
		g_assert_true (error->domain == RN_PUBLISH_ERROR);
	return fine;
}

#define ASK(input, out, status, ...) asked ((const char *const[]) { __VA_ARGS__, NULL }, input, out, status)

/* One process: what is given up stays so. */
static void test_errands (void)
{
	g_autoptr (RnErrands) errands = rn_errands_new ();
	g_autoptr (RnConfine) confine = rn_confine_new ();
	g_autoptr (GBytes) input = g_bytes_new_static ("a\0b", 3);
	g_autofree char *out = NULL, *echo = NULL;
	int status = 99;
	rn_errands_allow (errands, "printf", "%s", "one/" RN_ERRAND_ANY);
	rn_errands_allow (errands, "wc", "-c");
	rn_errands_allow (errands, "test", RN_ERRAND_ANY);
	rn_errands_allow (errands, "false");
	g_assert_true (rn_errands_begin (errands, NULL));
	rn_confine_files (confine);
	g_assert_true (rn_confine_calls (FALSE));
	g_assert_true (ASK (NULL, &echo, NULL, "printf", "%s", "one/two..three"));
	g_assert_cmpstr (echo, ==, "one/two..three");
	g_assert_true (ASK (input, &out, &status, "wc", "-c"));
	g_assert_cmpstr (g_strstrip (out), ==, "3");
	g_assert_cmpint (status, ==, 0);
	g_assert_true (ASK (NULL, NULL, &status, "false"));
	g_assert_cmpint (status, ==, 1);
	g_assert_false (ASK (NULL, NULL, NULL, "false"));
	g_assert_true (ASK (NULL, NULL, NULL, "test", "x"));
}

/* A call of another form ends it. */
static void refuse (const char *const *argv)
{
	g_autoptr (RnErrands) errands = rn_errands_new ();
	rn_errands_allow (errands, "printf", "%s", "one/" RN_ERRAND_ANY);
	rn_errands_allow (errands, "test", RN_ERRAND_ANY);
	g_assert_true (rn_errands_begin (errands, NULL));
	g_assert_true (ASK (NULL, NULL, NULL, "printf", "%s", "one/"));
	g_assert_false (asked (argv, NULL, NULL, NULL));
	g_assert_false (ASK (NULL, NULL, NULL, "printf", "%s", "one/"));
}

static void test_refused (void)
{
	static const char *const calls[][5] = {
		{ "sh", "-c", "true" }, { "printf" }, { "printf", "%s" }, { "printf", "%s", "one" }, { "printf", "%s", "one/../two" }, { "printf", "%s", "one/two/.." }, { "printf", "%s", "one/", "more" },
		{ "test", "-e" }, { "test", "" }, { "/usr/bin/printf", "%s", "one/" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
		refuse (calls[i]);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/publish/errand/refused", test_refused);
	g_test_add_func ("/publish/errand/errands", test_errands);
	return g_test_run ();
}
