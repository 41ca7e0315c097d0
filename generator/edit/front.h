/* front.h - single fields of a front matter that the program itself keeps, written anew in a page's bytes; no other byte changes. */
#ifndef RN_EDIT_FRONT_H
#define RN_EDIT_FRONT_H

#include <glib.h>

/*
 * TEXT, a page's file, with the line `NAME: VALUE` in its front matter, which is made where there is none; what the field was is replaced. VALUE
 * stands as YAML; NULL takes the field out.
 */
void rn_front_set_field (GString *text, const char *name, const char *value);

/* TEXT with ADD among the page's aliases and without DROP (either may be NULL). FALSE: its front matter cannot be read. */
gboolean rn_front_set_alias (GString *text, const char *add, const char *drop);

#endif
