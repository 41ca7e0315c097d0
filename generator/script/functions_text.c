/*
 * functions_text.c - words, dates and numbers for layouts, in the language of the page being made.
 *
 * In: keys of strings, seconds, numbers, checked fields. Out: plain texts, not yet escaped. Invariant: a string that a language lacks is told once for each place that
 * asks for it, and the site's first language's stands in.
 */
#include "script/host-int.h"
#include "model/format.h"

#include <string.h>

RnPlace rn_caller_place (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	lua_Debug frame;
	for (int level = 1; lua_getstack (L, level, &frame); level++) {
		lua_getinfo (L, "Sl", &frame);
		if (frame.currentline > 0)
			return RN_PLACE (host->sink != NULL ? rn_diagnostics_intern (host->sink, frame.source + 1) : NULL, frame.currentline, 0);
	}
	return RN_PLACE (NULL, 0, 0);
}

/* A number as text, or what the table at index VALUES has for the LEN bytes at NAME. FALSE: nothing. */
static gboolean append_named (lua_State *L, const RnLanguage *language, GString *out, const char *name, gsize len, int values, int count)
{
	gboolean found = FALSE;
	if (values != 0) {
		lua_pushlstring (L, name, len);
		lua_gettable (L, values);
		if (lua_type (L, -1) == LUA_TNUMBER) {
			rn_language_number (language, out, lua_tonumber (L, -1), -1);
			found = TRUE;
		} else if (lua_type (L, -1) == LUA_TSTRING) {
			g_string_append (out, lua_tostring (L, -1));
			found = TRUE;
		}
		lua_pop (L, 1);
	}
	if (!found && count != 0 && len == 1 && *name == 'n') {
		rn_language_number (language, out, lua_tonumber (L, count), -1);
		found = TRUE;
	}
	return found;
}

/* Pushes TEXT with its {names} filled in. VALUES and COUNT are stack indices, 0: none. */
static void push_filled (lua_State *L, RnHost *host, const RnLanguage *language, const char *text, int values, int count)
{
	const char *open = strchr (text, '{');
	if (open == NULL || (values == 0 && count == 0)) {
		lua_pushstring (L, text);
		return;
	}
	GString *out = host->scratch2;
	g_string_truncate (out, 0);
	while (open != NULL) {
		g_string_append_len (out, text, open - text);
		gsize len = strcspn (open + 1, "}");
		if (open[1 + len] == '}' && append_named (L, language, out, open + 1, len, values, count)) {
			text = open + len + 2;
		} else {
			g_string_append_c (out, '{');
			text = open + 1;
		}
		open = strchr (text, '{');
	}
	g_string_append (out, text);
	lua_pushlstring (L, out->str, out->len);
}

/* The table kept for LANGUAGE: of its strings that were asked for without values, which are the same each time. */
static void push_kept (lua_State *L, const RnLanguage *language)
{
	if (lua_rawgetp (L, LUA_REGISTRYINDEX, language) == LUA_TTABLE)
		return;
	lua_pop (L, 1);
	lua_newtable (L);
	lua_pushvalue (L, -1);
	lua_rawsetp (L, LUA_REGISTRYINDEX, language);
}

/* t (key) alone: from what is kept. FALSE: it is not there, and may be one that is missing. */
static gboolean push_plain (lua_State *L, const RnLanguage *language, int key)
{
	push_kept (L, language);
	lua_pushvalue (L, key);
	if (lua_rawget (L, -2) == LUA_TSTRING)
		return TRUE;
	const char *text = rn_language_string (language, lua_tostring (L, key), 1);
	if (text == NULL)
		return FALSE;
	lua_pushvalue (L, key);
	lua_pushstring (L, text);
	lua_rawset (L, -4);
	lua_pushstring (L, text);
	return TRUE;
}

/* t (key [, n] [, table]) from stack index FIRST on. */
static int translate (lua_State *L, const RnLanguage *language, int first)
{
	RnHost *host = rn_host_of (L);
	if (lua_gettop (L) == first && lua_type (L, first) == LUA_TSTRING) {
		if (push_plain (L, language, first))
			return 1;
		lua_settop (L, first);
	}
	const char *key = luaL_checkstring (L, first);
	int count = lua_type (L, first + 1) == LUA_TNUMBER ? first + 1 : 0;
	int values = count != 0 ? first + 2 : first + 1;
	if (lua_type (L, values) != LUA_TTABLE) {
		if (!lua_isnoneornil (L, values))
			return luaL_error (L, "t: after the key '%s' comes a number or a table, not a %s", key, luaL_typename (L, values));
		values = 0;
	}
	double n = count != 0 ? lua_tonumber (L, count) : 1;
	if (count == 0 && values != 0) {
		if (lua_getfield (L, values, "n") == LUA_TNUMBER)
			n = lua_tonumber (L, -1);
	}
	const char *text = rn_language_string (language, key, n);
	if (text == NULL) {
		rn_diagnose (host->sink, RN_D_STRING_MISSING, rn_caller_place (L), key, language->code);
		language = host->site->languages[0];
		text = rn_language_string (language, key, n);
	}
	push_filled (L, host, language, text != NULL ? text : key, values, count);
	return 1;
}

