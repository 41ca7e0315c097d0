/* dump - a wiki's export, as XML or packed. */
#include "../world.h"
#include "import/dump.h"

#include <sys/mman.h>
#include <unistd.h>

static gboolean take (const RnDumpPage *page, gpointer user, GError **error)
{
	const RnDumpSite *site = user;
	const char *rest;
	(void) error;
	g_assert_nonnull (page->title);
	g_assert_nonnull (page->text);
	rn_dump_namespace (site, page->title, &rest);
	G_GNUC_UNUSED g_autofree char *title = rn_dump_title (site, rest, -1);
	return TRUE;
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	const int file = memfd_create ("dump", 0);
	g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);
	g_autoptr (GError) error = NULL;
	RnDumpSite *site = rn_dump_site_new ();
	g_assert_cmpint (write (file, data, size), ==, (gssize) size);
	g_assert_true (rn_dump_read (path, site, take, site, &error) == (error == NULL));
	rn_dump_site_free (site);
	close (file);
	return 0;
}
