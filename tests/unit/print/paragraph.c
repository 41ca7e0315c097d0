/*
 * paragraph - inline text as lines: cases of tests/cases/print/paragraph-NAME.md beside their .lines, and what must always hold of random text.
 *
 * A case's first line: its language, its measure in points, and words for its look (see options). The .lines have a line each: K where a column is not to begin, where
 * it stands and how wide it is in points, how wide its spaces are (T tight, = as they are, + loose, ! over twice), and its text: ¬ is a hyphen that the line
 * brought, ___ a blank, ··· a leader, ## a number that is put in later. RN_UPDATE=1 writes the .lines anew: look at the difference.
 */
#include "setter-helper.h"
#include "print/blocks.h"

#include <stdlib.h>

/* --- lines as text ---------------------------------------------------------------------------------------------------------- */

static void put_points (GString *out, RnLength length)
{
	gint tenths = (gint) ((ABS (length) + 50) / 100);
	g_string_append_printf (out, "%s%d.%d", length < 0 && tenths ? "-" : "", tenths / 10, tenths % 10);
}

/* The right end of all that is to be seen of PIECE, from its left. */
static RnLength right_end (const RnPiece *piece)
{
	RnLength right = 0;
	for (guint i = 0; i < piece->n_marks; i++)
		right = MAX (right, piece->marks[i].x + piece->marks[i].w);
	return right;
}

static RnLength left_end (const RnPiece *piece)
{
	RnLength left = G_MAXINT32;
	for (guint i = 0; i < piece->n_marks; i++)
		left = MIN (left, piece->marks[i].x);
	return piece->n_marks ? left : 0;
}

/* Text of a line, not the number of a note. */
static gboolean is_text (const RnMark *mark)
{
	return mark->kind == RN_MARK_TEXT && mark->tag && mark->tag->role != RN_ROLE_LABEL;
}

/* The spaces inside of PIECE (not the last) beside their faces' own. */
static char tightness (const RnPiece *piece)
{
	gint64 is = 0, own = 0, last_is = 0, last_own = 0;
	for (guint i = 0; i < piece->n_marks; i++)
		for (guint k = 0; is_text (&piece->marks[i]) && k < piece->marks[i].text.n; k++) {
			const RnGlyph *glyph = &piece->marks[i].text.glyphs[k];
			if (glyph->flags & RN_GLYPH_SPACE) {
				is += last_is, own += last_own;
				last_is = glyph->advance, last_own = piece->marks[i].text.font->space;
			} else if (last_own)
				is += last_is, own += last_own, last_is = last_own = 0;
		}
	if (!own)
		return ' ';
	return is * 100 < own * 95 ? 'T' : is * 100 <= own * 105 ? '=' : is <= 2 * own ? '+' : '!';
}

static gboolean is_number (const Setting *s, const RnMark *mark)
{
	for (guint i = 0; i < s->setter.book->numbers->len; i++)
		if (g_array_index (s->setter.book->numbers, RnSideNumber, i).glyphs == mark->text.glyphs)
			return TRUE;
	return FALSE;
}

static void put_mark (const Setting *s, GString *out, const RnMark *mark)
{
	if (mark->kind == RN_MARK_RULE && mark->h == RN_PT (0.5))
		g_string_append (out, "___");
	else if (mark->kind == RN_MARK_RULE)
		g_string_append (out, "~");
	if (mark->kind != RN_MARK_TEXT)
		return;
	if (!mark->tag) {
		g_string_append (out, "···");
		return;
	}
	if (is_number (s, mark)) {
		g_string_append (out, "##");
		return;
	}
	for (guint i = 0; i < mark->text.n; i++) {
		const RnGlyph *glyph = &mark->text.glyphs[i];
		if (glyph->flags & RN_GLYPH_SOFT_HYPHEN)
			g_string_append (out, "¬");
		else
			g_string_append_len (out, glyph->text, glyph->len);
	}
}

