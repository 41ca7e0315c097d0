#!/usr/bin/env node
/* cldr.mjs - makes cldr.tsv, what CLDR says of plurals, numbers and dates, as node's own ICU has it:  cldr.mjs >cldr.tsv
   Tajik has no plural rules in CLDR: all numbers are "other" there. What plurals of whole numbers are, their last two digits tell; that is made sure of for a million. */
const day = (month) => new Date(Date.UTC(2026, month, 5));
const out = (...cells) => console.log(cells.join('\t'));
console.log(`# Made by cldr.mjs with CLDR ${process.versions.cldr}.`);
for (const lang of ['ru', 'tg']) {
  const known = Intl.PluralRules.supportedLocalesOf(lang).length > 0;
  const category = (n, digits) => known ? new Intl.PluralRules(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).select(n) : 'other';
  if (known) {
    const rules = new Intl.PluralRules(lang);
    for (let n = 0; n <= 1e6; n++) if (rules.select(n) !== rules.select(n % 100)) throw new Error(`${lang}: ${n}`);
  }
  for (let n = 0; n < 100; n++) out('plural', lang, n, 0, category(n, 0));
  for (const [n, digits] of [[1.0, 1], [1.5, 1], [2.0, 1], [0.1, 1], [1.25, 2], [21.0, 1], [1000000.5, 1]]) out('plural', lang, n.toFixed(digits), digits, category(n, digits));
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 6 });
  for (const n of [0, 7, 999, 1234, 12345, 123456, 1234567, 1234567.5, 0.25, -0.5, -12345]) out('number', lang, n, number.format(n));
  const date = (month, options) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options }).format(day(month));
  for (let month = 0; month < 12; month++) {
    out('month', lang, month + 1, date(month, { day: 'numeric', month: 'long' }).replace(/^5 /, ''), date(month, { month: 'long' }));
    if (known) for (const [form, options] of [['long', { dateStyle: 'long' }], ['short', { dateStyle: 'short' }], ['month', { month: 'long', year: 'numeric' }]]) out('date', lang, day(month) / 1000, form, date(month, options));
  }
}
