/* workers.c - every item once, by any number of threads, with the same outcome. */
#include "base/workers.h"

#include <string.h>

typedef struct {
	gint done[1000];
	gint opened, closed;         /* atomic */
	guint n;
	const guint *failing;        /* items that fail, ended by G_MAXUINT */
	gboolean open_fails;
} Job;

static gpointer open_state (gpointer shared, GError **error)
{
	Job *job = shared;
	if (job->open_fails) {
		g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "no state");
		return NULL;
	}
	g_atomic_int_inc (&job->opened);
	return g_new0 (gint, 1);
}

static void close_state (gpointer state, gpointer shared)
{
	g_atomic_int_inc (&((Job *) shared)->closed);
	g_free (state);
}

static gboolean task (gpointer state, guint index, gpointer shared, GError **error)
{
	Job *job = shared;
	if (state)
		++*(gint *) state;
	g_atomic_int_inc (&job->done[index]);
	/* Who has the lowest failing item in hand is slow to reach it: a higher one must not be told in its place. */
	if (job->failing && index + 5 == job->failing[0])
		g_usleep (3000);
	for (const guint *p = job->failing; p && *p != G_MAXUINT; p++)
		if (*p == index) {
			g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "item %u", index);
			return FALSE;
		}
	return TRUE;
}

static void test_each_once (void)
{
	static const guint counts[] = { 0, 1, 2, 7, 8, 9, 63, 64, 65, 1000 };
	for (guint jobs = 0; jobs <= 8; jobs++)
		for (guint c = 0; c < G_N_ELEMENTS (counts); c++) {
			Job job = { .n = counts[c] };
			gint progress = 0;
			g_autoptr (GError) error = NULL;
			g_assert_true (rn_workers_run (jobs, job.n, open_state, task, close_state, &job, &progress, &error));
			g_assert_no_error (error);
			for (guint i = 0; i < G_N_ELEMENTS (job.done); i++)
				g_assert_cmpint (job.done[i], ==, i < job.n);
			g_assert_cmpint (progress, ==, (gint) job.n);
			g_assert_cmpint (job.opened, ==, job.closed);
			g_assert_cmpint (job.opened, <=, (gint) MAX (jobs ? jobs : rn_workers_default (), 1));
		}
}

static void test_lowest_error (void)
{
	static const guint failing[] = { 21, 22, 30, 500, 999, G_MAXUINT };
	for (guint jobs = 1; jobs <= 8; jobs++)
		for (guint round = 0; round < 20; round++) {
			Job job = { .failing = failing };
			g_autoptr (GError) error = NULL;
			g_assert_false (rn_workers_run (jobs, 1000, open_state, task, close_state, &job, NULL, &error));
			g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
			g_assert_cmpstr (error->message, ==, "item 21");
			g_assert_cmpint (job.opened, ==, job.closed);
			for (guint i = 0; i < 21; i++)
				g_assert_cmpint (job.done[i], ==, 1);
			if (jobs == 1)
				g_assert_cmpint (job.done[22], ==, 0); /* it stops */
		}
}

static void test_open_fails (void)
{
	for (guint jobs = 1; jobs <= 4; jobs += 3) {
		Job job = { .open_fails = TRUE };
		g_autoptr (GError) error = NULL;
		g_assert_false (rn_workers_run (jobs, 100, open_state, task, close_state, &job, NULL, &error));
		g_assert_cmpstr (error->message, ==, "no state");
		g_assert_cmpint (job.closed, ==, 0);
	}
}

static gboolean note_thread (gpointer state, guint index, gpointer shared, GError **error)
{
	(void) state, (void) index, (void) error;
	if (g_thread_self () != shared)
		g_error ("an item of a run with one job was done in another thread");
	return TRUE;
}

static void test_one_job (void)
{
	g_assert_true (rn_workers_run (1, 100, NULL, note_thread, NULL, g_thread_self (), NULL, NULL));
	g_assert_cmpuint (rn_workers_default (), >=, 1);
}

/* Few items are few large ones: two of them go to two workers. */
static gboolean meet (gpointer state, guint index, gpointer shared, GError **error)
{
	(void) state, (void) index, (void) error;
	g_atomic_int_inc ((gint *) shared);
	for (guint i = 0; i < 2000 && g_atomic_int_get ((gint *) shared) < 2; i++)
		g_usleep (1000);
	return g_atomic_int_get ((gint *) shared) == 2;
}

static void test_few_items (void)
{
	gint here = 0;
	g_assert_true (rn_workers_run (2, 2, NULL, meet, NULL, &here, NULL, NULL));
}

/* The first two of many go to two workers as well, if they are told to be large; and each item is done once. */
static gboolean meet_first (gpointer state, guint index, gpointer shared, GError **error)
{
	gint *here = shared;
	g_atomic_int_inc (&here[1]);
	return index >= 2 || meet (state, index, here, error);
}

static void test_large_items (void)
{
	gint here[2] = { 0 };
	g_assert_true (rn_workers_run_uneven (2, 2, 1001, NULL, meet_first, NULL, here, NULL, NULL));
	g_assert_cmpint (here[1], ==, 1001);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/workers/each-once", test_each_once);
	g_test_add_func ("/workers/lowest-error", test_lowest_error);
	g_test_add_func ("/workers/open-fails", test_open_fails);
	g_test_add_func ("/workers/one-job", test_one_job);
	g_test_add_func ("/workers/few-items", test_few_items);
	g_test_add_func ("/workers/large-items", test_large_items);
	return g_test_run ();
}
