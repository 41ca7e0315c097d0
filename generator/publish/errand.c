/*
 * errand.c - a call in, as a message over a pair of sockets; what the program said out, as another.
 *
 * A message is its length and a GVariant. Invariants: the process that runs programs looks at nothing but these messages; a call of no form that it was given, or one that
 * is no call, ends it, as nothing that is whole would ask so.
 */
#include "publish/errand.h"
#include "base/words.h"
#include "publish/edition.h"
#include "publish/program.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define CALL "(asaybsb)"      /* words, input, is there input, package, is the status wanted */
#define ANSWER "(biays)"      /* fine; status, or the error's code; output; the error's message */
#define LARGEST (1u << 30)

struct RnErrands { GPtrArray *forms; };   /* GStrv */

static int line = -1;                     /* to the process that runs programs */

RnErrands *rn_errands_new (void)
{
	RnErrands *errands = g_new0 (RnErrands, 1);
	errands->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
	return errands;
}

void rn_errands_free (RnErrands *errands)
{
	if (!errands)
		return;
	g_ptr_array_unref (errands->forms);
	g_free (errands);
}

void rn_errands_allow_words (RnErrands *errands, const char *const *words)
{
	g_ptr_array_add (errands->forms, g_strdupv ((char **) words));
}

void rn_errands_allow_signatures (RnErrands *errands, const char *signers, const char *key)
{
	rn_errands_allow (errands, "ssh-keygen", "-Y", "check-novalidate", "-n", "rohnamo", "-s", RN_ERRAND_ANY);
	if (signers) {
		rn_errands_allow (errands, "ssh-keygen", "-Y", "find-principals", "-s", RN_ERRAND_ANY, "-f", signers);
		rn_errands_allow (errands, "ssh-keygen", "-Y", "verify", "-f", signers, "-I", RN_ERRAND_ANY, "-n", "rohnamo", "-s", RN_ERRAND_ANY);
	}
	if (key)
		rn_errands_allow (errands, "ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "rohnamo");
}

/* --- messages ------------------------------------------------------------------------------------------------------------------- */

static gboolean read_all (int fd, void *to, gsize len)
{
	for (gsize at = 0; at < len;) {
		const gssize n = read (fd, (char *) to + at, len - at);
		if (!n || (n < 0 && errno != EINTR))
			return FALSE;
		at += n > 0 ? (gsize) n : 0;
	}
	return TRUE;
}

/* Not by write: where the other side has ended, that is told, and no signal ends this one. */
static gboolean send_all (int fd, const void *from, gsize len)
{
	for (gsize at = 0; at < len;) {
		const gssize n = send (fd, (const char *) from + at, len - at, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			return FALSE;
		at += n > 0 ? (gsize) n : 0;
	}
	return TRUE;
}

static gboolean send_message (int fd, GVariant *message)
{
	g_autoptr (GVariant) owned = g_variant_ref_sink (message);
	const guint64 len = g_variant_get_size (owned);
	return len <= LARGEST && send_all (fd, &len, sizeof len) && send_all (fd, g_variant_get_data (owned), len);
}

/* The next message, of TYPE; NULL: the other side has ended. */
static GVariant *next_message (int fd, const char *type)
{
	guint64 len;
	if (!read_all (fd, &len, sizeof len) || len > LARGEST)
		return NULL;
	char *data = g_malloc (len);
	if (read_all (fd, data, len))
		return g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (type), data, len, FALSE, g_free, data));
	g_free (data);
	return NULL;
}

/* --- the process that runs programs --------------------------------------------------------------------------------------------- */

static gboolean fits (const char *form, const char *word)
{
	const gsize len = strlen (form);
	if (!g_str_has_suffix (form, RN_ERRAND_ANY))
		return !strcmp (form, word);
	const char *rest = strncmp (form, word, len - 1) ? NULL : word + len - 1;
	if (len == 1)
		return *word && *word != '-';
	return rest && !strstr (rest, "../") && !g_str_has_suffix (rest, "..");
}

