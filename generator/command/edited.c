/* edited.c - prepared changes of the site's files in; shown, done, held against the site as it is then, and staged, or all put back, out. */
#include "command/edited-int.h"
#include "base/excerpt.h"
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "source/stage.h"

#include <stdio.h>
#include <string.h>

gboolean rn_edited_open (RnEdited *edited, const char *dir, gboolean dry)
{
	g_autoptr (GError) error = NULL;
	*edited = (RnEdited) { .dry = dry };
	rn_confined_desk (dir ? dir : ".", dry ? 0 : RN_CONFINED_CONTENT | RN_CONFINED_REPOSITORY, NULL);
	if (!rn_desk_open (&edited->desk, &(RnDeskOptions) { .dir = dir ? dir : "." }, &error)) {
		rn_terminal_error ("%s", error->message);
		return FALSE;
	}
	rn_library_freeze (edited->desk.library);
	return TRUE;
}

void rn_edited_close (RnEdited *edited)
{
	if (edited->move) {
		rn_edit_site_clear (&edited->site);
		rn_move_free (edited->move);
		rn_changes_free (edited->changes);
	}
	rn_desk_close (&edited->desk);
}

void rn_edited_begin (RnEdited *edited, const char *from, const char *to, gboolean file)
{
	edited->move = rn_move_new (edited->desk.library, from, to, file);
	rn_edit_site_init (&edited->site, edited->move, edited->desk.tree);
	edited->changes = rn_changes_new (edited->desk.dir);
}

gboolean rn_edited_prepare (RnEdited *edited)
{
	g_autoptr (GError) error = NULL;
	if (rn_edit_site (&edited->site, edited->changes, &error))
		return TRUE;
	rn_terminal_error ("%s", error->message);
	return FALSE;
}

void rn_edited_show_place (const RnEdited *edited, const RnMend *mend, const char *what)
{
	g_autoptr (GString) text = g_string_new (NULL);
	gsize len;
	fprintf (stderr, "%s:%u:%u: %s\n", mend->file, mend->line, mend->col, what);
	rn_excerpt_file (edited->desk.dir, NULL, mend->file, text);
	const char *line = rn_excerpt_line (text->str, text->len, mend->line, &len);
	if (line)
		rn_terminal_line (line, len, mend->col);
}

static void show_changes (const RnEdited *edited)
{
	for (guint i = 0; i < rn_changes_count (edited->changes); i++) {
		const RnChange change = rn_changes_get (edited->changes, i);
		if (!change.to)
			printf (_("%s: removed\n"), change.file);
		else if (strcmp (change.file, change.to))
			printf ("%s -> %s\n", change.file, change.to);
	}
	for (guint i = 0; i < edited->site.mends->len; i++) {
		const RnMend *mend = &g_array_index (edited->site.mends, RnMend, i);
		if (mend->to)
			printf ("%s:%u:%u: %s -> %s\n", mend->file, mend->line, mend->col, mend->from, mend->to);
	}
	for (guint i = 0; i < edited->site.mentions->len; i++)
		printf (_("%s: it is named here too, where nothing was changed: look at it\n"), (const char *) edited->site.mentions->pdata[i]);
}

/* Has the site more errors than before? They are told. */
static gboolean is_worse (RnEdited *edited, const RnDesk *after)
{
	guint n, was;
	g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	const RnDiagnostic *const *before = rn_diagnostics_sorted (edited->desk.sink, &was);
	for (guint i = 0; i < was; i++)
		g_hash_table_add (known, g_strconcat (before[i]->name, before[i]->message, NULL));
	if (rn_diagnostics_count (after->sink, RN_ERROR) <= rn_diagnostics_count (edited->desk.sink, RN_ERROR))
		return FALSE;
	const RnDiagnostic *const *now = rn_diagnostics_sorted (after->sink, &n);
	for (guint i = 0; i < n; i++) {
		g_autofree char *key = g_strconcat (now[i]->name, now[i]->message, NULL);
		if (now[i]->severity == RN_ERROR && !g_hash_table_contains (known, key))
			fprintf (stderr, "%s:%u: %s [%s]\n", now[i]->where.file ? now[i]->where.file : "", now[i]->where.line, now[i]->message, now[i]->name);
	}
	return TRUE;
}

int rn_edited_unready (const RnEdited *edited)
{
	g_autoptr (GError) error = NULL;
	if (rn_tree_sound (edited->desk.tree, &error) && rn_tree_sound (edited->desk.shipped, &error))
		return RN_EXIT_CONTENT;
	rn_terminal_error ("%s", error->message);
	return RN_EXIT_FAILED;
}

