/*
 * outputs.h - a run that makes a part of the output leaves the rest as the last edition has it; and build.json, which tells of all of it.
 *
 * build.json holds the edition in figures that depend on the content alone; its presence marks the folder as ours.
 */
#ifndef RN_PRESS_OUTPUTS_H
#define RN_PRESS_OUTPUTS_H

#include "model/library.h"
#include "press/press.h"

/* Keeps in OUT what OPTIONS do not make: site/, search.db, print/, or the files of products that are not named. */
gboolean rn_outputs_keep (const RnPressOptions *options, RnAtomicTree *out, GError **error);

/* Puts build.json. */
gboolean rn_outputs_put_summary (const RnPressOptions *options, const RnLibrary *library, RnDiagnostics *sink, const RnPressResult *result, RnAtomicTree *out, GError **error);

#endif
