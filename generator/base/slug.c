/*
 * slug.c - readable names for addresses and anchors.
 *
 * In: text and a language's table of letters. Out: a name that is its own slug. Invariant: what a letter becomes depends on it and
 * the table alone, so that it is worked out once: the letters of one and two bytes have a cell each, which is
 * filled when the letter is first met. Threads may fill the same cell at the same time, and fill it alike.
 */
#include "base/text.h"

#include <string.h>

#define CELLS 0x800 /* what one and two bytes of UTF-8 can say */
#define LONGEST 200 /* bytes of a part of an address that was made; a file's name holds 255 */

/* A cell's first byte; 0: not filled yet. The text is in the others. */
enum { TEXT = 1 /* and the number of its bytes */, GAP = 9, LONG = 10 };

struct RnTransliteration {
	GHashTable *letters;     /* lower-case letter -> its text, borrowed; NULL: none */
	guint64     cells[CELLS];
};

/* What letters become without a table. */
static RnTransliteration no_table;

RnTransliteration *rn_transliteration_new (void)
{
	RnTransliteration *table = g_new0 (RnTransliteration, 1);

	table->letters = g_hash_table_new (NULL, NULL);
	return table;
}

void rn_transliteration_add (RnTransliteration *table, const char *letter, const char *latin)
{
	g_autofree char *lower = g_utf8_strdown (letter, -1);

	/* Letter by letter: two at once are never met. */
	if (*lower && !*g_utf8_next_char (lower))
		g_hash_table_insert (table->letters, GUINT_TO_POINTER (g_utf8_get_char (lower)), (gpointer) latin);
}

void rn_transliteration_free (RnTransliteration *table)
{
	if (!table)
		return;
	g_hash_table_unref (table->letters);
	g_free (table);
}

/* Appends letter C as a slug has it; FALSE where it stands for a gap between words. */
static gboolean spell (GString *out, gunichar c, const RnTransliteration *table)
{
	c = g_unichar_tolower (c);
	if (c < 0x80) {
		if (!g_ascii_isalnum ((char) c))
			return FALSE;
		g_string_append_c (out, (char) c);
		return TRUE;
	}
	const char *latin = table->letters ? g_hash_table_lookup (table->letters, GUINT_TO_POINTER (c)) : NULL;
	if (latin) {
		g_string_append (out, latin);
		return TRUE;
	}
	if (g_unichar_ismark (c))
		return TRUE;
	if (!g_unichar_isalnum (c))
		return FALSE;
	gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	gsize n = g_unichar_fully_decompose (c, FALSE, base, G_N_ELEMENTS (base));
	if (n > 1 && base[0] < 0x80)
		g_string_append_c (out, (char) base[0]);
	else
		g_string_append_unichar (out, c);
	return TRUE;
}

static guint64 fill (RnTransliteration *table, gunichar c)
{
	g_autoptr (GString) text = g_string_new (NULL);
	guint8  bytes[8] = { GAP };
	guint64 cell;

	if (spell (text, c, table)) {
		gboolean fits = text->len < sizeof bytes;

		bytes[0] = fits ? (guint8) (TEXT + text->len) : LONG;
		if (fits)
			memcpy (bytes + 1, text->str, text->len);
	}
	memcpy (&cell, bytes, sizeof cell);
	__atomic_store_n (&table->cells[c], cell, __ATOMIC_RELAXED);
	return cell;
}

/* Writes the letters from P on that cells hold, while OUT has room. Returns where it stopped. */
static const guchar *write_run (GString *out, const guchar *p, const guchar *end, RnTransliteration *table, gboolean *gap)
{
	/* A '-', a whole cell's text and the NUL. */
	char *at = out->str + out->len, *full = out->str + out->allocated_len - (1 + sizeof (guint64));
	gboolean open = *gap;

	while (p < end && *p < 0xe0 && at <= full) {
		gunichar c = *p < 0x80 ? *p : (gunichar) (*p & 0x1f) << 6 | (p[1] & 0x3f);
		guint64  cell = __atomic_load_n (&table->cells[c], __ATOMIC_RELAXED);
		guint8   bytes[8];

		if (G_UNLIKELY (!cell))
			cell = fill (table, c);
		memcpy (bytes, &cell, sizeof bytes);
		if (bytes[0] == LONG)
			break;
		if (bytes[0] == GAP) {
			open = TRUE;
		} else if (bytes[0] > TEXT) {
			if (open && at > out->str)
				*at++ = '-';
			open = FALSE;
			memcpy (at, bytes + 1, sizeof bytes - 1);
			at += bytes[0] - TEXT;
		}
		p += *p < 0x80 ? 1 : 2;
	}
	*gap = open;
	*at = 0;
	out->len = (gsize) (at - out->str);
	return p;
}

char *rn_text_slug (const char *text, gssize len, RnTransliteration *table)
{
	const guchar *p = (const guchar *) text, *end = p + (len < 0 ? strlen (text) : (gsize) len);
	GString *out = g_string_sized_new (126);
	gboolean gap = FALSE;

	table = table ? table : &no_table;
	while ((p = write_run (out, p, end, table, &gap)) < end) {
		gsize before = out->len;

		if (!spell (out, g_utf8_get_char ((const char *) p), table)) {
			gap = TRUE;
		} else if (gap && out->len > before) {
			if (before)
				g_string_insert_c (out, (gssize) before, '-');
			gap = FALSE;
		}
		p += g_utf8_skip[*p];
	}
	if (!out->len)
		g_string_append_c (out, '-');
	return g_string_free (out, FALSE);
}

gssize rn_text_slug_length (const char *slug)
{
	gsize len = strlen (slug);
	if (len <= LONGEST)
		return (gssize) len;
	return g_utf8_find_prev_char (slug, slug + LONGEST + 1) - slug;
}
