/*
 * paragraph.h - inline text -> lines: spans of one look are shaped, hyphenated, broken by linebreak.h and put as pieces with their marks.
 *
 * A paragraph is built, set once (or measured, then set) and forgotten: its memory is the book's arena. A line's text is one mark a run of one font, tag
 * and target, spaces included as real glyphs with the line's width in their advance, so that words never fuse when they are taken out again.
 */
#ifndef RN_PRINT_PARAGRAPH_H
#define RN_PRINT_PARAGRAPH_H

#include "print/setter.h"

typedef struct RnParagraph RnParagraph;

/* STYLE is copied. TAG: what the text belongs to (a P, H2, CELL ...); NULL: an artifact. */
RnParagraph *rn_paragraph_new (RnSetter *setter, const RnTextStyle *style, RnTag *tag);

/* ITALIC within italics is upright again. */
enum { RN_TEXT_BOLD = 1, RN_TEXT_ITALIC = 2, RN_TEXT_MONO = 4, RN_TEXT_STRIKE = 8, RN_TEXT_RAISED = 16, RN_TEXT_LOWERED = 32, RN_TEXT_UNDERLINED = 64, RN_TEXT_MARKED = 128 };

/* What is put in from here on stands at LINE of the page's file, for messages; rn_paragraph_nodes knows its lines itself. */
void rn_paragraph_at (RnParagraph *paragraph, guint32 line);

/*
 * Text as it is (copied), with RN_TEXT_* over the style. target, tag: NULL for the paragraph's. Runs of three and more "_" become ruled blanks, but not in
 * code. In a face of fixed pitch spaces keep their width, and those that begin a line stand.
 */
void rn_paragraph_text (RnParagraph *paragraph, const char *text, gssize len, guint flags, RnTag *tag, const RnTarget *target);
/* NODE and its siblings: all inline types of document.h; links as the product wants them, footnote references with their notes. */
void rn_paragraph_nodes (RnParagraph *paragraph, const RnNode *node, guint flags);
/* The notes that references call, by number: the document's FOOTNOTE nodes. Before rn_paragraph_nodes. */
void rn_paragraph_footnotes (RnParagraph *paragraph, const RnNode *first_footnote);
/* The number of the side where ANCHOR stands. right: in a column of figures, set flush right. */
void rn_paragraph_page_number (RnParagraph *paragraph, const char *anchor, gboolean right, RnTag *tag, const RnTarget *target);
void rn_paragraph_leader (RnParagraph *paragraph);                 /* dots up to what follows, which stands at the right edge */
void rn_paragraph_break (RnParagraph *paragraph);                  /* a new line */
void rn_paragraph_box (RnParagraph *paragraph, RnLength width, const RnMark *marks, guint n); /* a drawn thing in the line: a tick box. MARKS (copied) lie from (0, 0), the point on the base line where it begins; what is above the line has y < 0 */

/* The width of the longest part that cannot be broken, and of the whole on one line. */
void rn_paragraph_widths (RnParagraph *paragraph, RnLength *narrowest, RnLength *widest);

/*
 * Sets it in lines of MEASURE less the style's indents, at X from the galley's left edge, and appends a piece a line: leading high, the base line where the leading's centre
 * puts it; the first line's space is the style's `before` (or the last block's `after`, if larger); widows and orphans of two lines kept by penalties. Tells a line
 * that is looser than three times its spaces or wider than the measure (line-loose, line-overfull): a word wider than the measure is parted between letters first.
 */
void rn_paragraph_set (RnParagraph *paragraph, RnGalley *galley, RnLength x, RnLength measure);

/* A single line of furniture, no breaking: marks at (x, base line y) of an artifact or TAG; appended to MARKS (GArray of RnMark). Returns its width. align decides what x is: left, centre or right. */
RnLength rn_line_marks (RnSetter *setter, const RnTextStyle *style, const char *text, RnTag *tag, RnAlign align, RnLength x, RnLength y, GArray *marks);

/* The style with FLAGS' face, and its font. */
const RnFont *rn_style_font (RnSetter *setter, const RnTextStyle *style, guint flags);

#endif
