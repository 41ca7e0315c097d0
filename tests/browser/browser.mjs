#!/usr/bin/env node
/* browser.mjs - a built site in a real browser, as a phone and as a desk see it. Prints TAP; screenshots go to SHOTS.

     browser.mjs SITE [SHOTS]

   A sample of pages (each section and one page of it, in each language, and what stands beside them) is visited at 320 px: no error in the console,
   no failed or foreign request, no sideways scroll, also with text of 200 %, nothing that axe-core finds in the light or the dark scheme (WCAG 2.2 AA and
   best practices); what a thumb must hit is 48 px high; one request shows it; the rules in it do what the whole sheet would do; with JavaScript off it keeps its
   text; from a folder (file:) it looks the same. Of all pages: one round trip each (14,600 bytes
   compressed), half of them within 5,200 bytes, a home within 4,608, scripts within 3,072 a page. Needs chromium and build/node (tests/setup/test-deps). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch, require, serve } from './host.mjs';

const [site, shots] = process.argv.slice(2).map((path) => resolve(path));
if (!site) {
  console.error('usage: browser.mjs SITE [SHOTS]');
  process.exit(2);
}
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The sample: homes, 404, and of each language every section with its first page. */
function sample() {
  const folders = (path) => readdirSync(join(site, path), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
  const pages = ['index.html'];
  for (const lang of folders('').filter((name) => existsSync(join(site, name, '404.html')))) {
    pages.push(`${lang}/index.html`, `${lang}/404.html`);
    for (const section of folders(lang)) {
      if (existsSync(join(site, lang, section, 'index.html'))) pages.push(`${lang}/${section}/index.html`);
      const first = folders(`${lang}/${section}`).find((name) => existsSync(join(site, lang, section, name, 'index.html')));
      if (first) pages.push(`${lang}/${section}/${first}/index.html`);
    }
  }
  return pages;
}

let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 25)) console.log(`#   ${fault}`);
  if (faults.length > 25) console.log(`#   and ${faults.length - 25} more`);
  bad += faults.length;
}

const browser = await launch();
const server = await serve(site), origin = server.origin;
const pages = sample();
const linked = !/<style>/.test(readFileSync(join(site, 'index.html'), 'utf8'));
/** What is there to read; a form that works by script alone is not shown without. */
const visibleText = (page) => page.evaluate(() => {
  for (const form of document.querySelectorAll('form[id=keep]')) form.remove();
  return document.body.innerText.replace(/\s+/g, ' ').trim();
});

/** Visits the sample, all at the moment when the test began; EACH gets the page and its name and returns faults. */
const began = Date.now();
async function visit(options, base, each) {
  // What a phone keeps comes from the worker, and says so: offline.mjs is for that.
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  // A page may tell what is open now: what two visits see is compared, and between them are minutes.
  await context.clock.setFixedTime(began);
  const page = await context.newPage();
  const faults = [];
  for (const name of pages) {
    await page.goto(new URL(name, base).href, { waitUntil: 'load' });
    for (const fault of await each(page, name)) faults.push(`${name}: ${fault}`);
  }
  await context.close();
  return faults;
}

const noise = [], texts = new Map(), sideways = [], blanks = [];
const axeFaults = await visit({ viewport: { width: 320, height: 640 } }, origin, async (page, name) => {
  if (!page.listenersOnce) {
    page.listenersOnce = true;
    page.on('console', (m) => m.type() === 'error' && noise.push(`${page.url()}: ${m.text()}`));
    page.on('pageerror', (e) => noise.push(`${page.url()}: ${e}`));
    page.on('requestfailed', (r) => noise.push(`${page.url()}: failed: ${r.url()}`));
    page.on('request', (r) => /^https?:/.test(r.url()) && !r.url().startsWith(origin) && noise.push(`${page.url()}: foreign: ${r.url()}`));
    page.on('response', (r) => r.status() >= 400 && !r.url().endsWith('favicon.ico') && noise.push(`${page.url()}: ${r.status()} ${r.url()}`));
    await page.reload({ waitUntil: 'load' });
  }
  texts.set(name, await visibleText(page));
  const blank = await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.allSettled(images.map((image) => image.decode()));
    return images.filter((image) => !image.naturalWidth).map((image) => image.getAttribute('src'));
  });
  for (const src of blank) blanks.push(`${name}: ${src}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) sideways.push(`${name}: ${over} px wider than the screen`);
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe); // evaluated, so that the page's Content-Security-Policy does not stop it
    const { violations } = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    }));
    for (const { id, help, nodes } of violations) found.push(`${colorScheme}: ${id} (${help}), ${nodes.length} times, first ${nodes[0].html.slice(0, 140)}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
});
tell(`axe-core finds nothing on ${pages.length} pages, light and dark`, axeFaults);
tell('no error in the console, no failed and no foreign request', [...new Set(noise)]);
tell('every picture is shown', blanks);
tell('nothing is wider than a screen of 320 px', sideways);

