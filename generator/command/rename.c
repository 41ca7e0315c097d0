/* rename.c - rohnamo rename: a page or a file by another name in; its files renamed, all that leads there mended, its old addresses kept as aliases, out. */
#include "base/path.h"
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/edited-int.h"
#include "command/terminal.h"

#include <stdio.h>
#include <string.h>

/* NAME as the key that is meant beside OLD's: its file's ending and slashes are taken off, a bare name stays in OLD's folder. Free it. */
static char *new_key (const RnDesk *desk, const char *old, const char *name)
{
	g_autofree char *plain = g_strdup (*name == '/' ? name + 1 : name);
	const char *from = *desk->site->content && g_str_has_prefix (plain, desk->site->content) ? plain + strlen (desk->site->content) : plain;
	gsize len = strlen (from);
	if (g_str_has_suffix (from, ".md")) {
		const char *dot = g_strrstr_len (from, (gssize) (len -= 3), ".");
		g_autofree char *code = dot ? g_strndup (dot + 1, len - (gsize) (dot + 1 - from)) : NULL;
		if (code && rn_site_language (desk->site, code))
			len = (gsize) (dot - from);
	}
	while (len && from[len - 1] == '/')
		len--;
	const char *slash = strrchr (old, '/');
	const gsize folder = memchr (from, '/', len) || !slash ? 0 : (gsize) (slash - old) + 1;
	return g_strdup_printf ("%.*s%.*s", (int) folder, old, (int) len, from);
}

/* The same of a file that is no page: an ending that is not given stays. */
static char *new_path (const RnDesk *desk, const char *old, const char *name)
{
	g_autofree char *key = new_key (desk, old, name), *base = g_path_get_basename (key);
	const char *dot = strrchr (old, '.');
	return g_strconcat (key, strchr (base, '.') || !dot ? "" : dot, NULL);
}

static gboolean fits (const char *name)
{
	const RnPathFault fault = rn_path_check (name);
	if (fault != RN_PATH_FINE)
		rn_terminal_error ("'%s' cannot be a name: %s", name, rn_path_fault_text (fault));
	return fault == RN_PATH_FINE;
}

/* --- is the name free? -------------------------------------------------------------------------------------------------------- */

typedef struct { const RnEdited *edited; const char *taken; } Free;

static void look_at_aliases (RnPage *page, gpointer user)
{
	Free *self = user;
	const RnMove *move = self->edited->move;
	for (guint i = 0; page->aliases && page->aliases[i] && strcmp (page->key, move->from); i++)
		for (guint k = 0; k < self->edited->desk.site->n_languages; k++)
			if (move->to_urls[k] && !strcmp (page->aliases[i], move->to_urls[k]))
				self->taken = page->file;
}

/* Does another page have a file, a name or an address that the move would take? Told. */
static gboolean is_taken (const RnEdited *edited)
{
	const RnDesk *desk = &edited->desk;
	const RnMove *move = edited->move;
	GHashTableIter iter;
	gpointer from, to;
	Free self = { edited, NULL };
	for (g_hash_table_iter_init (&iter, move->files); g_hash_table_iter_next (&iter, &from, &to);) {
		g_autofree char *file = g_strconcat (desk->site->content, to, NULL), *path = g_build_filename (desk->dir, file, NULL);
		if (g_file_test (path, G_FILE_TEST_EXISTS)) {
			rn_terminal_error ("'%s' is there already", file);
			return TRUE;
		}
	}
	for (guint i = 0; !move->file && i < desk->site->n_languages; i++) {
		const RnPage *at = move->to_urls[i] ? rn_library_at (desk->library, move->to_urls[i]) : NULL;
		if (rn_library_page (desk->library, desk->site->languages[i], move->to) || rn_library_hidden (desk->library, desk->site->languages[i], move->to) ||
		    (at && strcmp (at->key, move->from))) {
			rn_terminal_error ("there is a page '%s' already", at ? at->key : move->to);
			return TRUE;
		}
	}
	rn_library_each_file (desk->library, look_at_aliases, &self);
	if (self.taken)
		rn_terminal_error ("the address of '%s' is an alias in '%s': take it out there first", move->to, self.taken);
	return self.taken != NULL;
}

/* --- what moves --------------------------------------------------------------------------------------------------------------- */

static void add_alias (RnEditSite *site, const char *file, const char *url)
{
	GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
	g_ptr_array_add (list, g_strdup (url));
	g_hash_table_insert (site->aliases, g_strdup (file), list);
}

/* A page's file: its new name, its addresses then and now. */
static void take_page (RnPage *page, gpointer user)
{
	RnEdited *edited = user;
	RnMove *move = edited->move;
	const char *own = page->file + strlen (edited->desk.site->content);
	const guint i = page->language->index;
	if (strcmp (page->key, move->from))
		return;
	g_hash_table_insert (move->files, g_strdup (own), g_strconcat (move->to, own + strlen (move->from), NULL));
	move->urls[i] = g_strdup (page->url);
	move->to_urls[i] = rn_library_address_as (move->library, page, move->to);
	if (strcmp (move->urls[i], move->to_urls[i])) {
		add_alias (&edited->site, own, move->urls[i]);
		g_hash_table_insert (edited->site.drops, g_strdup (own), g_strdup (move->to_urls[i]));
	}
}

