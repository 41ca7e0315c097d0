#!/usr/bin/env node
/* pictures.mjs - pictures in a real browser: which file a phone loads, that nothing moves, and that a reader who saves data is asked first. Prints TAP.

     pictures.mjs ROHNAMO

   The pictures are painted in the browser, the site is built by the program ROHNAMO in a folder of its own. Needs chromium and build/node. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launch, serve } from './host.mjs';

const program = process.argv[2] && resolve(process.argv[2]);
if (!program) {
  console.error('usage: pictures.mjs ROHNAMO');
  process.exit(2);
}
const dir = mkdtempSync(join(tmpdir(), 'rohnamo-pictures-'));
const site = join(dir, 'out/site');

let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults) console.log(`#   ${fault}`);
  bad += faults.length;
}

/** Bytes of a photograph-like picture. */
function paint(page, width, height, type) {
  return page.evaluate(([w, h, t]) => {
    const canvas = document.createElement('canvas');
    canvas.width = w; canvas.height = h;
    const pen = canvas.getContext('2d');
    for (let i = 0; i < 400; i++) {
      pen.fillStyle = `hsl(${(i * 47) % 360} 60% ${20 + (i * 13) % 60}%)`;
      pen.beginPath();
      pen.ellipse((i * 7919) % w, (i * 104729) % h, w / 9, h / 7, i, 0, 7);
      pen.fill();
    }
    return canvas.toDataURL(t, 0.9).split(',')[1];
  }, [width, height, type]).then((text) => Buffer.from(text, 'base64'));
}

async function build(page) {
  const text = 'Long words that stand between pictures. '.repeat(60);
  mkdirSync(join(dir, 'content/media'), { recursive: true });
  mkdirSync(join(dir, 'content/faq'), { recursive: true });
  writeFileSync(join(dir, 'content/site.yaml'), 'languages: [en]\nimages: true\n');
  writeFileSync(join(dir, 'content/media/one.jpg'), await paint(page, 2400, 1800, 'image/jpeg'));
  writeFileSync(join(dir, 'content/media/two.png'), await paint(page, 900, 600, 'image/png'));
  writeFileSync(join(dir, 'content/media/three.jpg'), await paint(page, 1600, 900, 'image/jpeg'));
  writeFileSync(join(dir, 'content/media/small.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>');
  writeFileSync(join(dir, 'content/faq/a.en.md'),
    `# Pictures\n\n![First](../media/one.jpg)\n\n${text}\n\n![Second](../media/two.png)\n\n${text.repeat(8)}\n\n![Third](../media/three.jpg)\n\n![Drawing](../media/small.svg)\n\nThe end.\n`);
  execFileSync(program, ['build', '-s', dir, '-d', join(dir, 'out')], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** As a line that is not fast has it: a picture comes after the script, also where a machine at work makes the browser slow. */
const wait = { ms: 400 };
const late = async (path, bytes) => {
  if (/\.(webp|jpg|png)$/.test(path)) await new Promise((done) => setTimeout(done, wait.ms));
  return bytes;
};

const browser = await launch();
const painter = await browser.newPage();
await build(painter);
const server = await serve(site, late);
const address = `${server.origin}en/faq/a/`;

/** The page as a phone opens it. Pictures that arrived: page.came; layout shift: page.shift(). */
async function open(options, before) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, ...options });
  const page = await context.newPage();
  page.came = [];
  page.on('requestfinished', (request) => { if (request.resourceType() === 'image') page.came.push(new URL(request.url()).pathname); });
  if (before) await page.addInitScript(before);
  if (options.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true });
    });
  }
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(900);
  return page;
}

async function scrollDown(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 400) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(1500);
}

const shown = (page) => page.evaluate(() => [...document.querySelectorAll('.text img')].map((img) => ({ alt: img.alt, there: img.complete && img.naturalWidth > 0, file: img.currentSrc })));
const buttons = (page) => page.locator('button.picture');
const frugal = () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

