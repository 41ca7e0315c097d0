/* target.c - words -> a target; site.yaml's publish: -> the target of a name. Pure. Invariant: no password ever comes out of site.yaml, which everybody can read. */
#include "publish/target.h"
#include "base/words.h"

#include <string.h>

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean refuse (GError **error, const char *format, ...)
{
	va_list args;
	va_start (args, format);
	if (error)
		*error = g_error_new_valist (RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _(format), args);
	va_end (args);
	return FALSE;
}

/* What comes after PREFIX; NULL: TEXT does not begin so. */
static const char *after (const char *text, const char *prefix)
{
	return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : NULL;
}

static gboolean parse_branch (const char *text, RnTarget *target, GError **error)
{
	const char *hash = strrchr (text, '#');
	target->kind = RN_TARGET_BRANCH;
	target->remote = hash && hash > text ? g_strndup (text, (gsize) (hash - text)) : NULL;
	target->place = g_strdup (hash ? hash + 1 : text);
	if (*target->place && *target->place != '-' && (hash ? target->remote != NULL : !strchr (text, ':')))
		return TRUE;
	return refuse (error, N_("'git:%s' names no branch: write git:BRANCH for a branch of this repository, or git:ADDRESS#BRANCH for one of another"), text);
}

gboolean rn_target_parse (const char *text, RnTarget *target, GError **error)
{
	const char *rest;
	*target = (RnTarget) { .keep = RN_TARGET_KEEP };
	if ((rest = after (text, "git:")))
		return parse_branch (rest, target, error);
	if ((rest = after (text, "rclone:"))) {
		target->kind = RN_TARGET_RCLONE;
		target->place = g_strdup (rest);
		return (strchr (rest, ':') && *rest != '-') || refuse (error,
			N_("'rclone:%s' has no remote: write rclone:REMOTE:PATH, with a remote that `rclone config` has made"), rest);
	}
	rest = after (text, "folder:");
	target->kind = rest ? RN_TARGET_CARD : RN_TARGET_SHELF;
	target->place = g_strdup (rest ? rest : text);
	return *target->place || refuse (error, N_("the target '%s' names no folder"), text);
}

void rn_target_clear (RnTarget *target)
{
	g_clear_pointer (&target->place, g_free);
	g_clear_pointer (&target->remote, g_free);
}

/* --- site.yaml ------------------------------------------------------------------------------------------------------------------ */

/* "https://name:secret@host" and rclone's "remote,pass=secret:". */
static gboolean holds_secret (const char *text)
{
	static const char *const words[] = { "pass", "secret", "token", "key", NULL };
	const char *host = strstr (text, "://"), *at = host ? strchr (host, '@') : NULL, *colon = host ? strchr (host + 3, ':') : NULL;
	if (at && colon && colon < at)
		return TRUE;
	g_autofree char *low = g_ascii_strdown (text, -1);
	for (const char *comma = strchr (low, ','); comma; comma = strchr (comma + 1, ','))
		for (guint i = 0; words[i]; i++) {
			const char *equals = strchr (comma + 1, '='), *word = g_strstr_len (comma + 1, equals ? equals - comma - 1 : 0, words[i]);
			if (word)
				return TRUE;
		}
	return FALSE;
}

static gboolean read_also (const RnValue *list, RnTarget *target, GError **error)
{
	static const char *const names[] = { "print", "search", "share" };   /* in the order of RN_ALSO_* */
	const guint n = !list ? 0 : list->kind == RN_LIST ? list->n : 1;
	target->also = 0;
	for (guint i = 0; i < n; i++) {
		const char *name = rn_value_string (list->kind == RN_LIST ? list->items[i] : list);
		guint k = 0;
		while (k < G_N_ELEMENTS (names) && g_strcmp0 (name, names[k]))
			k++;
		if (k == G_N_ELEMENTS (names))
			return refuse (error, N_("'also' of publish: in site.yaml takes print, search and share, not '%s'"), name ? name : rn_kind_name (list->kind));
		target->also |= 1u << k;
	}
	return TRUE;
}

static gboolean read_keep (const RnValue *value, RnTarget *target, GError **error)
{
	const gint64 n = rn_value_int (value, -1);
	target->keep = (guint) CLAMP (n, 0, 1000);
	return (n >= 0 && n <= 1000) || refuse (error, N_("'keep' of publish: in site.yaml takes a number from 0 to 1000"));
}

/* keep and also, of MAP (the target's own, or what stands for all). */
static gboolean read_map (const RnValue *map, RnTarget *target, GError **error)
{
	const RnValue *keep = rn_value_get (map, "keep"), *also = rn_value_get (map, "also");
	return (!keep || read_keep (keep, target, error)) && (!also || read_also (also, target, error));
}

static gboolean check_keys (const RnValue *map, const char *name, GError **error)
{
	static const char *const known[] = { "to", "keep", "also", NULL };
	for (guint i = 0; map->kind == RN_MAP && i < map->n; i++) {
		if (g_strv_contains (known, map->pairs[i].name))
			continue;
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET,
		             _("site.yaml:%u: publish: '%s' takes to, keep and also, not '%s'. Passwords and keys never stand in site.yaml, which everybody who has the site can read: "
		             "give them to the program that connects (git, ssh, rclone config)"), map->pairs[i].line, name, map->pairs[i].name);
		return FALSE;
	}
	return TRUE;
}

gboolean rn_target_find (const RnValue *config, const char *text, RnTarget *target, GError **error)
{
	const RnValue *all = rn_value_get (config, "publish"), *own = rn_value_get (all, text);
	const gboolean reserved = !strcmp (text, "keep") || !strcmp (text, "also");
	*target = (RnTarget) { .keep = RN_TARGET_KEEP };
	if (!own || reserved)
		return rn_target_parse (text, target, error) && read_map (all, target, error);
	const char *to = rn_value_string (own->kind == RN_MAP ? rn_value_get (own, "to") : own);
	if (!check_keys (own, text, error))
		return FALSE;
	if (!to)
		return refuse (error, N_("publish: '%s' in site.yaml does not say where: add `to:` with a folder, git:BRANCH, rclone:REMOTE:PATH or folder:PATH"), text);
	if (holds_secret (to))
		return refuse (error, N_("publish: '%s' in site.yaml holds a password or a key. Everybody who has the site can read it there: take it out, change it, and give it to the "
		               "program that connects (git's credential helper, an ssh key, rclone config)"), text);
	const gboolean fine = rn_target_parse (to, target, error);
	target->named = TRUE;
	return fine && read_map (all, target, error) && read_map (own, target, error);
}
