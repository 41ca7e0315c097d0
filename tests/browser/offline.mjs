#!/usr/bin/env node
/* offline.mjs - what a phone keeps of a site, in a real browser. Prints TAP.

     offline.mjs PROGRAM [SITE]

   SITE (default: the checkout's own) is built with PROGRAM, and built again with some of its pages changed. A server of this machine hands an edition
   out; its line can be cut after any number of bytes. Pages are compared with the files, byte for byte. Needs chromium and build/node
   (tests/setup/test-deps). The same numbers are drawn every time. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const [program, site = '.'] = process.argv.slice(2);
if (!program) {
  console.error('usage: offline.mjs PROGRAM [SITE]');
  process.exit(2);
}
const { chromium } = createRequire(resolve('build/node/package.json'))('playwright-core');
const temporary = mkdtempSync(join(tmpdir(), 'offline-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

let seed = 7;
const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
};

// --- editions

const source = join(temporary, 'source');
cpSync(join(site, 'content'), join(source, 'content'), { recursive: true });
// What is made beside the pages costs time and is of no account here.
const config = join(source, 'content/site.yaml');
writeFileSync(config, readFileSync(config, 'utf8').replace(/^(share|precompress|images|print):.*\n( .*\n)*/gm, ''));
for (const lang of ['tg', 'ru'])
  writeFileSync(join(source, `content/faq/reviewed.${lang}.md`), '---\ntitle: Reviewed\nreviewed: 2026-11-01\nreview_every: 1 year\n---\n\nText.\n');
const markdown = readdirSync(join(source, 'content'), { recursive: true }).map(String).filter((name) => /^[^_]*\.md$/.test(name) && name.includes('/')).sort();

