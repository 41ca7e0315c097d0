/*
 * drifted.c - a translation in; its source then and now, read as passages and held against each other, out.
 *
 * Nothing is read twice and no page but the ones asked for is touched: a build asks for none.
 */
#include "markdown/drifted.h"
#include "base/words.h"

#include "base/workers.h"
#include "model/drift.h"

struct RnDrifter {
	RnTree     *tree;
	RnHistory  *history;
	RnMarkdown *markdown;
	RnArena    *arena;
	GString    *text;
	RnDrifted   drifted;
};

RnDrifter *rn_drifter_new (RnTree *tree, RnHistory *history)
{
	RnDrifter *drifter = g_new0 (RnDrifter, 1);
	rn_markdown_init ();
	drifter->tree = tree;
	drifter->history = history;
	drifter->markdown = rn_markdown_new (NULL, &(RnMarkdownOptions) { 0 }, NULL);
	drifter->arena = rn_arena_new (1 << 16);
	drifter->text = g_string_new (NULL);
	return drifter;
}

void rn_drifter_free (RnDrifter *drifter)
{
	if (!drifter)
		return;
	rn_markdown_free (drifter->markdown);
	rn_arena_free (drifter->arena);
	g_string_free (drifter->text, TRUE);
	g_free (drifter);
}

/* Puts the source as it was when TRANSLATION was made into the text. */
static RnDriftedState read_old (RnDrifter *drifter, const RnPage *translation)
{
	const char *made_from = rn_drift_made_from (translation);
	char blob[41] = "";
	if (!made_from) {
		if (!drifter->history || !rn_history_beside (drifter->history, translation->source->tree_index, translation->tree_index, blob, NULL) || !*blob)
			return RN_DRIFTED_NO_COMMIT;
		made_from = blob;
	}
	return rn_tree_read_blob (drifter->tree, made_from, RN_MARKDOWN_MAX_BYTES, drifter->text, NULL) ? RN_DRIFTED_KNOWN : RN_DRIFTED_NO_TEXT;
}

/* PAGE's passages now. */
static gboolean read_now (RnDrifter *drifter, const RnPage *page, RnPassages *passages)
{
	return rn_tree_read (drifter->tree, page->tree_index, 0, RN_MARKDOWN_MAX_BYTES, drifter->text, NULL, NULL)
		&& rn_passages_read (drifter->markdown, page, drifter->text->str, drifter->text->len, drifter->arena, passages);
}

/* Where in the translation INDEX stands; -1: its first line. */
static void place (RnDriftedPassage *passage, const RnPassages *translation, RnPassagePlace at)
{
	const RnPassage *here = at.index < 0 ? NULL : &translation->items[at.index];
	passage->here = here ? here->line : 1;
	passage->here_col = here ? here->col : 1;
	passage->exact = here && at.exact;
}

static void fill (RnDrifted *drifted, RnArena *arena, const RnPassages *old, const RnPassages *now, const RnPassages *translation)
{
	g_autoptr (GArray) pairs = rn_passages_pair (old, now);
	g_autofree RnPassagePlace *places = rn_passages_places (old, translation);
	RnDriftedPassage *list = rn_arena_newn (arena, RnDriftedPassage, pairs->len + 1);
	RnPassagePlace before = { -1, FALSE };   /* of what stands before, in the translation */
	drifted->total = pairs->len;
	for (guint i = 0; i < pairs->len; i++) {
		const RnPassagePair *pair = &g_array_index (pairs, RnPassagePair, i);
		const RnPassage *a = pair->a < 0 ? NULL : &old->items[pair->a], *b = pair->b < 0 ? NULL : &now->items[pair->b], *any = b ? b : a;
		const gboolean stays = pair->fate == RN_PASSAGE_SAME || pair->fate == RN_PASSAGE_CHANGED;
		if (stays)
			before = (RnPassagePlace) { places[pair->a].index, FALSE };
		if (pair->fate == RN_PASSAGE_SAME || !any)
			continue;
		RnDriftedPassage *one = &list[drifted->n++];
		*one = (RnDriftedPassage) { .fate = pair->fate, .kind = any->kind, .name = any->name, .old_text = a ? a->text : "", .text = b ? b->text : "",
			.old_line = a ? a->line : 0, .line = b ? b->line : 0, .col = b ? b->col : 0 };
		place (one, translation, a ? places[pair->a] : before);
	}
	drifted->passages = list;
}

