/* measure.c - runs a command and prints its wall seconds, CPU seconds and the peak resident MiB of its largest process: "1.23 2.34 56". */
#include <err.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds (struct timeval time) { return (double) time.tv_sec + (double) time.tv_usec / 1e6; }

int main (int argc, char **argv)
{
	struct timespec begin, end;
	struct rusage usage;
	int status;
	if (argc < 2)
		errx (2, "usage: measure COMMAND...");
	clock_gettime (CLOCK_MONOTONIC, &begin);
	pid_t child = fork ();
	if (!child) {
		dup2 (2, 1);
		execvp (argv[1], argv + 1);
		err (127, "%s", argv[1]);
	}
	if (child < 0 || waitpid (child, &status, 0) < 0)
		err (1, "%s", argv[1]);
	clock_gettime (CLOCK_MONOTONIC, &end);
	getrusage (RUSAGE_CHILDREN, &usage);
	printf ("%.3f %.3f %.1f\n", (double) (end.tv_sec - begin.tv_sec) + (double) (end.tv_nsec - begin.tv_nsec) / 1e9,
	        seconds (usage.ru_utime) + seconds (usage.ru_stime), (double) usage.ru_maxrss / 1024);
	return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}
