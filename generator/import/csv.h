/* csv.h - rows of a table, wherever they come from. */
#ifndef RN_IMPORT_CSV_H
#define RN_IMPORT_CSV_H

#include "import/import.h"
#include "import/table.h"

/* Puts the pages of TABLE's rows; FROM is the table's name, in what is told and in the pages. */
gboolean rn_import_rows (RnImport *import, const RnCsv *table, const char *from, GError **error);

/* Human Services Data Specification 3: the folder PATH, or the folder of its datapackage.json, as one table with a row a service. */
gboolean rn_import_hsds (RnImport *import, const char *path, GError **error);

#endif