{
  const page = await open({});
  const early = [...page.came], faults = [];
  if (!early.some((path) => /\/one\.[0-9a-f]{8}\.720\.webp$/.test(path))) faults.push(`at 360 px with two dots a pixel came ${early}`);
  if (early.some((path) => path.includes('/three'))) faults.push('the third picture, far below, did not wait');
  await scrollDown(page);
  for (const img of await shown(page)) if (!img.there) faults.push(`${img.alt} is not shown`);
  if (page.came.some((path) => /\.(jpg|png)$/.test(path))) faults.push(`a file for old browsers came: ${page.came}`);
  const shift = await page.evaluate(() => window.shifts);
  if (shift > 0) faults.push(`the layout shifts by ${shift}`);
  if (await buttons(page).count()) faults.push('there are buttons in place of pictures');
  tell('a phone loads what its screen needs, when it is near, and nothing moves', faults);
  await page.context().close();
}
{
  const page = await open({ deviceScaleFactor: 1, viewport: { width: 320, height: 568 } });
  const faults = page.came.some((path) => /\/one\.[0-9a-f]{8}\.360\.webp$/.test(path)) ? [] : [`came: ${page.came}`];
  if (await page.evaluate(() => document.documentElement.scrollWidth > 320)) faults.push('the page scrolls sideways');
  tell('a small screen loads the smallest', faults);
  await page.context().close();
}
{
  const page = await open({ javaScriptEnabled: false });
  await scrollDown(page);
  const names = ['one', 'two', 'three', 'small'], faults = names.filter((name) => !page.came.some((path) => path.includes(`/${name}.`))).map((name) => `${name} did not come`);
  if (await page.locator('.pictures').isVisible()) faults.push('a button that does nothing is shown');
  tell('without JavaScript all pictures show', faults);
  await page.context().close();
}
{
  wait.ms = 5000;
  const page = await open({}, frugal);
  wait.ms = 400;
  await scrollDown(page);
  const faults = [];
  for (const path of page.came) if (!path.endsWith('.svg')) faults.push(`${path} was loaded unasked`);
  const words = await buttons(page).allInnerTexts();
  if (words.length !== 3 || !/^First – Show picture \([0-9]+ KB\)$/.test(words[0])) faults.push(`the buttons say: ${words}`);
  if (await page.evaluate(() => window.shifts) > 0) faults.push(`the layout shifts by ${await page.evaluate(() => window.shifts)}`);
  await page.mouse.wheel(0, -100000);
  await buttons(page).first().click();
  await page.waitForFunction(() => document.querySelector('.text img')?.naturalWidth > 0, null, { timeout: 15000 }).catch(() => {});
  await page.waitForTimeout(400);
  const first = (await shown(page))[0];
  if (!first.there || first.alt !== 'First' || !first.file.endsWith('.webp')) faults.push(`asked for, it shows ${JSON.stringify(first)}`);
  if (await page.evaluate(() => window.shifts) > 0) faults.push(`when it is shown the layout shifts by ${await page.evaluate(() => window.shifts)}`);
  if (await buttons(page).count() !== 2) faults.push('asking for one picture shows others');
  tell('under Save-Data a picture is a button with its size until it is asked for', faults);
  await page.context().close();
}
{
  const page = await open({});
  const faults = [];
  const choice = page.locator('.pictures button');
  await choice.click();
  await page.waitForTimeout(900);
  if (await buttons(page).count() < 2) faults.push('the choice to be asked does nothing');
  await page.reload();
  await page.waitForTimeout(900);
  if (await choice.innerText() !== 'Always show pictures') faults.push(`the choice is forgotten: '${await choice.innerText()}'`);
  await choice.click();
  await page.waitForTimeout(900);
  if (await buttons(page).count()) faults.push('the choice cannot be taken back');
  tell('a reader may choose to be asked, and choose otherwise', faults);
  await page.context().close();
}
await browser.close();
server.close();
rmSync(dir, { recursive: true });
console.log(bad ? `# ${bad} faults` : '# all is well');
process.exit(bad ? 1 : 0);
