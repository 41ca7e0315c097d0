/* Who helps: open or closed by the clock, centres of one kind, the nearest first by the phone's place, which stays there. */
export default async (t) => {
  for (const path of ['tg/centres/', 'ru/centres/destinations/', 'tg/centres/dushanbe/', 'ru/centres/shelter/']) await t.sound(path);

  // Tuesday, 10:30 in Dushanbe; the phone is in Khujand.
  const page = await t.open('ru/centres/', { now: '2027-01-12T05:30:00Z', geolocation: { latitude: 40.28, longitude: 69.62 }, permissions: ['geolocation'] });
  const rows = (filter) => page.$$eval('tbody tr', (all, filter) => all.filter((one) => one.offsetParent && (!filter || one.querySelector(filter))).map((one) => one.innerText.replace(/\s+/g, ' ')), filter);
  const open = await rows('.label');
  const of = (name) => open.find((one) => one.includes(name));
  t.expect('a centre is open on a Tuesday morning, evening courses are not', /мигрантов, Душанбе По расписанию открыто/.test(of('Душанбе')) && /закрыто/.test(of('курсы')), open);
  const before = await rows();
  await page.getByRole('button', { name: 'Сначала ближайшие' }).click();
  await page.waitForSelector('.km');
  const near = await rows();
  t.expect('the nearest come first, with the distance', /≈ 0 км/.test(near[0]) && near.length === before.length, near[0]);
  const km = near.map((one) => Number((one.match(/≈ (\d+) км/) || [0, 1e9])[1]));
  t.expect('the others follow', km.every((one, i) => !i || km[i - 1] <= one), km);
  await page.getByRole('button', { name: 'Сначала ближайшие' }).click();
  t.expect('a second tap changes nothing', (await rows()).join() === near.join());
  await page.getByLabel('Кого показать').selectOption('resource-centre');
  const some = await rows();
  t.expect('one kind alone', some.length > 3 && some.length < near.length && some.every((one) => /ресурсный центр/i.test(one)), some);
  t.tell('nothing is asked of elsewhere', page.noise);
  t.expect('nothing is kept', await page.evaluate(() => !/\d\d\.\d/.test(JSON.stringify(localStorage))));
  await t.close(page);

  const shut = await t.open('tg/centres/khatlon/', { now: '2027-01-12T07:30:00Z' });
  const said = await shut.$$eval('h2 .label', (all) => all.map((one) => one.innerText));
  t.expect('at noon they are closed, on their own page too', said.length > 0 && said.some((one) => one === 'Аз рӯи ҷадвал баста'), said);
  await t.close(shut);

  const far = await t.open('tg/centres/', { permissions: [] });
  await far.getByRole('button', { name: 'Аввал наздиктаринҳо' }).click();
  await far.waitForFunction(() => /Телефон нагуфт/.test(document.querySelector('.near [role=status]').textContent));
  t.tell('a phone that does not say where it is', far.noise);
  await t.close(far);

  const plain = await t.open('ru/centres/', { scripts: false });
  t.expect('all centres without scripts, no controls', await plain.$$eval('tbody tr', (all) => all.length) === before.length && !(await plain.locator('.near').isVisible()));
  await t.close(plain);
};
