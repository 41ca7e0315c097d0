/*
 * preview-int.h - what the parts of the preview share: its state, which lives in the main loop, and a request on its way through another thread.
 *
 *   server.c    connections, and who may ask          routes.c    which address is answered by what
 *   answer.c    a request into a thread and back      reload.c    what follows from files that change
 *   events.c    browsers that wait for news           bar.c, desk.c, search.c    what the preview adds to the site
 */
#ifndef RN_PREVIEW_PREVIEW_INT_H
#define RN_PREVIEW_PREVIEW_INT_H

#include "preview/kept-int.h"
#include "preview/preview.h"
#include "preview/shown-int.h"
#include "preview/watch-int.h"

#include <libsoup/soup.h>

#define RN_PREVIEW_FOLDER "/_preview/"
#define RN_CMS_FOLDER "/_cms/"

typedef struct RnCms RnCms;
typedef struct RnEvents RnEvents;
typedef struct RnReload RnReload;
typedef struct RnServer RnServer;

typedef struct {
	const RnPreviewOptions *options;
	GMainLoop *loop;
	RnServer *server;
	RnEvents *events;
	RnReload *reload;
	RnKept *kept;
	GThreadPool *makers;         /* answer requests */
	gint working;                /* requests that threads have */
	GQueue *waiting;             /* those that wait for a load */
	RnShown *shown;              /* NULL: the site could never be loaded */
	RnTold *fault;               /* why it cannot be loaded now; NULL: it could */
	RnTold *judged;              /* what a check of all of the content told; NULL: none is through yet */
	guint generation;            /* counts loads and changes of bodies */
	GHashTable *assets;          /* "bar.js" -> GBytes: layouts/preview/ */
	RnCms *cms;                  /* NULL: no web editor was asked for */
	GHashTable *cms_assets;      /* "start.js" -> GBytes: layouts/cms/ */
	RnArena *arena;              /* of plain's words */
	RnLanguage *plain;           /* words where there is no site to say in which language */
	char *bound;                 /* the address that it listens at, in figures */
	char *address;               /* "http://127.0.0.1:8000/" */
} RnPreview;

/* --- answer.c --------------------------------------------------------------------------------------------------------------- */

/*
 * A request while a thread answers it: what it sees is of one moment. out is the answer's body; type NULL: by the address. A route sets status (200) if it is
 * another, and again where it should be asked once more when what changed has been loaded.
 */
typedef struct {
	RnPreview *preview;
	SoupServerMessage *message;
	char *path;                  /* decoded; see rn_guard_path */
	GHashTable *query;           /* name -> value, decoded; never NULL */
	RnShown *shown;              /* NULL: there is no site */
	RnTold *fault, *judged;      /* NULL: none */
	guint status;
	const char *type;
	char *location;              /* owned; NULL: none */
	GString *out;
	GBytes *bytes;               /* in place of out; NULL */
	gboolean again, waited;      /* waited: this is the second time */
	gboolean gone;               /* nobody waits for it any more */
} RnAsk;

typedef void (*RnRoute) (RnAsk *ask);

/* Hands MESSAGE to a thread, where ROUTE answers it. Main loop only. QUERY is copied; may be NULL. */
void        rn_answer (RnPreview *preview, SoupServerMessage *message, const char *path, GHashTable *query, RnRoute route);
/* What the threads of makers do. */
void        rn_answer_make (gpointer work, gpointer preview);
/* Answers MESSAGE at once with a few words. Main loop only. */
void        rn_answer_words (SoupServerMessage *message, guint status, const char *words);
/* What every answer says of itself: no cache, no frames elsewhere. */
void        rn_answer_headers (SoupServerMessage *message);
/* Requests that wait for a load (RnAsk.again) are asked once more. */
void        rn_answer_waiting (RnPreview *preview);
const char *rn_answer_type (const char *path);

/* --- routes.c --------------------------------------------------------------------------------------------------------------- */

