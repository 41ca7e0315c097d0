/*
 * pour.c - galley -> columns -> sides, with running heads, folios and the rules above notes.
 *
 * Margins lie at the spine and at the fore edge: side 0 is a right-hand one. Invariant: furniture carries no tag and lies within the margins.
 */
#include "print/paragraph.h"
#include "print/pour.h"
#include "print/set.h"

#include <string.h>

typedef struct {
	RnComposer        *composer;
	const RnFurniture *furniture;
	const RnGalley    *galley;
	RnLength  measure, height, gutter;   /* of one column */
	guint     columns, first;            /* first: the number of the first side */
	RnLength  head;                      /* what stands over the columns of the first side takes so much */
	const char *running;                 /* the last that was set */
} Pour;

static RnLength column_height (gpointer user, guint column)
{
	const Pour *pour = user;
	return pour->height - (column < pour->columns ? pour->head : 0);
}

static RnLength width_of (RnSetter *setter, const RnTextStyle *style, const char *text)
{
	return rn_font_width (rn_style_font (setter, style, 0), text, setter->language->code) + style->tracking * (RnLength) g_utf8_strlen (text, -1);
}

/* TEXT as far as it goes into WIDTH: whole words, and dots for the rest. */
static const char *fitted (RnSetter *setter, const RnTextStyle *style, const char *text, RnLength width)
{
	if (width_of (setter, style, text) <= width)
		return text;
	g_autoptr (GString) cut = g_string_new (text);
	for (;;) {
		const char *blank = strrchr (cut->str, ' ');
		if (!blank || blank == cut->str)
			return rn_arena_strndup (setter->book->arena, cut->str, -1);
		g_string_truncate (cut, (gsize) (blank - cut->str));
		while (cut->len > 0 && strchr (",.;:-", cut->str[cut->len - 1]))
			g_string_truncate (cut, cut->len - 1);
		gsize len = cut->len;
		g_string_append (cut, "…");
		if (width_of (setter, style, cut->str) <= width)
			return rn_arena_strndup (setter->book->arena, cut->str, -1);
		g_string_truncate (cut, len);
	}
}

/* What the head of a side says that shows the pieces from BEGIN to END; NULL: nothing. */
static const char *head_of (Pour *pour, guint begin, guint end)
{
	const char *on = NULL, *last = NULL;
	for (guint i = begin; i < end; i++) {
		const char *running = ((const RnPiece *) pour->galley->pieces->pdata[i])->running;
		if (!running)
			continue;
		if (i == begin || (!on && *running))
			on = running;
		last = running;
	}
	if (!on)
		on = pour->running;
	if (last)
		pour->running = last;
	return on && *on ? on : NULL;
}

/* Beside the number, towards the spine: what the marks at the side's titles mean. */
static void put_foot (Pour *pour, const RnSide *side, gboolean recto, RnLength left, RnLength right, GArray *marks)
{
	RnSetter *setter = &pour->composer->setter;
	const RnProduct *product = setter->product;
	const RnTextStyle *running = &setter->styles.text[RN_STYLE_RUNNING], *folio = &setter->styles.text[RN_STYLE_FOLIO];
	const RnLength y = product->height - product->bottom / 2 + folio->size / 3;
	guint notices = 0;
	for (guint i = 0; i < side->placed->len; i++)
		notices |= g_array_index (side->placed, RnPlaced, i).piece->notices;
	if (notices == 0)
		return;
	const RnLength room = right - left - width_of (setter, folio, side->label) - folio->size;
	rn_line_marks (setter, running, fitted (setter, running, rn_notice_foot (setter, notices), room), NULL, recto ? RN_ALIGN_LEFT : RN_ALIGN_RIGHT, recto ? left : right, y, marks);
}

static void put_furniture (Pour *pour, RnSide *side, guint number, const char *head)
{
	RnSetter *setter = &pour->composer->setter;
	const RnProduct *product = setter->product;
	const gboolean recto = number % 2 == 0;
	const RnLength left = recto ? product->inner : product->outer, right = product->width - (recto ? product->outer : product->inner);
	const RnTextStyle *running = &setter->styles.text[RN_STYLE_RUNNING], *folio = &setter->styles.text[RN_STYLE_FOLIO];
	const RnAlign align = recto ? RN_ALIGN_RIGHT : RN_ALIGN_LEFT;
	g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (RnMark));
	if (pour->furniture->running && head) {
		const char *text = recto || !pour->furniture->verso_running ? head : pour->furniture->verso_running;
		const RnLength y = product->top - MAX (product->top / 3, running->leading);
		rn_line_marks (setter, running, fitted (setter, running, text, right - left), NULL, align, recto ? right : left, y, marks);
		const RnMark rule = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = left, .y = y + running->size / 2, .w = right - left, .h = setter->styles.rule };
		g_array_append_val (marks, rule);
	}
	if (pour->furniture->folios && *side->label)
		rn_line_marks (setter, folio, side->label, NULL, align, recto ? right : left, product->height - product->bottom / 2 + folio->size / 3, marks);
	put_foot (pour, side, recto, left, right, marks);
	rn_side_add_marks (setter->book, side, (const RnMark *) (gpointer) marks->data, marks->len);
}

