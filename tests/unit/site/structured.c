/* structured.c - pages as JSON-LD: what stands there, what is left out, and that it is JSON. */
#define SHIPPED_TOO "-- layouts/structured.yaml --\n" \
	"kinds: {home: WebSite, content: Article}\ntypes:\n" \
	"  Thing: {title: name, url: url}\n" \
	"  WebSite: {title: name, publisher: publisher:Organization.name}\n" \
	"  Article: {title: headline, changed: dateModified, owner: author:Organization.name, source: citation}\n" \
	"  FAQPage:\n    needs: [mainEntity.acceptedAnswer]\n    title: mainEntity:Question.name\n    opening: mainEntity:Question.acceptedAnswer:Answer.text\n" \
	"  JobPosting:\n    checked: true\n    needs: [employer, title]\n    title: title\n    text: description\n    url: url\n    expires: validThrough\n"
#include "../model/sample.h"
#include "markdown/parse.h"
#include "site/structured.h"

#include <jansson.h>

#define SITE "-- content/site.yaml --\nlanguages: [ru, tg]\nbase_url: https://example.org/\npublisher: {ru: P}\n" \
	"-- content/faq/_type.yaml --\nschema_org: FAQPage\n-- content/faq/_index.ru.md --\n---\ntitle: Questions\n---\n" \
	"-- content/faq/a.ru.md --\n---\ntitle: 'A </script> \"q\" & \\'\n---\n# One\n\nFirst *words*[^1].\n\nMore.\n\n## Then\n\nMuch.\n\n[^1]: Note.\n" \
	"-- content/faq/empty.ru.md --\n---\ntitle: Empty\nowner: Centre\nsources: [{title: T, url: 'https://t.example/'}, {title: U}]\nlastmod: 2026-01-05\n---\n" \
	"-- content/job/_type.yaml --\nschema_org: JobPosting\nfields:\n  boss: {type: text, schema: 'employer:Organization.name'}\n" \
	"  hidden: {type: text, withheld: true, schema: 'employer:Organization.legalName'}\n  pay: {type: money, schema: baseSalary}\n" \
	"  where: {type: coordinates, schema: 'place:Place.geo'}\n  kind: {type: enum, values: {x: {ru: Ix}}, schema: category}\n" \
	"  skills: {type: list, of: text, schema: skills}\n  minutes: {type: number, schema: 'duration PT{}M'}\n  start: {type: date, schema: start}\n" \
	"  force: {type: enum, values: {In: {ru: Is}}, schema: 'force https://s.example/{}'}\n" \
	"  site: {type: url, schema: url}\n  law: {type: reference, schema: basis}\n  on: {type: boolean, schema: remote}\n" \
	"-- content/job/full.ru.md --\n---\ntitle: Full\nexpiryDate: 2026-12-31\nboss: B\nhidden: SECRET\npay: {from: 10, to: 20.5, currency: RUB, per: month}\nwhere: [38.5, 68]\n" \
	"kind: x\nskills: [s, t]\nminutes: 45\nstart: 2026-07-01\nforce: In\nsite: https://s.example/\nlaw: faq/a\non: true\n---\nText.\n" \
	"-- content/job/one.ru.md --\n---\ntitle: One\nboss: B\nskills: [s]\npay: {amount: 5, currency: TJS}\n---\n" \
	"-- content/job/none.ru.md --\n---\ntitle: None\nskills: [s]\n---\n" \
	"-- content/job/draft.ru.md --\n---\ntitle: Draft\nboss: B\nstatus: draft\n---\n" \
	"-- content/other/_type.yaml --\nschema_org: Recipe\n-- content/other/x.ru.md --\n# X\n"

