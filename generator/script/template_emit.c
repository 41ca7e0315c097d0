/*
 * template_emit.c - pieces -> Lua.
 *
 * In: a layout's pieces. Out: one Lua function for the body, one for each block, that call the printing functions of output.c. Invariant: a function's code stands on
 * the template's own lines, so that Lua's messages name them; text between two expressions costs no call of its own.
 */
#include "script/template_branch-int.h"

#include <string.h>

static const char unit_head[] =
	"local rn_L<const>,rn_T<const>,rn_A<const>,rn_N<const>,rn_J<const>,rn_R<const>,rn_U<const>,rn_H<const>,rn_UB<const>,rn_V<const>,rn_W<const>,"
	"rn_UE<const>,rn_C0<const>,rn_C1<const>,rn_FT<const>,rn_FA<const>,rn_FU<const>,rn_s<const>,rn_i<const>,"
	"site<const>,t<const>,each<const>,date<const>,icon<const> = ... return function(rn_b,it,rn_p) local page<const> =rn_p ";

typedef struct {
	const char *file;
	RnTemplate *template;
	GArray     *pieces;
	GPtrArray  *literals;
	GString    *preamble;      /* of a layout that extends another: its statements outside of blocks, as they have come so far */
	guint       preamble_line;
	gboolean    partial;
	GError    **error;
} Compiler;

typedef struct {
	Compiler  *c;
	GString   *code, *literal;
	guint      line;           /* on which the code's end stands */
	RnHtml     html;
	RnBranches branches;
	GArray    *cached;         /* lines of the open {% cached %} */
} Unit;

static gboolean emit_unit (Compiler *c, char *name, guint *at, guint line);

static guint add_literal (Compiler *c, GString *text)
{
	if (text->len == 0)
		return 0;
	g_ptr_array_add (c->literals, rn_literal_new (text->str, text->len));
	g_string_truncate (text, 0);
	return c->literals->len - 1;
}

static void go_to_line (Unit *unit, guint line)
{
	while (unit->line < line) {
		g_string_append_c (unit->code, '\n');
		unit->line++;
	}
}

static void append_code (Unit *unit, const char *code, gsize len)
{
	g_string_append_len (unit->code, code, (gssize) len);
	for (gsize i = 0; i < len; i++)
		unit->line += code[i] == '\n';
}

static void flush (Unit *unit)
{
	if (unit->literal->len > 0)
		g_string_append_printf (unit->code, "%s(%u);", unit->html.in_address == 2 ? "rn_V" : "rn_L", add_literal (unit->c, unit->literal));
}

/* {{ object.name }}: the printing call reads the field itself, which spares a string of Lua's. FALSE: it is no such expression. */
static gboolean emit_field (Unit *unit, const char *function, const RnPiece *piece)
{
	const char *dot = rn_last_dot (piece->at, piece->len), *end = piece->at + piece->len;
	if (dot == NULL)
		return FALSE;
	while (g_ascii_isspace (end[-1]))
		end--;
	RnLiteral *literal = rn_literal_new (unit->literal->str, unit->literal->len);
	rn_literal_name (literal, piece->at, dot, (gsize) (end - dot - 1));
	g_string_truncate (unit->literal, 0);
	g_ptr_array_add (unit->c->literals, literal);
	go_to_line (unit, piece->line);
	g_string_append_printf (unit->code, "%s(%u,(", function, unit->c->literals->len - 1);
	append_code (unit, piece->at, (gsize) (dot - piece->at));
	g_string_append (unit->code, "));");
	return TRUE;
}

static void emit_call (Unit *unit, const char *function, const RnPiece *piece, const char *more)
{
	guint literal = 0;
	if (strcmp (function, "rn_W") == 0)
		flush (unit);
	else
		literal = add_literal (unit->c, unit->literal);
	go_to_line (unit, piece->line);
	g_string_append_printf (unit->code, "%s(%u,(", function, literal);
	append_code (unit, piece->at, piece->len);
	g_string_append_printf (unit->code, ")%s);", more);
}

/* An address of the site that stands in the layout as plain text. */
static void emit_address (Unit *unit, const char *at, gsize len, guint line)
{
	guint literal = add_literal (unit->c, unit->literal);
	g_autoptr (GString) address = g_string_new_len (at, (gssize) len);
	g_string_replace (address, "&amp;", "&", 0);
	go_to_line (unit, line);
	g_string_append_printf (unit->code, "rn_H(%u,%u);", literal, add_literal (unit->c, address));
}

