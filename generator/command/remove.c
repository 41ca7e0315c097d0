/* remove.c - rohnamo remove: a page in; its files gone where nothing leads there, or what leads there mended to lead to another page, out. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/edited-int.h"
#include "command/terminal.h"
#include "source/stage.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	const char *redirect, *language;   /* NULL: none, all */
	gboolean force;
} Wish;

typedef struct { RnEdited *edited; const Wish *wish; GPtrArray *files, *left; const RnPage *other; } Removal;   /* files: those that go; left: the page's others; RnPage */

/* --- what goes ---------------------------------------------------------------------------------------------------------------- */

static void take_page (RnPage *page, gpointer user)
{
	Removal *removal = user;
	if (strcmp (page->key, removal->edited->move->from))
		return;
	const gboolean goes = !removal->wish->language || !strcmp (page->language->code, removal->wish->language);
	g_ptr_array_add (goes ? removal->files : removal->left, page);
}

/* The page of the other in LANGUAGE, or that which has all others' shared fields. */
static const RnPage *other_in (const Removal *removal, const RnLanguage *language)
{
	const RnPage *page = rn_library_page (removal->edited->desk.library, language, removal->other->key);
	return page && page->file && !page->fallback ? page : removal->other;
}

static void add_alias (RnEditSite *site, const RnPage *to, gsize content, const char *url)
{
	GPtrArray *list = g_hash_table_lookup (site->aliases, to->file + content);
	if (!list)
		g_hash_table_insert (site->aliases, g_strdup (to->file + content), list = g_ptr_array_new_with_free_func (g_free));
	g_ptr_array_add (list, g_strdup (url));
}

/* Everything by which readers may know the page leads to the other from now on. */
static void take_addresses (Removal *removal)
{
	RnEdited *edited = removal->edited;
	RnMove *move = edited->move;
	const gsize content = strlen (edited->desk.site->content);
	for (guint i = 0; i < removal->files->len; i++) {
		const RnPage *page = removal->files->pdata[i], *to = removal->other ? other_in (removal, page->language) : NULL;
		move->urls[page->language->index] = g_strdup (page->url);
		g_hash_table_add (edited->site.gone, g_strdup (page->file + content));
		if (!to)
			continue;
		move->to_urls[page->language->index] = g_strdup (to->url);
		add_alias (&edited->site, to, content, page->url);
		for (guint k = 0; page->aliases && page->aliases[k]; k++)
			add_alias (&edited->site, to, content, page->aliases[k]);
	}
}

/* --- what forbids it ------------------------------------------------------------------------------------------------------------ */

/* How to leave where something would be lost that git does not have, or it cannot tell; told. */
static int would_be_lost (const Removal *removal, RnStage *stage)
{
	int lost = RN_EXIT_FINE;
	for (guint i = 0; i < removal->files->len && !removal->wish->force; i++) {
		const char *file = ((const RnPage *) removal->files->pdata[i])->file;
		g_autoptr (GError) error = NULL;
		const RnStageState state = stage ? rn_stage_state (stage, file, &error) : RN_STAGE_UNKNOWN;
		if (state == RN_STAGE_CLEAN)
			continue;
		if (error) {
			rn_terminal_error ("%s", error->message);
			return RN_EXIT_FAILED;
		}
		if (state == RN_STAGE_UNKNOWN)
			rn_terminal_error ("%s is not in git: nothing could bring it back. Commit it first, or remove it with --force", file);
		else
			rn_terminal_error ("%s has changes that are not committed: nothing could bring them back. Commit them first, or remove it with --force", file);
		lost = RN_EXIT_CONTENT;
	}
	return lost;
}

/* A translation takes shared fields from its source. */
static gboolean others_need_it (const Removal *removal)
{
	for (guint i = 0; i < removal->left->len && !removal->wish->force; i++) {
		const RnPage *page = removal->left->pdata[i];
		if (page->source && g_ptr_array_find (removal->files, page->source, NULL)) {
			rn_terminal_error ("%s is a translation of %s, and takes from it what the languages share. Remove it too, or use --force", page->file, page->source->file);
			return TRUE;
		}
	}
	return FALSE;
}

