/*
 * pdf_sample.h - a small book made by hand that has one of each: two faces, Tajik letters, bold, links in and out of the book, a table whose head stands twice, a list,
 * a picture, a drawing, a note, a soft hyphen, a raised glyph, a number of a side, an empty cell and a blank side.
 */
#ifndef RN_TEST_PDF_SAMPLE_H
#define RN_TEST_PDF_SAMPLE_H

#include "print/pdf.h"

#include <string.h>

#define FONTS "/usr/share/fonts/truetype/paratype"

typedef struct {
	RnSite       site;
	RnFontFiles *files;
	const RnFace *serif, *bold;
	RnDiagnostics *sink;
} Faces;

typedef struct {
	RnBook   *book;
	RnSide   *side;
	RnLength  y;
	const RnFont *serif, *bold, *small;
	RnArena  *arena;
} Sample;

static inline void faces_open (Faces *faces)
{
	static const char *const folders[] = { FONTS, NULL };
	memset (faces, 0, sizeof *faces);
	faces->sink = rn_diagnostics_new ();
	faces->files = rn_font_files_new (&faces->site);
	faces->serif = rn_font_files_load (faces->files, "PTF55F.ttf", folders, RN_PLACE (NULL, 0, 0), faces->sink);
	faces->bold = rn_font_files_load (faces->files, "PTS75F.ttf", folders, RN_PLACE (NULL, 0, 0), faces->sink);
}

static inline void faces_close (Faces *faces)
{
	rn_font_files_free (faces->files);
	rn_diagnostics_free (faces->sink);
}

/* TEXT from (x, 0), its base line at the piece's top: a mark of its own memory. */
static inline RnMark sample_text (Sample *s, const RnFont *font, const char *text, RnLength x, RnTag *tag, const RnTarget *target)
{
	g_autoptr (GArray) glyphs = g_array_new (FALSE, TRUE, sizeof (RnGlyph));
	const char *copy = rn_arena_strndup (s->arena, text, -1);
	rn_font_shape (font, copy, strlen (copy), "tg", glyphs, NULL);
	RnMark mark = { .kind = RN_MARK_TEXT, .tint = RN_BLACK, .x = x, .y = font->ascent, .tag = tag, .target = target };
	mark.text.font = font;
	mark.text.n = glyphs->len;
	mark.text.glyphs = rn_arena_newn (s->arena, RnGlyph, glyphs->len + 1);
	if (glyphs->len)
		memcpy (mark.text.glyphs, glyphs->data, sizeof (RnGlyph) * glyphs->len);
	for (guint i = 0; i < glyphs->len; i++)
		mark.w += mark.text.glyphs[i].advance;
	return mark;
}

static inline RnPiece *sample_piece (Sample *s, const RnMark *marks, guint n, RnLength height)
{
	RnPiece *piece = rn_arena_new0 (s->arena, RnPiece);
	piece->height = height;
	rn_piece_add_marks (s->arena, piece, marks, n, FALSE);
	rn_side_place (s->side, piece, RN_MM (15), s->y);
	s->y += height + RN_PT (2);
	return piece;
}

static inline RnPiece *sample_line (Sample *s, const RnFont *font, const char *text, RnTag *tag)
{
	RnMark mark = sample_text (s, font, text, 0, tag, NULL);
	return sample_piece (s, &mark, 1, font->size + RN_PT (4));
}

static inline void sample_side (Sample *s, const char *label)
{
	s->side = rn_book_add_side (s->book, RN_MM (148), RN_MM (210));
	s->side->label = rn_arena_strndup (s->arena, label, -1);
	s->side->blank = !*label;
	s->y = RN_MM (20);
}

static inline RnTag *sample_tag (Sample *s, RnTag *parent, RnRole role)
{
	return rn_tag_new (&s->book->tags, parent ? parent : s->book->root, role);
}

static inline void sample_contents (Sample *s)
{
	RnTag *contents = sample_tag (s, NULL, RN_ROLE_CONTENTS), *item = sample_tag (s, contents, RN_ROLE_CONTENTS_ITEM);
	RnTag *reference = sample_tag (s, item, RN_ROLE_REFERENCE), *link = sample_tag (s, reference, RN_ROLE_LINK);
	RnTarget *target = rn_arena_new0 (s->arena, RnTarget);
	target->anchor = "contract";
	RnMark marks[3];
	marks[0] = sample_text (s, s->serif, "Шартномаи меҳнатӣ ", 0, link, target);
	marks[1] = sample_text (s, s->bold, "(нав) ", marks[0].w, link, target);
	marks[2] = sample_text (s, s->serif, "00", marks[0].w + marks[1].w, link, target);
	RnSideNumber number = { marks[2].text.glyphs, 2, s->serif, "contract", TRUE, FALSE };
	g_array_append_val (s->book->numbers, number);
	sample_piece (s, marks, 3, RN_PT (15));
}

