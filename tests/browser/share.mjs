#!/usr/bin/env node
/* share.mjs - what is passed from hand to hand, in a real browser and from a folder (file:). Prints TAP.

     share.mjs OUTPUT

   Single files and sections' files with scripts off and on: whole, nothing loaded beside them, as wide as a phone, nothing that axe-core finds; the search in
   a section's file; the unpacked folder edition from START.html to a page found by its search; a book's chapters; the share button; and, where
   kiwix-serve is installed, the ZIM read. OUTPUT is a build of the starter site. Needs chromium, python3 and build/node. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, require, serve } from './host.mjs';

const output = process.argv[2] && resolve(process.argv[2]);
if (!output) {
  console.error('usage: share.mjs OUTPUT');
  process.exit(2);
}
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const share = join(output, 'share');
const dir = mkdtempSync(join(tmpdir(), 'rohnamo-share-'));
const files = JSON.parse(readFileSync(join(share, 'index.json'), 'utf8')).files;
const named = (name) => pathToFileURL(join(share, name)).href;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${fault}`);
  bad += faults.length;
}

const browser = await launch();
const phone = { viewport: { width: 320, height: 640 } };

/** A page that notes what goes wrong on it, and all that it asks for. */
async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.noise = [];
  page.asked = [];
  page.on('console', (m) => m.type() === 'error' && page.noise.push(m.text()));
  page.on('pageerror', (e) => page.noise.push(String(e)));
  page.on('requestfailed', (r) => page.noise.push(`failed: ${r.url()}`));
  page.on('request', (r) => /^(file|https?):/.test(r.url()) && page.asked.push(r.url()));
  return page;
}
const text = (page) => page.evaluate(() => document.body.innerText.replace(/\s+/g, ' ').trim());

/* --- single files and sections ------------------------------------------------------------------------------------------------- */

const sections = files.filter((f) => f.kind === 'section');
const singles = files.filter((f) => f.kind === 'page');
const sample = [...sections.filter((_, i) => i % 5 === 0), ...singles.filter((_, i) => i % 9 === 0)];
const off = await open({ ...phone, javaScriptEnabled: false }), on = await open(phone);
const lost = [], loaded = [], sideways = [], found = [];
for (const file of sample) {
  await off.goto(named(file.name));
  const plain = await text(off);
  if (!plain.includes(file.title.replace(/\s+/g, ' ')) || plain.length < 300 || !plain.includes('112')) lost.push(`${file.name}: ${plain.slice(0, 80)}`);
  on.asked.length = 0;
  await on.goto(named(file.name));
  if (on.asked.length !== 1) loaded.push(`${file.name}: ${on.asked.slice(1)}`);
  const over = await on.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) sideways.push(`${file.name}: ${over} px wider than the screen`);
  const dead = await on.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash));
  for (const hash of dead) lost.push(`${file.name}: nothing at ${hash}`);
  for (const colorScheme of ['light', 'dark']) {
    await on.emulateMedia({ colorScheme });
    await on.evaluate(axe);
    const { violations } = await on.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }));
    for (const { id, nodes } of violations) found.push(`${file.name}: ${colorScheme}: ${id}, ${nodes.length} times, first ${nodes[0].html.slice(0, 120)}`);
  }
}
tell(`${sample.length} files are whole without scripts, and their own links lead somewhere`, lost);
tell('they load nothing beside themselves, and no script complains', [...loaded, ...on.noise]);
tell('nothing in them is wider than a screen of 320 px', sideways);
tell('axe-core finds nothing in them, light and dark', found);

const faq = sections.find((f) => f.name === 'faq.ru.html');
await on.goto(named(faq.name));
const shown = () => on.evaluate(() => [...document.querySelectorAll('main > .page')].filter((e) => !e.hidden).map((e) => e.id));
const all = await shown();
await on.fill('.find input', 'ЗАРПЛАТУ не платит');
const some = await shown();
await on.fill('.find input', 'нетникакогослова');
const none = await shown();
await on.fill('.find input', '');
tell("a section's file finds its pages", some.length && some.length < all.length && some.includes('faq-unpaid-wages') && !none.length && (await shown()).length === all.length
  ? [] : [`${all.length} pages, found ${some}, of nothing ${none}`]);

