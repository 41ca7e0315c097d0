/* zip.c - local headers with sizes in front, the directory gathered meanwhile (APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.14 to 4.3.16). */
#include "base/zip.h"

#include <libdeflate.h>
#include <string.h>

#define LEVEL 6
#define UTF8_NAMES (1 << 11)
#define FIRST_DAY 0x21          /* 1980-01-01 */
#define LIMIT 0xffffffffu

struct RnZipPacker { struct libdeflate_compressor *compressor; };

struct RnZip {
	RnZipSink sink;
	gpointer user;
	guint64 at, n;              /* bytes written, entries */
	GString *directory;
};

static void put16 (GString *out, guint value)
{
	const char bytes[2] = { (char) value, (char) (value >> 8) };
	g_string_append_len (out, bytes, 2);
}

static void put32 (GString *out, guint32 value)
{
	put16 (out, value & 0xffff);
	put16 (out, value >> 16);
}

static void put64 (GString *out, guint64 value)
{
	put32 (out, (guint32) value);
	put32 (out, (guint32) (value >> 32));
}

/* --- packing -------------------------------------------------------------------------------------------------------------- */

RnZipPacker *rn_zip_packer_new (void)
{
	RnZipPacker *packer = g_new0 (RnZipPacker, 1);
	packer->compressor = libdeflate_alloc_compressor (LEVEL);
	return packer;
}

void rn_zip_packer_free (RnZipPacker *packer)
{
	if (packer)
		libdeflate_free_compressor (packer->compressor);
	g_free (packer);
}

void rn_zip_pack (RnZipPacker *packer, const char *data, gsize len, RnZipEntry *entry)
{
	*entry = (RnZipEntry) { .len = len, .packed = len, .crc = libdeflate_crc32 (0, data, len), .stored = TRUE };
	if (packer && len) {
		entry->data = g_malloc (len);
		/* 0: it would not be smaller. */
		gsize packed = libdeflate_deflate_compress (packer->compressor, data, len, entry->data, len);
		if (packed) {
			entry->data = g_realloc (entry->data, packed);
			entry->packed = packed;
			entry->stored = FALSE;
			return;
		}
		g_free (entry->data);
	}
	entry->data = g_memdup2 (data, len);
}

void rn_zip_entry_clear (RnZipEntry *entry)
{
	g_clear_pointer (&entry->data, g_free);
}

/* --- the archive ---------------------------------------------------------------------------------------------------------- */

RnZip *rn_zip_new (RnZipSink sink, gpointer user)
{
	RnZip *zip = g_new0 (RnZip, 1);
	zip->sink = sink;
	zip->user = user;
	zip->directory = g_string_new (NULL);
	return zip;
}

void rn_zip_free (RnZip *zip)
{
	if (!zip)
		return;
	g_string_free (zip->directory, TRUE);
	g_free (zip);
}

static gboolean emit (RnZip *zip, const char *data, gsize len, GError **error)
{
	zip->at += len;
	return !len || zip->sink (zip->user, data, len, error);
}

/* What a local header and an entry of the directory have in common, from "version needed" to the length of the name. */
static void put_common (GString *out, const char *name, const RnZipEntry *entry, gboolean wide)
{
	put16 (out, wide ? 45 : entry->stored ? 10 : 20);
	put16 (out, UTF8_NAMES);
	put16 (out, entry->stored ? 0 : 8);
	put16 (out, 0);
	put16 (out, FIRST_DAY);
	put32 (out, entry->crc);
	put32 (out, (guint32) entry->packed);
	put32 (out, (guint32) entry->len);
	put16 (out, (guint) strlen (name));
}

gboolean rn_zip_add (RnZip *zip, const char *name, const RnZipEntry *entry, GError **error)
{
	g_autoptr (GString) head = g_string_sized_new (64);
	gboolean far = zip->at >= LIMIT;
	g_assert (entry->len < LIMIT && entry->packed < LIMIT);
	put32 (zip->directory, 0x02014b50);
	put16 (zip->directory, 3 << 8 | 30);            /* made on Unix, so that the mode counts */
	put_common (zip->directory, name, entry, far);
	put16 (zip->directory, far ? 12 : 0);
	put16 (zip->directory, 0);                      /* comment, disk, internal attributes */
	put16 (zip->directory, 0);
	put16 (zip->directory, 0);
	put32 (zip->directory, 0100644u << 16);
	put32 (zip->directory, far ? LIMIT : (guint32) zip->at);
	g_string_append (zip->directory, name);
	if (far) {
		put16 (zip->directory, 1);
		put16 (zip->directory, 8);
		put64 (zip->directory, zip->at);
	}
	zip->n++;
	put32 (head, 0x04034b50);
	put_common (head, name, entry, FALSE);
	put16 (head, 0);
	g_string_append (head, name);
	return emit (zip, head->str, head->len, error) && emit (zip, entry->data, entry->packed, error);
}

gboolean rn_zip_add_bytes (RnZip *zip, RnZipPacker *packer, const char *name, const char *data, gsize len, GError **error)
{
	RnZipEntry entry;
	rn_zip_pack (packer, data, len, &entry);
	gboolean fine = rn_zip_add (zip, name, &entry, error);
	rn_zip_entry_clear (&entry);
	return fine;
}

gboolean rn_zip_finish (RnZip *zip, GError **error)
{
	g_autoptr (GString) end = g_string_sized_new (128);
	guint64 start = zip->at, size = zip->directory->len;
	gboolean wide = start >= LIMIT || size >= LIMIT || zip->n >= 0xffff;
	if (wide) {
		put32 (end, 0x06064b50);
		put64 (end, 44);
		put16 (end, 3 << 8 | 45);
		put16 (end, 45);
		put64 (end, 0);                                 /* disks */
		put64 (end, zip->n);
		put64 (end, zip->n);
		put64 (end, size);
		put64 (end, start);
		put32 (end, 0x07064b50);
		put32 (end, 0);
		put64 (end, start + size);
		put32 (end, 1);
	}
	put32 (end, 0x06054b50);
	put32 (end, 0);
	put16 (end, wide ? 0xffff : (guint) zip->n);
	put16 (end, wide ? 0xffff : (guint) zip->n);
	put32 (end, wide ? LIMIT : (guint32) size);
	put32 (end, wide ? LIMIT : (guint32) start);
	put16 (end, 0);
	return emit (zip, zip->directory->str, size, error) && emit (zip, end->str, end->len, error);
}