/* A paragraph over two lines, with a soft hyphen, a link out and a raised figure; its reference has no Link above it. */
static inline void sample_paragraph (Sample *s)
{
	RnTag *p = sample_tag (s, NULL, RN_ROLE_P), *strong = sample_tag (s, p, RN_ROLE_SPAN);
	RnTarget *target = rn_arena_new0 (s->arena, RnTarget);
	target->uri = "https://example.org/дӯст?a=(b)";
	RnMark marks[4];
	marks[0] = sample_text (s, s->serif, "Ҳар коргар ҳуқуқ дорад: ғайрат, қувват, ", 0, p, NULL);
	marks[1] = sample_text (s, s->bold, "меҳ-", marks[0].w, strong, NULL);
	RnGlyph *hyphen = &marks[1].text.glyphs[marks[1].text.n - 1];
	hyphen->text = "\u00AD";
	hyphen->len = 2;
	hyphen->flags = RN_GLYPH_SOFT_HYPHEN;
	sample_piece (s, marks, 2, RN_PT (15));
	marks[0] = sample_text (s, s->bold, "нат ", 0, strong, NULL);
	marks[1] = sample_text (s, s->serif, "ҷой; -5 % ", marks[0].w, p, NULL);
	marks[2] = sample_text (s, s->serif, "дӯст (сомона)", marks[0].w + marks[1].w, p, target);
	marks[3] = sample_text (s, s->small, "1", marks[0].w + marks[1].w + marks[2].w, p, NULL);
	marks[3].text.glyphs[0].dy = RN_PT (3);
	sample_piece (s, marks, 4, RN_PT (15));
}

static inline RnPiece *sample_row (Sample *s, RnTag *table, RnRole role, const char *first, const char *second)
{
	RnTag *row = sample_tag (s, table, RN_ROLE_ROW);
	RnMark marks[3] = { { .kind = RN_MARK_RULE, .tint = 20, .w = RN_PT (300), .h = RN_PT (0.5) } };
	marks[1] = sample_text (s, s->serif, first, 0, sample_tag (s, row, role), NULL);
	marks[2] = sample_text (s, s->serif, second, RN_PT (150), sample_tag (s, row, role), NULL);
	return sample_piece (s, marks, 3, RN_PT (15));
}

static inline void sample_list (Sample *s)
{
	RnTag *list = sample_tag (s, NULL, RN_ROLE_LIST);
	list->ordered = TRUE;
	for (guint i = 0; i < 2; i++) {
		RnTag *item = sample_tag (s, list, RN_ROLE_ITEM), *body = sample_tag (s, item, RN_ROLE_ITEM_BODY);
		RnMark marks[2];
		marks[0] = sample_text (s, s->serif, i ? "2. " : "1. ", 0, sample_tag (s, item, RN_ROLE_LABEL), NULL);
		marks[1] = sample_text (s, s->serif, i ? "дуюм" : "якум", marks[0].w, sample_tag (s, body, RN_ROLE_P), NULL);
		sample_piece (s, marks, 2, RN_PT (15));
	}
}

static inline void sample_figures (Sample *s, guint width, guint height)
{
	guint8 *grey = rn_arena_alloc (s->arena, (gsize) width * height);
	for (guint i = 0; i < width * height; i++)
		grey[i] = (guint8) ((i % width) * 3 + i / width * 2);
	RnPicture *picture = rn_arena_new0 (s->arena, RnPicture);
	*picture = (RnPicture) { 0, width, height, grey };
	RnTag *photo = sample_tag (s, NULL, RN_ROLE_FIGURE), *drawing = sample_tag (s, NULL, RN_ROLE_FIGURE);
	photo->alt = "Сурати санҷишӣ";
	drawing->alt = "Секунҷа";
	RnMark mark = { .kind = RN_MARK_PICTURE, .w = RN_PT (100), .h = RN_PT (60), .tag = photo };
	mark.picture = picture;
	sample_piece (s, &mark, 1, RN_PT (60));
	static const RnLength points[] = { 0, 0, RN_PT (50), 0, RN_PT (50), RN_PT (20), RN_PT (30), RN_PT (40), 0, RN_PT (40) }, dashes[] = { RN_PT (3), RN_PT (1.5) };
	RnPath *path = rn_arena_new0 (s->arena, RnPath);
	*path = (RnPath) { .segments = "mlcz", .n_segments = 4, .points = points, .n_points = 5, .filled = TRUE, .even_odd = TRUE, .stroked = TRUE, .fill = 30, .stroke = 100,
	                   .width = RN_PT (0.75), .cap = 1, .join = 2, .dashes = dashes, .n_dashes = 2 };
	mark = (RnMark) { .kind = RN_MARK_PATH, .tag = drawing };
	mark.path = path;
	sample_piece (s, &mark, 1, RN_PT (42));
}