/* What to leave with: RN_EXIT_CONTENT: the site is not as it should be, RN_EXIT_FAILED: that could not be seen. Told. */
static int verify (RnEdited *edited)
{
	RnDesk after = { 0 };
	g_autoptr (GError) error = NULL;
	gboolean fine = rn_desk_open (&after, &(RnDeskOptions) { .dir = edited->desk.dir }, &error);
	if (fine) {
		rn_library_freeze (after.library);
		fine = !is_worse (edited, &after) && rn_edit_verify (&edited->site, after.library, &error);
	}
	const gboolean seen = after.tree && rn_tree_sound (after.tree, error ? NULL : &error) && after.shipped && rn_tree_sound (after.shipped, error ? NULL : &error);
	if (error)
		rn_terminal_error ("%s", error->message);
	rn_desk_close (&after);
	return !seen ? RN_EXIT_FAILED : fine ? RN_EXIT_FINE : RN_EXIT_CONTENT;
}

/* --- git ---------------------------------------------------------------------------------------------------------------------- */

typedef struct { RnStage *stage; GPtrArray *files, *own; } Staged;   /* files: what is to be staged; own: what had changes that are not; borrowed names */

/* Before anything is written: what git knows. A file that nobody has added yet is its editor's to add. */
static gboolean look_at_git (RnEdited *edited, Staged *staged)
{
	g_autoptr (GError) why = NULL;
	*staged = (Staged) { rn_stage_open (edited->desk.dir, &why), g_ptr_array_new (), g_ptr_array_new () };
	for (guint i = 0; staged->stage && i < rn_changes_count (edited->changes); i++) {
		const RnChange change = rn_changes_get (edited->changes, i);
		const RnStageState state = rn_stage_state (staged->stage, change.file, why ? NULL : &why);
		const gboolean moves = !change.to || strcmp (change.to, change.file);
		if (state == RN_STAGE_CHANGED && !moves)
			g_ptr_array_add (staged->own, (gpointer) change.file);
		else if (state != RN_STAGE_UNKNOWN) {
			g_ptr_array_add (staged->files, (gpointer) change.file);
			if (change.to && moves)
				g_ptr_array_add (staged->files, (gpointer) change.to);
		}
	}
	if (why)
		rn_terminal_error ("nothing was changed, because git cannot tell of it: %s", why->message);
	return !why;
}

static void stage (Staged *staged)
{
	g_autoptr (GError) error = NULL;
	gboolean fine = TRUE;
	for (guint i = 0; fine && i < staged->files->len; i++)
		fine = rn_stage_add (staged->stage, staged->files->pdata[i], &error);
	if (!fine || (staged->files->len && !rn_stage_write (staged->stage, &error)))
		rn_terminal_error ("the files are changed, and git was not told of it: %s", error->message);
	else if (staged->files->len)
		puts (_("All of it is staged for git's next commit; git status shows it."));
	for (guint i = 0; i < staged->own->len; i++)
		printf (_("%s: not staged, because changes of yours were in it already\n"), (const char *) staged->own->pdata[i]);
}

static void leave_git (Staged *staged)
{
	if (staged->stage)
		rn_stage_free (staged->stage);
	g_ptr_array_unref (staged->files);
	g_ptr_array_unref (staged->own);
}

int rn_edited_finish (RnEdited *edited, const char *done)
{
	g_autoptr (GError) error = NULL;
	Staged staged;
	if (edited->dry) {
		show_changes (edited);
		printf (_("%s\nNothing was written.\n"), done);
		return RN_EXIT_FINE;
	}
	int leave = RN_EXIT_FINE;
	if (!look_at_git (edited, &staged))
		leave = RN_EXIT_FAILED;
	else if (!rn_changes_do (edited->changes, &error)) {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	} else if ((leave = verify (edited))) {
		if (rn_changes_undo (edited->changes, &error))
			rn_terminal_error ("so all is as it was: nothing was changed");
		else
			rn_terminal_error ("not all could be put back: %s", error->message);
	} else {
		if (!rn_changes_settle (edited->changes, &error)) {
			rn_terminal_error ("all is changed, but %s", error->message);
			leave = RN_EXIT_FAILED;
		}
		show_changes (edited);
		puts (done);
		if (staged.stage)
			stage (&staged);
	}
	leave_git (&staged);
	return leave;
}
