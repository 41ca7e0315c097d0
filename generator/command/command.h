/*
 * command.h - the verbs of the command line.
 *
 * A verb gets its own arguments (its name first) and answers with an exit code: 0 fine, 1 the content has errors, 2 the call was wrong,
 * 3 the system or the program failed.
 */
#ifndef RN_COMMAND_COMMAND_H
#define RN_COMMAND_COMMAND_H

#include <glib.h>

enum { RN_EXIT_FINE, RN_EXIT_CONTENT, RN_EXIT_USAGE, RN_EXIT_FAILED };

typedef struct {
	const char *name, *usage, *summary;
	int (*run) (int argc, char **argv);
} RnCommand;

/* The whole program. */
int rn_command_main (int argc, char **argv);

int rn_command_build (int argc, char **argv);
int rn_command_serve (int argc, char **argv);
int rn_command_cms (int argc, char **argv);
int rn_command_check (int argc, char **argv);
int rn_command_print (int argc, char **argv);
int rn_command_explain (int argc, char **argv);
int rn_command_search (int argc, char **argv);
int rn_command_init (int argc, char **argv);
int rn_command_new (int argc, char **argv);
int rn_command_status (int argc, char **argv);
int rn_command_translated (int argc, char **argv);
int rn_command_import (int argc, char **argv);
int rn_command_diff (int argc, char **argv);
int rn_command_rename (int argc, char **argv);
int rn_command_remove (int argc, char **argv);
int rn_command_publish (int argc, char **argv);
int rn_command_verify (int argc, char **argv);
int rn_command_sign (int argc, char **argv);
int rn_command_hook (int argc, char **argv);

/* Parses the options of verb COMMAND; what is left over stays in argv. FALSE: EXIT is the code to leave with (help was shown, or it was wrong). */
gboolean rn_command_parse (const RnCommand *command, const GOptionEntry *entries, const char *details, int *argc, char ***argv, int *leave);

/* What one verb takes, in the order of the list: the options of ENTRIES, and DETAILS in English. */
typedef void (*RnCommandTell) (const RnCommand *command, const GOptionEntry *entries, const char *details, gpointer user);

/* Tells of every verb but help, without running it. */
void rn_command_each (RnCommandTell tell, gpointer user);

/* What `rohnamo help` prints in other shapes (manual.c, completion.c), on standard output: a page of the manual in the language of the program; what a shell
 * completes. */
void rn_command_manual (void);
void rn_command_complete_bash (void);
void rn_command_complete_zsh (void);

/* The three paragraphs of `rohnamo help`: how to begin, what a site is, exit codes; in English. */
extern const char *const rn_command_begin, *const rn_command_about, *const rn_command_exits;

/* The verb by its name; NULL: there is none. */
const RnCommand *rn_command_find (const char *name);

/* The key that the environment names for signatures (ROHNAMO_SIGN_KEY); NULL: none. Borrowed. */
const char *rn_command_key (void);

/* Where the tool's own layouts/, plugins/ and content/ are: ROHNAMO_SHARE, beside the program, or where it was installed. Free it. */
char *rn_command_share (void);

#endif
