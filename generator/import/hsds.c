/*
 * hsds.c - the tables of the Human Services Data Specification in; one table with a row a service out.
 *
 * Its columns are those of service and organization under "service.name" and the like, and what other tables say of the service:
 * phones, address, city, region, location, hours, languages. layouts/import/hsds.yaml says which field each is.
 */
#include "base/words.h"
#include "import/csv.h"
#include "source/yaml.h"

#include <gio/gio.h>
#include <string.h>

enum { SERVICE, ORGANIZATION, LOCATION, AT, PHONE, ADDRESS, SCHEDULE, LANGUAGE, TABLES };

/* The names of the tables, one and many; the columns of those that are not taken whole. */
static const struct { const char *one, *many; const char *read; } tables[TABLES] = {
	[SERVICE] = { "service", "services", NULL },
	[ORGANIZATION] = { "organization", "organizations", NULL },
	[LOCATION] = { "location", "locations", "id name latitude longitude" },
	[AT] = { "service_at_location", "services_at_location", "id service_id location_id" },
	[PHONE] = { "phone", "phones", "id service_id location_id organization_id service_at_location_id contact_id number" },
	[ADDRESS] = { "address", "addresses", "id location_id address_1 address_2 city region state_province" },
	[SCHEDULE] = { "schedule", "schedules", "id service_id location_id service_at_location_id opens_at closes_at byday description" },
	[LANGUAGE] = { "language", "languages", "id service_id location_id phone_id name" },
};

typedef struct {
	RnImport *import;
	RnCsv *tables[TABLES];
	GHashTable *by;          /* "table column value" -> GArray of rows */
	RnArena *arena;
	const RnValue *names;    /* the shipped map's columns */
	RnCsv *flat;
	const char *from;
} Hsds;

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

static RnCsv *read_table (const char *folder, guint kind, GError **error)
{
	const char *const names[] = { tables[kind].one, tables[kind].many };
	for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
		g_autofree char *file = g_strconcat (names[i], ".csv", NULL), *path = g_build_filename (folder, file, NULL);
		if (g_file_test (path, G_FILE_TEST_EXISTS))
			return rn_csv_read (path, error);
	}
	return NULL;
}

static void index_column (Hsds *hsds, guint kind, const char *column)
{
	const RnCsv *table = hsds->tables[kind];
	gint at = table ? rn_csv_column (table, column) : -1;
	for (guint row = 1; at >= 0 && row < table->rows->len; row++) {
		const char *value = rn_csv_cell (table, row, (guint) at);
		if (!*value)
			continue;
		g_autofree char *key = g_strdup_printf ("%u %s %s", kind, column, value);
		GArray *rows = g_hash_table_lookup (hsds->by, key);
		if (!rows)
			g_hash_table_insert (hsds->by, g_steal_pointer (&key), rows = g_array_new (FALSE, FALSE, sizeof (guint)));
		g_array_append_val (rows, row);
	}
}

static const GArray *rows_with (const Hsds *hsds, guint kind, const char *column, const char *value)
{
	g_autofree char *key = g_strdup_printf ("%u %s %s", kind, column, value);
	return g_hash_table_lookup (hsds->by, key);
}

static const char *cell (const Hsds *hsds, guint kind, guint row, const char *column)
{
	const RnCsv *table = hsds->tables[kind];
	gint at = table ? rn_csv_column (table, column) : -1;
	return at < 0 ? "" : rn_csv_cell (table, row, (guint) at);
}

/* Columns with something in them that nothing reads, and tables that are none of these. */
static void tell_unread (Hsds *hsds, const char *folder)
{
	for (guint kind = 0; kind < TABLES; kind++) {
		const RnCsv *table = hsds->tables[kind];
		g_auto (GStrv) read = g_strsplit (tables[kind].read ? tables[kind].read : "", " ", -1);
		const GPtrArray *head = table && table->rows->len && tables[kind].read ? table->rows->pdata[0] : NULL;
		for (guint i = 0; head && i < head->len; i++) {
			gboolean filled = FALSE;
			for (guint row = 1; row < table->rows->len; row++)
				filled |= *rn_csv_cell (table, row, i) != 0;
			if (filled && !g_strv_contains ((const char *const *) read, head->pdata[i]))
				rn_import_tell (hsds->import, RN_IMPORT_LOST, hsds->from, "The column '%s' of the table '%s' has no place in a service's page and is left out.",
				                (char *) head->pdata[i], tables[kind].one);
		}
	}
	g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
	g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
	for (const char *name; dir && (name = g_dir_read_name (dir));) {
		gboolean known = !g_str_has_suffix (name, ".csv");
		for (guint kind = 0; kind < TABLES && !known; kind++) {
			gsize n = strlen (name) - 4;
			known = (strlen (tables[kind].one) == n && !strncmp (name, tables[kind].one, n)) || (strlen (tables[kind].many) == n && !strncmp (name, tables[kind].many, n));
		}
		if (!known)
			g_ptr_array_add (others, g_strdup (name));
	}
	rn_import_sort (others);
	for (guint i = 0; i < others->len; i++)
		rn_import_tell (hsds->import, RN_IMPORT_LOST, hsds->from, "The table '%s' is not read.", (char *) others->pdata[i]);
}

