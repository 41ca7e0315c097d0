/* report.c - what a run made and told: as JSON on standard output, or as text with the diagnostics on standard error. */
#include "base/words.h"
#include "command/call-int.h"
#include "command/terminal.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* FILE, LINE and COLUMN into ITEM, as far as they are known. */
static void json_place (json_t *item, const RnPlace *where)
{
	if (where->file) {
		g_autofree char *file = g_utf8_make_valid (where->file, -1);
		json_object_set_new (item, "file", json_string (file));
	}
	if (where->line)
		json_object_update_new (item, json_pack ("{s:i, s:i}", "line", (int) where->line, "column", (int) MAX (1, where->col)));
}

static void json_related (json_t *item, const RnDiagnostic *diagnostic)
{
	json_t *array = json_array ();
	for (guint i = 0; i < diagnostic->n_related; i++) {
		json_t *one = json_pack ("{s:s}", "message", diagnostic->related[i].message);
		json_place (one, &diagnostic->related[i].where);
		json_array_append_new (array, one);
	}
	json_object_set_new (item, "related", array);
}

static json_t *json_diagnostics (RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++) {
		json_t *item = json_pack ("{s:s, s:s, s:s, s:s}", "id", list[i]->name, "severity", rn_severity_name (list[i]->severity), "message", list[i]->message, "remedy", list[i]->remedy);
		json_place (item, &list[i]->where);
		if (list[i]->n_related)
			json_related (item, list[i]);
		json_array_append_new (array, item);
	}
	return array;
}

static json_t *json_printed (const RnPressResult *result)
{
	json_t *array = json_array ();
	for (guint i = 0; result->printed && i < result->printed->len; i++) {
		const RnPrinted *printed = &g_array_index (result->printed, RnPrinted, i);
		json_array_append_new (array, json_pack ("{s:s, s:i, s:I}", "name", printed->name, "pages", (int) printed->pages, "bytes", (json_int_t) printed->bytes));
	}
	return array;
}

static void print_json (const RnPressResult *result, RnDiagnostics *sink, const GError *error)
{
	json_t *phases = json_object ();
	for (guint i = 0; i < RN_PHASES; i++)
		json_object_set_new (phases, rn_phase_name ((RnPhase) i), json_integer (result->milliseconds[i]));
	json_t *report = json_pack ("{s:i, s:i, s:b, s:i, s:i, s:i, s:I, s:o, s:i, s:i, s:i, s:o, s:o}", "pages", (int) result->pages, "left_out", (int) result->left_out,
	                            "replaced", result->replaced, "files", (int) result->files.files, "changed", (int) result->files.changed,
	                            "removed", (int) result->files.removed, "bytes", (json_int_t) result->files.bytes, "milliseconds", phases,
	                            "errors", (int) rn_diagnostics_count (sink, RN_ERROR), "warnings", (int) rn_diagnostics_count (sink, RN_WARNING),
	                            "hints", (int) rn_diagnostics_count (sink, RN_HINT), "diagnostics", json_diagnostics (sink),
	                            "print", json_printed (result));
	if (*result->commit)
		json_object_set_new (report, "commit", json_string (result->commit));
	if (result->note)
		json_object_set_new (report, "note", json_string (result->note));
	if (error)
		json_object_set_new (report, "failure", json_string (error->message));
	json_dumpf (report, stdout, JSON_INDENT (1));
	putchar ('\n');
	json_decref (report);
}

/* A line for each file of print/. */
static void print_printed (const RnCall *call, const RnPressResult *result)
{
	for (guint i = 0; i < result->printed->len; i++) {
		const RnPrinted *printed = &g_array_index (result->printed, RnPrinted, i);
		g_autofree char *bytes = g_format_size (printed->bytes);
		printf ("%s/print/%s: ", call->out, printed->name);
		if (printed->pages)
			printf (ngettext ("%u page, ", "%u pages, ", printed->pages), printed->pages);
		printf ("%s\n", bytes);
	}
}

static void print_text (const RnCall *call, const RnPressOptions *options, const RnPressResult *result, RnDiagnostics *sink, gint64 began)
{
	g_autofree char *counts = rn_terminal_counts (sink);
	const double seconds = (double) (g_get_monotonic_time () - began) / 1e6;
	if (call->verb == RN_CALL_CHECK) {
		printf (_("%u pages checked: %s\n"), result->pages, counts);
		return;
	}
	if (!result->replaced) {
		printf (_("%s: nothing was replaced, %s is as it was\n"), counts, call->out);
		return;
	}
	g_autofree char *bytes = g_format_size (result->files.bytes);
	if (call->verb == RN_CALL_PRINT) {
		print_printed (call, result);
		printf (_("%u files; %s; %.2f s\n"), result->printed->len, counts, seconds);
		return;
	}
	g_autofree char *left = result->left_out ? g_strdup_printf (_(", %u left out"), result->left_out) : g_strdup ("");
	printf (_("%u pages%s; %u files, %s, %u changed, %u removed; %s; %.2f s\n"), result->pages, left, result->files.files, bytes,
	        result->files.changed, result->files.removed, counts, seconds);
	if (options->outputs & RN_OUTPUT_SITE)
		printf ("%s/site/index.html\n", call->out);
	if (result->printed->len)
		printf (_("%s/print: %u files\n"), call->out, result->printed->len);
	if (result->note)
		printf (_("note: %s\n"), result->note);
}

void rn_report (const RnCall *call, const RnPressOptions *options, const RnPressResult *result, RnDiagnostics *sink, const GError *error, gint64 began)
{
	if (call->as == RN_FORMAT_JSON) {
		print_json (result, sink, error);
	} else if (call->as == RN_FORMAT_SARIF) {
		rn_report_sarif (sink, error);
	} else {
		rn_terminal_diagnostics (options, sink);
		if (!error)
			print_text (call, options, result, sink, began);
	}
}
