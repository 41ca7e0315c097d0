/*
 * press.h - one build, from a folder or a revision to a new edition in place of the old one.
 *
 * What is wrong in the content is in the sink and the build goes on: a page that cannot be made is left out, and where others link to it
 * their text stands without the link. What cannot go on is ERROR: the old output stays whole.
 */
#ifndef RN_PRESS_PRESS_H
#define RN_PRESS_PRESS_H

#include "base/atomic_tree.h"
#include "base/diagnostic.h"
#include "source/tree.h"

/* A file of print/. pages: 0 for what has none. */
typedef struct { char *name; guint pages; guint64 bytes; } RnPrinted;

typedef enum { RN_PHASE_LIST, RN_PHASE_HISTORY, RN_PHASE_READ, RN_PHASE_RENDER, RN_PHASE_WRITE, RN_PHASES } RnPhase;

/* What a build makes: site/, print/, search.db and share/ of the output. Bundles are made of the site's pages: who makes them makes the site. */
enum { RN_OUTPUT_SITE = 1, RN_OUTPUT_PRINT = 2, RN_OUTPUT_SEARCH = 4, RN_OUTPUT_BUNDLES = 8, RN_OUTPUT_ALL = 15 };

/* Read by another thread while a build runs: done and total are atomic. */
typedef struct { gint phase, done, total; } RnPressProgress;

typedef struct {
	const char *dir;            /* the site's folder; with rev and repo: the folder inside the repository, "" or NULL for its root */
	const char *repo, *rev;     /* a revision: of repo, or of the repository that dir is in; both NULL: the files as they are */
	gboolean staged;            /* what the next commit of repo holds, instead of a revision */
	const char *index;          /* with staged: the file that holds it, as git tells its hooks; NULL: the repository's own */
	const char *out;            /* NULL: check alone, nothing is written */
	const char *share;          /* where the tool's own layouts/ and plugins/ are */
	guint    jobs;              /* 0: one a core */
	guint    outputs;           /* RN_OUTPUT_*; what is not made stays as the last edition has it; 0, with out NULL: all texts are read and checked, no layout is tried */
	const char *const *products;/* names of print products, NULL-terminated: these alone, others stay as they are; an empty list: the site's, or the booklet where it names none; NULL: the site's */
	gboolean has_clock, strict, counsellor, drafts;
	gboolean unlisted;          /* not for everybody: search engines are told so */
	gboolean proofread;         /* what editors should look at is told too: proof.h, due.h */
	gint64   clock;             /* seconds, with has_clock */
	RnPressProgress *progress;  /* may be NULL */
	/* Told once, when it is settled where the run writes and before it reads a page; NULL: nobody is. stage: the folder of the new edition, NULL where nothing is written. */
	void   (*settled) (gpointer user, const char *stage, const char *cache);
	gpointer user;
} RnPressOptions;

typedef struct {
	guint    pages;             /* made, of all kinds and languages */
	guint    left_out;          /* pages that could not be made */
	gboolean replaced;          /* the output is this edition (also where nothing in it changed) */
	RnAtomicTreeStats files;
	guint    milliseconds[RN_PHASES];
	char     commit[41];        /* empty: none */
	GArray  *printed;           /* RnPrinted, by name: the files of print/ that this run made */
	char    *note;              /* a bundle that could not be made, and why; NULL: none */
} RnPressResult;

/* Frees what RESULT holds. */
void rn_press_result_clear (RnPressResult *result);

const char *rn_phase_name (RnPhase phase);

/* FALSE with ERROR: nothing was replaced. TRUE and !replaced: the content's errors forbade it (strict, a layout that fails). */
gboolean rn_press_run (const RnPressOptions *options, RnDiagnostics *sink, RnPressResult *result, GError **error);

/* Opens the tree that OPTIONS ask for, and the tool's own. Both must be freed. FALSE: the first cannot be opened. */
gboolean rn_press_open (const RnPressOptions *options, RnDiagnostics *sink, RnTree **tree, RnTree **shipped, GError **error);

#endif
