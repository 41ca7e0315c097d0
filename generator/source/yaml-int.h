/* yaml-int.h - between the reader of YAML and the words for what is wrong in it. */
#ifndef RN_SOURCE_YAML_INT_H
#define RN_SOURCE_YAML_INT_H

#include "source/yaml.h"

#include <yaml.h>

/* Tells libyaml's complaint about TEXT (without a byte order mark) as an editor would understand it. */
void rn_yaml_tell_problem (const yaml_parser_t *parser, const char *text, gsize len, RnPlace where, RnDiagnostics *sink);

#endif
