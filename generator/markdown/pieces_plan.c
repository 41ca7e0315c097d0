/*
 * pieces_plan.c - how much each block weighs, and where the document is cut.
 *
 * In: a document. Out: a plan. Invariant: the blocks that cannot be cut any further (atoms) are looked at in their order; what a piece weighs is the sum of its atoms.
 */
#include "markdown/pieces.h"

#include <string.h>

typedef struct { guint32 line; guint8 level; const RnNode *heading; gsize end; /* of it and all before */ } Atom;

typedef struct {
	gsize   room;
	GArray *atoms;             /* Atom */
	GArray *cuts;              /* RnCut; `characters` is the number of the atom until all are found */
	GArray *notes;             /* by number: characters of the footnote */
	guint32 too_large;         /* of the first atom that has no room on any page */
} Planner;

/* --- weighing ----------------------------------------------------------------------------------------------------------------- */

/* What markup costs beside the words, in characters that compress alike. */
enum { BLOCK = 4, CELL = 6, LINK = 14, IMAGE = 100, REFERENCE = 40 };

static gsize characters (const char *text, gsize len)
{
	gsize n = 0;
	for (gsize i = 0; text && i < len; i++)
		n += ((guchar) text[i] & 0xc0) != 0x80;
	return n;
}

static gsize weigh (Planner *planner, const RnNode *node)
{
	gsize sum = 0;
	switch (node->type) {
	case RN_NODE_TEXT: case RN_NODE_CODE: case RN_NODE_CODE_BLOCK: case RN_NODE_HTML: case RN_NODE_HTML_BLOCK: case RN_NODE_WEB: case RN_NODE_DRAWING:
		sum = characters (node->text, node->len);
		break;
	case RN_NODE_LINK: sum = LINK + node->len / 3; break;
	case RN_NODE_IMAGE: sum = IMAGE; break;
	case RN_NODE_FOOTNOTE_REFERENCE:
		sum = REFERENCE + (node->number < planner->notes->len ? g_array_index (planner->notes, gsize, node->number) : 0);
		break;
	case RN_NODE_HEADING: sum = BLOCK + (node->extra ? strlen (node->extra) / 2 : 0); break;
	case RN_NODE_CELL: sum = CELL; break;
	default: sum = node->type < RN_NODE_TEXT ? BLOCK : 1;
	}
	for (const RnNode *child = node->first; child; child = child->next)
		sum += weigh (planner, child);
	return sum;
}

static void weigh_notes (Planner *planner, const RnNode *node)
{
	g_autoptr (GArray) weights = g_array_new (FALSE, TRUE, sizeof (gsize));
	for (; node; node = node->next)
		if (node->type == RN_NODE_FOOTNOTE) {
			if (node->number >= weights->len)
				g_array_set_size (weights, node->number + 1);
			g_array_index (weights, gsize, node->number) = weigh (planner, node);
		}
	/* Only now, so that notes that call each other do not weigh each other. */
	g_array_append_vals (planner->notes, weights->data, weights->len);
}

static void add_atom (Planner *planner, const RnNode *node, gsize weight)
{
	const guint n = planner->atoms->len;
	const gsize before = n ? g_array_index (planner->atoms, Atom, n - 1).end : 0;
	const gboolean heading = node->type == RN_NODE_HEADING;
	Atom atom = { node->line, heading ? node->level : 0, heading ? node : NULL, before + weight };
	if (weight > planner->room && !planner->too_large)
		planner->too_large = node->line;
	g_array_append_val (planner->atoms, atom);
}

/* A long list or table: its items or rows, the table's head with the first of them. */
static void add_children (Planner *planner, const RnNode *node)
{
	const RnNode *first = node;
	gsize head = 0;
	for (const RnNode *child = node->first; child; child = child->next) {
		head += weigh (planner, child);
		if (child->flags & RN_NODE_F_HEADER && child->next)
			continue;
		add_atom (planner, first ? first : child, head);
		first = NULL;
		head = 0;
	}
}

static void add_atoms (Planner *planner, const RnNode *node)
{
	for (; node && node->type != RN_NODE_FOOTNOTE; node = node->next) {
		gsize weight = weigh (planner, node);
		if ((node->type == RN_NODE_LIST || node->type == RN_NODE_TABLE) && weight > planner->room / 2)
			add_children (planner, node);
		else
			add_atom (planner, node, weight);
	}
}

/* --- cutting ---------------------------------------------------------------------------------------------------------------- */

static const Atom *atom (const Planner *planner, guint i)
{
	return &g_array_index (planner->atoms, Atom, i);
}

static gsize weight_of (const Planner *planner, guint begin, guint end)
{
	return (end ? atom (planner, end - 1)->end : 0) - (begin ? atom (planner, begin - 1)->end : 0);
}

static void add_cut (Planner *planner, guint i)
{
	RnCut cut = { .line = atom (planner, i)->line, .level = atom (planner, i)->level, .characters = i };
	if (cut.level)
		cut.anchor = atom (planner, i)->heading->extra;
	g_array_append_val (planner->cuts, cut);
}