/* The route of PATH; NULL: it is an address of the site's. */
RnRoute     rn_route_find (const char *path);
/* What the site has at ask->path: pages with the bar, all else as a build makes it. */
void        rn_route_site (RnAsk *ask);
/* PAGE made, and kept where it is well. FALSE: what was last shown is in HTML, or nothing. */
gboolean    rn_route_make (RnPreview *preview, RnShown *shown, const RnPage *page, GString *html, gboolean *changed);
/* There is no page at PATH. What is wrong with the file that should be it, and what was last shown of it, into HTML (emptied first); NULL: nobody should be there. */
RnTold     *rn_route_lost (RnPreview *preview, RnShown *shown, const char *path, GString *html);
/* What tells one state of what a browser shows from another: HTML's hash in eight digits, into TAG[9]. */
void        rn_route_tag (const GString *html, char tag[9]);

/* --- events.c --------------------------------------------------------------------------------------------------------------- */

RnEvents *rn_events_new (RnPreview *preview);
void      rn_events_free (RnEvents *events);
/* MESSAGE waits for news of the page in its query ("path", "tag"). */
void      rn_events_wait (RnEvents *events, SoupServerMessage *message, GHashTable *query);
/* Something has changed: who shows a page that is not the same any more is told, all others that their bar is not. */
void      rn_events_tell (RnEvents *events);

/* --- reload.c --------------------------------------------------------------------------------------------------------------- */

/* Loads the site for the first time, before it returns, and watches its folders from then on. */
RnReload *rn_reload_new (RnPreview *preview);
void      rn_reload_free (RnReload *reload);
/* All is to be loaded anew, for a page is not what was loaded. TRUE: that is under way. */
void      rn_reload_wanted (RnReload *reload);
/* Is a thread at work? */
gboolean  rn_reload_busy (const RnReload *reload);

/* --- server.c --------------------------------------------------------------------------------------------------------------- */

/* Has its port, and starts no thread. */
RnServer *rn_server_new (RnPreview *preview, GError **error);
/* Clients are let in from now on. */
void      rn_server_start (RnServer *server);
void      rn_server_free (RnServer *server);

/* --- cms.c ------------------------------------------------------------------------------------------------------------------ */

RnCms      *rn_cms_new (const RnPreview *preview);
void        rn_cms_free (RnCms *cms);
/* What is wrong with a POST, whose body is not there yet, in words; NULL: nothing. */
const char *rn_cms_refuse (SoupServerMessage *message);
void        rn_cms_route (RnAsk *ask);  /* all below RN_CMS_FOLDER */

/* --- bar.c, desk.c, search.c, phone.c ---------------------------------------------------------------------------------------- */

/* The preview's word KEY ("preview_draft") in LANGUAGE, escaped for text and attributes; appended. */
void rn_preview_word (const RnLanguage *language, const char *key, GString *out);
/* The language to speak with who asks: that of the page ("path" of the query), or the site's first, or none. */
const RnLanguage *rn_preview_language (const RnAsk *ask);
/* Words for rn_told_html in LANGUAGE, by severity; free with g_strfreev. */
char **rn_preview_severities (const RnLanguage *language);
/* The page that the query's "path" names; NULL. */
const RnPage *rn_preview_asked (const RnAsk *ask);

void rn_route_bar (RnAsk *ask);         /* the bar of a page, a piece of HTML */
void rn_route_list (RnAsk *ask);        /* all that was told */
void rn_route_phone (RnAsk *ask);       /* a page in a frame of a phone's size */
void rn_route_pair (RnAsk *ask);        /* a page beside its translations */
void rn_route_print (RnAsk *ask);       /* a page as PDF */
void rn_route_asset (RnAsk *ask);       /* the preview's own scripts and styles */
void rn_route_worker (RnAsk *ask);      /* sw.js: one that ends an old one */
/* A page that cannot be shown: what is wrong, as a page. TOLD NULL: there is none at this address. */
void rn_desk_fault (RnAsk *ask, const RnTold *told);
/* A page of the preview itself: its head, up to the body's first element; and its end. title: escaped. lives: it is loaded anew when something has changed. */
void rn_desk_begin (RnAsk *ask, const RnLanguage *language, const char *title, const char *class);
void rn_desk_end (RnAsk *ask, gboolean lives);
/* What asks a question without a script, behind the search page PAGE; appended. */
void rn_search_ask (const RnPage *page, GString *out);
/* A search page that was asked a question: its results as HTML. FALSE: it was asked none. */
gboolean rn_search_answer (RnAsk *ask, const RnPage *page, GString *html);

#endif
