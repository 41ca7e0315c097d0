#!/usr/bin/env node
/* preview.mjs - the preview of an editor in a real browser: the bar at 360 px, a save that shows by itself where the reader is, errors over the page, its own pages. Prints TAP.

     preview.mjs ROHNAMO [SHOTS]

   The site is a folder of its own, in the languages of the starter. Needs chromium and build/node. */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { drop, folder, leave, put, serve, tell } from '../preview/ground.mjs';
import { launch } from './host.mjs';

const require = createRequire(resolve('build/node/package.json'));
const [program, shots] = process.argv.slice(2);
const body = (word) => `${word}\n\n${'Long lines that make the page so long that a reader is in the middle of it.\n\n'.repeat(80)}The end.\n`;
const page = (title, text, more = '') => `---\ntitle: ${title}\n${more}---\n\n${text}`;
const settings = 'title: Test\nlanguages: [tg, ru]\noffline: {core: [faq]}\nsearch: true\n';
const dir = folder({
  'content/site.yaml': settings,
  'content/faq/_index.tg.md': page('Саволҳо', 'Ҳама.\n'),
  'content/faq/one.tg.md': page('Патент', body('Матни аввал.'), 'draft: true\nreviewed: 2020-01-01\n'),
  'content/faq/one.ru.md': page('Патент', body('Первый текст.')),
});
const server = await serve(program, dir, ['--editor', 'vscode://file/{file}:{line}:{col}']);
const browser = await launch();
const view = await browser.newPage({ viewport: { width: 360, height: 640 } });
const said = [];
view.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
view.on('pageerror', (error) => said.push(String(error)));
const address = `${server.origin}tg/faq/one/`;
const bar = view.locator('#rohnamo-preview .bar');
const shot = async (name) => { if (shots) { mkdirSync(shots, { recursive: true }); await view.screenshot({ path: join(shots, `preview-${name}.png`), caret: 'initial' }); } };
/* What was saved may show once more meanwhile: what was asked of the page that went is asked of the one that came. */
const again = async (ask) => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!/context was destroyed|interrupted by another navigation|ERR_ABORTED|frame was detached/i.test(error)) throw error;
      await view.waitForLoadState();
    }
  }
};
const axe = async () => {
  const before = said.length;
  const { violations } = await again(async () => {
    await view.evaluate(require('fs').readFileSync(require.resolve('axe-core'), 'utf8'));
    return view.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  });
  said.push(...said.splice(before).filter((text) => !/Applying inline style/.test(text)));   // axe reads sheets by styles of its own, which the page's policy stops
  return violations.filter(({ impact }) => /serious|critical/.test(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
};
const wide = () => again(() => view.evaluate(() => document.documentElement.scrollWidth - innerWidth));
const go = (to) => again(() => view.goto(to));

{
  const faults = [];
  await go(address);
  await bar.waitFor();
  const text = await bar.innerText();
  for (const word of ['Пешнамоиш', 'Сиёҳнавис', 'Русский']) if (!text.includes(word)) faults.push(`without '${word}': ${text}`);
  if (await wide() > 0) faults.push('it is wider than a phone');
  const box = await bar.boundingBox();
  if (box.height > 200 || Math.abs(box.y + box.height - 640) > 1 || box.width > 360) faults.push(`it stands at ${JSON.stringify(box)}`);
  await shot('bar');
  await bar.locator('summary').click();
  if (await bar.locator('a.place').getAttribute('href') !== `vscode://file${dir}/content/faq/one.tg.md:6:1`) faults.push(`the file's link: ${await bar.locator('a.place').getAttribute('href')}`);
  await shot('bar-open');
  faults.push(...await axe());
  tell('a page has the bar in its language, with its state, its twin and its file, as wide as a phone', faults);
}
{
  const faults = [];
  await view.evaluate(() => scrollTo(0, 1500));
  const from = await view.evaluate(() => { window.old = true; return scrollY; });
  put(dir, 'content/faq/one.tg.md', page('Патент', body('Матни дуюм.'), 'draft: true\n'));
  await view.waitForFunction(() => !window.old && document.body.innerText.includes('Матни дуюм.')).catch(() => faults.push('it is not shown'));
  await bar.waitFor();
  await view.waitForTimeout(200);
  const to = await again(() => view.evaluate(() => scrollY));
  if (Math.abs(to - from) > 5) faults.push(`the reader was at ${from} and is at ${to}`);
  if (!await again(() => bar.locator('details').evaluate((details) => details.open))) faults.push('the bar that was open is not');
  tell('what is saved shows by itself, where the reader is', faults);
}
{
  const faults = [];
  put(dir, 'content/site.yaml', 'title: [Test\n');
  await view.locator('#rohnamo-preview [role=alert]').waitFor().catch(() => faults.push('nothing is told'));
  const text = await bar.innerText();
  if (!text.includes('content/site.yaml:1:') || !/\n *\^/.test(text)) faults.push(text);
  if (!(await view.innerText('main')).includes('Матни дуюм.')) faults.push('the page is gone');
  if (await wide() > 0) faults.push('it is wider than a phone');
  await shot('fault');
  faults.push(...await axe());
  put(dir, 'content/site.yaml', settings);
  await view.locator('#rohnamo-preview [role=alert]').waitFor({ state: 'detached' }).catch(() => faults.push('it stays when it is mended'));
  tell('an error stands over the page, with file, line and caret, until it is mended', faults);
}
for (const [name, path, wanted] of [['list', '_preview/', 'h1'], ['phone', '_preview/phone?path=/tg/faq/one/', 'iframe'], ['pair', '_preview/pair?path=/tg/faq/one/', 'iframe + iframe'], ['missing', 'tg/nobody/', '#rohnamo-preview .bar']]) {
  const faults = [];
  /* A file that is being written may have been read half: the save after it mends that. */
  for (let left = 4, shown = false; !shown; left--) {
    await go(server.origin + path);
    shown = await view.locator(wanted).waitFor({ timeout: 10000 }).then(() => true, (error) => {
      if (!left) faults.push(`without ${wanted}: ${error.message.slice(0, 300)}`);
      return !left;
    });
  }
  await view.waitForTimeout(300);
  if (name !== 'phone' && await wide() > 0) faults.push('it is wider than a phone');
  for (const frame of view.frames().slice(1)) if (await frame.locator('#rohnamo-preview').count()) faults.push('there is a bar in a frame');
  await shot(name);
  faults.push(...await axe());
  tell(`the preview's own page: ${name}`, faults);
}
{
  const faults = [];
  await go(`${server.origin}tg/faq/one/`);
  await again(() => view.evaluate(async () => { await (await caches.open('rohnamo')).put('/tg/faq/one/', new Response('old')); await navigator.serviceWorker.register('/sw.js'); }));
  await again(() => view.reload());
  await view.waitForFunction(async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length).catch(() => faults.push('a worker or its cache stays'));
  tell('an offline worker that a published site left goes', faults);
}
{
  const faults = [];
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await still.goto(`${server.origin}ru/search/`);
  await still.locator('noscript input').fill('патент').catch(() => faults.push('there is no field'));
  await still.locator('noscript button').click().catch(() => faults.push('there is no button'));
  if (!(await still.innerText('main')).includes('rohnamo build')) faults.push(await still.innerText('main'));
  if (await still.inputValue('#q') !== 'патент') faults.push('the question is forgotten');
  tell('search without a script says what it needs where there is no index', faults);
}
tell('no script complained', said.filter((text) => !/404|500/.test(text)));
await browser.close();
await server.end();
drop(dir);
leave();
