/*
 * impose.c - sides -> sheets: the order of pages on each face, blanks, creep, and where the sheet of paper lies around them.
 *
 * In: a book and its product's rules. Out: faces, face and back in turn. The invariant: each side stands once (on cards: as often as it fits), and
 * what is behind a place on the back is what turning the sheet about its upright middle brings there.
 */
#include "print/impose-int.h"

#define MARKS_LEAST RN_MM (2)   /* a sheet with less for marks beyond the bleed is too small */

typedef struct {
	RnBook *book;
	const RnProduct *product;
	RnImposition *made;
	RnSheetLines lines;
	RnLength width, height;     /* of a side */
} Imposer;

/* --- the sheet --------------------------------------------------------------------------------------------------------------------- */

static RnLength least_margin (const Imposer *imposer)
{
	return imposer->made->bleed + (imposer->product->profile.sheet_marks ? MARKS_LEAST : 0);
}

static char *size_text (RnLength width, RnLength height)
{
	/* Tenths of millimetres, the needed ones rounded up by the caller's half. */
	gint w = (gint) ((gint64) width * 254 / 72000), h = (gint) ((gint64) height * 254 / 72000);
	return g_strdup_printf ("%d.%d × %d.%d mm", w / 10, w % 10, h / 10, h % 10);
}

static gboolean too_small (const Imposer *imposer, RnLength width, RnLength height, RnDiagnostics *sink)
{
	const RnImposeRules *rules = &imposer->product->impose;
	g_autofree char *is = size_text (rules->sheet_width, rules->sheet_height), *needed = size_text (width + RN_MM (0.1) - 1, height + RN_MM (0.1) - 1);
	g_autofree char *why = g_strdup_printf ("it is %s, and %s are needed", is, needed);
	rn_diagnose (sink, RN_D_IMPOSE_TOO_SMALL, imposer->product->where, imposer->product->name, why);
	return FALSE;
}

/* Lays the finished sheet of WIDTH x HEIGHT into the middle of the product's paper (turned if only so it fits), or of one that is just large enough. */
static gboolean choose_sheet (Imposer *imposer, RnLength width, RnLength height, RnDiagnostics *sink)
{
	RnImposition *made = imposer->made;
	const RnImposeRules *rules = &imposer->product->impose;
	RnLength least = least_margin (imposer), w = width + 2 * least, h = height + 2 * least;
	if (rules->sheet_width <= 0 || rules->sheet_height <= 0) {
		RnLength margin = made->bleed + (imposer->product->profile.sheet_marks ? RN_MARKS_ROOM : 0);
		made->width = width + 2 * margin;
		made->height = height + 2 * margin;
	} else if (rules->sheet_width >= w && rules->sheet_height >= h) {
		made->width = rules->sheet_width;
		made->height = rules->sheet_height;
	} else if (rules->sheet_height >= w && rules->sheet_width >= h) {
		made->width = rules->sheet_height;
		made->height = rules->sheet_width;
	} else
		return too_small (imposer, w, h, sink);
	made->trim_width = width;
	made->trim_height = height;
	made->trim_x = (made->width - width) / 2;
	made->trim_y = (made->height - height) / 2;
	imposer->lines.room = MIN (made->trim_x, made->trim_y) - made->bleed;
	return TRUE;
}

static void add_line (GArray *lines, RnLength at)
{
	if (lines->len == 0 || g_array_index (lines, RnLength, lines->len - 1) != at)
		g_array_append_val (lines, at);
}

/* One cut around all, and folds at FOLDS from its left edge. */
static void add_lines (Imposer *imposer, const RnLength *folds, guint n_folds)
{
	const RnImposition *made = imposer->made;
	add_line (imposer->lines.cut_x, made->trim_x);
	add_line (imposer->lines.cut_x, made->trim_x + made->trim_width);
	add_line (imposer->lines.cut_y, made->trim_y);
	add_line (imposer->lines.cut_y, made->trim_y + made->trim_height);
	for (guint i = 0; i < n_folds; i++)
		add_line (imposer->lines.folds, made->trim_x + folds[i]);
}

static RnSheetFace *add_face (Imposer *imposer, guint sheet, gboolean back, guint n)
{
	RnSheetFace face = { .sides = g_new0 (RnImposedSide, n), .n_sides = n, .sheet = sheet, .back = back };
	g_array_append_val (imposer->made->faces, face);
	imposer->made->sheets = sheet + 1;
	return &g_array_index (imposer->made->faces, RnSheetFace, imposer->made->faces->len - 1);
}

/* --- folded and gathered -------------------------------------------------------------------------------------------------------------- */

/* The sides in reading order, -1 for a blank. Whoever wants the blanks elsewhere, before a back cover, has put them there. */
static GArray *pages_of (const Imposer *imposer)
{
	guint n = imposer->book->sides->len, blanks = (4 - n % 4) % 4;
	GArray *pages = g_array_sized_new (FALSE, FALSE, sizeof (gint), n + blanks);
	for (guint i = 0; i < n + blanks; i++) {
		gint side = i < n ? (gint) i : -1;
		g_array_append_val (pages, side);
	}
	imposer->made->pages = n + blanks;
	imposer->made->blanks = blanks;
	return pages;
}

