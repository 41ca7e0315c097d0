/*
 * run-int.h - a paragraph as it is put together: runs, each of one look, one tag and one target, in order. Nothing is measured yet.
 *
 * Runs are in the book's arena, so that a paragraph costs nothing while it waits to be set.
 */
#ifndef RN_PRINT_RUN_INT_H
#define RN_PRINT_RUN_INT_H

#include "print/paragraph.h"

typedef enum {
	RN_RUN_TEXT,
	RN_RUN_NUMBER,      /* text: the anchor whose side's number it is */
	RN_RUN_LEADER,
	RN_RUN_BREAK,
	RN_RUN_BLANK,       /* width */
	RN_RUN_BOX,         /* width, marks */
	RN_RUN_NOTE,        /* calls a note, is nothing itself */
	RN_RUN_ANCHOR,      /* text: a name that leads to its line */
} RnRunKind;

/* A note that was called, by a reference or for an address. */
typedef struct RnCalled RnCalled;
struct RnCalled {
	RnCalled   *next;          /* called before it */
	guint       number;        /* as printed */
	guint       source;        /* FOOTNOTE's number; 0: an address */
	const RnNode *note;        /* the FOOTNOTE, as long as its document lives; NULL: not known */
	const char *shown;         /* the address, as printed */
	const RnTarget *target;
	RnTag      *tag;           /* of the whole note, once it was called: it is heard after its number, wherever it stands; NULL: none */
	gboolean    done;          /* stands under a line already */
};

typedef struct RnRun RnRun;
struct RnRun {
	RnRun   *next;
	guint8   kind;             /* RnRunKind */
	guint8   right;            /* NUMBER: flush right */
	guint16  flags;            /* RN_TEXT_* */
	guint32  line;             /* in the page's file; 0: not known */
	const char *text;
	guint32  len;
	guint32  begin, end;       /* its bytes in the paragraph's text, once that is put together */
	RnTag   *tag;              /* NULL: the paragraph's */
	const RnTarget *target;
	RnLength width;
	const RnMark *marks;
	guint    n_marks;
	RnCalled *called;
};

struct RnParagraph {
	RnSetter *setter;
	RnTextStyle style;
	RnTag   *tag;
	RnRun   *first, **tail;
	RnRun   *last;
	const RnNode *footnotes;
	guint32  line;             /* of what is put in now */
	char    *text;             /* all TEXT runs without soft hyphens, each other run being one '\n'; NULL: not yet put together */
	guint32  len;
};

/* Do they look the same, and are they part of the same? Then they are one to the shaper and on paper. */
static inline gboolean rn_run_joins (const RnRun *a, const RnRun *b)
{
	return a->kind == RN_RUN_TEXT && b->kind == RN_RUN_TEXT && a->flags == b->flags && a->tag == b->tag && a->target == b->target;
}

/* --- paragraph.c */
RnRun       *rn_paragraph_add (RnParagraph *paragraph, RnRunKind kind);
/* The base line of a line of STYLE, below its top. */
RnLength     rn_style_base_line (RnSetter *setter, const RnTextStyle *style);
/* How far text with FLAGS stands above the base line. */
RnLength     rn_style_rise (const RnTextStyle *style, guint flags);

/* --- paragraph_links.c: what follows a link, and numbers of notes */
void         rn_paragraph_link (RnParagraph *paragraph, const RnNode *link, guint flags);
void         rn_paragraph_reference (RnParagraph *paragraph, const RnNode *reference, guint flags);
/* The siblings from NODE on, as part of a link or of emphasis: with TAG and TARGET. */
typedef struct { guint flags; RnTag *tag; const RnTarget *target; } RnInline;
void         rn_paragraph_inlines (RnParagraph *paragraph, const RnNode *node, const RnInline *inherited);

#endif
