/* due.h - what the calendar asks of the editors: reviews that are overdue, pages that have ended or soon will. Told by `rohnamo check`; a build shows it to readers. */
#ifndef RN_MODEL_DUE_H
#define RN_MODEL_DUE_H

#include "model/library.h"

/* Does PAGE end within two weeks of CLOCK? */
gboolean rn_due_soon (const RnPage *page, gint64 clock);

/* Tells of the pages of LIBRARY, which is frozen, at the line of the field that says so; a translation that has it from its source is not told of again. */
void rn_due_tell (const RnLibrary *library, RnDiagnostics *sink);

#endif
