/*
 * tight.c - a page -> the same in fewer bytes.
 *
 * In: a page's HTML. Out: it again, in the same place, never longer. Invariant: one walk from tag to tag; of a text only its ends are looked at.
 */
#include "site/tight.h"

#include <string.h>

/* What an element is. Beside a block white space shows nothing; a raw one's text is not HTML, or its white space counts. */
enum { BLOCK = 1, RAW = 2, ENDS_P = 4 };

typedef enum { OTHER, P, LI, DT, DD, CELL, TR, ROWS, LIST, TERMS, TABLE } Role;

typedef struct { const char *name; guint8 is; guint8 role; } Element;

static const Element elements[] = {
	{ "p", BLOCK | ENDS_P, P }, { "li", BLOCK, LI }, { "dt", BLOCK, DT }, { "dd", BLOCK, DD }, { "td", BLOCK, CELL }, { "th", BLOCK, CELL }, { "tr", BLOCK, TR },
	{ "thead", BLOCK, ROWS }, { "tbody", BLOCK, ROWS }, { "ul", BLOCK | ENDS_P, LIST }, { "ol", BLOCK | ENDS_P, LIST }, { "dl", BLOCK | ENDS_P, TERMS },
	{ "table", BLOCK | ENDS_P, TABLE }, { "div", BLOCK | ENDS_P, OTHER }, { "h1", BLOCK | ENDS_P, OTHER }, { "h2", BLOCK | ENDS_P, OTHER },
	{ "h3", BLOCK | ENDS_P, OTHER }, { "h4", BLOCK | ENDS_P, OTHER }, { "h5", BLOCK | ENDS_P, OTHER }, { "h6", BLOCK | ENDS_P, OTHER },
	{ "header", BLOCK | ENDS_P, OTHER }, { "footer", BLOCK | ENDS_P, OTHER }, { "main", BLOCK | ENDS_P, OTHER }, { "nav", BLOCK | ENDS_P, OTHER },
	{ "article", BLOCK | ENDS_P, OTHER }, { "section", BLOCK | ENDS_P, OTHER }, { "aside", BLOCK | ENDS_P, OTHER }, { "figure", BLOCK | ENDS_P, OTHER },
	{ "figcaption", BLOCK | ENDS_P, OTHER }, { "blockquote", BLOCK | ENDS_P, OTHER }, { "details", BLOCK | ENDS_P, OTHER }, { "summary", BLOCK, OTHER },
	{ "form", BLOCK | ENDS_P, OTHER }, { "fieldset", BLOCK | ENDS_P, OTHER }, { "hr", BLOCK | ENDS_P, OTHER }, { "br", BLOCK, OTHER },
	{ "html", BLOCK, OTHER }, { "head", BLOCK, OTHER }, { "body", BLOCK, OTHER }, { "meta", BLOCK, OTHER }, { "link", BLOCK, OTHER }, { "title", BLOCK, OTHER },
	{ "pre", BLOCK | RAW | ENDS_P, OTHER }, { "textarea", RAW, OTHER }, { "script", RAW, OTHER }, { "style", RAW, OTHER },
};

#define SLOTS 256 /* a power of two, well above the number of elements */

typedef struct { guint64 key; guint8 is, role; } Slot;

typedef struct { guint8 is, role; gboolean closes; } Tag; /* of what begins with '<'; all zero for what is no tag */

static inline guint slot_of (guint64 key)
{
	return (guint) (key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 40) & (SLOTS - 1);
}

/* A name as one number: its length and seven letters, which tell all elements apart. */
static inline guint64 key_of (const char *name, gsize *len)
{
	guint64 key = 0;
	gsize n = 0;
	for (; g_ascii_isalnum (name[n]) || name[n] == '-'; n++)
		key = n < 7 ? key << 8 | (guchar) name[n] : key;
	*len = n;
	return key | (guint64) MIN (n, 255) << 56;
}

static const Slot *slots (void)
{
	static Slot all[SLOTS];
	static gsize ready;
	if (g_once_init_enter (&ready)) {
		for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
			gsize len;
			const guint64 key = key_of (elements[i].name, &len);
			guint at = slot_of (key);
			while (all[at].key)
				at = (at + 1) & (SLOTS - 1);
			all[at] = (Slot) { key, elements[i].is, elements[i].role };
		}
		g_once_init_leave (&ready, 1);
	}
	return all;
}

