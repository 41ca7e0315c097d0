/* Words with their anchors, and the boxes that explain them. */
export default async (t) => {
  for (const path of ['tg/glossary/', 'ru/glossary/a-z/', 'tg/glossary/papers/', 'ru/legislation/ru-115-fz/']) await t.sound(path);

  const page = await t.open('ru/glossary/a-z/', { scripts: false });
  await page.locator('main li a', { hasText: /^виза$/ }).click();
  const top = await page.evaluate(() => document.querySelector(location.hash).getBoundingClientRect().top);
  t.expect('a word leads to its place', page.url().endsWith('#visa') && top > -2 && top < 640, [page.url(), top]);
  await t.close(page);
};
