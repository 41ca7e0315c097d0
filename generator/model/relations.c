/*
 * relations.c - what leads from page to page: references in fields (checked, circles cut), and related pages, named by the editor or
 * found by the tags that two pages share. Pictures in fields are references too, to files.
 */
#include "model/library-int.h"
#include "model/link.h"

#include <string.h>

#define RELATED 4          /* found for a page whose editor named none */
#define SHOWN 3            /* pages at either end of a long circle */
#define COMMON_TAG 100     /* a tag of more pages tells nothing about two of them, and would make the search quadratic */

/* --- references ------------------------------------------------------------------------------------------------------ */

static gboolean is_reference (const RnField *field)
{
	return field->type == RN_FIELD_REFERENCE || (field->type == RN_FIELD_LIST && field->item == RN_FIELD_REFERENCE);
}

static gboolean leads_on (const RnField *field)
{
	return is_reference (field) || field->type == RN_FIELD_IMAGE || (field->type == RN_FIELD_LIST && field->item == RN_FIELD_IMAGE);
}

/* The page that TEXT names: a key, or a name within the type that the field asks for. */
static RnPage **find (RnLibrary *library, const RnField *field, const char *text)
{
	RnPage **twins = rn_twins (library, *text == '/' ? text + 1 : text, FALSE);
	if (!twins && field->to) {
		g_autofree char *key = g_strdup_printf ("%s/%s", field->to, text);
		twins = rn_twins (library, key, FALSE);
	}
	return twins;
}

static const RnPage *any_of (const RnLibrary *library, RnPage **twins)
{
	for (guint i = 0; twins && i < library->site->n_languages; i++)
		if (twins[i])
			return twins[i];
	return NULL;
}

/* Does VALUE stand in PAGE's own file? A default, and what is shared, is told where it stands. */
static gboolean is_own (const RnPage *page, const RnField *field, const RnValue *value)
{
	const RnValue *own = rn_value_get (page->front, field->name);
	if (own == value)
		return TRUE;
	for (guint i = 0; own && own->kind == RN_LIST && i < own->n; i++)
		if (own->items[i] == value)
			return TRUE;
	return FALSE;
}

/* The reference as the key of its page; NULL, told where the page's own file says so, for none. */
static const RnValue *resolve_one (RnLibrary *library, const RnPage *page, const RnField *field, const RnValue *value)
{
	const RnPage *target = any_of (library, find (library, field, value->string));
	if (target && (!field->to || !strcmp (target->type->name, field->to)))
		return strcmp (target->key, value->string) ? rn_value_new_string (library->arena, target->key, value->line, value->col) : value;
	if (!is_own (page, field, value))
		return NULL;
	RnPlace place = rn_page_place (page, value->line, value->col);
	if (target) {
		g_autofree char *wanted = g_strdup_printf ("a page of the type '%s'", field->to);
		g_autofree char *there = g_strdup_printf ("'%s' of the type '%s'", target->key, target->type->name);
		rn_diagnose (library->sink, RN_D_FIELD_KIND, place, field->name, wanted, there);
		return NULL;
	}
	g_autofree char *whole = field->to && !strchr (value->string, '/') ? g_strdup_printf ("%s/%s", field->to, value->string) : NULL;
	const char *nearest = rn_library_nearest (library, page->language, whole ? whole : value->string);
	rn_diagnose (library->sink, RN_D_FIELD_REFERENCE, place, field->name, value->string, nearest ? nearest : "");
	return NULL;
}

/* The address of the picture's file in the site; NULL, told, where there is none. */
static const RnValue *resolve_image (RnLibrary *library, const RnPage *page, const RnField *field, const RnValue *value)
{
	RnLink link = rn_link_resolve (library, page, value->string, library->arena);
	if (link.kind == RN_LINK_FILE)
		return rn_value_new_string (library->arena, link.url, value->line, value->col);
	/* A shared picture's name may be written as seen from the source's file. */
	if (page->source && field->shared && (link = rn_link_resolve (library, page->source, value->string, library->arena)).kind == RN_LINK_FILE)
		return rn_value_new_string (library->arena, link.url, value->line, value->col);
	if (is_own (page, field, value))
		rn_diagnose (library->sink, link.kind == RN_LINK_EXTERNAL ? RN_D_IMAGE_ELSEWHERE : RN_D_LINK_FILE,
		             rn_page_place (page, value->line, value->col), value->string, link.nearest ? link.nearest : "");
	return NULL;
}

