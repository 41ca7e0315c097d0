/*
 * value.h - data as editors write it: YAML (and later JSON, CSV) as a tree whose every node knows its line.
 *
 * Values live in an arena and never change once read. Accessors take NULL and
 * the wrong kind and answer "nothing", so that a chain of them needs one test.
 */
#ifndef RN_SOURCE_VALUE_H
#define RN_SOURCE_VALUE_H

#include "base/arena.h"

typedef enum { RN_NULL, RN_BOOL, RN_INT, RN_FLOAT, RN_STRING, RN_DATE, RN_LIST, RN_MAP } RnKind;

typedef struct RnValue RnValue;
typedef struct { const char *name; const RnValue *value; guint32 line, col; } RnPair; /* place of the key */

struct RnValue {
	guint8  kind;
	guint8  quoted;          /* a string that was quoted: never taken for another kind */
	guint16 col;             /* from 1, in characters */
	guint32 line;            /* from 1, in the file */
	guint32 n;               /* STRING: bytes; LIST, MAP: entries; DATE: 1 if it has a time of day;
	                            FLOAT: decimals as written, 0: not known */
	guint8  told;            /* it looks like a date and is none, which has been told */
	guint8  sorted;          /* a map whose names stand in the order of their bytes: they are looked for by halves */
	union {
		gboolean boolean;
		gint64   integer;
		double   real;
		gint64   date;       /* seconds since 1970 UTC; a bare date is its midnight UTC */
		const char *string;  /* NUL-terminated, valid UTF-8 */
		const RnValue *const *items;
		const RnPair *pairs; /* in the file's order */
	};
};

const char    *rn_kind_name (RnKind kind); /* "text", "number", "list" ... for messages */

const RnValue *rn_value_get (const RnValue *map, const char *name);        /* NULL if absent or not a map */
const char    *rn_value_string (const RnValue *value);                     /* NULL unless STRING */
gboolean       rn_value_bool (const RnValue *value, gboolean fallback);
gint64         rn_value_int (const RnValue *value, gint64 fallback);       /* INT, or FLOAT without a fraction */
double         rn_value_real (const RnValue *value, double fallback);      /* INT or FLOAT */
gboolean       rn_value_equal (const RnValue *a, const RnValue *b);        /* by content, places aside; 1 equals 1.0 */

/* The value as an editor would write it in a message: strings bare, dates as 2026-01-31, lists joined by ", ". */
char          *rn_value_text (const RnValue *value);

RnValue       *rn_value_new_string (RnArena *arena, const char *text, guint32 line, guint32 col);

/* Reads "2026-01-31", "2026-01-31T10:00:00+05:00", "2026-01-31 10:00". FALSE: not a date, or one that does not exist. */
gboolean       rn_date_parse (const char *text, gint64 *seconds, gboolean *has_time);
/* Appends YYYY-MM-DD, or with has_time RFC 3339 in UTC. */
void           rn_date_format (GString *out, gint64 seconds, gboolean has_time);

#endif
