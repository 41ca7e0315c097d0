/*
 * job-int.h - what a ticket says, worked out once for both of its forms.
 */
#ifndef RN_PRINT_JOB_INT_H
#define RN_PRINT_JOB_INT_H

#include "print/job.h"

typedef struct {
	RnLength width, height;      /* of a side's trim */
	guint    pages, blanks;      /* without an imposition: the sides */
	guint    sheets, up;         /* sheets of paper for UP copies */
	guint64  run;                /* sheets for all copies; 0: not known */
	gboolean two_sided;
	enum { RN_UNBOUND, RN_STAPLED, RN_GLUED } binding;
	enum { RN_FLAT, RN_FOLDED_ONCE, RN_FOLDED_SIGNATURES, RN_FOLDED_AT } folding;
	guint    folds;              /* signatures, or folds of a flat sheet */
} RnJobFacts;

RnJobFacts  rn_job_facts (const RnBook *book, const RnProduct *product, const RnImposition *imposition);
const char *rn_job_sha256 (const RnJobFile *file, char hex[65]);
const char *rn_job_colours (const RnJobFacts *facts);

#endif
