#!/usr/bin/env node
/* pages.mjs - pages of a built site on a cheap phone: one row of tests/bench/pages.

     pages.mjs NAME SITE PATH...       RUNS (default 5) loads of each page, every one in a new profile

   360 x 640 with three pixels each, the line as the browsers' tools call slow 3G (2 s a request, 50 KiB/s), a sixth of the processor. Prints the mean of the pages:
   requests to show one, the kilobytes of them as brotli and as gzip (of each file the smaller of packed and plain, without headers), those of scripts as brotli; the
   median seconds to the largest paint; the worst layout shift; letters to be read in <main>. What a worker fetches once a page is shown is not counted: it is turned off. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { launch, serve } from '../browser/host.mjs';

const [name, folder, ...paths] = process.argv.slice(2), runs = Number(process.env.RUNS ?? 5);
if (!paths.length) {
  console.error('usage: pages.mjs NAME SITE PATH...');
  process.exit(2);
}
const site = resolve(folder), sizes = new Map(); /* path -> [brotli, gzip] */
let came = [];
const server = await serve(site, (path, bytes) => {
  const packed = [brotliCompressSync(bytes), gzipSync(bytes, { level: 9 })];
  sizes.set(path, packed.map((other) => Math.min(other.length, bytes.length)));
  came.push(path);
  return packed[0].length < bytes.length ? { bytes: packed[0], headers: { 'content-encoding': 'br' } } : bytes;
});
const browser = await launch();

/** One load of PATH by a phone that has never been here. */
async function visit(path) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true, serviceWorkers: 'block' });
  const page = await context.newPage(), tools = await context.newCDPSession(page);
  await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 2000, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024 });
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.addInitScript(() => {
    const seen = (window.seen = { lcp: 0, cls: 0 });
    const watch = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
    watch('layout-shift', (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  });
  came = [];
  await page.goto(server.origin.slice(0, -1) + path, { waitUntil: 'networkidle', timeout: 120000 });
  await page.waitForTimeout(1000);
  const { lcp, cls, text } = await page.evaluate(() => ({ ...window.seen, text: document.querySelector('main').innerText.replace(/\s+/g, ' ').length }));
  const weight = (which, list = came) => list.reduce((sum, one) => sum + sizes.get(one)[which], 0) / 1000;
  const seen = { requests: came.length, br: weight(0), gzip: weight(1), js: weight(0, came.filter((one) => one.endsWith('.js'))), lcp: lcp / 1000, cls, text };
  await context.close();
  return seen;
}

const all = [];
for (let i = 0; i < runs; i++)
  for (const path of paths) all.push(await visit(existsSync(join(site, `${path}.html`)) ? `${path}.html` : `${path}/`));
await browser.close();
server.close();
const mean = (key) => all.reduce((sum, one) => sum + one[key], 0) / all.length;
const median = (key) => all.map((one) => one[key]).sort((a, b) => a - b)[all.length >> 1];
const worst = (key) => Math.max(...all.map((one) => one[key]));
console.log(`${name.padEnd(12)}${mean('requests').toFixed(1).padStart(9)}${[mean('br'), mean('gzip'), mean('js')].map((x) => x.toFixed(1).padStart(8)).join('')}` +
  `${median('lcp').toFixed(2).padStart(8)}${worst('cls').toFixed(3).padStart(7)}${mean('text').toFixed(0).padStart(7)}`);
