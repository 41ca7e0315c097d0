/* Laws in time: the day that is asked for, words that were added and removed without colour and without sight, what rests on an article. */
export default async (t) => {
  const changes = 'legislation/changes/example-guest-house-2026-06-01/', texts = 'legislation/versions/example-guest-house/';
  for (const path of [`ru/${changes}`, `tg/${changes}`, `ru/${texts}`, `tg/${texts}2024-03-01/`, 'ru/legislation/changes/', 'ru/legislation/versions/', 'tg/legislation/versions/ru-115-fz-cited/', 'ru/legislation/ru-115-fz/'])
    await t.sound(path);

  const page = await t.open(`ru/${texts}`);
  const field = page.locator('.asof input'), said = page.locator('.asof p');
  const box = await field.boundingBox();
  t.expect('the field can be hit by a thumb', box.height >= 44, box);
  await field.fill('2025-03-08');
  t.expect('the text of that day', /^В этот день действовал текст с.01\.01\.2025 по.31\.05\.2026$/.test(await said.innerText()), await said.innerText());
  t.expect('its row is marked', await page.locator('tr[aria-current]').getAttribute('data-from') === '2025-01-01');
  await field.fill('2024-02-29');
  t.expect('before the first text', /ещё не действовал/.test(await said.innerText()) && !(await page.locator('tr[aria-current]').count()), await said.innerText());
  await field.fill('2030-01-01');
  await said.locator('a').click();
  t.expect('a day to come: the text in force', /ru\/legislation\/example-guest-house\/(index\.html)?$/.test(page.url()), page.url());
  t.tell('nothing is asked of elsewhere', page.noise);
  await t.close(page);

  const plain = await t.open(`ru/${texts}`, { scripts: false });
  t.expect('without scripts the list says the days', !(await plain.locator('.asof').isVisible()) && /с.01\.03\.2024 по.31\.12\.2024/.test(await plain.locator('table').innerText()));
  await t.close(plain);

  const change = await t.open(`ru/${changes}`, { scripts: false });
  const heard = await change.$$eval('h2[id="2"] ~ p del, h2[id="2"] ~ p ins', (all) => all.slice(0, 2).map((one) => `${getComputedStyle(one, '::before').content.replace(/"/g, '')}${one.textContent}`));
  t.expect('who listens hears what it is', heard.join().replace(/\s/g, ' ') === 'Удалено: 7 до 22,Добавлено: 6 до 23', heard);
  await change.emulateMedia({ media: 'print' });
  const look = await change.$$eval('.text p del, .text p ins', (all) => all.map((one) => one.tagName + getComputedStyle(one).textDecorationLine + getComputedStyle(one).backgroundColor));
  t.expect('in one colour: struck and underlined', look.length > 5 && look.every((one) => /^(DELline-through|INSunderline)rgba\(0, 0, 0, 0\)$/.test(one)), look);
  await t.close(change);

  /* Many rest on this one: its page leads to their list. */
  const law = await t.open('ru/legislation/ru-115-fz/', { scripts: false });
  await law.locator('.rests p a').click();
  const rests = await law.$$eval('.text li a', (all) => all.map((one) => one.getAttribute('href')));
  t.expect('what rests on it', rests.some((one) => one.includes('faq/patent')), rests);
  await law.goto(new URL('../../un-migrant-workers/', law.url()).href);
  await law.locator('.rests h3 a').first().click();
  t.expect('an article has its anchor', await law.evaluate(() => !!document.getElementById(decodeURIComponent(location.hash.slice(1)))), law.url());
  await t.close(law);
};
