/* svg - a drawing as paths for paper; nothing stands outside of its frame but half a stroke. */
#include "../world.h"
#include "print/picture.h"

static const RnFace *face_of (gpointer user, const char *family, gboolean bold, gboolean italic)
{
	static RnFontFiles *volatile files;   /* what the face belongs to */
	static const RnFace *face;
	static const char *const folders[] = { "/usr/share/fonts/truetype/paratype", NULL };
	(void) user, (void) family, (void) bold, (void) italic;
	if (!face) {
		files = rn_font_files_new (fuzz_world_once ("-- content/a.und.md --\n# A\n", fuzz_shipped ())->site);
		face = rn_font_files_load (files, "PTS55F.ttf", folders, RN_PLACE ("a", 1, 1), NULL);
	}
	g_assert_nonnull (face);
	return face;
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	static const RnLength width = RN_PT (200);
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	g_autoptr (GString) missing = g_string_new (NULL);
	RnSvgSize drawn;
	const char *unsupported = NULL;
	rn_svg_title (arena, text, size);
	if (!rn_svg_size (text, size, &drawn))
		return 0;
	RnFonts *fonts = rn_fonts_new ();
	RnTag tag = { .role = RN_ROLE_FIGURE };
	const RnSvgSetting setting = { .arena = arena, .fonts = fonts, .face = face_of, .tag = &tag, .missing = missing };
	const RnLength height = (RnLength) CLAMP (width * drawn.height / drawn.width, 1, 1e6);
	if (!rn_svg_marks (&setting, text, size, width, height, marks, &unsupported))
		g_assert_cmpuint (marks->len, ==, 0);
	for (guint i = 0; i < marks->len; i++) {
		const RnMark *mark = &g_array_index (marks, RnMark, i);
		const RnLength slack = 10 + (mark->kind == RN_MARK_PATH && mark->path->stroked ? mark->path->width / 2 : 0);
		if (mark->kind != RN_MARK_PATH)
			continue;
		g_assert_cmpint (mark->x, >=, -slack);
		g_assert_cmpint (mark->x + mark->w, <=, width + slack);
		g_assert_cmpint (mark->y, >=, -slack);
		g_assert_cmpint (mark->y + mark->h, <=, height + slack);
	}
	rn_fonts_free (fonts);
	return 0;
}