const heavy = [], weights = [];
/** What the scripts of a page weigh that come with every site, but for the search's. */
const code = new Map(readdirSync(join(site, 'assets')).filter((f) => f.endsWith('.js') && !f.startsWith('search.'))
  .map((f) => [f, gzipSync(readFileSync(join(site, 'assets', f)), { level: 9 }).length]));
const codeOf = (html) => [...html.matchAll(/<script [^>]*src="[^"]*assets\/([^"/]+)"/g)].reduce((sum, [, name]) => sum + (code.get(name) ?? 0), 0);
for (const name of readdirSync(site, { recursive: true }).map(String).filter((f) => f.endsWith('.html'))) {
  const html = readFileSync(join(site, name)), bytes = gzipSync(html, { level: 9 }).length, script = codeOf(html.toString());
  weights.push(bytes);
  if (script > 3072) heavy.push(`${name}: scripts of ${script} bytes compressed`);
  // A section's file to pass on is whole.
  if (bytes > 14_600 && !name.startsWith('share/')) heavy.push(`${name}: ${bytes} bytes compressed`);
  if (/^[a-z-]+\/index\.html$/.test(name) && bytes > 5200) heavy.push(`${name}: a home of ${bytes} bytes compressed`);
}
weights.sort((a, b) => a - b);
// What stands around the words must not grow: an eighth more than there was when this was written.
if (weights[weights.length >> 1] > 5200) heavy.push(`half of the pages have more than 5200 bytes compressed`);
tell(`every page arrives in one round trip: half of ${weights.length} pages have at most ${weights[weights.length >> 1]} bytes compressed, the largest ${weights.at(-1)}`, heavy);

/** What stops a page from being shown before more has come; and what a thumb would miss. Links inside text are as high as their line. */
const small = [], waits = [];
await visit({ viewport: { width: 360, height: 640 }, hasTouch: true }, origin, async (page, name) => {
  const { blocking, requests, low } = await page.evaluate(() => ({
    blocking: [...document.querySelectorAll('link[rel~=stylesheet], script[src]:not([defer]):not([async])')].map((e) => e.outerHTML.slice(0, 80)),
    requests: 1 + performance.getEntriesByType('resource').length,
    low: [...document.querySelectorAll('a[href], button, summary, input:not([type=checkbox])')].filter((e) => {
      const box = e.getBoundingClientRect(), inText = e.closest('.text, dl, .footnotes, .notice') || e.closest('ul:not([class]) li');
      return box.height && !inText && !e.matches('.skip') && getComputedStyle(e).visibility === 'visible' && box.height < 47.5;
    }).map((e) => `${Math.round(e.getBoundingClientRect().height)} px: ${e.outerHTML.slice(0, 80)}`),
  }));
  for (const what of blocking) if (!linked) waits.push(`${name}: ${what}`);
  if (requests > 4) waits.push(`${name}: ${requests} requests`);
  for (const what of low) small.push(`${name}: ${what}`);
  return [];
});
tell('one request shows a page, four are all', waits);
tell('what a thumb must hit is 48 px high', small);
tell('text of 200 % fits a screen of 360 px', await visit({ viewport: { width: 360, height: 640 } }, origin, async (page) => {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '225%', 'important'));   // the page's policy has no room for a style of ours
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return over > 0 ? [`${over} px wider than the screen`] : [];
}));

