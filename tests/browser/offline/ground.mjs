/* ground.mjs - what the drills of offline.mjs share: editions of a site, a line that can be cut after any number of bytes, phones. The same numbers are drawn
   every time. Usage: see offline.mjs. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../host.mjs';

const [program, site = '.'] = process.argv.slice(2);
if (!program) {
  console.error('usage: offline.mjs PROGRAM [SITE]');
  process.exit(2);
}
export const temporary = mkdtempSync(join(tmpdir(), 'offline-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

let seed = 7;
export const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
};
/** LIST in another order. */
export const shuffled = (list) => list.map((one) => [random(1e6), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);

// --- editions

export const source = join(temporary, 'source');
cpSync(join(site, 'content'), join(source, 'content'), { recursive: true });
// What is made beside the pages costs time and is of no account here: one booklet is printed, where a drill asks for it.
const config = join(source, 'content/site.yaml');
writeFileSync(config, `${readFileSync(config, 'utf8').replace(/^(share|precompress|images|print):.*\n( .*\n)*/gm, '')}
print:
  products: [{name: booklet, select: {sections: [faq]}}]
`);
const review = 'reviewed: 2026-11-01\nreview_every: 1 year\n';
for (const lang of ['tg', 'ru']) {
  writeFileSync(join(source, `content/faq/reviewed.${lang}.md`), `---\ntitle: Reviewed\n${review}---\n\nText.\n`);
  // Long enough to be shown by chapters.
  writeFileSync(join(source, `content/legislation/long-law.${lang}.md`), `---\ntitle: A long law\nofficial_title: A long law\n${review}---\n${
    Array.from({ length: 24 }, (_, i) => `\n## Chapter ${i + 1}\n\n${Array.from({ length: 300 }, () => random(1e6).toString(36)).join(' ')}\n`).join('')}`);
  writeFileSync(join(source, `content/faq/jobs.${lang}.md`), '---\ntitle: Jobs\n---\n\n```vacancies\n```\n');
}
export const markdown = readdirSync(join(source, 'content'), { recursive: true }).map(String)
  .filter((name) => /^[^_]*\.md$/.test(name) && name.includes('/') && !name.includes('long-law')).sort();

/** Builds FROM as it is; a folder to serve. outputs: what is made. */
let editions = 0;
export function build(outputs = 'site,search', from = source) {
  const out = join(temporary, `edition-${editions++}`);
  execFileSync(resolve(program), ['build', '-s', from, '-d', out, '--only', outputs], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  return join(out, 'site');
}

/** Changes the text of N pages. */
export function edit(n) {
  for (const name of shuffled(markdown).slice(0, n)) {
    const file = join(source, 'content', name);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${'abcdefghij'[random(10)].repeat(5)} ${editions} ${random(1e6)}\n`);
  }
}

/** Every page that a phone may keep: address below the root -> bytes. Sensitive pages are those with a way out. */
export function pagesOf(folder) {
  const pages = new Map(), secret = [];
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!/(^|\/)(index|404)\.html$/.test(name) || /^share\//.test(name)) continue;
    const bytes = readFileSync(join(folder, name), 'utf8');
    if (/class="go exit"/.test(bytes)) secret.push(name);
    else if (!/http-equiv="refresh"/.test(bytes) && !/\/whole\/index\.html$/.test(name)) pages.set(name, bytes);
  }
  return { pages, secret };
}

// --- the line

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json',
  '.webmanifest': 'application/manifest+json', '.png': 'image/png', '.webp': 'image/webp', '.pdf': 'application/pdf' };
/** folder: what is served, below base. left: bytes until the line breaks. wait: milliseconds until a pack comes. changed: path -> other bytes than the folder's.
   refused: the addresses, with what is asked of them, for which there is no line. */
export const line = { folder: null, base: '/', down: false, left: Infinity, wait: 0, bytes: 0, requests: [], changed: {}, refused: null };
const sockets = new Set();
const server = http.createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname), name = path.slice(line.base.length);
  let file = join(line.folder, name);
  if (line.refused && line.refused.test(request.url)) return request.socket.destroy();
  if (!path.startsWith(line.base)) return response.writeHead(404).end();
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return response.writeHead(404).end();
  let body = name in line.changed ? Buffer.from(line.changed[name]) : readFileSync(file);
  const type = TYPES[extname(file)] ?? 'application/octet-stream', etag = `"${body.length}-${body.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}"`;
  const headers = { 'content-type': type, etag, 'cache-control': 'max-age=600' };
  if (request.headers['if-none-match'] === etag) body = Buffer.alloc(0);
  else if (/text|json|javascript|svg/.test(type)) {
    body = gzipSync(body);
    headers['content-encoding'] = 'gzip';
  }
  headers['content-length'] = body.length;
  line.requests.push(path);
  line.bytes += body.length + 300;
  response.writeHead(body.length ? 200 : 304, headers);
  if (body.length <= line.left) {
    line.left -= body.length;
    return void setTimeout(() => response.end(body), /\.pack$/.test(path) ? line.wait : 0);
  }
  // Cut in the middle of this answer; nothing comes after it.
  response.write(body.subarray(0, line.left), cut);
});
server.on('connection', (socket) => {
  if (line.down) return socket.destroy();
  sockets.add(socket);
  socket.on('error', () => {}).on('close', () => sockets.delete(socket));
});
server.on('clientError', (error, socket) => socket.destroy());
await new Promise((done) => server.listen(0, '127.0.0.1', done));
export const origin = `http://127.0.0.1:${server.address().port}`;
export function cut() {
  line.down = true;
  for (const socket of sockets) socket.destroy();
}
export const mend = () => Object.assign(line, { down: false, left: Infinity, wait: 0, bytes: 0, requests: [], refused: null });

// --- the phone

export const browser = await launch();
export const address = (path = '') => `${origin}${line.base}${path}`;
export async function end() {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

/** The page has a worker that answers for it. */
export const settle = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
  || new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))).then(() => 0));

/** Says WHAT to the worker; its last answer: {ok}, {error}, or what it reports. */
export const say = (page, what) => page.evaluate((message) => navigator.serviceWorker.ready.then((registration) => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if ('ok' in data || 'error' in data || message.ask === 'state') done(data);
  };
  registration.active.postMessage(message, [channel.port2]);
})), what);
/** A new phone on the home page, with its worker and what a first visit keeps. */
export async function phone(path = 'tg/index.html') {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(address(path));
  await settle(page);
  // The page asks for it by itself, at a time of its own.
  for (let i = 0; i < 200 && !(await say(page, { ask: 'state' })).want?.length; i++) await page.waitForTimeout(50);
  return page;
}