static gboolean root_address (const char *p, const char *end)
{
	return p < end && *p == '/' && !(p + 1 < end && p[1] == '/');
}

/* An address begins at P, in piece number AT. Gives how much of it was emitted. */
static gsize begin_address (Unit *unit, guint at, const char *p, const char *end, guint line)
{
	const RnPiece *next = at + 1 < unit->c->pieces->len ? &g_array_index (unit->c->pieces, RnPiece, at + 1) : NULL;
	const RnPiece *after = at + 2 < unit->c->pieces->len ? &g_array_index (unit->c->pieces, RnPiece, at + 2) : NULL;
	const char *quote = memchr (p, unit->html.quote, (gsize) (end - p));
	if (unit->html.value == RN_VALUE_SRCSET) {
		gsize len = 0;
		while (p + len < end && !g_ascii_isspace (p[len]) && p[len] != ',' && p[len] != unit->html.quote)
			len++;
		if (!root_address (p, end))
			return 0;
		emit_address (unit, p, len, line);
		unit->html.in_address = 0;
		return len;
	}
	if (quote != NULL) {
		if (!root_address (p, quote))
			return 0;
		emit_address (unit, p, (gsize) (quote - p), line);
		unit->html.in_address = 0;
		return (gsize) (quote - p);
	}
	gboolean alone = p == end && next != NULL && next->kind == RN_PIECE_EXPRESSION && after != NULL && after->kind == RN_PIECE_TEXT &&
	                 after->at[0] == unit->html.quote;
	if (!alone) {
		guint literal = add_literal (unit->c, unit->literal);
		go_to_line (unit, line);
		g_string_append_printf (unit->code, "rn_UB(%u);", literal);
		unit->html.in_address = 2;
	}
	return 0;
}

static void emit_text (Unit *unit, guint at)
{
	const RnPiece *piece = &g_array_index (unit->c->pieces, RnPiece, at);
	const char *p = piece->at, *end = piece->at + piece->len;
	guint line = piece->line;
	while (p < end) {
		RnHtml before = unit->html;
		if (before.in_address == 2 && *p == before.quote) {
			flush (unit);
			go_to_line (unit, line);
			g_string_append (unit->code, "rn_UE();");
		}
		gsize n = rn_html_follow (&unit->html, p, end);
		g_string_append_len (unit->literal, p, (gssize) n);
		for (gsize i = 0; i < n; i++)
			line += p[i] == '\n';
		p += n;
		gboolean opened = unit->html.state == RN_HTML_VALUE && unit->html.in_address == 1 &&
		                  (before.state != RN_HTML_VALUE || unit->html.value == RN_VALUE_SRCSET);
		if (opened)
			p += begin_address (unit, at, p, end, line);
	}
}

static gboolean refuse (Unit *unit, const RnPiece *piece, const char *words)
{
	rn_template_fault (unit->c->error, unit->c->file, piece->line, "%s", words);
	return FALSE;
}

static gboolean emit_expression_in_value (Unit *unit, const RnPiece *piece)
{
	if (unit->html.value == RN_VALUE_CODE)
		return refuse (unit, piece, "an expression cannot stand in style=\"…\" or in an attribute that is a script: use a class, or a data- attribute");
	if (unit->html.in_address == 2) {
		emit_call (unit, "rn_W", piece, "");
	} else if (unit->html.in_address == 1) {
		if (!emit_field (unit, "rn_FU", piece))
			emit_call (unit, "rn_U", piece, "");
		unit->html.in_address = 0;
	} else if (!emit_field (unit, "rn_FA", piece)) {
		emit_call (unit, "rn_A", piece, "");
	}
	return TRUE;
}

