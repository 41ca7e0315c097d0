/* columns.h - what each column of a table is: a field, in a language or in all, a part of one, the text, the key. */
#ifndef RN_IMPORT_COLUMNS_H
#define RN_IMPORT_COLUMNS_H

#include "import/import.h"
#include "import/table.h"

typedef enum { RN_COLUMN_NONE, RN_COLUMN_FIELD, RN_COLUMN_TEXT, RN_COLUMN_KEY, RN_COLUMN_SLUG } RnColumnRole;

/* name: of a KEY "key" where it is the page's address too, else "id". part: of an amount (from, currency ...); language NULL: every page of the row. */
typedef struct {
	RnColumnRole role;
	const char *name, *part;
	const RnLanguage *language;
} RnColumn;

/* One for each cell of the head, by the map, names, labels; what is none is told with its place (WHERE is the file). Texts live in ARENA. */
RnColumn *rn_columns_find (RnImport *import, const RnType *type, const RnCsv *table, const char *where, RnArena *arena, guint *n);

#endif
