#!/usr/bin/env node
/* same.mjs - every file of a built site is what the preview says, but for the line that it puts behind pages. Prints TAP.

     same.mjs ROHNAMO SITE OUTPUT        OUTPUT: what `rohnamo build --drafts -s SITE` made at the day of CLOCK (in the environment) */
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drop, get, leave, parted, serve, tell } from './ground.mjs';

const [program, site, output] = process.argv.slice(2);
const clock = process.env.CLOCK ? ['--clock', process.env.CLOCK] : [];

function files(dir, below = '') {
  return readdirSync(join(dir, below), { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? files(dir, `${below}${entry.name}/`) : [`${below}${entry.name}`]);
}
/* Made of all files at once, for servers or for phones: README.md of generator/preview says what comes instead. */
const apart = (path) => /\.(gz|br)$/.test(path) || path === 'sw.js' || path === 'SHA256SUMS';
const ofAll = (path) => /^(search|offline|print|share)\//.test(path) || /^[a-z]+\/share\/index\.html$/.test(path);
const address = (path) => `/${path.split('/').map(encodeURIComponent).join('/')}`;

const all = files(join(output, 'site')).filter((path) => !apart(path)).sort();
{
  const server = await serve(program, site, ['-d', output, ...clock]);
  const wrong = { pages: [], files: [] };
  let pages = 0;
  for (const path of all) {
    const answer = await get(server, address(path)), bytes = readFileSync(join(output, 'site', path));
    const html = answer.type?.startsWith('text/html') && parted(answer.text);
    pages += html ? 1 : 0;
    if (html ? html.page !== bytes.toString() : !answer.bytes.equals(bytes)) wrong[html ? 'pages' : 'files'].push(`${path}: ${answer.status} ${answer.type}, ${answer.bytes.length} bytes for ${bytes.length}`);
    else if (answer.status !== (path.endsWith('404.html') ? 404 : 200)) wrong.files.push(`${path}: ${answer.status}`);
  }
  tell(`${pages} pages are a build's, to the byte, but for the preview's own line`, pages > 20 ? wrong.pages : [...wrong.pages, 'these are too few']);
  tell(`${all.length - pages} other files are a build's`, all.length - pages > 20 ? wrong.files : [...wrong.files, 'these are too few']);
  const folders = all.filter((path) => path.endsWith('/index.html') && !ofAll(path)), faults = [];
  for (const path of folders.slice(0, 40)) {
    const short = address(path).replace(/index\.html$/, ''), answer = await get(server, short);
    if (parted(answer.text)?.page !== readFileSync(join(output, 'site', path), 'utf8') && !/http-equiv=.?refresh/i.test(answer.text)) faults.push(short);
    const bare = await get(server, short.replace(/\/$/, ''));
    if (short !== '/' && bare.status !== 301 && !/refresh/i.test(answer.text)) faults.push(`${short} without its last sign: ${bare.status}`);
  }
  tell('folders answer as their index.html, and without their last sign send on', faults);
  const worker = await get(server, '/sw.js');
  tell('the offline worker that answers is one that goes', /unregister/.test(worker.text) && worker.type.startsWith('text/javascript') ? [] : [worker.text.slice(0, 200)]);
  tell('it ends at once when it is told to, without a fault', [await server.end()].filter((code) => code !== 0));
}
{
  const none = mkdtempSync(join(tmpdir(), 'rohnamo-none-')), server = await serve(program, site, ['-d', none, ...clock]), faults = [];
  for (const path of all.filter((one) => ofAll(one) && !one.endsWith('.html')).filter((one, i) => i % 50 === 0)) {
    const answer = await get(server, address(path));
    if (answer.status !== 404 || !answer.type.startsWith('text/html') || !/rohnamo build/.test(answer.text)) faults.push(`${path}: ${answer.status} ${answer.type}`);
  }
  tell('what only a build can make says so where there is none', faults);
  tell('nothing is written to the output', readdirSync(none));
  await server.end();
  drop(none);
}
leave();
