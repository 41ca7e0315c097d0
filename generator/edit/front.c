/* front.c - a page's bytes and one field in; the bytes with that field's lines changed out. */
#include "edit/front.h"
#include "source/yaml.h"

#include <string.h>

/* Where the lines of the field NAME stand in the front matter of TEXT, or would: at *at, so many bytes to be replaced. */
static void find_field (const char *text, const RnFrontMatter *front, const char *name, gsize *at, gsize *len)
{
	const char *p = text + front->yaml, *end = p + front->yaml_len;
	const gsize n = strlen (name);
	*at = front->yaml + front->yaml_len;
	*len = 0;
	for (gboolean inside = FALSE; p < end;) {
		const char *stop = memchr (p, '\n', (gsize) (end - p)), *next = stop ? stop + 1 : end;
		/* A value goes on in lines that are indented, or in a list's dashes. */
		if (inside && !strchr (" \t-", *p))
			break;
		if (inside)
			*len = (gsize) (next - text) - *at;
		if (!inside && (gsize) (end - p) > n && !strncmp (p, name, n) && p[n] == ':') {
			inside = TRUE;
			*at = (gsize) (p - text);
			*len = (gsize) (next - p);
		}
		p = next;
	}
}

void rn_front_set_field (GString *text, const char *name, const char *value)
{
	RnFrontMatter front;
	gsize at, len;
	const char *newline = strstr (text->str, "\r\n") ? "\r\n" : "\n";
	rn_front_matter_find (text->str, text->len, &front);
	if (!front.yaml && value) {
		g_autofree char *block = g_strdup_printf ("---%s%s: %s%s---%s%s", newline, name, value, newline, newline, newline);
		g_string_insert (text, (gssize) front.body, block);
		return;
	}
	if (!front.yaml)
		return;
	find_field (text->str, &front, name, &at, &len);
	g_autofree char *line = value ? g_strdup_printf ("%s: %s%s", name, value, newline) : g_strdup ("");
	g_string_erase (text, (gssize) at, (gssize) len);
	g_string_insert (text, (gssize) at, line);
}

/* ITEM as an entry of a list in brackets. */
static void put_item (GString *out, const char *item)
{
	g_string_append (out, out->len > 1 ? ", " : "");
	if (strpbrk (item, ",[]{}#:\"'&*!|>%@`\\ ")) {
		g_auto (GStrv) parts = g_strsplit (item, "'", -1);
		g_autofree char *doubled = g_strjoinv ("''", parts);
		g_string_append_printf (out, "'%s'", doubled);
	} else {
		g_string_append (out, item);
	}
}

/* Does the front matter of TEXT have so many aliases now? */
static gboolean has_aliases (const GString *text, guint n)
{
	RnFrontMatter front;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	rn_front_matter_find (text->str, text->len, &front);
	const RnValue *map = front.yaml ? rn_yaml_parse (arena, text->str + front.yaml, front.yaml_len, RN_PLACE (NULL, 1, 1), NULL) : NULL;
	const RnValue *list = rn_value_get (map, "aliases");
	return (map || !n) && (list && list->kind == RN_LIST ? list->n : 0) == n;
}

gboolean rn_front_set_alias (GString *text, const char *add, const char *drop)
{
	RnFrontMatter front;
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GString) list = g_string_new ("[");
	rn_front_matter_find (text->str, text->len, &front);
	const RnValue *map = front.yaml ? rn_yaml_parse (arena, text->str + front.yaml, front.yaml_len, RN_PLACE (NULL, 1, 1), NULL) : NULL;
	if ((front.yaml && !map) || front.toml || front.open)
		return FALSE;
	const RnValue *old = rn_value_get (map, "aliases");
	gboolean there = FALSE, changed = FALSE;
	guint kept = 0;
	for (guint i = 0, n = !old ? 0 : old->kind == RN_LIST ? old->n : old->kind == RN_STRING; i < n; i++) {
		const char *item = rn_value_string (old->kind == RN_LIST ? old->items[i] : old);
		there = there || !g_strcmp0 (item, add);
		changed = changed || (item && drop && !strcmp (item, drop));
		if (item && g_strcmp0 (item, drop)) {
			put_item (list, item);
			kept++;
		}
	}
	if (add && !there) {
		put_item (list, add);
		kept++, changed = TRUE;
	}
	if (!changed)
		return TRUE;
	g_string_append_c (list, ']');
	rn_front_set_field (text, "aliases", kept ? list->str : NULL);
	return has_aliases (text, kept);
}
