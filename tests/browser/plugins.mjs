#!/usr/bin/env node
/* plugins.mjs - the pages of plugins, in a real browser. Prints TAP.

     plugins.mjs SITE [NAME...]

   Runs tests/browser/plugins/NAME.mjs (all of them, if none is named) on the folder SITE, a build of the starter. Such a module has one function:

     export default async (t) => {
       await t.sound('ru/vacancies/by-country/');                      // light and dark, 320 px, with and without scripts, on paper
       const page = await t.open('ru/vacancies/', { scripts: true, width: 360 });
       t.tell('what holds', faults);                                   // an empty list: it does
     };

   Needs chromium and build/node (tests/setup/test-deps). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { launch, require, serve } from './host.mjs';

const [folder, ...names] = process.argv.slice(2);
if (!folder) {
  console.error('usage: plugins.mjs SITE [NAME...]');
  process.exit(2);
}
const site = resolve(folder), modules = fileURLToPath(new URL('plugins', import.meta.url));
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const server = await serve(site), browser = await launch();

let bad = 0, plugin = '';
function tell(name, faults = []) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${plugin}: ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${typeof fault === 'string' ? fault : JSON.stringify(fault)}`);
  bad += faults.length;
}

/** PATH of the site on a phone of its own. page.noise: what went wrong on it, and every request to elsewhere. */
async function open(path, { scripts = true, width = 360, dark = false, now = null, ...more } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 640 }, colorScheme: dark ? 'dark' : 'light', ...more });
  const page = await context.newPage();
  if (now) await page.clock.setFixedTime(new Date(now));
  page.noise = [];
  page.on('console', (message) => message.type() === 'error' && page.noise.push(message.text()));
  page.on('pageerror', (error) => page.noise.push(String(error)));
  page.on('request', (request) => /^https?:/.test(request.url()) && !request.url().startsWith(server.origin) && page.noise.push(`asked for ${request.url()}`));
  const answer = await page.goto(server.origin + path);
  if (answer.status() !== 200) page.noise.push(`${path}: ${answer.status()}`);
  return page;
}

const close = (page) => page.context().close();

/** What must hold for any page: nothing wider than the phone, nothing that axe finds, nothing small to tap, words without scripts, words on paper. */
async function sound(path) {
  const faults = [];
  for (const dark of [false, true]) {
    const page = await open(path, { dark, width: 320 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${wide} px wider than a phone of 320 px`);
    await page.evaluate(axe);
    for (const { id, nodes } of (await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))).violations)
      faults.push(`axe: ${id}: ${nodes[0].html.slice(0, 120)}`);
    const small = await page.$$eval('main button, main select, main input:not([type=hidden]):not([disabled]), main summary', (all) => all.filter((one) => {
      const label = one.closest('label'), box = (label || one).getBoundingClientRect();
      return box.width && box.height < 44;
    }).map((one) => one.outerHTML.slice(0, 80)));
    faults.push(...small.map((one) => `too small for a thumb: ${one}`), ...page.noise);
    await close(page);
  }
  const plain = await open(path, { scripts: false });
  const words = () => plain.evaluate(() => document.querySelector('main').innerText.trim().length);
  if (await words() < 40) faults.push('blank without scripts');
  const dead = await plain.$$eval('main button, main [type=submit]', (all) => all.filter((one) => one.offsetParent && !one.closest('form[action]')).map((one) => one.outerHTML.slice(0, 80)));
  faults.push(...dead.map((one) => `does nothing without scripts: ${one}`));
  await plain.emulateMedia({ media: 'print' });
  if (await words() < 40) faults.push('blank on paper');
  await close(plain);
  tell(`${path} is sound`, faults);
}

for (const name of names.length ? names : readdirSync(modules).filter((file) => file.endsWith('.mjs')).sort().map((file) => file.slice(0, -4))) {
  plugin = name;
  try {
    const { default: run } = await import(pathToFileURL(join(modules, `${name}.mjs`)));
    await run({ site, origin: server.origin, open, close, sound, tell, expect: (what, truth, got) => tell(what, truth ? [] : [JSON.stringify(got) ?? 'no']) });
  } catch (error) {
    tell('runs to its end', [error.message.split('\n').slice(0, 3).join(' ')]);
    for (const context of browser.contexts()) await context.close();
  }
}
await browser.close();
server.close();
process.exit(bad ? 1 : 0);
