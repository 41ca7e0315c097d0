/* signature.c - data and a key in, a signature out, and back; ssh-keygen does both. */
#include "publish/signature.h"
#include "base/sums.h"
#include "base/words.h"
#include "publish/disk.h"
#include "publish/edition.h"
#include "publish/program.h"

#include <fcntl.h>
#include <string.h>

#define NAMESPACE "rohnamo"
#define PACKAGE "openssh-client"

char *rn_signature_make (const char *key, GBytes *data, GError **error)
{
	char *signature = NULL;
	const char *const argv[] = { "ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, NULL };
	rn_program_feed (argv, PACKAGE, data, &signature, NULL, error);
	return signature;
}

/* What stands in TEXT behind MARK, to the end of its word; NULL: it does not. Free it. */
static char *word_behind (const char *text, const char *mark)
{
	const char *at = text ? strstr (text, mark) : NULL;
	return at ? g_strndup (at + strlen (mark), strcspn (at + strlen (mark), " \r\n")) : NULL;
}

/* Does it fit, whosever it is? */
static gboolean check_alone (const char *signature, GBytes *data, RnSignature *found, char **signer, GError **error)
{
	g_autofree char *said = NULL;
	int status;
	if (!rn_program_feed ((const char *[]) { "ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature, NULL }, PACKAGE, data, &said, &status, error))
		return FALSE;
	*found = status ? RN_SIGNATURE_BAD : RN_SIGNATURE_UNKNOWN;
	*signer = status ? NULL : word_behind (said, " key ");
	return TRUE;
}

gboolean rn_signature_check (const char *signature, GBytes *data, const char *signers, RnSignature *found, char **signer, GError **error)
{
	g_autofree char *names = NULL;
	int status;
	*signer = NULL;
	if (!signers)
		return check_alone (signature, data, found, signer, error);
	if (!rn_program_feed ((const char *[]) { "ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", signers, NULL }, PACKAGE, NULL, &names, &status, error))
		return FALSE;
	g_auto (GStrv) list = g_strsplit (status || !names ? "" : names, "\n", -1);
	*found = RN_SIGNATURE_BAD;
	for (char **name = list; *name && *found != RN_SIGNATURE_GOOD; name++) {
		if (!**name)
			continue;
		if (!rn_program_feed ((const char *[]) { "ssh-keygen", "-Y", "verify", "-f", signers, "-I", *name, "-n", NAMESPACE, "-s", signature, NULL }, PACKAGE, data, NULL, &status, error))
			return FALSE;
		if (!status) {
			*found = RN_SIGNATURE_GOOD;
			*signer = g_strdup (*name);
		}
	}
	return TRUE;
}

/* NAME below FD gets its signature. */
static gboolean sign_one (const char *folder, const char *name, const char *key, GError **error)
{
	g_autofree char *path = *folder ? g_build_filename (folder, name, NULL) : g_strdup (name), *beside = g_strconcat (path, RN_SUMS_SIGNATURE, NULL);
	g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
	g_autoptr (GBytes) data = file ? g_mapped_file_get_bytes (file) : NULL;
	g_autofree char *signature = data ? rn_signature_make (key, data, error) : NULL;
	return signature && (rn_disk_write (AT_FDCWD, beside, signature) || rn_publish_fault (error, _("cannot write the signature"), beside));
}

gboolean rn_signature_put (const char *path, const char *key, GError **error)
{
	if (!g_file_test (path, G_FILE_TEST_IS_DIR))
		return sign_one ("", path, key, error);
	g_autofree char *list = g_build_filename (path, RN_SUMS_FILE, NULL);
	if (!g_file_test (list, G_FILE_TEST_EXISTS)) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_MISSING, _("there is no '%s' to be signed: write sums: true into site.yaml and build once more"), list);
		return FALSE;
	}
	g_autoptr (GPtrArray) others = rn_verify_signable (path, error);
	gboolean fine = others && sign_one (path, RN_SUMS_FILE, key, error);
	for (guint i = 0; fine && i < others->len; i++)
		fine = sign_one (path, others->pdata[i], key, error);
	return fine;
}
