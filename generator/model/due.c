/* due.c - the dates of all pages and the build's clock in; what is due, told where it is written. */
#include "model/due.h"
#include "model/library-int.h"

#define SOON (14 * 24 * 3600)   /* seconds */

gboolean rn_due_soon (const RnPage *page, gint64 clock)
{
	return page->expires > clock && page->expires - clock <= SOON;
}

static void tell (RnDiagnostics *sink, RnDiagnosticId id, const RnPage *page, const char *field, gint64 day)
{
	const RnValue *value = rn_front_get (page->front, field);
	g_autoptr (GString) date = g_string_new (NULL);
	if (!value)
		return;
	rn_date_format (date, day, FALSE);
	rn_diagnose (sink, id, rn_page_place (page, value->line, value->col), date->str);
}

void rn_due_tell (const RnLibrary *library, RnDiagnostics *sink)
{
	for (guint i = 0; i < library->entries->len; i++) {
		const Entry *entry = library->entries->pdata[i];
		const RnPage *page = &entry->page;
		/* The rows of a table come and go with the table. */
		if (page->text)
			continue;
		if (page->review_overdue && !entry->hidden)
			tell (sink, RN_D_REVIEW_OVERDUE, page, "reviewed", page->review_due);
		if (!g_strcmp0 (entry->hidden, "expired"))
			tell (sink, RN_D_PAGE_EXPIRED, page, "expiryDate", page->expires);
		else if (!entry->hidden && rn_due_soon (page, library->site->clock))
			tell (sink, RN_D_PAGE_EXPIRES, page, "expiryDate", page->expires);
	}
}
