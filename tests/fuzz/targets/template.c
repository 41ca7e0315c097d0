/* template - a layout's source into Lua. */
#include "../world.h"
#include "script/template-int.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	for (guint partial = 0; partial < 2; partial++) {
		g_autoptr (GPtrArray) literals = g_ptr_array_new_with_free_func (rn_literal_free);
		g_autoptr (GError) error = NULL;
		g_ptr_array_add (literals, rn_literal_new ("", 0));
		RnTemplate *template = rn_template_compile ("layouts/a.html", text, size, partial, literals, &error);
		g_assert_true ((template == NULL) == (error != NULL));
		rn_template_free (template);
	}
	return 0;
}
