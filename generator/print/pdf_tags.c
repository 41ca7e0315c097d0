/*
 * pdf_tags.c - the tags of what was painted -> the structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).
 *
 * An element comes to be when its first mark is painted, and takes its place among its siblings then; its kids are in the order of painting, which is that of
 * reading. Keys of the parent tree: the sides' numbers, then the annotations'.
 */
#include "print/pdf-int.h"

#define LEAF 64   /* keys of one leaf of the parent tree */

typedef enum { KID_SEQUENCE, KID_ELEMENT, KID_ANNOTATION } RnPdfKidKind;

typedef struct RnPdfKid RnPdfKid;
struct RnPdfKid {
	RnPdfKid *next;
	guint8    kind;
	guint     number;         /* the sequence's; the object of the others */
	guint     side;
};

struct RnPdfElement {
	const RnTag  *tag;
	RnPdfElement *parent, *figure;
	const char   *language;   /* its own or inherited */
	guint8        role;
	guint8        heading;    /* the level of the last heading in it; 0: none yet */
	guint         object;
	guint         side;       /* of its first sequence or annotation; G_MAXUINT: none yet */
	RnPdfKid     *first, *last;
	gboolean      covers;
	RnLength      box[4];
};

struct RnPdfTags {
	RnPdf      *pdf;
	RnPdfFile  *file;
	guint       first_page;
	RnArena    *arena;
	RnPdfElement **by_tag;
	GHashTable *links;         /* set of RnPdfMadeLink: for targets whose tags lie in no Link */
	GPtrArray  *elements;      /* in the order of making */
	GArray    **sequences;     /* by side: guint: the element's object */
	GArray     *annotations;   /* guint: the element's object */
};

static const char *const type_names[RN_ROLES] = {
	[RN_ROLE_DOCUMENT] = "Document", [RN_ROLE_PART] = "Part", [RN_ROLE_SECT] = "Sect", [RN_ROLE_DIV] = "Div", [RN_ROLE_H1] = "H1", [RN_ROLE_H2] = "H2",
	[RN_ROLE_H3] = "H3", [RN_ROLE_H4] = "H4", [RN_ROLE_H5] = "H5", [RN_ROLE_H6] = "H6", [RN_ROLE_P] = "P", [RN_ROLE_LIST] = "L", [RN_ROLE_ITEM] = "LI",
	[RN_ROLE_LABEL] = "Lbl", [RN_ROLE_ITEM_BODY] = "LBody", [RN_ROLE_TABLE] = "Table", [RN_ROLE_ROW] = "TR", [RN_ROLE_HEADER_CELL] = "TH",
	[RN_ROLE_CELL] = "TD", [RN_ROLE_FIGURE] = "Figure", [RN_ROLE_CAPTION] = "Caption", [RN_ROLE_NOTE] = "Note", [RN_ROLE_REFERENCE] = "Reference",
	[RN_ROLE_LINK] = "Link", [RN_ROLE_SPAN] = "Span", [RN_ROLE_CODE] = "Code", [RN_ROLE_QUOTE] = "BlockQuote", [RN_ROLE_CONTENTS] = "TOC",
	[RN_ROLE_CONTENTS_ITEM] = "TOCI", [RN_ROLE_INDEX] = "Index",
};

/* Two links of one paragraph to one target are one element. */
typedef struct { const RnTag *tag; const RnTarget *target; RnPdfElement *element; } RnPdfMadeLink;

static guint link_hash (gconstpointer key)
{
	const RnPdfMadeLink *link = key;
	return g_direct_hash (link->tag) * 31 + g_direct_hash (link->target);
}

static gboolean link_equal (gconstpointer a, gconstpointer b)
{
	const RnPdfMadeLink *x = a, *y = b;
	return x->tag == y->tag && x->target == y->target;
}