static gboolean is_allowed (const RnErrands *errands, const char *const *words)
{
	for (guint i = 0; i < errands->forms->len; i++) {
		char *const *form = errands->forms->pdata[i];
		guint k = 0;
		while (form[k] && words[k] && fits (form[k], words[k]))
			k++;
		if (k && !form[k] && !words[k])
			return TRUE;
	}
	return FALSE;
}

/* The answer to CALL; NULL: it is none that may be asked. */
static GVariant *run_one (const RnErrands *errands, GVariant *call)
{
	g_autoptr (GVariant) words = g_variant_get_child_value (call, 0), input = g_variant_get_child_value (call, 1), package = g_variant_get_child_value (call, 3);
	g_autofree const char **argv = g_variant_get_strv (words, NULL);
	g_autoptr (GError) error = NULL;
	g_autofree char *out = NULL;
	gboolean fed, asked;
	int status = 0;
	g_variant_get_child (call, 2, "b", &fed);
	g_variant_get_child (call, 4, "b", &asked);
	if (!is_allowed (errands, argv))
		return NULL;
	g_autoptr (GBytes) bytes = fed ? g_variant_get_data_as_bytes (input) : NULL;
	const gboolean fine = rn_program_feed (argv, g_variant_get_string (package, NULL), bytes, &out, asked ? &status : NULL, &error);
	return g_variant_new ("(bi@ays)", fine, fine ? status : error->code, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, out ? out : "", out ? strlen (out) : 0, 1),
		fine ? "" : error->message);
}

G_GNUC_NORETURN static void serve (const RnErrands *errands, int fd, pid_t master)
{
	prctl (PR_SET_PDEATHSIG, SIGKILL);
	line = -1;
	for (GVariant *call; getppid () == master && (call = next_message (fd, CALL));) {
		GVariant *answer = g_variant_is_normal_form (call) ? run_one (errands, call) : NULL;
		const gboolean on = answer && send_message (fd, answer);
		g_variant_unref (call);
		if (!on)
			break;
	}
	_exit (0);
}

gboolean rn_errands_begin (const RnErrands *errands, GError **error)
{
	int ends[2];
	const pid_t master = getpid ();
	if (!socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
		const pid_t child = fork ();
		if (!child) {
			close (ends[0]);
			serve (errands, ends[1], master);
		}
		close (ends[1]);
		line = ends[0];
		if (child > 0)
			return TRUE;
		close (line);
		line = -1;
	}
	g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("the system has no process to give for git, rclone or ssh-keygen: %s"), rn_words_system (errno));
	return FALSE;
}

gboolean rn_errands_are (void)
{
	return line >= 0;
}

gboolean rn_errand (const char *const *argv, const char *package, GBytes *input, char **out, int *status, GError **error)
{
	gsize len = 0;
	const void *data = input ? g_bytes_get_data (input, &len) : NULL;
	GVariant *call = g_variant_new ("(^as@aybsb)", argv, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data ? data : "", len, 1), input != NULL, package, status != NULL);
	g_autoptr (GVariant) answer = send_message (line, call) ? next_message (line, ANSWER) : NULL;
	if (!answer) {
		g_set_error (error, RN_PUBLISH_ERROR, RN_PUBLISH_ERROR_IO, _("%s could not be run: the process that runs other programs has ended"), argv[0]);
		return FALSE;
	}
	g_autoptr (GVariant) wrote = g_variant_get_child_value (answer, 2);
	const char *message;
	gboolean fine;
	int code;
	g_variant_get_child (answer, 0, "b", &fine);
	g_variant_get_child (answer, 1, "i", &code);
	g_variant_get_child (answer, 3, "&s", &message);
	if (!fine) {
		g_set_error_literal (error, RN_PUBLISH_ERROR, code, message);
		return FALSE;
	}
	if (status)
		*status = code;
	if (out)
		*out = g_strndup (g_variant_get_data (wrote), g_variant_get_size (wrote));
	return TRUE;
}
