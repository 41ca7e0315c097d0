/*
 * world.h - what the targets share: a tree of files that lies in memory, and a site opened from it.
 *
 * An input of several files has the form of the scenarios: a line "-- content/a.xx.md --" begins a file, which goes on to the next such line. What
 * stands before the first one is the file that the target names.
 */
#ifndef RN_FUZZ_WORLD_H
#define RN_FUZZ_WORLD_H

#include "base/workers.h"
#include "model/library.h"

#include <string.h>

/* libFuzzer's, and replay.c's: one input. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Once, before anything else: a warning of a library that says a call was wrong ends the run; messages are English. */
void    fuzz_begin (void);

/* A copy that ends in NUL and lies alone, so that no byte beyond it is anybody's. Free it. */
char   *fuzz_text (const guint8 *data, gsize size);

/* The files of TEXT; FIRST names what stands before the first line of a file (NULL: nothing). */
RnTree *fuzz_tree (const char *text, gsize len, const char *first, RnDiagnostics *sink);

/* The tool's own layouts and plugins, from the folder of the repository; opened once. */
RnTree *fuzz_shipped (void);

typedef struct { RnDiagnostics *sink; RnTree *tree; RnSite *site; RnLibrary *library; GError *error; } FuzzWorld;

/* The site of TREE, which it owns from now on; LIBRARY is NULL, and ERROR set, where it cannot be opened. frozen: it is. */
void    fuzz_world_open (FuzzWorld *world, RnTree *tree, RnTree *shipped, gboolean frozen);
void    fuzz_world_close (FuzzWorld *world);

/* A site whose files never change, for targets that read one text in it: opened once, from this text. NULL-terminated. */
FuzzWorld *fuzz_world_once (const char *files, RnTree *shipped);

/* A page of WORLD; never NULL. */
RnPage *fuzz_page (const FuzzWorld *world, const char *language, const char *key);

/* Forgets what was told, so that memory does not grow. */
void    fuzz_forget (RnDiagnostics **sink);

#endif
