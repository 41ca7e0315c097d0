/*
 * booklet-int.h - the parts of a bound book and what they share: cover, imprint, contents, body, index, contacts, back cover.
 *
 * Each part is set from the same RnBooklet; a part that the product does not want is not set. The body is set first and poured third, so that the contents know
 * its headings and their anchors; only the index must know where pages came to stand, and is set last.
 */
#ifndef RN_PRINT_BOOKLET_INT_H
#define RN_PRINT_BOOKLET_INT_H

#include "print/pour.h"
#include "print/set.h"

/* A run of pages: of one section, or a page alone. */
typedef struct {
	const RnPage *section;         /* whose title and introduction begin it; NULL: its page's own do */
	gboolean      again;           /* the section had a chapter before: no second introduction */
	guint         first, n;        /* of the book's pages */
	gboolean      grouped;         /* they stand below headings of their groups */
} RnChapter;

typedef struct RnBooklet RnBooklet;
/* How a page of the site gets into the body: rn_set_page, or in several languages beside each other. */
typedef void (*RnBookletSetPage) (RnBooklet *booklet, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts);

struct RnBooklet {
	RnComposer      *composer;
	RnSetter        *setter;
	RnBook          *book;
	const RnProduct *product;
	RnBookletSetPage set_page;
	GPtrArray       *pages;         /* of const RnPage * */
	GArray          *chapters;      /* RnChapter */
	RnLength         measure, column_height;   /* of the body */
	RnFurniture      furniture;     /* of the body */
	const char      *title;
	guint            body_side;     /* the number of the body's first side */
};

/* furniture: what the body's differs in. FALSE: as RnCompose. */
gboolean rn_booklet_compose (RnComposer *composer, RnBookletSetPage set_page, const RnFurniture *furniture);

RnBlocks rn_booklet_blocks (RnBooklet *booklet, RnGalley *galley, RnTag *parent);
/* BLOCKS, but no wider than the first of texts with rules between them. */
RnBlocks rn_booklet_first_column (const RnBooklet *booklet, const RnBlocks *blocks);
/* The cover's title in the setter's language: its own, the product's, the site's. */
const char *rn_booklet_title (RnSetter *setter);

void rn_booklet_cover (RnBooklet *booklet);
void rn_booklet_back_cover (RnBooklet *booklet);
/* On a side of its own, behind the cover; what changed follows it. */
void rn_booklet_imprint (RnBooklet *booklet);
/* At the end of the body, where there is no cover. */
void rn_booklet_colophon (RnBooklet *booklet, RnBlocks *blocks);
void rn_booklet_contents (RnBooklet *booklet, gboolean sources, gboolean index, gboolean contacts);
void rn_booklet_index (RnBooklet *booklet);
/* Each source once, with the sides of the pages that name it. */
void rn_booklet_sources (RnBooklet *booklet);

/* --- groups --------------------------------------------------------------------------------------------------------------- */

/* The group of PAGE by its type's group_by, from 1 in the order of its values; 0: none. label: its words in the setter's language. */
guint rn_group_of (const RnSetter *setter, const RnPage *page, const char **label);
/* Moves the N pages from FIRST on into the order of their groups, each group's in the order they had; those of none come first. TRUE: they have more than one. */
gboolean rn_sort_groups (const RnSetter *setter, GPtrArray *pages, guint first, guint n);

/* --- the index's arithmetic ------------------------------------------------------------------------------------------- */

/* Sides [first, last] that follow one another are one run; anchor: where its first leads. */
typedef struct { guint first, last; const char *anchor; } RnStretch;
/* RUNS (RnStretch, any order) sorted and joined where they touch or overlap. */
void rn_runs_merge (GArray *runs);
/* The order of A and B in LANGUAGE's alphabet; what is neither letter nor digit does not count, unless all else is alike. */
gint rn_alphabetical (const RnLanguage *language, const char *a, const char *b);

/* --- parallel texts ------------------------------------------------------------------------------------------------------- */

/* A block of a text: level 0, or a heading's, with its anchor. */
typedef struct { guint level; const char *anchor; } RnParallelBlock;
/*
 * Which blocks of N texts stand beside each other: headings of one anchor do; between them headings that agree in number and levels; between these
 * the first with the first and so on. Returns rows of N numbers each (gint; -1: none), so that each block is in one row.
 */
GArray *rn_parallel_rows (GArray *const *texts, guint n);

#endif