/** Builds the source as it is; a folder to serve. */
let editions = 0;
function build() {
  const out = join(temporary, `edition-${editions++}`);
  execFileSync(resolve(program), ['build', '-s', source, '-d', out, '--only', 'site,search'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return join(out, 'site');
}

/** Changes the text of N pages. */
function edit(n) {
  for (let i = 0; i < n; i++) {
    const file = join(source, 'content', markdown[random(markdown.length)]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${'abcdefghij'[random(10)].repeat(5)} ${editions} ${i} ${random(1e6)}\n`);
  }
}

/** Every page that a phone may keep: address below the root -> bytes. Sensitive pages are those with a way out. */
function pagesOf(folder) {
  const pages = new Map(), secret = [];
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!/(^|\/)(index|404)\.html$/.test(name) || /^share\//.test(name)) continue;
    const bytes = readFileSync(join(folder, name), 'utf8');
    if (/class="go exit"/.test(bytes)) secret.push(name);
    else if (!/http-equiv="refresh"/.test(bytes)) pages.set(name, bytes);
  }
  return { pages, secret };
}

// --- the line

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json',
  '.webmanifest': 'application/manifest+json', '.png': 'image/png', '.webp': 'image/webp' };
const line = { folder: null, base: '/', down: false, left: Infinity, bytes: 0, requests: [], kill: false };
const sockets = new Set();
const server = http.createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  let file = join(line.folder, path.slice(line.base.length));
  if (!path.startsWith(line.base)) return response.writeHead(404).end();
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return response.writeHead(404).end();
  let body = readFileSync(file);
  if (line.kill && file.endsWith('root.json')) body = Buffer.from('{"v":1,"kill":true}');
  const type = TYPES[extname(file)] ?? 'application/octet-stream', etag = `"${body.length}-${body.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}"`;
  const headers = { 'content-type': type, etag, 'cache-control': 'max-age=600' };
  if (request.headers['if-none-match'] === etag) body = Buffer.alloc(0);
  else if (/text|json|javascript|svg/.test(type)) {
    body = gzipSync(body);
    headers['content-encoding'] = 'gzip';
  }
  headers['content-length'] = body.length;
  line.requests.push(path);
  line.bytes += body.length + 300;
  response.writeHead(body.length ? 200 : 304, headers);
  if (body.length <= line.left) {
    line.left -= body.length;
    return response.end(body);
  }
  // Cut in the middle of this answer; nothing comes after it.
  response.write(body.subarray(0, line.left), () => {
    line.down = true;
    for (const socket of sockets) socket.destroy();
  });
});
server.on('connection', (socket) => {
  if (line.down) return socket.destroy();
  sockets.add(socket);
  socket.on('error', () => {}).on('close', () => sockets.delete(socket));
});
server.on('clientError', (error, socket) => socket.destroy());
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const cut = () => {
  line.down = true;
  for (const socket of sockets) socket.destroy();
};
const mend = () => Object.assign(line, { down: false, left: Infinity, bytes: 0, requests: [] });

// --- the phone

const browser = await chromium.launch({
  executablePath: execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
const address = (path = '') => `${origin}${line.base}${path}`;

/** A new phone on the home page, with its worker. */
async function phone(path = 'tg/index.html') {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(address(path));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
    || new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))).then(() => 0));
  return page;
}

/** Says WHAT to the worker; its last answer: {ok}, {error}, or what it reports. */
const say = (page, what) => page.evaluate((message) => navigator.serviceWorker.ready.then((registration) => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if ('ok' in data || 'error' in data || message.ask === 'state') done(data);
  };
  registration.active.postMessage(message, [channel.port2]);
})), what);
const keep = (page, goal) => say(page, { ask: 'keep', goal });
/** KEEP for a drill that begins with all of it on the phone. */
async function kept(page, goal) {
  const answer = await keep(page, goal), { want } = await say(page, { ask: 'state' });
  if (!answer.ok || want?.join() !== goal.join()) throw new Error(`storing ${goal}: ${JSON.stringify(answer)}, kept ${want}`);
}
const update = (page) => say(page, { ask: 'update' });
const everything = ['tg/*', 'ru/*'];

/** The pages among NAMES that are not what PAGES says, as the phone answers without a line; orNone: it may have no answer. */
async function differing(page, pages, names = [...pages.keys()], orNone = false) {
  const urls = names.map((name) => address(name));
  const texts = await page.evaluate((list) => Promise.all(list.map((url) => fetch(url).then((r) => r.text(), () => null))), urls);
  return names.filter((name, i) => texts[i] !== pages.get(name) && !(orNone && texts[i] === null));
}

let bad = 0;
function tell(name, faults = []) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 12)) console.log(`#   ${fault}`);
  bad += faults.length;
}
const expect = (name, truth, got) => tell(name, truth ? [] : [JSON.stringify(got) ?? 'no']);
const drills = [];
const drill = (name, run) => drills.push({ name, run });

// --- drills

const first = build();
const { pages: firstPages, secret } = pagesOf(first);
line.folder = first;

drill('the core is kept at the first visit', async () => {
  const page = await phone();
  await say(page, { ask: 'update' });
  const state = await say(page, { ask: 'state' });
  expect('the first visit keeps the core of its language', state.want?.join() === 'tg' && state.size < 120_000, state);
  cut();
  const names = ['index.html', 'tg/index.html', 'tg/404.html', 'tg/faq/index.html', 'tg/faq/patent/index.html', 'tg/offline/index.html'];
  tell('and the home, the questions and the list of what is kept open without a line', await differing(page, firstPages, names));
  await page.goto(address('tg/contracts/index.html'));
  expect('a page that is not kept leads to that list, which says so', page.url().includes('/tg/offline/?') && await page.locator('#kept').isVisible(), page.url());
  return page;
});

drill('everything is kept by a reader\'s own hand', async () => {
  const page = await phone('ru/offline/index.html');
  await say(page, { ask: 'update' });
  await page.reload();
  await page.waitForFunction(() => [...document.querySelectorAll('#keep small')].every((one) => /\d/.test(one.textContent)));
  mend();
  for (const value of everything) await page.check(`input[value="${value}"]`);
  await page.click('#keep [type=submit]');
  for (let state = {}; !state.want?.includes('ru/*');) {
    await page.waitForTimeout(200);
    state = await say(page, { ask: 'state' });
  }
  const { bytes, requests } = line, usage = await page.evaluate(() => navigator.storage.estimate().then((e) => e.usage));
  console.log(`# everything: ${firstPages.size} pages, ${requests.length} requests, ${bytes} bytes, ${usage} bytes on the phone`);
  expect('in at most 40 requests and 2 KB a page', requests.length <= 40 && bytes < firstPages.size * 2048 + 200_000, { bytes, requests: requests.length });
  cut();
  tell('every page is there, byte for byte', await differing(page, firstPages));
  const faults = [];
  for (const name of [...firstPages.keys()].filter(() => random(8) === 0)) {
    await page.goto(address(name));
    if (await page.title() !== firstPages.get(name).match(/<title>([^<]*)/)[1].replace(/&amp;/g, '&').replace(/&quot;/g, '"')) faults.push(name);
  }
  tell('and opens as a page', faults);
  await page.goto(address('ru/faq/patent/index.html'));
  await page.waitForFunction(() => !document.getElementById('kept').hidden);
  expect('a page says from which edition it is', /\d\d\.\d\d\.\d{4}/.test(await page.textContent('#kept')), await page.textContent('#kept'));
  const found = [];
  for (const [lang, word] of [['ru', 'патент'], ['ru', 'паспорт'], ['tg', 'шиноснома'], ['tg', 'патент']]) {
    await page.goto(address(`${lang}/search/index.html?q=${encodeURIComponent(word)}`));
    await page.waitForSelector('main a[href*="faq"], main a[href*="lists"]', { timeout: 10_000 }).catch(() => found.push(`${lang}: ${word}`));
  }
  tell('and the search finds', found);
  tell('no page that is sensitive was kept', await page.evaluate(async (urls) => {
    const kept = [];
    for (const url of urls) if (await fetch(url).then((r) => r.ok, () => false)) kept.push(url);
    return kept;
  }, secret.map((name) => address(name))));
  return page;
});

drill('two wishes in one moment', async () => {
  const page = await phone(), faults = [];
  await update(page);
  for (let i = 0; i < 40; i++) {
    await page.evaluate(() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
    cut();
    // The second comes a moment later, each time at another one.
    await page.evaluate((later) => navigator.serviceWorker.ready.then(async ({ active }) => {
      active.postMessage({ ask: 'hello', language: 'tg', path: 'tg/' });
      for (const end = performance.now() + later; performance.now() < end;);
      active.postMessage({ ask: 'keep', goal: ['ru'] });
    }), i / 4);
    await page.waitForTimeout(60);
    const { goal } = await say(page, { ask: 'state' });
    if (goal?.join() !== 'ru') faults.push(`round ${i}: ${JSON.stringify(goal)}`);
    mend();
  }
  tell('what a reader asks for stays, also while a first visit is under way', faults);
  return page;
});

drill('ten editions', async () => {
  const page = await phone();
  await kept(page, everything);
  const faults = [], costs = [];
  for (let i = 0; i < 10; i++) {
    edit(i ? Math.ceil(markdown.length / 10) : 1);
    const folder = build(), { pages } = pagesOf(folder);
    const changed = [...pages].filter(([name, bytes]) => !existsSync(join(line.folder, name)) || readFileSync(join(line.folder, name), 'utf8') !== bytes);
    line.folder = folder;
    mend();
    const answer = await update(page);
    const search = line.requests.filter((path) => /\.pack$/.test(path)).length;
    costs.push(`${changed.length} pages: ${line.bytes} bytes in ${line.requests.length} requests, ${search} packs`);
    if (!answer.ok) faults.push(`edition ${i}: ${JSON.stringify(answer)}`);
    cut();
    for (const name of await differing(page, pages)) faults.push(`edition ${i}: ${name}`);
    mend();
  }
  for (const cost of costs) console.log(`# ${cost}`);
  tell('each of ten editions is shown whole, and only as it is', faults);
  return page;
});

drill('the line is cut while storing', async () => {
  line.folder = first;
  const page = await phone(), faults = [];
  let cuts = 0, answer = {};
  for (; cuts < 20; cuts++) {
    mend();
    line.left = 2000 + random(60_000);
    answer = await keep(page, everything);
    if (answer.ok) {
      mend();
      await page.evaluate(() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
    }
    cut();
    // A page is there as it is, or not at all.
    const sample = [...firstPages.keys()].filter(() => random(6) === 0);
    for (const name of await differing(page, firstPages, sample, true)) faults.push(`cut ${cuts}: ${name} is another`);
  }
  mend();
  answer = await keep(page, everything);
  expect('storing goes on after twenty cuts', answer.ok, answer);
  cut();
  tell('and what is there is right at each of them', faults.concat(await differing(page, firstPages)));
  return page;
});

drill('the line is cut while updating', async () => {
  line.folder = first;
  const page = await phone(), faults = [];
  let old = firstPages;
  await kept(page, everything);
  for (let i = 0; i < 20; i++) {
    if (i % 5 === 0) {
      edit(8);
      line.folder = build();
    }
    const { pages } = pagesOf(line.folder);
    mend();
    line.left = random(25_000);
    const answer = await update(page);
    cut();
    const wrong = await differing(page, answer.ok ? pages : old);
    if (wrong.length) faults.push(`cut ${i}, ${JSON.stringify(answer)}: ${wrong.length} pages of another edition, first ${wrong[0]}`);
    if (answer.ok) old = pages;
  }
  mend();
  const answer = await update(page);
  cut();
  tell('twenty cuts while updating: always one edition, whole', faults);
  tell('and the last one in the end', answer.ok ? await differing(page, pagesOf(line.folder).pages) : [JSON.stringify(answer)]);
  return page;
});

drill('no room', async () => {
  line.folder = first;
  const page = await phone('ru/offline/index.html');
  await update(page);
  const session = await page.context().newCDPSession(page);
  const usage = await page.evaluate(() => navigator.storage.estimate().then((e) => e.usage));
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 50_000 });
  await page.reload();
  await page.check('input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await page.waitForFunction(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.full);
  tell('a phone without room says so in words');
  cut();
  tell('and the core stays', await differing(page, firstPages, ['ru/index.html', 'ru/faq/patent/index.html']));
  return page;
});

drill('two years later', async () => {
  line.folder = first;
  const context = await browser.newContext(), page = await context.newPage();
  await page.clock.setFixedTime(new Date(Date.now() + 2 * 365 * 864e5));
  const today = await browser.newContext(), open = await today.newPage(), faults = [];
  const card = 'ru/vacancies/index.html', one = [...firstPages.keys()].find((name) => /^ru\/vacancies\/[^/]+\/index\.html$/.test(name) && /data-gone/.test(firstPages.get(name)));
  const due = [...firstPages.keys()].find((name) => /template data-due="[^"]*">/.test(firstPages.get(name)));
  const shown = async (where, name, what) => {
    await where.goto(address(name));
    return where.locator(what).count();
  };
  if (!one || !due) return tell('the starter has a vacancy that ends and a page to review', ['it has not']), page;
  if (!await shown(open, card, 'main [data-expires]')) faults.push('no vacancy is in the list today');
  if (await shown(page, card, 'main [data-expires]')) faults.push('a vacancy that is over is in the list');
  if (!await shown(page, one, 'main > .notice') || await page.locator('main article').count()) faults.push('a vacancy that is over is shown');
  if (!await shown(page, due, 'main > .notice')) faults.push('a page whose review is overdue does not say so');
  tell('two years ahead by the phone\'s clock, what is over is gone and what is overdue says so', faults);
  await today.close();
  return page;
});

drill('the kill switch', async () => {
  line.folder = first;
  const page = await phone();
  await kept(page, everything);
  line.kill = true;
  await update(page);
  const left = await page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]);
  line.kill = false;
  expect('a root that says so ends the worker and wipes', left.join() === '0,0', left);
  return page;
});

drill('wiping and loss', async () => {
  line.folder = first;
  const page = await phone('ru/offline/index.html');
  await page.check('input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await update(page);
  await page.evaluate(() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
  await page.goto(address('ru/index.html'));
  await page.waitForFunction(() => document.getElementById('kept').textContent === document.getElementById('kept').dataset.lost);
  tell('what the phone threw away is noticed and said');
  await page.goto(address('ru/offline/index.html'));
  await page.click('#keep [type=button]');
  await page.waitForFunction(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.wiped);
  const left = await page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length, localStorage.length]);
  expect('one button wipes all', left.join() === '0,0,0', left);
  return page;
});

drill('a way out', async () => {
  line.folder = first;
  const context = await browser.newContext(), page = await context.newPage(), faults = [];
  await page.route('https://**', (route) => route.fulfill({ body: 'elsewhere' }));
  for (const way of ['key', 'button']) {
    await page.goto(address('ru/index.html'));
    await page.goto(address(secret.find((name) => name.startsWith('ru/'))));
    if (way === 'key') for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    else await page.click('.exit');
    await page.waitForURL(/^https:/);
    await page.goBack().catch(() => {});
    if (!page.url().endsWith('/ru/index.html')) faults.push(`${way}: behind it is ${page.url()}`);
  }
  const fresh = await browser.newContext(), only = await fresh.newPage();
  await only.goto(address(secret[0]));
  await only.waitForTimeout(500);
  const left = await only.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length, localStorage.length]);
  if (left.join() !== '0,0,0') faults.push(`a sensitive page leaves ${left}`);
  tell('three times Escape or the button leave a sensitive page, and no trace of it', faults);
  await fresh.close();
  return page;
});

drill('below another folder', async () => {
  Object.assign(line, { folder: first, base: '/guide/' });
  const page = await phone();
  await kept(page, ['tg/*']);
  cut();
  tell('the same below another folder of the server', await differing(page, firstPages, [...firstPages.keys()].filter((name) => name.startsWith('tg/'))));
  line.base = '/';
  return page;
});

const only = process.env.DRILL;
for (const { name, run } of drills) {
  if (only && !name.includes(only)) continue;
  mend();
  const began = Date.now();
  try {
    const page = await run();
    await page.context().close();
  } catch (error) {
    tell(name, [error.message.split('\n').slice(0, 3).join(' ')]);
    for (const context of browser.contexts()) await context.close();
    Object.assign(line, { base: '/', kill: false });
  }
  console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
await browser.close();
server.closeAllConnections();
server.close();
process.exit(bad ? 1 : 0);
