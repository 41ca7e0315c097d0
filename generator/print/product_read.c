/* product_read.c - the merged map of a product, whose keys are of their kinds, -> RnProduct; what makes no sense together is told. */
#include "print/product-int.h"

#include <string.h>

#define SMALLEST RN_MM (20)
#define LARGEST  RN_MM (2000)
#define NARROWEST_PANEL RN_MM (10)
#define MOST_COPIES 400
#define MOST_BLEED RN_MM (50)
#define LONGEST_ADDRESS 200      /* bytes: a QR code of more is too fine to be read */

typedef struct { const char *name; double width, height; } Paper;

static const Paper papers[] = {
	{ "a3", 297, 420 }, { "a4", 210, 297 }, { "a5", 148, 210 }, { "a6", 105, 148 }, { "sra3", 320, 450 }, { "sra4", 225, 320 }, { "letter", 215.9, 279.4 },
};

/* --- values ------------------------------------------------------------------------------------------------------------------- */

static RnLength length_at (const RnProductDraft *draft, const char *path)
{
	RnLength length = 0;
	rn_length_parse (rn_product_get (&draft->product, path), 0, &length);
	return length;
}

static const char *text_at (const RnProductDraft *draft, const char *path, const char *fallback)
{
	const char *text = rn_value_string (rn_product_get (&draft->product, path));
	return text ? text : fallback;
}

/* Where WORD stands in NAMES. */
static guint word_at (const RnProductDraft *draft, const char *path, const char *const *names)
{
	const char *word = text_at (draft, path, names[0]);
	for (guint i = 0; names[i]; i++)
		if (!strcmp (names[i], word))
			return i;
	return 0;
}

static const Paper *paper_named (const char *name)
{
	for (guint i = 0; name && i < G_N_ELEMENTS (papers); i++)
		if (!g_ascii_strcasecmp (papers[i].name, name))
			return &papers[i];
	return NULL;
}

static void read_paper (RnProductDraft *draft, const char *path, RnLength *width, RnLength *height)
{
	const RnValue *value = rn_product_get (&draft->product, path), *name = rn_value_get (value, "paper");
	const Paper *paper = paper_named (rn_value_string (name ? name : value));
	if (paper) {
		*width = RN_MM (paper->width);
		*height = RN_MM (paper->height);
	} else if (!rn_length_parse (rn_value_get (value, "width"), 0, width) || !rn_length_parse (rn_value_get (value, "height"), 0, height)) {
		rn_product_break (draft, path, value, "'%s' must be a3, a4, a5, a6, sra3, sra4, letter, or {width: 148mm, height: 210mm}", path);
		return;
	}
	if (rn_value_bool (rn_value_get (value, "landscape"), FALSE) && *width < *height) {
		RnLength swap = *width;
		*width = *height;
		*height = swap;
	}
	if (*width < SMALLEST || *height < SMALLEST || *width > LARGEST || *height > LARGEST)
		rn_product_break (draft, path, value, "'%s' must be between 20 mm and 2 m each way", path);
}

/* --- parts ---------------------------------------------------------------------------------------------------------------------- */

static void read_languages (RnProductDraft *draft)
{
	RnProduct *product = &draft->product;
	const RnSite *site = draft->products->site;
	const RnValue *list = rn_product_get (product, "languages");
	guint n = list ? list->n : site->n_languages;
	product->languages = rn_arena_newn (draft->products->arena, const RnLanguage *, n);
	for (guint i = 0; i < n; i++) {
		const RnLanguage *language = list ? rn_site_language (site, list->items[i]->string) : site->languages[i];
		gboolean twice = FALSE;
		for (guint k = 0; k < product->n_languages; k++)
			twice = twice || product->languages[k] == language;
		if (!language && list)
			rn_product_break (draft, "languages", list->items[i], "the site has no language '%s'", list->items[i]->string);
		else if (language && !twice)
			product->languages[product->n_languages++] = language;
	}
	if (!product->n_languages && !draft->broken)
		rn_product_break (draft, "languages", NULL, "'languages' is empty");
	product->together = rn_product_flag (product, "together", FALSE);
}

