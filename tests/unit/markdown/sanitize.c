/* Raw HTML and SVG against the allow-list: what passes, what is taken out and what is said about it. */
#include <string.h>

#include "markdown/parse.h"
#include "markdown/sanitize.h"

typedef struct { const char *in, *out, *what; } Case;

static const Case blocks[] = {
	{ "<p>hi</p>", "<p>hi</p>", "" },
	{ "<div onclick=\"x()\">a</div>", "<div>a</div>", "onclick" },
	{ "<script>alert(1)</script>b", "b", "script" },
	{ "<ScRiPt>alert(1)</sCrIpT >b", "b", "script" },
	{ "<style>p{}</style><p>a", "<p>a</p>", "style" },
	{ "<iframe src=\"https://x.y/\">in</iframe>a", "a", "iframe" },
	{ "<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\"&#106;avascript&#58;alert(1)\">x</a>", "<a>x</a>", "href" },
	/* An entity that libxml2 does not know stays text: no scheme, for any reader. */
	{ "<a href=\"&#106;avascript&colon;alert(1)\">x</a>", "<a href=\"javascript&amp;colon;alert(1)\">x</a>", "" },
	{ "<a href=\"java\tscr\nipt:alert(1)\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\" \x01javascript:alert(1)\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\"vbscript:x\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\"data:text/html,x\">x</a>", "<a>x</a>", "href" },
	{ "<a href=\"https://example.org/?a=1&amp;b\">x</a>", "<a href=\"https://example.org/?a=1&amp;b\">x</a>", "" },
	{ "<b>open", "<b>open</b>", "" },
	{ "</div>a</p>", "a", "" },
	{ "<center>a</center>", "a", "center" },
	{ "<td colspan=\"x\">a", "<td>a</td>", "colspan" },
	{ "<h1 id=\"a b\">a</h1>", "<h2>a</h2>", "id" },
	{ "<p title='a\"<b>'>&lt;i&gt;</p>", "<p title=\"a&quot;&lt;b&gt;\">&lt;i&gt;</p>", "" },
	{ "<svg onload=alert(1)><g></g></svg>a", "a", "svg" },
	{ "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">", "", "math" },
	{ "<!-- note -->", "", "" },
};

/* For the web alone: what can be filled in, and nothing that sends it. */
static const Case controls[] = {
	{ "<select id=\"a\" data-x=\"1\"><option value=\"ru\" selected>R</option></select>", "<select id=\"a\" data-x=\"1\"><option value=\"ru\" selected=\"\">R</option></select>", "" },
	{ "<label for=a>A</label><input type=range min=1 value=kg>", "<label for=\"a\">A</label><input type=\"range\" min=\"1\" value=\"kg\">", "" },
	{ "<p hidden role=status aria-live=polite tabindex=-1>a</p>", "<p hidden=\"\" role=\"status\" aria-live=\"polite\" tabindex=\"-1\">a</p>", "" },
	{ "<button type=submit formaction=\"https://x/\">a</button>", "<button>a</button>", "type" },
	{ "<input type=image src=\"https://x/a.png\">", "<input>", "type" }, { "<input type=FILE>", "<input>", "type" },
	{ "<form action=\"https://x/\"><input name=q></form>", "<input name=\"q\">", "form" },
	{ "<p data-=a data-a_b=c data-b=\"&quot;><script>\">a</p>", "<p data-b=\"&quot;&gt;&lt;script&gt;\">a</p>", "data-" },
	{ "<p style=\"color:red\">a</p>", "<p>a</p>", "style" }, { "<p aria-label=\"a\" onfocus=x>a</p>", "<p aria-label=\"a\">a</p>", "onfocus" },
	{ "<textarea rows=2>&lt;b&gt;</textarea>", "<textarea rows=\"2\">&lt;b&gt;</textarea>", "" }, { "<script>1</script><iframe src=x></iframe>", "", "script" },
	{ "<svg onload=x></svg><object data=x></object>a", "a", "svg" },
};

/* In a text: with a name, ids of its own, the text's colour. */
static const Case figures[] = {
	{ "<svg role=\"none\" aria-labelledby=\"t\" viewBox=\"0 0 1 1\"><title id=\"t\">x</title></svg>",
	  "<svg viewBox=\"0 0 1 1\" role=\"img\" aria-label=\"a &quot;b&quot;\" fill=\"currentColor\"><title id=\"d1-t\">x</title></svg>", "" },
	{ "<svg fill=\"none\"><g id=\"g\" aria-labelledby=\"a b\"/><use href=\"#g\"/><rect clip-path=\"url( '#g' )\" fill=\"#abc\"/></svg>",
	  "<svg fill=\"none\" role=\"img\" aria-label=\"a &quot;b&quot;\"><g id=\"d1-g\" aria-labelledby=\"d1-a d1-b\"/><use href=\"#d1-g\"/>"
	  "<rect clip-path=\"url( '#d1-g' )\" fill=\"#abc\"/></svg>", "" },
	{ "<svg onload=\"x\"><a href=\"https://x/\"><text>t</text></a></svg>", "<svg role=\"img\" aria-label=\"a &quot;b&quot;\" fill=\"currentColor\"></svg>", "onload" },
	{ "<p/>", NULL, "" },
};

static const Case tags[] = {
	{ "<b>", "<b>", "" }, { "</b>", "</b>", "" }, { "<BR />", "<br>", "" }, { "<kbd class=\"k\">", "<kbd class=\"k\">", "" },
	{ "<b onmouseover=x>", "<b>", "onmouseover" }, { "<script>", "", "script" }, { "<div>", "", "div" }, { "<!-- c -->", "", "" },
	{ "<?php x ?>", "", "" }, { "<blink>", "", "blink" }, { "<a href='javascript:x'>", "<a>", "href" },
};

static const Case drawings[] = {
	{ "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>", "" },
	{ "<svg><script>x</script><rect width=\"1\" onclick=\"x\"/></svg>", "<svg><rect width=\"1\"/></svg>", "script" },
	{ "<svg><foreignObject><p>x</p></foreignObject></svg>", "<svg></svg>", "foreignObject" },
	{ "<svg><use href=\"#a\"/><use href=\"https://x/y#a\"/></svg>", "<svg><use href=\"#a\"/><use/></svg>", "href" },
	{ "<svg><rect fill=\"url(#g)\"/><rect fill=\"url(https://x)\"/></svg>", "<svg><rect fill=\"url(#g)\"/><rect/></svg>", "fill" },
	{ "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\"><use xlink:href=\"#a\" xlink:title=\"n\" href=\"#b\"/><use xlink:href=\"#a\"/></svg>", "<svg><use href=\"#b\"/><use href=\"#a\"/></svg>", "" },
	{ "<svg xmlns:a=\"urn:a\" xmlns:b=\"urn:b\"><use a:href=\"#a\" b:href=\"#b\"/><g xml:id=\"x\" id=\"y\" b:id=\"z\"/></svg>", "<svg><use href=\"#a\"/><g id=\"y\"/></svg>", "" },
	{ "<svg><image href=\"x.png\"/><text>a &amp; b</text></svg>", "<svg><text>a &amp; b</text></svg>", "image" },
	{ "<p>no</p>", NULL, "" },
	{ "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg><text>&a;</text></svg>", NULL, "" },
	{ "<svg><g>", NULL, "" },
};

static void check (const Case *c, const char *got, const char *what)
{
	g_assert_cmpstr (got, ==, c->out);
	g_assert_cmpstr (what, ==, c->what);
}

static void test_blocks (void)
{
	for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		char what[32];
		rn_sanitize_html (blocks[i].in, strlen (blocks[i].in), out, what);
		check (&blocks[i], out->str, what);
	}
}

