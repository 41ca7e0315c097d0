/* wiki-int.h - what is known of a wiki between the two readings of its export. */
#ifndef RN_IMPORT_WIKI_INT_H
#define RN_IMPORT_WIKI_INT_H

#include "import/dump.h"
#include "import/import.h"

/* A page of the content. redirect: where it leads; type NULL: nothing says what it is. aliases: slugs of the redirects to it, borrowed. */
typedef struct {
	char *title, *redirect, *type, *slug, *language;
	gboolean left_out;
	GSList *aliases;
} RnWikiEntry;

typedef struct {
	RnImport *import;
	const char *file;          /* the dump's name, for what is told */
	RnDumpSite *site;
	GHashTable *entries;       /* title -> RnWikiEntry */
	GHashTable *by_slug;
	GHashTable *templates;     /* name -> source; of one in `forwarded` the title that it leads to */
	GHashTable *forwarded;
	gsize templates_size;
	GPtrArray *passed;         /* titles that are not of the content */
} RnWikiImport;

/* The page that TITLE means, through redirects; NULL: none. */
RnWikiEntry *rn_wiki_entry (const RnWikiImport *wiki, const char *title);

/* The second reading, a page: RnDumpEach with an RnWikiImport. */
gboolean     rn_wiki_page (const RnDumpPage *page, gpointer wiki, GError **error);

#endif