/* What lies in a page's own folder goes along. */
static void take_folder (RnEdited *edited, const RnPage *page)
{
	guint begin, end;
	const char *content = edited->desk.site->content, *own = page->file + strlen (content);
	g_autofree char *prefix = g_strconcat (content, edited->move->from, "/", NULL);
	if (own[strlen (edited->move->from)] != '/')
		return;
	rn_tree_range (edited->desk.tree, prefix, &begin, &end);
	for (; begin < end; begin++) {
		const char *path = rn_tree_path (edited->desk.tree, begin) + strlen (content);
		if (!g_hash_table_contains (edited->move->files, path))
			g_hash_table_insert (edited->move->files, g_strdup (path), g_strconcat (edited->move->to, path + strlen (edited->move->from), NULL));
	}
}

/* Places that lead there, and of which nobody could tell how they are written: they are told. */
static gboolean all_mended (const RnEdited *edited)
{
	gboolean fine = TRUE;
	for (guint i = 0; i < edited->site.mends->len; i++) {
		const RnMend *mend = &g_array_index (edited->site.mends, RnMend, i);
		if (mend->to)
			continue;
		rn_edited_show_place (edited, mend, _("this leads there, and is written so that it cannot be mended by itself; write it more simply first"));
		fine = FALSE;
	}
	return fine;
}

static char *summary (const RnEdited *edited)
{
	g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
	for (guint i = 0; i < edited->site.mends->len; i++)
		g_hash_table_add (files, g_array_index (edited->site.mends, RnMend, i).file);
	return g_strdup_printf (_("Renamed: %u; links mended: %u, in %u files; old addresses that lead on: %u."), g_hash_table_size (edited->move->files), edited->site.mends->len,
	                        g_hash_table_size (files), g_hash_table_size (edited->site.aliases));
}

/* --- the command ---------------------------------------------------------------------------------------------------------------- */

static int go_on (RnEdited *edited, const RnPage *page)
{
	if (page) {
		rn_library_each_file (edited->desk.library, take_page, edited);
		take_folder (edited, page);
	} else {
		g_hash_table_insert (edited->move->files, g_strdup (edited->move->from), g_strdup (edited->move->to));
	}
	if (is_taken (edited))
		return RN_EXIT_USAGE;
	if (!rn_edited_prepare (edited) || !all_mended (edited))
		return rn_edited_unready (edited);
	g_autofree char *done = summary (edited);
	return rn_edited_finish (edited, done);
}

static int rename_it (RnEdited *edited, const char *old, const char *name)
{
	const RnPage *page = rn_desk_page (&edited->desk, old);
	g_autofree char *path = page ? NULL : rn_desk_path (&edited->desk, old);
	if (!page && !path) {
		rn_terminal_error ("there is no page or file '%s'; give a file, such as content/faq/patent.ru.md, or a name, such as faq/patent", old);
		return RN_EXIT_USAGE;
	}
	if ((page && page->kind != RN_PAGE_CONTENT) || (path && (g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".md")))) {
		rn_terminal_error ("'%s' cannot be renamed so: rename takes pages, pictures and attachments, not sections and their rules", old);
		return RN_EXIT_USAGE;
	}
	const char *from = page ? page->key : path;
	g_autofree char *to = page ? new_key (&edited->desk, from, name) : new_path (&edited->desk, from, name);
	if (!fits (to))
		return RN_EXIT_USAGE;
	if (!strcmp (from, to)) {
		rn_terminal_error ("'%s' is its name already", to);
		return RN_EXIT_USAGE;
	}
	rn_edited_begin (edited, from, to, !page);
	return go_on (edited, page);
}

int rn_command_rename (int argc, char **argv)
{
	g_autofree char *dir = NULL;
	gboolean dry = FALSE;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry, N_("show what would be changed, and write nothing"), NULL },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	RnEdited edited;
	int leave;
	if (!rn_command_parse (rn_command_find ("rename"), entries,
	                       "A page in all its languages, a picture or an attachment gets another name. Every link to it is mended, and its old\n"
	                       "addresses lead on to the new one. A name without a folder stays in its folder.\n\n"
	                       "  rohnamo rename faq/patent work-patent\n"
	                       "  rohnamo rename content/faq/patent.ru.md lists/patent\n"
	                       "  rohnamo rename media/card.svg media/migration-card.svg\n", &argc, &argv, &leave))
		return leave;
	if (argc != 3) {
		rn_terminal_error ("rename takes a page and its new name: rohnamo rename faq/patent work-patent");
		return RN_EXIT_USAGE;
	}
	leave = rn_edited_open (&edited, dir, dry) ? rename_it (&edited, argv[1], argv[2]) : RN_EXIT_FAILED;
	rn_edited_close (&edited);
	return leave;
}
