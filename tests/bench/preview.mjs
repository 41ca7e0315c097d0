#!/usr/bin/env node
/* preview.mjs - one row of the table of `tests/bench/preview`: rohnamo serve, asked as a browser asks.

     preview.mjs ROHNAMO SITE NAME PAGE       PAGE: a file below SITE/content/ that is saved

   start_ms  until it serves; page_ms: a page that was not asked for before, over the network of this machine
   body_ms, title_ms, layout_ms   from a save until a browser that shows a page is told: of its text, of its front matter (the site is loaded anew), of its layout
   MiB       resident in the end */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { get, news, pause, put, resident, serve } from '../preview/ground.mjs';

const [program, site, name, file] = process.argv.slice(2);
const began = performance.now(), server = await serve(program, site, ['-j', '2']), start = performance.now() - began;
const path = join(site, 'content', file), original = readFileSync(path, 'utf8'), [, slug, language] = /^(.*)\.(\w+)\.md$/.exec(file);
const url = `/${language}/${slug}/`;
const sorted = (list) => list.sort((a, b) => a - b);
const cell = (list) => `${sorted(list)[list.length >> 1].toFixed(1)} ${list[Math.floor(list.length * 0.95)].toFixed(1)}`.padStart(14);

/* Every n-th page of the sitemap, each once. */
const all = [...(await get(server, '/sitemap.xml')).text.matchAll(/<loc>(?:https?:\/\/[^/]*)?([^<]*)<\/loc>/g)].map((found) => found[1]);
for (const address of all.slice(0, 5)) await get(server, address);
const pages = [];
for (let i = 0; i < 100; i++) {
  const address = all[Math.floor(i * all.length / 100)], from = performance.now();
  await get(server, address);
  pages.push(performance.now() - from);
}

/* From saving CHANGE (i) until the page's news; what else the server has to do is over before the next. */
async function saves(n, change, rest) {
  const watcher = await news(server, url), times = [];
  for (let i = 0; i < n; i++) {
    const seen = watcher.events.length, from = performance.now();
    change(i);
    const at = await watcher.wait('page', seen);
    times.push(at ? at - from : NaN);
    await pause(rest);
  }
  watcher.close();
  return times;
}
const large = all.length > 3000, n = 20;
const body = await saves(n, (i) => writeFileSync(path, `${original}\n\nSave ${i}.\n`), large ? 3500 : 1500);
const title = await saves(n, (i) => writeFileSync(path, original.replace(/^title:.*$/m, `title: "Save ${i}"`)), large ? 5000 : 1500);
const shipped = readFileSync(join(process.env.ROHNAMO_SHARE ?? '.', 'layouts/page.html'), 'utf8');
const layout = await saves(n, (i) => put(site, 'layouts/page.html', shipped.replace('{% endblock', `<p>Save ${i}.</p>{% endblock`)), large ? 5000 : 1500);
writeFileSync(path, original);
console.log(`${name.padEnd(10)}${start.toFixed(0).padStart(8)}${cell(pages)}${cell(body)}${cell(title)}${cell(layout)}${(resident(server) / 1024).toFixed(0).padStart(10)}`);
await server.end();
