/*
 * team.h - what waits for the team, measured: the worklist (model/worklist.h) with how much of each stale page's source changed, for `rohnamo status`
 * and for the page of the counsellors' profile that shows it.
 */
#ifndef RN_PRESS_TEAM_H
#define RN_PRESS_TEAM_H

#include "model/worklist.h"
#include "press/opened.h"

/* Of LIBRARY, which is frozen and shows drafts. history may be NULL: then nobody knows how much changed. */
RnWorklist *rn_team_worklist (const RnLibrary *library, RnHistory *history, guint jobs);

/*
 * The page "/<lang>/_status/" in each language, through the layout "status", and the default one's at "/_status/" too; in the counsellors' profile alone.
 * Before the library is frozen. For its figures the content is read once more, with all that readers do not see; what plugins make is not in them.
 *
 * page.data is {sections: [{section, languages: [{language, pages, missing, stale, passages, draft, review, ends, ended}]}], work: [{what, language,
 * page, title, file, links, day, changed, author, changed_passages, passages}]}, both in the worklist's order. day: since when, or by when; changed: the page's last
 * change; both and author absent where they are not known.
 */
gboolean    rn_team_add_pages (RnOpened *opened, GError **error);

#endif
