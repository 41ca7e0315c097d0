#!/usr/bin/env node
/* tables.mjs - what stands in a site's tables is text, in each plugin's pages, scripts, calendars and cards: the starter with a vector behind every text. Prints TAP.

     tables.mjs ROHNAMO STARTER

   xss/poison.py writes the vectors; pages that show one are opened, touched and watched as in xss.mjs; files of one fact a line hold the lines that the plugin wrote, no other.
   Needs chromium, build/node and python3-yaml (tests/setup/test-deps). */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { launch, serve } from './host.mjs';
import { touched, visitor } from './xss/watch.mjs';

const program = resolve(process.argv[2]), starter = resolve(process.argv[3]), dir = mkdtempSync(join(tmpdir(), 'rohnamo-tables-'));
let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${String(fault).slice(0, 300)}`);
  bad += faults.length;
}

for (const folder of ['content', 'layouts', 'plugins']) cpSync(join(starter, folder), join(dir, folder), { recursive: true });
const texts = Number(execFileSync('python3', [fileURLToPath(new URL('xss/poison.py', import.meta.url)), join(dir, 'content/data')], { encoding: 'utf8' }));
const said = (() => {
  try {
    return execFileSync(program, ['build', '-s', dir, '--clock', '2026-06-01', '--only', 'site', '-d', join(dir, 'output')], { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    return `failed: ${error.status} ${String(error.stderr).slice(-800)}`;
  }
})();
tell(`${texts} texts of the tables hold vectors, and the site is built`, /^failed/.test(said) || texts < 1000 ? [said] : []);

const site = join(dir, 'output/site'), shown = [], lines = { ics: [], vcf: [], csv: [] };
for (const name of readdirSync(site, { recursive: true })) {
  const kind = name.split('.').pop();
  if (kind === 'html' && /alert\(\d+\)/.test(readFileSync(join(site, name), 'utf8'))) shown.push(name);
  else if (lines[kind]) lines[kind].push(name);
}
const opened = shown.sort().filter((name, i) => i % 2 === 0);
tell(`${shown.length} pages show one; every second is opened`, shown.length < 200 ? ['too few'] : []);

const web = await serve(site), browser = await launch(), visit = visitor(browser, web.origin);
tell('in none of these anything runs or is stopped by the policy alone', await visit(opened.map((name) => web.origin + name.split('/').map(encodeURIComponent).join('/')), async (tab) => {
  const faults = await touched(tab);
  await tab.waitForTimeout(30);
  return faults;
}, { still: true }).then((faults) => faults.filter((fault) => !fault.endsWith(': print(undefined)'))));   // a button that prints is a page's own

/** What a file's lines begin with, continued lines joined. */
const names = (name) => readFileSync(join(site, name), 'utf8').replace(/\r?\n[ \t]/g, '').split(/\r?\n/).filter(Boolean).map((line) => line.split(/[:;]/)[0]);
const evil = (list) => list.filter((name) => names(name).some((word) => word === 'X-EVIL') || names(name).filter((word) => word === 'END').length !== names(name).filter((word) => word === 'BEGIN').length);
tell(`${lines.ics.length} calendars and ${lines.vcf.length} cards: no line of another's making`, lines.ics.length < 5 || lines.vcf.length < 3 ? ['too few'] : [...evil(lines.ics), ...evil(lines.vcf)]);
// The sections whose pages are made of tables alone: had a plugin changed the names of its fields, nothing of it would be tried here.
const tried = new Set(opened.map((name) => name.split('/')[1]));
tell('each plugin with tables is among them', ['calculator', 'centres', 'contracts', 'emergency', 'events', 'glossary', 'referral', 'statistics', 'vacancies'].filter((name) => !tried.has(name)));
await browser.close();
web.close();
rmSync(dir, { recursive: true });
process.exit(bad ? 1 : 0);
