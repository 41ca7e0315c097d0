/* verify.c - rohnamo verify and rohnamo sign: whether a copy is what was published, and whose word that is. */
#include "base/words.h"
#include "command/command.h"
#include "command/confined.h"
#include "command/terminal.h"
#include "publish/signature.h"

#include <stdio.h>

#define KEY_VARIABLE "ROHNAMO_SIGN_KEY"

const char *rn_command_key (void)
{
	const char *key = g_getenv (KEY_VARIABLE);
	return key && *key ? key : NULL;
}

static void tell_faults (const char *path, const RnVerified *verified)
{
	for (guint i = 0; i < verified->faults->len; i++)
		printf ("%s\n", (char *) verified->faults->pdata[i]);
	printf (ngettext ("%s: %u fault; do not rely on this copy\n", "%s: %u faults; do not rely on this copy\n", verified->faults->len), path, verified->faults->len);
}

static void tell_fine (const char *path, const RnVerified *verified)
{
	printf (ngettext ("%s: %u file, as it was listed\n", "%s: %u files, all as they were listed\n", verified->files), path, verified->files);
	if (verified->signature == RN_SIGNATURE_GOOD)
		printf (_("signed by %s\n"), verified->signer);
	else if (verified->signature == RN_SIGNATURE_UNKNOWN)
		printf (_("signed with the key %s; whose it is only --signers can tell\n"), verified->signer ? verified->signer : "?");
	else
		printf (_("not signed: whoever changed a file may have changed the list too\n"));
}

static const char *const about_verify = N_(
	"Reads all of a copy and tells which files are not as SHA256SUMS in it says, which are missing and which nobody listed.\n\n"
	"  rohnamo verify output                      what was built (site.yaml: sums: true)\n"
	"  rohnamo verify /media/card                 a memory card, a published folder\n"
	"  rohnamo verify site.zip                    the archive for phones and cards\n"
	"  rohnamo verify --signers FILE site         the signature too must be of one whom FILE names\n\n"
	"FILE has a line for each who may sign: a name, and the public key: anna@centre ssh-ed25519 AAAA...\n");

int rn_command_verify (int argc, char **argv)
{
	g_autofree char *signers = NULL;
	int leave;
	const GOptionEntry entries[] = {
		{ "signers", 0, 0, G_OPTION_ARG_FILENAME, &signers, N_("whose signatures are good: a file as ssh-keygen has it (ALLOWED SIGNERS)"), "FILE" },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	if (!rn_command_parse (rn_command_find ("verify"), entries, about_verify, &argc, &argv, &leave))
		return leave;
	if (argc != 2) {
		rn_terminal_error (N_("verify takes a folder or an archive; see: rohnamo verify --help"));
		return RN_EXIT_USAGE;
	}
	if (signers && !g_file_test (signers, G_FILE_TEST_IS_REGULAR)) {
		rn_terminal_error (_("there is no file '%s'"), signers);
		return RN_EXIT_FAILED;
	}
	g_autoptr (GError) error = NULL;
	RnVerified verified = { 0 };
	leave = RN_EXIT_FINE;
	if (!rn_confined_copy (argv[1], signers, NULL, &error) || !rn_verify (argv[1], signers, &verified, &error)) {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	} else if (verified.faults->len) {
		tell_faults (argv[1], &verified);
		leave = RN_EXIT_CONTENT;
	} else {
		tell_fine (argv[1], &verified);
	}
	rn_verified_clear (&verified);
	return leave;
}

static const char *const about_sign = N_(
	"Signs SHA256SUMS of what was built or published, and the archives in it: a file .sig beside each, by ssh-keygen. Before that\n"
	"it reads all files: what is not as it was listed is not signed. The key is an SSH key; its password is asked for by ssh-keygen,\n"
	"and a public key will do where ssh-agent has the private one. ROHNAMO_SIGN_KEY names it too.\n\n"
	"  rohnamo sign --key ~/.ssh/id_ed25519 output\n");

static int sign (const char *path, const char *key)
{
	g_autoptr (GError) error = NULL;
	RnVerified verified = { 0 };
	int leave = RN_EXIT_FINE;
	const gboolean fine = rn_confined_copy (path, NULL, key, &error) && rn_verify (path, RN_VERIFY_UNSIGNED, &verified, &error);
	if (fine && verified.faults->len) {
		tell_faults (path, &verified);
		leave = RN_EXIT_CONTENT;
	} else if (!fine || !rn_signature_put (path, key, &error)) {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	} else {
		printf (_("%s: signed\n"), path);
	}
	rn_verified_clear (&verified);
	return leave;
}

int rn_command_sign (int argc, char **argv)
{
	g_autofree char *key = NULL;
	int leave;
	const GOptionEntry entries[] = {
		{ "key", 'k', 0, G_OPTION_ARG_FILENAME, &key, N_("the file of the SSH key (default: what ROHNAMO_SIGN_KEY says)"), "KEY" },
		RN_CONFINED_OPTION,
		{ 0 },
	};
	if (!rn_command_parse (rn_command_find ("sign"), entries, about_sign, &argc, &argv, &leave))
		return leave;
	const char *with = key ? key : rn_command_key ();
	if (argc != 2 || !with) {
		rn_terminal_error (argc != 2 ? N_("sign takes a folder or an archive; see: rohnamo sign --help") : N_("sign needs --key; see: rohnamo sign --help"));
		return RN_EXIT_USAGE;
	}
	return sign (argv[1], with);
}
