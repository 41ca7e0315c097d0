/* repository-int.h - what the files that work on a repository share. */
#ifndef RN_SOURCE_REPOSITORY_INT_H
#define RN_SOURCE_REPOSITORY_INT_H

#include "source/repository.h"

#include <git2.h>

struct RnRepository { git_repository *git; };

/* What is staged: of the file INDEX, or of the repository where that is NULL. NULL with ERROR; free it with git_index_free. */
git_index *rn_repository_index (git_repository *git, const char *index, GError **error);

#endif
