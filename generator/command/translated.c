/* translated.c - rohnamo translated: translations in; the hash of the text that each was made from, in its front matter, out. No other byte of the file changes. */
#include "command/command.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "source/yaml.h"

#include <stdio.h>
#include <string.h>

#define MAX_BYTES ((gsize) 16 << 20)
#define FIELD "translates:"

/* The page that NAME means: a file of the content, from the site's folder or from the content's. */
static const RnPage *find_page (const RnDesk *desk, const char *name)
{
	const RnPages *pages = rn_library_pages (desk->library);
	g_autofree char *full = g_canonicalize_filename (name, NULL), *dir = g_canonicalize_filename (desk->dir, NULL), *inner = g_strconcat (desk->site->content, name, NULL);
	const char *inside = g_str_has_prefix (full, dir) && full[strlen (dir)] == '/' ? full + strlen (dir) + 1 : name;
	for (guint i = 0; i < pages->n; i++) {
		const RnPage *page = pages->items[i];
		const gboolean own = page->file && !page->text && !page->fallback;
		if (own && (!strcmp (page->file, inside) || !strcmp (page->file, inner) || !strcmp (page->file, name)))
			return page;
	}
	return NULL;
}

/* Where the line of the field stands in the front matter of TEXT, or would: at *at, so many bytes of it to be replaced. */
static void find_field (const char *text, const RnFrontMatter *front, gsize *at, gsize *len)
{
	const char *p = text + front->yaml, *end = p + front->yaml_len;
	*at = front->yaml + front->yaml_len;
	*len = 0;
	while (p < end) {
		const char *stop = memchr (p, '\n', (gsize) (end - p)), *next = stop ? stop + 1 : end;
		if (g_str_has_prefix (p, FIELD)) {
			*at = (gsize) (p - text);
			*len = (gsize) (next - p);
			return;
		}
		p = next;
	}
}

/* TEXT with the field; its line ends are those of the file. */
static void set_field (GString *text, const char *hash)
{
	RnFrontMatter front;
	gsize at, len;
	const char *newline = strstr (text->str, "\r\n") ? "\r\n" : "\n";
	rn_front_matter_find (text->str, text->len, &front);
	if (!front.yaml) {
		g_autofree char *block = g_strdup_printf ("---%s" FIELD " %s%s---%s%s", newline, hash, newline, newline, newline);
		g_string_insert (text, (gssize) front.body, block);
		return;
	}
	find_field (text->str, &front, &at, &len);
	g_autofree char *line = g_strdup_printf (FIELD " %s%s", hash, newline);
	g_string_erase (text, (gssize) at, (gssize) len);
	g_string_insert (text, (gssize) at, line);
}

static gboolean read_page (const RnDesk *desk, const RnPage *page, GString *text, GError **error)
{
	if (rn_tree_read (desk->tree, page->tree_index, 0, MAX_BYTES, text, NULL, error))
		return TRUE;
	g_prefix_error (error, "reading %s: ", page->file);
	return FALSE;
}

static int record (const RnDesk *desk, const char *name)
{
	const RnPage *page = find_page (desk, name);
	g_autoptr (GString) source = g_string_new (NULL), own = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	char hash[41];
	if (!page || !page->source || page->source->text) {
		rn_terminal_error (page ? "'%s' is no translation: it is the text that others are made from" : "there is no page '%s'; give its file, such as content/faq/patent.ru.md", name);
		return RN_EXIT_USAGE;
	}
	g_autofree char *path = g_build_filename (desk->dir, page->file, NULL);
	if (!read_page (desk, page->source, source, &error) || !read_page (desk, page, own, &error))
		goto failed;
	rn_blob_id (source->str, source->len, hash);
	set_field (own, hash);
	if (!g_file_set_contents_full (path, own->str, (gssize) own->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &error))
		goto failed;
	printf ("%s: made from %s as it is now\n", page->file, page->source->file);
	return RN_EXIT_FINE;
failed:
	rn_terminal_error ("%s", error->message);
	return RN_EXIT_FAILED;
}

int rn_command_translated (int argc, char **argv)
{
	g_autofree char *dir = NULL;
	const GOptionEntry entries[] = { { "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, "the site's folder (default: this one)", "DIR" }, { 0 } };
	g_autoptr (GError) error = NULL;
	RnDesk desk = { 0 };
	int leave;
	if (!rn_command_parse (rn_command_find ("translated"), entries,
	                       "Once a translation says all that its source says, note it: until the source changes again the page carries no notice.\n\n"
	                       "  rohnamo translated content/faq/patent.ru.md\n", &argc, &argv, &leave))
		return leave;
	if (argc < 2) {
		rn_terminal_error ("translated takes the files of translations; see: rohnamo translated --help");
		return RN_EXIT_USAGE;
	}
	leave = RN_EXIT_FINE;
	if (rn_desk_open (&desk, &(RnDeskOptions) { .dir = dir ? dir : "." }, &error)) {
		for (int i = 1; i < argc && !leave; i++)
			leave = record (&desk, argv[i]);
	} else {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_desk_close (&desk);
	return leave;
}
