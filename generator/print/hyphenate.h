/*
 * hyphenate.h - where a word may be parted, by a language's data: patterns (Liang's, as TeX and Hunspell have them), or the rule of open
 * syllables, and a list of exceptions before both.
 *
 *   hyphenation:                         in layouts/lang/<code>.yaml
 *     patterns: hyph_ru_RU.dic           layouts/print/<name>, else in print.yaml's `hyphenation:` folders; its first line names its encoding
 *     as: {ё: е}                         letters that the patterns do not know
 *     rule: onset                        or: an onset is at most one consonant; the language's `alphabet` says which letters there are
 *     vowels: аеёиӣоуӯэюя                one must stand on both sides of a break; the rule needs them, patterns may do without
 *     never_before: ъьй
 *     exceptions: hyphens.tg.txt         layouts/print/<name>: one word a line, its breaks marked by hyphens; # begins a comment. A star at an end stands for
 *                                        whatever follows or goes before: "ҳам-оҳанг*" holds for all words that begin so, and the rule for their rest
 *     left: 3
 *     right: 3                           letters that must stay before and after, at least 2; default 3 and 3: never runts of under three letters
 */
#ifndef RN_PRINT_HYPHENATE_H
#define RN_PRINT_HYPHENATE_H

#include "base/diagnostic.h"
#include "model/site.h"

typedef struct RnHyphenation RnHyphenation;   /* read-only once made: for any thread */

/* NULL: the language has no `hyphenation`, or what it names is missing or broken, which is told (hyphens-missing, hyphens-broken). folders: NULL-terminated, or NULL. */
RnHyphenation *rn_hyphenation_new (const RnSite *site, const RnLanguage *language, const char *const *folders, RnDiagnostics *sink);
void           rn_hyphenation_free (RnHyphenation *hyphenation);

/*
 * WORD: LEN bytes, letters alone (no hyphens, digits, marks; soft hyphens are the caller's). Sets BREAKS[i] = 1 for each byte offset i at which the rest may begin a
 * new line (BREAKS has LEN bytes, zeroed by this function). Returns how many. Words over 60 letters, all in capitals, or
 * with a letter that the language's data does not have are never parted here. NULL parts nothing.
 */
guint          rn_hyphenate (const RnHyphenation *hyphenation, const char *word, gsize len, guint8 *breaks);

#endif
