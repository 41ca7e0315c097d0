#!/usr/bin/env node
/* search.mjs - the page of search in a real browser, over http and from a folder, sound and damaged. Prints TAP.

     search.mjs SITE ROHNAMO

   SITE: the starter site as built. The program ROHNAMO builds a small one twice, for pages that expire and for caches that mix two editions. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, require, serve } from './host.mjs';

const [site, program] = process.argv.slice(2).map((path) => resolve(path));
if (!program) {
  console.error('usage: search.mjs SITE ROHNAMO');
  process.exit(2);
}
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${fault}`);
  bad += faults.length;
}
const browser = await launch();

/** A page of a phone's browser: noise (faults told to the console, uncaught exceptions), asked (requests), and what is on it. */
async function phone(options = {}) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  const page = await context.newPage();
  Object.assign(page, { noise: [], asked: [] });
  page.on('pageerror', (error) => page.noise.push(`uncaught: ${error}`));
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && page.noise.push(message.text()));
  page.on('request', (request) => page.asked.push(request.url()));
  return page;
}
const seen = (page) => page.evaluate(() => {
  const all = (where) => [...document.querySelectorAll(where)].filter((e) => e.checkVisibility());
  const input = document.querySelector('#q');
  return { hits: all('#hits > *').map((e) => ({ href: e.href, text: e.innerText, selected: e.getAttribute('aria-selected'), id: e.id })),
    marked: all('#hits mark').map((e) => e.textContent.toLowerCase()), status: document.querySelector('[role=status]').textContent, query: input.value, visible: input.checkVisibility(),
    facets: all('.found .chips button').map((e) => ({ text: e.textContent, pressed: e.getAttribute('aria-pressed') })), more: all('.found button.go').length,
    expanded: input.getAttribute('aria-expanded'), active: input.getAttribute('aria-activedescendant'), controls: input.getAttribute('aria-controls'), data: { ...document.forms.search.dataset } };
});
/** Waits until what is SEEN satisfies TRUE, at most ten seconds; gives the last either way. */
async function until(page, ready) {
  let now;
  for (const end = Date.now() + 10000; Date.now() < end; await page.waitForTimeout(50)) if (ready(now = await seen(page))) return now;
  return { ...now, late: true };
}
const answered = (now) => now.status !== '';
/** As until (), and nothing changes any more: a reader who types is answered a little later than the last letter. */
async function settled(page, ready) {
  for (let now = await until(page, ready); ;) {
    await page.waitForTimeout(400);
    const next = await until(page, ready);
    if (next.late || JSON.stringify(next) === JSON.stringify(now)) return next;
    now = next;
  }
}
/** QUERY in the address; what stands there when it has been answered. */
async function search(page, address, query) {
  await page.goto(`${address}?q=${encodeURIComponent(query)}`);
  return until(page, answered);
}
const number = (now) => Number(/\d+/.exec(now.status)?.[0] ?? 0);

const server = await serve(site), origin = server.origin;
const languages = readdirSync(join(site, 'search')).sort();
const [own, other] = ['tg', 'ru'].map((code) => `${origin}${code}/search/index.html`);

/* --- as one types, over http and from a folder */

