/*
 * style.h - how each kind of text looks: faces, sizes, leading, spaces, as a product's YAML says (layouts/print/README.md).
 *
 * Every style begins as a copy of `body`; what the YAML leaves out stays. Lengths are read as points ("13.5"), millimetres ("4mm") or a share of the
 * style's own size ("0.5em").
 */
#ifndef RN_PRINT_STYLE_H
#define RN_PRINT_STYLE_H

#include "print/font.h"

/* name in YAML, constant */
#define RN_STYLE_LIST(X) \
	X (body, BODY) X (h1, H1) X (h2, H2) X (h3, H3) X (h4, H4) X (h5, H5) X (h6, H6) X (lead, LEAD) X (quote, QUOTE) X (callout, CALLOUT) X (callout_title, CALLOUT_TITLE) \
	X (notice, NOTICE) X (code, CODE) X (table, TABLE) X (table_head, TABLE_HEAD) X (caption, CAPTION) X (footnote, FOOTNOTE) X (fact_label, FACT_LABEL) X (fact, FACT) \
	X (sources, SOURCES) X (running, RUNNING) X (folio, FOLIO) X (contents, CONTENTS) X (contents_chapter, CONTENTS_CHAPTER) X (contents_minor, CONTENTS_MINOR) X (index, INDEX) X (imprint, IMPRINT) \
	X (cover_title, COVER_TITLE) X (cover_subtitle, COVER_SUBTITLE) X (cover_note, COVER_NOTE) X (hotline, HOTLINE) X (phone, PHONE)

typedef enum {
#define X(name, constant) RN_STYLE_##constant,
	RN_STYLE_LIST (X)
#undef X
	RN_STYLES
} RnStyleId;

typedef enum { RN_ALIGN_JUSTIFY, RN_ALIGN_LEFT, RN_ALIGN_CENTRE, RN_ALIGN_RIGHT } RnAlign;

typedef struct {
	const RnFace *faces[RN_FACES];   /* the family's; a face that the family lacks is its regular one */
	const RnFace *mono;              /* for code within the text */
	guint8   face;                   /* RnFaceStyle of plain text */
	RnLength size, leading;
	RnLength before, after;          /* white above and below the block; of two that meet, the larger counts */
	RnLength first_indent, left, right;
	RnLength tracking;               /* added to each glyph's advance */
	guint8   align;                  /* RnAlign */
	gboolean hyphenate, on_grid, capitals, keep_with_next;
	RnTint   tint;
	guint    shrink_percent, stretch_percent; /* of a space; default 25 and 50 */
} RnTextStyle;

#define RN_NOTICE_MARKS 3

typedef struct {
	RnTextStyle text[RN_STYLES];
	RnLength grid;                   /* body's leading; 0: no grid */
	RnLength list_indent, callout_padding, callout_bar, rule, table_padding;
	RnTint   callout_tint, table_head_tint, quote_bar_tint;
	gboolean ragged_lists;           /* items of lists are not justified: their lines are few and short */
	const char *const *bullets;      /* by depth; NULL-terminated, at least one */
	const char *marks[RN_NOTICE_MARKS];  /* at a title: not checked, translation older, check overdue */
} RnStyles;

#endif
