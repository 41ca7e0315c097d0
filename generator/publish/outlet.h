/*
 * outlet.h - a target that is open: what stands there, and how an edition takes its place.
 *
 * One writer at a time: opening waits until another one is done, where the target can be locked. A kind of target fills an RnOutletKind (outlet-int.h).
 */
#ifndef RN_PUBLISH_OUTLET_H
#define RN_PUBLISH_OUTLET_H

#include "publish/update.h"
#include "publish/target.h"

typedef struct RnOutlet RnOutlet;

typedef struct {
	const char *repo;       /* BRANCH: the repository that has it (this one), or NULL where the target is another's */
	gboolean look;          /* nothing will be written: nothing is made, nobody is waited for */
	gboolean own_output;    /* SHELF: the output is private to the target, so that its files may become the edition's by a second name */
} RnOutletOptions;

/* The bare repository that stands for the repository REMOTE, of which a branch is a target. Free it. */
char *rn_outlet_mirror (const char *remote);

/* What is shown there now. commit: "" where nobody knows; time: when it was put there, seconds, 0 where nobody knows. */
typedef struct { char commit[41]; gint64 time; } RnOutletLive;

/* Opens TARGET, which must outlive it. */
RnOutlet *rn_outlet_open (const RnTarget *target, const RnOutletOptions *options, GError **error);
void      rn_outlet_close (RnOutlet *outlet);

/* FALSE: nothing is there yet, or it does not say. */
gboolean    rn_outlet_live (RnOutlet *outlet, RnOutletLive *live);
/* All files that stand there; empty where there are none. NULL with ERROR. */
RnManifest *rn_outlet_manifest (RnOutlet *outlet, GError **error);
/* One of them, into BUFFER, emptied first. */
gboolean    rn_outlet_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error);

/* EDITION takes the place of what stands there (OLD, and the PLAN that leads from it there). *changed: FALSE where it stood there already. */
gboolean    rn_outlet_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error);

/* Brings back what stood there before. */
gboolean    rn_outlet_back (RnOutlet *outlet, GError **error);

/* Reads all that stands there, and adds to FAULTS (owned texts) a sentence a file that is not as it was written. */
gboolean    rn_outlet_verify (RnOutlet *outlet, GPtrArray *faults, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnOutlet, rn_outlet_close)

#endif
