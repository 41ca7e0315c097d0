/* call-int.h - what build, check and print share: their options, the run, the report. */
#ifndef RN_COMMAND_CALL_INT_H
#define RN_COMMAND_CALL_INT_H

#include "command/command.h"
#include "press/press.h"

typedef enum { RN_FORMAT_TEXT, RN_FORMAT_JSON, RN_FORMAT_SARIF } RnCallFormat;
typedef enum { RN_CALL_BUILD, RN_CALL_CHECK, RN_CALL_PRINT } RnCallVerb;

typedef struct {
	RnCallVerb verb;
	char *dir, *out, *repo, *rev, *clock, *format, *profile, *only;   /* owned */
	int jobs;
	gboolean strict, drafts, open;  /* open: not confined */
	RnCallFormat as;                /* what format says */
	const char *const *products;    /* PRINT: the names that were typed; borrowed */
} RnCall;

/* Parses the arguments of VERB into CALL (zeroed), runs it and reports. details: what stands below the options in its help. Returns what to leave with. */
int  rn_call (RnCallVerb verb, const char *details, int argc, char **argv);

/* What a run made and told, in the form that CALL asks for. error: why it could not go on, or NULL. */
void rn_report (const RnCall *call, const RnPressOptions *options, const RnPressResult *result, RnDiagnostics *sink, const GError *error, gint64 began);

/* What was told as SARIF 2.1.0 (OASIS) on standard output, for editors and forges that show such reports beside the lines. */
void rn_report_sarif (RnDiagnostics *sink, const GError *error);

#endif
