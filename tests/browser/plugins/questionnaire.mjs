/* A paper form that a phone makes live: what is answered becomes one message, which its owner sends; and the counts of what came back. */
export default async (t) => {
  for (const path of ['ru/services/returning-questionnaire/', 'tg/services/returning-questionnaire/', 'ru/statistics/questionnaire-example/']) await t.sound(path);

  const page = await t.open('ru/services/returning-questionnaire/', { permissions: ['clipboard-read', 'clipboard-write'] });
  const message = () => page.innerText('.sending output');
  const tap = (name, value) => page.locator(`label:has(input[name=${name}][value=${value}])`).click();
  t.expect('nothing can be sent before something is answered', await page.isDisabled('[data-do=copy]') && await message() === '', await message());
  await tap('sex', 'm');
  await tap('sex', 'f');
  await page.locator('input[type=number]').first().fill('18');
  await tap('problems', 'wages');
  await tap('problems', 'police');
  t.expect('one of a choice, any of several, a number', await message() === 'returning.1 sex=f months=18 problems=wages+police', await message());
  await tap('problems', 'none');
  t.expect('"none" excludes the others', await message() === 'returning.1 sex=f months=18 problems=none', await message());
  const asked = () => page.isVisible('input[name=helped]');
  t.expect('what follows from an answer is not asked without it', !(await asked()));
  await tap('help', 'centre');
  t.expect('and is asked with it', await asked());
  await page.locator('textarea').first().fill('Берегите  документы = паспорт');
  t.expect('words are one word of the message', (await message()).endsWith(' advice=Берегите_документы_паспорт'), await message());
  await page.click('[data-do=copy]');
  t.expect('the message is copied', await page.evaluate(() => navigator.clipboard.readText()) === await message());
  t.expect('which is said', (await page.innerText('.sending [role=status]')).length > 5);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  t.expect('the message is no wider than the phone', sideways <= 0, sideways);
  await page.click('[data-do=clear]');
  t.expect('all is wiped at a tap', await message() === '', await message());
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');
  t.tell('nothing is asked of elsewhere', page.noise);
  await t.close(page);

  const plain = await t.open('tg/services/returning-questionnaire/', { scripts: false });
  t.expect('without scripts it is the paper form', !(await plain.isVisible('.sending')) && await plain.locator('li input[type=checkbox]').count() > 50);
  await t.close(plain);
};