for (const [name, base] of [['over http', origin], ['from a folder', `${pathToFileURL(site).href}/`]]) {
  const faults = [], page = await phone();
  await page.goto(`${base}tg/search/index.html`);
  let now = await seen(page);
  if (!now.visible) faults.push('the field is not shown');
  if (now.hits.length || now.facets.length || now.status || now.more || now.expanded !== 'false') faults.push(`nothing is typed, and there is ${JSON.stringify(now)}`);
  if (page.asked.some((url) => /\/search\/[^/]*\/[0-9a-f]{8}/.test(url))) faults.push('more than the head of the index is loaded before anything is typed');
  if (!page.asked.some((url) => url.endsWith('/search/tg/i.js'))) faults.push('the page does not name the head of the index');
  if (/\?/.test(page.url())) faults.push(`nothing is asked, and the address is ${page.url()}`);
  await page.locator('#q').pressSequentially('п');
  await page.waitForTimeout(500);
  now = await seen(page);
  if (now.hits.length || now.status) faults.push(`one letter is answered: ${now.status}`);
  await page.locator('#q').pressSequentially('а');
  now = await until(page, (e) => e.hits.length);
  if (now.late) faults.push('the second letter is not answered');
  await page.locator('#q').pressSequentially('тент');
  now = await settled(page, (e) => e.query === 'патент' && e.marked.some((word) => word.startsWith('патент')));
  if (now.late || !number(now)) faults.push(`патент: ${JSON.stringify(now.status)}, marked: ${now.marked}`);
  if (now.hits.length > 10 || now.expanded !== 'true' || now.controls !== 'hits') faults.push(`${now.hits.length} results, aria-expanded ${now.expanded}`);
  const first = now.hits[0];
  if (!/\/faq\/patent\//.test(first?.href)) faults.push(`патент leads to ${first?.href}`);
  if (new URL(page.url()).search !== `?q=${encodeURIComponent('патент')}`) faults.push(`the address is ${page.url()}`);
  for (const [key, at] of [['ArrowDown', 0], ['ArrowDown', 1], ['ArrowUp', 0], ['ArrowUp', now.hits.length - 1], ['ArrowDown', 0]]) {
    await page.keyboard.press(key);
    const { hits, active } = await seen(page), chosen = hits.findIndex((e) => e.selected === 'true');
    if (chosen !== at || hits.filter((e) => e.selected === 'true').length !== 1 || active !== hits[at].id) faults.push(`${key}: ${chosen} is selected, ${active} is active, not ${at}`);
  }
  await page.locator('#q').pressSequentially('и');
  now = await settled(page, (e) => !e.hits.some((hit) => hit.selected));
  if (now.active) faults.push(`other results, and still ${now.active} is active`);
  await page.keyboard.press('Backspace');
  await settled(page, (e) => e.hits[0]?.href === first.href);
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL((url) => url.href === first.href, { timeout: 10000 }).catch(() => faults.push(`Enter leads to ${page.url()}`)), page.keyboard.press('Enter')]);
  if (!(await page.locator('h1').count())) faults.push('what Enter opens is no page');
  await page.goBack();
  now = await until(page, (e) => e.hits.length);
  if (now.query !== 'патент' || now.hits[0]?.href !== first.href) faults.push(`back again the query is '${now.query}'`);
  for (const url of page.asked) if (!url.startsWith(base)) faults.push(`asks another host: ${url}`);
  tell(`${name}: results from the second letter, told, chosen by arrows and opened by Enter`, [...faults, ...page.noise]);
  await page.context().close();
}

/** A phone that adds up in window.moved how far things move on their own. */
async function watched() {
  const page = await phone();
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.moved += entry.value))).observe({ type: 'layout-shift', buffered: true });
  });
  return page;
}
{
  const page = await watched(), faults = [];
  await page.goto(own);
  await page.waitForTimeout(500);
  const { moved, about } = await page.evaluate(() => ({ moved: window.moved, about: document.querySelector('meta[name=description]') }));
  if (moved) faults.push(`what a reader looks at moves: ${moved}`);
  if (!about) faults.push('the page does not say what it is');
  tell('the page says what it is, and nothing on it moves when its script has come', [...faults, ...page.noise]);
  await page.context().close();
}
{
  /* A line on which the page is read long before anything is answered, and a reader's own act is too long ago to excuse what moves. */
  const page = await watched(), faults = [], session = await page.context().newCDPSession(page), listed = () => page.locator('main .az a').first().isVisible();
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 700, downloadThroughput: 50000, uploadThroughput: 50000 });
  const still = async (what, list) => {
    await page.waitForTimeout(400);
    const moved = await page.evaluate(() => window.moved);
    if (moved > 0.05) faults.push(`${what}: what a reader looks at moves: ${moved}`);
    if (await listed() !== list) faults.push(`${what}: the list from A to Z is ${list ? 'gone' : 'there'}`);
  };
  let now = await search(page, other, 'патент');
  if (!now.hits.length) faults.push(now.status);
  await still('found', false);
  await page.locator('#q').fill('');
  await until(page, (e) => !e.status);
  if (!await listed()) faults.push('nothing is asked any more, and the list from A to Z is gone');
  now = await search(page, other, 'ъъщщъъщщ');
  if (now.status !== now.data.none) faults.push(now.status);
  await still('nothing found', true);
  await page.goto(own);
  await still('nothing asked', true);
  await page.evaluate(() => (window.moved = 0));
  await page.locator('#q').fill('патент');
  await until(page, (e) => e.hits.length);
  await still('typed', false);
  tell('on a slow line results take the place of the list, and nothing moves', [...faults, ...page.noise]);
  await page.context().close();
}

/* --- sections, more results, words of the other language */

