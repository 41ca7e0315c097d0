/*
 * verify.h - is a copy of a site what was published: a folder (the output, a published tree, a memory card) or an archive, held against the list in it.
 *
 * Every file of SHA256SUMS is there with its bytes, no other is there, no link, and the signature beside the list (beside the archive) is good. A folder without
 * that list but with rohnamo.sha256 is held against this one.
 */
#ifndef RN_PUBLISH_VERIFY_H
#define RN_PUBLISH_VERIFY_H

#include <glib.h>

typedef enum {
	RN_SIGNATURE_NONE,
	RN_SIGNATURE_UNKNOWN,   /* it fits, but nobody said whose signatures are good */
	RN_SIGNATURE_GOOD,
	RN_SIGNATURE_BAD,
} RnSignature;

typedef struct {
	guint files;            /* that the list has */
	GPtrArray *faults;      /* owned sentences, each with its path, by path */
	RnSignature signature;
	char *signer;           /* whose, or with UNKNOWN the key's fingerprint; NULL: nobody's */
} RnVerified;

#define RN_VERIFY_UNSIGNED ""   /* in place of signers: the signature is not looked at */

/* signers: ssh's file of those whose signatures are good (ALLOWED SIGNERS in ssh-keygen(1)); NULL: none was given. FALSE with ERROR: PATH cannot be read at all. */
gboolean rn_verify (const char *path, const char *signers, RnVerified *verified, GError **error);
void     rn_verified_clear (RnVerified *verified);

/* The lists and archives that stand in the list of the folder or archive PATH, relative to it: what is to be signed with it. Free it. */
GPtrArray *rn_verify_signable (const char *path, GError **error);

#endif
