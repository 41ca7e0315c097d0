/*
 * makeup.c - galley -> breaks: the cheapest way from its first piece to its last, a column a step.
 *
 * A node is a way to end a column before piece i; all nodes of a piece are tried as the head of the next column before any later piece is looked at, so every
 * way is followed once (the pieces are in order, there is no circle). What the rest of the way costs depends on a node's column (its height, left or
 * right) and, inside an opened book, on how full the column before is: nodes that agree in these are one, the cheapest. Facing columns add at most
 * UNEVEN_MOST to a way, so a node dearer than the best of its kind by more is dropped, and nothing better is lost where columns are equally high. So is one
 * that needs so many more columns that no evenness repays them.
 *
 * Costs are squares of thousandths of a column: exact integers, the same on every machine.
 */
#include "print/makeup-int.h"

#include <string.h>

#define NONE G_MAXUINT
#define COLUMN_COST 50000      /* of a column as such: 22 % of one left empty */
#define RUNT_COST 10000        /* of a last column with less than RUNT of text */
#define RUNT 125
#define UNEVEN 72              /* thousandths: two lines and a half of an A5 page; beyond, facing columns are different anyhow */
#define UNEVEN_MOST (2 * UNEVEN * UNEVEN)
#define OTHER_MOST 150000      /* a way to another column number is not worth more: three columns more */
#define ENDS_MOST 200          /* ends tried for one column: more than any column of text has lines */

typedef struct {
	gint64 cost;
	guint  before, next;       /* the node of the column before; the next node of the same piece */
	guint  begin, end;         /* the column's pieces */
	guint  note_from, note_to; /* its notes */
	guint  made, column;       /* its number; the number of the next */
	gint   empty;              /* thousandths of the column that ended here; -1: it ended as it had to */
} Node;

/* A place to end a column that begins with piece START under the rest of the notes from NOTE on; its cost without what is next to it. */
typedef struct { guint end, note_to; gint empty; gint64 cost; } End;
typedef struct { guint start, note; RnLength height; GArray *bottoms, *ends; } Scan;

typedef struct {
	RnMatter matter;
	GArray *nodes;             /* of Node; 0: before all */
	guint  *first;             /* the first node of each break, NONE */
	gint64 *best;              /* of each break, by the place of its next column in the opened book; the last: of all places */
	guint   places;
	Scan    scan;              /* the last, for nodes of one piece mostly want the same */
} Makeup;

#define TITLE_EASE 8

#define NODE(makeup, i) (&g_array_index ((makeup)->nodes, Node, i))

/* --- costs ------------------------------------------------------------------------------------------------------------------- */

static gint share (gint64 part, RnLength height)
{
	return (gint) (CLAMP (part, 0, height) * 1000 / height);
}

/* A column of pieces [begin, end) with FILLED of its HEIGHT used. empty: out, -1 where it ends as it must. */
static gint64 column_cost (const RnMatter *matter, guint begin, guint end, RnLength filled, RnLength height, gint *empty)
{
	gint free = share ((gint64) height - filled, height);
	*empty = -1;
	if (end == matter->n || rn_matter_forced (matter, end))
		return COLUMN_COST + (1000 - free < RUNT && begin > 0 && !rn_matter_forced (matter, begin) ? RUNT_COST : 0);
	gint64 penalty = CLAMP (matter->pieces[end]->penalty, RN_BREAK, RN_KEEP);
	/* Before a new title white is what a reader expects; in the middle of a text it looks as if something were missing. */
	gboolean title = matter->pieces[end]->running != NULL;
	*empty = title ? -1 : free;
	return COLUMN_COST + (gint64) free * free / (title ? TITLE_EASE : 1) + (penalty < 0 ? -penalty * penalty : penalty * penalty);
}

/* What it costs that of two facing columns one is emptier; -1: not to be compared. */
static gint64 uneven_cost (gint before, gint empty)
{
	gint64 uneven = before < 0 || empty < 0 ? 0 : MIN (ABS (before - empty), UNEVEN);
	return 2 * uneven * uneven;
}

/* How empty the column before COLUMN is, where the two are seen together. */
static gint facing (const RnMatter *matter, guint column, gint empty)
{
	return column > 0 && rn_matter_spread (matter, column - 1) == rn_matter_spread (matter, column) ? empty : -1;
}

