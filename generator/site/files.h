/*
 * files.h - the files of site/ as they are put, whoever puts them: listed for what is made of all of them (packs, archives), and precompressed.
 *
 * A tree is watched from rn_files_new on. Only names, sizes and hashes are kept: bytes are read back from the tree. With precompress (site.yaml)
 * a text file that shrinks gets its .gz and .br beside it, made by the worker that put it; those are not listed, nor is anything below offline/.
 */
#ifndef RN_SITE_FILES_H
#define RN_SITE_FILES_H

#include "base/atomic_tree.h"
#include "model/library.h"

typedef struct RnFiles RnFiles;

typedef struct {
	const char   *path;      /* below site/: "tg/faq/patent/index.html" */
	guint64       bytes;
	guint8        hash[32];  /* SHA-256 of its bytes */
	const RnPage *page;      /* whose file it is; NULL: no page's (a feed, an asset, a picture, a redirect) */
} RnFile;

/* Does the site ask for something that needs them? */
gboolean rn_files_wanted (const RnSite *site);

/* Begins to watch OUT. LIBRARY is frozen. */
RnFiles *rn_files_new (const RnLibrary *library, RnAtomicTree *out);
/* Before OUT is committed. NULL is allowed. */
void     rn_files_free (RnFiles *files);

/* All of them, by path, when nobody puts any more (rn_index_finish among them); borrowed. */
const RnFile *rn_files_all (RnFiles *files, guint *n);

/* The bytes of FILE into OUT (emptied first). Thread-safe. */
gboolean rn_files_read (RnFiles *files, const RnFile *file, GString *out, GError **error);

/* Is PATH text, by its ending? */
gboolean rn_files_is_text (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFiles, rn_files_free)

#endif