const vacancy = singles.find((f) => f.name.startsWith('vacancies-') && f.lang === 'ru');
const late = await open(phone);
await late.clock.setFixedTime(new Date('2040-01-01'));
await late.goto(named(vacancy.name));
await on.goto(named(vacancy.name));
const warned = (page) => page.evaluate(() => [...document.querySelectorAll('[data-after]')].some((e) => e.offsetHeight > 0));
tell('what has ended says so by the clock of the phone', (await warned(late)) && !(await warned(on)) ? [] : ['no notice, or one too early']);

/* --- the folder edition ------------------------------------------------------------------------------------------------------ */

const unpack = (archive, to) => execFileSync('python3', ['-m', 'zipfile', '-e', join(share, archive), to]);
unpack('site.zip', join(dir, 'card'));
const card = await open(phone);
const faults = [];
await card.goto(pathToFileURL(join(dir, 'card/START.html')).href);
await card.click('a[href="site/ru/index.html"]');
await card.waitForLoadState();
if ((await text(card)).length < 300) faults.push(`the home page is ${card.url()}`);
await card.goto(pathToFileURL(join(dir, 'card/site/ru/search/index.html')).href + '?q=' + encodeURIComponent('патент'));
try {
  const hit = card.locator('#hits a').first();
  await hit.waitFor({ timeout: 15000 });
  await hit.click();
  await card.waitForLoadState();
  if (!/card\/site\/ru\/.*index\.html/.test(card.url()) || !(await text(card)).toLowerCase().includes('патент')) faults.push(`found ${card.url()}`);
} catch (error) {
  faults.push(String(error).split('\n')[0]);
}
const foreign = card.asked.filter((url) => !url.startsWith(pathToFileURL(join(dir, 'card')).href));
tell('the folder edition opens from START.html, and its search finds a page', [...faults, ...foreign, ...card.noise]);

// Without scripts links alone lead on, and no page offers what only the served site can do.
const bare = await open({ ...phone, javaScriptEnabled: false }), stuck = [];
await bare.goto(pathToFileURL(join(dir, 'card/START.html')).href);
for (const link of ['a[href="site/ru/index.html"]', 'main .tiles a', 'main .cards:not(.tiles) a']) {
  await bare.click(link);
  await bare.waitForLoadState();
  if ((await text(bare)).length < 200 || await bare.locator('[data-served], .share, #kept').count()) stuck.push(`${bare.url()}: ${(await text(bare)).slice(0, 80)}`);
}
tell('it is read without scripts too', [...stuck, ...bare.noise]);

// What is sensitive: its words are on the site, and in nothing that is passed on; who finds it in a copy reads why, and whom to call.
const secret = 'lists/trafficking', told = [];
await bare.goto(pathToFileURL(join(output, `site/ru/${secret}/index.html`)).href);
const words = (await bare.locator('.text p').allInnerTexts()).filter((line) => line.length > 60).map((line) => line.slice(0, 60));
await bare.goto(pathToFileURL(join(dir, `card/site/ru/${secret}/index.html`)).href);
const instead = await text(bare);
if (!words.length || !instead.includes('112') || !instead.includes('не входит в копии')) told.push(`in its place: ${instead.slice(0, 200)}`);
for (const name of [`card/site/ru/${secret}/index.html`, 'card/site/ru/lists/index.html', 'card/site/ru/index.html'].map((path) => join(dir, path)).concat(join(share, 'lists.ru.html'))) {
  await bare.goto(pathToFileURL(name).href);
  const shown = await text(bare);
  for (const line of words) if (shown.includes(line.replace(/\s+/g, ' '))) told.push(`${name}: ${line}`);
}
if (files.some((file) => file.name.includes('trafficking'))) told.push('it has a file of its own');
tell('nothing that is passed on holds a sensitive page', told);

