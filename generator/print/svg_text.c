/*
 * svg_text.c - <text> and <tspan> -> text marks; what is turned, slanted, stretched, outlined or cut by an edge -> its glyphs' outlines.
 *
 * Text between two absolute places is a chunk: it is shaped run by run, and moved by its anchor once its width is known.
 */
#include "print/svg-int.h"

#include <math.h>
#include <string.h>

#define SLACK 500   /* half a point: so much a text may stand out before it is cut */

typedef struct {
	RnSvgStyle    style;
	const RnFont *font;
	RnGlyph      *glyphs;           /* arena */
	guint         n;
	double        x, y, width;      /* user units */
} Run;

typedef struct {
	RnSvg      *svg;
	RnSvgState  state;              /* the text element's: matrix and clip hold for all of it */
	double      scale;              /* RnLength a user unit */
	GArray     *runs;               /* of the chunk */
	GArray     *glyphs;
	double      x, y;               /* the pen */
	gboolean    space;              /* a blank is due before the next letter */
	gboolean    begun;              /* a letter has been */
} Chunk;

/* --- glyphs' outlines -------------------------------------------------------------------------------------------------------- */

typedef struct { RnSvgPath *path; double x, y, unit; } Pen;   /* a font's units, y up -> user units */

#define AT(px, py) ((Pen *) data)->x + (px) / ((Pen *) data)->unit, ((Pen *) data)->y - (py) / ((Pen *) data)->unit

static void pen_move (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
	(void) funcs, (void) state, (void) user;
	rn_svg_move (((Pen *) data)->path, AT (x, y));
}

static void pen_line (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
	(void) funcs, (void) state, (void) user;
	rn_svg_line (((Pen *) data)->path, AT (x, y));
}

static void pen_quadratic (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2, void *user)
{
	(void) funcs, (void) state, (void) user;
	rn_svg_quadratic (((Pen *) data)->path, AT (x1, y1), AT (x2, y2));
}

static void pen_cubic (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2, float x3, float y3, void *user)
{
	(void) funcs, (void) state, (void) user;
	rn_svg_curve (((Pen *) data)->path, AT (x1, y1), AT (x2, y2), AT (x3, y3));
}

static void pen_close (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
	(void) funcs, (void) state, (void) user;
	rn_svg_close (((Pen *) data)->path);
}

static hb_draw_funcs_t *pen_funcs (void)
{
	static gsize funcs;
	if (g_once_init_enter (&funcs)) {
		hb_draw_funcs_t *made = hb_draw_funcs_create ();
		hb_draw_funcs_set_move_to_func (made, pen_move, NULL, NULL);
		hb_draw_funcs_set_line_to_func (made, pen_line, NULL, NULL);
		hb_draw_funcs_set_quadratic_to_func (made, pen_quadratic, NULL, NULL);
		hb_draw_funcs_set_cubic_to_func (made, pen_cubic, NULL, NULL);
		hb_draw_funcs_set_close_path_func (made, pen_close, NULL, NULL);
		hb_draw_funcs_make_immutable (made);
		g_once_init_leave (&funcs, (gsize) made);
	}
	return (hb_draw_funcs_t *) funcs;
}

static void draw_outlines (Chunk *chunk, const Run *run, double x, double y)
{
	Pen pen = { &chunk->svg->path, x, y, chunk->scale };
	double at = x;
	rn_svg_path_clear (pen.path);
	for (guint i = 0; i < run->n; i++) {
		const RnGlyph *glyph = &run->glyphs[i];
		pen.x = at + glyph->dx / chunk->scale;
		pen.y = y - glyph->dy / chunk->scale;
#if HB_VERSION_ATLEAST (7, 0, 0)
		hb_font_draw_glyph (run->font->hb, glyph->glyph, pen_funcs (), &pen);
#else
		hb_font_get_glyph_shape (run->font->hb, glyph->glyph, pen_funcs (), &pen);
#endif
		at += glyph->advance / chunk->scale;
	}
	RnSvgState state = chunk->state;
	state.style = run->style;
	state.style.even_odd = FALSE;
	rn_svg_paint (chunk->svg, &state);
}

/* --- a chunk ----------------------------------------------------------------------------------------------------------------- */

static double baseline (const Chunk *chunk, const Run *run)
{
	const RnFont *font = run->font;
	const double down[] = { 0, font->x_height / 2.0, (font->ascent - font->descent) / 2.0, font->ascent, -font->descent };
	return down[run->style.baseline] / chunk->scale;
}

