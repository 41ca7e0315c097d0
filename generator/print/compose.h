/*
 * compose.h - a product's pages -> a made-up book: who composes which kind.
 */
#ifndef RN_PRINT_COMPOSE_H
#define RN_PRINT_COMPOSE_H

#include "print/blocks.h"
#include "print/makeup.h"

/* The body of PAGE, parsed; valid until the next call; NULL: none, or it cannot be read, which is told. */
typedef const RnDocument *(*RnPrintParse) (gpointer user, const RnPage *page);

typedef struct {
	RnSetter     setter;
	RnPrintParse parse;
	gpointer     parse_user;
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
gboolean rn_compose_poster (RnComposer *composer);     /* poster.c: a few words, as large as they go */

/* NULL: no such kind. */
RnCompose rn_composer_of (const char *kind);

/* --- what several of them set ---------------------------------------------------------------------------------------------- */

/* A page: title (as a heading of LEVEL), description, notices (draft, stale, overdue, other language, valid until), facts, body, sources. Its anchor and headings' are set. */
typedef struct { guint level; gboolean description, notices, facts, sources; const char *running; gboolean outline; } RnPageParts;
void rn_set_page (RnComposer *composer, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts);

/* Columns onto new sides by the product's margins, with running heads and folios as its styles say; the label of the first side. */
typedef struct { guint first_number; gboolean folios, running; const char *verso_running; } RnFurniture;
void rn_pour (RnComposer *composer, const RnGalley *galley, const RnFurniture *furniture);

/* The site's hotlines, and pages with contacts: names and numbers. */
void rn_set_hotlines (RnComposer *composer, RnBlocks *blocks);
void rn_set_contacts (RnComposer *composer, RnBlocks *blocks, GPtrArray *pages);

/* The address of PAGE on the web for a QR code; NULL: the site's address is not known. */
const char *rn_web_address (RnComposer *composer, const RnPage *page);

#endif