/* --- joining ---------------------------------------------------------------------------------------------------------------- */

static void append (GString *out, const char *text, const char *between)
{
	if (!*text)
		return;
	if (out->len)
		g_string_append (out, between);
	g_string_append (out, text);
}

static void add_column (Hsds *hsds, guint row, const char *name, const char *text)
{
	const RnValue *own = rn_value_get (rn_value_get (hsds->import->map, "columns"), name), *shipped = rn_value_get (hsds->names, name);
	if (!own && shipped && shipped->kind == RN_BOOL)
		return;
	g_ptr_array_add (hsds->flat->rows->pdata[row], g_strdup (row ? text : own || !rn_value_string (shipped) ? name : rn_value_string (shipped)));
}

/* COLUMN of the rows that belong to the service, else to its places, else to its organisation. */
static void joined (const Hsds *hsds, GString *out, guint kind, const char *service, const GPtrArray *places, const char *organization, void (*each) (const Hsds *, guint, GString *))
{
	const GArray *rows = rows_with (hsds, kind, "service_id", service);
	for (guint i = 0; rows && i < rows->len; i++)
		each (hsds, g_array_index (rows, guint, i), out);
	for (guint p = 0; !rows && p < places->len; p++) {
		const GArray *there = rows_with (hsds, kind, "location_id", places->pdata[p]);
		for (guint i = 0; there && i < there->len; i++)
			each (hsds, g_array_index (there, guint, i), out);
	}
	rows = out->len || !*organization ? NULL : rows_with (hsds, kind, "organization_id", organization);
	for (guint i = 0; rows && i < rows->len; i++)
		each (hsds, g_array_index (rows, guint, i), out);
}

static void add_phone (const Hsds *hsds, guint row, GString *out)
{
	append (out, cell (hsds, PHONE, row, "number"), ";");
}

static void add_language (const Hsds *hsds, guint row, GString *out)
{
	append (out, cell (hsds, LANGUAGE, row, "name"), ";");
}

static void add_hours (const Hsds *hsds, guint row, GString *out)
{
	const char *words = cell (hsds, SCHEDULE, row, "description"), *opens = cell (hsds, SCHEDULE, row, "opens_at"), *closes = cell (hsds, SCHEDULE, row, "closes_at");
	g_autofree char *times = *opens || *closes ? g_strdup_printf ("%s %s–%s", cell (hsds, SCHEDULE, row, "byday"), opens, closes) : g_strdup ("");
	append (out, g_strstrip (times), ", ");
	append (out, words, ", ");
}

static void add_address (const Hsds *hsds, guint row, GString *out)
{
	g_autoptr (GString) line = g_string_new (NULL);
	append (line, cell (hsds, ADDRESS, row, "address_1"), ", ");
	append (line, cell (hsds, ADDRESS, row, "address_2"), ", ");
	append (out, line->str, "; ");
}

/* The places of a service, their ids borrowed. */
static GPtrArray *places_of (const Hsds *hsds, const char *service)
{
	GPtrArray *places = g_ptr_array_new ();
	const GArray *rows = rows_with (hsds, AT, "service_id", service);
	for (guint i = 0; rows && i < rows->len; i++)
		g_ptr_array_add (places, (gpointer) cell (hsds, AT, g_array_index (rows, guint, i), "location_id"));
	return places;
}

static void add_places (Hsds *hsds, guint row, const GPtrArray *places)
{
	g_autoptr (GString) names = g_string_new (NULL), address = g_string_new (NULL), point = g_string_new (NULL);
	const char *city = "", *region = "";
	for (guint p = 0; p < places->len; p++) {
		const GArray *at = rows_with (hsds, LOCATION, "id", places->pdata[p]), *addresses = rows_with (hsds, ADDRESS, "location_id", places->pdata[p]);
		guint location = at ? g_array_index (at, guint, 0) : 0;
		const char *latitude = at ? cell (hsds, LOCATION, location, "latitude") : "", *longitude = at ? cell (hsds, LOCATION, location, "longitude") : "";
		append (names, at ? cell (hsds, LOCATION, location, "name") : "", "; ");
		if (*latitude && *longitude && point->len)
			rn_import_tell (hsds->import, RN_IMPORT_LOST, hsds->from, "The service in row %u is at several places: the map shows the first.", row + 1);
		else if (*latitude && *longitude)
			g_string_printf (point, "%s, %s", latitude, longitude);
		for (guint i = 0; addresses && i < addresses->len; i++) {
			guint a = g_array_index (addresses, guint, i);
			add_address (hsds, a, address);
			city = *city ? city : cell (hsds, ADDRESS, a, "city");
			region = *region ? region : *cell (hsds, ADDRESS, a, "region") ? cell (hsds, ADDRESS, a, "region") : cell (hsds, ADDRESS, a, "state_province");
		}
	}
	add_column (hsds, row, "location.name", names->str);
	add_column (hsds, row, "address", address->str);
	add_column (hsds, row, "city", city);
	add_column (hsds, row, "region", region);
	add_column (hsds, row, "location", point->str);
}

