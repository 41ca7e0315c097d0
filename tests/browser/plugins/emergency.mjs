/* Whom to call; the card and the lock screen, which are filled in on the phone and leave it never. */
export default async (t) => {
  for (const path of ['tg/emergency/', 'ru/emergency/card/', 'tg/emergency/phrases/']) await t.sound(path);

  const front = await t.open('ru/emergency/');
  const heads = () => front.$$eval('main h2', (all) => all.filter((one) => one.offsetParent).map((one) => one.innerText));
  const all = await heads();
  await front.getByLabel('Страна').selectOption('tr');
  const one = await heads(), calls = await front.$$eval('main li > a[href^="tel:"]', (all) => all.filter((one) => one.offsetParent).map((one) => [one.innerText, one.offsetHeight]));
  t.expect('one country alone, and what holds for all', one.includes('Турция') && !one.includes('Россия') && one.includes('Как звонить'), one);
  t.expect('its number, as large as a thumb', calls.length === 1 && calls[0][0] === '112' && calls[0][1] >= 44, calls);
  await front.getByLabel('Страна').selectOption('');
  t.expect('and all of them again', (await heads()).join() === all.join());
  await t.close(front);

  const page = await t.open('ru/emergency/card/');
  await page.locator('.fill summary').click();
  await page.getByLabel('Мой родственник', { exact: true }).first().fill('+992 00 000');
  await page.getByLabel('Мой родственник', { exact: true }).last().fill('<b>Брат</b>');
  await page.getByLabel(/^Меня зовут/).fill('Али');
  t.expect('what is written stands in the card', (await page.locator('tr[data-line]').allInnerTexts()).some((text) => text.includes('Али')));
  await page.locator('.go[href="#lock"]').click();
  const lock = page.locator('.lock');
  const box = await lock.boundingBox();
  t.expect('the lock screen fills the phone', box.x === 0 && box.y === 0 && box.width === 360 && box.height === 640, box);
  t.expect('with what was written, as text', (await lock.innerText()).includes('<b>Брат</b>'), await lock.innerText());
  t.expect('nothing of it is cut off', await lock.evaluate((one) => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth));
  await lock.click();
  t.expect('a tap closes it', !(await lock.isVisible()));
  t.tell('nothing is sent', page.noise);
  await page.reload();
  t.expect('nothing is kept', !(await page.content()).includes('Али<') && await page.evaluate(() => !/Али|992/.test(JSON.stringify(localStorage) + JSON.stringify(sessionStorage))));
  await page.emulateMedia({ media: 'print' });
  const wide = await page.$$eval('main table', (all) => all.slice(0, 2).map((one) => Math.round(one.getBoundingClientRect().width / 96 * 25.4)));
  t.expect('on paper it is as wide as a bank card', wide.every((one) => one === 86), wide);
  await t.close(page);

  const plain = await t.open('tg/emergency/card/', { scripts: false });
  await plain.locator('.go[href="#lock"]').click();
  t.expect('the lock screen without scripts', await plain.locator('.lock').isVisible());
  await t.close(plain);
};
