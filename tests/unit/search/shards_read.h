/*
 * shards_read.h - a decoder of the phone's index of its own, by SHARDS.md, and what search.db holds beside it: shards_check asserts that they are the same, every
 * term with its pages and their values, every text, groups and knots.
 */
#ifndef RN_TESTS_SHARDS_READ_H
#define RN_TESTS_SHARDS_READ_H

#include "indexed.h"
#include "search/rank.h"
#include "search/shards.h"
#include "search/stem.h"
#include "search/tokenizer.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

typedef struct { guint8 *bytes; gsize len, at; } Stream;    /* at: bits */

static guint bits (Stream *stream, guint n)
{
	guint value = 0;
	for (; n; n--, stream->at++) {
		g_assert_cmpuint (stream->at / 8, <, stream->len);
		value = value << 1 | (stream->bytes[stream->at / 8] >> (7 - stream->at % 8) & 1);
	}
	return value;
}

static guint elias (Stream *stream)
{
	guint zeros = 0;
	while (!bits (stream, 1))
		zeros++;
	return 1u << zeros | bits (stream, zeros);
}

static guint minimal (Stream *stream, guint n)
{
	guint k = 0;
	while (n >> (k + 1))
		k++;
	guint spare = (2u << k) - n, value = bits (stream, k);
	return value < spare ? value : (value << 1 | bits (stream, 1)) - spare;
}

static void set (Stream *stream, guint n, guint low, guint high, guint *out)
{
	guint m = n / 2;
	if (!n)
		return;
	out[m] = minimal (stream, high - low + 2 - n) + low + m;
	set (stream, m, low, out[m] - 1, out);
	set (stream, n - m - 1, out[m] + 1, high, out + m + 1);
}

typedef struct {
	json_t *head;
	char *folder;                   /* of the files that it names */
	guint n;
	GHashTable *terms;              /* word -> Found */
	GPtrArray *order, *forwards, *backwards, *texts;    /* texts: three a page */
	GArray *days;
} Reader;

typedef struct { guint pages, listed, *list, *values; GString *synonyms; } Found;

static Stream read_script (const Reader *reader, const char *letter, guint number)
{
	g_autofree char *name = g_strdup_printf ("%s%u", letter, number), *path = g_strdup_printf ("%s/%s.js", reader->folder, name), *text = NULL;
	g_autofree char *begin = g_strdup_printf ("rohnamo(\"%s\",\"", name);
	gsize len, n = strlen (begin);
	g_assert_true (g_file_get_contents (path, &text, &len, NULL));
	g_assert_true (len >= n + 2 && !memcmp (text, begin, n) && !memcmp (text + len - 2, "\")", 2));
	Stream stream = { .bytes = g_malloc (len) };
	for (gsize i = n; i < len - 2; i++) {
		g_assert_true (text[i] != '"' && text[i] != '\n' && text[i] != '\r');
		if (text[i] == '\\')
			stream.bytes[stream.len++] = (guint8) (text[++i] == 'n' ? '\n' : text[i] == 'r' ? '\r' : text[i]);
		else
			stream.bytes[stream.len++] = (guint8) text[i];
	}
	return stream;
}

static char *utf8_of (const GArray *units)
{
	char *text = units->len ? g_utf16_to_utf8 ((const gunichar2 *) (gpointer) units->data, units->len, NULL, NULL, NULL) : g_strdup ("");
	g_assert_nonnull (text);
	return text;
}

/* Words as UTF-16 in a GArray; as UTF-8. */
static char *word (const Reader *reader, Stream *stream, GArray *before)
{
	glong n;
	g_autofree gunichar2 *letters = g_utf8_to_utf16 (json_string_value (json_object_get (reader->head, "w")), -1, NULL, &n, NULL);
	g_assert_cmpint (n, <=, 31);
	g_array_set_size (before, elias (stream) - 1);
	for (guint more = elias (stream) - 1; more; more--) {
		guint place = bits (stream, 5);
		gunichar2 letter = place == 31 ? (gunichar2) bits (stream, 16) : letters[place];
		g_array_append_val (before, letter);
	}
	return utf8_of (before);
}

static char *bare_word (const Reader *reader, Stream *stream)
{
	g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gunichar2));
	return word (reader, stream, none);
}

