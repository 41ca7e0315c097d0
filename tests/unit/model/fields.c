/* fields.c - every type of field with values that fit and values that do not: the exact message, line and column; and schemas with faults. */
#include "sample.h"

typedef struct { const char *declared, *value, *kept, *said; } Case;

/* KEPT: the value as text, NULL where none is left. SAID: what follows "content/t/a.ru.md:3:", NULL for nothing. */
static const Case cases[] = {
	{ "text", "words", "words", NULL },
	{ "text", "42", "42", NULL },
	{ "text", "2026-01-31", "2026-01-31", NULL },
	{ "text", "", NULL, NULL },
	{ "text", "[a]", NULL, "4: [field-kind] 'f' must be a text, not list\n" },
	{ "text", "true", NULL, "4: [field-kind] 'f' must be a text, not true or false\n" },
	{ "{type: text, min: 3, max: 4}", "ҳҷқ", "ҳҷқ", NULL },
	{ "{type: text, min: 3}", "ab", NULL, "4: [field-range] 'f' is ab; the least is 3 characters\n" },
	{ "{type: text, max: 3}", "abcd", NULL, "4: [field-range] 'f' is abcd; the most is 3 characters\n" },
	{ "{type: text, pattern: '[A-Z]{2}'}", "AB", "AB", NULL },
	{ "{type: text, pattern: '[A-Z]{2}'}", "ABC", NULL, "4: [field-pattern] 'f' is 'ABC', which does not look like [A-Z]{2}\n" },
	{ "{type: text, pattern: '[A-Z]{2}'}", "\"AB\\n\"", NULL, "4: [field-pattern] 'f' is 'AB ', which does not look like [A-Z]{2}\n" },
	{ "markdown", "'**x**'", "**x**", NULL },
	{ "date", "2026-01-31", "2026-01-31", NULL },
	{ "date", "\"2026-01-31\"", "2026-01-31", NULL },
	{ "date", "31.01.2026", NULL, "4: [date-field] 'f' must be a date such as 2026-01-31\n" },
	{ "date", "2026", NULL, "4: [date-field] 'f' must be a date such as 2026-01-31\n" },
	{ "{type: date, min: 2026-01-01}", "2025-12-31", NULL, "4: [field-range] 'f' is 2025-12-31; the least is 2026-01-01\n" },
	{ "number", "12", "12", NULL },
	{ "number", "-1.50", "-1.50", NULL },
	{ "number", "'12'", NULL, "4: [field-kind] 'f' must be a number, not text\n" },
	{ "number", "twelve", NULL, "4: [field-kind] 'f' must be a number, not text\n" },
	{ "{type: number, min: 1, max: 100}", "100", "100", NULL },
	{ "{type: number, min: 1, max: 100}", "101", NULL, "4: [field-range] 'f' is 101; the most is 100\n" },
	{ "money", "60000 RUB", "amount: 60000, currency: RUB", NULL },
	{ "money", "{amount: 60000, currency: RUB}", "amount: 60000, currency: RUB", NULL },
	{ "money", "{from: 5, to: 9.5, currency: RUB, per: month}", "from: 5, to: 9.5, currency: RUB, per: month", NULL },
	{ "money", "60000", NULL, "4: [field-kind] 'f' must be an amount such as {amount: 60000, currency: EUR}, not number\n" },
	{ "money", "60000 roubles", NULL, "4: [field-pattern] 'f' is '60000 roubles', which does not look like an amount such as {amount: 60000, currency: EUR}\n" },
	{ "money", "inf RUB", NULL, "4: [field-pattern] 'f' is 'inf RUB', which does not look like an amount such as {amount: 60000, currency: EUR}\n" },
	{ "money", "-5 RUB", NULL, "4: [field-range] 'f' is -5; the least is 0\n" },
	{ "money", "{amount: -5, currency: RUB}", NULL, "13: [field-range] 'f' is -5; the least is 0\n" },
	{ "money", "{amount: lots, currency: RUB}", NULL, "13: [field-kind] 'f' must be a number, not text\n" },
	{ "money", "{from: 9, to: 5, currency: RUB}", NULL, "11: [field-range] 'f' is 9; it ends at 5\n" },
	{ "money", "{amount: 5, currency: rub}", NULL, "4: [field-pattern] 'f' is 'rub', which does not look like an amount with its currency, such as {amount: 60000, currency: EUR}\n" },
	{ "money", "{amount: 5}", NULL, "4: [field-pattern] 'f' is 'amount: 5', which does not look like an amount with its currency, such as {amount: 60000, currency: EUR}\n" },
	{ "{type: money, max: 10}", "11 RUB", NULL, "4: [field-range] 'f' is 11; the most is 10\n" },
	{ "{type: enum, values: {builder: B, cook: C}}", "cook", "cook", NULL },
	{ "{type: enum, values: {builder: B, cook: C}}", "bilder", NULL, "4: [field-enum] 'f' cannot be 'bilder'; did you mean 'builder'?\n" },
	{ "{type: enum, values: [2025, 2026]}", "2026", "2026", NULL },
	{ "{type: enum, values: [2025, 2026]}", "x", NULL, "4: [field-enum] 'f' cannot be 'x'\n" },
	{ "{type: list, of: text}", "[a, b]", "a, b", NULL },
	{ "{type: list, of: text}", "alone", "alone", NULL },
	{ "{type: list, of: number}", "[1, x, 3]", "1, 3", "8: [field-kind] 'f' must be a number, not text\n" },
	{ "{type: list, of: enum, values: [north, south]}", "[north, east]", "north", "12: [field-enum] 'f' cannot be 'east'\n" },
	{ "reference", "t/a", "t/a", NULL },
	{ "reference", "/t/a", "t/a", NULL },
	{ "{type: reference, to: t}", "beside", "t/beside", NULL },
	{ "reference", "t/an", NULL, "4: [field-reference] 'f' names the page 't/an', which does not exist; did you mean 't/a'?\n" },
	{ "{type: reference, to: t}", "zebra", NULL, "4: [field-reference] 'f' names the page 'zebra', which does not exist\n" },
	{ "{type: reference, to: t}", "u/other", NULL, "4: [field-kind] 'f' must be a page of the type 't', not 'u/other' of the type 'u'\n" },
	{ "{type: list, of: reference}", "[t/a, no, u/other]", "t/a, u/other", "10: [field-reference] 'f' names the page 'no', which does not exist\n" },
	{ "phone", "\"+992 (44) 600-00-00\"", "+992 (44) 600-00-00", NULL },
	{ "phone", "112", "112", NULL },
	{ "phone", "2246000", NULL, "4: [field-pattern] 'f' is '2246000', which does not look like a phone number with its country code, such as \"+12 345 67 89\"\n" },
	{ "phone", "call us", NULL, "4: [field-pattern] 'f' is 'call us', which does not look like a phone number such as \"+12 345 67 89\"\n" },
	{ "phone", "\"+1234567890123456\"", NULL, "4: [field-pattern] 'f' is '+1234567890123456', which does not look like a phone number with its country code, such as \"+12 345 67 89\"\n" },
	{ "email", "a@example.org", "a@example.org", NULL },
	{ "email", "a@b", NULL, "4: [field-pattern] 'f' is 'a@b', which does not look like an e-mail address\n" },
	{ "email", "a@.org", NULL, "4: [field-pattern] 'f' is 'a@.org', which does not look like an e-mail address\n" },
	{ "email", "a@b@c.org", NULL, "4: [field-pattern] 'f' is 'a@b@c.org', which does not look like an e-mail address\n" },
	{ "url", "https://example.org/x", "https://example.org/x", NULL },
	{ "url", "www.example.org", NULL, "4: [field-pattern] 'f' is 'www.example.org', which does not look like a web address that begins with https://\n" },
	{ "url", "https://", NULL, "4: [field-pattern] 'f' is 'https://', which does not look like a web address that begins with https://\n" },
	{ "url", "javascript:alert(1)", NULL, "4: [field-pattern] 'f' is 'javascript:alert(1)', which does not look like a web address that begins with https://\n" },
	{ "coordinates", "[38.56, 68.77]", "38.56, 68.77", NULL },
	{ "coordinates", "[68.77]", NULL, "4: [field-kind] 'f' must be a latitude and a longitude, [38.56, 68.77], not list\n" },
	{ "coordinates", "[138.56, 68.77]", NULL, "4: [field-pattern] 'f' is '138.56, 68.77', which does not look like a latitude (-90 to 90) and a longitude (-180 to 180)\n" },
	{ "coordinates", "[a, b]", NULL, "4: [field-pattern] 'f' is 'a, b', which does not look like a latitude (-90 to 90) and a longitude (-180 to 180)\n" },
	{ "image", "/media/map.png", "/media/map.png", NULL },
	{ "image", "../media/map.png", "/media/map.png", NULL },
	{ "image", "/media/mop.png", NULL, "4: [link-file] no file '/media/mop.png'; did you mean 'media/map.png'?\n" },
	{ "image", "https://example.org/a.png", NULL, "4: [image-elsewhere] the picture 'https://example.org/a.png' is on another site: it is linked, not shown\n" },
	{ "image", "7", NULL, "4: [field-kind] 'f' must be a text, not number\n" },
	{ "boolean", "true", "true", NULL },
	{ "boolean", "yes", NULL, "4: [field-kind] 'f' must be true or false, not text\n" },
};

