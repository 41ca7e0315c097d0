/* format.h - values of checked fields in a language's words, the same in every output. */
#ifndef RN_MODEL_FORMAT_H
#define RN_MODEL_FORMAT_H

#include "model/language.h"

/* An amount, or a range of which one end may be open. currency: "RUB"; per: "month"; NULL: not given. */
typedef struct {
	gboolean has_amount, has_from, has_to;
	double amount, from, to;
	const char *currency, *per;
} RnMoney;

/* What a field of the type money holds. */
RnMoney  rn_money_of (const RnValue *value);
/* Appends "from 50 000 roubles a month", by the language's strings money_*, currency_* and per_*. FALSE: there is no amount at all. */
gboolean rn_money_format (const RnLanguage *language, GString *out, const RnMoney *money);

/* Appends what a telephone dials for NUMBER as an editor writes it: its digits, and a + in front. */
void     rn_phone_dial (GString *out, const char *number);

#endif
