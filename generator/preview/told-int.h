/* told-int.h - what was told at one moment, with the lines that it is about: diagnostics that outlive their sink and do not change. */
#ifndef RN_PREVIEW_TOLD_INT_H
#define RN_PREVIEW_TOLD_INT_H

#include "base/diagnostic.h"

/* where.file NULL: the site as a whole. line, caret: the source line cut to a window, and white space before '^'; NULL: none. */
typedef struct { char *name, *message, *remedy, *line, *caret; RnSeverity severity; RnPlace where; } RnToldOne;

typedef struct {
	gint references;
	guint n, count[RN_ERROR + 1];    /* n: of items, which are RN_TOLD_MAX at most; count: of all, by severity */
	RnToldOne *items;                /* by place */
} RnTold;

#define RN_TOLD_MAX 2000

/* A snapshot of SINK (NULL: of nothing). failure: what could not go on, as an error of its own; NULL: none. dir, share: where files are. */
RnTold *rn_told_new (RnDiagnostics *sink, const GError *failure, const char *dir, const char *share);
/* Those of TOLD that are about FILE. */
RnTold *rn_told_part (const RnTold *told, const char *file);
/* NULL is allowed. */
RnTold *rn_told_ref (RnTold *told);
void    rn_told_unref (RnTold *told);

/* How many of SEVERITY are about FILE; told NULL: none. */
guint   rn_told_count (const RnTold *told, RnSeverity severity, const char *file);
/* One as HTML, appended: place, severity, message, line and caret, what to do. editor, dir: see rn_told_link; words: "error", "warning", "hint". */
void    rn_told_html (const RnToldOne *one, const char *editor, const char *dir, const char *const *words, GString *out);
/* The place as a link into the editor by the template EDITOR ({file}, {line}, {col}), or, NULL, as a path to copy. Appended. */
void    rn_told_link (RnPlace where, const char *editor, const char *dir, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTold, rn_told_unref)

#endif
