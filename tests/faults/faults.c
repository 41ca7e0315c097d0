/*
 * faults.c - fails one call of the program that it is loaded into; a library for LD_PRELOAD.
 *
 * In, from the environment: FAULT_CLASS (a name of classes[] below), FAULT_AT (which call of the class fails, from 1; 0: none, they are
 * only counted), FAULT_FOR (how many from there on; 0: all), FAULT_ERRNO (a number; 0 with write: half of what is asked is
 * written, and no more after; 9999: kill -9 instead),
 * FAULT_SEED (in place of a class and a call: of all calls of all classes about one in FAULT_ODDS fails, by chance, with an error by chance),
 * FAULT_CLOCK (back: the time of day goes back by a minute at each look; years: it leaps by years, to and fro; 1970: it stands still there),
 * FAULT_ROOTS (folders between colons: calls on files elsewhere do not count), FAULT_NAME (what the names of those that count have in them), FAULT_NO_EXCHANGE (renames that exchange are
 * not known, as on some disks), FAULT_INSIDE (no folder may be written to, when that is asked beforehand), FAULT_OLD (neither openat2 nor the type
 * of what a folder holds is known), FAULT_LOG. Out, in FAULT_LOG: a line "fault CALL NAME" for
 * each call that was failed (the first 200), and at the end of the program "CLASS COUNT" for each class.
 *
 * With FAULTS_NO_MEMORY memory is left alone. Programs that this one starts run without faults. Only what goes through the table of a shared library is seen: what the C library calls in
 * itself is not (fopen is, what it calls is not).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { OPEN, READ, WRITE, SYNC, RENAME, MAKE, REMOVE, CLOSE, MAP, SIZE, STAT, LIST, LOCK, THREAD, RANDOM, ALLOC, CLASSES };
static const char *const classes[CLASSES] = {
	"open", "read", "write", "sync", "rename", "make", "remove", "close", "map", "size", "stat", "list", "lock", "thread", "random", "alloc",
};

#define DIE 9999   /* as an error: the program is killed there and then */

extern void *__libc_memalign (size_t, size_t);

static atomic_long counts[CLASSES];
static int chosen = -1, fault_errno, no_exchange, inside, old, log_fd = -1;
static long fault_at, fault_for = 1, odds = 1000;
static unsigned long seed;
static char roots[4096], named[256];
static atomic_int told, live;
static __thread int within;      /* in a call of ours: what it calls itself does not count */

static void say (int fd, const char *a, const char *b, const char *c)
{
	struct iovec parts[] = { { (void *) a, strlen (a) }, { (void *) " ", 1 }, { (void *) b, strlen (b) }, { (void *) " ", 1 }, { (void *) c, strlen (c) }, { (void *) "\n", 1 } };
	if (fd >= 0)
		syscall (SYS_writev, fd, parts, 6);
}

static void number (long n, char text[24])
{
	char *at = text + 23;
	for (*at = '\0'; n || at == text + 23; n /= 10)
		*--at = (char) ('0' + n % 10);
	memmove (text, at, strlen (at) + 1);
}

/* Is PATH, absolute, below one of the roots, and named so? */
static int counted_path (const char *path)
{
	if (!strstr (path, named))
		return 0;
	for (const char *root = roots; *root;) {
		size_t len = strcspn (root, ":");
		if (len && !strncmp (path, root, len) && (!path[len] || path[len] == '/'))
			return 1;
		root += len + (root[len] == ':');
	}
	return 0;
}

static const char *path_of (int fd, char *buffer, size_t size)
{
	char link[40] = "/proc/self/fd/";
	number (fd, link + 14);
	long n = syscall (SYS_readlink, fd == AT_FDCWD ? "/proc/self/cwd" : link, buffer, size - 1);
	buffer[n > 0 ? n : 0] = '\0';
	return buffer;
}

