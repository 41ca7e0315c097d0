/*
 * confine.h - the process gives up what it does not need: files by Landlock, system calls by seccomp, where the kernel has them.
 *
 * What is given up stays so, for this process and all that it starts. Landlock holds the calling thread and those that it starts later, so
 * it is entered before there are others. Entered twice, what both allow is allowed. Names, sizes and times of files stay visible: Landlock knows
 * contents alone. Anything that may not be done fails with EACCES or EPERM, as on a machine that never allowed it: a library that can do
 * without does, and an error names its reason. (A killed build would name none.)
 *
 * Landlock is used from its second version on (Linux 5.19): the first one forbids all links from folder to folder, which an edition needs.
 */
#ifndef RN_BASE_CONFINE_H
#define RN_BASE_CONFINE_H

#include <glib.h>

typedef enum {
	RN_CONFINE_READ,      /* the file, or the folder and all below it */
	RN_CONFINE_WRITE,     /* to read, make, change, link and remove too */
	RN_CONFINE_FOLDERS,   /* to make, rename and remove folders below it, but no file in one */
	RN_CONFINE_SHELF,     /* as WRITE, and to make symbolic links */
	RN_CONFINE_LINKS,     /* as FOLDERS, and to list it, to make symbolic links below it and to remove what is no folder; nothing can be read or written */
	RN_CONFINE_RUN,       /* to read and run this program */
} RnConfineRight;

typedef struct RnConfine RnConfine;

/* Nothing but what every program needs of a system (its libraries, fonts, time zones, random numbers; what the environment names of these) may be read. */
RnConfine *rn_confine_new (void);
RnConfine *rn_confine_copy (const RnConfine *confine);
void       rn_confine_free (RnConfine *confine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnConfine, rn_confine_free)

/* Allows one place more; a link stands for what it leads to. NULL, or a path where nothing is: nothing. */
void rn_confine_allow (RnConfine *confine, RnConfineRight right, const char *path);

/* Allows in CONFINE all that MORE allows (NULL: nothing). */
void       rn_confine_join (RnConfine *confine, const RnConfine *more);

/* Holds the process to that from now on, and to no network (sockets that are open serve on). The version of Landlock; 0: the kernel has none, files are as they were. */
guint rn_confine_files (const RnConfine *confine);

/*
 * Takes away the system calls that no build has a use for: new sockets and connections, tracing, foreign memory, mounts, name spaces, keys, kernel
 * programs and modules, clocks, typing into the terminal; unless PROGRAMS, to run any program. All threads. FALSE: the kernel has no seccomp.
 */
gboolean rn_confine_calls (gboolean programs);

#endif
