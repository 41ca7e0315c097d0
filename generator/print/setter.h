/*
 * setter.h - what all that sets type needs at hand: one book, one product, one thread.
 */
#ifndef RN_PRINT_SETTER_H
#define RN_PRINT_SETTER_H

#include "markdown/document.h"
#include "print/book.h"
#include "print/picture.h"
#include "print/product.h"

typedef struct {
	const RnLibrary  *library;
	const RnSite     *site;
	const RnProducts *products;
	const RnProduct  *product;
	RnStyles          styles;          /* the product's, scaled where it must fit */
	RnBook           *book;
	RnPictures       *pictures;
	RnDiagnostics    *sink;
	const RnLanguage *language;        /* of the text being set */
	const RnPage     *page;            /* whose text it is; NULL: the product's own */
	GHashTable       *in_book;         /* set of const RnPage *: those that links lead to within the book; NULL: none */
	GHashTable       *quiet;           /* set of keys (owned: g_str_hash, g_free) of what was told already, so that the second setting tells nothing twice; may be NULL */
	guint             note_number;     /* of the last footnote: they are numbered through a page of the site, in a book through a chapter; 0 begins anew */
	struct RnCalled  *called;          /* the notes of this page so far, for paragraph.h alone */
	gboolean          greedy;          /* lines by first fit instead: for comparison alone */
	RnLength          note_measure;    /* the width of footnotes; 0: that of the paragraph that calls them */
} RnSetter;

/* A string of the language file for print ("print_see"), with a count; the key itself where it is missing, which is told (string-missing). Borrowed. */
const char *rn_setter_string (RnSetter *setter, const char *key, double n);
/* TEMPLATE with {name} replaced by VALUE, in the book's arena. */
const char *rn_setter_fill (RnSetter *setter, const char *template, const char *name, const char *value);
/* Whose file the text being set stands in: the page, or the one whose text it shows; NULL: none, the text is the product's own. */
const RnPage *rn_setter_shown (const RnSetter *setter);
/* The place of line LINE of the page being set, for a diagnostic. */
RnPlace     rn_setter_place (const RnSetter *setter, guint32 line);
/* Tells each of the characters in MISSING, which FONT lacks, at LINE of the page (0: where it was written is looked for), and empties it. */
void        rn_tell_missing (RnSetter *setter, const RnFont *font, GString *missing, guint32 line);

/* Is KEY told for the first time? See quiet. */
gboolean    rn_setter_first (RnSetter *setter, const char *key);

#endif