/* Does something lead to the page? Each place is told, with its line. */
static gboolean is_linked (const Removal *removal)
{
	const RnEdited *edited = removal->edited;
	guint n = 0;
	for (guint i = 0; i < edited->site.mends->len; i++) {
		const RnMend *mend = &g_array_index (edited->site.mends, RnMend, i);
		if (!mend->ours || (removal->other && mend->to))
			continue;
		rn_edited_show_place (edited, mend, removal->other ? _("this leads there, and is written so that it cannot be mended by itself; write it more simply first") : _("this leads there"));
		n++;
	}
	if (n && !removal->other)
		rn_terminal_error (ngettext ("nothing was removed: %u place leads to '%s'. Take the link out, lead it elsewhere with --redirect PAGE, or remove the page with --force",
		                             "nothing was removed: %u places lead to '%s'. Take the links out, lead them elsewhere with --redirect PAGE, or remove the page with --force", n),
		                   n, edited->move->from);
	return n > 0;
}

/* --- doing it -------------------------------------------------------------------------------------------------------------------- */

/* Without another page to lead to, places are looked for and stay as they are: what goes is all that is changed. FALSE: a file cannot be read, which is told. */
static gboolean only_remove (Removal *removal)
{
	RnEdited *edited = removal->edited;
	g_autoptr (GError) error = NULL;
	g_autoptr (GString) text = g_string_new (NULL);
	rn_changes_free (edited->changes);
	edited->changes = rn_changes_new (edited->desk.dir);
	for (guint i = 0; i < removal->files->len; i++) {
		const RnPage *page = removal->files->pdata[i];
		if (!rn_tree_read (edited->desk.tree, page->tree_index, 0, (gsize) 64 << 20, text, NULL, &error)) {
			rn_terminal_error ("%s", error->message);
			return FALSE;
		}
		g_autoptr (GBytes) before = g_bytes_new (text->str, text->len);
		rn_changes_add (edited->changes, page->file, NULL, before, NULL);
	}
	g_array_set_size (edited->site.mends, 0);
	g_ptr_array_set_size (edited->site.mentions, 0);
	return TRUE;
}

/* What brings the files back, as far as their last commit has them as they are. */
static char *way_back (const Removal *removal, RnStage *stage)
{
	g_autoptr (GString) out = g_string_new (NULL);
	g_autoptr (GString) names = g_string_new (NULL);
	for (guint i = 0; i < removal->files->len; i++) {
		const RnPage *page = removal->files->pdata[i];
		g_autofree char *quoted = g_shell_quote (page->file);
		if (stage && rn_stage_state (stage, page->file, NULL) == RN_STAGE_CLEAN)
			g_string_append_printf (names, " %s", strpbrk (page->file, " '\"$&;()") ? quoted : page->file);
	}
	g_string_append_printf (out, _("Removed: %u; links that lead elsewhere now: %u."), removal->files->len, removal->other ? removal->edited->site.mends->len : 0);
	if (names->len && rn_stage_commit (stage))
		g_string_append_printf (out, _("\nTo bring it back: git checkout %.12s --%s"), rn_stage_commit (stage), names->str);
	return g_strdup (out->str);
}

