/*
 * sheet.c - CSS -> rules with the names that each selector asks for.
 *
 * In: a sheet's text. Out: its rules, in order. Invariant: what is not understood is kept as it is, for every page.
 */
#include "site/sheet.h"

#include <string.h>

/* --- names ------------------------------------------------------------------------------------------------------------------------ */

#define SLOTS 1024 /* a power of two, well above RN_NAMES_MAX */

struct RnNames {
	RnArena *arena;
	guint n;
	struct { const char *name; guint16 len, number; gboolean is_class; } slots[SLOTS];
};

RnNames *rn_names_new (void)
{
	RnNames *names = g_new0 (RnNames, 1);
	names->arena = rn_arena_new (0);
	return names;
}

void rn_names_free (RnNames *names)
{
	if (!names)
		return;
	rn_arena_free (names->arena);
	g_free (names);
}

/* The slot of a name, or the empty one where it would stand. */
static guint slot_of (const RnNames *names, const char *name, gsize len, gboolean is_class)
{
	guint32 hash = is_class ? 2166136261u : 84696351u;
	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guchar) name[i]) * 16777619u;
	guint at = (hash ^ hash >> 15) & (SLOTS - 1);
	while (names->slots[at].name && (names->slots[at].len != len || names->slots[at].is_class != is_class || memcmp (names->slots[at].name, name, len)))
		at = (at + 1) & (SLOTS - 1);
	return at;
}

static inline void add (RnNameSet *set, guint number)
{
	set->bits[number / 64] |= G_GUINT64_CONSTANT (1) << number % 64;
}

void rn_names_note (const RnNames *names, const char *name, gsize len, gboolean is_class, RnNameSet *set)
{
	guint at = slot_of (names, name, len, is_class);
	if (names->slots[at].name)
		add (set, names->slots[at].number);
}

/* As rn_names_note, for a name of a selector. */
static void name_needed (RnNames *names, const char *name, gsize len, gboolean is_class, RnNameSet *set)
{
	guint at = slot_of (names, name, len, is_class);
	if (!names->slots[at].name) {
		if (names->n == RN_NAMES_MAX || len > G_MAXUINT16)
			return;
		names->slots[at].name = rn_arena_strndup (names->arena, name, (gssize) len);
		names->slots[at].len = (guint16) len;
		names->slots[at].is_class = is_class;
		names->slots[at].number = (guint16) names->n++;
	}
	add (set, names->slots[at].number);
}

/* --- the text ---------------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *text; RnNameSet needs; } Selector;

typedef struct {
	enum { PART_RULE, PART_GROUP, PART_KEPT } kind;
	const char *head, *body;     /* a group's "@media …"; a rule's declarations; what is kept, whole */
	guint first, n;              /* a rule's selectors */
	guint end;                   /* of a group: the number of the part behind it */
} Part;

struct RnSheet {
	RnArena *arena;
	GArray *parts, *selectors;
};

typedef struct { RnSheet *sheet; RnNames *names; const char *at; } Parser;

/* Behind the string that begins at P; at NUL where it does not end. */
static const char *skip_string (const char *p)
{
	char quote = *p++;
	while (*p && *p != quote)
		p += p[0] == '\\' && p[1] ? 2 : 1;
	return *p ? p + 1 : p;
}

/* Behind the bracket that answers the one at P; NULL: none does. */
static const char *skip_brackets (const char *p)
{
	guint depth = 0;
	while (*p) {
		if (*p == '"' || *p == '\'') {
			p = skip_string (p);
			continue;
		}
		if (strchr ("([{", *p))
			depth++;
		else if (strchr (")]}", *p) && !--depth)
			return p + 1;
		p++;
	}
	return NULL;
}

/* The first of STOPS, outside strings and brackets; or the end. */
static const char *find (const char *p, const char *end, const char *stops)
{
	while (p < end && *p && !strchr (stops, *p)) {
		const char *behind = *p == '"' || *p == '\'' ? skip_string (p) : *p == '(' || *p == '[' ? skip_brackets (p) : p + 1;
		p = behind ? behind : end;
	}
	return MIN (p, end);
}

