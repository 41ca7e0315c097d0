/* What a patent costs: the table to fill in, its total, and the same table on paper and without scripts. */
export default async (t) => {
  for (const lang of ['tg', 'ru']) await t.sound(`${lang}/calculator/`);

  const page = await t.open('ru/calculator/');
  const total = async () => (await page.locator('.total').innerText()).replace(/\s+/g, ' ');
  const sums = page.locator('td input');
  const small = await page.$$eval('td input, .calc select, .calc input', (all) => all.filter((one) => one.offsetHeight < 48).map((one) => one.outerHTML.slice(0, 80)));
  t.tell('all can be hit by a thumb', small);
  const missing = Number((await total()).match(/не вписано сумм: (\d+)/)?.[1] ?? 0);
  await page.getByLabel('Ежемесячный авансовый').fill('5000');
  await page.getByLabel('Сколько месяцев').fill('6');
  t.expect('a monthly payment counts each month', (await total()).startsWith('Всего: 30 000 руб., месяцев: 6.'), await total());
  await page.getByLabel('Медицинский осмотр').fill('4000');
  await page.getByLabel('страховка').fill('3000');
  t.expect('what is paid once, or each year, counts once', (await total()).startsWith('Всего: 37 000 руб.'), await total());
  t.expect('what is not known is told', (await total()).includes(`не вписано сумм: ${missing - 3}.`), [missing, await total()]);
  await page.getByLabel('Еда, телефон').fill('100');
  t.expect('what is not for everybody is no gap', (await total()).startsWith('Всего: 37 600 руб.') && (await total()).includes(`сумм: ${missing - 3}.`), await total());
  await page.getByLabel('Сколько месяцев').fill('99');
  t.expect('no patent has more months than can be', (await total()).includes('месяцев: 12.'), await total());
  t.tell('nothing is asked of elsewhere', page.noise);
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');
  const rows = await sums.count();
  await t.close(page);

  const plain = await t.open('tg/calculator/', { scripts: false });
  t.expect('the whole table without scripts, no fields', rows > 10 && (await plain.locator('tr[data-when]').count()) === rows && !(await plain.locator('.calc').isVisible()) && !(await plain.locator('.total').isVisible()));
  await t.close(plain);
};
