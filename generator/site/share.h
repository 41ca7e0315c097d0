/*
 * share.h - what is passed from hand to hand: each page as one file and as text, each section as one file and as a book, the whole site as a folder.
 *
 *   share/<page>.<lang>.html   share/<page>.<lang>.txt       a page; its name is its key with '-' for '/'
 *   share/<section>.<lang>.html   share/<section>.<lang>.epub    all pages of a section in its order; beyond two megabytes of HTML these are in
 *   share/<section>.<lang>.1.html ...                        files beside it, and it holds their contents
 *   share/site.zip                                           the site for a memory card: unpack, open START.html
 *   share/site.zim                                           the site for Kiwix, where zimwriterfs is installed
 *   share/index.json                                         all of them with sizes and SHA-256
 *
 * Every file stands a second time below site/share/ (one file with two names), so that who serves site/ alone serves them too.
 * The page /<lang>/share/ lists them for readers. All of it is a pure function of the frozen library.
 *
 * In a pass: for each page of the library, in any order and thread, rn_sharer_take once; a section is written when its last page is
 * taken, and its pages forgotten. After the pass: rn_share_finish.
 */
#ifndef RN_SITE_SHARE_H
#define RN_SITE_SHARE_H

#include "base/atomic_tree.h"
#include "model/library.h"
#include "site/images.h"

#define RN_SHARE_LAYOUT "share"      /* the layout that makes a page's copy */
#define RN_SHARE_KEY    "share"      /* of the readers' page */

typedef struct RnShare RnShare;
typedef struct RnSharer RnSharer;    /* a worker's own */

/* Does site.yaml ask for it (share: true, or share: {zim: false} for all but the ZIM)? */
gboolean  rn_share_wanted (const RnSite *site);

/* The readers' page in each language. Before the library is frozen. */
void      rn_share_add_pages (RnLibrary *library);

/*
 * OUT NULL: nothing is written. !make: sizes are told, and the bundles that OUT keeps from the last edition are listed (a run that makes the site's
 * pages alone). Fails where a file of layouts/ cannot be read.
 */
RnShare  *rn_share_new (const RnLibrary *library, RnAtomicTree *out, gboolean make, GError **error);
void      rn_share_free (RnShare *share);

/* IMAGES, where the site's pictures have been made (NULL: as they are), outlives it. */
RnSharer *rn_sharer_new (RnShare *share, RnImages *images);
void      rn_sharer_free (RnSharer *sharer);

/* Is PAGE's copy wanted: is RN_SHARE_LAYOUT to be rendered for it? */
gboolean  rn_share_has (const RnShare *share, const RnPage *page);

/*
 * Is PAGE sensitive? Files that are passed on may fall into any hands, so it is in none of them: the layout is rendered without its body, and makes what copies
 * of the site have in its place.
 */
gboolean  rn_share_withholds (const RnPage *page);

/* HTML: that layout's output for PAGE (of a text in pieces its own page, with the whole); NULL: it could not be made. */
gboolean  rn_sharer_take (RnSharer *sharer, const RnPage *page, const GString *html, GError **error);

/*
 * The address of PAGE's single file ("/share/faq-patent.ru.html") into URL (emptied first), and its size where PAGE has been taken (0: not known).
 * FALSE: it has none.
 */
gboolean  rn_share_file (const RnShare *share, const RnPage *page, GString *url, guint64 *bytes);

/*
 * Is PAGE the readers' page? It is made twice: before rn_share_finish, when rn_share_list says that this is a copy, for the folder edition (HTML goes to
 * rn_share_add_copy); and after, when it lists all files, for the site.
 */
gboolean  rn_share_is_list (const RnPage *page);
/* Its body as HTML, addresses relative to it. Appended. */
void      rn_share_list (RnShare *share, const RnPage *page, GString *out);
void      rn_share_add_copy (RnShare *share, const RnPage *page, const GString *html);

/* The folder edition, the ZIM and index.json, from what has been put below site/. note: why a bundle is missing (free with g_free), or NULL. */
gboolean  rn_share_finish (RnShare *share, guint jobs, char **note, GError **error);

/* Where the ZIM's files may stand for a while, in the order in which they are tried: two folders, borrowed; NULL: not there. Not told: the system's folders for such. Before the first build. */
void      rn_share_places (const char *const places[2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnShare, rn_share_free)

#endif
