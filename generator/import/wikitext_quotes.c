/*
 * wikitext_quotes.c - runs of apostrophes, and <b> and <i>, in; well-nested Markdown emphasis out.
 *
 * Which run opens what is decided as MediaWiki's parser does it, a line at a time. Where Markdown's marks would not be taken for marks (a letter on
 * the wrong side of them, blanks inside, marks beside marks) the elements stand.
 */
#include "import/wikitext-int.h"

#include <string.h>

typedef enum { TEXT, RUN, OPEN, CLOSE } TokenType;

/* of: an OPEN's CLOSE and back. n: of a RUN. */
typedef struct { TokenType type; RnQuoteKind kind; guint n, of; char *text; gboolean html, gone; } Token;

struct RnWikiQuotes {
	GArray *tokens;
	guint line;            /* the line's first token */
};

static void clear (gpointer token)
{
	g_free (((Token *) token)->text);
}

RnWikiQuotes *rn_wiki_quotes_new (void)
{
	RnWikiQuotes *quotes = g_new0 (RnWikiQuotes, 1);
	quotes->tokens = g_array_new (FALSE, TRUE, sizeof (Token));
	g_array_set_clear_func (quotes->tokens, clear);
	return quotes;
}

static Token *at (const RnWikiQuotes *quotes, guint i)
{
	return &g_array_index (quotes->tokens, Token, i);
}

static void add (RnWikiQuotes *quotes, Token token)
{
	g_array_append_val (quotes->tokens, token);
}

void rn_wiki_quotes_text (RnWikiQuotes *quotes, const char *markdown, gsize len)
{
	if (len)
		add (quotes, (Token) { .type = TEXT, .text = g_strndup (markdown, len) });
}

void rn_wiki_quotes_run (RnWikiQuotes *quotes, guint apostrophes)
{
	guint more = apostrophes == 4 ? 1 : apostrophes > 5 ? apostrophes - 5 : 0;
	if (more) {
		g_autofree char *text = g_strnfill (more, '\'');
		rn_wiki_quotes_text (quotes, text, more);
	}
	add (quotes, (Token) { .type = RUN, .n = apostrophes - more });
}

void rn_wiki_quotes_tag (RnWikiQuotes *quotes, RnQuoteKind kind, gboolean closes)
{
	add (quotes, (Token) { .type = closes ? CLOSE : OPEN, .kind = kind });
}

/* --- which run is what ------------------------------------------------------------------------------------------------------ */

/* Before a run: does a word of one letter stand there (1), a longer one (2), a blank (3)? */
static guint before_run (const RnWikiQuotes *quotes, guint i)
{
	const char *text = i > quotes->line && at (quotes, i - 1)->type == TEXT ? at (quotes, i - 1)->text : "";
	const char *end = text + strlen (text);
	if (end == text)
		return 2;
	const char *last = g_utf8_prev_char (end);
	if (*last == ' ')
		return 3;
	return last > text && last[-1] == ' ' ? 1 : 2;
}

/* An odd count of both: one bold run is an apostrophe and an italic run. */
static void balance (RnWikiQuotes *quotes)
{
	guint bold = 0, italic = 0, best = 0, rank = 9;
	for (guint i = quotes->line; i < quotes->tokens->len; i++) {
		const Token *token = at (quotes, i);
		bold += token->type == RUN && token->n != 2;
		italic += token->type == RUN && token->n != 3;
		if (token->type == RUN && token->n == 3 && before_run (quotes, i) < rank) {
			rank = before_run (quotes, i);
			best = i;
		}
	}
	if (bold % 2 && italic % 2 && rank < 9) {
		at (quotes, best)->n = 2;
		Token apostrophe = { .type = TEXT, .text = g_strdup ("'") };
		g_array_insert_val (quotes->tokens, best, apostrophe);
	}
}

/* After a run of five with nothing open: which ends first? */
static RnQuoteKind outer (const RnWikiQuotes *quotes, guint i)
{
	while (++i < quotes->tokens->len)
		if (at (quotes, i)->type == RUN)
			return at (quotes, i)->n == 3 ? RN_QUOTE_ITALIC : RN_QUOTE_BOLD;
	return RN_QUOTE_BOLD;
}

static void turn (GArray *out, RnQuoteKind kind, gboolean open[2])
{
	Token token = { .type = open[kind] ? CLOSE : OPEN, .kind = kind };
	open[kind] = !open[kind];
	g_array_append_val (out, token);
}

