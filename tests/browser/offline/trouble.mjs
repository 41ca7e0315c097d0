/* trouble.mjs - drills: no room, a clock that is ahead, what is kept damaged, a worker that is broken, storage that is denied: no page is ever blank. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { address, browser, build, cut, differing, drill, edit, everything, expect, first, firstPages, keep, kept, line, mend, origin, pagesOf, phone, random, say, secret, settle,
  shuffled, source, temporary, tell, titleOf, traces, update } from './ground.mjs';

/** The phone has room for BYTES in all. */
async function quota(page, bytes) {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}
const usage = (page) => page.evaluate(() => navigator.storage.estimate().then((e) => e.usage));

/** The pages among NAMES that are blank when they are opened, or whose scripts complain. */
async function blank(page, names, pages = firstPages) {
  const faults = [], noise = (error) => faults.push(String(error));
  page.on('pageerror', noise);
  for (const name of names) {
    await page.goto(address(name), { waitUntil: 'load' }).catch((error) => faults.push(`${name}: ${error.message.split('\n')[0]}`));
    if (await page.title() !== titleOf(pages.get(name))) faults.push(`${name}: another title`);
    if (await page.evaluate(() => document.querySelector('main') ? document.querySelector('main').innerText.trim().length : 0) < 20) faults.push(`${name} is blank`);
  }
  await page.waitForTimeout(300);
  page.off('pageerror', noise);
  return faults;
}
/** A page of each kind. */
const kinds = ['ru/index.html', 'tg/index.html', 'ru/404.html', 'ru/faq/index.html', 'ru/faq/patent/index.html', 'ru/vacancies/by-country/index.html', 'ru/search/index.html', 'ru/offline/index.html',
  'tg/tags/index.html', 'tg/audience/outgoing/index.html'].filter((name) => firstPages.has(name));
const few = kinds.filter((name) => /^ru\/(index|404|faq\/patent|search|offline)/.test(name));

// --- room

drill('no room', async () => {
  const page = await phone('ru/offline/index.html');
  await update(page);
  await quota(page, await usage(page) + 50_000);
  await page.reload();
  await page.check('input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await page.waitForFunction(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.full);
  tell('a phone without room says so in words');
  cut();
  tell('and the core stays', await differing(page, firstPages, ['ru/index.html', 'ru/faq/patent/index.html']));
  return page;
});

/** A site of many pages that hardly shrink, whose phones need more than 5 MB. */
function large() {
  const folder = join(temporary, 'large');
  for (const section of ['faq', 'one', 'two', 'three']) mkdirSync(join(folder, 'content', section), { recursive: true });
  writeFileSync(join(folder, 'content/site.yaml'), 'title: Large\nlanguages: [ru]\nsections: [faq, one, two, three]\noffline: {core: [faq/first]}\n');
  writeFileSync(join(folder, 'content/faq/first.ru.md'), '# First\n\nWhat matters most.\n');
  for (let i = 0; i < 800; i++)
    writeFileSync(join(folder, 'content', ['one', 'two', 'three'][i % 3], `page-${i}.ru.md`), `# Page ${i}\n\n${Array.from({ length: 1600 }, () => random(1e9).toString(36)).join(' ')}\n`);
  return folder;
}

/** What does not fit is asked for while something else is under way, which then tries it first. */
async function wishesWithoutRoom() {
  const faults = [];
  for (let i = 0; i < 6; i++) {
    const context = await browser.newContext(), page = await context.newPage();
    // A page that is no page of the site's: nothing is asked but what stands here.
    await page.goto(address('offline/root.json'));
    await quota(page, 5 * 1048576);
    const [all, state] = await page.evaluate(async ([path, later]) => {
      const registration = await navigator.serviceWorker.register(path);
      await navigator.serviceWorker.ready;
      const ask = (message) => new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = ({ data }) => ('ok' in data || 'error' in data || message.ask === 'state') && done(data);
        registration.active.postMessage(message, [channel.port2]);
      });
      if (later % 2) await ask({ ask: 'update' });
      const first = ask({ ask: 'update' });
      await new Promise((done) => setTimeout(done, later >> 1));
      const second = ask({ ask: 'keep', goal: ['ru/*'] });
      await first;
      return [await second, await ask({ ask: 'state' })];
    }, [address('sw.js'), i]);
    if (all.error !== 'full' || state.want?.join() !== 'ru') faults.push(`round ${i}: ${JSON.stringify([all, state])}`);
    await context.close();
  }
  tell('what has no room says so to the one who asked, whatever tried it first, and the core is kept', faults);
}

