/*
 * notes-int.h - [^ ... ] that cannot be the mark of a footnote is kept from cmark, which loses words of it.
 *
 * cmark-gfm takes any [^ ... ] for a mark, and its name from the columns where it begins and ends. Where a line ends in between, that cuts words off, and
 * letters in two. A name has no blank, no line end and no other mark in it, so that much can be told beforehand.
 */
#ifndef RN_MARKDOWN_NOTES_INT_H
#define RN_MARKDOWN_NOTES_INT_H

#include <cmark-gfm.h>
#include <glib.h>

/* LEN bytes, as many as TEXT, in which SIGN, a byte that TEXT has not, stands for the ^ of such brackets; NULL: there are none. The caller's. */
char *rn_notes_hide (const char *text, gsize len, char *sign);

/* Puts ^ back for SIGN in all texts of the tree that was made of it. */
void  rn_notes_show (cmark_node *root, char sign);

#endif
