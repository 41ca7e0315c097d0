/*
 * print.h - the room's face: a frozen library -> print/<product>.<lang>.{screen,print,imposed,archive}.pdf, .job.json and .job.pdf.
 *
 * A job is one book: a product in one language (or in several together). Jobs are independent and may run in different threads, each by one.
 */
#ifndef RN_PRINT_PRINT_H
#define RN_PRINT_PRINT_H

#include "print/compose.h"

typedef struct RnPrint RnPrint;

/* names: as rn_products_new. */
RnPrint *rn_print_new (const RnLibrary *library, const char *const *names, RnDiagnostics *sink);
void     rn_print_free (RnPrint *print);
guint    rn_print_jobs (const RnPrint *print);

typedef gboolean (*RnPrintPut) (gpointer user, const char *path, const char *data, gsize len, GError **error);

/* Makes job I: its files go to PUT by name ("booklet.tg.print.pdf"). What is wrong is told and the job left out; FALSE: what cannot go on (the disk). sides (may be NULL): added to. */
gboolean rn_print_make (RnPrint *print, guint i, RnPrintParse parse, gpointer parse_user, RnPrintPut put, gpointer put_user, RnDiagnostics *sink, guint *sides, GError **error);

#endif
