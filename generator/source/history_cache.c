/*
 * history_cache.c - the records of a commit as one file, so that the next build need not walk.
 *
 * In and out: records. The file is a header, one fixed block a record, the authors, then all text; it is read at once and
 * believed only if its sum is right and every offset lies inside it. It is written beside and renamed, and only by
 * machines of one byte order: others fail the check of the version. The few newest commits are kept.
 */
#include "source/history-int.h"

#include <glib/gstdio.h>
#include <string.h>

#define VERSION G_GUINT64_CONSTANT (0x32302d686e72) /* as a number, so that the byte order is part of it */
#define KEPT 4
#define PREFIX "history-"

typedef struct {
	guint64 version, sum;        /* sum: of all that follows it */
	guint64 shallow;
	gint64  rank, boundary;
	guint32 n_records, n_authors, text, site; /* text: bytes; site: offset of the site's folder */
	guint8  tip[GIT_OID_RAWSZ], unused[4];
} Header;

typedef struct {
	gint64  first, last, rank;
	guint32 name, first_author, last_author;
	guint8  id[GIT_OID_RAWSZ], commit[GIT_OID_RAWSZ], unused[4];
} Block;

G_STATIC_ASSERT (sizeof (Header) % 8 == 0 && sizeof (Block) % 8 == 0);

