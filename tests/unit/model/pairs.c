/* pairs.c - translation pairs: the source, what is shared, who stands in, what the clock and the profile hide. */
#include "sample.h"

#define TWO "-- content/site.yaml --\nlanguages: [tg, ru]\n"
#define THREE "-- content/site.yaml --\nlanguages: [tg, ru, en]\n"

static void source_language (void)
{
	g_autoptr (Sample) sample = sample_open (TWO "-- content/a.tg.md --\n# A\n-- content/a.ru.md --\n# A\n"
	                                         "-- content/law/_type.yaml --\nsource_language: ru\n-- content/law/b.tg.md --\n# B\n-- content/law/b.ru.md --\n# B\n"
	                                         "-- content/law/c.tg.md --\n---\nsource_language: tg\n---\n# C\n-- content/law/c.ru.md --\n# C\n");
	assert_said (sample, "");
	g_assert_true (page (sample, "ru", "a")->source == page (sample, "tg", "a"));
	g_assert_null (page (sample, "tg", "a")->source);
	g_assert_true (page (sample, "tg", "law/b")->source == page (sample, "ru", "law/b"));
	g_assert_true (page (sample, "ru", "law/c")->source == page (sample, "tg", "law/c"));
	g_assert_true (page (sample, "ru", "a")->twins[0] == page (sample, "tg", "a"));
}

#define TYPE "-- content/jobs/_type.yaml --\nfields:\n  pay: {type: number, shared: true, required: true}\n  place: {type: text, required: true}\n" \
	"  kind: {type: text, default: full}\n  home: {type: text, withheld: true, shared: true, required: true}\n"

static void shared_fields (void)
{
	g_autoptr (Sample) sample = sample_open (TWO TYPE
		"-- content/jobs/a.tg.md --\n---\ntitle: A\npay: 5\nplace: P\nhome: H\nexpiryDate: 2027-01-01\nweight: 3\n---\n"
		"-- content/jobs/a.ru.md --\n---\ntitle: A\npay: 6\nplace: Q\nexpiryDate: 2028-01-01\n---\n"
		"-- content/jobs/b.tg.md --\n---\ntitle: B\npay: 5\nplace: P\nhome: H\n---\n"
		"-- content/jobs/b.ru.md --\n# B\n\nNo front matter at all.\n"
		"-- content/jobs/c.tg.md --\n---\ntitle: C\npay: 5.0\nplace:\n---\n"
		"-- content/jobs/c.ru.md --\n---\ntitle: C\npay: 5\nplace: R\n---\n");
	assert_said (sample,
	             "content/jobs/a.ru.md:3:6: [field-contradicts] 'pay' is shared between the languages and is '6' here, but '5' in content/jobs/a.tg.md:3\n"
	             "content/jobs/a.ru.md:5:13: [field-contradicts] 'expiryDate' is shared between the languages and is '2028-01-01' here, but '2027-01-01' in content/jobs/a.tg.md:6\n"
	             "content/jobs/b.ru.md:1:1: [field-missing] 'place' is required and missing\n"
	             "content/jobs/c.tg.md:1:1: [field-missing] 'home' is required and missing\n"
	             "content/jobs/c.tg.md:4:7: [field-missing] 'place' is required and missing\n");
	assert_field (page (sample, "ru", "jobs/a"), "pay", "5");
	assert_field (page (sample, "ru", "jobs/b"), "pay", "5");
	assert_field (page (sample, "ru", "jobs/a"), "place", "Q");
	assert_field (page (sample, "ru", "jobs/b"), "kind", "full");
	g_assert_cmpint (page (sample, "ru", "jobs/a")->weight, ==, 3);
	g_assert_cmpint (page (sample, "ru", "jobs/a")->expires, ==, page (sample, "tg", "jobs/a")->expires);
}

