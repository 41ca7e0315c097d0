/*
 * passages_pair.c - two versions' passages in; what became of each, and where each stands in a translation, out.
 *
 * What has the same words is found first (diff.h). Between two such neighbours the rest is paired so that as many words as can be are in pairs; what is
 * left came, went, or moved.
 */
#include "markdown/passages.h"

#include <stdlib.h>
#include <string.h>

#include "base/diff.h"

#define ALIKE 0.4            /* of their words that two passages share: less, and one is not the other changed */
#define MOST_PAIRS 40000     /* that are looked at between two neighbours; beyond, they are taken in their order */

typedef struct {
	const RnPassages *old, *new;
	GArray   *pairs;         /* RnPassagePair */
	guint32  *numbers_a, *numbers_b;   /* of the bodies' passages: the same for the same words */
	GArray  **words_a, **words_b;      /* the hashes of their words, sorted; NULL: not yet asked for */
	guint8   *moved_a;                 /* of the old body's passages: it only moved */
	guint    *moved_b;                 /* of the new body's passages: which old one + 1 it is that moved there; 0: none */
} Pairing;

static void put (Pairing *pairing, RnPassageFate fate, gint a, gint b)
{
	g_array_append_vals (pairing->pairs, &(RnPassagePair) { fate, a, b }, 1);
}

/* --- fields -------------------------------------------------------------------------------------------------------------------- */

static gint find_field (const RnPassages *passages, const char *name)
{
	for (guint i = 0; i < passages->fields; i++)
		if (!g_ascii_strcasecmp (passages->items[i].name, name))
			return (gint) i;
	return -1;
}

static void pair_fields (Pairing *pairing)
{
	const RnPassages *old = pairing->old, *new = pairing->new;
	for (guint i = 0; i < new->fields; i++) {
		const gint a = find_field (old, new->items[i].name);
		put (pairing, a < 0 ? RN_PASSAGE_ADDED : strcmp (old->items[a].text, new->items[i].text) ? RN_PASSAGE_CHANGED : RN_PASSAGE_SAME, a, (gint) i);
	}
	for (guint i = 0; i < old->fields; i++)
		if (find_field (new, old->items[i].name) < 0)
			put (pairing, RN_PASSAGE_REMOVED, (gint) i, -1);
}

/* --- likeness ------------------------------------------------------------------------------------------------------------------- */

static int by_value (gconstpointer a, gconstpointer b)
{
	const guint x = *(const guint *) a, y = *(const guint *) b;
	return x < y ? -1 : x > y;
}

static GArray *words_of (GArray **slot, const char *text)
{
	if (*slot)
		return *slot;
	*slot = g_array_new (FALSE, FALSE, sizeof (guint));
	for (const char *p = text; *p;) {
		const gsize len = strcspn (p, " ");
		guint hash = 5381;
		for (gsize i = 0; i < len; i++)
			hash = hash * 33 + (guchar) p[i];
		if (len)
			g_array_append_val (*slot, hash);
		p += len + (p[len] == ' ');
	}
	g_array_sort (*slot, by_value);
	return *slot;
}

/* Old body passage A and new one B: how many of both's words they share, 0 to 1. Of two kinds they are less alike. */
static double likeness (Pairing *pairing, guint a, guint b)
{
	const RnPassage *old = &pairing->old->items[pairing->old->fields + a], *new = &pairing->new->items[pairing->new->fields + b];
	if (pairing->moved_a[a] || pairing->moved_b[b])
		return 0;
	const GArray *x = words_of (&pairing->words_a[a], old->text), *y = words_of (&pairing->words_b[b], new->text);
	guint common = 0;
	for (guint i = 0, k = 0; i < x->len && k < y->len;) {
		const guint left = g_array_index (x, guint, i), right = g_array_index (y, guint, k);
		common += left == right;
		i += left <= right;
		k += right <= left;
	}
	const double share = 2.0 * common / (double) MAX (1, x->len + y->len);
	return old->kind == new->kind && old->level == new->level ? share : share * 0.8;
}