static void one_case (gconstpointer data)
{
	const Case *c = data;
	g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [ru]\n-- content/t/_type.yaml --\nfields:\n  f: %s\n"
		"-- content/t/a.ru.md --\n---\ntitle: A\nf: %s\n---\n-- content/t/beside.ru.md --\n# B\n-- content/u/_type.yaml --\nname: U\n-- content/u/other.ru.md --\n# O\n"
		"-- content/media/map.png --\nx\n", c->declared, c->value);
	g_autofree char *wanted = c->said ? g_strconcat ("content/t/a.ru.md:3:", c->said, NULL) : g_strdup ("");
	g_autoptr (Sample) sample = sample_open (text);
	assert_said (sample, wanted);
	assert_field (page (sample, "ru", "t/a"), "f", c->kept);
}

/* One fault of a schema: where it stands and what is said after the place; nothing of it follows in the pages. */
static void schemas (void)
{
	static const struct { const char *yaml, *said; } faults[] = {
		{ "fields:\n  f: txet\n", "2:6: [type-field] the schema's field 'f': there is no type 'txet'; did you mean 'text'?\n" },
		{ "fields:\n  f: {tpye: text}\n", "2:7: [type-field] the schema's field 'f': 'tpye' means nothing here; did you mean 'type'?\n" },
		{ "fields:\n  f: {type: enum}\n", "2:6: [type-field] the schema's field 'f': an enum needs values\n" },
		{ "fields:\n  f: {type: list, of: enum}\n", "2:6: [type-field] the schema's field 'f': an enum needs values\n" },
		{ "fields:\n  f: {type: list, of: list}\n", "2:23: [type-field] the schema's field 'f': a list cannot be one of lists\n" },
		{ "fields:\n  f: {type: text, shared: yes}\n", "2:27: [type-field] the schema's field 'f': shared must be true or false\n" },
		{ "fields:\n  f: {type: number, min: few}\n", "2:26: [type-field] the schema's field 'f': min and max must be numbers or dates\n" },
		{ "fields:\n  f: {type: reference, to: laws}\n", "2:28: [type-field] the schema's field 'f': there is no type 'laws'; did you mean 'law'?\n" },
		{ "fields:\n  f: {type: number, default: x}\n", "2:30: [field-kind] 'f' must be a number, not text\n" },
		{ "fields:\n  f: {type: text, schema: 'a.b'}\n", "2:27: [type-field] the schema's field 'f': schema must be a property of schema.org, such as name or employer:Organization.name\n" },
		{ "fields:\n  f: {type: text, schema: 'a:B'}\n", "2:27: [type-field] the schema's field 'f': schema must be a property of schema.org, such as name or employer:Organization.name\n" },
		{ "fields:\n  f: {type: text, schema: 'a PT{M'}\n", "2:27: [type-field] the schema's field 'f': schema must be a property of schema.org, such as name or employer:Organization.name\n" },
		{ "fields:\n  f: {type: text, schema: 'a \"{}\"'}\n", "2:27: [type-field] the schema's field 'f': schema must be a property of schema.org, such as name or employer:Organization.name\n" },
		{ "fields:\n  f: [text]\n", "2:6: [type-field] the schema's field 'f': must be a type's name or a map such as {type: text}\n" },
		{ "fields: [f]\n", "1:9: [type-field] the schema's field 'fields': must be a map of field names\n" },
		{ "- a\n", "1:1: [type-field] the schema's field '_type.yaml': must be a map such as name: ...\n" },
		{ "sotr: title\n", "1:1: [type-field] the schema's field '_type.yaml': 'sotr' means nothing here; did you mean 'sort'?\n" },
		{ "sort: wieght\n", "1:7: [type-field] the schema's field 'sort': there is no field 'wieght' to sort by; did you mean 'weight'?\n" },
		{ "on_stale: hide\n", "1:11: [type-field] the schema's field 'on_stale': must be 'notice' or 'hold'\n" },
		{ "review_every: often\n", "1:15: [type-field] the schema's field 'review_every': must be a period such as 6 months\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
		g_autofree char *text = g_strdup_printf ("-- content/site.yaml --\nlanguages: [ru]\n-- content/t/_type.yaml --\n%s-- content/t/a.ru.md --\n# A\n"
			"-- content/law/_type.yaml --\nname: L\n-- content/law/b.ru.md --\n# B\n", faults[i].yaml);
		g_autofree char *wanted = g_strconcat ("content/t/_type.yaml:", faults[i].said, NULL);
		g_autoptr (Sample) sample = sample_open (text);
		assert_said (sample, wanted);
	}
}

static void bad_pattern (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n-- content/t/_type.yaml --\nfields:\n  f: {type: text, pattern: '('}\n"
		"-- content/t/a.ru.md --\n---\ntitle: A\nf: x\n---\n");
	g_assert_true (g_str_has_prefix (said (sample), "content/t/_type.yaml:2:28: [type-field] the schema's field 'f': "));
	g_assert_null (strstr (said (sample), "a.ru.md"));
	assert_field (page (sample, "ru", "t/a"), "f", "x");
}

