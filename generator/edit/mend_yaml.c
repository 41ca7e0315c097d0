/*
 * mend_yaml.c - YAML and what moves in; the same bytes with keys of pages, paths of files and Markdown's links mended, out.
 *
 * A value is changed where it stands, whatever its quotes; then all is read again and held against what it should be.
 */
#include "edit/mend-int.h"
#include "base/text.h"
#include "source/yaml.h"

#include <string.h>

typedef struct { char *from, *to; } Edit;                                   /* within one text */
typedef struct { gsize at; const RnValue *leaf; const char *top, *name; } Mark;   /* leaf NULL: a key */

typedef struct {
	RnMender *mender;
	const RnPage *page;
	const char *file;
	gboolean rooted;
	RnRoleOf role;
	gpointer user;
	GArray *marks, *edits;   /* Mark in the order of the text; Edit */
	const char *text;
	gsize at, len;
	guint32 line;
	gsize line_at, line_now; /* where the line LINE_NOW begins: positions rise */
} Yaml;

static void clear_edit (gpointer data)
{
	Edit *edit = data;
	g_free (edit->from);
	g_free (edit->to);
}

/* --- what is to be written in a text ---------------------------------------------------------------------------------------- */

static void add_edit (Yaml *yaml, const char *from, gsize len, const char *to)
{
	const Edit edit = { g_strndup (from, len), g_strdup (to) };
	g_array_append_val (yaml->edits, edit);
}

static char *respell (Yaml *yaml, const char *address)
{
	if (yaml->rooted && !rn_mend_rooted (yaml->mender, address))
		return NULL;
	return rn_move_respell (yaml->mender->move, yaml->page, address, yaml->mender->arena);
}

/* Links of Markdown: what stands behind OPEN, up to one of CLOSE. */
static void edit_links (Yaml *yaml, const char *text, const char *open, const char *close)
{
	for (const char *p = text; (p = strstr (p, open));) {
		p += strlen (open);
		const gsize len = strcspn (p, close);
		const gboolean wiki = *open == '[';
		g_autofree char *address = g_strdup_printf ("%s%.*s", wiki && *p != '/' && *p != '#' ? "/" : "", (int) len, p);
		g_autofree char *to = len && p[len] ? respell (yaml, address) : NULL;
		g_autofree char *whole = g_strdup_printf ("%s%.*s", open, (int) len, p);
		g_autofree char *written = to ? g_strconcat (open, to + (wiki && *p != '/' && *to == '/'), NULL) : NULL;
		if (written)
			add_edit (yaml, whole, strlen (whole), written);
		p += len;
	}
}

/* Fills edits with what changes in LEAF. */
static void find_edits (Yaml *yaml, const Mark *mark)
{
	const char *text = mark->leaf->string;
	const RnMove *move = yaml->mender->move;
	const RnRole role = yaml->role (yaml->user, mark->top, mark->name);
	g_array_set_size (yaml->edits, 0);
	g_autofree char *to = NULL;
	if (role == RN_ROLE_FILE)
		to = rn_move_respell (move, yaml->page, text, yaml->mender->arena);
	else if (!move->file && (role != RN_ROLE_NONE || strchr (move->from, '/')))
		to = rn_move_rename (move, text);
	const char *slash = strrchr (move->from, '/');
	if (!to && role == RN_ROLE_REFERENCE && slash && !move->file && !strcmp (text, slash + 1)) {
		const gsize folder = (gsize) (slash - move->from) + 1;
		to = g_strdup (strncmp (move->to, move->from, folder) ? move->to : move->to + folder);
	}
	if (!to && *text == '/' && !strpbrk (text, " \n"))
		to = respell (yaml, text);
	if (to)
		add_edit (yaml, text, strlen (text), to);
	else {
		edit_links (yaml, text, "](", ") \t\n");
		edit_links (yaml, text, "[[", "]|\n");
	}
}