const RnDrifted *rn_drifter_read (RnDrifter *drifter, const RnPage *translation)
{
	const RnPage *source = translation->source;
	RnPassages old, now, own;
	rn_arena_reset (drifter->arena);
	drifter->drifted = (RnDrifted) { .state = RN_DRIFTED_NO_TEXT };
	/* A plugin's text has no versions. */
	if (source->text || translation->text)
		return &drifter->drifted;
	drifter->drifted.state = read_old (drifter, translation);
	if (drifter->drifted.state != RN_DRIFTED_KNOWN)
		return &drifter->drifted;
	drifter->drifted.state = RN_DRIFTED_UNREADABLE;
	if (rn_passages_read (drifter->markdown, source, drifter->text->str, drifter->text->len, drifter->arena, &old) && read_now (drifter, source, &now) &&
	    read_now (drifter, translation, &own)) {
		drifter->drifted.state = RN_DRIFTED_KNOWN;
		fill (&drifter->drifted, drifter->arena, &old, &now, &own);
	}
	return &drifter->drifted;
}

/* --- many --------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
	RnTree *tree;
	RnHistory *history;
	const GPtrArray *pages;
	guint *order;        /* numbers of the pages: those of one time together, for they are found in the same parts of the repository */
	RnDriftedTake take;
	gpointer user;
} All;

static gpointer open_drifter (gpointer shared, GError **error)
{
	const All *all = shared;
	(void) error;
	return rn_drifter_new (all->tree, all->history);
}

static gboolean read_one (gpointer state, guint index, gpointer shared, GError **error)
{
	const All *all = shared;
	(void) error;
	index = all->order[index];
	all->take (all->user, index, rn_drifter_read (state, all->pages->pdata[index]));
	return TRUE;
}

static void close_drifter (gpointer state, gpointer shared)
{
	(void) shared;
	rn_drifter_free (state);
}

static gint by_time (gconstpointer a, gconstpointer b, gpointer user)
{
	const guint i = *(const guint *) a, k = *(const guint *) b;
	const RnPage *const *pages = (const RnPage *const *) ((const GPtrArray *) user)->pdata;
	const guint32 x = pages[i]->history ? pages[i]->history->last_order : 0, y = pages[k]->history ? pages[k]->history->last_order : 0;
	return x != y ? (x < y ? -1 : 1) : i < k ? -1 : i > k;
}

void rn_drifted_all (RnTree *tree, RnHistory *history, const GPtrArray *pages, guint jobs, RnDriftedTake take, gpointer user)
{
	g_autofree guint *order = g_new (guint, pages->len + 1);
	All all = { tree, history, pages, order, take, user };
	for (guint i = 0; i < pages->len; i++)
		order[i] = i;
	g_qsort_with_data (order, (gint) pages->len, sizeof *order, by_time, (gpointer) pages);
	if (pages->len)
		rn_workers_run (jobs, pages->len, open_drifter, read_one, close_drifter, &all, NULL, NULL);
}

/* --- words --------------------------------------------------------------------------------------------------------------------------- */

char *rn_drifted_what (const RnDriftedPassage *passage)
{
	static const char *const kinds[] = { [RN_PASSAGE_HEADING] = N_("a heading"), [RN_PASSAGE_PARAGRAPH] = N_("a paragraph"), [RN_PASSAGE_ITEM] = N_("an item of a list"),
		[RN_PASSAGE_ROW] = N_("a row of a table"), [RN_PASSAGE_CODE] = N_("a block of code"), [RN_PASSAGE_HTML] = N_("a block of HTML") };
	return passage->kind == RN_PASSAGE_FIELD ? g_strdup_printf (_("the field '%s'"), passage->name) : g_strdup (_(kinds[passage->kind]));
}

char *rn_drifted_sentence (const RnDriftedPassage *passage)
{
	g_autofree char *what = rn_drifted_what (passage);
	const guint32 here = passage->here;
	switch (passage->fate) {
	case RN_PASSAGE_CHANGED:
		return g_strdup_printf (passage->exact ? _("%s changed; its translation is in line %u") : _("%s changed; its translation is below line %u"), what, here);
	case RN_PASSAGE_ADDED:
		return g_strdup_printf (_("%s was added; its translation belongs behind line %u"), what, here);
	case RN_PASSAGE_REMOVED:
		return g_strdup_printf (passage->exact ? _("%s was removed from the source; its translation is in line %u") :
		                                         _("%s was removed from the source; its translation is below line %u"), what, here);
	case RN_PASSAGE_MOVED:
		return g_strdup_printf (passage->exact ? _("%s was moved; its translation is still in line %u") : _("%s was moved; its translation is still below line %u"), what, here);
	case RN_PASSAGE_SAME:
		break;
	}
	return g_strdup ("");
}

const char *rn_drifted_reason (RnDriftedState state)
{
	return (const char *const[]) { [RN_DRIFTED_KNOWN] = NULL, [RN_DRIFTED_NO_TEXT] = _("the text that it was made from is not in the repository"),
		[RN_DRIFTED_NO_COMMIT] = _("the history does not say what it was made from"), [RN_DRIFTED_UNREADABLE] = _("one of the texts cannot be read") }[state];
}
