/*
 * cms-int.h - the web editor below /_cms/: what it holds between requests, and its parts: cms.c routes,
 * cms_api.c what it asks for, cms_files.c the files it may have.
 */
#ifndef RN_PREVIEW_CMS_INT_H
#define RN_PREVIEW_CMS_INT_H

#include "preview/preview-int.h"

#include <jansson.h>

#define RN_CMS_API  RN_CMS_FOLDER "api/v1"
#define RN_CMS_BODY_MAX (32u << 20)     /* bytes of a request */
#define RN_CMS_TEXT_MAX (4u << 20)      /* of a page */
#define RN_CMS_FILE_MAX (20u << 20)     /* of a picture */

struct RnCms {
	const char *dir, *content;   /* the site's folder; "content/" or "" in it */
	char *folder;                /* where decap-cms.js is; NULL: nowhere */
	GMutex lock;                 /* one save after the other; over what follows */
	GError **refused;            /* where the first file is noted that the system did not let this request look at */
	GHashTable *saves;           /* "tab|path|state that was opened" -> the state that this tab's last save made of it */
};

typedef enum { RN_CMS_PAGE, RN_CMS_MEDIA } RnCmsKind;

/* May PATH, relative to the site's folder, be read and written: inside the content, of that kind, with no link on the way? */
gboolean rn_cms_may (const RnCms *cms, const char *path, RnCmsKind kind);
/* The file PATH whole; NULL with ERROR, or without one where there is none. At most MAX bytes. */
GString *rn_cms_read (const RnCms *cms, const char *path, gsize max, GError **error);
/* PATH is DATA from now on, all at once; its folder is made. */
gboolean rn_cms_write (const RnCms *cms, const char *path, const char *data, gsize len, GError **error);
/* Files in FOLDER with ENDING (NULL: any) and those DEPTH - 1 folders below it, in order, that may be had. */
GPtrArray *rn_cms_list (const RnCms *cms, const char *folder, const char *ending, guint depth, RnCmsKind kind);

/* Answers TEXT, a request of the editor's tab TAB: its answer's JSON, with *status. shown NULL: the site cannot be loaded. Any thread. */
json_t  *rn_cms_answer (RnCms *cms, RnShown *shown, const char *tab, const char *text, gsize len, guint *status);

#endif