drill('a quota of 5 MB', async () => {
  const folder = large(), faults = [];
  line.folder = build('site', folder);
  await wishesWithoutRoom();
  const { pages } = pagesOf(line.folder), core = ['ru/index.html', 'ru/faq/first/index.html', 'ru/offline/index.html'], part = [...pages.keys()].filter((name) => name.startsWith('ru/one/'));
  const page = await phone('ru/offline/index.html');
  await quota(page, 5 * 1048576);
  await update(page);
  const all = await keep(page, ['ru/*']), state = await say(page, { ask: 'state' });
  if (all.error !== 'full' || state.want.join() !== 'ru' || state.goal.join() !== 'ru') faults.push(`all of it: ${JSON.stringify([all, state])}`);
  cut();
  faults.push(...await differing(page, pages, core));
  mend();
  await kept(page, ['ru', 'ru/one']);
  cut();
  faults.push(...await differing(page, pages, core.concat(part)));
  tell('a site that needs more than 5 MB: it says so, the core stays, and a section fits', faults);

  // An edition in which all has changed does not fit beside the old one, and the browser says so only when it is full.
  mend();
  const wrong = [];
  for (let i = 0; i < 800; i++) if (i % 3 === 0) writeFileSync(join(folder, 'content/one', `page-${i}.ru.md`), `# Page ${i}\n\n${Array.from({ length: 1600 }, () => random(1e9).toString(36)).join(' ')}\n`);
  const before = line.folder;
  line.folder = build('site', folder);
  await quota(page, await usage(page) + 300_000);
  const answer = await update(page);
  if (answer.error !== 'full') wrong.push(`updating: ${JSON.stringify(answer)}`);
  cut();
  wrong.push(...await differing(page, pages, core.concat(part)));
  mend();
  line.changed = { 'sw.js': readFileSync(join(before, 'sw.js'), 'utf8').replace(/navigator\.storage/g, 'navigator.unknown') };
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  await page.waitForTimeout(1000);
  await settle(page);
  const blind = await update(page);
  if (blind.error !== 'full') wrong.push(`a browser that does not tell how much room there is: ${JSON.stringify(blind)}`);
  cut();
  wrong.push(...await differing(page, pages, core.concat(part)));
  mend();
  line.changed = {};
  await quota(page, 50 * 1048576);
  const last = await update(page);
  cut();
  wrong.push(...last.ok ? await differing(page, pagesOf(line.folder).pages, core.concat(part)) : [JSON.stringify(last)]);
  tell('an edition that does not fit leaves the old one whole, and comes when there is room', wrong);
  return page;
});

// --- the clock

