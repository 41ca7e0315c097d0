/* Random documents in pieces: nothing is lost, nothing stands twice, and no piece is larger than its room but for a block that cannot be cut. */
#include <string.h>

#include "markdown/parse.h"
#include "markdown/pieces.h"

static const RnLanguage language = { .code = "xx", .name = "x", .dir = "ltr" };
static const RnPage page = { .language = &language, .file = "a.md", .url = "/xx/a/", .title = "T", .key = "a" };

static void append_words (GString *text, GRand *rand, guint n)
{
	while (n--)
		g_string_append_printf (text, "w%d ", g_rand_int_range (rand, 0, 1000000));
}

static void append_block (GString *text, GRand *rand, guint notes)
{
	guint n = (guint) g_rand_int_range (rand, 1, 40);
	switch (g_rand_int_range (rand, 0, 9)) {
	case 0: case 1:
		g_string_append_printf (text, "%.*s ", g_rand_int_range (rand, 2, 6), "######");
		append_words (text, rand, 2);
		g_string_append (text, "\n\n");
		break;
	case 2:
		for (guint i = 0; i < n; i++) {
			g_string_append (text, "3. ");
			append_words (text, rand, 3);
			g_string_append_c (text, '\n');
		}
		g_string_append (text, "\n<!-- -->\n\n");
		break;
	case 3:
		g_string_append (text, "| HEAD | HEAD |\n|---|---|\n");
		for (guint i = 0; i < n; i++) {
			g_string_append (text, "| ");
			append_words (text, rand, 2);
			g_string_append (text, "| b |\n");
		}
		g_string_append (text, "\n");
		break;
	case 4:
		append_words (text, rand, 3);
		g_string_append_printf (text, "[^%d]\n\n", g_rand_int_range (rand, 0, (gint32) notes));
		break;
	case 5:
		g_string_append (text, "> ## quoted\n> ");
		append_words (text, rand, n);
		g_string_append (text, "\n\n");
		break;
	default:
		append_words (text, rand, n);
		g_string_append (text, "\n\n");
	}
}

static char *random_body (GRand *rand)
{
	GString *text = g_string_new (NULL);
	const guint notes = 5;
	for (gint i = g_rand_int_range (rand, 1, 120); i > 0; i--)
		append_block (text, rand, notes);
	for (guint i = 0; i < notes; i++)
		g_string_append_printf (text, "[^%u]: note%u words\n\n", i, i);
	return g_string_free (text, FALSE);
}

/* The words of what is no footnote, one a line, without a table's head. */
static void add_words (const RnNode *root, GString *out)
{
	g_autoptr (GString) text = g_string_new (NULL);
	for (const RnNode *node = root->first; node && node->type != RN_NODE_FOOTNOTE; node = node->next) {
		rn_node_text (node, text);
		g_string_append_c (text, '\n');
	}
	g_auto (GStrv) words = g_strsplit_set (text->str, " \n", -1);
	for (char **word = words; *word; word++)
		if (**word && strcmp (*word, "HEAD"))
			g_string_append_printf (out, "%s\n", *word);
}

typedef struct { guint calls[8], notes[8]; } Notes;

/* How often the piece calls each note, and whether the note stands in it with as many ways back. */
static void count_calls (const RnNode *node, Notes *notes)
{
	for (; node; node = node->next) {
		if (node->type == RN_NODE_FOOTNOTE_REFERENCE)
			notes->calls[node->number]++;
		if (node->type == RN_NODE_FOOTNOTE)
			notes->notes[node->number] = node->number2 - node->len;
		else
			count_calls (node->first, notes);
	}
}

static void check_piece (const RnDocument *piece, const RnCut *cut, gsize room, guint32 too_large)
{
	Notes notes = { 0 };
	count_calls (piece->root->first, &notes);
	for (guint i = 0; i < 8; i++)
		g_assert_cmpuint (notes.calls[i], ==, notes.notes[i]);
	if (cut && !too_large)
		g_assert_cmpuint (cut->characters, <=, room + 200); /* a heading does not stand alone */
	for (const RnNode *node = piece->root->first; node; node = node->next)
		if (node->type == RN_NODE_TABLE)
			g_assert_true (node->first && node->first->flags & RN_NODE_F_HEADER && node->first->next);
}

