/* scan.c - see scan-int.h. Only lines that begin with a container's mark are looked at closely. */
#include "markdown/scan-int.h"

#include <string.h>

#define MANY 500        /* fewer of the slow marks cannot take long */
#define SHORT 20000     /* nor can any in so few bytes */
#define LONGEST 5e8     /* nanoseconds, about */

const char *rn_scan_line (const RnScan *scan, guint32 index, gsize *len)
{
	if (index >= scan->n_lines) {
		*len = 0;
		return scan->text + scan->len;
	}
	const char *line = scan->text + scan->lines[index], *end = scan->text + scan->lines[index + 1];
	while (end > line && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	*len = (gsize) (end - line);
	return line;
}

void rn_scan_clear (RnScan *scan)
{
	g_free (scan->lines);
	memset (scan, 0, sizeof *scan);
}

static void add_line (RnScan *scan, gsize offset)
{
	if (scan->n_lines + 2 > scan->room) {
		scan->room = MAX (scan->room * 2, 1024);
		scan->lines = g_renew (guint32, scan->lines, scan->room);
	}
	scan->lines[scan->n_lines++] = (guint32) offset;
}

/* Where the end of the line begins that is one mark and blanks, however many: a rule or a setext underline. END: there is none. */
static const char *find_rule (const char *line, const char *end)
{
	const char *p = end, *rule = end;
	char mark = 0;
	while (p > line && (p[-1] == ' ' || p[-1] == '\t' || ((p[-1] == '-' || p[-1] == '*') && (!mark || p[-1] == mark)))) {
		p--;
		if (*p == '-' || *p == '*')
			mark = *p, rule = p;
	}
	return rule;
}

/* The marker of a list item at P: its length, or 0. */
static gsize list_marker (const char *p, const char *end)
{
	const char *q = p;
	if (*p == '-' || *p == '+' || *p == '*')
		q = p + 1;
	else {
		while (q < end && q - p < 9 && g_ascii_isdigit (*q))
			q++;
		if (q == p || q == end || (*q != '.' && *q != ')'))
			return 0;
		q++;
	}
	return q == end || *q == ' ' || *q == '\t' ? (gsize) (q - p) : 0;
}

/*
 * How deep the line's text may lie in containers, given how many were open before it: no deeper than the quote
 * marks and the indentation that hold them open, and what it opens itself.
 */
static guint line_depth (const char *p, const char *end, guint open)
{
	guint blanks = 0, marks = 0, quotes = 0;
	gboolean opened = FALSE;
	const char *rule = find_rule (p, end);
	while (p < end) {
		gsize n;
		if (*p == ' ')
			blanks++, p++;
		else if (*p == '\t')
			blanks += 4, p++;
		else if (*p == '>')
			quotes++, p++;
		else if (p[0] == '[' && end - p > 1 && p[1] == '^') {
			/* [^a]: [^b]: ... nest too */
			const char *close = memchr (p, ']', (gsize) (end - p));
			if (!close || close + 1 == end || close[1] != ':')
				break;
			marks++, opened = TRUE, p = close + 2;
		} else if (p < rule && (n = list_marker (p, end)))
			marks++, opened = TRUE, p += n;
		else
			break;
	}
	if (!opened && !quotes)
		return p == end ? open : MIN (open, quotes + blanks / 2);
	return MIN (open, quotes + blanks / 2) + marks + (quotes > open ? quotes - open : 0);
}

static gboolean opens_container (char c)
{
	return c == '>' || c == '-' || c == '+' || c == '*' || c == '[' || g_ascii_isdigit (c);
}

typedef struct { double lines, bytes, cost; } Paragraph;

static RnScanResult check_line (RnScan *scan, const char *line, const char *end, guint *open, Paragraph *paragraph)
{
	const char *p = line;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == end) {
		paragraph->lines = paragraph->bytes = 0;
		return RN_SCAN_FINE;
	}
	paragraph->lines++, paragraph->bytes += (double) (end - line);
	if (*open || opens_container (*p)) {
		*open = line_depth (line, end, *open);
		if (*open > RN_MAX_DEPTH)
			return RN_SCAN_DEEP;
	}
	/* A table's width is that of its line of dashes; before such a line cmark reads the paragraph again, from the end of each of its lines. */
	if (scan->table && strchr ("|-:>", *p)) {
		guint pipes = 0;
		for (; p < end && strchr ("|-: \t\v\f\r>", *p); p++)
			pipes += *p == '|';
		if (p == end)
			paragraph->cost += 2 * paragraph->lines * paragraph->bytes;
		if ((p == end && pipes > RN_MAX_CELLS) || paragraph->cost > LONGEST)
			return RN_SCAN_DENSE;
	}
	return RN_SCAN_FINE;
}

#define EACH(c) (const char *p = text; (p = memchr (p, (c), (gsize) (end - p))); p++)

