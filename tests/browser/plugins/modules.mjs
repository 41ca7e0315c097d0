/* A lesson's quiz: answers explain themselves, what is passed stays on the phone and ticks the certificate; without scripts they open. */
export default async (t) => {
  for (const path of ['ru/modules/before-leaving/', 'tg/modules/manual/', 'tg/modules/certificate/']) await t.sound(path);

  const page = await t.open('ru/modules/before-leaving/');
  const rows = page.locator('.text > ol').last().locator('> li');
  t.expect('five questions', await rows.count() === 5, await rows.count());
  await rows.first().locator('button').first().click();
  t.expect('a wrong answer is explained', (await rows.first().innerText()).includes('✗ Если есть запрет'), await rows.first().innerText());
  for (let i = 0; i < 5; i++)
    for (const button of await rows.nth(i).locator('button').all()) await button.click();
  t.expect('the first answers are counted', /^Верных ответов с первого раза: \d \/ 5/.test(await page.locator('.quiz > p').innerText()), await page.locator('.quiz > p').innerText());
  await page.reload();
  const right = await page.$$eval('.quiz ol > li', (all) => all.map((one) => Array.prototype.findIndex.call(one.querySelectorAll('li'), (li) => li.dataset.yes)));
  for (let i = 0; i < 5; i++) await rows.nth(i).locator('button').nth(right[i]).click();
  t.expect('all right: the lesson is passed', (await page.locator('.quiz > p').innerText()).includes('5 / 5. Урок пройден'), await page.locator('.quiz > p').innerText());
  await page.goto(`${t.origin}ru/modules/certificate/`);
  const ticked = await page.$$eval('.text li input', (all) => all.map((one) => one.checked));
  t.expect('the certificate has it', ticked.length === 8 && ticked[0] && ticked.filter(Boolean).length === 1, ticked);
  t.tell('nothing is asked of elsewhere', page.noise);
  await t.close(page);

  const plain = await t.open('tg/modules/before-leaving/', { scripts: false });
  await plain.locator('.quiz summary').click();
  t.expect('without a script the answers open', await plain.locator('.quiz [data-yes]').first().isVisible());
  await t.close(plain);
};