void rn_wiki_quotes_line (RnWikiQuotes *quotes)
{
	g_autoptr (GArray) out = g_array_new (FALSE, TRUE, sizeof (Token));
	gboolean open[2] = { FALSE, FALSE };
	RnQuoteKind inner = RN_QUOTE_ITALIC;
	balance (quotes);
	for (guint i = quotes->line; i < quotes->tokens->len; i++) {
		Token *token = at (quotes, i);
		if (token->type != RUN) {
			g_array_append_val (out, *token);
			token->text = NULL;
			continue;
		}
		if (token->n != 5) {
			RnQuoteKind kind = token->n == 3 ? RN_QUOTE_BOLD : RN_QUOTE_ITALIC;
			inner = open[kind] ? inner : kind;
			turn (out, kind, open);
		} else {
			RnQuoteKind first = open[0] && open[1] ? inner : open[0] ? RN_QUOTE_BOLD : open[1] ? RN_QUOTE_ITALIC : outer (quotes, i);
			turn (out, first, open);
			turn (out, !first, open);
			inner = !first;
		}
	}
	if (open[inner])
		turn (out, inner, open);
	if (open[!inner])
		turn (out, !inner, open);
	g_array_set_size (quotes->tokens, quotes->line);
	g_array_append_vals (quotes->tokens, out->data, out->len);
	quotes->line = quotes->tokens->len;
}

/* --- nesting ---------------------------------------------------------------------------------------------------------------- */

static void tie (GArray *tokens, guint open, guint close)
{
	g_array_index (tokens, Token, open).of = close;
	g_array_index (tokens, Token, close).of = open;
}

/* Is one of the N tokens of STACK of that KIND? */
static gboolean is_open (const GArray *tokens, const guint *stack, guint n, RnQuoteKind kind)
{
	for (guint i = 0; i < n; i++)
		if (g_array_index (tokens, Token, stack[i]).kind == kind)
			return TRUE;
	return FALSE;
}

/* Pairs of OPEN and CLOSE that lie in each other: what overlaps is closed and opened again, what is alone goes. */
static void nest (RnWikiQuotes *quotes)
{
	GArray *in = quotes->tokens, *out = g_array_new (FALSE, TRUE, sizeof (Token));
	g_array_set_clear_func (out, clear);
	guint stack[2] = { 0, 0 }, n = 0;   /* the tokens that are open */
	for (guint i = 0; i < in->len; i++) {
		Token token = g_array_index (in, Token, i);
		g_array_index (in, Token, i).text = NULL;
		if (token.type == TEXT || (token.type == OPEN && !is_open (out, stack, n, token.kind))) {
			if (token.type == OPEN)
				stack[n++] = out->len;
			g_array_append_val (out, token);
		} else if (token.type == CLOSE && is_open (out, stack, n, token.kind)) {
			RnQuoteKind top = g_array_index (out, Token, stack[n - 1]).kind;
			gboolean again = n > 1 && top != token.kind;
			for (gboolean k = FALSE; k <= again; k++) {
				Token close = { .type = CLOSE, .kind = k == again ? token.kind : top };
				g_array_append_val (out, close);
				tie (out, stack[--n], out->len - 1);
			}
			if (again) {
				Token reopen = { .type = OPEN, .kind = top };
				stack[n++] = out->len;
				g_array_append_val (out, reopen);
			}
		}
	}
	while (n) {
		Token close = { .type = CLOSE, .kind = g_array_index (out, Token, stack[n - 1]).kind };
		g_array_append_val (out, close);
		tie (out, stack[--n], out->len - 1);
	}
	g_array_unref (in);
	quotes->tokens = out;
}

/* --- marks ------------------------------------------------------------------------------------------------------------------ */

static gboolean has_words (const RnWikiQuotes *quotes, guint from, guint to)
{
	for (guint i = from + 1; i < to; i++)
		if (at (quotes, i)->type == TEXT && strspn (at (quotes, i)->text, " \t\n") < strlen (at (quotes, i)->text))
			return TRUE;
	return FALSE;
}

static gboolean is_beside (const RnWikiQuotes *quotes, guint i)
{
	return (i && at (quotes, i - 1)->type != TEXT && !at (quotes, i - 1)->gone) ||
	       (i + 1 < quotes->tokens->len && at (quotes, i + 1)->type != TEXT && !at (quotes, i + 1)->gone);
}

