/* values-int.h - readers of one kind of value each. NULL: the text is none. */
#ifndef RN_IMPORT_VALUES_INT_H
#define RN_IMPORT_VALUES_INT_H

#include "import/values.h"

const RnValue *rn_import_string (const RnImportReader *reader, const char *text);
const RnValue *rn_import_number (const RnImportReader *reader, const char *text);
const RnValue *rn_import_date (const RnImportReader *reader, const char *text);
/* "60 000 RUB", "60000-80000 RUB/month". */
const RnValue *rn_import_money (const RnImportReader *reader, const char *text);

#endif
