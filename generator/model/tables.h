/*
 * tables.h - data files of a site in YAML, each read and parsed once for all who ask, whatever thread they are.
 *
 * What cannot be read or parsed is tried again by the next who asks: each of them has to say so.
 */
#ifndef RN_MODEL_TABLES_H
#define RN_MODEL_TABLES_H

#include "model/library.h"

/*
 * The value of file INDEX of TREE, the site's or the shipped one; it lives as long as LIBRARY. What is wrong with its YAML is told in the library's sink, and the value is
 * NULL without ERROR; ERROR is set where the file cannot be read. MAX: bytes. FILE: its name in messages.
 */
const RnValue *rn_table_read (RnLibrary *library, RnTree *tree, guint index, gsize max, const char *file, GError **error);

#endif
