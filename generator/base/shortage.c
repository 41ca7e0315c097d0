/* shortage.c - malloc and its kin in front of those of the C library; what is refused goes no further. */
#include "base/shortage.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SMALL ((gsize) 1 << 20)   /* who asks for more may have another way */

static const char *last_words = "rohnamo: there is not enough memory";
static int last_status = 3;
static gint short_of;             /* atomic */

/* Nothing here may allocate. What is half done is a stage of its own, which the next run clears. */
G_GNUC_NORETURN static void end (const char *more)
{
	gssize n = write (STDERR_FILENO, last_words, strlen (last_words));
	if (*more) {
		n += write (STDERR_FILENO, ": ", 2);
		n += write (STDERR_FILENO, more, strlen (more));
	}
	n += write (STDERR_FILENO, "\n", 1);
	(void) n;
	_exit (last_status);
}

static void glib_ends (const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
	(void) domain, (void) level, (void) user;
	end (message);
}

void rn_shortage_words (const char *words, int status)
{
	last_words = words;
	last_status = status;
	g_log_set_handler ("GLib", G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION, glib_ends, NULL);
}

gboolean rn_shortage (void)
{
	return g_atomic_int_get (&short_of) != 0;
}

#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__

extern void *__libc_malloc (size_t), *__libc_calloc (size_t, size_t), *__libc_realloc (void *, size_t), *__libc_memalign (size_t, size_t);

static void *given (void *memory, size_t size)
{
	if (G_LIKELY (memory != NULL) || !size)
		return memory;
	if (size < SMALL)
		end ("");
	g_atomic_int_set (&short_of, 1);
	return NULL;
}

__attribute__ ((visibility ("default"))) void *malloc (size_t size)
{
	return given (__libc_malloc (size), size);
}

__attribute__ ((visibility ("default"))) void *calloc (size_t n, size_t size)
{
	size_t whole;
	return given (__libc_calloc (n, size), __builtin_mul_overflow (n, size, &whole) ? G_MAXSIZE : whole);
}

__attribute__ ((visibility ("default"))) void *realloc (void *memory, size_t size)
{
	return given (__libc_realloc (memory, size), size);
}

__attribute__ ((visibility ("default"))) void *memalign (size_t by, size_t size)
{
	return given (__libc_memalign (by, size), size);
}

__attribute__ ((visibility ("default"))) void *aligned_alloc (size_t by, size_t size)
{
	return given (__libc_memalign (by, size), size);
}

__attribute__ ((visibility ("default"))) int posix_memalign (void **memory, size_t by, size_t size)
{
	void *got = given (__libc_memalign (by, size), size);
	if (!got)
		return ENOMEM;
	*memory = got;
	return 0;
}

#endif