/* Where the files of a letter begin, and that words stand in their files. */
static GStrv begins_of (const Reader *reader, const char *letter)
{
	const char *text = json_string_value (json_object_get (reader->head, letter));
	g_auto (GStrv) parts = g_strsplit (text, " ", -1);
	g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
	g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
	for (guint i = 0; *text && parts[i]; i++) {
		glong n;
		g_autofree gunichar2 *rest = g_utf8_to_utf16 (parts[i] + 1, -1, NULL, &n, NULL);
		g_array_set_size (units, (guint) g_ascii_strtoull ((const char[]) { parts[i][0], '\0' }, NULL, 36));
		g_array_append_vals (units, rest, (guint) n);
		g_autofree char *begin = utf8_of (units);
		g_assert_nonnull (begin);
		g_strv_builder_add (builder, begin);
	}
	return g_strv_builder_end (builder);
}

/* As a script compares: by code units. */
static int compare (const char *a, const char *b)
{
	glong n, m;
	g_autofree gunichar2 *left = g_utf8_to_utf16 (a, -1, NULL, &n, NULL), *right = g_utf8_to_utf16 (b, -1, NULL, &m, NULL);
	for (glong i = 0; i < n && i < m; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return n < m ? -1 : n > m;
}

/* The file that a reader would look into stands for each of ITS words, and for none of the others. */
static void assert_place (const GStrv begins, guint file, const char *text)
{
	guint at = 0;
	while (begins[at + 1] && compare (begins[at + 1], text) <= 0)
		at++;
	g_assert_cmpuint (at, ==, file);
}

static void read_synonyms (const Reader *reader, Stream *stream, GString *out)
{
	for (guint entries = elias (stream); entries; entries--) {
		for (guint following = elias (stream) - 1; following; following--) {
			g_autofree char *text = bare_word (reader, stream);
			g_string_append_printf (out, "+%s", text);
		}
		for (guint alternatives = elias (stream); alternatives; alternatives--) {
			g_string_append_c (out, '=');
			for (guint words = elias (stream); words; words--) {
				g_autofree char *text = bare_word (reader, stream);
				g_string_append_printf (out, "%s ", text);
			}
		}
		g_string_append_c (out, ';');
	}
}

static void read_postings (const Reader *reader, Stream *stream, Found *found)
{
	g_autofree guint *others = g_new0 (guint, found->listed + 1);
	found->list = g_new0 (guint, found->listed + 1);
	found->values = g_new0 (guint, found->listed + 1);
	set (stream, found->listed, 0, reader->n - 1, found->list);
	guint n = elias (stream) - 1;
	set (stream, n, 0, found->listed - 1, others);
	for (guint i = 0; i < n; i++)
		found->values[others[i]] = elias (stream);
	for (guint i = 0; i < found->listed; i++)
		g_assert_cmpuint (found->values[i], <, json_array_size (json_object_get (reader->head, "c")));
}

static void read_terms (Reader *reader)
{
	g_auto (GStrv) begins = begins_of (reader, "t");
	for (guint file = 0; begins[file]; file++) {
		Stream stream = read_script (reader, "t", file);
		g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gunichar2));
		guint first = reader->order->len;
		for (guint terms = elias (&stream); terms; terms--) {
			char *text = word (reader, &stream, before);
			Found *found = g_new0 (Found, 1);
			found->pages = found->listed = elias (&stream) - 1;
			if (found->pages * 2 > reader->n)
				found->listed = elias (&stream) - 1;
			found->synonyms = bits (&stream, 1) ? g_string_new (NULL) : NULL;
			assert_place (begins, file, text);
			if (reader->order->len)
				g_assert_cmpint (compare (reader->order->pdata[reader->order->len - 1], text), <, 0);
			g_ptr_array_add (reader->order, text);
			g_hash_table_insert (reader->terms, text, found);
		}
		for (guint i = first; i < reader->order->len; i++) {
			Found *found = g_hash_table_lookup (reader->terms, reader->order->pdata[i]);
			if (found->synonyms)
				read_synonyms (reader, &stream, found->synonyms);
		}
		for (guint i = first; i < reader->order->len; i++)
			read_postings (reader, &stream, g_hash_table_lookup (reader->terms, reader->order->pdata[i]));
		g_assert_cmpuint ((stream.at + 7) / 8, ==, stream.len);
		g_free (stream.bytes);
	}
}

static void read_words (const Reader *reader, const char *letter, GPtrArray *words)
{
	g_auto (GStrv) begins = begins_of (reader, letter);
	for (guint file = 0; begins[file]; file++) {
		Stream stream = read_script (reader, letter, file);
		g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gunichar2));
		for (guint n = elias (&stream); n; n--) {
			char *text = word (reader, &stream, before);
			assert_place (begins, file, text);
			if (words->len)
				g_assert_cmpint (compare (words->pdata[words->len - 1], text), <, 0);
			g_ptr_array_add (words, text);
		}
		g_free (stream.bytes);
	}
}

