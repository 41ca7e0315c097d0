/*
 * booklet_index.c - the index: tags and abbreviations in the alphabet's order, with the sides on which they stand; and the sources in the same manner.
 *
 * In: the terms that were met while pages were set, and the sides that the body fills by now. Out: two columns. Invariant: sides that follow one another are
 * one run, and a term stands once, whatever pages it was met on.
 */
#include "print/booklet-int.h"

#include <string.h>

typedef struct { guint32 line; guint side; } Stand;            /* a piece of a page: its line, its side */
typedef struct { const char *term, *meaning, *uri; GArray *runs; } Entry;

/* --- where pages stand ------------------------------------------------------------------------------------------------------ */

static GHashTable *find_pages (const RnBook *book, guint first)
{
	GHashTable *pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
	const RnPage *last = NULL;
	GArray *stands = NULL;
	for (guint i = first; i < book->sides->len; i++) {
		const RnSide *side = book->sides->pdata[i];
		for (guint k = 0; k < side->placed->len; k++) {
			const RnPiece *piece = g_array_index (side->placed, RnPlaced, k).piece;
			const Stand stand = { piece->line, i };
			if (!piece->page)
				continue;
			if (piece->page != last) {
				last = piece->page;
				stands = g_hash_table_lookup (pages, last);
			}
			if (!stands) {
				stands = g_array_new (FALSE, FALSE, sizeof (Stand));
				g_hash_table_insert (pages, (gpointer) last, stands);
			}
			g_array_append_val (stands, stand);
		}
	}
	return pages;
}

/* The sides of a whole page, or the one that holds its line LINE. */
static gboolean find_run (const GArray *stands, guint32 line, RnStretch *run)
{
	if (!stands || stands->len == 0)
		return FALSE;
	run->first = g_array_index (stands, Stand, 0).side;
	run->last = g_array_index (stands, Stand, stands->len - 1).side;
	guint at = run->first;
	for (guint i = 0; line && i < stands->len; i++) {
		const Stand *stand = &g_array_index (stands, Stand, i);
		if (stand->line && stand->line <= line)
			at = stand->side;
	}
	if (line)
		run->first = run->last = at;
	return TRUE;
}

static gint by_first (gconstpointer a, gconstpointer b)
{
	const RnStretch *one = a, *two = b;
	return one->first != two->first ? (one->first < two->first ? -1 : 1) : one->last != two->last ? (one->last < two->last ? -1 : 1) : 0;
}

void rn_runs_merge (GArray *runs)
{
	guint kept = 0;
	g_array_sort (runs, by_first);
	for (guint i = 0; i < runs->len; i++) {
		const RnStretch *run = &g_array_index (runs, RnStretch, i);
		RnStretch *last = kept ? &g_array_index (runs, RnStretch, kept - 1) : NULL;
		if (last && run->first <= last->last + 1)
			last->last = MAX (last->last, run->last);
		else
			g_array_index (runs, RnStretch, kept++) = *run;
	}
	g_array_set_size (runs, kept);
}

/* --- terms ------------------------------------------------------------------------------------------------------------------- */

static const char *next_counting (const char *at)
{
	while (*at && !g_unichar_isalnum (g_utf8_get_char (at)))
		at = g_utf8_next_char (at);
	return at;
}

gint rn_alphabetical (const RnLanguage *language, const char *a, const char *b)
{
	const char *p = next_counting (a), *q = next_counting (b);
	while (*p && *q) {
		const guint32 one = rn_language_letter (language, g_utf8_get_char (p)), two = rn_language_letter (language, g_utf8_get_char (q));
		if (one != two)
			return one < two ? -1 : 1;
		p = next_counting (g_utf8_next_char (p));
		q = next_counting (g_utf8_next_char (q));
	}
	return *p ? 1 : *q ? -1 : strcmp (a, b);
}

static gint by_term (gconstpointer a, gconstpointer b, gpointer language)
{
	return rn_alphabetical (language, ((const Entry *) a)->term, ((const Entry *) b)->term);
}

static void entry_clear (gpointer entry)
{
	g_array_unref (((Entry *) entry)->runs);
}

