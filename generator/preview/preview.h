/*
 * preview.h - the site's folder as readers would see it, served to the browsers of those who write it, and shown anew whenever a file is saved.
 *
 * The library is held in memory and a page is made when it is asked for, by the code of a build; nothing is written but the build's cache. What is broken
 * never takes the last good state away: it is told over it. README.md of this folder says which address answers what.
 */
#ifndef RN_PREVIEW_PREVIEW_H
#define RN_PREVIEW_PREVIEW_H

#include "press/press.h"

typedef struct RnPreviewOptions RnPreviewOptions;

struct RnPreviewOptions {
	RnPressOptions press;      /* dir, share, jobs, clock, counsellor; out: the last edition, from which comes what is made of all pages; it is only read */
	const char *bind;          /* an address of this machine; NULL: 127.0.0.1 */
	guint       port;          /* or the next of a hundred that is free; 0: any */
	const char *cms;           /* the folder of the web editor's program (make cms), which is then at /_cms/; it may be missing, which is said there; NULL: no web editor */
	const char *editor;        /* "vscode://file/{file}:{line}:{col}"; NULL: places of files are shown to be copied */
	void      (*listening) (const RnPreviewOptions *options);   /* when it has its port, and before a thread is started or a page is read; NULL: nobody is told */
	void      (*ready) (gpointer user, const char *address, gboolean shown);   /* once; shown: the site could be loaded */
	void      (*judged) (gpointer user, guint errors, guint warnings);         /* whenever all of the content has been looked at */
	gpointer    user;
};

/*
 * Serves until the program is told to end (SIGINT, SIGTERM). *busy: work was still under way in other threads then, so that the caller should leave at once.
 * FALSE with ERROR: it could not begin.
 */
gboolean rn_preview_run (const RnPreviewOptions *options, gboolean *busy, GError **error);

#endif