static gboolean is_plain (const Chunk *chunk, const Run *run, RnSvgBox box)
{
	RnSvgMatrix m = chunk->state.matrix;
	RnTint tint;
	double little = 1e-3 * chunk->scale;
	RnSvgBox in = chunk->state.clip;
	gboolean upright = m.a > 0 && fabs (m.b) < little && fabs (m.c) < little && fabs (m.a - m.d) < 10 * little;
	gboolean whole = box.x1 >= in.x1 - SLACK && box.x2 <= in.x2 + SLACK && box.y1 >= in.y1 - SLACK && box.y2 <= in.y2 + SLACK;
	return upright && whole && rn_svg_shade (&run->style, FALSE, &tint);
}

static void draw_run (Chunk *chunk, const Run *run, double x)
{
	double y = run->y + baseline (chunk, run), up = run->font->cap_height / chunk->scale, down = run->font->descent / chunk->scale;
	RnSvgBox box = rn_svg_map_box (chunk->state.matrix, (RnSvgBox) { x, y - up, x + run->width, y + down });
	RnMark mark = { .kind = RN_MARK_TEXT, .tag = chunk->svg->setting->tag };
	double left, line;
	if (run->style.hidden)
		return;
	if (!is_plain (chunk, run, box)) {
		draw_outlines (chunk, run, x, y);
		return;
	}
	rn_svg_apply (chunk->state.matrix, x, y, &left, &line);
	rn_svg_shade (&run->style, FALSE, &mark.tint);
	mark.x = (RnLength) floor (left + 0.5), mark.y = (RnLength) floor (line + 0.5);
	mark.text.font = run->font;
	mark.text.glyphs = run->glyphs;
	mark.text.n = run->n;
	for (guint i = 0; i < run->n; i++)
		mark.w += run->glyphs[i].advance;
	g_array_append_val (chunk->svg->marks, mark);
}

static void end_chunk (Chunk *chunk)
{
	if (chunk->runs->len) {
		const Run *first = &g_array_index (chunk->runs, Run, 0);
		double width = chunk->x - first->x, shift = first->style.anchor * -width / 2;
		for (guint i = 0; i < chunk->runs->len; i++) {
			const Run *run = &g_array_index (chunk->runs, Run, i);
			draw_run (chunk, run, run->x + shift);
		}
	}
	g_array_set_size (chunk->runs, 0);
}

static void add_run (Chunk *chunk, const RnSvgStyle *style, const char *text, gsize len)
{
	static const char *const families[] = { "sans", "serif", "mono" };
	const RnSvgSetting *setting = chunk->svg->setting;
	double size = style->font_size * chunk->scale;
	if (!len || size < 1 || size > RN_PT (5000))
		return;
	const RnFace *face = setting->face ? setting->face (setting->face_user, families[style->family], style->bold, style->italic) : NULL;
	if (!face) {
		rn_svg_refuse (chunk->svg, "text");
		return;
	}
	Run run = { .style = *style, .font = rn_fonts_get (setting->fonts, face, (RnLength) (size + 0.5)), .x = chunk->x, .y = chunk->y };
	g_array_set_size (chunk->glyphs, 0);
	const char *language = style->language ? style->language : setting->language ? setting->language : "und";
	rn_font_shape (run.font, rn_arena_strndup (setting->arena, text, (gssize) len), len, language, chunk->glyphs, setting->missing);
	run.n = chunk->glyphs->len;
	if (!run.n)
		return;
	run.glyphs = memcpy (rn_arena_newn (setting->arena, RnGlyph, run.n), chunk->glyphs->data, run.n * sizeof (RnGlyph));
	RnLength spacing = (RnLength) floor (CLAMP (style->letter_spacing * chunk->scale, -size, size) + 0.5);
	gint64 width = 0;
	for (guint i = 0; i < run.n; i++)
		width += run.glyphs[i].advance += spacing;
	run.width = (double) width / chunk->scale;
	chunk->x += run.width;
	chunk->svg->segments += run.n;
	chunk->svg->beyond |= chunk->svg->segments > RN_SVG_MOST_SEGMENTS;
	g_array_append_val (chunk->runs, run);
}

/* --- walking ----------------------------------------------------------------------------------------------------------------- */

/* x="" and y="" of the element at work, for its letters one by one. */
typedef struct { double *x, *y; guint n_x, n_y, at; } Places;

