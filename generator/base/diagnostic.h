/*
 * diagnostic.h - what is wrong in the content: told with its place, collected, and the run goes on.
 *
 * The ids, severities, messages, explanations and remedies stand in one table,
 * diagnostics.def, which also makes the reference page. A message's arguments (its remedy's too) are strings put at {0}, {1}, ...;
 * {1?text} stands only if argument 1 is given and not empty, and text may hold {1}.
 *
 * They are translated (words.h) when they are told to a sink; the kind itself has the English ones. An argument that is a sentence comes translated.
 *
 * A sink may be used from any thread. What is collected is sorted by place when
 * it is read, and the same diagnostic at the same place is kept once, so that
 * the report does not depend on the number of workers.
 */
#ifndef RN_BASE_DIAGNOSTIC_H
#define RN_BASE_DIAGNOSTIC_H

#include <glib.h>

/* FILE is relative to the site's root; in a diagnostic it belongs to the sink, so that it outlives the site that it is about.
 * line and col count from 1 (col in characters); line 0: the file as a whole; file NULL: the site as a whole. */
typedef struct { const char *file; guint32 line, col; } RnPlace;

#define RN_PLACE(file, line, col) ((RnPlace) { (file), (guint32) (line), (guint32) (col) })

typedef enum { RN_HINT, RN_WARNING, RN_ERROR } RnSeverity;

typedef enum {
#define X(constant, id, severity, message, explanation, remedy) RN_D_##constant,
#include "base/diagnostics.def"
#undef X
	RN_D_COUNT
} RnDiagnosticId;

typedef struct {
	const char *id;          /* as printed: link-missing */
	RnSeverity  severity;
	const char *message;     /* template, see above */
	const char *explanation; /* for the reference page: when it comes */
	const char *remedy;      /* what to do */
} RnDiagnosticKind;

/* Another place that a diagnostic speaks of, and what is there. */
typedef struct { RnPlace where; char *message; } RnRelated;

typedef struct {
	RnDiagnosticId id;
	const char    *name;             /* as printed: the kind's id; of a plugin's own rule "<plugin>/<rule>" */
	RnSeverity     severity;
	RnPlace        where;
	char          *message, *remedy; /* the kind's, with the arguments in their places; remedy may be empty */
	RnRelated     *related;          /* n_related, in the order in which they are to be told */
	guint          n_related;
} RnDiagnostic;

typedef struct RnDiagnostics RnDiagnostics;

RnDiagnostics *rn_diagnostics_new (void);
void           rn_diagnostics_free (RnDiagnostics *sink);

const RnDiagnosticKind *rn_diagnostic_kind (RnDiagnosticId id);

/* The kind that is printed as NAME; NULL: there is none, and *nearest (may be NULL) is the name that was meant, or NULL. */
const RnDiagnosticKind *rn_diagnostic_find (const char *name, const char **nearest);

/* A message's or a remedy's TEMPLATE for people: its arguments as "…", its conditional parts whole. Free it. */
char *rn_diagnostic_pattern (const char *template);

/* "error", "warning", "hint": for programs; people are told _() of it. */
const char *rn_severity_name (RnSeverity severity);

/* A copy of FILE that lives as long as the sink; the same text gives the same pointer. */
const char *rn_diagnostics_intern (RnDiagnostics *sink, const char *file);

/* rn_diagnose (sink, RN_D_LINK_MISSING, place, "faq/patnet", "faq/patent"); NULL sink: nothing happens.
 * NULL among the arguments ends them: pass "" for one that is absent. */
#define rn_diagnose(sink, id, where, ...) \
	rn_diagnose_args ((sink), (id), (where), (const char *const[]) { __VA_ARGS__ __VA_OPT__ (,) NULL })
void rn_diagnose_args (RnDiagnostics *sink, RnDiagnosticId id, RnPlace where, const char *const *args);

/* The same, with N places that belong to it; their files have names, their messages are copied. */
void rn_diagnose_related (RnDiagnostics *sink, RnDiagnosticId id, RnPlace where, const char *const *args, const RnRelated *related, guint n);

/*
 * Puts in a diagnostic as it is printed, which another sink or an earlier run told, or a plugin's rule (a name with '/'; RN_D_PLUGIN_CHECK). All but its id is
 * looked at, and copied. FALSE: the table has no such name any more.
 */
gboolean rn_diagnostics_put (RnDiagnostics *sink, const RnDiagnostic *told);

/*
 * Holds back what is told from now on, until rn_diagnostics_release puts it to the rest, or where KEEP is FALSE drops it: for work that may have to be done anew. Meanwhile the two that
 * follow see nothing of it.
 */
void rn_diagnostics_hold (RnDiagnostics *sink);
void rn_diagnostics_release (RnDiagnostics *sink, gboolean keep);

/* Takes out those that MEANT says are meant to be; it may diagnose. */
void rn_diagnostics_drop (RnDiagnostics *sink, gboolean (*meant) (const RnDiagnostic *told, gpointer user), gpointer user);

guint rn_diagnostics_count (RnDiagnostics *sink, RnSeverity severity);

/* All of them, sorted by file, line, column, id; borrowed, valid until the next rn_diagnose. */
const RnDiagnostic *const *rn_diagnostics_sorted (RnDiagnostics *sink, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDiagnostics, rn_diagnostics_free)

#endif
