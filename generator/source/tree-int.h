/*
 * tree-int.h - what the kinds of trees share: the sorted list of files, and the repository behind it.
 *
 * A kind fills `entries` through rn_tree_offer in any order, then rn_tree_settle sorts them and refuses clashes.
 */
#ifndef RN_SOURCE_TREE_INT_H
#define RN_SOURCE_TREE_INT_H

#include "base/arena.h"
#include "source/tree.h"

#include <git2.h>

/* A tree that names one folder over and over would unfold without end; a site has no such number of files. */
#define RN_MAX_FILES 2000000

typedef struct {
	const char *path;
	git_oid     id;              /* the blob: of the revision, or of the index; zero: not tracked */
} RnTreeEntry;

typedef struct {
	gboolean (*read) (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error);
	void     (*close) (RnTree *tree);
	/* Sets changed[i] where the bytes of file i are not those of `entries[i].id`. */
	void     (*changed) (RnTree *tree, gboolean *changed);
	gboolean (*stamp) (RnTree *tree, GChecksum *sum); /* see rn_tree_stamp; the commit is added already */
	gsize    size;               /* of the kind's own struct */
	gboolean revision;
} RnTreeKind;

struct RnTree {
	const RnTreeKind *kind;
	RnArena          *arena;
	GArray           *entries;   /* of RnTreeEntry */
	git_repository   *repo;      /* NULL: none */
	char             *prefix;    /* the site's folder inside the repository: "" or "a/b/" */
	char              commit[41];
	gint64            commit_time;
	char             *trouble;   /* atomic: the first failure of the system, see rn_tree_sound; NULL: none */
};

/* Starts libgit2, once for the process: no verification of hashes, no question who owns a repository. */
void     rn_git_init (void);
/* As git_repository_open_ext, of any folder above it: with a reader of loose objects that comes to an end whatever lies there. GIT_ENOTFOUND: there is none, looked at twice. */
int      rn_git_open (git_repository **repo, const char *path, guint flags);
/* As git_repository_index; an index that is there and cannot be read is none that is empty. */
int      rn_git_index (git_index **index, git_repository *repo);
/* The time of a commit, which may be any number at all, as one of the years 1 to 9999: what can be written as a date and be reckoned with. */
static inline gint64 rn_git_time (gint64 seconds)
{
	return CLAMP (seconds, G_GINT64_CONSTANT (-62135596800), G_GINT64_CONSTANT (253402300799));
}
/* Sets ERROR to libgit2's last complaint after "what: ", and returns FALSE. */
gboolean rn_git_fail (GError **error, RnTreeError code, const char *what);

/* Is the object there, with the bytes that its name says? libgit2 puts one in its place whose last write has failed, and says nothing. FALSE with libgit2's complaint. */
gboolean rn_git_whole (git_repository *git, const git_oid *id);
/* The same of a tree and all trees below it. */
gboolean rn_git_whole_tree (git_repository *git, const git_oid *id);
/* Notes libgit2's last complaint as a failure of the system, where it is one, or ALWAYS. */
void     rn_git_trouble (RnTree *tree, const char *what, gboolean always);

RnTree  *rn_tree_new (const RnTreeKind *kind);
/* Takes NAME, found in the folder PARENT ("" or with its final '/'), into an arena string; NULL: refused and told. */
char    *rn_tree_join (RnTree *tree, const char *parent, const char *name, gboolean folder, RnDiagnostics *sink);
void     rn_tree_offer (RnTree *tree, const char *path, const git_oid *id);
void     rn_tree_settle (RnTree *tree, RnDiagnostics *sink);
/* A folder inside the repository as a tree's prefix: "./a//b/" becomes "a/b/"; "." and NULL become "". Free it. */
char    *rn_tree_prefix (const char *subdir);
/* Notes the commit that the tree is of. */
void     rn_tree_set_commit (RnTree *tree, const git_commit *commit);

/* Tells ID about PATH, which may hold anything that a file's name can: control characters and stray bytes are shown as \xNN. */
void     rn_tree_tell (RnDiagnostics *sink, RnDiagnosticId id, const char *path, const char *detail);
gboolean rn_tree_wanted (const char *name, const char *const *roots);
/* The error for a file of SIZE bytes where MAX are allowed. */
gboolean rn_tree_too_large (GError **error, const char *path, gsize size, gsize max);

#endif