/** The computed styles of all elements, as one text each; not the custom properties, which show nothing themselves: a page holds those that it asks for. */
const styles = (page) => page.evaluate(() => [...document.querySelectorAll('body, body *:not(svg *)')].map((e) => {
  const own = (pseudo) => { const s = getComputedStyle(e, pseudo); return Array.from(s).filter((key) => !key.startsWith('--')).map((key) => `${key}:${s.getPropertyValue(key)}`).join(';'); };
  return `${e.localName}.${e.getAttribute('class') || ''} ${own()}${['::before', '::after'].map((p) => (getComputedStyle(e, p).content === 'none' ? '' : own(p))).join('')}`;
}));
if (!linked) {
  const whole = new Map();
  for (const sheet of readdirSync(join(site, 'assets')).filter((f) => f.endsWith('.css'))) whole.set(sheet.replace(/\..*/, ''), readFileSync(join(site, 'assets', sheet), 'utf8'));
  const differ = [];
  const met = new Set(); // pages with the same rules need one look
  for (const options of [{ viewport: { width: 360, height: 640 }, colorScheme: 'dark' }, { viewport: { width: 1300, height: 800 } }])
    differ.push(...await visit({ ...options, bypassCSP: true }, origin, async (page) => {
      const rules = await page.evaluate(() => [innerWidth, ...[...document.querySelectorAll('head style')].map((e) => e.textContent)].join());
      // Of a plugin's page its own sheet is a part, which is not among these.
      if (met.has(rules) || (await page.locator('head style').count() > 1 && !/search|404/.test(page.url()))) return [];
      met.add(rules);
      const cut = await styles(page);
      await page.evaluate((sheets) => { [...document.querySelectorAll('head style')].forEach((e, i) => { e.textContent = sheets[i]; }); }, [whole.get('style'), whole.get('search')]);
      const full = await styles(page), at = cut.findIndex((s, i) => s !== full[i]);
      if (at < 0) return [];
      const [a, b] = [cut[at].split(';'), full[at].split(';')], n = a.findIndex((s, i) => s !== b[i]);
      return [`${a[0].slice(0, 60)}: ${a[n]}, with the whole sheet ${b[n]}`];
    }));
  tell('the rules in a page do what the whole sheet would do', differ);
}

if (existsSync('/usr/bin/zbarimg') && /class="qr/.test(readFileSync(join(site, pages[1]), 'utf8'))) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  tell('on paper a page is its text and a code that leads back to it', await visit({ viewport: { width: 700, height: 900 }, deviceScaleFactor: 2, colorScheme: 'dark' }, origin, async (page, name) => {
    if (name === 'index.html' || /404/.test(name)) return [];
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => ['.top', '.foot', '.crumbs', '.skip'].filter((s) => document.querySelector(s)?.getClientRects().length));
    await page.locator('.qr svg').screenshot({ path: join(folder, 'code.png'), caret: 'initial' });
    const read = execFileSync('zbarimg', ['-q', '--raw', join(folder, 'code.png')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    if (!read.endsWith(`/${name.replace(/index\.html$/, '')}`)) shown.push(`its code says ${read}`);
    return shown;
  }));
  rmSync(folder, { recursive: true });
}

tell('without JavaScript every page keeps its text', await visit({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false }, origin, async (page, name) => {
  // Evaluated by the browser's own tools, which JavaScript off does not stop.
  const length = (await visibleText(page)).length, full = texts.get(name).length;
  // What only works with scripts, as a field to type in, is not shown; a plugin's script may add much of that (plugins.mjs).
  const most = await page.locator('script[src*="/assets/"]').evaluateAll((all) => all.some((e) => /\/assets\/[^/]+\/[^/]+$/.test(e.src))) ? 0.7 : 0.95;
  return length < full * most - 40 ? [`${length} characters of ${full}`] : [];
}));
tell('from a folder every page is the same', await visit({ viewport: { width: 320, height: 640 } }, `${pathToFileURL(site).href}/`, async (page, name) => {
  // A server shows this one at any address, so its own addresses begin at the root; nothing in a folder leads to it.
  if (/(^|\/)404\.html$/.test(name)) return [];
  const text = await visibleText(page);
  return text === texts.get(name) ? [] : [`its text differs: ${text.slice(0, 80)}`];
}));

if (shots) {
  mkdirSync(shots, { recursive: true });
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 900 }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    for (const name of pages) {
      await page.goto(new URL(name, origin).href, { waitUntil: 'load' });
      await page.screenshot({ path: join(shots, `${name.replace(/(\/?)index\.html$/, '').replaceAll('/', '_') || 'root'}-${width}.png`), fullPage: width === 360, caret: 'initial' });
    }
    await context.close();
  }
  tell(`screenshots of ${pages.length} pages at 360 and 1280 px are in ${shots}`, []);
}
await browser.close();
server.close();
process.exit(bad ? 1 : 0);
