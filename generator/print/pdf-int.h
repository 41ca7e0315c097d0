/*
 * pdf-int.h - what the parts of the PDF writer share.
 *
 *   pdf_objects.c   numbered objects into a file: bodies, streams, object streams, cross references, strings, numbers
 *   pdf_font.c      which glyphs stand for what, and the fonts made of them
 *   pdf_outline.c   the same glyphs as paths, for shops that forbid fonts
 *   pdf_page.c      marks -> content streams
 *   pdf_tags.c      the structure tree, gathered while marks are painted
 *   pdf_link.c      link annotations
 *   pdf_picture.c   rasters
 *   pdf_meta.c      what a file says of itself: Info, XMP, outline, page labels, output intents
 *   pdf_icc.c       the grey profile of archive files
 *   pdf_sheet.c     sides on imposed sheets
 *   pdf.c           the three kinds of file
 *
 * Nothing here knows a double: lengths are RnLength, written as points from whole thousandths.
 */
#ifndef RN_PRINT_PDF_INT_H
#define RN_PRINT_PDF_INT_H

#include "print/pdf.h"

#include <libdeflate.h>

typedef struct libdeflate_compressor RnDeflate;   /* one serves all streams of a book */

/* --- pdf_objects.c ------------------------------------------------------------------------------------------------------- */

/* Bytes that all files of a book share: compressed once, written as often as wanted. */
typedef struct { char *data; gsize len; } RnPdfBytes;

typedef struct {
	GString *out;
	GArray  *places;          /* where each object is: by number, of RnPdfObject */
	gboolean packed;          /* 1.7: objects in object streams, cross references in a stream */
	GString *pack, *pack_index;
	guint    pack_number, pack_count;
	RnDeflate *deflate;
} RnPdfFile;

void     rn_pdf_file_begin (RnPdfFile *file, GString *out, gboolean packed, RnDeflate *deflate);
/* Ends the file: cross references and trailer. Frees what FILE holds, but for out. info: 0 for none. */
void     rn_pdf_file_end (RnPdfFile *file, guint catalog, guint info);

/* A number for an object that is written later. */
guint    rn_pdf_reserve (RnPdfFile *file);
/* The body of object NUMBER goes to what this returns, until rn_pdf_end. One at a time. */
GString *rn_pdf_begin (RnPdfFile *file, guint number);
void     rn_pdf_end (RnPdfFile *file);
/* A stream; KEYS are its dictionary's, without Length. */
void     rn_pdf_stream (RnPdfFile *file, guint number, const char *keys, const char *data, gsize len);
/* A stream of what is compressed already; its Filter is added. */
void     rn_pdf_stream_deflated (RnPdfFile *file, guint number, const char *keys, const RnPdfBytes *bytes);

/* As it is: metadata that others must read without unpacking it. */
void     rn_pdf_stream_raw (RnPdfFile *file, guint number, const char *keys, const char *data, gsize len);

void     rn_pdf_deflate (RnDeflate *deflate, const char *data, gsize len, RnPdfBytes *bytes);
void     rn_pdf_bytes_clear (RnPdfBytes *bytes);

void     rn_pdf_int (GString *out, gint64 value);
void     rn_pdf_length (GString *out, RnLength value);          /* thousandths as points: "12.5", "-.002" */
void     rn_pdf_reference (GString *out, guint number);         /* " 12 0 R" */
void     rn_pdf_box (GString *out, RnLength left, RnLength bottom, RnLength right, RnLength top);  /* "[0 0 420 595]" */
void     rn_pdf_text (GString *out, const char *utf8);          /* "(...)": ASCII as it is, else UTF-16 */
void     rn_pdf_literal (GString *out, const char *bytes, gsize len);

/* --- pdf_font.c ---------------------------------------------------------------------------------------------------------- */

