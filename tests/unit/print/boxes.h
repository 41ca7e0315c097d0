/*
 * boxes.h - documents set with styles of every kind, and what was set as text: a line a piece, below it a line a mark.
 *
 *   piece 13.5 space 7.0 keep line 8          its height, the white above it, whether it holds on to the one before
 *     text 13.5 9.4 P |Words|                 from the piece's top left corner, in points; the role of its tag
 */
#ifndef RN_TESTS_BOXES_H
#define RN_TESTS_BOXES_H

#include "setter-helper.h"
#include "print/blocks.h"

#include <string.h>

typedef struct { RnStyleId id; gboolean sans; guint8 face; double size, leading, before, after, left; guint8 align; } BoxStyle;

#define BOX_SITE "-- content/a.ru.md --\n---\ntitle: A\n---\n\ntext\n-- content/b.ru.md --\n---\ntitle: B\n---\n\ntext\n-- content/a.tg.md --\n---\ntitle: A\n---\n\ntext\n"

G_GNUC_UNUSED static void box_styles (Setting *s)
{
	static const BoxStyle own[] = {
		{ RN_STYLE_H1, TRUE, RN_FACE_BOLD, 20, 27, 0, 13.5, 0, RN_ALIGN_LEFT }, { RN_STYLE_H2, TRUE, RN_FACE_BOLD, 14, 18, 18, 9, 0, RN_ALIGN_LEFT },
		{ RN_STYLE_H3, TRUE, RN_FACE_BOLD, 11, 13.5, 13.5, 7, 0, RN_ALIGN_LEFT }, { RN_STYLE_H4, TRUE, RN_FACE_BOLD, 10, 13.5, 13.5, 0, 0, RN_ALIGN_LEFT },
		{ RN_STYLE_QUOTE, FALSE, RN_FACE_ITALIC, 10, 13.5, 7, 7, 13.5, RN_ALIGN_JUSTIFY }, { RN_STYLE_CALLOUT, TRUE, 0, 9, 12, 8, 8, 0, RN_ALIGN_LEFT },
		{ RN_STYLE_CALLOUT_TITLE, TRUE, RN_FACE_BOLD, 9, 12, 8, 2, 0, RN_ALIGN_LEFT }, { RN_STYLE_CODE, FALSE, 0, 8, 11, 6, 6, 0, RN_ALIGN_LEFT },
		{ RN_STYLE_TABLE, TRUE, 0, 8.5, 11, 8, 8, 0, RN_ALIGN_LEFT }, { RN_STYLE_TABLE_HEAD, TRUE, RN_FACE_BOLD, 8.5, 11, 8, 8, 0, RN_ALIGN_LEFT },
		{ RN_STYLE_FACT_LABEL, TRUE, 0, 8.5, 11, 6, 8, 0, RN_ALIGN_LEFT }, { RN_STYLE_FACT, TRUE, RN_FACE_BOLD, 8.5, 11, 6, 8, 0, RN_ALIGN_LEFT },
	};
	static const char *const sans[] = { "PTS55F.ttf", "PTS75F.ttf", "PTS56F.ttf", "PTS76F.ttf" };
	RnStyles *styles = &s->setter.styles;
	for (guint i = 0; i < G_N_ELEMENTS (own); i++) {
		RnTextStyle *style = &styles->text[own[i].id];
		for (guint k = 0; own[i].sans && k < RN_FACES; k++)
			style->faces[k] = setting_face (s, sans[k]);
		style->face = own[i].face;
		style->size = RN_PT (own[i].size), style->leading = RN_PT (own[i].leading);
		style->before = RN_PT (own[i].before), style->after = RN_PT (own[i].after);
		style->left = style->right = RN_PT (own[i].left);
		style->align = own[i].align;
		style->on_grid = FALSE;
	}
	styles->text[RN_STYLE_BODY].first_indent = RN_PT (13.5);
	styles->callout_padding = RN_PT (7), styles->callout_bar = RN_PT (2.5);
	styles->rule = RN_PT (0.4), styles->table_padding = RN_PT (3);
	styles->callout_tint = 9, styles->table_head_tint = 12, styles->quote_bar_tint = 45;
}

/* SITE (NULL: pages a and b), with page "a" in LANGUAGE at hand. */
G_GNUC_UNUSED static Setting *box_open (const char *site, const char *language)
{
	Setting *s = setting_open (site ? site : BOX_SITE);
	box_styles (s);
	setting_page (s, language, "a");
	return s;
}

/* Blocks at the galley's left edge, MEASURE wide, in columns of HEIGHT. */
G_GNUC_UNUSED static RnBlocks box_blocks (Setting *s, RnGalley *galley, RnLength measure, RnLength height)
{
	return (RnBlocks) {
		.setter = &s->setter, .galley = galley, .measure = measure, .column_height = height, .parent = s->setter.book->root,
		.body = &s->setter.styles.text[RN_STYLE_BODY],
	};
}

/* MARKDOWN set, as the body of the page at hand from line 5 on. Free the galley. */
G_GNUC_UNUSED static RnGalley *box_set (Setting *s, const char *markdown, RnLength measure, RnLength height)
{
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	RnBlocks blocks = box_blocks (s, galley, measure, height);
	rn_set_document (&blocks, rn_markdown_parse (s->markdown, s->setter.page, markdown, strlen (markdown), 5));
	return galley;
}