/* What is withheld is nowhere in public, a section's text and a stand-in among it; required, it is missed by no translation. */
static void withheld (void)
{
	static const char text[] = TWO TYPE
		"-- content/jobs/a.tg.md --\n---\ntitle: A\npay: 5\nplace: P\nhome: H\n---\n-- content/jobs/a.ru.md --\n---\ntitle: A\nplace: Q\n---\n"
		"-- content/jobs/b.tg.md --\n---\ntitle: B\npay: 5\nplace: P\nhome: H\n---\n"
		"-- content/jobs/_index.tg.md --\n---\ntitle: J\nhome: H\n---\n-- content/jobs/_index.ru.md --\n# J\n";
	for (guint counsellor = 0; counsellor < 2; counsellor++) {
		const RnSiteOptions options = { .clock = TODAY, .counsellor = counsellor };
		const char *home = counsellor ? "H" : NULL;
		g_autoptr (Sample) sample = sample_with (text, &options);
		assert_said (sample, "content/jobs/b.tg.md:1:1: [twin-missing] there is no translation into 'ru'\n");
		assert_field (page (sample, "tg", "jobs/a"), "home", home);
		assert_field (page (sample, "ru", "jobs/a"), "home", home);
		assert_field (page (sample, "ru", "jobs/b"), "home", home);
		assert_field (page (sample, "tg", "jobs"), "home", home);
	}
}

static void wrong_flags_withhold (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n"
		"-- content/s/_type.yaml --\nfields:\n  home: {type: text, withheld: yes, required: 1}\n-- content/s/a.ru.md --\n---\ntitle: A\nhome: H\n---\n");
	assert_said (sample, "content/s/_type.yaml:2:32: [type-field] the schema's field 'home': withheld must be true or false\n"
	                     "content/s/_type.yaml:2:47: [type-field] the schema's field 'home': required must be true or false\n");
	assert_field (page (sample, "ru", "s/a"), "home", NULL);
}

static void stand_ins (void)
{
	g_autoptr (Sample) sample = sample_open (THREE "-- content/faq/a.ru.md --\n---\ntitle: A\ntags: [x, y]\naudience: p\naliases: /old/\n---\n"
		"-- content/faq/b.tg.md --\n# B\n-- content/faq/b.ru.md --\n---\ndraft: true\n---\n# B\n-- content/faq/b.en.md --\n# B\n");
	assert_said (sample, "content/faq/a.ru.md:1:1: [twin-missing] there is no translation into 'en'\n"
	                     "content/faq/a.ru.md:1:1: [twin-missing] there is no translation into 'tg'\n");
	RnPage *made = page (sample, "tg", "faq/a");
	g_assert_nonnull (made);
	g_assert_true (made->fallback == page (sample, "ru", "faq/a"));
	g_assert_cmpstr (made->url, ==, "/tg/faq/a/");
	g_assert_cmpstr (made->language->code, ==, "tg");
	g_assert_cmpstr (made->parent->url, ==, "/tg/faq/");
	g_assert_null (made->aliases);
	g_assert_cmpuint (made->tags.n, ==, 0);
	/* A draft has the other language stand in. */
	g_assert_true (page (sample, "ru", "faq/b")->fallback == page (sample, "tg", "faq/b"));
	g_assert_null (rn_library_at (sample->library, "/tg/tags/"));
	g_assert_nonnull (rn_library_at (sample->library, "/ru/tags/"));
}

static void omitted (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\nmissing_translation: omit\n-- content/faq/a.ru.md --\n# A\n"
		"-- content/faq/b.tg.md --\n# B\n-- content/faq/b.ru.md --\n---\ndraft: true\n---\n# B\n");
	assert_said (sample, "content/faq/a.ru.md:1:1: [twin-missing] there is no translation into 'tg'\n");
	g_assert_null (page (sample, "tg", "faq/a"));
	g_assert_null (page (sample, "ru", "faq/b"));
	/* Nobody is shown a twin that is not made. */
	g_assert_null (page (sample, "tg", "faq/b")->twins[1]);
	g_assert_cmpstr (rn_library_hidden (sample->library, sample->site->languages[1], "faq/b"), ==, "draft");
}

