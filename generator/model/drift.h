/*
 * drift.h - is a translation still that of its source?
 *
 * `translates: <blob id>` in the translation's front matter is compared with the source's bytes now; without it the
 * history decides: stale where the source was changed by a later commit than the translation was last.
 */
#ifndef RN_MODEL_DRIFT_H
#define RN_MODEL_DRIFT_H

#include "model/page.h"

RnFreshness rn_drift_judge (RnTree *tree, const RnPage *source, const RnPage *translation);

#endif
