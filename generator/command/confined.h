/*
 * confined.h - what each verb may still do once it knows what it is to do: base/confine.h with the places of a site.
 *
 * ROHNAMO_SANDBOX=off in the environment leaves the process as it is, without a word: for debuggers and for tests that inject faults. =tell says on standard error
 * what holds. Without either nothing is said, unless the user gives --no-sandbox.
 */
#ifndef RN_COMMAND_CONFINED_H
#define RN_COMMAND_CONFINED_H

#include "preview/preview.h"
#include "publish/target.h"

/* --no-sandbox was given, and the option that sets it. */
extern gboolean rn_confined_open;
#define RN_CONFINED_OPTION { "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &rn_confined_open, N_("do not give up the right to touch other files and to use the network"), NULL }

/* Says what --no-sandbox gives up. */
void rn_confined_not (void);

/*
 * For build, check and print: holds the process to reading the site, its repository and the shared files, and to writing beside the output; and sets settled of OPTIONS, by which
 * it is held to the new edition, the output and the cache alone as soon as they are there. Before any thread is started. OPTIONS must outlive the run.
 */
void rn_confined_press (RnPressOptions *options);

/* After the run: what was made for it alone is gone. */
void rn_confined_done (void);

/* For search: reads PATH and nothing else. */
void rn_confined_search (const char *path);

/* For serve, when it listens and before it reads a page: reads the site and the last build, writes the cache, and the content and the repository with an editor for browsers. */
void rn_confined_serve (const RnPreviewOptions *options);

/* What an editor's verb may write of the site in a folder; all read the site. */
typedef enum { RN_CONFINED_CACHE = 1, RN_CONFINED_CONTENT = 2, RN_CONFINED_REPOSITORY = 4 } RnConfinedWrites;

/* For status, diff, translated, rename, remove, new and cms, before the site DIR is opened. out: a file that is written (NULL: none), which needs its folder. */
void rn_confined_desk (const char *dir, guint writes, const char *out);

/* For import: reads PATH and MAP (NULL: none) too, and writes the content; programs: runs pandoc, held as this process is. */
void rn_confined_import (const char *dir, const char *path, const char *map, gboolean programs);

/* For verify and sign: reads PATH, and ssh-keygen is run elsewhere (publish/errand.h). signers, key: files, or NULL; with KEY it writes signatures beside what it reads. FALSE with ERROR. */
gboolean rn_confined_copy (const char *path, const char *signers, const char *key, GError **error);

/*
 * What WORK reads of the site that OPTIONS say is read in a process of its own, which writes nothing, before it is known what this one must be able to. NULL with ERROR; to be
 * unreffed. WORK's own result is floating.
 */
typedef GVariant *(*RnConfinedWork) (gpointer user, GError **error);
GVariant *rn_confined_apart (const RnPressOptions *options, RnConfinedWork work, gpointer user, GError **error);

/*
 * For publish and pushes, before the target is opened: as rn_confined_press, and writes TARGET. git, rclone and ssh-keygen are run elsewhere, in the forms
 * that TARGET and KEY ask for. repo: the repository that has a branch; look: nothing is written there; build: FALSE where nothing is built. FALSE with ERROR.
 */
typedef struct { const char *repo, *key; gboolean look, build; } RnConfinedPublish;
gboolean rn_confined_publish (RnPressOptions *press, const RnTarget *target, const RnConfinedPublish *how, GError **error);

/* For a commit that is checked: as rn_confined_press, and reads INDEX (NULL: the repository's own). */
void rn_confined_commit (RnPressOptions *options, const char *index);

#endif
