/* rules_read.h - `search:` of a language file -> the JSON that rules.h compiles. */
#ifndef RN_SEARCH_RULES_READ_H
#define RN_SEARCH_RULES_READ_H

#include "model/language.h"

/* Always the same text for the same data. What is wrong is told and left out. Free it. */
char *rn_rules_json (const RnLanguage *language, RnDiagnostics *sink);

#endif
