/* Drawings with their tables: what is drawn is told, and fits a small phone in both lights. */
export default async (t) => {
  for (const path of ['ru/statistics/population/', 'tg/statistics/left-by-country/', 'ru/statistics/example-pyramid/', 'tg/statistics/migrants-by-sex/'])
    await t.sound(path);

  const page = await t.open('ru/statistics/population-by-province/', { width: 320 });
  const out = await page.$$eval('figure svg text', (all) => all.filter((one) => {
    const box = one.getBoundingClientRect(), frame = one.ownerSVGElement.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
  }).map((one) => one.textContent));
  t.tell('no words of a drawing are cut off', out);
  const small = await page.$$eval('figure svg text', (all) => all.filter((one) => one.getBoundingClientRect().height < 11).map((one) => one.textContent));
  t.tell('its words can be read', small);
  t.expect('the table has each number of the drawing', await page.$$eval('main td.right', (all) => all.length) === 15);
  await t.close(page);
};