/* What every page may have can be declared too, to require or share it: it keeps its meaning. */
static void common_fields_declared (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n-- content/t/_type.yaml --\n"
		"fields:\n  title: {type: text, required: true}\n  expiryDate: {type: date, required: true, shared: true}\n"
		"-- content/t/a.tg.md --\n---\ntitle: A\nexpiryDate: 2026-01-01\n---\n-- content/t/a.ru.md --\n---\ntitle: A\n---\n"
		"-- content/t/b.tg.md --\n---\ntitle: B\nexpiryDate: soon\n---\n-- content/t/b.ru.md --\n---\ntitle: B\n---\n"
		"-- content/t/c.tg.md --\n---\ntitle: C\nexpiryDate: 2027-01-01\n---\n-- content/t/c.ru.md --\n---\ntitle: C\nexpiryDate: 2027-01-02\n---\n");
	assert_said (sample, "content/t/b.tg.md:3:13: [date-field] 'expiryDate' must be a date such as 2026-01-31\n"
	                     "content/t/b.tg.md:3:13: [page-broken] the page is left out: 'expiryDate' is no date\n"
	                     "content/t/c.ru.md:3:13: [field-contradicts] 'expiryDate' is shared between the languages and is '2027-01-02' here, but '2027-01-01' in content/t/c.tg.md:3\n");
	assert_urls (&page (sample, "ru", "t")->pages, "/ru/t/c/ ");
	g_assert_cmpstr (page (sample, "ru", "t/c")->title, ==, "C");
}

