#!/usr/bin/env node
/* languages.mjs - the front door in a real browser: which language it opens, what it remembers, and that no other page is left. Prints TAP.

     languages.mjs SITE        a built site in tg and ru. Needs chromium and build/node (tests/setup/test-deps). */
import { resolve } from 'node:path';
import { launch, serve } from '../browser/host.mjs';

const server = await serve(resolve(process.argv[2])), origin = server.origin;
const browser = await launch();

let bad = 0;
function check(name, is, wanted) {
  console.log(`${is === wanted ? 'ok' : 'not ok'} - languages: ${name}`);
  if (is !== wanted) console.log(`#   ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
  bad += is !== wanted;
}

/** Where a browser of these languages ends up; DO acts on the page first. */
async function visit(languages, path, act, options = {}) {
  const context = await browser.newContext({ locale: languages[0], ...options });
  await context.addInitScript((list) => Object.defineProperty(navigator, 'languages', { get: () => list }), languages);
  if (options.noStorage) await context.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } }));
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(origin + path, { waitUntil: 'load' });
  await page.waitForTimeout(250);
  if (act) await act(page);
  const ended = page.url().slice(origin.length).replace('index.html', '');
  await context.close();
  return errors[0] ?? ended;
}

const go = async (page, path) => { await page.goto(origin + path, { waitUntil: 'load' }); await page.waitForTimeout(250); };
const tap = async (page, selector) => { await Promise.all([page.waitForNavigation(), page.click(selector)]); };

check('a Russian browser is led to Russian', await visit(['ru-RU', 'ru'], ''), 'ru/');
check('a Tajik one to Tajik', await visit(['tg-Cyrl-TJ', 'ru'], ''), 'tg/');
check('the first that the site has', await visit(['uz', 'en-US', 'ru', 'tg'], ''), 'ru/');
check('none of its languages: the doors', await visit(['uz', 'en'], ''), '');
check('without JavaScript: the doors', await visit(['ru'], '', null, { javaScriptEnabled: false }), '');
check('storage denied: the browser decides still', await visit(['ru'], '', null, { noStorage: true }), 'ru/');
check('"/#" shows the doors', await visit(['ru'], '#'), '#');
check('a page that was asked for is not left', await visit(['ru'], 'tg/faq/'), 'tg/faq/');
check('nor one whose language was not chosen last', await visit(['ru'], 'tg/', async (page) => {
  await tap(page, 'header [hreflang="ru"]');
  await go(page, 'tg/faq/');
}), 'tg/faq/');
check('a language tapped on any page is remembered', await visit(['ru'], 'ru/faq/', async (page) => {
  await tap(page, 'header [hreflang="tg"]');
  await go(page, '');
}), 'tg/');
check('so is a door', await visit(['en'], '', async (page) => {
  await tap(page, '.go[hreflang="tg"]');
  await go(page, '');
}), 'tg/');
check('the last choice counts', await visit(['en'], '', async (page) => {
  await tap(page, '.go[hreflang="tg"]');
  await tap(page, 'header [hreflang="ru"]');
  await go(page, '');
}), 'ru/');
check('the way back does not end at the door', await visit(['ru'], 'tg/faq/', async (page) => {
  await go(page, '');
  await page.goBack();
  await page.waitForTimeout(250);
}), 'tg/faq/');
await browser.close();
server.close();
process.exit(bad ? 1 : 0);
