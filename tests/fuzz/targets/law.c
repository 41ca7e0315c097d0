/* law - the Markdown of a law, as a converter gives it: tidied, its articles as headings. */
#include "../world.h"
#include "import/law.h"

static const char site[] = "-- content/site.yaml --\nlanguages: [ru, tg]\n-- content/a.ru.md --\n# A\n";

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	FuzzWorld *world = fuzz_world_once (site, fuzz_shipped ());
	g_autofree char *raw = fuzz_text (data, size);
	g_autofree char *text = g_utf8_make_valid (raw, -1);
	RnImport import = { .site = world->site, .library = world->library, .today = "2026-01-31" };
	guint articles = 0;
	rn_import_begin (&import);
	g_autofree char *clean = rn_law_tidy (&import, text, "law");
	g_assert_true (g_utf8_validate (clean, -1, NULL));
	g_autofree char *out = rn_law_articles (&import, world->site->languages[0], clean, "law", &articles);
	g_assert_true (g_utf8_validate (out, -1, NULL));
	rn_import_end (&import);
	return 0;
}
