/*
 * drift.h - is a translation still that of its source?
 *
 * `translates: <blob id>` in the translation's front matter is compared with the source's bytes now; without it the
 * history decides: stale where the source was changed by a later commit than the translation was last.
 */
#ifndef RN_MODEL_DRIFT_H
#define RN_MODEL_DRIFT_H

#include "model/library.h"

RnFreshness rn_drift_judge (RnTree *tree, const RnPage *source, const RnPage *translation);

/* What `translates:` in TRANSLATION's front matter names; NULL: nothing. */
const char *rn_drift_made_from (const RnPage *translation);

/*
 * The translations in LIBRARY whose sources have changed, files of the content that are to be seen or held back as stale alone, in the order of their
 * paths. GPtrArray of const RnPage; unref it.
 */
GPtrArray  *rn_drift_pages (const RnLibrary *library);

#endif
