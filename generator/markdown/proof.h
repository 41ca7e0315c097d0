/*
 * proof.h - what a reader would stumble over in a page's text, told at its line; `rohnamo check` reads proofs, a build does not.
 *
 * Words with letters of two alphabets; words that lack marks of the language's letters, by its list of right words; sentences that are too long;
 * numbers that look like somebody's papers; quotation marks of another language, and hyphens that stick to a word where a dash was meant; levels of headings that are skipped; rows of tables that are longer or shorter than their head; telephone
 * numbers that no phone abroad could call. What stands in code, in raw HTML or in a plugin's block is not read.
 *
 * What is a rule of a language stands in layouts/lang/<code>.yaml, and without it the rule is not held:
 *
 *   proof:
 *     sentence: 30                     words of a sentence
 *     words: proof.tg.txt              a file beside it: right words, one a line
 *     letters: {ғ: г, ҳ: х}            what is typed where a letter is lacking: a word that is a right one but for these is told
 *     personal: ['\b\d{2} \d{7}\b']    Perl's regular expressions of numbers that are nobody else's business
 */
#ifndef RN_MARKDOWN_PROOF_H
#define RN_MARKDOWN_PROOF_H

#include "markdown/document.h"

typedef struct RnProof RnProof;           /* the languages' rules, read once; then any thread may use it */

RnProof *rn_proof_new (const RnSite *site, RnDiagnostics *sink);
void     rn_proof_free (RnProof *proof);

/* Reads PAGE, whose DOCUMENT was parsed from TEXT, and whose first line is LINE of its file. A stand-in for another page's text is not read. */
void     rn_proof_page (const RnProof *proof, const RnPage *page, const RnDocument *document, const char *text, gsize len, guint32 line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnProof, rn_proof_free)

#endif