/* The characters that MARK's glyphs stand for. Appended. */
G_GNUC_UNUSED static void box_text (const RnMark *mark, GString *out)
{
	for (guint i = 0; i < mark->text.n; i++)
		g_string_append_len (out, mark->text.glyphs[i].text, mark->text.glyphs[i].len);
}

G_GNUC_UNUSED static void box_put_length (GString *out, RnLength length)
{
	gint tenths = (length + (length < 0 ? -50 : 50)) / 100;
	g_string_append_printf (out, "%s%d.%d", tenths < 0 ? "-" : "", ABS (tenths) / 10, ABS (tenths) % 10);
}

G_GNUC_UNUSED static void box_put_mark (GString *out, const RnMark *mark)
{
	static const char *const kinds[] = { "text", "rule", "path", "picture" };
	static const char *const roles[RN_ROLES] = {
		"Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "Note",
		"Reference", "Link", "Span", "Code", "Quote", "TOC", "TOCI", "Index",
	};
	g_string_append_printf (out, "  %s ", kinds[mark->kind]);
	box_put_length (out, mark->x);
	g_string_append_c (out, ' ');
	box_put_length (out, mark->y);
	if (mark->kind == RN_MARK_RULE) {
		g_string_append (out, " + ");
		box_put_length (out, mark->w);
		g_string_append (out, " x ");
		box_put_length (out, mark->h);
		g_string_append_printf (out, " tint %u", mark->tint);
	}
	if (mark->tag)
		g_string_append_printf (out, " %s%s", roles[mark->tag->role], mark->tag->by_row ? " of its row" : "");
	if (mark->target)
		g_string_append_printf (out, " -> %s%s", mark->target->anchor ? mark->target->anchor : "", mark->target->uri ? mark->target->uri : "");
	if (mark->kind == RN_MARK_TEXT) {
		g_string_append (out, " |");
		box_text (mark, out);
		g_string_append_c (out, '|');
	}
	g_string_append_c (out, '\n');
}

G_GNUC_UNUSED static void box_put_piece (GString *out, const RnPiece *piece)
{
	g_string_append (out, "piece ");
	box_put_length (out, piece->height);
	g_string_append (out, " space ");
	box_put_length (out, piece->space);
	if (piece->penalty >= RN_KEEP)
		g_string_append (out, " keep");
	else if (piece->penalty != 0)
		g_string_append_printf (out, " penalty %d", piece->penalty);
	g_string_append (out, piece->on_grid ? " grid" : "");
	g_string_append (out, piece->repeat ? " repeat" : "");
	for (guint i = 0; i < piece->n_anchors; i++)
		g_string_append_printf (out, " #%s", piece->anchors[i]);
	g_string_append_printf (out, " line %u\n", piece->line);
	for (guint i = 0; i < piece->n_marks; i++)
		box_put_mark (out, &piece->marks[i]);
	for (guint i = 0; i < piece->n_notes; i++)
		for (guint k = 0; k < piece->notes[i]->n; k++) {
			g_string_append (out, "note ");
			box_put_piece (out, piece->notes[i]->pieces[k]);
		}
}

/* All of GALLEY. Free it. */
G_GNUC_UNUSED static char *boxes (const RnGalley *galley)
{
	GString *out = g_string_new (NULL);
	for (guint i = 0; i < galley->pieces->len; i++)
		box_put_piece (out, g_ptr_array_index (galley->pieces, i));
	return g_string_free (out, FALSE);
}

/* TEXT against the golden file NAME below tests/cases/print; RN_UPDATE=1 writes it anew: look at the difference. */
G_GNUC_UNUSED static void assert_golden (const char *name, const char *text)
{
	g_autofree char *path = g_build_filename (RN_TESTS, "cases", "print", name, NULL), *wanted = NULL;
	if (g_getenv ("RN_UPDATE"))
		g_assert_true (g_file_set_contents (path, text, -1, NULL));
	g_assert_true (g_file_get_contents (path, &wanted, NULL, NULL));
	if (strcmp (wanted, text) != 0) {
		g_auto (GStrv) a = g_strsplit (wanted, "\n", -1), b = g_strsplit (text, "\n", -1);
		guint i = 0;
		while (a[i] && b[i] && !strcmp (a[i], b[i]))
			i++;
		g_test_message ("%s:%u: wanted '%s', got '%s'", path, i + 1, a[i] ? a[i] : "(end)", b[i] ? b[i] : "(end)");
		g_test_fail ();
	}
}

/* No mark beyond the measure, no height below zero. */
G_GNUC_UNUSED static void assert_inside (const RnGalley *galley, RnLength measure)
{
	for (guint k = 0; k < galley->pieces->len; k++) {
		const RnPiece *piece = g_ptr_array_index (galley->pieces, k);
		g_assert_cmpint (piece->height, >=, 0);
		g_assert_cmpint (piece->space, >=, 0);
		for (guint i = 0; i < piece->n_marks; i++) {
			g_assert_cmpint (piece->marks[i].x, >=, -1);
			g_assert_cmpint (piece->marks[i].x + piece->marks[i].w, <=, measure + RN_PT (0.5));
		}
	}
}

#endif
