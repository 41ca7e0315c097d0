/*
 * paragraph-int.h - a paragraph while it is set: runs (what was put in, in order) -> glyphs -> items and what each stands for -> lines -> pieces.
 *
 * Runs are in the book's arena, so that a paragraph costs nothing while it waits to be set. What its setting needs besides is one
 * thread's workspace, used by one paragraph at a time: notes are set when their paragraph's lines are done.
 */
#ifndef RN_PRINT_PARAGRAPH_INT_H
#define RN_PRINT_PARAGRAPH_INT_H

#include "print/linebreak.h"
#include "print/paragraph.h"

#include <string.h>

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

/* Do they look the same, and are they part of the same? Then they are one to the shaper and on paper. */
static inline gboolean rn_run_joins (const RnRun *a, const RnRun *b)
{
	return a->kind == RN_RUN_TEXT && b->kind == RN_RUN_TEXT && a->flags == b->flags && a->tag == b->tag && a->target == b->target;
}

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