gint64 rn_makeup_cost (const RnGalley *galley, const RnMakeupRules *rules, const GArray *columns)
{
	RnMatter matter;
	rn_matter_init (&matter, galley, rules);
	gint64 cost = 0;
	gint empty = -1;
	for (guint c = 0; c < columns->len; c++) {
		const RnColumn *column = &g_array_index (columns, RnColumn, c);
		RnLength height = rn_matter_height (&matter, c), notes = column->notes ? height - column->notes_y + rules->note_gap / 2 : 0;
		gint before = facing (&matter, c, empty);
		empty = -1;
		if (column->begin < column->end)
			cost += column_cost (&matter, column->begin, column->end, column->used + notes, height, &empty) + uneven_cost (before, empty);
		else
			cost += column->notes ? COLUMN_COST : 0;
	}
	rn_matter_clear (&matter);
	return cost;
}

/* --- one column ---------------------------------------------------------------------------------------------------------------- */

/* May the notes of piece I be continued in the next column? Where no column could hold them beside it. */
static gboolean splits (const RnMatter *matter, guint i, RnLength height)
{
	guint from = matter->first_note[i], to = matter->first_note[i + 1];
	return from < to && rn_matter_foot (matter, from, to) > (gint64) height - matter->pieces[i]->height;
}

static gboolean may_end (const RnMatter *matter, guint end)
{
	return end == matter->n || rn_matter_forced (matter, end) || matter->pieces[end]->penalty < RN_KEEP;
}

/* The bottoms of the pieces that fit with their notes, up to a forced break. Only the last of them may have to leave notes to the next column. */
static void find_bottoms (const RnMatter *matter, Scan *scan)
{
	g_array_set_size (scan->bottoms, 0);
	const RnPiece *head = rn_matter_repeat (matter, scan->start, scan->height);
	RnLength y = 0;
	for (guint i = scan->start; i < matter->n && (i == scan->start || !rn_matter_forced (matter, i)); i++) {
		y = rn_matter_top (matter, scan->start, head, i, y) + matter->pieces[i]->height;
		gint64 room = (gint64) scan->height - y;
		gboolean fits = room >= rn_matter_foot (matter, scan->note, matter->first_note[i + 1]);
		/* The first stands here whatever it is, and the one whose notes are too long for any column begins them here. */
		if (fits || i == scan->start || (splits (matter, i, scan->height) && rn_matter_foot (matter, scan->note, matter->first_note[i] + 1) <= room))
			g_array_append_val (scan->bottoms, y);
		if (!fits)
			return;
	}
}

/* All good places to end the column that begins with piece START, fullest first. */
static void find_ends (Makeup *makeup, guint start, guint note, RnLength height)
{
	const RnMatter *matter = &makeup->matter;
	Scan *scan = &makeup->scan;
	if (scan->start == start && scan->note == note && scan->height == height)
		return;
	scan->start = start;
	scan->note = note;
	scan->height = height;
	find_bottoms (matter, scan);
	const RnLength *bottoms = (const RnLength *) scan->bottoms->data;
	guint n = scan->bottoms->len, last = n;
	while (last > 0 && !may_end (matter, start + last))
		last--;
	gboolean anywhere = last == 0;          /* nothing but what should be kept together: then part it */
	last = anywhere ? n : last;
	g_array_set_size (scan->ends, 0);
	/* No good way takes less than two thirds of what it could. */
	for (guint taken = last; taken > 0 && bottoms[taken - 1] >= bottoms[last - 1] - height / 3 && last - taken < ENDS_MOST; taken--) {
		if (!anywhere && !may_end (matter, start + taken))
			continue;
		End end = { .end = start + taken };
		end.note_to = matter->first_note[end.end];
		if (taken == n)
			end.note_to = rn_matter_notes_in (matter, note, end.note_to, height - bottoms[taken - 1]);
		end.cost = column_cost (matter, start, end.end, bottoms[taken - 1] + rn_matter_foot (matter, note, end.note_to), height, &end.empty);
		g_array_append_val (scan->ends, end);
		if (matter->rules->greedy)
			break;
	}
}

/* --- the way through ------------------------------------------------------------------------------------------------------------ */

