/*
 * page.h - a page on its way into the content: fields and a text in, one file out, whole or not at all.
 *
 * `imported` in the front matter keeps where the page came from, its key there, and a mark of each value as it was brought. By
 * these marks a later run of the same source knows what an editor wrote since: that stays.
 */
#ifndef RN_IMPORT_PAGE_H
#define RN_IMPORT_PAGE_H

#include "import/import.h"

typedef struct {
	char *type, *slug, *language;
	char *where;             /* for what is told of it */
	char *from, *key;        /* the source, and its name there; key NULL: it is never brought up to date */
	char *by;                /* who wrote it there; NULL: not known */
	GPtrArray *names;        /* char *, in the order in which they are written */
	GPtrArray *values;       /* char *: YAML on one line */
	GString *body;           /* Markdown */
} RnImportPage;

RnImportPage *rn_import_page_new (const char *where);
void          rn_import_page_free (RnImportPage *page);

/* Sets field NAME; a former value is replaced. VALUE is copied as YAML. */
void rn_import_page_text (RnImportPage *page, const char *name, const char *text);
void rn_import_page_value (RnImportPage *page, const char *name, const RnValue *value);
/* YAML as it is. */
void rn_import_page_yaml (RnImportPage *page, const char *name, const char *yaml);
/* Appends TEXT to the list NAME, unless it is there. */
void rn_import_page_append (RnImportPage *page, const char *name, const char *text);
const char *rn_import_page_get (const RnImportPage *page, const char *name);

/*
 * Writes the page to content/<type>/<slug>.<language>.md. A file that is there stays, unless the run has force, or the file came from the
 * same source under the same key: then what changed there is changed here, where no editor did. FALSE with an error: the disk refused.
 */
gboolean rn_import_put (RnImport *import, RnImportPage *page, GError **error);

/* The page's file, from the site's folder. Free it. */
char *rn_import_page_path (const RnImport *import, const RnImportPage *page);

/* A slug that a file's name can hold, of TEXT in LANGUAGE (NULL: the site's first). Free it. */
char *rn_import_slug (const RnImport *import, const char *text, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnImportPage, rn_import_page_free)

#endif
