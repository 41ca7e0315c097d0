/* The calendar: what has ended goes by the phone's own clock, to the minute. */
export default async (t) => {
  for (const path of ['tg/events/', 'ru/events/']) await t.sound(path);
  const shown = async (now, more = {}) => {
    const page = await t.open('ru/events/', { now, ...more });
    const rows = await page.$$eval('tbody tr', (all) => all.filter((one) => one.offsetParent).map((one) => one.innerText.slice(0, 30)));
    t.tell('nothing is asked of elsewhere', page.noise);
    await t.close(page);
    return rows;
  };
  const all = await shown('2027-01-01T00:00:00Z'), during = await shown('2027-01-16T06:29:00Z'), after = await shown('2027-01-16T06:30:00Z');
  t.expect('an event stands until its end', during.length === all.length && during[0].includes('16.01.2027'), during);
  t.expect('and goes then', after.length === all.length - 1 && !after.some((one) => one.includes('16.01.2027')), after);
  const years = await shown('2030-01-01T00:00:00Z');
  t.expect('days of every year stay', years.length > 0 && years.every((one) => /^\d\d\.\d\d /.test(one)), years);
  const plain = await shown('2030-01-01T00:00:00Z', { scripts: false });
  t.expect('without scripts all stand with their dates', plain.length === all.length, plain);
  const page = await t.open('tg/events/');
  const file = await page.evaluate(() => fetch(document.querySelector('a[href$=".ics"]').href).then((answer) => answer.text()));
  t.expect('a calendar file', file.startsWith('BEGIN:VCALENDAR\r\n') && file.endsWith('END:VCALENDAR\r\n'), file);
  await t.close(page);
};
