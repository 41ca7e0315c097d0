/* page-int.h - what making a page's file and bringing one up to date share. */
#ifndef RN_IMPORT_PAGE_INT_H
#define RN_IMPORT_PAGE_INT_H

#include "import/page.h"

/* The mark of a value as it was brought. */
guint32  rn_import_mark (const char *text);

/* Appends the line `imported`. */
void     rn_import_write_origin (GString *out, const RnImport *import, const RnImportPage *page);

/* Writes TEXT to PATH of the site, whole or not at all; with dry_run nothing. */
gboolean rn_import_write_file (const RnImport *import, const char *path, const GString *text, GError **error);

/* Was the file with the bytes OLD made of the same source under the same key as PAGE? */
gboolean rn_import_is_of (const RnImportPage *page, const char *old, gsize len);

/* Brings such a file, PATH, up to date: what an editor wrote in it stays, and is told where the source has changed too. */
gboolean rn_import_update (RnImport *import, RnImportPage *page, const char *path, const char *old, gsize len, GError **error);

#endif
