/* page_text.c - fields as words, by type; what the site withholds is nowhere. */
#include "search/page_text.h"
#include "model/format.h"

#include <jansson.h>
#include <string.h>

gboolean rn_page_searched (const RnPage *page)
{
	if (page->kind == RN_PAGE_PART)
		return page->part && !page->fallback; /* the whole text is in its pieces */
	/* The index goes along into copies of the site. */
	if (page->online || page->unsearched || (page->type->unsearched && page->kind != RN_PAGE_SECTION))
		return FALSE;
	return (page->kind == RN_PAGE_CONTENT || page->kind == RN_PAGE_SECTION || page->kind == RN_PAGE_CUSTOM) && !page->fallback && page->slice <= 1;
}

gsize rn_page_section (const RnPage *page)
{
	return strcspn (page->key, "/");
}

static void append_value (const RnLibrary *library, const RnPage *page, const RnField *field, RnFieldType type, const RnValue *value, GString *out)
{
	const RnSite *site = rn_library_site (library);
	if (value->kind == RN_LIST) {
		for (guint i = 0; i < value->n; i++)
			append_value (library, page, field, type == RN_FIELD_LIST ? field->item : type, value->items[i], out);
		return;
	}
	g_autofree char *text = rn_value_text (value);
	const char *label = type == RN_FIELD_ENUM && field->values ? rn_site_text (site, rn_value_get (field->values, text), page->language) : NULL;
	const RnMoney money = rn_money_of (value);
	const RnPage *to = NULL;
	switch (type) {
	case RN_FIELD_BOOLEAN: case RN_FIELD_COORDINATES: case RN_FIELD_IMAGE: case RN_FIELD_URL: case RN_FIELD_ANY:
		return;
	case RN_FIELD_MONEY:
		rn_money_format (page->language, out, &money);
		break;
	case RN_FIELD_REFERENCE:
		if ((to = rn_library_page (library, page->language, *text == '/' ? text + 1 : text)))
			g_string_append (out, to->title);
		break;
	case RN_FIELD_DATE:
		if (value->kind == RN_DATE)
			rn_language_date (page->language, out, value->date, "long");
		break;
	default:
		g_string_append (out, label ? label : text);
	}
	g_string_append_c (out, '\n');
}

static gboolean is_shown (const RnLibrary *library, const RnPage *page, guint i)
{
	return page->fields && page->fields[i] && page->fields[i]->kind != RN_NULL && (!page->type->fields[i].withheld || rn_library_site (library)->counsellor);
}

void rn_page_fields_text (const RnLibrary *library, const RnPage *page, GString *out)
{
	for (guint i = 0; page->fields && i < page->type->n_fields; i++)
		if (is_shown (library, page, i))
			append_value (library, page, &page->type->fields[i], page->type->fields[i].type, page->fields[i], out);
}

void rn_page_headings_text (const RnPage *page, const RnDocument *document, GString *out)
{
	for (guint i = 0; document && i < document->n_headings; i++)
		g_string_append_printf (out, "%s\n", document->headings[i].text);
	for (guint i = 0; i < page->tags.n; i++)
		g_string_append_printf (out, "%s\n", page->tags.items[i]->title);
}

static json_t *json_value (const RnValue *value)
{
	if (value->kind == RN_BOOL)
		return json_boolean (value->boolean);
	if (value->kind == RN_INT)
		return json_integer (value->integer);
	if (value->kind == RN_LIST) {
		json_t *list = json_array ();
		for (guint i = 0; i < value->n; i++)
			json_array_append_new (list, json_value (value->items[i]));
		return list;
	}
	g_autofree char *text = rn_value_text (value);
	return json_string (text);
}

static char *take_json (json_t *json)
{
	char *text = json_dumps (json, JSON_COMPACT | JSON_SORT_KEYS), *copy = g_strdup (text);
	free (text);
	json_decref (json);
	return copy;
}

char *rn_page_facets_json (const RnLibrary *library, const RnPage *page)
{
	json_t *facets = json_object ();
	for (guint i = 0; page->fields && i < page->type->n_fields; i++)
		if (page->type->fields[i].facet && is_shown (library, page, i))
			json_object_set_new (facets, page->type->fields[i].name, json_value (page->fields[i]));
	return take_json (facets);
}

char *rn_page_audience_json (const RnLibrary *library, const RnPage *page)
{
	const RnSite *site = rn_library_site (library);
	json_t *list = json_array ();
	for (guint i = 0; i < site->n_audiences && i < 32; i++)
		if (page->audience >> i & 1)
			json_array_append_new (list, json_string (site->audiences[i].key));
	return take_json (list);
}
