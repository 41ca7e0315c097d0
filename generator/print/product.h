/*
 * product.h - a print product as data: layouts/print/<name>.yaml over what it extends, over layouts/print/print.yaml; and site.yaml's `print:` over all.
 *
 * The keys are described for those who write them in layouts/print/README.md. What is wrong in a product is a diagnostic at its line
 * (product-broken, product-unknown, product-key ...); a product that cannot be made is left out, and the others are made.
 */
#ifndef RN_PRINT_PRODUCT_H
#define RN_PRINT_PRODUCT_H

#include "model/library.h"
#include "print/hyphenate.h"
#include "print/style.h"

/* What a print shop wants of the files: layouts/print/profiles/<name>.yaml. */
typedef struct {
	const char *name;
	RnLength    bleed;              /* beyond the trim on every side */
	RnLength    safe;               /* nothing but tints nearer to the trim */
	gboolean    page_marks;         /* crop marks on single pages too (else on imposed sheets alone) */
	gboolean    sheet_marks;        /* crop, fold and registration marks on imposed sheets */
	gboolean    outlines;           /* text as paths, for shops that forbid fonts */
	const char *x_version;          /* "PDF/X-1a:2003"; NULL: plain PDF */
	const char *condition, *condition_id;  /* "Coated FOGRA39 ...", "FOGRA39" */
	const char *paper;              /* "offset 80 g/m2" */
	double      paper_thickness;    /* millimetres of one leaf */
	const char *cover_paper;        /* NULL: as the inside */
} RnPrintProfile;

#define RN_PANELS 24    /* of one sheet, at most */

typedef enum { RN_IMPOSE_NONE, RN_IMPOSE_SADDLE, RN_IMPOSE_PERFECT, RN_IMPOSE_SHEET, RN_IMPOSE_REPEAT } RnImposeScheme;

/* How sides go onto sheets. */
typedef struct {
	guint8   scheme;                /* SADDLE, PERFECT: folded signatures; SHEET: each side alone on its sheet (posters, leaflets, lists); REPEAT: as often as it fits (cards) */
	RnLength sheet_width, sheet_height; /* the paper that is printed on, landscape for folded ones */
	guint    signature;             /* pages of a signature, a multiple of 4; SADDLE: one signature up to `limit` pages */
	guint    limit;
	const RnLength *folds; guint n_folds;  /* SHEET: where the front side is folded, from its left edge */
} RnImposeRules;

typedef struct {
	const char   *name;             /* "booklet" */
	const char   *kind;             /* booklet, parallel, panels, cards, poster: who composes it */
	RnPlace       where;            /* its entry in site.yaml, or, named without one, its uppermost file: for diagnostics */
	GPtrArray    *layers;           /* what it is merged of: for rn_product_place and rn_product_find; NULL: made by hand */
	const RnValue *config;          /* all keys, merged */
	const RnLanguage **languages; guint n_languages;
	gboolean      together;         /* one book of all its languages ("tg-ru"), not one each */
	RnLength      width, height;    /* trim */
	RnLength      inner, outer, top, bottom;  /* margins; of products without a spine inner is left, outer right */
	guint         columns;
	RnLength      gutter;           /* between columns */
	RnStyles      styles;
	RnPrintProfile profile;
	RnImposeRules impose;
	enum { RN_LINKS_FOOTNOTE, RN_LINKS_INLINE, RN_LINKS_NONE } links;  /* how an address out of the book is printed */
	gboolean      page_references;  /* "see p. 14" after a link within the book */
	const char   *address;          /* where the site is served, for QR codes and printed addresses, without a final slash; NULL: not known */
	guint         copies;           /* 0: not said */
	gboolean      archive;          /* a PDF/A-1b beside the three */
	const RnPage *only;             /* this page alone, whatever `select` says; NULL: what it says */
	const double *fit; guint n_fit; /* sizes to try, in percent, until all fits: panels, cards; at least one */
} RnProduct;

typedef struct RnProducts RnProducts;

/*
 * Reads the products: those NAMES (NULL-terminated; NULL: those that site.yaml's print: products: lists, none without it). Loads their fonts and
 * hyphenations. Never NULL: what is wrong is told.
 */
RnProducts *rn_products_new (const RnLibrary *library, const char *const *names, RnDiagnostics *sink);
void        rn_products_free (RnProducts *products);
guint       rn_products_count (const RnProducts *products);
const RnProduct *rn_products_nth (const RnProducts *products, guint i);
const RnHyphenation *rn_products_hyphenation (const RnProducts *products, const RnLanguage *language);   /* NULL: none */

/* Folders outside the site where fonts and hyphenations were looked for. GPtrArray of const char *, borrowed. */
const GPtrArray *rn_products_folders (const RnProducts *products);

/* The content pages that PRODUCT takes in LANGUAGE, in the order of sections and within them: config's select: {sections, tags, audience, pages}. GPtrArray of const RnPage *. */
GPtrArray  *rn_product_pages (const RnProduct *product, const RnLibrary *library, const RnLanguage *language, RnDiagnostics *sink);

/* A key of the config by a path ("cover.note"); NULL. */
const RnValue *rn_product_get (const RnProduct *product, const char *path);
/* The place of the key PATH in the uppermost of its files that has it; `where`. */
RnPlace     rn_product_place (const RnProduct *product, const char *path);
/* Where the uppermost text of its files that holds PART stands. FALSE: nowhere. */
gboolean    rn_product_find (const RnProduct *product, const char *part, RnPlace *where);
/* Is it WORD? */
gboolean    rn_product_says (const RnProduct *product, const char *path, const char *word);
gboolean    rn_product_flag (const RnProduct *product, const char *path, gboolean fallback);
guint       rn_product_count (const RnProduct *product, const char *path, guint fallback);

/* How wide a column of its text is, its page and margins being read: all of the page without columns; of parallel texts, one language's. */
RnLength    rn_product_measure (const RnProduct *product);

/* "13.5" points, "4mm", "1.5cm", "0.5in", "0.5em" (of SIZE), numbers as points. FALSE: not a length. */
gboolean    rn_length_parse (const RnValue *value, RnLength size, RnLength *length);

#endif
