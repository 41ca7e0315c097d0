/* images.c - pictures as pages show them: their versions and names, what is told of those that cannot be shown, the cache, and which originals are published. */
#include "../base/pictures.h"
#include "../model/sample.h"
#include "site/images-int.h"

#include <utime.h>

#define PAGES "-- content/faq/a.ru.md --\n# A\n"

typedef struct {
	Sample *sample;
	RnImages *images;
	GHashTable *files;   /* what was put: path -> GString */
	GMutex lock;
	char *cache;
} World;

static void free_text (gpointer text)
{
	g_string_free (text, TRUE);
}

static gboolean put (gpointer user, const char *path, const char *data, gsize len, GError **error)
{
	World *world = user;
	(void) error;
	g_mutex_lock (&world->lock);
	if (g_hash_table_contains (world->files, path))
		g_error ("%s is put twice", path);
	g_hash_table_insert (world->files, g_strdup (path), g_string_new_len (data, (gssize) len));
	g_mutex_unlock (&world->lock);
	return TRUE;
}

static gboolean put_fails (gpointer user, const char *path, const char *data, gsize len, GError **error)
{
	(void) user, (void) data, (void) len;
	g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "%s: no room", path);
	return FALSE;
}

/* Files that a site may hold. NAME decides the place, BYTES are freed. */
static void add (World *world, const char *name, GString *bytes)
{
	g_autofree char *path = g_build_filename (world->sample->dir, "site/content", name, NULL), *folder = g_path_get_dirname (path);
	g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
	g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
	g_string_free (bytes, TRUE);
}

static World *folder (const char *images)
{
	World *world = g_new0 (World, 1);
	g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [ru]\n%s\n" PAGES, images);
	world->sample = sample_folder (text);
	world->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
	world->cache = g_build_filename (world->sample->dir, "cache", NULL);
	return world;
}

static void begin (World *world)
{
	const RnSiteOptions options = { .clock = TODAY };
	sample_load (world->sample, &options, FALSE);
	g_assert_no_error (world->sample->error);
	world->images = rn_images_new (world->sample->site, world->cache, put, world, world->sample->sink);
}

/* Another build of the same site. */
static void again (World *world)
{
	rn_images_free (world->images);
	g_hash_table_remove_all (world->files);
	world->images = rn_images_new (world->sample->site, world->cache, put, world, world->sample->sink);
}

static void end (World *world)
{
	rn_images_free (world->images);
	sample_free (world->sample);
	g_hash_table_unref (world->files);
	g_free (world->cache);
	g_free (world);
}

static const RnImage *show (World *world, const char *address, guint line)
{
	return rn_images_get (world->images, address, RN_PLACE ("content/faq/a.ru.md", line, 1));
}

/* --- versions ----------------------------------------------------------------------------------------------------------------- */

static void assert_webp (World *world, const char *address, const guint *widths, guint n, guint height, const char *plain)
{
	const RnImage *image = show (world, address, 1);
	g_assert_nonnull (image);
	g_assert_cmpuint (image->n_webp, ==, n);
	g_assert_cmpuint (image->height, ==, height);
	for (guint i = 0; i <= n; i++) {
		const RnImageFile *file = i < n ? &image->webp[i] : &image->plain;
		g_autofree char *path = g_strconcat ("site", file->url, NULL), *pattern = g_strdup_printf ("^/(media|faq)/[^/]*\\.[0-9a-f]{8}\\.%u\\.%s$", file->width, i < n ? "webp" : plain);
		const GString *bytes = g_hash_table_lookup (world->files, path);
		guint seen, rows;
		if (!g_regex_match_simple (pattern, file->url, 0, 0))
			g_error ("%s is not like %s", file->url, pattern);
		g_assert_nonnull (bytes);
		g_assert_cmpuint (bytes->len, ==, file->bytes);
		g_assert_true (rn_raster_size (bytes->str, bytes->len, &seen, &rows, NULL));
		g_assert_true (seen == file->width && rows == file->height);
		g_assert_true (!memmem (bytes->str, bytes->len, "GPS here", 8) && !memmem (bytes->str, bytes->len, "TAKEN", 5));
		if (i < n)
			g_assert_cmpuint (file->width, ==, widths[i]);
	}
}

