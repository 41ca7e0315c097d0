/*
 * list.c - lists: numbers, bullets and tick boxes hang to the left of their items.
 *
 * In: LIST nodes. Out: their items' pieces, each item's first with its label. Invariant: a label comes before its item's text among the
 * marks, as it is read.
 */
#include "print/blocks-int.h"

typedef struct {
	const RnNode *list;
	const RnTextStyle *style;
	const RnFont *font;
	RnLength indent, gap;      /* of the items' text; between label and text */
	RnTag *tag;
	gboolean tight;
} List;

/* The number of the item I (from 0) as it stands on paper. */
static void number_text (const RnNode *list, guint i, char out[24])
{
	g_snprintf (out, 24, "%" G_GUINT64_FORMAT "%s", (guint64) list->number + i, list->flags & RN_NODE_F_PAREN ? ")" : ".");
}

static const char *bullet_of (const RnBlocks *blocks)
{
	const char *const *bullets = blocks->setter->styles.bullets;
	guint i = 0;
	while (i < blocks->list_depth && bullets[i + 1] != NULL)
		i++;
	return bullets[i];
}

static RnLength box_size (const List *list)
{
	return list->font->cap_height;
}

/* What stands before the widest of all items. */
static RnLength label_width (RnBlocks *blocks, const List *list)
{
	const char *language = blocks->setter->language != NULL ? blocks->setter->language->code : NULL;
	guint n = 0;
	gboolean task = FALSE;
	for (const RnNode *item = list->list->first; item != NULL; item = item->next, n++)
		task |= (item->flags & RN_NODE_F_TASK) != 0;
	RnLength width = task ? box_size (list) : 0;
	if (list->list->flags & RN_NODE_F_ORDERED) {
		char number[24];
		number_text (list->list, n > 0 ? n - 1 : 0, number);
		return MAX (width, rn_font_width (list->font, number, language));
	}
	return MAX (width, rn_font_width (list->font, bullet_of (blocks), language));
}

/* A box with its left edge at X, on the base line Y. */
static void box_mark (const RnBlocks *blocks, const List *list, gboolean done, RnTag *tag, RnLength x, RnLength y, GArray *marks)
{
	RnArena *arena = blocks->galley->arena;
	RnLength s = box_size (list);
	const RnLength points[] = { 0, 0, s, 0, s, -s, 0, -s, s * 20 / 100, -s * 55 / 100, s * 43 / 100, -s * 25 / 100, s * 82 / 100, -s * 80 / 100 };
	RnLength *kept = rn_arena_newn (arena, RnLength, G_N_ELEMENTS (points));
	RnPath *path = rn_arena_new0 (arena, RnPath);
	for (guint i = 0; i < G_N_ELEMENTS (points); i++)
		kept[i] = points[i];
	path->segments = done ? "mlllzmll" : "mlllz";
	path->n_segments = done ? 8 : 5;
	path->n_points = done ? 7 : 4;
	path->points = kept;
	path->stroked = TRUE;
	path->stroke = RN_BLACK;
	path->width = MAX (s / 12, 300);
	path->join = 1;
	tag->alt = done ? "☑" : "☐";
	const RnMark mark = { .kind = RN_MARK_PATH, .x = x, .y = y, .w = s, .h = s, .tag = tag, .path = path };
	g_array_append_val (marks, mark);
}

static void add_label (RnBlocks *blocks, const List *list, const RnNode *item, guint i, RnLength x, RnTag *tag, RnPiece *piece)
{
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnLength right = x - list->gap, y = rn_piece_base_line (piece, rn_base_line (list->font, list->style->leading));
	char number[24];
	if (item->flags & RN_NODE_F_TASK) {
		box_mark (blocks, list, (item->flags & RN_NODE_F_DONE) != 0, tag, right - box_size (list), y, marks);
	} else if (list->list->flags & RN_NODE_F_ORDERED) {
		number_text (list->list, i, number);
		rn_line_marks (blocks->setter, list->style, rn_arena_strndup (blocks->galley->arena, number, -1), tag, RN_ALIGN_RIGHT, right, y, marks);
	} else {
		rn_line_marks (blocks->setter, list->style, bullet_of (blocks), tag, RN_ALIGN_RIGHT, right, y, marks);
	}
	rn_piece_add_marks (blocks->galley->arena, piece, (const RnMark *) (void *) marks->data, marks->len, TRUE);
}

