/*
 * wikitext-int.h - the steps from wikitext to Markdown and what they share.
 *
 *   strip    remarks go, what is not wikitext inside (nowiki, pre, ref ...) becomes a mark
 *   expand   templates, parameters, magic words
 *   html     block elements of HTML become wikitext's lists, tables, headings
 *   blocks   lines -> paragraphs, headings, lists, tables (wikitext_table.c)
 *   inline   the text of a block: emphasis, links, elements
 *
 * A mark is \1 number \2: control characters cannot stand in an export.
 */
#ifndef RN_IMPORT_WIKITEXT_INT_H
#define RN_IMPORT_WIKITEXT_INT_H

#include "import/wikitext.h"

typedef enum { RN_STRIP_LITERAL, RN_STRIP_BLOCK, RN_STRIP_INLINE, RN_STRIP_NOTE } RnStripKind;

/* LITERAL: text without markup; BLOCK, INLINE: Markdown; NOTE: the wikitext of a footnote, and its name. */
typedef struct { RnStripKind kind; char *text, *name; } RnStrip;

typedef struct {
	const RnWikiHooks *hooks;
	GPtrArray  *strips;          /* RnStrip */
	GString    *notes;           /* the footnotes' definitions */
	GString    *abbreviations;
	GHashTable *named, *short_forms;
	guint       n_notes, depth;
	gsize       grown;           /* bytes that templates made */
	gboolean    other_marks;     /* the list has other marks than the one right before it */
} RnWiki;

#define RN_WIKI_DEPTH 24
#define RN_WIKI_GROWN ((gsize) 16 << 20)

/* --- what all steps use (wikitext_text.c) --- */
typedef struct { char name[24]; const char *attributes; gsize len; gboolean closes, empty; } RnWikiTag;

gsize    rn_wiki_tag (const char *text, const char *end, RnWikiTag *tag);            /* its bytes; 0: none begins here */
char    *rn_wiki_attribute (const char *attributes, gsize len, const char *name);    /* NULL: not there */
void     rn_wiki_tell (RnWiki *wiki, gboolean lost, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Notes attributes that say how something looks. */
void     rn_wiki_tell_looks (RnWiki *wiki, const char *attributes, gsize len);
/* Appends TEXT as Markdown that shows just it. */
void     rn_wiki_escape (GString *out, const char *text, gsize len);
/* Appends MARKDOWN, a paragraph's, so that no line of it begins a block. */
void     rn_wiki_lines (GString *out, const char *markdown);
/* Appends entity at TEXT decoded; gives its bytes, 0 for none. */
gsize    rn_wiki_entity (GString *out, const char *text, const char *end);
/* LEN bytes of TEXT with its entities as characters. Free it. */
char    *rn_wiki_decoded (const char *text, gsize len);
void     rn_wiki_mark (RnWiki *wiki, GString *out, RnStripKind kind, char *text, char *name);   /* takes both texts */
const RnStrip *rn_wiki_marked (const RnWiki *wiki, const char *text, const char *end, gsize *len);   /* NULL: no mark begins here */
/* TEXT with what its marks stand for in their places. Free it. */
char    *rn_wiki_unmark (const RnWiki *wiki, const char *text);
/* Where each [[ of TEXT has its ]]: position of the opening bracket -> of the closing one. Free it. */
GHashTable *rn_wiki_brackets (const char *text, gsize len);
/* LEN bytes of TEXT without emphasis, with characters for its entities and words for its links; no blanks at its ends. */
char    *rn_wiki_plain (const char *text, gsize len);
/* Every line of TEXT behind PREFIX; the first behind FIRST. */
char    *rn_wiki_indent (const char *text, const char *first, const char *prefix);

/* --- the steps --- */
char *rn_wiki_strip (RnWiki *wiki, const char *text, gsize len, gboolean template);
char *rn_wiki_expand (RnWiki *wiki, const char *text, gsize len);
char *rn_wiki_html (RnWiki *wiki, const char *text);
char *rn_wiki_blocks (RnWiki *wiki, const char *text, gsize len);
char *rn_wiki_inline (RnWiki *wiki, const char *text, gsize len, gboolean in_table);
/* A table from its {| on; *used: its bytes. */
char *rn_wiki_table (RnWiki *wiki, const char *text, gsize len, gsize *used);
/* The lines of a list. */
char *rn_wiki_list (RnWiki *wiki, const char *text, gsize len);
/* [[INSIDE]] and what follows it (letters that belong to the link: *more bytes), as Markdown. */
char *rn_wiki_link (RnWiki *wiki, const char *inside, gsize len, const char *after, const char *end, gsize *more);
/* [url label]; NULL: it is none. *used: its bytes. */
char *rn_wiki_external (RnWiki *wiki, const char *text, const char *end, gsize *used);
/* A bare address; NULL: none begins here. */
char *rn_wiki_bare (const char *text, const char *end, gsize *used);
/* Text with blocks between its words (marks): paragraphs and blocks, an empty line between two. */
char *rn_wiki_flow (RnWiki *wiki, const char *text, gsize len);
/* What stands inside of a footnote (expanded here) or, with BLOCKS, of a callout (expanded already). */
char *rn_wiki_whole (RnWiki *wiki, const char *text, gsize len, gboolean blocks);

/* --- emphasis (wikitext_quotes.c): texts and runs of apostrophes -> Markdown --- */
typedef struct RnWikiQuotes RnWikiQuotes;
typedef enum { RN_QUOTE_BOLD, RN_QUOTE_ITALIC } RnQuoteKind;

RnWikiQuotes *rn_wiki_quotes_new (void);
void rn_wiki_quotes_text (RnWikiQuotes *quotes, const char *markdown, gsize len);
void rn_wiki_quotes_run (RnWikiQuotes *quotes, guint apostrophes);
void rn_wiki_quotes_tag (RnWikiQuotes *quotes, RnQuoteKind kind, gboolean closes);   /* <b>, <i> */
void rn_wiki_quotes_line (RnWikiQuotes *quotes);                                     /* runs end at a line's end */
char *rn_wiki_quotes_end (RnWikiQuotes *quotes);                                     /* the Markdown; frees it all */

#endif
