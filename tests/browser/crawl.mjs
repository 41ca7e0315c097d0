#!/usr/bin/env node
/* crawl.mjs - every page of a built site: does each address in it lead somewhere? Prints TAP.

     crawl.mjs SITE           SITE: output/site
     crawl.mjs --self-test    a small site with every fault, each of which must be found

   Held: files and anchors that addresses name exist; every page is reached from index.html; ids stand once; html has lang and a title;
   nothing is loaded from another host; no address begins with / (the tree works at any place). */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (all, hex, dec, name) =>
  hex ? String.fromCodePoint(parseInt(hex, 16)) : dec ? String.fromCodePoint(+dec) : (ENTITIES[name] ?? all));

/** The tags of a page: [{name, attributes}]; what is inside scripts, styles and comments is passed over. */
function tagsOf(html) {
  const tags = [];
  const pattern = /<!--[^]*?-->|<(script|style)\b([^>]*)>[^]*?<\/\1\s*>|<([a-zA-Z][\w:-]*)((?:\s+[^\s=>\/"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*\/)*)\s*>/g;
  for (const [, raw, rawAttributes, name, attributes] of html.matchAll(pattern)) {
    if (!raw && !name) continue;
    const found = {};
    for (const [, key, , double, single, bare] of (raw ? rawAttributes : attributes).matchAll(/([^\s=>\/"']+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g))
      found[key.toLowerCase()] = decode(double ?? single ?? bare ?? '');
    tags.push({ name: (raw ?? name).toLowerCase(), attributes: found });
  }
  return tags;
}

const LOADS = new Set(['img', 'script', 'iframe', 'audio', 'video', 'source', 'track', 'embed', 'object', 'use', 'image', 'input']);

function* addressesOf(tags) {
  for (const { name, attributes: a } of tags) {
    const loads = LOADS.has(name) || (name === 'link' && /\b(stylesheet|icon|preload|manifest|modulepreload)\b/.test(a.rel ?? ''));
    for (const key of ['href', 'src', 'poster', 'action', 'data', 'cite', 'xlink:href'])
      if (a[key] !== undefined) yield { address: a[key], loads, where: `${name} ${key}`, outside: name === 'link' && /\b(canonical|alternate)\b/.test(a.rel ?? '') };
    for (const part of (a.srcset ?? '').split(',').filter((p) => p.trim())) yield { address: part.trim().split(/\s+/)[0], loads: true, where: `${name} srcset` };
    if (name === 'meta' && /refresh/i.test(a['http-equiv'] ?? '')) yield { address: /url=(.*)$/i.exec(a.content)?.[1] ?? '', loads: false, where: 'meta refresh' };
  }
}

function crawl(site) {
  const faults = { dead: [], anchor: [], orphan: [], id: [], frame: [], foreign: [], rooted: [] };
  const all = readdirSync(site, { recursive: true }).map(String).filter((f) => statSync(join(site, f)).isFile());
  const pages = new Map(); // file -> {ids, links}
  for (const file of all.filter((f) => f.endsWith('.html'))) {
    const tags = tagsOf(readFileSync(join(site, file), 'utf8'));
    const ids = new Set();
    for (const { attributes: a } of tags) {
      if (a.id === undefined) continue;
      if (ids.has(a.id)) faults.id.push(`${file}: id="${a.id}" stands twice`);
      ids.add(a.id);
    }
    for (const { name, attributes: a } of tags) if (name === 'a' && a.name) ids.add(a.name);
    if (!tags.some((t) => t.name === 'html' && t.attributes.lang)) faults.frame.push(`${file}: <html> has no lang`);
    if (!/<title>[^<]*\S[^<]*<\/title>/.test(readFileSync(join(site, file), 'utf8'))) faults.frame.push(`${file}: no title`);
    pages.set(file, { ids, links: [...addressesOf(tags)], to: new Set() });
  }
  for (const file of all.filter((f) => f.endsWith('.css')))
    for (const [, quote, address] of readFileSync(join(site, file), 'utf8').replace(/\/\*[^]*?\*\//g, '').matchAll(/url\(\s*(["']?)(.*?)\1\s*\)/g)) {
      if (/^data:/.test(address)) continue;
      if (/^([a-z]+:)?\/\//i.test(address)) faults.foreign.push(`${file}: url(${address})`);
      else if (!existsSync(join(site, dirname(file), address.replace(/[?#].*/, '')))) faults.dead.push(`${file}: url(${address})`);
    }

  for (const [file, page] of pages) {
    for (const { address, loads, where, outside } of page.links) {
      const say = `${file}: ${where}="${address}"`;
      if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('//')) {
        if (loads && !/^data:/.test(address)) faults.foreign.push(say);
        else if (/^(javascript|file|vbscript):/i.test(address)) faults.dead.push(say);
        continue;
      }
      if (outside && address === '') continue;
      // The page for whatever is missing is shown at any depth: it alone says where things are from the root.
      const rooted = address.startsWith('/');
      if (rooted && !/(^|\/)404\.html$/.test(file)) {
        faults.rooted.push(say);
        continue;
      }
      const [, path, fragment] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address);
      let target;
      try {
        target = path === '' ? file : normalize(join(rooted ? '' : dirname(file), decodeURIComponent(rooted ? path.slice(1) : path)));
      } catch {
        faults.dead.push(`${say}: not decodable`);
        continue;
      }
      if (target.startsWith('..')) faults.dead.push(`${say}: leaves the site`);
      else if (!existsSync(join(site, target))) faults.dead.push(say);
      else {
        if (statSync(join(site, target)).isDirectory()) target = join(target, 'index.html');
        page.to.add(target);
        if (!existsSync(join(site, target))) faults.dead.push(`${say}: no index.html`);
        else if (fragment && pages.has(target) && !pages.get(target).ids.has(decodeURIComponent(fragment))) faults.anchor.push(say);
      }
    }
  }
  const reached = new Set(), next = ['index.html'];
  while (next.length) {
    const file = next.pop();
    if (reached.has(file) || !pages.has(file)) continue;
    reached.add(file);
    next.push(...pages.get(file).to);
  }
  // A page for addresses that do not exist, and one that sends on from an old address, need no link.
  for (const [file, page] of pages)
    if (!reached.has(file) && !/(^|\/)404\.html$/.test(file) && !page.links.some((l) => l.where === 'meta refresh')) faults.orphan.push(file);
  return { pages: pages.size, links: [...pages.values()].reduce((n, p) => n + p.links.length, 0), faults };
}

const RULES = {
  dead: 'every address leads to a file', anchor: 'every #anchor exists', orphan: 'every page is reached from index.html', id: 'ids stand once',
  frame: 'every page has a language and a title', foreign: 'nothing is loaded from another host', rooted: 'no address begins with /',
};

function report({ pages, links, faults }) {
  let bad = 0;
  for (const [key, rule] of Object.entries(RULES)) {
    const found = faults[key];
    console.log(`${found.length || !pages ? 'not ok' : 'ok'} - ${rule} (${pages} pages, ${links} addresses)`);
    for (const line of found.slice(0, 20)) console.log(`#   ${line}`);
    if (found.length > 20) console.log(`#   and ${found.length - 20} more`);
    bad += found.length || !pages;
  }
  return bad;
}

function selfTest() {
  const site = mkdtempSync(join(tmpdir(), 'crawl-'));
  const put = (name, text) => { mkdirSync(dirname(join(site, name)), { recursive: true }); writeFileSync(join(site, name), text); };
  const frame = (body) => `<!doctype html><html lang="x"><title>t</title>${body}`;
  put('index.html', frame('<a href="a/index.html#there">a</a><a href=a/?x=1&amp;y#here>b</a><!-- <a href="no.html"> --><script>"<a href=\'no\'>"</script>'));
  put('a/index.html', '<!doctype html><html><p id=here><p id="here"><a href="none.html"></a><a href="/rooted">x</a><img src="https://else.where/x.png"><a href="https://fine.example/">x</a>');
  put('orphan.html', frame('<a href="index.html">x</a><a href="../out">x</a>'));
  put('style.css', 'a{background:url("gone.png")}');
  const { faults } = crawl(site);
  const wanted = { dead: 3, anchor: 1, orphan: 1, id: 1, frame: 2, foreign: 1, rooted: 1 };
  rmSync(site, { recursive: true });
  const wrong = Object.keys(wanted).filter((key) => faults[key].length !== wanted[key]);
  console.log(`${wrong.length ? 'not ok' : 'ok'} - the crawler finds each kind of fault`);
  for (const key of wrong) console.log(`#   ${key}: ${JSON.stringify(faults[key])}`);
  return wrong.length;
}

const [argument] = process.argv.slice(2);
if (!argument) {
  console.error('usage: crawl.mjs SITE | --self-test');
  process.exit(2);
}
process.exit((argument === '--self-test' ? selfTest() : report(crawl(argument))) ? 1 : 0);
