/*
 * functions_data.c - what plugins make data and texts with: slug, plain, csv, content_lines, random.
 *
 * In: texts, lists of tables, seeds. Out: a part of an address, the text of a CSV file, a card or a calendar, numbers. Invariant: the same arguments give the same result on every machine, in every
 * thread, after whatever other calls.
 */
#include "base/text.h"
#include "script/host-int.h"

#include <math.h>
#include <string.h>

static int data_slug (lua_State *L)
{
	size_t len;
	luaL_checkstring (L, 1);
	const char *text = rn_check_text (L, 1, &len, "slug: the text");
	rn_sandbox_spend (L, len * 4);
	char *slug = rn_text_slug (text, (gssize) len, rn_host_of (L)->site->languages[0]->transliteration);
	g_string_truncate (rn_host_of (L)->scratch2, 0);
	g_string_append_len (rn_host_of (L)->scratch2, slug, rn_text_slug_length (slug));
	g_free (slug);
	lua_pushlstring (L, rn_host_of (L)->scratch2->str, rn_host_of (L)->scratch2->len);
	return 1;
}

/* --- plain ---------------------------------------------------------------------------------------- */

/* What would begin a block where TEXT begins. */
static gsize block_mark (const char *text, gsize len)
{
	gsize n = 0;
	if (len > 0 && strchr ("#+-=>:", *text) != NULL)
		return 1;
	while (n < len && g_ascii_isdigit (text[n]))
		n++;
	return n > 0 && n < len && (text[n] == '.' || text[n] == ')') ? n + 1 : 0;
}

/* Is the character at AT a mark of Markdown, or part of what becomes a link by itself? */
static gboolean is_mark (const char *text, gsize len, gsize at)
{
	const char *rest = text + at;
	if (strchr ("\\`*_[]<&~|{", *rest) != NULL)
		return TRUE;
	return (*rest == ':' && len - at > 2 && rest[1] == '/' && rest[2] == '/') || (*rest == '.' && at > 2 && g_ascii_strncasecmp (rest - 3, "www", 3) == 0);
}

/* plain (text): on one line, with a stroke before each mark. */
static int data_plain (lua_State *L)
{
	size_t len;
	luaL_checkstring (L, 1);
	const char *text = rn_check_text (L, 1, &len, "plain: the text");
	GString *out = rn_host_of (L)->scratch2;
	rn_sandbox_spend (L, len);
	g_string_truncate (out, 0);
	for (; len > 0 && g_ascii_isspace (*text); len--)
		text++;
	gsize begins = block_mark (text, len);
	for (gsize i = 0; i < len; i++) {
		gboolean space = g_ascii_isspace (text[i]);
		if (space && out->len > 0 && out->str[out->len - 1] == ' ')
			continue;
		if (i + 1 == begins || (!space && is_mark (text, len, i)))
			g_string_append_c (out, '\\');
		g_string_append_c (out, space ? ' ' : text[i]);
	}
	lua_pushlstring (L, out->str, out->len);
	return 1;
}

/* --- csv ------------------------------------------------------------------------------------------ */

/* A field of RFC 4180: in quotes where it must be, or would lose its spaces. */
static void put_field (GString *out, const char *text, gsize len)
{
	gboolean plain = strcspn (text, ",;\"\r\n") == len && (len == 0 || (text[0] != ' ' && text[len - 1] != ' '));
	if (plain) {
		g_string_append_len (out, text, (gssize) len);
		return;
	}
	g_string_append_c (out, '"');
	for (gsize i = 0; i < len; i++) {
		if (text[i] == '"')
			g_string_append_c (out, '"');
		g_string_append_c (out, text[i]);
	}
	g_string_append_c (out, '"');
}

/* The value on the stack's top, which is row ROW's NAME. */
static void put_cell (lua_State *L, GString *out, lua_Integer row, const char *name)
{
	size_t len;
	const char *text;
	rn_sandbox_spend (L, 10);
	switch (lua_type (L, -1)) {
	case LUA_TNIL:
		return;
	case LUA_TNUMBER:
		if (!isfinite (lua_tonumber (L, -1)))
			luaL_error (L, "csv: row %d: '%s' is no number that can be written", (int) row, name);
		break;
	case LUA_TBOOLEAN: case LUA_TSTRING:
		break;
	default:
		luaL_error (L, "csv: row %d: '%s' is a %s, not a text or a number", (int) row, name, luaL_typename (L, -1));
	}
	luaL_tolstring (L, -1, NULL);
	text = rn_check_text (L, -1, &len, "csv: row %d: '%s'", (int) row, name);
	rn_sandbox_spend (L, len);
	put_field (out, text, len);
	lua_pop (L, 1);
}

