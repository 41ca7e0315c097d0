/* desk-int.h - what an editor's commands work on: the site's files and all its pages, drafts too, as they stand; nothing is made of them. */
#ifndef RN_COMMAND_DESK_INT_H
#define RN_COMMAND_DESK_INT_H

#include "model/library.h"

typedef struct {
	char *dir;
	RnTree *tree, *shipped;
	RnHistory *history;      /* NULL: not asked for */
	RnSite *site;
	RnLibrary *library;
	RnDiagnostics *sink;     /* what is wrong in the content; an editor's command does not tell it */
} RnDesk;

/* clock 0: now. empty: a site without a page can be opened too. */
typedef struct { const char *dir; gboolean history, empty; gint64 clock; } RnDeskOptions;

/* Opens the desk of the site in options->dir. rn_desk_close in any case. */
gboolean rn_desk_open (RnDesk *desk, const RnDeskOptions *options, GError **error);
void     rn_desk_close (RnDesk *desk);

/* What NAME means: a file of a page, from here, from the site's folder or from the content's; or a page's key (faq/patent). NULL: no page of the content. */
const RnPage *rn_desk_page (const RnDesk *desk, const char *name);

/* NAME, a file of the site given from here, from the site's folder or from the content's, as a path inside the content; NULL: it lies elsewhere. Free it. */
char    *rn_desk_path (const RnDesk *desk, const char *name);

#endif
