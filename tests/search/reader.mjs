#!/usr/bin/env node
/* reader.mjs - the phone's reader (layouts/assets/search.js) over the shards of a build of the starter site; prints TAP.

     reader.mjs PROGRAM OUT EXTENSION

   OUT: site/search/ and search.db; EXTENSION: librohnamo-fts5.so, which makes terms of words as the press does. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { engine, loader } from './engine.mjs';

const [program, out, extension] = process.argv.slice(2);
const languages = readdirSync(join(out, 'site/search'));
const folder = (code) => join(out, 'site/search', code);
let bad = 0;
function tell(name, faults, ...remarks) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const line of [...remarks, ...faults.slice(0, 20)]) console.log(`#   ${line}`);
  bad += faults.length;
}
const sql = (text, ...before) => execFileSync('sqlite3', [join(out, 'search.db'), `.load ${extension}`, ...before, text], { encoding: 'utf8', maxBuffer: 1 << 28 });
/** The addresses that the reader finds, best first. */
async function find(index, query, n = 10) {
  const { pages } = await index.ask(query);
  return (await Promise.all(pages.slice(0, n).map(index.tell))).map((page) => page[1]);
}
/** The same numbers everywhere: a small linear congruence. */
function random(seed) {
  let state = seed;
  return (n) => ((state = (state * 1103515245 + 12345) % 2147483648) >> 8) % n;
}

/* --- questions of readers */

