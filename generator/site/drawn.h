/*
 * drawn.h - pictures that a build draws itself: the icons of the manifest, and what messengers show beside a link.
 *
 *   /drawn/icon-192.<hash>.png  icon-512, icon-512-maskable    from assets/icon.svg, for a phone's screen
 *   /drawn/faq.ru.<hash>.png                                    from social.svg: one a section and one a home, where base_url tells where pages stand
 *
 * The hash is one of all that a picture depends on, so that pages can name it before it is there. Drawn pictures are kept in the cache.
 */
#ifndef RN_SITE_DRAWN_H
#define RN_SITE_DRAWN_H

#include "model/library.h"
#include "site/assets.h"

#define RN_DRAWN_FOLDER "drawn/"   /* below site/ */

typedef struct RnDrawn RnDrawn;

/* cache: the build's cache folder; NULL: none is kept. LIBRARY, frozen, and ASSETS are borrowed. Where nothing can be drawn here, that is told and there are none. */
RnDrawn    *rn_drawn_new (const RnLibrary *library, const RnAssets *assets, const char *cache, RnDiagnostics *sink);
void        rn_drawn_free (RnDrawn *drawn);

/* The address of "icon-192", "icon-512" or "icon-512-maskable"; NULL: there is none. */
const char *rn_drawn_icon (const RnDrawn *drawn, const char *name);
/* The address of the picture beside links to PAGE: its section's, or its home's; NULL: there is none. */
const char *rn_drawn_of (const RnDrawn *drawn, const RnPage *page);

guint       rn_drawn_count (const RnDrawn *drawn);
/* Which of them stands at URL; -1: none. */
gint        rn_drawn_find (const RnDrawn *drawn, const char *url);
/* The PNG of picture INDEX into OUT (emptied first), and its address. Thread-safe for different pictures. NULL after a diagnostic. */
const char *rn_drawn_make (const RnDrawn *drawn, guint index, GString *out);

/* After all are made: forgets in the cache what no build has used for a month. */
void        rn_drawn_finish (const RnDrawn *drawn);

#endif