static void set_item (RnBlocks *blocks, RnBlocks *inner, const List *list, const RnNode *item, guint i)
{
	RnGalley *galley = blocks->galley;
	RnTag *tag = rn_blocks_tag (blocks, list->tag, RN_ROLE_ITEM), *label = rn_blocks_tag (blocks, tag, RN_ROLE_LABEL);
	guint start = galley->pieces->len;
	inner->parent = rn_blocks_tag (blocks, tag, RN_ROLE_ITEM_BODY);
	rn_set_children (inner, item);
	if (galley->pieces->len == start) {
		RnPiece *empty = rn_galley_add (galley, list->style->leading);
		empty->space = rn_galley_meet (galley, list->style->before, list->style->after);
		empty->on_grid = list->style->on_grid;
	}
	add_label (blocks, list, item, i, inner->x, label, rn_blocks_piece (blocks, start));
}

/* Room for the text: nested too deep, a list begins where the one around it does. */
static void indent (const RnBlocks *blocks, RnBlocks *inner, RnLength by)
{
	*inner = *blocks;
	inner->x += by;
	inner->measure -= by;
	RnLength back = MIN (MAX (blocks->body->size * 6 - inner->measure, 0), inner->x - by);
	if (back > 0) {
		inner->x -= back;
		inner->measure += back;
	}
}

void rn_set_list (RnBlocks *blocks, const RnNode *node)
{
	RnTextStyle plain = *blocks->body;
	List list = { .list = node, .style = &plain, .tight = (node->flags & RN_NODE_F_TIGHT) != 0 };
	RnBlocks inner;
	guint i = 0;

	plain.first_indent = plain.left = plain.right = 0;
	if (plain.align == RN_ALIGN_CENTRE)
		plain.align = RN_ALIGN_LEFT;
	else if (plain.align == RN_ALIGN_JUSTIFY && blocks->setter->styles.ragged_lists)
		plain.align = RN_ALIGN_LEFT;
	RnLength before = plain.before, after = plain.after;
	if (list.tight) {
		plain.before = plain.after = 0;
	} else {
		/* Half lines between the items: the grid would make whole ones of them. */
		rn_blocks_inner_style (blocks, &plain, &plain);
		plain.on_grid = FALSE;
	}
	list.font = rn_style_font (blocks->setter, &plain, 0);
	list.tag = rn_blocks_tag (blocks, blocks->parent, RN_ROLE_LIST);
	list.tag->ordered = (node->flags & RN_NODE_F_ORDERED) != 0;
	list.gap = plain.size / 2;
	list.indent = MAX (blocks->setter->styles.list_indent, label_width (blocks, &list) + list.gap);
	indent (blocks, &inner, list.indent);
	inner.body = &plain;
	inner.bare = list.tight;
	inner.list_depth = blocks->list_depth + 1;
	/* The white around the list is its text's; within a tight one there is none. */
	blocks->galley->after = MAX (blocks->galley->after, before);
	for (const RnNode *item = node->first; item != NULL; item = item->next, i++) {
		guint start = blocks->galley->pieces->len;
		set_item (blocks, &inner, &list, item, i);
		/* No item stands alone at the foot or the head of a column. */
		if (i == 1 || (i > 1 && !item->next))
			rn_blocks_piece (blocks, start)->penalty = MAX (rn_blocks_piece (blocks, start)->penalty, RN_COHERE_ENDS);
	}
	blocks->galley->after = MAX (blocks->galley->after, after);
}