static char *read_text (const GStrv symbols, const Stream *stream, gsize *at)
{
	g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
	for (guint8 code; (code = stream->bytes[(*at)++]);) {
		if (code == 255) {
			gunichar2 unit = (gunichar2) (stream->bytes[*at] << 8 | stream->bytes[*at + 1]);
			*at += 2;
			g_array_append_val (units, unit);
			continue;
		}
		glong n;
		g_assert_cmpuint (code, <=, g_strv_length (symbols));
		g_autofree gunichar2 *text = g_utf8_to_utf16 (symbols[code - 1], -1, NULL, &n, NULL);
		g_array_append_vals (units, text, (guint) n);
	}
	return utf8_of (units);
}

static void read_texts (Reader *reader)
{
	g_auto (GStrv) symbols = g_strsplit (json_string_value (json_object_get (reader->head, "y")), "\n", -1);
	guint each = (guint) json_integer_value (json_object_get (reader->head, "b"));
	for (guint file = 0; file * each < reader->n; file++) {
		Stream stream = read_script (reader, "d", file);
		gsize at = 0;
		for (guint i = file * each; i < MIN (reader->n, (file + 1) * each); i++) {
			guint day = 0, shift = 0;
			do
				day |= (stream.bytes[at] & 0x7fu) << shift, shift += 7;
			while (stream.bytes[at++] & 0x80);
			g_array_append_val (reader->days, day);
			for (guint k = 0; k < 3; k++)
				g_ptr_array_add (reader->texts, read_text (symbols, &stream, &at));
		}
		g_assert_cmpuint (at, ==, stream.len);
		g_free (stream.bytes);
	}
}

static void found_free (gpointer data)
{
	Found *found = data;
	g_free (found->list);
	g_free (found->values);
	if (found->synonyms)
		g_string_free (found->synonyms, TRUE);
	g_free (found);
}

static Reader *reader_open (const char *out, const char *code)
{
	g_autofree char *path = g_strdup_printf ("%s/site/search/%s/i.js", out, code), *text = NULL;
	Reader *reader = g_new0 (Reader, 1);
	g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
	g_assert_true (g_str_has_prefix (text, "rohnamo(\"i\",") && g_str_has_suffix (text, ")"));
	text[strlen (text) - 1] = '\0';
	reader->head = json_loads (text + strlen ("rohnamo(\"i\","), 0, NULL);
	g_assert_nonnull (reader->head);
	g_assert_cmpint (json_integer_value (json_object_get (reader->head, "v")), ==, 1);
	reader->folder = g_strdup_printf ("%s/site/search/%s/%s", out, code, json_string_value (json_object_get (reader->head, "h")));
	reader->n = (guint) json_integer_value (json_object_get (reader->head, "n"));
	reader->terms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, found_free);
	GPtrArray **lists[] = { &reader->order, &reader->forwards, &reader->backwards, &reader->texts };
	for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
		*lists[i] = g_ptr_array_new_with_free_func (g_free);
	reader->days = g_array_new (FALSE, FALSE, sizeof (guint));
	read_terms (reader);
	read_words (reader, "l", reader->forwards);
	read_words (reader, "r", reader->backwards);
	read_texts (reader);
	return reader;
}

