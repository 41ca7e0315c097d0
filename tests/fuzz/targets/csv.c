/* csv - a table in any encoding. */
#include "../world.h"
#include "import/table.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (GError) error = NULL;
	g_autoptr (RnCsv) table = rn_csv_parse (text, size, &error);
	g_assert_true ((table == NULL) == (error != NULL));
	for (guint row = 0; table && row < table->rows->len; row++) {
		const GPtrArray *cells = table->rows->pdata[row];
		for (guint i = 0; i <= cells->len; i++)
			g_assert_true (g_utf8_validate (rn_csv_cell (table, row, i), -1, NULL));
	}
	if (table)
		rn_csv_column (table, "name");
	return 0;
}
