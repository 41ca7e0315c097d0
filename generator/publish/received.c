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

RnReceived rn_received (RnRepository *repository, const RnPush *push, const char *live)
{
	char tip[41];
	if (!strcmp (live, push->commit))
		return RN_RECEIVED_LIVE;
	if (!rn_repository_tip (repository, push->branch, tip))
		return RN_RECEIVED_TAKEN;
	/* The newest of all pushes counts, also where it goes back to an older commit. */
	if (!strcmp (tip, push->commit))
		return RN_RECEIVED_PUBLISH;
	if (!rn_repository_is_before (repository, push->commit, tip))
		return RN_RECEIVED_TAKEN;
	return rn_repository_is_before (repository, push->commit, live) ? RN_RECEIVED_OLDER : RN_RECEIVED_PUBLISH;
}
