/*
 * print.h - the room's face: a frozen library -> print/<product>.<lang>.{screen,print,imposed,archive}.pdf, .job.json and .job.pdf.
 *
 * A job is one book: a product in one language (or in several together). Jobs are independent and may run in different threads, each by one.
 */
#ifndef RN_PRINT_PRINT_H
#define RN_PRINT_PRINT_H

#include "print/compose.h"

#define RN_PRINT_PAGE "page"   /* layouts/print/page.yaml: one page, for who looks at how it would be printed */

typedef struct RnPrint RnPrint;

/*
 * names: as rn_products_new. clock: the time that a run was told to take for its own (0: none): that of editions without a commit, which have no other.
 * LIBRARY is frozen and borrowed. Never NULL: what is wrong is told.
 */
RnPrint *rn_print_new (const RnLibrary *library, const char *const *names, gint64 clock, RnDiagnostics *sink);
/* PAGE alone, in its language, as the product RN_PRINT_PAGE shows one. No job: it is no page of the content, or the product cannot be made. */
RnPrint *rn_print_new_page (const RnLibrary *library, const RnPage *page, RnDiagnostics *sink);
void     rn_print_free (RnPrint *print);
guint    rn_print_jobs (const RnPrint *print);

/* See rn_products_folders. */
const GPtrArray *rn_print_folders (const RnPrint *print);

/* Takes a file by its name ("booklet.tg.print.pdf"); pages: how many it has, 0 for what has none. */
typedef gboolean (*RnPrintPut) (gpointer user, const char *name, const char *data, gsize len, guint pages, GError **error);

/*
 * Makes job I: its files go to PUT (NULL: it is composed and nothing is written). What is wrong is told and the job left out; FALSE: what cannot go on (the disk).
 * sides (may be NULL): its sides are added.
 */
gboolean rn_print_make (RnPrint *print, guint i, RnPrintParse parse, gpointer parse_user, RnPrintPut put, gpointer put_user, RnDiagnostics *sink, guint *sides, GError **error);

/* The product that a file of print/ is of: what stands before its first dot. Free it. */
char    *rn_print_product_of (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPrint, rn_print_free)

#endif
