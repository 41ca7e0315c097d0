/* report_sarif.c - what a run told, in; SARIF 2.1.0 out: the rules that it speaks of, each once, and a result for each diagnostic. */
#include "command/call-int.h"

#include <jansson.h>
#include <stdio.h>

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static const char *level (RnSeverity severity)
{
	return (const char *const[]) { [RN_HINT] = "note", [RN_WARNING] = "warning", [RN_ERROR] = "error" }[severity];
}

/* A rule for each name that is told of, in their order; a plugin's have no table. INDICES: name -> its number + 1. */
static json_t *rules (const RnDiagnostic *const *list, guint n, GHashTable *indices)
{
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++) {
		if (g_hash_table_contains (indices, list[i]->name))
			continue;
		const gboolean own = list[i]->id != RN_D_PLUGIN_CHECK;
		const RnDiagnosticKind *kind = rn_diagnostic_kind (list[i]->id);
		g_autofree char *message = own ? rn_diagnostic_pattern (kind->message) : g_strdup (list[i]->message);
		g_autofree char *remedy = own ? rn_diagnostic_pattern (kind->remedy) : g_strdup (list[i]->remedy);
		json_t *rule = json_pack ("{s:s, s:{s:s}, s:{s:s}}", "id", list[i]->name, "shortDescription", "text", message, "defaultConfiguration", "level", level (list[i]->severity));
		if (own)
			json_object_set_new (rule, "fullDescription", json_pack ("{s:s}", "text", kind->explanation));
		if (*remedy)
			json_object_set_new (rule, "help", json_pack ("{s:s}", "text", remedy));
		json_array_append_new (array, rule);
		g_hash_table_insert (indices, (gpointer) list[i]->name, GUINT_TO_POINTER (g_hash_table_size (indices) + 1));
	}
	return array;
}

static json_t *location (const RnPlace *where)
{
	g_autofree char *valid = g_utf8_make_valid (where->file, -1), *uri = g_uri_escape_string (valid, "/", FALSE);
	json_t *physical = json_pack ("{s:{s:s}}", "artifactLocation", "uri", uri);
	if (where->line)
		json_object_set_new (physical, "region", json_pack ("{s:i, s:i}", "startLine", (int) where->line, "startColumn", (int) MAX (1, where->col)));
	return json_pack ("{s:o}", "physicalLocation", physical);
}

static json_t *related (const RnDiagnostic *diagnostic)
{
	json_t *array = json_array ();
	for (guint i = 0; i < diagnostic->n_related; i++) {
		json_t *one = location (&diagnostic->related[i].where);
		json_object_set_new (one, "message", json_pack ("{s:s}", "text", diagnostic->related[i].message));
		json_array_append_new (array, one);
	}
	return array;
}

static json_t *results (const RnDiagnostic *const *list, guint n, GHashTable *indices)
{
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++) {
		const guint rule = GPOINTER_TO_UINT (g_hash_table_lookup (indices, list[i]->name)) - 1;
		g_autofree char *text = *list[i]->remedy ? g_strdup_printf ("%s. %s", list[i]->message, list[i]->remedy) : g_strdup (list[i]->message);
		json_t *item = json_pack ("{s:s, s:i, s:s, s:{s:s}}", "ruleId", list[i]->name, "ruleIndex", (int) rule, "level", level (list[i]->severity), "message", "text", text);
		if (list[i]->where.file)
			json_object_set_new (item, "locations", json_pack ("[o]", location (&list[i]->where)));
		if (list[i]->n_related)
			json_object_set_new (item, "relatedLocations", related (list[i]));
		json_array_append_new (array, item);
	}
	return array;
}

void rn_report_sarif (RnDiagnostics *sink, const GError *error)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);
	json_t *known = rules (list, n, indices), *run = json_pack ("{s:{s:{s:s, s:s, s:o}}, s:s, s:o}", "tool", "driver", "name", "rohnamo", "version", RN_VERSION, "rules", known,
	                                                              "columnKind", "unicodeCodePoints", "results", results (list, n, indices));
	/* What a report cannot place in a file is an invocation that failed. */
	json_t *told = json_pack ("{s:b}", "executionSuccessful", error == NULL);
	if (error)
		json_object_set_new (told, "toolExecutionNotifications", json_pack ("[{s:s, s:{s:s}}]", "level", "error", "message", "text", error->message));
	json_object_set_new (run, "invocations", json_pack ("[o]", told));
	json_t *report = json_pack ("{s:s, s:s, s:[o]}", "$schema", SCHEMA, "version", "2.1.0", "runs", run);
	json_dumpf (report, stdout, JSON_INDENT (1));
	putchar ('\n');
	json_decref (report);
}
