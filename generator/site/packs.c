/* packs.c - plans, makes the dictionaries, compresses every entry against its bin's, writes. */
#include "site/packs-int.h"
#include "base/words.h"
#include "base/workers.h"

#define DICTIONARY_MAX 32000   /* deflate looks 32 KB back */
#define SAMPLES 3

typedef struct { RnPacks *packs; RnDeflater *deflater; GString *text, *coded; } Worker;

static gpointer open_worker (gpointer shared, GError **error)
{
	Worker *worker = g_new (Worker, 1);
	(void) error;
	*worker = (Worker) { shared, rn_deflater_new (), g_string_new (NULL), g_string_new (NULL) };
	return worker;
}

static void close_worker (gpointer state, gpointer shared)
{
	Worker *worker = state;
	(void) shared;
	rn_deflater_free (worker->deflater);
	g_string_free (worker->text, TRUE);
	g_string_free (worker->coded, TRUE);
	g_free (worker);
}

static int by_size (gconstpointer left, gconstpointer right)
{
	const RnPackEntry *a = *(RnPackEntry *const *) left, *b = *(RnPackEntry *const *) right;
	return a->file->bytes != b->file->bytes ? a->file->bytes < b->file->bytes ? -1 : 1 : a < b ? -1 : 1;
}

/* Pages of middling size, which have what all have and little else: their ends, as the last 32 KB are what counts. */
static gboolean make_dictionary (Worker *worker, RnPackBin *bin, GPtrArray *pages, GError **error)
{
	g_ptr_array_sort (pages, by_size);
	guint n = MIN (SAMPLES, pages->len / 2), first = (pages->len - n) / 2;
	for (guint i = first; i < first + n; i++) {
		if (!rn_files_read (worker->packs->files, ((RnPackEntry *) pages->pdata[i])->file, worker->text, error))
			return FALSE;
		rn_alphabet_encode (&bin->alphabet, worker->text->str, worker->text->len, bin->dictionary);
	}
	if (bin->dictionary->len > DICTIONARY_MAX)
		g_string_erase (bin->dictionary, 0, (gssize) (bin->dictionary->len - DICTIONARY_MAX));
	if (bin->dictionary->len)
		rn_deflater_open (worker->deflater, bin->dictionary, bin->opening);
	return TRUE;
}

static gboolean prepare_bin (gpointer state, guint index, gpointer shared, GError **error)
{
	Worker *worker = state;
	RnPacks *packs = shared;
	RnPackBin *bin = &g_array_index (packs->bins, RnPackBin, index);
	g_autofree guint32 *counts = g_new0 (guint32, 65536);
	g_autoptr (GPtrArray) pages = g_ptr_array_new ();
	for (guint i = 0; i < bin->n; i++) {
		RnPackEntry *entry = &g_array_index (packs->entries, RnPackEntry, bin->first + i);
		if (!entry->coded)
			continue;
		if (!rn_files_read (packs->files, entry->file, worker->text, error))
			return FALSE;
		entry->coded = rn_alphabet_count (worker->text->str, worker->text->len, counts);
		if (entry->coded)
			g_ptr_array_add (pages, entry);
	}
	rn_alphabet_make (&bin->alphabet, counts);
	bin->dictionary = g_string_new (NULL);
	bin->opening = g_string_new (NULL);
	return make_dictionary (worker, bin, pages, error);
}

static gboolean compress_entry (gpointer state, guint index, gpointer shared, GError **error)
{
	static const GString none = { .str = (char *) "" };
	Worker *worker = state;
	RnPacks *packs = shared;
	RnPackEntry *entry = &g_array_index (packs->entries, RnPackEntry, index);
	const RnPackBin *bin = &g_array_index (packs->bins, RnPackBin, entry->bin);
	if (!rn_files_read (packs->files, entry->file, worker->text, error))
		return FALSE;
	const GString *bytes = worker->text;
	if (entry->coded) {
		g_string_truncate (worker->coded, 0);
		rn_alphabet_encode (&bin->alphabet, worker->text->str, worker->text->len, worker->coded);
		bytes = worker->coded;
	}
	entry->data = rn_deflater_member (worker->deflater, entry->coded ? bin->dictionary : &none, bytes->str, bytes->len, &entry->size);
	return TRUE;
}

static void clear (RnPacks *packs)
{
	for (guint i = 0; i < packs->entries->len; i++)
		g_free (g_array_index (packs->entries, RnPackEntry, i).data);
	for (guint i = 0; i < packs->bins->len; i++) {
		RnPackBin *bin = &g_array_index (packs->bins, RnPackBin, i);
		g_free (bin->alphabet.place);
		if (bin->dictionary)
			g_string_free (bin->dictionary, TRUE);
		if (bin->opening)
			g_string_free (bin->opening, TRUE);
	}
	g_array_unref (packs->entries);
	g_array_unref (packs->bins);
	rn_arena_free (packs->arena);
}

gboolean rn_packs_put (RnFiles *files, const GArray *booklets, const RnLibrary *library, const char *commit, guint jobs, RnAtomicTree *out, GError **error)
{
	RnPacks packs = { files, booklets, library, out, rn_arena_new (0), g_array_new (FALSE, TRUE, sizeof (RnPackEntry)), g_array_new (FALSE, TRUE, sizeof (RnPackBin)) };
	rn_packs_plan (&packs);
	gboolean fine = rn_workers_run (jobs, packs.bins->len, open_worker, prepare_bin, close_worker, &packs, NULL, error) &&
		rn_workers_run (jobs, packs.entries->len, open_worker, compress_entry, close_worker, &packs, NULL, error) &&
		rn_packs_write (&packs, commit, jobs, error);
	clear (&packs);
	return fine || (g_prefix_error (error, _("packing the site for phones: ")), FALSE);
}
