/* Films: the list by language, a film's page that loads nothing from elsewhere. */
export default async (t) => {
  for (const path of ['ru/videos/', 'tg/videos/', 'tg/videos/example-migration-card/', 'ru/videos/i-can-say-no/']) await t.sound(path);

  const page = await t.open('ru/videos/');
  const shown = () => page.$$eval('.tiles > li', (all) => all.filter((one) => one.offsetParent).map((one) => one.querySelector('b').innerText));
  const all = await shown();
  t.expect('all are there at first', all.length === 4, all);
  await page.getByLabel('Звук').selectOption({ label: 'таджикский' });
  t.expect('those that speak one language', (await shown()).length === 1, await shown());
  t.expect('how many is told', await page.locator('.choose [role=status]').innerText() === 'Показано: 1 из 4');
  await page.getByLabel('Звук').selectOption('');
  t.expect('all again', (await shown()).length === 4, await shown());
  t.tell('nothing is asked of elsewhere', page.noise);
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');
  await t.close(page);

  const plain = await t.open('tg/videos/', { scripts: false });
  t.expect('the whole list without scripts, no choices', (await plain.$$eval('.tiles > li', (rows) => rows.length)) === 4 && !(await plain.locator('.choose').isVisible()));
  await plain.goto(`${t.origin}tg/videos/example-migration-card/`);
  t.expect('its facts', /Овоз\s+тоҷикӣ\s+Зернавис\s+русӣ\s+Давомнокӣ\s+1/.test(await plain.locator('.facts').innerText()), await plain.locator('.facts').innerText());
  await plain.locator('.facts a').click();
  t.expect('its words', new URL(plain.url()).hash === '#transcript' && await plain.locator('#transcript').isVisible());
  await plain.emulateMedia({ media: 'print' });
  t.expect('no poster on paper', !(await plain.locator('.film').isVisible()));
  await t.close(plain);
};
