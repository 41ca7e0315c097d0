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

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/sanitize/blocks", test_blocks);
	g_test_add_func ("/sanitize/tags", test_tags);
	g_test_add_func ("/sanitize/svg", test_svg);
	return g_test_run ();
}
