/*
 * ignored.h - warnings and hints that a file says are meant to be.
 *
 * `# rohnamo: ignore ID: why` in a front matter or a YAML file holds for all of the file; `<!-- rohnamo: ignore ID: why -->` in a text for what follows,
 * up to the next empty line, or for its own line where that holds more. ID is a name as printed, or several, apart by commas; of a plugin's rule
 * "<plugin>/<rule>". Without a reason, of an error or of a name that there is not it counts for nothing, which is told.
 */
#ifndef RN_PRESS_IGNORED_H
#define RN_PRESS_IGNORED_H

#include "base/diagnostic.h"
#include "source/tree.h"

/* Takes what is meant out of SINK. Only files of TREE that something is told about are read. */
void rn_ignored_drop (RnTree *tree, RnDiagnostics *sink);

#endif
