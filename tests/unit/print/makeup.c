/*
 * makeup - galleys as text against tests/cases/print/ (NAME.galley beside NAME.columns), and random galleys against what must always hold.
 *
 * RN_UPDATE=1 writes the .columns files anew: look at the difference.
 */
#include "print/makeup.h"

#include <time.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_MARK 1000000   /* line numbers from here on are notes' */

typedef struct { RnArena *arena; RnGalley galley; GArray *heights; GPtrArray *notes; RnMakeupRules rules; } Case;

static RnLength height_of (gpointer user, guint column)
{
	const GArray *heights = user;
	return g_array_index (heights, RnLength, MIN (column, heights->len - 1));
}

static void case_init (Case *c)
{
	*c = (Case) { .arena = rn_arena_new (0), .heights = g_array_new (FALSE, FALSE, sizeof (RnLength)), .notes = g_ptr_array_new () };
	c->galley = (RnGalley) { .arena = c->arena, .pieces = g_ptr_array_new () };
	c->rules = (RnMakeupRules) { .height = height_of, .user = c->heights, .columns = 1 };
}

static void case_clear (Case *c)
{
	g_ptr_array_unref (c->galley.pieces);
	g_ptr_array_unref (c->notes);
	g_array_unref (c->heights);
	rn_arena_free (c->arena);
}

static RnPiece *add_piece (Case *c, RnLength height)
{
	RnPiece *piece = rn_arena_new0 (c->arena, RnPiece);
	piece->height = height;
	piece->line = c->galley.pieces->len;
	g_ptr_array_add (c->galley.pieces, piece);
	return piece;
}

/* One more note of N pieces for PIECE, the first with SPACE above. */
static void add_note (Case *c, RnPiece *piece, const RnLength *heights, guint n, RnLength space)
{
	RnNote *note = rn_arena_new0 (c->arena, RnNote);
	const RnPiece **parts = rn_arena_newn (c->arena, const RnPiece *, n);
	for (guint i = 0; i < n; i++) {
		RnPiece *part = rn_arena_new0 (c->arena, RnPiece);
		part->height = heights[i];
		part->space = i ? 0 : space;
		part->line = NOTE_MARK + c->notes->len;
		note->height += heights[i];
		g_ptr_array_add (c->notes, part);
		parts[i] = part;
	}
	note->pieces = parts;
	note->n = n;
	const RnNote **notes = rn_arena_newn (c->arena, const RnNote *, piece->n_notes + 1);
	for (guint i = 0; i < piece->n_notes; i++)
		notes[i] = piece->notes[i];
	notes[piece->n_notes++] = note;
	piece->notes = notes;
}

/* --- cases as text -------------------------------------------------------------------------------------------------------------- */

static guint numbers (const char *text, RnLength *out, guint most)
{
	guint n = 0;
	for (char *end; n < most; text = end + 1) {
		out[n++] = (RnLength) strtol (text, &end, 10);
		if (*end != ',')
			break;
	}
	return n;
}

static void read_rule (Case *c, const char *name, const char *value)
{
	RnLength list[20];
	guint n = numbers (value, list, 20);
	if (strcmp (name, "height") == 0)
		g_array_append_vals (c->heights, list, n);
	else if (strcmp (name, "grid") == 0)
		c->rules.grid = list[0];
	else if (strcmp (name, "gap") == 0)
		c->rules.note_gap = list[0];
	else if (strcmp (name, "columns") == 0)
		c->rules.columns = (guint) list[0];
	else if (strcmp (name, "first") == 0)
		c->rules.first_side = (guint) list[0];
	else if (strcmp (name, "greedy") == 0)
		c->rules.greedy = list[0] != 0;
	else
		g_assert_not_reached ();
}

