/*
 * page.h - a page of the library -> its HTML file, through the layout that its front matter, its type or its kind names.
 *
 * A maker is one worker's: it has the worker's Lua host and buffers.
 */
#ifndef RN_SITE_PAGE_H
#define RN_SITE_PAGE_H

#include "script/host.h"
#include "site/images.h"
#include "site/assets.h"
#include "site/structured.h"
#include "site/drawn.h"

typedef struct RnPageMaker RnPageMaker;

/* All are borrowed. images: NULL for pictures as they are. */
RnPageMaker *rn_page_maker_new (RnHost *host, const RnLibrary *library, const RnAssets *assets, RnImages *images, RnDiagnostics *sink);
void         rn_page_maker_free (RnPageMaker *maker);

/* From now on pages are told of to machines too, and name their pictures (NULL: not); borrowed. */
void         rn_page_maker_tell (RnPageMaker *maker, const RnStructured *structured, const RnDrawn *drawn);

/* The page's HTML into OUT (emptied first). DOCUMENT: its body, of a text in pieces the page's own piece; NULL: it has none. FALSE: the layout failed, as ERROR says. */
gboolean     rn_page_make (RnPageMaker *maker, const RnPage *page, const RnDocument *document, GString *out, GError **error);

/* PAGE through LAYOUT, for its copy (site/share.h). DOCUMENT: its whole body. */
gboolean     rn_page_make_copy (RnPageMaker *maker, const char *layout, const RnPage *page, const RnDocument *document, GString *out, GError **error);
/* What page.share tells in the pages made from now on (URL NULL: nothing); borrowed. */
void         rn_page_offer (RnPageMaker *maker, const char *url, guint64 bytes);

/* PAGE with BODY, HTML that is safe, as its content. */
gboolean     rn_page_make_text (RnPageMaker *maker, const RnPage *page, const GString *body, GString *out, GError **error);

/* Tells of each layout that pages or types of the frozen library ask for and nobody has, once; such pages get their kind's. */
void         rn_page_check_layouts (RnHost *host, const RnLibrary *library, RnDiagnostics *sink);

/* An RnMarkdownToHtml for layouts' markdown(): a short text without a page of its own. */
void         rn_page_snippet (const RnNode *node, const RnPage *page, const RnSite *site, RnImages *images, GString *out);

/* An RnPictureToHtml for layouts' picture(); USER is the RnImages. */
gboolean     rn_page_picture (gpointer user, const RnPage *page, const RnPictureCall *call, GString *out);

/* Where a page's file stands below the served folder: "tg/faq/patent/index.html". Appended. */
void         rn_page_file (const RnPage *page, GString *out);

#endif