static void test_versions (void)
{
	World *world = folder ("images: true");
	g_autoptr (GString) plain = picture ("jpeg", 1600, 800, FALSE, 1);
	add (world, "media/large.jpg", with_notes (plain, 1));
	add (world, "media/turned.jpg", with_notes (plain, 6));
	add (world, "media/middle.png", picture ("png", 800, 400, FALSE, 2));
	add (world, "media/small.jpeg", picture ("jpeg", 200, 100, FALSE, 3));
	add (world, "faq/sheer.png", picture ("png", 400, 200, TRUE, 4));
	add (world, "media/film.webp", webp (2));
	add (world, "media/ink.jpg", jpeg_inks ());
	begin (world);
	assert_webp (world, "/media/large.jpg", (const guint[]) { 360, 720, 1280 }, 3, 640, "jpg");
	g_assert_cmpuint (show (world, "/media/large.jpg", 1)->plain.width, ==, 720);
	assert_webp (world, "/media/turned.jpg", (const guint[]) { 360, 800 }, 2, 1600, "jpg");
	assert_webp (world, "/media/middle.png", (const guint[]) { 360, 800 }, 2, 400, "png");
	assert_webp (world, "/media/small.jpeg", (const guint[]) { 200 }, 1, 100, "jpg");
	assert_webp (world, "/faq/sheer.png", (const guint[]) { 400 }, 1, 200, "png");
	assert_webp (world, "/media/film.webp", (const guint[]) { 16 }, show (world, "/media/film.webp", 7)->n_webp, 8, "jpg");
	g_assert_nonnull (show (world, "/media/ink.jpg", 1));
	g_assert_true (show (world, "/media/film.webp", 7)->moves);
	g_assert_true (rn_images_finish (world->images, NULL));
	g_autoptr (GString) read = g_string_new ("old");
	const RnImageFile *file = &show (world, "/media/large.jpg", 1)->webp[1];
	g_autofree char *path = g_strconcat ("site", file->url, NULL);
	g_assert_true (rn_images_read (world->images, file->url, read));
	g_assert_true (g_string_equal (read, g_hash_table_lookup (world->files, path)));
	g_assert_false (rn_images_read (world->images, "/media/large.jpg", read));
	end (world);
}

/* A small drawing with few colours is a small file: without loss, and as it was where that is the smallest. */
static void test_flat (void)
{
	World *world = folder ("images: {quality: 60}");
	add (world, "media/mark.png", png_palette ());
	begin (world);
	const RnImage *image = show (world, "/media/mark.png", 1);
	g_assert_true (image->width == 4 && image->height == 1 && image->plain.bytes < 200);
	g_assert_true (!image->n_webp || image->webp[0].bytes < image->plain.bytes);
	end (world);
}

/* --- what cannot be shown ------------------------------------------------------------------------------------------------------- */

