/* site-int.h - what model/ alone knows of a site. */
#ifndef RN_MODEL_SITE_INT_H
#define RN_MODEL_SITE_INT_H

#include "model/site.h"

RnArena *rn_site_arena (RnSite *site);

/* site_plugins.c: `plugins` of SITE, whose config is read; what is wrong is told. */
void rn_site_read_plugins (RnSite *site, RnDiagnostics *sink);

/* Has the site a site.yaml? A folder without one is a stranger's, and its README.md files are pages. */
gboolean rn_site_declared (const RnSite *site);

/*
 * Splits the name of a Markdown file, "patent.ru.md", into its stem (its length comes back) and the suffix that looks like a language
 * (CODE: up to 15 letters; empty without one). FALSE: not Markdown.
 */
gboolean rn_site_split_name (const char *name, gsize *stem, char code[16]);

/* The same for a file of SITE: a suffix that is no language of a site whose languages nobody lists is part of the name. */
gboolean rn_site_page_name (const RnSite *site, const char *name, gsize *stem, char code[16]);

/* Does NAME explain its folder to those who look into it? */
gboolean rn_site_is_readme (const char *name);

/* An upper bound for configuration files and front matter read at once. */
#define RN_MAX_CONFIG ((gsize) 4 << 20)

/* site_words.c: adds the words of the plugins that are switched on. */
void rn_site_read_words (RnSite *site, RnArena *arena, RnDiagnostics *sink);

#endif
