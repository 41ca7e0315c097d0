/*
 * facts.c - what a page's front matter says, as a table of labels and values.
 *
 * In: the fields that the page's type declares. Out: a table without a head, each row headed by its label. Invariant: order, labels and
 * forms are the site's (layouts/partials/facts.html, value.html);
 * what the site withholds is not there.
 */
#include "print/set.h"
#include "print/table-int.h"

#include <string.h>

#include "markdown/parse.h"
#include "model/format.h"
#include "model/typography.h"

typedef struct {
	RnBlocks *blocks;
	RnSetter *setter;
	RnArena  *arena;
	const RnPage *page;
	guint32   line;              /* of the value at hand */
	GPtrArray *parsers;          /* of RnMarkdown: their documents are set with the table */
} Facts;

static RnNode *add (Facts *facts, RnNode ***tail, RnNodeType type)
{
	RnNode *node = rn_arena_new0 (facts->arena, RnNode);
	node->type = (guint8) type;
	node->line = facts->line;
	**tail = node;
	*tail = &node->next;
	return node;
}

static void add_text (Facts *facts, RnNode ***tail, const char *text)
{
	RnNode *node = add (facts, tail, RN_NODE_TEXT);
	node->text = rn_arena_strndup (facts->arena, text, -1);
	node->len = (guint32) strlen (text);
}

static RnNode *add_link (Facts *facts, RnNode ***tail, const char *address, const char *shown)
{
	RnNode *link = add (facts, tail, RN_NODE_LINK), **first = &link->first;
	link->flags = RN_NODE_F_EXTERNAL;
	link->text = rn_arena_strndup (facts->arena, address, -1);
	link->len = (guint32) strlen (address);
	add_text (facts, &first, shown);
	return link;
}

/* --- values, a function a type -------------------------------------------------------------------------------------------- */

typedef void (*AddValue) (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail);

static void add_words (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autofree char *words = rn_value_text (value);
	add_text (facts, tail, rn_typography_line (facts->setter->language, words, facts->arena));
}

static void add_date (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	g_autoptr (GString) out = g_string_new (NULL);
	if (value->kind != RN_DATE) {
		add_words (facts, field, value, tail);
		return;
	}
	rn_language_date (facts->setter->language, out, value->date, "long");
	add_text (facts, tail, out->str);
}

static void add_number (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autoptr (GString) out = g_string_new (NULL);
	rn_language_number (facts->setter->language, out, rn_value_real (value, 0), -1);
	add_text (facts, tail, out->str);
}

static void add_money (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autoptr (GString) out = g_string_new (NULL);
	const RnMoney money = rn_money_of (value);
	if (rn_money_format (facts->setter->language, out, &money))
		add_text (facts, tail, out->str);
}

static void add_enum (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	g_autofree char *key = rn_value_text (value);
	const RnValue *label = field->values != NULL ? rn_value_get (field->values, key) : NULL;
	const char *text = rn_site_text (facts->setter->site, label, facts->setter->language);
	add_text (facts, tail, text != NULL ? text : key);
}

static void add_reference (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	const char *key = rn_value_string (value);
	const RnPage *page = key != NULL ? rn_library_page (facts->setter->library, facts->setter->language, *key == '/' ? key + 1 : key) : NULL;
	if (page == NULL)
		return;
	RnNode *link = add_link (facts, tail, page->url, page->title);
	link->flags = 0;
	link->page = page;
}

static void add_phone (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autofree char *words = rn_value_text (value);
	g_autoptr (GString) dial = g_string_new ("tel:"), shown = g_string_new (words), number = g_string_new (NULL);
	rn_phone_dial (number, words);
	g_string_append (dial, number->str);
	/* A number is not parted. */
	g_string_replace (shown, " ", "\u00a0", 0);
	add_link (facts, tail, dial->str, shown->str);
}

static void add_email (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autofree char *words = rn_value_text (value), *address = g_strconcat ("mailto:", words, NULL);
	add_link (facts, tail, address, words);
}

/* On a screen the host is enough; paper cannot be touched. */
static void add_url (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	g_autofree char *words = rn_value_text (value);
	add_link (facts, tail, words, rn_web_shown (facts->arena, words));
}

static void add_coordinates (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	if (value->kind != RN_LIST || value->n != 2) {
		add_words (facts, field, value, tail);
		return;
	}
	g_autofree char *north = rn_value_text (value->items[0]), *east = rn_value_text (value->items[1]);
	g_autofree char *place = g_strconcat (north, ",", east, NULL), *address = g_strconcat ("geo:", place, NULL);
	add_link (facts, tail, address, place);
}

static void add_boolean (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	(void) field;
	add_text (facts, tail, rn_setter_string (facts->setter, rn_value_bool (value, FALSE) ? "yes" : "no", 1));
}

/* A few words are as good as text; more are blocks of the cell, as all of a list are. */
static void add_markdown (Facts *facts, const RnField *field, const RnValue *value, RnNode ***tail)
{
	const RnMarkdownOptions options = { 0 };
	const char *text = rn_value_string (value);
	if (text == NULL)
		return;
	RnMarkdown *parser = rn_markdown_new (facts->setter->library, &options, facts->setter->sink);
	g_ptr_array_add (facts->parsers, parser);
	const RnDocument *document = rn_markdown_parse (parser, facts->page, text, strlen (text), value->line);
	const RnNode *first = document != NULL ? document->root->first : NULL;
	if (first == NULL)
		return;
	gboolean words = first->type == RN_NODE_PARAGRAPH && first->next == NULL && field->type != RN_FIELD_LIST;
	**tail = words ? first->first : (RnNode *) first;
}