static void read_property (Case *c, RnPiece *piece, const char *name, const char *value)
{
	RnLength list[50];
	guint n = value ? numbers (value, list, 50) : 0;
	if (strcmp (name, "space") == 0)
		piece->space = list[0];
	else if (strcmp (name, "keep") == 0)
		piece->penalty = RN_KEEP;
	else if (strcmp (name, "break") == 0 || strcmp (name, "recto") == 0)
		piece->penalty = RN_BREAK;
	else if (strcmp (name, "penalty") == 0)
		piece->penalty = list[0];
	else if (strcmp (name, "note") == 0)
		add_note (c, piece, list, n, 0);
	else if (strcmp (name, "repeat") == 0)
		piece->repeat = c->galley.pieces->pdata[list[0]];
	else
		g_assert_cmpstr (name, ==, "grid");
	piece->on_grid |= strcmp (name, "grid") == 0;
	piece->recto |= strcmp (name, "recto") == 0;
}

/* "rules height=100 grid=10", then a line a piece: "10 space=5 keep grid note=8,8 repeat=0 x12"; # begins a comment. */
static void read_case (Case *c, const char *text)
{
	g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
	for (guint l = 0; lines[l]; l++) {
		if (lines[l][0] == '#' || lines[l][0] == 0)
			continue;
		g_auto (GStrv) words = g_strsplit (lines[l], " ", -1);
		guint times = 1, n = g_strv_length (words);
		if (n > 1 && words[n - 1][0] == 'x')
			times = (guint) atoi (words[--n] + 1);
		for (guint t = 0; t < times; t++) {
			RnPiece *piece = strcmp (words[0], "rules") ? add_piece (c, atoi (words[0])) : NULL;
			for (guint w = 1; w < n; w++) {
				g_auto (GStrv) pair = g_strsplit (words[w], "=", 2);
				if (piece)
					read_property (c, piece, pair[0], pair[1]);
				else
					read_rule (c, pair[0], pair[1]);
			}
		}
	}
}

static char *describe (const GArray *columns)
{
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < columns->len; i++) {
		const RnColumn *column = &g_array_index (columns, RnColumn, i);
		g_string_append_printf (out, "column %u: used %d:", i, column->used);
		for (guint k = 0; k < column->placed->len; k++) {
			const RnPlaced *placed = &g_array_index (column->placed, RnPlaced, k);
			gboolean note = placed->piece->line >= NOTE_MARK;
			if (note && (k == 0 || g_array_index (column->placed, RnPlaced, k - 1).piece->line < NOTE_MARK))
				g_string_append_printf (out, " | rule@%d", column->notes_y);
			g_string_append_printf (out, " %s%u@%d", note ? "n" : "", placed->piece->line % NOTE_MARK, placed->y);
		}
		g_string_append_c (out, '\n');
	}
	return g_string_free (out, FALSE);
}

static void test_case (gconstpointer path)
{
	Case c;
	case_init (&c);
	g_autofree char *text = NULL, *expected = NULL;
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	read_case (&c, text);
	GArray *columns = rn_makeup (&c.galley, &c.rules);
	g_autofree char *got = describe (columns), *stem = g_strndup (path, strlen (path) - strlen (".galley")), *golden = g_strconcat (stem, ".columns", NULL);
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (golden, got, -1, NULL));
	g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
	g_assert_cmpstr (got, ==, expected);
	g_array_unref (columns);
	case_clear (&c);
}

/* --- what always holds ---------------------------------------------------------------------------------------------------------- */

static gint r (gint from, gint to)
{
	return g_test_rand_int_range (from, to + 1);
}

static void random_piece (Case *c, RnPiece *head)
{
	RnPiece *piece = add_piece (c, r (0, 40) ? r (1, 12) * 5 : r (100, 400));
	piece->space = r (0, 3) ? 0 : r (1, 15);
	piece->penalty = r (0, 2) == 0 ? RN_KEEP : r (0, 4) == 0 ? r (-200, 5000) : r (0, 30) == 0 ? RN_BREAK : 0;
	piece->recto = r (0, 1);
	piece->on_grid = r (0, 1);
	piece->repeat = r (0, 3) ? NULL : head;
	for (guint k = r (0, 6) ? 0 : (guint) r (1, 3); k > 0; k--) {
		RnLength heights[40];
		guint n = r (0, 15) ? (guint) r (1, 4) : (guint) r (10, 40);
		for (guint i = 0; i < n; i++)
			heights[i] = r (0, 100) ? r (2, 12) : r (100, 300);
		add_note (c, piece, heights, n, r (0, 3));
	}
}