static const RnValue *resolve_item (RnLibrary *library, const RnPage *page, const RnField *field, const RnValue *value)
{
	gboolean image = field->type == RN_FIELD_IMAGE || (field->type == RN_FIELD_LIST && field->item == RN_FIELD_IMAGE);
	return image ? resolve_image (library, page, field, value) : resolve_one (library, page, field, value);
}

static const RnValue *resolve_value (RnLibrary *library, const RnPage *page, const RnField *field, const RnValue *value)
{
	if (value->kind == RN_STRING)
		return resolve_item (library, page, field, value);
	RnValue *list = rn_arena_new0 (library->arena, RnValue);
	const RnValue **items = rn_arena_newn (library->arena, const RnValue *, value->n);
	*list = (RnValue) { .kind = RN_LIST, .line = value->line, .col = value->col, .items = items };
	for (guint i = 0; i < value->n; i++) {
		const RnValue *item = resolve_item (library, page, field, value->items[i]);
		if (item)
			items[list->n++] = item;
	}
	return list;
}

static void resolve_references (RnLibrary *library, guint n)
{
	for (guint i = 0; i < n; i++) {
		RnPage *page = library->entries->pdata[i];
		/* A stand-in has its page's own fields. */
		if (!page->fields || page->fallback || !rn_seen (page) || page->kind != RN_PAGE_CONTENT)
			continue;
		for (guint k = 0; k < page->type->n_fields; k++)
			if (page->fields[k] && leads_on (&page->type->fields[k]))
				page->fields[k] = resolve_value (library, page, &page->type->fields[k], page->fields[k]);
	}
}

/* --- circles ---------------------------------------------------------------------------------------------------------- */

enum { FRESH, OPEN, DONE };

typedef struct { RnPage *page; guint next; } Step;

static guint edges (const RnPage *page, guint k)
{
	const RnValue *value = page->fields ? page->fields[k] : NULL;
	return !value ? 0 : value->kind == RN_LIST ? value->n : 1;
}

static const RnValue *edge (const RnPage *page, guint k, guint i)
{
	const RnValue *value = page->fields[k];
	return value->kind == RN_LIST ? value->items[i] : value;
}

/* Takes the reference out that closes a circle and tells the way round, once where the languages share it. */
static void cut (RnLibrary *library, GArray *way, guint from, guint k, guint i)
{
	RnPage *page = g_array_index (way, Step, way->len - 1).page;
	const RnValue *value = edge (page, k, i);
	g_autoptr (GString) round = g_string_new (NULL);
	/* A circle through the whole site is no message: its ends say where it is. */
	for (guint s = from; s < way->len; s++) {
		if (way->len - from > 2 * SHOWN && s == from + SHOWN) {
			g_string_append (round, "... -> ");
			s = way->len - SHOWN;
		}
		g_string_append_printf (round, "%s -> ", g_array_index (way, Step, s).page->key);
	}
	g_string_append (round, value->string);
	if (!page->source || !page->type->fields[k].shared)
		rn_diagnose (library->sink, RN_D_REFERENCE_CYCLE, rn_page_place (page, value->line, value->col), page->type->fields[k].name, round->str);
	if (page->fields[k]->kind != RN_LIST) {
		page->fields[k] = NULL;
		return;
	}
	RnValue *list = rn_arena_new0 (library->arena, RnValue);
	const RnValue **items = rn_arena_newn (library->arena, const RnValue *, page->fields[k]->n);
	*list = *page->fields[k];
	list->items = items;
	list->n = 0;
	for (guint e = 0; e < page->fields[k]->n; e++)
		if (e != i)
			items[list->n++] = page->fields[k]->items[e];
	page->fields[k] = list;
}

/* Depth first from PAGE along field K, with a stack of its own: a chain may be as long as the site. */
static void follow (RnLibrary *library, RnPage *start, guint k, GArray *way)
{
	g_array_set_size (way, 0);
	g_array_append_vals (way, &(Step) { start, 0 }, 1);
	ENTRY (start)->mark = OPEN;
	while (way->len) {
		Step *step = &g_array_index (way, Step, way->len - 1);
		if (step->next >= edges (step->page, k)) {
			ENTRY (step->page)->mark = DONE;
			g_array_set_size (way, way->len - 1);
			continue;
		}
		guint i = step->next++;
		RnPage *target = rn_library_page (library, start->language, edge (step->page, k, i)->string);
		if (!target || target->type != start->type || target->fallback)
			continue;
		if (ENTRY (target)->mark == FRESH) {
			ENTRY (target)->mark = OPEN;
			g_array_append_vals (way, &(Step) { target, 0 }, 1);
		} else if (ENTRY (target)->mark == OPEN) {
			guint from = way->len - 1;
			while (g_array_index (way, Step, from).page != target)
				from--;
			guint before = edges (step->page, k);
			cut (library, way, from, k, i);
			step->next -= before > 1;
		}
	}
}