static void test_broken (void)
{
	for (guint responsive = 0; responsive < 2; responsive++) {
		World *world = folder (responsive ? "images: true" : "");
		GString *cut = picture ("jpeg", 400, 200, FALSE, 1);
		g_string_truncate (cut, cut->len / 2);
		add (world, "media/none.jpg", g_string_new ("This is a letter."));
		add (world, "media/empty.png", g_string_new (""));
		add (world, "media/cut.jpg", cut);
		add (world, "media/bomb.png", png_bomb ());
		add (world, "media/none.svg", g_string_new ("<html/>"));
		add (world, "media/entities.svg", g_string_new ("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>"));
		GString *heavy = g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 20'>");
		for (guint i = 0; i < 20000; i++)
			g_string_append (heavy, "<path d='M0 0h10'/>");
		add (world, "media/heavy.svg", g_string_append (heavy, "</svg>"));
		add (world, "media/moves.gif", gif (2));
		begin (world);
		static const char *const gone[] = { "/media/none.jpg", "/media/empty.png", "/media/cut.jpg", "/media/bomb.png", "/media/none.svg", "/media/entities.svg" };
		for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
			g_assert_null (show (world, gone[i], i + 1));
			g_assert_null (show (world, gone[i], i + 1));
		}
		g_assert_nonnull (show (world, "/media/heavy.svg", 11));
		g_assert_nonnull (show (world, "/media/moves.gif", 12));
		g_assert_null (show (world, "/media/nowhere.jpg", 13));
		static const char expected[] =
			"content/faq/a.ru.md:1:1: [image-broken] the picture 'media/none.jpg' cannot be shown: it is no PNG, JPEG, GIF or WebP file\n"
			"content/faq/a.ru.md:2:1: [image-broken] the picture 'media/empty.png' cannot be shown: the file is empty\n"
			"content/faq/a.ru.md:3:1: [image-broken] the picture 'media/cut.jpg' cannot be shown: the file is cut off\n"
			"content/faq/a.ru.md:4:1: [image-broken] the picture 'media/bomb.png' cannot be shown: it has 30000 x 30000 pixels; 50 million are the most\n"
			"content/faq/a.ru.md:5:1: [image-broken] the picture 'media/none.svg' cannot be shown: it is not an SVG picture\n"
			"content/faq/a.ru.md:6:1: [image-broken] the picture 'media/entities.svg' cannot be shown: it is not an SVG picture\n"
			"content/faq/a.ru.md:11:1: [image-heavy] the picture 'media/heavy.svg' has 380.0\302\240kB: every reader pays for it\n";
		g_autofree char *all = g_strconcat (expected, responsive ? "content/faq/a.ru.md:12:1: [image-moves] the picture 'media/moves.gif' moves: its first moment is shown\n" : "", NULL);
		g_assert_cmpstr (said (world->sample), ==, all);
		end (world);
	}
}

static void test_rules (void)
{
	static const struct { const char *yaml, *told; gboolean responsive; } cases[] = {
		{ "", "", FALSE }, { "images: false", "", FALSE }, { "images: true", "", TRUE }, { "images: {widths: [100], quality: 1}", "", TRUE },
		{ "images: 3", "'images' must be true, or", FALSE }, { "images: {widths: [720, 360]}", "'images.widths' must be", TRUE },
		{ "images: {widths: 7}", "'images.widths' must be", TRUE }, { "images: {quality: 101}", "'images.quality' must be", TRUE },
		{ "images: {quality: best}", "'images.quality' must be", TRUE }, { "images: {sizes: '\"'}", "'images.sizes' must be", TRUE },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		World *world = folder (cases[i].yaml);
		begin (world);
		g_assert_true (rn_images_responsive (world->images) == cases[i].responsive);
		g_assert_true (*cases[i].told ? strstr (said (world->sample), cases[i].told) != NULL : !*said (world->sample));
		end (world);
	}
}

/* --- the cache ------------------------------------------------------------------------------------------------------------------ */

/* All that was put, in the order of names. */
static GString *edition (World *world)
{
	GString *all = g_string_new (NULL);
	g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (world->files), (GCompareFunc) strcmp);
	show (world, "/media/a.jpg", 1);
	show (world, "/media/b.png", 1);
	g_list_free (g_steal_pointer (&names));
	names = g_list_sort (g_hash_table_get_keys (world->files), (GCompareFunc) strcmp);
	for (GList *name = names; name; name = name->next) {
		const GString *bytes = g_hash_table_lookup (world->files, name->data);
		g_string_append (all, name->data);
		g_string_append_len (all, bytes->str, (gssize) bytes->len);
	}
	g_assert_true (rn_images_finish (world->images, NULL));
	return all;
}

