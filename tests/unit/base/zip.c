/* zip.c - archives that others read: names, bytes, the first entry as EPUB wants it, the same bytes each time. */
#include "base/zip.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static gboolean to_string (gpointer user, const char *data, gsize len, GError **error)
{
	(void) error;
	g_string_append_len (user, data, (gssize) len);
	return TRUE;
}

static GString *archive (guint entries)
{
	GString *out = g_string_new (NULL), *text = g_string_new (NULL);
	g_autoptr (RnZipPacker) packer = rn_zip_packer_new ();
	g_autoptr (RnZip) zip = rn_zip_new (to_string, out);
	g_assert_true (rn_zip_add_bytes (zip, NULL, "mimetype", "application/epub+zip", 20, NULL));
	g_assert_true (rn_zip_add_bytes (zip, packer, "empty", "", 0, NULL));
	for (guint i = 0; i < entries; i++) {
		g_autofree char *name = g_strdup_printf ("папка/%u.txt", i);
		g_string_printf (text, "%u ", i);
		for (guint k = 0; k < i % 50; k++)
			g_string_append (text, "again and again ");
		g_assert_true (rn_zip_add_bytes (zip, packer, name, text->str, text->len, NULL));
	}
	g_assert_true (rn_zip_finish (zip, NULL));
	g_string_free (text, TRUE);
	return out;
}

/* Bytes 0 to 58: a local header without an extra field, the name, the bytes as they are. */
static void first_entry (void)
{
	GString *zip = archive (1);
	g_assert_cmpmem (zip->str, 4, "PK\3\4", 4);
	g_assert_cmpuint ((guchar) zip->str[8] | (guchar) zip->str[9] << 8, ==, 0);
	g_assert_cmpuint ((guchar) zip->str[28] | (guchar) zip->str[29] << 8, ==, 0);
	g_assert_cmpmem (zip->str + 30, 28, "mimetypeapplication/epub+zip", 28);
	g_string_free (zip, TRUE);
}

static void same_bytes (void)
{
	g_setenv ("TZ", "Asia/Dushanbe", TRUE);
	GString *one = archive (20);
	g_setenv ("TZ", "UTC", TRUE);
	GString *two = archive (20);
	g_assert_true (g_string_equal (one, two));
	g_string_free (one, TRUE);
	g_string_free (two, TRUE);
}

/* Another program reads it: all sums right, names in UTF-8, and, with 70,000 entries, Zip64. */
static void read_by_others (void)
{
	static const char script[] = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n"
		"assert len(z.namelist()) == int(sys.argv[2]) + 2, len(z.namelist())\nassert z.read('папка/7.txt').decode() == '7 ' + 'again and again ' * 7\n"
		"assert z.infolist()[0].filename == 'mimetype' and z.read('empty') == b''\nassert {i.date_time[0] for i in z.infolist()} == {1980}\n";
	g_autofree char *python = g_find_program_in_path ("python3"), *dir = g_dir_make_tmp ("zip-XXXXXX", NULL), *file = g_build_filename (dir, "a.zip", NULL);
	if (!python) {
		g_test_skip ("python3 is not here");
		return;
	}
	for (guint i = 0; i < 2; i++) {
		const guint entries = i ? 70000 : 60;
		g_autofree char *count = g_strdup_printf ("%u", entries), *said = NULL;
		GString *zip = archive (entries);
		int status;
		g_assert_true (g_file_set_contents (file, zip->str, (gssize) zip->len, NULL));
		g_assert_true (g_spawn_sync (NULL, (char *[]) { python, (char *) "-c", (char *) script, file, count, NULL }, NULL, 0, NULL, NULL, NULL, &said, &status, NULL));
		if (status)
			g_error ("%s", said);
		g_string_free (zip, TRUE);
	}
	g_remove (file);
	g_rmdir (dir);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/first entry", first_entry);
	g_test_add_func ("/same bytes", same_bytes);
	g_test_add_func ("/read by others", read_by_others);
	return g_test_run ();
}
