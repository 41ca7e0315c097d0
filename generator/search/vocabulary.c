/* vocabulary.c - an open hash from a word's bytes to its term; most words of a page are there already. */
#include "search/vocabulary.h"
#include "base/arena.h"
#include "search/rank.h"

#include <string.h>

/* last: the page that counted it last, + 1; what follows is of that page. */
typedef struct { const char *text; guint32 len, pages, last, count; gboolean in_title; } Term;
typedef struct { const char *text; guint32 len, hash, term, count; } Form;        /* text NULL: free */

struct RnVocabulary {
	RnStemmer *stemmer;
	const RnRules *rules;
	RnArena *arena;
	Form *forms; guint32 room, used;     /* room is a power of two */
	guint32 *hashes;                     /* of the forms, 0: free; close together, so that a search stays in the processor's cache */
	GArray *terms;                       /* Term; the first stands for words that say nothing */
	GArray *met;                         /* the page's terms, by number */
	GHashTable *by_text;                 /* term -> its number */
};

RnVocabulary *rn_vocabulary_new (const RnRules *rules)
{
	const Term nothing = { .text = "" };
	RnVocabulary *vocabulary = g_new0 (RnVocabulary, 1);
	vocabulary->rules = rules;
	vocabulary->stemmer = rn_stemmer_new (rules);
	vocabulary->arena = rn_arena_new (65536);
	vocabulary->room = 4096;
	vocabulary->forms = g_new0 (Form, vocabulary->room);
	vocabulary->hashes = g_new0 (guint32, vocabulary->room);
	vocabulary->terms = g_array_new (FALSE, FALSE, sizeof (Term));
	vocabulary->met = g_array_new (FALSE, FALSE, sizeof (guint32));
	vocabulary->by_text = g_hash_table_new (g_str_hash, g_str_equal);
	g_array_append_val (vocabulary->terms, nothing);
	return vocabulary;
}

void rn_vocabulary_free (RnVocabulary *vocabulary)
{
	if (!vocabulary)
		return;
	g_hash_table_unref (vocabulary->by_text);
	g_array_unref (vocabulary->terms);
	g_array_unref (vocabulary->met);
	g_free (vocabulary->forms);
	g_free (vocabulary->hashes);
	rn_arena_free (vocabulary->arena);
	rn_stemmer_free (vocabulary->stemmer);
	g_free (vocabulary);
}

static inline guint32 hash_of (const char *text, gsize len)
{
	guint64 hash = 0xcbf29ce484222325u ^ len, chunk;
	for (; len >= 8; text += 8, len -= 8) {
		memcpy (&chunk, text, 8);
		hash = (hash ^ chunk) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	for (; len; text++, len--)
		hash = (hash ^ (guchar) *text) * 0x100000001b3u;
	hash *= 0x9e3779b97f4a7c15u;
	return (guint32) (hash >> 32) | 1;   /* 0 is a free place */
}

static void grow (RnVocabulary *vocabulary)
{
	guint32 room = vocabulary->room * 2;
	Form *forms = g_new0 (Form, room);
	guint32 *hashes = g_new0 (guint32, room);
	for (guint32 i = 0; i < vocabulary->room; i++) {
		const Form *form = &vocabulary->forms[i];
		guint32 at = (form->hash >> 1) & (room - 1);
		if (!form->text)
			continue;
		while (hashes[at])
			at = (at + 1) & (room - 1);
		forms[at] = *form;
		hashes[at] = form->hash;
	}
	g_free (vocabulary->forms);
	g_free (vocabulary->hashes);
	vocabulary->forms = forms;
	vocabulary->hashes = hashes;
	vocabulary->room = room;
}

static guint32 term_of (RnVocabulary *vocabulary, const char *word, gsize len)
{
	char text[RN_TERM_MAX];
	Term term = { .len = (guint32) rn_stemmer_term (vocabulary->stemmer, word, len, text) };
	if (!term.len)
		return 0;
	guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (vocabulary->by_text, text));
	if (number)
		return number;
	number = vocabulary->terms->len;
	term.text = rn_arena_strndup (vocabulary->arena, text, (gssize) term.len);
	g_array_append_val (vocabulary->terms, term);
	g_hash_table_insert (vocabulary->by_text, (gpointer) term.text, GUINT_TO_POINTER (number));
	return number;
}

static inline Form *form_of (RnVocabulary *vocabulary, const char *word, gsize len)
{
	guint32 hash = hash_of (word, len), at = (hash >> 1) & (vocabulary->room - 1);
	for (; vocabulary->hashes[at]; at = (at + 1) & (vocabulary->room - 1)) {
		Form *form = &vocabulary->forms[at];
		if (vocabulary->hashes[at] == hash && form->len == len && !memcmp (form->text, word, len))
			return form;
	}
	if (++vocabulary->used > vocabulary->room / 2) {
		grow (vocabulary);
		for (at = (hash >> 1) & (vocabulary->room - 1); vocabulary->hashes[at];)
			at = (at + 1) & (vocabulary->room - 1);
	}
	Form *form = &vocabulary->forms[at];
	vocabulary->hashes[at] = hash;
	*form = (Form) { rn_arena_strndup (vocabulary->arena, word, (gssize) len), (guint32) len, hash, term_of (vocabulary, word, len), 0 };
	return form;
}

