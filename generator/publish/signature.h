/*
 * signature.h - signatures by ssh-keygen -Y, namespace "rohnamo": a key that people have already, a program that every system has, no format of our own.
 *
 * The signature of FILE is FILE.sig; `ssh-keygen -Y verify` reads it too. Keys are read by that program alone, never by this one.
 */
#ifndef RN_PUBLISH_SIGNATURE_H
#define RN_PUBLISH_SIGNATURE_H

#include "publish/verify.h"

/* The signature of DATA with the key in the file KEY (a private one, or a public one whose private half ssh-agent has). Free it. NULL with ERROR. */
char       *rn_signature_make (const char *key, GBytes *data, GError **error);

/* Is the file SIGNATURE one of DATA? *signer: see RnVerified; free it. FALSE with ERROR: it could not be tried. */
gboolean    rn_signature_check (const char *signature, GBytes *data, const char *signers, RnSignature *found, char **signer, GError **error);

/* Signs what was built or published at PATH, a folder or an archive, and all lists and archives in it: a .sig beside each. PATH must hold what its list says. */
gboolean    rn_signature_put (const char *path, const char *key, GError **error);

#endif
