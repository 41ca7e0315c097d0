/*
 * compose.h - a product's pages -> a made-up book: who composes which kind.
 */
#ifndef RN_PRINT_COMPOSE_H
#define RN_PRINT_COMPOSE_H

#include "print/blocks.h"
#include "print/makeup.h"

/* The body of PAGE, parsed; valid until the next call; NULL: none, or it cannot be read, which is told. */
typedef const RnDocument *(*RnPrintParse) (gpointer user, const RnPage *page);

/* A key term that was met while a page was set, for the index: a tag (no line), or an abbreviation with its meaning. */
typedef struct { const char *term, *meaning; const RnPage *page; guint32 line; } RnTerm;

typedef struct {
	RnSetter     setter;
	RnPrintParse parse;
	gpointer     parse_user;
	GArray      *terms;          /* RnTerm, while a book with an index is set; else NULL */
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

/* --- what several of them set ---------------------------------------------------------------------------------------------- */

/*
 * A page: title (as a heading of LEVEL; 0: none), description, notices (draft, stale, overdue, other language, valid until), facts, body, sources. Its anchor and
 * headings' are set; running (may be NULL) goes with the title; outline: the title at LEVEL and the first headings below it get into the book's outline.
 */
typedef struct { guint level; gboolean description, notices, facts, sources; const char *running; gboolean outline; } RnPageParts;
void rn_set_page (RnComposer *composer, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts);
/* What `parts:` of the product asks for; all of it where it says nothing. */
RnPageParts rn_page_parts (RnComposer *composer, guint level);
/* A page's parts alone, in the language that the setter has: notices; sources. */
void rn_set_notices (RnComposer *composer, RnBlocks *blocks, const RnPage *page);
void rn_set_sources (RnComposer *composer, RnBlocks *blocks, const RnPage *page);

/* Notes the tags and abbreviations of PAGE for the index, if there will be one. DOCUMENT may be NULL. */
void rn_collect_terms (RnComposer *composer, const RnPage *page, const RnDocument *document);
/* Notes the first headings of DOCUMENT in the book's outline at LEVEL. */
void rn_outline_headings (RnBook *book, const RnPage *page, const RnDocument *document, guint level);
void rn_add_outline (RnBook *book, const char *title, guint level, const char *anchor);

/* One paragraph of plain TEXT in STYLE, a ROLE of the blocks' parent. Returns its first piece; NULL: TEXT is NULL or empty. */
RnPiece *rn_set_text (RnBlocks *blocks, const RnTextStyle *style, RnRole role, const char *text);
/* A heading of LEVEL 1-6 that begins where ANCHOR leads (NULL: nothing does); what is set next holds on to it. */
RnPiece *rn_set_heading (RnBlocks *blocks, guint level, const char *text, const char *anchor);
/* Piece I, if there is one, does not begin a column unless it must. */
void     rn_keep_next (RnGalley *galley, guint i);

/* A date in the setter's language, in the book's arena. form: as rn_language_date. */
const char *rn_set_date (RnSetter *setter, gint64 seconds, const char *form);
/* A text of the product's config at PATH in the setter's language, with its typography; NULL: none. */
const char *rn_product_text (RnSetter *setter, const char *path);
/* The same of site.yaml's KEY. */
const char *rn_site_line (RnSetter *setter, const char *key);
/* Who publishes it: the product's own, else the site's; NULL: nobody is named. */
const char *rn_publisher (RnSetter *setter);

/*
 * Columns onto new sides by the product's margins, with running heads and folios as its styles say. A running head "" is a chapter's beginning: the side that begins with it has none.
 * first_number: the label of the first side; 0: sides are numbered through the book from its first.
 * columns: 0: as the product. head: stands over all columns of the first side; NULL. rules: thin upright lines between texts that stand side by side in one column, from the column's left edge.
 */
typedef struct {
	guint first_number; gboolean folios, running; const char *verso_running;
	guint columns; RnLength gutter;
	const RnLength *rules; guint n_rules;
	const RnGalley *head;
} RnFurniture;
void rn_pour (RnComposer *composer, const RnGalley *galley, const RnFurniture *furniture);

/* What stands in COLUMN, MEASURE wide, on SIDE with its top left corner at (x, y), and the rule above its notes. */
void rn_place_column (RnComposer *composer, const RnColumn *column, RnSide *side, RnLength x, RnLength y, RnLength measure);
/* The pieces of GALLEY one below the other on SIDE, from (x, y) on. Returns where the next would stand. */
RnLength rn_place_galley (RnSide *side, const RnGalley *galley, RnLength x, RnLength y);
/* The marks of all of GALLEY's pieces into PIECE, moved by (dx, dy); how high they are. */
RnLength rn_piece_take (RnArena *arena, RnPiece *piece, const RnGalley *galley, RnLength dx, RnLength dy);

/* The site's hotlines, and pages with contacts: names and numbers. */
void rn_set_hotlines (RnComposer *composer, RnBlocks *blocks);
void rn_set_hotlines_abreast (RnComposer *composer, RnBlocks *blocks);   /* beside each other, each name below its number */
void rn_set_contacts (RnComposer *composer, RnBlocks *blocks, GPtrArray *pages);
gboolean rn_has_contacts (const RnPage *page);

/* The penalty of what had better stand below its text than at the head of a column: as much as a fifth of the column left empty. */
#define RN_RATHER_NOT 200

/* The address of PAGE on the web for a QR code; NULL: the site's address is not known. */
const char *rn_web_address (RnComposer *composer, const RnPage *page);
/* ADDRESS as it is printed: without its scheme and its last slash. In ARENA. */
const char *rn_web_shown (RnArena *arena, const char *address);
/* A QR code of ADDRESS with TEXT beside it, as one piece. */
void        rn_set_qr (RnComposer *composer, RnBlocks *blocks, const char *address, const char *text);

#endif
