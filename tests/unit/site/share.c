/* share.c - pages for other places: addresses, pictures, ids, XML, plain text. */
#include "../model/sample.h"
#include "site/copy.h"
#include "site/markup.h"
#include "site/plain.h"

#define SITE "-- content/site.yaml --\nlanguages: [ru]\n-- content/faq/a.ru.md --\n# A\n-- content/faq/b.ru.md --\n# B\n-- content/faq/c/d.ru.md --\n# D\n"

/* Tells where a link would lead; what is below /ru/faq/b/ has no place to lead to. */
static gboolean link_to (gpointer user, const RnCopyAddress *address, GString *out)
{
	(void) user;
	if (g_str_has_prefix (address->url, "/ru/faq/b/"))
		return FALSE;
	g_string_append_printf (out, "%s=%s%s%s", address->page ? "page" : "file", address->url, address->fragment ? "#" : "", address->fragment ? address->fragment : "");
	return TRUE;
}

static gboolean no_picture (gpointer user, const RnCopyAddress *address, GString *out)
{
	(void) user, (void) address, (void) out;
	return FALSE;
}

static char *copied (const char *html, gboolean xml, const char *prefix, gboolean pictures)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	const RnCopyOptions options = { .link = link_to, .picture = pictures ? link_to : no_picture, .prefix = prefix, .left_out = "left out", .xml = xml };
	GString *out = g_string_new (NULL);
	rn_copy (sample->library, page (sample, "ru", "faq/a"), html, strlen (html), &options, out);
	return g_string_free (out, FALSE);
}

static void assert_copied (const char *html, gboolean xml, const char *prefix, const char *expected)
{
	g_autofree char *got = copied (html, xml, prefix, FALSE);
	g_assert_cmpstr (got, ==, expected);
}

static void addresses (void)
{
	assert_copied ("<a href=\"../c/d/index.html#x%20y\">d</a>", FALSE, "", "<a href=\"page=/ru/faq/c/d/#x%20y\">d</a>");
	assert_copied ("<a href=\"../../../media/%D1%84.pdf\">f</a>", FALSE, "", "<a href=\"file=/media/ф.pdf\">f</a>");
	assert_copied ("<a href=\"#here\">h</a><a href=\"./\">s</a>", FALSE, "", "<a href=\"page=/ru/faq/a/#here\">h</a><a href=\"page=/ru/faq/a/\">s</a>");
	/* Out of the site, and what is no way: as it is. */
	assert_copied ("<a href=\"https://x.org/?a=1&amp;b=2\">x</a><a href=\"tel:112\">112</a>", FALSE, "",
	               "<a href=\"https://x.org/?a=1&amp;b=2\">x</a><a href=\"tel:112\">112</a>");
	/* More steps up than there are folders end at the root. */
	assert_copied ("<a href=\"../../../../../../ru/index.html\">x</a>", FALSE, "", "<a href=\"page=/ru/\">x</a>");
	/* Nowhere to lead: words without a link, what is inside it stays. */
	assert_copied ("see <a href=\"../b/index.html\"><b>B</b></a>, <a href=\"../c/d/\">d</a>", FALSE, "", "see <b>B</b>, <a href=\"page=/ru/faq/c/d/\">d</a>");
}

static void pictures (void)
{
	assert_copied ("<p><picture><source srcset=\"a.webp\"><img src=\"/media/a.png\" alt=\"A &amp; B\" loading=\"lazy\"></picture></p>", FALSE, "",
	               "<p><picture><span class=\"gone\">A &amp; B (left out)</span></picture></p>");
	g_autofree char *with = copied ("<img src=\"../../../media/a.png\" srcset=\"b 2x\" alt=\"A\" loading=\"lazy\" width=\"3\">", TRUE, "", TRUE);
	g_assert_cmpstr (with, ==, "<img src=\"file=/media/a.png\" alt=\"A\" width=\"3\"/>");
}