/* By FAULT_SEED: whether the N-th call of CLASS fails, and by which error. Memory is asked for so often that it fails a hundredth as often. */
static int by_chance (int class, long n)
{
	static const int errors[] = { EIO, ENOSPC, EIO, EMFILE };
	unsigned long x = seed * 0x9e3779b97f4a7c15ul ^ (unsigned long) n * 0xbf58476d1ce4e5b9ul ^ (unsigned long) class << 56;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ul;
	x = (x ^ x >> 27) * 0x94d049bb133111ebul;
	x ^= x >> 31;
	if (x % (unsigned long) (class == ALLOC ? odds * 100 : odds))
		return 0;
	fault_errno = class == ALLOC ? ENOMEM : class == THREAD ? EAGAIN : errors[(x >> 40) % (class == READ || class == WRITE ? 3 : 4)];
	errno = fault_errno;
	return 1;
}

/* Counts a call of CLASS and says whether it fails now, errno set. */
static int hit (int class, const char *call, const char *name)
{
	long n = atomic_fetch_add (&counts[class], 1) + 1;
	if (seed && by_chance (class, n)) {
		if (atomic_fetch_add (&told, 1) < 200)
			say (log_fd, "fault", call, name);
		return 1;
	}
	if (class != chosen || !fault_at || n < fault_at || (fault_for && n >= fault_at + fault_for))
		return 0;
	if (atomic_fetch_add (&told, 1) < 200)
		say (log_fd, "fault", call, name);
	if (fault_errno == DIE)
		syscall (SYS_kill, getpid (), SIGKILL);
	errno = fault_errno;
	return 1;
}

static int hit_fd (int class, const char *call, int fd)
{
	char path[4096];
	int before = errno;
	if (!live || within || fd < 0 || !counted_path (path_of (fd, path, sizeof path)))
		return 0;
	errno = before;
	return hit (class, call, path);
}

static int hit_at (int class, const char *call, int fd, const char *name)
{
	char path[8192];
	int before = errno;
	if (!live || within || !name)
		return 0;
	if (*name == '/') {
		if (!counted_path (name))
			return 0;
		return hit (class, call, name);
	}
	path_of (fd, path, 4096);
	if (!counted_path (path))
		return 0;
	strcat (path, "/");
	strncat (path, name, sizeof path - strlen (path) - 1);
	errno = before;
	return hit (class, call, path);
}

/* --- what is interposed ------------------------------------------------------------------------------------------------------- */

#define REAL(name) ((__typeof__ (&name)) real (#name))

/* dlsym once a name would be enough; it is looked up by a hash and costs little beside a call of the kernel. */
static void *real (const char *name)
{
	within++;
	void *found = dlsym (RTLD_NEXT, name);
	within--;
	return found;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list list; va_start (list, flags); mode = va_arg (list, mode_t); va_end (list); }

