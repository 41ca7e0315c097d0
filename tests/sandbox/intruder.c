/*
 * intruder.c - stands in for a library with a hole: loaded before the real one (LD_PRELOAD), it answers to some of its names, tries what an attacker
 * would try who has taken the process over, and then lets the real library do its work. What came of each attempt is a line of the file in $INTRUDER_LOG:
 * "<where> <attempt> <0 or the error's number>".
 *
 *   INTRUDER_LOG       the name of a file that stands open as descriptor 9: no rule holds back a descriptor that was handed over
 *   INTRUDER_OUTSIDE   a folder that the call has no business with
 *   INTRUDER_SITE      the folder of the site
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOG 9

static const char *where;

static void tell (const char *attempt, int failed)
{
	dprintf (LOG, "%s %s %d\n", where, attempt, failed ? errno ? errno : -1 : 0);
	errno = 0;
}

static void try_open (const char *attempt, const char *folder, const char *name, int flags)
{
	char path[4096];
	snprintf (path, sizeof path, "%s%s", folder ? folder : "", name);
	const int file = open (path, flags | O_CLOEXEC, 0600);
	tell (attempt, file < 0);
	if (file >= 0)
		close (file);
}

static void try_files (void)
{
	const char *outside = getenv ("INTRUDER_OUTSIDE"), *site = getenv ("INTRUDER_SITE");
	char path[4096], other[4096];
	try_open ("read-passwd", NULL, "/etc/passwd", O_RDONLY);
	try_open ("read-outside", outside, "/secret.txt", O_RDONLY);
	try_open ("write-outside", outside, "/made.txt", O_WRONLY | O_CREAT);
	try_open ("change-outside", outside, "/secret.txt", O_WRONLY);
	try_open ("change-content", site, "/content/site.yaml", O_WRONLY);
	try_open ("make-in-content", site, "/content/planted.en.md", O_WRONLY | O_CREAT);
	try_open ("make-a-hook", site, "/.git/hooks/post-checkout", O_WRONLY | O_CREAT);
	try_open ("make-in-the-site", site, "/planted.txt", O_WRONLY | O_CREAT);
	snprintf (path, sizeof path, "/proc/%d/environ", (int) getppid ());
	try_open ("read-a-process", NULL, path, O_RDONLY);
	snprintf (path, sizeof path, "%s/secret.txt", outside);
	snprintf (other, sizeof other, "%s/linked.txt", site);
	tell ("link-in", link (path, other));
	unlink (other);
	tell ("remove-outside", unlink (path));
	snprintf (path, sizeof path, "%s/content/keep.txt", site);
	tell ("remove-content", unlink (path));
	tell ("truncate-content", truncate (path, 0));
	snprintf (path, sizeof path, "%s/pipe", site);
	tell ("make-a-pipe", mkfifo (path, 0600));
	unlink (path);
}

static void try_network (void)
{
	struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons (9), .sin_addr = { htonl (INADDR_LOOPBACK) } };
	const int kinds[] = { AF_INET, AF_INET6, AF_UNIX, AF_NETLINK };
	for (unsigned i = 0; i < 4; i++) {
		const int file = socket (kinds[i], SOCK_DGRAM, 0);
		tell (((const char *[]) { "socket-inet", "socket-inet6", "socket-unix", "socket-netlink" })[i], file < 0);
		if (file >= 0)
			close (file);
	}
	for (int file = 3; file < 64; file++) {
		int listens = 0;
		socklen_t size = sizeof listens;
		if (getsockopt (file, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size))
			continue;
		/* The preview's own: it must not become a way out. */
		tell ("connect", connect (file, (struct sockaddr *) &there, sizeof there) && errno == EPERM);
		break;
	}
	errno = 0;
}

static void try_programs (void)
{
	int status = 0;
	const pid_t child = fork ();
	if (!child) {
		execl ("/bin/sh", "sh", "-c", "exit 0", (char *) NULL);
		_exit (errno > 100 ? 100 : errno);
	}
	waitpid (child, &status, 0);
	errno = WIFEXITED (status) ? WEXITSTATUS (status) : 99;
	tell ("run-a-shell", errno != 0);
}

static void try_system (void)
{
	const pid_t child = fork ();
	if (!child) {
		errno = 0;
		tell ("trace", ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0);
		_exit (0);
	}
	waitpid (child, NULL, 0);
	errno = 0;
	char byte;
	tell ("key", syscall (SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0) == -1);
	tell ("namespace", unshare (CLONE_FS) != 0);
	tell ("ring", syscall (SYS_io_uring_setup, 0, NULL) == -1 && errno == EPERM);
	tell ("program-of-the-kernel", syscall (SYS_bpf, 0, NULL, 0) == -1 && errno == EPERM);
	tell ("mount", mount (NULL, NULL, NULL, 0, NULL) == -1 && errno == EPERM);
	tell ("become", setuid (getuid ()) != 0);
	tell ("type", ioctl (0, TIOCSTI, &byte) == -1 && errno == EPERM);
	const pid_t fresh = (pid_t) syscall (SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
	if (!fresh)
		_exit (0);
	tell ("namespace-of-users", fresh < 0 && errno == EPERM);
	if (fresh > 0)
		waitpid (fresh, NULL, 0);
}

static void intrude (const char *from)
{
	static int once;
	if (__atomic_exchange_n (&once, 1, __ATOMIC_SEQ_CST) || fcntl (LOG, F_GETFD) < 0)
		return;
	where = from;
	errno = 0;
	tell ("was-here", 0);
	try_files ();
	try_network ();
	try_programs ();
	try_system ();
}

/* A door is open only where the test says so: one run, one door. */
static void knock (const char *door)
{
	const char *open = getenv ("INTRUDER_DOOR");
	if (open && !strcmp (open, door))
		intrude (door);
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

int yaml_parser_initialize (void *parser);
int yaml_parser_initialize (void *parser)
{
	knock ("yaml");
	return REAL (yaml_parser_initialize) (parser);
}

int git_repository_open_ext (void **out, const char *path, unsigned flags, const char *ceiling);
int git_repository_open_ext (void **out, const char *path, unsigned flags, const char *ceiling)
{
	knock ("git");
	return REAL (git_repository_open_ext) (out, path, flags, ceiling);
}

void hb_shape (void *font, void *buffer, const void *features, unsigned n);
void hb_shape (void *font, void *buffer, const void *features, unsigned n)
{
	knock ("font");
	REAL (hb_shape) (font, buffer, features, n);
}

void *gdk_pixbuf_loader_new (void);
void *gdk_pixbuf_loader_new (void)
{
	knock ("picture");
	return REAL (gdk_pixbuf_loader_new) ();
}

int sqlite3_step (void *statement);
int sqlite3_step (void *statement)
{
	knock ("index");
	return REAL (sqlite3_step) (statement);
}

int git_revparse_single (void **out, void *repository, const char *name);
int git_revparse_single (void **out, void *repository, const char *name)
{
	knock ("object");
	return REAL (git_revparse_single) (out, repository, name);
}

void g_checksum_update (void *sum, const unsigned char *data, ssize_t len);
void g_checksum_update (void *sum, const unsigned char *data, ssize_t len)
{
	knock ("sum");
	REAL (g_checksum_update) (sum, data, len);
}
