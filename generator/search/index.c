/*
 * index.c - pages -> rows. Workers make the rows' texts; who finds the writer free writes all that are next in order.
 *
 * Invariant: row i is written after every row before it, so that two runs give the same bytes; rows wait in `waiting` meanwhile.
 */
#include "base/words.h"
#include "search/database.h"
#include "search/page_text.h"
#include "search/rank.h"
#include "search/rules_read.h"
#include "search/shards.h"
#include "search/synonyms.h"
#include "search/tokenizer.h"

#include <libdeflate.h>
#include <string.h>

#define BEHIND 64                 /* rows that may wait before a worker waits for the writer */
#define TEXT_LEVEL 1              /* libdeflate's: beyond, a tenth is gained for twice the time */
/* Postings that FTS5 gathers before it writes them out: one write and no merging for a site of 10,000 pages. */
#define GATHER (48 << 20)

static const char doing[] = "writing the search index";

/* One row, in one piece of memory: terms of the columns, then the packed text. */
typedef struct { const RnPage *page; gsize ends[RN_COLUMNS], text_size, packed; char bytes[]; } Row;

static Row nothing;               /* stands for a page that has no row */

typedef struct { RnRules *rules; char *json; RnLexicon *lexicon; sqlite3_stmt *insert; guint pages; } Tongue;

struct RnIndex {
	const RnLibrary *library;
	const RnSite *site;
	sqlite3 *db;
	sqlite3_stmt *insert_page, *insert_text;
	Tongue *tongues;              /* by language */
	GMutex writer;                /* over db, and failed */
	GError *failed;
	GMutex lock;                  /* over what follows */
	Row **waiting; guint n, next, behind;
	RnShardPage *told;            /* by page of the library; tongue by tongue for the shards. gathered NULL: not in the index */
	GPtrArray *gathered;          /* RnGathered of all workers */
	GArray *synonyms;             /* RnShardSynonym, owned words */
};

struct RnIndexer {
	RnIndex *index;
	RnVocabulary **vocabularies;  /* by language; NULL: not met yet */
	RnGathered **gathered;        /* the same */
	struct libdeflate_compressor *compressor;
	GString *terms, *text, *column;
};

/* --- beginning ---------------------------------------------------------------------------------------------------------------- */

static const char schema[] =
	"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA application_id = 1380864628;"
	"CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"CREATE TABLE languages (code TEXT PRIMARY KEY, position INTEGER, name TEXT, dir TEXT, pages INTEGER, fts TEXT, rules TEXT) WITHOUT ROWID;"
	"CREATE TABLE pages (id INTEGER PRIMARY KEY, language TEXT, url TEXT, key TEXT, title TEXT, description TEXT, type TEXT, section TEXT, audience TEXT,"
	" published INTEGER, expires INTEGER, lastmod INTEGER, facets TEXT);"
	"CREATE TABLE texts (id INTEGER PRIMARY KEY, size INTEGER, text BLOB);"
	"CREATE TABLE lexicon (language TEXT, term TEXT, pages INTEGER, form TEXT, PRIMARY KEY (language, term)) WITHOUT ROWID;"
	"CREATE TABLE synonyms (id INTEGER PRIMARY KEY, grp INTEGER, language TEXT, words TEXT);";

static gboolean begin_language (RnIndex *index, guint i, RnDiagnostics *sink, GError **error)
{
	const RnLanguage *language = index->site->languages[i];
	Tongue *tongue = &index->tongues[i];
	tongue->json = rn_rules_json (language, sink);
	tongue->rules = rn_rules_new (tongue->json);
	tongue->lexicon = rn_lexicon_new ();
	char *table = rn_database_table (language->code);
	gboolean fine = rn_database_run (index->db, doing, error, "CREATE VIRTUAL TABLE \"%w\" USING fts5(title, headings, description, body, content='', "
	                                 "tokenize=\"rohnamo '%w'\");"
	                                 "INSERT INTO \"%w\"(\"%w\", rank) VALUES ('hashsize', %d), ('automerge', 0)", table, language->code, table, table, GATHER);
	if (fine)
		tongue->insert = rn_database_prepare (index->db, doing, error, "INSERT INTO \"%w\"(rowid, title, headings, description, body) VALUES (?, ?, ?, ?, ?)", table);
	sqlite3_free (table);
	return tongue->insert != NULL;
}

