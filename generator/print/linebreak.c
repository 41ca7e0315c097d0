/*
 * linebreak.c - items -> lines. The paragraph is read once from left to right; at each place where a line may end, the breaks that a line may have
 * begun at ("active") are tried, and of those with the same future the best is kept. A break leaves the list as soon as no line from it can
 * end here or later, so that the list is never longer than a line.
 *
 * Donald E. Knuth, Michael F. Plass: Breaking Paragraphs into Lines (1981); the demerits are those of The TeXbook, chapter 14.
 */
#include "print/linebreak.h"

#include <math.h>

#define LINE_PENALTY      10.0
#define TOLERANCE         200       /* badness that a line may have at once */
#define HYPHENS_IN_A_ROW  10000.0
#define UNEVEN            10000.0   /* a tight line beside a loose one */
#define LAST_HYPHEN       5000.0    /* the last line but one ends in a hyphen */
#define LAST_SHORT        20000.0   /* a last line of under a twentieth of its measure */
#define LAST_REMAINDER    40000.0   /* a last line that holds the end of a word alone */
#define ANY_RATIO         G_MAXDOUBLE

enum { TIGHT, DECENT, LOOSE, VERY_LOOSE, CLASSES };

/* All that stands before an item. */
typedef struct {
	gint64  width, stretch, shrink;
	guint32 fills, words;      /* glue that takes what is left; glue between words */
} Sums;

/* A break that was found good enough, and how it was come to. Number 0 is the paragraph's start. */
typedef struct {
	double  demerits, ratio;
	guint32 previous, line;    /* line: the number of the line that it ends, from 1 */
	guint32 end, after;        /* the break, and the item that the next line begins with */
	guint8  fitness;
	gboolean hyphen, overfull;
} Node;

/* A break that a line may still begin at. What decides whether it may end here is worked out beforehand. */
typedef struct {
	gint64  reach;             /* less than the shrunk width up to here: the line is too long, here and further on */
	double  far;               /* more than the stretched width up to here: the line is too loose yet */
	gint64  limit;             /* the sum of widths that fills the line as it is */
	Sums    sums;
	double  demerits;
	RnLength measure;
	guint32 node, line;        /* line: of the line that begins here, from 0 */
	guint32 end, after;        /* the break, and the item that the line begins with */
	guint8  fitness;
	gboolean hyphen;
} Active;

typedef struct {
	double  demerits, ratio;
	guint32 from;              /* the node; its line is the group's */
	guint32 line;
	gboolean overfull;
} Candidate;

typedef struct {
	const RnItem *items;
	guint         n;
	const RnLineRules *rules;
	double        most;        /* the ratio that a line may be stretched by */
	guint         same_from;   /* all lines from this one on have the same measure */
	RnLength      same;        /* ... and this is it */
	Sums          sums;        /* before the item in hand */
	Sums          after_sums;  /* before item AFTER: where the next line begins */
	guint         after;
	GArray       *nodes;       /* Node */
	Active       *active;
	guint         n_active, room;
	GArray       *candidates;  /* Candidate: CLASSES of each group of lines */
	guint         first_group; /* the lowest line in the list, lines from same_from on being one */
	double        enough;      /* a way that is dearer before its line even begins is not looked at */
} Breaker;

/* --- how good a line is ------------------------------------------------------------------------------------------------ */

static inline gboolean is_forced (const RnItem *item)
{
	return item->kind == RN_ITEM_PENALTY && item->penalty <= RN_FORCE;
}

static inline gboolean is_break (const RnItem *items, guint i)
{
	const RnItem *item = &items[i];
	if (item->kind == RN_ITEM_PENALTY)
		return item->penalty < RN_FORBID;
	/* What fills a line must not end it: the paragraph's last line would be empty. */
	return item->kind == RN_ITEM_GLUE && item->stretch != RN_FILL && i > 0 && items[i - 1].kind == RN_ITEM_BOX;
}

static inline void add (Sums *sums, const RnItem *item)
{
	if (item->kind == RN_ITEM_PENALTY)
		return;
	sums->width += item->width;
	if (item->kind == RN_ITEM_BOX)
		return;
	sums->shrink += item->shrink;
	if (item->stretch == RN_FILL) {
		sums->fills++;
	} else {
		sums->stretch += item->stretch;
		sums->words++;
	}
}

/* What a line is that lacks SHORTFALL of its measure (< 0: has more), with these to stretch and shrink. */
typedef struct { double ratio, badness; guint fitness; } Fit;

