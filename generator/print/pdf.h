/*
 * pdf.h - a book, or its imposed sheets, as a PDF file: written here, so that black is K alone, tags are whole and bytes are the same each time.
 *
 * One RnPdf serves all files of a book: which glyphs are used, font subsets, CIDs and pictures are settled once. A CID is one (glyph, text) pair, so that every glyph
 * has its own ToUnicode and a hyphen at a line's end can be told from one in a word.
 *
 *   SCREEN    1.7, object streams, tagged (ISO 14289's rules), links, outline, page labels, XMP; pages are the trim alone
 *   PRINT     1.4, PDF/X-1a:2003 as the profile says: `g` alone, boxes, no annotation, OutputIntent named; single pages with bleed, or imposed sheets
 *   ARCHIVE   1.4, PDF/A-1b with a grey ICC profile as OutputIntent, links and outline, untagged
 */
#ifndef RN_PRINT_PDF_H
#define RN_PRINT_PDF_H

#include "print/impose.h"
#include "print/picture.h"

#define RN_PDF_ERROR (rn_pdf_error_quark ())
GQuark rn_pdf_error_quark (void);
typedef enum { RN_PDF_ERROR_FONT } RnPdfError;

typedef enum { RN_PDF_SCREEN, RN_PDF_PRINT, RN_PDF_ARCHIVE } RnPdfKind;

typedef struct RnPdf RnPdf;

/*
 * BOOK (settled) and IMPOSITION (NULL: none; its slug's glyphs go into the subsets) are borrowed and must not change any more. NULL with ERROR: a font
 * that cannot be subset: broken, or without TrueType outlines.
 */
RnPdf   *rn_pdf_new (const RnBook *book, const RnImposition *imposition, GError **error);
void     rn_pdf_free (RnPdf *pdf);

/*
 * The whole file into OUT (emptied first). profile: for PRINT, and no other. imposition: NULL for single pages, else that of rn_pdf_new, for PRINT. What
 * cannot be written is nothing that could be told: there is no such thing once rn_pdf_new is through.
 */
void     rn_pdf_write (RnPdf *pdf, RnPdfKind kind, const RnPrintProfile *profile, const RnImposition *imposition, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPdf, rn_pdf_free)

#endif