static int text_t (lua_State *L)
{
	return translate (L, rn_host_of (L)->language, 1);
}

/* The language whose code is argument INDEX of FUNCTION. */
static const RnLanguage *check_language (lua_State *L, int index, const char *function)
{
	const char *code = luaL_checkstring (L, index);
	const RnLanguage *language = rn_site_language (rn_host_of (L)->site, code);
	if (language == NULL)
		luaL_error (L, "%s: '%s' is not one of the site's languages", function, code);
	return language;
}

static int text_t_in (lua_State *L)
{
	return translate (L, check_language (L, 1, "t_in"), 2);
}

static int push_scratch (lua_State *L, RnHost *host)
{
	lua_pushlstring (L, host->scratch2->str, host->scratch2->len);
	return 1;
}

static int text_date (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1))
		return 0;
	lua_Number seconds = luaL_checknumber (L, 1);
	const char *form = luaL_optstring (L, 2, "long");
	if (!(seconds > -1e12 && seconds < 1e12))
		return luaL_error (L, "date: %f is not a number of seconds since 1970", seconds);
	g_string_truncate (host->scratch2, 0);
	rn_language_date (host->language, host->scratch2, (gint64) seconds, strcmp (form, "iso") == 0 ? NULL : form);
	return push_scratch (L, host);
}

static int text_number (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1))
		return 0;
	lua_Number n = luaL_checknumber (L, 1);
	g_string_truncate (host->scratch2, 0);
	rn_language_number (host->language, host->scratch2, n, (int) luaL_optinteger (L, 2, -1));
	return push_scratch (L, host);
}

/* The field NAME of the table or value at index 1; stays on the stack. FALSE: it is no number. */
static gboolean money_number (lua_State *L, const char *name, double *number)
{
	gboolean is = lua_getfield (L, 1, name) == LUA_TNUMBER;
	*number = is ? lua_tonumber (L, -1) : 0;
	return is;
}

static const char *money_text (lua_State *L, const char *name)
{
	return lua_getfield (L, 1, name) == LUA_TSTRING ? lua_tostring (L, -1) : NULL;
}

/* money {amount, currency, per} or {from, to, currency, per} */
static int text_money (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1))
		return 0;
	if (lua_type (L, 1) != LUA_TTABLE && rn_to_tagged (L, 1, RN_TAG_VALUE) == NULL)
		return luaL_error (L, "money takes a field of the type money, not a %s", luaL_typename (L, 1));
	RnMoney money = { 0 };
	money.has_amount = money_number (L, "amount", &money.amount);
	money.has_from = money_number (L, "from", &money.from);
	money.has_to = money_number (L, "to", &money.to);
	money.currency = money_text (L, "currency");
	money.per = money_text (L, "per");
	g_string_truncate (host->scratch2, 0);
	if (!rn_money_format (host->language, host->scratch2, &money))
		return 0;
	return push_scratch (L, host);
}

static int text_phone (lua_State *L)
{
	if (lua_isnoneornil (L, 1))
		return 0;
	/* How a country groups its digits is not known here: as the editor wrote it. */
	luaL_tolstring (L, 1, NULL);
	return 1;
}

static int text_tel (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1))
		return 0;
	g_string_truncate (host->scratch2, 0);
	rn_phone_dial (host->scratch2, luaL_tolstring (L, 1, NULL));
	return push_scratch (L, host);
}

/* text_of (value [, lang]): as rn_site_text, of tables too. Where the language is asked for, what it gives is always a text. */
static int text_of (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const gboolean asked = !lua_isnoneornil (L, 2);
	const RnLanguage *language = asked ? check_language (L, 2, "text_of") : host->language;
	const RnValue *value = rn_to_tagged (L, 1, RN_TAG_VALUE);
	lua_settop (L, 1);
	if (value != NULL) {
		lua_pushstring (L, rn_site_text (host->site, value, language));
	} else if (lua_type (L, 1) == LUA_TTABLE) {
		lua_getfield (L, 1, language->code);
		for (guint i = 0; lua_isnil (L, -1) && i < host->site->n_languages; i++) {
			lua_pop (L, 1);
			lua_getfield (L, 1, host->site->languages[i]->code);
		}
	}
	if (asked && !lua_toboolean (L, -1))
		lua_pushliteral (L, "");
	else if (asked && lua_type (L, -1) == LUA_TNUMBER)
		lua_tostring (L, -1);
	return 1;
}

/* escape (text): as it stands in HTML, in a quoted attribute too. */
static int text_escape (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	size_t len;
	const char *text = luaL_checklstring (L, 1, &len);
	rn_sandbox_spend (L, len / 4);
	g_string_truncate (host->scratch2, 0);
	rn_append_attribute (host->scratch2, text, len);
	return push_scratch (L, host);
}