static inline Fit fit_line (gint64 shortfall, gint64 stretch, gint64 shrink, gboolean fills, RnLength measure)
{
	if (shortfall == 0 || (shortfall > 0 && fills))
		return (Fit) { 0, 0, DECENT };
	if (shortfall < 0) {
		double ratio = shrink > 0 ? (double) shortfall / (double) shrink : -1;
		return (Fit) { ratio, -100 * ratio * ratio * ratio, ratio < -0.5 ? TIGHT : DECENT };
	}
	/* A line with nothing to stretch is judged as if it had a hundredth of its measure. */
	double ratio = (double) shortfall / (double) MAX (MAX (stretch, measure / 100), 1);
	double badness = 100 * ratio * ratio * ratio;
	return (Fit) { stretch > 0 ? (double) shortfall / (double) stretch : 0, badness, ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE };
}

/* What a line costs by itself and after the line before it. */
typedef struct { guint fitness; gboolean hyphen; } Before;

static inline double line_demerits (const RnItem *end, const Fit *fit, Before before)
{
	double line = LINE_PENALTY + fit->badness, demerits = line * line;
	if (end->kind == RN_ITEM_PENALTY && end->penalty > RN_FORCE)
		demerits += end->penalty < 0 ? -(double) end->penalty * end->penalty : (double) end->penalty * end->penalty;
	if (before.hyphen && end->kind == RN_ITEM_PENALTY && end->flagged)
		demerits += HYPHENS_IN_A_ROW;
	if (fit->fitness > before.fitness + 1 || before.fitness > fit->fitness + 1)
		demerits += UNEVEN;
	return demerits;
}

/* ... and more, if it is the last of a paragraph: it must not be a mere remainder. words: spaces in it; width: as it is, unstretched. */
static double last_demerits (gint64 width, guint words, gboolean after_hyphen, RnLength measure)
{
	double demerits = after_hyphen ? LAST_HYPHEN : 0;
	if (after_hyphen && !words)
		demerits += LAST_REMAINDER;
	else if (width * 20 < measure)
		demerits += LAST_SHORT;
	return demerits;
}

/* --- the list of active breaks --------------------------------------------------------------------------------------- */

static RnLength measure_of (const Breaker *b, guint line)
{
	return line >= b->same_from ? b->same : b->rules->width (b->rules->user, line);
}

/* Where a line begins that follows a break at item I: at the next box or forced break. Found once for all breaks before it. */
static void find_after (Breaker *b, guint i)
{
	if (b->after > i)
		return;
	b->after_sums = b->sums;
	if (b->items[i].kind == RN_ITEM_GLUE)
		add (&b->after_sums, &b->items[i]);
	for (b->after = i + 1; b->after < b->n; b->after++) {
		const RnItem *item = &b->items[b->after];
		if (item->kind == RN_ITEM_BOX || is_forced (item))
			break;
		add (&b->after_sums, item);
	}
}

static void activate (Breaker *b, const Node *node, guint number, const Sums *sums)
{
	if (b->n_active == b->room) {
		b->room = MAX (64, b->room * 2);
		b->active = g_renew (Active, b->active, b->room);
	}
	Active *active = &b->active[b->n_active++];
	RnLength measure = measure_of (b, node->line);
	gint64 limit = sums->width + measure;
	*active = (Active) {
		.reach = limit - sums->shrink, .limit = limit, .sums = *sums, .demerits = node->demerits, .measure = measure,
		.far = b->most == ANY_RATIO ? -G_MAXDOUBLE : (double) limit + b->most * (double) sums->stretch,
		.node = number, .line = node->line, .end = node->end, .after = node->after, .fitness = node->fitness, .hyphen = node->hyphen,
	};
}

static Candidate *candidate_slot (Breaker *b, guint line, guint fitness)
{
	guint group = MIN (line, b->same_from) - b->first_group, needed = (group + 1) * CLASSES, have = b->candidates->len;
	if (needed > have) {
		g_array_set_size (b->candidates, needed);
		for (guint i = have; i < needed; i++)
			g_array_index (b->candidates, Candidate, i).demerits = G_MAXDOUBLE;
	}
	return &g_array_index (b->candidates, Candidate, group * CLASSES + fitness);
}

/* A line from FROM to the break at item I. */
static void consider (Breaker *b, const Active *from, guint i, gboolean overfull)
{
	const RnItem *item = &b->items[i];
	gint64 width = b->sums.width + (item->kind == RN_ITEM_PENALTY ? item->width : 0);
	Fit fit = fit_line (from->limit - width, b->sums.stretch - from->sums.stretch, b->sums.shrink - from->sums.shrink, b->sums.fills > from->sums.fills,
	                    from->measure);
	if (overfull)
		fit = (Fit) { 0, 10000, DECENT };
	double demerits = from->demerits + line_demerits (item, &fit, (Before) { from->fitness, from->hyphen });
	if (is_forced (item))
		demerits += last_demerits (width - from->sums.width, b->sums.words - from->sums.words, from->hyphen, from->measure);
	Candidate *best = candidate_slot (b, from->line, fit.fitness);
	if (demerits < best->demerits)
		*best = (Candidate) { demerits, fit.ratio, from->node, from->line, overfull };
	/* See keep_candidates. A penalty that is a reward may make a line cost less than nothing, and groups are not compared with each other. */
	if (!b->same_from && (item->kind == RN_ITEM_GLUE || item->penalty >= 0))
		b->enough = MIN (b->enough, demerits + UNEVEN);
}