static gboolean emit_expression (Unit *unit, const RnPiece *piece)
{
	switch (unit->html.state) {
	case RN_HTML_TEXT:
		if (!emit_field (unit, "rn_FT", piece))
			emit_call (unit, "rn_T", piece, "");
		return TRUE;
	case RN_HTML_VALUE:
		return emit_expression_in_value (unit, piece);
	case RN_HTML_TAG_NAME:
		if (unit->html.name[0] == '\0')
			break;
		emit_call (unit, "rn_N", piece, "");
		return TRUE;
	case RN_HTML_SCRIPT:
		if (unit->html.script != 0)
			return refuse (unit, piece, "an expression cannot stand inside a script's quotes or comment: without quotes it prints as a whole JSON value");
		emit_call (unit, "rn_J", piece, "");
		return TRUE;
	case RN_HTML_BEFORE_VALUE: case RN_HTML_UNQUOTED:
		return refuse (unit, piece, "an attribute that holds an expression must be quoted: name=\"{{ … }}\"");
	case RN_HTML_STYLE:
		return refuse (unit, piece, "an expression cannot stand inside <style>");
	case RN_HTML_COMMENT: case RN_HTML_DECLARATION:
		return refuse (unit, piece, "an expression cannot stand inside an HTML comment: use {# … #} for remarks");
	default:
		break;
	}
	return refuse (unit, piece, "an expression cannot stand here in a tag: print attributes with {{{ attr(name, value) }}}");
}

static gboolean emit_raw (Unit *unit, const RnPiece *piece)
{
	switch (unit->html.state) {
	case RN_HTML_TEXT:
		emit_call (unit, "rn_R", piece, ",1");
		return TRUE;
	case RN_HTML_TAG_NAME:
		unit->html.state = RN_HTML_TAG;
		emit_call (unit, "rn_R", piece, ",2");
		return TRUE;
	case RN_HTML_TAG: case RN_HTML_AFTER_ATTRIBUTE: case RN_HTML_ATTRIBUTE:
		emit_call (unit, "rn_R", piece, ",2");
		return TRUE;
	case RN_HTML_SCRIPT:
		if (unit->html.script == 0) {
			emit_call (unit, "rn_R", piece, ",3");
			return TRUE;
		}
		/* fall through */
	default:
		return refuse (unit, piece, "{{{ }}} can stand in text, inside a tag and in a script alone");
	}
}

static gboolean emit_include (Unit *unit, const RnPiece *piece)
{
	if (unit->html.state != RN_HTML_TEXT)
		return refuse (unit, piece, "{% include %} must stand in text, not inside a tag");
	g_ptr_array_add (unit->c->template->includes, g_strdup (piece->name));
	g_array_append_val (unit->c->template->include_lines, piece->line);
	flush (unit);
	go_to_line (unit, piece->line);
	g_string_append_printf (unit->code, "rn_i[%u](rn_b,(", unit->c->template->includes->len);
	if (piece->len > 0)
		append_code (unit, piece->at, piece->len);
	else
		g_string_append (unit->code, "it");
	g_string_append (unit->code, "),rn_p);");
	return TRUE;
}

static gboolean emit_cached (Unit *unit, const RnPiece *piece)
{
	if (unit->html.state != RN_HTML_TEXT)
		return refuse (unit, piece, "{% cached %} must stand in text, not inside a tag");
	flush (unit);
	go_to_line (unit, piece->line);
	g_string_append (unit->code, "if rn_C0(");
	append_code (unit, piece->at, piece->len);
	g_string_append (unit->code, ") then ");
	g_array_append_val (unit->cached, piece->line);
	return TRUE;
}

static gboolean emit_endcached (Unit *unit, const RnPiece *piece)
{
	if (unit->cached->len == 0)
		return refuse (unit, piece, "{% endcached %} has no {% cached %} before it");
	if (unit->html.state != RN_HTML_TEXT)
		return refuse (unit, piece, "a tag is still open at {% endcached %}");
	g_array_set_size (unit->cached, unit->cached->len - 1);
	flush (unit);
	go_to_line (unit, piece->line);
	g_string_append (unit->code, "rn_C1() end ");
	return TRUE;
}

static gboolean emit_block (Unit *unit, const RnPiece *piece, guint *at)
{
	if (unit->c->partial)
		return refuse (unit, piece, "a partial has no blocks: write them in the layout that includes it");
	if (unit->html.state != RN_HTML_TEXT)
		return refuse (unit, piece, "{% block %} must stand in text, not inside a tag");
	flush (unit);
	go_to_line (unit, piece->line);
	g_string_append_printf (unit->code, "rn_b[\"%s\"](rn_b,it,rn_p);", piece->name);
	(*at)++;
	return emit_unit (unit->c, piece->name, at, piece->line);
}

