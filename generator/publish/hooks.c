/* hooks.c - files of .git/hooks. In: a folder. Out: one file more or less in it, whole at any moment. Invariant: what has not our first lines is not ours. */
#include "publish/hooks.h"
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

/* Is there a file at PATH, and is it ours? */
static gboolean look (const char *path, gboolean *ours)
{
	struct stat info;
	g_autofree char *text = NULL;
	*ours = g_file_get_contents (path, &text, NULL, NULL) && strstr (text, SIGN);
	return !lstat (path, &info);
}

gboolean rn_hook_install (const char *folder, RnHook hook, const char *program, gboolean *chained, GError **error)
{
	g_autofree char *path = g_build_filename (folder, rn_hook_name (hook), NULL), *before = g_strconcat (path, ".before-rohnamo", NULL);
	g_autofree char *quoted = g_shell_quote (program);
	g_autofree char *start = g_strdup_printf (head, quoted), *text = g_strconcat (start, bodies[hook], NULL);
	gboolean ours, other;
	if (g_mkdir_with_parents (folder, 0777))
		return rn_publish_fault (error, "cannot make the folder", folder);
	const gboolean there = look (path, &ours), kept = look (before, &other);
	if (there && !ours && kept) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("both '%s' and '%s' are there: join them into one by hand, and install again"), path, before);
		return FALSE;
	}
	if (there && !ours && rename (path, before))
		return rn_publish_fault (error, "cannot rename the hook", path);
	*chained = kept || (there && !ours);
	return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0777, error) &&
	       (!chmod (path, 0755) || rn_publish_fault (error, "cannot make executable", path));
}

gboolean rn_hook_remove (const char *folder, RnHook hook, gboolean *removed, GError **error)
{
	g_autofree char *path = g_build_filename (folder, rn_hook_name (hook), NULL), *before = g_strconcat (path, ".before-rohnamo", NULL);
	gboolean other;
	*removed = FALSE;
	if (!look (path, removed) || !*removed)
		return TRUE;
	/* In one step, so that the other's hook is never missing. */
	if (look (before, &other) ? rename (before, path) : unlink (path))
		return rn_publish_fault (error, "cannot remove the hook", path);
	return TRUE;
}