/* The text without the white space that means nothing. tight: signs around which none does. */
static const char *squeeze (RnArena *arena, const char *p, const char *end, const char *before, const char *after)
{
	g_autoptr (GString) out = g_string_new (NULL);
	while (p < end) {
		if (*p == '"' || *p == '\'') {
			const char *behind = MIN (skip_string (p), end);
			g_string_append_len (out, p, behind - p);
			p = behind;
		} else if (g_ascii_isspace (*p)) {
			while (p < end && g_ascii_isspace (*p))
				p++;
			if (out->len && p < end && !strchr (before, *p) && !strchr (after, out->str[out->len - 1]))
				g_string_append_c (out, ' ');
		} else {
			g_string_append_c (out, *p++);
		}
	}
	while (out->len && out->str[out->len - 1] == ';')
		g_string_truncate (out, out->len - 1);
	return rn_arena_strndup (arena, out->str, (gssize) out->len);
}

/* Remarks become white space. */
static char *without_remarks (const char *css)
{
	char *copy = g_strdup (css);
	for (char *p = copy; *p;) {
		if (*p == '"' || *p == '\'') {
			p += skip_string (p) - p;
		} else if (p[0] == '/' && p[1] == '*') {
			char *end = strstr (p + 2, "*/");
			gsize len = end ? (gsize) (end + 2 - p) : strlen (p);
			memset (p, ' ', len);
			p += len;
		} else {
			p++;
		}
	}
	return copy;
}

/* --- selectors --------------------------------------------------------------------------------------------------------------------- */

static gboolean of_name (char c)
{
	return g_ascii_isalnum (c) || c == '-' || c == '_' || (guchar) c >= 0x80;
}

static const char *skip_name (const char *p, const char *end)
{
	while (p < end && of_name (*p))
		p++;
	return p;
}

/* What must occur in a page for a selector to match: its elements and classes outside all brackets. */
static RnNameSet needs_of (RnNames *names, const char *p, const char *end)
{
	RnNameSet needs = { { 0 } };
	if (memchr (p, '\\', (gsize) (end - p)))
		return needs;
	while (p < end) {
		const char *name = p + (*p == '.' || *p == '#'), *behind;
		if (*p == '(' || *p == '[') {
			const char *inside = skip_brackets (p);
			p = inside ? MIN (inside, end) : end;
			continue;
		}
		if (*p == ':') {
			while (p < end && *p == ':')
				p++;
			p = skip_name (p, end);
			continue;
		}
		behind = skip_name (name, end);
		if (behind > name && *p == '.') {
			name_needed (names, name, (gsize) (behind - name), TRUE, &needs);
		} else if (behind > name && *p != '#') {
			g_autofree char *small = g_ascii_strdown (name, behind - name);
			name_needed (names, small, (gsize) (behind - name), FALSE, &needs);
		}
		p = MAX (behind, p + 1);
	}
	return needs;
}

static void add_selectors (Parser *parser, const char *p, const char *end, Part *part)
{
	part->first = parser->sheet->selectors->len;
	for (; p < end; p++) {
		const char *comma = find (p, end, ",");
		Selector selector = { squeeze (parser->sheet->arena, p, comma, ",>+~ ", ",>+~("), needs_of (parser->names, p, comma) };
		g_array_append_val (parser->sheet->selectors, selector);
		part->n++;
		p = comma;
	}
}

/* --- parts ---------------------------------------------------------------------------------------------------------------------------- */

static gboolean is_group (const char *p)
{
	return g_str_has_prefix (p, "@media") || g_str_has_prefix (p, "@supports");
}

static gboolean read_parts (Parser *parser, guint depth);

static gboolean read_group (Parser *parser, const char *open, guint depth)
{
	GArray *parts = parser->sheet->parts;
	const guint at = parts->len;
	const Part group = { .kind = PART_GROUP, .head = squeeze (parser->sheet->arena, parser->at, open, ",:) ", ",:(") };
	g_array_append_val (parts, group);
	parser->at = open + 1;
	if (depth > 8 || !read_parts (parser, depth + 1) || *parser->at != '}')
		return FALSE;
	parser->at++;
	g_array_index (parts, Part, at).end = parts->len;
	return TRUE;
}

