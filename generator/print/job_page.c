/*
 * job_page.c - the job ticket as one A4 side: what it is, a table of what must be known, how the first sheet looks, and which files belong to it.
 *
 * In: what job.c works out. Out: a book of its own. Sizes are the ticket's, faces the product's; each label stands with the shop's term below it, which is JSON's key.
 */
#include "print/job-int.h"
#include "print/paragraph.h"

#include <string.h>

#define PAGE_WIDTH RN_MM (210)
#define PAGE_HEIGHT RN_MM (297)
#define MARGIN RN_MM (18)
#define LABEL RN_MM (38)           /* the width of a label */
#define TABLE RN_MM (104)          /* of labels and values */
#define SKETCH_X RN_MM (132)
#define SKETCH RN_MM (60)
#define GAP RN_MM (4)
#define LINE RN_PT (0.4)
#define GREY ((RnTint) 65)

typedef struct {
	RnSetter setter;
	const RnBook *job;
	const RnProduct *product;
	const RnImposition *imposition;
	RnJobFacts facts;
	RnSide *side;
	GArray *marks;                 /* of RnMark: all that is no text of the table */
	RnTextStyle title, label, term, value, small, figure;
	RnTag *table;
	RnLength y;                    /* of the next row's top */
} Ticket;

static RnTextStyle style_of (const RnProduct *product, RnStyleId id, RnFaceStyle face, RnLength size, RnLength leading, RnTint tint)
{
	RnTextStyle style = product->styles.text[id];
	style.face = face;
	style.size = size;
	style.leading = leading;
	style.before = style.after = style.first_indent = style.left = style.right = style.tracking = 0;
	style.align = RN_ALIGN_LEFT;
	style.hyphenate = style.on_grid = style.capitals = style.keep_with_next = FALSE;
	style.tint = tint;
	return style;
}

static const char *word (Ticket *t, const char *key, double n)
{
	return rn_setter_string (&t->setter, key, n);
}

static void add_rule (Ticket *t, RnLength x, RnLength y, RnLength w, RnLength h, RnTint tint)
{
	RnMark mark = { .kind = RN_MARK_RULE, .tint = tint, .x = x, .y = y, .w = w, .h = h };
	g_array_append_val (t->marks, mark);
}

/* A frame of lines inside the box. */
static void add_box (Ticket *t, RnLength x, RnLength y, RnLength w, RnLength h, RnLength line)
{
	add_rule (t, x, y, w, line, RN_BLACK);
	add_rule (t, x, y + h - line, w, line, RN_BLACK);
	add_rule (t, x, y, line, h, RN_BLACK);
	add_rule (t, x + w - line, y, line, h, RN_BLACK);
}

/* TEXT in lines at (X, Y); returns their height. */
static RnLength set_text (Ticket *t, const RnTextStyle *style, const char *text, RnTag *tag, RnLength x, RnLength y, RnLength measure)
{
	RnGalley *galley = rn_galley_new (t->setter.book->arena);
	RnParagraph *paragraph = rn_paragraph_new (&t->setter, style, tag);
	rn_paragraph_text (paragraph, text, -1, 0, NULL, NULL);
	rn_paragraph_set (paragraph, galley, 0, measure);
	RnLength height = 0;
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = galley->pieces->pdata[i];
		rn_side_place (t->side, piece, x, y + height);
		height += piece->height;
	}
	rn_galley_free (galley);
	return height;
}

/* --- the table -------------------------------------------------------------------------------------------------------------------------- */

static RnTag *tag (Ticket *t, RnTag *parent, RnRole role)
{
	return rn_tag_new (&t->setter.book->tags, parent, role);
}

/* A row: the label of print_job_KEY, KEY itself as the shop's term, VALUE. Nothing for an empty value. */
static void add_row (Ticket *t, const char *key, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	g_autofree char *name = g_strconcat ("print_job_", key, NULL), *term = g_strdelimit (g_strdup (key), "_", ' ');
	RnTag *row = tag (t, t->table, RN_ROLE_ROW), *head = tag (t, row, RN_ROLE_HEADER_CELL), *cell = tag (t, row, RN_ROLE_CELL);
	head->by_row = TRUE;
	const char *label = word (t, name, 1);
	add_rule (t, MARGIN, t->y, TABLE, LINE, GREY);
	RnLength top = t->y + RN_PT (3), left = set_text (t, &t->label, label, head, MARGIN, top, LABEL);
	if (g_ascii_strcasecmp (label, term) != 0) {
		RnTag *span = tag (t, head, RN_ROLE_SPAN);
		span->language = "en";
		left += set_text (t, &t->term, term, span, MARGIN, top + left, LABEL);
	}
	RnLength right = set_text (t, &t->value, value, cell, MARGIN + LABEL, top, TABLE - LABEL);
	t->y = top + MAX (left, right) + RN_PT (3);
}

