/*
 * site.h - content/site.yaml, the languages, and where layouts and plugins come from.
 *
 * Every key may be missing. Without languages in site.yaml, the suffixes of the files say which there are;
 * without any suffix the site has the one language "und", which is told.
 */
#ifndef RN_MODEL_SITE_H
#define RN_MODEL_SITE_H

#include "model/language.h"
#include "source/tree.h"

typedef struct { const char *key; const RnValue *label; } RnAudience;

/* A plugin that the site switches on. instructions, memory (bytes): of a call; 0: as script: says. */
typedef struct {
	const char *name;
	RnPlace  where;
	guint64  instructions;
	gsize    memory;
	gboolean stopped;   /* its budget was used up: it has no part in the rest. Set by one thread, then read by all */
	const RnValue *gathered; /* what it found out once for all its copies, of the library's; NULL: nothing. Set before the library is frozen */
} RnSitePlugin;

typedef struct {
	RnTree      *tree;              /* the site's; borrowed */
	RnTree      *shipped;           /* the tool's own layouts/ and plugins/; borrowed, may be NULL */
	const char  *content;           /* prefix of the content in tree: "content/", or "" where there is no such folder */
	const RnValue *config;          /* the whole site.yaml; an empty map without one */
	const char  *config_file;       /* "content/site.yaml" */

	const RnValue *title;           /* text or {lang: text} */
	const char  *base_url;          /* without a final slash; NULL: not known */
	RnLanguage **languages; guint n_languages;   /* the first is the default */
	RnSitePlugin *plugins; guint n_plugins;      /* in the order of site.yaml */
	const RnAudience *audiences; guint n_audiences;
	gboolean show_missing;          /* missing_translation: show */
	gboolean hold_stale;            /* on_stale: hold */
	gboolean explicit_index;        /* links end in index.html, so that they work from a disk (links: file, the default) */
	gboolean inline_style;          /* pages hold the rules that they use (style: inline), else they link the sheet (style: link, the default) */
	guint    page_size;             /* entries of a list before it is split; default 50 */
	guint    tag_min;               /* pages that a tag needs for a page of its own; default 2 */
	guint    split;                 /* bytes, compressed, beyond which a page's text is shown in pieces; 0: never, the default (parts.h) */

	gboolean counsellor;            /* the profile */
	gboolean drafts;                /* show draft: true and unpublished pages too */
	gboolean unlisted;              /* not for everybody: search engines are told to leave it */
	gboolean empty;                 /* a site without a page is one too: somebody is about to make some */
	gint64   clock;                 /* the build's now, seconds */
} RnSite;

typedef struct { gboolean counsellor, drafts, unlisted, empty; gint64 clock; } RnSiteOptions;

/*
 * Reads the site's configuration and its languages. Fails only where there is nothing to build: no content at all, or
 * site.yaml that cannot be read as YAML (its diagnostic is in the sink).
 */
RnSite *rn_site_open (RnTree *tree, RnTree *shipped, const RnSiteOptions *options, RnDiagnostics *sink, GError **error);
void    rn_site_free (RnSite *site);

const RnLanguage *rn_site_language (const RnSite *site, const char *code);   /* NULL: not one of the site's */

/* VALUE as text in LANGUAGE: a text as it is; of a map the language's, else the default language's, else the first; NULL for nothing. */
const char *rn_site_text (const RnSite *site, const RnValue *value, const RnLanguage *language);

/* Does the file PATH (inside the content) go along with the pages: a picture, an attachment? What is no page and does not, can be no link's target. */
gboolean    rn_site_publishes (const RnSite *site, const char *path);

/* Reads layouts/NAME or plugins/NAME (path says which), the site's own before the shipped. MISSING if neither has it. */
gboolean    rn_site_read (const RnSite *site, const char *path, GString *buffer, GError **error);
/* Reads and parses a YAML file of TREE, the site's or the shipped one (may be NULL). NULL: there is none, or it is told in the sink. */
const RnValue *rn_site_yaml (RnTree *tree, const char *path, RnArena *arena, RnDiagnostics *sink);
/* The names below the folder PREFIX in either tree, sorted, each once; free with g_strfreev. */
char      **rn_site_list (const RnSite *site, const char *prefix);

/* A configuration value as a number of seconds: "6 months", "1 year", "90 days". 0: not one. Calendar: see rn_date_add. */
gboolean    rn_period_parse (const char *text, gint *months, gint *days);
gint64      rn_date_add (gint64 seconds, gint months, gint days);

/* The plugin that an entry of site.yaml's `plugins` names, a text or {name: …}; NULL: none. */
const char *rn_site_plugin (const RnValue *entry);

#endif
