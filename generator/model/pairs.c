/*
 * pairs.c - translation pairs: which text is the source, what a translation inherits from it, whether it is still true to it, and
 * who stands in where there is none.
 */
#include "base/text.h"
#include "base/words.h"
#include "model/drift.h"
#include "model/library-int.h"
#include "model/typography.h"

#include <string.h>

/* The page in the source language of TWINS; where that is missing, the first there is. */
static RnPage *find_source (const RnLibrary *library, RnPage **twins)
{
	const RnSite *site = library->site;
	const char *code = NULL;
	for (guint i = 0; i < site->n_languages && !code; i++)
		if (twins[i])
			code = ENTRY (twins[i])->source_language;
	for (guint i = 0; i < site->n_languages && !code; i++)
		if (twins[i])
			code = twins[i]->type->source_language;
	const RnLanguage *language = rn_site_language (site, code);
	RnPage *source = twins[language ? language->index : 0];
	for (guint i = 0; i < site->n_languages && !source; i++)
		source = twins[i];
	return source;
}

/* A shared field stands in the source; the same value again is harmless, another one is told. */
static void share_field (RnLibrary *library, const RnPage *source, RnPage *page, guint i)
{
	const RnField *field = &page->type->fields[i];
	const RnValue *own = page->fields[i], *theirs = source->fields ? source->fields[i] : NULL;
	if (own && theirs && !rn_value_equal (own, theirs)) {
		g_autofree char *here = rn_value_text (own), *there = rn_value_text (theirs);
		g_autofree char *where = g_strdup_printf ("%s:%u", source->file, theirs->line);
		rn_diagnose (library->sink, RN_D_FIELD_CONTRADICTS, rn_page_place (page, own->line, own->col), field->name, here, there, where);
	}
	if (theirs)
		page->fields[i] = theirs;
}

/* A date that both have must be one date. */
static void share_date (RnLibrary *library, const RnPage *source, RnPage *page, const char *name, gint64 theirs, gint64 *own)
{
	const RnValue *value = rn_front_get (page->front, name), *other = rn_front_get (source->front, name);
	if (*own && theirs && *own != theirs && value && other) {
		g_autofree char *here = rn_value_text (value), *there = rn_value_text (other);
		g_autofree char *where = g_strdup_printf ("%s:%u", source->file, other->line);
		rn_diagnose (library->sink, RN_D_FIELD_CONTRADICTS, rn_page_place (page, value->line, value->col), name, here, there, where);
	}
	if (theirs)
		*own = theirs;
}

static void inherit (RnLibrary *library, const RnPage *source, RnPage *page)
{
	Entry *entry = ENTRY (page), *from = ENTRY (source);
	if (page->type == source->type && source->fields && !page->fields)
		page->fields = rn_arena_newn (library->arena, const RnValue *, page->type->n_fields);
	if (page->type == source->type)
		for (guint i = 0; page->fields && i < page->type->n_fields; i++)
			if (page->type->fields[i].shared)
				share_field (library, source, page, i);
	share_date (library, source, page, "expiryDate", source->expires, &page->expires);
	share_date (library, source, page, "publishDate", source->publish, &page->publish);
	page->date = page->date ? page->date : source->date;
	page->weight = page->weight ? page->weight : source->weight;
	page->sensitive = page->sensitive || source->sensitive;
	page->owner = page->owner ? page->owner : source->owner;
	page->layout = page->layout ? page->layout : source->layout;
	entry->audience = entry->audience ? entry->audience : from->audience;
	entry->related = entry->related ? entry->related : from->related;
	entry->review_every = entry->review_every ? entry->review_every : from->review_every;
	entry->slug = entry->slug ? entry->slug : from->slug;
	if (!page->sources) {
		page->sources = source->sources;
		page->n_sources = source->n_sources;
	}
}

/* Default values and required fields. */
static void settle_fields (RnLibrary *library, RnPage *page)
{
	const RnType *type = page->type;
	if (ENTRY (page)->index || ENTRY (page)->hidden || page->kind != RN_PAGE_CONTENT)
		return;
	for (guint i = 0; i < type->n_fields; i++) {
		const RnField *field = &type->fields[i];
		const RnValue *value = page->fields ? page->fields[i] : NULL, *own = rn_value_get (page->front, field->name);
		if (!value && field->fallback) {
			if (!page->fields)
				page->fields = rn_arena_newn (library->arena, const RnValue *, type->n_fields);
			page->fields[i] = value = field->fallback;
		}
		/* A value that was there and did not fit has been told already; one that all languages share is told of the source. */
		gboolean told = own && own->kind != RN_NULL;
		/* A page that its editor keeps back may still be without it. */
		gboolean unfinished = page->draft && !library->site->drafts;
		if (!value && field->required && !told && !(field->shared && page->source) && !unfinished)
			rn_diagnose (library->sink, RN_D_FIELD_MISSING, own ? rn_page_place (page, own->line, own->col) : rn_page_place (page, 1, 1), field->name);
	}
}

