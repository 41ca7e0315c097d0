/*
 * packs.h - what a phone keeps: the site's pages and what they need, in files of about 64 to 128 KB that it stores as they are and cuts pages out of.
 *
 * PACKS.md says what the files of site/offline/ look like and how a phone uses them.
 * The same files of site/ give the same packs, whatever the number of workers.
 */
#ifndef RN_SITE_PACKS_H
#define RN_SITE_PACKS_H

#include "site/booklets.h"
#include "site/files.h"

/* Puts site/offline/ for all of FILES, and for BOOKLETS (RnBooklet) their names. commit: NULL or "" for none. */
gboolean rn_packs_put (RnFiles *files, const GArray *booklets, const RnLibrary *library, const char *commit, guint jobs, RnAtomicTree *out, GError **error);

#endif
