/*
 * received.h - what a push of a commit to a branch of a bare repository means for the site, when several are under way at once.
 *
 * Asked under the target's lock: a hook that waited there may find that a newer push was published before it. An older edition never takes the place of a newer
 * one, and what
 * somebody took back by force is not published at all.
 */
#ifndef RN_PUBLISH_RECEIVED_H
#define RN_PUBLISH_RECEIVED_H

#include "source/repository.h"

typedef enum {
	RN_RECEIVED_PUBLISH,
	RN_RECEIVED_LIVE,       /* it is shown already */
	RN_RECEIVED_OLDER,      /* a newer one is */
	RN_RECEIVED_TAKEN,      /* the branch does not have the commit any more */
} RnReceived;

/* One line of what git tells the hook: "<old> <new> <ref>". */
typedef struct { char commit[41]; char *branch; gboolean deleted; } RnPush;

/* Reads LINE. FALSE: it is about no branch. Free push->branch. */
gboolean   rn_push_parse (const char *line, RnPush *push);

/* live: the commit that the target shows; "": none. FALSE with ERROR: the repository does not tell. */
gboolean   rn_received (RnRepository *repository, const RnPush *push, const char *live, RnReceived *received, GError **error);

#endif
