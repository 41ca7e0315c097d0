/*
 * share_zim.c - the site for Kiwix, by zimwriterfs where it is installed.
 *
 * In: the files of the folder edition. Out: share/site.zim. Invariant: the same files and the same edition give the same bytes: zimwriterfs takes its day from a
 * clock that we set, the random numbers that it puts into the file are replaced, and as it lays files in the order in which their folder lists them, they are
 * put where that is the order of their making (share_order.c). (A machine without such a place gets another order, and so other bytes.)
 */
#include "site/share-int.h"
#include "base/folder.h"
#include "base/raster.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define TOOL "zimwriterfs"
#define PICTURE "illustration.png"
#define ZIM_FILE "site.zim"

/* folder: of the files, in the machine's place for such; newest: it lists first what was made last. */
typedef struct { RnShare *share; char *folder; gboolean newest; } RnZim;

static gboolean put (const RnZim *zim, const char *name, const char *data, gsize len, GError **error)
{
	g_autofree char *path = g_build_filename (zim->folder, "site", name, NULL), *parent = g_path_get_dirname (path);
	g_mkdir_with_parents (parent, 0700);
	return rn_file_put (path, data, len, FALSE, 0600, error);
}

static gboolean put_files (const RnZim *zim, GError **error)
{
	g_autoptr (GPtrArray) paths = rn_share_folder_files (zim->share);
	g_autoptr (GString) bytes = g_string_new (NULL);
	for (guint i = 0; i < paths->len; i++) {
		const char *path = paths->pdata[zim->newest ? paths->len - 1 - i : i];
		if (!rn_share_folder_read (zim->share, path, bytes, error) || !put (zim, path + strlen ("site/"), bytes->str, bytes->len, error))
			return FALSE;
	}
	return TRUE;
}

/* --- the illustration: the site's icon, 48 x 48 ------------------------------------------------------------------------- */

/* Note: why the icon cannot be drawn, or NULL. FALSE: the system failed. */
static gboolean put_illustration (const RnZim *zim, char **note, GError **error)
{
	g_autoptr (GString) icon = g_string_new (NULL);
	g_autoptr (GError) why = NULL;
	if (!rn_site_read (zim->share->site, "layouts/assets/icon.svg", icon, error))
		return FALSE;
	g_autoptr (RnRaster) picture = rn_raster_draw (icon->str, icon->len, 48, 48, &why);
	GString *png = picture ? rn_raster_encode (picture, RN_RASTER_PNG, 0, &why) : NULL;
	if (!png) {
		*note = g_strdup_printf ("share/" ZIM_FILE " is not made: its picture cannot be drawn from assets/icon.svg: %s", why->message);
		return TRUE;
	}
	gboolean fine = put (zim, PICTURE, png->str, png->len, error);
	g_string_free (png, TRUE);
	return fine;
}

/* --- the tool --------------------------------------------------------------------------------------------------------- */

static void option (GPtrArray *arguments, const char *name, const char *value)
{
	g_ptr_array_add (arguments, g_strconcat ("--", name, "=", value && *value ? value : "-", NULL));
}

static char *languages (const RnSite *site)
{
	GString *codes = g_string_new (NULL);
	for (guint i = 0; i < site->n_languages; i++) {
		const char *code = rn_value_string (rn_value_get (site->languages[i]->data, "iso3"));
		g_string_append_printf (codes, "%s%s", codes->len ? "," : "", code ? code : "und");
	}
	return g_string_free (codes, FALSE);
}

/* Kiwix shows thirty letters of a title and eighty of a description. */
static char *shortened (const char *text, glong most)
{
	if (!text || g_utf8_strlen (text, -1) <= most)
		return g_strdup (text);
	g_autofree char *begin = g_utf8_substring (text, 0, most - 1);
	return g_strconcat (begin, "…", NULL);
}

