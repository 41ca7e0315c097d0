/* updating.mjs - drills: editions one after another, also with another worker; a line that is cut while storing and while updating; a search that is older. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, build, cut, differing, drill, edit, everything, expect, first, firstPages, keep, kept, line, lose, markdown, mend, pagesOf, phone, random, say, settle, source,
  tamper, tell, update } from './ground.mjs';

const changedIn = (pages, folder) => [...pages.keys()].filter((name) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== pages.get(name));

// --- editions

/** The next edition with a worker's script that says N and keeps in the way of VERSION. n 0: the script as it is. */
function editionWith(n, version) {
  const own = join(source, 'layouts/sw.js');
  mkdirSync(join(source, 'layouts'), { recursive: true });
  const text = readFileSync('layouts/sw.js', 'utf8').replace('const version = 1;', `const version = ${version};`);
  if (n) writeFileSync(own, `${text}\nself.edition = ${n};\n`);
  else rmSync(own, { force: true });
  const folder = build(), root = join(folder, 'offline/root.json');
  writeFileSync(root, readFileSync(root, 'utf8').replace(/"v":1/, `"v":${version}`));
  return folder;
}

/** A visit, after which the browser has looked for another worker. */
async function visit(page) {
  await page.goto(address('ru/index.html'));
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then(async (registration) => {
    await registration.update();
    for (let i = 0; i < 100 && (registration.installing || registration.waiting); i++) await new Promise((done) => setTimeout(done, 50));
  }));
  await settle(page);
}

drill('ten editions', async () => {
  const page = await phone();
  await kept(page, everything);
  const faults = [], costs = [];
  // In some of them the worker's script is another, in two it keeps in another way than the one before.
  const workers = [[0, 1], [0, 1], [1, 1], [1, 1], [2, 2], [2, 2], [3, 2], [0, 1], [0, 1], [4, 1]];
  let before = workers[0];
  for (let i = 0; i < 10; i++) {
    edit(i ? Math.ceil(markdown.length / 10) : 1);
    const folder = editionWith(...workers[i]), { pages } = pagesOf(folder), changed = changedIn(pages, line.folder), old = pagesOf(line.folder).pages;
    const [n, version] = workers[i], same = version === before[1];
    line.folder = folder;
    mend();
    if (!same) {
      // The root may be there before the worker that reads it.
      line.changed = { 'sw.js': readFileSync(join(source, '..', 'worker-before')) };
      const answer = await update(page);
      cut();
      const wrong = await differing(page, old);
      if (answer.ok || wrong.length) faults.push(`edition ${i}, an old worker and a new root: ${JSON.stringify(answer)}, ${wrong.length} pages are not as they were`);
      mend();
      line.changed = {};
    }
    writeFileSync(join(source, '..', 'worker-before'), readFileSync(join(folder, 'sw.js')));
    if (n !== before[0]) await visit(page);
    mend();
    const answer = await update(page);
    costs.push(`${changed.length} pages: ${line.bytes} bytes in ${line.requests.length} requests, ${line.requests.filter((path) => /\.pack$/.test(path)).length} packs, worker ${n}, version ${version}`);
    if (!answer.ok) faults.push(`edition ${i}: ${JSON.stringify(answer)}`);
    if (same && n === before[0] && line.bytes > 6000 + changed.length * 9000) faults.push(`edition ${i}: ${line.bytes} bytes for ${changed.length} pages`);
    cut();
    for (const name of await differing(page, pages)) faults.push(`edition ${i}: ${name}`);
    before = workers[i];
  }
  for (const cost of costs) console.log(`# ${cost}`);
  tell('each of ten editions is shown whole, and only as it is, whichever worker came with it', faults);
  return page;
});

drill('a new worker and an old root', async () => {
  const page = await phone(), faults = [];
  await kept(page, everything);
  const second = editionWith(5, 2), { pages } = pagesOf(second);
  line.changed = { 'sw.js': readFileSync(join(second, 'sw.js')) };
  await visit(page);
  await update(page);
  cut();
  for (const name of await differing(page, firstPages, undefined, true)) faults.push(`without a line: ${name}`);
  mend();
  for (const name of await differing(page, firstPages)) faults.push(`with a line: ${name}`);
  line.changed = {};
  line.folder = second;
  const answer = await update(page);
  cut();
  tell('a worker that comes before its edition mixes nothing, and ends on it', faults.concat(answer.ok ? await differing(page, pages) : JSON.stringify(answer)));
  editionWith(0, 1);
  return page;
});

/** Asks PAGE for each of NAMES again and again, without a line, while one update comes after another, which has one. Returns [texts by address, answers]. */
const readWhile = (page, names, rounds) => page.evaluate(async ([urls, n]) => {
  const { active } = await navigator.serviceWorker.ready, texts = {};
  let left = n;
  const update = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => ('ok' in data || 'error' in data) && done(data);
    active.postMessage({ ask: 'update' }, [channel.port2]);
  });
  const updates = (async () => {
    const answers = [];
    for (; left > 0; left--) answers.push(await update());
    return answers;
  })();
  const read = async (url) => {
    for (texts[url] = []; left > 0;) {
      const text = await fetch(`${url}?reader`).then((response) => response.text(), () => null);
      if (!texts[url].includes(text)) texts[url].push(text);
    }
  };
  await Promise.all(urls.map(read));
  return [texts, await updates];
}, [names.map((name) => address(name)), rounds]);

