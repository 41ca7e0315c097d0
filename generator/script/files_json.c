/*
 * files_json.c - site.json: a JSON file's value as tables.
 *
 * In: text, valid UTF-8. Out: the value on the stack, each table with its place. Invariant: RFC 8259 and nothing beside it; what is wrong raises an error with its line and column; null is nothing.
 */
#include "script/host-int.h"

#define MAX_DEPTH 100

typedef struct { lua_State *L; const char *p, *end, *line_begin, *file; guint line, number; } Json;

static void push_value (Json *json, guint depth);

static void fail (const Json *json, const char *what)
{
	luaL_error (json->L, "%s:%d:%d: %s", json->file, (int) json->line, (int) g_utf8_strlen (json->line_begin, json->p - json->line_begin) + 1, what);
}

static void skip_blank (Json *json)
{
	for (; json->p < json->end && strchr (" \t\r\n", *json->p) != NULL && *json->p != '\0'; json->p++)
		if (*json->p == '\n') {
			json->line++;
			json->line_begin = json->p + 1;
		}
}

/* Takes the mark C, or not. */
static gboolean take (Json *json, char c)
{
	if (json->p >= json->end || *json->p != c)
		return FALSE;
	json->p++;
	return TRUE;
}

static guint take_hex (Json *json)
{
	guint c = 0;
	for (int i = 0; i < 4; i++, json->p++) {
		if (json->p >= json->end || !g_ascii_isxdigit (*json->p))
			fail (json, "\\u must be followed by four hexadecimal digits");
		c = c * 16 + (guint) g_ascii_xdigit_value (*json->p);
	}
	return c;
}

/* Behind \u. Two halves of a pair make one character. */
static void add_character (Json *json, luaL_Buffer *buffer)
{
	char text[8];
	gunichar c = take_hex (json);
	if (c >= 0xd800 && c < 0xdc00) {
		if (!take (json, '\\') || !take (json, 'u'))
			fail (json, "half of a pair of \\u");
		guint low = take_hex (json);
		if (low < 0xdc00 || low > 0xdfff)
			fail (json, "half of a pair of \\u");
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	} else if (c >= 0xdc00 && c < 0xe000) {
		fail (json, "half of a pair of \\u");
	} else if (c == 0) {
		fail (json, "a text cannot hold the character \\u0000");
	}
	luaL_addlstring (buffer, text, (size_t) g_unichar_to_utf8 (c, text));
}

static void add_escape (Json *json, luaL_Buffer *buffer)
{
	static const char marks[] = "\"\\/bfnrt", stand_for[] = "\"\\/\b\f\n\r\t";
	const char *mark = json->p < json->end && *json->p != '\0' ? strchr (marks, *json->p) : NULL;
	if (take (json, 'u')) {
		add_character (json, buffer);
	} else if (mark != NULL) {
		luaL_addchar (buffer, stand_for[mark - marks]);
		json->p++;
	} else {
		fail (json, "there is no such \\ sign");
	}
}

static void push_text (Json *json)
{
	luaL_Buffer buffer;
	if (!take (json, '"'))
		fail (json, "a name in \"quotes\" must stand here");
	luaL_buffinit (json->L, &buffer);
	while (!take (json, '"')) {
		if (json->p >= json->end || (guchar) *json->p < ' ')
			fail (json, "the text is not closed on its line");
		if (take (json, '\\'))
			add_escape (json, &buffer);
		else
			luaL_addchar (&buffer, *json->p++);
	}
	luaL_pushresult (&buffer);
}

static const char *digits (const char *p, const char *end)
{
	while (p < end && g_ascii_isdigit (*p))
		p++;
	return p;
}

static void push_number (Json *json)
{
	const char *begin = json->p, *p = begin + (*begin == '-'), *whole = digits (p, json->end);
	gboolean fine = whole > p && (*p != '0' || whole == p + 1);
	p = whole;
	if (p < json->end && *p == '.') {
		whole = digits (++p, json->end);
		fine &= whole > p;
		p = whole;
	}
	if (p < json->end && (*p == 'e' || *p == 'E')) {
		p++;
		p += p < json->end && (*p == '+' || *p == '-');
		whole = digits (p, json->end);
		fine &= whole > p;
		p = whole;
	}
	lua_pushlstring (json->L, begin, (size_t) (p - begin));
	if (!fine || lua_stringtonumber (json->L, lua_tostring (json->L, -1)) == 0)
		fail (json, "this is not a value");
	lua_remove (json->L, -2);
	json->p = p;
}

static void push_list (Json *json, guint depth)
{
	skip_blank (json);
	for (lua_Integer i = 1; !take (json, ']'); i++) {
		if (i > 1 && !take (json, ','))
			fail (json, "a comma or ] is missing");
		push_value (json, depth);
		lua_rawseti (json->L, -2, i);
		skip_blank (json);
	}
}

static void push_map (Json *json, guint depth)
{
	skip_blank (json);
	for (gboolean first = TRUE; !take (json, '}'); first = FALSE) {
		if (!first && !take (json, ','))
			fail (json, "a comma or } is missing");
		skip_blank (json);
		push_text (json);
		lua_pushvalue (json->L, -1);
		if (lua_rawget (json->L, -3) != LUA_TNIL)
			fail (json, "the name stands here for the second time");
		lua_pop (json->L, 1);
		skip_blank (json);
		if (!take (json, ':'))
			fail (json, "a colon is missing behind the name");
		push_value (json, depth);
		lua_rawset (json->L, -3);
		skip_blank (json);
	}
}

static gboolean take_word (Json *json, const char *word)
{
	gsize len = strlen (word);
	if ((gsize) (json->end - json->p) < len || strncmp (json->p, word, len) != 0)
		return FALSE;
	json->p += len;
	return TRUE;
}

static void push_value (Json *json, guint depth)
{
	lua_State *L = json->L;
	if (depth > MAX_DEPTH)
		fail (json, "it is nested too deep");
	luaL_checkstack (L, 6, NULL);
	rn_sandbox_spend (L, 20);
	skip_blank (json);
	char c = json->p < json->end ? *json->p : '\0';
	if (c == '{' || c == '[') {
		lua_newtable (L);
		rn_place_set (L, json->number, json->line, (guint) g_utf8_strlen (json->line_begin, json->p - json->line_begin) + 1);
		json->p++;
		if (c == '{')
			push_map (json, depth + 1);
		else
			push_list (json, depth + 1);
	} else if (c == '"') {
		push_text (json);
	} else if (c == '-' || g_ascii_isdigit (c)) {
		push_number (json);
	} else if (take_word (json, "true") || take_word (json, "false")) {
		lua_pushboolean (L, c == 't');
	} else if (take_word (json, "null")) {
		lua_pushnil (L);
	} else {
		fail (json, json->p < json->end ? "this is not a value" : "the file ends where a value must stand");
	}
}

void rn_json_push (lua_State *L, const char *file, const char *text, gsize len)
{
	Json json = { L, text, text + len, text, file, 1, rn_place_file (rn_host_of (L), file) };
	take_word (&json, "\xef\xbb\xbf");
	push_value (&json, 0);
	skip_blank (&json);
	if (json.p < json.end)
		fail (&json, "something stands behind the value");
}
