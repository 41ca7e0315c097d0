/*
 * edition.h - what is published: the files of a finished output, as readers will find them, each with its hash.
 *
 * The files of site/ stand at the top; beside them what the target asks for (print/, search.db, share/) under its own name. Where both have a path, it is
 * the site's. The order is that of the paths' bytes. The edition holds the output's folder open; nothing is copied.
 */
#ifndef RN_PUBLISH_EDITION_H
#define RN_PUBLISH_EDITION_H

#include <glib.h>

#define RN_PUBLISH_ERROR (rn_publish_error_quark ())
GQuark rn_publish_error_quark (void);
typedef enum {
	RN_PUBLISH_ERROR_IO,       /* the disk, the line, another program */
	RN_PUBLISH_ERROR_TARGET,   /* what was asked for cannot be a target, or holds what is not ours */
	RN_PUBLISH_ERROR_MISSING,  /* there is nothing of the kind: no edition, no manifest, no program */
	RN_PUBLISH_ERROR_CHANGED,  /* somebody else changed it meanwhile: do it again */
} RnPublishError;

/* FALSE with ERROR (IO): "WHAT 'PATH': the system's reason", by errno. */
gboolean rn_publish_fault (GError **error, const char *what, const char *path);
/* The same of NAME in FOLDER; NULL: of FOLDER itself. */
gboolean rn_publish_fault_in (GError **error, const char *what, const char *folder, const char *name);

/*
 * path: below the target; source: below the output; sum: SHA-256 in hex. made: NULL, or the folder, outside of the output, where the file stands by its path; source
 * is its absolute name then.
 */
typedef struct { const char *path, *source, *made; guint64 size; char sum[65]; } RnEditionFile;

/* What goes along with site/. */
enum { RN_ALSO_PRINT = 1, RN_ALSO_SEARCH = 2, RN_ALSO_SHARE = 4 };

typedef struct RnEdition RnEdition;

/*
 * Of the output folder OUT, which a build finished. commit: what it was made of, "" or NULL where nobody knows; also: the sum of RN_ALSO_*. Where more than the site
 * goes along, its SHA256SUMS has that too; key: by which the list is signed anew (signature.h), NULL: it loses its signature.
 */
RnEdition *rn_edition_open (const char *out, const char *commit, guint also, const char *key, GError **error);
void       rn_edition_free (RnEdition *edition);

guint                rn_edition_count (const RnEdition *edition);
const RnEditionFile *rn_edition_file (const RnEdition *edition, guint index);   /* borrowed, as long as the edition */
const RnEditionFile *rn_edition_find (const RnEdition *edition, const char *path);   /* NULL: it has no such file */
const char          *rn_edition_commit (const RnEdition *edition);   /* "" where nobody knows */
const char          *rn_edition_out (const RnEdition *edition);      /* the output folder's path */
int                  rn_edition_fd (const RnEdition *edition);       /* the output folder: sources are read below it */

/*
 * Is the output's folder still what it was when the edition was opened? FALSE with ERROR (CHANGED): a build replaced it, so that what was copied since may be
 * of both.
 */
gboolean rn_edition_check (const RnEdition *edition, GError **error);

/* The whole of a file of it into BUFFER, emptied first. */
gboolean rn_edition_read (const RnEdition *edition, const RnEditionFile *file, GString *buffer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnEdition, rn_edition_free)

#endif
