/*
 * notes-int.h - [^ ... ] that cannot be the mark of a footnote is kept from cmark, which loses words of it.
 *
 * cmark-gfm takes any [^ ... ] for a mark, and its name from the columns where it begins and ends. Where a line ends in between, that cuts words off, and
 * letters in two. A name has no blank, no line end and no other mark in it, so that much can be told beforehand.
 *
 * cmark-gfm also drops each note that no mark calls, and each but the first of a name, without a word: what somebody wrote would be nowhere. So the notes are counted before it
 * does, and the lost ones told.
 */
#ifndef RN_MARKDOWN_NOTES_INT_H
#define RN_MARKDOWN_NOTES_INT_H

#include "markdown/convert-int.h"

#include <cmark-gfm/parser.h>

/* LEN bytes, as many as TEXT, in which SIGN, a byte that TEXT has not, stands for the ^ of such brackets; NULL: there are none. The caller's. */
char *rn_notes_hide (const char *text, gsize len, char *sign);

/* Puts ^ back for SIGN in all texts of the tree that was made of it. */
void  rn_notes_show (cmark_node *root, char sign);

/* Takes down the notes that PARSER has read; to be called when it was fed all, whose last line has its end, and before it is finished. */
void  rn_notes_collect (RnMarkdown *md, cmark_parser *parser);

/* A diagnostic for each of them that the finished tree has no more. */
void  rn_notes_lost (RnMarkdown *md, const cmark_node *root);

#endif
