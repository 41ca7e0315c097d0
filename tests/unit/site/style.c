/* style.c - what of a sheet a page is given: all that can match, in order, and nothing else; and where in the page it is put. */
#include "../model/sample.h"
#include "site/sheet.h"
#include "site/style.h"

static RnNameSet used (const RnNames *names, const char *words)
{
	RnNameSet set = { { 0 } };
	g_auto (GStrv) list = g_strsplit (words, " ", -1);
	for (char **word = list; *word; word++)
		rn_names_note (names, *word + (**word == '.'), strlen (*word) - (**word == '.'), **word == '.', &set);
	return set;
}

static void select_rules (void)
{
	static const struct { const char *css, *words, *rules; } cases[] = {
		{ "p { color: red; }", "p", "p{color:red}" },
		{ "p { color: red }", "h1", "" },
		{ "h1, p,\n.note { margin: 0 0 1em ; }", "p .note", "p,.note{margin:0 0 1em}" },
		{ "p.note { a: b }", "p", "" },
		{ "P, LI.Note { a: b }", "p li .note", "P{a:b}" },
		{ "p.note { a: b }", "p .note", "p.note{a:b}" },
		/* A class is no element. */
		{ "note { a: b } .p { c: d }", "p .note", "" },
		{ ".a > .b + li ~ a { a: b }", ".a .b li a", ".a>.b+li~a{a:b}" },
		{ ".a .b { a: b }", ".a", "" },
		/* What may come true later, or is not known here, never takes a rule away. */
		{ "p:not(.gone) { a: b } p:is(.x, .y) { c: d } #main { e: f } [open] { g: h } details[open=\"a.b\"] > summary::after { i: \"}\" } :root { --x: 1 }", "p details summary",
		  "p:not(.gone){a:b}p:is(.x,.y){c:d}#main{e:f}[open]{g:h}details[open=\"a.b\"]>summary::after{i:\"}\"}:root{--x:1}" },
		{ "a :hover { a: b } a:hover b { c: d }", "a", "a :hover{a:b}" },
		{ "li:nth-child(2n + 1 of .x) a { a: b }", "li a", "li:nth-child(2n+1 of .x) a{a:b}" },
		{ "li:has(> input) { a: b } li:has(b, i) { c: d } p:has(b) i { e: f }", "li p b", "li:has(b,i){c:d}" },
		{ "li:has(> input) { a: b } p:has(:not(b)) i { e: f }", "li input p i", "li:has(>input){a:b}p:has(:not(b)) i{e:f}" },
		{ ".a\\:b { a: b }", "p", ".a\\:b{a:b}" },
		{ "* { a: b }", "", "*{a:b}" },
		/* Groups stand where they stood; an empty one does not. */
		{ "@media (min-width: 44rem) and (hover) { p { a: b } .x { c: d } } @media print { .x { a: b } } li { e: f }", "p li", "@media (min-width:44rem) and (hover){p{a:b}}li{e:f}" },
		{ "@supports (a: b) { @media print { p { a: calc(1px + (2px - 1px)) } } }", "p", "@supports (a:b){@media print{p{a:calc(1px + (2px - 1px))}}}" },
		{ "@page { margin: 1cm } @keyframes x { from { a: b } to { a: c } } @charset \"utf-8\";", "", "@page{margin:1cm}@keyframes x{from{a:b}to{a:c}}@charset \"utf-8\";" },
		{ "/* p { */ p { content: \"/* ; */\"; a: b !important } /* } */", "p", "p{content:\"/* ; */\";a:b!important}" },
		{ "p { a: b }", "p p p", "p{a:b}" },
		{ "", "p", "" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		RnNames *names = rn_names_new ();
		RnSheet *sheet = rn_sheet_new (names, cases[i].css);
		g_autoptr (GString) out = g_string_new (NULL);
		g_assert_nonnull (sheet);
		const RnNameSet set = used (names, cases[i].words);
		rn_sheet_select (sheet, &set, out);
		g_assert_cmpstr (out->str, ==, cases[i].rules);
		rn_sheet_free (sheet);
		rn_names_free (names);
	}
}

/* Custom properties of two sheets, the third one linked; "--all" is noted of a page that has words of its own. */
static void properties (void)
{
	static const struct { const char *css[3], *words, *rules; } cases[] = {
		{ { ":root { --a: #fff; color: red } p { color: var(--a) }" }, "p", ":root{color:red}p{color:#fff}" },
		{ { ":root { --a: #fff; --b: 1 } @media print { :root { --a: #000; --b: 2 } } p { color: var(--a) }" }, "p", ":root{--a:#fff}@media print{:root{--a:#000}}p{color:var(--a)}" },
		{ { ":root { --a: #fff; --b: 1 } @media print { :root { --a: #000 } } p { color: var(--a) }" }, "li", "" },
		/* One that is set in a part of the page, or for some screens only, may be another elsewhere. */
		{ { ".x { --a: 1 } p { b: var(--a) }" }, "p .x", ".x{--a:1}p{b:var(--a)}" },
		{ { "@media print { :root { --a: 1 } } p { b: var(--a, 2) }" }, "p", "@media print{:root{--a:1}}p{b:var(--a,2)}" },
		{ { ":root, p { --a: 1 } p { b: var(--a) }" }, "p", ":root,p{--a:1}p{b:var(--a)}" },
		{ { ":root { --a: 1!important } p { b: var(--a) }" }, "p", ":root{--a:1!important}p{b:var(--a)}" },
		{ { ":root { --a: calc(1px + (2px)) } p { b: var(--a, var(--c)) c }" }, "p", "p{b:calc(1px + (2px)) c}" },
		/* One asks for another; what one sheet sets the other uses. */
		{ { ":root { --a: var(--b); --b: var(--c); --c: 1; --d: 2 } .x { --c: 3; --d: 4 } p { e: var(--a) }" }, "p .x", ":root{--a:var(--b);--b:var(--c);--c:1}.x{--c:3}p{e:var(--a)}" },
		{ { ":root { --a: 1 }", "p { b: var(--a) }" }, "p", "p{b:1}" },
		{ { ":root { --a: 1 }", ":root { --a: 2 } p { b: var(--a) }" }, "p", ":root{--a:1}:root{--a:2}p{b:var(--a)}" },
		/* What stays whole may use all that it names. */
		{ { ":root { --a: 1; --b: 2 }", "p { c: url(x) var(--a) }" }, "p", ":root{--a:1}" },
		{ { ":root { --a: 1; --b: 2 } @keyframes x { from { c: var(--b) } }" }, "p", ":root{--b:2}@keyframes x{from{c:var(--b)}}" },
		{ { ":root { --a: 1; --b: 2 } p { c: var(--a) } .x { --b: 3 }" }, "p --b", ":root{--b:2}p{c:1}" },
		{ { "p { content: \";--a:1\"; b: c }" }, "p", "p{content:\";--a:1\";b:c}" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		RnNames *names = rn_names_new ();
		RnSheet *sheets[3] = { NULL };
		guint n = 0;
		for (; n < 3 && cases[i].css[n]; n++)
			sheets[n] = rn_sheet_new (names, cases[i].css[n]);
		rn_sheets_settle (names, sheets, cases[i].css, n);
		g_autoptr (GString) out = g_string_new (NULL);
		RnNameSet set = used (names, cases[i].words);
		rn_sheets_want (sheets, n, &set);
		for (guint k = 0; k < n; k++)
			if (sheets[k])
				rn_sheet_select (sheets[k], &set, out);
		g_assert_cmpstr (out->str, ==, cases[i].rules);
		for (guint k = 0; k < n; k++)
			rn_sheet_free (sheets[k]);
		rn_names_free (names);
	}
}

/* Such a sheet stays linked: it would load something relative to itself, or nobody knows where its rules end. */
static void refuse (void)
{
	static const char *const sheets[] = { "p { background: url(a.png) }", "@import 'x.css';", "p { a: b", "p { a: b } }", "@media print { p { a: b }", "p", "p { content: \"</style>\" }",
		"@media x{@media x{@media x{@media x{@media x{@media x{@media x{@media x{@media x{@media x{@media x{}}}}}}}}}}}", "p { a: (b }", "p { a: \"b }" };
	for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
		RnNames *names = rn_names_new ();
		g_assert_null (rn_sheet_new (names, sheets[i]));
		rn_names_free (names);
	}
}

/* More names than are counted: their rules stay. */
static void many_names (void)
{
	RnNames *names = rn_names_new ();
	g_autoptr (GString) css = g_string_new (NULL);
	for (guint i = 0; i < RN_NAMES_MAX + 50; i++)
		g_string_append_printf (css, ".c%u{a:b}", i);
	RnSheet *sheet = rn_sheet_new (names, css->str);
	g_autoptr (GString) out = g_string_new (NULL);
	const RnNameSet set = used (names, ".c1");
	rn_sheet_select (sheet, &set, out);
	g_assert_true (g_str_has_prefix (out->str, ".c1{a:b}.c256{a:b}"));
	g_assert_cmpuint (out->len, ==, strlen (".c1{a:b}") + 50 * strlen (".c256{a:b}"));
	rn_sheet_free (sheet);
	rn_names_free (names);
}

#define HEAD "<html><head><title>&lt;i&gt;</title>%s</head>"

/* The page BODY after its sheets went in; %s of its head stands for links to S and to T. */
static char *inlined (const char *head, const char *body)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg]\n-- content/a.tg.md --\n# A\n"
		"-- layouts/assets/s.css --\np { a: b }\n.x { c: d }\ni { e: f }\nmark { g: h }\n:root { --c: 3; --d: 4; --e: 5 }\n-- layouts/assets/t.css --\np { background: url(a.png) }\n");
	g_autoptr (GError) error = NULL;
	RnAssets *assets = rn_assets_open (rn_library_site (sample->library), NULL, &error);
	g_assert_no_error (error);
	g_autoptr (GString) html = g_string_new (head);
	g_string_append (html, body);
	g_string_replace (html, "{s}", rn_assets_url (assets, "s.css") + 1, 0);
	g_string_replace (html, "{t}", rn_assets_url (assets, "t.css") + 1, 0);
	RnStyle *style = rn_style_new (assets);
	rn_style_inline (style, html);
	g_string_replace (html, rn_assets_url (assets, "s.css") + 1, "{s}", 0);
	g_string_replace (html, rn_assets_url (assets, "t.css") + 1, "{t}", 0);
	rn_style_free (style);
	rn_assets_free (assets);
	return g_string_free (g_steal_pointer (&html), FALSE);
}

