/*
 * confined.h - what each verb may still do once it knows what it is to do: base/confine.h with the places of a site.
 *
 * ROHNAMO_SANDBOX=off in the environment leaves the process as it is, without a word: for debuggers and for tests that inject faults. =tell says on standard error
 * what holds. Without either nothing is said, unless the user gives --no-sandbox.
 */
#ifndef RN_COMMAND_CONFINED_H
#define RN_COMMAND_CONFINED_H

#include "preview/preview.h"

/* Says what --no-sandbox gives up. */
void rn_confined_not (void);

/*
 * For build, check and print: holds the process to reading the site, its repository and the shared files, and to writing beside the output; and sets settled of OPTIONS, by which
 * it is held to the new edition, the output and the cache alone as soon as they are there. Before any thread is started. OPTIONS must outlive the run.
 */
void rn_confined_press (RnPressOptions *options);

/* After the run: what was made for it alone is gone. */
void rn_confined_done (void);

/* For search: reads PATH and nothing else. */
void rn_confined_search (const char *path);

/* For serve, when it listens and before it reads a page: reads the site and the last build, writes the cache, and the content and the repository with an editor for browsers. */
void rn_confined_serve (const RnPreviewOptions *options);

#endif
