/* The way from the first question to whom to turn to: on one page with the script, on pages without it. */
export default async (t) => {
  for (const path of ['ru/referral/', 'tg/referral/', 'ru/referral/abroad-papers/', 'tg/referral/help/lost-passport/', 'ru/referral/help/danger-tajikistan/'])
    await t.sound(path);

  const page = await t.open('ru/referral/');
  const words = (text) => text.replace(/\s+/g, ' ');
  const asked = () => page.$$eval('.answers h2', (all) => all.filter((one) => one.offsetParent).map((one) => one.innerText));
  const go = async (words) => {
    await page.getByRole('link', { name: words, exact: true }).first().click();
    await page.waitForTimeout(200);
  };
  t.expect('one question at first', (await asked()).join() === 'Кто вы?', await asked());
  await go('Сейчас я за границей');
  await go('Документы');
  t.expect('the next questions come on the same page',
    (await asked()).join() === 'Что с документами?' && new URL(page.url()).pathname === '/ru/referral/', [page.url(), await asked()]);
  t.expect('the question has the focus', await page.evaluate(() => document.activeElement.innerText) === 'Что с документами?');
  const said = await page.$$eval('.trail li', (all) => all.map((one) => one.innerText));
  t.expect('what was answered stands above', words(said.join()) === 'Сейчас я за границей,Документы', said);
  const small = await page.$$eval('.trail a, .answers a', (all) => all.filter((one) => one.offsetParent && one.offsetHeight < 44).map((one) => one.innerText));
  t.tell('all can be hit by a thumb', small);
  await page.goBack();
  t.expect('back is the question before', (await asked()).join() === 'Что случилось?', await asked());
  await page.locator('.trail a').first().click();
  await page.waitForTimeout(200);
  t.expect('an answer above leads back to its question', (await asked()).join() === 'Кто вы?', await asked());
  await go('Сейчас я за границей');
  await go('Документы');
  await go('Паспорт потерян или украден');
  t.expect('the end is a page of its own', new URL(page.url()).pathname.startsWith('/ru/referral/help/lost-passport/'), page.url());
  t.tell('nothing is asked of elsewhere', page.noise);
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');

  await page.goto(`${t.origin}ru/referral/`);
  await go('Мне или другому сейчас грозит опасность');
  t.expect('a sensitive question stands alone, with the quick exit',
    new URL(page.url()).pathname.startsWith('/ru/referral/danger/') && await page.locator('.exit').isVisible(), page.url());
  await t.close(page);

  const plain = await t.open('tg/referral/', { scripts: false });
  await plain.locator('.answers a').nth(1).click();
  await plain.locator('.answers a').first().click();
  await plain.locator('.answers a').first().click();
  t.expect('pages lead to the same end without the script', plain.url().includes('tg/referral/help/lost-passport/'), plain.url());
  await t.close(plain);
};
