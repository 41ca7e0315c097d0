/* schema.c - _type.yaml -> RnType. What cannot be used in it is told at its place and left out. */
#include "model/schema.h"
#include "base/text.h"
#include "model/site.h"

#include <math.h>
#include <string.h>

static const char *const type_names[] = {
	[RN_FIELD_TEXT] = "text", [RN_FIELD_MARKDOWN] = "markdown", [RN_FIELD_DATE] = "date", [RN_FIELD_NUMBER] = "number", [RN_FIELD_MONEY] = "money",
	[RN_FIELD_ENUM] = "enum", [RN_FIELD_LIST] = "list", [RN_FIELD_REFERENCE] = "reference", [RN_FIELD_PHONE] = "phone", [RN_FIELD_EMAIL] = "email",
	[RN_FIELD_URL] = "url", [RN_FIELD_COORDINATES] = "coordinates", [RN_FIELD_IMAGE] = "image", [RN_FIELD_BOOLEAN] = "boolean", [RN_FIELD_ANY] = NULL,
};

typedef struct {
	RnArena *arena;
	const char *file;
	RnDiagnostics *sink;
} Reader;

const char *rn_field_type_name (RnFieldType type)
{
	return type == RN_FIELD_ANY ? "any" : type_names[type];
}

static void wrong (const Reader *reader, const RnValue *at, const char *field, const char *what)
{
	rn_diagnose (reader->sink, RN_D_TYPE_FIELD, RN_PLACE (reader->file, at->line, at->col), field, what);
}

/* The type named by VALUE; FALLBACK, told, where there is no such. */
static RnFieldType read_type (const Reader *reader, const RnValue *value, const char *field, RnFieldType fallback)
{
	const char *name = rn_value_string (value);
	for (guint i = 0; name && i < RN_FIELD_ANY; i++)
		if (!strcmp (type_names[i], name))
			return (RnFieldType) i;
	g_autofree char *text = rn_value_text (value);
	const char *nearest = rn_text_nearest (text, type_names);
	g_autofree char *what = nearest ? g_strdup_printf ("there is no type '%s'; did you mean '%s'?", text, nearest) :
		g_strdup_printf ("there is no type '%s'", text);
	wrong (reader, value, field, what);
	return fallback;
}

static void read_pattern (const Reader *reader, RnField *field, const RnValue *value)
{
	g_autoptr (GError) error = NULL;
	field->pattern_text = rn_value_string (value);
	if (!field->pattern_text) {
		wrong (reader, value, field->name, "pattern must be a text");
		return;
	}
	g_autofree char *anchored = g_strdup_printf ("^(?:%s)$", field->pattern_text);
	field->pattern = g_regex_new (anchored, G_REGEX_OPTIMIZE | G_REGEX_DOLLAR_ENDONLY, 0, &error);
	if (!field->pattern)
		wrong (reader, value, field->name, error->message);
}

gboolean rn_schema_path (const char *path)
{
	gsize n;
	do {
		if (!(n = strspn (path, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS)))
			return FALSE;
		path += n;
		if (*path != ':')
			return !*path || (*path == ' ' && strstr (path, "{}") && !strpbrk (path, "\"\\<>&"));
		if (!(n = strspn (path + 1, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS)))
			return FALSE;
		path += n + 1;
	} while (*path++ == '.');
	return FALSE;
}

static void read_schema (const Reader *reader, RnField *field, const RnValue *value)
{
	field->schema = rn_value_string (value);
	if (field->schema && rn_schema_path (field->schema))
		return;
	field->schema = NULL;
	wrong (reader, value, field->name, "schema must be a property of schema.org, such as name or employer:Organization.name");
}

/* KEY as true or false. What is neither is told and counts as UNCLEAR: a field that somebody meant to withhold is withheld. */
static gboolean read_flag (const Reader *reader, const RnValue *config, const char *key, const char *field, gboolean unclear)
{
	const RnValue *value = rn_value_get (config, key);
	if (!value || value->kind == RN_NULL)
		return FALSE;
	if (value->kind == RN_BOOL)
		return value->boolean;
	g_autofree char *what = g_strdup_printf ("%s must be true or false", key);
	wrong (reader, value, field, what);
	return unclear;
}

/* A list of values may hold numbers (years); they are compared as texts. */
static const RnValue *values_as_texts (const Reader *reader, const RnValue *values)
{
	if (!values || values->kind != RN_LIST)
		return values;
	const RnValue **items = rn_arena_newn (reader->arena, const RnValue *, values->n);
	RnValue *list = rn_arena_new0 (reader->arena, RnValue);
	*list = *values;
	list->items = items;
	for (guint i = 0; i < values->n; i++) {
		g_autofree char *text = rn_value_text (values->items[i]);
		items[i] = rn_value_new_string (reader->arena, text, values->items[i]->line, values->items[i]->col);
	}
	return list;
}

