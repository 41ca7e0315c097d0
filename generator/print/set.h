/*
 * set.h - what several composers set: a page of the site with its parts, plain paragraphs and headings, contacts, the way to the web.
 *
 * All of it goes to the end of the blocks' galley, tagged below the blocks' parent. Texts are borrowed; what is made of them is the book's.
 */
#ifndef RN_PRINT_SET_H
#define RN_PRINT_SET_H

#include "print/blocks.h"
#include "print/compose.h"

/*
 * A page: title (as a heading of LEVEL; 0: none), description, notices (draft, stale, overdue, other language, valid until), facts, body, sources. Its anchor and
 * headings' are set; running (may be NULL) goes with the title; outline: the title at LEVEL and the first headings below it get into the book's outline.
 */
typedef struct {
	guint level; gboolean description, notices, facts, sources; const char *running; gboolean outline;
	gboolean marks;                 /* notices that many pages have are marks at the title: what they mean is said elsewhere, by rn_set_marks */
	gboolean notes_go_on;           /* footnotes are numbered on from the page before, as both may stand on one side */
} RnPageParts;
void rn_set_page (RnComposer *composer, RnBlocks *blocks, const RnPage *page, const RnPageParts *parts);
/* What `parts:` of the product asks for; all of it where it says nothing. */
RnPageParts rn_page_parts (RnComposer *composer, guint level);
/* A page's parts alone, in the language that the setter has: notices; sources. */
void rn_set_notices (RnComposer *composer, RnBlocks *blocks, const RnPage *page, gboolean marks);   /* marks: without those that have one */
void rn_set_sources (RnComposer *composer, RnBlocks *blocks, const RnPage *page);

/* The notices of PAGE that a mark can stand for, as bits; their marks, side by side; at the foot of a side, in few words; and what they mean, in one box. */
guint       rn_notices_of (const RnPage *page);
const char *rn_notice_marks (RnSetter *setter, guint notices);
const char *rn_notice_foot (RnSetter *setter, guint notices);
void        rn_set_marks (RnBlocks *blocks, guint notices);

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