static void clock_and_drafts (void)
{
	static const char text[] = "-- content/site.yaml --\nlanguages: [tg, ru]\n"
		"-- content/old.tg.md --\n---\ntitle: Old\nexpiryDate: 2026-06-01\n---\n-- content/old.ru.md --\n# Old\n"
		"-- content/last.tg.md --\n---\ntitle: Last\nexpiryDate: 2026-06-02\n---\n-- content/last.ru.md --\n# Last\n"
		"-- content/later.tg.md --\n---\ntitle: Later\npublishDate: 2026-06-01T00:00:01Z\n---\n-- content/later.ru.md --\n# Later\n"
		"-- content/draft.tg.md --\n---\ntitle: Draft\ndraft: true\n---\n-- content/draft.ru.md --\n---\ndraft: true\n---\n# Draft\n"
		"-- content/only.tg.md --\n---\ntitle: Only\nexpiryDate: 2020-01-01\n---\n";
	g_autoptr (Sample) sample = sample_open (text);
	assert_said (sample, "");
	assert_urls (&page (sample, "tg", "")->pages, "/tg/last/ ");
	assert_urls (&page (sample, "ru", "")->pages, "/ru/last/ ");
	g_assert_cmpstr (rn_library_hidden (sample->library, sample->site->languages[1], "old"), ==, "expired");
	g_assert_cmpstr (rn_library_hidden (sample->library, sample->site->languages[0], "later"), ==, "unpublished");
	g_assert_cmpstr (rn_library_hidden (sample->library, sample->site->languages[1], "only"), ==, "expired");
	const RnSiteOptions drafts = { .clock = TODAY, .drafts = TRUE };
	g_autoptr (Sample) all = sample_with (text, &drafts);
	assert_urls (&page (all, "ru", "")->pages, "/ru/draft/ /ru/last/ /ru/later/ /ru/old/ /ru/only/ ");
}

/* A date that nobody can read must not show what may be over, nor a wrong word what is not yet to be seen. */
static void unclear_terms (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\n"
		"-- content/a.tg.md --\n---\ntitle: A\nexpiryDate: 31.12.2020\n---\n-- content/a.ru.md --\n# A\n"
		"-- content/b.tg.md --\n---\ntitle: B\ndraft: yes\n---\n-- content/b.ru.md --\n---\ndraft: yes\n---\n# B\n"
		"-- content/c.tg.md --\n---\ntitle: C\npublishDate: 2026-05-01\nexpiryDate: 2026-04-01\n---\n-- content/c.ru.md --\n# C\n"
		"-- content/d.tg.md --\n---\ntitle: D\nexpiryDate:\npublishDate: ''\ndraft:\n---\n-- content/d.ru.md --\n# D\n");
	assert_said (sample, "content/a.tg.md:3:13: [date-field] 'expiryDate' must be a date such as 2026-01-31\n"
	                     "content/a.tg.md:3:13: [page-broken] the page is left out: 'expiryDate' is no date\n"
	                     "content/b.ru.md:2:8: [field-kind] 'draft' must be true or false, not text\n"
	                     "content/b.tg.md:3:8: [field-kind] 'draft' must be true or false, not text\n"
	                     "content/c.tg.md:4:13: [date-order] 'publishDate' lies after 'expiryDate'\n");
	assert_urls (&page (sample, "tg", "")->pages, "/tg/d/ ");
	assert_urls (&page (sample, "ru", "")->pages, "/ru/d/ ");
}

