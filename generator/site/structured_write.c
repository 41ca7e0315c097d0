/*
 * structured_write.c - a page's facts and fields as JSON, as its type's plan wants them.
 *
 * In: a plan and a page. Out: JSON. Invariant: a value that the page has not leaves nothing, and neither does a thing without values.
 */
#include "base/path.h"
#include "base/text.h"
#include "model/format.h"
#include "site/structured-int.h"

#include <string.h>

static gboolean put_text (const RnTelling *telling, const char *text)
{
	if (text && *text)
		rn_text_json (telling->out, text, -1);
	return text && *text;
}

static gboolean put_url (const RnTelling *telling, const char *url)
{
	g_string_append_c (telling->out, '"');
	g_string_append (telling->out, telling->site->base_url);
	rn_path_encode (telling->out, url);
	g_string_append_c (telling->out, '"');
	return TRUE;
}

static gboolean put_date (const RnTelling *telling, gint64 seconds, gboolean has_time)
{
	if (!seconds)
		return FALSE;
	g_string_append_c (telling->out, '"');
	rn_date_format (telling->out, seconds, has_time);
	g_string_append_c (telling->out, '"');
	return TRUE;
}

static void put_number (const RnTelling *telling, double number)
{
	char buffer[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append (telling->out, g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

/* --- facts -------------------------------------------------------------------------------------------------------------------- */

static gboolean put_sources (const RnTelling *telling)
{
	const RnPage *page = telling->page;
	guint n = 0;
	gsize from = telling->out->len;
	for (guint i = 0; i < page->n_sources; i++) {
		const char *text = page->sources[i].url ? page->sources[i].url : page->sources[i].title;
		if (text && *text) {
			g_string_append_c (telling->out, n++ ? ',' : '[');
			rn_text_json (telling->out, text, -1);
		}
	}
	if (n == 1)
		g_string_erase (telling->out, (gssize) from, 1);
	else if (n)
		g_string_append_c (telling->out, ']');
	return n > 0;
}

/* The words of the body; OPENING: those before its first heading, where there are any. */
static gboolean put_body (const RnTelling *telling, gboolean opening)
{
	const RnNode *node = telling->document ? telling->document->root->first : NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	for (; node && node->type != RN_NODE_FOOTNOTE; node = node->next) {
		if (opening && node->type == RN_NODE_HEADING && text->len)
			break;
		if (text->len && text->str[text->len - 1] != '\n')
			g_string_append_c (text, '\n');
		rn_node_text (node, text);
	}
	return put_text (telling, g_strstrip (text->str));
}

static gboolean put_fact (const RnTelling *telling, RnFact fact)
{
	const RnPage *page = telling->page;
	const RnSite *site = telling->site;
	switch (fact) {
	case RN_FACT_TITLE: return put_text (telling, page->title);
	case RN_FACT_DESCRIPTION: return put_text (telling, page->description);
	case RN_FACT_URL: return put_url (telling, page->url);
	case RN_FACT_LANGUAGE: return put_text (telling, page->language->code);
	case RN_FACT_DATE: return put_date (telling, page->date, FALSE);
	case RN_FACT_CHANGED: return put_date (telling, page->lastmod, FALSE);
	case RN_FACT_REVIEWED: return put_date (telling, page->reviewed, FALSE);
	case RN_FACT_EXPIRES: return put_date (telling, page->expires, FALSE);
	case RN_FACT_OWNER: return put_text (telling, page->owner);
	case RN_FACT_PUBLISHER: return put_text (telling, rn_site_text (site, rn_value_get (site->config, "publisher"), page->language));
	case RN_FACT_SOURCE: return put_sources (telling);
	case RN_FACT_OPENING: return put_body (telling, TRUE);
	case RN_FACT_TEXT: return put_body (telling, FALSE);
	default: return FALSE;
	}
}

/* --- fields ------------------------------------------------------------------------------------------------------------------- */

static gboolean put_money (const RnTelling *telling, const RnValue *value)
{
	RnMoney money = rn_money_of (value);
	GString *out = telling->out;
	g_string_append (out, "{\"@type\":\"MonetaryAmount\"");
	if (money.currency)
		g_string_append_printf (out, ",\"currency\":\"%s\"", money.currency);
	g_string_append (out, ",\"value\":{\"@type\":\"QuantitativeValue\"");
	const struct { gboolean has; double number; const char *name; } parts[] = {
		{ money.has_amount, money.amount, "value" }, { money.has_from, money.from, "minValue" }, { money.has_to, money.to, "maxValue" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
		if (parts[i].has) {
			g_string_append_printf (out, ",\"%s\":", parts[i].name);
			put_number (telling, parts[i].number);
		}
	if (money.per) {
		g_autofree char *unit = g_ascii_strup (money.per, -1);
		g_string_append (out, ",\"unitText\":");
		rn_text_json (out, unit, -1);
	}
	g_string_append (out, "}}");
	return TRUE;
}

static gboolean put_place (const RnTelling *telling, const RnValue *value)
{
	g_string_append (telling->out, "{\"@type\":\"GeoCoordinates\",\"latitude\":");
	put_number (telling, rn_value_real (value->items[0], 0));
	g_string_append (telling->out, ",\"longitude\":");
	put_number (telling, rn_value_real (value->items[1], 0));
	g_string_append_c (telling->out, '}');
	return TRUE;
}

static gboolean put_reference (const RnTelling *telling, const RnValue *value)
{
	const char *key = rn_value_string (value);
	const RnPage *page = key ? rn_library_page (telling->library, telling->page->language, *key == '/' ? key + 1 : key) : NULL;
	return page && put_url (telling, page->url);
}

/* Inside a text, which is for machines, its key; else what readers call it. */
static gboolean put_choice (const RnTelling *telling, const RnField *field, const RnValue *value)
{
	const char *key = rn_value_string (value);
	const char *label = strchr (field->schema, ' ') ? NULL : rn_site_text (telling->site, rn_value_get (field->values, key), telling->page->language);
	return put_text (telling, label ? label : key);
}

static gboolean put_plain (const RnTelling *telling, const RnValue *value)
{
	switch (value->kind) {
	case RN_STRING: return put_text (telling, value->string);
	case RN_BOOL: g_string_append (telling->out, value->boolean ? "true" : "false"); return TRUE;
	case RN_INT: g_string_append_printf (telling->out, "%" G_GINT64_FORMAT, value->integer); return TRUE;
	case RN_FLOAT: put_number (telling, value->real); return TRUE;
	case RN_DATE: return put_date (telling, value->date, value->n);
	default: return FALSE;
	}
}

static gboolean put_single (const RnTelling *telling, const RnField *field, RnFieldType type, const RnValue *value)
{
	switch (type) {
	case RN_FIELD_MONEY: return put_money (telling, value);
	case RN_FIELD_COORDINATES: return put_place (telling, value);
	case RN_FIELD_REFERENCE: return put_reference (telling, value);
	case RN_FIELD_ENUM: return put_choice (telling, field, value);
	case RN_FIELD_IMAGE: return value->kind == RN_STRING && *value->string == '/' ? put_url (telling, value->string) : put_plain (telling, value);
	default: return put_plain (telling, value);
	}
}

static gboolean put_list (const RnTelling *telling, const RnField *field, const RnValue *value)
{
	GString *out = telling->out;
	gsize from = out->len;
	guint n = 0;
	for (guint i = 0; i < value->n; i++) {
		gsize before = out->len;
		g_string_append_c (out, n ? ',' : '[');
		if (put_single (telling, field, field->item, value->items[i]))
			n++;
		else
			g_string_truncate (out, before);
	}
	if (n == 1)
		g_string_erase (out, (gssize) from, 1);
	else if (n)
		g_string_append_c (out, ']');
	return n > 0;
}

static gboolean put_field (const RnTelling *telling, const RnField *field)
{
	const RnPage *page = telling->page;
	const RnValue *value = page->fields ? page->fields[field - page->type->fields] : NULL;
	if (!value || value->kind == RN_NULL)
		return FALSE;
	return field->type == RN_FIELD_LIST ? put_list (telling, field, value) : put_single (telling, field, field->type, value);
}

/* --- properties ----------------------------------------------------------------------------------------------------------- */

/* The value inside a text: what stands in quotes already goes in without them. */
static void wrap (GString *out, gsize from, const RnProperty *property)
{
	gboolean quoted = out->str[from] == '"';
	g_autofree char *value = g_strndup (out->str + from + quoted, out->len - from - 2 * quoted);
	g_string_truncate (out, from);
	g_string_append_c (out, '"');
	g_string_append (out, property->before);
	g_string_append (out, value);
	g_string_append (out, property->after);
	g_string_append_c (out, '"');
}

static gboolean put_value (const RnTelling *telling, const RnProperty *property)
{
	gsize from = telling->out->len;
	if (!(property->field ? put_field (telling, property->field) : put_fact (telling, property->fact)))
		return FALSE;
	if (property->before)
		wrap (telling->out, from, property);
	return TRUE;
}

static gboolean put_thing (const RnTelling *telling, const RnProperty *thing)
{
	GString *out = telling->out;
	gboolean any = FALSE;
	for (const RnProperty *property = thing->first; property; property = property->next) {
		gsize before = out->len;
		const RnProperty *from = property;
		g_string_append_c (out, ',');
		while (from && !rn_structured_put (telling, from))
			from = from->other;
		any |= from != NULL;
		if (from)
			continue;
		g_string_truncate (out, before);
		if (property->needed)
			return FALSE;
	}
	g_string_append_c (out, '}');
	return any;
}

gboolean rn_structured_put (const RnTelling *telling, const RnProperty *property)
{
	gsize before = telling->out->len;
	g_string_append (telling->out, property->open);
	if (property->type ? put_thing (telling, property) : put_value (telling, property))
		return TRUE;
	g_string_truncate (telling->out, before);
	return FALSE;
}

/* --- the way -------------------------------------------------------------------------------------------------------------- */

static guint put_steps (const RnTelling *telling, const RnPage *page)
{
	if (!page)
		return 0;
	guint n = put_steps (telling, page->parent) + 1;
	const char *home = page->kind == RN_PAGE_HOME ? rn_language_string (page->language, "home", 1) : NULL;
	g_string_append_printf (telling->out, "%s{\"@type\":\"ListItem\",\"position\":%u,\"name\":", n > 1 ? "," : "", n);
	rn_text_json (telling->out, home ? home : page->title, -1);
	g_string_append (telling->out, ",\"item\":");
	put_url (telling, page->url);
	g_string_append_c (telling->out, '}');
	return n;
}

gboolean rn_structured_put_way (const RnTelling *telling)
{
	if (!telling->page->parent)
		return FALSE;
	g_string_append (telling->out, "{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
	put_steps (telling, telling->page);
	g_string_append (telling->out, "]}");
	return TRUE;
}