/* Only fields that lead from a type to itself can make a circle that says nothing. */
static void cut_circles (RnLibrary *library, guint n)
{
	g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (Step));
	for (guint t = 1; t < library->types->len; t++) {
		const RnType *type = library->types->pdata[t];
		for (guint k = 0; k < type->n_fields; k++) {
			if (!is_reference (&type->fields[k]) || g_strcmp0 (type->fields[k].to, type->name))
				continue;
			for (guint i = 0; i < n; i++)
				((Entry *) library->entries->pdata[i])->mark = FRESH;
			for (guint i = 0; i < n; i++) {
				Entry *entry = library->entries->pdata[i];
				if (entry->page.type == type && rn_seen (&entry->page) && !entry->page.fallback && entry->mark == FRESH)
					follow (library, &entry->page, k, way);
			}
		}
	}
}

/* --- related pages ---------------------------------------------------------------------------------------------------- */

static void related_named (RnLibrary *library, RnPage *page, const RnValue *value)
{
	guint n = value->kind == RN_LIST ? value->n : value->kind != RN_NULL;
	g_autoptr (GPtrArray) list = g_ptr_array_new ();
	gboolean own = !page->fallback && rn_front_get (page->front, "related") == value;
	for (guint i = 0; i < n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value;
		g_autofree char *text = rn_value_text (item);
		const char *key = *text == '/' ? text + 1 : text;
		RnPage *target = rn_library_page (library, page->language, key);
		if (target && target != page && !g_ptr_array_find (list, target, NULL))
			g_ptr_array_add (list, target);
		if (target || !own || rn_twins (library, key, FALSE))
			continue;
		const char *nearest = rn_library_nearest (library, page->language, key);
		rn_diagnose (library->sink, RN_D_RELATED_MISSING, rn_page_place (page, item->line, item->col), key, nearest ? nearest : "");
	}
	rn_pages_freeze (library, &page->related, list);
}

/* SCORE has a slot a page, by its mark; only the slots in TOUCHED are not 0. */
static void related_found (RnLibrary *library, RnPage *page, guint16 *score, GPtrArray *touched)
{
	g_ptr_array_set_size (touched, 0);
	for (guint t = 0; t < page->tags.n; t++) {
		const RnPages *others = &page->tags.items[t]->pages;
		for (guint i = 0; others->n <= COMMON_TAG && i < others->n; i++)
			if (others->items[i] != page && !score[ENTRY (others->items[i])->mark]++)
				g_ptr_array_add (touched, others->items[i]);
	}
	g_autoptr (GPtrArray) best = g_ptr_array_new ();
	for (guint k = 0; k < MIN (RELATED, touched->len); k++) {
		guint top = k;
		for (guint i = k + 1; i < touched->len; i++) {
			RnPage *a = touched->pdata[i], *b = touched->pdata[top];
			guint sa = score[ENTRY (a)->mark] * 2u + (a->type == page->type), sb = score[ENTRY (b)->mark] * 2u + (b->type == page->type);
			if (sa > sb || (sa == sb && ENTRY (a)->mark < ENTRY (b)->mark))
				top = i;
		}
		gpointer swapped = touched->pdata[k];
		touched->pdata[k] = touched->pdata[top];
		touched->pdata[top] = swapped;
		g_ptr_array_add (best, touched->pdata[k]);
	}
	for (guint i = 0; i < touched->len; i++)
		score[ENTRY (touched->pdata[i])->mark] = 0;
	rn_pages_freeze (library, &page->related, best);
}

static void find_related (RnLibrary *library, guint n)
{
	g_autofree guint16 *score = g_new0 (guint16, n);
	g_autoptr (GPtrArray) touched = g_ptr_array_new ();
	for (guint i = 0; i < n; i++)
		((Entry *) library->entries->pdata[i])->mark = i;
	for (guint i = 0; i < n; i++) {
		Entry *entry = library->entries->pdata[i];
		if (!rn_seen (&entry->page) || entry->page.kind != RN_PAGE_CONTENT)
			continue;
		if (entry->related)
			related_named (library, &entry->page, entry->related);
		else if (entry->page.tags.n)
			related_found (library, &entry->page, score, touched);
	}
}

void rn_relations_resolve (RnLibrary *library)
{
	guint n = library->entries->len;
	resolve_references (library, n);
	cut_circles (library, n);
	find_related (library, n);
}
