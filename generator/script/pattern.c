/*
 * pattern.c - Lua's patterns (manual, 6.4.1), metered.
 *
 * In: subjects and patterns of scripts. Out: matches. Lua's own matcher runs unseen by the count hook and takes n^k steps for k
 * repetitions, so that a pattern of twenty characters can hang a build. This one charges every step.
 */
#include "script/pattern-int.h"

#include <ctype.h>
#include <string.h>

#define MAX_DEPTH 180

static const char *match (RnMatcher *m, const char *s, const char *p);

static inline void step (RnMatcher *m)
{
	if ((++m->steps & 255) == 0)
		rn_sandbox_spend (m->L, 256);
}

static gboolean in_class (int c, int letter)
{
	gboolean found;
	switch (tolower (letter)) {
	case 'a': found = g_ascii_isalpha (c); break;
	case 'c': found = g_ascii_iscntrl (c); break;
	case 'd': found = g_ascii_isdigit (c); break;
	case 'g': found = g_ascii_isgraph (c); break;
	case 'l': found = g_ascii_islower (c); break;
	case 'p': found = g_ascii_ispunct (c); break;
	case 's': found = g_ascii_isspace (c) || c == '\v'; break;
	case 'u': found = g_ascii_isupper (c); break;
	case 'w': found = g_ascii_isalnum (c); break;
	case 'x': found = g_ascii_isxdigit (c); break;
	default: return letter == c;
	}
	return g_ascii_isupper (letter) ? !found : found;
}

/* The end of the single-character item that begins at P. */
static const char *item_end (RnMatcher *m, const char *p)
{
	if (*p == '%') {
		if (p + 1 >= m->pattern_end)
			luaL_error (m->L, "the pattern ends with '%%'");
		return p + 2;
	}
	if (*p != '[')
		return p + 1;
	p++;
	if (p < m->pattern_end && *p == '^')
		p++;
	do {
		if (p >= m->pattern_end)
			luaL_error (m->L, "the pattern has a '[' without ']'");
		if (*p++ == '%')
			p++;
	} while (p >= m->pattern_end || *p != ']');
	return p + 1;
}

/* Is C in the set from '[' at P to ']' at LAST? */
static gboolean in_set (int c, const char *p, const char *last)
{
	gboolean wanted = TRUE;
	if (p[1] == '^') {
		wanted = FALSE;
		p++;
	}
	while (++p < last) {
		if (*p == '%') {
			p++;
			if (in_class (c, (guchar) *p))
				return wanted;
		} else if (p[1] == '-' && p + 2 < last) {
			if ((guchar) p[0] <= c && c <= (guchar) p[2])
				return wanted;
			p += 2;
		} else if ((guchar) *p == c) {
			return wanted;
		}
	}
	return !wanted;
}

static gboolean fits (int c, const char *p, const char *end)
{
	switch (*p) {
	case '.': return TRUE;
	case '%': return in_class (c, (guchar) p[1]);
	case '[': return in_set (c, p, end - 1);
	default: return (guchar) *p == c;
	}
}

static gboolean one (RnMatcher *m, const char *s, const char *p, const char *end)
{
	step (m);
	return s < m->subject_end && fits ((guchar) *s, p, end);
}

