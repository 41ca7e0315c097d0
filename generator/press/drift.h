/* drift.h - translations whose sources changed since they were made: told by `rohnamo check`, one diagnostic a page, with the passages that changed. */
#ifndef RN_PRESS_DRIFT_H
#define RN_PRESS_DRIFT_H

#include "model/library.h"

/*
 * Tells of the stale translations in LIBRARY, over JOBS cores (0: all): each at the first passage to go on at, with the places in the source. history
 * may be NULL.
 */
void rn_drift_tell (const RnLibrary *library, RnHistory *history, guint jobs, RnDiagnostics *sink);

#endif
