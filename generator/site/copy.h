/*
 * copy.h - a page's HTML for a place other than its own: a file passed from hand to hand, a chapter of a book, a folder on a card.
 *
 * In: HTML as layouts wrote it for the page (addresses relative to it). Out: the same, with every address of the site asked for anew, ids under a
 * prefix, pictures as the caller gives them; with xml well-formed XML (XHTML). A link that has nowhere to lead loses its tags and keeps its
 * words; a picture that is left out its description.
 */
#ifndef RN_SITE_COPY_H
#define RN_SITE_COPY_H

#include "model/library.h"

/* An address of the site: decoded ("/tg/faq/patent/"), its fragment as it stands without '#' (NULL: none), the page there (NULL: a file, or nothing). */
typedef struct { const char *url, *fragment; const RnPage *page; } RnCopyAddress;

/* Appends what the address becomes, not yet escaped. FALSE: it is left out. */
typedef gboolean (*RnCopyTo) (gpointer user, const RnCopyAddress *address, GString *out);

typedef struct {
	RnCopyTo link, picture;      /* link NULL: addresses stay as they are; picture NULL: none comes along */
	gpointer user;
	const char *prefix;          /* of ids, and of what names them; "" for none */
	const char *left_out;        /* behind the description of a picture that is left out; NULL: nothing */
	guint deeper;                /* levels by which headings go down, to the sixth at most */
	gboolean xml;
} RnCopyOptions;

/* Appends. LIBRARY, PAGE: whose HTML it is. */
void rn_copy (const RnLibrary *library, const RnPage *page, const char *html, gsize len, const RnCopyOptions *options, GString *out);

/*
 * Is ADDRESS, as an attribute has it once entities are read, one of the site's? Then its path, decoded and from the root, goes to URL (emptied
 * first), and *fragment to its '#' or NULL.
 */
gboolean rn_copy_resolve (const RnPage *page, const char *address, GString *url, const char **fragment);

#endif