static void put_piece (const Setting *s, GString *out, const RnPiece *piece, const char *indent)
{
	g_string_append_printf (out, "%s%c ", indent, piece->penalty >= RN_KEEP ? 'K' : piece->penalty > 0 ? 'k' : '.');
	put_points (out, left_end (piece));
	g_string_append (out, " ");
	put_points (out, right_end (piece) - left_end (piece));
	g_string_append_printf (out, " %c |", tightness (piece));
	for (guint i = 0; i < piece->n_marks; i++)
		put_mark (s, out, &piece->marks[i]);
	g_string_append (out, "|\n");
	for (guint i = 0; i < piece->n_notes; i++)
		for (guint k = 0; k < piece->notes[i]->n; k++)
			put_piece (s, out, piece->notes[i]->pieces[k], "    ");
}

/* --- cases ------------------------------------------------------------------------------------------------------------------ */

#define SITE \
	"-- content/faq/near.ru.md --\n---\ntitle: Near\n---\n# Place {#place}\n\nText.\n" \
	"-- content/faq/near.tg.md --\n---\ntitle: Near\n---\nText.\n" \
	"-- content/faq/far.ru.md --\n---\ntitle: Far\n---\nText.\n"

static void read_option (Setting *s, RnTextStyle *style, const char *word)
{
	static const struct { const char *word; guint value; } aligns[] = {
		{ "left", RN_ALIGN_LEFT }, { "centre", RN_ALIGN_CENTRE }, { "right", RN_ALIGN_RIGHT },
	};
	for (guint i = 0; i < G_N_ELEMENTS (aligns); i++)
		if (!strcmp (aligns[i].word, word)) {
			style->align = (guint8) aligns[i].value;
			return;
		}
	if (!strcmp (word, "inline"))
		s->product.links = RN_LINKS_INLINE;
	else if (!strcmp (word, "nolinks"))
		s->product.links = RN_LINKS_NONE;
	else if (!strcmp (word, "address"))
		s->product.address = "https://example.tj";
	else if (!strcmp (word, "capitals"))
		style->capitals = TRUE;
	else if (!strcmp (word, "indent"))
		style->first_indent = style->leading;
	else
		g_error ("no option '%s'", word);
}

/* What is set of CASE, and what was said. */
static char *set_case (const char *text)
{
	const char *body = strchr (text, '\n') + 1;
	g_autofree char *head = g_strndup (text, (gsize) (body - text - 1));
	g_auto (GStrv) words = g_strsplit (head, " ", -1);
	g_autofree char *site = g_strdup_printf (SITE "-- content/faq/case.%s.md --\n---\ntitle: Case\n---\n%s", words[0], body);
	g_autoptr (Setting) s = setting_open (site);
	g_autoptr (GString) out = g_string_new (NULL);
	RnTextStyle style = s->setter.styles.text[RN_STYLE_BODY];
	for (char **word = words + 2; *word; word++)
		read_option (s, &style, *word);
	setting_in_book (s, words[0], "faq/near");
	setting_in_book (s, words[0], "faq/case");
	const RnDocument *document = setting_page (s, words[0], "faq/case");
	const RnNode *notes = document->root->first;
	while (notes && notes->type != RN_NODE_FOOTNOTE)
		notes = notes->next;
	for (const RnNode *block = document->root->first; block && block->type != RN_NODE_FOOTNOTE; block = block->next) {
		RnGalley *galley = rn_galley_new (s->setter.book->arena);
		RnParagraph *paragraph = rn_paragraph_new (&s->setter, &style, rn_tag_new (&s->setter.book->tags, s->setter.book->root, RN_ROLE_P));
		rn_paragraph_footnotes (paragraph, notes);
		rn_paragraph_nodes (paragraph, block->first, 0);
		rn_paragraph_set (paragraph, galley, 0, RN_PT (atoi (words[1])));
		for (guint i = 0; i < galley->pieces->len; i++)
			put_piece (s, out, galley->pieces->pdata[i], "");
		g_string_append (out, "\n");
		rn_galley_free (galley);
	}
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (s->sink, &n);
	for (guint i = 0; i < n; i++)
		if (list[i]->where.file && strstr (list[i]->where.file, "/case."))
			g_string_append_printf (out, "%u: [%s] %s\n", list[i]->where.line, rn_diagnostic_kind (list[i]->id)->id, list[i]->message);
	return g_string_free (g_steal_pointer (&out), FALSE);
}

