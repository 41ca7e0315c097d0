/* mend-int.h - what mending of bodies and of YAML share. */
#ifndef RN_EDIT_MEND_INT_H
#define RN_EDIT_MEND_INT_H

#include "edit/mend.h"
#include "markdown/parse.h"

struct RnMender {
	const RnMove *move;
	GArray     *mends;
	RnArena    *arena;
	RnMarkdown *markdown;
	GPtrArray  *seen;        /* what the compiler looked up: Seen, in ARENA */
};

typedef struct { const char *address; guint32 line, col; } Seen;

/* Notes MEND, whose strings are copied. */
void rn_mend_note (RnMender *mender, const RnMend *mend);

/* Does ADDRESS mean the same wherever it stands? */
gboolean rn_mend_rooted (const RnMender *mender, const char *address);

#endif
