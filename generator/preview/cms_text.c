/* cms_text.c - the file as it is and the editor's whole text in; the file with the changed fields written anew out. Invariant: a byte that nobody changed stays. */
#include "preview/cms_text-int.h"
#include "base/words.h"
#include "source/yaml.h"
#include "source/yaml_write.h"

#include <string.h>

/* A front matter by its lines: lines[0] is behind the first ---. value NULL: it has none. */
typedef struct { RnFrontMatter found; const RnValue *value; char **lines; guint n; } Front;

void rn_cms_state (const char *text, gsize len, char state[17])
{
	g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, len);
	g_strlcpy (state, sum, 17);
}

static gboolean read_front (RnArena *arena, const char *text, gsize len, Front *front)
{
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	*front = (Front) { 0 };
	rn_front_matter_find (text, len, &front->found);
	if (front->found.open || front->found.toml)
		return FALSE;
	g_autofree char *yaml = g_strndup (text + front->found.yaml, front->found.yaml_len);
	front->lines = g_strsplit (yaml, "\n", -1);
	front->n = g_strv_length (front->lines);
	/* What follows the last line end is no line. */
	if (front->n && !*front->lines[front->n - 1])
		front->n--;
	front->value = rn_yaml_parse (arena, yaml, strlen (yaml), RN_PLACE ("", 1, 1), sink);
	if (!front->value || front->value->kind != RN_MAP)
		return front->value && !front->n;
	for (guint i = 0; i < front->value->n; i++)
		if (front->value->pairs[i].col != 1 || front->value->pairs[i].line > front->n || (i && front->value->pairs[i].line <= front->value->pairs[i - 1].line))
			return FALSE;
	return TRUE;
}

/* --- values ------------------------------------------------------------------------------------------------------------------- */

static gboolean is_empty (const RnValue *value)
{
	if (!value || value->kind == RN_NULL)
		return TRUE;
	if (value->kind == RN_STRING)
		return !*value->string;
	for (guint i = 0; (value->kind == RN_LIST || value->kind == RN_MAP) && i < value->n; i++)
		if (!is_empty (value->kind == RN_LIST ? value->items[i] : value->pairs[i].value))
			return FALSE;
	return value->kind == RN_LIST || value->kind == RN_MAP;
}

static gboolean is_same (const RnValue *a, const RnValue *b)
{
	if (rn_value_equal (a, b) || (is_empty (a) && is_empty (b)))
		return TRUE;
	if (!a || !b)
		return FALSE;
	if (a->kind == RN_MAP && b->kind == RN_MAP) {
		for (guint i = 0; i < a->n; i++)
			if (!is_same (a->pairs[i].value, rn_value_get (b, a->pairs[i].name)))
				return FALSE;
		for (guint i = 0; i < b->n; i++)
			if (!rn_value_get (a, b->pairs[i].name) && !is_empty (b->pairs[i].value))
				return FALSE;
		return TRUE;
	}
	if (a->kind == RN_LIST && b->kind == RN_LIST && a->n == b->n) {
		for (guint i = 0; i < a->n; i++)
			if (!is_same (a->items[i], b->items[i]))
				return FALSE;
		return TRUE;
	}
	if (a->kind >= RN_LIST || b->kind >= RN_LIST || is_empty (a) || is_empty (b))
		return FALSE;
	g_autofree char *left = rn_value_text (a), *right = rn_value_text (b);
	return !strcmp (left, right);
}

/* On one line, without what is empty in it. */
static void write_value (GString *out, const RnValue *value)
{
	gboolean first = TRUE;
	if (value->kind != RN_LIST && value->kind != RN_MAP) {
		rn_yaml_write_value (out, value);
		return;
	}
	g_string_append_c (out, value->kind == RN_LIST ? '[' : '{');
	for (guint i = 0; i < value->n; i++) {
		const RnValue *item = value->kind == RN_LIST ? value->items[i] : value->pairs[i].value;
		if (is_empty (item))
			continue;
		g_string_append (out, first ? "" : ", ");
		first = FALSE;
		if (value->kind == RN_MAP) {
			rn_yaml_write_text (out, value->pairs[i].name);
			g_string_append (out, ": ");
		}
		write_value (out, item);
	}
	g_string_append_c (out, value->kind == RN_LIST ? ']' : '}');
}

