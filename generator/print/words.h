/*
 * words.h - words that stand in no document: dates, and texts of the product and of the site, with the typography of the setter's language. In the book's arena.
 */
#ifndef RN_PRINT_WORDS_H
#define RN_PRINT_WORDS_H

#include "print/setter.h"

/* A date in the setter's language, in the book's arena. form: as rn_language_date. */
const char *rn_set_date (RnSetter *setter, gint64 seconds, const char *form);
/* A text of the product's config at PATH in the setter's language, with its typography; NULL: none. */
const char *rn_product_text (RnSetter *setter, const char *path);
/* The same of site.yaml's KEY. */
const char *rn_site_line (RnSetter *setter, const char *key);
/* Who publishes it: the product's own, else the site's; NULL: nobody is named. */
const char *rn_publisher (RnSetter *setter);

#endif
