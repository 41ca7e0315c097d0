/* page.c - what is asked of one page. */
#include "model/library-int.h"

const RnValue *rn_page_field (const RnPage *page, const char *name)
{
	const RnField *field = rn_type_field (page->type, name);
	if (field)
		return page->fields ? page->fields[field - page->type->fields] : NULL;
	return rn_front_get (page->front, name);
}

RnPlace rn_page_place (const RnPage *page, guint32 line, guint32 col)
{
	return page->from.file ? page->from : RN_PLACE (page->file, line, col);
}

gint64 rn_page_changed (const RnPage *page)
{
	return MAX (MAX (page->lastmod, page->date), page->reviewed);
}

gboolean rn_page_unchanged (const RnPage *page, const char *text)
{
	return rn_text_hash (text, page->body) == page->head_hash;
}

char *rn_page_origin (const RnPage *page)
{
	const RnPage *of = page->fallback ? page->fallback : page;
	return of->text ? g_strdup_printf ("/%s/%s", of->language->code, of->key) : g_strdup (of->file);
}
