/* The open vacancies by country: choosing among them, and what goes by the phone's clock. */
export default async (t) => {
  for (const path of ['tg/vacancies/by-country/', 'ru/vacancies/by-country/', 'tg/vacancies-sheet/', 'ru/vacancies/example-welder-tyumen/']) await t.sound(path);

  const page = await t.open('ru/vacancies/by-country/', { now: '2026-12-01T08:00:00Z' });
  const shown = () => page.$$eval('.group li', (all) => all.filter((one) => one.offsetParent).map((one) => one.querySelector('b').innerText.replace(/\s+/g, ' ')));
  const all = await shown();
  t.expect('all are there at first', all.length > 8, all);
  await page.locator('.filter summary').click();
  const small = await page.$$eval('.filter select, .filter input:not([type=checkbox]), .filter .tick', (fields) => fields.filter((one) => one.offsetHeight < 48).map((one) => one.outerHTML.slice(0, 80)));
  t.tell('all can be hit by a thumb', small);
  await page.getByLabel('Страна').selectOption({ label: 'Казахстан' });
  const some = await shown();
  t.expect('those of one country', some.length > 0 && some.length < all.length && some.every((one) => /Алмат|Астан/.test(one)), some);
  t.expect('no country without vacancies', (await page.$$eval('.group h2', (heads) => heads.filter((one) => one.offsetParent).length)) === 1);
  await page.getByLabel('с жильём').check();
  t.expect('two wishes at once', (await shown()).join() === 'Пример: строитель в Астане', await shown());
  t.expect('how many are shown is told', /^Показано: 1 из \d+$/.test(await page.locator('[data-words]').innerText()), await page.locator('[data-words]').innerText());
  await page.getByLabel('с жильём').uncheck();
  await page.getByLabel('Страна').selectOption('');
  await page.getByLabel('Валюта зарплаты').selectOption('RUB');
  await page.getByLabel('Зарплата в месяц').fill('90000');
  const paid = await shown();
  t.expect('a month\'s pay in one currency', paid.includes('Пример: сварщик в Тюмени') && !paid.includes('Пример: повар в Казани') && !paid.some((one) => /Худжанд/.test(one)), paid);
  t.tell('nothing is asked of elsewhere', page.noise);
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');
  await t.close(page);

  const late = await t.open('ru/vacancies/by-country/', { now: '2027-11-01T08:00:00Z' });
  const left = await late.$$eval('.group li b', (rows) => rows.map((one) => one.innerText));
  t.expect('what is over by the phone\'s clock is gone', left.length > 0 && !left.some((one) => /Астрахан|сиделка/.test(one)), left);
  await late.goto(`${t.origin}ru/vacancies-sheet/`);
  t.expect('rows of the sheet too', !/Астрахань|сиделка/.test(await late.locator('main').innerText()));
  await t.close(late);

  const plain = await t.open('ru/vacancies/by-country/', { scripts: false });
  t.expect('the whole list without scripts, no choices', (await plain.$$eval('.group li', (rows) => rows.length)) >= all.length && !(await plain.locator('.filter').isVisible()));
  await t.close(plain);
};
