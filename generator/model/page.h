/*
 * page.h - one page of the site in one language: what its front matter says and what the library made of it.
 *
 * A page is written by model/ alone, until the library is frozen; everybody
 * else reads it. All memory is the library's.
 */
#ifndef RN_MODEL_PAGE_H
#define RN_MODEL_PAGE_H

#include "base/sieve.h"
#include "model/language.h"
#include "model/schema.h"
#include "source/history.h"

typedef enum {
	RN_PAGE_ROOT,       /* "/": chooses the language; its own is the default one */
	RN_PAGE_HOME,       /* "/tg/" */
	RN_PAGE_SECTION,    /* a folder, with or without _index */
	RN_PAGE_CONTENT,    /* a Markdown file, or a text that a plugin gave */
	RN_PAGE_TAGS,       /* all tags */
	RN_PAGE_TAG,
	RN_PAGE_AUDIENCE,
	RN_PAGE_CUSTOM,     /* made by a plugin */
	RN_PAGE_NOT_FOUND,  /* "/tg/404.html" */
	RN_PAGE_SEARCH,     /* "/tg/search/": the field, and all titles and tags from A to Z; only where site.yaml has search */
	RN_PAGE_PART,       /* a piece of a long text, or the whole of it, below its page: parts.h */
} RnPageKind;

typedef enum { RN_FRESH, RN_STALE, RN_STALE_UNKNOWN } RnFreshness;

typedef struct RnPage RnPage;

typedef struct { guint n; RnPage **items; } RnPages; /* a list of pages of one language, sorted by its section's rule */

#define RN_TITLE_MAX 160
#define RN_NEWEST 20

typedef struct { const char *title, *url; gint64 date; } RnSource; /* url NULL, date 0: not given */

struct RnPage {
	RnPageKind        kind;
	const char       *key;          /* "faq/patent": the same in all languages; "" for the home; "tags/<slug>" */
	const RnLanguage *language;
	const char       *url;          /* site-absolute, decoded: "/tg/faq/patent/"; unique */
	const char       *title;        /* never NULL; of RN_TITLE_MAX characters at most */
	const char       *whole_title;  /* as it was written, where `title` is cut and ends in "…"; else NULL */
	const char       *description;  /* NULL: none */
	const RnType     *type;         /* never NULL */
	RnPage           *parent;       /* section, or home; NULL for a home and the root */

	const char *file;               /* of the tree, relative to the site's root; of a plugin's text: what it comes from; NULL for made pages */
	guint       tree_index;         /* its number in the tree, where file is not NULL and text is */
	const char *text;               /* a body that a plugin gave; NULL: the file has it */
	gsize       text_len;
	RnPlace     from;               /* of a plugin's page: where all that is wrong with it is told; file NULL: it is of a file */
	guint32     body, body_line;    /* offset of the body in the file and its line */
	guint32     head_hash;          /* of the front matter's bytes: has the file changed since? */
	const RnSieve *sieve;           /* of its file's bytes as they were then, where plugins may look for words in it; NULL: unknown */

	gint64 date, publish, expires, reviewed, review_due; /* seconds; 0: not set */
	gint64 lastmod;                 /* front matter's, else history's, else 0: unknown */
	const RnFileHistory *history;   /* NULL for made pages */
	gint32 weight;
	const char *owner, *status, *layout; /* NULL: none */
	gboolean draft, sensitive, review_overdue;
	gboolean online;                /* of use only where the site is served: in no list, not searched, in no copy */
	gboolean toc;                   /* false where front matter says toc: false */
	gboolean unsearched;            /* front matter says search: false: the page is not in the index */

	const RnValue *front;           /* the front matter as read; NULL for none */
	const RnValue **fields;         /* by index into type->fields: checked values, inherited and default ones among them; NULL: none */
	const RnValue *data;            /* a plugin's own data for its page; NULL */

	const RnSource *sources; guint n_sources;
	const char *const *aliases;     /* NULL-terminated, site-absolute; NULL: none */
	guint32 audience;               /* bit i: the site's i-th audience */

	RnPage **twins;                 /* by language index: this page in each language, itself among them; NULL: has none */
	RnPage  *fallback;              /* this page stands in for a missing translation: the page whose text it shows; else NULL */
	RnPage  *source;                /* the page that this one translates; NULL: it is the source, or has no pair */
	RnFreshness freshness;          /* against source */

	RnPages  tags;                  /* its tag pages (TAG with one page alone has url of the tags page#slug) */
	RnPages  related;
	RnPages  pages;                 /* SECTION: all pages in it, sections first; TAG, AUDIENCE: theirs; HOME: sections; TAGS: tags */
	RnPages  sections;              /* HOME, SECTION: the sections among `pages`, which come first there; the same in every slice */
	RnPages  groups;                /* SECTION: TAGs of those of its pages that have the same value in the field that its type groups by; the same in every slice */
	RnPages  newest;                /* HOME, SECTION: what changed last below it, newest first, RN_NEWEST at most; the same in every slice */
	RnPage  *previous, *next;       /* neighbours in the section; NULL at the ends */
	guint    slice, slices;         /* a long list is split: this is slice 1..slices; 0 for no list */
	RnPage  *first_slice;           /* of a later slice: the first; else itself */
	RnPage **slice_pages;           /* of a first slice with slices > 1: all slices; else NULL */

	const struct RnSplit *split;    /* a text that is shown in pieces: of its page and of all its PARTs; else NULL: parts.h */
	guint    part;                  /* PART: which piece, from 1; 0: the whole text. Of the text's own page: 0 */
};

/* When its words were last changed, or found to be right; 0: unknown. */
gint64         rn_page_changed (const RnPage *page);

/* The page's field NAME as a checked value: declared fields, then common ones of the front matter; NULL: none. */
const RnValue *rn_page_field (const RnPage *page, const char *name);

/* Does its file, whose bytes begin with TEXT (at least `body` of them), still have the front matter that was read? */
gboolean       rn_page_unchanged (const RnPage *page, const char *text);

/* What a set of pages that cannot be read calls it: its file, or "/tg/key" where its text is a plugin's. Free it. */
char          *rn_page_origin (const RnPage *page);

/* The page's place for a diagnostic at line LINE of its file; a plugin's page has one place for all its lines. */
RnPlace        rn_page_place (const RnPage *page, guint32 line, guint32 col);

#endif