for (const code of languages.filter((code) => existsSync(`tests/search/questions.${code}.tsv`))) {
  const index = await engine.openIndex(loader(folder(code)));
  const missed = [];
  let n = 0, first = 0;
  for (const line of readFileSync(`tests/search/questions.${code}.tsv`, 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [question, keys, kind] = line.split('\t'), wanted = keys.split(' ').map((key) => `/${code}/${key}/`);
    const at = (await find(index, question)).findIndex((url) => wanted.includes(url));
    n++;
    first += at === 0;
    if (at < 0 || at > 2) missed.push(`${kind}, place ${at + 1}: ${question}`);
  }
  tell(`${code}: at least 95 % of the questions are answered among the first three`, missed.length > n * 0.05 ? missed : [],
    `${n} questions, success@1 ${(100 * first / n).toFixed(1)} %, @3 ${(100 * (n - missed.length) / n).toFixed(1)} %`, ...missed);
}

/* --- terms: C and JavaScript agree */

/* All forms of the site, each with endings and beginnings of others; letters that are folded, doubled, composed otherwise. */
function forms(code) {
  const db = `SELECT text FROM (SELECT title || ' ' || ifnull(description, '') AS text FROM pages UNION ALL SELECT form FROM lexicon UNION ALL SELECT words FROM synonyms)`;
  const words = new Set(sql(db).match(/[\p{L}\p{N}\p{M}]+/gu)), all = new Set(words), next = random(7);
  const list = [...words].sort();
  for (let i = 0; i < 8000; i++) {
    const a = list[next(list.length)], b = list[next(list.length)];
    all.add(a.slice(0, 1 + next(a.length)) + b.slice(next(b.length)));
  }
  for (const word of list.slice(0, 1000)) {
    all.add(word.toUpperCase());
    all.add(word.normalize('NFD'));
    all.add(word.slice(0, 3) + word.slice(2));
    all.add(`${word.slice(0, 4)},${word.slice(4)}`);
    all.add(`${word.slice(0, 2)}'${word.slice(2)}`);
  }
  for (const file of [`layouts/print/hyphens.${code}.txt`])
    if (existsSync(file)) for (const word of readFileSync(file, 'utf8').match(/[\p{L}\p{M}-]+/gu)) all.add(word.replace(/-/g, ''));
  return [...all].filter((word) => !/[\r\n"]/.test(word));
}
for (const code of languages) {
  const words = forms(code), index = await engine.openIndex(loader(folder(code)));
  const rows = words.map((word, i) => `(${i}, '${word.replace(/'/g, "''")}')`);
  const inserts = [];
  for (let i = 0; i < rows.length; i += 400) inserts.push(`INSERT INTO temp.w (rowid, x) VALUES ${rows.slice(i, i + 400).join(',')};`);
  const script = `.load ${extension}\nCREATE VIRTUAL TABLE temp.w USING fts5(x, content='', tokenize="rohnamo ${code}");\n${inserts.join('\n')}
CREATE VIRTUAL TABLE temp.v USING fts5vocab(temp, w, instance);\nSELECT doc, group_concat(term, ' ') FROM (SELECT doc, term, offset FROM temp.v ORDER BY doc, offset) GROUP BY doc;`;
  const told = spawnSync('sqlite3', ['-separator', '\t', join(out, 'search.db')], { input: script, encoding: 'utf8', maxBuffer: 1 << 28 });
  const terms = new Map(told.stdout.trim().split('\n').map((line) => line.split('\t')));
  const faults = told.stderr ? [told.stderr] : [];
  words.forEach((word, i) => {
    const ours = index.parts(word).filter((_, k) => k % 2).map(index.term).filter((term) => term).join(' ');
    if (ours !== (terms.get(String(i)) ?? '')) faults.push(`${word}: the press has '${terms.get(String(i))}', the reader '${ours}'`);
  });
  tell(`${code}: reader and press make the same terms of ${words.length} words`, faults.length ? [`${faults.length} of ${words.length}`, ...faults] : words.length > 12000 ? [] : ['too few words']);
}

/* --- the same pages as rohnamo search, where nothing must be guessed and nothing else is meant. The reader's values are rounded to a few steps: at the edge of the ten, where
   pages are worth nearly the same, either is right. */

for (const code of languages) {
  const index = await engine.openIndex(loader(folder(code))), next = random(11);
  const titles = sql(`SELECT title FROM pages WHERE language = '${code}'`).trim().split('\n');
  let same = 0, all = 0;
  for (let i = 0; i < 120; i++) {
    const words = titles[next(titles.length)].match(/[\p{L}]{4,}/gu) ?? [];
    const query = words.filter(() => next(2)).slice(0, 3).join(' ');
    if (!query) continue;
    const answer = JSON.parse(spawnSync(program, ['search', '-d', out, '-l', code, '--json', '--', query], { encoding: 'utf8' }).stdout || '{}');
    const theirs = (answer.results ?? []).map((one) => one.url), ours = await find(index, query), { marked } = await index.ask(query);
    const own = index.parts(query).filter((_, k) => k % 2).map(index.term);
    if (answer.meant || theirs.length < 10 || Object.keys(marked).some((term) => !own.includes(term))) continue;
    all += theirs.length;
    const edge = answer.results[9].score * 1.05;
    same += answer.results.filter(({ url, score }) => ours.includes(url) || score < edge).length;
  }
  tell(`${code}: the reader's first ten are those of rohnamo search`, same < all * 0.97 || all < 100 ? [`${same} of ${all}`] : [], `${(100 * same / all).toFixed(1)} % of ${all}`);
}

/* --- what a query may hold, and what may come over a broken line */

const odd = ['', ' ', '"', '""', '-', '--', '-"', '"a', 'a"', '(', '*', 'NEAR(a b)', 'title: a', 'a AND', '^a', '\u0000', '\ud800', '𝒳', 'a'.repeat(5000), 'а '.repeat(3000), '́', '$1', '\\', '[', 'x'.repeat(64) + 'ы', '٣', '-а -б', '"а б" -"в г"'];
for (const code of languages) {
  const index = await engine.openIndex(loader(folder(code))), faults = [];
  for (const query of odd)
    for (const typing of [0, 1])
      try {
        const answer = await index.ask(query, typing);
        if (!(answer.pages.length >= 0)) faults.push(query);
      } catch (error) {
        faults.push(`${JSON.stringify(query.slice(0, 40))}: ${error}`);
      }
  tell(`${code}: any text is a query`, faults);
}

/* A damaged file gives other pages or a failure, at once; never a page that is not there, never a text that is none. */
for (const code of languages) {
  const next = random(3), faults = [], queries = ['патент', 'хукук', 'registraciya', 'регестрация', 'кор', 'шартнома', 'договор'];
  let failed = 0;
  for (let i = 0; i < 240; i++) {
    const victim = 'tlrd'[i % 4], how = i % 3;
    const change = (name, bytes) => {
      if (!name.includes(`/${victim}`)) return bytes;
      if (how === 0) return bytes.subarray(0, next(bytes.length));
      const copy = Buffer.from(bytes);
      for (let k = how === 1 ? 1 : 40; k--;) copy[14 + next(copy.length - 16)] = next(256);
      return copy;
    };
    const begun = Date.now();
    try {
      const index = await engine.openIndex(loader(folder(code), change));
      const answer = await index.ask(queries[i % queries.length], i % 2);
      for (const page of await Promise.all(answer.pages.slice(0, 10).map(index.tell)))
        if (page.length !== 4 || page.slice(1).some((text) => typeof text !== 'string')) faults.push(`${victim} ${i}: ${JSON.stringify(page)}`);
    } catch (error) {
      failed++;
    }
    if (Date.now() - begun > 5000) faults.push(`${victim} ${i}: ${Date.now() - begun} ms`);
  }
  tell(`${code}: a damaged file neither hangs nor invents`, failed > 20 ? faults : ['nothing was ever damaged'], `${failed} of 240 refused`);
}

{
  const code = languages[0], faults = [];
  const other = loader(folder(code));
  await engine.openIndex(async (name) => Object.assign(await other(name), { v: 2 })).then(() => faults.push('an index of version 2 was read'), () => {});
  tell('an index of another version is refused', faults);
}
process.exit(bad ? 1 : 0);