/* "name: value", a list of maps with a line each, and REMARK behind it. */
static void write_field (GString *out, const char *name, const RnValue *value, const char *remark)
{
	rn_yaml_write_text (out, name);
	g_string_append_c (out, ':');
	if (value->kind == RN_LIST && value->n && value->items[0]->kind == RN_MAP) {
		g_string_append (out, remark ? remark : "");
		for (guint i = 0; i < value->n; i++)
			if (!is_empty (value->items[i])) {
				g_string_append (out, "\n  - ");
				write_value (out, value->items[i]);
			}
	} else {
		g_string_append_c (out, ' ');
		write_value (out, value);
		g_string_append (out, remark ? remark : "");
	}
	g_string_append_c (out, '\n');
}

/* --- the front matter --------------------------------------------------------------------------------------------------------- */

/* Fields that a file does not have: the state, and the name that it has anyway. */
static gboolean is_ours (const char *name, const RnValue *value, const char *stem)
{
	return !strcmp (name, RN_CMS_OPENED) || (!strcmp (name, RN_CMS_SLUG) && (is_empty (value) || !g_strcmp0 (rn_value_string (value), stem)));
}

/* The remark behind a value that stands without quotes on one line: " # …" with the space before it. */
static const char *remark_of (const Front *front, guint begin, guint end, const RnValue *value)
{
	const char *line = front->lines[begin], *mark = strstr (line, " #");
	if (end != begin + 1 || !mark || value->kind >= RN_LIST || value->quoted)
		return NULL;
	while (mark > line && mark[-1] == ' ')
		mark--;
	return mark;
}

/* One past the last line of the field I: remarks at the margin and empty lines before the next one are not its own. */
static guint end_of (const Front *front, guint i)
{
	guint end = i + 1 < front->value->n ? front->value->pairs[i + 1].line - 1 : front->n;
	while (end > front->value->pairs[i].line && (*front->lines[end - 1] == '#' || !front->lines[end - 1][strspn (front->lines[end - 1], " \t\r")]))
		end--;
	return end;
}

static void copy_lines (GString *out, const Front *front, guint from, guint to)
{
	for (; from < to; from++)
		g_string_append_printf (out, "%s\n", front->lines[from]);
}

static void merge_front (GString *out, const Front *old, const Front *raw, const char *stem, GPtrArray *without)
{
	guint at = 0;
	for (guint i = 0; old->value && i < old->value->n; i++) {
		const RnPair *pair = &old->value->pairs[i];
		const RnValue *now = rn_value_get (raw->value, pair->name);
		const guint begin = pair->line - 1, end = end_of (old, i);
		copy_lines (out, old, at, begin);
		at = end;
		if (!now || is_same (pair->value, now))
			copy_lines (out, old, begin, end);
		else if (!is_empty (now))
			write_field (out, pair->name, now, remark_of (old, begin, end, pair->value));
	}
	copy_lines (out, old, at, old->n);
	for (guint i = 0; raw->value && i < raw->value->n; i++) {
		const RnPair *pair = &raw->value->pairs[i];
		if (!rn_value_get (old->value, pair->name) && !is_empty (pair->value) && !is_ours (pair->name, pair->value, stem) &&
		    !g_ptr_array_find_with_equal_func (without, pair->name, g_str_equal, NULL))
			write_field (out, pair->name, pair->value, NULL);
	}
}

/* --- the body ----------------------------------------------------------------------------------------------------------------- */

