/*
 * zip.h - a ZIP archive, written from front to back into a sink: the folder edition, EPUB.
 *
 * The same entries give the same bytes: no time (the format's first, 1980-01-01), no owner, no extra field, names in UTF-8. Zip64 only where the
 * numbers need it. An entry is packed apart from the archive, so that many threads can pack while one adds.
 * (Why not libarchive: it gives every entry extra fields and a descriptor, which EPUB forbids for its first one, takes
 * the times from the machine's zone, and packs on one core.)
 */
#ifndef RN_BASE_ZIP_H
#define RN_BASE_ZIP_H

#include <glib.h>

typedef struct RnZipPacker RnZipPacker;   /* a thread's own: tables of the compressor */
typedef struct { char *data; gsize packed, len; guint32 crc; gboolean stored; } RnZipEntry;

RnZipPacker *rn_zip_packer_new  (void);
void         rn_zip_packer_free (RnZipPacker *packer);

/* DATA packed into ENTRY, whose data is freed with rn_zip_entry_clear. PACKER NULL, or where it would not shrink: stored as it is. */
void         rn_zip_pack (RnZipPacker *packer, const char *data, gsize len, RnZipEntry *entry);
void         rn_zip_entry_clear (RnZipEntry *entry);

typedef gboolean (*RnZipSink) (gpointer user, const char *data, gsize len, GError **error);

typedef struct RnZip RnZip;

RnZip       *rn_zip_new  (RnZipSink sink, gpointer user);
void         rn_zip_free (RnZip *zip);
/* Each name once, relative, with '/' between its parts. */
gboolean     rn_zip_add  (RnZip *zip, const char *name, const RnZipEntry *entry, GError **error);
/* Packs and adds. */
gboolean     rn_zip_add_bytes (RnZip *zip, RnZipPacker *packer, const char *name, const char *data, gsize len, GError **error);
/* The directory at the end. */
gboolean     rn_zip_finish (RnZip *zip, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnZip, rn_zip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnZipPacker, rn_zip_packer_free)

#endif
