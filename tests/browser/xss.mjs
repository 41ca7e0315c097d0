#!/usr/bin/env node
/* xss.mjs - whatever editors, plugins, tables and drawings write, nothing of it runs: each of xss/vectors.mjs in every place of a page, executed. Prints TAP.

     xss.mjs ROHNAMO

   A page a vector; it stands in the title, the summary, headings, texts, links, pictures, tables, code, tags, sources, a plugin's HTML and a drawing. The built pages are opened in Chromium, which is
   told of all that happens: calls of alert() and its like, what the page's policy had to stop (a vector that only the policy stops is a fault too), and elements and addresses that have no business there.
   Everything is touched, clicked and hovered over. Then the same vectors raw, without a policy, which must run: else the test is deaf.
   Needs chromium and build/node (tests/setup/test-deps). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { launch, serve } from './host.mjs';
import { vectors as patterns } from './xss/vectors.mjs';
import { touch, touched, visitor } from './xss/watch.mjs';

const program = resolve(process.argv[2]), dir = mkdtempSync(join(tmpdir(), 'rohnamo-xss-'));
const vectors = patterns.map((text, i) => text.replaceAll('HIT', `alert(${i})`));
let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${String(fault).slice(0, 300)}`);
  bad += faults.length;
}
function put(path, text) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

// --- the site ---------------------------------------------------------------------------------------------------------------

/** TEXT as YAML takes it, whatever is in it. */
const quoted = (text) => JSON.stringify(text.replaceAll('\0', '')).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const line = (text) => text.replace(/\s*\n\s*/g, ' ').replaceAll('\0', '');
const lua = (text) => `"${[...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`;

/** A page with vector I everywhere. The first is what stands at a block's begin, where most that is read as HTML is read. */
function page(i) {
  const text = vectors[i].replaceAll('\0', ''), flat = line(text), q = quoted(flat);
  return `---\ntitle: ${quoted(`Vector ${flat}`)}\ndescription: ${q}\ntags: [${q}]\naudience: [${q}]\nowner: ${q}\nphone: ${q}\nsources:\n  - {title: ${q}, url: ${q}}\n  - {title: b, url: ${quoted(`https://example.org/"><img src=x onerror=alert(${i})>`)}}\n`
    + `  - {title: c, url: "javascript:alert(${i})"}\n---\n\n${text}\n\n## Heading ${flat}\n\nText ${flat} text.\n\n${flat.replace(/[[\]]/g, '')}\n{: .x}\n\n[${flat.replace(/[[\]]/g, '')}](/faq/v0/ ${JSON.stringify(flat)})\n\n`
    + `![${flat.replace(/[[\]]/g, '')}](/media/dot.png ${JSON.stringify(flat)})\n\n[y](${flat.replace(/\s/g, '%20')})\n\n[z](<${flat.replace(/[<>]/g, '')}>)\n\n| a | ${flat.replaceAll('|', '\\|')} |\n|---|---|\n| ${flat.replaceAll('|', '\\|')} | b |\n\n`
    + `\`\`\`${flat.replaceAll('`', '')}\n${text}\n\`\`\`\n\n    ${flat}\n\n> [!NOTE] ${flat}\n> ${flat}\n\n<div title='${flat.replaceAll("'", '&#39;')}'>${flat}</div>\n\n<b title="${flat.replaceAll('"', '&quot;')}" class="${flat.replaceAll('"', '')}" id="${flat.replaceAll('"', '')}">b</b>\n\n`
    + `\`\`\`hostile\n${i}\n\`\`\`\n\n![drawing](/media/v${i}.svg)\n`;
}
/** The vector as far as it is a drawing: alone, in a text, in an attribute. */
const drawing = (i) => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" width="9" height="9" onload="alert(${i})"><script>alert(${i})</script>`
  + `<a xlink:href="javascript:alert(${i})"><rect width="9" height="9" onclick="alert(${i})"/></a><a href="javascript:alert(${i})"><animate attributeName="href" values="javascript:alert(${i})"/><text y="9">x</text></a>`
  + `<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(${i})"><script>alert(${i})</script></body></foreignObject><image href="http://127.0.0.1:9/x.png" onerror="alert(${i})"/>`
  + `<style>@import "http://127.0.0.1:9/x.css";</style><set attributeName="x" onbegin="alert(${i})"/><use href="data:image/svg+xml,x#x"/><text y="5">${line(vectors[i]).replace(/[&<]/g, (c) => (c === '&' ? '&amp;' : '&lt;'))}</text></svg>\n`;

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
put('content/site.yaml', `title: ${quoted(`Site "><script>alert(0)</script>`)}\ndescription: ${quoted(`'"><img src=x onerror=alert(0)>`)}\nlanguages: [en]\nbase_url: https://example.org/\nsearch: true\nshare: true\n`
  + `hotlines:\n  - {name: ${quoted(`<img src=x onerror=alert(0)>`)}, phone: ${quoted(`+1"onmouseover="alert(0)`)}}\n`);
