/* Documents set as boxes against tests/cases/print/<name>.md beside .boxes, and random documents against what must hold for all. */
#include "boxes.h"

typedef struct { const char *name, *language; double measure, height; } Case;

static const Case cases[] = {
	{ "blocks-lists", "ru", 200, 500 }, { "blocks-frames", "ru", 200, 500 }, { "blocks-code", "ru", 161, 500 },
	{ "html", "ru", 240, 500 },
};

static char *read_case (const char *name)
{
	g_autofree char *file = g_strconcat (name, ".md", NULL), *path = g_build_filename (RN_TESTS, "cases", "print", file, NULL);
	char *text;
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	return text;
}

static void test_case (gconstpointer data)
{
	const Case *c = data;
	g_autoptr (Setting) s = box_open (NULL, "ru");
	g_autofree char *markdown = read_case (c->name), *golden = g_strconcat (c->name, ".boxes", NULL);
	RnGalley *galley = box_set (s, markdown, RN_PT (c->measure), RN_PT (c->height));
	g_autofree char *text = boxes (galley);
	assert_golden (golden, text);
	rn_galley_free (galley);
}

/* --- random documents ------------------------------------------------------------------------------------------------------- */

static const char *const words[] = {
	"паспорт", "the", "a", "муҳоҷират", "**ҳуҷҷат**", "*и*", "`x = 1`", "[ссылка](https://example.org/очень/длинный/адрес/без/пробелов)", "слово[^1]", "¹", "100 000",
	"http://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "—", "«кавычки»", "__________",
};

static void random_words (GRand *rand, GString *out, guint most)
{
	for (guint n = (guint) g_rand_int_range (rand, 0, (gint) most); n > 0; n--) {
		g_string_append (out, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
		g_string_append_c (out, ' ');
	}
	if (g_rand_int_range (rand, 0, 20) == 0)
		for (guint i = 0; i < 400; i++)
			g_string_append (out, "ж");
}

/* Each line of a block that stands behind PREFIX. */
static void random_block (GRand *rand, GString *out, const char *prefix, guint depth);

static void nested (GRand *rand, GString *out, const char *prefix, const char *mark, const char *more, guint depth)
{
	g_autofree char *inner = g_strconcat (prefix, more, NULL);
	g_string_append_printf (out, "%s%s", prefix, mark);
	random_words (rand, out, 6);
	g_string_append_printf (out, "\n%s\n", inner);
	for (guint n = (guint) g_rand_int_range (rand, 0, 3); n > 0; n--)
		random_block (rand, out, inner, depth + 1);
}

static void random_table (GRand *rand, GString *out, const char *prefix)
{
	guint columns = (guint) g_rand_int_range (rand, 1, 12), rows = (guint) g_rand_int_range (rand, 1, 6);
	for (guint row = 0; row < rows + 2; row++) {
		g_string_append (out, prefix);
		for (guint i = 0; i < columns; i++) {
			g_string_append_c (out, '|');
			if (row == 1)
				g_string_append (out, "---");
			else
				random_words (rand, out, 4);
		}
		g_string_append (out, "|\n");
	}
}

static void random_block (GRand *rand, GString *out, const char *prefix, guint depth)
{
	switch (depth > 12 ? 0 : g_rand_int_range (rand, 0, 10)) {
	case 0: case 1:
		g_string_append (out, prefix);
		random_words (rand, out, 40);
		break;
	case 2:
		g_string_append_printf (out, "%s%.*s ", prefix, g_rand_int_range (rand, 1, 7), "######");
		random_words (rand, out, 5);
		break;
	case 3: nested (rand, out, prefix, "- ", "  ", depth); break;
	case 4: nested (rand, out, prefix, "1234567. ", "         ", depth); break;
	case 5: nested (rand, out, prefix, "> ", "> ", depth); break;
	case 6: nested (rand, out, prefix, "> [!NOTE] ", "> ", depth); break;
	case 7: random_table (rand, out, prefix); break;
	case 8: g_string_append_printf (out, "%s```\n%s\tкод и ещё код и ещё код и ещё код и ещё код и ещё код и ещё код\n%s```", prefix, prefix, prefix); break;
	default:
		g_string_append_printf (out, "%s<ul><li>раз<table><tr><td>", prefix);
		random_words (rand, out, 4);
		g_string_append (out, "<ol><li>в ячейке</li></ol></td><td>два</td></tr></table></li></ul>");
		break;
	}
	g_string_append_printf (out, "\n%s\n", prefix);
}

/* Letters and digits alone: hyphens, blanks and numbers of lists come and go. */
static void count_letters (const char *text, guint counts[0x600])
{
	for (; *text; text = g_utf8_next_char (text)) {
		gunichar c = g_utf8_get_char (text);
		if (c < 0x600 && g_unichar_isalpha (c))
			counts[c]++;
	}
}

/* Text that stands in the tree: links' own words, not what print adds to them. */
static void tree_letters (const RnNode *node, GString *out)
{
	if (node->type == RN_NODE_HTML_BLOCK || node->type < RN_NODE_TEXT || node->type == RN_NODE_TEXT || node->type == RN_NODE_CODE)
		rn_node_text (node, out);
}

static void check_letters (const RnGalley *galley, const RnDocument *document)
{
	guint set[0x600] = { 0 }, wanted[0x600] = { 0 };
	g_autoptr (GString) out = g_string_new (NULL), source = g_string_new (NULL);
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = g_ptr_array_index (galley->pieces, i);
		for (guint m = 0; m < piece->n_marks; m++)
			if (piece->marks[m].kind == RN_MARK_TEXT)
				box_text (&piece->marks[m], out);
	}
	for (const RnNode *node = document->root->first; node; node = node->next)
		if (node->type != RN_NODE_FOOTNOTE)
			tree_letters (node, source);
	count_letters (out->str, set);
	count_letters (source->str, wanted);
	for (guint c = 0; c < G_N_ELEMENTS (set); c++)
		if (set[c] < wanted[c]) {
			g_test_message ("U+%04X: wanted %u, set %u", c, wanted[c], set[c]);
			g_test_fail ();
			return;
		}
}

