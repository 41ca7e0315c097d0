/*
 * yaml.h - libyaml's events into RnValue trees, with the places of all that is wrong.
 *
 * YAML 1.1 as editors know it, less its traps: only true and false are booleans (not yes, no, on, off); a plain
 * 2026-01-31 is a date; 007 and +992 are text. Aliases are expanded within a budget (a bomb is
 * refused); a key that stands twice, a tab in the indentation, a date that does not exist, and nesting over 50 levels are
 * diagnostics. Broken YAML gives one diagnostic at its place, in words an editor understands, and NULL.
 */
#ifndef RN_SOURCE_YAML_H
#define RN_SOURCE_YAML_H

#include "base/diagnostic.h"
#include "source/value.h"

/*
 * The document TEXT, whose first line is line WHERE.line of WHERE.file (a front matter begins at line 2). Strings are copied into ARENA.
 * An empty document gives an empty map. NULL: a diagnostic tells why.
 */
const RnValue *rn_yaml_parse (RnArena *arena, const char *text, gsize len, RnPlace where, RnDiagnostics *sink);

/* Where a page's front matter and body lie in its bytes. */
typedef struct {
	gsize   yaml, yaml_len;   /* between the --- lines; yaml_len 0 where there is none */
	gsize   body;             /* first byte of the body */
	guint32 body_line;        /* its line, from 1 */
	gboolean toml;            /* the block stood between +++ lines, which we do not read */
	gboolean open;            /* the block does not end within LEN */
} RnFrontMatter;

/* Finds the block in the first LEN bytes of a file. BOM and CRLF are accepted. */
void rn_front_matter_find (const char *text, gsize len, RnFrontMatter *found);

#endif
