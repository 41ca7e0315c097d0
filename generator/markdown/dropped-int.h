/*
 * dropped-int.h - what cmark drops without a word: text that somebody wrote and nobody would see.
 *
 * It drops each footnote that no mark calls and each but the first of a name, and each line such as "[phone]: 123", which it takes for the address of a link [phone], whether there is
 * such a link or not. Both are taken down while it reads, compared with the tree that comes out, and what is missing becomes a diagnostic.
 *
 *   watch (before the text is fed) -> collect (when it was fed) -> tell (when the tree is finished)
 *
 * A comment is meant to be seen by nobody; one that does not end takes all that follows with it.
 */
#ifndef RN_MARKDOWN_DROPPED_INT_H
#define RN_MARKDOWN_DROPPED_INT_H

#include "markdown/convert-int.h"

#include <cmark-gfm/syntax_extension.h>

/* Has PARSER give MD the addresses of links when it finishes. WATCH: the caller's, unset, and there until then. */
void rn_dropped_watch (RnMarkdown *md, cmark_parser *parser, cmark_syntax_extension *watch);

/* Takes down the notes that PARSER has read so far. */
void rn_dropped_collect (RnMarkdown *md, cmark_parser *parser);

/*
 * Tells of what the finished tree has not. An address counts as used where a link or a picture leads to it, by whatever way: cmark does not say by which.
 * One that leads nowhere ("#") is a comment, as some write them: "[//]: # (words)".
 */
void rn_dropped_tell (RnMarkdown *md, cmark_node *root);

/* Tells of HTML, LEN bytes of a block at PLACE, that is such a comment. */
void rn_dropped_html (RnMarkdown *md, const char *html, gsize len, const RnNode *place);

#endif