RnPdfTags *rn_pdf_tags_new (RnPdf *pdf, RnPdfFile *file, guint first_page)
{
	RnPdfTags *tags = g_new0 (RnPdfTags, 1);
	tags->pdf = pdf;
	tags->file = file;
	tags->first_page = first_page;
	tags->arena = rn_arena_new (1 << 16);
	tags->by_tag = g_new0 (RnPdfElement *, pdf->book->tags.n + 1);
	tags->links = g_hash_table_new (link_hash, link_equal);
	tags->elements = g_ptr_array_new ();
	tags->sequences = g_new0 (GArray *, pdf->book->sides->len + 1);
	for (guint i = 0; i < pdf->book->sides->len; i++)
		tags->sequences[i] = g_array_new (FALSE, FALSE, sizeof (guint));
	tags->annotations = g_array_new (FALSE, FALSE, sizeof (guint));
	return tags;
}

void rn_pdf_tags_free (RnPdfTags *tags)
{
	rn_arena_free (tags->arena);
	g_free (tags->by_tag);
	g_hash_table_unref (tags->links);
	g_ptr_array_unref (tags->elements);
	for (guint i = 0; i < tags->pdf->book->sides->len; i++)
		g_array_unref (tags->sequences[i]);
	g_free (tags->sequences);
	g_array_unref (tags->annotations);
	g_free (tags);
}

/* --- gathering ------------------------------------------------------------------------------------------------------------ */

static void add_kid (RnPdfTags *tags, RnPdfElement *element, RnPdfKidKind kind, guint number, guint side)
{
	RnPdfKid *kid = rn_arena_new0 (tags->arena, RnPdfKid);
	*kid = (RnPdfKid) { .kind = (guint8) kind, .number = number, .side = side };
	if (element->last)
		element->last->next = kid;
	else
		element->first = kid;
	element->last = kid;
	if (kind != KID_ELEMENT && element->side == G_MAXUINT)
		element->side = side;
}

/* Headings skip no level on their way down (ISO 14289-1, 7.4.2), whatever their author wrote. The one before stands in the nearest element around that has any. */
static guint8 heading_role (RnPdfElement *parent, guint8 role)
{
	guint before = 0;
	if (role < RN_ROLE_H1 || role > RN_ROLE_H6)
		return role;
	for (const RnPdfElement *it = parent; it && !before; it = it->parent)
		before = it->heading;
	const guint level = MIN (before, (guint) (role - RN_ROLE_H1)) + 1;
	for (RnPdfElement *it = parent; it; it = it->parent)
		it->heading = (guint8) level;
	return (guint8) (RN_ROLE_H1 + level - 1);
}

static RnPdfElement *add_element (RnPdfTags *tags, const RnTag *tag, guint8 role, RnPdfElement *parent)
{
	RnPdfElement *element = rn_arena_new0 (tags->arena, RnPdfElement);
	element->tag = tag;
	element->role = heading_role (parent, role);
	element->parent = parent;
	element->figure = role == RN_ROLE_FIGURE ? element : parent ? parent->figure : NULL;
	element->language = tag->language ? tag->language : parent ? parent->language : tags->pdf->book->language;
	element->object = rn_pdf_reserve (tags->file);
	element->side = G_MAXUINT;
	g_ptr_array_add (tags->elements, element);
	if (parent)
		add_kid (tags, parent, KID_ELEMENT, element->object, 0);
	return element;
}

static RnPdfElement *element_of (RnPdfTags *tags, const RnTag *tag)
{
	RnPdfElement **slot = &tags->by_tag[tag->number];
	if (*slot)
		return *slot;
	const RnTag *root = tags->pdf->book->root;
	RnPdfElement *parent = tag == root ? NULL : element_of (tags, tag->parent ? tag->parent : root);
	return *slot = add_element (tags, tag, tag->role, parent);
}

RnPdfElement *rn_pdf_tags_get (RnPdfTags *tags, const RnTag *tag, const RnTarget *target)
{
	RnPdfElement *element = element_of (tags, tag);
	if (!target)
		return element;
	for (const RnPdfElement *it = element; it; it = it->parent)
		if (it->role == RN_ROLE_LINK)
			return element;
	const RnPdfMadeLink wanted = { tag, target, NULL };
	RnPdfMadeLink *link = g_hash_table_lookup (tags->links, &wanted);
	if (!link) {
		link = rn_arena_new0 (tags->arena, RnPdfMadeLink);
		*link = (RnPdfMadeLink) { tag, target, add_element (tags, tag, RN_ROLE_LINK, element) };
		g_hash_table_add (tags->links, link);
	}
	return link->element;
}