static void test_cache (void)
{
	World *world = folder ("images: true");
	add (world, "media/a.jpg", picture ("jpeg", 500, 200, FALSE, 1));
	add (world, "media/b.png", picture ("png", 60, 60, TRUE, 2));
	begin (world);
	g_autofree char *kept = g_build_filename (world->cache, "images", NULL), *stranger = g_build_filename (kept, "old", NULL);
	g_autoptr (GString) first = edition (world);
	g_assert_cmpuint (g_hash_table_size (world->files), >=, 4);
	again (world);
	g_autoptr (GString) cached = edition (world);
	g_assert_true (g_string_equal (first, cached));
	/* Damaged, byte by byte somewhere else each time; and empty. */
	for (guint i = 0; i < 12; i++) {
		g_autoptr (GDir) list = g_dir_open (kept, 0, NULL);
		for (const char *name = g_dir_read_name (list); name; name = g_dir_read_name (list)) {
			g_autofree char *path = g_build_filename (kept, name, NULL), *data = NULL;
			gsize len;
			g_assert_true (g_file_get_contents (path, &data, &len, NULL));
			data[len * i / 11 - (i == 11)] ^= 1;
			g_assert_true (g_file_set_contents (path, data, i == 5 ? 0 : (gssize) len, NULL));
		}
		again (world);
		g_autoptr (GString) mended = edition (world);
		g_assert_true (g_string_equal (first, mended));
	}
	/* What nobody has used for a month goes; what is used, and what is young, stays. */
	g_assert_true (g_file_set_contents (stranger, "x", 1, NULL));
	again (world);
	g_free ((gpointer) g_string_free (edition (world), FALSE));
	g_assert_true (g_file_test (stranger, G_FILE_TEST_EXISTS));
	g_autoptr (GDir) list = g_dir_open (kept, 0, NULL);
	for (const char *name = g_dir_read_name (list); name; name = g_dir_read_name (list)) {
		g_autofree char *path = g_build_filename (kept, name, NULL);
		utime (path, &(struct utimbuf) { 1000000, 1000000 });
	}
	again (world);
	g_free ((gpointer) g_string_free (edition (world), FALSE));
	g_assert_false (g_file_test (stranger, G_FILE_TEST_EXISTS));
	g_free (run (kept, "test $(ls | wc -l) = 2 && test $(find . -type f -mtime -1 | wc -l) = 2"));
	/* One that cannot be written is none. */
	g_free (run (world->sample->dir, "rm -rf cache && touch cache"));
	again (world);
	g_autoptr (GString) without = edition (world);
	g_assert_true (g_string_equal (first, without));
	end (world);
}

static gpointer ask (gpointer data)
{
	return (gpointer) show (data, "/media/a.jpg", 1);
}

/* Many pages at once: made once (put would say), and all see the same. */
static void test_threads (void)
{
	World *world = folder ("images: true");
	GThread *threads[8];
	add (world, "media/a.jpg", picture ("jpeg", 1000, 500, FALSE, 1));
	begin (world);
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
		threads[i] = g_thread_new ("page", ask, world);
	for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
		g_assert_true (g_thread_join (threads[i]) == show (world, "/media/a.jpg", 1));
	end (world);
}

/* The disk's trouble ends the run. */
static void test_disk (void)
{
	World *world = folder ("images: true");
	g_autoptr (GError) error = NULL;
	add (world, "media/a.jpg", picture ("jpeg", 100, 50, FALSE, 1));
	begin (world);
	rn_images_free (world->images);
	world->images = rn_images_new (world->sample->site, world->cache, put_fails, NULL, world->sample->sink);
	g_assert_nonnull (show (world, "/media/a.jpg", 1));
	g_assert_false (rn_images_finish (world->images, &error));
	g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
	end (world);
}

/* --- originals, drawings, markup ------------------------------------------------------------------------------------------------ */

static gboolean wanted (World *world, const char *path)
{
	return rn_images_wanted (world->images, (guint) rn_tree_find (world->sample->tree, path));
}