export const keep = (page, goal) => say(page, { ask: 'keep', goal });
/** KEEP for a drill that begins with all of it on the phone. */
export async function kept(page, goal) {
  const answer = await keep(page, goal), { want } = await say(page, { ask: 'state' });
  if (!answer.ok || want?.join() !== goal.join()) throw new Error(`storing ${goal}: ${JSON.stringify(answer)}, kept ${want}`);
}
export const update = (page) => say(page, { ask: 'update' });
export const everything = ['tg/*', 'ru/*'];

/** The pages among NAMES that are not what PAGES says, as the phone answers without a line; orNone: it may have no answer. */
export async function differing(page, pages, names = [...pages.keys()], orNone = false) {
  const urls = names.map((name) => address(name));
  const texts = await page.evaluate((list) => Promise.all(list.map((url) => fetch(url).then((r) => r.text(), () => null))), urls);
  return names.filter((name, i) => texts[i] !== pages.get(name) && !(orNone && texts[i] === null));
}

/** The title of a page that is kept, as its bytes have it. */
export const titleOf = (bytes) => bytes.match(/<title>([^<]*)/)[1].replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Forgets all that the phone keeps, as a browser does that needs the room. */
export const lose = (page) => page.evaluate(() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));

/** What the worker keeps under NAME ("state"), changed by the text of a function of it. */
export async function tamper(page, name, how) {
  const url = address(`offline/${name}`), value = await page.evaluate(async (from) => (await (await caches.open('rohnamo')).match(from)).json(), url);
  new Function('it', how)(value);   // here: the page's policy evaluates no text
  await page.evaluate(async ([to, text]) => (await caches.open('rohnamo')).put(to, new Response(text)), [url, JSON.stringify(value)]);
}

/** What a site has left in this browser: workers, caches, words. */
export const traces = (page) => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length, localStorage.length]);

export let bad = 0;
export function tell(name, faults = []) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 12)) console.log(`#   ${fault}`);
  bad += faults.length;
}
export const expect = (name, truth, got) => tell(name, truth ? [] : [JSON.stringify(got) ?? 'no']);

export const drills = [];
/** RUN returns the page of the phone that it used. */
export const drill = (name, run) => drills.push({ name, run });

export const first = build();
export const { pages: firstPages, secret } = pagesOf(first);
line.folder = first;
