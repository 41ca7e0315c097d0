/* template_branch-int.h - do the Lua blocks of a layout close, and leave the HTML in one state whichever way they go? */
#ifndef RN_SCRIPT_TEMPLATE_BRANCH_INT_H
#define RN_SCRIPT_TEMPLATE_BRANCH_INT_H

#include "script/template-int.h"

typedef struct { const char *file; GArray *stack; } RnBranches;

/* May CODE run for long only by calling functions that charge for it? True of almost every layout; those need no count hook. */
gboolean rn_lua_bounded (const char *code, gsize len);

void     rn_branches_init (RnBranches *branches, const char *file);
/* Follows the code of PIECE; HTML is set back to what it was at the block's begin where an alternative begins. */
gboolean rn_branches_follow (RnBranches *branches, const RnPiece *piece, RnHtml *html, GError **error);
/* Frees them. FALSE: one is still open. */
gboolean rn_branches_end (RnBranches *branches, GError **error);

#endif
