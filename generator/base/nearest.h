/* nearest.h - many questions "which of these was meant?" of the same names; for one question there is rn_text_nearest. */
#ifndef RN_BASE_NEAREST_H
#define RN_BASE_NEAREST_H

#include <glib.h>

typedef struct RnNearest RnNearest;

/* NAMES: valid UTF-8, NULL-terminated, borrowed. Read-only once made: any thread may ask. */
RnNearest  *rn_nearest_new (const char *const *names);
void        rn_nearest_free (RnNearest *nearest);

/* As rn_text_nearest: the nearest of the names, or NULL where none is near enough. */
const char *rn_nearest_find (const RnNearest *nearest, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNearest, rn_nearest_free)

#endif