/* How many of the LEFT pages the next signature gets. What would be left for a last one of less than half goes into the one before. */
static guint signature_of (const Imposer *imposer, guint left)
{
	guint usual = imposer->product->impose.signature;
	return left < usual + usual / 2 ? left : usual;
}

/* SHEET of a signature of the N pages from PAGES: number sheet + 1 from the outside. */
static void add_folded (Imposer *imposer, const gint *pages, guint n, guint sheet)
{
	const RnImposition *made = imposer->made;
	RnLength creep = (RnLength) ((gint64) sheet * RN_MM (imposer->product->profile.paper_thickness));
	const guint order[2][2] = { { n - 1 - 2 * sheet, 2 * sheet }, { 2 * sheet + 1, n - 2 - 2 * sheet } };
	guint number = made->sheets;
	for (guint back = 0; back < 2; back++) {
		RnSheetFace *face = add_face (imposer, number, back, 2);
		for (guint right = 0; right < 2; right++)
			face->sides[right] = (RnImposedSide) { .side = pages[order[back][right]], .y = made->trim_y,
				.x = made->trim_x + (right ? imposer->width - creep : creep), .clip_left = right ? -creep : made->bleed, .clip_right = right ? made->bleed : -creep };
	}
	imposer->made->creep = MAX (made->creep, creep);
}

static gboolean impose_folded (Imposer *imposer, RnDiagnostics *sink)
{
	if (!choose_sheet (imposer, 2 * imposer->width, imposer->height, sink))
		return FALSE;
	add_lines (imposer, &imposer->width, 1);
	const RnImposeRules *rules = &imposer->product->impose;
	GArray *pages = pages_of (imposer);
	gboolean one = rules->scheme == RN_IMPOSE_SADDLE && pages->len <= rules->limit;
	for (guint at = 0; at < pages->len;) {
		guint n = one ? pages->len : signature_of (imposer, pages->len - at);
		for (guint sheet = 0; sheet < n / 4; sheet++)
			add_folded (imposer, &g_array_index (pages, gint, at), n, sheet);
		imposer->made->signatures++;
		at += n;
	}
	g_array_unref (pages);
	return TRUE;
}

/* --- flat ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean impose_sheets (Imposer *imposer, RnDiagnostics *sink)
{
	if (!choose_sheet (imposer, imposer->width, imposer->height, sink))
		return FALSE;
	RnImposition *made = imposer->made;
	add_lines (imposer, imposer->product->impose.folds, imposer->product->impose.n_folds);
	made->pages = imposer->book->sides->len;
	for (guint i = 0; i < made->pages; i++)
		add_face (imposer, i / 2, i % 2, 1)->sides[0] = (RnImposedSide) { (gint) i, made->trim_x, made->trim_y, made->bleed, made->bleed };
	return TRUE;
}

/* How many of SIZE with GAP between them fit into LENGTH. */
static guint fits (RnLength length, RnLength size, RnLength gap)
{
	return length < size ? 0 : (guint) ((length + gap) / (size + gap));
}

