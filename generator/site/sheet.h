/*
 * sheet.h - a style sheet taken apart, so that a page can be given those of its rules that it can use.
 *
 * A rule can be of use to a page where one of its selectors can match: where all elements and classes that the selector names occur in the page.
 * What else a selector asks for (ids, attributes, states, :not() and the like) may always come true. So a page looks as with the whole sheet.
 */
#ifndef RN_SITE_SHEET_H
#define RN_SITE_SHEET_H

#include "base/arena.h"

/* Elements and classes that selectors name, by number. Beyond so many, a name counts as one that occurs in every page. */
#define RN_NAMES_MAX 256

typedef struct { guint64 bits[RN_NAMES_MAX / 64]; } RnNameSet;
typedef struct RnNames RnNames;

RnNames *rn_names_new (void);
void     rn_names_free (RnNames *names);
/* Adds the number of a name to SET, if a sheet knows the name: of an element, in small letters, or of a class. */
void     rn_names_note (const RnNames *names, const char *name, gsize len, gboolean is_class, RnNameSet *set);

typedef struct RnSheet RnSheet;

/*
 * CSS (ended by NUL) in parts; its names go into NAMES, which is borrowed. NULL: it cannot stand inside a page, as it loads something by url() or @import,
 * or its braces do not agree.
 */
RnSheet *rn_sheet_new (RnNames *names, const char *css);
void     rn_sheet_free (RnSheet *sheet);

/*
 * Works on the custom properties of a site's N sheets, all at once: one that is set a single time, in :root and outside of every group, is written out
 * where it is used; from here on a page gets only those that are in USED ("--name" is noted as an element). A sheet that stays linked is NULL; what its text, CSS at
 * the same place, names is left as it is.
 */
void     rn_sheets_settle (RnNames *names, RnSheet *const *sheets, const char *const *css, guint n);

/* Adds to USED the custom properties that rules ask for which a page with USED can use; one may ask for another. SHEETS as above. */
void     rn_sheets_want (RnSheet *const *sheets, guint n, RnNameSet *used);

/* Appends what a page with USED can use, in the sheet's order, without remarks and white space. */
void     rn_sheet_select (const RnSheet *sheet, const RnNameSet *used, GString *out);

#endif
