/* text.h - small services on UTF-8 text that every room needs. */
#ifndef RN_BASE_TEXT_H
#define RN_BASE_TEXT_H

#include <glib.h>

/* The offset of the first byte that is not valid UTF-8 or is NUL, or -1. */
gssize rn_text_invalid_at (const char *text, gsize len);

/* Line and column (both from 1, column in characters) of byte OFFSET. */
void rn_text_position (const char *text, gsize len, gsize offset, guint *line, guint *col);

/* Of its bytes, for tables and marks: FNV-1a, which anybody can write down again. */
guint32 rn_text_hash (const char *text, gsize len);

/* Does git's mark of a merge that is not finished stand in TEXT? Its line, from 1; 0: none does. */
guint rn_text_conflict (const char *text, gsize len);

/*
 * The nearest of the NAMES (NULL-terminated) to NAME, by Damerau-Levenshtein distance over
 * characters, or NULL where none is near enough (a third of its length; one letter in short names). Borrowed from NAMES.
 */
const char *rn_text_nearest (const char *name, const char *const *names);

/* Appends TEXT with & < > and, with QUOTES, " escaped, as XML and HTML both take it. */
void rn_text_escape (GString *out, const char *text, gssize len, gboolean quotes);

/* Appends TEXT as a JSON string with its quotes. No '<', '>', '&', U+2028 or U+2029 stands in it as itself, so that it may stand in a script element. */
void rn_text_json (GString *out, const char *text, gssize len);

/* A language's way to write letters in others. Letters are added before the first slug; then all threads may share it. */
typedef struct RnTransliteration RnTransliteration;

RnTransliteration *rn_transliteration_new  (void);
/* LETTER in either case becomes LATIN, which is borrowed and may be empty. What is not one letter, or is ASCII, has no effect. */
void               rn_transliteration_add  (RnTransliteration *table, const char *letter, const char *latin);
void               rn_transliteration_free (RnTransliteration *table);

/*
 * A readable name for URLs and anchors: lower case, letters and digits kept, all else one '-'.
 * TABLE may be NULL; letters that it lacks lose their diacritics, and stay as they are when that does not make them ASCII.
 * Never empty: "-" stands for a text without letters. Free with g_free.
 */
char *rn_text_slug (const char *text, gssize len, RnTransliteration *table);
/* The bytes of SLUG that a file's name can hold with room for an ending, whole characters. */
gssize rn_text_slug_length (const char *slug);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTransliteration, rn_transliteration_free)

#endif