/* The character beside token I towards STEP; 0 at the end. */
static gunichar beside (const RnWikiQuotes *quotes, guint i, int step)
{
	for (gint64 k = (gint64) i + step; k >= 0 && k < quotes->tokens->len; k += step) {
		const char *text = at (quotes, (guint) k)->text;
		if (at (quotes, (guint) k)->type == TEXT && *text)
			return g_utf8_get_char (step > 0 ? text : g_utf8_prev_char (text + strlen (text)));
	}
	return 0;
}

/* Are OUTSIDE, INSIDE characters between which a mark is one? */
static gboolean parts (gunichar outside, gunichar inside)
{
	gboolean free = !outside || g_unichar_isspace (outside) || (outside < 0x80 ? g_ascii_ispunct ((char) outside) : g_unichar_ispunct (outside));
	return inside && !g_unichar_isspace (inside) && (g_unichar_isalnum (inside) || free);
}

/* Three marks of the two kinds together: ***both***. */
static gboolean is_twin (const RnWikiQuotes *quotes, guint open, guint close)
{
	guint n = quotes->tokens->len;
	if (open + 1 < n && at (quotes, open + 1)->type == OPEN && at (quotes, open + 1)->of == close - 1)
		return (!open || at (quotes, open - 1)->type == TEXT) && (close + 1 == n || at (quotes, close + 1)->type == TEXT) &&
		       at (quotes, open + 2)->type == TEXT && at (quotes, close - 2)->type == TEXT;
	return FALSE;
}

static void choose (RnWikiQuotes *quotes)
{
	for (guint i = 0; i < quotes->tokens->len; i++) {
		Token *open = at (quotes, i);
		if (open->type != OPEN)
			continue;
		Token *close = at (quotes, open->of);
		if (!has_words (quotes, i, open->of)) {
			open->gone = close->gone = TRUE;
			continue;
		}
		gboolean twin = is_twin (quotes, i, open->of) || (i && at (quotes, i - 1)->type == OPEN && is_twin (quotes, i - 1, at (quotes, i - 1)->of));
		gboolean clean = parts (beside (quotes, i, -1), beside (quotes, i, 1)) && parts (beside (quotes, open->of, 1), beside (quotes, open->of, -1));
		open->html = close->html = !clean || (!twin && (is_beside (quotes, i) || is_beside (quotes, open->of)));
	}
}

/* Blanks inside a pair's ends go outside. */
static void move_blanks (RnWikiQuotes *quotes)
{
	GArray *tokens = quotes->tokens;
	for (guint i = 0; i + 1 < tokens->len; i++) {
		Token *a = at (quotes, i), *b = at (quotes, i + 1);
		if (a->type == OPEN && b->type == TEXT && *b->text == ' ' && i && at (quotes, i - 1)->type == TEXT) {
			gsize n = strspn (b->text, " ");
			char *longer = g_strdup_printf ("%s%.*s", at (quotes, i - 1)->text, (int) n, b->text);
			g_free (at (quotes, i - 1)->text);
			at (quotes, i - 1)->text = longer;
			memmove (b->text, b->text + n, strlen (b->text) - n + 1);
		} else if (a->type == TEXT && b->type == CLOSE && g_str_has_suffix (a->text, " ") && i + 2 < tokens->len && at (quotes, i + 2)->type == TEXT) {
			g_strchomp (a->text);
			char *longer = g_strconcat (" ", at (quotes, i + 2)->text, NULL);
			g_free (at (quotes, i + 2)->text);
			at (quotes, i + 2)->text = longer;
		}
	}
}

char *rn_wiki_quotes_end (RnWikiQuotes *quotes)
{
	static const char *const marks[2] = { "**", "*" }, *const elements[2] = { "strong", "em" };
	GString *out = g_string_new (NULL);
	rn_wiki_quotes_line (quotes);
	nest (quotes);
	move_blanks (quotes);
	choose (quotes);
	for (guint i = 0; i < quotes->tokens->len; i++) {
		const Token *token = at (quotes, i);
		if (token->type == TEXT)
			g_string_append (out, token->text);
		else if (token->html && !token->gone)
			g_string_append_printf (out, "<%s%s>", token->type == CLOSE ? "/" : "", elements[token->kind]);
		else if (!token->gone)
			g_string_append (out, marks[token->kind]);
	}
	g_array_unref (quotes->tokens);
	g_free (quotes);
	return g_string_free (out, FALSE);
}
