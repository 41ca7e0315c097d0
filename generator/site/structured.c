/*
 * structured.c - layouts/structured.yaml and the schemas -> a plan for each type; a page through its type's plan.
 *
 * In: paths ("author:Organization.name") with the facts or fields that they are for. Out: trees of properties. Invariant: a property stands in a tree once; where
 * a field and a fact of the page are both for it, the field comes first.
 */
#include "base/text.h"
#include "site/structured-int.h"
#include "source/yaml.h"

#include <string.h>

#define DATA "layouts/structured.yaml"

struct RnStructured {
	const RnLibrary *library;
	RnArena *arena;
	const RnValue *data;
	RnDiagnostics *sink;
	GHashTable *by_type;                       /* RnType -> its plan; none for types that name no thing */
	const RnProperty *by_kind[RN_PAGE_PART + 1]; /* NULL: nothing but the way */
};

static const char *const fact_names[] = {
	[RN_FACT_TITLE] = "title", [RN_FACT_DESCRIPTION] = "description", [RN_FACT_URL] = "url", [RN_FACT_LANGUAGE] = "language", [RN_FACT_DATE] = "date",
	[RN_FACT_CHANGED] = "changed", [RN_FACT_REVIEWED] = "reviewed", [RN_FACT_EXPIRES] = "expires", [RN_FACT_OWNER] = "owner",
	[RN_FACT_PUBLISHER] = "publisher", [RN_FACT_SOURCE] = "source", [RN_FACT_OPENING] = "opening", [RN_FACT_TEXT] = "text", [RN_FACTS] = NULL,
};

/* --- plans -------------------------------------------------------------------------------------------------------------------- */

static RnProperty *property_new (RnArena *arena, const char *name, const char *type)
{
	RnProperty *property = rn_arena_new0 (arena, RnProperty);
	property->name = name;
	property->type = type;
	property->open = !name ? rn_arena_printf (arena, "{\"@type\":\"%s\"", type) : type ? rn_arena_printf (arena, "\"%s\":{\"@type\":\"%s\"", name, type) :
		rn_arena_printf (arena, "\"%s\":", name);
	return property;
}

/* The property NAME of THING that leads to things of TYPE, or to a value; made where there is none. */
static RnProperty *property_of (RnArena *arena, RnProperty *thing, const char *name, const char *type)
{
	RnProperty **end = &thing->first;
	while (*end && strcmp ((*end)->name, name))
		end = &(*end)->next;
	while (*end && (!type || g_strcmp0 ((*end)->type, type)))
		end = &(*end)->other;
	return *end ? *end : (*end = property_new (arena, name, type));
}

/* The property at the end of PATH, which is one. */
static RnProperty *property_at (RnArena *arena, RnProperty *thing, const char *path)
{
	const char *pattern = strchr (path, ' ');
	g_autofree char *names = pattern ? g_strndup (path, (gsize) (pattern - path)) : g_strdup (path);
	g_auto (GStrv) steps = g_strsplit (names, ".", -1);
	for (char **step = steps; *step; step++) {
		char *colon = step[1] ? strchr (*step, ':') : NULL;
		const char *name = rn_arena_strndup (arena, *step, colon ? colon - *step : -1);
		thing = property_of (arena, thing, name, colon ? rn_arena_strndup (arena, colon + 1, -1) : NULL);
	}
	if (pattern) {
		const char *hole = strstr (pattern, "{}");
		thing->before = rn_arena_strndup (arena, pattern + 1, hole - pattern - 1);
		thing->after = rn_arena_strndup (arena, hole + 2, -1);
	}
	return thing;
}

/* Marks what PATH, names with dots, leads through. FALSE: nothing can ever stand there. */
static gboolean mark_needed (RnProperty *thing, const char *path)
{
	g_auto (GStrv) names = g_strsplit (path, ".", -1);
	for (char **name = names; *name; name++) {
		for (thing = thing->first; thing && strcmp (thing->name, *name); thing = thing->next)
			;
		if (!thing)
			return FALSE;
		thing->needed = TRUE;
	}
	return TRUE;
}

static void wrong (const RnStructured *structured, const RnValue *at, const char *what, const char *wanted)
{
	rn_diagnose (structured->sink, RN_D_SITE_VALUE, RN_PLACE (rn_diagnostics_intern (structured->sink, DATA), at->line, at->col), what, wanted);
}

static void add_facts (const RnStructured *structured, const RnValue *config, RnProperty *plan)
{
	for (guint i = 0; config && config->kind == RN_MAP && i < config->n; i++) {
		const RnPair *pair = &config->pairs[i];
		const char *path = rn_value_string (pair->value);
		guint fact = 0;
		while (fact < RN_FACTS && strcmp (fact_names[fact], pair->name))
			fact++;
		if (!strcmp (pair->name, "needs") || !strcmp (pair->name, "checked"))
			continue;
		if (fact == RN_FACTS)
			wrong (structured, pair->value, pair->name, "one of the names that the head of the file explains");
		else if (!path || !rn_schema_path (path))
			wrong (structured, pair->value, pair->name, "a property of schema.org, such as name or author:Organization.name");
		else
			property_at (structured->arena, plan, path)->fact = fact;
	}
}