drill('two years later', async () => {
  const context = await browser.newContext(), page = await context.newPage();
  await page.clock.setFixedTime(new Date(Date.now() + 2 * 365 * 864e5));
  const today = await browser.newContext(), open = await today.newPage(), faults = [];
  const lists = ['ru/vacancies/index.html', 'ru/vacancies/by-country/index.html', 'ru/faq/jobs/index.html'];
  const one = [...firstPages.keys()].find((name) => /^ru\/vacancies\/[^/]+\/index\.html$/.test(name) && /data-gone/.test(firstPages.get(name)));
  const law = [...firstPages.keys()].find((name) => /^ru\/legislation\/long-law\/.*index\.html$/.test(name));
  const shown = async (where, name, what) => {
    await where.goto(address(name));
    return where.locator(what).count();
  };
  if (!one || !law) return tell('the starter has a vacancy that ends, and a law in chapters', [one, law].map(String)), page;
  for (const list of lists) {
    const there = await shown(open, list, 'main [data-expires]'), late = await shown(page, list, 'main [data-expires]'), links = await page.locator('main :is(td, li) a[href*="example-"]').count();
    if (!there) faults.push(`${list}: no vacancy is there today`);
    if (late || links) faults.push(`${list}: ${late} vacancies that are over, ${links} links to them`);
  }
  if (!await open.locator('main table tbody tr[data-expires]').count() && !await shown(open, lists[2], 'main table tbody tr[data-expires]')) faults.push('the table of the block has no row that ends');
  if (!await shown(page, one, 'main > .notice') || await page.locator('main article').count()) faults.push('a vacancy that is over is shown');
  for (const name of ['ru/faq/reviewed/index.html', law]) {
    if (await shown(open, name, 'main > .notice')) faults.push(`${name} says today that its review is overdue`);
    if (!await shown(page, name, 'main > .notice')) faults.push(`${name}: its review is overdue, and it does not say so`);
  }
  tell('two years ahead by the phone\'s clock, what is over is gone from lists and tables, and what is overdue says so', faults);
  const file = pathToFileURL(join(build('site,bundles'), '../share/faq-jobs.ru.html')).href, given = [];
  for (const [where, wanted] of [[open, true], [page, false]]) {
    await where.goto(file);
    given.push(...await where.locator('tbody tr').count() > 0 === wanted ? [] : [wanted ? 'it has no row today' : 'its rows are still there']);
  }
  tell('so are the rows of a table in a file that was passed on', given);
  await today.close();
  return page;
});

// --- the worker and its store

drill('the kill switch', async () => {
  const page = await phone();
  await kept(page, everything);
  line.changed = { 'offline/root.json': '{"v":1,"kill":true}' };
  await update(page);
  const left = await page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]);
  expect('a root that says so ends the worker and wipes', left.join() === '0,0', left);
  return page;
});

/** Turns the byte at SHARE of the length of everything that is kept, the I-th of its files alone. Returns its address. */
const harm = (page, i, share) => page.evaluate(async ([index, part]) => {
  const cache = await caches.open('rohnamo'), key = (await cache.keys())[index];
  if (!key) return null;
  const data = new Uint8Array(await (await cache.match(key)).arrayBuffer());
  data[Math.floor((data.length - 1) * part)] ^= 0x55;
  await cache.put(key, new Response(data));
  return key.url;
}, [i, share]);

/** [name, SHA-256] of each pack that is kept. */
const hashes = (page) => page.evaluate(async () => {
  const cache = await caches.open('rohnamo'), list = [];
  for (const key of await cache.keys()) if (key.url.endsWith('.pack')) {
    const sum = await crypto.subtle.digest('SHA-256', await (await cache.match(key)).arrayBuffer());
    list.push([key.url.split('/').pop(), Array.from(new Uint8Array(sum), (byte) => (byte + 256).toString(16).slice(1)).join('')]);
  }
  return list;
});

