/* caused.h - of all that is wrong in what is staged, what the commit is answerable for: its own files', and elsewhere what was not wrong before it. */
#ifndef RN_PUBLISH_CAUSED_H
#define RN_PUBLISH_CAUSED_H

#include "base/diagnostic.h"

/*
 * changed: the files that the commit touches, relative to the site, sorted. Is something more than a hint told of any other? Then it must be known what was
 * told before the commit.
 */
gboolean rn_caused_elsewhere (RnDiagnostics *sink, const GPtrArray *changed);

/* Takes out of SINK what the commit is not answerable for. before: what was told of the last commit; NULL: nothing is told elsewhere. */
void     rn_caused_keep (RnDiagnostics *sink, const GPtrArray *changed, RnDiagnostics *before);

#endif
