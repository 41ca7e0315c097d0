/*
 * parse.h - the bytes of a body -> RnDocument, by cmark-gfm and our extensions in one walk over its tree.
 *
 * Thread-safe: cmark-gfm keeps its extensions' special characters in process-wide tables that every
 * document would set and clear; rn_markdown_init sets them once for good and takes the lists off the
 * extensions, so that a parse touches nothing global. A parse takes its memory from the context's own arena.
 */
#ifndef RN_MARKDOWN_PARSE_H
#define RN_MARKDOWN_PARSE_H

#include "markdown/document.h"

/* Once, before any thread parses. */
void rn_markdown_init (void);

/*
 * What a fenced block named NAME becomes. Called while the page is parsed, in its thread. UNKNOWN: no plugin has that name; the fence stays code.
 * FAILED: made->text holds the reason, or is empty where the handler has told it.
 *
 * MARKDOWN: made->text is parsed in the block's place. NODES: made->nodes is a tree of blocks as in document.h, in made->arena, whose TEXTs are
 * Markdown still: of lines at the top, in QUOTE and CALLOUT; of one line in HEADING, PARAGRAPH, ITEM, CELL, behind a FIGURE's DRAWING, and as a
 * CALLOUT's own title. It has no anchors, lines or columns yet, and its DRAWINGs are sanitised, each with its number of made->drawings before its ids.
 * Beside either: HTML for the web alone (sanitised here), and assets that it uses.
 */
typedef struct { const char *name, *arguments, *body; guint32 line; const RnPage *page; } RnFence;
typedef struct {
	GString *text;
	RnArena *arena;
	RnNode  *nodes;
	guint    drawings;                       /* in the document so far: the handler counts on */
	const char *web;                         /* NULL: none */
	GPtrArray *uses;                         /* names of assets, added by the handler if they are not in it yet; strings in ARENA */
} RnFenceMade;
typedef enum { RN_FENCE_UNKNOWN, RN_FENCE_MARKDOWN, RN_FENCE_NODES, RN_FENCE_FAILED } RnFenceResult;
typedef RnFenceResult (*RnFenceHandler) (gpointer user, const RnFence *fence, RnFenceMade *made);

/*
 * What a link with a scheme of its own leads to: ADDRESS (emptied before) becomes an address as an editor may write it, TITLE (the same) words for a
 * link that has none.
 * UNKNOWN: nobody has the scheme. DEAD: it leads nowhere. FAILED: the same, and told already.
 */
typedef struct { const char *address; guint32 line, col; const RnPage *page; } RnSchemeLink;
typedef enum { RN_SCHEME_UNKNOWN, RN_SCHEME_FOUND, RN_SCHEME_DEAD, RN_SCHEME_FAILED } RnSchemeResult;
typedef RnSchemeResult (*RnSchemeHandler) (gpointer user, const RnSchemeLink *link, GString *address, GString *title);

typedef struct {
	gboolean plain;              /* CommonMark + GFM alone, HTML unsafe, no typography: for the spec's examples */
	gboolean gfm;                /* with plain: the GFM extensions too (tables, strikethrough, autolinks, task lists, tag filter) */
	RnFenceHandler fence;        /* may be NULL */
	gpointer fence_user;
	RnSchemeHandler scheme;      /* may be NULL */
	gpointer scheme_user;
	/* Is told every address that is looked up, as it was written, in the order of the text; may be NULL. */
	void (*address) (gpointer user, const char *address, guint32 line, guint32 col);
	gpointer address_user;
} RnMarkdownOptions;

typedef struct RnMarkdown RnMarkdown;   /* a worker's own: arenas and tables that are used again for each page */

RnMarkdown *rn_markdown_new (const RnLibrary *library, const RnMarkdownOptions *options, RnDiagnostics *sink);
void        rn_markdown_free (RnMarkdown *markdown);

/*
 * Parses TEXT, the body of PAGE (NULL with plain: no library is needed), whose first line is LINE of its file. The document lives until
 * the next call. NULL after a diagnostic: nested too deep, of a form
 * that would take too long (body-dense), not valid UTF-8.
 */
const RnDocument *rn_markdown_parse (RnMarkdown *markdown, const RnPage *page, const char *text, gsize len, guint32 line);

#define RN_MARKDOWN_MAX_BYTES ((gsize) 16 << 20) /* a page's body: beyond, it is refused (file-too-large) */

#endif
