/*
 * errand.h - other programs (git, rclone, ssh-keygen) run for a process that has given up the right to run any (base/confine.h).
 *
 * They need what that process must not have: the user's keys, the network, settings anywhere. So a process beside it, which begins before that and reads no content,
 * runs them for it; and it runs nothing but calls of the forms that it was given when it began.
 */
#ifndef RN_PUBLISH_ERRAND_H
#define RN_PUBLISH_ERRAND_H

#include <glib.h>

/*
 * The end of a word in a form: the call's word begins with what stands before it, and has no ".." after that. Alone, RN_ERRAND_ANY is any word that is no option.
 */
#define RN_ERRAND_ANY "\001"

typedef struct RnErrands RnErrands;

RnErrands *rn_errands_new (void);
void       rn_errands_free (RnErrands *errands);

/* Allows calls of the form that WORDS, to the NULL, are; rn_errands_allow takes them one by one, without it. */
void       rn_errands_allow_words (RnErrands *errands, const char *const *words);
#define rn_errands_allow(errands, ...) rn_errands_allow_words (errands, (const char *const[]) { __VA_ARGS__, NULL })

/* Those of `ssh-keygen -Y`: to verify against SIGNERS (NULL: nobody's), to sign with KEY (NULL: not at all). */
void       rn_errands_allow_signatures (RnErrands *errands, const char *signers, const char *key);

/* Begins, before there is any thread: from now on rn_program_run asks that process. It ends with this one. FALSE with ERROR. */
gboolean   rn_errands_begin (const RnErrands *errands, GError **error);

/* Is there such a process? */
gboolean   rn_errands_are (void);

/* As rn_program_feed, there. */
gboolean   rn_errand (const char *const *argv, const char *package, GBytes *input, char **out, int *status, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnErrands, rn_errands_free)

#endif
