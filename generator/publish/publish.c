/*
 * publish.c - a build, an edition of its output, what is other than there, and the target. In: what to build, an open target. Out: counts. Invariant: content
 * with errors is never published.
 */
#include "publish/publish.h"
#include "publish/phones.h"
#include "publish/signature.h"

static gboolean put (RnOutlet *outlet, const RnEdition *edition, gboolean dry, RnPublished *published, GError **error)
{
	g_autoptr (RnManifest) old = rn_outlet_manifest (outlet, error);
	if (!old)
		return FALSE;
	g_autoptr (RnUpdate) update = rn_update_new (old, edition);
	published->files = rn_edition_count (edition);
	published->added = update->added;
	published->changed = update->changed;
	published->removed = update->gone->len;
	published->bytes = update->bytes;
	if (!dry)
		return rn_outlet_put (outlet, edition, old, update, &published->replaced, error);
	return rn_phones_count (outlet, edition, &published->phones, error);
}

gboolean rn_publish_run (RnOutlet *outlet, const RnPressOptions *press, const RnPublishOptions *options, RnDiagnostics *sink, RnPublished *published, GError **error)
{
	*published = (RnPublished) { 0 };
	if (!rn_press_run (press, sink, &published->press, error))
		return FALSE;
	published->refused = !published->press.replaced || rn_diagnostics_count (sink, RN_ERROR) || (press->strict && rn_diagnostics_count (sink, RN_WARNING));
	if (published->refused)
		return TRUE;
	g_autofree char *site = g_build_filename (press->out, "site", NULL);
	if (options->key && !rn_signature_put (site, options->key, error))
		return FALSE;
	g_autoptr (RnEdition) edition = rn_edition_open (press->out, published->press.commit, options->also, options->key, error);
	return edition && put (outlet, edition, options->dry, published, error);
}

void rn_published_clear (RnPublished *published)
{
	rn_press_result_clear (&published->press);
	g_clear_pointer (&published->phones, g_array_unref);
}
