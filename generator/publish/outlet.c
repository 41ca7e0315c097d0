/* outlet.c - a target to its kind. */
#include "publish/outlet-int.h"
#include "base/words.h"

RnOutlet *rn_outlet_open (const RnTarget *target, const RnOutletOptions *options, GError **error)
{
	static const RnOutletKind *const kinds[] = { &rn_outlet_shelf, &rn_outlet_branch, &rn_outlet_rclone, &rn_outlet_card };   /* in the order of RN_TARGET_* */
	const RnOutletKind *kind = kinds[target->kind];
	g_autoptr (RnOutlet) outlet = g_malloc0 (kind->size);
	outlet->kind = kind;
	outlet->target = target;
	outlet->options = *options;
	return kind->open (outlet, error) ? g_steal_pointer (&outlet) : NULL;
}

void rn_outlet_close (RnOutlet *outlet)
{
	if (!outlet)
		return;
	outlet->kind->close (outlet);
	g_free (outlet);
}

gboolean rn_outlet_live (RnOutlet *outlet, RnOutletLive *live)
{
	*live = (RnOutletLive) { 0 };
	return outlet->kind->live (outlet, live);
}

RnManifest *rn_outlet_manifest (RnOutlet *outlet, GError **error)
{
	return outlet->kind->manifest (outlet, error);
}

gboolean rn_outlet_read (RnOutlet *outlet, const char *path, GString *buffer, GError **error)
{
	g_string_truncate (buffer, 0);
	return outlet->kind->read (outlet, path, buffer, error);
}

gboolean rn_outlet_put (RnOutlet *outlet, const RnEdition *edition, const RnManifest *old, const RnUpdate *update, gboolean *changed, GError **error)
{
	*changed = FALSE;
	return outlet->kind->put (outlet, edition, old, update, changed, error);
}

gboolean rn_outlet_back (RnOutlet *outlet, GError **error)
{
	if (outlet->kind->back)
		return outlet->kind->back (outlet, error);
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET,
	             _("this target keeps no older editions; publish an earlier commit instead: rohnamo publish TARGET --rev COMMIT"));
	return FALSE;
}

gboolean rn_outlet_verify (RnOutlet *outlet, GPtrArray *faults, GError **error)
{
	if (outlet->kind->verify)
		return outlet->kind->verify (outlet, faults, error);
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_TARGET, _("only a memory card is verified: rohnamo publish folder:PATH --verify"));
	return FALSE;
}
