/*
 * synonyms.h - content/data/synonyms.yaml: groups of words that mean the same, within a language and across languages.
 *
 *   - {en: [flat, apartment], de: [Wohnung]}
 */
#ifndef RN_SEARCH_SYNONYMS_H
#define RN_SEARCH_SYNONYMS_H

#include "model/site.h"

typedef gboolean (*RnSynonymTake) (gpointer user, guint group, const RnLanguage *language, const char *words, GError **error);

/* Hands each word to TAKE in the file's order. What is wrong is told and passed over; FALSE: TAKE said so. No file, no synonyms. */
gboolean rn_synonyms_read (const RnSite *site, RnDiagnostics *sink, RnSynonymTake take, gpointer user, GError **error);

#endif