drill('reading while an update ends', async () => {
  const page = await phone(), faults = [], some = ['index.html', 'tg/index.html', 'tg/404.html', 'tg/faq/index.html', 'tg/faq/patent/index.html', 'ru/offline/index.html', 'ru/lists/index.html'];
  await kept(page, everything);
  let old = firstPages;
  for (let i = 0; i < 3; i++) {
    // First nothing is new; then every page is.
    if (i) edit(markdown.length);
    if (i) line.folder = build();
    const { pages } = pagesOf(line.folder);
    line.refused = /\?reader$/;
    const [texts, answers] = await readWhile(page, some, i ? 3 : 40);
    line.refused = null;
    for (const one of answers) if (!one.ok) faults.push(`edition ${i}: ${JSON.stringify(one)}`);
    for (const name of some) for (const text of texts[address(name)]) if (text !== old.get(name) && text !== pages.get(name)) faults.push(`edition ${i}: ${name}: ${text && text.length}`);
    if (i && some.every((name) => !texts[address(name)].includes(old.get(name)))) faults.push(`edition ${i}: nothing was read before it`);
    old = pages;
  }
  tell('who reads while an update ends has a page of one edition or of the other, also without a line', faults);
  return page;
});

drill('a search that is older', async () => {
  const page = await phone(), faults = [], word = 'Янгиқишлоқград';
  await kept(page, everything);
  writeFileSync(join(source, 'content/faq/new-town.ru.md'), `---\ntitle: ${word}\n---\n\nText.\n`);
  line.folder = build();
  const { pages } = pagesOf(line.folder);
  mend();
  await update(page);
  const finds = async (asked = word, name = 'new-town') => {
    await page.goto(address(`ru/search/index.html?q=${encodeURIComponent(asked)}`));
    return page.waitForSelector(`#hits a[href*="${name}"]`, { timeout: 3000 }).then(() => true, () => false);
  };
  if (line.requests.some((path) => path.startsWith('/search/'))) faults.push('every edition fetches the index');
  if (!await finds()) faults.push('with a line, what is new is not found');
  await page.waitForFunction(() => !document.getElementById('kept').hidden);
  const said = await page.textContent('#kept'), start = await page.evaluate(() => document.forms.search.dataset.older.split('{')[0]);
  if (!said.startsWith(start)) faults.push(`it does not say that the search is older: ${said}`);
  cut();
  faults.push(...await differing(page, pages));
  mend();
  await tamper(page, 'state', 'it.searched -= 4 * 864e5');
  await update(page);
  cut();
  if (!await finds()) faults.push('four days later it is not there without a line');
  await page.waitForTimeout(300);
  if ((await page.textContent('#kept')).startsWith(start)) faults.push('it says that it is older, and is not');
  // A clock that was two years ahead must not keep the old index for two years.
  mend();
  await tamper(page, 'state', 'it.older = {date: "2026-01-01"}; it.searched += 730 * 864e5');
  await update(page);
  if ((await say(page, { ask: 'state' })).older) faults.push('after a clock that was ahead the index stays old');
  // Files of it that say the same are not fetched again, though the folder has another name.
  const patent = join(source, 'content/faq/patent.ru.md'), text = readFileSync(patent, 'utf8');
  writeFileSync(patent, `${text}\n\nШахрикухна.\n`);
  line.folder = build();
  mend();
  await tamper(page, 'state', 'it.searched -= 4 * 864e5');
  await update(page);
  const fetched = line.requests.filter((path) => path.startsWith('/search/'));
  if (!fetched.length || fetched.length > 12 || line.requests.some((path) => /\.pack$/.test(path))) faults.push(`for one new word: ${line.requests.length} requests, ${line.bytes} bytes: ${fetched}`);
  cut();
  if (!await finds('Шахрикухна', 'patent')) faults.push('the new word is not found without a line');
  writeFileSync(patent, text);
  tell('the index is fetched every third day at most, only what of it is new, and the page says when it is older than the pages', faults);
  rmSync(join(source, 'content/faq/new-town.ru.md'));
  return page;
});

// --- cuts

drill('the line is cut while storing', async () => {
  const page = await phone(), faults = [];
  let cuts = 0, answer = {};
  for (; cuts < 20; cuts++) {
    mend();
    line.left = 2000 + random(60_000);
    answer = await keep(page, everything);
    if (answer.ok) {
      mend();
      await lose(page);
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
  const page = await phone(), faults = [];
  let old = firstPages, pages, changed;
  await kept(page, everything);
  for (let i = 0; i < 20; i++) {
    if (i % 5 === 0) {
      edit(8);
      const folder = build();
      pages = pagesOf(folder).pages;
      changed = changedIn(pages, line.folder);
      line.folder = folder;
    }
    mend();
    line.left = random(25_000);
    const answer = await update(page);
    cut();
    if (answer.ok) old = pages;
    // What has changed, and some of the rest; at the end all.
    const wrong = await differing(page, old, [...old.keys()].filter((name) => changed.includes(name) || random(8) === 0));
    if (wrong.length) faults.push(`cut ${i}, ${JSON.stringify(answer)}: ${wrong.length} pages of another edition, first ${wrong[0]}`);
  }
  mend();
  const answer = await update(page);
  cut();
  tell('twenty cuts while updating: always one edition, whole', faults);
  tell('and the last one in the end', answer.ok ? await differing(page, pages) : [JSON.stringify(answer)]);
  return page;
});
