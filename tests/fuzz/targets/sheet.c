/* sheet - a style sheet, cut down to what pages use; a script, squeezed; a page's HTML as layouts write it, tightened and as plain text. */
#include "../world.h"
#include "site/plain.h"
#include "site/sheet.h"
#include "site/squeeze.h"
#include "site/tight.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (GString) html = g_string_new_len (text, (gssize) size);
	g_autoptr (GString) out = g_string_new (NULL);
	RnNames *names = rn_names_new ();
	RnSheet *sheet = rn_sheet_new (names, text), *plain = rn_sheet_new (names, "p{color:var(--a)}:root{--a:red}");
	RnSheet *const sheets[] = { sheet, plain };
	const char *const css[] = { text, "" };
	RnNameSet used = { 0 };
	rn_sheets_settle (names, sheets, css, 2);
	rn_names_note (names, "p", 1, FALSE, &used);
	rn_names_note (names, "a", 1, TRUE, &used);
	rn_sheets_want (sheets, 2, &used);
	for (guint i = 0; i < 2; i++)
		if (sheets[i])
			rn_sheet_select (sheets[i], &used, out);
	rn_sheet_free (sheet);
	rn_sheet_free (plain);
	rn_names_free (names);
	GString *script = rn_squeeze (text, size, "a.js", NULL);
	if (script) {
		g_assert_cmpuint (script->len, <=, size + 1);
		g_string_free (script, TRUE);
	}
	rn_plain (text, size, out);
	rn_tighten (html);
	g_assert_cmpuint (html->len, <=, size);
	return 0;
}
