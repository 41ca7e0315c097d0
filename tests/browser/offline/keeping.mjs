/* keeping.mjs - drills: what is kept, at the first visit and by a reader's own hand, opens and is found without a line; booklets; wiping. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, browser, build, cut, differing, drill, everything, expect, first, firstPages, keep, kept, line, lose, markdown, mend, phone, say, secret, shuffled, source,
  tamper, tell, titleOf, traces, update } from './ground.mjs';

drill('the core is kept at the first visit', async () => {
  const page = await phone();
  await update(page);
  const state = await say(page, { ask: 'state' });
  expect('the first visit keeps the core of its language', state.want?.join() === 'tg' && state.size < 120_000, state);
  cut();
  const names = ['index.html', 'tg/index.html', 'tg/404.html', 'tg/faq/index.html', 'tg/faq/patent/index.html', 'tg/offline/index.html'];
  tell('and the home, the questions and the list of what is kept open without a line', await differing(page, firstPages, names));
  await page.goto(address('tg/contracts/index.html'));
  expect('a page that is not kept leads to that list, which says so', page.url().includes('/tg/offline/?') && await page.locator('#kept').isVisible(), page.url());
  const faults = [];
  for (const name of ['ru/contracts/index.html', 'nothing/here/index.html']) {
    await page.goto(address(name)).catch((error) => faults.push(`${name}: ${error.message}`));
    if (!page.url().includes('/tg/offline/?')) faults.push(`${name}: ${page.url()}`);
  }
  tell('so does one in a language of which nothing is kept, or in none', faults);
  return page;
});

/** A question for each of N pages, made of the page's own title: [language, question, address]. */
function questions(n) {
  // Pages that somebody wrote: what plugins make beside them need not be in the search.
  const written = markdown.filter((name) => /^(faq|lists|services|contracts|legislation)\/[^/]+\.md$/.test(name) && !/^search: false/m.test(readFileSync(join(source, 'content', name), 'utf8')));
  const list = shuffled(written.map((name) => name.replace(/^(.*)\.(\w+)\.md$/, '$2/$1/index.html')).filter((name) => firstPages.has(name)));
  // A word with a hyphen before it would be one that the page must not have.
  return list.filter((name) => !/reviewed/.test(name)).slice(0, n).map((name) => {
    const [lang] = name.split('/'), title = firstPages.get(name).match(/<h1[^>]*>([^]*?)<\/h1>/)[1].replace(/<[^>]*>|&\w+;/g, ' ');
    return [lang, title.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu).join(' '), address(name)];
  });
}

drill('everything is kept by a reader\'s own hand', async () => {
  const page = await phone('ru/offline/index.html');
  await update(page);
  await page.reload();
  await page.waitForFunction(() => [...document.querySelectorAll('#keep label:not([hidden]) small')].every((one) => /\d/.test(one.textContent)));
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
  const faults = [], names = shuffled([...firstPages.keys()]).slice(0, 200);
  for (const name of names) {
    await page.goto(address(name), { waitUntil: 'domcontentloaded' });
    if (await page.title() !== titleOf(firstPages.get(name)) || !await page.evaluate(() => document.body.innerText.trim().length > 40)) faults.push(name);
  }
  tell(`and ${names.length} of them, in no order, open as pages`, faults);
  await page.goto(address('ru/faq/patent/index.html'));
  await page.waitForFunction(() => !document.getElementById('kept').hidden);
  expect('a page says from which edition it is', /\d\d\.\d\d\.\d{4}/.test(await page.textContent('#kept')), await page.textContent('#kept'));
  const missed = [], asked = questions(50);
  for (const [lang, words, url] of asked) {
    await page.goto(address(`${lang}/search/index.html?q=${encodeURIComponent(words)}`), { waitUntil: 'domcontentloaded' });
    await page.waitForFunction((wanted) => [...document.querySelectorAll('#hits a')].some((one) => one.href.replace(/index\.html$/, '') === wanted), url.replace(/index\.html$/, ''), { timeout: 10_000 })
      .catch(() => missed.push(`${lang}: ${words}`));
  }
  tell(`${asked.length} searches find the page whose words they are`, asked.length === 50 ? missed : [`there are ${asked.length}`]);
  tell('no page that is sensitive was kept', await page.evaluate(async (urls) => {
    const there = [];
    for (const url of urls) if (await fetch(url).then((r) => r.ok, () => false)) there.push(url);
    return there;
  }, secret.map((name) => address(name))));
  return page;
});