static double read_bound (const Reader *reader, const RnValue *config, const char *key, const char *field)
{
	const RnValue *value = rn_value_get (config, key);
	if (!value)
		return NAN;
	if (value->kind == RN_DATE)
		return (double) value->date;
	if (value->kind != RN_INT && value->kind != RN_FLOAT)
		wrong (reader, value, field, "min and max must be numbers or dates");
	return rn_value_real (value, NAN);
}

static void check_keys (const Reader *reader, const RnValue *config, const char *field, const char *const *known)
{
	for (guint i = 0; config && config->kind == RN_MAP && i < config->n; i++) {
		const RnPair *pair = &config->pairs[i];
		if (g_strv_contains (known, pair->name))
			continue;
		const char *nearest = rn_text_nearest (pair->name, known);
		g_autofree char *what = nearest ? g_strdup_printf ("'%s' means nothing here; did you mean '%s'?", pair->name, nearest) :
			g_strdup_printf ("'%s' means nothing here", pair->name);
		rn_diagnose (reader->sink, RN_D_TYPE_FIELD, RN_PLACE (reader->file, pair->line, pair->col), field, what);
	}
}

/* What a field is made of: an enum has values, a list no lists. */
static void check_items (const Reader *reader, const RnValue *config, RnField *field)
{
	gboolean list = field->type == RN_FIELD_LIST;
	if (list && field->item == RN_FIELD_LIST) {
		wrong (reader, rn_value_get (config, "of"), field->name, "a list cannot be one of lists");
		field->item = RN_FIELD_TEXT;
	}
	RnFieldType *single = list ? &field->item : &field->type;
	const RnValue *values = field->values;
	if (*single == RN_FIELD_ENUM && (!values || (values->kind != RN_MAP && values->kind != RN_LIST) || !values->n)) {
		wrong (reader, config, field->name, "an enum needs values");
		*single = RN_FIELD_TEXT;
	}
}

static void read_field (const Reader *reader, const RnPair *pair, RnField *field)
{
	static const char *const known[] = { "type", "of", "label", "required", "shared", "facet", "withheld", "print", "min", "max", "pattern", "default",
		"values", "to", "help", "schema", NULL };
	const RnValue *config = pair->value, *value;
	field->name = pair->name;
	field->type = field->item = RN_FIELD_TEXT;
	field->min = field->max = NAN;
	if (config->kind == RN_STRING) {
		field->type = read_type (reader, config, field->name, RN_FIELD_TEXT);
		return;
	}
	if (config->kind != RN_MAP) {
		wrong (reader, config, field->name, "must be a type's name or a map such as {type: text}");
		return;
	}
	check_keys (reader, config, field->name, known);
	if ((value = rn_value_get (config, "type")))
		field->type = read_type (reader, value, field->name, RN_FIELD_TEXT);
	if ((value = rn_value_get (config, "of")))
		field->item = read_type (reader, value, field->name, RN_FIELD_TEXT);
	field->label = rn_value_get (config, "label");
	field->required = read_flag (reader, config, "required", field->name, FALSE);
	field->shared = read_flag (reader, config, "shared", field->name, FALSE);
	field->facet = read_flag (reader, config, "facet", field->name, FALSE);
	field->withheld = read_flag (reader, config, "withheld", field->name, TRUE);
	field->unprinted = (value = rn_value_get (config, "print")) && value->kind != RN_NULL && !read_flag (reader, config, "print", field->name, TRUE);
	field->min = read_bound (reader, config, "min", field->name);
	field->max = read_bound (reader, config, "max", field->name);
	if ((value = rn_value_get (config, "pattern")))
		read_pattern (reader, field, value);
	field->values = values_as_texts (reader, rn_value_get (config, "values"));
	field->to = rn_value_string (rn_value_get (config, "to"));
	if ((value = rn_value_get (config, "schema")))
		read_schema (reader, field, value);
	check_items (reader, config, field);
	if ((value = rn_value_get (config, "default")))
		field->fallback = rn_field_read (field, value, reader->arena, reader->file, reader->sink);
}

static int by_name (const void *a, const void *b)
{
	return strcmp (((const RnField *) a)->name, ((const RnField *) b)->name);
}

static void read_fields (const Reader *reader, RnType *type, const RnValue *fields)
{
	if (!fields)
		return;
	if (fields->kind != RN_MAP) {
		wrong (reader, fields, "fields", "must be a map of field names");
		return;
	}
	RnField *list = rn_arena_newn (reader->arena, RnField, fields->n);
	for (guint i = 0; i < fields->n; i++)
		read_field (reader, &fields->pairs[i], &list[i]);
	qsort (list, fields->n, sizeof *list, by_name);
	type->fields = list;
	type->n_fields = fields->n;
}

