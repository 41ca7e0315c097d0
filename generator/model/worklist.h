/*
 * worklist.h - what waits for editors and translators, counted by section and language, and as a list in the order in which readers need it.
 *
 * What is needed first: the page that most other pages link to; of as many, the one for most kinds of readers (for everybody, where it names none); of
 * these the one with the lesser weight, which its section shows first (without a weight last); then sections in the order of site.yaml, and names.
 */
#ifndef RN_MODEL_WORKLIST_H
#define RN_MODEL_WORKLIST_H

#include "model/library.h"

typedef enum { RN_WORK_MISSING, RN_WORK_STALE, RN_WORK_DRAFT, RN_WORK_REVIEW, RN_WORK_ENDS, RN_WORK_ENDED, RN_WORK_KINDS } RnWorkKind;

/* A section in a language. passages: of the sources of stale pages, that changed; 0 until somebody looked (rn_work_note). */
typedef struct { guint pages, n[RN_WORK_KINDS], passages; } RnWorkCount;

/* Something to do: KIND of PAGE; of a MISSING one the page in its source's language. */
typedef struct {
	RnWorkKind kind;
	const RnPage *page;
	const RnLanguage *language;   /* in which it is to be done */
	gint64 day;                   /* since when, or by when; 0: unknown */
	guint section, links;         /* the section's number; how many pages link to it, its translations counted with it */
	gboolean known;               /* of a STALE one: what changed is known, CHANGED of TOTAL passages */
	guint changed, total;
} RnWork;

typedef struct {
	const RnSite *site;
	GPtrArray *sections;          /* const char: folders, as site.yaml has them in order, then by name; "" for what lies in none */
	GArray *counts;               /* RnWorkCount: sections x languages */
	GArray *work;                 /* RnWork, what is needed first first */
} RnWorklist;

/* Of LIBRARY, which is frozen and shows drafts. Reads all texts for their links, over JOBS cores (0: all). */
RnWorklist *rn_worklist_new (const RnLibrary *library, guint jobs);
void        rn_worklist_free (RnWorklist *list);

/* Notes of stale item number INDEX that CHANGED of TOTAL passages of its source changed. From one thread. */
void        rn_work_note (RnWorklist *list, guint index, guint changed, guint total);

const RnWorkCount *rn_worklist_count (const RnWorklist *list, guint section, guint language);
/* Is there neither a page nor work in the section? */
gboolean    rn_worklist_empty (const RnWorklist *list, guint section);

/* "missing", "stale", "draft", "review", "ends", "ended". */
const char *rn_work_name (RnWorkKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWorklist, rn_worklist_free)

#endif
