/*
 * workers.h - one task for each of N items, over the processor's cores.
 *
 * Items are handed out in order in small runs; results go into slots that the
 * caller owns by item number, so that what comes out does not depend on who did
 * it. With jobs == 1 everything runs in the calling thread.
 */
#ifndef RN_BASE_WORKERS_H
#define RN_BASE_WORKERS_H

#include <glib.h>

/* Makes a worker's own state (its arena, its Lua host), in the worker's thread; NULL with ERROR set stops the run. */
typedef gpointer (*RnWorkerOpen) (gpointer shared, GError **error);
/* Does item INDEX. FALSE with ERROR set stops all workers soon; what is wrong in the content is a diagnostic instead. */
typedef gboolean (*RnWorkerTask) (gpointer state, guint index, gpointer shared, GError **error);
typedef void     (*RnWorkerClose) (gpointer state, gpointer shared);

/* The number of cores that this process may use, at least 1. */
guint rn_workers_default (void);

/*
 * Runs TASK for 0 .. n-1 with JOBS threads (0: the default). open and close may be NULL (state is then NULL).
 * progress (may be NULL) is counted up as items end; another thread may read it.
 * On failure ERROR is the one of the lowest item that failed.
 */
gboolean rn_workers_run (guint jobs, guint n, RnWorkerOpen open, RnWorkerTask task, RnWorkerClose close,
                         gpointer shared, gint *progress, GError **error);

/* The same, but the first LARGE items are handed out one by one: each may take as long as many of the others. */
gboolean rn_workers_run_uneven (guint jobs, guint large, guint n, RnWorkerOpen open, RnWorkerTask task, RnWorkerClose close,
                                gpointer shared, gint *progress, GError **error);

#endif