guint rn_pdf_tags_sequence (RnPdfTags *tags, RnPdfElement *element, guint side)
{
	const guint number = tags->sequences[side]->len;
	g_array_append_val (tags->sequences[side], element->object);
	add_kid (tags, element, KID_SEQUENCE, number, side);
	return number;
}

const char *rn_pdf_tags_type (const RnPdfElement *element)
{
	return type_names[element->role];
}

gboolean rn_pdf_tags_in_figure (const RnPdfElement *element)
{
	return element->figure != NULL;
}

void rn_pdf_tags_cover (RnPdfElement *element, guint side, RnLength left, RnLength bottom, RnLength right, RnLength top)
{
	RnPdfElement *figure = element->figure;
	if (!figure->covers) {
		figure->covers = TRUE;
		figure->side = side;
		figure->box[0] = left;
		figure->box[1] = bottom;
		figure->box[2] = right;
		figure->box[3] = top;
	} else if (figure->side == side) {
		figure->box[0] = MIN (figure->box[0], left);
		figure->box[1] = MIN (figure->box[1], bottom);
		figure->box[2] = MAX (figure->box[2], right);
		figure->box[3] = MAX (figure->box[3], top);
	}
}

guint rn_pdf_tags_annotation (RnPdfTags *tags, RnPdfElement *element, guint object, guint side)
{
	while (element->role != RN_ROLE_LINK)
		element = element->parent;
	add_kid (tags, element, KID_ANNOTATION, object, side);
	g_array_append_val (tags->annotations, element->object);
	return tags->pdf->book->sides->len + tags->annotations->len - 1;
}

/* --- writing -------------------------------------------------------------------------------------------------------------- */

static void put_kid (const RnPdfTags *tags, GString *out, const RnPdfElement *element, const RnPdfKid *kid)
{
	const gboolean elsewhere = kid->side != element->side;
	switch (kid->kind) {
	case KID_ELEMENT:
		rn_pdf_reference (out, kid->number);
		return;
	case KID_SEQUENCE:
		if (!elsewhere) {
			g_string_append_c (out, ' ');
			rn_pdf_int (out, kid->number);
			return;
		}
		g_string_append (out, "<</Type/MCR/MCID ");
		rn_pdf_int (out, kid->number);
		break;
	default:
		g_string_append (out, "<</Type/OBJR/Obj");
		rn_pdf_reference (out, kid->number);
	}
	if (elsewhere) {
		g_string_append (out, "/Pg");
		rn_pdf_reference (out, tags->first_page + kid->side);
	}
	g_string_append (out, ">>");
}

static void put_attributes (GString *out, const RnPdfElement *element)
{
	switch (element->role) {
	case RN_ROLE_LIST:
		g_string_append (out, element->tag->ordered ? "/A<</O/List/ListNumbering/Decimal>>" : "/A<</O/List/ListNumbering/Disc>>");
		break;
	case RN_ROLE_HEADER_CELL:
		g_string_append (out, element->tag->by_row ? "/A<</O/Table/Scope/Row>>" : "/A<</O/Table/Scope/Column>>");
		break;
	case RN_ROLE_FIGURE:
		if (element->covers) {
			g_string_append (out, "/A<</O/Layout/BBox");
			rn_pdf_box (out, element->box[0], element->box[1], element->box[2], element->box[3]);
			g_string_append (out, ">>");
		}
		break;
	default:
		break;
	}
}

/* Ten digits, so that names sort as objects do. */
static void put_id (GString *out, guint object)
{
	g_string_append_printf (out, "(%010u)", object);
}