static GArray *collect (RnBooklet *booklet, const GArray *terms)
{
	GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
	g_autoptr (GHashTable) places = find_pages (booklet->book, booklet->body_side), known = g_hash_table_new (g_str_hash, g_str_equal);
	g_array_set_clear_func (entries, entry_clear);
	for (guint i = 0; i < terms->len; i++) {
		const RnTerm *term = &g_array_index (terms, RnTerm, i);
		RnStretch run = { .anchor = rn_anchor_name (booklet->book->arena, term->page, NULL) };
		if (!find_run (g_hash_table_lookup (places, term->page), term->line, &run))
			continue;
		guint at = GPOINTER_TO_UINT (g_hash_table_lookup (known, term->term));
		if (!at) {
			const Entry entry = { .term = term->term, .uri = term->uri, .runs = g_array_new (FALSE, FALSE, sizeof (RnStretch)) };
			g_array_append_val (entries, entry);
			at = entries->len;
			g_hash_table_insert (known, (gpointer) term->term, GUINT_TO_POINTER (at));
		}
		Entry *entry = &g_array_index (entries, Entry, at - 1);
		if (!entry->meaning)
			entry->meaning = term->meaning;
		g_array_append_val (entry->runs, run);
	}
	g_array_sort_with_data (entries, by_term, (gpointer) booklet->setter->language);
	return entries;
}

/* --- setting -------------------------------------------------------------------------------------------------------------------- */

static void set_entry (RnBooklet *booklet, RnBlocks *blocks, const Entry *entry, RnStyleId id)
{
	RnBook *book = booklet->book;
	RnTextStyle style = booklet->setter->styles.text[id];
	RnTag *tag = rn_tag_new (&book->tags, blocks->parent, RN_ROLE_P);
	/* Lines behind the first are set in. */
	style.left += style.size;
	style.first_indent = -style.size;
	style.after = 0;
	if (id != RN_STYLE_INDEX)
		style.before = style.leading / 5;
	RnParagraph *paragraph = rn_paragraph_new (booklet->setter, &style, tag);
	if (entry->uri) {
		RnTarget *target = rn_arena_new0 (book->arena, RnTarget);
		RnTag *link = rn_tag_new (&book->tags, tag, RN_ROLE_LINK);
		target->uri = link->alt = entry->uri;
		rn_paragraph_text (paragraph, entry->term, -1, 0, link, target);
	} else {
		rn_paragraph_text (paragraph, entry->term, -1, 0, NULL, NULL);
	}
	if (entry->meaning) {
		rn_paragraph_text (paragraph, " (", -1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, entry->meaning, -1, RN_TEXT_ITALIC, NULL, NULL);
		rn_paragraph_text (paragraph, ")", -1, 0, NULL, NULL);
	}
	rn_runs_merge (entry->runs);
	for (guint i = 0; i < entry->runs->len; i++) {
		const RnStretch *run = &g_array_index (entry->runs, RnStretch, i);
		RnTarget *target = rn_arena_new0 (book->arena, RnTarget);
		RnTag *link = rn_tag_new (&book->tags, tag, RN_ROLE_LINK);
		const char *from = rn_book_label (book, run->first);
		const char *text = run->first == run->last ? from : rn_arena_printf (book->arena, "%s–%s", from, rn_book_label (book, run->last));
		target->anchor = run->anchor;
		link->alt = text;
		/* A source may end in the number of an article: its sides are told apart. */
		const gboolean source = id == RN_STYLE_SOURCES;
		rn_paragraph_text (paragraph, source && i == 0 ? ": " : ", ", -1, 0, NULL, NULL);
		rn_paragraph_text (paragraph, text, -1, source ? RN_TEXT_BOLD : 0, link, target);
	}
	rn_paragraph_set (paragraph, blocks->galley, blocks->x, blocks->measure);
}

static void set_letter (RnBooklet *booklet, RnBlocks *blocks, gunichar letter)
{
	RnTextStyle style = booklet->setter->styles.text[RN_STYLE_INDEX];
	char text[8] = "";
	text[g_unichar_to_utf8 (g_unichar_toupper (letter), text)] = '\0';
	style.face = RN_FACE_BOLD;
	style.before = style.leading / 2;
	style.after = 0;
	rn_set_text (blocks, &style, RN_ROLE_P, text);
}

