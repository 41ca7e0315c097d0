/* values.h - what people write into a cell in; a value that the field takes out. */
#ifndef RN_IMPORT_VALUES_H
#define RN_IMPORT_VALUES_H

#include "import/import.h"

/* How numbers, dates and words are to be read. */
typedef struct {
	const RnImport *import;
	const RnType *type;          /* NULL: none, all fields are common ones */
	const RnLanguage *language;  /* of the page: its decimal sign, the names of its months */
	RnArena *arena;
} RnImportReader;

/*
 * TEXT as the value of field NAME, in the reader's arena. NULL: it cannot be one, and *why (free it) says so in sentences, with the field's name.
 * Dates: 2026-01-31, 31.01.2026, 31/1/26, 31 January 2026 in words of the site's languages. Numbers: 1 234,5 and 1,234.50. Lists are parted at ';' and
 * lines, else at ','. Truth: true, yes, 1 and what the languages' `import: {yes: [..], no: [..]}` say.
 */
const RnValue *rn_import_value (const RnImportReader *reader, const char *name, const char *text, char **why);

/* What an enum's VALUE is called in any language -> its key; NULL. */
const char *rn_import_enum_key (const RnField *field, const char *text);

/* Is TEXT what LABEL says in any of its languages, without regard to case? */
gboolean rn_import_label_is (const RnValue *label, const char *text);

#endif
