/*
 * places.h - where a git repository keeps what it consists of: for who is about to give up the right to read anything else.
 */
#ifndef RN_SOURCE_PLACES_H
#define RN_SOURCE_PLACES_H

#include <glib.h>

/*
 * Adds to PLACES (which frees them) the folders of the repository that PATH is or lies in: its own, the one that work trees share, those that it
 * borrows objects from; nothing where there is none. Found by git's rules without reading more than names, so nothing is said about what is broken.
 */
void rn_places_repository (const char *path, GPtrArray *places);

/* Adds to PLACES the files of git's settings: the user's, what they and those of the folders in PLACES include, and the lists of ignored files that they name. */
void rn_places_settings (GPtrArray *places);

#endif
