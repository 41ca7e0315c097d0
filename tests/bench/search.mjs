#!/usr/bin/env node
/* search.mjs - known items asked of a site: by its own search page or by Pagefind in a real browser, or by rohnamo search.

     search.mjs ours SITE QUERIES [COLD]
     search.mjs pagefind FOLDER QUERIES [COLD]       FOLDER/pagefind: Pagefind's index
     search.mjs command OUT QUERIES                  OUT: what a build wrote; the program is $ROHNAMO

   Prints a row of tests/bench/search: success@1/@10 by kind (all queries, in one page); kilobytes, p95 and requests of COLD (default 60) first searches, each in a new
   profile, the script included, the page itself and its style not; median seconds to the results of SLOW of these at 400 kbps, 400 ms and a sixth of the processor,
   counted from the page's last byte. The server packs what packing makes smaller, as servers do. QUERIES are search_queries' lines. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch, serve } from '../browser/host.mjs';

const [what, folder, table, cold = '60'] = process.argv.slice(2);
if (!table) {
  console.error('usage: search.mjs ours|pagefind|command FOLDER QUERIES [COLD]');
  process.exit(2);
}
const site = resolve(folder), queries = readFileSync(table, 'utf8').trim().split('\n').map((line) => line.split('\t'));
const SLOW = 9, KINDS = ['exact', 'ru-keyboard', 'typo', 'inflected', 'latin', 'mixed'];
const languages = [...new Set(queries.map((query) => query[1]))], kinds = {};
const count = (kind, at) => {
  const sum = (kinds[kind] ??= { n: 0, first: 0, ten: 0 });
  sum.n++;
  sum.first += at === 0;
  sum.ten += at >= 0 && at < 10;
};
const share = (x, n) => (x / n).toFixed(2).replace(/^0/, '');
const row = (...figures) => console.log(KINDS.map((kind) => (kinds[kind] ? `${share(kinds[kind].first, kinds[kind].n)}/${share(kinds[kind].ten, kinds[kind].n)}` : '').padStart(10)).join('') + figures.map((x) => x.padStart(8)).join(''));
if (what === 'command') {
  for (const [words, language, url, kind] of queries) {
    const { stdout } = spawnSync(process.env.ROHNAMO, ['search', '-d', site, '-l', language, '--json', '--', words], { encoding: 'utf8' });
    count(kind, JSON.parse(stdout).results.findIndex((page) => page.url === url));
  }
  row();
  process.exit();
}

/* Pagefind's page: what its documentation says, and nothing else. */
const peer = (language) => `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Search</title><main><ul id="hits"></ul></main><script type="module">
const words = new URLSearchParams(location.search).get('q');
window.ask = async (words) => {
  const pagefind = await import('/pagefind/pagefind.js');
  const { results } = await pagefind.search(words);
  return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).map((data) => data.url);
};
if (words) {
  const found = await ask(words);
  document.querySelector('#hits').innerHTML = found.map((url) => '<li><a href="' + url + '">' + url + '</a></li>').join('');
  document.body.dataset.done = 1;
}
</script></html>`;
/* Ours is asked as a reader asks: by the field. */
const ask = (words) => new Promise((done) => {
  const status = document.querySelector('[role=status]');
  status.textContent = '';
  new MutationObserver((_, observer) => {
    if (!status.textContent) return;
    observer.disconnect();
    done([...document.querySelectorAll('#hits a')].map((a) => a.pathname));
  }).observe(status, { childList: true });
  document.querySelector('#q').value = words;
  document.forms.search.requestSubmit();
});
const ready = { ours: () => document.querySelector('#hits a') || [...document.querySelectorAll('[role=status]')].some((one) => one.textContent), pagefind: () => document.body.dataset.done }[what];

if (what === 'pagefind')
  for (const language of languages) {
    mkdirSync(join(site, language, 'search'), { recursive: true });
    writeFileSync(join(site, language, 'search/index.html'), peer(language));
  }
let came = [];
const packed = new Map(); /* path -> bytes as they go over the line */
const server = await serve(site, (path, bytes) => {
  if (!/\/search\/$|\.css$|\.svg$|\.webmanifest$/.test(path)) came.push(path);
  const small = gzipSync(bytes, { level: 9 });
  packed.set(path, Math.min(small.length, bytes.length));
  return small.length < bytes.length ? { bytes: small, headers: { 'content-encoding': 'gzip' } } : bytes;
});
const browser = await launch();
const address = (language, words) => `${server.origin}${language}/search/${words ? `?q=${encodeURIComponent(words)}` : ''}`;
const each = (n) => Array.from({ length: n }, (_, i) => queries[Math.floor((i + 0.5) * queries.length / n)]);

for (const language of languages) {
  const page = await browser.newPage();
  await page.goto(address(language));
  if (what === 'ours') await page.evaluate((text) => { window.ask = eval(text); }, `(${ask})`);
  for (const [words, , url, kind] of queries.filter((query) => query[1] === language)) {
    count(kind, (await page.evaluate((text) => window.ask(text), words)).findIndex((path) => path.replace(/index\.html$/, '') === url));
  }
  await page.close();
}

/** Runs the first search of a new profile; CHANGE (its CDP session) may make it slow. Seconds from the page's last byte to the results. */
async function first([words, language], change = async () => {}) {
  const context = await browser.newContext({ serviceWorkers: 'block' }), page = await context.newPage();
  await change(await context.newCDPSession(page));
  came = [];
  await page.goto(address(language, words), { waitUntil: 'commit', timeout: 120000 });
  await page.waitForFunction(ready, undefined, { timeout: 120000, polling: 20 });
  const seconds = await page.evaluate(() => (performance.now() - performance.getEntriesByType('navigation')[0].responseEnd) / 1000);
  await context.close();
  return seconds;
}
const bytes = [], requests = [], seconds = [];
for (const query of each(Number(cold))) {
  await first(query);
  bytes.push(came.reduce((sum, path) => sum + packed.get(path), 0) / 1000);
  requests.push(came.length);
}
for (const query of each(SLOW))
  seconds.push(await first(query, async (session) => {
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 400e3 / 8, uploadThroughput: 400e3 / 8 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  }));
await browser.close();
server.close();
const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length, at = (list, part) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)];
row(mean(bytes).toFixed(1), at(bytes, 0.95).toFixed(1), mean(requests).toFixed(1), at(seconds, 0.5).toFixed(2));
