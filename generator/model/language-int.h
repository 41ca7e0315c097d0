/* language-int.h - what language.c compiles from a language file and language_format.c prints with. */
#ifndef RN_MODEL_LANGUAGE_INT_H
#define RN_MODEL_LANGUAGE_INT_H

#include "model/language.h"
#include "model/plural-int.h"

/* CLDR's categories; OTHER holds whatever no rule holds. */
enum { RN_PLURAL_ZERO, RN_PLURAL_ONE, RN_PLURAL_TWO, RN_PLURAL_FEW, RN_PLURAL_MANY, RN_PLURAL_OTHER, RN_PLURAL_CATEGORIES };

/* A string of the layouts: its forms by category; a string without plurals has OTHER alone. */
typedef struct { const char *forms[RN_PLURAL_CATEGORIES]; } RnLanguageText;

struct RnLanguageRules {
	guint         n_plurals;
	guint8        categories[RN_PLURAL_CATEGORIES];
	RnPluralRule *plurals[RN_PLURAL_CATEGORIES];  /* in the file's order */
	GHashTable   *strings;                        /* key -> RnLanguageText */
	const char   *decimal, *group, *minus;
	guint         group_from;                     /* whole digits that a number has at least to be grouped */
	const char   *months[12], *months_standalone[12], *months_short[12], *weekdays[7]; /* NULL: the file has none */
	const RnValue *patterns;                      /* the map `date` */
};

#endif
