/*
 * library-int.h - the library while it is being made; model/ alone includes it.
 *
 * Order of work: front.c reads every page's front matter (in parallel), pairs.c ties translations and makes stand-ins; then plugins
 * may add pages; then sections.c, tags.c, relations.c and addresses.c give the pages their places, and nothing changes any more.
 */
#ifndef RN_MODEL_LIBRARY_INT_H
#define RN_MODEL_LIBRARY_INT_H

#include "base/nearest.h"
#include "model/library.h"
#include "model/parts.h"
#include "model/site-int.h"

/* A page and what only the making needs of it. A page's file or a plugin made it, or the library itself. */
typedef struct {
	RnPage page;                     /* first: an RnPage * is an Entry * */
	const char *hidden;              /* why it is not to be seen; NULL: it is seen */
	const RnPair **unknown;          /* front matter that neither the schema nor the common fields know */
	guint n_unknown;
	const RnValue *tags, *related, *aliases, *audience;  /* as read */
	const char *translates, *source_language, *review_every, *slug;
	gboolean index;                  /* the text of a section: _index, index with other pages beside it, README */
	gboolean toml;
	gboolean term_unclear;           /* publishDate or expiryDate cannot be read */
	gboolean untitled;               /* neither the front matter nor a heading gives a title */
	gboolean rewritten;              /* its address is not its file's name, or slug, which no address can hold as it is */
	gboolean undivided;              /* split: false */
	gsize text_bytes;                /* of the file, behind the front matter */
	const RnSplitPlan *plan;         /* where its text is cut; NULL: it is not */
	gboolean unmade;                 /* it has an address inside another page and none of its own: a tag of one page */
	guint32 mark;                    /* scratch of one pass */
} Entry;

/* tables.c: a data file. */
typedef struct RnTable RnTable;

struct RnLibrary {
	RnSite *site;
	RnHistory *history;
	RnDiagnostics *sink;
	RnArena *arena;
	GPtrArray *arenas;               /* the readers' */
	GPtrArray *types;                /* RnType; [0] is the plain one, "" */
	GHashTable *type_of_folder;      /* "faq" -> RnType */
	GPtrArray *entries;              /* Entry: all there are, hidden ones among them; content in the order of paths first */
	guint settled;                   /* how many of them are read and have their pairs and addresses */
	GHashTable *by_key;              /* key -> RnPage *[n_languages], hidden ones among them */
	GHashTable *folders;             /* set: the keys above those of what is settled; owned strings */
	GHashTable *by_url;              /* address -> RnPage, only what is made */
	GHashTable *by_alias;            /* old address -> RnPage */
	GHashTable *broken;              /* set of files that an earlier pass found broken; may be NULL */
	GPtrArray *splits;               /* RnSplit; NULL: no text is shown in pieces */
	RnPages visible;                 /* before freeze: content and custom pages to be seen */
	RnPages pages;                   /* after freeze: all to be made */
	gint64 edition_time;             /* the newest lastmod of what is to be seen */
	struct RnAdded *added;           /* files and feeds of plugins; NULL: none */
	gboolean frozen;
	RnTable *tables;                 /* tables.c: data files that were read; in arenas of their own */
	gint day_matters;                /* atomic: something was made by rn_library_today */
	GMutex lock;                     /* over arenas and tables, while pages are read and later */
	char **keys, **files;            /* all keys, and the published files, for "did you mean"; made when first asked */
	RnNearest *near_keys, *near_files;
};

#define ENTRY(p) ((Entry *) (p))

/* front.c: reads the front matter of ENTRY's file into it. Strings into ARENA, TEXT is scratch. */
void rn_front_read (RnLibrary *library, Entry *entry, RnArena *arena, GString *text);
/* TEXT of RN_TITLE_MAX characters at most: cut at a word, with "…" behind it; TEXT itself where it is short. */
const char *rn_title_cut (RnArena *arena, const char *text);
/* The last part of KEY with its dashes as spaces and a capital letter. */
const char *rn_title_of_key (RnArena *arena, const char *key);
/* A common field of the front matter, found without regard to case; NULL. */
const RnValue *rn_front_get (const RnValue *front, const char *name);
/* Of a page that a plugin gave: its front matter, a map, and its text are in it already. */
void rn_front_take (RnLibrary *library, Entry *entry, RnArena *arena);
/* The fields of MAP, which a plugin gave, into a page that is read; what cannot be is told. */
void rn_front_set (RnLibrary *library, Entry *entry, const RnValue *map, RnArena *arena);
/* After all from the FROMth entry on are read, in the order of paths: what is told once for a type. */
void rn_front_report (RnLibrary *library, guint from);
/* Adds the names of the common fields. */
void rn_front_names (GPtrArray *names);