static void random_case (Case *c)
{
	guint n_heights = r (0, 3) ? 1 : (guint) r (2, 8);
	for (guint i = 0; i < n_heights; i++) {
		RnLength height = r (60, 250);
		g_array_append_val (c->heights, height);
	}
	c->rules.grid = r (0, 1) ? 10 : 0;
	c->rules.note_gap = r (0, 12);
	c->rules.columns = (guint) r (1, 3);
	c->rules.first_side = (guint) r (0, 3);
	RnPiece *head = rn_arena_new0 (c->arena, RnPiece);
	head->height = r (5, 40);
	head->line = NOTE_MARK * 2;
	for (guint n = (guint) r (0, 150); n > 0; n--)
		random_piece (c, head);
}

static void check_column (const Case *c, const GArray *columns, guint at, guint *next, guint *next_note)
{
	const RnColumn *column = &g_array_index (columns, RnColumn, at);
	RnLength height = height_of (c->heights, at), bottom = 0, text_bottom = 0;
	guint texts = 0, notes = 0;
	g_assert_cmpuint (column->begin, ==, *next);
	for (guint k = 0; k < column->placed->len; k++) {
		const RnPlaced *placed = &g_array_index (column->placed, RnPlaced, k);
		/* One below the other. */
		g_assert_cmpint (placed->y, >=, bottom);
		bottom = placed->y + placed->piece->height;
		if (placed->piece->line == NOTE_MARK * 2) {
			g_assert_cmpuint (k, ==, 0);
			g_assert_true (((RnPiece *) c->galley.pieces->pdata[*next])->repeat == placed->piece);
		} else if (placed->piece->line >= NOTE_MARK) {
			g_assert_true (placed->piece == c->notes->pdata[(*next_note)++]);
			g_assert_true (column->notes && column->notes_y >= text_bottom && column->notes_y <= placed->y);
			notes++;
		} else {
			g_assert_true (placed->piece == c->galley.pieces->pdata[(*next)++]);
			g_assert_cmpuint (notes, ==, 0);
			if (texts++ > 0)
				g_assert_cmpint (placed->piece->penalty, >, RN_BREAK);
			if (placed->piece->on_grid && c->rules.grid)
				g_assert_cmpint (placed->y % c->rules.grid, ==, 0);
		}
		if (notes == 0)
			text_bottom = bottom;
	}
	g_assert_cmpuint (column->end, ==, *next);
	g_assert_cmpint (column->used, ==, text_bottom);
	if (bottom > height)          /* only what is higher than the column, and it stands alone */
		g_assert_cmpuint (column->placed->len, ==, 1);
	if (texts && ((RnPiece *) c->galley.pieces->pdata[column->begin])->recto && ((RnPiece *) c->galley.pieces->pdata[column->begin])->penalty == RN_BREAK) {
		g_assert_cmpuint (at % c->rules.columns, ==, 0);
		g_assert_cmpuint ((at / c->rules.columns + c->rules.first_side) % 2, ==, 0);
	}
}

/* A note stands where its line stands, but for what no column could hold, which comes after it. */
static void check_notes (const Case *c, const GArray *columns)
{
	GHashTable *where = g_hash_table_new (NULL, NULL);
	for (guint i = 0; i < columns->len; i++) {
		const GArray *placed = g_array_index (columns, RnColumn, i).placed;
		for (guint k = 0; k < placed->len; k++)
			g_hash_table_insert (where, (gpointer) g_array_index (placed, RnPlaced, k).piece, GUINT_TO_POINTER (i + 1));
	}
	gboolean carried = FALSE;
	for (guint i = 0; i < c->galley.pieces->len; i++) {
		const RnPiece *piece = c->galley.pieces->pdata[i];
		guint column = GPOINTER_TO_UINT (g_hash_table_lookup (where, piece)), last = column;
		RnLength all = c->rules.note_gap;
		for (guint k = 0; k < piece->n_notes; k++)
			for (guint p = 0; p < piece->notes[k]->n; p++) {
				const RnPiece *part = piece->notes[k]->pieces[p];
				guint stands = GPOINTER_TO_UINT (g_hash_table_lookup (where, part));
				all += part->height + part->space;
				g_assert_cmpuint (stands, >=, last);
				last = stands;
			}
		carried |= piece->height + all > height_of (c->heights, column - 1) - 100;
		if (!carried)
			g_assert_cmpuint (last, ==, column);
	}
	g_hash_table_unref (where);
}

