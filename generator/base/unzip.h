/*
 * unzip.h - reads back an archive that zip.h wrote, and no other: its files follow one another without a gap from the first byte to the directory, the directory
 * says what stands before each of them, and nothing comes behind it. So nobody can put in what one program sees and another does not.
 */
#ifndef RN_BASE_UNZIP_H
#define RN_BASE_UNZIP_H

#include <glib.h>

typedef struct RnUnzip RnUnzip;

/* DATA outlives it. NULL: it is cut short, or not such an archive. */
RnUnzip    *rn_unzip_open (const char *data, gsize len);
void        rn_unzip_free (RnUnzip *unzip);

guint       rn_unzip_count (const RnUnzip *unzip);
const char *rn_unzip_name (const RnUnzip *unzip, guint index);   /* borrowed */
gboolean    rn_unzip_find (const RnUnzip *unzip, const char *name, guint *index);

/* The bytes of a file with their length; free them. NULL: they cannot be unpacked, or are not those that were packed. Any thread. */
char       *rn_unzip_read (const RnUnzip *unzip, guint index, gsize *len);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnUnzip, rn_unzip_free)

#endif
