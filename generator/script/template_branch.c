/*
 * template_branch.c - Lua's blocks across a layout's marks: if, for, while, repeat, function.
 *
 * In: the code of each {% %}. Out: nothing, or an error. Invariant: whichever way a block is gone through, the HTML is in the same state behind it, so that
 * what was compiled for one way is right for all.
 */
#include "script/template_branch-int.h"

#include <string.h>

typedef struct {
	const char *word;        /* "if", "for" ... static */
	guint       line;
	RnHtml      before, after;
	gboolean    has_after, has_else;
	gboolean    head;        /* a loop whose `do` is still to come */
} Branch;

static const char *const openers[] = { "if", "for", "while", "function", "repeat", "do", NULL };

static gboolean differ (RnBranches *branches, guint line, const Branch *branch, const RnHtml *here, GError **error)
{
	const char *words = rn_html_words (here), *other = rn_html_words (branch->has_after ? &branch->after : &branch->before);
	rn_template_fault (error, branches->file, line,
	                   "the '%s' of line %u ends %s here, but %s otherwise: a tag or a quote must be closed where it was opened", branch->word, branch->line,
	                   words, words == other ? "in another one" : other);
	return FALSE;
}

static void open_branch (RnBranches *branches, const char *word, guint line, const RnHtml *html)
{
	Branch branch = { .word = word, .line = line, .before = *html };
	branch.head = strcmp (word, "while") == 0 || strcmp (word, "for") == 0;
	g_array_append_val (branches->stack, branch);
}

static gboolean alternative (RnBranches *branches, guint line, gboolean last, RnHtml *html, GError **error)
{
	if (branches->stack->len == 0) {
		rn_template_fault (error, branches->file, line, "'%s' has no 'if' before it", last ? "else" : "elseif");
		return FALSE;
	}
	Branch *branch = &g_array_index (branches->stack, Branch, branches->stack->len - 1);
	if (branch->has_after && !rn_html_same (&branch->after, html))
		return differ (branches, line, branch, html, error);
	branch->after = *html;
	branch->has_after = TRUE;
	branch->has_else = branch->has_else || last;
	*html = branch->before;
	return TRUE;
}

static gboolean close_branch (RnBranches *branches, guint line, const char *word, const RnHtml *html, GError **error)
{
	if (branches->stack->len == 0) {
		rn_template_fault (error, branches->file, line, "'%s' closes nothing: there is no if, for, while or function open", word);
		return FALSE;
	}
	Branch branch = g_array_index (branches->stack, Branch, branches->stack->len - 1);
	const RnHtml *expected = branch.has_after ? &branch.after : &branch.before;
	gboolean fits = rn_html_same (expected, html) && (branch.has_else || rn_html_same (&branch.before, html));
	if (!fits)
		return differ (branches, line, &branch, html, error);
	g_array_set_size (branches->stack, branches->stack->len - 1);
	return TRUE;
}

static gboolean take_word (RnBranches *branches, const char *word, gsize len, guint line, RnHtml *html, GError **error)
{
#define IS(text) (len == sizeof (text) - 1 && memcmp (word, text, len) == 0)
	Branch *top = branches->stack->len > 0 ? &g_array_index (branches->stack, Branch, branches->stack->len - 1) : NULL;
	if (IS ("do") && top != NULL && top->head) {
		top->head = FALSE;
		return TRUE;
	}
	if (IS ("end"))
		return close_branch (branches, line, "end", html, error);
	if (IS ("until"))
		return close_branch (branches, line, "until", html, error);
	if (IS ("else"))
		return alternative (branches, line, TRUE, html, error);
	if (IS ("elseif"))
		return alternative (branches, line, FALSE, html, error);
#undef IS
	for (guint i = 0; openers[i] != NULL; i++) {
		if (strlen (openers[i]) != len || memcmp (openers[i], word, len) != 0)
			continue;
		open_branch (branches, openers[i], line, html);
		return TRUE;
	}
	return TRUE;
}

gboolean rn_branches_follow (RnBranches *branches, const RnPiece *piece, RnHtml *html, GError **error)
{
	const char *p = piece->at, *end = piece->at + piece->len;
	guint line = piece->line;
	while (p < end) {
		const char *after = rn_lua_skip_string (p, end);
		if (after == p && p[0] == '-' && p + 1 < end && p[1] == '-') {
			const char *comment = p + 2 < end ? rn_lua_skip_string (p + 2, end) : end;
			after = comment > p + 2 && p[2] == '[' ? comment : memchr (p, '\n', (gsize) (end - p));
			after = after != NULL ? after : end;
		}
		if (after > p) {
			for (; p < after; p++)
				line += *p == '\n';
			continue;
		}
		if (g_ascii_isalpha (*p) || *p == '_') {
			const char *word = p;
			while (p < end && (g_ascii_isalnum (*p) || *p == '_'))
				p++;
			gboolean field = word > piece->at && (word[-1] == '.' || word[-1] == ':') && !(word > piece->at + 1 && word[-2] == '.');
			if (!field && !take_word (branches, word, (gsize) (p - word), line, html, error))
				return FALSE;
			continue;
		}
		line += *p == '\n';
		p++;
	}
	return TRUE;
}

gboolean rn_lua_bounded (const char *code, gsize len)
{
	static const char *const loops[] = { "while", "repeat", "goto", "function", NULL };
	static const char *const iterators[] = { "each", "pairs", "ipairs", NULL };
	gboolean after_in = FALSE, in_for = FALSE;
	for (const char *p = code, *end = code + len; p < end;) {
		if (!g_ascii_isalpha (*p) && *p != '_') {
			/* A '=' in the head of a for: it counts. What follows 'in' must be one of the iterators. */
			if ((in_for && *p == '=') || (after_in && !g_ascii_isspace (*p)))
				return FALSE;
			p++;
			continue;
		}
		g_autofree char *word = NULL;
		const char *begin = p;
		while (p < end && (g_ascii_isalnum (*p) || *p == '_'))
			p++;
		word = g_strndup (begin, (gsize) (p - begin));
		const char *next = p;
		while (next < end && g_ascii_isspace (*next))
			next++;
		gboolean iterator = g_strv_contains (iterators, word), called = next < end && *next == '(';
		/* Words in texts and remarks count too: a layout is then watched without need, which is only slower. */
		if (g_strv_contains (loops, word) || (iterator && !called) || (after_in && !iterator))
			return FALSE;
		after_in = in_for && strcmp (word, "in") == 0;
		in_for = strcmp (word, "for") == 0 || (in_for && !after_in);
	}
	return TRUE;
}

void rn_branches_init (RnBranches *branches, const char *file)
{
	*branches = (RnBranches) { .file = file, .stack = g_array_new (FALSE, TRUE, sizeof (Branch)) };
}

gboolean rn_branches_end (RnBranches *branches, GError **error)
{
	gboolean closed = branches->stack->len == 0;
	if (!closed) {
		const Branch *branch = &g_array_index (branches->stack, Branch, branches->stack->len - 1);
		rn_template_fault (error, branches->file, branch->line, "the '%s' begun here has no {%% end %%}", branch->word);
	}
	g_clear_pointer (&branches->stack, g_array_unref);
	return closed;
}
