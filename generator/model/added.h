/*
 * added.h - files and feeds that stand in the site beside its pages: plugins give them once the library is frozen, before the first page is made.
 *
 * They are given by one thread; then any thread may read them. Strings are copied. What has no room (a page, a file of the content or of the press
 * stands at its address, or on the way there) is told at WHERE and is not there.
 */
#ifndef RN_MODEL_ADDED_H
#define RN_MODEL_ADDED_H

#include "model/library.h"

typedef struct RnAddedFeed {
	const char *url;              /* site-absolute: "/tg/vacancies/ru.xml" */
	const char *title;
	const RnLanguage *language;
	const RnPage *page;           /* that links to it; NULL: none does, and its home is what it belongs to */
	RnPages newest;               /* newest first; never empty */
} RnAddedFeed;

typedef struct { const char *url, *data; gsize len; const RnAddedFeed *feed; } RnAddedFile;   /* data NULL: it is a feed */

/* FALSE after a diagnostic. */
gboolean rn_library_add_file (RnLibrary *library, const char *url, const char *data, gsize len, RnPlace where);

/* FEED's newest are chosen from PAGES (dated ones that may be told of). FALSE after a diagnostic; a feed that would be empty is left out without one. */
gboolean rn_library_add_feed (RnLibrary *library, const RnAddedFeed *feed, RnPage *const *pages, guint n, RnPlace where);

/* All of them, feeds among them, in the order they were given. */
const RnAddedFile *rn_library_added (const RnLibrary *library, guint *n);
/* What was added at URL; NULL. */
const RnAddedFile *rn_library_added_at (const RnLibrary *library, const char *url);
/* The feeds that PAGE links to, RnAddedFeed; NULL: none. */
const GPtrArray   *rn_library_feeds_of (const RnLibrary *library, const RnPage *page);

#endif