/* One CID: a glyph and the text that it stands for. */
typedef struct {
	const char *text;
	guint16 glyph, cid;
	guint16 next;             /* the next pair of the same glyph: its index + 1; 0: none */
	guint8  len;
	gint32  width;            /* thousandths of an em */
	guint16 subset_glyph;
	guint   form;             /* pdf_outline.c: its object in the file being written; 0: nothing to see */
} RnPdfPair;

typedef struct {
	const RnFace *face;
	guint    number;          /* of its resource: /F3 */
	guint    n_glyphs;
	guint16 *first;           /* by glyph: the index + 1 of its first pair; 0: none */
	GArray  *pairs;           /* RnPdfPair, in the order of first use */
	guint16  last_cid;
	char     name[128];       /* ABCDEF+PTSerif-Regular */
	gsize    program_len;     /* before compression */
	RnPdfBytes program, to_gid, to_unicode, cid_set;
} RnPdfFace;

void       rn_pdf_faces_note (RnPdf *pdf, const RnMark *mark);           /* a text mark's glyphs */
gboolean   rn_pdf_faces_subset (RnPdf *pdf, GError **error);
void       rn_pdf_faces_free (RnPdf *pdf);
RnPdfPair *rn_pdf_pair (const RnPdfFace *face, const RnGlyph *glyph);    /* NULL: never noted */
/* Writes all fonts and appends their names and references to FONTS. */
void       rn_pdf_faces_write (RnPdf *pdf, RnPdfFile *file, gboolean cid_set, GString *fonts);

/* --- pdf_outline.c ------------------------------------------------------------------------------------------------------- */

/* Writes each glyph as a form of one em and appends their names and references to FORMS. */
void       rn_pdf_outlines_write (RnPdf *pdf, RnPdfFile *file, GString *forms);
/* A text mark as glyph forms: their names are G<face>_<cid>. */
void       rn_pdf_outlines_show (const RnPdfFace *face, const RnMark *mark, RnLength x, RnLength y, GString *out);

/* --- pdf_tags.c ---------------------------------------------------------------------------------------------------------- */

typedef struct RnPdfElement RnPdfElement;
typedef struct RnPdfTags RnPdfTags;

RnPdfTags    *rn_pdf_tags_new (RnPdf *pdf, RnPdfFile *file, guint first_page);
void          rn_pdf_tags_free (RnPdfTags *tags);
/* The element of TAG, put among its siblings if it is new. TARGET: the Link that it is or lies in, made where there is none. */
RnPdfElement *rn_pdf_tags_get (RnPdfTags *tags, const RnTag *tag, const RnTarget *target);
/* A new marked-content sequence of ELEMENT on side SIDE; its number there. */
guint         rn_pdf_tags_sequence (RnPdfTags *tags, RnPdfElement *element, guint side);
const char   *rn_pdf_tags_type (const RnPdfElement *element);
gboolean      rn_pdf_tags_in_figure (const RnPdfElement *element);
/* ELEMENT lies in a figure, which covers this box (PDF's coordinates) of side SIDE too. */
void          rn_pdf_tags_cover (RnPdfElement *element, guint side, RnLength left, RnLength bottom, RnLength right, RnLength top);
/* The annotation OBJECT belongs to ELEMENT; its StructParent. */
guint         rn_pdf_tags_annotation (RnPdfTags *tags, RnPdfElement *element, guint object, guint side);
/* Writes the tree; returns the StructTreeRoot. */
guint         rn_pdf_tags_write (RnPdfTags *tags);

/* --- pdf_page.c ---------------------------------------------------------------------------------------------------------- */

typedef enum { RN_PDF_TAGGED, RN_PDF_PLAIN, RN_PDF_OUTLINED } RnPdfLook;

/* The content of side SIDE, its origin the trim's lower left corner, to OUT; not tagged. */
void     rn_pdf_paint_side (RnPdf *pdf, guint side, RnPdfLook look, GString *out);
/* The same of one turn, tagged: turns are painted in the order in which they are read. */
void     rn_pdf_paint_turn (RnPdf *pdf, const RnTurn *turn, RnPdfTags *tags, GString *out);
/* Loose marks on a sheet HEIGHT high. */
void     rn_pdf_paint_marks (RnPdf *pdf, const RnMark *marks, guint n, RnLength height, RnPdfLook look, GString *out);
/* The box of a mark, as links and figures want it, in its piece's coordinates. */
void     rn_pdf_mark_box (const RnMark *mark, RnLength *left, RnLength *top, RnLength *right, RnLength *bottom);

