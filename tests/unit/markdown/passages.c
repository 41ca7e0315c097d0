/* passages.c - pages as passages: what is one and where, what became of each, and where it stands in a translation. */
#include "markdown/passages.h"

#include <string.h>

static const RnLanguage language = { .code = "xx", .name = "x", .dir = "ltr" };
static const RnField fields[] = { { .name = "answer", .type = RN_FIELD_TEXT }, { .name = "phone", .type = RN_FIELD_PHONE, .shared = TRUE } };
static const RnType type = { .name = "t", .fields = fields, .n_fields = 2 };
static const RnPage page = { .language = &language, .type = &type, .file = "a.md", .url = "/xx/a/", .title = "T", .key = "a" };

typedef struct { RnMarkdown *markdown; RnArena *arena; } Bench;

static Bench bench_new (void)
{
	return (Bench) { rn_markdown_new (NULL, &(RnMarkdownOptions) { 0 }, NULL), rn_arena_new (0) };
}

static void bench_clear (Bench *bench)
{
	rn_markdown_free (bench->markdown);
	rn_arena_free (bench->arena);
}

static RnPassages passages_of (Bench *bench, const char *text)
{
	RnPassages passages;
	g_assert_true (rn_passages_read (bench->markdown, &page, text, strlen (text), bench->arena, &passages));
	return passages;
}

/* "kind line:col text" a line. */
static char *shown (const RnPassages *passages)
{
	static const char *const kinds[] = { "field", "heading", "paragraph", "item", "row", "code", "html" };
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < passages->n; i++) {
		const RnPassage *one = &passages->items[i];
		g_string_append_printf (out, "%s%s%s %u:%u %s\n", kinds[one->kind], one->name ? " " : "", one->name ? one->name : "", one->line, one->col, one->text);
	}
	return g_string_free (out, FALSE);
}

static void reading (void)
{
	Bench bench = bench_new ();
	const char *text = "---\ntitle: The title\nweight: 3\nanswer: [one, two]\nphone: '+992'\n---\n# The title\n\nA *paragraph*\nin **two** lines with [a link](/faq/a) and\n<https://a.example>.\n\n"
		"- an item\n\n  and its second paragraph\n- ![alt](p.png)\n\n> [!NOTE] Own title\n> A word[^1] of HTML.\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n```yaml\nx:  1\n```\n\n<div>raw</div>\n\n"
		"[^1]: a note\n\n*[HTML]: its meaning\n\n<!-- nothing -->\n";
	const RnPassages passages = passages_of (&bench, text);
	g_autofree char *all = shown (&passages);
	g_assert_cmpstr (all, ==,
		"field title 2:1 The title\nfield answer 4:1 one, two\nheading 7:1 The title\nparagraph 9:1 A *paragraph* in **two** lines with [a link](/faq/a) and https://a.example.\n"
		"item 13:3 an item\nparagraph 15:3 and its second paragraph\nitem 16:3 ![alt](p.png)\nparagraph 18:1 [!note] Own title\nparagraph 18:3 A word[^] of HTML (its meaning).\n"
		"row 21:1 a | b\nrow 23:1 1 | `2`\ncode 25:1 yaml x: 1\nhtml 29:1 <div>raw</div>\nparagraph 31:7 a note\n");
	g_assert_cmpuint (passages.fields, ==, 2);
	RnPassages none;
	g_assert_false (rn_passages_read (bench.markdown, &page, "---\ntitle: x\n", 13, bench.arena, &none));
	g_assert_false (rn_passages_read (bench.markdown, &page, "---\ntitle: [\n---\n", 17, bench.arena, &none));
	g_assert_false (rn_passages_read (bench.markdown, &page, "a\xff", 2, bench.arena, &none));
	g_assert_true (rn_passages_read (bench.markdown, &page, "", 0, bench.arena, &none) && none.n == 0);
	bench_clear (&bench);
}