/* --- what differs between two neighbours -------------------------------------------------------------------------------------------- */

/* What went and came without a pair: from AT_A up to A of the run's old passages, from AT_B up to B of its new ones. */
static void put_rest (Pairing *pairing, const RnDiffRun *run, guint *at_a, guint a, guint *at_b, guint b)
{
	const gint fields_a = (gint) pairing->old->fields, fields_b = (gint) pairing->new->fields;
	for (; *at_a < a; ++*at_a)
		if (!pairing->moved_a[run->a + *at_a])
			put (pairing, RN_PASSAGE_REMOVED, fields_a + (gint) (run->a + *at_a), -1);
	for (; *at_b < b; ++*at_b) {
		const guint from = pairing->moved_b[run->b + *at_b];
		put (pairing, from ? RN_PASSAGE_MOVED : RN_PASSAGE_ADDED, from ? fields_a + (gint) from - 1 : -1, fields_b + (gint) (run->b + *at_b));
	}
}

/* Old passage A and new passage B of the run are one; what stands before them has no pair. */
static void put_changed (Pairing *pairing, const RnDiffRun *run, guint *at_a, guint a, guint *at_b, guint b)
{
	put_rest (pairing, run, at_a, a, at_b, b);
	put (pairing, RN_PASSAGE_CHANGED, (gint) (pairing->old->fields + run->a + (*at_a)++), (gint) (pairing->new->fields + run->b + (*at_b)++));
}

/* The best sum of likenesses of what follows passage I and K of the run, for all of them: a row more and a column more than the run has. */
static double *best_sums (Pairing *pairing, const RnDiffRun *run, double *like)
{
	const gsize width = (gsize) run->n_b + 1;
	double *best = g_new0 (double, ((gsize) run->n_a + 1) * width);
	for (guint i = run->n_a; i-- > 0;)
		for (guint k = run->n_b; k-- > 0;) {
			const double one = likeness (pairing, run->a + i, run->b + k);
			like[i * width + k] = one;
			best[i * width + k] = MAX (best[(i + 1) * width + k], best[i * width + k + 1]);
			if (one >= ALIKE)
				best[i * width + k] = MAX (best[i * width + k], one + best[(i + 1) * width + k + 1]);
		}
	return best;
}

static void pair_alike (Pairing *pairing, const RnDiffRun *run, guint *at_a, guint *at_b)
{
	const gsize width = (gsize) run->n_b + 1;
	g_autofree double *like = g_new0 (double, ((gsize) run->n_a + 1) * width), *best = best_sums (pairing, run, like);
	for (guint x = 0, y = 0; x < run->n_a && y < run->n_b;) {
		const double here = best[x * width + y];
		if (like[x * width + y] >= ALIKE && here <= like[x * width + y] + best[(x + 1) * width + y + 1])
			put_changed (pairing, run, at_a, x++, at_b, y++);
		else if (best[(x + 1) * width + y] >= here)
			x++;
		else
			y++;
	}
}

/* Every one in its order, those aside that only moved. */
static void pair_in_order (Pairing *pairing, const RnDiffRun *run, guint *at_a, guint *at_b)
{
	for (guint x = 0, y = 0; x < run->n_a && y < run->n_b;) {
		if (pairing->moved_a[run->a + x])
			x++;
		else if (pairing->moved_b[run->b + y])
			y++;
		else
			put_changed (pairing, run, at_a, x++, at_b, y++);
	}
}

