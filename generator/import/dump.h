/*
 * dump.h - a MediaWiki export (export-0.10, 0.11; .xml or .xml.gz) in, its pages out one after another, each with its newest revision.
 *
 * It is read as a stream: what is held at once is one revision and the newest of its page.
 */
#ifndef RN_IMPORT_DUMP_H
#define RN_IMPORT_DUMP_H

#include <glib.h>

enum { RN_WIKI_MAIN = 0, RN_WIKI_FILE = 6, RN_WIKI_TEMPLATE = 10, RN_WIKI_CATEGORY = 14, RN_WIKI_MEDIA = -2, RN_WIKI_UNKNOWN = -1000 };

/* What <siteinfo> says. The names of namespaces are the wiki's own; the canonical ones of the kinds above hold beside them. */
typedef struct {
	char *name, *base;         /* base: the address of its main page; may be NULL, as name */
	gboolean exact;            /* titles' first letters count (case-sensitive) */
	GHashTable *by_number;     /* number -> name */
	GHashTable *by_name;       /* lower-case name -> number, as pointer */
} RnDumpSite;

RnDumpSite *rn_dump_site_new (void);
void        rn_dump_site_free (RnDumpSite *site);

/* The namespace that TITLE begins with, and *rest behind its colon; MAIN and all of it without one. */
gint        rn_dump_namespace (const RnDumpSite *site, const char *title, const char **rest);

/* TITLE as the wiki has it: '_' as spaces, no blanks at the ends or two in a row, the first letter a capital, the namespace by its own name. Free it. */
char       *rn_dump_title (const RnDumpSite *site, const char *title, gssize len);

/* All texts borrowed for the call; NULL: the dump does not say. */
typedef struct {
	gint  ns;
	const char *title, *redirect, *id, *revision, *time, *author, *model, *text;
} RnDumpPage;

/* FALSE with an error stops the reading. */
typedef gboolean (*RnDumpEach) (const RnDumpPage *page, gpointer user, GError **error);

/* Reads the dump at PATH; SITE is filled before the first page. */
gboolean    rn_dump_read (const char *path, RnDumpSite *site, RnDumpEach each, gpointer user, GError **error);

#endif
