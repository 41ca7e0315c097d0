/* sanitize - raw HTML, one tag, a plugin's HTML, drawings: nothing that is not on the list comes through, and what came through once does so as it is. */
#include "../world.h"
#include "markdown/sanitize.h"
#include "model/link.h"
#include "site/markup.h"
#include "site/plain.h"

static char *address (gpointer user, const char *text, gboolean picture)
{
	(void) user, (void) picture;
	return *text == '!' || !rn_link_scheme_allowed (text) ? NULL : g_strdup (text);
}

/* No tag of what must never come through, no attribute that is a script. */
static void inspect (const GString *out)
{
	static const char *const never[] = { "script", "iframe", "object", "embed", "foreignobject", "form", "base", "meta", "link", "set" };
	RnMarkup markup;
	rn_markup_begin (&markup, out->str, out->len);
	while (rn_markup_next (&markup)) {
		RnMarkupAttribute attribute;
		const char *at = markup.attributes;
		if (markup.type != RN_MARKUP_OPEN)
			continue;
		for (guint i = 0; i < G_N_ELEMENTS (never); i++)
			g_assert_cmpstr (markup.name, !=, never[i]);
		while (rn_markup_attribute (&markup, &at, &attribute)) {
			g_assert_false (attribute.name_len > 2 && !g_ascii_strncasecmp (attribute.name, "on", 2));
			g_autoptr (GString) value = g_string_new (NULL);
			if (attribute.value)
				rn_markup_read (attribute.value, attribute.value_len, value);
			if (!g_ascii_strncasecmp (attribute.name, "href", 4) || !g_ascii_strncasecmp (attribute.name, "src", 3))
				g_assert_cmpint (g_ascii_strncasecmp (value->str, "javascript:", 11), !=, 0);
		}
	}
}

static void drawing (const char *text, gsize size)
{
	g_autoptr (GString) out = g_string_new (NULL);
	g_autoptr (GString) alone = g_string_new (NULL);
	g_autoptr (GString) again = g_string_new (NULL);
	g_autoptr (GString) named = g_string_new (NULL);
	char what[32];
	if (rn_sanitize_svg (text, size, out, what))
		inspect (out);
	rn_sanitize_drawing (text, size, "p1-", "A & \"b\"", named, what);
	if (!rn_sanitize_svg_alone (text, size, alone, what))
		return;
	inspect (alone);
	g_assert_true (rn_sanitize_svg_alone (alone->str, alone->len, again, what));
	g_assert_cmpstr (what, ==, "");
	/* Once more: an element that lost all that was in it closes itself from then on. */
	g_string_truncate (alone, 0);
	g_assert_true (rn_sanitize_svg_alone (again->str, again->len, alone, what));
	g_assert_cmpstr (again->str, ==, alone->str);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
	fuzz_begin ();
	g_autofree char *text = fuzz_text (data, size);
	g_autoptr (GString) out = g_string_new (NULL);
	g_autoptr (GString) again = g_string_new (NULL);
	g_autoptr (GString) web = g_string_new (NULL);
	g_autoptr (GString) tag = g_string_new (NULL);
	char what[32];
	rn_sanitize_html_with (text, size, out, what, address, NULL);
	inspect (out);
	rn_sanitize_html (out->str, out->len, again, what);
	inspect (again);
	rn_sanitize_web (text, size, web, what, address, NULL);
	rn_sanitize_tag_with (text, size, tag, what, address, NULL);
	inspect (tag);
	rn_sanitize_tagfilter (text, size, web);
	g_string_truncate (web, 0);
	rn_plain (out->str, out->len, web);
	drawing (text, size);
	return 0;
}