/* csv (rows, names): a line of NAMES, and one of each row's values of these names. */
static int data_csv (lua_State *L)
{
	GString *out = rn_host_of (L)->scratch2;
	lua_settop (L, 2);
	lua_Integer rows = rn_list_length (L, 1), columns = rn_list_length (L, 2);
	if (rows < 0)
		return luaL_error (L, "csv takes a list of tables, not a %s", luaL_typename (L, 1));
	if (columns < 1)
		return luaL_error (L, "csv: after the rows comes the list of the columns' names, not %s", columns < 0 ? luaL_typename (L, 2) : "an empty one");
	g_string_truncate (out, 0);
	for (lua_Integer i = 0; i <= rows; i++) {
		if (i > 0) {
			rn_list_push (L, 1, i);
			if (rn_list_length (L, -1) < 0)
				return luaL_error (L, "csv: row %d is a %s, not a table", (int) i, luaL_typename (L, -1));
		}
		for (lua_Integer k = 1; k <= columns; k++) {
			rn_list_push (L, 2, k);
			if (lua_type (L, -1) != LUA_TSTRING)
				return luaL_error (L, "csv: the name of column %d is a %s, not a text", (int) k, luaL_typename (L, -1));
			const char *name = lua_tostring (L, -1);
			if (k > 1)
				g_string_append_c (out, ',');
			if (i > 0)
				lua_getfield (L, 3, name);
			put_cell (L, out, i, name);
			lua_settop (L, i > 0 ? 3 : 2);
		}
		g_string_append (out, "\r\n");
		lua_settop (L, 2);
	}
	lua_pushlstring (L, out->str, out->len);
	return 1;
}

/* --- content lines -------------------------------------------------------------------------------- */

/* How much of a line stands in one: with the blank before it and a carriage return, which some readers count, the 75 octets of RFC 5545 and 6350. */
#define FOLD 73

/* Ends the line: what is too long goes on in the next, behind a blank, never inside a letter. */
static void put_folded (GString *out, const GString *line)
{
	gsize n = 0;
	for (const char *p = line->str, *end = p + line->len, *next; p < end; p = next) {
		next = g_utf8_next_char (p);
		n += (gsize) (next - p);
		if (n > FOLD) {
			g_string_append_len (out, "\r\n ", 3);
			n = (gsize) (next - p);
		}
		g_string_append_len (out, p, next - p);
	}
	g_string_append_len (out, "\r\n", 2);
}

static void put_escaped (GString *line, const char *text, gsize len)
{
	for (gsize i = 0; i < len; i++) {
		if (strchr ("\\,;\n", text[i]) != NULL)
			g_string_append_c (line, '\\');
		if (text[i] != '\r')
			g_string_append_c (line, text[i] == '\n' ? 'n' : text[i]);
	}
}

/* The text on the stack's top, taken off, as it is: one line. */
static void put_raw (lua_State *L, GString *line, lua_Integer number)
{
	size_t len;
	const char *text = rn_check_text (L, -1, &len, "content_lines: line %I", (LUAI_UACINT) number);
	if (strcspn (text, "\r\n") != len)
		luaL_error (L, "content_lines: line %I has a line's end in it: only what stands behind a name may", (LUAI_UACINT) number);
	rn_sandbox_spend (L, len);
	g_string_append_len (line, text, (gssize) len);
	lua_pop (L, 1);
}

/* { name, part, … }, which is the stack's top. FALSE: no part says anything. */
static gboolean put_parts (lua_State *L, GString *line, lua_Integer number)
{
	const int list = lua_gettop (L);
	const lua_Integer n = rn_list_length (L, list);
	gboolean said = FALSE;
	for (lua_Integer i = 1; i <= n; i++) {
		rn_list_push (L, list, i);
		if (lua_type (L, -1) != LUA_TSTRING && (lua_type (L, -1) != LUA_TNUMBER || i == 1))
			luaL_error (L, "content_lines: in line %I is a %s, not a text", (LUAI_UACINT) number, luaL_typename (L, -1));
		if (i == 1) {
			put_raw (L, line, number);
			continue;
		}
		size_t len;
		const char *text = rn_check_text (L, -1, &len, "content_lines: line %I", (LUAI_UACINT) number);
		rn_sandbox_spend (L, len);
		g_string_append_c (line, i == 2 ? ':' : ';');
		put_escaped (line, text, len);
		said |= len > 0;
		lua_pop (L, 1);
	}
	return said;
}