/* The best of each group and class become breaks; one so much dearer than its group's best that an uneven line cannot make up for it does not. */
static void keep_candidates (Breaker *b, guint i)
{
	const RnItem *item = &b->items[i];
	find_after (b, i);
	for (guint group = 0; group < b->candidates->len; group += CLASSES) {
		const Candidate *list = &g_array_index (b->candidates, Candidate, group);
		double least = MIN (MIN (list[0].demerits, list[1].demerits), MIN (list[2].demerits, list[3].demerits));
		for (guint k = 0; k < CLASSES; k++) {
			if (list[k].demerits == G_MAXDOUBLE || list[k].demerits > least + UNEVEN)
				continue;
			Node node = { .demerits = list[k].demerits, .ratio = list[k].ratio, .previous = list[k].from, .line = list[k].line + 1, .end = i, .after = b->after,
				.fitness = (guint8) k, .hyphen = item->kind == RN_ITEM_PENALTY && item->flagged, .overfull = list[k].overfull };
			g_array_append_val (b->nodes, node);
			activate (b, &node, b->nodes->len - 1, &b->after_sums);
		}
	}
}

/* The line may end at item I. FALSE: no line can, within what this pass allows. */
static gboolean try_break (Breaker *b, guint i)
{
	const RnItem *item = &b->items[i];
	gboolean forced = is_forced (item);
	gint64 shrunk = b->sums.width - b->sums.shrink, extra = item->kind == RN_ITEM_PENALTY ? item->width : 0;
	double far = b->most == ANY_RATIO ? 0 : (double) (b->sums.width + extra) + b->most * (double) b->sums.stretch;
	guint kept = 0, last = 0;
	gboolean found = FALSE;

	if (b->candidates->len)
		g_array_set_size (b->candidates, 0);
	b->enough = G_MAXDOUBLE;
	if (b->same_from) {
		b->first_group = G_MAXUINT;
		for (guint k = 0; k < b->n_active; k++)
			b->first_group = MIN (b->first_group, MIN (b->active[k].line, b->same_from));
	}
	for (guint k = 0; k < b->n_active; k++) {
		const Active *active = &b->active[k];
		/* What is dropped between the two lines holds no other line. */
		gboolean begun = active->after <= i;
		if (begun && active->reach >= shrunk + extra && (active->far <= far || active->sums.fills != b->sums.fills)) {
			if (active->demerits <= b->enough)
				consider (b, active, i, FALSE);
			found = TRUE;
		}
		/* The hyphen's width counts for this break alone: the word may well go on in the line. */
		if (!begun || (active->reach >= shrunk && !forced)) {
			if (kept != k)
				b->active[kept] = *active;
			kept++;
		} else if (active->end > b->active[last].end || (active->end == b->active[last].end && active->demerits < b->active[last].demerits)) {
			last = k;
		}
	}
	b->n_active = kept;
	if (!kept && !found) {
		if (b->most != ANY_RATIO)
			return FALSE;
		/* What stands between the last break and this one is wider than the line, and there is nothing to be done about it. (As none was kept, all are in their
		 * places yet.) */
		consider (b, &b->active[last], i, TRUE);
		found = TRUE;
	}
	if (found)
		keep_candidates (b, i);
	return TRUE;
}

/* One pass over the paragraph, lines being stretched by MOST at most. FALSE: it cannot be broken so. */
static gboolean run_pass (Breaker *b, double most)
{
	b->most = most;
	b->sums = (Sums) { 0 };
	b->after = 0;
	b->n_active = 0;
	b->first_group = 0;
	g_array_set_size (b->nodes, 0);
	Node start = { .fitness = DECENT };
	g_array_append_val (b->nodes, start);
	activate (b, &start, 0, &b->sums);
	for (guint i = 0; i < b->n; i++) {
		if (is_break (b->items, i) && !try_break (b, i))
			return FALSE;
		add (&b->sums, &b->items[i]);
	}
	return TRUE;
}

static void give_lines (const Breaker *b, GArray *lines)
{
	const Node *nodes = (const Node *) (gpointer) b->nodes->data;
	guint best = 0, first = lines->len;
	for (guint k = 0; k < b->n_active; k++)
		if (!best || b->active[k].demerits < nodes[best].demerits)
			best = b->active[k].node;
	guint count = nodes[best].line;
	g_array_set_size (lines, first + count);
	for (guint k = best; k; k = nodes[k].previous) {
		const Node *node = &nodes[k];
		g_array_index (lines, RnBrokenLine, first + --count) = (RnBrokenLine) { nodes[node->previous].after, node->end, node->ratio, node->hyphen, node->overfull };
	}
}