/* Row ROW of the flat table, 0 its head. */
static void join_row (Hsds *hsds, guint row)
{
	g_ptr_array_add (hsds->flat->rows, g_ptr_array_new_with_free_func (g_free));
	const char *service = row ? cell (hsds, SERVICE, row, "id") : "", *organization = row ? cell (hsds, SERVICE, row, "organization_id") : "";
	const GArray *of = rows_with (hsds, ORGANIZATION, "id", organization);
	for (guint kind = SERVICE; kind <= ORGANIZATION; kind++) {
		const GPtrArray *head = hsds->tables[kind] && hsds->tables[kind]->rows->len ? hsds->tables[kind]->rows->pdata[0] : NULL;
		guint from = kind == SERVICE ? row : of ? g_array_index (of, guint, 0) : 0;
		for (guint i = 0; head && i < head->len; i++) {
			g_autofree char *name = g_strdup_printf ("%s.%s", tables[kind].one, (char *) head->pdata[i]);
			add_column (hsds, row, name, from ? rn_csv_cell (hsds->tables[kind], from, i) : "");
		}
	}
	g_autoptr (GPtrArray) places = places_of (hsds, service);
	g_autoptr (GString) phones = g_string_new (NULL), languages = g_string_new (NULL), hours = g_string_new (NULL);
	joined (hsds, phones, PHONE, service, places, organization, add_phone);
	joined (hsds, languages, LANGUAGE, service, places, "", add_language);
	joined (hsds, hours, SCHEDULE, service, places, "", add_hours);
	add_column (hsds, row, "phones", phones->str);
	add_column (hsds, row, "languages", languages->str);
	add_column (hsds, row, "hours", hours->str);
	add_places (hsds, row, places);
}

/* --- the whole -------------------------------------------------------------------------------------------------------------- */

static void read_names (Hsds *hsds)
{
	g_autoptr (GString) text = g_string_new (NULL);
	if (rn_site_read (hsds->import->site, "layouts/import/hsds.yaml", text, NULL))
		hsds->names = rn_value_get (rn_yaml_parse (hsds->arena, text->str, text->len, RN_PLACE ("layouts/import/hsds.yaml", 1, 1), NULL), "columns");
}

static gboolean join (Hsds *hsds, const char *folder, GError **error)
{
	static const struct { guint kind; const char *column; } keys[] = { { ORGANIZATION, "id" }, { LOCATION, "id" }, { AT, "service_id" }, { PHONE, "service_id" },
		{ PHONE, "location_id" }, { PHONE, "organization_id" }, { ADDRESS, "location_id" }, { SCHEDULE, "service_id" }, { SCHEDULE, "location_id" },
		{ LANGUAGE, "service_id" }, { LANGUAGE, "location_id" } };
	for (guint kind = 0; kind < TABLES; kind++) {
		GError *fault = NULL;
		hsds->tables[kind] = read_table (folder, kind, &fault);
		if (fault) {
			g_propagate_error (error, fault);
			return FALSE;
		}
	}
	if (!hsds->tables[SERVICE] || !hsds->tables[SERVICE]->rows->len) {
		g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("'%s' has no service.csv: it is no folder of the Human Services Data Specification"), folder);
		return FALSE;
	}
	for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
		index_column (hsds, keys[i].kind, keys[i].column);
	tell_unread (hsds, folder);
	for (guint row = 0; row < hsds->tables[SERVICE]->rows->len; row++)
		join_row (hsds, row);
	return rn_import_rows (hsds->import, hsds->flat, hsds->from, error);
}

gboolean rn_import_hsds (RnImport *import, const char *path, GError **error)
{
	g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path), *from = g_path_get_basename (folder);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	Hsds hsds = { .import = import, .arena = arena, .flat = g_new0 (RnCsv, 1), .from = from };
	hsds.flat->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
	hsds.by = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
	read_names (&hsds);
	gboolean fine = join (&hsds, folder, error);
	for (guint kind = 0; kind < TABLES; kind++)
		rn_csv_free (hsds.tables[kind]);
	rn_csv_free (hsds.flat);
	g_hash_table_unref (hsds.by);
	return fine;
}
