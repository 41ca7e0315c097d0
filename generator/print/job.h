/*
 * job.h - the job ticket: what a print shop must know to make it, as JSON and as a printed page.
 */
#ifndef RN_PRINT_JOB_H
#define RN_PRINT_JOB_H

#include "print/impose.h"

typedef struct { const char *name; const GString *bytes; char sha256[65]; } RnJobFile;   /* sha256: "" is worked out where it is needed */

/* Works out sha256, once for both forms of the ticket. */
void    rn_job_hash (RnJobFile *file);

/*
 * A JSON object, its keys sorted, lengths in millimetres; what is not known is null. Free it.
 *
 *   product kind title language edition date      which it is; date: of the edition
 *   copies pages blanks trim bleed colours         blanks: those among the pages
 *   paper paper_thickness cover_paper
 *   sheet sheets up run                            paper to print on; sheets for `up` copies, and for all
 *   binding folding signatures folds creep         folds: from the left edge of the face
 *   profile standard condition
 *   files: [{name bytes sha256}]
 */
char   *rn_job_json (const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n);

/* The same as a book of one A4 side, in the product's faces and LANGUAGE's words, with JSON's keys, the shop's own terms, beside them. */
RnBook *rn_job_book (const RnSite *site, const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n, RnDiagnostics *sink);

#endif