/* --- first fit, for comparison ----------------------------------------------------------------------------------------- */

typedef struct { Sums sums; guint i; gboolean set; } Place;

/* Ends a line that began at item BEGIN (START: the sums before it) at PLACE. */
static void end_line (Breaker *b, guint begin, const Sums *start, const Place *place, guint line, GArray *lines)
{
	const RnItem *item = &b->items[place->i];
	RnLength measure = b->rules->width (b->rules->user, line);
	gint64 width = place->sums.width - start->width + (item->kind == RN_ITEM_PENALTY ? item->width : 0);
	gboolean overfull = width - (place->sums.shrink - start->shrink) > measure;
	Fit fit = fit_line (measure - width, place->sums.stretch - start->stretch, place->sums.shrink - start->shrink, place->sums.fills > start->fills, measure);
	RnBrokenLine broken = { begin, place->i, overfull ? 0 : fit.ratio, item->kind == RN_ITEM_PENALTY && item->flagged, overfull };
	g_array_append_val (lines, broken);
}

static void break_greedily (Breaker *b, GArray *lines)
{
	guint begin = 0, line = 0;
	Sums start = { 0 };
	Place last = { .set = FALSE };
	for (guint i = 0; i < b->n; i++) {
		const RnItem *item = &b->items[i];
		if (is_break (b->items, i)) {
			gint64 width = b->sums.width - start.width + (item->kind == RN_ITEM_PENALTY ? item->width : 0);
			gboolean fits = width <= b->rules->width (b->rules->user, line);
			Place here = { b->sums, i, TRUE };
			if (!fits && last.set)
				here = last;
			if (!fits || is_forced (item)) {
				end_line (b, begin, &start, &here, line++, lines);
				b->sums = here.sums;
				b->after = 0;
				find_after (b, here.i);
				b->sums = start = b->after_sums;
				begin = b->after;
				i = begin - 1;
				last.set = FALSE;
				continue;
			}
			last = here;
		}
		add (&b->sums, item);
	}
}

/* --- the whole ---------------------------------------------------------------------------------------------------------- */

/* From which line on all are equally wide: breaks on such lines have the same future, whatever the line's number. */
static void find_same (Breaker *b)
{
	guint breaks = 0;
	for (guint i = 0; i < b->n; i++)
		breaks += is_break (b->items, i);
	b->same = b->rules->width (b->rules->user, 0);
	for (guint line = 1; line <= breaks; line++) {
		RnLength width = b->rules->width (b->rules->user, line);
		if (width != b->same)
			b->same_from = line;
		b->same = width;
	}
}

void rn_break_lines (const RnItem *items, guint n, const RnLineRules *rules, GArray *lines)
{
	static const gint steps[] = { 1, 4, 15 };
	Breaker b = { .items = items, .n = n, .rules = rules };

	if (!n)
		return;
	g_return_if_fail (is_forced (&items[n - 1]));
	if (rules->greedy) {
		break_greedily (&b, lines);
		return;
	}
	find_same (&b);
	b.nodes = g_array_sized_new (FALSE, FALSE, sizeof (Node), n / 4 + 16);
	b.candidates = g_array_sized_new (FALSE, FALSE, sizeof (Candidate), 4 * CLASSES);
	gboolean done = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS (steps) && !done; i++)
		done = run_pass (&b, cbrt (TOLERANCE * steps[i] / 100.0));
	if (!done)
		run_pass (&b, ANY_RATIO);
	give_lines (&b, lines);
	g_array_unref (b.nodes);
	g_array_unref (b.candidates);
	g_free (b.active);
}

double rn_lines_demerits (const RnItem *items, const RnLineRules *rules, const RnBrokenLine *lines, guint n)
{
	Before before = { DECENT, FALSE };
	double demerits = 0;
	for (guint k = 0; k < n; k++) {
		const RnBrokenLine *line = &lines[k];
		const RnItem *end = &items[line->end];
		RnLength measure = rules->width (rules->user, k);
		Sums sums = { .width = end->kind == RN_ITEM_PENALTY ? end->width : 0 };
		for (guint i = line->begin; i < line->end; i++)
			add (&sums, &items[i]);
		Fit fit = fit_line (measure - sums.width, sums.stretch, sums.shrink, sums.fills > 0, measure);
		if (line->overfull)
			fit = (Fit) { 0, 10000, DECENT };
		demerits += line_demerits (end, &fit, before);
		if (is_forced (end))
			demerits += last_demerits (sums.width, sums.words, before.hyphen, measure);
		before = (Before) { fit.fitness, line->hyphen };
	}
	return demerits;
}
