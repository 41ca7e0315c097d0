/* columns.c - a table's head in; what its columns are out: the map's word first, then names, labels in any language, then what was meant. */
#include "import/columns.h"
#include "import/values.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	RnImport *import;
	const RnType *type;
	RnArena *arena;
} Plan;

static const char *const common[] = { "title", "description", "date", "publishDate", "expiryDate", "lastmod", "reviewed", "review_every", "weight", "draft", "status", "owner",
	"tags", "audience", "related", "aliases", "sensitive", "search", "toc", "source_language", NULL };

static const char *common_name (const char *head)
{
	for (guint i = 0; common[i]; i++)
		if (!g_ascii_strcasecmp (common[i], head))
			return common[i];
	return NULL;
}

/* What a language of the site calls a column that every table may have: `import: {columns: {title: [..]}}`. */
static const char *by_language (const Plan *plan, const char *head)
{
	const RnSite *site = plan->import->site;
	for (guint i = 0; i < site->n_languages; i++) {
		const RnValue *columns = rn_value_get (rn_value_get (site->languages[i]->data, "import"), "columns");
		for (guint k = 0; columns && columns->kind == RN_MAP && k < columns->n; k++) {
			const RnValue *words = columns->pairs[k].value;
			for (guint w = 0; words->kind == RN_LIST && w < words->n; w++)
				if (rn_import_label_is (words->items[w], head))
					return columns->pairs[k].name;
		}
	}
	return NULL;
}

static const RnField *field_of (const RnType *type, const char *head)
{
	const RnField *field = rn_type_field (type, head);
	for (guint i = 0; !field && i < type->n_fields; i++)
		if (!g_ascii_strcasecmp (type->fields[i].name, head) || rn_import_label_is (type->fields[i].label, head))
			field = &type->fields[i];
	return field;
}

/* "salary_from", "salary.currency", or "currency" where the type has one amount alone. */
static gboolean amount_part (const RnType *type, const char *head, RnColumn *column)
{
	static const char *const parts[] = { "amount", "from", "to", "currency", "per" };
	const RnField *one = NULL;
	guint amounts = 0;
	for (guint i = 0; i < type->n_fields; i++) {
		const RnField *field = &type->fields[i];
		gsize n = strlen (field->name);
		if (field->type != RN_FIELD_MONEY)
			continue;
		one = field;
		amounts++;
		for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
			if (!strncmp (head, field->name, n) && (head[n] == '_' || head[n] == '.') && !strcmp (head + n + 1, parts[k])) {
				*column = (RnColumn) { RN_COLUMN_FIELD, field->name, parts[k], NULL };
				return TRUE;
			}
	}
	if (amounts == 1 && (!strcmp (head, "currency") || !strcmp (head, "per"))) {
		*column = (RnColumn) { RN_COLUMN_FIELD, one->name, head[0] == 'c' ? "currency" : "per", NULL };
		return TRUE;
	}
	return FALSE;
}

/* HEAD without a language, as a column; FALSE: it is none. */
static gboolean match (const Plan *plan, const char *head, RnColumn *column)
{
	const char *key = rn_value_string (rn_value_get (plan->import->map, "key")), *word = by_language (plan, head);
	const RnField *field = field_of (plan->type, head);
	const char *name = field ? NULL : word ? word : head;
	if (key ? !strcmp (key, head) : !field && (!strcmp (name, "key") || !strcmp (name, "id") || !strcmp (name, "import_key")))
		*column = (RnColumn) { RN_COLUMN_KEY, !key && !strcmp (name, "key") ? "key" : "id", NULL, NULL };
	else if (field)
		*column = (RnColumn) { RN_COLUMN_FIELD, field->name, NULL, NULL };
	else if (!g_ascii_strcasecmp (name, "text") || !g_ascii_strcasecmp (name, "body"))
		*column = (RnColumn) { RN_COLUMN_TEXT, "text", NULL, NULL };
	else if (!g_ascii_strcasecmp (name, "slug"))
		*column = (RnColumn) { RN_COLUMN_SLUG, "slug", NULL, NULL };
	else if (common_name (name))
		*column = (RnColumn) { RN_COLUMN_FIELD, common_name (name), NULL, NULL };
	else
		return amount_part (plan->type, head, column);
	return TRUE;
}

