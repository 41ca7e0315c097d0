/* A page's facts: order, labels and forms are the site's; what is withheld is not there, unless the profile shows it. */
#include "boxes.h"

#define FACTS_SITE \
	"-- content/jobs/_type.yaml --\n" \
	"name: Jobs\n" \
	"fields:\n" \
	"  title_of: {type: text, label: {ru: Название, tg: Ном}}\n" \
	"  start: {type: date, label: Начало}\n" \
	"  salary: {type: money, label: Зарплата}\n" \
	"  country: {type: enum, label: Страна, values: {tj: Таджикистан, ru: Россия}}\n" \
	"  housing: {type: boolean, label: Жильё}\n" \
	"  people: {type: number}\n" \
	"  phones: {type: list, of: phone, label: Телефоны}\n" \
	"  languages: {type: list, of: text, label: Языки}\n" \
	"  needs: {type: list, of: text, label: Требования}\n" \
	"  mail: {type: email, label: Почта}\n" \
	"  web: {type: url, label: Сайт}\n" \
	"  law: {type: reference, label: Закон}\n" \
	"  place: {type: coordinates, label: Место}\n" \
	"  words: {type: markdown, label: Слова}\n" \
	"  shelter: {type: text, label: Приют, withheld: true}\n" \
	"-- content/jobs/a.ru.md --\n---\ntitle: A\nshelter: тайный адрес\nwords: \"сказано *так*\"\nplace: [38.5, 68.75]\nlaw: b\nweb: https://example.org/a/\n" \
	"mail: a@example.org\nneeds: [\"опыт, и большой\", права]\nlanguages: [русский, таджикский]\nphones: [\"+992 44 600 10 10\", \"102\"]\npeople: 12000\nhousing: true\n" \
	"country: tj\nsalary: {from: 50000, to: 70000, currency: RUB, per: month}\nstart: 2026-03-01\ntitle_of: Каменщик \"мастер\"\n---\n\ntext\n" \
	"-- content/b.ru.md --\n---\ntitle: Закон о труде\n---\n\ntext\n"

static char *set_facts (Setting *s)
{
	RnGalley *galley = rn_galley_new (s->setter.book->arena);
	RnBlocks blocks = box_blocks (s, galley, RN_PT (260), RN_PT (500));
	rn_set_facts (&blocks, s->setter.page);
	char *text = boxes (galley);
	assert_inside (galley, RN_PT (260));
	rn_galley_free (galley);
	return text;
}

static Setting *open_facts (void)
{
	Setting *s = setting_open (FACTS_SITE);
	box_styles (s);
	setting_page (s, "ru", "jobs/a");
	return s;
}

static void test_forms (void)
{
	g_autoptr (Setting) s = open_facts ();
	setting_in_book (s, "ru", "b");
	g_autofree char *text = set_facts (s);
	assert_golden ("facts.boxes", text);
	g_assert_null (strstr (text, "тайный"));
}

/* The library takes the withheld out; where the profile shows them it does not, and they are set. */
static void test_withheld (void)
{
	g_autoptr (Setting) s = open_facts ();
	s->site->counsellor = TRUE;
	RnPage *page = rn_library_page (s->library, s->setter.language, "jobs/a");
	const RnField *field = rn_type_field (page->type, "shelter");
	RnValue *value = rn_value_new_string (s->setter.book->arena, "тайный адрес", 3, 1);
	page->fields[field - page->type->fields] = value;
	g_autofree char *shown = set_facts (s);
	g_assert_nonnull (strstr (shown, "тайный"));
	s->site->counsellor = FALSE;
	g_autofree char *hidden = set_facts (s);
	g_assert_null (strstr (hidden, "тайный"));
}

/* A few rows hold together, many may be parted. */
static void test_together (void)
{
	g_autoptr (Setting) s = open_facts ();
	for (guint k = 0; k < 2; k++) {
		RnGalley *galley = rn_galley_new (s->setter.book->arena);
		RnBlocks blocks = box_blocks (s, galley, RN_PT (260), k == 0 ? RN_PT (900) : RN_PT (300));
		rn_set_facts (&blocks, s->setter.page);
		for (guint i = 1; i < galley->pieces->len; i++)
			g_assert_true ((((RnPiece *) galley->pieces->pdata[i])->penalty == RN_KEEP) == (k == 0));
		rn_galley_free (galley);
	}
}

static void test_none (void)
{
	g_autoptr (Setting) s = open_facts ();
	setting_page (s, "ru", "b");
	g_autofree char *text = set_facts (s);
	g_assert_cmpstr (text, ==, "");
}

int main (int argc, char **argv)
{
	g_test_init (&argc, &argv, NULL);
	g_test_add_func ("/print/facts/forms", test_forms);
	g_test_add_func ("/print/facts/withheld", test_withheld);
	g_test_add_func ("/print/facts/together", test_together);
	g_test_add_func ("/print/facts/none", test_none);
	return g_test_run ();
}
