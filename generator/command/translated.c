/* translated.c - rohnamo translated: translations in; the hash of the text that each was made from, in its front matter, out. No other byte of the file changes. */
#include "base/folder.h"
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/terminal.h"
#include "edit/front.h"

#include <stdio.h>
#include <string.h>

#define MAX_BYTES ((gsize) 16 << 20)

static gboolean read_page (const RnDesk *desk, const RnPage *page, GString *text, GError **error)
{
	if (rn_tree_read (desk->tree, page->tree_index, 0, MAX_BYTES, text, NULL, error))
		return TRUE;
	g_prefix_error (error, "reading %s: ", page->file);
	return FALSE;
}

static int record (const RnDesk *desk, const char *name)
{
	const RnPage *page = rn_desk_page (desk, name);
	g_autoptr (GString) source = g_string_new (NULL), own = g_string_new (NULL);
	g_autoptr (GError) error = NULL;
	char hash[41];
	if (!page || !page->source || page->source->text) {
		rn_terminal_error (page ? N_("'%s' is no translation: it is the text that others are made from") : N_("there is no page '%s'; give its file, such as content/faq/patent.ru.md"), name);
		return RN_EXIT_USAGE;
	}
	g_autofree char *path = g_build_filename (desk->dir, page->file, NULL);
	if (!read_page (desk, page->source, source, &error) || !read_page (desk, page, own, &error))
		goto failed;
	rn_blob_id (source->str, source->len, hash);
	rn_front_set_field (own, "translates", hash);
	if (!rn_file_put (path, own->str, own->len, TRUE, 0666, &error))
		goto failed;
	printf (_("%s: made from %s as it is now\n"), page->file, page->source->file);
	return RN_EXIT_FINE;
failed:
	rn_terminal_error ("%s", error->message);
	return RN_EXIT_FAILED;
}

int rn_command_translated (int argc, char **argv)
{
	g_autofree char *dir = NULL;
	const GOptionEntry entries[] = { { "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" }, RN_CONFINED_OPTION, { 0 } };
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
	rn_confined_desk (dir ? dir : ".", RN_CONFINED_CONTENT, NULL);
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
