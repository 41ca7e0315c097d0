/* received.c - a pushed commit, the branch's tip and the commit that is live -> what to do. */
#include "publish/received.h"

#include <string.h>

gboolean rn_push_parse (const char *line, RnPush *push)
{
	g_auto (GStrv) words = g_strsplit (line, " ", 3);
	*push = (RnPush) { 0 };
	if (g_strv_length (words) != 3 || strlen (words[1]) != 40 || !g_str_has_prefix (words[2], "refs/heads/"))
		return FALSE;
	g_strlcpy (push->commit, words[1], sizeof push->commit);
	push->branch = g_strdup (words[2] + strlen ("refs/heads/"));
	push->deleted = strspn (push->commit, "0") == 40;
	return TRUE;
}

gboolean rn_received (RnRepository *repository, const RnPush *push, const char *live, RnReceived *received, GError **error)
{
	char tip[41];
	gboolean before = FALSE;
	*received = RN_RECEIVED_LIVE;
	if (!strcmp (live, push->commit))
		return TRUE;
	if (!rn_repository_tip (repository, push->branch, tip, error))
		return FALSE;
	*received = RN_RECEIVED_PUBLISH;
	/* The newest of all pushes counts, also where it goes back to an older commit. */
	if (!strcmp (tip, push->commit))
		return TRUE;
	*received = RN_RECEIVED_TAKEN;
	if (!rn_repository_is_before (repository, push->commit, tip, &before, error))
		return FALSE;
	if (!before)
		return TRUE;
	if (!rn_repository_is_before (repository, push->commit, live, &before, error))
		return FALSE;
	*received = before ? RN_RECEIVED_OLDER : RN_RECEIVED_PUBLISH;
	return TRUE;
}
