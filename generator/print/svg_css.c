/*
 * svg_css.c - <style> and style="" -> declarations that hold for an element, the weakest first.
 *
 * Selectors are chains of names, .classes and #ids, below each other or children of each other. A rule with anything else in its selector, and what
 * stands under an @-rule, has no effect: it is meant for screens.
 */
#include "print/svg-int.h"

#include <string.h>

#define MOST_RULES 500
#define MOST_PARTS 6

/* parts: compounds like "rect.a#b", the element's own last; child: the part before it is its parent. */
typedef struct {
	const char *parts[MOST_PARTS];
	gboolean    child[MOST_PARTS];
	guint       n, weight, order;
	const char *declarations;
} Rule;

struct RnSvgRules {
	GArray *rules;
	GStringChunk *text;
	gboolean sorted, important;   /* important: one of them says "!important" */
};

RnSvgRules *rn_svg_rules_new (void)
{
	RnSvgRules *rules = g_new0 (RnSvgRules, 1);
	rules->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
	rules->text = g_string_chunk_new (1024);
	return rules;
}

void rn_svg_rules_free (RnSvgRules *rules)
{
	g_array_unref (rules->rules);
	g_string_chunk_free (rules->text);
	g_free (rules);
}

static gboolean name_letter (char c)
{
	return g_ascii_isalnum (c) || c == '-' || c == '_' || (guchar) c >= 0x80;
}

/*
 * An id counts a hundred times a class, a class a hundred times a name; "*" weighs 1 as if it were a name, which harms nobody. 0: not a
 * compound that we know.
 */
static guint weigh (const char *compound)
{
	guint weight = 0;
	const char *p = compound;
	if (*p == '*')
		p++, weight = 1;
	else if (name_letter (*p))
		weight = 1;
	while (name_letter (*p))
		p++;
	while (*p == '.' || *p == '#') {
		weight += *p == '#' ? 10000 : 100;
		if (!name_letter (*++p))
			return 0;
		while (name_letter (*p))
			p++;
	}
	return *p ? 0 : weight;
}

static void add_rule (RnSvgRules *rules, char *selector, const char *declarations)
{
	Rule rule = { .declarations = declarations, .order = rules->rules->len };
	gboolean child = FALSE;
	for (char *p = selector; *(p += strspn (p, " \t\r\n\f"));) {
		if (*p == '>') {
			child = TRUE;
			p++;
			continue;
		}
		char *end = p + strcspn (p, " \t\r\n\f>");
		g_autofree char *part = g_strndup (p, (gsize) (end - p));
		guint weight = weigh (part);
		if (!weight || rule.n == MOST_PARTS)
			return;
		rule.parts[rule.n] = g_string_chunk_insert_const (rules->text, part);
		rule.child[rule.n++] = child;
		rule.weight += weight;
		child = FALSE;
		p = end;
	}
	if (rule.n && rules->rules->len < MOST_RULES)
		g_array_append_val (rules->rules, rule);
}

/* Past the block or statement that begins at P, with all blocks in it. */
static const char *skip_statement (const char *p)
{
	guint depth = 0;
	for (; *p; p++) {
		if (*p == '{')
			depth++;
		else if ((*p == ';' && !depth) || (*p == '}' && (!depth || !--depth)))
			return p + 1;
	}
	return p;
}

static char *without_comments (const char *css)
{
	GString *out = g_string_new (NULL);
	for (const char *p = css; *p;) {
		const char *end = p[0] == '/' && p[1] == '*' ? strstr (p + 2, "*/") : NULL;
		if (p[0] == '/' && p[1] == '*' && !end)
			break;
		if (end)
			p = end + 2;
		else
			g_string_append_c (out, *p++);
	}
	return g_string_free (out, FALSE);
}

