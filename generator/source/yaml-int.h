/* yaml-int.h - the two readers of YAML, what a scalar means to both, and the words for what is wrong. */
#ifndef RN_SOURCE_YAML_INT_H
#define RN_SOURCE_YAML_INT_H

#include "source/yaml.h"

#include <yaml.h>

/*
 * The plain form that most front matter has, read without libyaml; LINE is that of the first line of TEXT, which is valid UTF-8 without NUL.
 * NULL, and nothing told: it is not plain, or not sound. What it returns, rn_yaml_read_any would return too, silently.
 */
const RnValue *rn_yaml_read_plain (RnArena *arena, const char *text, gsize len, guint32 line);

/* All of YAML, by libyaml; the same TEXT. WHERE.line is 1 or more. */
const RnValue *rn_yaml_read_any (RnArena *arena, const char *text, gsize len, RnPlace where, RnDiagnostics *sink);

/*
 * Gives VALUE, of which only the place is set, what the scalar TEXT means that stood without quotes. TEXT ends with NUL and lives as long as VALUE.
 * FALSE: it is text, though meant as a date, which does not exist.
 */
gboolean rn_yaml_resolve (RnValue *value, const char *text, gsize len);

/* Tells libyaml's complaint about TEXT (without a byte order mark) as an editor would understand it. */
void rn_yaml_tell_problem (const yaml_parser_t *parser, const char *text, gsize len, RnPlace where, RnDiagnostics *sink);

#endif