/* Is there one on either side, of one form? Then it stands in the place of the other, whatever its words. */
static gboolean is_one (const Pairing *pairing, const RnDiffRun *run)
{
	const RnPassage *old = NULL, *new = NULL;
	guint n_a = 0, n_b = 0;
	for (guint i = 0; i < run->n_a; i++)
		if (!pairing->moved_a[run->a + i]) {
			old = &pairing->old->items[pairing->old->fields + run->a + i];
			n_a++;
		}
	for (guint i = 0; i < run->n_b; i++)
		if (!pairing->moved_b[run->b + i]) {
			new = &pairing->new->items[pairing->new->fields + run->b + i];
			n_b++;
		}
	return n_a == 1 && n_b == 1 && old->kind == new->kind && old->level == new->level;
}

static void pair_run (Pairing *pairing, const RnDiffRun *run)
{
	guint at_a = 0, at_b = 0;
	if ((guint64) run->n_a * run->n_b > MOST_PAIRS || is_one (pairing, run))
		pair_in_order (pairing, run, &at_a, &at_b);
	else if (run->n_a && run->n_b)
		pair_alike (pairing, run, &at_a, &at_b);
	put_rest (pairing, run, &at_a, run->n_a, &at_b, run->n_b);
}

/* --- the body ----------------------------------------------------------------------------------------------------------------------- */

/* The passage's number: the same for the same kind, level and text. */
static guint32 number_of (GHashTable *known, const RnPassage *passage)
{
	char *key = g_strdup_printf ("%d %d %s", (int) passage->kind, passage->level, passage->text);
	guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));
	if (number)
		g_free (key);
	else
		g_hash_table_insert (known, key, GUINT_TO_POINTER (number = g_hash_table_size (known) + 1));
	return number;
}

/* What went in one place and came in another with the same words only moved. */
static void find_moved (Pairing *pairing, const GArray *runs)
{
	g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);   /* number -> the first old passage + 1 that has it and went */
	for (guint i = runs->len; i-- > 0;) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		for (guint k = run->same ? 0 : run->n_a; k-- > 0;)
			g_hash_table_insert (gone, GUINT_TO_POINTER (pairing->numbers_a[run->a + k]), GUINT_TO_POINTER (run->a + k + 1));
	}
	for (guint i = 0; i < runs->len; i++) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		for (guint k = 0; !run->same && k < run->n_b; k++) {
			const gconstpointer number = GUINT_TO_POINTER (pairing->numbers_b[run->b + k]);
			const guint from = GPOINTER_TO_UINT (g_hash_table_lookup (gone, number));
			if (!from)
				continue;
			g_hash_table_remove (gone, number);
			pairing->moved_a[from - 1] = 1;
			pairing->moved_b[run->b + k] = from;
		}
	}
}

static void pair_bodies (Pairing *pairing, guint n_a, guint n_b)
{
	g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < n_a; i++)
		pairing->numbers_a[i] = number_of (known, &pairing->old->items[pairing->old->fields + i]);
	for (guint i = 0; i < n_b; i++)
		pairing->numbers_b[i] = number_of (known, &pairing->new->items[pairing->new->fields + i]);
	g_autoptr (GArray) runs = rn_diff (pairing->numbers_a, n_a, pairing->numbers_b, n_b);
	find_moved (pairing, runs);
	for (guint i = 0; i < runs->len; i++) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		for (guint k = 0; run->same && k < run->n_a; k++)
			put (pairing, RN_PASSAGE_SAME, (gint) (pairing->old->fields + run->a + k), (gint) (pairing->new->fields + run->b + k));
		if (!run->same)
			pair_run (pairing, run);
	}
}

static void words_free (GArray **words, guint n)
{
	for (guint i = 0; i < n; i++)
		if (words[i])
			g_array_unref (words[i]);
	g_free (words);
}