static gboolean emit_lua (Unit *unit, const RnPiece *piece)
{
	flush (unit);
	if (!rn_branches_follow (&unit->branches, piece, &unit->html, unit->c->error))
		return FALSE;
	go_to_line (unit, piece->line);
	append_code (unit, piece->at, piece->len);
	g_string_append_c (unit->code, ' ');
	return TRUE;
}

static gboolean emit_super (Unit *unit, const RnPiece *piece, const char *block)
{
	if (block == NULL || unit->c->template->extends == NULL)
		return refuse (unit, piece, "{% super %} stands in a block of a layout that extends another");
	flush (unit);
	go_to_line (unit, piece->line);
	g_string_append_printf (unit->code, "rn_s[\"%s\"](rn_b,it,rn_p);", block);
	return TRUE;
}

static gboolean emit_piece (Unit *unit, const char *block, guint *at)
{
	const RnPiece *piece = &g_array_index (unit->c->pieces, RnPiece, *at);
	switch (piece->kind) {
	case RN_PIECE_TEXT: emit_text (unit, *at); return TRUE;
	case RN_PIECE_EXPRESSION: return emit_expression (unit, piece);
	case RN_PIECE_RAW: return emit_raw (unit, piece);
	case RN_PIECE_LUA: return emit_lua (unit, piece);
	case RN_PIECE_SUPER: return emit_super (unit, piece, block);
	case RN_PIECE_INCLUDE: return emit_include (unit, piece);
	case RN_PIECE_CACHED: return emit_cached (unit, piece);
	case RN_PIECE_ENDCACHED: return emit_endcached (unit, piece);
	case RN_PIECE_BLOCK: return emit_block (unit, piece, at);
	case RN_PIECE_EXTENDS: case RN_PIECE_ENDBLOCK: break;
	}
	return refuse (unit, piece, "{% endblock %} has no {% block %} before it");
}

/* All that must be closed at a unit's end. */
static gboolean end_unit (Unit *unit, const char *block, guint line)
{
	Compiler *c = unit->c;
	gboolean closed = rn_branches_end (&unit->branches, c->error);
	if (closed && unit->cached->len > 0) {
		rn_template_fault (c->error, c->file, g_array_index (unit->cached, guint, unit->cached->len - 1), "{%% cached %%} has no {%% endcached %%}");
		closed = FALSE;
	} else if (closed && unit->html.state != RN_HTML_TEXT) {
		rn_template_fault (c->error, c->file, line, "%s ends %s: a tag, a quote or a comment is not closed", block != NULL ? "the block" : "the layout",
		                   rn_html_words (&unit->html));
		closed = FALSE;
	}
	return closed;
}

/* Emits the pieces from *AT to the block's end, where *AT then stands, or to the layout's. */
static gboolean emit_unit (Compiler *c, char *name, guint *at, guint line)
{
	g_autoptr (GString) literal = g_string_new (NULL);
	g_autoptr (GArray) cached = g_array_new (FALSE, FALSE, sizeof (guint));
	Unit unit = { .c = c, .code = g_string_new (unit_head), .literal = literal, .line = 1, .cached = cached };
	rn_branches_init (&unit.branches, c->file);
	if (name != NULL) {
		g_string_append_len (unit.code, c->preamble->str, (gssize) c->preamble->len);
		unit.line = c->preamble_line;
	}
	gboolean fine = TRUE, closed = name == NULL;
	guint last = line;
	for (; fine && *at < c->pieces->len; (*at)++) {
		const RnPiece *piece = &g_array_index (c->pieces, RnPiece, *at);
		last = piece->line;
		closed = name != NULL && piece->kind == RN_PIECE_ENDBLOCK;
		if (closed)
			break;
		fine = emit_piece (&unit, name, at);
	}
	if (fine && name != NULL && !closed) {
		rn_template_fault (c->error, c->file, line, "{%% block %s %%} has no {%% endblock %%}", name);
		fine = FALSE;
	}
	flush (&unit);
	g_string_append (unit.code, " end");
	fine = end_unit (&unit, name, last) && fine;
	RnUnit done = { g_strdup (name), unit.code };
	g_array_append_val (c->template->units, done);
	return fine;
}

