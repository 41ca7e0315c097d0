/*
 * yaml_plain.c - the form of YAML that nearly all front matter has, without libyaml's cost.
 *
 * In: lines "name: value", where the value is nothing, a scalar of that line, a flow list of scalars that ends there, or a block list of scalars
 * below; blank lines and comments between. Out: the tree that libyaml's events would give, with the same places. Invariant: at the
 * least doubt - any sign to which YAML could give another meaning, anything that would be told as a fault - the answer is NULL, and the
 * other reader reads the whole. Texts are views into one copy of the document, into which their ends are written.
 */
#include "source/yaml-int.h"

#include <string.h>

#define MANY 64 /* of pairs and of a list's items; more are no front matter that needs haste */

enum {
	ODD = 1,     /* may begin or be a character that libyaml takes for a break or refuses */
	BLOCK = 2,   /* may end a plain scalar */
	FLOW = 4,    /* may end one in a flow list, or is better not found there */
	START = 8,   /* cannot begin a plain scalar */
	DOUBLE = 16, /* ends one in double quotes, or escapes */
	SINGLE = 32,
	NAME = 64,   /* part of a field's name */
};

static const guint8 signs[256] = {
	[0 ... 0x1f] = ODD, [0x7f] = ODD, [0xc2] = ODD, [0xe2] = ODD, [0xef] = ODD,
	[':'] = BLOCK | FLOW | START, ['#'] = BLOCK | FLOW | START,
	[','] = FLOW | START, ['['] = FLOW | START, [']'] = FLOW | START, ['{'] = FLOW | START, ['}'] = FLOW | START, ['?'] = FLOW | START,
	['&'] = START, ['*'] = START, ['!'] = START, ['|'] = START, ['>'] = START, ['%'] = START, ['@'] = START, ['`'] = START,
	['"'] = START | DOUBLE, ['\\'] = DOUBLE, ['\''] = START | SINGLE,
	['-'] = START | NAME, ['_'] = NAME, ['0' ... '9'] = NAME, ['A' ... 'Z'] = NAME, ['a' ... 'z'] = NAME,
};

typedef struct {
	RnArena       *arena;
	char          *line, *end;     /* the line's bytes, less its break */
	char          *next, *text_end;
	guint32        number;         /* the line's */
	const char    *counted;        /* of the line; the column there */
	guint          col;
	RnPair         pairs[MANY];
	guint          n_pairs;
	RnValue       *open;           /* the last pair's value while it may still become a block list, or is one */
	gssize         indent;         /* of that list; -1: it has no item yet */
	const RnValue *items[MANY];
	guint          n_items;
} Plain;

typedef struct { char *begin, *stop, *after; gboolean quoted; } Scalar;

static gboolean next_line (Plain *p)
{
	if (p->next == p->text_end)
		return FALSE;
	char *stop = memchr (p->next, '\n', (gsize) (p->text_end - p->next));

	p->counted = p->line = p->next;
	p->col = 1;
	p->number++;
	p->next = stop ? stop + 1 : p->text_end;
	p->end = stop ? stop : p->text_end;
	if (stop && stop > p->line && stop[-1] == '\r')
		p->end--;
	return TRUE;
}

/* The character of an ODD byte: neither a control character nor a break of Unicode's nor a byte order mark, as far as we care to know. */
static gboolean sound (const char *at)
{
	const guchar *c = (const guchar *) at;

	return *c == 0xc2 ? c[1] >= 0xa0 : *c == 0xe2 && !(c[1] == 0x80 && (c[2] == 0xa8 || c[2] == 0xa9));
}

/* The first byte from AT that is one of STOP or not sound; else END. */
static char *skip (char *at, const char *end, guint8 stop)
{
	for (; at < end; at++) {
		guint8 sign = signs[(guchar) *at];

		if (G_UNLIKELY (sign & (stop | ODD)) && (sign & stop || !sound (at)))
			break;
	}
	return at;
}

static char *skip_blanks (char *at, const char *end)
{
	while (at < end && *at == ' ')
		at++;
	return at;
}

static RnValue *new_value (Plain *p, RnKind kind, const char *at)
{
	RnValue *value = rn_arena_new0 (p->arena, RnValue);

	for (; p->counted < at; p->counted++)
		p->col += ((guchar) *p->counted & 0xc0) != 0x80;
	value->kind = (guint8) kind;
	value->line = p->number;
	value->col = (guint16) MIN (p->col, G_MAXUINT16);
	return value;
}

/* The scalar at AT: of a flow list (MEANT is FLOW) or all that the line still has (BLOCK). */
static gboolean find_scalar (const Plain *p, char *at, guint8 meant, Scalar *found)
{
	found->quoted = *at == '"' || *at == '\'';
	if (found->quoted) {
		found->begin = at + 1;
		found->stop = skip (at + 1, p->end, *at == '"' ? DOUBLE : SINGLE);
		if (found->stop == p->end || *found->stop != *at)
			return FALSE;
		found->after = skip_blanks (found->stop + 1, p->end);
		return TRUE;
	}
	if (at == p->end || (signs[(guchar) *at] & START && !(*at == '-' && g_ascii_isdigit (at[1]))))
		return FALSE;
	found->begin = at;
	for (;; at++) {
		at = skip (at, p->end, meant);
		if (at == p->end || *at == ',' || *at == ']')
			break;
		if (*at == '#' ? at[-1] == ' ' : *at != ':' || meant == FLOW || at + 1 == p->end || at[1] == ' ')
			return FALSE;
	}
	found->after = at;
	while (at[-1] == ' ')
		at--;
	found->stop = at;
	return TRUE;
}

