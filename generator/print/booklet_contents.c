/*
 * booklet_contents.c - the table of contents: what the outline holds, down to the depth that is wanted, with leaders and numbers of sides.
 *
 * Invariant: the digits of a number are reserved, so that how long the contents are does not depend on where the chapters come to stand.
 */
#include "print/booklet-int.h"

/* The level of the outline down to which the contents go: chapters, pages, headings. */
static guint deepest (const RnBooklet *booklet)
{
	const guint depth = rn_product_count (booklet->product, "contents.depth", 2);
	const gboolean by_page = rn_product_says (booklet->product, "chapters", "page");
	return by_page ? MAX (depth, 2) - 1 : depth;
}

static void set_entry (RnBooklet *booklet, RnBlocks *blocks, const RnOutlineEntry *entry)
{
	RnTags *tags = &booklet->book->tags;
	RnTextStyle style = booklet->setter->styles.text[entry->level == 1 ? RN_STYLE_CONTENTS_CHAPTER : entry->level == 2 ? RN_STYLE_CONTENTS : RN_STYLE_CONTENTS_MINOR];
	RnTag *item = rn_tag_new (tags, blocks->parent, RN_ROLE_CONTENTS_ITEM);
	RnTag *link = rn_tag_new (tags, rn_tag_new (tags, item, RN_ROLE_REFERENCE), RN_ROLE_LINK);
	RnTarget *target = rn_arena_new0 (booklet->book->arena, RnTarget);
	target->anchor = entry->anchor;
	link->alt = entry->title;
	if (entry->group) {
		style.face = RN_FACE_BOLD;
		style.before = style.leading / 2;
	}
	if (entry->level > 2)
		style.left += (RnLength) (entry->level - 2) * booklet->setter->styles.list_indent;
	RnParagraph *paragraph = rn_paragraph_new (booklet->setter, &style, link);
	rn_paragraph_text (paragraph, entry->title, -1, 0, link, target);
	rn_paragraph_leader (paragraph);
	rn_paragraph_page_number (paragraph, entry->anchor, TRUE, link, target);
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

static void set_all (RnBooklet *booklet, RnBlocks *blocks, const GArray *entries)
{
	const guint level = deepest (booklet);
	guint below = 0;
	for (guint i = 0; i < entries->len; i++) {
		const RnOutlineEntry *entry = &g_array_index (entries, RnOutlineEntry, i);
		/* Pages count as pages, whether they stand below a group's heading or not. */
		if (entry->level <= 2)
			below = entry->group;
		if (entry->level - (entry->level > 2 ? below : 0) > level)
			continue;
		set_entry (booklet, blocks, entry);
		/* A chapter's name is not left alone at the foot, nor a group's. */
		blocks->galley->hold = (entry->level == 1 || entry->group) && i + 1 < entries->len && entry[1].level == entry->level + 1;
	}
}

void rn_booklet_contents (RnBooklet *booklet, gboolean sources, gboolean index, gboolean contacts)
{
	RnBook *book = booklet->book;
	RnSetter *setter = booklet->setter;
	RnGalley *galley = rn_galley_new (book->arena);
	RnBlocks blocks = rn_booklet_blocks (booklet, galley, rn_tag_new (&book->tags, book->root, RN_ROLE_SECT));
	const char *title = rn_setter_string (setter, "contents", 0), *anchor = rn_anchor_name (book->arena, NULL, "contents");
	g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (RnOutlineEntry));
	g_array_append_vals (entries, book->outline->data, book->outline->len);
	const RnOutlineEntry self = { .title = title, .level = 1, .anchor = anchor };
	const RnOutlineEntry last[] = { { .title = rn_setter_string (setter, "print_index", 0), .level = 1, .anchor = rn_anchor_name (book->arena, NULL, "index") },
		{ .title = rn_setter_string (setter, "print_contacts", 0), .level = 1, .anchor = rn_anchor_name (book->arena, NULL, "contacts") },
		{ .title = rn_setter_string (setter, "sources", 0), .level = 1, .anchor = rn_anchor_name (book->arena, NULL, "sources") } };
	if (sources)
		g_array_append_val (entries, last[2]);
	if (index)
		g_array_append_val (entries, last[0]);
	if (contacts)
		g_array_append_val (entries, last[1]);
	blocks.parent->title = title;
	rn_set_heading (&blocks, 1, title, anchor)->running = "";
	blocks.parent = rn_tag_new (&book->tags, blocks.parent, RN_ROLE_CONTENTS);
	const guint next = galley->pieces->len;
	set_all (booklet, &blocks, entries);
	if (next < galley->pieces->len)
		((RnPiece *) galley->pieces->pdata[next])->running = title;
	g_array_insert_val (book->outline, 0, self);
	RnFurniture furniture = booklet->furniture;
	furniture.n_rules = 0;
	rn_pour (booklet->composer, galley, &furniture);
	rn_galley_free (galley);
}