/* TEXT without carriage returns and without the line ends around it. Free it. */
static char *bare (const char *text, gsize len)
{
	g_autoptr (GString) plain = g_string_new_len (text, (gssize) len);
	g_string_replace (plain, "\r", "", 0);
	while (plain->len && plain->str[plain->len - 1] == '\n')
		g_string_truncate (plain, plain->len - 1);
	return g_strdup (plain->str + strspn (plain->str, "\n"));
}

/* With the line ends that a file has: those before a carriage return or not. */
static void end_lines (GString *text, gboolean returns)
{
	g_string_replace (text, "\r", "", 0);
	if (returns)
		g_string_replace (text, "\n", "\r\n", 0);
}

static void merge_body (GString *out, const char *old, gsize len, const char *raw, gsize raw_len, gboolean returns)
{
	g_autofree char *before = old ? bare (old, len) : NULL, *now = bare (raw, raw_len);
	if (!g_strcmp0 (before, now)) {
		g_string_append_len (out, old, (gssize) len);
		return;
	}
	g_autoptr (GString) body = g_string_new (*now ? "\n" : "");
	g_string_append (body, now);
	g_string_append (body, *now ? "\n" : "");
	end_lines (body, returns);
	g_string_append_len (out, body->str, (gssize) body->len);
}

/* --- there and back ----------------------------------------------------------------------------------------------------------- */

void rn_cms_show (const char *text, gsize len, const char *stem, GString *out)
{
	RnArena *arena = rn_arena_new (0);
	Front front;
	char state[17];
	if (!read_front (arena, text, len, &front)) {
		g_string_append_len (out, text, (gssize) len);
	} else {
		rn_cms_state (text, len, state);
		g_string_append (out, "---\n");
		copy_lines (out, &front, 0, front.n);
		g_string_append_printf (out, RN_CMS_OPENED ": \"%s\"\n", state);
		if (!rn_value_get (front.value, RN_CMS_SLUG))
			g_string_append_printf (out, RN_CMS_SLUG ": \"%s\"\n", stem);
		g_string_append (out, "---\n");
		g_string_append_len (out, text + front.found.body, (gssize) (len - front.found.body));
		g_string_replace (out, "\r\n", "\n", 0);
	}
	g_strfreev (front.lines);
	rn_arena_free (arena);
}

static gboolean both_read (RnArena *arena, const char *old, gsize len, const char *raw, gsize raw_len, Front *before, Front *now, GError **error)
{
	if (!read_front (arena, raw, raw_len, now) || !now->value) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("What the editor sent cannot be read as a page. Nothing was saved."));
		return FALSE;
	}
	if (old && !read_front (arena, old, len, before)) {
		g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		             _("The lines between --- at the file's beginning are broken or unusual. Mend them in a text editor first. Nothing was saved."));
		return FALSE;
	}
	return TRUE;
}

gboolean rn_cms_merge (const char *old, gsize len, const char *raw, gsize raw_len, const char *stem, GPtrArray *without, GString *out, char **opened, GError **error)
{
	RnArena *arena = rn_arena_new (0);
	Front before = { 0 }, now = { 0 };
	const gboolean fine = both_read (arena, old, len, raw, raw_len, &before, &now, error);
	*opened = fine ? g_strdup (rn_value_string (rn_value_get (now.value, RN_CMS_OPENED))) : NULL;
	/* Another language of a new page in which nobody has written: no file of it. */
	g_autofree char *words = fine ? bare (raw + now.found.body, raw_len - now.found.body) : NULL;
	if (fine && (old || *words || !is_empty (rn_value_get (now.value, "title")))) {
		const gboolean returns = old && g_strstr_len (old, (gssize) len, "\r\n");
		g_string_append (out, "---\n");
		merge_front (out, &before, &now, stem, without);
		g_string_append (out, "---\n");
		end_lines (out, returns);
		merge_body (out, old ? old + before.found.body : NULL, old ? len - before.found.body : 0, raw + now.found.body, raw_len - now.found.body, returns);
	}
	g_strfreev (before.lines);
	g_strfreev (now.lines);
	rn_arena_free (arena);
	return fine;
}
