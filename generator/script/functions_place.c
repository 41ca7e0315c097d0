/*
 * functions_place.c - addresses, assets, icons and pages for layouts.
 *
 * In: names. Out: addresses as text, icons as safe SVG, pages. Invariant: what does not exist is told at the place that asked for it, and the page goes on.
 */
#include "base/path.h"
#include "base/qr.h"
#include "base/text.h"
#include "markdown/sanitize.h"
#include "script/host-int.h"

#include <string.h>

/* The address of argument 1: a page or a text; NULL for nil. */
static const char *address_argument (lua_State *L)
{
	const RnPage *page = rn_to_page (L, 1);
	if (page != NULL)
		return page->url;
	return lua_isnoneornil (L, 1) ? NULL : luaL_checkstring (L, 1);
}

static int push_absolute (lua_State *L, RnHost *host, const char *address)
{
	if (host->options.file != NULL)
		host->options.file (host->options.pictures, address);
	g_string_assign (host->scratch2, host->site->base_url);
	rn_path_encode (host->scratch2, address);
	lua_pushlstring (L, host->scratch2->str, host->scratch2->len);
	return 1;
}

static gboolean own_address (const char *address)
{
	return *address == '/' && address[1] != '/';
}

static int place_url (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const char *address = address_argument (L);
	if (address == NULL)
		return 0;
	if (host->rooted && own_address (address)) {
		/* What comes out may stand in an href, which must not put the site's path before it again. */
		if (host->site->base_url != NULL)
			return push_absolute (L, host, address);
		lua_pushstring (L, address);
		return 1;
	}
	g_string_truncate (host->scratch2, 0);
	rn_append_address (host, host->scratch2, address);
	lua_pushlstring (L, host->scratch2->str, host->scratch2->len);
	return 1;
}

static int place_absolute (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const char *address = address_argument (L);
	if (address == NULL || host->site->base_url == NULL)
		return 0;
	if (own_address (address))
		return push_absolute (L, host, address);
	lua_pushstring (L, address);
	return 1;
}

static int place_asset (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const char *name = luaL_checkstring (L, 1);
	const char *found = host->options.asset != NULL ? host->options.asset (host->options.asset_user, name) : NULL;
	if (found == NULL) {
		const char *const *names = host->options.asset_names != NULL ? host->options.asset_names (host->options.asset_user) : NULL;
		const char *nearest = names != NULL ? rn_text_nearest (name, names) : NULL;
		rn_diagnose (host->sink, RN_D_ASSET_MISSING, rn_caller_place (L), name, nearest != NULL ? nearest : "");
		return 0;
	}
	lua_pushstring (L, found);
	return 1;
}

/* layouts/icons/NAME.svg, cleaned and hidden from screen readers; empty where there is none. */
static GString *load_icon (lua_State *L, RnHost *host, const char *name)
{
	g_autofree char *path = g_strdup_printf ("layouts/icons/%s.svg", name);
	g_autoptr (GString) source = g_string_new (NULL), clean = g_string_new (NULL);
	GString *icon = g_string_new (NULL);
	char what[32] = "";
	gboolean fine = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == strlen (name) &&
	                rn_site_read (host->site, path, source, NULL) && rn_sanitize_svg (source->str, source->len, clean, what) &&
	                g_str_has_prefix (clean->str, "<svg");
	if (fine) {
		g_string_append (icon, "<svg");
		if (strstr (clean->str, "aria-hidden=") == NULL)
			g_string_append (icon, " aria-hidden=\"true\"");
		g_string_append (icon, g_strchomp (clean->str) + 4);
	} else {
		g_autofree char *asset = g_strdup_printf ("icons/%s.svg", name);
		g_auto (GStrv) there = rn_site_list (host->site, "layouts/icons/");
		g_autofree char *file = g_strconcat (name, ".svg", NULL);
		const char *nearest = there != NULL ? rn_text_nearest (file, (const char *const *) there) : NULL;
		rn_diagnose (host->sink, RN_D_ASSET_MISSING, rn_caller_place (L), asset, nearest != NULL ? nearest : "");
	}
	return icon;
}

static int place_icon (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1))
		return 0;
	const char *name = luaL_checkstring (L, 1);
	/* The values for those that are there are kept. */
	lua_settop (L, 1);
	if (lua_rawgetp (L, LUA_REGISTRYINDEX, host->icons) != LUA_TTABLE) {
		lua_newtable (L);
		lua_pushvalue (L, -1);
		lua_rawsetp (L, LUA_REGISTRYINDEX, host->icons);
		lua_replace (L, 2);
	}
	lua_pushvalue (L, 1);
	if (lua_rawget (L, 2) != LUA_TNIL)
		return 1;
	const GString *icon = g_hash_table_lookup (host->icons, name);
	if (icon == NULL || icon->len == 0) {
		GString *loaded = load_icon (L, host, name);
		g_hash_table_insert (host->icons, g_strdup (name), loaded);
		icon = loaded;
	}
	rn_push_safe_borrowed (L, icon->str, icon->len, RN_SAFE_HTML);
	if (icon->len > 0) {
		lua_pushvalue (L, 1);
		lua_pushvalue (L, -2);
		lua_rawset (L, 2);
	}
	return 1;
}

static void print_file_address (gpointer user, GString *out, const char *url)
{
	RnHost *host = user;
	g_string_truncate (host->scratch, 0);
	rn_append_address (host, host->scratch, url);
	rn_append_attribute (out, host->scratch->str, host->scratch->len);
}

/* picture (address [, alt]): a file of the content, such as the value of an image field. */
static int place_picture (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	if (lua_isnoneornil (L, 1) || host->options.picture == NULL || host->page == NULL)
		return 0;
	size_t len;
	const char *file = luaL_checkstring (L, 1), *alt = luaL_optlstring (L, 2, "", &len);
	g_autoptr (GString) words = g_string_new (NULL);
	rn_append_attribute (words, alt, len);
	const RnPictureCall call = { file, words->str, print_file_address, host };
	g_string_truncate (host->scratch2, 0);
	if (!host->options.picture (host->options.pictures, host->page, &call, host->scratch2))
		return 0;
	host->pictures++;
	rn_push_safe (L, host->scratch2->str, host->scratch2->len, RN_SAFE_HTML);
	return 1;
}

/* qr (text): a QR code as safe SVG, hidden from screen readers; nil where the text does not fit one. */
static int place_qr (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	g_autoptr (RnQr) qr = lua_isnoneornil (L, 1) ? NULL : rn_qr_new (luaL_checkstring (L, 1));
	if (qr == NULL)
		return 0;
	g_string_truncate (host->scratch2, 0);
	rn_qr_svg (qr, " aria-hidden=\"true\"", host->scratch2);
	rn_push_safe (L, host->scratch2->str, host->scratch2->len, RN_SAFE_HTML);
	return 1;
}

static int place_page_by_key (lua_State *L)
{
	RnHost *host = rn_host_of (L);
	const char *key = luaL_checkstring (L, 1);
	rn_push_page (L, rn_library_page (host->library, host->language, *key == '/' ? key + 1 : key));
	return 1;
}

static int place_page_at (lua_State *L)
{
	rn_push_page (L, rn_library_at (rn_host_of (L)->library, luaL_checkstring (L, 1)));
	return 1;
}

const luaL_Reg rn_place_functions[] = {
	{ "url", place_url }, { "absolute", place_absolute }, { "asset", place_asset }, { "icon", place_icon }, { "page_by_key", place_page_by_key },
	{ "page_at", place_page_at }, { "picture", place_picture }, { "qr", place_qr }, { NULL, NULL },
};