static char *number (Ticket *t, double value)
{
	GString *out = g_string_new (NULL);
	rn_language_number (t->setter.language, out, value, -1);
	return g_string_free (out, FALSE);
}

static const char *fill (Ticket *t, const char *key, double n, const char *name, const char *value)
{
	return rn_setter_fill (&t->setter, word (t, key, n), name, value);
}

static const char *counted (Ticket *t, const char *key, guint n)
{
	g_autofree char *text = number (t, n);
	return fill (t, key, n, "n", text);
}

/* Tenths of a millimetre are all that a shop measures; of creep, hundredths. */
static char *tenths (Ticket *t, RnLength length)
{
	const gint64 whole = ((gint64) length * 254 + 36000) / 72000;
	return number (t, (double) whole / 10);
}

static const char *size_text (Ticket *t, RnLength width, RnLength height)
{
	g_autofree char *w = tenths (t, width), *h = tenths (t, height), *both = g_strdup_printf ("%s × %s", w, h);
	return fill (t, "print_job_mm", 0, "size", both);
}

static const char *length_text (Ticket *t, RnLength length)
{
	const gint64 whole = ((gint64) length * 2540 + 36000) / 72000;
	g_autofree char *text = number (t, (double) whole / 100);
	return fill (t, "print_job_mm", 0, "size", text);
}

static void add_edition (Ticket *t)
{
	g_autoptr (GString) text = g_string_new (t->job->edition);
	if (t->job->time) {
		g_string_append (text, text->len ? " · " : "");
		rn_language_date (t->setter.language, text, t->job->time, "long");
	}
	add_row (t, "edition", text->str);
}

static void add_pages (Ticket *t)
{
	g_autofree char *pages = number (t, t->facts.pages);
	add_row (t, "pages", t->facts.blanks ? rn_setter_fill (&t->setter, counted (t, "print_job_blank", t->facts.blanks), "pages", pages) : pages);
}

static void add_making (Ticket *t)
{
	static const char *const bindings[] = { "print_job_unbound", "print_job_saddle", "print_job_perfect" };
	static const char *const foldings[] = { "print_job_flat", "print_job_fold_once", "print_job_signatures", "print_job_folds" };
	add_row (t, "binding", word (t, bindings[t->facts.binding], 1));
	add_row (t, "folding", counted (t, foldings[t->facts.folding], t->facts.folds));
	if (t->imposition == NULL)
		return;
	const char *count = t->facts.up > 1 ? counted (t, "print_job_up", t->facts.up) : counted (t, "print_job_sheets", t->facts.sheets);
	g_autofree char *sheet = g_strdup_printf ("%s, %s", size_text (t, t->imposition->width, t->imposition->height), count);
	add_row (t, "sheet", sheet);
	g_autofree char *run = t->facts.run ? number (t, (double) t->facts.run) : NULL;
	add_row (t, "run", run);
	if (t->imposition->creep > 0)
		add_row (t, "creep", length_text (t, t->imposition->creep));
}

static void add_table (Ticket *t)
{
	const RnPrintProfile *profile = &t->product->profile;
	g_autofree char *copies = t->product->copies ? number (t, t->product->copies) : NULL;
	t->table = tag (t, t->setter.book->root, RN_ROLE_TABLE);
	add_row (t, "product", t->product->name);
	add_row (t, "language", t->setter.language->name);
	add_edition (t);
	add_row (t, "copies", copies);
	add_pages (t);
	add_row (t, "trim", size_text (t, t->facts.width, t->facts.height));
	add_row (t, "bleed", length_text (t, profile->bleed));
	add_row (t, "colours", rn_job_colours (&t->facts));
	add_row (t, "paper", profile->paper);
	add_row (t, "cover_paper", profile->cover_paper);
	add_making (t);
	add_row (t, "profile", profile->name);
	add_row (t, "standard", profile->x_version);
	add_row (t, "condition", profile->x_version ? profile->condition : NULL);
	add_rule (t, MARGIN, t->y, TABLE, LINE, GREY);
}