{
  const page = await phone(), faults = [];
  let now = await search(page, own, 'патент');
  const all = number(now);
  if (all <= 10 || now.hits.length !== 10 || now.more !== 1) faults.push(`${now.status}: ${now.hits.length} shown, ${now.more} buttons for more`);
  await page.locator('.found button.go').click();
  now = await until(page, (e) => e.hits.length > 10);
  if (now.hits.length !== Math.min(20, all) || new Set(now.hits.map((e) => e.href)).size !== now.hits.length) faults.push(`on request there are ${now.hits.length}`);
  tell('more than ten on request', faults);
  const sums = now.facets.reduce((sum, e) => sum + Number(/\d+$/.exec(e.text)), 0), wrong = [];
  if (now.facets.length < 2 || sums !== all || now.facets.some((e) => e.pressed !== 'false')) wrong.push(`${all} found, sections: ${JSON.stringify(now.facets)}`);
  const count = Number(/\d+$/.exec(now.facets[1].text));
  await page.locator('.found .chips button').nth(1).click();
  now = await until(page, (e) => e.facets[1]?.pressed === 'true');
  const at = new URL(page.url()).searchParams;
  if (number(now) !== count || now.hits.length !== Math.min(10, count)) wrong.push(`narrowed to ${count} it says ${now.status}`);
  if (at.get('q') !== 'патент' || !at.get('s')) wrong.push(`the address is ${page.url()}`);
  const kept = now.hits.map((e) => e.href);
  await page.reload();
  now = await until(page, answered);
  if (now.query !== 'патент' || now.facets[1]?.pressed !== 'true' || now.hits.map((e) => e.href).join() !== kept.join()) wrong.push('opened by its address the page shows something else');
  await page.locator('#q').fill('зззззззз');
  now = await until(page, (e) => e.query === 'зззззззз' && e.status === e.data.none);
  if (now.facets.map((e) => e.pressed).join() !== 'true') wrong.push(`nothing found, and the section that was chosen cannot be left: ${JSON.stringify(now.facets)}`);
  await page.locator('#q').fill('патент');
  await until(page, (e) => e.query === 'патент' && e.hits.length);
  await page.locator('.found .chips [aria-pressed=true]').click();
  now = await until(page, (e) => e.status && e.facets.length && e.facets.every((facet) => facet.pressed === 'false'));
  if (number(now) !== all) wrong.push(`widened again it says ${now.status}`);
  tell('sections narrow and widen, and stand in the address', [...wrong, ...page.noise]);
  await page.context().close();
}
{
  const page = await phone(), faults = [], where = async (address, query) => (await search(page, address, query)).hits.map((e) => new URL(e.href).pathname);
  if (!(await where(other, 'разрешение на работу'))[0]?.startsWith('/ru/faq/patent')) faults.push('разрешение на работу does not lead to the patent');
  if (!(await where(own, 'разрешение на работу'))[0]?.startsWith('/tg/faq/patent')) faults.push('Russian words do not lead to the Tajik page of the patent');
  for (const query of ['bakaydgiri', 'бакайдгири']) {
    const now = await search(page, own, query);
    if (!now.marked.some((word) => word.startsWith('бақайдгир'))) faults.push(`${query}: marked: ${now.marked}`);
  }
  tell('synonyms, also of the other language, Latin letters and those of another keyboard', [...faults, ...page.noise]);
  const typo = await search(page, other, 'регестрация'), wrong = [];
  const meant = typo.data.meant.replace('{q}.', '');
  if (!typo.status.startsWith(meant) || !typo.status.includes('регистраци') || !typo.hits.length) wrong.push(typo.status);
  tell('what was meant is said', wrong);
  const html = '<img src=x onerror=alert(1)> "патент <b>&amp;', odd = await search(page, own, html), broken = [];
  page.on('dialog', () => broken.push('a script of the query ran'));
  if (odd.query !== html || (await page.locator('main img, main [onerror]').count())) broken.push('the query became HTML');
  await search(page, other, 'регестрация <i>мос</i>');
  if (await page.locator('[role=status] *, #hits :not(a, b, span, mark)').count()) broken.push('the query became HTML in what is said');
  tell('a query that looks like HTML is text', [...broken, ...page.noise]);
  await page.context().close();
}
{
  /* A word of the Russian pages that the Tajik index has nothing for, not even a guess. */
  const page = await phone(), faults = [], word = 'электричество';
  const now = await search(page, own, word);
  const offer = now.hits.find((e) => e.href.startsWith(`${other}?`));
  if (!offer || now.status !== now.data.none) faults.push(`${word}: ${now.status} ${JSON.stringify(now.hits)}`);
  else {
    await page.locator('#hits a').first().click();
    await page.waitForURL(/\/ru\/search\//);
    const there = await until(page, answered);
    if (there.query !== word || !there.hits.length || !/[1-9]/.test(offer.text)) faults.push(`there: ${there.status}, promised: ${offer.text}`);
  }
  const none = await search(page, own, 'ъъщщъъщщ');
  if (none.status !== none.data.none || none.hits.length || none.expanded !== 'false') faults.push(`nothing in any language: ${none.status} ${none.hits.length}`);
  tell('where this language has nothing the other is offered, and its link leads on', [...faults, ...page.noise]);
  await page.context().close();
  const alone = await phone({ serviceWorkers: 'block' }), wrong = [];
  await alone.route('**/search/ru/**', (route) => route.abort());
  const said = await search(alone, own, word), heads = alone.asked.filter((url) => url.endsWith('/search/tg/i.js')).length;
  if (!said.data.unasked || said.status !== said.data.unasked || said.hits.length || heads !== 1) wrong.push(`${said.status} ${said.hits.length}, this language's head was fetched ${heads} times`);
  tell('where the other language cannot be asked, that is said, and not that something is damaged', [...wrong, ...alone.noise]);
  await alone.context().close();
}

/* --- without JavaScript; small screens; axe */

{
  const page = await phone({ javaScriptEnabled: false }), faults = [];
  await page.goto(own);
  for (const field of await page.locator('main input, main button').all()) if (await field.isVisible()) faults.push('a field that does nothing is shown');
  const titles = page.locator('main .az a'), parts = page.locator('main nav.chips a');
  if ((await titles.count()) < 20) faults.push(`${await titles.count()} titles from A to Z`);
  if ((await parts.count()) === 1) faults.push('one part of one');
  for (const link of [titles.first(), ...((await parts.count()) ? [parts.last()] : [])]) {
    await page.goto(own);
    const href = await link.evaluate((e) => e.href);
    await link.click();
    if (page.url() !== href || !(await page.locator('h1').count())) faults.push(`${href} leads to ${page.url()}`);
  }
  const listed = new Set();
  await page.goto(own);
  for (let rest = await parts.evaluateAll((all) => all.map((e) => e.href)), i = 0; ; i++) {
    for (const href of await page.locator('main .az a').evaluateAll((all) => all.map((e) => e.href.split('#')[0]))) listed.add(href);
    if (i + 1 >= rest.length) break;
    await page.goto(rest[i + 1]);
  }
  for (const name of readdirSync(join(site, 'tg/faq'), { withFileTypes: true })) if (name.isDirectory() && name.name !== 'page' && ![...listed].some((href) => href.includes(`/tg/faq/${name.name}/`))) faults.push(`faq/${name.name} is not listed`);
  tell('without JavaScript: no field, and all titles from A to Z', faults);
  await page.context().close();
}
for (const code of languages) {
  const page = await phone(), faults = [];
  await search(page, `${origin}${code}/search/index.html`, 'патент');
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) faults.push(`${over} px wider than the screen`);
  await page.keyboard.press('ArrowDown');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, nodes } of result.violations) faults.push(`${colorScheme}: ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
  tell(`${code}: results at 320 px, in light and dark, are accessible and fit`, [...faults, ...page.noise]);
  await page.context().close();
}
server.close();

/* --- pages that expire; files that are cut off, gone, of another edition or version */

const dir = mkdtempSync(join(tmpdir(), 'rohnamo-search-'));
const soon = new Date(Date.now() + 5 * 864e5), later = new Date(Date.now() + 20 * 864e5);
mkdirSync(join(dir, 'content/faq'), { recursive: true });
writeFileSync(join(dir, 'content/site.yaml'), 'languages: [en]\nsearch: true\n');
writeFileSync(join(dir, 'content/faq/a.en.md'), '---\ntitle: Apples\n---\n\nA harvest of red fruit.\n');
writeFileSync(join(dir, 'content/faq/b.en.md'), `---\ntitle: Pears\nexpiryDate: ${soon.toISOString().slice(0, 10)}\n---\n\nA harvest of green fruit.\n`);
const edition = (name) => {
  execFileSync(program, ['build', '-s', dir, '-d', join(dir, name)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(dir, name, 'site');
};
const before = edition('before');
writeFileSync(join(dir, 'content/faq/c.en.md'), '---\ntitle: Quinces\n---\n\nA harvest of yellow fruit.\n');
const after = edition('after');
const old = readFileSync(join(before, 'search/en/i.js')), version = (bytes) => Buffer.from(bytes.toString().replace(/"v":\s*1/, '"v":2'));

/** Asks the second edition for its harvest while ANSWER gives the files. */
async function harvest(answer, clock) {
  const server = await serve(after, answer), page = await phone();
  if (clock) await page.clock.setFixedTime(clock);
  const now = await search(page, `${server.origin}en/search/`, 'harvest');
  const heads = page.asked.filter((url) => url.endsWith('/en/i.js')).length;
  const again = await (async () => {
    await page.locator('#q').fill('');
    await until(page, (e) => !e.status);
    await page.locator('#q').fill('harvest');
    return until(page, answered);
  })();
  await page.context().close();
  server.close();
  // What the browser itself says of a head that is no script: the page goes on without it.
  return { now, again, heads, noise: page.noise.filter((line) => !/^uncaught: SyntaxError/.test(line)), titles: now.hits.map((e) => e.text.split('\n')[0]).sort().join() };
}
{
  const faults = [], fresh = await harvest();
  if (fresh.titles !== 'Apples,Pears,Quinces') faults.push(`before its day: ${fresh.titles}`);
  if (fresh.heads !== 1) faults.push(`a sound index is asked for ${fresh.heads} times`);
  const stale = await harvest(undefined, later);
  if (stale.titles !== 'Apples,Quinces') faults.push(`after its day: ${stale.titles}`);
  if (number(stale.now) !== stale.now.hits.length) faults.push(`${stale.now.hits.length} are shown, and it says: ${stale.now.status}`);
  tell('a page whose day is over is not shown', [...faults, ...fresh.noise, ...stale.noise]);
}
/* A cache on the way: it keeps what it has unless a request says that it wants none of it. */
const cached = (damage) => (path, bytes, headers) => (/no-cache/.test(headers['cache-control']) ? bytes : damage(path, bytes));
const kinds = { 'is cut off': (bytes) => bytes.subarray(0, bytes.length >> 1), 'is not there': () => null, 'is an HTML page': () => Buffer.from('<!doctype html><title>Sign in</title><p>Sign in to use this network.') };
for (const [letter, what] of [['i', 'the head'], ['t', 'a file of terms'], ['d', 'a file of pages']])
  for (const [kind, change] of Object.entries(kinds)) {
    const damage = (path, bytes) => (new RegExp(`/search/en/(.*/)?${letter}[0-9]*\\.js$`).test(path) ? change(bytes) : bytes);
    const faults = [], mended = await harvest(cached(damage)), lost = await harvest(damage);
    if (mended.titles !== 'Apples,Pears,Quinces') faults.push(`in a cache: not fetched anew: ${mended.now.status}`);
    if (lost.now.status !== lost.now.data.damaged || lost.now.hits.length) faults.push(`for good: it says '${lost.now.status}' and shows ${lost.now.hits.length}`);
    if (lost.again.status !== lost.again.data.damaged) faults.push(`for good, asked again: '${lost.again.status}'`);
    // The page itself asks for the head first.
    if (lost.heads !== (letter === 'i' ? 3 : 2)) faults.push(`for good: the head is fetched ${lost.heads} times`);
    tell(`${what} ${kind}: fetched anew once past the caches, else said`, [...faults, ...mended.noise, ...lost.noise]);
  }
{
  let broken = true;
  const faults = [], server = await serve(after, (path, bytes) => (broken && /\/d[0-9]+\.js$/.test(path) ? null : bytes)), page = await phone();
  await search(page, `${server.origin}en/search/`, 'harvest');
  broken = false;
  await page.locator('#q').fill('harvest fruit');
  const now = await until(page, (e) => e.hits.length === 3);
  if (now.late) faults.push(`${now.status}`);
  tell('when the line is there again the search works again', [...faults, ...page.noise]);
  await page.context().close();
  server.close();
}
for (const [name, change] of [['of another edition than its files', () => old], ['of another version', version]]) {
  const damage = (path, bytes) => (path.endsWith('/en/i.js') ? change(bytes) : bytes), faults = [];
  const mended = await harvest(cached(damage)), lost = await harvest(damage);
  if (mended.titles !== 'Apples,Pears,Quinces' || mended.heads !== 2) faults.push(`in a cache: ${mended.now.status} ${mended.titles}, the head was fetched ${mended.heads} times`);
  if (lost.now.status !== lost.now.data.damaged || lost.now.hits.length) faults.push(`for good: '${lost.now.status}'`);
  tell(`a head ${name}: fetched anew, else said`, [...faults, ...mended.noise, ...lost.noise]);
}
await browser.close();
rmSync(dir, { recursive: true });
console.log(bad ? `# ${bad} faults` : '# all is well');
process.exit(bad ? 1 : 0);
