/*
 * document.h - one body as a tree, from which every output is made: HTML, plain text, tokens, booklets.
 *
 * The tree lives in an arena and is read-only once parsed. Inline text is already set by the language's typography;
 * links are already resolved; raw HTML is already sanitised. Nodes are a closed set (RnNodeType), so that an output is
 * a table of one small function a type.
 *
 * A FIGURE holds its IMAGE or DRAWING and after it the caption's inlines, if any. A GROUP is what a plugin's block became and has no markup of its
 * own; a WEB is what a block adds on the web alone: other outputs pass it over. The FOOTNOTEs stand last in the document, by number.
 */
#ifndef RN_MARKDOWN_DOCUMENT_H
#define RN_MARKDOWN_DOCUMENT_H

#include "model/link.h"

typedef enum {
	/* blocks */
	RN_NODE_DOCUMENT, RN_NODE_PARAGRAPH, RN_NODE_HEADING, RN_NODE_LIST, RN_NODE_ITEM, RN_NODE_QUOTE, RN_NODE_CALLOUT, RN_NODE_CODE_BLOCK,
	RN_NODE_HTML_BLOCK, RN_NODE_RULE, RN_NODE_TABLE, RN_NODE_ROW, RN_NODE_CELL, RN_NODE_FIGURE, RN_NODE_FOOTNOTE, RN_NODE_GROUP, RN_NODE_WEB,
	/* inlines */
	RN_NODE_TEXT, RN_NODE_SOFT_BREAK, RN_NODE_LINE_BREAK, RN_NODE_CODE, RN_NODE_EMPHASIS, RN_NODE_STRONG, RN_NODE_STRIKE, RN_NODE_LINK,
	RN_NODE_IMAGE, RN_NODE_DRAWING, RN_NODE_HTML, RN_NODE_FOOTNOTE_REFERENCE, RN_NODE_ABBREVIATION,
	RN_NODE_TYPES,
} RnNodeType;

typedef struct RnNode RnNode;
struct RnNode {
	guint8   type;
	guint8   level;            /* HEADING: 1-6; LIST: see below; CELL: 'l' 'c' 'r' or 0 */
	guint8   flags;            /* RN_NODE_F_* */
	guint32  line, col;        /* in the page's file; col 0: not known (TEXT has its line alone) */
	RnNode  *first, *next;     /* children, sibling */
	const char *text;          /* TEXT, CODE, CODE_BLOCK, HTML*, WEB: literal; LINK, IMAGE: see below; CALLOUT: "note" "tip" ...; NUL-terminated.
	                              DRAWING: its <svg>, which names itself and whose ids are no other's in the document; ROW: data- attributes for
	                              scripts on the web, as they stand in a tag (" data-city=\"…\""), or NULL */
	guint32  len;              /* bytes of text; FOOTNOTE: references to it that stand before the document, where that is a piece of another (pieces.h) */
	guint32  number;           /* LIST: start; FOOTNOTE, FOOTNOTE_REFERENCE: number */
	guint32  number2;          /* FOOTNOTE: how many references lead to it, the last of those in the document; a reference: which of them it is, from 1 */
	const char *extra;         /* HEADING, FOOTNOTE: anchor; CODE_BLOCK: info string; LINK, IMAGE: title; ABBREVIATION: its meaning; CALLOUT: own title or NULL;
	                              DRAWING: what it shows, in words */
	const RnPage *page;        /* LINK: where it leads, NULL if not to a page */
};

/*
 * A LINK's and an IMAGE's text: with RN_NODE_F_EXTERNAL the address as written; of a page or a file of the site its site-absolute
 * address, decoded, but for the #fragment, which is encoded ("/tg/faq/patent/#fees"); "#fees" for a place in the same page.
 */

enum {
	RN_NODE_F_ORDERED = 1, RN_NODE_F_TIGHT = 2, RN_NODE_F_PAREN = 4,         /* LIST */
	RN_NODE_F_TASK = 8, RN_NODE_F_DONE = 16,                                   /* ITEM */
	RN_NODE_F_HEADER = 32,                                                      /* ROW, CELL */
	RN_NODE_F_EXTERNAL = 64, RN_NODE_F_GONE = 128,                             /* LINK: out of the site; leads to nothing (text stands, told) */
};

typedef struct { const char *anchor, *text; guint8 level; guint32 line; } RnAnchor;           /* headings in order; text is plain */
typedef struct { const RnPage *page; const char *fragment, *address; guint32 line, col; } RnOutLink; /* to an anchor that may not exist: checked when all pages are through */

typedef struct {
	RnNode  *root;
	const RnAnchor *headings; guint n_headings;
	const char *const *anchors; guint n_anchors;       /* every id in the body: headings', footnotes', raw HTML's */
	const guint32 *anchor_lines;                       /* where each of them stands, in the file */
	const RnOutLink *links;   guint n_links;           /* links with a fragment */
	const guint *media;       guint n_media;           /* tree indices of files that the body shows or links */
	const char *const *uses;  guint n_uses;            /* assets that blocks ask for on the web ("centres/filter.js"), each once, in order */
} RnDocument;

/* The text of NODE and what is below it, as a reader hears it: blocks and cells apart by a newline, no markup. Appended. */
void rn_node_text (const RnNode *node, GString *out);

#endif