/* "~3>4" changed, "+4" added, "-3" removed, "^3>4" moved: by their lines. What is the same is not told. */
static char *fates (Bench *bench, const char *before, const char *after)
{
	const RnPassages old = passages_of (bench, before), new = passages_of (bench, after);
	g_autoptr (GArray) pairs = rn_passages_pair (&old, &new);
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < pairs->len; i++) {
		const RnPassagePair *pair = &g_array_index (pairs, RnPassagePair, i);
		const char *blank = out->len && pair->fate != RN_PASSAGE_SAME ? " " : "";
		switch (pair->fate) {
		case RN_PASSAGE_SAME: g_assert_cmpstr (old.items[pair->a].text, ==, new.items[pair->b].text); break;
		case RN_PASSAGE_CHANGED: g_string_append_printf (out, "%s~%u>%u", blank, old.items[pair->a].line, new.items[pair->b].line); break;
		case RN_PASSAGE_ADDED: g_string_append_printf (out, "%s+%u", blank, new.items[pair->b].line); break;
		case RN_PASSAGE_REMOVED: g_string_append_printf (out, "%s-%u", blank, old.items[pair->a].line); break;
		case RN_PASSAGE_MOVED:
			g_assert_cmpstr (old.items[pair->a].text, ==, new.items[pair->b].text);
			g_string_append_printf (out, "%s^%u>%u", blank, old.items[pair->a].line, new.items[pair->b].line);
			break;
		}
	}
	return g_string_free (out, FALSE);
}

static void pairing (void)
{
	static const char *const cases[][3] = {
		{ "", "", "" }, { "a\n", "a\n", "" }, { "", "a\n", "+1" }, { "a\n", "", "-1" },
		/* Wrapped anew, other blanks, another way to write the same. */
		{ "one two three four\n", "one  two\nthree\tfour\n\n", "" }, { "* a\n* b\n", "- a\n- b\n", "" }, { "A _word_.\n", "A *word*.\n", "" }, { "Head\n====\n", "# Head\n", "" },
		{ "A word.\n\nThe fee is 100.\n", "A word.\n\nThe fee is 150.\n", "~3>3" }, { "All other words.\n", "Nothing is alike here.\n", "~1>1" },
		{ "[a](/b)\n", "[a](/c)\n", "~1>1" }, { "## A\n\ntext\n", "### A\n\ntext\n", "~1>1" },
		/* Something new before, and the old one changed. */
		{ "One two three four.\n", "Brand new words stand here.\n\nOne two three five.\n", "+1 ~1>3" }, { "Gone for good, all of it.\n\nOne two three four.\n", "One two three five.\n", "-1 ~3>1" },
		{ "a\n\nb\n\nc\n", "b\n\nc\n\na\n", "^1>5" }, { "- a b\n- c d\n- e f\n", "- a b\n- e f\n", "-2" }, { "| a |\n|---|\n| 1 |\n| 2 |\n", "| a |\n|---|\n| 1 |\n| 3 |\n", "~4>4" },
		{ "---\ntitle: A\nweight: 1\n---\ntext\n", "---\ntitle: B\nweight: 2\n---\ntext\n", "~2>2" }, { "---\nanswer: a\n---\n", "---\ntitle: T\n---\n", "+2 -2" },
		{ "---\nTitle: A\n---\n", "---\ntitle: A\nphone: 1\n---\n", "" },
		/* What only moved stands in nobody's place. */
		{ "one\n\n## H\n\nk\n\nmoved\n", "moved\n\n## H\n\nk\n\nnew\n", "-1 ^7>1 +7" },
		{ "old\n\n## H\n\nk\n\nmoved\n", "moved\n\nother\n\n## H\n\nk\n", "^7>1 ~1>3" },
		/* A paragraph that becomes an item is still that one. */
		{ "One two three four.\n", "- One two three four.\n", "~1>1" },
	};
	Bench bench = bench_new ();
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *said = fates (&bench, cases[i][0], cases[i][1]);
		g_assert_cmpstr (said, ==, cases[i][2]);
	}
	bench_clear (&bench);
}

/* --- any two versions ------------------------------------------------------------------------------------------------------------------ */

static const char *const parts[][2] = { { "# Head ", "\n\n" }, { "## Part ", "\n\n" }, { "A paragraph of number ", " and some words more.\n\n" }, { "- first ", "\n- second\n\n" },
	{ "| a ", " |\n|---|\n| b |\n\n" }, { "> said ", "\n\n" } };

static char *random_page (GRand *rand, guint kinds)
{
	GString *text = g_string_new (g_rand_boolean (rand) ? "---\ntitle: A title\n---\n" : "");
	for (gint n = g_rand_int_range (rand, 0, 14); n > 0; n--) {
		const char *const *part = parts[g_rand_int (rand) % G_N_ELEMENTS (parts)];
		g_string_append_printf (text, "%s%u%s", part[0], g_rand_int (rand) % kinds, part[1]);
	}
	return g_string_free (text, FALSE);
}

