/*
 * plural.c - CLDR plural conditions.
 *
 * In: a condition's text. Out: a list of relations in their order; a relation that begins an alternative ("or") says so. Invariant:
 * a compiled rule holds numbers alone, so that a test allocates nothing and costs a few comparisons.
 */
#include "model/plural-int.h"

#include <math.h>
#include <string.h>

typedef struct { guint64 low, high; } Range;

typedef struct {
	char     operand;
	gboolean negated, alternative;  /* alternative: the first after "or" */
	gboolean within;                /* "within" holds for fractions too */
	guint64  modulo;                /* 0: none */
	guint    n_ranges;
	Range    ranges[12];
} Relation;

struct RnPluralRule { guint n; Relation *relations; };

typedef struct { const char *at; const char *fault; } Reader;

static void skip_space (Reader *reader)
{
	while (g_ascii_isspace (*reader->at))
		reader->at++;
}

static gboolean take (Reader *reader, const char *word)
{
	skip_space (reader);
	gsize len = strlen (word);
	if (strncmp (reader->at, word, len) != 0)
		return FALSE;
	if (g_ascii_isalpha (word[0]) && g_ascii_isalpha (reader->at[len]))
		return FALSE;
	reader->at += len;
	return TRUE;
}

static guint64 take_number (Reader *reader)
{
	skip_space (reader);
	if (!g_ascii_isdigit (*reader->at)) {
		reader->fault = "a number is missing";
		return 0;
	}
	char *end;
	guint64 value = g_ascii_strtoull (reader->at, &end, 10);
	reader->at = end;
	return value;
}

static void read_ranges (Reader *reader, Relation *relation)
{
	do {
		if (relation->n_ranges == G_N_ELEMENTS (relation->ranges)) {
			reader->fault = "the list of numbers is too long";
			return;
		}
		Range *range = &relation->ranges[relation->n_ranges++];
		range->low = range->high = take_number (reader);
		if (reader->fault == NULL && take (reader, ".."))
			range->high = take_number (reader);
	} while (reader->fault == NULL && take (reader, ","));
}

static void read_comparison (Reader *reader, Relation *relation)
{
	if (take (reader, "!=")) {
		relation->negated = TRUE;
	} else if (take (reader, "is")) {
		relation->negated = take (reader, "not");
	} else if (!take (reader, "=")) {
		relation->negated = take (reader, "not");
		relation->within = take (reader, "within");
		if (!relation->within && !take (reader, "in"))
			reader->fault = "'=', '!=' or 'in' is missing";
	}
}

static void read_relation (Reader *reader, Relation *relation)
{
	skip_space (reader);
	if (*reader->at == '\0' || strchr ("nivwftce", *reader->at) == NULL || g_ascii_isalpha (reader->at[1])) {
		reader->fault = "a condition begins with one of n i v w f t c e";
		return;
	}
	relation->operand = *reader->at++;
	if (take (reader, "%") || take (reader, "mod")) {
		relation->modulo = take_number (reader);
		if (reader->fault == NULL && relation->modulo == 0)
			reader->fault = "a remainder by 0 does not exist";
	}
	if (reader->fault == NULL)
		read_comparison (reader, relation);
	if (reader->fault == NULL)
		read_ranges (reader, relation);
}

RnPluralRule *rn_plural_compile (RnArena *arena, const char *text, const char **fault)
{
	Reader reader = { .at = text };
	g_autoptr (GArray) relations = g_array_new (FALSE, TRUE, sizeof (Relation));
	gboolean alternative = FALSE;
	skip_space (&reader);
	while (*reader.at != '\0' && *reader.at != '@') {
		Relation relation = { .alternative = alternative };
		read_relation (&reader, &relation);
		if (reader.fault == NULL) {
			g_array_append_val (relations, relation);
			skip_space (&reader);
			if (*reader.at == '\0' || *reader.at == '@')
				break;
			alternative = take (&reader, "or");
			if (!alternative && !take (&reader, "and"))
				reader.fault = "'and' or 'or' is missing";
		}
		skip_space (&reader);
		if (reader.fault == NULL && (*reader.at == '\0' || *reader.at == '@'))
			reader.fault = "a condition is missing after 'and' or 'or'";
		if (reader.fault != NULL) {
			*fault = reader.fault;
			return NULL;
		}
	}
	RnPluralRule *rule = rn_arena_new0 (arena, RnPluralRule);
	rule->n = relations->len;
	rule->relations = rn_arena_newn (arena, Relation, MAX (relations->len, 1));
	if (relations->len > 0)
		memcpy (rule->relations, relations->data, relations->len * sizeof (Relation));
	return rule;
}

static double operand_value (const RnPluralOperands *operands, char name)
{
	switch (name) {
	case 'n': return operands->n;
	case 'i': return (double) operands->i;
	case 'v': return operands->v;
	case 'w': return operands->w;
	case 'f': return (double) operands->f;
	case 't': return (double) operands->t;
	default: return 0; /* c, e: compact notation, which is not printed */
	}
}

static gboolean holds (const Relation *relation, const RnPluralOperands *operands)
{
	double value = operand_value (operands, relation->operand);
	if (relation->modulo != 0)
		value = fmod (value, (double) relation->modulo);
	gboolean found = FALSE;
	for (guint i = 0; i < relation->n_ranges && !found; i++) {
		const Range *range = &relation->ranges[i];
		found = value >= (double) range->low && value <= (double) range->high && (relation->within || value == floor (value));
	}
	return found != relation->negated;
}

gboolean rn_plural_test (const RnPluralRule *rule, const RnPluralOperands *operands)
{
	gboolean all = TRUE;
	for (guint i = 0; i < rule->n; i++) {
		if (rule->relations[i].alternative) {
			if (all)
				return TRUE;
			all = TRUE;
		}
		all = all && holds (&rule->relations[i], operands);
	}
	return all;
}

gboolean rn_plural_operands (RnPluralOperands *operands, double n, guint fraction_digits)
{
	n = fabs (n);
	if (!(n < 1e15))
		return FALSE;
	guint64 scale = 1;
	fraction_digits = MIN (fraction_digits, 6);
	for (guint i = 0; i < fraction_digits; i++)
		scale *= 10;
	guint64 i = (guint64) n;
	guint64 f = (guint64) floor ((n - (double) i) * (double) scale + 0.5);
	if (f >= scale) {
		i++;
		f = 0;
	}
	*operands = (RnPluralOperands) { .i = i, .f = f, .t = f, .v = fraction_digits, .w = fraction_digits };
	operands->n = (double) i + (double) f / (double) scale;
	while (operands->w > 0 && operands->t % 10 == 0) {
		operands->t /= 10;
		operands->w--;
	}
	return TRUE;
}
