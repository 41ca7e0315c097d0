/*
 * plural-int.h - CLDR plural rules: the text of a condition -> a small program, asked for each count.
 *
 * The syntax is that of UTS #35, part 3, section 5.1.1 ("n % 10 = 2..4 and n % 100 != 12..14"); samples (@integer ...) are passed over.
 */
#ifndef RN_MODEL_PLURAL_INT_H
#define RN_MODEL_PLURAL_INT_H

#include "base/arena.h"

/* What a number shows: n without its sign, i whole part, v and w visible fraction digits with and without final zeros, f and t as numbers. */
typedef struct { double n; guint64 i, f, t; guint v, w; } RnPluralOperands;

typedef struct RnPluralRule RnPluralRule;

/* NULL with *FAULT set (a static text) where TEXT is not a rule. The empty rule is true for every number. */
RnPluralRule *rn_plural_compile (RnArena *arena, const char *text, const char **fault);
gboolean      rn_plural_test (const RnPluralRule *rule, const RnPluralOperands *operands);

/* N as it is shown with FRACTION_DIGITS digits after the sign. FALSE: not a finite number, or too large to have a form. */
gboolean      rn_plural_operands (RnPluralOperands *operands, double n, guint fraction_digits);

#endif
