/* yaml - a page's file: its front matter, and its values; written anew they read as the same. */
#include "../world.h"
#include "edit/front.h"
#include "preview/cms_text-int.h"
#include "source/yaml.h"
#include "source/yaml_write.h"

/* All that is in VALUE, so that each byte of it is looked at. */
static gsize weigh (const RnValue *value)
{
	gsize n = 1;
	if (value->kind == RN_STRING)
		return strlen (value->string);
	for (guint i = 0; value->kind == RN_LIST && i < value->n; i++)
		n += weigh (value->items[i]);
	for (guint i = 0; value->kind == RN_MAP && i < value->n; i++)
		n += strlen (value->pairs[i].name) + weigh (value->pairs[i].value);
	return n;
}

/* Is there none of what is written as something else by purpose: nothing at all, numbers that no text holds? */
static gboolean is_plain (const RnValue *value)
{
	gboolean plain = value->kind == RN_BOOL || value->kind == RN_STRING || value->kind == RN_LIST || value->kind == RN_MAP;
	for (guint i = 0; value->kind == RN_LIST && i < value->n; i++)
		plain = plain && is_plain (value->items[i]);
	for (guint i = 0; value->kind == RN_MAP && i < value->n; i++)
		plain = plain && is_plain (value->pairs[i].value);
	return plain;
}

static void write_again (RnArena *arena, const RnValue *value)
{
	g_autoptr (GString) out = g_string_new ("a: ");
	rn_yaml_write_value (out, value);
	const RnValue *again = rn_yaml_parse (arena, out->str, out->len, RN_PLACE ("b", 1, 1), NULL);
	g_assert_false (strchr (out->str, '\n') != NULL);
	if (weigh (value) < 10000 && is_plain (value) && value->n)
		g_assert_true (again && rn_value_equal (rn_value_get (again, "a"), value));
}

static void edit (const guint8 *data, gsize size)
{
	g_autoptr (GString) text = g_string_new_len ((const char *) data, (gssize) size);
	rn_front_set_field (text, "reviewed", "2026-01-01");
	rn_front_set_alias (text, "/old/one", NULL);
	rn_front_set_alias (text, "/old/two", "/old/one");
	rn_front_set_field (text, "reviewed", NULL);
	g_autoptr (GString) shown = g_string_new (NULL);
	g_autoptr (GString) merged = g_string_new (NULL);
	g_autofree char *opened = NULL;
	g_autoptr (GPtrArray) without = g_ptr_array_new_with_free_func (g_free);
	rn_cms_show ((const char *) data, size, "patent", shown);
	rn_cms_merge ((const char *) data, size, shown->str, shown->len, "patent", without, merged, &opened, NULL);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (RnDiagnostics) sink = rn_diagnostics_new ();
	g_autoptr (RnArena) arena = rn_arena_new (0);
	RnFrontMatter front;
	rn_front_matter_find (text, size, &front);
	g_assert_true (front.yaml + front.yaml_len <= size && front.body <= size);
	const gsize begin = front.yaml_len ? front.yaml : 0, len = front.yaml_len ? front.yaml_len : size;
	const RnValue *value = rn_yaml_parse (arena, text + begin, len, RN_PLACE ("a", 1, 1), sink);
	g_assert_true (value || rn_diagnostics_count (sink, RN_ERROR));
	if (value && weigh (value) < 1000000) {
		G_GNUC_UNUSED g_autofree char *words = rn_value_text (value);
		g_assert_true (rn_value_equal (value, value));
		write_again (arena, value);
	}
	if (size < 20000)
		edit (data, size);
	return 0;
}
