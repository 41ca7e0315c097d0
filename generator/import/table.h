/*
 * table.h - a CSV file in, rows of cells out.
 *
 * Encoding (UTF-8 with or without a mark, UTF-16, else Windows-1251) and separator (, ; or a tab) are found out. A quoted cell may hold separators,
 * lines and quotes that stand twice.
 */
#ifndef RN_IMPORT_TABLE_H
#define RN_IMPORT_TABLE_H

#include <glib.h>

typedef struct {
	GPtrArray *rows;         /* GPtrArray of char *: cells without blanks at their ends; the first row is the head */
	const char *converted;   /* the encoding that it was in; NULL: UTF-8 */
	guint open_row;          /* a quote begins in this row (from 1) and does not end; 0: none */
} RnCsv;

RnCsv    *rn_csv_read (const char *path, GError **error);
RnCsv    *rn_csv_parse (const char *bytes, gsize len, GError **error);
void        rn_csv_free (RnCsv *table);

/* Cell COLUMN of row ROW, both from 0; "" where there is none. */
const char *rn_csv_cell (const RnCsv *table, guint row, guint column);
/* The column whose head is NAME, without regard to case; -1. */
gint        rn_csv_column (const RnCsv *table, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnCsv, rn_csv_free)

#endif
