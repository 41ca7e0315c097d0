/*
 * tree.h - the site's files, wherever they are: a folder, a git work tree, or a revision of any repository.
 *
 * A tree lists its files once, at opening, in byte order of their paths (relative, '/' between the parts), and reads their bytes
 * on request from any thread. What a site must not hold is refused with a diagnostic and not listed: symbolic links
 * (never followed), submodules, names that some system cannot hold (rn_path_check),
 * names that differ only in case, files that cannot be read.
 */
#ifndef RN_SOURCE_TREE_H
#define RN_SOURCE_TREE_H

#include "base/diagnostic.h"

#define RN_TREE_ERROR (rn_tree_error_quark ())
GQuark rn_tree_error_quark (void);
typedef enum { RN_TREE_ERROR_MISSING, RN_TREE_ERROR_TOO_LARGE, RN_TREE_ERROR_IO, RN_TREE_ERROR_REVISION } RnTreeError;

typedef struct RnTree RnTree;

/*
 * The folder DIR. In a git work tree: tracked and untracked files, ignored ones left out; else every file. Left out everywhere:
 * names that begin with a dot, EXCLUDE (NULL-terminated absolute paths: the output folder; may be NULL).
 * Only the top-level entries named in ROOTS (NULL-terminated; NULL: all) are listed.
 */
RnTree *rn_tree_open_work (const char *dir, const char *const *roots, const char *const *exclude,
                           RnDiagnostics *sink, GError **error);

/*
 * The revision REV of the repository REPO (a work tree, a .git or a bare repository), without a checkout. subdir: the site's
 * folder inside it, "" or NULL for its root. ROOTS as above.
 */
RnTree *rn_tree_open_revision (const char *repo, const char *rev, const char *subdir, const char *const *roots,
                               RnDiagnostics *sink, GError **error);

/*
 * What is staged for the next commit of the repository that REPO is or lies in: the index's bytes, not those of the work tree. index: its file, as git tells it to
 * its hooks (GIT_INDEX_FILE); NULL: the repository's own. SUBDIR and ROOTS as above.
 */
RnTree *rn_tree_open_staged (const char *repo, const char *index, const char *subdir, const char *const *roots,
                             RnDiagnostics *sink, GError **error);

void    rn_tree_free (RnTree *tree);

guint       rn_tree_count (const RnTree *tree);
const char *rn_tree_path (const RnTree *tree, guint index);                /* borrowed, as long as the tree */
gint        rn_tree_find (const RnTree *tree, const char *path);           /* its index, or -1 */

/* The first index whose path begins with PREFIX, and one past the last: a folder's files are a range. */
void        rn_tree_range (const RnTree *tree, const char *prefix, guint *begin, guint *end);

/*
 * Reads the file into BUFFER (emptied first), at most MAX bytes: TOO_LARGE beyond. head: stop after that many bytes (0: all); then *size
 * (may be NULL) still tells the whole size. Thread-safe. BUFFER is NUL-terminated, as a GByteArray of len + 1 would be.
 */
gboolean    rn_tree_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error);

/*
 * Reads the blob ID (its 40 digits, or the first 7 or more of them) out of the repository that the tree is of, at most MAX bytes, into BUFFER (emptied
 * first; NUL-terminated). MISSING: there is no such blob, as there may not be in a shallow clone, or no repository. Thread-safe.
 */
gboolean    rn_tree_read_blob (RnTree *tree, const char *id, gsize max, GString *buffer, GError **error);

/* The commit that the tree is of (40 hex digits): the revision, or a work tree's HEAD; NULL where there is none. */
const char *rn_tree_commit (const RnTree *tree);
gint64      rn_tree_commit_time (const RnTree *tree);                      /* seconds; 0 without a commit */
gboolean    rn_tree_is_revision (const RnTree *tree);

/*
 * Adds to SUM all that tells one state of the tree from another without reading a byte: of a revision its commit and folder; of a folder each
 * file's name, size, times and inode, and the commit. FALSE: it cannot be told, because a file has gone or
 * changed so lately that it could change again within the same instant.
 */
gboolean    rn_tree_stamp (RnTree *tree, GChecksum *sum);

/*
 * FALSE with ERROR (IO): since the opening the system has failed to list or to read something of the tree (a broken disk, no descriptor or memory left), as opposed to what the
 * content itself lacks or forbids. What was made of the tree may lack it and must not replace what is whole. Thread-safe.
 */
gboolean    rn_tree_sound (RnTree *tree, GError **error);
/* Notes such a failure with PATH, which belongs to what is made of the tree (a font). code: an errno; what the content is to blame for is passed over. Thread-safe. */
void        rn_tree_trouble (RnTree *tree, const char *path, int code);
/* The same of ERROR, a GFileError that a function of GLib gave; NULL: nothing. */
void        rn_tree_trouble_error (RnTree *tree, const GError *error);

/* The git blob id (40 hex digits, into HEX[41]) of the bytes: what `translates:` holds. */
void        rn_blob_id (const char *data, gsize len, char hex[41]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTree, rn_tree_free)

#endif