/* An index has letters between its entries, a list of sources none. */
static void set_entries (RnBooklet *booklet, RnBlocks *blocks, const GArray *entries, RnStyleId id)
{
	gunichar letter = 0;
	for (guint i = 0; i < entries->len; i++) {
		const Entry *entry = &g_array_index (entries, Entry, i);
		const gunichar first = g_unichar_tolower (g_utf8_get_char (next_counting (entry->term)));
		const gboolean begins = id == RN_STYLE_INDEX && first && first != letter;
		if (begins)
			set_letter (booklet, blocks, first);
		letter = first;
		const guint next = blocks->galley->pieces->len;
		set_entry (booklet, blocks, entry, id);
		/* An entry is short: it stays whole, and with its letter. */
		for (guint k = begins ? next : next + 1; k < blocks->galley->pieces->len; k++)
			rn_keep_next (blocks->galley, k);
	}
}

/* The sides that GALLEY fills in two columns under a heading HEAD high, in hundredths. */
static gint64 sides_of (const RnBooklet *booklet, const RnGalley *galley, RnLength head)
{
	return ((gint64) rn_galley_height (galley) + 2 * head) * 102 / MAX (2 * (gint64) booklet->column_height, 1);
}

/* The entries as one galley; a little smaller where that saves a last side with next to nothing on it. */
static RnGalley *set_columns (RnBooklet *booklet, RnBlocks *blocks, const GArray *entries, RnStyleId id, RnLength head)
{
	RnTextStyle *style = &booklet->setter->styles.text[id];
	const RnTextStyle whole = *style;
	gint64 sides = 0;
	static const gint SIZES[] = { 100, 95, 90, 100 };
	for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
		g_clear_pointer (&blocks->galley, rn_galley_free);
		blocks->galley = rn_galley_new (booklet->book->arena);
		style->size = whole.size * SIZES[i] / 100;
		style->leading = whole.leading * SIZES[i] / 100;
		set_entries (booklet, blocks, entries, id);
		const gint64 now = sides_of (booklet, blocks->galley, head);
		if (i == 0)
			sides = now;
		if ((i == 0 && (now < 100 || now % 100 > 30)) || now / 100 < sides / 100)
			break;
	}
	*style = whole;
	return blocks->galley;
}

/* TERMS in two columns under TITLE, where ANCHOR leads. */
static void put_list (RnBooklet *booklet, const GArray *terms, RnStyleId id, const char *title, const char *anchor)
{
	RnBook *book = booklet->book;
	RnFurniture furniture = booklet->furniture;
	RnGalley *head = rn_galley_new (book->arena);
	RnTag *section = rn_tag_new (&book->tags, book->root, RN_ROLE_SECT);
	RnBlocks blocks = rn_booklet_blocks (booklet, head, section);
	g_autoptr (GArray) entries = collect (booklet, terms);
	section->title = title;
	furniture.head = head;
	furniture.n_rules = 0;
	furniture.columns = 2;
	furniture.gutter = booklet->product->gutter;
	const RnLength width = booklet->product->width - booklet->product->inner - booklet->product->outer;
	blocks.measure = width;
	rn_set_heading (&blocks, 1, title, anchor);
	rn_add_outline (book, title, 1, anchor);
	blocks.galley = NULL;
	blocks.measure = (width - furniture.gutter) / 2;
	blocks.parent = rn_tag_new (&book->tags, section, RN_ROLE_INDEX);
	RnGalley *galley = set_columns (booklet, &blocks, entries, id, rn_galley_height (head) + head->after);
	for (guint i = 0; i < galley->pieces->len; i++)
		((RnPiece *) galley->pieces->pdata[i])->running = i ? title : "";
	rn_pour (booklet->composer, galley, &furniture);
	rn_galley_free (head);
	rn_galley_free (galley);
}

void rn_booklet_index (RnBooklet *booklet)
{
	put_list (booklet, booklet->composer->terms, RN_STYLE_INDEX, rn_setter_string (booklet->setter, "print_index", 0), rn_anchor_name (booklet->book->arena, NULL, "index"));
}

void rn_booklet_sources (RnBooklet *booklet)
{
	put_list (booklet, booklet->composer->sources, RN_STYLE_SOURCES, rn_setter_string (booklet->setter, "sources", 0), rn_anchor_name (booklet->book->arena, NULL, "sources"));
}
