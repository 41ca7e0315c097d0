/* hooks.c - files of .git/hooks. In: a folder. Out: one file more or less in it, whole at any moment. Invariant: what has not our first lines is not ours. */
#include "publish/hooks.h"
#include "base/folder.h"
#include "base/words.h"
#include "publish/edition.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIGN "# Written by `rohnamo hook install`; `rohnamo hook remove` takes it away.\n"

static const char head[] = "#!/bin/sh\n" SIGN
	"rohnamo=%s\n"
	"[ -x \"$rohnamo\" ] || rohnamo=rohnamo\n"
	"before=$0.before-rohnamo\n";

static const char *const bodies[] = {
	"[ ! -x \"$before\" ] || \"$before\" \"$@\" || exit\n"
	"command -v \"$rohnamo\" >/dev/null || { echo 'rohnamo is not installed here: what is committed was not checked' >&2; exit 0; }\n"
	"exec \"$rohnamo\" hook run pre-commit\n",
	"refs=$(cat)\n"
	"[ ! -x \"$before\" ] || printf '%s\\n' \"$refs\" | \"$before\" \"$@\"\n"
	"command -v \"$rohnamo\" >/dev/null || { echo 'rohnamo is not installed here: the site was not published' >&2; exit 1; }\n"
	"printf '%s\\n' \"$refs\" | \"$rohnamo\" hook run post-receive\n",
};

const char *rn_hook_name (RnHook hook)
{
	return (const char *const[]) { "pre-commit", "post-receive" }[hook];
}

/* Is there a file at PATH, and is it ours? FALSE with ERROR: that cannot be told. */
static gboolean look (const char *path, gboolean *there, gboolean *ours, GError **error)
{
	struct stat info;
	g_autofree char *text = NULL;
	*ours = FALSE;
	*there = !lstat (path, &info);
	if (!*there)
		return errno == ENOENT || rn_publish_fault (error, "cannot look at the hook", path);
	/* A link that leads nowhere is another's. */
	if (stat (path, &info))
		return errno == ENOENT || errno == ELOOP || rn_publish_fault (error, "cannot look at the hook", path);
	if (S_ISREG (info.st_mode) && !g_file_get_contents (path, &text, NULL, error))
		return FALSE;
	*ours = text && strstr (text, SIGN);
	return TRUE;
}

gboolean rn_hook_install (const char *folder, RnHook hook, const char *program, gboolean *chained, GError **error)
{
	g_autofree char *path = g_build_filename (folder, rn_hook_name (hook), NULL), *before = g_strconcat (path, ".before-rohnamo", NULL);
	g_autofree char *quoted = g_shell_quote (program);
	g_autofree char *start = g_strdup_printf (head, quoted), *text = g_strconcat (start, bodies[hook], NULL);
	gboolean there, ours, kept, other;
	if (g_mkdir_with_parents (folder, 0777))
		return rn_publish_fault (error, "cannot make the folder", folder);
	if (!look (path, &there, &ours, error) || !look (before, &kept, &other, error))
		return FALSE;
	if (there && !ours && kept) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("both '%s' and '%s' are there: join them into one by hand, and install again"), path, before);
		return FALSE;
	}
	if (there && !ours && rename (path, before))
		return rn_publish_fault (error, "cannot rename the hook", path);
	*chained = kept || (there && !ours);
	if (rn_file_put (path, text, strlen (text), FALSE, 0777, error) &&
	    (!chmod (path, 0755) || rn_publish_fault (error, "cannot make executable", path)))
		return TRUE;
	/* The other's runs on by itself. */
	if (there && !ours)
		rename (before, path);
	return FALSE;
}

gboolean rn_hook_remove (const char *folder, RnHook hook, gboolean *removed, GError **error)
{
	g_autofree char *path = g_build_filename (folder, rn_hook_name (hook), NULL), *before = g_strconcat (path, ".before-rohnamo", NULL);
	gboolean there, kept, other;
	*removed = FALSE;
	if (!look (path, &there, removed, error) || !look (before, &kept, &other, error))
		return FALSE;
	if (!*removed)
		return TRUE;
	/* In one step, so that the other's hook is never missing. */
	if (kept ? rename (before, path) : unlink (path))
		return rn_publish_fault (error, "cannot remove the hook", path);
	return TRUE;
}