static guint newlines (const char *text, gsize len)
{
	guint n = 0;
	for (gsize i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

/* Of a layout that extends another only the blocks are printed; its statements outside of them stand before each block that follows. */
static gboolean emit_extending (Compiler *c)
{
	RnBranches branches;
	RnHtml html = { .state = RN_HTML_TEXT };
	rn_branches_init (&branches, c->file);
	gboolean fine = TRUE;
	for (guint at = 1; fine && at < c->pieces->len; at++) {
		const RnPiece *piece = &g_array_index (c->pieces, RnPiece, at);
		gsize blank = 0;
		switch (piece->kind) {
		case RN_PIECE_TEXT:
			while (blank < piece->len && g_ascii_isspace (piece->at[blank]))
				blank++;
			if (blank == piece->len)
				break;
			rn_template_fault (c->error, c->file, piece->line + newlines (piece->at, blank), "text outside of the blocks is never printed: this layout extends '%s'", c->template->extends);
			fine = FALSE;
			break;
		case RN_PIECE_LUA:
			fine = rn_branches_follow (&branches, piece, &html, c->error);
			for (; c->preamble_line < piece->line; c->preamble_line++)
				g_string_append_c (c->preamble, '\n');
			g_string_append_len (c->preamble, piece->at, (gssize) piece->len);
			g_string_append_c (c->preamble, ' ');
			for (gsize i = 0; i < piece->len; i++)
				c->preamble_line += piece->at[i] == '\n';
			break;
		case RN_PIECE_BLOCK:
			at++;
			fine = emit_unit (c, piece->name, &at, piece->line);
			break;
		default:
			rn_template_fault (c->error, c->file, piece->line, "only blocks and {%% lua %%} may stand here: this layout extends '%s'", c->template->extends);
			fine = FALSE;
		}
	}
	return rn_branches_end (&branches, fine ? c->error : NULL) && fine;
}

static void unit_clear (gpointer data)
{
	RnUnit *unit = data;
	g_free (unit->name);
	g_string_free (unit->code, TRUE);
}

void rn_template_free (RnTemplate *template)
{
	if (template == NULL)
		return;
	g_free (template->file);
	g_free (template->extends);
	g_ptr_array_unref (template->includes);
	g_array_unref (template->include_lines);
	g_array_unref (template->units);
	g_free (template);
}

RnTemplate *rn_template_compile (const char *file, const char *source, gsize len, gboolean partial, GPtrArray *literals, GError **error)
{
	g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (RnPiece));
	g_array_set_clear_func (pieces, rn_piece_clear);
	g_autoptr (GString) preamble = g_string_new (NULL);
	RnTemplate *template = g_new0 (RnTemplate, 1);
	template->file = g_strdup (file);
	template->includes = g_ptr_array_new_with_free_func (g_free);
	template->include_lines = g_array_new (FALSE, FALSE, sizeof (guint));
	template->units = g_array_new (FALSE, FALSE, sizeof (RnUnit));
	g_array_set_clear_func (template->units, unit_clear);
	Compiler c = { file, template, pieces, literals, preamble, 1, partial, error };
	gboolean fine = rn_template_parse (file, source, len, pieces, error);
	template->bounded = TRUE;
	for (guint i = 0; i < pieces->len; i++) {
		const RnPiece *piece = &g_array_index (pieces, RnPiece, i);
		if (piece->kind != RN_PIECE_TEXT && piece->at != NULL)
			template->bounded = template->bounded && rn_lua_bounded (piece->at, piece->len);
	}
	guint at = 0;
	if (fine && pieces->len > 0 && g_array_index (pieces, RnPiece, 0).kind == RN_PIECE_EXTENDS) {
		template->extends = g_strdup (g_array_index (pieces, RnPiece, 0).name);
		template->extends_line = g_array_index (pieces, RnPiece, 0).line;
		if (partial)
			rn_template_fault (error, file, g_array_index (pieces, RnPiece, 0).line, "a partial cannot extend a layout");
		fine = !partial && emit_extending (&c);
	} else if (fine) {
		fine = emit_unit (&c, NULL, &at, 1);
	}
	if (fine)
		return template;
	rn_template_free (template);
	return NULL;
}
