/* stamp.c - hashes of states, and the note in the cache that holds two of them together. */
#include "press/stamp.h"
#include "base/folder.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMAT 3

struct RnStamp {
	char *out;      /* the output folder, canonical */
	char *inputs;   /* their hash */
};

/* --- states ---------------------------------------------------------------------------------------------------------------- */

static void add_text (GChecksum *sum, const char *text)
{
	g_checksum_update (sum, (const guchar *) (text ? text : ""), text ? (gssize) strlen (text) + 1 : 1);
}

/* The options that change an output, and the program itself. */
static void add_options (GChecksum *sum, const RnPressOptions *options)
{
	struct stat program = { 0 };
	const gboolean flags[] = { options->strict, options->counsellor, options->drafts, options->unlisted };
	stat ("/proc/self/exe", &program);
	const gint64 state[] = { FORMAT, options->outputs, options->products != NULL, program.st_size, program.st_mtim.tv_sec, program.st_mtim.tv_nsec, (gint64) program.st_ino };
	add_text (sum, options->dir);
	add_text (sum, options->repo);
	add_text (sum, options->share);
	add_text (sum, rn_words_language ());   /* the note holds what was told */
	for (const char *const *name = options->products; name && *name; name++)
		add_text (sum, *name);
	g_checksum_update (sum, (const guchar *) flags, sizeof flags);
	g_checksum_update (sum, (const guchar *) state, sizeof state);
}

typedef struct { int fd; guint64 sum; guint files; } Walk;