static void test_property (void)
{
	for (guint round = 0; round < 2000; round++) {
		Case c;
		case_init (&c);
		random_case (&c);
		for (guint greedy = 0; greedy < 2; greedy++) {
			c.rules.greedy = greedy;
			GArray *columns = rn_makeup (&c.galley, &c.rules);
			guint next = 0, next_note = 0;
			for (guint i = 0; i < columns->len; i++)
				check_column (&c, columns, i, &next, &next_note);
			g_assert_cmpuint (next, ==, c.galley.pieces->len);
			g_assert_cmpuint (next_note, ==, c.notes->len);
			check_notes (&c, columns);
			g_array_unref (columns);
		}
		case_clear (&c);
	}
}

/* Paragraphs of 1 to 12 lines with headings, as a book has them; lines of 10. */
static void book_case (Case *c, guint n)
{
	while (c->galley.pieces->len < n) {
		if (r (0, 5) == 0) {
			RnPiece *heading = add_piece (c, 20);
			heading->space = 10;
			heading->penalty = r (0, 9) ? 0 : RN_BREAK;
			heading->recto = heading->penalty && r (0, 1);
		}
		gboolean kept = c->galley.pieces->len && ((RnPiece *) c->galley.pieces->pdata[c->galley.pieces->len - 1])->height == 20;
		guint lines = (guint) r (1, 12);
		for (guint i = 0; i < lines; i++) {
			RnPiece *piece = add_piece (c, 10);
			piece->on_grid = TRUE;
			piece->penalty = (i == 0 && kept) || (i > 0 && (i == 1 || i + 1 == lines)) ? RN_KEEP : 0;
			if (r (0, 40) == 0)
				add_note (c, piece, (RnLength[]) { 8, 8, 8 }, (guint) r (1, 3), 2);
		}
	}
}

/* Total fit costs at most what first fit does, and leaves no line alone. */
static void test_against_greedy (void)
{
	gint64 sum = 0, greedy_sum = 0;
	for (guint round = 0; round < 400; round++) {
		Case c;
		case_init (&c);
		RnLength height = r (20, 50) * 10;
		g_array_append_val (c.heights, height);
		c.rules.grid = 10;
		c.rules.note_gap = 6;
		c.rules.columns = (guint) r (1, 2);
		book_case (&c, (guint) r (10, 1000));
		GArray *columns = rn_makeup (&c.galley, &c.rules);
		RnMakeupFaults faults = rn_makeup_faults (&c.galley, columns);
		c.rules.greedy = TRUE;
		GArray *greedy = rn_makeup (&c.galley, &c.rules);
		gint64 cost = rn_makeup_cost (&c.galley, &c.rules, columns), greedy_cost = rn_makeup_cost (&c.galley, &c.rules, greedy);
		g_assert_cmpint (cost, <=, greedy_cost);
		g_assert_cmpuint (faults.widows + faults.orphans + faults.stranded_headings, ==, 0);
		g_assert_cmpuint (faults.columns, ==, columns->len);
		sum += cost;
		greedy_sum += greedy_cost;
		g_array_unref (columns);
		g_array_unref (greedy);
		case_clear (&c);
	}
	g_test_message ("total fit costs %d %% of first fit", (gint) (sum * 100 / greedy_sum));
	g_assert_cmpint (sum, <, greedy_sum);
}

