/* bundles.h - what is made of the site's pages when all are through: the folder edition, its list, the readers' page. */
#ifndef RN_PRESS_BUNDLES_H
#define RN_PRESS_BUNDLES_H

#include "press/pass.h"

/* After rn_pass_run and all else that is put below site/. note: see rn_share_finish. */
gboolean rn_bundles_finish (const RnPass *pass, char **note, GError **error);

#endif
