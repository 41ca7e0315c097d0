/*
 * wikitext.h - MediaWiki's wikitext in, our Markdown out.
 *
 * Every letter of the source is in the Markdown, or in what is told: as lost, where it said something to a reader, else as a note (attributes,
 * remarks, magic words). No input crashes it or takes more than a time that grows with its length; what is nested too deep is told and kept as text.
 */
#ifndef RN_IMPORT_WIKITEXT_H
#define RN_IMPORT_WIKITEXT_H

#include "import/dump.h"
#include "source/value.h"

/* What the text is part of. All functions but `tell` may be NULL: then there is nothing of the kind. */
typedef struct {
	gpointer user;
	const RnDumpSite *wiki;
	const char *title;                  /* of the page */
	const RnValue *map;                 /* templates, interwiki, pictures: see generator/import/README.md; NULL: none */
	const char *(*template) (gpointer user, const char *name);                           /* the wikitext of a template; NULL: unknown */
	char       *(*address) (gpointer user, const char *title, const char *fragment);     /* of a page of the wiki; NULL: unknown. Freed by the caller */
	void        (*category) (gpointer user, const char *name);
	void        (*field) (gpointer user, const char *name, const char *value);           /* "title" from DISPLAYTITLE; others from templates that the map knows */
	void        (*file) (gpointer user, const char *name);                               /* a picture or an attachment that goes to media/ */
	void        (*tell) (gpointer user, gboolean lost, const char *what);
} RnWikiHooks;

/* The Markdown of TEXT (valid UTF-8), ending in a newline unless it is empty. Free it. */
char *rn_wikitext_markdown (const RnWikiHooks *hooks, const char *text);

/* NAME of a file as it stands in media/: '_' for spaces, nothing that a path cannot hold. Free it. */
char *rn_wikitext_file (const char *name);

#endif
