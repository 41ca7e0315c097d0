/*
 * host.h - Lua 5.4 in a box: layouts and plugins of one worker.
 *
 * A host has its own state; nothing is shared between hosts but the frozen library. No io, os, package, debug, load, dofile,
 * require, collectgarbage, string.dump, print; files only through site.read inside the site. Every call runs under a budget of instructions and memory:
 * what loops or eats memory is stopped by an error that pcall cannot catch. pairs walks tables in a stable order. Errors name the file and line of
 * the layout or plugin, with a traceback.
 *
 * The Lua side is described for layout authors in layouts/README.md and for plugin authors in plugins/README.md.
 */
#ifndef RN_SCRIPT_HOST_H
#define RN_SCRIPT_HOST_H

#include "markdown/parse.h"
#include "script/stops.h"

#define RN_SCRIPT_ERROR (rn_script_error_quark ())
GQuark rn_script_error_quark (void);
typedef enum {
	RN_SCRIPT_ERROR_SYNTAX, RN_SCRIPT_ERROR_RUN, RN_SCRIPT_ERROR_BUDGET, RN_SCRIPT_ERROR_MISSING,
} RnScriptError;

typedef struct RnHost RnHost;

/* The assets that layouts may name: asset ("style.css") -> "/assets/style.1a2b3c4d.css"; NULL: there is none. */
typedef const char *(*RnAssetLookup) (gpointer user, const char *name);

/* The names of all assets, NULL-terminated, for "did you mean"; may be NULL. */
typedef const char *const *(*RnAssetNames) (gpointer user);

/*
 * A short Markdown text as HTML, appended; PAGE is the one being made. FALSE: it could not be read, which is told already. It must not touch the
 * document whose headings the render was given: use an RnMarkdown of its own.
 */
typedef gboolean (*RnMarkdownToHtml) (gpointer user, const RnPage *page, const char *text, gsize len, GString *out);

/* Notes that a layout names the site's file at ADDRESS (not every address is one). Called from the host's thread. */
typedef void (*RnFileNamed) (gpointer user, const char *address);

/*
 * A picture of the site as HTML, appended. file: its address ("/media/a.jpg"); alt: escaped for an attribute; address: appends an address of
 * the site as the layout would print it. FALSE: it cannot be shown, which is told.
 */
typedef struct { const char *file, *alt; void (*address) (gpointer user, GString *out, const char *url); gpointer user; } RnPictureCall;
typedef gboolean (*RnPictureToHtml) (gpointer user, const RnPage *page, const RnPictureCall *call, GString *out);

typedef struct {
	guint64 instructions;        /* a call's; 0: site.yaml's script.instructions, else 50 million */
	gsize   memory;              /* what plugins may hold together, and layouts beside them, bytes; 0: site.yaml's script.memory (in MiB), else 64 MiB */
	RnAssetLookup asset;
	RnAssetNames asset_names;
	gpointer asset_user;
	RnMarkdownToHtml markdown;   /* NULL: markdown() in a layout is an error */
	gpointer markdown_user;
	RnFileNamed file;            /* may be NULL */
	RnPictureToHtml picture;     /* NULL: picture() in a layout gives nothing */
	gpointer pictures;           /* USER of both */
	RnStops *stops;              /* where blocks and links that a budget ends are noted; NULL: they are told at once, and asked again in the next page */
} RnHostOptions;

/* A host over LIBRARY (borrowed). Layouts compile when first used. */
RnHost *rn_host_new (RnLibrary *library, const RnHostOptions *options, RnDiagnostics *sink);
void    rn_host_free (RnHost *host);

/*
 * Loads the site's plugins (site.yaml `plugins`, plugins/<name>/init.lua). One that does not load is a diagnostic
 * (plugin-error) and is left out. Call before the hooks.
 */
void    rn_host_load_plugins (RnHost *host);

/* Runs the plugins' `pages` hooks, then their `fields`, then `gather`: they see the loaded library, and what they return is added to it. Before freeze, in one host only. */
void    rn_host_run_pages (RnHost *host);

/* Runs the plugins' `check` hooks, which tell the sink. After freeze, in one host only. */
void    rn_host_run_checks (RnHost *host);

/* Runs the plugins' `files` and `feeds` hooks, whose results are added to the library (added.h). After freeze, before the first page is made, in one host only. */
void    rn_host_run_files (RnHost *host);

/* Plugins' fenced blocks, as an RnFenceHandler; USER is the host. */
RnFenceResult rn_host_fence (gpointer user, const RnFence *fence, RnFenceMade *made);

/* Plugins' link schemes, as an RnSchemeHandler; USER is the host. */
RnSchemeResult rn_host_scheme (gpointer user, const RnSchemeLink *link, GString *address, GString *title);

/* What a layout sees beside the page itself. */
typedef struct {
	const RnPage *page;
	const char   *content;       /* the body as HTML, safe; NULL: none */
	gsize         content_len;
	const RnAnchor *headings; guint n_headings;
	guint         pictures;      /* in it, of those that cost a reader something */
	const char   *structured;    /* JSON-LD that may stand in a script element; NULL: none */
	gsize         structured_len;
	const char   *share;         /* the address of its single file, for page.share; NULL: none */
	guint64       share_bytes;   /* its size; 0: not known */
	const char   *preview;       /* the address of the picture that stands beside links to the page; NULL: none */
} RnRender;

/*
 * Appends LAYOUT ("page": layouts/page.html, or a plugin's own "vacancies:list": plugins/vacancies/layouts/list.html) rendered for it.
 * A missing string or a nil value is a diagnostic (string-missing, layout-nil) once a layout line; what cannot go on is ERROR.
 */
gboolean rn_host_render (RnHost *host, const char *layout, const RnRender *what, GString *out, GError **error);

/*
 * Where an error of the host happened, as far as its message tells ("layouts/page.html:12: …"): the place for a diagnostic, whose file is kept by the host's sink.
 * MESSAGE (may be NULL) becomes what follows the place.
 */
RnPlace  rn_host_error_place (RnHost *host, const GError *error, const char **message);

/* Is there such a layout? */
gboolean rn_host_has_layout (RnHost *host, const char *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHost, rn_host_free)

#endif