static void check (const RnDocument *document, gsize room)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GString) whole = g_string_new (NULL), together = g_string_new (NULL);
	RnSplitPlan plan;
	guint32 too_large = rn_pieces_plan (document, room, arena, &plan);
	add_words (document->root, whole);
	g_autoptr (RnPieces) pieces = rn_pieces_new (document);
	for (guint i = 0; i <= plan.n_cuts; i++) {
		const RnCut *cut = i ? &plan.cuts[i - 1] : NULL;
		if (cut && cut->level) {
			g_auto (GStrv) words = g_strsplit (cut->title, " ", -1);
			for (char **word = words; *word; word++)
				g_string_append_printf (together, "%s\n", *word);
		}
		g_assert_true (i < 2 || cut[-1].line < cut->line);
		const RnDocument *piece = rn_pieces_next (pieces, i < plan.n_cuts ? plan.cuts[i].line : 0, cut ? cut->level : 0);
		check_piece (piece, cut, room, too_large);
		add_words (piece->root, together);
	}
	g_assert_cmpstr (together->str, ==, whole->str);
	for (guint i = 0; i < plan.n_places; i++)
		g_assert_cmpuint (plan.places[i].part, <=, plan.n_cuts);
}

static void random_documents (void)
{
	const RnMarkdownOptions options = { 0 };
	RnMarkdown *md = rn_markdown_new (NULL, &options, NULL);
	g_autoptr (GRand) rand = g_rand_new_with_seed (7);
	for (guint i = 0; i < 400; i++) {
		g_autofree char *text = random_body (rand);
		const RnDocument *document = rn_markdown_parse (md, &page, text, strlen (text), 5);
		g_assert_nonnull (document);
		check (document, (gsize) g_rand_int_range (rand, 50, 6000));
	}
	rn_markdown_free (md);
}

/* Chapters; articles of the one that is too long; stretches of what has no headings. */
static void levels (void)
{
	const RnMarkdownOptions options = { 0 };
	RnMarkdown *md = rn_markdown_new (NULL, &options, NULL);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autofree char *long_text = g_strnfill (80, 'x');
	g_autofree char *text = g_strdup_printf ("lead\n\n## One {#1}\n\n%s\n\n## Two {#2}\n\n### A {#2.1}\n\n%s\n\n### B {#2.2}\n\n%s\n\n%s\n\n#### deep\n\n<p id=\"raw\">x</p>\n", long_text, long_text, long_text, long_text);
	const RnDocument *document = rn_markdown_parse (md, &page, text, strlen (text), 1);
	RnSplitPlan plan;
	g_assert_cmpuint (rn_pieces_plan (document, 120, arena, &plan), ==, 0);
	static const struct { const char *anchor; guint level; } expected[] = { { "1", 2 }, { "2", 2 }, { "2.1", 3 }, { "2.2", 3 }, { "deep", 4 } };
	g_autoptr (GString) made = g_string_new (NULL);
	for (guint i = 0; i < plan.n_cuts; i++)
		g_string_append_printf (made, "%s:%u ", plan.cuts[i].anchor ? plan.cuts[i].anchor : "-", plan.cuts[i].level);
	g_autoptr (GString) wanted = g_string_new (NULL);
	for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
		g_string_append_printf (wanted, "%s:%u %s", expected[i].anchor, expected[i].level, i == 3 ? "-:0 " : "");
	g_assert_cmpstr (made->str, ==, wanted->str);
	g_assert_cmpuint (plan.n_headings, ==, 5);
	g_assert_cmpuint (plan.n_places, ==, 6);
	g_assert_cmpstr (plan.places[5].anchor, ==, "raw");
	g_assert_cmpuint (plan.places[5].part, ==, plan.n_cuts);
	/* The headings below a piece's own follow it. */
	g_autoptr (RnPieces) pieces = rn_pieces_new (document);
	rn_pieces_next (pieces, plan.cuts[1].line, 0);
	const RnDocument *two = rn_pieces_next (pieces, 0, 2);
	g_assert_cmpuint (two->root->first->level, ==, 2);
	g_assert_cmpuint (two->n_headings, ==, 3);
	g_assert_cmpuint (two->headings[0].level, ==, 2);
	/* One that has room is not cut, and one that has nothing to cut it at is told. */
	g_assert_cmpuint (rn_pieces_plan (document, 10000, arena, &plan), ==, 0);
	g_assert_cmpuint (plan.n_cuts, ==, 0);
	g_assert_cmpuint (rn_pieces_plan (document, 60, arena, &plan), ==, 5);
	rn_markdown_free (md);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/markdown/pieces/random", random_documents);
	g_test_add_func ("/markdown/pieces/levels", levels);
	return g_test_run ();
}
