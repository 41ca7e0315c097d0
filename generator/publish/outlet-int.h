/* outlet-int.h - what a kind of target does for itself. */
#ifndef RN_PUBLISH_OUTLET_INT_H
#define RN_PUBLISH_OUTLET_INT_H

#include "publish/outlet.h"

struct RnOutlet {
	const struct RnOutletKind *kind;
	const RnTarget *target;
	RnOutletOptions options;
};

/* As outlet.h says. back, verify: NULL where there is no such thing. */
typedef struct RnOutletKind {
	gsize size;          /* of the kind's own struct, which begins with an RnOutlet */
	gboolean (*open) (RnOutlet *outlet, GError **error);
	void (*close) (RnOutlet *outlet);   /* also after open has failed */
	gboolean (*live) (RnOutlet *outlet, RnOutletLive *live);
	RnManifest *(*manifest) (RnOutlet *outlet, GError **error);
	gboolean (*read) (RnOutlet *outlet, const char *path, GString *buffer, GError **error);
	gboolean (*put) (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error);
	gboolean (*back) (RnOutlet *outlet, GError **error);
	gboolean (*verify) (RnOutlet *outlet, GPtrArray *faults, GError **error);
} RnOutletKind;

extern const RnOutletKind rn_outlet_shelf, rn_outlet_branch, rn_outlet_rclone, rn_outlet_card;

#endif
