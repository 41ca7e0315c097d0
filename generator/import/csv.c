/*
 * csv.c - a table in; a page for each row, in each language that it has a title in, out.
 *
 * A row's key ties it to its pages: run again, the same table brings them up to date. Without a key column the row's title is it.
 */
#include "base/words.h"
#include "import/columns.h"
#include "import/csv.h"
#include "import/page.h"
#include "import/values-int.h"

#include <string.h>

typedef struct {
	RnImport *import;
	const RnType *type;
	const RnCsv *table;
	const RnColumn *columns;
	guint n;
	const char *from;
	RnArena *arena;
	GHashTable *known;       /* "key\nlanguage" -> slug of the page made of it before */
	GHashTable *seen;        /* the same, of this run */
} Rows;

/* --- what was made before ---------------------------------------------------------------------------------------------------- */

static char *known_name (const char *key, const char *language)
{
	return g_strconcat (key, "\n", language, NULL);
}

static void note_known (RnPage *page, gpointer user)
{
	Rows *rows = user;
	const RnValue *imported = rn_value_get (page->front, "imported");
	const char *key = rn_value_string (rn_value_get (imported, "key")), *slash = page->key ? strrchr (page->key, '/') : NULL;
	if (!key || page->type != rows->type || g_strcmp0 (rn_value_string (rn_value_get (imported, "from")), rows->from))
		return;
	g_hash_table_insert (rows->known, known_name (key, page->language->code), g_strdup (slash ? slash + 1 : page->key));
}

/* Pages whose rows have gone. */
static void tell_gone (Rows *rows)
{
	g_autoptr (GPtrArray) gone = g_ptr_array_new ();
	GHashTableIter iter;
	gpointer name;
	g_hash_table_iter_init (&iter, rows->known);
	while (g_hash_table_iter_next (&iter, &name, NULL))
		if (!g_hash_table_contains (rows->seen, name))
			g_ptr_array_add (gone, name);
	rn_import_sort (gone);
	for (guint i = 0; i < gone->len; i++) {
		g_auto (GStrv) parts = g_strsplit (gone->pdata[i], "\n", 2);
		g_ptr_array_add (rows->import->changes, g_strdup_printf ("%s%s/%s.%s.md: no row '%s' any more: the page stays until its expiryDate, or until you remove it",
		                 rows->import->site->content, rows->type->name, (char *) g_hash_table_lookup (rows->known, gone->pdata[i]), parts[1], parts[0]));
	}
}

/* --- cells ------------------------------------------------------------------------------------------------------------------- */

/* The cell of the column with that role and name for LANGUAGE: its own, else the one for all. NULL: there is none, or it is empty. */
static const char *cell_of (const Rows *rows, guint row, RnColumnRole role, const char *name, const RnLanguage *language)
{
	const char *found = NULL;
	for (guint i = 0; i < rows->n; i++) {
		const RnColumn *column = &rows->columns[i];
		const char *cell = rn_csv_cell (rows->table, row, i);
		if (column->role != role || (name && strcmp (column->name, name)) || !*cell)
			continue;
		if (column->language == language)
			return cell;
		if (!column->language)
			found = cell;
	}
	return found;
}

static gboolean has_own (const Rows *rows, guint row, const RnColumn *column, const RnLanguage *language)
{
	for (guint i = 0; i < rows->n; i++)
		if (rows->columns[i].language == language && rows->columns[i].name == column->name && *rn_csv_cell (rows->table, row, i))
			return TRUE;
	return FALSE;
}

static const RnLanguage *default_language (const Rows *rows)
{
	const RnImport *import = rows->import;
	const char *code = import->language ? import->language : rn_value_string (rn_value_get (import->map, "language"));
	const RnLanguage *language = code ? rn_site_language (import->site, code) : NULL;
	return language ? language : import->site->languages[0];
}

/* Has the row a title in LANGUAGE? */
static gboolean has_page (const Rows *rows, guint row, const RnLanguage *language)
{
	for (guint i = 0; i < rows->n; i++) {
		const RnColumn *column = &rows->columns[i];
		gboolean title = column->role == RN_COLUMN_FIELD && !strcmp (column->name, "title");
		if (title && *rn_csv_cell (rows->table, row, i) && (column->language ? column->language == language : language == default_language (rows)))
			return TRUE;
	}
	return FALSE;
}

/* Sets NAME to its cell, which is told where it cannot be. */
static void set_field (const Rows *rows, RnImportPage *page, const RnImportReader *reader, guint row, guint column)
{
	const char *name = rows->columns[column].name, *cell = rn_csv_cell (rows->table, row, column);
	g_autofree char *why = NULL;
	const RnValue *value = rn_import_value (reader, name, cell, &why);
	if (value) {
		rn_import_page_value (page, name, value);
		return;
	}
	g_autofree char *place = g_strdup_printf ("%s:%u:%u", rows->from, row + 1, column + 1);
	rn_import_tell (rows->import, RN_IMPORT_LOST, place, "%s", why);
}