static void test_faults (void)
{
	Case c;
	case_init (&c);
	read_case (&c, "rules height=30\n20\n10 keep x3\n10\n10 keep");
	/* A heading, then a paragraph of three lines of which the second ends in a link, then one of two. */
	static const guint8 blocks[] = { 0, 1, 1, 1, 2, 2 };
	RnTags tags = { .arena = c.arena };
	RnTag *paragraphs[] = { rn_tag_new (&tags, NULL, RN_ROLE_H2), rn_tag_new (&tags, NULL, RN_ROLE_P), rn_tag_new (&tags, NULL, RN_ROLE_P) };
	for (guint i = 0; i < 6; i++) {
		RnMark *mark = rn_arena_new0 (c.arena, RnMark);
		RnPiece *piece = c.galley.pieces->pdata[i];
		mark->tag = i == 2 ? rn_tag_new (&tags, paragraphs[1], RN_ROLE_LINK) : paragraphs[blocks[i]];
		piece->marks = mark;
		piece->n_marks = 1;
	}
	GArray *columns = g_array_new (FALSE, FALSE, sizeof (RnColumn));
	for (guint i = 0; i < 6; i++)
		g_array_append_val (columns, ((RnColumn) { .begin = i, .end = i + 1 }));
	RnMakeupFaults faults = rn_makeup_faults (&c.galley, columns);
	g_assert_cmpuint (faults.stranded_headings, ==, 1);
	g_assert_cmpuint (faults.orphans, ==, 1);
	g_assert_cmpuint (faults.widows, ==, 2);
	g_array_unref (columns);
	case_clear (&c);
}

/* Of the processor, for this thread: what else the machine does is nobody's growth. */
static gdouble processor_seconds (void)
{
	struct timespec spent;
	clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
	return (gdouble) spent.tv_sec + (gdouble) spent.tv_nsec / 1e9;
}

static gdouble seconds_of (guint n)
{
	Case c;
	case_init (&c);
	RnLength height = 360;
	g_array_append_val (c.heights, height);
	c.rules.grid = 10;
	c.rules.note_gap = 6;
	book_case (&c, n);
	gdouble best = G_MAXDOUBLE;
	for (guint i = 0; i < 3; i++) {
		gdouble begin = processor_seconds ();
		GArray *columns = rn_makeup (&c.galley, &c.rules);
		best = MIN (best, processor_seconds () - begin);
		if (i == 0)
			g_test_message ("%u pieces, %u columns", n, columns->len);
		g_array_unref (columns);
	}
	g_test_message ("%d microseconds", (gint) (best * 1e6));
	case_clear (&c);
	return best;
}

static void test_linear (void)
{
	gdouble small = seconds_of (10000), large = seconds_of (100000);
	/* Ten times as much; a hundred times where it grew with the square. */
	g_assert_cmpfloat (large, <, 40 * small);
}

/* The worst there is: all kept together, no height, no room. */
static void test_hostile (void)
{
	static const char *const cases[] = {
		"rules height=0\n10 x500", "rules height=100\n10 keep x20000", "rules height=100\n0 x20000", "rules height=100 gap=50\n10 note=200 x3000",
		"rules height=100 gap=200\n10 note=20 x300", "rules height=-5 grid=7\n10 recto x300", "rules height=100\n", "rules height=10,100000\n5 keep x30000",
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		Case c;
		case_init (&c);
		read_case (&c, cases[i]);
		g_autoptr (GTimer) timer = g_timer_new ();
		GArray *columns = rn_makeup (&c.galley, &c.rules);
		g_test_message ("%s: %u columns, %d ms", cases[i], columns->len, (gint) (g_timer_elapsed (timer, NULL) * 1e3));
		g_assert_true (columns->len == 0 || g_array_index (columns, RnColumn, columns->len - 1).end == c.galley.pieces->len);
		g_array_unref (columns);
		case_clear (&c);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_autoptr (GDir) dir = g_dir_open (RN_TESTS "/cases/print", 0, NULL);
	g_assert_nonnull (dir);
	for (const char *name; (name = g_dir_read_name (dir));)
		if (g_str_has_suffix (name, ".galley")) {
			g_autofree char *test = g_strdup_printf ("/makeup/%s", name);
			g_test_add_data_func_full (test, g_strdup_printf ("%s/cases/print/%s", RN_TESTS, name), test_case, g_free);
		}
	g_test_add_func ("/makeup/property", test_property);
	g_test_add_func ("/makeup/against-greedy", test_against_greedy);
	g_test_add_func ("/makeup/faults", test_faults);
	g_test_add_func ("/makeup/linear", test_linear);
	g_test_add_func ("/makeup/hostile", test_hostile);
	return g_test_run ();
}