static int remove_it (Removal *removal, const RnPage *page)
{
	RnEdited *edited = removal->edited;
	/* Where it is only looked what leads there, a name stands in that no page has. */
	g_autofree char *nowhere = g_strconcat (page->key, "-", NULL);
	rn_edited_begin (edited, page->key, removal->other ? removal->other->key : nowhere, FALSE);
	edited->move->other = TRUE;
	rn_library_each_file (edited->desk.library, take_page, removal);
	if (!removal->files->len) {
		rn_terminal_error ("'%s' has no page in '%s'", page->key, removal->wish->language);
		return RN_EXIT_USAGE;
	}
	take_addresses (removal);
	g_autoptr (GError) error = NULL;
	g_autoptr (RnStage) stage = rn_stage_open (edited->desk.dir, &error);
	if (error) {
		rn_terminal_error ("nothing was changed, because git cannot tell of it: %s", error->message);
		return RN_EXIT_FAILED;
	}
	const int lost = would_be_lost (removal, stage);
	if (lost || others_need_it (removal))
		return lost ? lost : RN_EXIT_CONTENT;
	/* A link by the page's name goes on to a language that stays. */
	const gboolean whole = !removal->left->len;
	if (whole && (!rn_edited_prepare (edited) || ((removal->other || !removal->wish->force) && is_linked (removal))))
		return rn_edited_unready (edited);
	if (!removal->other && !only_remove (removal))
		return rn_edited_unready (edited);
	g_autofree char *done = way_back (removal, stage);
	return rn_edited_finish (edited, done);
}

static int choose (RnEdited *edited, const Wish *wish, const char *name)
{
	const RnDesk *desk = &edited->desk;
	const RnPage *page = rn_desk_page (desk, name), *other = wish->redirect ? rn_desk_page (desk, wish->redirect) : NULL;
	if (!page || page->kind != RN_PAGE_CONTENT) {
		rn_terminal_error (page ? N_("'%s' is a section: take its pages out one by one") : N_("there is no page '%s'; give a file, such as content/faq/patent.ru.md, or a name, such as faq/patent"), name);
		return RN_EXIT_USAGE;
	}
	if (wish->redirect && (!other || !strcmp (other->key, page->key) || wish->language)) {
		rn_terminal_error (wish->language ? N_("--redirect is for a whole page, not for one of its languages") : other ? N_("a page cannot lead on to itself") : N_("there is no page '%s' to lead on to"), wish->redirect);
		return RN_EXIT_USAGE;
	}
	if (wish->language && !rn_site_language (desk->site, wish->language)) {
		rn_terminal_error ("'%s' is none of the site's languages", wish->language);
		return RN_EXIT_USAGE;
	}
	Removal removal = { edited, wish, g_ptr_array_new (), g_ptr_array_new (), other && other->source ? other->source : other };
	const int leave = remove_it (&removal, page);
	g_ptr_array_unref (removal.files);
	g_ptr_array_unref (removal.left);
	return leave;
}

int rn_command_remove (int argc, char **argv)
{
	g_autofree char *dir = NULL, *redirect = NULL, *language = NULL;
	gboolean dry = FALSE, force = FALSE;
	const GOptionEntry entries[] = {
		{ "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" },
		{ "redirect", 'r', 0, G_OPTION_ARG_STRING, &redirect, N_("what leads there leads to PAGE from now on, old addresses too"), "PAGE" },
		{ "lang", 'l', 0, G_OPTION_ARG_STRING, &language, N_("one language alone"), "LANG" },
		{ "force", 'f', 0, G_OPTION_ARG_NONE, &force, N_("also where something leads there, or git does not have it"), NULL },
		{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry, N_("show what would be changed, and write nothing"), NULL },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	RnEdited edited;
	int leave;
	if (!rn_command_parse (rn_command_find ("remove"), entries,
	                       "Removes a page in all its languages, unless something leads there: then each place is told, and nothing is removed.\n\n"
	                       "  rohnamo remove faq/patent\n"
	                       "  rohnamo remove faq/patent --redirect faq/work-patent\n"
	                       "  rohnamo remove faq/patent --lang ru\n", &argc, &argv, &leave))
		return leave;
	if (argc != 2) {
		rn_terminal_error ("remove takes one page: rohnamo remove faq/patent");
		return RN_EXIT_USAGE;
	}
	const Wish wish = { redirect, language, force };
	leave = rn_edited_open (&edited, dir, dry) ? choose (&edited, &wish, argv[1]) : RN_EXIT_FAILED;
	rn_edited_close (&edited);
	return leave;
}