/* An amount from its columns. */
static void set_amount (const Rows *rows, RnImportPage *page, const RnImportReader *reader, guint row, guint column)
{
	static const char *const numbers[] = { "amount", "from", "to", NULL };
	const char *name = rows->columns[column].name;
	RnPair *pairs = rn_arena_newn (rows->arena, RnPair, rows->n);
	RnValue *map = rn_arena_new0 (rows->arena, RnValue);
	guint n = 0, amounts = 0;
	for (guint i = 0; i < rows->n; i++) {
		const RnColumn *part = &rows->columns[i];
		const char *cell = rn_csv_cell (rows->table, row, i);
		if (!part->part || part->name != name || !*cell)
			continue;
		gboolean number = g_strv_contains (numbers, part->part);
		g_autofree char *place = g_strdup_printf ("%s:%u:%u", rows->from, row + 1, i + 1);
		const RnValue *value = number ? rn_import_number (reader, cell) : rn_import_string (reader, cell);
		if (value)
			pairs[n++] = (RnPair) { .name = part->part, .value = value };
		else
			rn_import_tell (rows->import, RN_IMPORT_LOST, place, "%s: '%s' is no number. The field is left out.", name, cell);
		amounts += value && number;
	}
	*map = (RnValue) { .kind = RN_MAP, .n = n, .pairs = pairs };
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	guint told;
	if (amounts && !rn_field_read (rn_type_field (rows->type, name), map, rows->arena, "", sink)) {
		g_autofree char *place = g_strdup_printf ("%s:%u:%u", rows->from, row + 1, column + 1);
		rn_import_tell (rows->import, RN_IMPORT_LOST, place, "%s. The field is left out.", rn_diagnostics_sorted (sink, &told)[0]->message);
	} else if (amounts) {
		rn_import_page_value (page, name, map);
	}
}

/* --- rows -------------------------------------------------------------------------------------------------------------------- */

/* The first column of an amount sets all of it. */
static gboolean is_first_part (const Rows *rows, guint column)
{
	for (guint i = 0; i < column; i++)
		if (rows->columns[i].part && rows->columns[i].name == rows->columns[column].name)
			return FALSE;
	return TRUE;
}

static void set_fields (const Rows *rows, RnImportPage *page, guint row, const RnLanguage *language, gboolean source)
{
	const RnImportReader reader = { rows->import, rows->type, language, rows->arena };
	for (guint i = 0; i < rows->n; i++) {
		const RnColumn *column = &rows->columns[i];
		const RnField *field = column->role == RN_COLUMN_FIELD ? rn_type_field (rows->type, column->name) : NULL;
		gboolean mine = column->language ? column->language == language : !has_own (rows, row, column, language);
		if (column->role != RN_COLUMN_FIELD || !mine || (field && field->shared && !source) || (!column->part && !*rn_csv_cell (rows->table, row, i)))
			continue;
		if (column->part && is_first_part (rows, i))
			set_amount (rows, page, &reader, row, i);
		else if (!column->part)
			set_field (rows, page, &reader, row, i);
	}
	if (!rn_import_page_get (page, "status"))
		rn_import_page_text (page, "status", "draft");
	for (guint i = 0; i < rows->type->n_fields; i++) {
		const RnField *field = &rows->type->fields[i];
		if (field->required && (source || !field->shared) && !rn_import_page_get (page, field->name))
			rn_import_tell (rows->import, RN_IMPORT_LOST, page->where, "'%s' is required, and the row has nothing for it that fits.", field->name);
	}
}

/* A word that can stand in an address as it is. */
static gboolean is_slug (const char *text)
{
	return g_ascii_islower (*text) && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text) && strlen (text) <= 100;
}

static char *slug_of (const Rows *rows, guint row, const char *key, const RnLanguage *source, const RnLanguage *language)
{
	g_autofree char *name = known_name (key, language->code);
	const char *before = g_hash_table_lookup (rows->known, name), *own = cell_of (rows, row, RN_COLUMN_SLUG, NULL, language);
	if (before)
		return g_strdup (before);
	if (own && is_slug (own))
		return g_strdup (own);
	const char *named = cell_of (rows, row, RN_COLUMN_KEY, "key", language);
	return named && is_slug (named) ? g_strdup (named) : rn_import_slug (rows->import, cell_of (rows, row, RN_COLUMN_FIELD, "title", source), source->code);
}