/* --- a book ----------------------------------------------------------------------------------------------------------------- */

const book = await open(phone), broken = [];
for (const name of ['lists.ru.epub', 'legislation.tg.epub']) {
  unpack(name, join(dir, name));
  const epub = join(dir, name, 'EPUB');
  for (const chapter of readdirSync(epub).filter((n) => n.endsWith('.xhtml'))) {
    await book.goto(pathToFileURL(join(epub, chapter)).href);
    const state = await book.evaluate(async () => {
      await Promise.allSettled([...document.images].map((image) => image.decode()));
      const gone = [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')).filter((href) => !/^[a-z]+:/.test(href));
      return { error: !!document.querySelector('parsererror'), words: document.body.innerText.length, blank: [...document.images].filter((i) => !i.naturalWidth).length, gone };
    });
    if (state.error || state.blank || (chapter !== 'cover.xhtml' && state.words < 20)) broken.push(`${name}/${chapter}: ${JSON.stringify(state)}`);
    for (const href of state.gone) if (href.split('#')[0] && !existsSync(join(epub, href.split('#')[0]))) broken.push(`${name}/${chapter}: ${href} leads nowhere`);
  }
}
tell('the chapters of books are shown', [...broken, ...book.noise]);

/* --- the button ------------------------------------------------------------------------------------------------------------- */

const server = await serve(join(output, 'site')), origin = server.origin;
const button = await open(phone);
// Headless browsers have nobody to hand a file to: what the phone's own dialogue would get is kept.
await button.addInitScript(() => {
  navigator.canShare = () => true;
  navigator.share = async (what) => { window.given = { title: what.title, name: what.files[0].name, type: what.files[0].type, text: await what.files[0].text() }; };
});
await button.goto(`${origin}ru/faq/patent/index.html`);
await button.click('.share a[download]');
const given = await button.waitForFunction(() => window.given, null, { timeout: 10000 }).then((handle) => handle.jsonValue(), () => null);
const whole = readFileSync(join(share, 'faq-patent.ru.html'), 'utf8');
const without = await open({ ...phone, javaScriptEnabled: false });
await without.goto(`${origin}ru/faq/patent/index.html`);
const [download] = await Promise.all([without.waitForEvent('download'), without.click('.share a[download]')]);
tell('the button hands the file over, and without scripts it is a download', given?.text === whole && given.name === 'faq-patent.ru.html' && given.type === 'text/html' &&
  download.suggestedFilename() === given.name && readFileSync(await download.path(), 'utf8') === whole ? [] : [JSON.stringify(given)?.slice(0, 300)]);
server.close();

/* --- the ZIM ---------------------------------------------------------------------------------------------------------------- */

const has = (program) => { try { execFileSync('sh', ['-c', `command -v ${program}`]); return true; } catch { return false; } };
if (!existsSync(join(share, 'site.zim')) || !has('kiwix-serve')) {
  console.log('ok - the ZIM is read # skip zimwriterfs or kiwix-serve is not installed');
} else {
  const port = 20000 + process.pid % 20000;
  const kiwix = spawn('kiwix-serve', ['--address=127.0.0.1', `--port=${port}`, join(share, 'site.zim')], { stdio: 'ignore' });
  let page = '';
  for (let i = 0; i < 50 && !page; i++) {
    await wait(200);
    for (const path of ['content/site', 'site/A', 'site']) {
      const answer = await fetch(`http://127.0.0.1:${port}/${path}/ru/faq/patent/index.html`).catch(() => null);
      if (answer?.ok) page = await answer.text();
    }
  }
  kiwix.kill();
  tell('the ZIM is read', page.includes('патент') && !page.includes('data-served') ? [] : [page.slice(0, 200) || 'kiwix-serve answers nothing']);
}

await browser.close();
rmSync(dir, { recursive: true });
process.exit(bad ? 1 : 0);
