/*
 * yaml_write.h - values and texts as YAML that reads back as the same: for files that the press writes for editors.
 *
 * What is written stands on one line, so that it can follow "key: " or stand in a list.
 */
#ifndef RN_SOURCE_YAML_WRITE_H
#define RN_SOURCE_YAML_WRITE_H

#include "source/value.h"

/* Appends TEXT, valid UTF-8: plain where no reader can take it for anything but a text, else in double quotes. */
void rn_yaml_write_text (GString *out, const char *text);

/* Appends VALUE: lists in [], maps in {}; NULL and what is empty as nothing that means something else. */
void rn_yaml_write_value (GString *out, const RnValue *value);

#endif