/* Without the white between them, would there be room for the columns? Then that is to blame. */
static void check_room (RnProductDraft *draft)
{
	const RnProduct *product = &draft->product;
	RnProduct narrow = *product;
	narrow.gutter = 0;
	if (rn_product_measure (&narrow) < RN_MM (10) || product->height - product->top - product->bottom < RN_MM (10))
		rn_product_break (draft, "margins", NULL, "the margins leave no room for text on this page");
	else if (rn_product_measure (product) < RN_MM (10))
		rn_product_break (draft, "gutter", NULL, "the white between columns leaves no room for text on this page");
}

static void read_page (RnProductDraft *draft)
{
	RnProduct *product = &draft->product;
	read_paper (draft, "page", &product->width, &product->height);
	product->inner = length_at (draft, "margins.inner");
	product->outer = length_at (draft, "margins.outer");
	product->top = length_at (draft, "margins.top");
	product->bottom = length_at (draft, "margins.bottom");
	product->columns = rn_product_count (product, "columns", 1);
	product->gutter = length_at (draft, "gutter");
	if (!product->columns || product->columns > 12)
		rn_product_break (draft, "columns", NULL, "'columns' must be from 1 to 12");
	if (!draft->broken)
		check_room (draft);
}

/* What is wrong in KEY of the profile that LAYERS make is told where it stands, and that the product does not get it. */
static void break_profile (RnProductDraft *draft, const GPtrArray *layers, const char *key, const char *what)
{
	RnPlace where = draft->product.where;
	rn_layers_place (layers, key, &where);
	rn_product_tell (draft->products, draft->product.name, where, what);
	if (rn_in_profile (where))
		rn_product_tell_profile (draft->products, draft->product.name, rn_product_place (&draft->product, "profile"), draft->product.profile.name);
	draft->broken = TRUE;
}

static void read_profile (RnProductDraft *draft)
{
	RnProducts *products = draft->products;
	RnPrintProfile *profile = &draft->product.profile;
	const RnValue *value = rn_product_get (&draft->product, "profile");
	g_autoptr (GPtrArray) layers = g_ptr_array_new ();
	if (!value) {
		rn_product_break (draft, "profile", NULL, "'profile' is missing");
		return;
	}
	if (!rn_profile_layers (products, draft->product.name, value, rn_product_place (&draft->product, "profile"), layers)) {
		draft->broken = TRUE;
		return;
	}
	const RnValue *map = rn_product_merge (products->arena, layers);
	const char *name = value->kind == RN_STRING ? value->string : rn_value_string (rn_value_get (value, "extends"));
	const char *x_version = rn_value_string (rn_value_get (map, "x_version"));
	*profile = (RnPrintProfile) {
		.name = name ? name : "",
		.page_marks = rn_value_bool (rn_value_get (map, "page_marks"), FALSE), .sheet_marks = rn_value_bool (rn_value_get (map, "sheet_marks"), FALSE),
		.outlines = rn_value_bool (rn_value_get (map, "outlines"), FALSE), .x_version = g_strcmp0 (x_version, "none") ? x_version : NULL,
		.condition = rn_value_string (rn_value_get (map, "condition")), .condition_id = rn_value_string (rn_value_get (map, "condition_id")),
		.paper = rn_value_string (rn_value_get (map, "paper")), .paper_thickness = rn_value_real (rn_value_get (map, "paper_thickness"), 0),
		.cover_paper = rn_value_string (rn_value_get (map, "cover_paper")),
	};
	rn_length_parse (rn_value_get (map, "bleed"), 0, &profile->bleed);
	rn_length_parse (rn_value_get (map, "safe"), 0, &profile->safe);
	if (profile->bleed > MOST_BLEED)
		break_profile (draft, layers, "bleed", "'bleed' must be at most 50 mm");
	if (profile->safe > MOST_BLEED)
		break_profile (draft, layers, "safe", "'safe' must be at most 50 mm");
	if (profile->x_version && (!profile->condition || !profile->condition_id))
		break_profile (draft, layers, "x_version", "with x_version it needs condition and condition_id");
}

