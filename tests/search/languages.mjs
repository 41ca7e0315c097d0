#!/usr/bin/env node
/* languages.mjs - other languages are data: a site in English, in a Latin script without a stemmer and in a right-to-left one is found by the phone's reader; prints TAP.

     languages.mjs PROGRAM EXTENSION */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engine, loader } from './engine.mjs';

const [program, extension] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'rohnamo-languages-'));
let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${fault}`);
  bad += faults.length;
}
function put(name, text) {
  mkdirSync(join(dir, name, '..'), { recursive: true });
  writeFileSync(join(dir, name), text);
}

put('content/site.yaml', 'title: Words\nlanguages: [en, uz, fa]\nsearch: true\n');
put('layouts/lang/uz.yaml', `name: Oʻzbekcha\ndir: ltr\nalphabet: abdefghijklmnopqrstuvxyz\nsearch:\n  fold: {"ʻ": "", "'": "", "‘": "", "’": ""}\n  stop: [va, bu]\n`);
put('layouts/lang/fa.yaml', `name: فارسی\ndir: rtl\nsearch:\n  fold: {ي: ی, ك: ک, "\u200c": ""}\n  marks: drop\n  stemmer: suffixes\n  suffixes: {3: [ها, های]}\n  stop: [و, در, به]\n`);
const pages = {
  permit: { en: ['Working permits', 'Permitted workers are registered when they are working. Registrations expire; the employer registers again.'],
    uz: ['Ish uchun ruxsatnoma', 'Oʻzbekiston fuqarolari ruxsatnoma oladi va roʻyxatdan oʻtadi.'], fa: ['مجوز کار', 'کارگران باید مجوز کار بگیرند و ثبت نام کنند. کتاب‌ها و فرم‌ها'] },
  school: { en: ['Schools for children', 'A child goes to school near the place where the family lives. Teachers help families.'],
    uz: ['Bolalar uchun maktab', 'Bola yashash joyidagi maktabga boradi.'], fa: ['مدرسه برای کودکان', 'کودک به مدرسهٔ نزدیک خانه می‌رود.'] },
  wages: { en: ['Unpaid wages', 'What to do when wages were not paid: ask, write, complain.'], uz: ['Toʻlanmagan maosh', 'Maosh toʻlanmasa, yozma ariza bering.'],
    fa: ['دستمزد پرداخت نشده', 'اگر دستمزد پرداخت نشد، شکایت کنید.'] },
};
for (const [slug, all] of Object.entries(pages))
  for (const [code, [title, text]] of Object.entries(all)) put(`content/faq/${slug}.${code}.md`, `---\ntitle: ${title}\n---\n${text}\n`);

try {
  const built = spawnSync(program, ['build', '-s', dir, '-d', join(dir, 'out')], { encoding: 'utf8' });
  tell('the site is built', built.status === 0 ? [] : [built.stdout + built.stderr]);
  const index = {};
  for (const code of ['en', 'uz', 'fa']) index[code] = await engine.openIndex(loader(join(dir, 'out/site/search', code)));
  const found = async (code, query) => (await Promise.all((await index[code].ask(query)).pages.map(index[code].tell))).map((page) => page[1].split('/').at(-2));
  for (const [code, query, wanted] of [
    ['en', 'register', 'permit'], ['en', 'family', 'school'], ['en', 'wage', 'wages'], ['en', 'permiting worker', 'permit'], ['en', 'scholo', 'school'], ['en', 'complaining', 'wages'],
    ['uz', "o'zbekiston", 'permit'], ['uz', 'toʻlanmagan', 'wages'], ['uz', 'maktap', 'school'], ['uz', 'ruxsat', 'permit'],
    ['fa', 'كتاب', 'permit'], ['fa', 'کتابها', 'permit'], ['fa', 'مدرسه', 'school'], ['fa', 'دستمزد', 'wages'], ['fa', 'مدرس', 'school']]) {
    const keys = await found(code, query);
    tell(`${code}: '${query}' finds ${wanted}`, keys[0] === wanted ? [] : [keys.join(' ') || 'nothing']);
  }
  for (const code of ['en', 'uz', 'fa']) {
    const words = [...new Set(Object.values(pages).map((all) => all[code].join(' ')).join(' ').match(/[\p{L}\p{M}\u200c'ʻ]+/gu))].filter((word) => !word.includes("'"));
    const rows = words.map((word, i) => `(${i}, '${word}')`).join(',');
    const told = execFileSync('sqlite3', ['-separator', '\t', join(dir, 'out/search.db')], { encoding: 'utf8',
      input: `.load ${extension}\nCREATE VIRTUAL TABLE temp.w USING fts5(x, content='', tokenize="rohnamo ${code}");\nINSERT INTO temp.w (rowid, x) VALUES ${rows};\n
CREATE VIRTUAL TABLE temp.v USING fts5vocab(temp, w, instance);\nSELECT doc, term FROM temp.v;` });
    const terms = new Map(told.trim().split('\n').map((line) => line.split('\t')));
    tell(`${code}: reader and press make the same terms of the site's words`, words.filter((word, i) => index[code].term(word) !== terms.get(String(i))));
  }
  const html = readFileSync(join(dir, 'out/site/fa/search/index.html'), 'utf8');
  tell('the page of search reads from the right', /<html lang="fa" dir="rtl">/.test(html) ? [] : [html.slice(0, 200)]);
} finally {
  rmSync(dir, { recursive: true });
}
process.exit(bad ? 1 : 0);