static gboolean put_page (const Rows *rows, guint row, const RnLanguage *language, const RnLanguage *source, GError **error)
{
	g_autofree char *where = g_strdup_printf ("%s:%u", rows->from, row + 1);
	g_autoptr (RnImportPage) page = rn_import_page_new (where);
	const char *title = cell_of (rows, row, RN_COLUMN_FIELD, "title", source), *key = cell_of (rows, row, RN_COLUMN_KEY, NULL, language);
	const char *text = cell_of (rows, row, RN_COLUMN_TEXT, NULL, language);
	page->type = g_strdup (rows->type->name);
	page->language = g_strdup (language->code);
	page->from = g_strdup (rows->from);
	page->key = g_strdup (key ? key : title);
	page->slug = slug_of (rows, row, page->key, source, language);
	g_hash_table_add (rows->seen, known_name (page->key, language->code));
	set_fields (rows, page, row, language, language == source);
	if (text)
		g_string_append_printf (page->body, "%s\n", text);
	return rn_import_put (rows->import, page, error);
}

static gboolean put_row (const Rows *rows, guint row, GError **error)
{
	const RnSite *site = rows->import->site;
	const RnLanguage *source = rows->type->source_language ? rn_site_language (site, rows->type->source_language) : NULL;
	const GPtrArray *cells = rows->table->rows->pdata[row];
	g_autofree char *where = g_strdup_printf ("%s:%u", rows->from, row + 1);
	guint filled = 0;
	for (guint i = 0; i < cells->len; i++)
		filled += *(char *) cells->pdata[i] != 0;
	if (!filled)
		return TRUE;
	if (!source || !has_page (rows, row, source))
		source = NULL;
	for (guint i = 0; !source && i < site->n_languages; i++)
		source = has_page (rows, row, site->languages[i]) ? site->languages[i] : NULL;
	if (!source) {
		rn_import_tell (rows->import, RN_IMPORT_LOST, where, "The row has no title: it is left out.");
		return TRUE;
	}
	for (guint i = rows->n; i < cells->len; i++)
		if (*(char *) cells->pdata[i])
			rn_import_tell (rows->import, RN_IMPORT_LOST, where, "A cell stands beyond the last column and is left out: %s", (char *) cells->pdata[i]);
	for (guint i = 0; i < site->n_languages; i++)
		if (has_page (rows, row, site->languages[i]) && !put_page (rows, row, site->languages[i], source, error))
			return FALSE;
	return TRUE;
}

gboolean rn_import_rows (RnImport *import, const RnCsv *table, const char *from, GError **error)
{
	const char *name = import->type ? import->type : rn_value_string (rn_value_get (import->map, "type"));
	const RnType *type = name ? rn_library_type (import->library, name) : NULL;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	Rows rows = { .import = import, .type = type, .table = table, .from = from, .arena = arena };
	gboolean fine = TRUE, title = FALSE;
	if (!type) {
		if (name)
			g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("the site has no type '%s': a type is a folder of the content with _type.yaml"), name);
		else
			g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("a table's pages need a type: --type vacancies"));
		return FALSE;
	}
	if (table->converted)
		rn_import_tell (import, RN_IMPORT_NOTE, from, "The table is in %s: it is read as that.", table->converted);
	if (table->open_row)
		rn_import_tell (import, RN_IMPORT_LOST, from, "A quote that begins in row %u does not end: all that follows is one cell.", table->open_row);
	rows.columns = table->rows->len ? rn_columns_find (import, type, table, from, arena, &rows.n) : NULL;
	for (guint i = 0; i < rows.n; i++)
		title |= rows.columns[i].role == RN_COLUMN_FIELD && !strcmp (rows.columns[i].name, "title");
	if (!title) {
		rn_import_tell (import, RN_IMPORT_LOST, from, "No column is the pages' title: name one 'title', or say in a map which is it.");
		return TRUE;
	}
	rows.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	rows.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	rn_library_each_file (import->library, note_known, &rows);
	for (guint row = 1; fine && row < table->rows->len; row++)
		fine = put_row (&rows, row, error);
	tell_gone (&rows);
	g_hash_table_unref (rows.known);
	g_hash_table_unref (rows.seen);
	return fine;
}

gboolean rn_import_csv (RnImport *import, const char *path, GError **error)
{
	g_autofree char *from = g_path_get_basename (path);
	if (g_file_test (path, G_FILE_TEST_IS_DIR) || g_str_has_suffix (path, "datapackage.json"))
		return rn_import_hsds (import, path, error);
	g_autoptr (RnCsv) table = rn_csv_read (path, error);
	return table && rn_import_rows (import, table, from, error);
}