drill('two wishes in one moment', async () => {
  const page = await phone(), faults = [];
  await update(page);
  for (let i = 0; i < 40; i++) {
    await lose(page);
    cut();
    // The second comes a moment later, each time at another one.
    await page.evaluate((later) => navigator.serviceWorker.ready.then(async ({ active }) => {
      active.postMessage({ ask: 'hello', language: 'tg', path: 'tg/' });
      for (const finish = performance.now() + later; performance.now() < finish;);
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

drill('booklets', async () => {
  const book = 'print/booklet.ru.screen.pdf', other = 'print/booklet.tg.screen.pdf', faults = [];
  line.folder = build('site,search,print');
  const bytes = readFileSync(join(line.folder, book));
  const page = await phone('ru/offline/index.html');
  await update(page);
  await page.reload();
  await page.waitForFunction((value) => !document.querySelector(`input[value="${value}"]`).parentNode.hidden, book);
  const label = page.locator('label', { has: page.locator(`input[value="${book}"]`) });
  const text = await label.textContent(), shown = await page.locator('#keep label:visible input[value$=".pdf"]').count();
  if (!text.includes(`${Math.ceil(bytes.length / 1024)} КБ`)) faults.push(`its size is not said: ${text}`);
  if (shown !== 2) faults.push(`${shown} booklets are offered`);
  if (!(await label.locator('a').getAttribute('href')).endsWith(book)) faults.push('it cannot be opened from there');
  tell('booklets are offered with their size, where they are printed', faults);

  // How the phone answers without a line: as the file is, not at all, or otherwise.
  const answered = async (name = book, wanted = bytes) => {
    cut();
    const got = await page.evaluate((url) => fetch(url).then(async (r) => [r.headers.get('content-type'), Array.from(new Uint8Array(await r.arrayBuffer()))], () => null), address(name));
    mend();
    return !got ? 'not' : got[0] === 'application/pdf' && Buffer.from(got[1]).equals(wanted) ? 'whole' : 'wrong';
  };
  const goal = ['ru', book], half = [];
  line.left = Math.floor(bytes.length / 2);
  const broken = await keep(page, goal), state = await say(page, { ask: 'state' });
  if (!broken.error || state.want.includes(book) || !state.goal.includes(book)) half.push(`cut in the middle: ${JSON.stringify([broken, state])}`);
  if (await answered() !== 'not') half.push('half a booklet is shown');
  mend();
  line.changed = { [book]: Buffer.from(bytes.map((byte) => byte ^ 1)) };
  const foreign = await update(page);
  if (!foreign.error || await answered() !== 'not') half.push(`other bytes than the root names: ${JSON.stringify(foreign)}, ${await answered()}`);
  line.changed = {};
  const after = await update(page), whole = await say(page, { ask: 'state' });
  if (!after.ok || !whole.want.includes(book) || whole.size < bytes.length) half.push(`with a line again: ${JSON.stringify([after, whole])}`);
  if (await answered() !== 'whole') half.push(`kept, it is shown ${await answered()}`);
  if (await answered(other) !== 'not') half.push('another is kept that nobody asked for');
  tell('half a booklet does not count, nor one that is another, and the next visit fetches it whole', half);

  const seen = [];
  await page.reload();
  await page.waitForFunction((value) => document.querySelector(`input[value="${value}"]`).checked, book);
  await page.evaluate(() => {
    window.progress = [];
    new MutationObserver(() => window.progress.push(document.querySelector('#keep progress').value)).observe(document.getElementById('told'), { childList: true });
  });
  await page.check(`input[value="${other}"]`);
  await page.click('#keep [type=submit]');
  await page.waitForFunction(() => document.querySelector('#keep progress').hidden && window.progress.length > 1, null, { timeout: 10_000 }).catch(() => seen.push('it does not end'));
  const values = await page.evaluate(() => window.progress);
  if (!values.some((value) => value > 0) || values.some((value, i) => i && value < values[i - 1])) seen.push(`progress: ${values}`);
  if (await answered(other, readFileSync(join(line.folder, other))) !== 'whole') seen.push('the second is not kept');
  tell('its progress is shown while it comes', seen);

  // A newer one: the old one stays for some days, and until the new one is whole.
  const newer = Buffer.concat([bytes, Buffer.from('% newer\n')]), changed = [], hash = execFileSync('sha256sum', { input: newer }).toString().slice(0, 12);
  const root = JSON.parse(readFileSync(join(line.folder, 'offline/root.json'), 'utf8'));
  root.books[book] = [newer.length, hash];
  line.changed = { [book]: newer, 'offline/root.json': JSON.stringify(root) };
  await kept(page, goal);
  if (await answered() !== 'whole') changed.push(`on the same day it is ${await answered()}`);
  if (await answered(other) !== 'not') changed.push('what is no longer chosen is there still');
  await tamper(page, 'state', 'it.searched -= 4 * 864e5');
  line.left = 3000;
  await update(page);
  if (await answered() !== 'whole') changed.push('while the new one comes the old one is gone');
  line.changed = { [book]: newer, 'offline/root.json': JSON.stringify(root) };
  await update(page);
  if (await answered(book, newer) !== 'whole') changed.push(`after four days it is ${await answered(book, newer)}`);
  const held = await page.evaluate(() => caches.open('rohnamo').then((cache) => cache.keys()).then((keys) => keys.filter((one) => one.url.endsWith('.pack')).length));
  await kept(page, ['ru']);
  if (await answered(book, newer) !== 'not') changed.push('unchosen it stays');
  const rest = await page.evaluate(() => caches.open('rohnamo').then((cache) => cache.keys()).then((keys) => keys.filter((one) => one.url.endsWith('.pack')).length));
  if (rest !== held - 1) changed.push(`${held} files are kept with it, ${rest} without`);
  tell('a newer one takes its place after some days, and what is not chosen goes', changed);

  line.changed = {};
  await kept(page, goal);
  const session = await page.context().newCDPSession(page), usage = await page.evaluate(() => navigator.storage.estimate().then((e) => e.usage));
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address()).origin, quotaSize: usage + 20_000 });
  const full = await keep(page, [...goal, other]), left = await say(page, { ask: 'state' });
  expect('without room for a second one the first stays', full.error === 'full' && left.want.join() === goal.join() && left.goal.join() === goal.join() && await answered() === 'whole', [full, left]);
  line.folder = first;
  return page;
});

drill('wiping and loss', async () => {
  const page = await phone('ru/offline/index.html');
  await page.check('input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await update(page);
  await lose(page);
  await page.goto(address('ru/index.html'));
  await page.waitForFunction(() => document.getElementById('kept').textContent === document.getElementById('kept').dataset.lost);
  tell('what the phone threw away is noticed and said');
  await page.click('header [hreflang="tg"]');
  await page.waitForURL('**/tg/**');
  await page.goto(address('ru/offline/index.html'));
  const before = await page.evaluate(() => {
    sessionStorage.answer = localStorage.progress = 'of a plugin';
    return Object.keys(localStorage).sort().join();
  });
  await page.click('#keep [type=button]');
  await page.waitForFunction(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.wiped);
  const left = await traces(page), session = await page.evaluate(() => sessionStorage.length);
  // Nor does what is under way write anything after it.
  await page.goto(address('ru/offline/index.html'));
  await update(page);
  line.wait = 700;
  await page.check('input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await page.waitForFunction(() => !document.querySelector('#keep progress').hidden);
  await page.click('#keep [type=button]');
  await page.waitForFunction(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.wiped);
  await page.waitForTimeout(2000);
  const rest = await traces(page), told = await page.evaluate(() => document.getElementById('told').textContent === document.getElementById('keep').dataset.wiped);
  expect('one button wipes all, the language and what plugins remember too', before === 'lang,progress' && left.join() === '0,0,0' && !session, [before, left, session]);
  expect('also while something is fetched', rest.join() === '0,0,0' && told, [rest, told]);
  return page;
});

drill('a way out', async () => {
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
  const left = await traces(only);
  if (left.join() !== '0,0,0') faults.push(`a sensitive page leaves ${left}`);
  tell('three times Escape or the button leave a sensitive page, and no trace of it', faults);
  await fresh.close();
  return page;
});

drill('below another folder', async () => {
  line.base = '/guide/';
  const page = await phone();
  await kept(page, ['tg/*']);
  cut();
  tell('the same below another folder of the server', await differing(page, firstPages, [...firstPages.keys()].filter((name) => name.startsWith('tg/'))));
  return page;
});
