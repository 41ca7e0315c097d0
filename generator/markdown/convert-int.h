/*
 * convert-int.h - what the files of this room share while a cmark tree becomes an RnDocument.
 *
 * A handler takes one cmark node and adds what it becomes, no, one or several nodes, at the end of a list (RnNode ***tail).
 * Inlines know their block's text (RnInlines), from which their exact places are found again.
 */
#ifndef RN_MARKDOWN_CONVERT_INT_H
#define RN_MARKDOWN_CONVERT_INT_H

#include <cmark-gfm.h>
#include <cmark-gfm/node.h>

#include "markdown/memory-int.h"
#include "markdown/parse.h"
#include "markdown/scan-int.h"
#include "model/typography.h"

#define RN_MAX_INLINE_DEPTH 100  /* emphasis in emphasis: beyond, its text stands without */
#define RN_MAX_BLOCKS 3           /* plugin blocks in what plugin blocks return */

typedef struct { const char *name, *meaning; gsize len; } RnAbbreviation;
typedef struct { const char *name; guint depth; } RnOpenTag;

/* The block whose inlines are being converted: its text as cmark kept it, and how far we are. */
typedef struct {
	const cmark_node *block;
	const char *text;
	gsize    len;
	guint32  first_line;    /* of TEXT, in the body, from 0 */
	gsize    indent;        /* bytes before the text on its lines, where they cannot be found by comparing */
	gboolean compare;       /* a paragraph: each line of TEXT is the end of a line of the body */
	guint32  line;          /* how many lines of TEXT lie behind */
	gsize    searched;      /* rn_inlines_find goes on from here, */
	guint32  searched_lines, misses; /* so many lines down */
	/* the last line that was looked up */
	guint32  known;
	gsize    start, source, prefix;
	gsize    counted, chars; /* characters of the body's line before byte COUNTED of it */
} RnInlines;

struct RnMarkdown {
	const RnLibrary *library;
	RnMarkdownOptions options;
	RnDiagnostics *sink;
	RnArena    *arena;
	RnMemory   *memory;
	GString    *scratch;             /* a text node being set */
	GString    *words;               /* plain text of a heading, a callout's title */
	GHashTable *anchors;             /* id -> line of its first use; keys in ARENA */
	GHashTable *counters;            /* slug -> the last number given to it */
	GArray     *headings, *ids, *id_lines, *links, *media, *abbreviations, *open_tags;
	GArray     *written, *definitions; /* notes and addresses of links of the text being read (dropped.c) */
	GPtrArray  *uses;                /* assets that blocks ask for: const char, in ARENA */
	RnScan      scan, line_scan;     /* of the body; of a line of a plugin's */
	RnDocument  document;

	/* the page being parsed */
	const RnPage     *page;
	const RnLanguage *language;      /* of its text */
	RnTypesetter     *typesetter;
	const RnPage     *text_of;       /* whose text it is, of a stand-in the page that it stands in for; NULL: no page's */
	guint32  line;                   /* of the body's first line, in the file */
	guint32  fixed_line;             /* in a plugin's text: the fence's line; else 0 */
	guint32  html_line, html_col;    /* of the raw HTML being sanitised */
	guint32  first_bytes[8];         /* which bytes begin an abbreviation, a bit each */
	guint    blocks;                 /* how deep in plugins' results */
	guint    drawings;               /* that blocks have made so far */
	guint    depth, inline_depth;
	gboolean too_deep, begun;        /* begun: something stands before */
	guint32  notes;                  /* footnotes so far, of the body and of plugins' results */
	guint32  note_base, note;        /* those before the text being converted, and which of its own is next */
	RnNode  *first_note, **last_note;
	RnTypographyState typography;
	RnInlines in;
};

typedef void (*RnHandler) (RnMarkdown *md, cmark_node *node, RnNode ***tail);

/* convert.c */
RnNode *rn_convert_add (RnMarkdown *md, RnNode ***tail, RnNodeType type);
void    rn_convert_block_place (RnMarkdown *md, const cmark_node *node, RnNode *out);
void    rn_convert_blocks (RnMarkdown *md, cmark_node *parent, RnNode **first);
RnPlace rn_convert_place (RnMarkdown *md, guint32 line, guint32 col);
const char *rn_convert_copy (RnMarkdown *md, const char *text, gsize len);

/* parse.c: a body, or a plugin's text, into a list of nodes. FALSE after a diagnostic. */
gboolean rn_parse_into (RnMarkdown *md, const char *text, gsize len, RnNode **first);
/* A plugin's text that is no more than a line of a paragraph, whatever it begins with: into a list of inlines. */
void     rn_parse_line (RnMarkdown *md, const char *text, gsize len, RnNode **first);

/* inline.c */
void    rn_convert_inlines (RnMarkdown *md, cmark_node *block, RnNode **first);
void    rn_convert_inline_children (RnMarkdown *md, cmark_node *parent, RnNode **first);
void    rn_convert_text (RnMarkdown *md, const char *text, gsize len, RnNode ***tail, const RnNode *place);
void    rn_convert_tags_close (RnMarkdown *md, guint depth, RnNode ***tail);

/* place.c: the inline node's line and column in the file, by cmark's and the block's text. */
void    rn_inlines_begin (RnMarkdown *md, cmark_node *block);
/* The line of a text, which needs no column: what is in it is looked for when it is told of. */
void    rn_inlines_line (RnMarkdown *md, const cmark_node *node, RnNode *out);
void    rn_inlines_place (RnMarkdown *md, const cmark_node *node, RnNode *out);
/* Looks for what is written so in the block, after what was found last, and gives OUT its place. FALSE: it was written otherwise. */
gboolean rn_inlines_find (RnMarkdown *md, const char *needle, gsize len, RnNode *out);

/* extensions.c */
gboolean rn_callout_make (RnMarkdown *md, cmark_node *node, RnNode ***tail);
gboolean rn_figure_make (RnMarkdown *md, RnNode *paragraph);
void     rn_abbreviations_collect (RnMarkdown *md, cmark_node *root);
gboolean rn_abbreviations_only (const RnMarkdown *md, const cmark_node *paragraph);
const RnAbbreviation *rn_abbreviation_at (const RnMarkdown *md, const char *text, gsize len, gboolean word_before);

/* fence.c, made.c */
gboolean rn_fence_make (RnMarkdown *md, cmark_node *node, RnNode ***tail);
void     rn_fence_check (RnMarkdown *md, const cmark_node *node);
/* NODES as a handler makes them (parse.h), finished, become the list *FIRST. */
void     rn_made_take (RnMarkdown *md, RnNode *nodes, RnNode **first);

/* anchors.c */
void     rn_anchors_begin (RnMarkdown *md);
void     rn_anchors_reserve (RnMarkdown *md, cmark_node *root);
void     rn_anchor_heading (RnMarkdown *md, RnNode *heading);
/* Notes ID, which is nowhere else. */
void     rn_anchor_note (RnMarkdown *md, const char *id, guint32 line);
void     rn_anchor_take (RnMarkdown *md, const char *id, guint32 line, guint32 col);
void     rn_anchors_of_html (RnMarkdown *md, const char *html, guint32 line);

/* links.c */
/* Returns words for the link, should it have none of its own, that a plugin's scheme gave; NULL: none. */
const char *rn_link_make (RnMarkdown *md, RnNode *link, const char *address, gsize len);
void     rn_image_make (RnMarkdown *md, RnNode *image, const char *address, gsize len);
char    *rn_link_in_html (gpointer user, const char *address, gboolean picture);

#endif
