/* hook-int.h - what git calls: one function a hook. */
#ifndef RN_COMMAND_HOOK_INT_H
#define RN_COMMAND_HOOK_INT_H

/* In the repository of the current folder. Both return an exit code; git stops a commit where the first is not 0. */
int rn_hook_pre_commit (void);
int rn_hook_post_receive (void);

#endif