static void ids (void)
{
	assert_copied ("<h2 id=\"x\">X</h2><td headers=\"x y\"><p aria-labelledby=\"x\"><rect fill=\"url(#g)\"/><use href=\"#g\"/>", FALSE, "p--",
	               "<h2 id=\"p--x\">X</h2><td headers=\"p--x p--y\"><p aria-labelledby=\"p--x\"><rect fill=\"url(#p--g)\"/><use href=\"#p--g\"/>");
}

static void xml (void)
{
	assert_copied ("a<br>b<input type=\"checkbox\" disabled>&nbsp;\001c&eacute;&#x41;<svg viewBox=\"0 0 1 1\"><clipPath/></svg><!-- no -->", TRUE, "",
	               "a<br/>b<input type=\"checkbox\" disabled=\"\"/>\u00A0c&amp;eacute;A<svg viewBox=\"0 0 1 1\" xmlns=\"http://www.w3.org/2000/svg\"><clipPath/></svg>");
}

/* Whatever stands in it, the walk ends, and its pieces are the whole. */
static void walk (void)
{
	static const char letters[] = "<>/\"'= abch1!-?&;#x\n";
	g_autoptr (GRand) random = g_rand_new_with_seed (5);
	for (guint i = 0; i < 20000; i++) {
		char text[33] = "";
		const gint32 len = g_rand_int_range (random, 0, 32);
		for (gint32 k = 0; k < len; k++)
			text[k] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
		/* A copy of exactly its size: a sanitizer sees a read beyond. */
		g_autofree char *html = g_memdup2 (text, (gsize) MAX (len, 1));
		g_autoptr (GString) all = g_string_new (NULL), value = g_string_new (NULL);
		RnMarkup markup;
		rn_markup_begin (&markup, html, (gsize) len);
		while (rn_markup_next (&markup)) {
			g_string_append_len (all, markup.at, (gssize) markup.len);
			if (markup.type == RN_MARKUP_OPEN)
				rn_markup_value (&markup, "a", value);
		}
		g_assert_cmpstr (all->str, ==, text);
	}
}

static void assert_plain (const char *html, const char *expected)
{
	g_autoptr (GString) out = g_string_new (NULL);
	rn_plain (html, strlen (html), out);
	g_assert_cmpstr (out->str, ==, expected);
}

static void plain (void)
{
	assert_plain ("<head><title>no</title></head><h1>Как &amp; что</h1>\n<p>One\n  two<br>three <b>four</b>.</p><h2>Next</h2><h3>Deep</h3>",
	              "Как & что\n=========\n\nOne two\nthree four.\n\n# Next\n\n## Deep\n");
	assert_plain ("<ul><li>a</li><li><p>b</p><ol start=\"3\"><li>c</li><li>d</li></ol></li></ul><p>e</p>", "- a\n- b\n  3. c\n  4. d\n\ne\n");
	assert_plain ("<table><tr><th>A</th>\n<th>B</th></tr>\n<tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2\n");
	assert_plain ("<p><a href=\"https://a.org/\">A</a>, <a href=\"#x\">x</a>, <a href=\"tel:112\">112</a>, <a href=\"https://b.org/\">B</a> <a href=\"https://a.org/\">A2</a></p>",
	              "A [1], x, 112, B [2] A2 [1]\n\n[1] https://a.org/\n[2] https://b.org/\n");
	assert_plain ("<dl><dt>K</dt><dd>v</dd><dt>L</dt><dd><ul><li>w</li></ul></dd></dl><svg><text>no</text></svg><img alt=\"map\"><p hidden>no<b>no</b></p>", "K: v\nL:\n\n- w\n\n[map]\n");
	assert_plain ("<pre>a\n  b</pre><p>c</p>", "a\n  b\n\nc\n");
	assert_plain ("<p>in <del title=\"gone\">7 <ins>or so</ins></del> <ins title=\"new\">8</ins> days</p>", "in [gone: 7 or so] [new: 8] days\n");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/addresses", addresses);
	g_test_add_func ("/pictures", pictures);
	g_test_add_func ("/ids", ids);
	g_test_add_func ("/xml", xml);
	g_test_add_func ("/walk", walk);
	g_test_add_func ("/plain", plain);
	return g_test_run ();
}
