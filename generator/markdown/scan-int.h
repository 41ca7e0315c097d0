/*
 * scan-int.h - one look over a body before cmark sees it: where its lines begin, what marks occur in it, how deep it nests.
 *
 * The marks decide which of cmark's extensions a body needs (a parse without them is faster and the same); depth and
 * width are held against limits here, because cmark's time grows with their square.
 */
#ifndef RN_MARKDOWN_SCAN_INT_H
#define RN_MARKDOWN_SCAN_INT_H

#include <glib.h>

#define RN_MAX_DEPTH 100   /* lists and quotes in one another */
#define RN_MAX_CELLS 200   /* columns of a table */

typedef struct {
	const char *text;
	gsize    len;
	guint32 *lines;         /* offset of each line, and one past the last */
	guint32  n_lines, room;
	gboolean table, tilde, autolink, tasks, footnotes, definitions, abbreviations, ids, returns; /* may occur */
	guint32  marks;         /* how many there are of those that cmark can take long over */
} RnScan;

typedef enum { RN_SCAN_FINE, RN_SCAN_DEEP, RN_SCAN_DENSE } RnScanResult;

/* line: the line (from 0) where a limit is passed. */
RnScanResult rn_scan (RnScan *scan, const char *text, gsize len, guint32 *line);
void         rn_scan_clear (RnScan *scan);

/* The bytes of line INDEX (from 0) without its line end. */
const char  *rn_scan_line (const RnScan *scan, guint32 index, gsize *len);

#endif