/* --- the sketch ------------------------------------------------------------------------------------------------------------------------- */

/* Dashes from TOP down to BOTTOM. */
static void add_dashes (Ticket *t, RnLength x, RnLength top, RnLength bottom)
{
	for (RnLength y = top; y + RN_PT (3) <= bottom; y += RN_PT (5))
		add_rule (t, x - LINE / 2, y, LINE, RN_PT (3), GREY);
}

/* FACE no wider and no higher than SKETCH, at (SKETCH_X, y): the paper, the sides with their numbers, the folds. Returns its height. */
static RnLength add_face (Ticket *t, const RnSheetFace *face, RnLength y)
{
	const RnImposition *sheet = t->imposition;
	const gint64 most = MAX (sheet->width, sheet->height);
#define SCALED(length) ((RnLength) ((gint64) (length) * SKETCH / most))
	RnLength height = SCALED (sheet->height), x = SKETCH_X + (SKETCH - SCALED (sheet->width)) / 2;
	add_rule (t, x, y, SCALED (sheet->width), height, 8);
	for (guint i = 0; i < face->n_sides; i++) {
		const RnImposedSide *side = &face->sides[i];
		RnLength left = x + SCALED (side->x), top = y + SCALED (side->y), w = SCALED (t->facts.width), h = SCALED (t->facts.height);
		add_rule (t, left, top, w, h, RN_PAPER);
		add_box (t, left, top, w, h, LINE);
		g_autofree char *number_text = side->side < 0 ? g_strdup ("–") : g_strdup_printf ("%d", side->side + 1);
		rn_line_marks (&t->setter, &t->figure, number_text, NULL, RN_ALIGN_CENTRE, left + w / 2, top + h / 2 + t->figure.size / 3, t->marks);
	}
	RnLength folds_top = y + SCALED (sheet->trim_y), folds_bottom = folds_top + SCALED (sheet->trim_height);
	for (guint i = 0; t->facts.folding == RN_FOLDED_AT && i < t->facts.folds; i++) {
		RnLength fold = t->product->impose.folds[i];
		add_dashes (t, x + SCALED (sheet->trim_x + (face->back ? sheet->trim_width - fold : fold)), folds_top, folds_bottom);
	}
	if (t->facts.folding == RN_FOLDED_ONCE || t->facts.folding == RN_FOLDED_SIGNATURES)
		add_dashes (t, x + SCALED (sheet->trim_x + sheet->trim_width / 2), y, y + height);
#undef SCALED
	return height;
}

static RnLength add_sketch (Ticket *t, RnLength y)
{
	for (guint i = 0; t->imposition && i < MIN (t->imposition->faces->len, 2); i++) {
		const RnSheetFace *face = &g_array_index (t->imposition->faces, RnSheetFace, i);
		const char *caption = word (t, face->back ? "print_job_back" : "print_job_face", 1);
		rn_line_marks (&t->setter, &t->small, caption, NULL, RN_ALIGN_LEFT, SKETCH_X, y + t->small.size, t->marks);
		y += t->small.leading + RN_PT (2);
		y += add_face (t, face, y) + GAP;
	}
	return y;
}

/* --- the files -------------------------------------------------------------------------------------------------------------------------- */

static void add_cell (Ticket *t, const RnTextStyle *style, const char *text, RnTag *row, RnRole role, RnAlign align, RnLength x)
{
	rn_line_marks (&t->setter, style, text, tag (t, row, role), align, x, t->y + style->size + RN_PT (2), t->marks);
}