static void test_case (gconstpointer data)
{
	const char *file = data;
	g_autofree char *text = NULL, *golden = NULL, *lines = g_strndup (file, strlen (file) - 2), *path = g_strconcat (lines, "lines", NULL);
	g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
	g_autofree char *out = set_case (text);
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (path, out, -1, NULL));
	g_assert_true (g_file_get_contents (path, &golden, NULL, NULL));
	g_assert_cmpstr (out, ==, golden);
}

static void add_cases (void)
{
	const char *folder = RN_TESTS "/cases/print", *name;
	g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	while (dir && (name = g_dir_read_name (dir)))
		if (g_str_has_prefix (name, "paragraph-") && g_str_has_suffix (name, ".md"))
			g_ptr_array_add (names, g_build_filename (folder, name, NULL));
	g_ptr_array_sort (names, (GCompareFunc) (void (*) (void)) strcmp);
	g_assert_cmpuint (names->len, >, 5);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *base = g_path_get_basename (names->pdata[i]), *test = g_strdup_printf ("/paragraph/case/%s", base);
		g_test_add_data_func_full (test, names->pdata[i], test_case, g_free);
	}
}

/* --- what always holds ------------------------------------------------------------------------------------------------------ */

static const char *const words[] = {
	"патент", "иҷозатнома", "a", "в", "государство", "муҳоҷират", "кто-нибудь", "научно-исследовательский", "и/или", "10\302\240000", "https://example.org/a/b-c?d=e",
	"превысокомногорассмотрительствующий", "дил\302\255сӯзона", "№", "—", "(8-800-555-35-35)", "е\314\201ж", "«слово»", "ab\342\200\213cd", "ЗАГЛАВНЫМИ", "info@example.org", "2010–2015",
};

static const char *word (GRand *rand)
{
	return words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
}

/* A paragraph of Markdown, N words or so. */
static char *random_markdown (GRand *rand, gint n)
{
	static const char *const forms[] = { "**%s %s**", "*%s %s*", "~~%s %s~~", "`%s %s`", "[%s %s](/faq/near)", "[%s %s](https://example.com/x)", "%s[^n] %s[^m]", "%s\\\n%s", "%s\n%s", "**%s *%s***",
		"<sup>%s</sup>%s", "<u>%s %s</u>", "%s<br>%s" };
	g_autoptr (GString) out = g_string_new ("Начало");
	for (gint i = 0; i < n; i++) {
		g_string_append_c (out, ' ');
		if (g_rand_int_range (rand, 0, 3)) {
			g_string_append (out, word (rand));
			continue;
		}
		g_auto (GStrv) parts = g_strsplit (forms[g_rand_int_range (rand, 0, G_N_ELEMENTS (forms))], "%s", 3);
		g_string_append_printf (out, "%s%s%s%s%s", parts[0], word (rand), parts[1], word (rand), parts[2]);
	}
	g_string_append (out, "\n\n[^n]: Сноска *с курсивом*.\n[^m]: Вторая.\n");
	return g_string_free (g_steal_pointer (&out), FALSE);
}

static void put_source (GString *out, const RnNode *node)
{
	for (; node; node = node->next) {
		if (node->type == RN_NODE_TEXT || node->type == RN_NODE_CODE)
			g_string_append_len (out, node->text, node->len);
		else if (node->type == RN_NODE_SOFT_BREAK || node->type == RN_NODE_LINE_BREAK || (node->type == RN_NODE_HTML && !strncmp (node->text, "<br", 3)))
			g_string_append_c (out, ' ');
		else if (node->type == RN_NODE_FOOTNOTE_REFERENCE)
			/* A figure and the number of a note are kept apart. */
			g_string_append_printf (out, "%s%u", out->len && g_ascii_isdigit (out->str[out->len - 1]) ? "\302\240" : "", node->number);
		put_source (out, node->first);
	}
}

