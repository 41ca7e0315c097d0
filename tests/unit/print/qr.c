/* QR codes as a camera sees them: the marks at 300 dots an inch, read by zbarimg. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/picture.h"

typedef struct { guint size; guint8 *grey; } Bitmap;

/* Boxes of one path, each pixel by its centre; the margin is what a printed page has around the code. */
static Bitmap render (const RnMark *mark, RnLength size, guint dpi)
{
	guint side = (guint) ((gint64) size * dpi / 72000), margin = side / 4;
	Bitmap map = { side + 2 * margin, NULL };
	map.grey = g_malloc (map.size * map.size);
	memset (map.grey, 255, map.size * map.size);
	g_assert_cmpint (mark->kind, ==, RN_MARK_PATH);
	g_assert_true (mark->path->filled && !mark->path->stroked && mark->path->fill == RN_BLACK);
	const RnLength *p = mark->path->points;
	g_assert_cmpuint (mark->path->n_segments * 4, ==, mark->path->n_points * 5);
	for (guint box = 0; box < mark->path->n_points / 4; box++, p += 8) {
		g_assert_true (!strncmp (mark->path->segments + box * 5, "mlllz", 5));
		g_assert_true (p[0] >= 0 && p[1] >= 0 && p[2] > p[0] && p[5] > p[3] && p[4] <= size && p[5] <= size);
		for (guint y = 0; y < side; y++)
			for (guint x = 0; x < side; x++) {
				gint64 px = ((gint64) 2 * x + 1) * 36000 / dpi, py = ((gint64) 2 * y + 1) * 36000 / dpi;
				if (px >= p[0] && px < p[2] && py >= p[1] && py < p[5])
					map.grey[(y + margin) * map.size + x + margin] = 0;
			}
	}
	return map;
}

static char *read_code (const Bitmap *map)
{
	g_autoptr (GString) pgm = g_string_new (NULL);
	g_autofree char *path = NULL, *out = NULL, *err = NULL;
	g_autoptr (GError) error = NULL;
	gint file = g_file_open_tmp ("qr-XXXXXX.pgm", &path, &error), status;
	g_assert_no_error (error);
	g_string_append_printf (pgm, "P5\n%u %u\n255\n", map->size, map->size);
	g_string_append_len (pgm, (const char *) map->grey, map->size * map->size);
	g_assert_true (g_file_set_contents (path, pgm->str, (gssize) pgm->len, NULL));
	g_close (file, NULL);
	const char *argv[] = { "zbarimg", "--quiet", "--raw", path, NULL };
	g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
	g_remove (path);
	g_assert_no_error (error);   /* tests/setup/test-deps installs it */
	if (status)
		g_test_message ("zbarimg: %s", err);
	g_assert_cmpint (status, ==, 0);
	return g_steal_pointer (&out);
}

static void test_read (void)
{
	static const char *const texts[] = {
		"https://rohnamo.example/tg/", "https://rohnamo.example/ru/modules/first-month/registration-and-patent-2026-07/#fee", "tel:112", "Роҳнамо: қоидаҳои сафар",
	};
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
		for (guint turn = 0; turn < 2; turn++) {
			g_autoptr (RnArena) arena = rn_arena_new (0);
			g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
			RnTags tags = { .arena = arena };
			RnLength size = RN_MM (turn ? 30 : 15);
			g_assert_true (rn_qr_marks (arena, &tags, NULL, texts[i], "the page", RN_PT (7), RN_PT (9), size, marks));
			g_assert_cmpuint (marks->len, ==, 1);
			const RnMark *mark = &g_array_index (marks, RnMark, 0);
			g_assert_true (mark->x == RN_PT (7) && mark->y == RN_PT (9) && mark->w == size && mark->h == size);
			g_assert_true (mark->tag->role == RN_ROLE_FIGURE && !strcmp (mark->tag->alt, "the page"));
			Bitmap map = render (mark, size, 300);
			g_autofree char *got = read_code (&map), *wanted = g_strconcat (texts[i], "\n", NULL);
			g_assert_cmpstr (got, ==, wanted);
			g_free (map.grey);
		}
}

/* Four modules of white on every side: nothing dark there, and something dark right behind them. */
static void test_quiet (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnTags tags = { .arena = arena };
	RnLength size = 29 * 1000;   /* version 1 is 21 modules wide */
	g_assert_true (rn_qr_marks (arena, &tags, NULL, "A", "", 0, 0, size, marks));
	const RnPath *path = g_array_index (marks, RnMark, 0).path;
	RnLength low = size, high = 0;
	for (guint i = 0; i < path->n_points * 2; i++)
		low = MIN (low, path->points[i]), high = MAX (high, path->points[i]);
	g_assert_cmpint (low, ==, 4000);
	g_assert_cmpint (high, ==, 25000);
}

static void test_too_long (void)
{
	g_autoptr (RnArena) arena = rn_arena_new (0);
	g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RnMark));
	RnTags tags = { .arena = arena };
	g_autofree char *text = g_strnfill (3000, 'a');
	g_assert_false (rn_qr_marks (arena, &tags, NULL, text, "", 0, 0, RN_MM (15), marks));
	g_assert_false (rn_qr_marks (arena, &tags, NULL, "", "", 0, 0, RN_MM (15), marks));
	g_assert_cmpuint (marks->len, ==, 0);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/qr/read", test_read);
	g_test_add_func ("/qr/quiet", test_quiet);
	g_test_add_func ("/qr/too-long", test_too_long);
	return g_test_run ();
}
