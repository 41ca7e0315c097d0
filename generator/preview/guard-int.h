/* guard-int.h - who may ask, and for what: pure functions over what a request says of itself. */
#ifndef RN_PREVIEW_GUARD_INT_H
#define RN_PREVIEW_GUARD_INT_H

#include <glib.h>

/*
 * Is HOST, a Host header ("localhost:8000"), one that a browser sends which was told our address? Names that anybody may point at this machine are refused
 * (DNS rebinding): loopback's names, BOUND, and, where BOUND is every address of the machine ("0.0.0.0", "::"), any address in figures.
 */
gboolean rn_guard_host (const char *host, const char *bound);

/* Is ORIGIN, an Origin header, our own: http:// and HOST to the letter? NULL is fine: a browser sends none for a page that is opened. */
gboolean rn_guard_origin (const char *origin, const char *host);

/*
 * PATH, percent-encoded, of a request as an address of the site: decoded, beginning with '/'. NULL: it can be nobody's address ("..", NUL, backslash, control
 * characters, not UTF-8). Free it.
 */
char    *rn_guard_path (const char *path);

#endif