GArray *rn_passages_pair (const RnPassages *old, const RnPassages *new)
{
	const guint n_a = old->n - old->fields, n_b = new->n - new->fields;
	Pairing pairing = { old, new, g_array_new (FALSE, FALSE, sizeof (RnPassagePair)), g_new (guint32, n_a + 1), g_new (guint32, n_b + 1),
		g_new0 (GArray *, n_a + 1), g_new0 (GArray *, n_b + 1), g_new0 (guint8, n_a + 1), g_new0 (guint, n_b + 1) };
	pair_fields (&pairing);
	pair_bodies (&pairing, n_a, n_b);
	words_free (pairing.words_a, n_a);
	words_free (pairing.words_b, n_b);
	g_free (pairing.numbers_a);
	g_free (pairing.numbers_b);
	g_free (pairing.moved_a);
	g_free (pairing.moved_b);
	return pairing.pairs;
}

/* --- places in a translation ------------------------------------------------------------------------------------------------------------ */

/* The passages from BEGIN to END (not among them) have no heading but the first. HEADED: that is one; else they stand above all headings. */
typedef struct { guint begin, end; gboolean headed; } Section;

static GArray *sections_of (const RnPassages *passages)
{
	GArray *sections = g_array_new (FALSE, FALSE, sizeof (Section));
	Section section = { passages->fields, passages->fields, FALSE };
	for (guint i = passages->fields; i < passages->n; i++)
		if (passages->items[i].kind == RN_PASSAGE_HEADING) {
			section.end = i;
			g_array_append_val (sections, section);
			section = (Section) { i, i, TRUE };
		}
	section.end = passages->n;
	g_array_append_val (sections, section);
	return sections;
}

static guint32 *levels_of (const RnPassages *passages, const GArray *sections)
{
	guint32 *levels = g_new (guint32, sections->len);
	for (guint i = 0; i < sections->len; i++) {
		const Section *section = &g_array_index (sections, Section, i);
		levels[i] = section->headed ? passages->items[section->begin].level : 0;
	}
	return levels;
}

static gboolean alike (const RnPassages *old, const Section *a, const RnPassages *translation, const Section *b)
{
	if (a->end - a->begin != b->end - b->begin)
		return FALSE;
	for (guint i = 0; i < a->end - a->begin; i++)
		if (old->items[a->begin + i].kind != translation->items[b->begin + i].kind)
			return FALSE;
	return TRUE;
}

/* Section A of OLD is TO of TRANSLATION. */
static void place_section (const RnPassages *old, const Section *a, const RnPassages *translation, const Section *to, RnPassagePlace *places)
{
	const gboolean exact = alike (old, a, translation, to);
	for (guint i = a->begin; i < a->end; i++) {
		const gboolean heading = i == a->begin && a->headed;
		places[i].exact = exact || heading;
		places[i].index = exact ? (gint) (to->begin + i - a->begin) : to->headed ? (gint) to->begin : -1;
	}
}

RnPassagePlace *rn_passages_places (const RnPassages *old, const RnPassages *translation)
{
	RnPassagePlace *places = g_new0 (RnPassagePlace, old->n + 1);
	g_autoptr (GArray) a = sections_of (old), b = sections_of (translation);
	g_autofree guint32 *levels_a = levels_of (old, a), *levels_b = levels_of (translation, b);
	g_autoptr (GArray) runs = rn_diff (levels_a, a->len, levels_b, b->len);
	gint last = -1;   /* the heading above, in the translation */
	for (guint i = 0; i < old->fields; i++)
		places[i] = (RnPassagePlace) { find_field (translation, old->items[i].name), TRUE };
	for (guint i = 0; i < runs->len; i++) {
		const RnDiffRun *run = &g_array_index (runs, RnDiffRun, i);
		for (guint k = 0; k < run->n_a; k++) {
			const Section *from = &g_array_index (a, Section, run->a + k), *to = run->same ? &g_array_index (b, Section, run->b + k) : NULL;
			if (to) {
				place_section (old, from, translation, to, places);
				last = to->headed ? (gint) to->begin : last;
			}
			for (guint p = from->begin; !to && p < from->end; p++)
				places[p] = (RnPassagePlace) { last, FALSE };
		}
	}
	return places;
}