/* initial (text): its first letter or digit, capital: where it stands in a list from A to Z; "#" where it has none. */
static int text_initial (lua_State *L)
{
	const char *p = luaL_checkstring (L, 1);
	char letter[7] = "#";
	gboolean valid = g_utf8_validate (p, -1, NULL);
	while (valid && *p && !g_unichar_isalnum (g_utf8_get_char (p)))
		p = g_utf8_next_char (p);
	if (valid && *p)
		letter[g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (p)), letter)] = '\0';
	lua_pushstring (L, letter);
	return 1;
}

/* alphabetical (text): what a text is sorted by to stand in the alphabet of the page's language; what is neither letter nor digit does not count. */
static int text_alphabetical (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	size_t len;
	const char *text = luaL_checklstring (L, 1, &len);
	g_string_truncate (host->scratch2, 0);
	rn_sandbox_spend (L, len);
	for (const char *p = g_utf8_validate (text, (gssize) len, NULL) ? text : ""; *p; p = g_utf8_next_char (p))
		if (g_unichar_isalnum (g_utf8_get_char (p)))
			g_string_append_printf (host->scratch2, "%08x", rn_language_letter (host->language, g_utf8_get_char (p)));
	return push_scratch (L, host);
}

static int text_truncate (lua_State *L)
{
	size_t len;
	if (lua_isnoneornil (L, 1))
		return 0;
	const char *text = luaL_checklstring (L, 1, &len);
	lua_Integer most = luaL_checkinteger (L, 2);
	if (most < 1 || !g_utf8_validate (text, (gssize) len, NULL) || g_utf8_strlen (text, (gssize) len) <= most) {
		lua_settop (L, 1);
		return 1;
	}
	const char *end = g_utf8_offset_to_pointer (text, most - 1), *space = end;
	while (space > text && !g_ascii_isspace (*space))
		space--;
	/* At a word's end where there is one in the second half. */
	if (space - text > (end - text) / 2)
		end = space;
	lua_pushlstring (L, text, (size_t) (end - text));
	lua_pushliteral (L, "…");
	lua_concat (L, 2);
	return 1;
}

static int text_json (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	g_string_truncate (host->scratch2, 0);
	luaL_checkany (L, 1);
	rn_json_append (L, 1, host->scratch2);
	rn_push_safe (L, host->scratch2->str, host->scratch2->len, RN_SAFE_JSON);
	return 1;
}

/* attr (name, value): ' name="value"', ' name' for true, nothing for nil and false. */
static int text_attr (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	size_t len;
	const char *name = luaL_checklstring (L, 1, &len);
	if (len == 0 || strspn (name, "abcdefghijklmnopqrstuvwxyz-0123456789") != len || strncmp (name, "on", 2) == 0 || strcmp (name, "style") == 0)
		return luaL_error (L, "attr: '%s' is not a name that may be printed", name);
	if (!lua_toboolean (L, 2))
		return 0;
	g_string_truncate (host->scratch2, 0);
	rn_put (host->scratch2, " ", 1);
	rn_put (host->scratch2, name, len);
	if (!lua_isboolean (L, 2)) {
		gboolean address = strcmp (name, "href") == 0 || strcmp (name, "src") == 0 || strcmp (name, "action") == 0;
		const RnPage *page = rn_to_page (L, 2);
		const char *value = page != NULL ? page->url : luaL_checkstring (L, 2);
		g_string_append (host->scratch2, "=\"");
		g_string_truncate (host->scratch, 0);
		if (address)
			rn_append_address (host, host->scratch, value);
		else
			g_string_append (host->scratch, value);
		rn_append_attribute (host->scratch2, host->scratch->str, host->scratch->len);
		g_string_append_c (host->scratch2, '"');
	}
	rn_push_safe (L, host->scratch2->str, host->scratch2->len, RN_SAFE_ATTRIBUTE);
	return 1;
}

static int text_markdown (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	size_t len;
	if (lua_isnoneornil (L, 1))
		return 0;
	const char *text = luaL_checklstring (L, 1, &len);
	if (host->options.markdown == NULL || host->linking)
		return luaL_error (L, "markdown() cannot be used here");
	rn_sandbox_spend (L, len * 4 + 500);
	/* scratch2 may be used by what the text calls; and a Lua error must not jump over a string of our own. */
	GString *html = g_string_new (NULL);
	gboolean fine = host->options.markdown (host->options.markdown_user, host->page, text, len, html);
	g_string_assign (host->scratch2, fine ? html->str : "");
	g_string_free (html, TRUE);
	if (!fine)
		return 0;
	rn_push_safe (L, host->scratch2->str, host->scratch2->len, RN_SAFE_HTML);
	return 1;
}

const luaL_Reg rn_text_functions[] = {
	{ "t", text_t }, { "t_in", text_t_in }, { "date", text_date }, { "number", text_number }, { "money", text_money }, { "phone", text_phone },
	{ "tel", text_tel }, { "text_of", text_of }, { "truncate", text_truncate }, { "initial", text_initial }, { "json", text_json }, { "attr", text_attr },
	{ "markdown", text_markdown }, { "alphabetical", text_alphabetical }, { "escape", text_escape }, { NULL, NULL },
};