static void add_files (Ticket *t, const RnJobFile *files, guint n)
{
	const RnLength bytes_x = MARGIN + RN_MM (100), hash_x = MARGIN + RN_MM (108), width = PAGE_WIDTH - 2 * MARGIN, height = t->label.leading + RN_PT (4);
	RnTag *table = tag (t, t->setter.book->root, RN_ROLE_TABLE), *head = tag (t, table, RN_ROLE_ROW);
	add_cell (t, &t->small, word (t, "print_job_file", 1), head, RN_ROLE_HEADER_CELL, RN_ALIGN_LEFT, MARGIN);
	add_cell (t, &t->small, word (t, "print_job_bytes", 1), head, RN_ROLE_HEADER_CELL, RN_ALIGN_RIGHT, bytes_x);
	add_cell (t, &t->small, "SHA-256", head, RN_ROLE_HEADER_CELL, RN_ALIGN_LEFT, hash_x);
	t->y += height;
	for (guint i = 0; i < n; i++) {
		char hex[65];
		rn_job_sha256 (&files[i], hex);
		hex[16] = 0;
		g_autofree char *bytes = number (t, (double) files[i].bytes->len);
		RnTag *row = tag (t, table, RN_ROLE_ROW);
		add_rule (t, MARGIN, t->y, width, LINE, GREY);
		add_cell (t, &t->label, files[i].name, row, RN_ROLE_CELL, RN_ALIGN_LEFT, MARGIN);
		add_cell (t, &t->label, bytes, row, RN_ROLE_CELL, RN_ALIGN_RIGHT, bytes_x);
		add_cell (t, &t->label, hex, row, RN_ROLE_CELL, RN_ALIGN_LEFT, hash_x);
		t->y += height;
	}
	add_rule (t, MARGIN, t->y, width, LINE, GREY);
}

/* --- the whole -------------------------------------------------------------------------------------------------------------------------- */

static void add_title (Ticket *t)
{
	RnTag *heading = tag (t, t->setter.book->root, RN_ROLE_H1), *kind = tag (t, t->setter.book->root, RN_ROLE_P);
	RnLength width = PAGE_WIDTH - 2 * MARGIN;
	t->y = MARGIN + set_text (t, &t->label, word (t, "print_job", 1), kind, MARGIN, MARGIN, width) + RN_PT (4);
	t->y += set_text (t, &t->title, *t->job->title ? t->job->title : t->product->name, heading, MARGIN, t->y, width) + RN_MM (6);
}

static void choose_styles (Ticket *t)
{
	t->title = style_of (t->product, RN_STYLE_H1, RN_FACE_BOLD, RN_PT (20), RN_PT (24), RN_BLACK);
	t->label = style_of (t->product, RN_STYLE_TABLE, RN_FACE_REGULAR, RN_PT (9.5), RN_PT (12), RN_BLACK);
	t->term = style_of (t->product, RN_STYLE_TABLE, RN_FACE_ITALIC, RN_PT (7.5), RN_PT (9), GREY);
	t->value = style_of (t->product, RN_STYLE_TABLE, RN_FACE_BOLD, RN_PT (9.5), RN_PT (12), RN_BLACK);
	t->small = style_of (t->product, RN_STYLE_TABLE, RN_FACE_REGULAR, RN_PT (8), RN_PT (10), GREY);
	t->figure = style_of (t->product, RN_STYLE_TABLE, RN_FACE_REGULAR, RN_PT (9), RN_PT (11), RN_BLACK);
}

RnBook *rn_job_book (const RnSite *site, const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n, RnDiagnostics *sink)
{
	RnBook *made = rn_book_new (language->code);
	Ticket t = { .setter = { .site = site, .product = product, .styles = product->styles, .book = made, .sink = sink, .language = language },
		.job = book, .product = product, .imposition = imposition, .facts = rn_job_facts (book, product, imposition), .marks = g_array_new (FALSE, FALSE, sizeof (RnMark)) };
	choose_styles (&t);
	made->title = rn_arena_printf (made->arena, "%s – %s", word (&t, "print_job", 1), *book->title ? book->title : product->name);
	made->author = rn_arena_strndup (made->arena, book->author, -1);
	made->edition = rn_arena_strndup (made->arena, book->edition, -1);
	made->time = book->time;
	t.side = rn_book_add_side (made, PAGE_WIDTH, PAGE_HEIGHT);
	add_title (&t);
	RnLength sketched = add_sketch (&t, t.y);
	add_table (&t);
	t.y = MAX (t.y, sketched) + RN_MM (6);
	add_files (&t, files, n);
	rn_side_add_marks (made, t.side, (const RnMark *) (gpointer) t.marks->data, t.marks->len);
	g_array_unref (t.marks);
	rn_book_settle (made);
	return made;
}
