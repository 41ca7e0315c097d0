/*
 * parts.h - a text that is too long for one page: pieces at addresses of their own below it, and the whole on demand.
 *
 *   /ru/legislation/koap/                     its own page (CONTENT): what stands before the first heading, and the contents
 *   /ru/legislation/koap/glava-18/            a piece (PART), named after its heading's anchor; an article's, where a chapter is still too long
 *   /ru/legislation/koap/glava-18/page/2/     what has no heading to cut it at goes on there
 *   /ru/legislation/koap/whole/               all of it (PART, number 0)
 *
 * Who reads bodies (the press) finds the cuts before the library is frozen; only files that are large at all are looked at for it. All
 * pages of one text share its RnSplit and are made from one tree. Lists, feeds and relations know the text's own page alone.
 */
#ifndef RN_MODEL_PARTS_H
#define RN_MODEL_PARTS_H

#include "model/library.h"

/* What site.yaml's `split` may say, in bytes; a page's frame alone has some 5,000. */
enum { RN_SPLIT_MIN = 8000, RN_SPLIT_MAX = 10000000 };

/*
 * Characters of a text that a page of `split` bytes has surely room for: they come to at most 0.58 bytes each, compressed and with their markup, whatever the script.
 * Counted, not compressed: where a text is cut must not depend on a library's version.
 */
gsize rn_split_room (const RnSite *site);
/* The bytes, compressed, that a long text of so many characters comes to. */
guint64 rn_split_bytes (guint64 characters);

/* Where a piece begins. The text before the first cut stands on the text's own page. */
typedef struct {
	guint32     line;              /* of the file: that of its first block, or of the row or item where a table or a list is cut */
	guint8      level;             /* of its heading; 0: it has none, and goes on with the piece before */
	guint32     characters;        /* in the piece, as rn_split_room counts them */
	const char *anchor, *title;    /* of its heading; NULL: it has none */
} RnCut;

/* A place of the text that links can lead to (of footnotes' only the text itself knows), and the piece that it is in: from 1; 0: before the first cut. text, level: of a heading; else NULL, 0. */
typedef struct { const char *anchor, *text; guint32 part; guint8 level; } RnPartPlace;

typedef struct {
	const RnCut *cuts; guint n_cuts;               /* in order */
	const RnPartPlace *places; guint n_places;     /* in order, headings before all others */
	guint n_headings;
	guint64 characters, lead;                      /* of the whole text; of what stands before the first cut */
} RnSplitPlan;

typedef struct RnSplit {
	const RnSplitPlan *plan;
	RnPage  *first, *whole;        /* the text's own page; the one with all of it */
	RnPages  parts;                /* in order: parts.items[i] begins at plan->cuts[i] */
	const char *const *titles;     /* of the parts, without that of the text */
	GHashTable *by_anchor;         /* anchor -> RnPartPlace */
} RnSplit;

/* Pages whose text may be too long, by the size of their files. NULL: there is none. Before freeze; free with g_ptr_array_unref. */
GPtrArray    *rn_library_long (const RnLibrary *library);
/* PAGE, and who stands in with its text, will be shown in pieces. PLAN is copied. Before freeze. */
void          rn_library_split (RnLibrary *library, RnPage *page, const RnSplitPlan *plan);

/* The page on which readers find the place ANCHOR (NULL: none) of PAGE: a piece of its text, or PAGE itself. */
const RnPage *rn_page_with (const RnPage *page, const char *anchor);
/* The page to which PAGE's text belongs: of a PART the text's own page, else PAGE. */
const RnPage *rn_page_of_text (const RnPage *page);
/* The title of a PART without that of its text. */
const char   *rn_part_title (const RnPage *part);

#endif
