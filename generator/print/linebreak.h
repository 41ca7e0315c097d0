/*
 * linebreak.h - total-fit line breaking: the paragraph's breaks chosen together, so that its worst line is as good as can be.
 *
 * Donald E. Knuth, Michael F. Plass: Breaking Paragraphs into Lines, Software: Practice and Experience 11 (1981). Boxes, glue and penalties
 * as there; fitness classes, flagged penalties, demerits of TeX (The TeXbook, chapter 14). Where no breaks keep within the tolerance, it is
 * raised step by step, and in the end a line may be loose (told by the caller) but never wider than the measure, save one
 * that holds a single box wider than it.
 *
 * Pure arithmetic over RnItem; it knows nothing of letters.
 */
#ifndef RN_PRINT_LINEBREAK_H
#define RN_PRINT_LINEBREAK_H

#include "print/units.h"

typedef enum { RN_ITEM_BOX, RN_ITEM_GLUE, RN_ITEM_PENALTY } RnItemKind;

typedef struct {
	guint8   kind;
	gboolean flagged;          /* PENALTY: a hyphen's; two in a row cost more */
	gint16   penalty;          /* PENALTY: -10000 forces a break, 10000 forbids it */
	RnLength width;            /* PENALTY: added if the line ends here (the hyphen) */
	RnLength stretch, shrink;  /* GLUE; stretch RN_FILL: as much as it takes, and beats all finite stretch */
} RnItem;

#define RN_FILL G_MAXINT32
#define RN_FORBID ((gint16) 10000)
#define RN_FORCE ((gint16) -10000)

typedef struct {
	/* The measure of line LINE (from 0). */
	RnLength (*width) (gpointer user, guint line);
	gpointer user;
	gboolean greedy;           /* first fit instead: for comparison alone */
} RnLineRules;

/* One line: the items [begin, end) with `end` the break (a GLUE or a PENALTY, whose width counts if it is a penalty). */
typedef struct {
	guint    begin, end;
	double   ratio;            /* of stretch (> 0) or shrink (< 0, never under -1) that fills the measure; 0 with RN_FILL in the line, or nothing to stretch */
	gboolean hyphen;           /* ends at a flagged penalty */
	gboolean overfull;         /* a single box is wider than the measure */
} RnBrokenLine;

/* Appends the lines (GArray of RnBrokenLine). ITEMS end with a forced penalty, before it the glue that fills the last line. Linear in practice, bounded by n * active breaks. */
void rn_break_lines (const RnItem *items, guint n, const RnLineRules *rules, GArray *lines);

/* What the lines of a paragraph cost in all, by the same rules, whoever broke them. */
double rn_lines_demerits (const RnItem *items, const RnLineRules *rules, const RnBrokenLine *lines, guint n);

#endif
