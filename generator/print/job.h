/*
 * job.h - the job ticket: what a print shop must know to make it, as JSON and as a printed page.
 */
#ifndef RN_PRINT_JOB_H
#define RN_PRINT_JOB_H

#include "print/impose.h"

typedef struct { const char *name; const GString *bytes; } RnJobFile;

/* JSON: product, title, language, edition, trim, pages, sheets, colours, paper, folding, binding, copies, profile, bleed, files with bytes and SHA-256. Free it. */
char   *rn_job_json (const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n);

/* The same as a book of one A4 side, in the product's faces and LANGUAGE's words, with the shop's own (English) terms beside them. */
RnBook *rn_job_book (const RnSite *site, const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n, RnDiagnostics *sink);

#endif
