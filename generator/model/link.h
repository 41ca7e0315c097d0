/*
 * link.h - what an address in a page's text means.
 *
 *   https://... mailto: tel: sms: geo:      out of the site
 *   #anchor                                 in the same page
 *   /faq/patent  /tg/faq/patent/            a page, by key (same language as the text) or by address
 *   patent.md  ../faq/patent.tg.md  patent  a page, by its file from this one
 *   law:koap#18.8                           a scheme of site.yaml's link_schemes: /legislation/koap#18.8
 *   /media/a.svg  ../media/a.svg            a file of the content
 *   /centres/khujand.vcf                    a file that a plugin gives
 * Anything else with a scheme (javascript:, data:, file: ...) is refused.
 */
#ifndef RN_MODEL_LINK_H
#define RN_MODEL_LINK_H

#include "model/library.h"

typedef enum {
	RN_LINK_EXTERNAL,   /* url */
	RN_LINK_PAGE,       /* page, fragment */
	RN_LINK_FILE,       /* url: the file's address in the site; tree_index */
	RN_LINK_ADDED,      /* url: of a file or feed that a plugin gives (added.h) */
	RN_LINK_REFUSED,    /* an unsafe or malformed address */
	RN_LINK_MISSING,    /* nearest, or NULL */
	RN_LINK_HIDDEN,     /* the page exists and is not to be seen: why */
} RnLinkKind;

typedef struct {
	RnLinkKind    kind;
	const RnPage *page;
	const char   *fragment;      /* without '#', decoded, borrowed from ADDRESS or ARENA; NULL: none */
	const char   *url;
	guint         tree_index;
	const char   *nearest, *why;
} RnLink;

/*
 * Resolves ADDRESS as written in FROM (its text may be another language's: a stand-in resolves as the page whose text it shows, then goes to FROM's language).
 * Strings of the result are borrowed from ADDRESS, the library, or made in ARENA.
 */
RnLink rn_link_resolve (const RnLibrary *library, const RnPage *from, const char *address, RnArena *arena);

/* May an address with this scheme stand in the output? Held against an allow-list. */
gboolean rn_link_scheme_allowed (const char *address);

#endif
