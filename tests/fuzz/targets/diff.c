/* diff - two texts (parted by a line "--"), word by word: the pieces make them again; and small texts that names, patterns and addresses are made of. */
#include "../world.h"
#include "base/diff.h"
#include "base/excerpt.h"
#include "base/path.h"
#include "base/text.h"
#include "source/ignore.h"

static void compare (const char *before, const char *after)
{
	g_autoptr (GArray) words = rn_diff_words (before, after);
	g_autoptr (GString) old = g_string_new (NULL);
	g_autoptr (GString) new = g_string_new (NULL);
	for (guint i = 0; i < words->len; i++) {
		const RnWords *piece = &g_array_index (words, RnWords, i);
		if (piece->kind != RN_WORDS_CAME)
			g_string_append_len (old, piece->text, (gssize) piece->len);
		if (piece->kind != RN_WORDS_GONE)
			g_string_append_len (new, piece->text, (gssize) piece->len);
	}
	g_assert_cmpstr (old->str, ==, before);
	g_assert_cmpstr (new->str, ==, after);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *raw = fuzz_text (data, size);
	g_autofree char *text = g_utf8_make_valid (raw, -1);
	char *gap = strstr (text, "\n--\n");
	g_autoptr (GString) shown = g_string_new (NULL);
	g_autoptr (GString) caret = g_string_new (NULL);
	guint line, col;
	gsize len;
	rn_text_position (raw, size, size / 2, &line, &col);
	const char *at = rn_excerpt_line (raw, size, line, &len);
	if (at)
		rn_excerpt (at, len, col, shown, caret);
	rn_text_conflict (raw, size);
	rn_path_check (raw);
	G_GNUC_UNUSED g_autofree char *slug = rn_text_slug (text, -1, NULL);
	if (!gap)
		return 0;
	*gap = 0;
	compare (text, gap + 4);
	rn_ignore_match (text, gap + 4);
	return 0;
}