static void put_column (Pour *pour, RnSide *side, const RnColumn *column, RnLength x, RnLength top)
{
	RnSetter *setter = &pour->composer->setter;
	const RnFurniture *furniture = pour->furniture;
	const RnLength thick = setter->styles.rule;
	rn_place_column (pour->composer, column, side, x, top, pour->measure);
	for (guint i = 0; i < furniture->n_rules && column->used > 0; i++) {
		const RnMark rule = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = x + furniture->rules[i] - thick / 2, .y = top, .w = thick, .h = column->used };
		rn_side_add_marks (setter->book, side, &rule, 1);
	}
}

/* The side that begins with column FIRST of COLUMNS. */
static void pour_side (Pour *pour, const GArray *columns, guint first)
{
	const RnProduct *product = pour->composer->setter.product;
	RnBook *book = pour->composer->setter.book;
	const guint number = book->sides->len, end = MIN (first + pour->columns, columns->len);
	RnSide *side = rn_book_add_side (book, product->width, product->height);
	RnLength x = number % 2 == 0 ? product->inner : product->outer;
	const guint from = pour->furniture->first_number;
	const RnLength head = first == 0 ? pour->head : 0;
	side->blank = head == 0;
	if (head)
		rn_place_galley (side, pour->furniture->head, x, product->top);
	for (guint i = first; i < end; i++) {
		const RnColumn *column = &g_array_index (columns, RnColumn, i);
		side->blank = side->blank && column->placed->len == 0;
		put_column (pour, side, column, x, product->top + head);
		x += pour->measure + pour->gutter;
	}
	if (side->blank)
		return;
	side->label = rn_arena_printf (book->arena, "%u", from ? from + number - pour->first : number + 1);
	const RnColumn *last = &g_array_index (columns, RnColumn, end - 1);
	put_furniture (pour, side, number, head_of (pour, g_array_index (columns, RnColumn, first).begin, MAX (last->begin, last->end)));
}

void rn_pour (RnComposer *composer, const RnGalley *galley, const RnFurniture *furniture)
{
	const RnSetter *setter = &composer->setter;
	const RnProduct *product = setter->product;
	const RnLength width = product->width - product->inner - product->outer;
	Pour pour = { composer, furniture, galley, width, product->height - product->top - product->bottom, product->gutter, MAX (product->columns, 1), 0, 0, NULL };
	if (galley->pieces->len == 0)
		return;
	if (furniture->columns) {
		pour.columns = furniture->columns;
		pour.gutter = furniture->gutter;
	}
	pour.measure = (width - (RnLength) (pour.columns - 1) * pour.gutter) / (RnLength) pour.columns;
	pour.first = setter->book->sides->len;
	if (furniture->head)
		pour.head = MIN (rn_galley_height (furniture->head) + furniture->head->after, pour.height / 2);
	const RnMakeupRules rules = { .height = column_height, .user = &pour, .grid = setter->styles.grid, .note_gap = setter->styles.text[RN_STYLE_FOOTNOTE].leading,
		.columns = pour.columns, .first_side = pour.first };
	GArray *columns = rn_makeup (galley, &rules);
	for (guint first = 0; first < columns->len; first += pour.columns)
		pour_side (&pour, columns, first);
	g_array_unref (columns);
}

void rn_place_column (RnComposer *composer, const RnColumn *column, RnSide *side, RnLength x, RnLength y, RnLength measure)
{
	for (guint i = 0; i < column->placed->len; i++) {
		const RnPlaced *placed = &g_array_index (column->placed, RnPlaced, i);
		rn_side_place (side, placed->piece, x + placed->x, y + placed->y);
	}
	const RnMark rule = { .kind = RN_MARK_RULE, .tint = RN_BLACK, .x = x, .y = y + column->notes_y, .w = measure / 4, .h = composer->setter.styles.rule };
	if (column->notes)
		rn_side_add_marks (composer->setter.book, side, &rule, 1);
}

RnLength rn_place_galley (RnSide *side, const RnGalley *galley, RnLength x, RnLength y)
{
	for (guint i = 0; i < galley->pieces->len; i++) {
		const RnPiece *piece = galley->pieces->pdata[i];
		y += i > 0 ? piece->space : 0;
		rn_side_place (side, piece, x, y);
		y += piece->height;
	}
	return y;
}

RnLength rn_piece_take (RnArena *arena, RnPiece *piece, const RnGalley *galley, RnLength dx, RnLength dy)
{
	RnLength y = 0;
	for (guint i = 0; i < galley->pieces->len; i++) {
		RnPiece *from = galley->pieces->pdata[i];
		y += i > 0 ? from->space : 0;
		rn_piece_shift (from, dx, dy + y);
		rn_piece_add_marks (arena, piece, from->marks, from->n_marks, FALSE);
		for (guint k = 0; k < from->n_anchors; k++)
			rn_piece_add_anchor (arena, piece, from->anchors[k]);
		y += from->height;
	}
	return y;
}
