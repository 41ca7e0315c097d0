/*
 * replay.c - a target without an engine: reads files, or all of folders, once each, and tells how long the slowest took. What an engine found stays found.
 *
 *   TARGET FILE-OR-FOLDER...      the inputs; the last line is "N inputs, the slowest N ms: NAME"
 */
#include <glib.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint inputs;
static gint64 slowest;
static char *slowest_name;

static void read_one (const char *path)
{
	g_autofree char *text = NULL;
	g_autoptr (GError) error = NULL;
	gsize len;
	if (!g_file_get_contents (path, &text, &len, &error))
		g_error ("%s", error->message);
	/* A copy of its very length: whoever reads beyond it is told of. */
	g_autofree guint8 *data = g_memdup2 (text, len);
	gint64 begin = g_get_monotonic_time ();
	fprintf (stderr, "%s\n", path);
	LLVMFuzzerTestOneInput (data ? data : (const guint8 *) "", len);
	begin = g_get_monotonic_time () - begin;
	inputs++;
	if (begin >= slowest) {
		slowest = begin;
		g_free (slowest_name);
		slowest_name = g_strdup (path);
	}
}

static void read_all (const char *path)
{
	g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
	if (!dir) {
		read_one (path);
		return;
	}
	for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
		g_autofree char *child = g_build_filename (path, name, NULL);
		read_all (child);
	}
}

int main (int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		read_all (argv[i]);
	printf ("%u inputs, the slowest %d ms: %s\n", inputs, (int) (slowest / 1000), slowest_name ? slowest_name : "none");
	g_free (slowest_name);
	return 0;
}
