/* site.h - all of a site that may lead to a page or a file, mended for a move: pages, data, site.yaml, print products. */
#ifndef RN_EDIT_SITE_H
#define RN_EDIT_SITE_H

#include "edit/changes.h"
#include "edit/mend.h"

typedef struct {
	const RnMove *move;
	RnTree    *tree;
	GArray    *mends;          /* RnMend: every place, mended or not */
	GPtrArray *mentions;       /* char: "file:line", where a script or a layout names the page; nothing is changed there */
	GHashTable *aliases;       /* file inside the content -> GPtrArray of addresses that are to lead to it */
	GHashTable *drops;         /* file inside the content -> the alias that would be its own address */
	GHashTable *gone;          /* a set of files inside the content that go; their own links do not matter */
} RnEditSite;

/* All owned; the site's lists empty. */
void rn_edit_site_init (RnEditSite *site, const RnMove *move, RnTree *tree);
void rn_edit_site_clear (RnEditSite *site);

/*
 * Fills CHANGES with what the move makes of the site's files, and the lists with every place. FALSE: a file cannot be read, which would have to be:
 * ERROR names it.
 */
gboolean rn_edit_site (RnEditSite *site, RnChanges *changes, GError **error);

/* Does every mended place lead where it should in AFTER, the site as it is now? FALSE: ERROR names the first that does not. */
gboolean rn_edit_verify (const RnEditSite *site, const RnLibrary *after, GError **error);

#endif