static void write_element (const RnPdfTags *tags, const RnPdfElement *element, guint root)
{
	GString *out = rn_pdf_begin (tags->file, element->object);
	g_string_append (out, "<</Type/StructElem/S/");
	g_string_append (out, type_names[element->role]);
	g_string_append (out, "/P");
	rn_pdf_reference (out, element->parent ? element->parent->object : root);
	if (element->side != G_MAXUINT) {
		g_string_append (out, "/Pg");
		rn_pdf_reference (out, tags->first_page + element->side);
	}
	if (element->role == RN_ROLE_FIGURE && element->tag->alt) {
		g_string_append (out, "/Alt");
		rn_pdf_text (out, element->tag->alt);
	}
	if (element->tag->title && element->tag->role == element->role) {
		g_string_append (out, "/T");
		rn_pdf_text (out, element->tag->title);
	}
	if (element->language && g_strcmp0 (element->language, element->parent ? element->parent->language : tags->pdf->book->language) != 0) {
		g_string_append (out, "/Lang");
		rn_pdf_text (out, element->language);
	}
	if (element->role == RN_ROLE_NOTE) {
		g_string_append (out, "/ID");
		put_id (out, element->object);
	}
	put_attributes (out, element);
	if (element->first) {
		g_string_append (out, "/K[");
		for (const RnPdfKid *kid = element->first; kid; kid = kid->next)
			put_kid (tags, out, element, kid);
		g_string_append_c (out, ']');
	}
	g_string_append (out, ">>");
	rn_pdf_end (tags->file);
}

/* The value of KEY in the parent tree: a side's elements by sequence, or an annotation's element. */
static void put_parents (const RnPdfTags *tags, GString *out, guint key)
{
	const guint sides = tags->pdf->book->sides->len;
	if (key >= sides) {
		rn_pdf_reference (out, g_array_index (tags->annotations, guint, key - sides));
		return;
	}
	g_string_append_c (out, '[');
	for (guint i = 0; i < tags->sequences[key]->len; i++)
		rn_pdf_reference (out, g_array_index (tags->sequences[key], guint, i));
	g_string_append_c (out, ']');
}

static guint write_parent_tree (RnPdfTags *tags)
{
	const guint n = tags->pdf->book->sides->len + tags->annotations->len, tree = rn_pdf_reserve (tags->file);
	g_autoptr (GString) kids = g_string_new ("<</Kids[");
	for (guint from = 0; from < n; from += LEAF) {
		const guint leaf = rn_pdf_reserve (tags->file), to = MIN (from + LEAF, n);
		rn_pdf_reference (kids, leaf);
		GString *out = rn_pdf_begin (tags->file, leaf);
		g_string_append_printf (out, "<</Limits[%u %u]/Nums[", from, to - 1);
		for (guint key = from; key < to; key++) {
			if (key > from)
				g_string_append_c (out, '\n');
			rn_pdf_int (out, key);
			put_parents (tags, out, key);
		}
		g_string_append (out, "]>>");
		rn_pdf_end (tags->file);
	}
	GString *out = rn_pdf_begin (tags->file, tree);
	g_string_append (out, kids->str);
	g_string_append (out, "]>>");
	rn_pdf_end (tags->file);
	return tree;
}

/* Notes have names, by which a reader finds them: ISO 14289-1, 7.9. */
static void put_names (const RnPdfTags *tags, GString *out)
{
	gboolean any = FALSE;
	for (guint i = 0; i < tags->elements->len; i++) {
		const RnPdfElement *element = tags->elements->pdata[i];
		if (element->role != RN_ROLE_NOTE)
			continue;
		if (!any)
			g_string_append (out, "/IDTree<</Names[");
		any = TRUE;
		put_id (out, element->object);
		rn_pdf_reference (out, element->object);
	}
	if (any)
		g_string_append (out, "]>>");
}

guint rn_pdf_tags_write (RnPdfTags *tags)
{
	const RnPdfElement *document = element_of (tags, tags->pdf->book->root);   /* an empty book has one too */
	const guint root = rn_pdf_reserve (tags->file), tree = write_parent_tree (tags);
	for (guint i = 0; i < tags->elements->len; i++)
		write_element (tags, tags->elements->pdata[i], root);
	GString *out = rn_pdf_begin (tags->file, root);
	g_string_append (out, "<</Type/StructTreeRoot/K");
	rn_pdf_reference (out, document->object);
	g_string_append (out, "/ParentTree");
	rn_pdf_reference (out, tree);
	g_string_append (out, "/ParentTreeNextKey ");
	rn_pdf_int (out, tags->pdf->book->sides->len + tags->annotations->len);
	put_names (tags, out);
	g_string_append (out, ">>");
	rn_pdf_end (tags->file);
	return root;
}