/* "title.ru", "title_ru", "title:ru": the language, and *base in front of it; NULL: it names none. */
static const RnLanguage *language_of (const Plan *plan, const char *head, char **base)
{
	const char *mark = head + strlen (head) - 1;
	while (mark > head && !strchr ("._: (", *mark))
		mark--;
	g_autofree char *code = mark > head ? g_strdelimit (g_strdup (mark + 1), ")", 0) : NULL;
	const RnLanguage *language = code ? rn_site_language (plan->import->site, code) : NULL;
	*base = language ? g_strchomp (g_strndup (head, (gsize) (mark - head))) : g_strdup (head);
	return language;
}

static void find_column (const Plan *plan, const char *head, const char *where, RnColumn *column)
{
	const RnValue *rule = rn_value_get (rn_value_get (plan->import->map, "columns"), head);
	g_autofree char *base = NULL;
	*column = (RnColumn) { RN_COLUMN_NONE, NULL, NULL, NULL };
	if (rule && rule->kind == RN_BOOL) {
		rn_import_tell (plan->import, RN_IMPORT_LOOKS, where, "The map leaves out the column '%s'.", head);
		return;
	}
	const char *name = rn_value_string (rule) ? rn_value_string (rule) : head;
	if (!*name || match (plan, name, column))
		return;
	const RnLanguage *language = language_of (plan, name, &base);
	if (language && match (plan, base, column)) {
		column->language = language;
		return;
	}
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; i < plan->type->n_fields; i++) {
		const RnValue *label = plan->type->fields[i].label;
		g_ptr_array_add (names, (gpointer) plan->type->fields[i].name);
		for (guint k = 0; label && label->kind == RN_MAP && k < label->n; k++)
			if (rn_value_string (label->pairs[k].value))
				g_ptr_array_add (names, (gpointer) rn_value_string (label->pairs[k].value));
	}
	for (guint i = 0; common[i]; i++)
		g_ptr_array_add (names, (gpointer) common[i]);
	g_ptr_array_add (names, NULL);
	const char *nearest = rn_text_nearest (base, (const char *const *) names->pdata);
	if (nearest)
		rn_import_tell (plan->import, RN_IMPORT_LOST, where, "The type '%s' has no field '%s': the column is left out. Did you mean '%s'?", plan->type->name, head, nearest);
	else
		rn_import_tell (plan->import, RN_IMPORT_LOST, where, "The type '%s' has no field '%s': the column is left out. A map can say what it is, or 'false'.", plan->type->name, head);
}

RnColumn *rn_columns_find (RnImport *import, const RnType *type, const RnCsv *table, const char *where, RnArena *arena, guint *n)
{
	const Plan plan = { import, type, arena };
	const GPtrArray *head = table->rows->pdata[0];
	RnColumn *columns = rn_arena_newn (arena, RnColumn, head->len);
	for (guint i = 0; i < head->len; i++) {
		g_autofree char *place = g_strdup_printf ("%s:1:%u", where, i + 1);
		find_column (&plan, head->pdata[i], place, &columns[i]);
		for (guint k = 0; k < i && columns[i].role != RN_COLUMN_NONE; k++)
			if (columns[k].role == columns[i].role && columns[k].name == columns[i].name && columns[k].part == columns[i].part && columns[k].language == columns[i].language) {
				rn_import_tell (import, RN_IMPORT_LOST, place, "The column '%s' says the same as column %u: it is left out.", (char *) head->pdata[i], k + 1);
				columns[i].role = RN_COLUMN_NONE;
			}
	}
	*n = head->len;
	return columns;
}
