/* table-int.h - a table while it is set: its cells in rows and columns, and how wide each column will be. */
#ifndef RN_PRINT_TABLE_INT_H
#define RN_PRINT_TABLE_INT_H

#include "print/blocks-int.h"
#include "print/paragraph-int.h"

/* How a table looks. by_row: its first column heads the rows, in the style `head`; else its head rows do. */
typedef struct { const RnTextStyle *head, *body; gboolean by_row; } RnTableLook;

/* As rn_set_table, with a look of its own. */
void rn_set_table_as (RnBlocks *blocks, const RnNode *table, const RnTableLook *look);

#define RN_TABLE_COLUMNS 40      /* beyond it nothing fits beside anything: set record by record */
#define RN_TABLE_ALIGNS 4

typedef struct {
	RnBlocks *blocks;
	const RnTableLook *look;
	const RnNode *node;
	guint n_rows, n_columns;
	const RnNode **rows;
	const RnNode **cells;         /* n_rows x n_columns; NULL: there is none */
	RnParagraph **paragraphs;     /* of cells of inlines, made and not yet set; NULL: none */
	RnTag **tags;                 /* of cells */
	RnTextStyle styles[2][RN_TABLE_ALIGNS];  /* body, head; by RnAlign */
	RnLength padding;
	guint percent;                /* of the look's size */
	RnLength *words, *most;       /* of each column's text: its longest word, its longest line */
	RnLength *widths, *xs;        /* as chosen: text, without padding */
} RnTable;

/* Has CELL blocks in it (raw HTML's), not inlines alone? */
gboolean rn_table_has_blocks (const RnNode *cell);
const RnTextStyle *rn_table_style (const RnTable *table, const RnNode *row, guint column, const RnNode *cell);
const RnNode *rn_table_cell (const RnTable *table, guint row, guint column);

/* table_width.c: makes the cells' paragraphs, chooses a size and the widths. FALSE: it does not fit at any size; what its cells called is forgotten. */
gboolean rn_table_choose (RnTable *table);
/* table_record.c: row by row, a list of "head: cell" each. */
void rn_table_records (RnBlocks *blocks, const RnNode *table, const RnTableLook *look);

#endif