/* A list can be sorted by a field of its own or one that every page may have. */
static void read_sort (const Reader *reader, RnType *type)
{
	static const char *const common[] = { "weight", "title", "date", "lastmod", "reviewed", "publishDate", "expiryDate", "status", "owner" };
	const RnValue *value = rn_value_get (type->config, "sort");
	const char *sort = rn_value_string (value);
	if (!value || value->kind == RN_NULL)
		return;
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; i < G_N_ELEMENTS (common); i++)
		g_ptr_array_add (names, (gpointer) common[i]);
	for (guint i = 0; i < type->n_fields; i++)
		g_ptr_array_add (names, (gpointer) type->fields[i].name);
	g_ptr_array_add (names, NULL);
	const char *name = sort && *sort == '-' ? sort + 1 : sort;
	if (name && g_strv_contains ((const char *const *) names->pdata, name)) {
		type->sort = sort;
		return;
	}
	const char *nearest = name ? rn_text_nearest (name, (const char *const *) names->pdata) : NULL;
	g_autofree char *what = !name ? g_strdup ("must be a field's name") :
		nearest ? g_strdup_printf ("there is no field '%s' to sort by; did you mean '%s'?", name, nearest) :
		g_strdup_printf ("there is no field '%s' to sort by", name);
	wrong (reader, value, "sort", what);
}

/* A section can be parted by what its readers choose from. */
static void read_group (const Reader *reader, RnType *type)
{
	const RnValue *value = rn_value_get (type->config, "group_by");
	const char *name = rn_value_string (value);
	const RnField *field = name ? rn_type_field (type, name) : NULL;
	if (field && field->type == RN_FIELD_ENUM && !field->withheld)
		type->group_by = name;
	else if (value && value->kind != RN_NULL)
		wrong (reader, value, "group_by", "must be the name of an enum field that is not withheld");
}

static void read_rules (const Reader *reader, RnType *type)
{
	gint months, days;
	const RnValue *stale = rn_value_get (type->config, "on_stale"), *period = rn_value_get (type->config, "review_every");
	const char *text = rn_value_string (stale);
	type->hold_stale = !g_strcmp0 (text, "hold");
	if (stale && !type->hold_stale && g_strcmp0 (text, "notice"))
		wrong (reader, stale, "on_stale", "must be 'notice' or 'hold'");
	const RnValue *search = rn_value_get (type->config, "search");
	type->unsearched = search && search->kind == RN_BOOL && !search->boolean;
	if (search && search->kind != RN_BOOL)
		wrong (reader, search, "search", "must be true or false");
	const RnValue *profile = rn_value_get (type->config, "profile");
	type->team = !g_strcmp0 (rn_value_string (profile), "counsellor");
	if (profile && !type->team && g_strcmp0 (rn_value_string (profile), "public"))
		wrong (reader, profile, "profile", "must be 'public' or 'counsellor'");
	type->review_every = rn_value_string (period);
	if (period && !rn_period_parse (type->review_every, &months, &days))
		wrong (reader, period, "review_every", "must be a period such as 6 months");
	read_sort (reader, type);
	read_group (reader, type);
}

RnType *rn_type_new (RnArena *arena, const char *name, const RnValue *config, const char *file, RnDiagnostics *sink)
{
	static const char *const known[] = { "name", "singular", "description", "icon", "layout", "list_layout", "schema_org", "source_language", "review_every",
		"sort", "group_by", "on_stale", "search", "profile", "weight", "fields", "params", NULL };
	const Reader reader = { arena, file, sink };
	RnType *type = rn_arena_new0 (arena, RnType);
	type->name = rn_arena_strndup (arena, name, -1);
	type->sort = "weight";
	type->declared = config != NULL;
	if (config && config->kind != RN_MAP) {
		wrong (&reader, config, "_type.yaml", "must be a map such as name: ...");
		config = NULL;
	}
	type->config = config;
	if (!config)
		return type;
	check_keys (&reader, config, "_type.yaml", known);
	type->label = rn_value_get (config, "name");
	type->singular = rn_value_get (config, "singular");
	type->icon = rn_value_string (rn_value_get (config, "icon"));
	type->layout = rn_value_string (rn_value_get (config, "layout"));
	type->list_layout = rn_value_string (rn_value_get (config, "list_layout"));
	type->schema_org = rn_value_string (rn_value_get (config, "schema_org"));
	type->source_language = rn_value_string (rn_value_get (config, "source_language"));
	read_fields (&reader, type, rn_value_get (config, "fields"));
	read_rules (&reader, type);
	return type;
}

void rn_type_free (RnType *type)
{
	for (guint i = 0; type && i < type->n_fields; i++)
		if (type->fields[i].pattern)
			g_regex_unref (type->fields[i].pattern);
}

const RnField *rn_type_field (const RnType *type, const char *name)
{
	const RnField key = { .name = name };
	return type->n_fields ? bsearch (&key, type->fields, type->n_fields, sizeof *type->fields, by_name) : NULL;
}