put('content/faq/_index.en.md', `---\ntitle: ${quoted('FAQ <img src=x onerror=alert(0)>')}\n---\n\n<img src=x onerror=alert(0)>\n`);
put('content/media/dot.png', Buffer.from(dot, 'base64'));
for (const i of vectors.keys()) put(`content/faq/v${i}.en.md`, page(i));
for (let i = 0; i < vectors.length; i++) put(`content/media/v${i}.svg`, drawing(i));
put('plugins/hostile/init.lua', `local vectors = {\n${vectors.map(lua).join(',\n')}\n}\nsite.block("hostile", function(block)\n  local text = vectors[tonumber(block.text) + 1]\n`
  + `  return { text, web = "<div data-x=\\"1\\">" .. text .. "</div>" .. text .. "<button onclick='" .. "alert(1)" .. "'>x</button><input autofocus onfocus=alert(1) value=\\"" .. text .. "\\">" }\nend)\n`);

const said = (() => {
  try {
    return execFileSync(program, ['build', '-s', dir, '--clock', '2026-06-01', '--only', 'site,search,bundles', '-d', join(dir, 'output')], { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    return error.status === 1 ? error.stdout : `failed: ${error.status} ${String(error.stderr).slice(-800)}`;
  }
})();
const site = join(dir, 'output/site'), made = [...vectors.keys()].filter((i) => existsSync(join(site, `en/faq/v${i}/index.html`)));
tell(`a site of ${vectors.length} vectors is built`, /^failed/.test(said) ? [said] : made.length < vectors.length * 0.97 ? [`only ${made.length} pages are made: ${said.slice(-300)}`] : []);
const web = await serve(site), browser = await launch(), visit = visitor(browser, web.origin);

// --- what is held -----------------------------------------------------------------------------------------------------------

tell(`${made.length} pages: nothing runs, nothing is stopped by the policy alone, nothing is there that could run`, await visit(made.map((i) => `${web.origin}en/faq/v${i}/`), touched));

const pages = [];
const files = { svg: [], xml: [] };
(function walk(folder) {
  for (const entry of readdirSync(join(site, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (/\.html$/.test(path) && !/^en\/faq\/v\d+\/index|^share\/faq-v/.test(path)) pages.push(path);
    else if (/\.(svg|xml)$/.test(path)) files[path.slice(-3)].push(path);
  }
})('');
const others = pages.filter((path, i) => !/^en\/tags\//.test(path) || i % 8 === 0);
tell(`${others.length} lists, tags and other pages`, await visit(others.map((path) => web.origin + path.split('/').map(encodeURIComponent).join('/')), touched));

// A drawing is opened by itself: it is a document then, with scripts of its own if there were any.
tell(`${files.svg.length} drawings that were copied or made`, files.svg.length < vectors.length * 0.97 ? [`only ${files.svg.length} are there`] : await visit(files.svg.filter((path, i) => i % 6 === 0).map((path) => web.origin + path), async (tab) => tab.evaluate(() => {
  const faults = [...document.querySelectorAll('script, foreignObject, style, image, animate, set, iframe')].map((element) => `there is ${element.localName}`);
  for (const element of document.querySelectorAll('*')) for (const { name, value } of element.attributes) if (/^on/i.test(name) || (/href$/.test(name) && !value.startsWith('#'))) faults.push(`${element.localName} has ${name}=${value}`);
  for (const element of document.querySelectorAll('*')) element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  return faults;
})));
tell('no drawing holds a script, an event or an address outside', files.svg.filter((path) => /<script|\bon[a-z]+\s*=|javascript:|foreignObject|@import|href="[^#]/i.test(readFileSync(join(site, path), 'utf8').replace(/<text[^>]*>[^<]*<\/text>|<title>[^<]*<\/title>/g, ''))));
tell(`${files.xml.length} feeds and lists of addresses`, await visit(files.xml.filter((path) => !/^en\/tags\//.test(path)).map((path) => web.origin + path), async (tab) => tab.evaluate(() => [...document.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'script')].filter((element) => !element.closest?.('html')).map(() => 'there is a script'))));

// What the search page writes itself: titles and texts of the index.
tell('what search shows', await visit(['Vector', 'alert', 'script', 'img onerror', 'javascript', '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'svg'].map((words) => `${web.origin}en/search/?q=${encodeURIComponent(words)}`), async (tab) => {
  await tab.waitForTimeout(700);
  const found = await tab.evaluate(() => document.querySelectorAll('main a[href*="/faq/v"], main a[href*="../faq/v"]').length);
  return [...(found || !/Vector|alert$/.test(decodeURIComponent(tab.url())) ? [] : ['nothing is found']), ...await touched(tab)];
}));

// The same from a disk, where a policy of one's own site means files; and what is passed on, by itself.
const singles = existsSync(join(dir, 'output/share')) ? readdirSync(join(dir, 'output/share')).filter((name) => /\.html$/.test(name)) : [];
const file = (path) => pathToFileURL(join(dir, 'output', path)).href;
tell('pages from a disk: their own scripts and styles run, nothing else', await visit(made.filter((i) => i % 20 === 0).map((i) => file(`site/en/faq/v${i}/index.html`)), async (tab) => [...await tab.evaluate(() => [...document.styleSheets].length ? [] : ['no style']), ...await touched(tab)]));
tell(`${singles.length} files that are passed on`, singles.length < made.length ? ['some are missing'] : await visit(singles.filter((name, i) => i % 4 === 0).map((name) => file(`share/${name}`)), touched));

// --- the test can hear ------------------------------------------------------------------------------------------------------

const raw = http.createServer((request, response) => {
  const i = Number(request.url.slice(1));
  response.writeHead(Number.isInteger(i) && vectors[i] !== undefined ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><body>${vectors[i] ?? ''}`);
});
await new Promise((done) => raw.listen(0, '127.0.0.1', done));
const heard = await visit([...vectors.keys()].filter((i) => i % 2 === 0).map((i) => `http://127.0.0.1:${raw.address().port}/${i}`), async (tab) => { await tab.evaluate(touch).catch(() => {}); await tab.waitForTimeout(20); return []; });
const ran = new Set(heard.filter((fault) => /: (alert|confirm)\(/.test(fault)).map((fault) => fault.split(': ')[0]));
tell(`raw, ${ran.size} of them run`, ran.size < 60 ? [`${ran.size} are too few: the test would not hear`] : []);
const stopped = await visit([`${web.origin}en/faq/v${made[0]}/`], async (tab) => { await tab.evaluate(() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(7)><style>p{}</style>'); const script = document.createElement('script'); script.textContent = 'alert(8)'; document.body.append(script); }); await tab.waitForTimeout(200); return []; });
tell('what is put into a page is stopped by its policy, and that is heard', stopped.some((fault) => /alert\(/.test(fault)) ? stopped : stopped.filter((fault) => /policy stopped/.test(fault)).length < 3 ? [`heard: ${stopped}`] : []);

await browser.close();
web.close();
raw.close();
if (process.env.KEEP) console.log(`# ${dir}`);
else rmSync(dir, { recursive: true });
process.exit(bad ? 1 : 0);