static void find_brackets (RnScan *scan, const char *text, const char *end)
{
	for EACH ('[') {
		char before = p > text ? p[-1] : 0, after = p + 1 < end ? p[1] : 0;
		scan->abbreviations |= before == '*';
		scan->footnotes |= after == '^';
		scan->tasks |= (after == ' ' || after == 'x' || after == 'X') && p + 2 < end && p[2] == ']';
		scan->marks += before == '!';
	}
}

static void find_links (RnScan *scan, const char *text, const char *end)
{
	for EACH (':') {
		gboolean address = end - p > 2 && p[1] == '/' && p[2] == '/';
		scan->autolink |= address;
		scan->definitions |= p > text && p[-1] == ']';
		scan->marks += address;
		/* A table of one column needs no pipe: a line of dashes with a colon makes one as well. */
		scan->table |= (p + 1 < end && p[1] == '-') || (p > text && p[-1] == '-');
	}
	for EACH ('w')
		if (end - p > 3 && p[1] == 'w' && p[3] == '.')
			scan->autolink = TRUE, scan->marks++;
	for EACH ('@')
		scan->autolink = TRUE, scan->marks++;
}

static void find_marks (RnScan *scan)
{
	const char *text = scan->text, *end = text + scan->len;
	scan->autolink = scan->tasks = scan->footnotes = scan->definitions = scan->abbreviations = scan->ids = FALSE;
	scan->marks = 0;
	scan->tilde = memchr (text, '~', scan->len) != NULL;
	scan->table = memchr (text, '|', scan->len) != NULL;
	scan->returns = memchr (text, '\r', scan->len) != NULL;
	find_brackets (scan, text, end);
	find_links (scan, text, end);
	for EACH ('{')
		scan->ids |= p + 1 < end && p[1] == '#';
	for EACH ('<')
		scan->marks += p + 1 < end && (p[1] == '!' || p[1] == '?');
	if (scan->autolink)
		for EACH (')')
			scan->marks++;
}

/*
 * The time that cmark would take over a paragraph grows with products of these counts (known faults of its release,
 * mended in later ones): what they add up to, in about nanoseconds.
 */
typedef struct { double bytes, images, unclosed, links, brackets, word, cost; } Cost;

static void end_word (Cost *cost)
{
	cost->cost += 3 * cost->links * cost->word + cost->brackets * cost->brackets / 2;
	cost->links = cost->brackets = cost->word = 0;
}

static void end_paragraph (Cost *cost)
{
	cost->cost += 6 * cost->images * cost->images + cost->unclosed * cost->bytes;
	cost->images = cost->unclosed = cost->bytes = 0;
}

static void count_line (Cost *cost, const char *p, const char *end)
{
	gboolean blank = TRUE;
	cost->bytes += (double) (end - p);
	for (; p < end; p++) {
		char next = p + 1 < end ? p[1] : 0;
		if (g_ascii_isspace (*p)) {
			end_word (cost);
			continue;
		}
		blank = FALSE;
		cost->word++;
		if (*p == ')')
			cost->brackets++;
		else if (g_ascii_isalnum (*p))
			cost->cost += cost->brackets * cost->brackets / 2, cost->brackets = 0;
		cost->images += *p == '!' && next == '[';
		cost->unclosed += *p == '<' && (next == '?' || next == '!');
		cost->links += *p == '@' || (*p == ':' && next == '/') || (*p == 'w' && next == '.');
	}
	end_word (cost);
	if (blank)
		end_paragraph (cost);
}

static RnScanResult check_cost (const RnScan *scan, guint32 *line)
{
	Cost cost = { 0 };
	for (guint32 i = 0; i < scan->n_lines; i++) {
		count_line (&cost, scan->text + scan->lines[i], scan->text + scan->lines[i + 1]);
		if (cost.cost > LONGEST) {
			*line = i;
			return RN_SCAN_DENSE;
		}
	}
	end_paragraph (&cost);
	*line = 0;
	return cost.cost > LONGEST ? RN_SCAN_DENSE : RN_SCAN_FINE;
}

RnScanResult rn_scan (RnScan *scan, const char *text, gsize len, guint32 *line)
{
	guint open = 0;
	Paragraph paragraph = { 0 };
	RnScanResult result = RN_SCAN_FINE;
	scan->text = text;
	scan->len = len;
	scan->n_lines = 0;
	find_marks (scan);
	for (const char *p = text, *end = text + len; p < end;) {
		/* cmark takes a lone carriage return for a line end too. */
		const char *newline = memchr (p, '\n', (gsize) (end - p)), *stop = newline ? newline : end;
		const char *cr = scan->returns ? memchr (p, '\r', (gsize) (stop - p)) : NULL;
		if (cr && cr + 1 != newline)
			stop = newline = cr;
		add_line (scan, (gsize) (p - text));
		if (result == RN_SCAN_FINE && (result = check_line (scan, p, cr && cr < stop ? cr : stop, &open, &paragraph)) != RN_SCAN_FINE)
			*line = scan->n_lines - 1;
		p = newline ? newline + 1 : end;
	}
	add_line (scan, len);
	scan->n_lines--;
	return result == RN_SCAN_FINE && scan->marks >= MANY && len > SHORT ? check_cost (scan, line) : result;
}