/* content_lines (list): lines of a calendar or a card (RFC 5545, RFC 6350). */
static int data_content_lines (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	GString *out = host->scratch2, *line = host->scratch;
	lua_settop (L, 1);
	const lua_Integer n = rn_list_length (L, 1);
	if (n < 0)
		return luaL_error (L, "content_lines takes a list, not a %s", luaL_typename (L, 1));
	g_string_truncate (out, 0);
	for (lua_Integer i = 1; i <= n; i++) {
		gboolean said;
		g_string_truncate (line, 0);
		rn_list_push (L, 1, i);
		if (rn_list_length (L, -1) >= 0) {
			said = put_parts (L, line, i);
		} else if (lua_type (L, -1) == LUA_TSTRING) {
			put_raw (L, line, i);
			said = line->len > 0;
		} else if (lua_toboolean (L, -1)) {
			return luaL_error (L, "content_lines: line %I is a %s, not a text or a list", (LUAI_UACINT) i, luaL_typename (L, -1));
		} else {
			said = FALSE;
		}
		if (said)
			put_folded (out, line);
		lua_settop (L, 1);
	}
	lua_pushlstring (L, out->str, out->len);
	return 1;
}

/* --- random --------------------------------------------------------------------------------------- */

/* Sebastiano Vigna's splitmix64: any state is a good one. */
static guint64 next_number (guint64 *state)
{
	guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Upvalue: the state. */
static int random_step (lua_State *L)
{
	guint64 state = (guint64) lua_tointeger (L, lua_upvalueindex (1)), number = next_number (&state);
	if (lua_isnoneornil (L, 1)) {
		lua_pushnumber (L, (lua_Number) (number >> 11) * 0x1p-53);
	} else {
		lua_Integer most = luaL_checkinteger (L, 1);
		if (most < 1)
			return luaL_error (L, "random: r (n) takes a whole number from 1 on, not %I", (LUAI_UACINT) most);
		/* What is beyond the last whole multiple of n would come too often. */
		for (guint64 over = G_MAXUINT64 - G_MAXUINT64 % (guint64) most; number >= over;)
			number = next_number (&state);
		lua_pushinteger (L, (lua_Integer) (number % (guint64) most) + 1);
	}
	lua_pushinteger (L, (lua_Integer) state);
	lua_replace (L, lua_upvalueindex (1));
	return 1;
}

static int data_random (lua_State *L)
{
	guint64 state = G_GUINT64_CONSTANT (0xcbf29ce484222325);
	size_t len;
	if (lua_type (L, 1) != LUA_TSTRING && lua_type (L, 1) != LUA_TNUMBER)
		return luaL_error (L, "random takes a seed, a text or a number, not %s", lua_isnone (L, 1) ? "nothing" : luaL_typename (L, 1));
	/* 1 and 1.0 are one seed. */
	lua_Integer whole;
	if (lua_type (L, 1) == LUA_TNUMBER && lua_isinteger (L, 1) == 0 && lua_numbertointeger (lua_tonumber (L, 1), &whole) && (lua_Number) whole == lua_tonumber (L, 1)) {
		lua_pushinteger (L, whole);
		lua_replace (L, 1);
	}
	const char *seed = luaL_tolstring (L, 1, &len);
	rn_sandbox_spend (L, len / 4);
	for (size_t i = 0; i < len; i++)
		state = (state ^ (guchar) seed[i]) * G_GUINT64_CONSTANT (0x100000001b3);
	lua_pushinteger (L, (lua_Integer) state);
	lua_pushcclosure (L, random_step, 1);
	return 1;
}

const luaL_Reg rn_data_functions[] = {
	{ "slug", data_slug }, { "plain", data_plain }, { "csv", data_csv }, { "content_lines", data_content_lines }, { "random", data_random }, { NULL, NULL },
};
