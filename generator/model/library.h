/*
 * library.h - all pages of the site, resolved: pairs, sections, tags, relations, addresses. Frozen, then read by all.
 *
 * load    reads every page's front matter (over the cores), never a body
 * add     plugins add pages
 * freeze  checks and ties everything; after it nothing changes, and any thread may read
 *
 * What is not to be seen (draft, not yet published, expired, withheld, broken, held back as stale) is not in the
 * lists; the library still knows it, so that a link to it can say why.
 */
#ifndef RN_MODEL_LIBRARY_H
#define RN_MODEL_LIBRARY_H

#include "model/page.h"
#include "model/site.h"

typedef struct RnLibrary RnLibrary;

/*
 * history may be NULL. broken (may be NULL; borrowed): a set of files whose bodies an earlier pass could not read: they are hidden.
 * Fails only on what stops a build: there is no page, or the tree is gone.
 */
RnLibrary *rn_library_load (RnSite *site, RnHistory *history, guint jobs, GHashTable *broken, RnDiagnostics *sink, GError **error);
void       rn_library_free (RnLibrary *library);

/*
 * What a plugin wants: a page of its own. With a text it is as one of a file: FRONT is its front matter, checked by its type. Without, it is what `layout` makes of `data`.
 * TITLE, DESCRIPTION, LAYOUT: where FRONT, a map, is NULL. WHERE: where all that is wrong with it is told; with a text its file is not NULL. Strings are copied, values are not.
 * ONLINE: see RnPage. Returns NULL after a diagnostic (there is such a page, unknown language). What is added is complete once settle or freeze is called.
 */
typedef struct {
	const char *key, *language, *title, *description, *layout, *text;
	const RnValue *front, *data;
	RnPlace where;
	gboolean online;
} RnCustomPage;
RnPage    *rn_library_add (RnLibrary *library, const RnCustomPage *page);

/*
 * Sets fields of PAGE, of the content to be seen, to those of MAP, as if its front matter had them: declared ones, and common ones but for what pairs and addresses hang on (title, slug, type,
 * draft, translates, source_language). What is wrong is told to SINK. Before freeze only, from one thread.
 */
void       rn_library_set (RnLibrary *library, RnPage *page, const RnValue *map, RnDiagnostics *sink);

/* Ties what was added since: pairs, addresses; rn_library_pages has it then. Before freeze only. */
void       rn_library_settle (RnLibrary *library);

void       rn_library_freeze (RnLibrary *library);

RnSite    *rn_library_site (const RnLibrary *library);
RnArena   *rn_library_arena (RnLibrary *library);                     /* lives as long as the library; before freeze only */

/* Every page to be made, all kinds and languages, in the order of their addresses; before freeze: the content to be seen. */
const RnPages *rn_library_pages (const RnLibrary *library);
/* Where PAGE stands among them once the library is frozen; -1: it is not made. */
gint           rn_library_index (const RnLibrary *library, const RnPage *page);
const RnType  *rn_library_type (const RnLibrary *library, const char *name);  /* NULL: none */
const RnType *const *rn_library_types (const RnLibrary *library, guint *n);

RnPage    *rn_library_home (const RnLibrary *library, const RnLanguage *language);
/* The page with that key in that language, a stand-in among them; NULL: none, or not to be seen. */
RnPage    *rn_library_page (const RnLibrary *library, const RnLanguage *language, const char *key);
RnPage    *rn_library_at (const RnLibrary *library, const char *url);         /* by address; NULL */
RnPage    *rn_library_led_from (const RnLibrary *library, const char *url);   /* the page that has URL among its aliases; NULL */

/* The address that PAGE, of a file, would have by the name KEY. Free it. */
char      *rn_library_address_as (const RnLibrary *library, const RnPage *page, const char *key);

/* Calls EACH for every page that is a file of the content, those that are not to be seen among them, in the order of paths. */
void       rn_library_each_file (const RnLibrary *library, void (*each) (RnPage *page, gpointer user), gpointer user);

/* What the press itself writes at URL, a file's address: another's file, or in words. No file of the content can stand there too. NULL: nothing. */
const char *rn_library_made_at (const RnLibrary *library, const char *url);

/* Why a page that exists is not to be seen: "draft", "expired", "unpublished", "broken", "held", "counsellor"; NULL: it is seen, or there is none. */
const char *rn_library_hidden (const RnLibrary *library, const RnLanguage *language, const char *key);

/* The existing key nearest to KEY, for "did you mean"; NULL. */
const char *rn_library_nearest (const RnLibrary *library, const RnLanguage *language, const char *key);

/* The day of the build's clock, as seconds of its midnight. What is made by it is valid for that day alone. Thread-safe. */
gint64      rn_library_today (RnLibrary *library);

/* Until when the clock may run on and all would be as it is: the next day on which a page appears, ends or is due; G_MAXINT64: for ever. */
gint64      rn_library_valid_until (const RnLibrary *library);

/* How many files are left out because they cannot be read. */
guint       rn_library_left_out (const RnLibrary *library);

/* The newest lastmod of all pages (0: unknown): the only "now" that an output may show. */
gint64      rn_library_edition_time (const RnLibrary *library);

#endif
