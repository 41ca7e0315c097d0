/*
 * template_context.c - where in the HTML each byte of a layout stands.
 *
 * In: the literal bytes, one run after another. Out: the state after them, by which an expression is escaped. Invariant: follows what a browser's tokenizer
 * does with well-formed HTML; what it would guess about (an unquoted value, a quote in a tag) is refused by the emitter, not guessed.
 */
#include "script/template-int.h"

#include <string.h>

static gboolean is_one_of (const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp (name, *names) == 0)
			return TRUE;
	return FALSE;
}

static RnValueKind value_kind (const char *attribute)
{
	static const char *const addresses[] = { "href", "src", "action", "poster", "cite", "formaction", "data", "manifest", "xlink:href", NULL };
	if (is_one_of (attribute, addresses))
		return RN_VALUE_ADDRESS;
	if (strcmp (attribute, "srcset") == 0 || strcmp (attribute, "imagesrcset") == 0)
		return RN_VALUE_SRCSET;
	if (strncmp (attribute, "on", 2) == 0 || strcmp (attribute, "style") == 0 || strcmp (attribute, "srcdoc") == 0)
		return RN_VALUE_CODE;
	return RN_VALUE_PLAIN;
}

static void append_name (char name[16], char c)
{
	gsize len = strlen (name);
	if (len < 15) {
		name[len] = g_ascii_tolower (c);
		name[len + 1] = '\0';
	}
}

static gboolean ends_with (const char *p, const char *end, const char *word)
{
	gsize len = strlen (word);
	return (gsize) (end - p) >= len && g_ascii_strncasecmp (p, word, len) == 0;
}

static void end_of_tag (RnHtml *html)
{
	html->state = RN_HTML_TEXT;
	if (!html->closing && (strcmp (html->name, "script") == 0 || strcmp (html->name, "style") == 0)) {
		html->state = html->name[1] == 'c' ? RN_HTML_SCRIPT : RN_HTML_STYLE;
		g_strlcpy (html->owner, html->name, sizeof html->owner);
		html->script = 0;
	}
	html->name[0] = html->attribute[0] = '\0';
	html->closing = 0;
}

static gsize follow_text (RnHtml *html, const char *p, const char *end)
{
	if (*p != '<') {
		const char *next = memchr (p, '<', (gsize) (end - p));
		return (gsize) ((next != NULL ? next : end) - p);
	}
	if (ends_with (p, end, "<!--")) {
		html->state = RN_HTML_COMMENT;
		return 4;
	}
	if (p + 1 < end && (p[1] == '!' || p[1] == '?')) {
		html->state = RN_HTML_DECLARATION;
		return 2;
	}
	html->closing = p + 1 < end && p[1] == '/';
	const char *name = p + 1 + html->closing;
	if (name < end && !g_ascii_isalpha (*name)) /* "a < b" */
		return 1;
	html->state = RN_HTML_TAG_NAME;
	html->name[0] = '\0';
	return (gsize) (name - p);
}

static gsize follow_tag (RnHtml *html, char c)
{
	if (c == '>') {
		end_of_tag (html);
	} else if (html->state == RN_HTML_TAG_NAME) {
		if (g_ascii_isspace (c) || c == '/')
			html->state = RN_HTML_TAG;
		else
			append_name (html->name, c);
	} else if (g_ascii_isspace (c) || c == '/') {
		if (html->state == RN_HTML_ATTRIBUTE)
			html->state = RN_HTML_AFTER_ATTRIBUTE;
	} else if (c == '=' && html->state != RN_HTML_TAG) {
		html->state = RN_HTML_BEFORE_VALUE;
	} else {
		if (html->state != RN_HTML_ATTRIBUTE)
			html->attribute[0] = '\0';
		html->state = RN_HTML_ATTRIBUTE;
		append_name (html->attribute, c);
	}
	return 1;
}

static gsize follow_before_value (RnHtml *html, char c)
{
	if (g_ascii_isspace (c))
		return 1;
	if (c == '>') {
		end_of_tag (html);
		return 1;
	}
	html->value = value_kind (html->attribute);
	html->state = c == '"' || c == '\'' ? RN_HTML_VALUE : RN_HTML_UNQUOTED;
	html->quote = html->state == RN_HTML_VALUE ? c : 0;
	html->in_address = html->value == RN_VALUE_ADDRESS || html->value == RN_VALUE_SRCSET;
	return 1;
}

