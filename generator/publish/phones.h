/*
 * phones.h - what a reader's phone that keeps the site will download for a new edition: from the hash tree of the packs (site/PACKS.md), old and new.
 *
 * Counted as the phone does: the new root; of each pack of a new name its index and the pages whose hashes it lacks, or the pack as a whole where they are
 * many. Pages
 * count as they travel, compressed where the output has them so.
 */
#ifndef RN_PUBLISH_PHONES_H
#define RN_PUBLISH_PHONES_H

#include "publish/outlet.h"

/* language: its code; NULL: a phone that keeps the site in all languages. first: what one downloads that comes now. */
typedef struct { char *language; guint packs, pages; guint64 bytes, first; } RnPhone;

/*
 * *FOUND: RnPhone, all languages first; NULL: the edition keeps nothing on phones. Unref it, whatever is returned. FALSE with ERROR: a file that is there could not be
 * read, and what is found is not true.
 */
gboolean rn_phones_count (RnOutlet *old, const RnEdition *edition, GArray **found, GError **error);

#endif