static void test_random (void)
{
	for (guint seed = 1; seed <= 60; seed++) {
		g_autoptr (Setting) s = box_open (NULL, seed % 2 ? "ru" : "tg");
		GRand *rand = g_rand_new_with_seed (seed);
		g_autoptr (GString) text = g_string_new (NULL);
		RnLength measure = RN_PT (g_rand_int_range (rand, 100, 350));
		for (guint i = 0; i < 12; i++)
			random_block (rand, text, "", 0);
		g_string_append (text, "\n[^1]: Сноска.\n");
		RnGalley *galley = rn_galley_new (s->setter.book->arena);
		RnBlocks blocks = box_blocks (s, galley, measure, RN_PT (400));
		const RnDocument *document = rn_markdown_parse (s->markdown, s->setter.page, text->str, text->len, 5);
		g_assert_nonnull (document);
		rn_set_document (&blocks, document);
		assert_inside (galley, measure);
		check_letters (galley, document);
		if (g_test_failed ()) {
			g_test_message ("seed %u, measure %d:\n%s", seed, measure, text->str);
			seed = 1000;
		}
		rn_galley_free (galley);
		g_rand_free (rand);
	}
}

/* HTML that no editor writes. */
static void test_hostile (void)
{
	static const char *const parts[] = { "<div>", "<ul>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<b>", "<details><summary>", "<a href='x'><p>", "<figure><img src='/x.png'>", "<pre>" };
	g_autoptr (Setting) s = box_open (NULL, "ru");
	for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
		g_autoptr (GString) html = g_string_new (NULL);
		for (guint k = 0; k < 400; k++)
			g_string_append (html, parts[i]);
		g_string_append (html, "конец");
		RnNode node = { .type = RN_NODE_HTML_BLOCK, .line = 5, .text = html->str, .len = (guint32) html->len };
		RnGalley *galley = rn_galley_new (s->setter.book->arena);
		RnBlocks blocks = box_blocks (s, galley, RN_PT (200), RN_PT (400));
		rn_set_block (&blocks, &node);
		assert_inside (galley, RN_PT (200));
		rn_galley_free (galley);
	}
}

static void test_hold (void)
{
	g_autoptr (Setting) s = box_open (NULL, "ru");
	RnGalley *galley = box_set (s, "## А\n\n### Б\n\n| а |\n|---|\n| б |\n\nтекст\n", RN_PT (200), RN_PT (400));
	g_assert_cmpuint (galley->pieces->len, ==, 5);
	for (guint i = 1; i < 4; i++)
		g_assert_cmpint (((RnPiece *) galley->pieces->pdata[i])->penalty, ==, RN_KEEP);
	g_assert_cmpint (((RnPiece *) galley->pieces->pdata[4])->penalty, ==, 0);
	rn_galley_free (galley);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *name = g_strconcat ("/print/blocks/", cases[i].name, NULL);
		g_test_add_data_func (name, &cases[i], test_case);
	}
	g_test_add_func ("/print/blocks/hold", test_hold);
	g_test_add_func ("/print/blocks/random", test_random);
	g_test_add_func ("/print/blocks/hostile", test_hostile);
	return g_test_run ();
}