/* Files come in any order, so their hashes are added up. */
static gboolean add_file (const char *path, gpointer user)
{
	Walk *walk = user;
	struct stat info;
	if (fstatat (walk->fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return FALSE;
	/* What is carried over is not ours to watch. */
	if (!strchr (path, '/') && (*path == '.' || !strcmp (path, "README.md")))
		return TRUE;
	walk->sum += rn_folder_state (path, &info);
	walk->files++;
	return TRUE;
}

static char *state_text (guint files, guint64 sum)
{
	return g_strdup_printf ("%u:%016" G_GINT64_MODIFIER "x", files, sum);
}

/* The state of the output folder as a text; NULL: it cannot be read. */
static char *state_of_output (const char *out)
{
	Walk walk = { .fd = open (out, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
	gboolean fine = walk.fd >= 0 && rn_folder_walk (walk.fd, "", add_file, &walk);
	if (walk.fd >= 0)
		close (walk.fd);
	return fine ? state_text (walk.files, walk.sum) : NULL;
}

RnStamp *rn_stamp_take (const RnPressOptions *options, RnTree *tree, RnTree *shipped)
{
	g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
	add_options (sum, options);
	if (!options->out || !rn_tree_stamp (tree, sum) || !rn_tree_stamp (shipped, sum))
		return NULL;
	RnStamp *stamp = g_new0 (RnStamp, 1);
	stamp->out = g_canonicalize_filename (options->out, NULL);
	stamp->inputs = g_strdup (g_checksum_get_string (sum));
	return stamp;
}

void rn_stamp_free (RnStamp *stamp)
{
	if (!stamp)
		return;
	g_free (stamp->out);
	g_free (stamp->inputs);
	g_free (stamp);
}

/* --- the note -------------------------------------------------------------------------------------------------------------- */

static char *note_path (const RnStamp *stamp, const char *cache)
{
	g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, stamp->out, -1);
	return g_strdup_printf ("%s/built-%.16s.json", cache, hash);
}

static const char *text_of (const json_t *note, const char *name)
{
	const char *text = json_string_value (json_object_get (note, name));
	return text ? text : "";
}

static gint64 number_of (const json_t *note, const char *name)
{
	return json_integer_value (json_object_get (note, name));
}

static gboolean restore (const json_t *note, RnDiagnostics *sink, RnPressResult *result)
{
	const json_t *list = json_object_get (note, "diagnostics");
	for (gsize i = 0; i < json_array_size (list); i++) {
		const json_t *item = json_array_get (list, i);
		const char *file = json_string_value (json_object_get (item, "file"));
		const RnDiagnostic told = { 0, text_of (item, "id"), (RnSeverity) number_of (item, "severity"), RN_PLACE (file, number_of (item, "line"), number_of (item, "col")),
			(char *) text_of (item, "message"), (char *) text_of (item, "remedy"), NULL, 0 };
		if (!rn_diagnostics_put (sink, &told))
			return FALSE;
	}
	list = json_object_get (note, "printed");
	for (gsize i = 0; i < json_array_size (list); i++) {
		const json_t *item = json_array_get (list, i);
		RnPrinted printed = { g_strdup (text_of (item, "name")), (guint) number_of (item, "pages"), (guint64) number_of (item, "bytes") };
		g_array_append_val (result->printed, printed);
	}
	result->pages = (guint) number_of (note, "pages");
	result->left_out = (guint) number_of (note, "left_out");
	result->files.files = (guint) number_of (note, "files");
	result->files.bytes = (guint64) number_of (note, "bytes");
	result->replaced = TRUE;
	return TRUE;
}

/* When something in FOLDER last came, went or was replaced; 0: it is not there. */
static gint64 state_of_folder (const char *folder)
{
	struct stat info;
	return stat (folder, &info) ? 0 : (gint64) info.st_mtim.tv_sec * 1000000 + info.st_mtim.tv_nsec / 1000;
}

static gboolean same_folders (const json_t *folders)
{
	const char *folder;
	json_t *state;
	json_object_foreach ((json_t *) folders, folder, state)
		if (json_integer_value (state) != state_of_folder (folder))
			return FALSE;
	return TRUE;
}

gboolean rn_stamp_matches (const RnStamp *stamp, const char *cache, gint64 clock, RnDiagnostics *sink, RnPressResult *result)
{
	g_autofree char *path = note_path (stamp, cache);
	json_t *note = json_load_file (path, 0, NULL);
	gboolean same = note && !strcmp (text_of (note, "inputs"), stamp->inputs) && clock >= number_of (note, "clock") && clock < number_of (note, "until") &&
		same_folders (json_object_get (note, "folders"));
	if (same) {
		g_autofree char *output = state_of_output (stamp->out);
		same = output && !strcmp (text_of (note, "output"), output) && restore (note, sink, result);
	}
	json_decref (note);
	return same;
}

static json_t *diagnostics_of (RnDiagnostics *sink)
{
	guint n;
	const RnDiagnostic *const *list = rn_diagnostics_sorted (sink, &n);
	json_t *array = json_array ();
	for (guint i = 0; i < n; i++) {
		json_t *item = json_pack ("{s:s, s:i, s:i, s:i, s:s, s:s}", "id", list[i]->name, "severity", (int) list[i]->severity, "line", (int) list[i]->where.line,
		                          "col", (int) list[i]->where.col, "message", list[i]->message, "remedy", list[i]->remedy);
		if (item && list[i]->where.file)
			json_object_set_new (item, "file", json_string (list[i]->where.file));
		json_array_append_new (array, item);
	}
	return array;
}

static json_t *printed_of (const RnPressResult *result)
{
	json_t *array = json_array ();
	for (guint i = 0; i < result->printed->len; i++) {
		const RnPrinted *printed = &g_array_index (result->printed, RnPrinted, i);
		json_array_append_new (array, json_pack ("{s:s, s:i, s:I}", "name", printed->name, "pages", (int) printed->pages, "bytes", (json_int_t) printed->bytes));
	}
	return array;
}

void rn_stamp_keep (const RnStamp *stamp, const char *cache, gint64 clock, gint64 until, const GPtrArray *folders, RnDiagnostics *sink, const RnPressResult *result)
{
	json_t *outside = json_object ();
	for (guint i = 0; folders && i < folders->len; i++)
		json_object_set_new (outside, folders->pdata[i], json_integer (state_of_folder (folders->pdata[i])));
	g_autofree char *path = note_path (stamp, cache), *output = state_text (result->files.files, result->files.state);
	g_mkdir_with_parents (cache, 0777);
	json_t *note = json_pack ("{s:s, s:s, s:I, s:I, s:i, s:i, s:i, s:I, s:o, s:o, s:o}", "inputs", stamp->inputs, "output", output, "clock", (json_int_t) clock,
	                          "until", (json_int_t) until, "pages", (int) result->pages, "left_out", (int) result->left_out, "files",
	                          (int) result->files.files, "bytes", (json_int_t) result->files.bytes, "diagnostics", diagnostics_of (sink), "printed", printed_of (result), "folders", outside);
	char *text = note ? json_dumps (note, JSON_COMPACT) : NULL;
	static const char *const places[] = { "", "drawn", "images" };
	for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
		g_autofree char *place = g_build_filename (cache, places[i], NULL);
		rn_folder_sweep (place);
	}
	/* A file whose name is not UTF-8 cannot stand in JSON: then there is no note. */
	if (text)
		g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, NULL);
	free (text);
	json_decref (note);
}
