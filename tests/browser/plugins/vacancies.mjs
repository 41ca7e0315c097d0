/* The open vacancies by country. */
export default async (t) => {
  for (const lang of ['tg', 'ru']) await t.sound(`${lang}/vacancies/by-country/`);
};
