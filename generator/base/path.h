/* path.h - names of files inside a site and addresses between its pages. All functions are pure. */
#ifndef RN_BASE_PATH_H
#define RN_BASE_PATH_H

#include <glib.h>

typedef enum {
	RN_PATH_FINE,
	RN_PATH_EMPTY,      /* "", "a//b", "/a" */
	RN_PATH_ESCAPES,    /* . or .. as a part */
	RN_PATH_RESERVED,   /* .git, names that Windows cannot hold (con, aux, trailing dot or space), control or < > : " | ? * \ */
	RN_PATH_INVALID,    /* not UTF-8 */
	RN_PATH_TOO_LONG,   /* a part over 255 bytes or the whole over 4000 */
} RnPathFault;

/* Is PATH (relative, '/' between its parts) one that every file system and every reader can hold? */
RnPathFault rn_path_check (const char *path);

/* What a fault is in words, for {1} of path-refused. */
const char *rn_path_fault_text (RnPathFault fault);

/* BASE's folder joined with RELATIVE, "." and ".." resolved; NULL where it leaves the root. Free with g_free. */
char *rn_path_join (const char *base_file, const char *relative);

/*
 * Appends the relative address that leads from page FROM to TO, both site-absolute ("/tg/faq/patent/", or a file
 * "/assets/a.css"). TO's #fragment and ?query are kept. explicit_index: a folder's
 * address gets "index.html", so that links work from a disk. An address equal to FROM gives "index.html" or "./".
 */
void rn_path_relative (GString *out, const char *from, const char *to, gboolean explicit_index);

/* Appends PATH percent-encoded as a URL path: unreserved characters and '/' stay. */
void rn_path_encode (GString *out, const char *path);

#endif