/* library_add.c: the pairs and addresses of what is read and not yet settled, and the list of what is to be seen. */
void rn_places_settle (RnLibrary *library);

/* pairs.c: the pages from the FROMth entry on, whose pairs may be resolved already. */
void rn_pairs_resolve (RnLibrary *library, guint from);
/* What follows from PAGE's fields, once they have changed; its stand-ins show the same. */
void rn_page_settle_again (RnLibrary *library, RnPage *page);

/* sections.c: sections and homes, their lists and orders. */
void rn_sections_make (RnLibrary *library);
void rn_pages_sort (RnPages *pages, const char *order);

/* tags.c: tags and audiences. */
void rn_tags_make (RnLibrary *library);

/* relations.c: related pages, references. */
void rn_relations_resolve (RnLibrary *library);

/* The published file nearest to PATH, inside the content; NULL. */
const char *rn_library_nearest_file (const RnLibrary *library, const char *path);

/* newest.c: what changed last, of homes and sections; before their lists are cut. */
void rn_newest_make (RnLibrary *library);
/* Puts PAGE among LIST, the newest RN_NEWEST, newest first, where it is one of them and may be told of. */
void rn_newest_consider (RnLibrary *library, RnPages *list, RnPage *page);

/* added.c */
typedef struct RnAdded RnAdded;
void rn_added_free (RnAdded *added);

/* parts.c: the pages of the pieces of what is to be shown in pieces; when all others have their places and addresses. */
void rn_parts_make (RnLibrary *library);

/* addresses.c: addresses of content, later slices of lists, 404, root, aliases; the final list. */
/* A part of a key, or an anchor, as it stands in an address: appended, with a slash behind it. */
void rn_address_append (const RnLibrary *library, GString *url, const char *part, gsize len);
void rn_address_set (RnLibrary *library, Entry *entry);
/* Takes the entry's address, if it is to be seen; where another has it, that is told and the entry is hidden. */
void rn_address_claim (RnLibrary *library, Entry *entry);
/* All folders in which a page stands, "/tg/faq" among them; owned strings. Free it. */
GHashTable *rn_addresses_folders (const RnLibrary *library);
/* What stands at URL already, or so that a file there could not be; NULL: nothing. */
const char *rn_address_taken (RnLibrary *library, GHashTable *folders, const char *url);
/* Gives it back. */
void rn_address_release (RnLibrary *library, RnPage *page);
void rn_addresses_finish (RnLibrary *library);

/* library.c: the type of the nearest folder at or above KEY that has one; IS_FOLDER: KEY is a folder's own. */
const RnType *rn_type_for (const RnLibrary *library, const char *key, gboolean is_folder);
/* What stands for a folder with pages is its section's text: of what is not yet settled, and where its folders are new. */
void rn_bundles_settle (RnLibrary *library);
/* The content to be seen, for plugins that look before the library is frozen. */
void rn_visible_list (RnLibrary *library);

/* A new entry of KIND in LANGUAGE, not yet in any table. KEY is borrowed. */
Entry *rn_entry_new (RnLibrary *library, RnPageKind kind, const RnLanguage *language, const char *key);
/* All languages' pages of KEY; made where MAKE and missing. */
RnPage **rn_twins (RnLibrary *library, const char *key, gboolean make);
/* Visible? */
static inline gboolean rn_seen (const RnPage *page)
{
	return page && !((const Entry *) page)->hidden;
}

/* Growing lists of pages in the library's arena. */
void rn_pages_freeze (RnLibrary *library, RnPages *pages, GPtrArray *from);

#endif
