/* hyphens - files of patterns and of exceptions (behind the first line of one star), and words parted by them. */
#include "../world.h"
#include "print/hyphenate-int.h"
#include "print/hyphenate.h"

#define LANGUAGE "-- layouts/lang/xx.yaml --\nhyphenation: {patterns: hyph.dic, exceptions: hyphens.txt, vowels: aeiouаеиоу, never_before: ъь, left: 2, right: 2}\nalphabet: abcdefghijklmnopqrstuvwxyz\n"

static void part_words (const RnHyphenation *self, const char *text, gsize len)
{
	for (const char *p = text, *end = text + len; p < end;) {
		const gsize n = strcspn (p, " \t\r\n.-=*%0123456789");
		if (n && n < 300 && g_utf8_validate (p, (gssize) n, NULL)) {
			g_autofree char *word = g_strndup (p, n);
			g_autofree guint8 *breaks = g_malloc (n);
			const guint count = rn_hyphenate (self, word, n, breaks);
			guint found = 0;
			for (gsize i = 0; i < n; i++)
				found += breaks[i];
			g_assert_cmpuint (count, ==, found);
		}
		p += n + 1;
	}
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	FuzzWorld world = { 0 };
	fuzz_begin ();
	if (memmem (data, size, "\n-- ", 4) || (size > 2 && !memcmp (data, "-- ", 3)))
		return 0;
	const guint8 *star = memmem (data, size, "\n*\n", 3);
	const gsize first = star ? (gsize) (star - data) + 1 : size, second = star ? first + 2 : size;
	g_autoptr (GString) files = g_string_new ("-- content/site.yaml --\nlanguages: [xx]\n-- content/a.xx.md --\n# A\n" LANGUAGE "-- layouts/print/hyph.dic --\n");
	g_string_append_len (files, (const char *) data, (gssize) first);
	g_string_append (files, "\n-- layouts/print/hyphens.txt --\n");
	g_string_append_len (files, (const char *) data + second, (gssize) (size - second));
	world.sink = rn_diagnostics_new ();
	fuzz_world_open (&world, fuzz_tree (files->str, files->len, NULL, world.sink), fuzz_shipped (), TRUE);
	g_assert_no_error (world.error);
	RnHyphenation *self = rn_hyphenation_new (world.site, world.site->languages[0], NULL, world.sink);
	if (self) {
		g_autofree char *text = fuzz_text (data, first);
		part_words (self, text, strlen (text));
		part_words (self, "hyphenation translation патриотический", 51);
	}
	rn_hyphenation_free (self);
	fuzz_world_close (&world);
	return 0;
}