static const AddValue values[] = {
	[RN_FIELD_TEXT] = add_words, [RN_FIELD_MARKDOWN] = add_markdown, [RN_FIELD_DATE] = add_date, [RN_FIELD_NUMBER] = add_number,
	[RN_FIELD_MONEY] = add_money, [RN_FIELD_ENUM] = add_enum, [RN_FIELD_REFERENCE] = add_reference, [RN_FIELD_PHONE] = add_phone,
	[RN_FIELD_EMAIL] = add_email, [RN_FIELD_URL] = add_url, [RN_FIELD_COORDINATES] = add_coordinates, [RN_FIELD_BOOLEAN] = add_boolean,
	[RN_FIELD_ANY] = NULL,
};

/* --- lists ---------------------------------------------------------------------------------------------------------------- */

/* What is dialled, typed or long has a line of its own; the rest stands in one. */
static gboolean line_each (const RnField *field, const RnValue *list)
{
	if (field->item != RN_FIELD_TEXT && field->item != RN_FIELD_ENUM && field->item != RN_FIELD_NUMBER && field->item != RN_FIELD_DATE)
		return TRUE;
	for (guint i = 0; i < list->n; i++) {
		const char *text = rn_value_string (list->items[i]);
		if (text != NULL && (strchr (text, ',') != NULL || g_utf8_strlen (text, -1) > 24))
			return TRUE;
	}
	return FALSE;
}

static void add_list (Facts *facts, const RnField *field, const RnValue *list, RnNode ***tail)
{
	gboolean lines = line_each (field, list);
	RnNode **begin = *tail;
	if (field->item == RN_FIELD_LIST || values[field->item] == NULL)
		return;
	for (guint i = 0; i < list->n; i++) {
		RnNode *item = NULL, **last = &item;
		facts->line = list->items[i]->line;
		values[field->item] (facts, field, list->items[i], &last);
		if (item == NULL)
			continue;
		gboolean apart = *tail != begin && item->type >= RN_NODE_TEXT;
		if (apart && lines)
			add (facts, tail, RN_NODE_LINE_BREAK);
		else if (apart)
			add_text (facts, tail, ", ");
		**tail = item;
		while (**tail != NULL)
			*tail = &(**tail)->next;
	}
}

/* --- the table ------------------------------------------------------------------------------------------------------------ */

static void add_row (Facts *facts, const RnField *field, const RnValue *value, RnNode ***rows)
{
	RnNode *found = NULL, **tail = &found;
	facts->line = value->line;
	if (field->type == RN_FIELD_LIST && value->kind == RN_LIST)
		add_list (facts, field, value, &tail);
	else if (field->type < G_N_ELEMENTS (values) && values[field->type] != NULL)
		values[field->type] (facts, field, value, &tail);
	if (found == NULL)
		return;
	const char *label = rn_site_text (facts->setter->site, field->label, facts->setter->language);
	RnNode *row = add (facts, rows, RN_NODE_ROW), **cells = &row->first;
	RnNode **words = &add (facts, &cells, RN_NODE_CELL)->first;
	add_text (facts, &words, label != NULL ? label : field->name);
	add (facts, &cells, RN_NODE_CELL)->first = found;
}

/* A few facts stand in one column. */
static void hold_together (RnBlocks *blocks, guint start)
{
	RnLength height = 0;
	guint n = blocks->galley->pieces->len;
	for (guint i = start; i < n; i++)
		height += rn_blocks_piece (blocks, i)->height;
	for (guint i = start + 1; i < n && height <= blocks->column_height / 3; i++)
		rn_blocks_piece (blocks, i)->penalty = RN_KEEP;
}

void rn_set_facts (RnBlocks *blocks, const RnPage *page)
{
	const RnValue *declared = rn_value_get (page->type->config, "fields");
	if (!page->type->declared || page->fields == NULL || declared == NULL || declared->kind != RN_MAP)
		return;
	const RnStyles *styles = &blocks->setter->styles;
	const RnTableLook look = { .head = &styles->text[RN_STYLE_FACT_LABEL], .body = &styles->text[RN_STYLE_FACT], .by_row = TRUE };
	g_autoptr (GPtrArray) parsers = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_markdown_free);
	Facts facts = { .blocks = blocks, .setter = blocks->setter, .arena = blocks->galley->arena, .page = page, .parsers = parsers };
	RnNode table = { .type = RN_NODE_TABLE }, **rows = &table.first;
	guint start = blocks->galley->pieces->len;
	for (guint i = 0; i < declared->n; i++) {
		const RnField *field = rn_type_field (page->type, declared->pairs[i].name);
		const RnValue *value = field != NULL ? page->fields[field - page->type->fields] : NULL;
		if (value != NULL && value->kind != RN_NULL && !field->unprinted && (!field->withheld || blocks->setter->site->counsellor))
			add_row (&facts, field, value, &rows);
	}
	if (table.first == NULL)
		return;
	rn_set_table_as (blocks, &table, &look);
	hold_together (blocks, start);
}
