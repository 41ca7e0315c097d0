/*
 * patterns - our matcher against Lua's own: random patterns over random subjects, short and long, give the same by find, match, gmatch and gsub, or are refused by both; long subjects are
 * charged for.
 */
#include "script/sandbox-int.h"

static const char compare[] =
	"local seed, rounds, theirs, ours = ...\n"
	"math.randomseed (seed)\n"
	"local atoms = { 'a', 'b', '.', '%a', '%d', '[ab]', '[^a]', '%.', '%s', '[a-c]', '[%w_]', 'x', '(', ')', '()', '$', '^', '%b()', '%f[%a]', ' ', '-', '1', 'с', '[с]', '[%%a-c]', '[^%-a]', '[%]a-]', '[a%-c]', '[]a]', '[%^a]', '[-a]', '[a-]' }\n"
	"local marks = { '', '', '', '*', '+', '-', '?' }\n"
	"local letters = { 'a', 'b', 'c', 'x', '(', ')', ' ', '1', '.', '-', '\\n', 'A', '\\0', '^', '$', 'с', '%', ']' }\n"
	"local function any (t) return t[math.random (#t)] end\n"
	"local function make (t, n, m) local r = {} for i = 1, n do r[i] = any (t) .. (m and any (m) or '') end return table.concat (r) end\n"
	"local function said (f, ...)\n"
	"  local r = table.pack (pcall (f, ...))\n"
	"  if not r[1] then return 'refused' end\n"
	"  for i = 1, r.n do r[i] = tostring (r[i]) end\n"
	"  return table.concat (r, '|')\n"
	"end\n"
	"local function all (library, s, p)\n"
	"  local r = {}\n"
	"  for a, b in library.gmatch (s, p) do r[#r + 1] = tostring (a) .. ',' .. tostring (b) if #r > 50 then break end end\n"
	"  return table.concat (r, ';')\n"
	"end\n"
	"for i = 1, rounds do\n"
	"  local s = make (letters, i % 10 == 0 and math.random (600) or math.random (0, 14))\n"
	"  if i % 20 == 0 then s = string.rep ('c', 500) .. s end\n"
	"  local p, init = make (atoms, math.random (1, 5), marks), math.random (-3, 6)\n"
	"  local function same (what, x, y) if x ~= y then error (string.format ('%s of %q in %q from %d: %s, not %s', what, p, s, init, y, x), 0) end end\n"
	"  same ('find', said (theirs.find, s, p, init), said (ours.find, s, p, init))\n"
	"  same ('match', said (theirs.match, s, p, init), said (ours.match, s, p, init))\n"
	"  for _, with in ipairs { '<%0>', '', function (a) return a and #tostring (a) > 1 and '!' or nil end } do\n"
	"    same ('gsub', said (theirs.gsub, s, p, with), said (ours.gsub, s, p, with))\n"
	"  end\n"
	"  same ('gmatch', said (all, theirs, s, p), said (all, ours, s, p))\n"
	"end\n";

static void open_box (RnSandbox *box)
{
	g_assert_true (rn_sandbox_open (box));
	luaL_requiref (box->L, LUA_GNAME, luaopen_base, TRUE);
	luaL_requiref (box->L, LUA_TABLIBNAME, luaopen_table, TRUE);
	luaL_requiref (box->L, LUA_STRLIBNAME, luaopen_string, TRUE);
	luaL_requiref (box->L, LUA_MATHLIBNAME, luaopen_math, TRUE);
	lua_settop (box->L, 0);
}

static void test_same (void)
{
	RnSandbox box = { .instructions = G_GUINT64_CONSTANT (1) << 40, .memory_limit = 1 << 28 };
	open_box (&box);
	lua_State *L = box.L;
	RnStop stop;
	g_assert_cmpint (luaL_loadstring (L, compare), ==, LUA_OK);
	lua_pushinteger (L, 7);
	lua_pushinteger (L, 600);
	lua_getglobal (L, "string");
	lua_newtable (L);
	luaL_setfuncs (L, rn_pattern_functions, 0);
	if (!rn_sandbox_call (&box, 4, 0, &stop))
		g_error ("%s", lua_tostring (L, -1));
	rn_sandbox_close (&box);
}

/* What is passed over costs less than what is tried, and still something. */
static void test_charged (void)
{
	RnSandbox box = { .instructions = 1000000, .memory_limit = 1 << 26 };
	open_box (&box);
	lua_State *L = box.L;
	RnStop stop;
	lua_newtable (L);
	luaL_setfuncs (L, rn_pattern_functions, 0);
	lua_setglobal (L, "ours");
	const char *source = "local s = string.rep ('x', 100000) .. 'ab' local n = 0 for i = 1, ... do n = n + select (2, ours.gsub (s, '[ab]+', '')) end return n";
	g_assert_cmpint (luaL_loadstring (L, source), ==, LUA_OK);
	lua_pushinteger (L, 10);
	g_assert_true (rn_sandbox_call (&box, 1, 1, &stop));
	g_assert_cmpint (lua_tointeger (L, -1), ==, 10);
	g_assert_cmpint (luaL_loadstring (L, source), ==, LUA_OK);
	lua_pushinteger (L, 1000);
	g_assert_false (rn_sandbox_call (&box, 1, 1, &stop));
	g_assert_cmpint (stop, ==, RN_STOP_INSTRUCTIONS);
	rn_sandbox_close (&box);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/patterns/same", test_same);
	g_test_add_func ("/patterns/charged", test_charged);
	return g_test_run ();
}