/* TEXT from AT up to END with the edits of one leaf; FALSE: one of them is not found there. */
static gboolean apply (const GArray *edits, GString *text, gsize at, gsize end)
{
	for (guint i = 0; i < edits->len; i++) {
		const Edit *edit = &g_array_index (edits, Edit, i);
		char *found = memmem (text->str + at, end - at, edit->from, strlen (edit->from));
		if (!found)
			return FALSE;
		const gsize offset = (gsize) (found - text->str), n = strlen (edit->from), m = strlen (edit->to);
		g_string_erase (text, (gssize) offset, (gssize) n);
		g_string_insert (text, (gssize) offset, edit->to);
		at = offset + m;
		end += m - n;
	}
	return TRUE;
}

/* --- where texts stand ------------------------------------------------------------------------------------------------------- */

static gsize offset_of (Yaml *yaml, guint32 line, guint32 col)
{
	const char *end = yaml->text + yaml->at + yaml->len, *p;
	if (line < yaml->line_now)
		yaml->line_now = yaml->line, yaml->line_at = yaml->at;
	p = yaml->text + yaml->line_at;
	for (; yaml->line_now < line && p; yaml->line_now++)
		p = (p = memchr (p, '\n', (gsize) (end - p))) ? p + 1 : NULL;
	yaml->line_at = p ? (gsize) (p - yaml->text) : yaml->at + yaml->len;
	for (guint32 i = 1; p && i < col && p < end; i++)
		p = g_utf8_next_char (p);
	return p ? (gsize) (p - yaml->text) : yaml->at + yaml->len;
}

static void collect (Yaml *yaml, const RnValue *value, const char *top, const char *name)
{
	if (value->kind == RN_STRING && value->line) {
		const Mark mark = { offset_of (yaml, value->line, value->col), value, top, name };
		g_array_append_val (yaml->marks, mark);
	}
	for (guint i = 0; value->kind == RN_LIST && i < value->n; i++)
		collect (yaml, value->items[i], top, name);
	for (guint i = 0; value->kind == RN_MAP && i < value->n; i++) {
		const RnPair *pair = &value->pairs[i];
		const Mark key = { offset_of (yaml, pair->line, pair->col), NULL, NULL, NULL };
		g_array_append_val (yaml->marks, key);
		collect (yaml, pair->value, top ? top : pair->name, pair->name);
	}
}

static int by_offset (gconstpointer a, gconstpointer b)
{
	const Mark *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at ? 1 : (x->leaf != NULL) - (y->leaf != NULL);
}

/* --- the judge --------------------------------------------------------------------------------------------------------------- */

/* Is NOW what THEN should have become? */
static gboolean as_wanted (Yaml *yaml, const RnValue *then, const RnValue *now, const char *top, const char *name)
{
	if (then->kind != now->kind)
		return FALSE;
	if (then->kind == RN_STRING) {
		const Mark mark = { 0, then, top, name };
		g_autoptr (GString) wanted = g_string_new (then->string);
		find_edits (yaml, &mark);
		return apply (yaml->edits, wanted, 0, wanted->len) && !strcmp (wanted->str, now->string);
	}
	if (then->kind != RN_LIST && then->kind != RN_MAP)
		return rn_value_equal (then, now);
	gboolean same = then->n == now->n;
	for (guint i = 0; same && i < then->n; i++) {
		if (then->kind == RN_LIST) {
			same = as_wanted (yaml, then->items[i], now->items[i], top, name);
		} else {
			const RnPair *a = &then->pairs[i], *b = &now->pairs[i];
			same = !strcmp (a->name, b->name) && as_wanted (yaml, a->value, b->value, top ? top : a->name, a->name);
		}
	}
	return same;
}