static gsize follow_value (RnHtml *html, const char *p, const char *end)
{
	if (*p == html->quote) {
		html->state = RN_HTML_TAG;
		html->quote = 0;
		html->value = html->in_address = 0;
		html->attribute[0] = '\0';
		return 1;
	}
	if (html->value == RN_VALUE_SRCSET) {
		if (*p == ',')
			html->in_address = 1;
		else if (!g_ascii_isspace (*p))
			html->in_address = 0;
		return 1;
	}
	if (html->in_address == 1)
		html->in_address = 0;
	const char *next = memchr (p, html->quote, (gsize) (end - p));
	return (gsize) ((next != NULL ? next : end) - p);
}

/* Script text: which quote or comment is open decides whether an expression may stand here. */
static gsize follow_script (RnHtml *html, const char *p, const char *end)
{
	if (*p == '<' && p + 1 < end && p[1] == '/' && ends_with (p + 2, end, html->owner)) {
		html->state = RN_HTML_TEXT;
		html->script = 0;
		html->owner[0] = '\0';
		return follow_text (html, p, end);
	}
	char next = p + 1 < end ? p[1] : '\0';
	switch (html->script) {
	case 0:
		if (*p == '"' || *p == '\'' || *p == '`')
			html->script = *p;
		else if (*p == '/' && (next == '/' || next == '*')) {
			html->script = next;
			return 2;
		}
		return 1;
	case '/':
		if (*p == '\n')
			html->script = 0;
		return 1;
	case '*':
		if (*p == '*' && next == '/') {
			html->script = 0;
			return 2;
		}
		return 1;
	default:
		if (*p == '\\' && next != '\0')
			return 2;
		if (*p == html->script || (*p == '\n' && html->script != '`'))
			html->script = 0;
		return 1;
	}
}

gsize rn_html_follow (RnHtml *html, const char *p, const char *end)
{
	switch (html->state) {
	case RN_HTML_TEXT: return follow_text (html, p, end);
	case RN_HTML_BEFORE_VALUE: return follow_before_value (html, *p);
	case RN_HTML_VALUE: return follow_value (html, p, end);
	case RN_HTML_SCRIPT: case RN_HTML_STYLE: return follow_script (html, p, end);
	case RN_HTML_COMMENT:
		if (ends_with (p, end, "-->")) {
			html->state = RN_HTML_TEXT;
			return 3;
		}
		return 1;
	case RN_HTML_DECLARATION:
		if (*p == '>')
			html->state = RN_HTML_TEXT;
		return 1;
	case RN_HTML_UNQUOTED:
		if (*p == '>')
			end_of_tag (html);
		else if (g_ascii_isspace (*p))
			html->state = RN_HTML_TAG;
		return 1;
	default: return follow_tag (html, *p);
	}
}

/* Between the name of a tag and its end it does not matter which attribute came last, and whether it had a value. */
static guint place_of (const RnHtml *html)
{
	switch (html->state) {
	case RN_HTML_AFTER_ATTRIBUTE: case RN_HTML_ATTRIBUTE: return RN_HTML_TAG;
	case RN_HTML_TAG_NAME: return html->name[0] != '\0' ? RN_HTML_TAG : RN_HTML_TAG_NAME;
	default: return html->state;
	}
}

gboolean rn_html_same (const RnHtml *a, const RnHtml *b)
{
	guint x = place_of (a), y = place_of (b);
	return x == y && a->value == b->value && a->quote == b->quote && a->script == b->script && (a->in_address == 2) == (b->in_address == 2) &&
	       (x == RN_HTML_TEXT || strcmp (a->name, b->name) == 0) && strcmp (a->owner, b->owner) == 0;
}

const char *rn_html_words (const RnHtml *html)
{
	switch (html->state) {
	case RN_HTML_TEXT: return "in text";
	case RN_HTML_TAG_NAME: case RN_HTML_TAG: case RN_HTML_ATTRIBUTE: case RN_HTML_AFTER_ATTRIBUTE: case RN_HTML_BEFORE_VALUE: return "inside a tag";
	case RN_HTML_VALUE: case RN_HTML_UNQUOTED: return "inside an attribute";
	case RN_HTML_COMMENT: return "inside a comment";
	case RN_HTML_DECLARATION: return "inside <! … >";
	case RN_HTML_SCRIPT: return "inside <script>";
	default: return "inside <style>";
	}
}
