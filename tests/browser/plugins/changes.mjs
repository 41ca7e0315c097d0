/* What is new: since the last visit, since a booklet; remembered on the phone alone, there without a line, and wiped with the rest. */
export default async (t) => {
  for (const path of ['ru/changes/', 'tg/changes/']) await t.sound(path);

  const page = await t.open('ru/changes/', { now: '2026-12-01T08:00:00Z' });
  const told = () => page.locator('.since [role=status]').innerText();
  const visible = () => page.$$eval('[data-at]', (rows) => rows.filter((row) => row.offsetParent).length);
  const marked = () => page.$$eval('[data-at]', (rows) => rows.filter((row) => row.querySelector('.label')).length);
  const memory = () => page.evaluate(() => JSON.parse(localStorage.changes));
  const times = await page.$$eval('[data-at]', (rows) => rows.map((row) => +row.dataset.at));
  t.expect('the newest first', times.length > 100 && times.every((at, i) => !i || at <= times[i - 1]), times.slice(0, 5));
  t.expect('the first visit says so and marks nothing', /впервые/.test(await told()) && await marked() === 0, await told());
  t.expect('the visit is remembered', (await memory()).day === '2026-12-01' && (await memory()).at === times[0], await memory());

  // Another visit, before which some pages changed; all of them, where one commit changed all that are listed.
  const at = times.find((one) => one < times[0]) ?? times[0] - 1, news = times.filter((one) => one > at).length;
  await page.evaluate((then) => { localStorage.changes = JSON.stringify({ day: '2026-11-12', at: then }); }, at);
  for (const again of ['', ' again on that day']) {
    await page.reload();
    t.expect(`what is new since the last visit is counted and marked${again}`,
      (await told()).replace(/\s/g, ' ') === `С вашего прошлого посещения (12.11.2026) новых и изменённых страниц: ${news === times.length ? 'больше ' : ''}${news}` && await marked() === news && await visible() === times.length, await told());
  }
  await page.clock.setFixedTime(new Date('2026-12-05T08:00:00Z'));
  await page.reload();
  t.expect('the next day nothing is new', /^С 01\.12\.2026 ничего не изменилось/.test((await told()).replace(/\s/g, ' ')) && await marked() === 0, await told());

  // A booklet's edition.
  const field = page.getByLabel('Дата брошюры');
  // Where even the last of the list is newer, there may be more.
  await field.fill('2026-11-22');
  const since = times.filter((one) => one >= Date.UTC(2026, 10, 22) / 1000).length, all = since === times.length;
  t.expect('what changed since a booklet', await visible() === since && (await told()).endsWith(all ? `: больше ${since}` : `: ${since}`) && /22\.11\.2026/.test(await told()), [since, await visible(), await told()]);
  await field.fill('2030-01-01');
  t.expect('nothing since then', await visible() === 0 && await page.locator('main h2:visible').count() === 0 && /01\.01\.2030 ничего/.test((await told()).replace(/\s/g, ' ')), await told());
  await field.fill('');
  t.expect('all again', await visible() === times.length);
  t.tell('nothing is asked of elsewhere', page.noise);

  // Kept, read without a line, wiped.
  await page.goto(`${t.origin}ru/offline/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))));
  await page.check('#keep input[value="ru/*"]');
  await page.click('#keep [type=submit]');
  await page.waitForFunction(() => /^Сохранено/.test(document.getElementById('told').innerText), null, { timeout: 60000 });
  await page.context().setOffline(true);
  await page.goto(`${t.origin}ru/changes/`);
  t.expect('it is there without a line', await visible() === times.length && /01\.12\.2026/.test(await told()), await told());
  await page.context().setOffline(false);
  await page.goto(`${t.origin}ru/offline/`);
  t.expect('the page of what is kept leads to it', await page.locator('main a', { hasText: 'Что изменилось' }).count() === 1);
  await page.click('#keep [type=button]');
  await page.waitForFunction(() => /^Всё стёрто/.test(document.getElementById('told').innerText), null, { timeout: 60000 });
  t.expect('wiping forgets the visit', await page.evaluate(() => localStorage.changes === undefined));
  await t.close(page);

  const other = await t.open('ru/faq/patent/');
  t.expect('no other page remembers a visit', await other.evaluate(() => localStorage.changes === undefined));
  await t.close(other);

  const plain = await t.open('tg/changes/', { scripts: false });
  t.expect('the whole list with its days without scripts, nothing to fill in', await plain.locator('[data-at]:visible').count() > 100 && await plain.locator('main h3:visible').count() === new Set(times.map((at) => Math.floor(at / 86400))).size
    && !(await plain.locator('.since').isVisible()));
  const secret = await plain.$$eval('[data-at] a', (links) => links.map((one) => one.pathname).filter((path) => /i-can-say-no|lists\/trafficking/.test(path)));
  t.tell('sensitive pages are not told of', secret);
  await t.close(plain);
};