static inline gboolean is_space (char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The tag at P, which is '<' or the end. */
static Tag tag_at (const Slot *table, const char *p)
{
	Tag tag = { 0, OTHER, *p && p[1] == '/' };
	gsize len;
	if (!*p || !g_ascii_isalpha (p[1 + tag.closes]))
		return (Tag) { 0, OTHER, FALSE };
	const guint64 key = key_of (p + 1 + tag.closes, &len);
	for (guint at = slot_of (key); table[at].key; at = (at + 1) & (SLOTS - 1)) {
		if (table[at].key == key) {
			tag.is = table[at].is;
			tag.role = table[at].role;
			break;
		}
	}
	return tag;
}

/* Behind the '>' of the tag at P. */
static const char *tag_end (const char *p)
{
	for (; *p && *p != '>'; p++) {
		if (*p == '"' || *p == '\'') {
			const char *quote = strchr (p + 1, *p);
			if (!quote)
				return p + strlen (p);
			p = quote;
		}
	}
	return *p ? p + 1 : p;
}

/* Is the end of an element with ROLE plain from the tag that follows? */
static gboolean is_implied (guint role, Tag next)
{
	switch ((Role) role) {
	case P:    return next.closes ? (next.is & BLOCK) && next.role != P : (next.is & ENDS_P) != 0;
	case LI:   return next.role == (next.closes ? LIST : LI);
	case DT:   return !next.closes && (next.role == DT || next.role == DD);
	case DD:   return next.closes ? next.role == TERMS : next.role == DT || next.role == DD;
	case CELL: return next.role == (next.closes ? TR : CELL);
	case TR:   return next.closes ? next.role == ROWS || next.role == TABLE : next.role == TR;
	case ROWS: return next.role == (next.closes ? TABLE : ROWS);
	default:   return FALSE;
	}
}

static inline char *put (char *to, const char *from, const char *end)
{
	memmove (to, from, (gsize) (end - from));
	return to + (end - from);
}

/* The text up to END without what shows nothing between the tags beside it; of white space alone one sign stays. */
static char *put_text (char *to, const char *from, const char *end, guint before, guint after)
{
	const char *first = from;
	while (first < end && is_space (*first))
		first++;
	if (first == end)
		return from < end && !((before | after) & BLOCK) ? put (to, from, from + 1) : to;
	while (after & BLOCK && is_space (end[-1]))
		end--;
	return put (to, before & BLOCK ? first : from, end);
}

/* What must be taken to the letter from P on, where TAG has been read: a comment, or all of a raw element. NULL: nothing. */
static const char *raw_end (const char *p, Tag tag, const char *behind)
{
	if (!strncmp (p, "<!--", 4)) {
		const char *end = strstr (p + 4, "-->");
		return end ? end + 3 : p + strlen (p);
	}
	if (!(tag.is & RAW) || tag.closes)
		return NULL;
	gsize len;
	key_of (p + 1, &len);
	for (const char *end = behind; (end = strstr (end, "</")); end += 2)
		if (!strncmp (end + 2, p + 1, len))
			return tag_end (end);
	return p + strlen (p);
}

void rn_tighten (GString *html)
{
	const Slot *table = slots ();
	char *to = html->str;
	guint before = BLOCK;
	for (const char *p = html->str; *p;) {
		const char *sign = strchr (p, '<');
		if (!sign)
			sign = html->str + html->len;
		const Tag tag = tag_at (table, sign);
		to = put_text (to, p, sign, before, *sign ? tag.is : BLOCK);
		if (!*sign)
			break;
		const char *behind = tag_end (sign), *raw = raw_end (sign, tag, behind), *next = behind;
		while (is_space (*next))
			next++;
		if (raw)
			behind = raw;
		if (raw || !tag.closes || *next != '<' || !is_implied (tag.role, tag_at (table, next)))
			to = put (to, sign, behind);
		before = tag.is;
		p = behind;
	}
	g_string_truncate (html, (gsize) (to - html->str));
}
