/* edited-int.h - what rename and remove share: the move as it is prepared, shown, done, verified and staged. */
#ifndef RN_COMMAND_EDITED_INT_H
#define RN_COMMAND_EDITED_INT_H

#include "command/desk-int.h"
#include "edit/site.h"

typedef struct {
	RnDesk desk;
	RnMove *move;
	RnEditSite site;
	RnChanges *changes;
	gboolean dry;            /* nothing is written */
} RnEdited;

/* Opens the site in DIR. FALSE: it cannot be, or its pages cannot all be read, which is told. */
gboolean rn_edited_open (RnEdited *edited, const char *dir, gboolean dry);
void     rn_edited_close (RnEdited *edited);

/* Makes the move, once it is known what moves: from then on edited->move and edited->site are there. */
void     rn_edited_begin (RnEdited *edited, const char *from, const char *to, gboolean file);

/* Finds all places and prepares the changes. FALSE: told; then rn_edited_unready says what to leave with: whether the content is to blame, or the system, which it tells. */
gboolean rn_edited_prepare (RnEdited *edited);
int      rn_edited_unready (const RnEdited *edited);

/* The place of a mend with its line, as check shows them; on standard error. */
void     rn_edited_show_place (const RnEdited *edited, const RnMend *mend, const char *what);

/* Writes what is prepared, looks whether the site is as sound as before, and stages it; else all is put back. Returns what to leave with. done: said at the end. */
int      rn_edited_finish (RnEdited *edited, const char *done);

#endif
