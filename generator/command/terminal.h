/* terminal.h - what the user reads: errors of a call, diagnostics with their source line and a caret, progress. */
#ifndef RN_COMMAND_TERMINAL_H
#define RN_COMMAND_TERMINAL_H

#include "press/press.h"

/* Is FD a terminal whose user wants colours? */
gboolean rn_terminal_colours (int fd);

/* "rohnamo: ..." on standard error; FORMAT is English, or translated already. */
void rn_terminal_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* All diagnostics on standard error: place, severity, message, id; the line with a caret; what to do, once an id. */
void rn_terminal_diagnostics (const RnPressOptions *options, RnDiagnostics *sink);

/* LINE, cut to a window around column COL, and a caret under that column; on standard error. */
void rn_terminal_line (const char *line, gsize len, guint col);

/* "3 errors, 1 warning", or "no errors". Free it. */
char *rn_terminal_counts (RnDiagnostics *sink);

/* A bar on standard error while a build runs, where that is a terminal. stop clears it. */
typedef struct RnTerminalProgress RnTerminalProgress;
RnTerminalProgress *rn_terminal_progress_start (RnPressProgress *progress);
void                rn_terminal_progress_stop (RnTerminalProgress *bar);

#endif
