/*
 * mend.h - addresses in a text that lead to what moves are written anew; no other byte changes.
 *
 * The compiler itself is the judge of what is an address: a spelling in a body is changed only if that changes what is looked up, and nothing
 * else. So what stands in code stays, and so does a definition that nothing uses.
 */
#ifndef RN_EDIT_MEND_H
#define RN_EDIT_MEND_H

#include "base/diagnostic.h"
#include "edit/move.h"

/* A place that leads to what moves, or out of it. to: what is written there now; NULL: as before, as nobody could tell how it stands there. */
typedef struct {
	char *file;               /* relative to the site's folder */
	guint32 line, col;
	char *from, *to;
	gboolean ours, address;   /* ours: it leads to what moves; address: not a bare name of a page */
} RnMend;

typedef struct RnMender RnMender;

/* Places are added to MENDS, of RnMend. */
RnMender *rn_mender_new (const RnMove *move, GArray *mends);
void      rn_mender_free (RnMender *mender);

/* An empty list of RnMend, which owns their strings. */
GArray   *rn_mends_new (void);

/*
 * The body of PAGE: TEXT from byte BODY on, whose first line is LINE of FILE. page: from which its addresses are seen; ROOTED: it is none of a
 * page, and only what is seen from the content's root counts. FALSE: it cannot be read.
 */
gboolean rn_mend_body (RnMender *mender, const RnPage *page, gboolean rooted, const char *file, GString *text, gsize body, guint32 line);

/* What the texts below a name of YAML are: keys of pages, those of the type that moves perhaps without their folder, addresses of files, or anything. */
typedef enum { RN_ROLE_NONE, RN_ROLE_KEY, RN_ROLE_REFERENCE, RN_ROLE_FILE } RnRole;
typedef RnRole (*RnRoleOf) (gpointer user, const char *top, const char *name);

/*
 * YAML: LEN bytes of TEXT from AT on, whose first line is LINE of FILE. Keys of pages and paths of files by their role; addresses from the root
 * wherever they are all of a text; links of Markdown in any text. FALSE: it cannot be read.
 */
gboolean rn_mend_yaml (RnMender *mender, const RnPage *page, gboolean rooted, const char *file, GString *text, gsize at, gsize len, guint32 line, RnRoleOf role, gpointer user);

/* A table of CSV: cells that are a page's key. */
void     rn_mend_table (RnMender *mender, const char *file, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnMender, rn_mender_free)

#endif