/* Without soft hyphens, and one space where there are more. */
static char *plain (const char *text)
{
	g_autoptr (GString) out = g_string_new (NULL);
	for (const char *p = text; *p; p = g_utf8_next_char (p))
		if (g_utf8_get_char (p) != 0xad && !(*p == ' ' && out->len && out->str[out->len - 1] == ' '))
			g_string_append_len (out, p, g_utf8_next_char (p) - p);
	return g_strchomp (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Sets all paragraphs of the case MEASURE wide; appends the text of their glyphs to TEXT and all else that is on paper to PAPER. */
static void set_all (Setting *s, const RnDocument *document, const RnTextStyle *style, RnLength measure, GString *text, GString *paper)
{
	const RnNode *notes = document->root->first;
	while (notes && notes->type != RN_NODE_FOOTNOTE)
		notes = notes->next;
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	RnParagraph *paragraph = rn_paragraph_new (&s->setter, style, s->setter.book->root);
	rn_paragraph_footnotes (paragraph, notes);
	rn_paragraph_nodes (paragraph, document->root->first->first, 0);
	rn_paragraph_set (paragraph, galley, 0, measure);
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = galley->pieces->pdata[i];
		g_assert_cmpint (right_end (piece), <=, measure);
		g_assert_cmpint (left_end (piece), >=, 0);
		if (piece->n_notes)
			g_assert_cmpint (piece->notes[0]->height, >, 0);
		put_piece (s, paper, piece, "");
		for (guint k = 0; k < piece->n_marks; k++)
			for (guint g = 0; piece->marks[k].kind == RN_MARK_TEXT && g < piece->marks[k].text.n; g++) {
				const RnGlyph *glyph = &piece->marks[k].text.glyphs[g];
				g_string_append_printf (paper, "%u:%d ", glyph->glyph, glyph->advance);
				g_string_append_len (text, glyph->text, glyph->len);
			}
	}
	rn_galley_free (galley);
}

static Setting *random_setting (guint32 seed)
{
	GRand *rand = g_rand_new_with_seed (seed);
	g_autofree char *markdown = random_markdown (rand, g_rand_int_range (rand, 1, 150));
	g_autofree char *site = g_strdup_printf (SITE "-- content/faq/case.ru.md --\n---\ntitle: Case\n---\n%s", markdown);
	Setting *s = setting_open (site);
	s->product.links = RN_LINKS_NONE;
	s->product.page_references = FALSE;
	g_rand_free (rand);
	return s;
}

static gpointer set_random (gpointer data)
{
	Setting *s = data;
	GString *paper = g_string_new (NULL);
	g_autoptr (GString) text = g_string_new (NULL);
	const RnDocument *document = setting_page (s, "ru", "faq/case");
	set_all (s, document, &s->setter.styles.text[RN_STYLE_BODY], RN_PT (161), text, paper);
	return paper;
}

static void test_random (void)
{
	static const gint measures[] = { 60, 100, 161, 334, 1000 };
	for (guint32 seed = 1; seed <= 60; seed++) {
		g_autoptr (Setting) s = random_setting (seed);
		for (guint m = 0; m < G_N_ELEMENTS (measures); m++) {
			g_autoptr (GString) text = g_string_new (NULL), source = g_string_new (NULL), paper = g_string_new (NULL);
			RnTextStyle style = s->setter.styles.text[RN_STYLE_BODY];
			style.align = (guint8) ((seed + m) % 4);
			style.first_indent = seed % 3 ? 0 : style.leading;
			const RnDocument *document = setting_page (s, "ru", "faq/case");
			put_source (source, document->root->first->first);
			set_all (s, document, &style, RN_PT (measures[m]), text, paper);
			g_autofree char *is = plain (text->str), *should_be = plain (source->str);
			g_assert_cmpstr (is, ==, should_be);
		}
	}
}

static void test_same (void)
{
	for (guint32 seed = 100; seed < 110; seed++) {
		g_autoptr (Setting) s = random_setting (seed);
		g_autoptr (Setting) t = random_setting (seed);
		GThread *first = g_thread_new ("set", set_random, s), *second = g_thread_new ("set", set_random, t);
		GString *a = g_thread_join (first), *b = g_thread_join (second), *c;
		g_assert_cmpstr (a->str, ==, b->str);
		setting_book (s);
		c = set_random (s);
		g_assert_cmpstr (a->str, ==, c->str);
		g_string_free (a, TRUE);
		g_string_free (b, TRUE);
		g_string_free (c, TRUE);
	}
}

/* --- single things ---------------------------------------------------------------------------------------------------------- */

static RnParagraph *new_paragraph (Setting *s, const RnTextStyle *style, const char *text)
{
	RnParagraph *paragraph = rn_paragraph_new (&s->setter, style, s->setter.book->root);
	rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
	return paragraph;
}

/* Set as wide as it wants it is one line, a unit narrower it is two; measuring changes nothing. */
static void test_widths (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	const RnTextStyle *style = &s->setter.styles.text[RN_STYLE_BODY];
	RnLength narrowest, widest, again[2];
	for (gint less = 0; less < 2; less++) {
		RnGalley *galley = rn_galley_new (s->setter.book->arena);
		RnParagraph *paragraph = new_paragraph (s, style, "Барои гирифтани патент");
		rn_paragraph_widths (paragraph, &narrowest, &widest);
		rn_paragraph_widths (paragraph, &again[0], &again[1]);
		g_assert_true (again[0] == narrowest && again[1] == widest && narrowest < widest);
		/* Spaces give a quarter before a line is broken. */
		rn_paragraph_set (paragraph, galley, 0, less ? widest - 2 * style->size : widest);
		g_assert_cmpuint (galley->pieces->len, ==, less ? 2 : 1);
		rn_galley_free (galley);
	}
}

/* Contents: dots up to a number at the right edge, in step. */
static void test_leader (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	RnTextStyle style = s->setter.styles.text[RN_STYLE_BODY];
	style.align = RN_ALIGN_LEFT;
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	RnLength dots[2] = { 0, 0 };
	for (guint i = 0; i < 2; i++) {
		RnParagraph *paragraph = new_paragraph (s, &style, i ? "Муқаддима" : "Что взять с собой");
		rn_paragraph_leader (paragraph);
		rn_paragraph_page_number (paragraph, "ru/faq/near", TRUE, NULL, NULL);
		rn_paragraph_set (paragraph, galley, 0, RN_PT (200));
		const RnPiece *piece = rn_galley_last (galley);
		g_assert_cmpint (right_end (piece), ==, RN_PT (200));
		for (guint k = 0; k < piece->n_marks; k++)
			if (!piece->marks[k].tag)
				dots[i] = (piece->marks[k].x + piece->marks[k].w) % (style.size / 2);
	}
	g_assert_cmpuint (galley->pieces->len, ==, 2);
	g_assert_cmpuint (s->setter.book->numbers->len, ==, 2);
	g_assert_cmpint (dots[0], ==, dots[1]);
	const RnSideNumber *number = &g_array_index (s->setter.book->numbers, RnSideNumber, 1);
	g_assert_cmpuint (number->n, ==, s->setter.book->page_number_digits);
	g_assert_cmpstr (number->anchor, ==, "ru/faq/near");
	rn_galley_free (galley);
}

static void test_line_marks (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	const RnTextStyle *style = &s->setter.styles.text[RN_STYLE_BODY];
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnLength width = rn_line_marks (&s->setter, style, "Роҳ", NULL, RN_ALIGN_LEFT, 1000, 2000, marks);
	g_assert_cmpint (rn_line_marks (&s->setter, style, "Роҳ", NULL, RN_ALIGN_RIGHT, 1000, 2000, marks), ==, width);
	rn_line_marks (&s->setter, style, "Роҳ", NULL, RN_ALIGN_CENTRE, 1000, 2000, marks);
	g_assert_cmpint (rn_line_marks (&s->setter, style, "", NULL, RN_ALIGN_CENTRE, 1000, 2000, marks), ==, 0);
	g_assert_cmpuint (marks->len, ==, 3);
	g_assert_cmpint (g_array_index (marks, RnMark, 0).x, ==, 1000);
	g_assert_cmpint (g_array_index (marks, RnMark, 1).x, ==, 1000 - width);
	g_assert_cmpint (g_array_index (marks, RnMark, 2).x, ==, 1000 - width / 2);
	g_assert_cmpint (width, ==, rn_font_width (rn_style_font (&s->setter, style, 0), "Роҳ", "tg"));
}

/* In a face of fixed pitch the indents and the spaces of code stand. */
static void test_code (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	RnTextStyle style = s->setter.styles.text[RN_STYLE_BODY];
	style.faces[0] = style.mono;
	style.align = RN_ALIGN_LEFT;
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	RnParagraph *paragraph = new_paragraph (s, &style, "if x:");
	rn_paragraph_break (paragraph);
	rn_paragraph_text (paragraph, "    y = ___1", -1, RN_TEXT_MONO, NULL, NULL);
	rn_paragraph_set (paragraph, galley, 0, RN_PT (300));
	g_assert_cmpuint (galley->pieces->len, ==, 2);
	g_assert_cmpint (right_end (rn_galley_last (galley)), ==, 12 * 6000);
	rn_galley_free (galley);
}

/* Sizes, places and prices of pieces. */
static void test_pieces (void)
{
	g_autoptr (Setting) s = setting_open (SITE);
	RnTextStyle style = s->setter.styles.text[RN_STYLE_BODY];
	style.before = 4000, style.after = 6000, style.left = 5000;
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	for (guint i = 0; i < 2; i++)
		rn_paragraph_set (new_paragraph (s, &style, "Барои гирифтани патент ба муҳоҷир сӣ рӯз вақт медиҳанд, аз рӯзи омадан."), galley, 10000, RN_PT (110));
	guint n = galley->pieces->len;
	g_assert_cmpuint (n % 2, ==, 0);
	g_assert_cmpuint (n, >=, 8);
	const RnFont *font = rn_style_font (&s->setter, &style, 0);
	for (guint i = 0; i < n; i++) {
		const RnPiece *piece = galley->pieces->pdata[i];
		guint k = i % (n / 2);
		g_assert_cmpint (piece->height, ==, style.leading);
		g_assert_true (piece->on_grid);
		g_assert_cmpint (piece->space, ==, i == n / 2 ? 6000 : i ? 0 : 4000);
		g_assert_cmpint (piece->marks[0].x, ==, 15000);
		g_assert_cmpint (piece->marks[0].y, ==, (style.leading - font->ascent - font->descent) / 2 + font->ascent);
		g_assert_true ((piece->penalty == RN_KEEP) == (k == 1 || k == n / 2 - 1));
	}
	g_assert_cmpint (galley->after, ==, 6000);
	rn_galley_free (galley);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	add_cases ();
	g_test_add_func ("/paragraph/random", test_random);
	g_test_add_func ("/paragraph/same", test_same);
	g_test_add_func ("/paragraph/widths", test_widths);
	g_test_add_func ("/paragraph/leader", test_leader);
	g_test_add_func ("/paragraph/line-marks", test_line_marks);
	g_test_add_func ("/paragraph/code", test_code);
	g_test_add_func ("/paragraph/pieces", test_pieces);
	return g_test_run ();
}
