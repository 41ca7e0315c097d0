/*
 * update.c - a page that an earlier import made, and what its source says now, in; the page brought up to date out.
 *
 * Each value has a mark in `imported`: of what was brought. A value that still has its mark is the source's to change; any other is an
 * editor's and stays. Fields that the source never brought are not touched, nor is the order of the lines.
 */
#include "import/page-int.h"
#include "source/yaml.h"
#include "source/yaml_write.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	RnImport *import;
	RnImportPage *page;
	const char *path;
	const RnValue *front, *made;
	GPtrArray *lines;      /* char *: of the front matter, each with what is indented below it */
	RnArena *arena;
	gboolean changed;
} Update;

static const RnValue *front_of (RnArena *arena, const char *text, gsize len, RnFrontMatter *found)
{
	rn_front_matter_find (text, len, found);
	return found->yaml_len && !found->open ? rn_yaml_parse (arena, text + found->yaml, found->yaml_len, RN_PLACE ("", 2, 1), NULL) : NULL;
}

gboolean rn_import_is_of (const RnImportPage *page, const char *old, gsize len)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnFrontMatter found;
	const RnValue *imported = rn_value_get (front_of (arena, old, len, &found), "imported");
	return !g_strcmp0 (rn_value_string (rn_value_get (imported, "from")), page->from ? page->from : "") &&
	       !g_strcmp0 (rn_value_string (rn_value_get (imported, "key")), page->key);
}

/* The value as rn_import_page_yaml had it when it was brought; made anew from what stands there. */
static char *as_yaml (const RnValue *value)
{
	GString *text = g_string_new (NULL);
	rn_yaml_write_value (text, value);
	return g_string_free (text, FALSE);
}

/* The front matter's lines, each key's together. */
static GPtrArray *split (const char *yaml, gsize len)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
	g_autofree char *whole = g_strndup (yaml, len);
	g_auto (GStrv) parts = g_strsplit (whole, "\n", -1);
	for (guint i = 0; parts[i]; i++) {
		g_strchomp (parts[i]);
		gboolean goes_on = lines->len && (strchr (" \t-", *parts[i]) || !*parts[i]);
		if (goes_on && !*parts[i] && !parts[i + 1])
			break;
		if (!goes_on) {
			g_ptr_array_add (lines, g_strdup (parts[i]));
			continue;
		}
		char *longer = g_strconcat (lines->pdata[lines->len - 1], "\n", parts[i], NULL);
		g_free (lines->pdata[lines->len - 1]);
		lines->pdata[lines->len - 1] = longer;
	}
	return lines;
}

static gint find_line (const GPtrArray *lines, const char *name)
{
	gsize len = strlen (name);
	for (guint i = 0; i < lines->len; i++)
		if (!strncmp (lines->pdata[i], name, len) && ((char *) lines->pdata[i])[len] == ':')
			return (gint) i;
	return -1;
}

static void set_line (Update *up, const char *name, char *line)
{
	gint at = find_line (up->lines, name);
	if (at < 0) {
		g_ptr_array_insert (up->lines, MAX (0, find_line (up->lines, "imported")), line);
		return;
	}
	g_free (up->lines->pdata[at]);
	up->lines->pdata[at] = line;
}

/* Is the value NOW, as YAML, the one that was brought? Without a mark it is an editor's. */
static gboolean is_ours (const Update *up, const char *name, const char *now)
{
	const char *mark = rn_value_string (rn_value_get (up->made, name));
	return mark && strtoul (mark, NULL, 16) == rn_import_mark (now);
}

/* Did the source bring the same already the last time? */
static gboolean brought_before (const Update *up, const char *name, const char *value)
{
	return is_ours (up, name, value);
}

static void update_field (Update *up, const char *name, const char *value)
{
	const RnValue *stands = rn_value_get (up->front, name);
	g_autofree char *now = stands ? as_yaml (stands) : NULL;
	gboolean known = rn_value_get (up->made, name) != NULL;
	if (!g_strcmp0 (now, value) || (brought_before (up, name, value) && known))
		return;
	if (now ? !is_ours (up, name, now) : known) {
		rn_import_tell (up->import, RN_IMPORT_LOST, up->page->where, "%s: an editor changed '%s', and so did the source: %s stays, %s is not taken.",
		                up->path, name, now ? now : "nothing", value);
		return;
	}
	g_ptr_array_add (up->import->changes, g_strdup_printf ("%s: %s: %s -> %s", up->path, name, now ? now : "(nothing)", value));
	set_line (up, name, g_strdup_printf ("%s: %s", name, value));
	up->changed = TRUE;
}

/* The fields that were brought once and of which the source says nothing more. */
static void drop_fields (Update *up)
{
	for (guint i = 0; up->made && up->made->kind == RN_MAP && i < up->made->n; i++) {
		const char *name = up->made->pairs[i].name;
		const RnValue *stands = rn_value_get (up->front, name);
		gint at = find_line (up->lines, name);
		if (!stands || at < 0 || rn_import_page_get (up->page, name))
			continue;
		g_autofree char *now = as_yaml (stands);
		if (!is_ours (up, name, now))
			continue;
		g_ptr_array_add (up->import->changes, g_strdup_printf ("%s: %s: %s -> (nothing)", up->path, name, now));
		g_ptr_array_remove_index (up->lines, (guint) at);
		up->changed = TRUE;
	}
}

/* The text that the page will have. */
static const char *update_body (Update *up, const char *body)
{
	const char *text = body;
	while (*text == '\n' || *text == '\r')
		text++;
	if (!strcmp (text, up->page->body->str) || brought_before (up, "_text", up->page->body->str))
		return body;
	if (!is_ours (up, "_text", text)) {
		rn_import_tell (up->import, RN_IMPORT_LOST, up->page->where, "%s: an editor changed the text, and so did the source: the editor's stays.", up->path);
		return body;
	}
	g_ptr_array_add (up->import->changes, g_strdup_printf ("%s: the text", up->path));
	up->changed = TRUE;
	return NULL;
}

gboolean rn_import_update (RnImport *import, RnImportPage *page, const char *path, const char *old, gsize len, GError **error)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnFrontMatter found;
	Update up = { .import = import, .page = page, .path = path, .arena = arena };
	up.front = front_of (arena, old, len, &found);
	up.made = rn_value_get (rn_value_get (up.front, "imported"), "made");
	up.lines = split (old + found.yaml, found.yaml_len);
	for (guint i = 0; i < page->names->len; i++)
		update_field (&up, page->names->pdata[i], page->values->pdata[i]);
	drop_fields (&up);
	const char *body = update_body (&up, old + found.body);
	g_autoptr (GString) text = g_string_new ("---\n"), origin = g_string_new (NULL);
	rn_import_write_origin (origin, import, page);
	g_strchomp (origin->str);
	set_line (&up, "imported", g_strdup (origin->str));
	for (guint i = 0; i < up.lines->len; i++)
		g_string_append_printf (text, "%s\n", (char *) up.lines->pdata[i]);
	g_string_append (text, "---\n");
	if (!body && page->body->len)
		g_string_append_c (text, '\n');
	g_string_append (text, body ? body : page->body->str);
	g_ptr_array_unref (up.lines);
	import->changed += up.changed;
	import->same += !up.changed;
	return !up.changed || rn_import_write_file (import, path, text, error);
}