static double *read_list (const xmlNode *node, const char *name, guint *n)
{
	const char *text = rn_svg_get (node, name);
	g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (double));
	double value;
	while (text && rn_svg_number (&text, &value)) {
		text += strspn (text, "abcdefghijklmnopqrstuvwxyz%");
		g_array_append_val (list, value);
	}
	*n = list->len;
	return (double *) g_array_free (g_steal_pointer (&list), FALSE);
}

/* Moves the pen to the next letter's own place, if it has one. */
static void go_to_place (Chunk *chunk, Places *places)
{
	gboolean has_x = places->at < places->n_x, has_y = places->at < places->n_y;
	if (has_x || has_y) {
		end_chunk (chunk);
		chunk->space = FALSE;
	}
	if (has_x)
		chunk->x = places->x[places->at];
	if (has_y)
		chunk->y = places->y[places->at];
	places->at++;
}

static void add_text (Chunk *chunk, const RnSvgStyle *style, const char *text, Places *places)
{
	g_autoptr (GString) plain = g_string_new (NULL);
	for (const char *p = text, *next; *p && !chunk->svg->beyond; p = next) {
		next = g_utf8_next_char (p);
		gboolean blank = g_ascii_isspace (*p);
		if (blank && !style->keep_spaces) {
			chunk->space = chunk->begun;
			continue;
		}
		gboolean placed = places->at < MAX (places->n_x, places->n_y);
		if (placed) {
			add_run (chunk, style, plain->str, plain->len);
			g_string_truncate (plain, 0);
			go_to_place (chunk, places);
		}
		if (chunk->space)
			g_string_append_c (plain, ' ');
		chunk->space = FALSE;
		chunk->begun = TRUE;
		if (blank)
			g_string_append_c (plain, ' ');
		else
			g_string_append_len (plain, p, next - p);
	}
	add_run (chunk, style, plain->str, plain->len);
}

static double first_length (const RnSvgState *state, const xmlNode *node, const char *name, char axis)
{
	return rn_svg_length (state, rn_svg_get (node, name), axis, 0);
}

static void walk (Chunk *chunk, const RnSvgState *state, const xmlNode *node)
{
	Places places = { 0 };
	const char *rotate = rn_svg_get (node, "rotate");
	double turn = 0;
	if (rotate && rn_svg_number (&rotate, &turn) && turn != 0)
		rn_svg_refuse (chunk->svg, "rotate");
	places.x = read_list (node, "x", &places.n_x);
	places.y = read_list (node, "y", &places.n_y);
	if (places.n_x == 1)
		places.x[0] = first_length (state, node, "x", 'x');
	if (places.n_y == 1)
		places.y[0] = first_length (state, node, "y", 'y');
	/* The first place holds for the element even if its first letter stands in a tspan. */
	if (places.n_x || places.n_y)
		go_to_place (chunk, &places);
	places.at = MAX (places.n_x, places.n_y) > 1 ? 0 : 1;
	chunk->x += first_length (state, node, "dx", 'x');
	chunk->y += first_length (state, node, "dy", 'y');
	for (const xmlNode *child = node->children; child && !chunk->svg->beyond; child = child->next) {
		const char *name = rn_svg_name (child);
		if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			add_text (chunk, &state->style, (const char *) child->content, &places);
		else if (name && (!strcmp (name, "tspan") || !strcmp (name, "a"))) {
			RnSvgState inside = *state;
			if (++chunk->svg->elements > RN_SVG_MOST_ELEMENTS)
				chunk->svg->beyond = TRUE;
			rn_svg_style_apply (chunk->svg, &inside, child);
			if (!inside.style.none)
				walk (chunk, &inside, child);
		} else if (name && (!strcmp (name, "textPath") || !strcmp (name, "tref")))
			rn_svg_refuse (chunk->svg, "textPath");
	}
	g_free (places.x);
	g_free (places.y);
}

void rn_svg_text (RnSvg *svg, const RnSvgState *state, const xmlNode *node)
{
	Chunk chunk = { .svg = svg, .state = *state, .scale = rn_svg_scale (state->matrix) };
	if (chunk.scale < 1e-6)
		return;
	chunk.runs = g_array_new (FALSE, FALSE, sizeof (Run));
	chunk.glyphs = g_array_new (FALSE, FALSE, sizeof (RnGlyph));
	walk (&chunk, state, node);
	end_chunk (&chunk);
	g_array_unref (chunk.runs);
	g_array_unref (chunk.glyphs);
}