/* The page's JSON-LD; NULL: none. Free it. */
static char *told (Sample *sample, const char *code, const char *key)
{
	const RnPage *of = page (sample, code, key);
	g_autoptr (GString) out = g_string_new ("left over"), text = g_string_new (NULL);
	const RnMarkdownOptions options = { 0 };
	RnStructured *structured = rn_structured_new (sample->library, sample->sink);
	RnMarkdown *markdown = rn_markdown_new (sample->library, &options, sample->sink);
	const RnDocument *document = NULL;
	g_assert_nonnull (structured);
	if (of->file && rn_tree_read (sample->tree, of->tree_index, 0, 1 << 20, text, NULL, NULL))
		document = rn_markdown_parse (markdown, of, text->str + of->body, text->len - of->body, of->body_line);
	gboolean any = rn_structured_make (structured, of, document, out);
	rn_markdown_free (markdown);
	rn_structured_free (structured);
	if (!any)
		return NULL;
	json_error_t error;
	json_t *json = json_loads (out->str, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		g_error ("%s in %s", error.text, out->str);
	json_decref (json);
	return g_strdup (out->str);
}

/* The first thing of the page, without its braces. */
static void assert_thing (Sample *sample, const char *key, const char *wanted)
{
	static const char head[] = "{\"@context\":\"https://schema.org\",\"@graph\":[";
	g_autofree char *all = told (sample, "ru", key), *thing = g_strdup_printf ("%s{%s},{\"@type\":\"BreadcrumbList\"", head, wanted);
	if (!g_str_has_prefix (all, thing))
		g_error ("%s\nis not the beginning of\n%s", thing, all);
}

static void things (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	assert_thing (sample, "faq/a", "\"@type\":\"FAQPage\",\"mainEntity\":{\"@type\":\"Question\",\"name\":\"A \\u003c/script\\u003e \\\"q\\\" \\u0026 \\\\\","
	                               "\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"One\\nFirst words.\\nMore.\"}}");
	assert_thing (sample, "faq/empty", "\"@type\":\"Article\",\"headline\":\"Empty\",\"dateModified\":\"2026-01-05\","
	                                   "\"author\":{\"@type\":\"Organization\",\"name\":\"Centre\"},\"citation\":[\"https://t.example/\",\"U\"]");
	assert_thing (sample, "job/full", "\"@type\":\"JobPosting\",\"employer\":{\"@type\":\"Organization\",\"name\":\"B\"},\"force\":\"https://s.example/In\",\"category\":\"Ix\","
	              "\"basis\":\"https://example.org/ru/faq/a/\",\"duration\":\"PT45M\",\"remote\":true,\"baseSalary\":{\"@type\":\"MonetaryAmount\",\"currency\":\"RUB\","
	              "\"value\":{\"@type\":\"QuantitativeValue\",\"minValue\":10,\"maxValue\":20.5,\"unitText\":\"MONTH\"}},\"url\":\"https://s.example/\","
	              "\"skills\":[\"s\",\"t\"],\"start\":\"2026-07-01\",\"place\":{\"@type\":\"Place\",\"geo\":{\"@type\":\"GeoCoordinates\",\"latitude\":38.5,\"longitude\":68}},"
	              "\"title\":\"Full\",\"description\":\"Text.\",\"validThrough\":\"2026-12-31\"");
	assert_thing (sample, "job/one", "\"@type\":\"JobPosting\",\"employer\":{\"@type\":\"Organization\",\"name\":\"B\"},\"baseSalary\":{\"@type\":\"MonetaryAmount\","
	              "\"currency\":\"TJS\",\"value\":{\"@type\":\"QuantitativeValue\",\"value\":5}},\"url\":\"https://example.org/ru/job/one/\",\"skills\":\"s\",\"title\":\"One\"");
	/* What it needs is not there, or nobody has checked it: an article. A type that the layouts do not know has what all have. */
	assert_thing (sample, "job/none", "\"@type\":\"Article\",\"headline\":\"None\"");
	assert_thing (sample, "job/draft", "\"@type\":\"Article\",\"headline\":\"Draft\"");
	assert_thing (sample, "other/x", "\"@type\":\"Recipe\",\"name\":\"X\",\"url\":\"https://example.org/ru/other/x/\"");
	g_assert_null (strstr (said (sample), "[site-value]"));
}

static void ways (void)
{
	g_autoptr (Sample) sample = sample_open (SITE);
	g_autofree char *home = told (sample, "ru", ""), *section = told (sample, "ru", "faq"), *stand_in = told (sample, "tg", "faq/a");
	g_assert_cmpstr (home, ==, "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Home\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"P\"}}]}");
	g_assert_cmpstr (section, ==, "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"BreadcrumbList\",\"itemListElement\":["
	                 "{\"@type\":\"ListItem\",\"position\":1,\"name\":\"Home\",\"item\":\"https://example.org/ru/\"},"
	                 "{\"@type\":\"ListItem\",\"position\":2,\"name\":\"Questions\",\"item\":\"https://example.org/ru/faq/\"}]}]}");
	/* Its text is told of where it is at home. */
	g_assert_null (stand_in);
}

static void without (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/a.ru.md --\n# A\n");
	g_assert_null (rn_structured_new (sample->library, sample->sink));
}

/* Faults of a site's own structured.yaml are told at their place, and the rest holds. */
static void faults (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\nbase_url: https://example.org\n-- content/a.ru.md --\n# A\n"
		"-- layouts/structured.yaml --\nkinds: {content: Article, home: 'a b'}\ntypes:\n  Article: {titel: name, description: 'a.b', title: headline}\n");
	assert_thing (sample, "a", "\"@type\":\"Article\",\"headline\":\"A\"");
	assert_said (sample, "layouts/structured.yaml:1:33: [site-value] 'home' must be a type of things of schema.org, such as Article\n"
		"layouts/structured.yaml:3:20: [site-value] 'titel' must be one of the names that the head of the file explains\n"
		"layouts/structured.yaml:3:39: [site-value] 'description' must be a property of schema.org, such as name or author:Organization.name\n");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	rn_markdown_init ();
	g_test_add_func ("/structured/things", things);
	g_test_add_func ("/structured/ways", ways);
	g_test_add_func ("/structured/without", without);
	g_test_add_func ("/structured/faults", faults);
	return g_test_run ();
}
