/*
 * tag.h - what a mark on paper is, for those who hear a file instead of seeing it: the structure tree of a tagged PDF (ISO 32000-1, 14.8).
 *
 * Tags are made while text is set. A tag's place among its siblings is where its first mark is painted, and paint follows the order of reading, so nobody keeps an order here;
 * a tag whose marks are never painted does not appear. Marks without a tag are artifacts (folios, rules, tints).
 */
#ifndef RN_PRINT_TAG_H
#define RN_PRINT_TAG_H

#include "base/arena.h"

typedef enum {
	RN_ROLE_DOCUMENT, RN_ROLE_PART, RN_ROLE_SECT, RN_ROLE_DIV, RN_ROLE_H1, RN_ROLE_H2, RN_ROLE_H3, RN_ROLE_H4, RN_ROLE_H5, RN_ROLE_H6,
	RN_ROLE_P, RN_ROLE_LIST, RN_ROLE_ITEM, RN_ROLE_LABEL, RN_ROLE_ITEM_BODY, RN_ROLE_TABLE, RN_ROLE_ROW, RN_ROLE_HEADER_CELL, RN_ROLE_CELL,
	RN_ROLE_FIGURE, RN_ROLE_CAPTION, RN_ROLE_NOTE, RN_ROLE_REFERENCE, RN_ROLE_LINK, RN_ROLE_SPAN, RN_ROLE_CODE, RN_ROLE_QUOTE,
	RN_ROLE_CONTENTS, RN_ROLE_CONTENTS_ITEM, RN_ROLE_INDEX, RN_ROLES,
} RnRole;

typedef struct RnTag RnTag;
struct RnTag {
	guint8      role;
	gboolean    by_row;      /* HEADER_CELL: heads a row, not a column */
	gboolean    ordered;     /* LIST: numbered */
	guint       number;      /* from 0, in the order of making: an index for side tables */
	RnTag      *parent;      /* NULL: the document */
	const char *language;    /* NULL: the parent's */
	const char *alt;         /* FIGURE, LINK: what stands for it in words; NULL */
	const char *title;       /* SECT: its heading; NULL */
};

typedef struct { RnArena *arena; guint n; } RnTags;   /* all tags of one book */

RnTag *rn_tag_new (RnTags *tags, RnTag *parent, RnRole role);

#endif