static GPtrArray *command (const RnZim *zim, const char *file)
{
	const RnSite *site = zim->share->site;
	const RnLanguage *language = site->languages[0];
	const RnPage *home = rn_library_home (zim->share->library, language);
	const char *name = rn_site_text (site, site->title, language);
	if (!name)
		name = home ? home->title : "Rohnamo";
	g_autofree char *title = shortened (name, 30), *description = shortened (rn_site_text (site, rn_value_get (site->config, "description"), language), 80);
	g_autofree char *codes = languages (site), *welcome = home ? g_strconcat (home->url + 1, "index.html", NULL) : g_strdup ("index.html");
	GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
	g_ptr_array_add (arguments, g_strdup (TOOL));
	option (arguments, "welcome", welcome);
	option (arguments, "illustration", PICTURE);
	option (arguments, "language", codes);
	option (arguments, "title", title);
	option (arguments, "description", description ? description : title);
	option (arguments, "creator", name);
	option (arguments, "publisher", "Rohnamo");
	option (arguments, "name", site->base_url ? site->base_url : title);
	option (arguments, "threads", "1");
	g_ptr_array_add (arguments, g_build_filename (zim->folder, "site", NULL));
	g_ptr_array_add (arguments, g_strdup (file));
	g_ptr_array_add (arguments, NULL);
	return arguments;
}

static void put_number (GString *out, guint32 number)
{
	number = GUINT32_TO_BE (number);
	g_string_append_len (out, (const char *) &number, sizeof number);
}

/*
 * A time zone (TZif, RFC 8536) in which it is now noon on the day of the edition: by it the tool writes the local day into the file, and has no other
 * way of being told. Half a day is more than it works. Where the edition's day is not known, it is the first of 2000.
 */
static char *put_clock (const RnZim *zim, GError **error)
{
	const gint64 day = 86400, edition = rn_library_edition_time (zim->share->library), known = edition > 0 ? edition : 946684800;
	const gint64 ahead = known / day * day + day / 2 - g_get_real_time () / G_USEC_PER_SEC;
	static const guint32 counts[] = { 0, 0, 0, 0, 1, 4 };   /* nothing but one kind of time, with a name of four bytes */
	g_autoptr (GString) zone = g_string_new_len ("TZif\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
	for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
		put_number (zone, counts[i]);
	put_number (zone, (guint32) (gint32) CLAMP (ahead, G_MININT32, G_MAXINT32));
	g_string_append_len (zone, "\0\0DAY\0", 6);
	char *path = g_build_filename (zim->folder, "zone", NULL);
	if (rn_file_put (path, zone->str, zone->len, FALSE, 0600, error))
		return path;
	g_free (path);
	return NULL;
}

/* Runs the tool; what it says goes into the note where it fails. */
static gboolean run_tool (const RnZim *zim, const char *file, const char *clock, char **note)
{
	g_autoptr (GPtrArray) arguments = command (zim, file);
	g_autoptr (GError) why = NULL;
	g_autofree char *said = NULL, *complained = NULL;
	g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "TZ", clock, TRUE);
	int status = 0;
	if (g_spawn_sync (NULL, (char **) arguments->pdata, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, &complained, &status, &why) &&
	    g_spawn_check_wait_status (status, &why))
		return TRUE;
	g_autofree char *last = complained && *g_strstrip (complained) ? g_strdup (strrchr (complained, '\n') ? strrchr (complained, '\n') + 1 : complained) : NULL;
	*note = g_strdup_printf ("share/site.zim is not made: " TOOL ": %s", last ? last : why->message);
	return FALSE;
}

/* --- the same bytes for the same site ------------------------------------------------------------------------------------- */

/* HASH's first half as a number of 16 bytes. */
static void write_number (char *at, const char *hash)
{
	for (guint i = 0; i < 16; i++)
		at[i] = (char) (g_ascii_xdigit_value (hash[2 * i]) << 4 | g_ascii_xdigit_value (hash[2 * i + 1]));
}

/*
 * Random numbers stand in the file's head (bytes 8 to 23) and, uncompressed, in the heads of its search indexes, behind these words and two bytes of a version. Numbers made of
 * the site's own hash take their places; the sum at the end covers them all.
 */