/* Writes the edits of all leaves into TEXT, from the last to the first; how many leaves it were, and *missed: some were not found. */
static guint write_edits (Yaml *yaml, GString *text, gboolean *missed)
{
	guint changed = 0;
	gsize end = yaml->at + yaml->len;
	for (guint i = yaml->marks->len; i-- > 0;) {
		const Mark *mark = &g_array_index (yaml->marks, Mark, i);
		/* What an alias repeats stands once. */
		const gboolean again = i && g_array_index (yaml->marks, Mark, i - 1).at == mark->at && g_array_index (yaml->marks, Mark, i - 1).leaf == mark->leaf;
		if (mark->leaf && !again) {
			find_edits (yaml, mark);
			if (yaml->edits->len)
				*missed |= !apply (yaml->edits, text, mark->at, end);
			changed += yaml->edits->len > 0;
		}
		if (!again)
			end = mark->at;
	}
	return changed;
}

static void note_places (Yaml *yaml, gboolean mended)
{
	for (guint i = 0; i < yaml->marks->len; i++) {
		const Mark *mark = &g_array_index (yaml->marks, Mark, i);
		if (!mark->leaf || (i && g_array_index (yaml->marks, Mark, i - 1).leaf == mark->leaf))
			continue;
		find_edits (yaml, mark);
		for (guint k = 0; k < yaml->edits->len; k++) {
			const Edit *edit = &g_array_index (yaml->edits, Edit, k);
			const gsize skip = g_str_has_prefix (edit->from, "](") || g_str_has_prefix (edit->from, "[[") ? 2 : 0;
			rn_mend_note (yaml->mender, &(RnMend) { (char *) yaml->file, mark->leaf->line, MAX (mark->leaf->col, 1), edit->from + skip, mended ? edit->to + skip : NULL, TRUE,
			              skip || *edit->from == '/' });
		}
	}
}

gboolean rn_mend_yaml (RnMender *mender, const RnPage *page, gboolean rooted, const char *file, GString *text, gsize at, gsize len, guint32 line, RnRoleOf role, gpointer user)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autofree char *before = g_strndup (text->str, text->len);
	const RnValue *root = rn_yaml_parse (arena, before + at, len, RN_PLACE (file, line, 1), NULL), *now;
	Yaml yaml = { .mender = mender, .page = page, .file = file, .rooted = rooted, .role = role, .user = user, .text = before, .at = at, .len = len, .line = line, .line_now = line, .line_at = at };
	if (!root)
		return FALSE;
	rn_arena_reset (mender->arena);
	g_autoptr (GArray) marks = yaml.marks = g_array_new (FALSE, FALSE, sizeof (Mark)), edits = yaml.edits = g_array_new (FALSE, FALSE, sizeof (Edit));
	g_array_set_clear_func (edits, clear_edit);
	collect (&yaml, root, NULL, NULL);
	g_array_sort (marks, by_offset);
	gboolean missed = FALSE;
	const gsize whole = text->len;
	const guint changed = write_edits (&yaml, text, &missed);
	if (changed) {
		now = missed ? NULL : rn_yaml_parse (arena, text->str + at, len + text->len - whole, RN_PLACE (file, line, 1), NULL);
		missed = !now || !as_wanted (&yaml, root, now, NULL, NULL);
	}
	if (missed)
		g_string_assign (text, before);
	note_places (&yaml, !missed);
	return TRUE;
}

/* --- tables -------------------------------------------------------------------------------------------------------------------- */

void rn_mend_table (RnMender *mender, const char *file, GString *text)
{
	const RnMove *move = mender->move;
	const gsize n = strlen (move->from), m = strlen (move->to);
	if (move->file || !strchr (move->from, '/'))
		return; /* a bare word in a table may be anything */
	for (char *p = text->str; (p = strstr (p, move->from));) {
		const gboolean cell = (p == text->str || strchr (",;\t\"\n", p[-1])) && strchr (",;\t\"\r\n", p[n]);
		const gsize offset = (gsize) (p - text->str);
		if (cell) {
			guint row, col;
			rn_text_position (text->str, text->len, offset, &row, &col);
			rn_mend_note (mender, &(RnMend) { (char *) file, row, col, (char *) move->from, (char *) move->to, TRUE, FALSE });
			g_string_erase (text, (gssize) offset, (gssize) n);
			g_string_insert (text, (gssize) offset, move->to);
		}
		p = text->str + offset + (cell ? m : n);
	}
}
