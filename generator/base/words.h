/*
 * words.h - what the program says to people, in their language: gettext's domain "rohnamo", whose message ids are the English sentences.
 *
 * _("...") is the text as it is to be told; N_("...") marks one that stands in a table and is put through _() when it is told; a count takes ngettext.
 * The texts are UTF-8 and live as long as the program; without rn_words_open they are the English ones. Any thread may ask. What belongs to the site (its
 * outputs, ids, keys, names of options, JSON's fields) never goes through here: only LC_MESSAGES is set, so that numbers and bytes are the same everywhere.
 */
#ifndef RN_BASE_WORDS_H
#define RN_BASE_WORDS_H

#include <glib.h>
#include <libintl.h>

#define _(text)  gettext (text)
#define N_(text) text

/*
 * Opens the domain, once, before there are threads: in the first of FOLDERS (NULL ends them) that has <language>/LC_MESSAGES/rohnamo.mo for a language that the
 * user asks for, by LANGUAGE, else by LC_ALL, LC_MESSAGES or LANG. The locale need not be installed. C, POSIX, or a language that nobody has: English.
 */
void rn_words_open (const char *const *folders);

/* The language of what is told: "en", "ru" ... */
const char *rn_words_language (void);

/* What the system says of error number CODE, as g_strerror, in the language of the rest where it is among what editors meet. */
const char *rn_words_system (int code);

#endif