int open (const char *path, int flags, ...) { MODE return hit_at (OPEN, "open", AT_FDCWD, path) ? -1 : (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode); }
int open64 (const char *path, int flags, ...) { MODE return hit_at (OPEN, "open", AT_FDCWD, path) ? -1 : (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode); }
int openat (int fd, const char *path, int flags, ...) { MODE return hit_at (OPEN, "openat", fd, path) ? -1 : (int) syscall (SYS_openat, fd, path, flags, mode); }
int openat64 (int fd, const char *path, int flags, ...) { MODE return hit_at (OPEN, "openat", fd, path) ? -1 : (int) syscall (SYS_openat, fd, path, flags, mode); }
int __open_2 (const char *path, int flags) { return open (path, flags); }
int __open64_2 (const char *path, int flags) { return open (path, flags); }
int __openat_2 (int fd, const char *path, int flags) { return openat (fd, path, flags); }
int creat (const char *path, mode_t mode) { return open (path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
FILE *fopen (const char *path, const char *mode) { return hit_at (OPEN, "fopen", AT_FDCWD, path) ? NULL : REAL (fopen) (path, mode); }
FILE *fopen64 (const char *path, const char *mode) { return hit_at (OPEN, "fopen", AT_FDCWD, path) ? NULL : REAL (fopen64) (path, mode); }

/* openat2 has no function of the C library's. */
long syscall (long which, ...)
{
	static long (*next) (long, ...);
	va_list list;
	long a[6];
	va_start (list, which);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg (list, long);
	va_end (list);
	if (!next)
		next = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
	if (which == SYS_openat2 && old)
		return errno = ENOSYS, -1;
	if (which == SYS_openat2 && hit_at (OPEN, "openat2", (int) a[0], (const char *) a[1]))
		return -1;
	return next (which, a[0], a[1], a[2], a[3], a[4], a[5]);
}

ssize_t read (int fd, void *to, size_t n) { return hit_fd (READ, "read", fd) ? -1 : syscall (SYS_read, fd, to, n); }
ssize_t __read_chk (int fd, void *to, size_t n, size_t room) { (void) room; return read (fd, to, n); }
ssize_t pread (int fd, void *to, size_t n, off_t at) { return hit_fd (READ, "pread", fd) ? -1 : syscall (SYS_pread64, fd, to, n, at); }
ssize_t pread64 (int fd, void *to, size_t n, off64_t at) { return hit_fd (READ, "pread", fd) ? -1 : syscall (SYS_pread64, fd, to, n, at); }
ssize_t readv (int fd, const struct iovec *to, int n) { return hit_fd (READ, "readv", fd) ? -1 : syscall (SYS_readv, fd, to, n); }
/* A stream that a read failed on has its error set, which only a real one can do: its descriptor is put on a folder. */
size_t fread (void *to, size_t size, size_t n, FILE *from)
{
	if (hit_fd (READ, "fread", fileno (from))) {
		int fd = (int) syscall (SYS_openat, AT_FDCWD, "/", O_RDONLY | O_CLOEXEC);
		dup2 (fd, fileno (from));
		syscall (SYS_close, fd);
	}
	return REAL (fread) (to, size, n, from);
}

/* Half a write, and what comes after it finds no room. */
static ssize_t half (int fd, const void *from, size_t n)
{
	if (fault_errno || fault_for == 0)
		return errno = fault_errno ? fault_errno : ENOSPC, -1;
	fault_at++, fault_for = 0;
	return n > 1 ? syscall (SYS_write, fd, from, n / 2) : (errno = ENOSPC, -1);
}
ssize_t write (int fd, const void *from, size_t n) { return hit_fd (WRITE, "write", fd) ? half (fd, from, n) : syscall (SYS_write, fd, from, n); }
ssize_t pwrite (int fd, const void *from, size_t n, off_t at) { return hit_fd (WRITE, "pwrite", fd) ? -1 : syscall (SYS_pwrite64, fd, from, n, at); }
ssize_t pwrite64 (int fd, const void *from, size_t n, off64_t at) { return hit_fd (WRITE, "pwrite", fd) ? -1 : syscall (SYS_pwrite64, fd, from, n, at); }
ssize_t writev (int fd, const struct iovec *from, int n) { return hit_fd (WRITE, "writev", fd) ? -1 : syscall (SYS_writev, fd, from, n); }
ssize_t copy_file_range (int from, off64_t *at, int to, off64_t *where, size_t n, unsigned flags) { return hit_fd (WRITE, "copy_file_range", to) ? -1 : syscall (SYS_copy_file_range, from, at, to, where, n, flags); }
ssize_t sendfile (int to, int from, off_t *at, size_t n) { return hit_fd (WRITE, "sendfile", to) ? -1 : syscall (SYS_sendfile, to, from, at, n); }
ssize_t sendfile64 (int to, int from, off64_t *at, size_t n) { return hit_fd (WRITE, "sendfile", to) ? -1 : syscall (SYS_sendfile, to, from, at, n); }
size_t fwrite (const void *from, size_t size, size_t n, FILE *to) { return hit_fd (WRITE, "fwrite", fileno (to)) ? 0 : REAL (fwrite) (from, size, n, to); }
int fflush (FILE *to) { return to && hit_fd (WRITE, "fflush", fileno (to)) ? EOF : REAL (fflush) (to); }

/* A call that does not fail does nothing: the kernel alone knows what is on the disk, and waiting for it shows nothing here. */
int fsync (int fd) { return hit_fd (SYNC, "fsync", fd) ? -1 : 0; }
int fdatasync (int fd) { return hit_fd (SYNC, "fdatasync", fd) ? -1 : 0; }
int syncfs (int fd) { return hit_fd (SYNC, "syncfs", fd) ? -1 : 0; }

int rename (const char *a, const char *b) { return hit_at (RENAME, "rename", AT_FDCWD, b) ? -1 : (int) syscall (SYS_rename, a, b); }
int renameat (int x, const char *a, int y, const char *b) { return hit_at (RENAME, "renameat", y, b) ? -1 : (int) syscall (SYS_renameat2, x, a, y, b, 0); }
int renameat2 (int x, const char *a, int y, const char *b, unsigned flags)
{
	/* The kernel looks at the names first. */
	struct stat info;
	if (flags && no_exchange)
		return errno = REAL (fstatat) (y, b, &info, AT_SYMLINK_NOFOLLOW) ? (flags & RENAME_EXCHANGE ? ENOENT : EINVAL) : flags & RENAME_NOREPLACE ? EEXIST : EINVAL, -1;
	return hit_at (RENAME, "renameat2", y, b) ? -1 : (int) syscall (SYS_renameat2, x, a, y, b, flags);
}

int mkdir (const char *path, mode_t mode) { return hit_at (MAKE, "mkdir", AT_FDCWD, path) ? -1 : (int) syscall (SYS_mkdir, path, mode); }
int mkdirat (int fd, const char *path, mode_t mode) { return hit_at (MAKE, "mkdirat", fd, path) ? -1 : (int) syscall (SYS_mkdirat, fd, path, mode); }
int link (const char *a, const char *b) { return hit_at (MAKE, "link", AT_FDCWD, b) ? -1 : (int) syscall (SYS_link, a, b); }
int linkat (int x, const char *a, int y, const char *b, int flags) { return hit_at (MAKE, "linkat", y, b) ? -1 : (int) syscall (SYS_linkat, x, a, y, b, flags); }
int symlink (const char *a, const char *b) { return hit_at (MAKE, "symlink", AT_FDCWD, b) ? -1 : (int) syscall (SYS_symlink, a, b); }
int symlinkat (const char *a, int fd, const char *b) { return hit_at (MAKE, "symlinkat", fd, b) ? -1 : (int) syscall (SYS_symlinkat, a, fd, b); }

int unlink (const char *path) { return hit_at (REMOVE, "unlink", AT_FDCWD, path) ? -1 : (int) syscall (SYS_unlink, path); }
int rmdir (const char *path) { return hit_at (REMOVE, "rmdir", AT_FDCWD, path) ? -1 : (int) syscall (SYS_rmdir, path); }
int unlinkat (int fd, const char *path, int flags) { return hit_at (REMOVE, "unlinkat", fd, path) ? -1 : (int) syscall (SYS_unlinkat, fd, path, flags); }
int remove (const char *path) { return hit_at (REMOVE, "remove", AT_FDCWD, path) ? -1 : REAL (remove) (path); }

/* As the kernel has it: what close complains of, it has closed all the same. */
int close (int fd)
{
	int fails = hit_fd (CLOSE, "close", fd);
	int result = (int) syscall (SYS_close, fd);
	if (fails)
		errno = fault_errno;
	return fails ? -1 : result;
}

void *mmap (void *at, size_t n, int prot, int flags, int fd, off_t from) { return hit_fd (MAP, "mmap", fd) ? MAP_FAILED : (void *) syscall (SYS_mmap, at, n, prot, flags, fd, from); }
void *mmap64 (void *at, size_t n, int prot, int flags, int fd, off64_t from) { return hit_fd (MAP, "mmap", fd) ? MAP_FAILED : (void *) syscall (SYS_mmap, at, n, prot, flags, fd, from); }

int ftruncate (int fd, off_t n) { return hit_fd (SIZE, "ftruncate", fd) ? -1 : (int) syscall (SYS_ftruncate, fd, n); }
int ftruncate64 (int fd, off64_t n) { return hit_fd (SIZE, "ftruncate", fd) ? -1 : (int) syscall (SYS_ftruncate, fd, n); }
int fchmod (int fd, mode_t mode) { return hit_fd (SIZE, "fchmod", fd) ? -1 : (int) syscall (SYS_fchmod, fd, mode); }
int fallocate (int fd, int mode, off_t at, off_t n) { return hit_fd (SIZE, "fallocate", fd) ? -1 : (int) syscall (SYS_fallocate, fd, mode, at, n); }
int fallocate64 (int fd, int mode, off64_t at, off64_t n) { return hit_fd (SIZE, "fallocate", fd) ? -1 : (int) syscall (SYS_fallocate, fd, mode, at, n); }
int posix_fallocate64 (int fd, off64_t at, off64_t n) { return hit_fd (SIZE, "posix_fallocate", fd) ? fault_errno : REAL (posix_fallocate64) (fd, at, n); }
int posix_fallocate (int fd, off_t at, off_t n) { return hit_fd (SIZE, "posix_fallocate", fd) ? fault_errno : REAL (posix_fallocate) (fd, at, n); }

int fstat (int fd, struct stat *info) { return hit_fd (STAT, "fstat", fd) ? -1 : REAL (fstat) (fd, info); }
int fstat64 (int fd, struct stat64 *info) { return hit_fd (STAT, "fstat", fd) ? -1 : REAL (fstat64) (fd, info); }
int stat (const char *path, struct stat *info) { return hit_at (STAT, "stat", AT_FDCWD, path) ? -1 : REAL (stat) (path, info); }
int stat64 (const char *path, struct stat64 *info) { return hit_at (STAT, "stat", AT_FDCWD, path) ? -1 : REAL (stat64) (path, info); }
int lstat (const char *path, struct stat *info) { return hit_at (STAT, "lstat", AT_FDCWD, path) ? -1 : REAL (lstat) (path, info); }
int lstat64 (const char *path, struct stat64 *info) { return hit_at (STAT, "lstat", AT_FDCWD, path) ? -1 : REAL (lstat64) (path, info); }
int fstatat (int fd, const char *path, struct stat *info, int flags) { return hit_at (STAT, "fstatat", fd, path) ? -1 : REAL (fstatat) (fd, path, info, flags); }
int fstatat64 (int fd, const char *path, struct stat64 *info, int flags) { return hit_at (STAT, "fstatat", fd, path) ? -1 : REAL (fstatat64) (fd, path, info, flags); }
int statx (int fd, const char *path, int flags, unsigned mask, struct statx *info) { return hit_at (STAT, "statx", fd, path) ? -1 : (int) syscall (SYS_statx, fd, path, flags, mask, info); }
int access (const char *path, int mode) { return hit_at (STAT, "access", AT_FDCWD, path) ? -1 : (int) syscall (SYS_access, path, mode); }
int faccessat (int fd, const char *path, int mode, int flags) 
{
	if (inside && (flags & AT_EACCESS) && (mode & W_OK))
		return errno = EACCES, -1;
	return hit_at (STAT, "faccessat", fd, path) ? -1 : REAL (faccessat) (fd, path, mode, flags);
}
char *realpath (const char *path, char *to) { return hit_at (STAT, "realpath", AT_FDCWD, path) ? NULL : REAL (realpath) (path, to); }

ssize_t readlink (const char *path, char *to, size_t n) { return hit_at (STAT, "readlink", AT_FDCWD, path) ? -1 : syscall (SYS_readlink, path, to, n); }
ssize_t readlinkat (int fd, const char *path, char *to, size_t n) { return hit_at (STAT, "readlinkat", fd, path) ? -1 : syscall (SYS_readlinkat, fd, path, to, n); }
int fstatfs (int fd, struct statfs *info) { return hit_fd (STAT, "fstatfs", fd) ? -1 : REAL (fstatfs) (fd, info); }
int fstatfs64 (int fd, struct statfs64 *info) { return hit_fd (STAT, "fstatfs", fd) ? -1 : REAL (fstatfs64) (fd, info); }
int fstatvfs (int fd, struct statvfs *info) { return hit_fd (STAT, "fstatvfs", fd) ? -1 : REAL (fstatvfs) (fd, info); }
int fstatvfs64 (int fd, struct statvfs64 *info) { return hit_fd (STAT, "fstatvfs", fd) ? -1 : REAL (fstatvfs64) (fd, info); }

DIR *opendir (const char *path) { return hit_at (LIST, "opendir", AT_FDCWD, path) ? NULL : REAL (opendir) (path); }
DIR *fdopendir (int fd) { return hit_fd (LIST, "fdopendir", fd) ? NULL : REAL (fdopendir) (fd); }
struct dirent *readdir (DIR *dir)
{
	struct dirent *entry = hit_fd (LIST, "readdir", dirfd (dir)) ? NULL : REAL (readdir) (dir);
	if (entry && old)
		entry->d_type = DT_UNKNOWN;
	return entry;
}
struct dirent64 *readdir64 (DIR *dir)
{
	struct dirent64 *entry = hit_fd (LIST, "readdir", dirfd (dir)) ? NULL : REAL (readdir64) (dir);
	if (entry && old)
		entry->d_type = DT_UNKNOWN;
	return entry;
}

int flock (int fd, int what) { return hit_fd (LOCK, "flock", fd) ? -1 : (int) syscall (SYS_flock, fd, what); }

int pthread_create (pthread_t *thread, const pthread_attr_t *how, void *(*run) (void *), void *with)
{
	return live && hit (THREAD, "pthread_create", "a thread") ? fault_errno : REAL (pthread_create) (thread, how, run, with);
}

ssize_t getrandom (void *to, size_t n, unsigned flags) { return live && !within && hit (RANDOM, "getrandom", "chance") ? -1 : syscall (SYS_getrandom, to, n, flags); }
int getentropy (void *to, size_t n) { return live && !within && hit (RANDOM, "getentropy", "chance") ? -1 : syscall (SYS_getrandom, to, n, 0) == (long) n ? 0 : -1; }

/* --- the time of day ---------------------------------------------------------------------------------------------------------- */

enum { HONEST, BACK, YEARS, STILL };
static int clock_way;

/* SECONDS as FAULT_CLOCK has them. What only measures (CLOCK_MONOTONIC) goes on: the kernel never lets it do otherwise. */
static time_t bent (time_t seconds)
{
	static atomic_long looks;
	static const long years[] = { 0, 10, -30, 25, -56, 400, -1 };
	long n = clock_way ? atomic_fetch_add (&looks, 1) : 0;
	return clock_way == BACK ? seconds - 60 * n : clock_way == YEARS ? seconds + years[n % 7] * 31556952 : clock_way == STILL ? 0 : seconds;
}

int clock_gettime (clockid_t which, struct timespec *now)
{
	int failed = (int) syscall (SYS_clock_gettime, which, now);
	if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
		now->tv_sec = bent (now->tv_sec);
	return failed;
}

int gettimeofday (struct timeval *now, void *zone)
{
	struct timespec exact;
	(void) zone;
	clock_gettime (CLOCK_REALTIME, &exact);
	now->tv_sec = exact.tv_sec;
	now->tv_usec = exact.tv_nsec / 1000;
	return 0;
}

time_t time (time_t *now)
{
	struct timespec exact;
	clock_gettime (CLOCK_REALTIME, &exact);
	if (now)
		*now = exact.tv_sec;
	return exact.tv_sec;
}

/* --- memory ------------------------------------------------------------------------------------------------------------------- */

#ifndef FAULTS_NO_MEMORY   /* a program with the sanitizers' memory has its own */

/*
 * The program puts malloc and its kin of its own before these, and they call __libc_malloc and its kin: those are taken. All memory is got by the one
 * function that is left alone. A program that has none of its own (another build of it) comes here by malloc itself.
 */
static int refuse (const char *call)
{
	if (!live || within)
		return 0;
	return hit (ALLOC, call, "memory");
}

static void *moved (void *old, size_t n)
{
	static void *(*next) (void *, size_t);
	if (!next)
		next = (void *(*) (void *, size_t)) real ("__libc_realloc");
	return next (old, n);
}

static void *zeroed (size_t n, size_t size)
{
	size_t whole;
	void *memory = __builtin_mul_overflow (n, size, &whole) ? NULL : __libc_memalign (16, whole);
	return memory ? memset (memory, 0, whole) : NULL;
}

void *__libc_malloc (size_t n) { return refuse ("malloc") ? NULL : __libc_memalign (16, n); }
void *__libc_calloc (size_t n, size_t size) { return refuse ("calloc") ? NULL : zeroed (n, size); }
void *__libc_realloc (void *old, size_t n) { return n && refuse ("realloc") ? NULL : moved (old, n); }
void *malloc (size_t n) { return __libc_malloc (n); }
void *calloc (size_t n, size_t size) { return __libc_calloc (n, size); }
void *realloc (void *old, size_t n) { return __libc_realloc (old, n); }

#endif

/* --- the beginning and the end ------------------------------------------------------------------------------------------------ */

static long take (const char *name)
{
	const char *text = getenv (name);
	return text ? atol (text) : 0;
}

/* A descriptor far above those that the program opens, so that it gets the numbers that it would have. */
static int open_far (const char *path)
{
	int fd = path ? (int) syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	int far = fd < 0 ? -1 : fcntl (fd, F_DUPFD_CLOEXEC, 900);
	if (far < 0)
		return fd;
	syscall (SYS_close, fd);
	return far;
}

__attribute__ ((constructor)) static void begin (void)
{
	const char *class = getenv ("FAULT_CLASS"), *where = getenv ("FAULT_ROOTS");
	for (int i = 0; class && i < CLASSES; i++)
		if (!strcmp (class, classes[i]))
			chosen = i;
	fault_at = take ("FAULT_AT");
	fault_for = getenv ("FAULT_FOR") ? take ("FAULT_FOR") : 1;
	fault_errno = (int) take ("FAULT_ERRNO");
	seed = (unsigned long) take ("FAULT_SEED");
	odds = getenv ("FAULT_ODDS") ? take ("FAULT_ODDS") : 1000;
	const char *way = getenv ("FAULT_CLOCK");
	clock_way = !way ? HONEST : *way == 'b' ? BACK : *way == 'y' ? YEARS : STILL;
	strncpy (roots, where ? where : "", sizeof roots - 1);
	strncpy (named, getenv ("FAULT_NAME") ? getenv ("FAULT_NAME") : "", sizeof named - 1);
	no_exchange = getenv ("FAULT_NO_EXCHANGE") != NULL;
	inside = getenv ("FAULT_INSIDE") != NULL;
	old = getenv ("FAULT_OLD") != NULL;
	log_fd = open_far (getenv ("FAULT_LOG"));
	unsetenv ("LD_PRELOAD");
	live = getenv ("FAULT_LOG") != NULL;
	unsetenv ("FAULT_LOG");
}

__attribute__ ((destructor)) static void end (void)
{
	live = 0;
	for (int i = 0; i < CLASSES; i++) {
		char n[24];
		number (counts[i], n);
		say (log_fd, "count", classes[i], n);
	}
}
