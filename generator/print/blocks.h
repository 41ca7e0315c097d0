/*
 * blocks.h - a document's blocks -> galley, by a table of one function a node type; what an inline is, paragraph.h knows.
 */
#ifndef RN_PRINT_BLOCKS_H
#define RN_PRINT_BLOCKS_H

#include "print/paragraph.h"

typedef struct {
	RnSetter *setter;
	RnGalley *galley;
	RnLength  x, measure;           /* the block's left edge in the galley, and its width */
	RnLength  column_height;        /* the highest thing that a column holds: pictures are scaled to it */
	RnTag    *parent;
	const RnTextStyle *body;        /* the style of plain paragraphs here: BODY, CALLOUT, QUOTE, TABLE ... */
	gint      heading_shift;        /* added to a heading's level */
	guint     list_depth;
	const RnNode *footnotes;        /* the document's first FOOTNOTE, or NULL */
	gboolean  bare;                 /* paragraphs have no tag of their own, their text is the parent's: in cells and tight lists */
	const RnValue *fields;          /* facts show these fields alone, by name; NULL: all */
} RnBlocks;

/* All of NODE's children, or one block. */
void rn_set_children (RnBlocks *blocks, const RnNode *node);
void rn_set_block (RnBlocks *blocks, const RnNode *block);

/* A whole document (NULL: none): its blocks, with footnotes at hand for the references. */
void rn_set_document (RnBlocks *blocks, const RnDocument *document);
/* For RnBlocks.footnotes. NULL: it has none. */
const RnNode *rn_first_footnote (const RnDocument *document);

/* --- the parts, each in a file of its own ------------------------------------------------------------------------------- */

/*
 * table.c: column widths that fit the text (CSS's automatic table layout: between the narrowest and the widest of each column), text hyphenated in narrow ones; a table
 * too wide at its size is set smaller (down to 80 %), then record by record (each row as a list of "head: cell"), told as table-stacked (hint). The head is repeated over columns; rows stay whole unless higher than half a column.
 */
void rn_set_table (RnBlocks *blocks, const RnNode *table);
/* figure.c: a FIGURE, or a paragraph that is one picture. Missing, broken, coarse: told with the page's line, its alt text stands in its place. */
void rn_set_figure (RnBlocks *blocks, const RnNode *figure);
/* html_block.c: sanitised HTML (from plugins and authors) -> nodes -> blocks; an <svg> as a figure. */
void rn_set_html (RnBlocks *blocks, const RnNode *html);
/* facts.c: the page's declared fields as a table of labels and values in the language's forms; withheld ones never (the library has left them out). */
void rn_set_facts (RnBlocks *blocks, const RnPage *page);

/* A picture of WIDTH at most, from a file of the site (address as in document.h) or SVG text; FALSE: it cannot be had, told. Marks from (0, 0) with TAG. */
gboolean rn_figure_marks (RnSetter *setter, const char *address, const char *svg, gsize svg_len, guint32 line, RnLength max_width, RnLength max_height,
                          RnTag *tag, GArray *marks, RnLength *width, RnLength *height);

#endif