/* Atoms without a heading among them but for a first one, which does not stand alone. */
static void cut_between_blocks (Planner *planner, guint begin, guint end, gboolean headed)
{
	guint from = begin;
	for (guint i = begin + 1 + headed; i < end; i++)
		if (weight_of (planner, from, i + 1) > planner->room) {
			add_cut (planner, i);
			from = i;
		}
}

/* What begins with a piece's first atom. HEADED: that is its heading. */
static void cut (Planner *planner, guint begin, guint end, gboolean headed)
{
	guint8 level = 0;
	if (begin >= end || weight_of (planner, begin, end) <= planner->room)
		return;
	for (guint i = begin + headed; i < end; i++)
		if (atom (planner, i)->level && (!level || atom (planner, i)->level < level))
			level = atom (planner, i)->level;
	if (!level) {
		cut_between_blocks (planner, begin, end, headed);
		return;
	}
	guint from = begin;
	gboolean begun = headed;
	for (guint i = begin + headed; i < end; i++) {
		if (atom (planner, i)->level != level)
			continue;
		cut (planner, from, i, begun);
		add_cut (planner, i);
		from = i;
		begun = TRUE;
	}
	cut (planner, from, end, TRUE);
}

/* --- places ----------------------------------------------------------------------------------------------------------------- */

/* The number of the piece in which LINE stands. */
static guint32 part_of (const Planner *planner, guint32 line)
{
	guint low = 0, high = planner->cuts->len;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (g_array_index (planner->cuts, RnCut, middle).line <= line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Is it a mark or a note of a footnote, to which only each other leads? */
static gboolean is_note (const char *anchor)
{
	return g_str_has_prefix (anchor, "fn-") || g_str_has_prefix (anchor, "fnref-");
}

static void note_places (const Planner *planner, const RnDocument *document, RnArena *arena, RnSplitPlan *plan)
{
	RnPartPlace *places = rn_arena_newn (arena, RnPartPlace, document->n_anchors);
	guint heading = 0;
	for (guint i = 0; i < document->n_headings; i++) {
		const RnAnchor *anchor = &document->headings[i];
		places[i] = (RnPartPlace) { rn_arena_strndup (arena, anchor->anchor, -1), rn_arena_strndup (arena, anchor->text, -1), part_of (planner, anchor->line), anchor->level };
	}
	plan->n_places = plan->n_headings = document->n_headings;
	/* The others, which are in order with the headings. */
	for (guint i = 0; i < document->n_anchors; i++) {
		const char *name = document->anchors[i];
		if (heading < document->n_headings && document->headings[heading].anchor == name) {
			heading++;
			continue;
		}
		if (!is_note (name))
			places[plan->n_places++] = (RnPartPlace) { rn_arena_strndup (arena, name, -1), NULL, part_of (planner, document->anchor_lines[i]), 0 };
	}
	plan->places = places;
}

static void finish_cuts (const Planner *planner, const RnDocument *document, RnArena *arena, RnSplitPlan *plan)
{
	const guint n = planner->cuts->len;
	RnCut *list = rn_arena_newn (arena, RnCut, n);
	plan->lead = weight_of (planner, 0, g_array_index (planner->cuts, RnCut, 0).characters);
	for (guint i = 0, heading = 0; i < n; i++) {
		const RnCut *cut_here = &g_array_index (planner->cuts, RnCut, i);
		list[i] = *cut_here;
		list[i].characters = (guint32) weight_of (planner, cut_here->characters, i + 1 < n ? cut_here[1].characters : planner->atoms->len);
		list[i].anchor = rn_arena_strndup (arena, cut_here->anchor, -1);
		if (!list[i].level)
			continue;
		while (heading < document->n_headings && document->headings[heading].anchor != cut_here->anchor)
			heading++;
		list[i].title = heading < document->n_headings ? rn_arena_strndup (arena, document->headings[heading].text, -1) : list[i].anchor;
	}
	plan->cuts = list;
	plan->n_cuts = n;
}

guint32 rn_pieces_plan (const RnDocument *document, gsize room, RnArena *arena, RnSplitPlan *plan)
{
	g_autoptr (GArray) atoms = g_array_new (FALSE, FALSE, sizeof (Atom)), cuts = g_array_new (FALSE, TRUE, sizeof (RnCut));
	g_autoptr (GArray) notes = g_array_new (FALSE, TRUE, sizeof (gsize));
	Planner planner = { .room = room, .atoms = atoms, .cuts = cuts, .notes = notes };
	memset (plan, 0, sizeof *plan);
	weigh_notes (&planner, document->root->first);
	add_atoms (&planner, document->root->first);
	cut (&planner, 0, atoms->len, FALSE);
	plan->characters = weight_of (&planner, 0, atoms->len);
	if (!cuts->len)
		return planner.too_large;
	note_places (&planner, document, arena, plan);
	finish_cuts (&planner, document, arena, plan);
	return planner.too_large;
}
