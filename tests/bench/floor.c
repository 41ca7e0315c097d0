/*
 * floor.c - the work that no generator built on cmark-gfm can leave out: read, parse, render, write.
 *
 *   floor [-j WORKERS] IN OUT     every <section>/<slug>.<lang>.md below IN -> OUT/<lang>/<section>/<slug>/index.html
 *
 * No layouts, no links between pages, no lists. Each page goes out between a fixed head and foot of 2 KiB in all. Workers are processes
 * and memory is a bump arena, the fastest ways known. Prints the number of pages.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <err.h>
#include <fcntl.h>
#include <fts.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARENA ((size_t) 1 << 30)
#define LARGEST ((size_t) 4 << 20)

typedef struct { char *in, *out; } Page;

static Page *pages;
static size_t n_pages;
static char *arena;
static size_t used;

static void *bump (size_t size)
{
	size_t at = used;
	used += (size + 8 + 15) & ~(size_t) 15;
	if (used > ARENA)
		errx (1, "a page needs more than the arena");
	*(size_t *) (void *) (arena + at) = size;
	return arena + at + 8;
}

static void *bump_calloc (size_t n, size_t size) { return memset (bump (n * size), 0, n * size); }
static void bump_free (void *block) { (void) block; }

static void *bump_realloc (void *old, size_t size)
{
	size_t had = old ? *(size_t *) (void *) ((char *) old - 8) : 0;
	return had >= size && old ? old : memcpy (bump (size), old ? old : "", had);
}

static cmark_mem memory = { bump_calloc, bump_realloc, bump_free };

static int by_name (const FTSENT **a, const FTSENT **b)
{
	return strcmp ((*a)->fts_name, (*b)->fts_name);
}

/* Lists the pages and makes the folders that many share. */
static void list (char *in, const char *out)
{
	FTS *tree = fts_open ((char *[]) { in, NULL }, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, by_name);
	size_t room = 0, prefix = strlen (in) + 1;
	char path[4096];
	for (FTSENT *entry; tree && (entry = fts_read (tree));) {
		size_t len = strlen (entry->fts_path);
		if (entry->fts_info == FTS_D || len < prefix + 6 || strcmp (entry->fts_path + len - 3, ".md") || entry->fts_path[len - 6] != '.')
			continue;
		const char *lang = entry->fts_path + len - 5, *name = entry->fts_path + prefix;
		size_t section = strcspn (name, "/");
		snprintf (path, sizeof path, "%s/%.2s", out, lang);
		mkdir (path, 0777);
		snprintf (path, sizeof path, "%s/%.2s/%.*s", out, lang, (int) section, name);
		mkdir (path, 0777);
		if (n_pages == room && !(pages = realloc (pages, (room = room ? room * 2 : 1024) * sizeof *pages)))
			err (1, "realloc");
		pages[n_pages].in = strdup (entry->fts_path);
		if (asprintf (&pages[n_pages++].out, "%s/%.2s/%.*s", out, lang, (int) (len - prefix - 6), name) < 0)
			err (1, "asprintf");
	}
	fts_close (tree);
}

static void one (const Page *page, cmark_syntax_extension **extensions, char *text)
{
	static char head[1536], foot[512];
	int fd = open (page->in, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read (fd, text, LARGEST - 1);
	if (n < 0)
		err (1, "%s", page->in);
	close (fd);
	text[n] = 0;
	char *body = strncmp (text, "---\n", 4) ? NULL : strstr (text, "\n---\n");
	body = body ? body + 5 : text;

	used = 0;
	cmark_parser *parser = cmark_parser_new_with_mem (CMARK_OPT_DEFAULT, &memory);
	for (int i = 0; i < 4; i++)
		cmark_parser_attach_syntax_extension (parser, extensions[i]);
	cmark_parser_feed (parser, body, (size_t) (text + n - body));
	cmark_node *document = cmark_parser_finish (parser);
	char *html = cmark_render_html_with_mem (document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions (parser), &memory);

	char name[4096];
	snprintf (name, sizeof name, "%s/index.html", page->out);
	mkdir (page->out, 0777);
	struct iovec parts[] = { { head, sizeof head }, { html, strlen (html) }, { foot, sizeof foot } };
	fd = open (name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd < 0 || writev (fd, parts, 3) < 0)
		err (1, "%s", name);
	close (fd);
}

static void work (atomic_size_t *next)
{
	static const char *const names[] = { "table", "strikethrough", "autolink", "tasklist" };
	cmark_syntax_extension *extensions[4];
	char *text = malloc (LARGEST);
	arena = mmap (NULL, ARENA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!text || arena == MAP_FAILED)
		err (1, "memory");
	for (int i = 0; i < 4; i++)
		extensions[i] = cmark_find_syntax_extension (names[i]);
	for (size_t i; (i = atomic_fetch_add (next, 1)) < n_pages;)
		one (&pages[i], extensions, text);
	free (text);
}

int main (int argc, char **argv)
{
	int jobs = 1, failed = 0;
	for (int option; (option = getopt (argc, argv, "j:")) != -1;)
		jobs = option == 'j' ? atoi (optarg) : 0;
	if (argc - optind != 2 || jobs < 1)
		errx (2, "usage: floor [-j WORKERS] IN OUT");
	mkdir (argv[optind + 1], 0777);
	list (argv[optind], argv[optind + 1]);
	cmark_gfm_core_extensions_ensure_registered ();
	atomic_size_t *next = mmap (NULL, sizeof *next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (next == MAP_FAILED)
		err (1, "mmap");
	for (int i = 1; i < jobs; i++)
		if (!fork ()) {
			work (next);
			_exit (0);
		}
	work (next);
	for (int status; wait (&status) > 0;)
		failed |= status;
	printf ("%zu pages\n", n_pages);
	return failed != 0;
}
