/* program.h - another program (git, rclone) that reaches what this one does not; it knows the passwords, we never do. */
#ifndef RN_PUBLISH_PROGRAM_H
#define RN_PUBLISH_PROGRAM_H

#include <glib.h>

/*
 * Runs ARGV (NULL-terminated; its first is looked for in PATH) and waits. out: what it wrote on standard output, to be freed; NULL: it is thrown away.
 * status: its exit status; NULL: any but 0 is an error. FALSE with ERROR: MISSING, it is not installed (the message says how to; package: Debian's); IO: it
 * failed, with its own words.
 */
gboolean rn_program_run (const char *const *argv, const char *package, char **out, int *status, GError **error);

/* The same, with INPUT (NULL: nothing) on its standard input. */
gboolean rn_program_feed (const char *const *argv, const char *package, GBytes *input, char **out, int *status, GError **error);

#endif
