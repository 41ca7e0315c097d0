/*
 * move.h - a page or a file of the content goes by another name: what an address that leads there is to be written like.
 *
 * The new spelling is of the same kind as the old one: relative stays relative, a file's name stays one, a language, an ending, an anchor and a
 * link's scheme stay where they stood.
 */
#ifndef RN_EDIT_MOVE_H
#define RN_EDIT_MOVE_H

#include "model/library.h"

typedef struct {
	const RnLibrary *library;
	const char *from, *to;       /* the page's key, or a file's path inside the content */
	gboolean    file;            /* it is a file that is no page */
	gboolean    other;           /* TO is another page, which stays what it is: anchors of the old one mean nothing there */
	char      **urls, **to_urls; /* of a page, by language: its addresses, and those it will have; NULL: it has no file in it */
	GHashTable *files;           /* path inside the content -> path that it will have; NULL: it goes */
} RnMove;

RnMove *rn_move_new (const RnLibrary *library, const char *from, const char *to, gboolean file);
void    rn_move_free (RnMove *move);

/* Does ADDRESS, as written in FROM, lead to what moves? */
gboolean rn_move_concerns (const RnMove *move, const RnPage *from, const char *address, RnArena *arena);

/* How ADDRESS, as written in FROM, is to be written, FROM's own move among the reasons; NULL: as it is. Free it. */
char    *rn_move_respell (const RnMove *move, const RnPage *from, const char *address, RnArena *arena);

/* The same for TEXT that is a page's name where a name stands, as in `related`. Free it. */
char    *rn_move_rename (const RnMove *move, const char *text);

/* Where PAGE's file will stand inside the content; borrowed. */
const char *rn_move_file (const RnMove *move, const RnPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnMove, rn_move_free)

#endif