static void test_web (void)
{
	for (gsize i = 0; i < G_N_ELEMENTS (controls); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		char what[32];
		rn_sanitize_web (controls[i].in, strlen (controls[i].in), out, what, NULL, NULL);
		check (&controls[i], out->str, what);
	}
}

static void test_tags (void)
{
	for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		char what[32];
		rn_sanitize_tag (tags[i].in, strlen (tags[i].in), out, what);
		check (&tags[i], out->str, what);
	}
}

static void test_svg (void)
{
	for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		char what[32];
		gboolean fine = rn_sanitize_svg (drawings[i].in, strlen (drawings[i].in), out, what);
		check (&drawings[i], fine ? out->str : NULL, what);
	}
}

static void test_drawings (void)
{
	for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
		g_autoptr (GString) out = g_string_new (NULL);
		char what[32];
		gboolean fine = rn_sanitize_drawing (figures[i].in, strlen (figures[i].in), "d1-", "a \"b\"", out, what);
		check (&figures[i], fine ? out->str : NULL, what);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/sanitize/blocks", test_blocks);
	g_test_add_func ("/sanitize/tags", test_tags);
	g_test_add_func ("/sanitize/svg", test_svg);
	g_test_add_func ("/sanitize/web", test_web);
	g_test_add_func ("/sanitize/drawings", test_drawings);
	return g_test_run ();
}