/* Where a sheet is folded: as it says, else between the panels of its front. */
static void read_folds (RnProductDraft *draft, RnImposeRules *rules)
{
	const RnValue *folds = rn_product_get (&draft->product, "impose.folds"), *sides = rn_product_get (&draft->product, "panels.sides");
	gboolean panels = !folds && sides && !strcmp (draft->product.kind, "panels") && rn_product_flag (&draft->product, "panels.folded", FALSE);
	const RnValue *list = panels ? rn_value_get (sides->items[0], "widths") : folds;
	guint n = list ? panels && list->n ? list->n - 1 : list->n : 0;
	RnLength *at = rn_arena_newn (draft->products->arena, RnLength, n), sum = 0;
	for (guint i = 0; i < n; i++) {
		RnLength length = 0;
		rn_length_parse (list->items[i], 0, &length);
		at[i] = panels ? sum += length : length;
		if (!panels && (length <= 0 || length >= draft->product.width))
			rn_product_break (draft, "impose.folds", list->items[i], "'impose.folds': a fold is between the left and the right edge of the page");
	}
	rules->folds = at;
	rules->n_folds = n;
}

static void read_impose (RnProductDraft *draft)
{
	static const char *const schemes[] = { "none", "saddle", "perfect", "sheet", "repeat", NULL };
	RnProduct *product = &draft->product;
	RnImposeRules *rules = &product->impose;
	rules->scheme = (guint8) word_at (draft, "impose.scheme", schemes);
	rules->signature = rn_product_count (product, "impose.signature", 16);
	rules->limit = rn_product_count (product, "impose.limit", 80);
	read_paper (draft, "impose.sheet", &rules->sheet_width, &rules->sheet_height);
	gboolean folded = rules->scheme == RN_IMPOSE_SADDLE || rules->scheme == RN_IMPOSE_PERFECT;
	gboolean wide = folded || (rules->scheme == RN_IMPOSE_SHEET && product->width > product->height);
	gboolean turn = wide ? rules->sheet_width < rules->sheet_height : rules->scheme == RN_IMPOSE_SHEET && rules->sheet_width > rules->sheet_height;
	if (turn) {
		RnLength swap = rules->sheet_width;
		rules->sheet_width = rules->sheet_height;
		rules->sheet_height = swap;
	}
	if (!rules->signature || rules->signature % 4 || rules->signature > 64)
		rn_product_break (draft, "impose.signature", NULL, "'impose.signature' must be 4, 8, 12, ... up to 64");
	if (rules->limit < 4)
		rn_product_break (draft, "impose.limit", NULL, "'impose.limit' must be at least 4 pages");
	/* Each copy has its place on each sheet: a mistake in the paper's size would make a file of gigabytes. */
	const gint64 around = 2 * (gint64) product->profile.bleed, across = rules->sheet_width / MAX (product->width + around, 1), down = rules->sheet_height / MAX (product->height + around, 1);
	if (!draft->broken && rules->scheme == RN_IMPOSE_REPEAT && across * down > MOST_COPIES)
		rn_product_break (draft, "impose.sheet", NULL, "'impose.sheet' has room for more than %d of these pages", MOST_COPIES);
	read_folds (draft, rules);
}