/* The plan for things of the type NAME, with the fields of TYPE (NULL: none); NULL: what it needs is in no field. */
static const RnProperty *plan_new (const RnStructured *structured, const char *name, const RnType *type)
{
	const RnValue *types = rn_value_get (structured->data, "types"), *config = rn_value_get (types, name);
	RnProperty *plan = property_new (structured->arena, NULL, name);
	for (guint i = 0; type && i < type->n_fields; i++)
		if (type->fields[i].schema && (!type->fields[i].withheld || rn_library_site (structured->library)->counsellor))
			property_at (structured->arena, plan, type->fields[i].schema)->field = &type->fields[i];
	add_facts (structured, config ? config : rn_value_get (types, "Thing"), plan);
	const RnValue *needs = rn_value_get (config, "needs");
	plan->checked = rn_value_bool (rn_value_get (config, "checked"), FALSE);
	for (guint i = 0; needs && needs->kind == RN_LIST && i < needs->n; i++)
		if (rn_value_string (needs->items[i]) && !mark_needed (plan, needs->items[i]->string))
			return NULL;
	return plan;
}

static gboolean is_name (const char *text)
{
	return text && *text && strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS) == strlen (text);
}

static void read_kinds (RnStructured *structured)
{
	static const struct { const char *name; RnPageKind kind; } kinds[] = {
		{ "home", RN_PAGE_HOME }, { "section", RN_PAGE_SECTION }, { "content", RN_PAGE_CONTENT }, { "tags", RN_PAGE_TAGS }, { "tag", RN_PAGE_TAG },
		{ "audience", RN_PAGE_AUDIENCE }, { "custom", RN_PAGE_CUSTOM },
	};
	const RnValue *config = rn_value_get (structured->data, "kinds");
	for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
		const RnValue *value = rn_value_get (config, kinds[i].name);
		const char *name = rn_value_string (value);
		if (is_name (name))
			structured->by_kind[kinds[i].kind] = plan_new (structured, name, NULL);
		else if (value)
			wrong (structured, value, kinds[i].name, "a type of things of schema.org, such as Article");
	}
}

RnStructured *rn_structured_new (const RnLibrary *library, RnDiagnostics *sink)
{
	const RnSite *site = rn_library_site (library);
	g_autoptr (GString) text = g_string_new (NULL);
	guint n = 0;
	if (!site->base_url || !rn_site_read (site, DATA, text, NULL))
		return NULL;
	RnStructured *structured = g_new0 (RnStructured, 1);
	structured->library = library;
	structured->sink = sink;
	structured->arena = rn_arena_new (0);
	structured->data = rn_yaml_parse (structured->arena, text->str, text->len, RN_PLACE (rn_diagnostics_intern (sink, DATA), 1, 1), sink);
	structured->by_type = g_hash_table_new (NULL, NULL);
	read_kinds (structured);
	const RnType *const *types = rn_library_types (library, &n);
	for (guint i = 0; i < n; i++) {
		const RnProperty *plan = is_name (types[i]->schema_org) ? plan_new (structured, types[i]->schema_org, types[i]) : NULL;
		if (plan)
			g_hash_table_insert (structured->by_type, (gpointer) types[i], (gpointer) plan);
	}
	return structured;
}

void rn_structured_free (RnStructured *structured)
{
	if (!structured)
		return;
	g_hash_table_unref (structured->by_type);
	rn_arena_free (structured->arena);
	g_free (structured);
}

/* --- a page ------------------------------------------------------------------------------------------------------------------- */

gboolean rn_structured_make (const RnStructured *structured, const RnPage *page, const RnDocument *document, GString *out)
{
	const RnTelling telling = { structured->library, rn_library_site (structured->library), page, document, out };
	g_string_truncate (out, 0);
	/* A stand-in is told of where its text is at home, a long list on its first page. */
	if (page->fallback || page->slice > 1 || page->kind == RN_PAGE_NOT_FOUND || page->kind == RN_PAGE_ROOT)
		return FALSE;
	const RnProperty *own = page->kind == RN_PAGE_CONTENT ? g_hash_table_lookup (structured->by_type, page->type) : NULL;
	if (own && own->checked && (page->draft || !g_strcmp0 (page->status, "draft")))
		own = NULL;
	const RnProperty *common = page->kind < G_N_ELEMENTS (structured->by_kind) ? structured->by_kind[page->kind] : NULL;
	g_string_append (out, "{\"@context\":\"https://schema.org\",\"@graph\":[");
	gboolean thing = (own && rn_structured_put (&telling, own)) || (common && rn_structured_put (&telling, common));
	if (thing)
		g_string_append_c (out, ',');
	gboolean way = rn_structured_put_way (&telling);
	if (thing && !way)
		g_string_truncate (out, out->len - 1);
	g_string_append (out, "]}");
	return thing || way;
}
