/* html-int.h - sanitised HTML as nodes. */
#ifndef RN_PRINT_HTML_INT_H
#define RN_PRINT_HTML_INT_H

#include "print/setter.h"

#include <libxml/HTMLparser.h>

/* Nested deeper, elements are taken for their text alone. The sanitiser stops at the same depth. */
#define RN_HTML_DEEPEST 100

/* A tree that grows: nodes in the book's arena, as document.h describes them. */
typedef struct {
	RnSetter *setter;
	RnArena  *arena;
	guint32   line;          /* of the block in the page's file: all nodes' */
	guint     depth;
	gboolean  blank;         /* the paragraph at hand ends in a blank, or is empty: another is not wanted */
} RnHtmlReader;

RnNode *rn_html_add (RnHtmlReader *reader, RnNode ***tail, RnNodeType type);
RnNode *rn_html_add_text (RnHtmlReader *reader, RnNode ***tail, RnNodeType type, const char *text, gsize len);
/* The attribute's value in the arena; NULL: it has none. */
const char *rn_html_attribute (RnHtmlReader *reader, const xmlNode *element, const char *name);
gboolean rn_html_is (const xmlNode *node, const char *name);
/* All its text as it stands. Appended. */
void    rn_html_text (const xmlNode *element, GString *out, guint depth);

/* html_block.c: the siblings from NODE on as blocks; what is inline between them becomes paragraphs. */
void    rn_html_blocks (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail);
/* Is it an element that begins a block? */
gboolean rn_html_is_block (const xmlNode *node);

/* html_inline.c: one text or inline element. */
void    rn_html_inline (RnHtmlReader *reader, const xmlNode *node, RnNode ***tail);
/* html_table.c */
void    rn_html_nodes_table (RnHtmlReader *reader, const xmlNode *table, RnNode ***tail);

#endif