static void set_numbers (char *data, gsize len, const char *hash)
{
	static const char index[] = "\x0f\x0dXapian Glass";
	const gsize words = sizeof index - 1;
	gsize size = 16;
	guint8 sum[16];
	if (len < 80 + sizeof sum)
		return;
	write_number (data + 8, hash);
	for (char *at = data; (at = memmem (at, len - (gsize) (at - data), index, words)) && (gsize) (at - data) + words + 18 <= len; at += words)
		write_number (at + words + 2, hash);
	GChecksum *md5 = g_checksum_new (G_CHECKSUM_MD5);
	g_checksum_update (md5, (const guchar *) data, (gssize) (len - sizeof sum));
	g_checksum_get_digest (md5, sum, &size);
	g_checksum_free (md5);
	memcpy (data + len - sizeof sum, sum, sizeof sum);
}

static gboolean take (const RnZim *zim, const char *file, const char *hash, GError **error)
{
	g_autofree char *data = NULL;
	gsize len;
	if (!g_file_get_contents (file, &data, &len, error))
		return FALSE;
	set_numbers (data, len, hash);
	return rn_share_put (zim->share, ZIM_FILE, "zim", NULL, data, len, error);
}

/* Where the folder edition is as it was, the old file stays. */
static gboolean keep_old (RnShare *share, const char *hash, gboolean *kept, GError **error)
{
	guint64 bytes;
	char old[65];
	*kept = FALSE;
	if (!rn_share_was (share, "site.zip", NULL, old) || strcmp (old, hash) || !rn_share_was (share, ZIM_FILE, &bytes, old))
		return TRUE;
	if (!rn_atomic_tree_keep (share->out, "share/" ZIM_FILE, NULL, error) || !rn_atomic_tree_keep (share->out, "site/share/" ZIM_FILE, NULL, error))
		return FALSE;
	g_autoptr (GPtrArray) there = rn_atomic_tree_list (share->out, "share/" ZIM_FILE), served = rn_atomic_tree_list (share->out, "site/share/" ZIM_FILE);
	*kept = there->len && served->len;
	if (*kept)
		rn_share_note (share, ZIM_FILE, "zim", NULL, bytes, old);
	return TRUE;
}

/* Without an icon that can be drawn, or where the tool fails, the rest of the bundles stands. The picture is listed first. */
static gboolean make (RnZim *zim, const char *hash, char **note, GError **error)
{
	g_autofree char *file = g_build_filename (zim->folder, ZIM_FILE, NULL);
	if ((zim->newest && !put_files (zim, error)) || !put_illustration (zim, note, error))
		return FALSE;
	if (*note)
		return TRUE;
	g_autofree char *clock = zim->newest || put_files (zim, error) ? put_clock (zim, error) : NULL;
	return clock && (!run_tool (zim, file, clock, note) || take (zim, file, hash, error));
}

gboolean rn_share_zim (RnShare *share, char **note, GError **error)
{
	const RnShared *folder = rn_share_find (share, "site.zip");
	g_autofree char *tool = g_find_program_in_path (TOOL);
	gboolean kept;
	if (!rn_value_bool (rn_value_get (rn_value_get (share->site->config, "share"), "zim"), TRUE))
		return TRUE;
	if (!tool) {
		*note = g_strdup ("share/" ZIM_FILE " is not made: " TOOL " is not installed (Debian: zim-tools)");
		return TRUE;
	}
	if (!keep_old (share, folder->hash, &kept, error))
		return FALSE;
	if (kept)
		return TRUE;
	RnZim zim = { .share = share };
	/* Unpacked, indexed and packed again, on a disk that may be memory. */
	zim.folder = rn_share_ordered_folder (folder->bytes * 10 + (16 << 20), &zim.newest, error);
	gboolean fine = zim.folder && make (&zim, folder->hash, note, error);
	if (zim.folder)
		rn_folder_remove (AT_FDCWD, zim.folder);
	g_free (zim.folder);
	return fine;
}
