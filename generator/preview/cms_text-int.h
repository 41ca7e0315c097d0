/* cms_text-int.h - what a web editor makes of a page's file, put into that file so that only what was changed is another byte. */
#ifndef RN_PREVIEW_CMS_TEXT_INT_H
#define RN_PREVIEW_CMS_TEXT_INT_H

#include <gio/gio.h>

/* Fields that go to the editor and come back, and that no file has: its state then, and its name, which becomes a new page's address. */
#define RN_CMS_OPENED "rohnamo_opened"
#define RN_CMS_SLUG   "slug"

/* The state of a file: 16 hex digits of its bytes. */
void rn_cms_state (const char *text, gsize len, char state[17]);

/* TEXT as the editor gets it, into OUT: with the two fields. stem: "patent" of patent.tg.md. Without a front matter that can be read: as it is. */
void rn_cms_show (const char *text, gsize len, const char *stem, GString *out);

/*
 * OLD (NULL: there is no such file) with what RAW changes, into OUT. Fields keep their order, their remarks and, where their value is the same, their bytes; those
 * that RAW does not know stay; an empty one goes. The body stays to the byte where its words do. *opened (free it; NULL: not told): the state RAW was made of.
 * without: names that OLD is not given where it has none of them. An empty OUT: there is nothing to write. FALSE: one of them cannot be read, as ERROR says.
 */
gboolean rn_cms_merge (const char *old, gsize len, const char *raw, gsize raw_len, const char *stem, GPtrArray *without, GString *out, char **opened, GError **error);

#endif