static gboolean same_future (const Makeup *makeup, const Node *a, const Node *b)
{
	return a->column == b->column && a->note_to == b->note_to
		&& facing (&makeup->matter, a->column, a->empty) == facing (&makeup->matter, b->column, b->empty);
}

/* Is a way of COST to break END, its next column at PLACE of the opened book, so much dearer than another that the best way cannot go on from it? */
static inline gboolean hopeless (const Makeup *makeup, gint64 cost, guint end, guint place)
{
	const gint64 *best = &makeup->best[(gsize) end * (makeup->places + 1)];
	return cost - UNEVEN_MOST > best[place] || cost - OTHER_MOST > best[makeup->places];
}

/* Keeps NODE among those of its break, unless there is a better one. */
static void offer (Makeup *makeup, const Node *node)
{
	gint64 *best = &makeup->best[(gsize) node->end * (makeup->places + 1)], *here = &best[node->column % makeup->places], *all = &best[makeup->places];
	*here = MIN (*here, node->cost);
	*all = MIN (*all, node->cost);
	for (guint i = makeup->first[node->end]; i != NONE; i = NODE (makeup, i)->next) {
		Node *other = NODE (makeup, i);
		if (same_future (makeup, other, node)) {
			if (node->cost < other->cost) {
				guint next = other->next;
				*other = *node;
				other->next = next;
			}
			return;
		}
	}
	Node kept = *node;
	kept.next = makeup->first[node->end];
	makeup->first[node->end] = makeup->nodes->len;
	g_array_append_val (makeup->nodes, kept);
}

/*
 * What is left of notes must go before piece I where that begins something new, or leaves no room for any of it: into columns of notes alone. Then the column where I may begin.
 * Returns the node to go on from.
 */
static guint settle (Makeup *makeup, guint at, guint i)
{
	const RnMatter *matter = &makeup->matter;
	guint all = matter->first_note[i];
	while (NODE (makeup, at)->note_to < all) {
		const Node *node = NODE (makeup, at);
		guint note = node->note_to;
		RnLength height = rn_matter_height (matter, node->column);
		if (i < matter->n && !rn_matter_forced (matter, i)) {
			const RnPiece *head = rn_matter_repeat (matter, i, height);
			if (rn_matter_top (matter, i, head, i, 0) + matter->pieces[i]->height + rn_matter_foot (matter, note, note + 1) <= height)
				break;
		}
		guint to = MAX (rn_matter_notes_in (matter, note, all, height), note + 1);
		Node alone = { node->cost + COLUMN_COST, at, NONE, i, i, note, to, node->column, node->column + 1, -1 };
		at = makeup->nodes->len;
		g_array_append_val (makeup->nodes, alone);
	}
	if (NODE (makeup, at)->note_to == all)
		NODE (makeup, at)->column = rn_matter_column (matter, i, NODE (makeup, at)->column);
	return at;
}

/* All ways to fill the column after node AT, which begins with piece I. */
static void expand (Makeup *makeup, guint at, guint i)
{
	const RnMatter *matter = &makeup->matter;
	const Node from = *NODE (makeup, at);
	RnLength height = rn_matter_height (matter, from.column);
	find_ends (makeup, i, from.note_to, height);
	guint place = (from.column + 1) % makeup->places;
	gint before = matter->rules->greedy ? -1 : facing (matter, from.column, from.empty);
	for (guint k = 0; k < makeup->scan.ends->len; k++) {
		const End *end = &g_array_index (makeup->scan.ends, End, k);
		gint64 cost = from.cost + end->cost + uneven_cost (before, end->empty);
		if (!hopeless (makeup, cost, end->end, place)) {
			Node node = { cost, at, NONE, i, end->end, from.note_to, end->note_to, from.column, from.column + 1, end->empty };
			offer (makeup, &node);
		}
	}
}

/* The cheapest last node. */
static guint find_way (Makeup *makeup)
{
	guint n = makeup->matter.n, found = NONE;
	for (guint i = 0; i <= n; i++) {
		for (guint at = makeup->first[i]; at != NONE; at = NODE (makeup, at)->next) {
			const Node *node = NODE (makeup, at);
			if (hopeless (makeup, node->cost, i, node->column % makeup->places))
				continue;
			guint settled = settle (makeup, at, i);
			if (i < n)
				expand (makeup, settled, i);
			else if (found == NONE || NODE (makeup, settled)->cost < NODE (makeup, found)->cost)
				found = settled;
		}
	}
	return found;
}