static gboolean take_synonym (gpointer user, guint group, const RnLanguage *language, const char *words, GError **error)
{
	RnIndex *index = user;
	g_array_append_vals (index->synonyms, &(RnShardSynonym) { group, language->index, g_strdup (words) }, 1);
	return rn_database_run (index->db, doing, error, "INSERT INTO synonyms (grp, language, words) VALUES (%u, %Q, %Q)", group, language->code, words);
}

static gboolean pass_synonym (gpointer user, guint group, const RnLanguage *language, const char *words, GError **error)
{
	(void) user, (void) group, (void) language, (void) words, (void) error;
	return TRUE;
}

void rn_index_check (const RnLibrary *library, RnDiagnostics *sink)
{
	const RnSite *site = rn_library_site (library);
	for (guint i = 0; i < site->n_languages; i++)
		g_free (rn_rules_json (site->languages[i], sink));
	rn_synonyms_read (site, sink, pass_synonym, NULL, NULL);
}

static gboolean begin (RnIndex *index, const char *commit, RnDiagnostics *sink, GError **error)
{
	sqlite3_int64 most = (sqlite3_int64) 1 << 40;
	/* The VFS that keeps a file in memory gives the bytes away without a copy. */
	if (sqlite3_open_v2 ("search", &index->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, "memdb") != SQLITE_OK)
		return rn_database_fault (index->db, doing, error);
	sqlite3_file_control (index->db, "main", SQLITE_FCNTL_SIZE_LIMIT, &most);
	if (rn_tokenizer_register (index->db, RN_TOKENIZER_TERMS) != SQLITE_OK) {
		g_set_error (error, RN_SEARCH_ERROR, RN_SEARCH_ERROR_FAILED, _("%s: this SQLite has no FTS5"), doing);
		return FALSE;
	}
	if (!rn_database_run (index->db, doing, error, "%s", schema) || !rn_database_run (index->db, doing, error, "BEGIN"))
		return FALSE;
	for (guint i = 0; i < index->site->n_languages; i++)
		if (!begin_language (index, i, sink, error))
			return FALSE;
	index->insert_page = rn_database_prepare (index->db, doing, error, "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	index->insert_text = rn_database_prepare (index->db, doing, error, "INSERT INTO texts VALUES (?, ?, ?)");
	if (!index->insert_page || !index->insert_text)
		return FALSE;
	return rn_database_run (index->db, doing, error, "INSERT INTO meta VALUES ('schema', %d), ('generator', 'rohnamo'), ('commit', %Q), ('edition', %lld), ('profile', %Q)",
	                        RN_SEARCH_SCHEMA, commit ? commit : "", (long long) rn_library_edition_time (index->library), index->site->counsellor ? "counsellor" : "public")
	       && rn_synonyms_read (index->site, sink, take_synonym, index, error);
}

static void gathered_free (gpointer data)
{
	RnGathered *gathered = data;
	rn_postings_free (gathered->postings);
	rn_arena_free (gathered->texts);
	g_free (gathered->numbers);
	g_free (gathered);
}

RnIndex *rn_index_new (const RnLibrary *library, const char *commit, RnDiagnostics *sink, GError **error)
{
	RnIndex *index = g_new0 (RnIndex, 1);
	index->library = library;
	index->site = rn_library_site (library);
	index->tongues = g_new0 (Tongue, index->site->n_languages);
	index->n = rn_library_pages (library)->n;
	index->waiting = g_new0 (Row *, index->n + 1);
	index->told = g_new0 (RnShardPage, index->n + 1);
	index->gathered = g_ptr_array_new_with_free_func (gathered_free);
	index->synonyms = g_array_new (FALSE, FALSE, sizeof (RnShardSynonym));
	g_mutex_init (&index->writer);
	g_mutex_init (&index->lock);
	if (begin (index, commit, sink, error))
		return index;
	rn_index_free (index);
	return NULL;
}

static void row_free (Row *row)
{
	if (row != &nothing)
		g_free (row);
}

void rn_index_free (RnIndex *index)
{
	if (!index)
		return;
	for (guint i = 0; i < index->site->n_languages; i++) {
		sqlite3_finalize (index->tongues[i].insert);
		rn_lexicon_free (index->tongues[i].lexicon);
		rn_rules_free (index->tongues[i].rules);
		g_free (index->tongues[i].json);
	}
	sqlite3_finalize (index->insert_page);
	sqlite3_finalize (index->insert_text);
	sqlite3_close (index->db);
	for (guint i = 0; i < index->n; i++)
		row_free (index->waiting[i]);
	g_clear_error (&index->failed);
	g_mutex_clear (&index->writer);
	g_mutex_clear (&index->lock);
	for (guint i = 0; i < index->synonyms->len; i++)
		g_free ((char *) g_array_index (index->synonyms, RnShardSynonym, i).words);
	g_array_unref (index->synonyms);
	g_ptr_array_unref (index->gathered);
	g_free (index->told);
	g_free (index->waiting);
	g_free (index->tongues);
	g_free (index);
}

/* --- writing, in order ------------------------------------------------------------------------------------------------------- */

static void bind_text (sqlite3_stmt *statement, int column, const char *text)
{
	sqlite3_bind_text (statement, column, text, -1, SQLITE_STATIC);
}

static void bind_time (sqlite3_stmt *statement, int column, gint64 seconds)
{
	if (seconds)
		sqlite3_bind_int64 (statement, column, seconds);
	else
		sqlite3_bind_null (statement, column);
}

static gboolean write_page (RnIndex *index, guint id, const RnPage *page, GError **error)
{
	sqlite3_stmt *insert = index->insert_page;
	g_autofree char *section = g_strndup (page->key, rn_page_section (page)), *audience = rn_page_audience_json (index->library, page);
	g_autofree char *facets = rn_page_facets_json (index->library, page);
	const char *const texts[] = { page->language->code, page->url, page->key, page->title, page->description, page->type->name, section, audience };
	sqlite3_bind_int64 (insert, 1, id);
	for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
		bind_text (insert, (int) i + 2, texts[i]);
	bind_time (insert, 10, page->publish ? page->publish : page->date);
	bind_time (insert, 11, page->expires);
	bind_time (insert, 12, page->lastmod);
	bind_text (insert, 13, facets);
	return rn_database_step (insert, doing, error);
}

static gboolean write_row (RnIndex *index, guint id, const Row *row, GError **error)
{
	Tongue *tongue = &index->tongues[row->page->language->index];
	gsize begin = 0;
	tongue->pages++;
	sqlite3_bind_int64 (tongue->insert, 1, id);
	for (int i = 0; i < RN_COLUMNS; begin = row->ends[i++])
		sqlite3_bind_text (tongue->insert, i + 2, row->bytes + begin, (int) (row->ends[i] - begin), SQLITE_STATIC);
	sqlite3_bind_int64 (index->insert_text, 1, id);
	sqlite3_bind_int64 (index->insert_text, 2, (sqlite3_int64) row->text_size);
	sqlite3_bind_blob (index->insert_text, 3, row->bytes + row->ends[RN_COLUMNS - 1], (int) row->packed, SQLITE_STATIC);
	return rn_database_step (tongue->insert, doing, error) && rn_database_step (index->insert_text, doing, error) && write_page (index, id, row->page, error);
}

/* Writes rows as long as the next one is there. The writer's lock is held. */
static void write_next (RnIndex *index)
{
	for (;;) {
		g_mutex_lock (&index->lock);
		guint i = index->next;
		Row *row = i < index->n ? g_steal_pointer (&index->waiting[i]) : NULL;
		if (row)
			index->next++, index->behind--;
		g_mutex_unlock (&index->lock);
		if (!row)
			return;
		if (row != &nothing && !index->failed)
			write_row (index, i + 1, row, &index->failed);
		row_free (row);
	}
}

static gboolean give (RnIndex *index, guint i, Row *row, GError **error)
{
	g_mutex_lock (&index->lock);
	index->waiting[i] = row;
	gboolean wait = ++index->behind > BEHIND;
	g_mutex_unlock (&index->lock);
	if (wait)
		g_mutex_lock (&index->writer);
	else if (!g_mutex_trylock (&index->writer))
		return TRUE;
	write_next (index);
	gboolean fine = !index->failed;
	if (!fine && error && !*error)
		*error = g_error_copy (index->failed);
	g_mutex_unlock (&index->writer);
	return fine;
}

/* --- a worker ------------------------------------------------------------------------------------------------------------------ */

RnIndexer *rn_indexer_new (RnIndex *index)
{
	RnIndexer *indexer = g_new0 (RnIndexer, 1);
	indexer->index = index;
	indexer->vocabularies = g_new0 (RnVocabulary *, index->site->n_languages);
	indexer->gathered = g_new0 (RnGathered *, index->site->n_languages);
	indexer->compressor = libdeflate_alloc_compressor (TEXT_LEVEL);
	indexer->terms = g_string_sized_new (65536);
	indexer->text = g_string_sized_new (65536);
	indexer->column = g_string_sized_new (4096);
	return indexer;
}

void rn_indexer_free (RnIndexer *indexer)
{
	if (!indexer)
		return;
	RnIndex *index = indexer->index;
	g_mutex_lock (&index->writer);
	for (guint i = 0; i < index->site->n_languages; i++)
		if (indexer->vocabularies[i]) {
			indexer->gathered[i]->numbers = rn_lexicon_add (index->tongues[i].lexicon, indexer->vocabularies[i]);
			g_ptr_array_add (index->gathered, indexer->gathered[i]);
		}
	g_mutex_unlock (&index->writer);
	for (guint i = 0; i < index->site->n_languages; i++)
		rn_vocabulary_free (indexer->vocabularies[i]);
	libdeflate_free_compressor (indexer->compressor);
	g_string_free (indexer->terms, TRUE);
	g_string_free (indexer->text, TRUE);
	g_string_free (indexer->column, TRUE);
	g_free (indexer->vocabularies);
	g_free (indexer->gathered);
	g_free (indexer);
}

gboolean rn_indexer_pass (RnIndexer *indexer, guint i, GError **error)
{
	return give (indexer->index, i, &nothing, error);
}

static void meet_language (RnIndexer *indexer, guint language)
{
	if (indexer->vocabularies[language])
		return;
	indexer->vocabularies[language] = rn_vocabulary_new (indexer->index->tongues[language].rules);
	indexer->gathered[language] = g_new (RnGathered, 1);
	*indexer->gathered[language] = (RnGathered) { rn_postings_new (), NULL, rn_arena_new (65536) };
}

/* The beginning of TEXT in one line, cut between words. */
static const char *begin_of (const char *text, RnArena *arena)
{
	const char *p = text, *end = NULL;
	guint n = 0;
	for (; *p && n < RN_SHARDS_TEXT; p = g_utf8_next_char (p), n++)
		if (g_ascii_isspace (*p))
			end = p;
	char *begin = rn_arena_strndup (arena, text, !*p ? p - text : end && end > text ? end - text : p - text);
	for (char *c = begin; *c; c++)
		if (g_ascii_isspace (*c))
			*c = ' ';
	return g_strchomp (begin);
}

/* Page I in one row: the terms of its columns, and its text. body: where in the text the page itself begins. */
static Row *make_row (RnIndexer *indexer, guint i, const RnPage *page, gsize body)
{
	const guint language = page->language->index;
	const char *const columns[RN_COLUMNS] = { page->whole_title ? page->whole_title : page->title, indexer->column->str, page->description ? page->description : "", indexer->text->str };
	RnShardPage *told = &indexer->index->told[i];
	RnGathered *gathered = indexer->gathered[language];
	GString *terms = indexer->terms, *text = indexer->text;
	gsize ends[RN_COLUMNS];
	*told = (RnShardPage) { .page = page, .gathered = gathered };
	for (guint k = 0; k < RN_COLUMNS; k++) {
		guint n = rn_vocabulary_take (indexer->vocabularies[language], columns[k], strlen (columns[k]), i, k, terms);
		ends[k] = terms->len;
		told->tokens += n;
		told->title += k == RN_COLUMN_TITLE ? n : 0;
	}
	told->at = rn_vocabulary_page (indexer->vocabularies[language], gathered->postings);
	if (!page->description)
		told->text = begin_of (text->str + (body < text->len ? body : 0), gathered->texts);
	gsize room = libdeflate_zlib_compress_bound (indexer->compressor, text->len);
	Row *row = g_malloc (sizeof *row + terms->len + room);
	*row = (Row) { .page = page, .text_size = text->len };
	memcpy (row->ends, ends, sizeof ends);
	memcpy (row->bytes, terms->str, terms->len);
	row->packed = libdeflate_zlib_compress (indexer->compressor, text->str, text->len, row->bytes + terms->len, room);
	return g_realloc (row, sizeof *row + terms->len + row->packed);
}

gboolean rn_indexer_take (RnIndexer *indexer, guint i, const RnDocument *document, GError **error)
{
	RnIndex *index = indexer->index;
	const RnPage *page = rn_library_pages (index->library)->items[i];
	if (!rn_page_searched (page))
		return rn_indexer_pass (indexer, i, error);
	meet_language (indexer, page->language->index);
	g_string_truncate (indexer->terms, 0);
	g_string_truncate (indexer->text, 0);
	g_string_truncate (indexer->column, 0);
	rn_page_headings_text (page, document, indexer->column);
	rn_page_fields_text (index->library, page, indexer->text);
	gsize body = indexer->text->len;
	if (document)
		rn_node_text (document->root, indexer->text);
	return give (index, i, make_row (indexer, i, page, body), error);
}

/* --- the end ------------------------------------------------------------------------------------------------------------------- */

static gboolean write_lexicon (RnIndex *index, guint i, GError **error)
{
	guint n;
	const RnLexeme *all = rn_lexicon_all (index->tongues[i].lexicon, &n);
	sqlite3_stmt *insert = rn_database_prepare (index->db, doing, error, "INSERT INTO lexicon VALUES (%Q, ?, ?, ?)", index->site->languages[i]->code);
	gboolean fine = insert != NULL;
	for (guint k = 0; fine && k < n; k++) {
		bind_text (insert, 1, all[k].term);
		sqlite3_bind_int64 (insert, 2, all[k].pages);
		bind_text (insert, 3, all[k].form);
		fine = rn_database_step (insert, doing, error);
	}
	sqlite3_finalize (insert);
	return fine;
}

/* What the language's index holds is one segment; how it was gathered is nobody's business. */
static gboolean finish_language (RnIndex *index, guint i, GError **error)
{
	const RnLanguage *language = index->site->languages[i];
	Tongue *tongue = &index->tongues[i];
	char *table = rn_database_table (language->code);
	gboolean fine = rn_database_run (index->db, doing, error, "INSERT INTO \"%w\"(\"%w\") VALUES ('optimize')", table, table)
		&& rn_database_run (index->db, doing, error, "INSERT INTO \"%w\"(\"%w\", rank) VALUES ('rank', 'bm25(10.0, 4.0, 3.0, 1.0)');"
		                    "DELETE FROM \"%w_config\" WHERE k IN ('hashsize', 'automerge')", table, table, table)
		&& rn_database_run (index->db, doing, error, "INSERT INTO languages VALUES (%Q, %u, %Q, %Q, %u, %Q, %Q)", language->code, i, language->name, language->dir,
		                    tongue->pages, table, tongue->json)
		&& write_lexicon (index, i, error);
	sqlite3_free (table);
	return fine;
}

static int by_tongue (gconstpointer left, gconstpointer right)
{
	const RnShardPage *a = left, *b = right;
	if (!a->gathered || !b->gathered)
		return !a->gathered - !b->gathered;
	return (a->page->language->index > b->page->language->index) - (a->page->language->index < b->page->language->index);
}

static gboolean put_shards (RnIndex *index, RnAtomicTree *out, GError **error)
{
	const guint n = index->site->n_languages;
	g_autofree RnShardTongue *tongues = g_new0 (RnShardTongue, n);
	const RnShardPage *pages = index->told;
	qsort (index->told, index->n, sizeof *index->told, by_tongue);
	for (guint i = 0; i < n; i++) {
		tongues[i] = (RnShardTongue) { index->site->languages[i], index->tongues[i].rules, index->tongues[i].json, index->tongues[i].lexicon, pages, index->tongues[i].pages };
		pages += tongues[i].n;
	}
	const RnShardsOf of = { index->library, tongues, n, (const RnShardSynonym *) (gpointer) index->synonyms->data, index->synonyms->len };
	gboolean fine = rn_shards_put (&of, out, error);
	/* A large site's postings: the database needs the room next. */
	g_ptr_array_set_size (index->gathered, 0);
	return fine;
}

gboolean rn_index_finish (RnIndex *index, RnAtomicTree *out, GError **error)
{
	sqlite3_int64 size = 0;
	write_next (index);
	if (index->failed) {
		g_propagate_error (error, g_error_copy (index->failed));
		return FALSE;
	}
	if (!put_shards (index, out, error))
		return FALSE;
	for (guint i = 0; i < index->site->n_languages; i++)
		if (!finish_language (index, i, error))
			return FALSE;
	if (!rn_database_run (index->db, doing, error, "COMMIT"))
		return FALSE;
	const unsigned char *bytes = sqlite3_serialize (index->db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
	if (!bytes)
		return rn_database_fault (index->db, doing, error);
	return rn_atomic_tree_put (out, RN_SEARCH_FILE, (const char *) bytes, (gsize) size, error);
}