static void test_wanted (void)
{
	World *world = folder ("images: true");
	add (world, "media/a.jpg", g_string_new ("x"));
	add (world, "media/b c.PNG", g_string_new ("x"));
	add (world, "media/c.webp", g_string_new ("x"));
	add (world, "media/d.svg", g_string_new ("x"));
	add (world, "media/e.pdf", g_string_new ("x"));
	begin (world);
	g_assert_true (wanted (world, "content/media/d.svg") && wanted (world, "content/media/e.pdf"));
	g_assert_false (wanted (world, "content/media/a.jpg") || wanted (world, "content/media/b c.PNG") || wanted (world, "content/media/c.webp"));
	static const char *const named[] = { "/media/a.jpg?x#y", "/media/b%20c.PNG", "/media/none.jpg", "/tg/faq/", "https://example.org/media/c.webp", "/", "" };
	for (guint i = 0; i < G_N_ELEMENTS (named); i++)
		rn_images_want (world->images, named[i]);
	g_assert_true (wanted (world, "content/media/a.jpg") && wanted (world, "content/media/b c.PNG"));
	g_assert_false (wanted (world, "content/media/c.webp"));
	end (world);
}

static void test_svg_size (void)
{
	static const struct { const char *svg; guint width, height; } cases[] = {
		{ "<svg width=\"20\" height=\"10\">", 20, 10 }, { "<svg width=\"20px\" height=\"1in\">", 20, 96 }, { "<svg viewBox=\"0 0 40 30\">", 40, 30 },
		{ "<svg viewBox=\"-1,-1 , 40,30.4\" width=\"80\">", 80, 61 }, { "<svg viewBox=\"0 0 40 30\" height=\"15mm\">", 76, 57 }, { "<svg>", 0, 0 },
		{ "<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 7 9\">", 7, 9 }, { "<svg width=\"100%\">", 0, 0 }, { "<svg viewBox=\"0 0 0 5\">", 0, 0 },
		{ "<svg viewBox=\"x\"><rect width=\"20\" height=\"10\"/>", 0, 0 }, { "<svg width=\"-4\" height=\"10\">", 0, 0 }, { "<svg stroke-width=\"3\" viewBox=\"0 0 1 1\">", 1, 1 },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		guint width = 99, height = 99;
		rn_image_svg_size (cases[i].svg, &width, &height);
		if (width != cases[i].width || height != cases[i].height)
			g_error ("%s is %u x %u", cases[i].svg, width, height);
	}
}

static void address (gpointer user, GString *out, const char *url)
{
	(void) user;
	g_string_append (out, url + 1);
}

static void test_markup (void)
{
	World *world = folder ("images: {sizes: 50vw}");
	begin (world);
	const RnImageFile webp_files[] = { { 360, 180, 3000, "/a.360.webp" }, { 720, 360, 9000, "/a.720.webp" } };
	const RnImage photo = { 720, 360, { 720, 360, 20000, "/a.720.jpg" }, webp_files, 2, FALSE }, drawing = { 0, 0, { 0, 0, 900, "/b.svg" }, NULL, 0, FALSE };
	const RnImageTag tag = { .alt = "A &amp; B", .title = "T", .width = 90, .address = address }, first = { .alt = "", .first = TRUE, .address = address };
	g_autoptr (GString) out = g_string_new (NULL);
	g_assert_true (rn_image_html (world->images, &photo, &tag, out));
	g_assert_cmpstr (out->str, ==, "<picture><source type=\"image/webp\" srcset=\"a.360.webp 360w, a.720.webp 720w\" sizes=\"50vw\"><img src=\"a.720.jpg\" alt=\"A &amp; B\" title=\"T\" "
	                 "width=\"90\" height=\"45\" loading=\"lazy\" decoding=\"async\" data-kb=\"9\"></picture>");
	g_string_truncate (out, 0);
	g_assert_false (rn_image_html (world->images, &drawing, &first, out));
	g_assert_cmpstr (out->str, ==, "<img src=\"b.svg\" alt=\"\" decoding=\"async\">");
	end (world);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	use_plain_git ();
	g_test_add_func ("/images/versions", test_versions);
	g_test_add_func ("/images/flat", test_flat);
	g_test_add_func ("/images/broken", test_broken);
	g_test_add_func ("/images/rules", test_rules);
	g_test_add_func ("/images/cache", test_cache);
	g_test_add_func ("/images/threads", test_threads);
	g_test_add_func ("/images/disk", test_disk);
	g_test_add_func ("/images/wanted", test_wanted);
	g_test_add_func ("/images/svg-size", test_svg_size);
	g_test_add_func ("/images/markup", test_markup);
	return g_test_run ();
}