static void column_clear (gpointer column)
{
	g_array_unref (((RnColumn *) column)->placed);
}

static GArray *columns_of (const Makeup *makeup, guint last)
{
	GArray *way = g_array_new (FALSE, FALSE, sizeof (guint)), *columns = g_array_new (FALSE, FALSE, sizeof (RnColumn));
	g_array_set_clear_func (columns, column_clear);
	for (guint at = last; at != 0; at = NODE (makeup, at)->before)
		g_array_append_val (way, at);
	for (guint k = way->len; k-- > 0;) {
		const Node *node = NODE (makeup, g_array_index (way, guint, k));
		while (columns->len < node->made)
			rn_matter_place (&makeup->matter, columns->len, node->begin, node->begin, 0, 0, columns);
		rn_matter_place (&makeup->matter, node->made, node->begin, node->end, node->note_from, node->note_to, columns);
	}
	g_array_unref (way);
	return columns;
}

GArray *rn_makeup (const RnGalley *galley, const RnMakeupRules *rules)
{
	Makeup makeup = { .places = 2 * MAX (rules->columns, 1), 
		.scan = { NONE, 0, 0, g_array_new (FALSE, FALSE, sizeof (RnLength)), g_array_new (FALSE, FALSE, sizeof (End)) } };
	rn_matter_init (&makeup.matter, galley, rules);
	guint n = makeup.matter.n;
	makeup.nodes = g_array_sized_new (FALSE, FALSE, sizeof (Node), 4 * n + 1);
	makeup.first = g_new (guint, n + 1);
	makeup.best = g_new (gint64, (gsize) (n + 1) * (makeup.places + 1));
	memset (makeup.first, 0xff, sizeof (guint) * (n + 1));
	for (gsize i = 0; i < (gsize) (n + 1) * (makeup.places + 1); i++)
		makeup.best[i] = G_MAXINT64;
	Node start = { .before = NONE, .next = NONE, .empty = -1 };
	g_array_append_val (makeup.nodes, start);
	makeup.first[0] = 0;
	GArray *columns = n ? columns_of (&makeup, find_way (&makeup)) : columns_of (&makeup, 0);
	g_free (makeup.first);
	g_free (makeup.best);
	g_array_unref (makeup.nodes);
	g_array_unref (makeup.scan.bottoms);
	g_array_unref (makeup.scan.ends);
	rn_matter_clear (&makeup.matter);
	return columns;
}

/* --- faults -------------------------------------------------------------------------------------------------------------------- */

/* The block that the last text of PIECE belongs to; NULL: it has none. */
static const RnTag *block_of (const RnPiece *piece)
{
	const RnTag *tag = NULL;
	for (guint i = 0; i < piece->n_marks; i++)
		if (piece->marks[i].kind == RN_MARK_TEXT && piece->marks[i].tag)
			tag = piece->marks[i].tag;
	while (tag && (tag->role == RN_ROLE_SPAN || tag->role == RN_ROLE_LINK || tag->role == RN_ROLE_REFERENCE || tag->role == RN_ROLE_CODE))
		tag = tag->parent;
	return tag;
}

/* Are pieces I and I + 1 lines of one paragraph? */
static gboolean goes_on (const RnGalley *galley, guint i)
{
	const RnTag *block = block_of (galley->pieces->pdata[i]);
	return block && i + 1 < galley->pieces->len && block_of (galley->pieces->pdata[i + 1]) == block;
}

RnMakeupFaults rn_makeup_faults (const RnGalley *galley, const GArray *columns)
{
	RnMakeupFaults faults = { .columns = columns->len };
	for (guint c = 0; c < columns->len; c++) {
		const RnColumn *column = &g_array_index (columns, RnColumn, c);
		guint i = column->begin;
		if (column->begin == column->end || i == 0 || ((const RnPiece *) galley->pieces->pdata[i])->penalty < RN_KEEP)
			continue;
		if (!goes_on (galley, i - 1))
			faults.stranded_headings++;
		else if (!goes_on (galley, i))
			faults.widows++;
		else
			faults.orphans += i < 2 || !goes_on (galley, i - 2);
	}
	return faults;
}