/* --- pdf_link.c ---------------------------------------------------------------------------------------------------------- */

/* Writes side SIDE's link annotations; appends the references to ANNOTATIONS. tags: NULL for an untagged file, whose links are printed ones (F 4). */
void     rn_pdf_links_write (RnPdf *pdf, RnPdfFile *file, RnPdfTags *tags, guint side, guint first_page, GString *annotations);
/* Is there anything at the other end? */
gboolean rn_pdf_leads (const RnPdf *pdf, const RnTarget *target);
/* "[12 0 R/XYZ 10 500 null]" */
void     rn_pdf_destination (const RnPdf *pdf, GString *out, const RnPlaceInBook *place, guint first_page);

/* --- pdf_picture.c ------------------------------------------------------------------------------------------------------- */

void     rn_pdf_pictures_note (RnPdf *pdf, const RnMark *mark);
/* Writes all rasters and appends their names and references to FORMS. */
void     rn_pdf_pictures_write (RnPdf *pdf, RnPdfFile *file, GString *forms);
void     rn_pdf_pictures_free (RnPdf *pdf);

/* --- pdf_meta.c ---------------------------------------------------------------------------------------------------------- */

guint    rn_pdf_info_write (const RnPdf *pdf, RnPdfFile *file, const RnPrintProfile *profile);
guint    rn_pdf_xmp_write (const RnPdf *pdf, RnPdfFile *file, RnPdfKind kind);
guint    rn_pdf_outline_write (const RnPdf *pdf, RnPdfFile *file, guint first_page);
guint    rn_pdf_labels_write (const RnPdf *pdf, RnPdfFile *file);
/* The value of OutputIntents. */
void     rn_pdf_intent_x (GString *out, const RnPrintProfile *profile);

/* --- pdf_icc.c ----------------------------------------------------------------------------------------------------------- */

guint    rn_pdf_grey_profile_write (RnPdfFile *file);

/* --- pdf_sheet.c --------------------------------------------------------------------------------------------------------- */

/* What pages of one file share. */
typedef struct {
	RnPdfFile *file;
	RnPdfLook  look;
	guint      tree;          /* the page tree's object */
	guint      first;         /* the first page's object: they follow one another */
} RnPdfPages;

/* A page a sheet face. */
void     rn_pdf_sheets_write (RnPdf *pdf, const RnPdfPages *pages, const RnImposition *imposition);

/* --- pdf.c --------------------------------------------------------------------------------------------------------------- */

struct RnPdf {
	const RnBook *book;
	RnArena      *arena;
	RnDeflate    *deflate;
	GPtrArray    *faces;            /* RnPdfFace *, in the order of first use */
	GPtrArray    *by_face;          /* the same by RnFace.number; NULL: not used */
	GPtrArray    *pictures;         /* RnPicture * by number; NULL: not painted */
	RnPdfBytes   *rasters;          /* compressed, by number */
	gboolean     *predicted;
	GArray       *reading;          /* RnTurn: the book as it is read */
	guint        *first_placed;     /* by side: the index of its first RnPlaced in `again` */
	guint8       *again;            /* by placed piece: it stood earlier, and is an artifact now */
	RnPdfBytes   *plain, *outlined; /* content streams by side, made when first wanted */
	GString      *scratch;
};

/* The content of side SIDE for paper, made once for all files. */
const RnPdfBytes *rn_pdf_content (RnPdf *pdf, guint side, RnPdfLook look);
/* "0 0 10 20 re W n" */
void     rn_pdf_put_clip (GString *out, RnLength x, RnLength y, RnLength width, RnLength height);

#endif