/* What the profile withholds, once nobody inherits it any more: of every page, a section's text among them. */
static void withhold (const RnLibrary *library, RnPage *page)
{
	for (guint i = 0; page->fields && !library->site->counsellor && i < page->type->n_fields; i++)
		if (page->type->fields[i].withheld)
			page->fields[i] = NULL;
}

static void settle_review (RnLibrary *library, RnPage *page)
{
	gint months, days;
	const char *own = ENTRY (page)->review_every, *period = own ? own : page->type->review_every;
	const RnValue *value = rn_front_get (page->front, "review_every");
	if (own && value && !rn_period_parse (own, &months, &days))
		rn_diagnose (library->sink, RN_D_FIELD_PATTERN, rn_page_place (page, value->line, value->col), "review_every", own, _("a period such as 6 months"));
	if (!page->reviewed || !rn_period_parse (period, &months, &days))
		return;
	page->review_due = rn_date_add (page->reviewed, months, days);
	page->review_overdue = page->review_due < library->site->clock;
}

static void settle_audience (RnLibrary *library, RnPage *page)
{
	const RnValue *value = ENTRY (page)->audience;
	const RnSite *site = library->site;
	if (!value || value->kind == RN_NULL || !site->n_audiences)
		return;
	guint n = value->kind == RN_LIST ? value->n : 1;
	gboolean own = rn_front_get (page->front, "audience") == value; /* an inherited one is told of the source */
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 0; i < site->n_audiences; i++)
		g_ptr_array_add (names, (gpointer) site->audiences[i].key);
	g_ptr_array_add (names, NULL);
	for (guint i = 0; i < n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value;
		const char *name = rn_value_string (item);
		guint k = 0;
		while (name && k < site->n_audiences && strcmp (site->audiences[k].key, name))
			k++;
		if (name && k < site->n_audiences) {
			page->audience |= 1u << k;
		} else if (own) {
			g_autofree char *text = rn_value_text (item);
			const char *nearest = rn_text_nearest (text, (const char *const *) names->pdata);
			rn_diagnose (library->sink, RN_D_AUDIENCE_UNKNOWN, rn_page_place (page, item->line, item->col), text, nearest ? nearest : "");
		}
	}
}

static void settle_visibility (RnLibrary *library, RnPage *page)
{
	const RnSite *site = library->site;
	Entry *entry = ENTRY (page);
	const RnValue *expiry = rn_front_get (page->front, "expiryDate"), *publish = rn_front_get (page->front, "publishDate");
	const RnValue *at = expiry ? expiry : publish;
	if (at && page->expires && page->publish > page->expires)
		rn_diagnose (library->sink, RN_D_DATE_ORDER, rn_page_place (page, at->line, at->col), "publishDate", "expiryDate");
	if (!entry->hidden && page->type->team && !site->counsellor)
		entry->hidden = "counsellor";
	if (entry->hidden || site->drafts)
		return;
	if (page->draft)
		entry->hidden = "draft";
	else if (page->publish > site->clock)
		entry->hidden = "unpublished";
	else if (page->expires && page->expires <= site->clock)
		entry->hidden = "expired";
}

static void settle_page (RnLibrary *library, RnPage *page, RnPage *source)
{
	const RnFileHistory *history = page->history;
	page->title = rn_typography_line (page->language, page->title, library->arena);
	page->whole_title = rn_typography_line (page->language, page->whole_title, library->arena);
	page->description = rn_typography_line (page->language, page->description, library->arena);
	if (source && source != page) {
		page->source = source;
		/* Nobody knows whether the pair is over. */
		if (ENTRY (source)->term_unclear)
			ENTRY (page)->hidden = "broken";
		if (!ENTRY (source)->hidden || strcmp (ENTRY (source)->hidden, "broken"))
			inherit (library, source, page);
		page->freshness = rn_drift_judge (library->site->tree, source, page);
	}
	settle_fields (library, page);
	settle_review (library, page);
	settle_audience (library, page);
	settle_visibility (library, page);
	if (!page->lastmod && history)
		page->lastmod = history->uncommitted ? page->date : history->last;
	if (!page->lastmod)
		page->lastmod = page->date;
	gboolean hold = library->site->hold_stale || page->type->hold_stale;
	if (hold && page->freshness == RN_STALE && !ENTRY (page)->hidden && !library->site->drafts)
		ENTRY (page)->hidden = "held";
}

/* MADE shows PAGE's text, in its own language's place. */
static void show_text (RnPage *made, RnPage *page)
{
	const RnPage own = *made;
	*made = *page;
	made->language = own.language;
	made->url = own.url;
	made->fallback = page;
	made->source = page;
	made->freshness = RN_FRESH;
	made->twins = page->twins;
	made->first_slice = made;
	ENTRY (made)->related = ENTRY (page)->related;
}