static inline void sample_folio (Sample *s, const char *text)
{
	RnMark marks[2] = { sample_text (s, s->small, text, RN_MM (70), NULL, NULL), { .kind = RN_MARK_RULE, .tint = 10, .x = -RN_MM (3), .y = 0, .w = RN_MM (8), .h = RN_MM (20) } };
	marks[0].y = RN_MM (200);
	rn_side_add_marks (s->book, s->side, marks, 2);
}

static inline void sample_outline (Sample *s)
{
	static const RnOutlineEntry entries[] = { { "Муқаддима", 1, "contents", FALSE }, { "Шартнома", 1, "contract", FALSE }, { "Ҷадвал", 2, "table", FALSE }, { "Nowhere", 2, "no such place", FALSE },
	                                          { "Deep", 4, "table", FALSE }, { "Поён", 1, "end", FALSE } };
	g_array_append_vals (s->book->outline, entries, G_N_ELEMENTS (entries));
}

/* The second half: a table whose head is repeated, a note and the figures. */
static inline void sample_rest (Sample *s)
{
	RnTag *table = sample_tag (s, NULL, RN_ROLE_TABLE);
	RnPiece *head = sample_row (s, table, RN_ROLE_HEADER_CELL, "Ном", "Рақам");
	rn_piece_add_anchor (s->arena, head, "table");
	sample_row (s, table, RN_ROLE_CELL, "Якум", "");
	RnTag *note = sample_tag (s, NULL, RN_ROLE_NOTE);
	sample_line (s, s->small, "1 Эзоҳ дар поёни саҳифа.", sample_tag (s, note, RN_ROLE_P));
	sample_folio (s, "3");
	sample_side (s, "4");
	rn_side_place (s->side, head, RN_MM (15), s->y);
	s->y += RN_PT (17);
	sample_row (s, table, RN_ROLE_CELL, "Дуюм", "2");
	sample_list (s);
	sample_figures (s, 120, 80);
	RnTag *russian = sample_tag (s, NULL, RN_ROLE_P);
	russian->language = "ru";
	rn_piece_add_anchor (s->arena, sample_line (s, s->serif, "Ёлка по-русски", russian), "end");
	sample_folio (s, "4");
}

/* pages: further sides of plain text. */
static inline RnBook *sample_book (const Faces *faces, guint pages)
{
	RnBook *book = rn_book_new ("tg");
	Sample s = { .book = book, .arena = book->arena };
	s.serif = rn_fonts_get (book->fonts, faces->serif, RN_PT (10.5));
	s.bold = rn_fonts_get (book->fonts, faces->bold, RN_PT (10.5));
	s.small = rn_fonts_get (book->fonts, faces->serif, RN_PT (8));
	book->title = "Роҳнамо (санҷиш)";
	book->subject = "Subject";
	book->author = "Author & Co";
	book->time = 1700000000;
	sample_outline (&s);
	sample_side (&s, "");
	sample_side (&s, "ii");
	rn_piece_add_anchor (s.arena, sample_line (&s, s.bold, "Мундариҷа", sample_tag (&s, NULL, RN_ROLE_H1)), "contents");
	sample_contents (&s);
	sample_side (&s, "3");
	rn_piece_add_anchor (s.arena, sample_line (&s, s.bold, "Шартномаи меҳнатӣ", sample_tag (&s, NULL, RN_ROLE_H1)), "contract");
	sample_paragraph (&s);
	sample_rest (&s);
	for (guint i = 0; i < pages; i++) {
		g_autofree char *label = g_strdup_printf ("%u", i + 5);
		sample_side (&s, label);
		for (guint k = 0; k < 9; k++)
			sample_paragraph (&s);
		sample_folio (&s, label);
	}
	return book;
}

#endif