static guint64 sum_of (const char *data, gsize len)
{
	guint64 sum = len, word;

	for (; len >= 8; data += 8, len -= 8) {
		memcpy (&word, data, 8);
		sum = (sum ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
		sum ^= sum >> 29;
	}
	word = 0;
	memcpy (&word, data, len);
	return (sum ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* The records in DATA, or NULL where it is not what was written, or for another site. Names point into the arena's copy of the text. */
static RnRecords *parse (const char *data, gsize len, const char *site, guint64 shallow)
{
	Header header;

	if (len < sizeof header)
		return NULL;
	memcpy (&header, data, sizeof header);
	guint64 whole = sizeof header + (guint64) header.n_records * sizeof (Block) + (guint64) header.n_authors * 4 + header.text;
	if (header.version != VERSION || header.shallow != shallow || whole != len || header.text == 0 || data[len - 1] != '\0' ||
	    header.site >= header.text || header.sum != sum_of (data + 16, len - 16))
		return NULL;
	const char *block = data + sizeof header, *author = block + (gsize) header.n_records * sizeof (Block);
	const char *text = author + (gsize) header.n_authors * 4;
	if (strcmp (text + header.site, site) != 0)
		return NULL;
	g_autoptr (RnRecords) records = rn_records_new ();
	char *names = rn_arena_alloc (records->arena, header.text);
	memcpy (names, text, header.text);
	memcpy (records->tip.id, header.tip, GIT_OID_RAWSZ);
	records->rank = header.rank;
	records->boundary = header.boundary;
	records->shallow = shallow;
	g_array_set_size (records->records, header.n_records);
	for (guint i = 0; i < header.n_records; i++) {
		RnRecord *record = &g_array_index (records->records, RnRecord, i);
		Block     b;

		memcpy (&b, block + i * sizeof b, sizeof b);
		if (b.name >= header.text || (b.first_author != NO_AUTHOR && b.first_author >= header.n_authors) ||
		    (b.last_author != NO_AUTHOR && b.last_author >= header.n_authors))
			return NULL;
		*record = (RnRecord) { .name = names + b.name, .first = b.first, .last = b.last, .rank = b.rank,
			               .first_author = b.first_author, .last_author = b.last_author };
		memcpy (record->id.id, b.id, GIT_OID_RAWSZ);
		memcpy (record->commit.id, b.commit, GIT_OID_RAWSZ);
	}
	for (guint i = 0; i < header.n_authors; i++) {
		guint32 at;

		memcpy (&at, author + i * 4, 4);
		if (at >= header.text)
			return NULL;
		g_ptr_array_add (records->authors, names + at);
	}
	return g_steal_pointer (&records);
}

static char *file_of (const char *dir, const char *commit)
{
	g_autofree char *name = g_strdup_printf (PREFIX "%s", commit);

	return g_build_filename (dir, name, NULL);
}

/* The names of the caches in DIR, newest first, without their folder. */
typedef struct { char name[sizeof PREFIX + 40]; gint64 time; } Cached;

static gint by_age (gconstpointer a, gconstpointer b)
{
	const Cached *x = a, *y = b;

	return x->time != y->time ? (x->time < y->time ? 1 : -1) : strcmp (x->name, y->name);
}

static GArray *list_caches (const char *dir)
{
	GArray *found = g_array_new (FALSE, TRUE, sizeof (Cached));
	g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);

	for (const char *name; folder && (name = g_dir_read_name (folder)) != NULL;) {
		Cached           cached = { .time = 0 };
		GStatBuf         info;
		g_autofree char *path = g_build_filename (dir, name, NULL);

		if (!g_str_has_prefix (name, PREFIX) || strlen (name) != strlen (PREFIX) + 40 || g_stat (path, &info) < 0)
			continue;
		g_strlcpy (cached.name, name, sizeof cached.name);
		cached.time = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
		g_array_append_val (found, cached);
	}
	g_array_sort (found, by_age);
	return found;
}

static RnRecords *load_file (const char *path, RnTree *tree, guint64 shallow)
{
	g_autofree char *data = NULL;
	gsize            len;

	return g_file_get_contents (path, &data, &len, NULL) ? parse (data, len, tree->prefix, shallow) : NULL;
}

RnRecords *rn_history_cache_load (const char *dir, RnTree *tree, guint64 shallow)
{
	g_autofree char *path = file_of (dir, tree->commit);
	RnRecords       *records = load_file (path, tree, shallow);

	if (records)
		return records;
	g_autoptr (GArray) caches = list_caches (dir);
	for (guint i = 0; i < caches->len; i++) {
		const char *name = g_array_index (caches, Cached, i).name;
		git_oid     tip, ancestor;

		if (git_oid_fromstr (&ancestor, name + strlen (PREFIX)) < 0 || git_oid_fromstr (&tip, tree->commit) < 0 ||
		    git_graph_descendant_of (tree->repo, &tip, &ancestor) != 1)
			continue;
		g_autofree char *older = g_build_filename (dir, name, NULL);
		records = load_file (older, tree, shallow);
		if (records)
			return records;
	}
	return NULL;
}

/* Each text once: many files share an author, few a name. */
static guint32 add_text (GString *text, const char *added)
{
	guint32 at = (guint32) text->len;

	g_string_append_len (text, added, (gssize) strlen (added) + 1);
	return at;
}

/* A cache that cannot be written is none: the next build walks again. */
void rn_history_cache_save (const char *dir, RnTree *tree, const RnRecords *records)
{
	g_autoptr (GString) text = g_string_new (NULL), out = g_string_new (NULL);
	g_autofree char *path = file_of (dir, tree->commit);
	Header header = { .version = VERSION, .shallow = records->shallow, .rank = records->rank, .boundary = records->boundary,
		          .n_records = records->records->len, .n_authors = records->authors->len };

	memcpy (header.tip, records->tip.id, GIT_OID_RAWSZ);
	header.site = add_text (text, tree->prefix);
	g_string_append_len (out, (const char *) &header, sizeof header);
	for (guint i = 0; i < records->records->len; i++) {
		const RnRecord *record = &g_array_index (records->records, RnRecord, i);
		Block           b = { .first = record->first, .last = record->last, .rank = record->rank,
			              .name = add_text (text, record->name),
			              .first_author = record->first_author, .last_author = record->last_author };

		memcpy (b.id, record->id.id, GIT_OID_RAWSZ);
		memcpy (b.commit, record->commit.id, GIT_OID_RAWSZ);
		g_string_append_len (out, (const char *) &b, sizeof b);
	}
	for (guint i = 0; i < records->authors->len; i++) {
		guint32 at = add_text (text, records->authors->pdata[i]);
		g_string_append_len (out, (const char *) &at, 4);
	}
	g_string_append_len (out, text->str, (gssize) text->len);
	header.text = (guint32) text->len;
	memcpy (out->str, &header, sizeof header);
	header.sum = sum_of (out->str + 16, out->len - 16);
	memcpy (out->str, &header, sizeof header);
	if (g_mkdir_with_parents (dir, 0777) < 0 ||
	    !g_file_set_contents_full (path, out->str, (gssize) out->len, G_FILE_SET_CONTENTS_CONSISTENT, 0666, NULL))
		return;
	g_autoptr (GArray) caches = list_caches (dir);
	for (guint i = KEPT; i < caches->len; i++) {
		g_autofree char *old = g_build_filename (dir, g_array_index (caches, Cached, i).name, NULL);
		g_unlink (old);
	}
}
