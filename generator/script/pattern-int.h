/* pattern-int.h - one search for one of Lua's patterns: pattern.c matches, pattern_calls.c is what scripts call. */
#ifndef RN_SCRIPT_PATTERN_INT_H
#define RN_SCRIPT_PATTERN_INT_H

#include "script/sandbox-int.h"

#define RN_MAX_CAPTURES 32
#define RN_CAPTURE_OPEN (-1)
#define RN_CAPTURE_POSITION (-2)

typedef struct {
	lua_State  *L;
	const char *subject, *subject_end, *pattern_end;
	guint       steps, passed;       /* to be charged for */
	int         depth, level;        /* level: how many captures the match has */
	struct { const char *at; ptrdiff_t len; } captures[RN_MAX_CAPTURES];
	const char *first, *first_end;   /* the item that every match begins with; NULL: there is none */
	gboolean    mapped;
	guint32     map[8];              /* of the characters that fit it */
} RnMatcher;

/* M is set up; SUBJECT and PATTERN are borrowed. An error in the pattern is raised here or by the others. */
void        rn_pattern_begin (RnMatcher *m, lua_State *L, const char *subject, size_t len, const char *pattern, size_t pattern_len);

/* The end of the match of the pattern from P (where it begins, or behind its anchor) at S; NULL: none. */
const char *rn_pattern_try (RnMatcher *m, const char *s, const char *p);

/* The place from S on where a match of a pattern without an anchor may begin: most characters of a long text are passed over without a try. The subject's end, where there is no such place, may be one too. */
const char *rn_pattern_candidate (RnMatcher *m, const char *s);

#endif
