/* pattern - Lua's patterns in our own matcher: what stands before the first newline is the pattern, the rest the subject. It ends within its budget. */
#include "../world.h"
#include "script/sandbox-int.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	static const char code[] =
		"local p, s, our = ... our.find(s, p) our.match(s, p) our.gsub(s, p, '%0%0', 5) for w in our.gmatch(s, p) do end our.gsub(s, p, {a = 'b'}) our.find(s, p, -3) our.find(s, p, 2, true)";
	RnSandbox box = { .instructions = 100000, .memory_limit = 8 << 20 };
	RnStop stop;
	fuzz_begin ();
	const guint8 *line = memchr (data, '\n', size);
	const gsize first = line ? (gsize) (line - data) : size, second = line ? first + 1 : size;
	g_assert_true (rn_sandbox_open (&box));
	lua_State *L = box.L;
	g_assert_cmpint (luaL_loadstring (L, code), ==, LUA_OK);
	lua_pushlstring (L, (const char *) data, first);
	lua_pushlstring (L, (const char *) data + second, size - second);
	lua_newtable (L);
	luaL_setfuncs (L, rn_pattern_functions, 0);
	rn_sandbox_call (&box, 3, 0, &stop);
	rn_sandbox_close (&box);
	return 0;
}
