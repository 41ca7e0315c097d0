/* confined-int.h - what the kinds of verbs share that give up rights: confined.c (the press), confined_desk.c (editors' verbs), confined_publish.c. */
#ifndef RN_COMMAND_CONFINED_INT_H
#define RN_COMMAND_CONFINED_INT_H

#include "base/confine.h"
#include "command/confined.h"

/* Nothing is to be given up: --no-sandbox, of which it is said here, or the environment says so. */
gboolean    rn_confined_off (void);

/* What every verb of a site reads: the site, its repository (its places are added to REPOSITORY), the shared files, the words of the program, the user's fonts. */
RnConfine  *rn_confined_site (const RnPressOptions *options, GPtrArray *repository);

/* Only what comes after a program's own loader can be run: PROGRAM (NULL: none) may be. */
void        rn_confined_program (RnConfine *confine, const char *program);

/* Allows folders of this run's own for what is needed for a while, made once; one of them, where rn_folder_scratch is from now on, or NULL. Borrowed. */
const char *rn_confined_places (RnConfine *confine);

/* As rn_confined_press, with what MORE allows (NULL: nothing); scratch: with rn_confined_places. */
void        rn_confined_press_with (RnPressOptions *options, const RnConfine *more, gboolean scratch);

/* Holds the process to CONFINE from now on; without PROGRAMS it starts none. WHEN is for who asks what holds. */
void        rn_confined_enter (const RnConfine *confine, gboolean programs, const char *when);

#endif
