/* unzip.c - an archive in memory in (APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.14 to 4.3.16); its files, in their order, out. Invariant: every byte belongs to one thing. */
#include "base/unzip.h"

#include <libdeflate.h>
#include <string.h>

#define LIMIT 0xffffffffu
#define END 22
#define WIDE_END 76        /* the end in 64 bits, and what leads to it */
#define HEAD 30
#define ENTRY 46
#define LARGEST_RATIO 1032 /* deflate cannot pack better */
#define MODE (0100644u << 16)

typedef struct { char *name; const char *data; gsize packed, len; guint32 crc; gboolean stored; } Entry;

struct RnUnzip {
	GArray *entries;
	GHashTable *names;     /* name -> its index + 1 */
};

static guint get16 (const char *at)
{
	return (guint) (guchar) at[0] | (guint) (guchar) at[1] << 8;
}

static guint32 get32 (const char *at)
{
	return get16 (at) | (guint32) get16 (at + 2) << 16;
}

static guint64 get64 (const char *at)
{
	return get32 (at) | (guint64) get32 (at + 4) << 32;
}

static void clear_entry (gpointer entry)
{
	g_free (((Entry *) entry)->name);
}

/* Where the directory stands, how long it is and of how many files, by the end of the archive. */
static gboolean find_directory (const char *data, gsize len, guint64 *start, guint64 *size, guint64 *n)
{
	if (len < END || get32 (data + len - END) != 0x06054b50 || get16 (data + len - 2))
		return FALSE;
	const char *end = data + len - END;
	guint64 behind = len - END;
	*n = get16 (end + 10), *size = get32 (end + 12), *start = get32 (end + 16);
	if (*n == 0xffff || *size == LIMIT || *start == LIMIT) {
		if (behind < WIDE_END || get32 (end - 20) != 0x07064b50 || get32 (end - WIDE_END) != 0x06064b50 || get64 (end - 12) != behind - WIDE_END)
			return FALSE;
		*n = get64 (end - WIDE_END + 32), *size = get64 (end - WIDE_END + 40), *start = get64 (end - WIDE_END + 48);
		behind -= WIDE_END;
	}
	return *start <= behind && *size == behind - *start;
}

/* Takes the file whose entry in the directory is at AT (LEFT bytes remain) and that must stand at *offset. The entry's length; 0: it is not right. */
static gsize take (RnUnzip *unzip, const char *data, guint64 start, const char *at, guint64 left, guint64 *offset)
{
	if (left < ENTRY || get32 (at) != 0x02014b50)
		return 0;
	const gsize name = get16 (at + 28), extra = get16 (at + 30), all = ENTRY + name + extra;
	guint64 place = get32 (at + 42);
	if (left < all || (extra && extra != 12) || get16 (at + 32) || get16 (at + 34) || get16 (at + 36) || get32 (at + 38) != MODE)
		return 0;
	if (extra && (place != LIMIT || get16 (at + ENTRY + name) != 1 || get16 (at + ENTRY + name + 2) != 8))
		return 0;
	if (extra)
		place = get64 (at + ENTRY + name + 4);
	/* What stands before the file says the same as the directory, but for the version that is needed to read it. */
	const char *head = data + place;
	if (place != *offset || start - place < HEAD + name || get32 (head) != 0x04034b50 || memcmp (head + 6, at + 8, 22) || get16 (head + 28) ||
	    memcmp (head + HEAD, at + ENTRY, name) || memchr (at + ENTRY, 0, name))
		return 0;
	const guint method = get16 (at + 10);
	Entry entry = { .data = head + HEAD + name, .packed = get32 (at + 20), .len = get32 (at + 24), .crc = get32 (at + 16), .stored = !method };
	if ((method && method != 8) || start - place - HEAD - name < entry.packed || (entry.stored && entry.packed != entry.len) || entry.len / LARGEST_RATIO > entry.packed)
		return 0;
	entry.name = g_strndup (at + ENTRY, name);
	g_array_append_val (unzip->entries, entry);
	*offset = place + HEAD + name + entry.packed;
	return g_hash_table_insert (unzip->names, entry.name, GUINT_TO_POINTER (unzip->entries->len)) ? all : 0;
}

RnUnzip *rn_unzip_open (const char *data, gsize len)
{
	guint64 start, size, n, at = 0, offset = 0;
	if (!find_directory (data, len, &start, &size, &n))
		return NULL;
	g_autoptr (RnUnzip) unzip = g_new0 (RnUnzip, 1);
	unzip->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
	g_array_set_clear_func (unzip->entries, clear_entry);
	unzip->names = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint64 i = 0; i < n; i++) {
		const gsize taken = take (unzip, data, start, data + start + at, size - at, &offset);
		if (!taken)
			return NULL;
		at += taken;
	}
	return at == size && offset == start ? g_steal_pointer (&unzip) : NULL;
}

void rn_unzip_free (RnUnzip *unzip)
{
	if (!unzip)
		return;
	g_hash_table_unref (unzip->names);
	g_array_unref (unzip->entries);
	g_free (unzip);
}

guint rn_unzip_count (const RnUnzip *unzip)
{
	return unzip->entries->len;
}

const char *rn_unzip_name (const RnUnzip *unzip, guint index)
{
	return g_array_index (unzip->entries, Entry, index).name;
}

gboolean rn_unzip_find (const RnUnzip *unzip, const char *name, guint *index)
{
	const guint found = GPOINTER_TO_UINT (g_hash_table_lookup (unzip->names, name));
	*index = found - 1;
	return found != 0;
}

char *rn_unzip_read (const RnUnzip *unzip, guint index, gsize *len)
{
	const Entry *entry = &g_array_index (unzip->entries, Entry, index);
	g_autofree char *data = g_try_malloc (entry->len + 1);
	gsize used = 0, made = 0;
	if (!data)
		return NULL;
	if (entry->stored) {
		memcpy (data, entry->data, entry->len);
	} else {
		struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor ();
		const enum libdeflate_result result = libdeflate_deflate_decompress_ex (unpacker, entry->data, entry->packed, data, entry->len, &used, &made);
		libdeflate_free_decompressor (unpacker);
		if (result != LIBDEFLATE_SUCCESS || used != entry->packed || made != entry->len)
			return NULL;
	}
	if (libdeflate_crc32 (0, data, entry->len) != entry->crc)
		return NULL;
	data[entry->len] = '\0';
	*len = entry->len;
	return g_steal_pointer (&data);
}
