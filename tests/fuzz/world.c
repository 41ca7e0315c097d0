/* world.c - files in memory as a tree, and the site made of them. */
#include "world.h"

#include "source/tree-int.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW ((gint64) 1780272000)   /* 2026-06-01 */

/* --- the tree ----------------------------------------------------------------------------------------------------------------- */

typedef struct { RnTree tree; GHashTable *files; } Memory;   /* path -> GBytes */

static gboolean memory_read (RnTree *tree, guint index, gsize head, gsize max, GString *buffer, gsize *size, GError **error)
{
	gsize len;
	const char *path = rn_tree_path (tree, index);
	const char *data = g_bytes_get_data (g_hash_table_lookup (((Memory *) tree)->files, path), &len);
	if (size)
		*size = len;
	g_string_truncate (buffer, 0);
	if (!head && len > max)
		return rn_tree_too_large (error, path, len, max);
	g_string_append_len (buffer, data ? data : "", (gssize) (head ? MIN (head, len) : len));
	return TRUE;
}

static void memory_close (RnTree *tree)
{
	g_hash_table_unref (((Memory *) tree)->files);
}

static void memory_changed (RnTree *tree, gboolean *changed)
{
	memset (changed, 0, rn_tree_count (tree) * sizeof *changed);
}

static gboolean memory_stamp (RnTree *tree, GChecksum *sum)
{
	(void) tree, (void) sum;
	return FALSE;
}

static const RnTreeKind memory_kind = { memory_read, memory_close, memory_changed, memory_stamp, sizeof (Memory), FALSE };

static void take_file (Memory *memory, const char *name, const char *text, gsize len, RnDiagnostics *sink)
{
	g_auto (GStrv) parts = g_strsplit (name, "/", -1);
	char *path = NULL;
	for (guint i = 0; parts[i]; i++)
		if (!*parts[i] || *parts[i] == '.' || !(path = rn_tree_join (&memory->tree, path ? path : "", parts[i], parts[i + 1] != NULL, sink)))
			return;
	if (!path || g_hash_table_contains (memory->files, path))
		return;
	g_hash_table_insert (memory->files, g_strdup (path), g_bytes_new (text, len));
	rn_tree_offer (&memory->tree, path, NULL);
}

/* Is the line at P, which ends at END, the head of a file? */
static gboolean is_head (const char *p, const char *end)
{
	return end - p > 6 && end - p < 300 && !memcmp (p, "-- ", 3) && !memcmp (end - 3, " --", 3) && !memchr (p, 0, (gsize) (end - p));
}

RnTree *fuzz_tree (const char *text, gsize len, const char *first, RnDiagnostics *sink)
{
	Memory *memory = (Memory *) rn_tree_new (&memory_kind);
	memory->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
	g_autofree char *name = g_strdup (first);
	const char *begin = text, *end = text + len;
	for (const char *p = text; p < end;) {
		const char *line = memchr (p, '\n', (gsize) (end - p)), *next = line ? line + 1 : end;
		if (is_head (p, line ? line : end)) {
			if (name)
				take_file (memory, name, begin, (gsize) (p - begin), sink);
			g_free (name);
			name = g_strndup (p + 3, (gsize) ((line ? line : end) - p) - 6);
			begin = next;
		}
		p = next;
	}
	if (name)
		take_file (memory, name, begin, (gsize) (end - begin), sink);
	rn_tree_settle (&memory->tree, sink);
	return &memory->tree;
}

RnTree *fuzz_shipped (void)
{
	static const char *const roots[] = { "layouts", "plugins", NULL };
	static RnTree *shipped;
	if (!shipped) {
		g_autoptr (GError) error = NULL;
		shipped = rn_tree_open_work (RN_TESTS "/..", roots, NULL, NULL, &error);
		g_assert_no_error (error);
	}
	return shipped;
}

/* --- the site ----------------------------------------------------------------------------------------------------------------- */

/* By abort, which every engine knows as a crash. */
static void complain (const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
	(void) user;
	fprintf (stderr, "%s: %s\n", domain ? domain : "", message);
	if (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR))
		abort ();
}

void fuzz_begin (void)
{
	static gboolean begun;
	if (begun)
		return;
	begun = TRUE;
	setlocale (LC_ALL, "C.UTF-8");
	g_log_set_default_handler (complain, NULL);
}

char *fuzz_text (const guint8 *data, gsize size)
{
	char *text = g_malloc (size + 1);
	if (size)
		memcpy (text, data, size);
	text[size] = 0;
	return text;
}

void fuzz_world_open (FuzzWorld *world, RnTree *tree, RnTree *shipped, gboolean frozen)
{
	const RnSiteOptions options = { .clock = NOW };
	if (!world->sink)
		world->sink = rn_diagnostics_new ();
	world->tree = tree;
	world->site = rn_site_open (tree, shipped, &options, world->sink, &world->error);
	world->library = world->site ? rn_library_load (world->site, NULL, 1, NULL, world->sink, &world->error) : NULL;
	if (world->library && frozen)
		rn_library_freeze (world->library);
	g_assert_true ((world->library == NULL) == (world->error != NULL));
}

void fuzz_world_close (FuzzWorld *world)
{
	rn_library_free (world->library);
	rn_site_free (world->site);
	rn_tree_free (world->tree);
	rn_diagnostics_free (world->sink);
	g_clear_error (&world->error);
	memset (world, 0, sizeof *world);
}

FuzzWorld *fuzz_world_once (const char *files, RnTree *shipped)
{
	static FuzzWorld world;
	if (!world.library) {
		fuzz_begin ();
		world.sink = rn_diagnostics_new ();
		fuzz_world_open (&world, fuzz_tree (files, strlen (files), NULL, world.sink), shipped, TRUE);
		g_assert_no_error (world.error);
	}
	return &world;
}

RnPage *fuzz_page (const FuzzWorld *world, const char *language, const char *key)
{
	RnPage *page = rn_library_page (world->library, rn_site_language (world->site, language), key);
	g_assert_nonnull (page);
	return page;
}

void fuzz_forget (RnDiagnostics **sink)
{
	rn_diagnostics_free (*sink);
	*sink = rn_diagnostics_new ();
}