static void unknown_fields_once_a_type (void)
{
	g_autoptr (GString) text = g_string_new ("-- content/site.yaml --\nlanguages: [ru]\n-- content/t/_type.yaml --\nfields:\n  salary: number\n");
	for (guint i = 0; i < 30; i++)
		g_string_append_printf (text, "-- content/%s/p%02u.ru.md --\n---\ntitle: P\nmenu: x\n%s: 5\nkeywords: [a]\n---\n", i % 3 ? "t" : "u", i, i == 7 ? "salery" : "weight");
	g_autoptr (Sample) sample = sample_open (text->str);
	assert_said (sample, "content/t/p01.ru.md:3:1: [field-unknown] the type 't' has no field 'menu' (20 pages, first here)\n"
	                     "content/t/p07.ru.md:4:1: [field-unknown] the type 't' has no field 'salery'; did you mean 'salary'?\n"
	                     "content/u/p00.ru.md:3:1: [field-unknown] the type 'page' has no field 'menu' (10 pages, first here)\n");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
		g_autofree char *name = g_strdup_printf ("/fields/value/%02u", i);
		g_test_add_data_func (name, &cases[i], one_case);
	}
	g_test_add_func ("/fields/schemas", schemas);
	g_test_add_func ("/fields/pattern", bad_pattern);
	g_test_add_func ("/fields/common", common_fields_declared);
	g_test_add_func ("/fields/unknown", unknown_fields_once_a_type);
	return g_test_run ();
}