static void reader_free (Reader *reader)
{
	g_hash_table_unref (reader->terms);
	GPtrArray *lists[] = { reader->order, reader->forwards, reader->backwards, reader->texts };
	for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
		g_ptr_array_unref (lists[i]);
	g_array_unref (reader->days);
	json_decref (reader->head);
	g_free (reader->folder);
	g_free (reader);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

/* --- what must be there -------------------------------------------------------------------------------------------------------------- */

/* A page of search.db, and its place among the shard's. */
typedef struct { char *url, *title, *description, *section; gint64 expires; guint tokens, title_tokens; } Row;

typedef struct { sqlite3 *db; const char *code; GPtrArray *rows; GHashTable *by_id; } Truth;

static void row_free (gpointer data)
{
	Row *row = data;
	g_free (row->url);
	g_free (row->title);
	g_free (row->description);
	g_free (row->section);
	g_free (row);
}

static Truth *truth_open (const char *out, const char *code)
{
	Truth *truth = g_new0 (Truth, 1);
	g_autofree char *path = g_build_filename (out, RN_SEARCH_FILE, NULL);
	g_autoptr (GError) error = NULL;
	truth->code = code;
	truth->by_id = g_hash_table_new_full (NULL, NULL, NULL, row_free);
	g_assert_cmpint (sqlite3_open_v2 (path, &truth->db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
	g_assert_cmpint (rn_tokenizer_register (truth->db, RN_TOKENIZER_TERMS), ==, SQLITE_OK);
	rn_database_run (truth->db, "reading", &error, "CREATE VIRTUAL TABLE temp.places USING fts5vocab (main, 'fts_%s', instance)", code);
	g_assert_no_error (error);
	sqlite3_stmt *select = rn_database_prepare (truth->db, "reading", &error, "SELECT id, url, title, description, section, expires FROM pages WHERE language = %Q", code);
	while (sqlite3_step (select) == SQLITE_ROW) {
		Row *row = g_new0 (Row, 1);
		char **texts[] = { &row->url, &row->title, &row->description, &row->section };
		for (int i = 0; i < 4; i++)
			*texts[i] = g_strdup ((const char *) sqlite3_column_text (select, i + 1));
		row->expires = sqlite3_column_int64 (select, 5);
		g_hash_table_insert (truth->by_id, GUINT_TO_POINTER (sqlite3_column_int (select, 0)), row);
	}
	sqlite3_finalize (select);
	return truth;
}

static void truth_free (Truth *truth)
{
	g_hash_table_unref (truth->by_id);
	sqlite3_close (truth->db);
	g_free (truth);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Truth, truth_free)

/* term -> (url -> weighted count; negative: in the title). */
static GHashTable *count_places (Truth *truth)
{
	static const int weights[] = { 10, 4, 3, 1 };
	GHashTable *terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
	sqlite3_stmt *select = rn_database_prepare (truth->db, "reading", NULL, "SELECT term, doc, col FROM temp.places");
	while (sqlite3_step (select) == SQLITE_ROW) {
		const char *term = (const char *) sqlite3_column_text (select, 0), *column = (const char *) sqlite3_column_text (select, 2);
		Row *row = g_hash_table_lookup (truth->by_id, GUINT_TO_POINTER (sqlite3_column_int (select, 1)));
		guint place = *column == 't' ? 0 : *column == 'h' ? 1 : *column == 'd' ? 2 : 3;
		GHashTable *pages = g_hash_table_lookup (terms, term);
		if (!pages)
			g_hash_table_insert (terms, g_strdup (term), pages = g_hash_table_new (g_str_hash, g_str_equal));
		int count = GPOINTER_TO_INT (g_hash_table_lookup (pages, row->url)), more = ABS (count) + weights[place];
		g_hash_table_insert (pages, row->url, GINT_TO_POINTER (count < 0 || !place ? -more : more));
		row->tokens++;
		row->title_tokens += !place;
	}
	sqlite3_finalize (select);
	return terms;
}

static int by_length (gconstpointer a, gconstpointer b)
{
	return *(const int *) a - *(const int *) b;
}

/* Groups, their ranges and knots; the shard's pages in order into TRUTH. */
static void check_pages (Truth *truth, const Reader *reader)
{
	const json_t *groups = json_object_get (reader->head, "g");
	g_autoptr (GHashTable) by_url = g_hash_table_new (g_str_hash, g_str_equal);
	GHashTableIter iter;
	gpointer value;
	guint64 tokens = 0;
	guint at = 0;
	truth->rows = g_ptr_array_new ();
	g_hash_table_iter_init (&iter, truth->by_id);
	while (g_hash_table_iter_next (&iter, NULL, &value)) {
		g_hash_table_insert (by_url, ((Row *) value)->url, value);
		tokens += ((Row *) value)->tokens;
	}
	for (gsize g = 0; g < json_array_size (groups); g++) {
		const json_t *group = json_array_get (groups, g), *knots = json_object_get (group, "k");
		guint n = (guint) json_integer_value (json_object_get (group, "n")), first = at;
		for (; at < first + n; at++) {
			g_autofree char *url = g_strconcat (json_string_value (json_object_get (group, "u")), (char *) reader->texts->pdata[3 * at], NULL);
			Row *row = g_hash_table_lookup (by_url, url), *before = at > first ? truth->rows->pdata[at - 1] : NULL;
			g_assert_nonnull (row);
			g_hash_table_remove (by_url, url);
			g_assert_cmpstr (reader->texts->pdata[3 * at + 1], ==, row->title);
			if (row->description)
				g_assert_cmpstr (reader->texts->pdata[3 * at + 2], ==, row->description);
			g_assert_cmpint (g_utf8_strlen (reader->texts->pdata[3 * at + 2], -1), <=, row->description ? G_MAXINT : RN_SHARDS_TEXT);
			g_assert_true (g_str_has_prefix (json_string_value (json_object_get (group, "s")), row->section));
			g_assert_cmpint (g_array_index (reader->days, guint, at), ==, (row->expires + 86399) / 86400);
			/* In steps: none of them is as much as a quarter. */
			g_assert_true (!before || before->tokens < row->tokens * 1.25 || before->tokens == row->tokens);
			g_ptr_array_add (truth->rows, row);
		}
		g_autofree int *lengths = g_new (int, n);
		for (guint i = 0; i < n; i++)
			lengths[i] = (int) ((Row *) truth->rows->pdata[first + i])->tokens;
		qsort (lengths, n, sizeof *lengths, by_length);
		for (guint i = 0; i < 9; i++)
			g_assert_cmpint (json_integer_value (json_array_get (knots, i)), ==, lengths[(guint) floor (i * (n - 1) / 8.0 + 0.5)]);
	}
	g_assert_cmpuint (g_hash_table_size (by_url), ==, 0);
	g_assert_cmpuint (at, ==, reader->n);
	g_assert_cmpfloat_with_epsilon (json_number_value (json_object_get (reader->head, "a")), reader->n ? (double) tokens / reader->n : 0, 0.006);
}

static void check_values (Truth *truth, const Reader *reader, const Found *found, GHashTable *pages)
{
	guint64 titles = 0;
	for (guint i = 0; i < truth->rows->len; i++)
		titles += ((Row *) truth->rows->pdata[i])->title_tokens;
	guint listed = 0;
	GHashTableIter iter;
	gpointer count;
	g_hash_table_iter_init (&iter, pages);
	while (g_hash_table_iter_next (&iter, NULL, &count))
		listed += reader->n < 1000 || found->pages * 2 <= reader->n || GPOINTER_TO_INT (count) < 0;
	g_assert_cmpuint (found->listed, ==, listed);
	for (guint i = 0; i < found->listed; i++) {
		const Row *row = truth->rows->pdata[found->list[i]];
		const json_t *value = json_array_get (json_object_get (reader->head, "c"), found->values[i]);
		double times = json_number_value (json_array_get (value, 0)), bonus = json_number_value (json_array_get (value, 1));
		int exact = GPOINTER_TO_INT (g_hash_table_lookup (pages, row->url));
		g_assert_cmpint (exact, !=, 0);
		/* Rounded where it makes little difference to the rank. */
		g_assert_cmpfloat_with_epsilon (2.2 * times / (times + 1.2), 2.2 * MIN (ABS (exact), 255) / (MIN (ABS (exact), 255) + 1.2), 0.12);
		g_assert_cmpfloat_with_epsilon (bonus, exact < 0 ? 2 / (0.5 + 0.5 * row->title_tokens * reader->n / (double) titles) : 0, 0.25);
	}
}

/* All terms in which a mistake can be put right, those that only stand for others too. */
static void check_words (const Reader *reader)
{
	guint wanted = 0;
	for (guint i = 0; i < reader->order->len; i++) {
		const char *term = reader->order->pdata[i];
		glong n = g_utf8_strlen (term, -1);
		gboolean plain = n >= 3 && n <= 24;
		for (const char *p = term; *p; p = g_utf8_next_char (p))
			plain &= g_utf8_get_char (p) < 0x10000 && !g_unichar_isdigit (g_utf8_get_char (p));
		wanted += plain;
		g_autofree char *back = g_utf8_strreverse (term, -1);
		g_assert_true (g_ptr_array_find_with_equal_func (reader->forwards, term, g_str_equal, NULL) == plain);
		g_assert_true (g_ptr_array_find_with_equal_func (reader->backwards, back, g_str_equal, NULL) == plain);
	}
	g_assert_cmpuint (reader->forwards->len, ==, wanted);
	g_assert_cmpuint (reader->backwards->len, ==, wanted);
}

/* The shards of language CODE in OUT, an output. */
static void shards_check (const char *out, const char *code)
{
	g_autoptr (Truth) truth = truth_open (out, code);
	g_autoptr (Reader) reader = reader_open (out, code);
	g_autoptr (GHashTable) places = count_places (truth);
	check_pages (truth, reader);
	guint there = 0;
	for (guint i = 0; i < reader->order->len; i++) {
		const Found *found = g_hash_table_lookup (reader->terms, reader->order->pdata[i]);
		GHashTable *pages = g_hash_table_lookup (places, reader->order->pdata[i]);
		g_assert_cmpuint (found->pages, ==, pages ? g_hash_table_size (pages) : 0);
		g_assert_true (pages || found->synonyms);
		there += pages != NULL;
		if (pages)
			check_values (truth, reader, found, pages);
	}
	g_assert_cmpuint (there, ==, g_hash_table_size (places));
	check_words (reader);
	g_ptr_array_unref (truth->rows);
}

#endif
