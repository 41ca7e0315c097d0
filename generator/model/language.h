/*
 * language.h - one language as data: layouts/lang/<code>.yaml, the site's own file over the shipped one, key by key.
 *
 * Nothing here knows a language by name. A language without a file works with
 * its code as its name, "other" as its only plural, and ISO dates, and is
 * told once (language-unknown).
 *
 *   name: Русский            dir: ltr           iso3: rus
 *   plural: {one: "v = 0 and i % 10 = 1 and i % 100 != 11", few: "...", many: "..."}     CLDR's syntax, tried in order; else "other"
 *   number: {decimal: ",", group: " "}
 *   date: {months: [января, ...], months_standalone: [...], long: "{d} {month} {yyyy} г.", short: "{dd}.{mm}.{yyyy}", month: "{month_standalone} {yyyy}"}
 *   typography: {quotes: ["«", "»"], inner_quotes: ["„", "“"], dash: "–", dash_nbsp: true, nbsp_after: [в, к, ...], nbsp_before: [кг, км, ...]}
 *   alphabet: абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя      its order, small letters; without it letters sort by their code
 *   transliterate: {ҷ: j, ...}
 *   proof: {sentence: 30, ...}                         what check holds texts against: markdown/proof.h
 *   strings: {home: Главная, pages: {one: "{n} страница", few: "{n} страницы", other: "{n} страниц"}, ...}
 */
#ifndef RN_MODEL_LANGUAGE_H
#define RN_MODEL_LANGUAGE_H

#include "base/diagnostic.h"
#include "base/text.h"
#include "source/value.h"

typedef struct {
	const char *open[2], *close[2];      /* outer and inner quotes; NULL: leave quotes as they are */
	const char *dash;                    /* for a hyphen between spaces and for --; NULL: leave */
	gboolean    dash_nbsp;               /* no break before a dash */
	GHashTable *nbsp_after;              /* set of lower-case words that must not end a line; may be NULL */
	GHashTable *nbsp_before;             /* set of units that must not begin one after a number; may be NULL */
} RnTypography;

typedef struct RnLanguage {
	const char  *code;                   /* BCP 47 */
	const char  *name;                   /* its own name for itself */
	const char  *dir;                    /* "ltr" or "rtl" */
	guint        index;                  /* its place in the site's list: an index into every per-language array */
	RnTypography typography;
	RnTransliteration *transliteration;  /* for rn_text_slug; may be NULL */
	guint32     *alphabet;               /* by letter below RN_ALPHABET_END: its place, 0 for none; NULL: no alphabet */
	const RnValue *data;                 /* the merged file, for layouts; may be NULL */
	struct RnTypesetter *typesetter;     /* the typography made ready; see typography.h */
	struct RnLanguageRules *rules;       /* compiled plurals */
} RnLanguage;

#define RN_ALPHABET_END 0x600

/* Where letter C stands among all letters: by the alphabet for its own, by their codes for others; capitals as small ones. */
guint32     rn_language_letter (const RnLanguage *language, gunichar c);

/* own and shipped are the parsed files, either may be NULL. Values stay borrowed: ARENA outlives the language. */
RnLanguage *rn_language_new (RnArena *arena, const char *code, guint index, const RnValue *own, const RnValue *shipped, RnDiagnostics *sink);
void        rn_language_free (RnLanguage *language);
/* Adds the strings of DATA, a parsed FILE, that the language does not have yet: a plugin's. */
void        rn_language_add_strings (RnLanguage *language, RnArena *arena, const RnValue *data, const char *file, RnDiagnostics *sink);

/* The CLDR category of N with V visible fraction digits: "one", "few", "many", "other" ... */
const char *rn_language_plural (const RnLanguage *language, double n, guint fraction_digits);

/* The template of string KEY (for a count N where it has plural forms); NULL where the language lacks it. */
const char *rn_language_string (const RnLanguage *language, const char *key, double n);

/* Appends the date in the form "long", "short" or "month" (the language's patterns), or ISO where it has none. */
void        rn_language_date (const RnLanguage *language, GString *out, gint64 seconds, const char *form);
/* Appends N grouped and with the decimal sign of the language; digits < 0: as many as it needs, up to 6. */
void        rn_language_number (const RnLanguage *language, GString *out, double n, int digits);

#endif