/* Every passage of both has one fate; new ones stand in their order, and so do those old ones that did not move. */
static void check_pairs (const RnPassages *old, const RnPassages *new)
{
	g_autoptr (GArray) pairs = rn_passages_pair (old, new);
	g_autofree guint *seen = g_new0 (guint, old->n + 1);
	gint next = 0, last = (gint) old->fields - 1;
	for (guint i = 0; i < pairs->len; i++) {
		const RnPassagePair *pair = &g_array_index (pairs, RnPassagePair, i);
		g_assert_true ((pair->a < 0) == (pair->fate == RN_PASSAGE_ADDED));
		g_assert_true ((pair->b < 0) == (pair->fate == RN_PASSAGE_REMOVED));
		if (pair->a >= 0)
			seen[pair->a]++;
		if (pair->b >= 0)
			g_assert_cmpint (pair->b, ==, next++);
		if (pair->a >= (gint) old->fields && pair->fate != RN_PASSAGE_MOVED) {
			g_assert_cmpint (pair->a, >, last);
			last = pair->a;
		}
	}
	g_assert_cmpint (next, ==, (gint) new->n);
	for (guint i = 0; i < old->n; i++)
		g_assert_cmpuint (seen[i], ==, 1);
}

static void check_places (const RnPassages *old, const RnPassages *translation)
{
	g_autofree RnPassagePlace *places = rn_passages_places (old, translation);
	for (guint i = 0; i < old->n; i++) {
		g_assert_cmpint (places[i].index, >=, -1);
		g_assert_cmpint (places[i].index, <, (gint) translation->n);
		if (i >= old->fields && places[i].index >= 0)
			g_assert_cmpint (places[i].exact ? (gint) old->items[i].kind : (gint) RN_PASSAGE_HEADING, ==, (gint) translation->items[places[i].index].kind);
	}
}

static void any_two (void)
{
	g_autoptr (GRand) rand = g_rand_new_with_seed (5);
	Bench bench = bench_new ();
	for (guint round = 0; round < 1500; round++) {
		rn_arena_reset (bench.arena);
		g_autofree char *before = random_page (rand, 1 + round % 9), *after = random_page (rand, 1 + round % 9);
		const RnPassages old = passages_of (&bench, before), new = passages_of (&bench, after);
		check_pairs (&old, &new);
		check_places (&old, &new);
	}
	bench_clear (&bench);
}

/* More than can be held against each other one by one. */
static void very_many (void)
{
	Bench bench = bench_new ();
	g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
	for (guint i = 0; i < 3000; i++) {
		g_string_append_printf (before, "old%u words%u\n\n", i, i);
		g_string_append_printf (after, "new%u terms%u\n\n", i, i);
	}
	const RnPassages old = passages_of (&bench, before->str), new = passages_of (&bench, after->str);
	check_pairs (&old, &new);
	bench_clear (&bench);
}

/* --- places ------------------------------------------------------------------------------------------------------------------------------ */

static void places (void)
{
	static const struct { const char *old, *translation, *expected; } cases[] = {
		{ "---\ntitle: T\n---\na\n\n## H\n\nb\n\n- c\n", "---\nx: 1\ntitle: T\n---\nA\n\n## H\n\nB\n\n- C\n", "3 5 7 9 11" },
		/* The translation has a paragraph more under its first heading: there its heading is told. */
		{ "## H\n\na\n\nb\n\n## I\n\nc\n", "## H\n\nA\n\nB1\n\nB2\n\n## I\n\nC\n", "1 1? 1? 9 11" },
		/* It lacks the last section. */
		{ "a\n\n## H\n\nb\n\n## I\n\nc\n", "A\n\n## H\n\nB\n", "1 3 5 3? 3?" },
		{ "---\ntitle: T\n---\na\n\nb\n", "A\n\n- B\n", "0 0? 0?" },
	};
	Bench bench = bench_new ();
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		const RnPassages old = passages_of (&bench, cases[i].old), translation = passages_of (&bench, cases[i].translation);
		g_autofree RnPassagePlace *at = rn_passages_places (&old, &translation);
		g_autoptr (GString) said = g_string_new (NULL);
		for (guint k = 0; k < old.n; k++)
			g_string_append_printf (said, "%s%u%s", k ? " " : "", at[k].index < 0 ? 0 : translation.items[at[k].index].line, at[k].exact ? "" : "?");
		g_assert_cmpstr (said->str, ==, cases[i].expected);
	}
	bench_clear (&bench);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/passages/reading", reading);
	g_test_add_func ("/passages/pairing", pairing);
	g_test_add_func ("/passages/any-two", any_two);
	g_test_add_func ("/passages/very-many", very_many);
	g_test_add_func ("/passages/places", places);
	return g_test_run ();
}