static const char *longest (RnMatcher *m, const char *s, const char *p, const char *end)
{
	ptrdiff_t n = 0;
	while (one (m, s + n, p, end))
		n++;
	for (; n >= 0; n--) {
		const char *found = match (m, s + n, end + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static const char *shortest (RnMatcher *m, const char *s, const char *p, const char *end)
{
	for (;; s++) {
		const char *found = match (m, s, end + 1);
		if (found != NULL)
			return found;
		if (!one (m, s, p, end))
			return NULL;
	}
}

static const char *balanced (RnMatcher *m, const char *s, const char *p)
{
	if (p + 3 >= m->pattern_end)
		luaL_error (m->L, "'%%b' needs two characters after it");
	if (s >= m->subject_end || *s != p[2])
		return NULL;
	int depth = 1;
	while (++s < m->subject_end) {
		step (m);
		if (*s == p[3]) {
			if (--depth == 0)
				return s + 1;
		} else if (*s == p[2]) {
			depth++;
		}
	}
	return NULL;
}

static gboolean at_frontier (RnMatcher *m, const char *s, const char *set, const char *end)
{
	int before = s == m->subject ? '\0' : (guchar) s[-1], here = s < m->subject_end ? (guchar) *s : '\0';
	return !in_set (before, set, end - 1) && in_set (here, set, end - 1);
}

static const char *repeated (RnMatcher *m, const char *s, int digit)
{
	int index = digit - '1';
	if (index < 0 || index >= m->level || m->captures[index].len == RN_CAPTURE_OPEN)
		luaL_error (m->L, "the pattern names the capture %%%d, which does not exist", index + 1);
	gsize len = (gsize) MAX (m->captures[index].len, 0);
	rn_sandbox_spend (m->L, len / 16);
	return (gsize) (m->subject_end - s) >= len && memcmp (m->captures[index].at, s, len) == 0 ? s + len : NULL;
}

static const char *open_capture (RnMatcher *m, const char *s, const char *p, ptrdiff_t kind)
{
	if (m->level >= RN_MAX_CAPTURES)
		luaL_error (m->L, "the pattern has too many captures");
	m->captures[m->level].at = s;
	m->captures[m->level].len = kind;
	m->level++;
	const char *found = match (m, s, p);
	if (found == NULL)
		m->level--;
	return found;
}

static const char *close_capture (RnMatcher *m, const char *s, const char *p)
{
	int level = m->level - 1;
	while (level >= 0 && m->captures[level].len != RN_CAPTURE_OPEN)
		level--;
	if (level < 0)
		luaL_error (m->L, "the pattern has a ')' without '('");
	m->captures[level].len = s - m->captures[level].at;
	const char *found = match (m, s, p);
	if (found == NULL)
		m->captures[level].len = RN_CAPTURE_OPEN;
	return found;
}

/* One character, with what may follow it: * + - ? */
static const char *item (RnMatcher *m, const char *s, const char *p, const char *end, const char **rest)
{
	char mark = end < m->pattern_end ? *end : '\0';
	*rest = NULL;
	switch (mark) {
	case '*': return longest (m, s, p, end);
	case '+': return one (m, s, p, end) ? longest (m, s + 1, p, end) : NULL;
	case '-': return shortest (m, s, p, end);
	case '?':
		if (one (m, s, p, end)) {
			const char *found = match (m, s + 1, end + 1);
			if (found != NULL)
				return found;
		}
		*rest = end + 1;
		return s;
	default:
		if (!one (m, s, p, end))
			return NULL;
		*rest = end;
		return s + 1;
	}
}

/* The end of the match of the pattern from P at S, or NULL. */
static const char *match (RnMatcher *m, const char *s, const char *p)
{
	if (++m->depth > MAX_DEPTH)
		luaL_error (m->L, "the pattern is too complex");
	while (s != NULL && p < m->pattern_end) {
		step (m);
		if (*p == '(') {
			gboolean position = p + 1 < m->pattern_end && p[1] == ')';
			s = position ? open_capture (m, s, p + 2, RN_CAPTURE_POSITION) : open_capture (m, s, p + 1, RN_CAPTURE_OPEN);
			break;
		}
		if (*p == ')') {
			s = close_capture (m, s, p + 1);
			break;
		}
		if (*p == '$' && p + 1 == m->pattern_end) {
			s = s == m->subject_end ? s : NULL;
			break;
		}
		if (*p == '%' && p + 1 < m->pattern_end && p[1] == 'b') {
			s = balanced (m, s, p);
			p += 4;
		} else if (*p == '%' && p + 1 < m->pattern_end && p[1] == 'f') {
			if (p + 2 >= m->pattern_end || p[2] != '[')
				luaL_error (m->L, "'%%f' needs a set after it");
			const char *end = item_end (m, p + 2);
			s = at_frontier (m, s, p + 2, end) ? s : NULL;
			p = end;
		} else if (*p == '%' && p + 1 < m->pattern_end && g_ascii_isdigit (p[1])) {
			s = repeated (m, s, (guchar) p[1]);
			p += 2;
		} else {
			s = item (m, s, p, item_end (m, p), &p);
			if (p == NULL)
				break;
		}
	}
	m->depth--;
	return s;
}

static inline void mark (RnMatcher *m, guint c)
{
	m->map[c / 32] |= 1U << c % 32;
}

/* The map of a set that names its characters, which costs less than to try it once; one with classes in it is tried first. */
static void map_named (RnMatcher *m)
{
	const gboolean but = m->first[1] == '^';
	const char *p = m->first + 1 + but, *last = m->first_end - 1;
	for (const char *q = p; q < last; q++)
		if (*q == '%' && g_ascii_isalpha (*++q))
			return;
	while (p < last) {
		const gboolean plain = *p == '%';
		p += plain;
		if (!plain && p[1] == '-' && p + 2 < last) {
			for (guint c = (guchar) p[0]; c <= (guchar) p[2]; c++)
				mark (m, c);
			p += 3;
		} else {
			mark (m, (guchar) *p++);
		}
	}
	for (guint i = 0; but && i < G_N_ELEMENTS (m->map); i++)
		m->map[i] = ~m->map[i];
	m->mapped = TRUE;
}

/* Only of use to what is not anchored. */
static void find_first (RnMatcher *m, const char *p)
{
	const char *stop = m->pattern_end;
	while (p < stop && *p == '(')
		p += p + 1 < stop && p[1] == ')' ? 2 : 1;
	if (p >= stop || *p == ')' || (*p == '$' && p + 1 == stop))
		return;
	if (*p == '%' && p + 1 < stop && (p[1] == 'b' || p[1] == 'f' || g_ascii_isdigit (p[1])))
		return;
	const char *end = item_end (m, p);
	if (end < stop && (*end == '*' || *end == '?' || *end == '-'))
		return;
	m->first = p;
	m->first_end = end;
	if (*p == '[')
		map_named (m);
}

void rn_pattern_begin (RnMatcher *m, lua_State *L, const char *subject, size_t len, const char *pattern, size_t pattern_len)
{
	*m = (RnMatcher) { .L = L, .subject = subject, .subject_end = subject + len, .pattern_end = pattern + pattern_len };
	find_first (m, pattern);
}

static void map_first (RnMatcher *m)
{
	for (int c = 0; c < 256; c++)
		if (fits (c, m->first, m->first_end))
			mark (m, (guint) c);
	m->mapped = TRUE;
}

const char *rn_pattern_candidate (RnMatcher *m, const char *s)
{
	enum { WORTH = 256 };   /* so many tries cost as much as the map */
	const char *from = s;
	if (m->first == NULL)
		return s;
	if (strchr (".%[", *m->first) == NULL) {
		/* One character, which stands for itself. */
		s = memchr (s, *m->first, (gsize) (m->subject_end - s));
		s = s != NULL ? s : m->subject_end;
	} else if (!m->mapped) {
		while (s < m->subject_end && s - from < WORTH && !fits ((guchar) *s, m->first, m->first_end))
			s++;
		if (s - from == WORTH)
			map_first (m);
	}
	if (m->mapped)
		while (s < m->subject_end && (m->map[(guchar) *s / 32] >> (guchar) *s % 32 & 1) == 0)
			s++;
	m->passed += (guint) (s - from);
	if (m->passed >= 1024) {
		rn_sandbox_spend (m->L, m->passed / 4);
		m->passed = 0;
	}
	return s;
}

const char *rn_pattern_try (RnMatcher *m, const char *s, const char *p)
{
	m->level = m->depth = 0;
	return match (m, s, p);
}