/* The byte behind the scalar becomes its NUL. */
static const RnValue *make_scalar (Plain *p, const Scalar *found)
{
	RnValue *value = new_value (p, RN_NULL, found->begin - found->quoted);
	gsize    len = (gsize) (found->stop - found->begin);

	*found->stop = '\0';
	if (!found->quoted)
		return rn_yaml_resolve (value, found->begin, len) ? value : NULL;
	value->kind = RN_STRING;
	value->quoted = 1;
	value->n = (guint32) len;
	value->string = found->begin;
	return value;
}

static void set_items (Plain *p, RnValue *list)
{
	const RnValue **items = rn_arena_newn (p->arena, const RnValue *, p->n_items);

	memcpy (items, p->items, p->n_items * sizeof *items);
	list->kind = RN_LIST;
	list->n = p->n_items;
	list->items = items;
	p->n_items = 0;
}

/* The flow list that begins with the [ at AT and ends with its line. */
static const RnValue *read_flow (Plain *p, char *at)
{
	RnValue *list = new_value (p, RN_LIST, at);
	char     mark = '[';

	at = skip_blanks (at + 1, p->end);
	if (*at == ']')
		mark = *at++;
	while (mark != ']') {
		Scalar found;

		if (p->n_items == MANY || !find_scalar (p, at, FLOW, &found))
			return NULL;
		mark = *found.after; /* before it may become a NUL */
		if (mark != ',' && mark != ']')
			return NULL;
		const RnValue *item = make_scalar (p, &found);
		if (item == NULL)
			return NULL;
		p->items[p->n_items++] = item;
		at = skip_blanks (found.after + 1, p->end);
	}
	if (skip_blanks (at, p->end) != p->end)
		return NULL;
	set_items (p, list);
	return list;
}

/* A whole line's rest as a scalar. */
static const RnValue *read_rest (Plain *p, char *at)
{
	Scalar found;

	return find_scalar (p, at, BLOCK, &found) && found.after == p->end ? make_scalar (p, &found) : NULL;
}

/* "- item", with the - at AT. */
static gboolean read_entry (Plain *p, char *at)
{
	gssize indent = at - p->line;

	if (p->open == NULL || at[1] != ' ' || p->n_items == MANY || (p->indent >= 0 && p->indent != indent))
		return FALSE;
	if (p->indent < 0) {
		p->indent = indent;
		p->open->line = p->number;
		p->open->col = (guint16) MIN (indent + 1, G_MAXUINT16);
	}
	const RnValue *item = read_rest (p, skip_blanks (at + 1, p->end));
	if (item == NULL)
		return FALSE;
	p->items[p->n_items++] = item;
	return TRUE;
}

static void close_list (Plain *p)
{
	if (p->n_items)
		set_items (p, p->open);
	p->open = NULL;
}

static gboolean read_pair (Plain *p)
{
	char *name = p->line, *colon = name;

	while (signs[(guchar) *colon] & NAME)
		colon++;
	if (!(g_ascii_isalpha (*name) || *name == '_') || *colon != ':' || colon - name > 100 || p->n_pairs == MANY)
		return FALSE;
	if (colon + 1 < p->end && colon[1] != ' ')
		return FALSE;
	*colon = '\0';
	for (guint i = 0; i < p->n_pairs; i++)
		if (*name == *p->pairs[i].name && strcmp (name, p->pairs[i].name) == 0)
			return FALSE;
	char          *at = skip_blanks (colon + 1, p->end);
	const RnValue *value;
	if (at == p->end) {
		value = p->open = new_value (p, RN_NULL, colon + 1);
		p->indent = -1;
	} else {
		value = *at == '[' ? read_flow (p, at) : read_rest (p, at);
	}
	p->pairs[p->n_pairs++] = (RnPair) { name, value, p->number, 1 };
	return value != NULL;
}

static gboolean read_line (Plain *p)
{
	char *at = skip_blanks (p->line, p->end);

	if (at == p->end)
		return TRUE;
	if (*at == '#')
		return skip (at, p->end, 0) == p->end;
	if (*at == '-')
		return read_entry (p, at);
	close_list (p);
	return read_pair (p); /* which no indented line is */
}

const RnValue *rn_yaml_read_plain (RnArena *arena, const char *text, gsize len, guint32 line)
{
	Plain p;

	p.arena = arena;
	p.next = rn_arena_strndup (arena, text, (gssize) len);
	p.text_end = p.next + len;
	p.number = line - 1;
	p.open = NULL;
	p.n_pairs = p.n_items = 0;
	while (next_line (&p))
		if (!read_line (&p))
			return NULL;
	close_list (&p);
	if (p.n_pairs == 0)
		return NULL;
	RnValue *map = rn_arena_new0 (arena, RnValue);
	RnPair  *pairs = rn_arena_newn (arena, RnPair, p.n_pairs);
	memcpy (pairs, p.pairs, p.n_pairs * sizeof *pairs);
	map->kind = RN_MAP;
	map->line = pairs[0].line;
	map->col = 1;
	map->n = p.n_pairs;
	map->pairs = pairs;
	return map;
}