static void read_address (RnProductDraft *draft)
{
	const char *text = text_at (draft, "address", NULL);
	draft->product.address = draft->products->site->base_url;
	if (!text || !*text)
		return;
	if ((!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://")) || strpbrk (text, " <>\"?#") || strlen (text) > LONGEST_ADDRESS) {
		rn_product_break (draft, "address", NULL, "'address' must be an address such as https://example.org");
		return;
	}
	gsize len = strlen (text);
	while (len && text[len - 1] == '/')
		len--;
	draft->product.address = rn_arena_strndup (draft->products->arena, text, (gssize) len);
}

static void read_fit (RnProductDraft *draft)
{
	const RnValue *list = rn_product_get (&draft->product, "fit");
	guint n = list ? list->n : 1;
	double *sizes = rn_arena_newn (draft->products->arena, double, n);
	for (guint i = 0; i < n; i++)
		sizes[i] = list ? rn_value_real (list->items[i], 100) : 100;
	draft->product.fit = sizes;
	draft->product.n_fit = n;
}

static void tell_width (RnProductDraft *draft, const RnValue *widths, gint64 sum)
{
	gint has = (gint) (sum * 254 / 72000), page = (gint) ((gint64) draft->product.width * 254 / 72000);
	rn_product_break (draft, "panels.sides", widths, "the panels are %d.%d mm wide together, the page is %d.%d mm", has / 10, has % 10, page / 10, page % 10);
}

/* A leaflet's panels must be as wide together as its paper, and each be read once. */
static void check_panels (RnProductDraft *draft)
{
	const RnValue *sides = rn_product_get (&draft->product, "panels.sides");
	guint64 read = 0;    /* a bit for each place in the order of reading */
	guint panels = 0, listed = 0;
	for (guint i = 0; sides && i < sides->n; i++) {
		const RnValue *widths = rn_value_get (sides->items[i], "widths"), *reads = rn_value_get (sides->items[i], "reads");
		gint64 sum = 0;
		for (guint k = 0; widths && k < widths->n; k++) {
			RnLength length = 0;
			rn_length_parse (widths->items[k], 0, &length);
			sum += length;
			if (length < NARROWEST_PANEL)
				rn_product_break (draft, "panels.sides", widths->items[k], "a panel must be 10 mm wide at least");
		}
		panels += widths && widths->n ? widths->n : 1;
		/* A tenth of a millimetre: what rounding in the file may leave. */
		if (widths && widths->n && ABS (sum - draft->product.width) > RN_MM (0.1))
			tell_width (draft, widths, sum);
		if (reads && reads->n != (widths && widths->n ? widths->n : 1))
			rn_product_break (draft, "panels.sides", reads, "'reads' must name each panel of the side once");
		for (guint k = 0; reads && k < reads->n; k++, listed++)
			if (rn_value_int (reads->items[k], 0) <= 63)
				read |= 1ull << rn_value_int (reads->items[k], 0);
	}
	if (panels > RN_PANELS)
		rn_product_break (draft, "panels.sides", NULL, "a sheet has %d panels at most", RN_PANELS);
	if (listed && !draft->broken && ( listed != panels || read != ((1ull << (panels + 1)) - 2)))
		rn_product_break (draft, "panels.sides", NULL, "'reads' must number the panels of all sides from 1, each once");
}

/* The list of folders PATH, NULL-terminated; what is not absolute is told. */
static const char *const *folders_at (RnProductDraft *draft, const char *path)
{
	const RnValue *list = rn_product_get (&draft->product, path);
	guint n = list ? list->n : 0;
	const char **folders = rn_arena_newn (draft->products->arena, const char *, n + 1);
	for (guint i = 0; i < n; i++) {
		folders[i] = list->items[i]->string;
		if (*folders[i] != '/')
			rn_product_break (draft, path, list->items[i], "'%s' must be a list of folders that begin with /; files of the site's own belong in layouts/print/", path);
		else if (!g_ptr_array_find_with_equal_func (draft->products->folders, folders[i], g_str_equal, NULL))
			g_ptr_array_add (draft->products->folders, (gpointer) folders[i]);
	}
	return folders;
}

static void load_hyphenation (RnProductDraft *draft)
{
	RnProducts *products = draft->products;
	const char *const *folders = folders_at (draft, "hyphenation");
	for (guint i = 0; i < draft->product.n_languages && !draft->broken; i++) {
		const RnLanguage *language = draft->product.languages[i];
		if (!products->hyphenated[language->index])
			products->hyphenations[language->index] = rn_hyphenation_new (products->site, language, folders, products->sink);
		products->hyphenated[language->index] = TRUE;
	}
}

gboolean rn_product_read (RnProductDraft *draft)
{
	static const char *const links[] = { "footnote", "inline", "none", NULL };
	RnProduct *product = &draft->product;
	product->kind = text_at (draft, "kind", NULL);
	if (!product->kind) {
		rn_product_break (draft, "kind", NULL, "'kind' is missing: booklet, parallel, panels, cards or poster");
		return FALSE;
	}
	read_languages (draft);
	read_page (draft);
	read_profile (draft);
	read_impose (draft);
	read_address (draft);
	read_fit (draft);
	product->links = word_at (draft, "links", links);
	product->page_references = rn_product_flag (product, "page_references", TRUE);
	product->copies = rn_product_count (product, "copies", 0);
	product->archive = rn_product_flag (product, "archive", FALSE);
	if (!strcmp (product->kind, "panels"))
		check_panels (draft);
	rn_product_check_select (draft);
	if (!draft->broken && !rn_product_read_styles (draft, folders_at (draft, "fonts")))
		draft->broken = TRUE;
	load_hyphenation (draft);
	return !draft->broken;
}
