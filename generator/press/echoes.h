/* echoes.h - a fault that the site and what is printed both meet is told once. */
#ifndef RN_PRESS_ECHOES_H
#define RN_PRESS_ECHOES_H

#include "base/diagnostic.h"

/* Takes out of SINK that a picture cannot be printed, where a picture of the same line cannot be shown either. */
void rn_echoes_drop (RnDiagnostics *sink);

#endif