static void put_in_place (void)
{
#define S "<link rel=\"stylesheet\" href=\"../../{s}\">"
	static const struct { const char *head, *body, *result; } cases[] = {
		{ "<head>" S "</head>", "<p>a", "<head><style>p{a:b}</style></head>" },
		{ "<head>" S "</head>", "<P CLASS=x>", "<head><style>p{a:b}.x{c:d}</style></head>" },
		{ "<head>" S "<meta></head>", "<p title='<i>' class='y x'>", "<head><style>p{a:b}.x{c:d}</style><meta></head>" },
		{ "<head>" S "</head>", "<b class=x><i/>", "<head><style>.x{c:d}i{e:f}</style></head>" },
		/* Words in text, remarks and scripts are no tags; what a script will add is said. */
		{ "<head>" S "</head>", "&lt;p> <!-- <p> --> < p <script>'<p class=x>'</script><a data-uses=\"x mark\">", "<head><style>.x{c:d}mark{g:h}</style></head>" },
		{ "<head>" S S "</head>", "<p>", "<head><style>p{a:b}</style><style>p{a:b}</style></head>" },
		{ "<head>" S "</head>", "<u style='--c: 1'><style>i{a:var(--d)}</style>", "<head><style>:root{--c:3;--d:4}</style></head>" },
		{ "<head><link rel=\"stylesheet\" href=\"{t}\">" S "</head>", "<p>", "<head><link rel=\"stylesheet\" href=\"{t}\"><style>p{a:b}</style></head>" },
		/* Not in the body, where text might say it; not what is no asset. */
		{ "<head></head>", S "<p>", "<head></head>" },
		{ "<head><link rel=\"stylesheet\" href=\"https://example.org/a.css\"></head>", "<p>", "<head><link rel=\"stylesheet\" href=\"https://example.org/a.css\"></head>" },
		{ "<head>" S, "<p>", "<head>" S },
		{ "<head>" S "</head>", "<p class=\"x", "<head><style>p{a:b}</style></head>" },
		{ "<head>" S "</head>", "<p x==y =\"\" class = 'x'><", "<head><style>p{a:b}</style></head>" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *got = inlined (cases[i].head, cases[i].body), *wanted = g_strconcat (cases[i].result, cases[i].body, NULL);
		g_assert_cmpstr (got, ==, wanted);
	}
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/style/select", select_rules);
	g_test_add_func ("/style/properties", properties);
	g_test_add_func ("/style/refuse", refuse);
	g_test_add_func ("/style/names", many_names);
	g_test_add_func ("/style/page", put_in_place);
	return g_test_run ();
}
