/* A contract clause by clause: its blanks are filled on the phone, in both languages, and its points are ticked; nothing is kept or sent. */
export default async (t) => {
  for (const path of ['ru/contracts/labour-contract-clauses/', 'tg/contracts/housing-lease-clauses/']) await t.sound(path);

  const page = await t.open('ru/contracts/labour-contract-clauses/');
  const cell = (clause, n) => page.$eval(`tr[data-clause="${clause}"] td:nth-child(${n})`, (one) => one.innerText);
  await page.click('.fill summary');
  await page.fill('[data-field=job]', '  каменщик <b>');
  await page.fill('[data-field=start]', '2027-03-01');
  t.expect('a blank is filled in this language', (await cell('job', 1)).includes('каменщик <b>.'), await cell('job', 1));
  t.expect('and in the other', (await cell('job', 2)).includes('вазифаи каменщик <b> қабул'), await cell('job', 2));
  t.expect('what is empty stays a line', (await cell('job', 1)).includes('____'), await cell('job', 1));
  t.expect('a date is written as people write it', (await cell('term', 1)).includes('01.03.2027'), await cell('term', 1));
  await page.locator('.check label').first().click();
  t.expect('a point is ticked', await page.locator('.check input').first().isChecked());
  await page.emulateMedia({ media: 'print' });
  t.expect('on paper the form is not there, nor are the notes of a filled contract',
    !(await page.isVisible('.fill')) && !(await page.isVisible('tr[data-clause=job] td:last-child')));
  t.expect('the words are', (await cell('job', 1)).includes('каменщик'));
  await page.emulateMedia({ media: 'screen' });
  await page.click('[data-do=clear]');
  t.expect('all is wiped at a tap', !(await cell('job', 1)).includes('каменщик'), await cell('job', 1));
  t.expect('nothing is kept', await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()) === '');
  t.tell('nothing is asked of elsewhere', page.noise);
  await t.close(page);

  const plain = await t.open('tg/contracts/labour-contract-clauses/', { scripts: false });
  t.expect('without scripts there is no form, and the lines are there',
    !(await plain.isVisible('.fill')) && (await plain.innerText('tr[data-clause=job]')).includes('________'));
  await t.close(plain);
};