/* What the reader gets in LANGUAGE instead of the text that is missing: PAGE's, with a notice. */
static void stand_in (RnLibrary *library, RnPage **twins, RnPage *page, const RnLanguage *language)
{
	Entry *entry = rn_entry_new (library, page->kind, language, page->key);
	show_text (&entry->page, page);
	entry->index = ENTRY (page)->index;
	entry->slug = ENTRY (page)->slug;
	twins[language->index] = &entry->page;
}

static void hide (RnLibrary *library, RnPage *page, const char *why)
{
	ENTRY (page)->hidden = why;
	rn_address_release (library, page);
}

void rn_page_settle_again (RnLibrary *library, RnPage *page)
{
	page->description = rn_typography_line (page->language, page->description, library->arena);
	page->review_due = 0;
	page->review_overdue = FALSE;
	page->audience = 0;
	settle_review (library, page);
	settle_audience (library, page);
	settle_visibility (library, page);
	withhold (library, page);
	const char *why = ENTRY (page)->hidden;
	if (why)
		hide (library, page, why);
	for (guint i = 0; i < library->site->n_languages; i++) {
		RnPage *twin = page->twins[i];
		if (!twin || twin->fallback != page)
			continue;
		show_text (twin, page);
		if (why)
			hide (library, twin, why);
	}
}

/* What its editor can do about a translation into LANGUAGE. */
static char *advice (const RnPage *page, const RnLanguage *language)
{
	if (page->text)
		return g_strdup ("the plugin that makes the page needs its text in that language");
	const char *dot = strrchr (page->file, '.');
	gsize stem = (gsize) (dot - page->file), suffix = strlen (page->language->code) + 1;
	if (stem > suffix && page->file[stem - suffix] == '.' && !strncmp (page->file + stem - suffix + 1, page->language->code, suffix - 1))
		stem -= suffix;
	return g_strdup_printf ("copy the file to %.*s.%s.md and translate the text", (int) stem, page->file, language->code);
}

static void tell_missing (RnLibrary *library, const RnPage *page, const RnLanguage *language)
{
	g_autofree char *what = advice (page, language);
	rn_diagnose (library->sink, RN_D_TWIN_MISSING, rn_page_place (page, 1, 1), language->code, "", what);
}

static void resolve_pair (RnLibrary *library, RnPage **twins)
{
	RnSite *site = library->site;
	RnPage *source = find_source (library, twins), *shown = NULL;
	settle_page (library, source, NULL);
	for (guint i = 0; i < site->n_languages; i++)
		if (twins[i] && twins[i] != source)
			settle_page (library, twins[i], source);
	for (guint i = 0; i < site->n_languages; i++)
		if (twins[i])
			withhold (library, twins[i]);
	shown = rn_seen (source) ? source : NULL;
	for (guint i = 0; i < site->n_languages && !shown; i++)
		if (rn_seen (twins[i]))
			shown = twins[i];
	for (guint i = 0; i < site->n_languages && shown; i++) {
		const char *why = twins[i] ? ENTRY (twins[i])->hidden : NULL;
		if (twins[i] && !why)
			continue;
		if (!why)
			tell_missing (library, shown, site->languages[i]);
		/* A translation that is only not yet due, or over, has no stand-in: its page is not there in any language. */
		if (site->show_missing && !ENTRY (shown)->index && (!why || !strcmp (why, "held") || !strcmp (why, "broken") || !strcmp (why, "draft")))
			stand_in (library, twins, shown, site->languages[i]);
	}
}

/* A page of a plugin's in a language that its pair, resolved already, lacks. */
static void join_pair (RnLibrary *library, RnPage *page)
{
	RnPage *source = find_source (library, page->twins);
	settle_page (library, page, source == page ? NULL : source);
	withhold (library, page);
}

void rn_pairs_resolve (RnLibrary *library, guint from)
{
	guint n = library->entries->len;
	for (guint i = from; i < n; i++) {
		RnPage *page = library->entries->pdata[i];
		RnPage **twins = page->twins;
		gboolean resolved = FALSE;
		/* Once a pair, when its first page comes. */
		if (ENTRY (page)->mark)
			continue;
		for (guint k = 0; k < library->site->n_languages; k++)
			resolved |= twins[k] && ENTRY (twins[k])->mark;
		if (!page->file) {
			settle_page (library, page, NULL);
			continue;
		}
		if (resolved) {
			join_pair (library, page);
			ENTRY (page)->mark = 1;
			continue;
		}
		for (guint k = 0; k < library->site->n_languages; k++)
			if (twins[k])
				ENTRY (twins[k])->mark = 1;
		resolve_pair (library, twins);
	}
}
