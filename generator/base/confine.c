/*
 * confine.c - Landlock: which files (linux/landlock.h, Documentation/userspace-api/landlock.rst).
 *
 * The headers of a distribution are older than kernels it may run under, so the numbers, which never change, stand here.
 */
#include "base/confine.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, QUERY_VERSION = 1, RULE_BENEATH = 1 };

#define EXECUTE     (1ull << 0)
#define WRITE_FILE  (1ull << 1)
#define READ_FILE   (1ull << 2)
#define READ_DIR    (1ull << 3)
#define REMOVE_DIR  (1ull << 4)
#define REMOVE_FILE (1ull << 5)
#define MAKE_DIR    (1ull << 7)
#define MAKE_REG    (1ull << 8)
#define MAKE_SYM    (1ull << 12)
#define REFER       (1ull << 13)   /* links and names from one folder to another: version 2 */
#define TRUNCATE    (1ull << 14)   /* version 3 */
#define IOCTL_DEV   (1ull << 15)   /* version 5 */
#define OF_FILES    (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)
#define NET_ALL     3ull           /* to take a TCP port, to connect to one: version 4 */
#define SCOPE_ALL   3ull           /* nameless sockets and signals of others: version 6 */

struct ruleset { guint64 files, net, scope; };
struct beneath { guint64 allowed; gint32 folder; } __attribute__ ((packed));

typedef struct { char *path; RnConfineRight right; } Rule;
struct RnConfine { GArray *rules; };

/* What libraries, and the helpers that they belong to, read of a system. Nothing in it says whose machine it is. */
static const char *const of_system[] = {
	"/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share", "/nix/store", "/gnu/store",
	"/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/fonts", "/etc/localtime", "/etc/locale.alias", "/etc/magic", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/gitconfig",
	"/var/cache/fontconfig", "/dev/random", "/dev/urandom", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
#ifdef __SANITIZE_ADDRESS__
	"/proc",   /* what the sanitizers look for leaks in */
#endif
};
/* Variables that name such places where a program was unpacked into a folder of its own. */
static const char *const of_environment[] = { "LD_LIBRARY_PATH", "LOCPATH", "GCONV_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "GDK_PIXBUF_MODULE_FILE", "GDK_PIXBUF_MODULEDIR", "GIO_MODULE_DIR", "XDG_DATA_DIRS" };

static void clear_rule (gpointer rule)
{
	g_free (((Rule *) rule)->path);
}

static RnConfine *empty (void)
{
	RnConfine *confine = g_new0 (RnConfine, 1);
	confine->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
	g_array_set_clear_func (confine->rules, clear_rule);
	return confine;
}

RnConfine *rn_confine_new (void)
{
	RnConfine *confine = empty ();
	for (guint i = 0; i < G_N_ELEMENTS (of_system); i++)
		rn_confine_allow (confine, RN_CONFINE_READ, of_system[i]);
	for (guint i = 0; i < G_N_ELEMENTS (of_environment); i++) {
		const char *list = g_getenv (of_environment[i]);
		g_auto (GStrv) places = g_strsplit (list ? list : "", ":", -1);
		for (char **place = places; *place; place++)
			if (g_path_is_absolute (*place))
				rn_confine_allow (confine, RN_CONFINE_READ, *place);
	}
	rn_confine_allow (confine, RN_CONFINE_WRITE, "/dev/null");
#ifdef RN_COUNTED   /* where a build that counts the lines that run writes its counts when it ends */
	rn_confine_allow (confine, RN_CONFINE_WRITE, RN_COUNTED);
#endif
	return confine;
}

RnConfine *rn_confine_copy (const RnConfine *confine)
{
	RnConfine *copy = empty ();
	rn_confine_join (copy, confine);
	return copy;
}

void rn_confine_join (RnConfine *confine, const RnConfine *more)
{
	for (guint i = 0; more && i < more->rules->len; i++)
		rn_confine_allow (confine, g_array_index (more->rules, Rule, i).right, g_array_index (more->rules, Rule, i).path);
}

void rn_confine_free (RnConfine *confine)
{
	if (!confine)
		return;
	g_array_unref (confine->rules);
	g_free (confine);
}

void rn_confine_allow (RnConfine *confine, RnConfineRight right, const char *path)
{
	const Rule rule = { g_strdup (path), right };
	if (path)
		g_array_append_val (confine->rules, rule);
}

static guint64 rights_of (RnConfineRight right)
{
	const guint64 read = READ_FILE | READ_DIR, write = read | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE;
	switch (right) {
	case RN_CONFINE_READ:
		return read;
	case RN_CONFINE_WRITE:
		return write;
	case RN_CONFINE_FOLDERS:
		return MAKE_DIR | REMOVE_DIR;
	case RN_CONFINE_SHELF:
		return write | MAKE_SYM;
	case RN_CONFINE_LINKS:
		return READ_DIR | MAKE_DIR | REMOVE_DIR | REMOVE_FILE | MAKE_SYM | REFER;
	case RN_CONFINE_RUN:
		break;
	}
	return READ_FILE | EXECUTE;
}

/* handled: all rights that this kernel knows of. What cannot be added is not allowed: that is the safe side. */
static void add (int ruleset, const Rule *rule, guint64 handled)
{
	struct stat info;
	struct beneath beneath = { rights_of (rule->right) & handled, open (rule->path, O_PATH | O_CLOEXEC) };
	if (beneath.folder < 0)
		return;
	if (!fstat (beneath.folder, &info) && !S_ISDIR (info.st_mode))
		beneath.allowed &= OF_FILES;
	syscall (ADD_RULE, ruleset, RULE_BENEATH, &beneath, 0);
	close (beneath.folder);
}

guint rn_confine_files (const RnConfine *confine)
{
	const long version = syscall (CREATE_RULESET, NULL, 0, QUERY_VERSION);
	if (version < 2 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return 0;
	const guint64 known = version < 3 ? REFER : version < 5 ? TRUNCATE : IOCTL_DEV;   /* the highest right */
	const struct ruleset attributes = { (known << 1) - 1, version < 4 ? 0 : NET_ALL, version < 6 ? 0 : SCOPE_ALL };
	const int ruleset = (int) syscall (CREATE_RULESET, &attributes, sizeof attributes, 0);
	if (ruleset < 0)
		return 0;
	for (guint i = 0; i < confine->rules->len; i++)
		add (ruleset, &g_array_index (confine->rules, Rule, i), attributes.files);
	const gboolean held = !syscall (RESTRICT_SELF, ruleset, 0);
	close (ruleset);
	return held ? (guint) version : 0;
}
