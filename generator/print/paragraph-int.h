/*
 * paragraph-int.h - a paragraph while it is set: runs -> glyphs -> items and what each stands for -> lines -> pieces.
 *
 * What its setting needs besides its runs is one thread's workspace, used by one paragraph at a time: notes are set when their paragraph's lines are done.
 */
#ifndef RN_PRINT_PARAGRAPH_INT_H
#define RN_PRINT_PARAGRAPH_INT_H

#include "print/linebreak.h"
#include "print/run-int.h"

#include <string.h>

/* What stands before a byte of the text. Of the rest, the higher wins. */
typedef enum {
	RN_PLACE_NONE,
	RN_PLACE_LETTER,           /* between any letters, because the word is wider than the line */
	RN_PLACE_LETTER_HYPHEN,    /* the same with a hyphen */
	RN_PLACE_HARD,             /* after a hyphen that is better not a line's last: 8-800 */
	RN_PLACE_ADDRESS,          /* within an address or between words joined by a slash */
	RN_PLACE_POOR_HYPHEN,      /* a point of hyphenation in a word that has a hyphen already */
	RN_PLACE_HYPHEN,           /* a point of hyphenation */
	RN_PLACE_SOFT,             /* a soft hyphen of the author's */
	RN_PLACE_DASH,             /* after a hyphen or a dash */
	RN_PLACE_FREE,             /* a break without any sign: zero width space */
} RnPlaceKind;

typedef enum { RN_PART_NONE, RN_PART_TEXT, RN_PART_SPACE, RN_PART_HYPHEN, RN_PART_NUMBER, RN_PART_LEADER, RN_PART_BLANK, RN_PART_BOX, RN_PART_NOTE, RN_PART_ANCHOR } RnPartKind;

/* The penalty of a break at a no-break space between words: as dear as spaces of three times their width, which are told as loose. */
#define RN_TIED ((gint16) 6000)

/* What an item stands for: the glyphs [begin, end), or the run itself. */
typedef struct { guint8 kind; guint32 begin, end; const RnRun *run; } RnPart;

static inline gboolean rn_glyph_is (const RnGlyph *glyph, const char *text, gsize len)
{
	return glyph->len == len && !memcmp (glyph->text, text, len);
}

/* One thread's working memory. */
typedef struct {
	GArray     *glyphs;        /* RnGlyph: all of the paragraph's */
	GArray     *items;         /* RnItem */
	GArray     *parts;         /* RnPart, one an item */
	GArray     *lines;         /* RnBrokenLine */
	GArray     *marks;         /* RnMark, of the line in hand */
	GArray     *line_glyphs;   /* RnGlyph, of the mark in hand */
	GArray     *called;        /* RnCalledAt: notes of the lines */
	GByteArray *places;        /* RnPlaceKind before each byte of the text */
	GByteArray *word;          /* hyphenation points of a word, while it is looked at */
	GString    *missing;
} RnWorkspace;

typedef struct { RnCalled *called; RnPiece *piece; } RnCalledAt;

RnWorkspace *rn_workspace_of (RnSetter *setter);

/* --- paragraph_places.c: puts the text together and finds where it may be parted, into the workspace's places */
void         rn_paragraph_places (RnParagraph *paragraph, RnWorkspace *ws);

/* --- paragraph_items.c */
/* Shapes all text, once, into the workspace's glyphs. */
void         rn_paragraph_shape (RnParagraph *paragraph, RnWorkspace *ws);
/* Glyphs -> items and parts. measure: no blank is wider; 0: none is known. */
void         rn_paragraph_items (RnParagraph *paragraph, RnWorkspace *ws, RnLength measure);
/* Lets words that are wider than MEASURE be parted between any letters, and tells them. TRUE: items must be made again. */
gboolean     rn_paragraph_part_words (RnParagraph *paragraph, RnWorkspace *ws, RnLength measure);

/* --- paragraph_lines.c: line I of the workspace's, as marks of PIECE; x: its left edge */
typedef struct { RnLength x, measure; guint32 end; } RnLineBox;
void         rn_paragraph_line (RnParagraph *paragraph, RnWorkspace *ws, guint i, const RnLineBox *box, RnPiece *piece);

/* --- paragraph_notes.c: sets CALLED (not done yet) MEASURE wide, as a note of PIECE */
void         rn_paragraph_note (RnParagraph *paragraph, RnCalled *called, RnLength measure, RnPiece *piece);

#endif