/* One rule or at-rule. */
static gboolean read_part (Parser *parser, guint depth)
{
	RnArena *arena = parser->sheet->arena;
	const char *begin = parser->at, *stop = find (begin, begin + strlen (begin), "{};");
	Part part = { .kind = PART_KEPT };
	if (*stop == '{' && is_group (begin))
		return read_group (parser, stop, depth);
	if (*stop != '{' && (*stop != ';' || *begin != '@'))
		return FALSE;
	const char *end = *stop == '{' ? skip_brackets (stop) : stop + 1;
	if (!end)
		return FALSE;
	if (*begin == '@') {
		part.body = squeeze (arena, begin, end, "{};, ", "{};:,");
		if (*stop == ';')
			part.body = rn_arena_printf (arena, "%s;", part.body);
	} else {
		part.kind = PART_RULE;
		add_selectors (parser, begin, stop, &part);
		part.body = squeeze (arena, stop + 1, end - 1, "{};,!) ", "{};:,(");
	}
	g_array_append_val (parser->sheet->parts, part);
	parser->at = end;
	return TRUE;
}

/* Up to the end or to the brace that closes a group. */
static gboolean read_parts (Parser *parser, guint depth)
{
	for (;;) {
		while (g_ascii_isspace (*parser->at))
			parser->at++;
		if (!*parser->at || *parser->at == '}')
			return TRUE;
		if (!read_part (parser, depth))
			return FALSE;
	}
}

RnSheet *rn_sheet_new (RnNames *names, const char *css)
{
	if (strstr (css, "url(") || strstr (css, "@import") || strstr (css, "</"))
		return NULL;
	RnSheet *sheet = g_new0 (RnSheet, 1);
	sheet->arena = rn_arena_new (0);
	sheet->parts = g_array_new (FALSE, FALSE, sizeof (Part));
	sheet->selectors = g_array_new (FALSE, FALSE, sizeof (Selector));
	g_autofree char *text = without_remarks (css);
	Parser parser = { sheet, names, text };
	if (read_parts (&parser, 0) && !*parser.at)
		return sheet;
	rn_sheet_free (sheet);
	return NULL;
}

void rn_sheet_free (RnSheet *sheet)
{
	if (!sheet)
		return;
	g_array_unref (sheet->parts);
	g_array_unref (sheet->selectors);
	rn_arena_free (sheet->arena);
	g_free (sheet);
}

static gboolean can_match (const RnNameSet *needs, const RnNameSet *used)
{
	for (guint i = 0; i < G_N_ELEMENTS (used->bits); i++)
		if (needs->bits[i] & ~used->bits[i])
			return FALSE;
	return TRUE;
}

static void put_rule (const RnSheet *sheet, const Part *rule, const RnNameSet *used, GString *out)
{
	const gsize before = out->len;
	for (guint i = rule->first; i < rule->first + rule->n; i++) {
		const Selector *selector = &g_array_index (sheet->selectors, Selector, i);
		if (!can_match (&selector->needs, used))
			continue;
		if (out->len > before)
			g_string_append_c (out, ',');
		g_string_append (out, selector->text);
	}
	if (out->len > before)
		g_string_append_printf (out, "{%s}", rule->body);
}

static void put_parts (const RnSheet *sheet, guint from, guint to, const RnNameSet *used, GString *out)
{
	for (guint i = from; i < to; i++) {
		const Part *part = &g_array_index (sheet->parts, Part, i);
		const gsize before = out->len;
		if (part->kind == PART_RULE) {
			put_rule (sheet, part, used, out);
		} else if (part->kind == PART_KEPT) {
			g_string_append (out, part->body);
		} else {
			g_string_append_printf (out, "%s{", part->head);
			const gsize inside = out->len;
			put_parts (sheet, i + 1, part->end, used, out);
			if (out->len > inside)
				g_string_append_c (out, '}');
			else
				g_string_truncate (out, before);
			i = part->end - 1;
		}
	}
}

void rn_sheet_select (const RnSheet *sheet, const RnNameSet *used, GString *out)
{
	put_parts (sheet, 0, sheet->parts->len, used, out);
}
