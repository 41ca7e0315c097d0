/* shards - a site as the phone's index and as search.db: a decoder apart from the press finds the same in both. What stands before the first file is a page. */
#include "../../unit/search/shards_read.h"
#include "../world.h"

static const char head[] = "-- content/site.yaml --\nlanguages: [ru, tg]\ntitle: X\nmissing_translation: omit\n"
	"-- layouts/lang/ru.yaml --\nsearch: {stemmer: russian, after: {й: и}, stop: [как, на]}\n-- layouts/lang/tg.yaml --\nsearch: {fold: {ҳ: х}, stemmer: suffixes, suffixes: {3: [и]}}\n"
	"-- content/faq/b.ru.md --\n# Разрешения на работу\n\nРазрешение дают 12 раз.\n-- content/faq/a.ru.md --\n";

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	rn_markdown_init ();
	FuzzWorld world = { .sink = rn_diagnostics_new () };
	g_autoptr (GString) files = g_string_new (head);
	g_string_append_len (files, (const char *) data, (gssize) size);
	fuzz_world_open (&world, fuzz_tree (files->str, files->len, NULL, world.sink), NULL, TRUE);
	if (world.library) {
		g_autofree char *dir = g_dir_make_tmp ("rohnamo-shards-XXXXXX", NULL);
		Sample sample = { .dir = dir, .sink = world.sink, .tree = world.tree, .library = world.library };
		g_autofree char *out = sample_index (&sample, 1);
		/* A folder whose name differs from content/ in capitals alone takes its place, and the site's languages with it. */
		const RnSite *site = rn_library_site (world.library);
		for (guint i = 0; i < site->n_languages; i++)
			shards_check (out, site->languages[i]->code);
		remove_folder (dir);
	}
	fuzz_world_close (&world);
	return 0;
}
