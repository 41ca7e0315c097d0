/*
 * passages.h - a page's file as the passages that a translator goes through, one after another; and which of them changed from one version to the next.
 *
 * A passage is a field of the front matter that each language has of its own, a heading, a paragraph, an item of a list, a row of a table, a block of
 * code or of HTML. Its text is as it was written, marks and addresses among it, but for blanks, line ends and what typography sets by itself: to wrap a
 * paragraph anew changes nothing.
 */
#ifndef RN_MARKDOWN_PASSAGES_H
#define RN_MARKDOWN_PASSAGES_H

#include "markdown/parse.h"

typedef enum { RN_PASSAGE_FIELD, RN_PASSAGE_HEADING, RN_PASSAGE_PARAGRAPH, RN_PASSAGE_ITEM, RN_PASSAGE_ROW, RN_PASSAGE_CODE, RN_PASSAGE_HTML } RnPassageKind;

typedef struct {
	RnPassageKind kind;
	guint8        level;        /* HEADING: 1-6 */
	const char   *name;         /* FIELD: its name; else NULL */
	const char   *text;
	guint32       line, col;    /* in the file */
} RnPassage;

typedef struct { const RnPassage *items; guint n, fields; } RnPassages;   /* the fields come first */

/*
 * Those of TEXT, the bytes of PAGE's file now or once. They live as long as ARENA. MARKDOWN was made without a library, as addresses are taken as they
 * stand. FALSE: it cannot be read.
 */
gboolean rn_passages_read (RnMarkdown *markdown, const RnPage *page, const char *text, gsize len, RnArena *arena, RnPassages *passages);

typedef enum { RN_PASSAGE_SAME, RN_PASSAGE_CHANGED, RN_PASSAGE_ADDED, RN_PASSAGE_REMOVED, RN_PASSAGE_MOVED } RnPassageFate;

/* What became of old passage A, now B; -1: there is none such. */
typedef struct { RnPassageFate fate; gint a, b; } RnPassagePair;

/*
 * All passages of both versions, each once, in the order of the new one, removed ones where they stood. A changed one is what comes nearest to the old
 * one among those between the same neighbours. GArray of RnPassagePair; unref it.
 */
GArray  *rn_passages_pair (const RnPassages *old, const RnPassages *new);

/*
 * Where each passage of OLD stands in TRANSLATION, which was made of it: at the same place where its section has the same form, else (not exact) at the
 * heading of the section, or at the next one above that both have. index -1: above all headings, or a field that is not there. One for each passage of
 * OLD; g_free it.
 */
typedef struct { gint index; gboolean exact; } RnPassagePlace;
RnPassagePlace *rn_passages_places (const RnPassages *old, const RnPassages *translation);

#endif