void rn_svg_rules_read (RnSvgRules *rules, const char *css)
{
	g_autofree char *plain = without_comments (css);
	const char *p = plain;
	while (*(p += strspn (p, " \t\r\n\f"))) {
		if (*p == '@') {
			p = skip_statement (p);
			continue;
		}
		const char *open = strchr (p, '{'), *close = open ? strchr (open, '}') : NULL;
		if (!close)
			break;
		g_autofree char *body = g_strndup (open + 1, (gsize) (close - open - 1)), *heads = g_strndup (p, (gsize) (open - p));
		const char *declarations = g_string_chunk_insert (rules->text, body);
		g_auto (GStrv) selectors = g_strsplit (heads, ",", 0);
		for (guint i = 0; selectors[i]; i++)
			add_rule (rules, selectors[i], declarations);
		p = close + 1;
	}
	rules->sorted = FALSE;
	rules->important |= strchr (plain, '!') != NULL;
}

/* Is WORD one of the blank-separated words of LIST? */
static gboolean has_word (const char *list, const char *word, gsize len)
{
	for (const char *p = list; p && *p;) {
		p += strspn (p, " \t\r\n");
		gsize n = strcspn (p, " \t\r\n");
		if (n == len && !memcmp (p, word, len))
			return TRUE;
		p += n;
	}
	return FALSE;
}

static gboolean part_matches (const char *part, const xmlNode *node)
{
	const char *name = rn_svg_name (node), *p = part;
	if (!name)
		return FALSE;
	gsize len = strcspn (p, ".#");
	if (len && *p != '*' && (strlen (name) != len || memcmp (name, p, len)))
		return FALSE;
	for (p += len; *p; p += len) {
		gboolean id = *p++ == '#';
		len = strcspn (p, ".#");
		const char *value = rn_svg_get (node, id ? "id" : "class");
		if (!value || !(id ? strlen (value) == len && !memcmp (value, p, len) : has_word (value, p, len)))
			return FALSE;
	}
	return TRUE;
}

static gboolean rule_matches (const Rule *rule, const xmlNode *node)
{
	if (!part_matches (rule->parts[rule->n - 1], node))
		return FALSE;
	for (guint i = rule->n - 1; i-- > 0;) {
		gboolean child = rule->child[i + 1];
		do
			node = node->parent;
		while (node && node->type == XML_ELEMENT_NODE && !part_matches (rule->parts[i], node) && !child);
		if (!node || node->type != XML_ELEMENT_NODE || (child && !part_matches (rule->parts[i], node)))
			return FALSE;
	}
	return TRUE;
}

static gint by_weight (gconstpointer a, gconstpointer b)
{
	const Rule *one = a, *other = b;
	if (one->weight != other->weight)
		return one->weight < other->weight ? -1 : 1;
	return one->order < other->order ? -1 : one->order > other->order;
}

void rn_svg_rules_match (RnSvgRules *rules, const xmlNode *node, gboolean important, RnSvgDeclare declare, gpointer user)
{
	if (!rules->sorted)
		g_array_sort (rules->rules, by_weight);
	rules->sorted = TRUE;
	if (important && !rules->important)
		return;
	for (guint i = 0; i < rules->rules->len; i++) {
		const Rule *rule = &g_array_index (rules->rules, Rule, i);
		if (rule_matches (rule, node))
			rn_svg_declarations (rule->declarations, important, declare, user);
	}
}

void rn_svg_declarations (const char *text, gboolean important, RnSvgDeclare declare, gpointer user)
{
	g_autofree char *copy = g_strdup (text);
	for (char *p = copy, *next; p; p = next) {
		next = strchr (p, ';');
		if (next)
			*next++ = 0;
		char *colon = strchr (p, ':');
		if (!colon)
			continue;
		*colon = 0;
		char *mark = strrchr (colon + 1, '!');
		if (mark)
			*mark = 0;
		if (important == (mark != NULL))
			declare (user, g_strstrip (p), g_strstrip (colon + 1));
	}
}
