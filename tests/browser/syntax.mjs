#!/usr/bin/env node
/* syntax.mjs - every script of a built site read as an engine of 2017 reads it: one letter that it does not know, and it runs none of the file. Prints TAP.

     syntax.mjs OUTPUT

   The worker, the files of assets/ and of the search, and the scripts inside pages and inside files that are passed on. Needs build/node
   (tests/setup/test-deps). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { require } from './host.mjs';

const output = process.argv[2];
if (!output) {
  console.error('usage: syntax.mjs OUTPUT');
  process.exit(2);
}
const { parse } = require('acorn');

/** What is wrong with the script TEXT; null: nothing. */
function fault(text) {
  try {
    parse(text, { ecmaVersion: 2017 });
    return null;
  } catch (error) {
    return `${error.message}: ${text.slice(Math.max(0, error.pos - 40), error.pos + 40).replace(/\s+/g, ' ')}`;
  }
}

/** The scripts inside the page HTML; data in JSON is none. */
const inside = (html) => [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)].filter(([, attributes, text]) => text.trim() && !/type="application\//.test(attributes)).map(([, , text]) => text);

let bad = 0, read = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const one of faults.slice(0, 12)) console.log(`#   ${one}`);
  bad += faults.length;
}

tell('the parser knows what is too new', ['a?.b', 'a ?? b', 'try {} catch {}', 'x = {...y}'].filter((text) => !fault(text)));
const faults = [], seen = new Set();
for (const top of ['site', 'share'])
  for (const name of existsSync(join(output, top)) ? readdirSync(join(output, top), { recursive: true }).map(String).sort() : []) {
    if (!/\.(js|html)$/.test(name)) continue;
    const text = readFileSync(join(output, top, name), 'utf8');
    for (const script of name.endsWith('.js') ? [text] : inside(text)) {
      if (seen.has(script)) continue;
      seen.add(script);
      read++;
      const wrong = fault(script);
      if (wrong) faults.push(`${top}/${name}: ${wrong}`);
    }
  }
tell(`${read} scripts need nothing newer than 2017`, faults);
tell('the worker is among them', existsSync(join(output, 'site/sw.js')) ? [] : ['there is none']);
process.exit(bad ? 1 : 0);
