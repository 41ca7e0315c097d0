/*
 * booklet_groups.c - pages of one type below the value of a field that they share: questions by what they are about.
 *
 * In: the pages of a chapter. Out: the same in the order of the values. Invariant: what has no value is not lost: it stands first, below the chapter's own title.
 */
#include "print/booklet-int.h"

#include <string.h>

guint rn_group_of (const RnSetter *setter, const RnPage *page, const char **label)
{
	const RnField *field = page->type->group_by ? rn_type_field (page->type, page->type->group_by) : NULL;
	const char *value = field && page->fields ? rn_value_string (page->fields[field - page->type->fields]) : NULL;
	for (guint i = 0; value && field->values && i < field->values->n; i++) {
		const gboolean map = field->values->kind == RN_MAP;
		const char *name = map ? field->values->pairs[i].name : rn_value_string (field->values->items[i]);
		if (strcmp (name, value))
			continue;
		const char *text = map ? rn_site_text (setter->site, field->values->pairs[i].value, setter->language) : NULL;
		*label = text ? text : name;
		return i + 1;
	}
	*label = NULL;
	return 0;
}

typedef struct { const RnPage *page; guint group, at; } Member;

static gint by_group (gconstpointer a, gconstpointer b)
{
	const Member *one = a, *two = b;
	return one->group != two->group ? (one->group < two->group ? -1 : 1) : one->at < two->at ? -1 : one->at > two->at;
}

gboolean rn_sort_groups (const RnSetter *setter, GPtrArray *pages, guint first, guint n)
{
	g_autoptr (GArray) members = g_array_sized_new (FALSE, FALSE, sizeof (Member), n);
	const char *label;
	gboolean several = FALSE;
	for (guint i = 0; i < n; i++) {
		const RnPage *page = pages->pdata[first + i];
		const Member member = { page, rn_group_of (setter, page, &label), i };
		several |= member.group != (i ? g_array_index (members, Member, 0).group : member.group);
		g_array_append_val (members, member);
	}
	g_array_sort (members, by_group);
	for (guint i = 0; several && i < n; i++)
		pages->pdata[first + i] = (gpointer) g_array_index (members, Member, i).page;
	return several;
}