static gboolean impose_repeated (Imposer *imposer, RnDiagnostics *sink)
{
	RnImposition *made = imposer->made;
	const RnImposeRules *rules = &imposer->product->impose;
	RnLength gap = 2 * made->bleed, w = rules->sheet_width, h = rules->sheet_height, least = 2 * least_margin (imposer);
	guint across = MAX (fits (w - least, imposer->width, gap), 1), down = MAX (fits (h - least, imposer->height, gap), 1);
	guint turned_across = fits (h - least, imposer->width, gap), turned_down = fits (w - least, imposer->height, gap);
	if (turned_across * turned_down > fits (w - least, imposer->width, gap) * fits (h - least, imposer->height, gap)) {
		across = turned_across;
		down = turned_down;
	}
	RnLength step_x = imposer->width + gap, step_y = imposer->height + gap;
	if (!choose_sheet (imposer, (RnLength) across * step_x - gap, (RnLength) down * step_y - gap, sink))
		return FALSE;
	for (guint i = 0; i < across; i++) {
		add_line (imposer->lines.cut_x, made->trim_x + (RnLength) i * step_x);
		add_line (imposer->lines.cut_x, made->trim_x + (RnLength) i * step_x + imposer->width);
	}
	for (guint i = 0; i < down; i++) {
		add_line (imposer->lines.cut_y, made->trim_y + (RnLength) i * step_y);
		add_line (imposer->lines.cut_y, made->trim_y + (RnLength) i * step_y + imposer->height);
	}
	made->pages = imposer->book->sides->len;
	for (guint side = 0; side < made->pages; side++) {
		RnSheetFace *face = add_face (imposer, side / 2, side % 2, across * down);
		for (guint k = 0; k < across * down; k++) {
			/* From the right on the back, so that copy k is behind copy k. */
			guint column = side % 2 ? across - 1 - k % across : k % across;
			face->sides[k] = (RnImposedSide) { (gint) side, made->trim_x + (RnLength) column * step_x, made->trim_y + (RnLength) (k / across) * step_y,
				made->bleed, made->bleed };
		}
	}
	return TRUE;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------- */

static void add_marks (Imposer *imposer, const char *slug, const RnFont *font)
{
	RnImposition *made = imposer->made;
	for (guint i = 0; i < made->faces->len; i++) {
		RnSheetFace *face = &g_array_index (made->faces, RnSheetFace, i);
		g_autofree char *text = slug ? g_strdup_printf ("%s · sheet %u/%u %s", slug, face->sheet + 1, made->sheets, face->back ? "back" : "face") : NULL;
		face->marks = rn_sheet_marks (imposer->book, made, &imposer->lines, face, text, font);
	}
}

static void face_clear (gpointer face)
{
	g_free (((RnSheetFace *) face)->sides);
}

RnImposition *rn_impose (RnBook *book, const RnProduct *product, const char *slug, const RnFont *font, RnDiagnostics *sink)
{
	if (book->sides->len == 0 || product->impose.scheme == RN_IMPOSE_NONE)
		return NULL;
	Imposer imposer = { .book = book, .product = product, .made = g_new0 (RnImposition, 1) };
	imposer.lines = (RnSheetLines) { g_array_new (FALSE, FALSE, sizeof (RnLength)), g_array_new (FALSE, FALSE, sizeof (RnLength)),
		g_array_new (FALSE, FALSE, sizeof (RnLength)), 0 };
	imposer.made->bleed = product->profile.bleed;
	imposer.made->faces = g_array_new (FALSE, FALSE, sizeof (RnSheetFace));
	g_array_set_clear_func (imposer.made->faces, face_clear);
	for (guint i = 0; i < book->sides->len; i++) {
		const RnSide *side = book->sides->pdata[i];
		imposer.width = MAX (imposer.width, side->width);
		imposer.height = MAX (imposer.height, side->height);
	}
	gboolean done = product->impose.scheme == RN_IMPOSE_SHEET ? impose_sheets (&imposer, sink)
		: product->impose.scheme == RN_IMPOSE_REPEAT ? impose_repeated (&imposer, sink) : impose_folded (&imposer, sink);
	if (done && product->profile.sheet_marks)
		add_marks (&imposer, slug, font);
	g_array_unref (imposer.lines.cut_x);
	g_array_unref (imposer.lines.cut_y);
	g_array_unref (imposer.lines.folds);
	if (!done)
		g_clear_pointer (&imposer.made, rn_imposition_free);
	return imposer.made;
}

void rn_imposition_free (RnImposition *imposition)
{
	if (imposition == NULL)
		return;
	g_array_unref (imposition->faces);
	g_free (imposition);
}

/* Hundredths of a millimetre, without the locale's comma. */
static void append_mm (GString *out, RnLength length)
{
	gint64 scaled = (gint64) length * 2540, hundredths = (scaled + (scaled < 0 ? -36000 : 36000)) / 72000;
	g_string_append_printf (out, "%s%d.%02d", hundredths < 0 ? "-" : "", (gint) ABS (hundredths) / 100, (gint) ABS (hundredths) % 100);
}

static void append_pair (GString *out, const char *before, RnLength a, const char *between, RnLength b)
{
	g_string_append (out, before);
	append_mm (out, a);
	g_string_append (out, between);
	append_mm (out, b);
}

char *rn_imposition_describe (const RnImposition *imposition)
{
	GString *out = g_string_new (NULL);
	g_string_append_printf (out, "%u pages, %u blank, %u signatures, %u sheets, creep ", imposition->pages, imposition->blanks, imposition->signatures, imposition->sheets);
	append_mm (out, imposition->creep);
	append_pair (out, "\nsheet ", imposition->width, "x", imposition->height);
	append_pair (out, ", trim ", imposition->trim_width, "x", imposition->trim_height);
	append_pair (out, " at ", imposition->trim_x, ",", imposition->trim_y);
	g_string_append (out, ", bleed ");
	append_mm (out, imposition->bleed);
	for (guint i = 0; i < imposition->faces->len; i++) {
		const RnSheetFace *face = &g_array_index (imposition->faces, RnSheetFace, i);
		g_string_append_printf (out, "\nsheet %u %s:", face->sheet + 1, face->back ? "back" : "face");
		for (guint k = 0; k < face->n_sides; k++) {
			const RnImposedSide *side = &face->sides[k];
			g_string_append (out, k ? " | " : " ");
			if (side->side < 0)
				g_string_append (out, "blank");
			else
				g_string_append_printf (out, "%d", side->side + 1);
			append_pair (out, " at ", side->x, ",", side->y);
			append_pair (out, " clip ", side->clip_left, ",", side->clip_right);
		}
	}
	g_string_append_c (out, '\n');
	return g_string_free (out, FALSE);
}
