/* share-int.h - what the files that write bundles share. */
#ifndef RN_SITE_SHARE_INT_H
#define RN_SITE_SHARE_INT_H

#include "base/zip.h"
#include "site/copy.h"
#include "site/share.h"

typedef struct RnBundle RnBundle;

/* A page and its copy. */
typedef struct {
	const RnPage *page;
	const char *name;        /* of its files, without language and ending; NULL: no file of its own */
	RnBundle *bundle;        /* NULL: it belongs to none */
	GString *article;        /* from <article to </article>, as the layout wrote it, until the bundle is made */
	guint at;                /* its place in the bundle */
	guint depth;             /* sections from the bundle's own down to it: 0 for that one's page */
	guint part;              /* of a section in several files: which, from 1; 0: the first of all, or the only one */
	gint bytes;              /* of its single file; atomic; 0: not known yet */
} RnShareItem;

/* A section in one language; its first item is the section's page itself. */
struct RnBundle {
	const RnPage *page;
	const char *name;
	GPtrArray *items;        /* RnShareItem, in the section's order */
	GString *head, *foot;    /* what the layout wrote around the section's article */
	gint left;               /* pages that have not been taken; atomic */
	gboolean withheld;       /* pages of it are left out */
};

typedef struct { const char *name, *kind; const RnPage *page; guint64 bytes; char hash[65]; } RnShared; /* kind: "page" "text" "section" "part" "book" "folder" "zim" */

struct RnShare {
	const RnLibrary *library;
	const RnSite *site;
	RnAtomicTree *out, *kept; /* out NULL: nothing is written, and what stands in kept (may be NULL) stays */
	RnArena *arena;
	GHashTable *items;       /* RnPage -> RnShareItem */
	GPtrArray *bundles;      /* RnBundle, in the order of languages and sections */
	GString *css;            /* layouts/share.css */
	GMutex lock;             /* over what follows */
	GPtrArray *files;        /* RnShared */
	GHashTable *copies;      /* path -> GBytes: pages that copies of the site have in a form of their own */
	gboolean listed;         /* files is whole: the readers' page can tell of it */
};

struct RnSharer {
	RnShare *share;
	RnImages *images;        /* NULL: pictures are the content's own files */
	RnZipPacker *packer;
	GString *html, *text, *scratch;
};

/* Puts share/NAME and notes it. Any thread. */
gboolean rn_share_put (RnShare *share, const char *name, const char *kind, const RnPage *page, const char *data, gsize len, GError **error);
/* Notes what has been put otherwise. HASH: its SHA-256. */
void     rn_share_note (RnShare *share, const char *name, const char *kind, const RnPage *page, guint64 bytes, const char *hash);
RnShared *rn_share_find (RnShare *share, const char *name);
/* What the last edition's index.json says of NAME. BYTES may be NULL. FALSE: nothing. */
gboolean rn_share_was (RnShare *share, const char *name, guint64 *bytes, char hash[65]);

/* KEY in PAGE's language; KEY itself where the language lacks it. */
const char *rn_share_string (const RnPage *page, const char *key);
/* BYTES in words of PAGE's language: whole kilobytes, from one megabyte on one digit behind the point. Appended. */
void     rn_share_size (const RnPage *page, guint64 bytes, GString *out);
/* base_url and URL, encoded; FALSE: there is no base_url. Appended. */
gboolean rn_share_online (const RnSite *site, const char *url, const char *fragment, GString *out);

/* A picture of the site at URL, cleaned if it is a drawing, into BYTES (emptied first); its media type. NULL: it cannot be had, or is larger than MOST. */
const char *rn_share_picture (const RnSharer *sharer, const char *url, gsize most, GString *bytes);
/* The item that an address leads to: of a piece of a text the text's own. NULL: none. */
const RnShareItem *rn_share_item (const RnShare *share, const RnCopyAddress *address);

/* share_section.c, share_book.c: a bundle whose pages are all there. */
gboolean rn_share_section (RnSharer *sharer, RnBundle *bundle, GError **error);
gboolean rn_share_book (RnSharer *sharer, RnBundle *bundle, GError **error);
/* The name of a section's file: PART 0 for the first or only one. */
char    *rn_share_section_name (const RnBundle *bundle, guint part);
/* "Part 2 of 5", appended. */
void     rn_share_part_words (const RnPage *page, guint part, guint count, GString *out);
/* An item's anchor in its section's file, appended. */
void     rn_share_anchor (const RnShareItem *item, GString *out);

/* share_folder.c, share_zim.c */
gboolean rn_share_folder (RnShare *share, guint jobs, GError **error);
/* The paths of the site's files that go along into copies of it, sorted; names are borrowed. */
GPtrArray *rn_share_folder_files (RnShare *share);
/* One of them, as it goes along. */
gboolean rn_share_folder_read (RnShare *share, const char *path, GString *bytes, GError **error);
/* After rn_share_folder. NOTE: why there is none. */
gboolean rn_share_zim (RnShare *share, char **note, GError **error);

/* share_list.c */
gboolean rn_share_put_index (RnShare *share, GError **error);
/* The list of the last edition, for a run that makes no bundles. */
void     rn_share_read_index (RnShare *share);

/*
 * A new folder for files that a program will take in the order in which the system lists them, where that order is the one in which they were made, or
 * (*newest) its reverse, with ROOM for so many bytes. Where no place has such an order, one of any. Free it, remove it. NULL with ERROR.
 */
char    *rn_share_ordered_folder (guint64 room, gboolean *newest, GError **error);

#endif