guint rn_vocabulary_take (RnVocabulary *vocabulary, const char *text, gsize len, guint page, guint column, GString *out)
{
	static const guint weights[RN_COLUMNS] = RN_RANK_WEIGHTS;
	gsize at = 0, begin, end;
	guint n = 0;
	while (rn_words_next (vocabulary->rules, text, len, &at, &begin, &end)) {
		Form *form = form_of (vocabulary, text + begin, end - begin);
		form->count++;
		if (!form->term)
			continue;
		Term *term = &g_array_index (vocabulary->terms, Term, form->term);
		if (term->last != page + 1) {
			term->pages++, term->last = page + 1, term->count = 0, term->in_title = FALSE;
			g_array_append_val (vocabulary->met, form->term);
		}
		term->count += weights[column];
		term->in_title |= column == RN_COLUMN_TITLE;
		g_string_append_len (out, term->text, term->len);
		g_string_append_c (out, ' ');
		n++;
	}
	return n;
}

gsize rn_vocabulary_page (RnVocabulary *vocabulary, RnPostings *postings)
{
	gsize at = rn_postings_page (postings);
	for (guint i = 0; i < vocabulary->met->len; i++) {
		guint32 number = g_array_index (vocabulary->met, guint32, i);
		const Term *term = &g_array_index (vocabulary->terms, Term, number);
		rn_postings_add (postings, number, term->count, term->in_title);
	}
	rn_postings_end (postings);
	g_array_set_size (vocabulary->met, 0);
	return at;
}

/* --- all workers' ------------------------------------------------------------------------------------------------------------- */

typedef struct { RnLexeme lexeme; GHashTable *forms; } Entry;    /* forms: small form -> count */

struct RnLexicon {
	RnArena *arena;
	GHashTable *entries;      /* term -> Entry */
	GArray *all;              /* RnLexeme */
};

static void entry_free (gpointer data)
{
	Entry *entry = data;
	g_hash_table_unref (entry->forms);
	g_free (entry);
}

RnLexicon *rn_lexicon_new (void)
{
	RnLexicon *lexicon = g_new0 (RnLexicon, 1);
	lexicon->arena = rn_arena_new (65536);
	lexicon->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
	lexicon->all = g_array_new (FALSE, FALSE, sizeof (RnLexeme));
	return lexicon;
}

void rn_lexicon_free (RnLexicon *lexicon)
{
	if (!lexicon)
		return;
	g_array_unref (lexicon->all);
	g_hash_table_unref (lexicon->entries);
	rn_arena_free (lexicon->arena);
	g_free (lexicon);
}

static Entry *entry_of (RnLexicon *lexicon, const char *term)
{
	Entry *entry = g_hash_table_lookup (lexicon->entries, term);
	if (!entry) {
		entry = g_new0 (Entry, 1);
		entry->lexeme.term = rn_arena_strndup (lexicon->arena, term, -1);
		entry->lexeme.number = g_hash_table_size (lexicon->entries);
		entry->forms = g_hash_table_new (g_str_hash, g_str_equal);
		g_hash_table_insert (lexicon->entries, (gpointer) entry->lexeme.term, entry);
	}
	return entry;
}

guint32 *rn_lexicon_add (RnLexicon *lexicon, const RnVocabulary *vocabulary)
{
	guint32 *numbers = g_new0 (guint32, vocabulary->terms->len);
	Entry **entries = g_new0 (Entry *, vocabulary->terms->len);
	for (guint i = 1; i < vocabulary->terms->len; i++) {
		const Term *term = &g_array_index (vocabulary->terms, Term, i);
		entries[i] = entry_of (lexicon, term->text);
		entries[i]->lexeme.pages += term->pages;
		numbers[i] = entries[i]->lexeme.number;
	}
	for (guint32 i = 0; i < vocabulary->room; i++) {
		const Form *form = &vocabulary->forms[i];
		if (!form->text || !form->term)
			continue;
		g_autofree char *small = g_utf8_strdown (form->text, form->len);
		Entry *entry = entries[form->term];
		gpointer key = NULL, count = NULL;
		if (!g_hash_table_lookup_extended (entry->forms, small, &key, &count))
			key = rn_arena_strndup (lexicon->arena, small, -1);
		g_hash_table_insert (entry->forms, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + form->count));
	}
	g_free (entries);
	return numbers;
}

static int by_term (gconstpointer a, gconstpointer b)
{
	return strcmp (((const RnLexeme *) a)->term, ((const RnLexeme *) b)->term);
}

const RnLexeme *rn_lexicon_all (RnLexicon *lexicon, guint *n)
{
	GHashTableIter entries, forms;
	gpointer value, form, count;
	g_array_set_size (lexicon->all, 0);
	g_hash_table_iter_init (&entries, lexicon->entries);
	while (g_hash_table_iter_next (&entries, NULL, &value)) {
		Entry *entry = value;
		guint most = 0;
		g_hash_table_iter_init (&forms, entry->forms);
		while (g_hash_table_iter_next (&forms, &form, &count)) {
			guint times = GPOINTER_TO_UINT (count);
			if (times > most || (times == most && strcmp (form, entry->lexeme.form) < 0))
				entry->lexeme.form = form, most = times;
		}
		g_array_append_val (lexicon->all, entry->lexeme);
	}
	g_array_sort (lexicon->all, by_term);
	*n = lexicon->all->len;
	return (const RnLexeme *) lexicon->all->data;
}

void rn_lexicon_forms (const RnLexicon *lexicon, const char *term, RnFormEach each, gpointer user)
{
	const Entry *entry = g_hash_table_lookup (lexicon->entries, term);
	GHashTableIter forms;
	gpointer form, times;
	if (!entry)
		return;
	g_hash_table_iter_init (&forms, entry->forms);
	while (g_hash_table_iter_next (&forms, &form, &times))
		each (user, form, GPOINTER_TO_UINT (times));
}
