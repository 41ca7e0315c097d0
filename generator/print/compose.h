/*
 * compose.h - a product's pages -> a made-up book: who composes which kind.
 */
#ifndef RN_PRINT_COMPOSE_H
#define RN_PRINT_COMPOSE_H

#include "print/setter.h"

/* The body of PAGE, parsed; valid until the next call; NULL: none, or it cannot be read, which is told. */
typedef const RnDocument *(*RnPrintParse) (gpointer user, const RnPage *page);

/* What was met while a page was set, for a list at the end: a tag (no line), an abbreviation with its meaning; a source, uri: where it is, or NULL. */
typedef struct { const char *term, *meaning; const RnPage *page; guint32 line; const char *uri; } RnTerm;

typedef struct {
	RnSetter     setter;
	RnPrintParse parse;
	gpointer     parse_user;
	GArray      *terms;          /* RnTerm, while a book with an index is set; else NULL */
	GArray      *sources;        /* RnTerm, while a book that names its sources at the end is set; else NULL: they stand below their page */
} RnComposer;

/*
 * Fills composer->setter.book for its product in its language. Called again with an emptied book while rn_book_settle asks for more digits. FALSE: the product
 * has no page to print, or cannot be made, told already (product-empty, product-overflow).
 */
typedef gboolean (*RnCompose) (RnComposer *composer);

gboolean rn_compose_booklet (RnComposer *composer);    /* booklet.c: cover, imprint, contents, chapters, index, contacts, back cover */
gboolean rn_compose_parallel (RnComposer *composer);   /* parallel.c: facing columns, block beside block */
gboolean rn_compose_panels (RnComposer *composer);     /* panels.c: a sheet's panels: tri-fold leaflets, one-sheet lists */
gboolean rn_compose_cards (RnComposer *composer);      /* cards.c: wallet cards, a side each */
gboolean rn_compose_poster (RnComposer *composer);     /* cards.c: a few words, as large as they go */

/* NULL: no such kind. */
RnCompose rn_composer_of (const char *kind);

#endif
