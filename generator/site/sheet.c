/*
 * sheet.c - CSS -> rules with the names that each selector asks for.
 *
 * In: a sheet's text. Out: its rules, in order. Invariant: what is not understood is kept as it is, for every page.
 */
#include "site/sheet-int.h"
#include "base/text.h"

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
	const guint32 hash = rn_text_hash (name, len) + (is_class ? 0 : 84696351u);
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

gint rn_names_need (RnNames *names, const char *name, gsize len, gboolean is_class, RnNameSet *set)
{
	guint at = slot_of (names, name, len, is_class);
	if (!names->slots[at].name) {
		if (names->n == RN_NAMES_MAX || len > G_MAXUINT16)
			return -1;
		names->slots[at].name = rn_arena_strndup (names->arena, name, (gssize) len);
		names->slots[at].len = (guint16) len;
		names->slots[at].is_class = is_class;
		names->slots[at].number = (guint16) names->n++;
	}
	add (set, names->slots[at].number);
	return names->slots[at].number;
}

/* --- the text ---------------------------------------------------------------------------------------------------------------------- */

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

const char *rn_css_find (const char *p, const char *end, const char *stops)
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

static gboolean add_all (RnNameSet *set, RnNameSet more)
{
	gboolean new = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS (set->bits); i++) {
		new |= (more.bits[i] & ~set->bits[i]) != 0;
		set->bits[i] |= more.bits[i];
	}
	return new;
}

/* What must occur in a page for a selector to match: its elements and classes outside brackets. */
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
			behind = skip_name (p, end);
			/* Of one selector inside :has() all must occur too. */
			const char *close = behind < end && *behind == '(' ? skip_brackets (behind) : NULL;
			if (close && close <= end && behind - p == 3 && !memcmp (p, "has", 3) && !memchr (behind, ',', (gsize) (close - behind)))
				add_all (&needs, needs_of (names, behind + 1, close - 1));
			p = close ? MIN (close, end) : behind;
			continue;
		}
		behind = skip_name (name, end);
		if (behind > name && *p == '.') {
			rn_names_need (names, name, (gsize) (behind - name), TRUE, &needs);
		} else if (behind > name && *p != '#') {
			g_autofree char *small = g_ascii_strdown (name, behind - name);
			rn_names_need (names, small, (gsize) (behind - name), FALSE, &needs);
		}
		p = MAX (behind, p + 1);
	}
	return needs;
}

static void add_selectors (Parser *parser, const char *p, const char *end, RnSheetPart *part)
{
	part->first = parser->sheet->selectors->len;
	for (; p < end; p++) {
		const char *comma = rn_css_find (p, end, ",");
		RnSelector selector = { squeeze (parser->sheet->arena, p, comma, ",>+~ ", ",>+~("), needs_of (parser->names, p, comma) };
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
	const RnSheetPart group = { .kind = RN_PART_GROUP, .head = squeeze (parser->sheet->arena, parser->at, open, ",:) ", ",:(") };
	g_array_append_val (parts, group);
	parser->at = open + 1;
	if (depth > 8 || !read_parts (parser, depth + 1) || *parser->at != '}')
		return FALSE;
	parser->at++;
	g_array_index (parts, RnSheetPart, at).end = parts->len;
	return TRUE;
}

/* One rule or at-rule. */
static gboolean read_part (Parser *parser, guint depth)
{
	RnArena *arena = parser->sheet->arena;
	const char *begin = parser->at, *stop = rn_css_find (begin, begin + strlen (begin), "{};");
	RnSheetPart part = { .kind = RN_PART_KEPT };
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
		part.kind = RN_PART_RULE;
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
	sheet->parts = g_array_new (FALSE, FALSE, sizeof (RnSheetPart));
	sheet->selectors = g_array_new (FALSE, FALSE, sizeof (RnSelector));
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

static gboolean matches (const RnSheet *sheet, const RnSheetPart *rule, const RnNameSet *used)
{
	for (guint i = rule->first; i < rule->first + rule->n; i++)
		if (can_match (&g_array_index (sheet->selectors, RnSelector, i).needs, used))
			return TRUE;
	return FALSE;
}

static inline gboolean is_wanted (const RnDeclaration *declaration, const RnNameSet *wanted)
{
	return declaration->property < 0 || wanted->bits[declaration->property / 64] >> declaration->property % 64 & 1;
}

static gboolean want (const RnSheet *sheet, RnNameSet *used)
{
	gboolean more = FALSE;
	for (guint i = 0; i < sheet->parts->len; i++) {
		const RnSheetPart *part = &g_array_index (sheet->parts, RnSheetPart, i);
		for (guint k = 0; k < part->n_declarations && matches (sheet, part, used); k++)
			if (is_wanted (&part->declarations[k], used))
				more |= add_all (used, part->declarations[k].uses);
	}
	return more;
}

void rn_sheets_want (RnSheet *const *sheets, guint n, RnNameSet *used)
{
	gboolean more;
	do {
		more = FALSE;
		for (guint i = 0; i < n; i++)
			more |= sheets[i] && want (sheets[i], used);
	} while (more);
}

static void put_rule (const RnSheet *sheet, const RnSheetPart *rule, const RnNameSet *used, GString *out)
{
	const gsize before = out->len;
	for (guint i = rule->first; i < rule->first + rule->n; i++) {
		const RnSelector *selector = &g_array_index (sheet->selectors, RnSelector, i);
		if (!can_match (&selector->needs, used))
			continue;
		if (out->len > before)
			g_string_append_c (out, ',');
		g_string_append (out, selector->text);
	}
	const gsize open = out->len;
	if (open == before)
		return;
	if (!rule->n_declarations)
		g_string_append_printf (out, "{%s", rule->body);
	for (guint i = 0; i < rule->n_declarations; i++)
		if (is_wanted (&rule->declarations[i], used))
			g_string_append_printf (out, "%c%s", out->len == open ? '{' : ';', rule->declarations[i].text);
	if (out->len > open)
		g_string_append_c (out, '}');
	else
		g_string_truncate (out, before);
}

static void put_parts (const RnSheet *sheet, guint from, guint to, const RnNameSet *used, GString *out)
{
	for (guint i = from; i < to; i++) {
		const RnSheetPart *part = &g_array_index (sheet->parts, RnSheetPart, i);
		const gsize before = out->len;
		if (part->kind == RN_PART_RULE) {
			put_rule (sheet, part, used, out);
		} else if (part->kind == RN_PART_KEPT) {
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