static void audiences (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [tg, ru]\naudiences: {going: {tg: G, ru: Gru}, back: {tg: B}}\n"
		"-- content/a.tg.md --\n---\ntitle: A\naudience: [going, bakc]\n---\n-- content/a.ru.md --\n# A\n"
		"-- content/b.tg.md --\n---\ntitle: B\naudience:\n---\n-- content/b.ru.md --\n---\ntitle: B\naudience: goin\n---\n");
	assert_said (sample, "content/a.tg.md:3:19: [audience-unknown] there is no audience 'bakc'; did you mean 'back'?\n"
	                     "content/b.ru.md:3:11: [audience-unknown] there is no audience 'goin'; did you mean 'going'?\n");
	assert_urls (&page (sample, "ru", "audience/going")->pages, "/ru/a/ ");
	g_assert_cmpstr (page (sample, "ru", "audience/going")->title, ==, "Gru");
	g_assert_null (page (sample, "tg", "audience/back"));
}

static void reviews (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n-- content/f/_type.yaml --\nreview_every: 6 months\n"
		"-- content/f/a.ru.md --\n---\ntitle: A\nreviewed: 2025-12-02\n---\n-- content/f/b.ru.md --\n---\ntitle: B\nreviewed: 2025-11-30\n---\n"
		"-- content/f/c.ru.md --\n---\ntitle: C\nreviewed: 2025-08-31\nreview_every: 1 month\n---\n-- content/f/d.ru.md --\n---\ntitle: D\nreview_every: sometimes\n---\n");
	assert_said (sample, "content/f/d.ru.md:3:15: [field-pattern] 'review_every' is 'sometimes', which does not look like a period such as 6 months\n");
	g_assert_false (page (sample, "ru", "f/a")->review_overdue);
	g_assert_true (page (sample, "ru", "f/b")->review_overdue);
	/* 31 August and a month: the last day of September. */
	g_assert_cmpint (page (sample, "ru", "f/c")->review_due, ==, page (sample, "ru", "f/c")->reviewed + 30 * 86400);
	g_assert_cmpint (page (sample, "ru", "f/d")->review_due, ==, 0);
}

static void sources (void)
{
	g_autoptr (Sample) sample = sample_open ("-- content/site.yaml --\nlanguages: [ru]\n-- content/a.ru.md --\n---\ntitle: A\nsources:\n"
		"  - https://example.org/law\n  - {title: [a], url: 'https://example.org/b', date: 2026-01-02}\n  - Plain\n  - {date: 2026-01-01}\n"
		"  - {title: Bad, url: 'javascript:x'}\n---\n-- content/b.ru.md --\n---\ntitle: B\nsources: One\n---\n");
	assert_said (sample, "content/a.ru.md:5:13: [field-kind] 'sources.title' must be a text, not list\n"
	                     "content/a.ru.md:7:5: [field-kind] 'sources' must be a text, or title and url, not group of fields\n"
	                     "content/a.ru.md:8:5: [link-unsafe] the address 'javascript:x' is not allowed\n");
	const RnPage *a = page (sample, "ru", "a");
	g_assert_cmpuint (a->n_sources, ==, 4);
	g_assert_cmpstr (a->sources[0].url, ==, "https://example.org/law");
	g_assert_cmpstr (a->sources[1].title, ==, "https://example.org/b");
	g_assert_cmpint (a->sources[1].date, !=, 0);
	g_assert_cmpstr (a->sources[2].title, ==, "Plain");
	g_assert_null (a->sources[2].url);
	g_assert_cmpint (a->sources[2].date, ==, 0);
	g_assert_null (a->sources[3].url);
	g_assert_cmpuint (page (sample, "ru", "b")->n_sources, ==, 1);
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/pairs/source-language", source_language);
	g_test_add_func ("/pairs/shared", shared_fields);
	g_test_add_func ("/pairs/withheld", withheld);
	g_test_add_func ("/pairs/wrong-flags", wrong_flags_withhold);
	g_test_add_func ("/pairs/stand-ins", stand_ins);
	g_test_add_func ("/pairs/omitted", omitted);
	g_test_add_func ("/pairs/clock", clock_and_drafts);
	g_test_add_func ("/pairs/unclear", unclear_terms);
	g_test_add_func ("/pairs/audiences", audiences);
	g_test_add_func ("/pairs/reviews", reviews);
	g_test_add_func ("/pairs/sources", sources);
	return g_test_run ();
}