/** The worker begins anew, as it does minutes after the last page is closed. */
async function restart(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

drill('what is kept is damaged', async () => {
  const page = await phone(), faults = [], healed = [], sample = () => shuffled([...firstPages.keys()]).slice(0, 40);
  await kept(page, everything);
  // A byte of a file, in its length, its layout, its opening or a page; and of the notes beside them.
  for (let round = 0; round < 12; round++) {
    mend();
    const url = await harm(page, random(16), [0, 0.001, 0.05, 0.3, 0.6, 1][round % 6]);
    if (!url) continue;
    await restart(page);
    cut();
    for (const name of await differing(page, firstPages, sample(), true)) faults.push(`${url}: ${name} is another`);
    mend();
    for (const name of await differing(page, firstPages, sample())) faults.push(`${url}, with a line: ${name}`);
  }
  for (const [name, bytes] of [['state', '{"v":1'], ['goal', '']]) {
    await page.evaluate(([url, text]) => caches.open('rohnamo').then((cache) => cache.put(url, new Response(text))), [address(`offline/${name}`), bytes]);
    await restart(page);
    faults.push(...await differing(page, firstPages, sample()));
  }
  tell('a byte that is damaged shows no wrong page, and with a line none is missing', faults);
  await kept(page, everything);
  await page.evaluate(async () => {
    const cache = await caches.open('rohnamo');
    for (const key of await cache.keys()) if (key.url.endsWith('.pack')) {
      const data = new Uint8Array(await (await cache.match(key)).arrayBuffer());
      for (const part of [0.1, 0.4, 0.7, 0.95]) data[Math.floor(data.length * part)] ^= 0x55;
      await cache.put(key, new Response(data));
    }
  });
  await restart(page);
  healed.push(...await differing(page, firstPages));
  const met = await page.evaluate(() => caches.open('rohnamo').then((cache) => cache.keys()).then((keys) => keys.filter((one) => one.url.endsWith('.broken')).map((one) => one.url.slice(-19, -7) + '.pack')));
  if (met.length < 8) healed.push(`${met.length} packs were met damaged`);
  const answer = await update(page);
  // The files themselves: a page could come from the browser's own cache.
  for (const [name, hash] of await hashes(page)) if (met.includes(name) && hash !== createHash('sha256').update(readFileSync(join(first, 'offline', name))).digest('hex')) healed.push(`${name} is damaged still`);
  cut();
  tell('what was met damaged is fetched again, and all is there without a line', healed.concat(answer.ok ? await differing(page, firstPages) : JSON.stringify(answer)));
  return page;
});

drill('a worker that is broken', async () => {
  const faults = [];
  for (const script of ['throw new Error("broken");', 'addEventListener("install", () => { throw 1; }); addEventListener("install", (e) => e.waitUntil(Promise.reject(1)));', 'const {', '<!doctype html>']) {
    line.changed = { 'sw.js': script };
    const context = await browser.newContext(), page = await context.newPage();
    faults.push(...(await blank(page, few)).map((fault) => `${script}: ${fault}`));
    await context.close();
  }
  line.changed = {};
  const page = await phone();
  await kept(page, everything);
  line.changed = { 'sw.js': 'throw new Error("broken");' };
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()).catch(() => {}));
  await page.reload();
  cut();
  faults.push(...await differing(page, firstPages));
  tell('a worker that is broken leaves pages as they are, and the one before it in its place', faults);
  return page;
});

drill('storage that is denied or full', async () => {
  const deny = (name) => `Object.defineProperty(window, '${name}', { get() { throw new DOMException('denied', 'SecurityError'); } });`;
  const faults = [], ways = {
    'a private window': "delete Navigator.prototype.serviceWorker;",
    'storage denied': deny('localStorage') + deny('sessionStorage') + deny('caches') + deny('indexedDB'),
    'a worker refused': "navigator.serviceWorker.register = () => Promise.reject(new DOMException('denied', 'SecurityError'));",
    'words full': "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
  };
  for (const [way, script] of Object.entries(ways)) {
    const context = await browser.newContext(), page = await context.newPage();
    await context.addInitScript(script);
    faults.push(...(await blank(page, few)).map((fault) => `${way}: ${fault}`));
    await page.goto(address('ru/offline/index.html'));
    if (/^a /.test(way) && !await page.waitForFunction(() => document.getElementById('kept').textContent === document.getElementById('keep').dataset.denied, null, { timeout: 3000 }).catch(() => null)) faults.push(`${way}: who came to keep something is not told`);
    await context.close();
  }
  const page = await phone();
  await quota(page, 1000);
  faults.push(...(await blank(page, kinds)).map((fault) => `full: ${fault}`));
  const answer = await keep(page, everything);
  if (answer.error !== 'full') faults.push(`full: ${JSON.stringify(answer)}`);
  tell('no page is blank in a private window, with storage denied, or with none left', faults);
  return page;
});
