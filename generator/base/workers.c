/* workers.c - threads that take runs of items from one counter until it is used up or one of them fails. */
#include "base/workers.h"

#include <sched.h>

#define LONGEST_RUN 8 /* items handed out at once: neighbours share folders and sections */

typedef struct {
	guint n, large, run;
	RnWorkerOpen open;
	RnWorkerTask task;
	RnWorkerClose close;
	gpointer shared;
	gint *progress;
	gint next;         /* atomic: runs handed out, of which the first `large` are of one item */
	GMutex lock;
	gint failed;       /* atomic: the lowest item that failed; G_MAXINT: none. Items below it are still done, so that it is always the same one */
	GError *error;
} Crew;

guint rn_workers_default (void)
{
	cpu_set_t set;
	if (!sched_getaffinity (0, sizeof set, &set))
		return MAX (1, (guint) CPU_COUNT (&set));
	return g_get_num_processors ();
}

static void fail (Crew *crew, guint item, GError *error)
{
	g_mutex_lock (&crew->lock);
	if (!crew->error || (gint) item < g_atomic_int_get (&crew->failed)) {
		g_clear_error (&crew->error);
		crew->error = error;
		g_atomic_int_set (&crew->failed, (gint) item);
	} else {
		g_error_free (error);
	}
	g_mutex_unlock (&crew->lock);
}

static gpointer work (gpointer data)
{
	Crew *crew = data;
	GError *error = NULL;
	gpointer state = crew->open ? crew->open (crew->shared, &error) : NULL;
	if (error) {
		fail (crew, 0, error);
		return NULL;
	}
	while (g_atomic_int_get (&crew->failed) == G_MAXINT) {
		guint ticket = (guint) g_atomic_int_add (&crew->next, 1);
		guint run = ticket < crew->large ? 1 : crew->run, from = ticket < crew->large ? ticket : crew->large + (ticket - crew->large) * run;
		if (from >= crew->n)
			break;
		for (guint i = from; i < MIN (from + run, crew->n) && (gint) i < g_atomic_int_get (&crew->failed); i++) {
			if (!crew->task (state, i, crew->shared, &error)) {
				fail (crew, i, error);
				break;
			}
			if (crew->progress)
				g_atomic_int_inc (crew->progress);
		}
	}
	if (crew->close)
		crew->close (state, crew->shared);
	return NULL;
}

gboolean rn_workers_run (guint jobs, guint n, RnWorkerOpen open, RnWorkerTask task, RnWorkerClose close,
                         gpointer shared, gint *progress, GError **error)
{
	return rn_workers_run_uneven (jobs, 0, n, open, task, close, shared, progress, error);
}

gboolean rn_workers_run_uneven (guint jobs, guint large, guint n, RnWorkerOpen open, RnWorkerTask task, RnWorkerClose close,
                                gpointer shared, gint *progress, GError **error)
{
	if (!n)
		return TRUE;
	if (!jobs)
		jobs = rn_workers_default ();
	jobs = MIN (jobs, n);
	/* Few items may be large ones: then they go out singly, so that no worker stands idle. */
	Crew crew = { n, MIN (large, n), CLAMP ((n - MIN (large, n)) / (jobs * 4), 1, LONGEST_RUN), open, task, close, shared, progress, 0, { 0 }, G_MAXINT, NULL };
	g_mutex_init (&crew.lock);
	g_autoptr (GPtrArray) threads = g_ptr_array_new ();
	for (guint i = 1; i < jobs; i++) {
		/* A thread that the system does not grant only makes the run slower. */
		GThread *thread = g_thread_try_new ("rohnamo-worker", work, &crew, NULL);
		if (thread)
			g_ptr_array_add (threads, thread);
	}
	work (&crew);
	for (guint i = 0; i < threads->len; i++)
		g_thread_join (threads->pdata[i]);
	g_mutex_clear (&crew.lock);
	if (!crew.error)
		return TRUE;
	g_propagate_error (error, crew.error);
	return FALSE;
}
