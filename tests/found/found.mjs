#!/usr/bin/env node
/* found.mjs - what search engines, messengers and phones read of a built site, held against its pages. Prints TAP.

     found.mjs SITE BASE       a site built with base_url BASE
     found.mjs --self-test     the checks of JSON-LD see faults

   Every page's canonical and hreflang lead to pages that say the same of it; its JSON-LD has types and properties of schema.org (schema.org.tsv) with values of
   their kinds, what each type needs, and no words that neither the page nor the site's feed has; its picture is there in the size that messengers want; the sitemap lists just the pages
   that are their own canonical ones, with the alternates that the pages name; each manifest's icons, start and shortcuts are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SCHEMA = new Map(readFileSync(new URL('schema.org.tsv', import.meta.url), 'utf8').split('\n').filter((line) => line && line[0] !== '#').map((line) => {
  const [name, above, own] = line.split('\t');
  return [name, { above: above.split(' ').filter(Boolean), own: new Map(own.split(' ').filter(Boolean).map((pair) => [pair.split(':')[0], pair.split(':')[1].split('|')])) }];
}));
const NEEDS = { Article: ['headline'], FAQPage: ['mainEntity'], Question: ['name', 'acceptedAnswer'], Answer: ['text'], WebSite: ['name', 'url'], BreadcrumbList: ['itemListElement'],
  JobPosting: ['title', 'description', 'datePosted', 'hiringOrganization', 'jobLocation'], Organization: [], Legislation: ['name'], GovernmentService: ['name'], Course: ['name', 'description'],
  VideoObject: ['name', 'description'], Dataset: ['name', 'description'], Event: ['name', 'startDate', 'location'], ListItem: ['position', 'name', 'item'],
  MonetaryAmount: ['currency', 'value'], GeoCoordinates: ['latitude', 'longitude'] };

let bad = 0;
function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - found: ${name}`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${fault}`);
  bad += faults.length > 0;
}

// --- JSON-LD ------------------------------------------------------------------------------------------------------------------

const family = (name) => SCHEMA.has(name) ? [name, ...SCHEMA.get(name).above.flatMap(family)] : [name];
const range = (type, property) => family(type).map((name) => SCHEMA.get(name)?.own.get(property)).find(Boolean);

function fits(value, kinds) {
  const date = /^\d{4}(-\d\d-\d\d(T[\d:]+(Z|[+-][\d:]+))?)?$/;
  if (typeof value === 'number') return kinds.some((kind) => /^(Number|Integer|Text)$/.test(kind));
  if (typeof value === 'boolean') return kinds.includes('Boolean');
  if (typeof value === 'object') return family(value['@type']).some((kind) => kinds.includes(kind)) || (kinds.includes('StructuredValue') && value['@type'] === 'QuantitativeValue');
  if (kinds.includes('Text') || (kinds.includes('Duration') && /^P(T?\d+[DHMS])+$/.test(value)) || (kinds.some((kind) => /^Date/.test(kind)) && date.test(value))) return true;
  // A thing may be named by its address alone.
  return /^https?:\/\/[^\s"<>]+$/.test(value) && kinds.some((kind) => kind === 'URL' || !/^(Text|Number|Integer|Boolean|Date|DateTime|Time|Duration)$/.test(kind));
}

function* faultsOf(thing, path = '') {
  const type = thing?.['@type'];
  if (!SCHEMA.has(type)) return yield `${path}: ${type} is no type in the table`;
  for (const needed of NEEDS[type] ?? []) if (!(needed in thing)) yield `${path}${type} lacks ${needed}`;
  for (const [property, value] of Object.entries(thing)) {
    if (property === '@type') continue;
    const kinds = range(type, property);
    if (!kinds) yield `${path}${type} has no property ${property}`;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (kinds && !fits(one, kinds)) yield `${path}${type}.${property} cannot be ${JSON.stringify(one).slice(0, 60)} (${kinds.join(', ')})`;
      if (typeof one === 'object') yield* faultsOf(one, `${path}${type}.${property}: `);
      if (Array.isArray(value) && value.length < 2 && property !== 'itemListElement') yield `${path}${type}.${property}: a list of one`;
      if (one === '' || one === null) yield `${path}${type}.${property} is empty`;
    }
  }
}

const letters = (text) => text.normalize('NFC').replace(/[\s\u00a0\u202f\u00ad]+/g, '');
/** Words that the page does not show. Addresses, days, codes and spans of time are held against other things. */
function* invented(value, shown, key = '') {
  if (Array.isArray(value)) for (const one of value) yield* invented(one, shown, key);
  else if (value && typeof value === 'object') for (const [name, one] of Object.entries(value)) yield* invented(one, shown, name);
  else if (typeof value === 'string' && !/^(@type|@context|url|item|inLanguage|unitText|currency|sameAs|isBasedOn)$/.test(key) && !/^(\d{4}(-\d\d-\d\d)?|PT\d+M|https?:.*)$/.test(value)) {
    for (const line of value.split('\n')) if (!shown.includes(letters(line))) yield `${key}: "${line.slice(0, 80)}" is not in the page`;
  }
}

function graph(text) {
  const json = JSON.parse(text);
  if (json['@context'] !== 'https://schema.org' || Object.keys(json).length !== 2 || !json['@graph']?.length) throw new Error('not a graph of schema.org');
  return json['@graph'];
}

if (process.argv[2] === '--self-test') {
  const good = { '@type': 'JobPosting', title: 'T', description: 'D', datePosted: '2026-01-01', hiringOrganization: { '@type': 'Organization', name: 'B' },
    jobLocation: { '@type': 'Place', address: { '@type': 'PostalAddress', addressCountry: 'TJ' } },
    baseSalary: { '@type': 'MonetaryAmount', currency: 'TJS', value: { '@type': 'QuantitativeValue', value: 5, unitText: 'MONTH' } } };
  tell('what is right passes', [...faultsOf(good)]);
  const wrong = [[{ ...good, datePosted: 'soon' }, 1], [{ ...good, headline: 'H' }, 1], [{ ...good, hiringOrganization: { '@type': 'Place' } }, 1], [{ ...good, title: undefined, baseSalary: 'much' }, 2],
    [{ '@type': 'Posting' }, 1], [{ ...good, skills: ['one'] }, 1], [{ '@type': 'Question', name: 'Q' }, 1]];
  tell('each fault is seen', wrong.flatMap(([thing, n]) => {
    const found = [...faultsOf(JSON.parse(JSON.stringify(thing)))];
    return found.length === n ? [] : [`${found.length} instead of ${n} in ${JSON.stringify(thing)}: ${found.join('; ')}`];
  }));
  tell('and what a page does not say', [...invented({ name: 'Not here', text: 'Here' }, letters('Here'))].length === 1 ? [] : ['it is not']);
  process.exit(bad ? 1 : 0);
}

// --- pages ----------------------------------------------------------------------------------------------------------------------

const [site, base] = [process.argv[2], process.argv[3].replace(/\/$/, '')];
const entity = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };
const plain = (text) => text.replace(/&(#?\w+);/g, (all, name) => entity[name] ?? all);
const attribute = (tag, name) => { const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag); return found && plain(found[1]); };
const file = (url) => url.startsWith(base + '/') ? join(site, decodeURIComponent(url.slice(base.length)), url.endsWith('/') ? 'index.html' : '') : '';
const walk = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((e) => e.isDirectory() ? (join(dir, e.name) === join(site, 'share') ? [] : walk(join(dir, e.name))) : [join(dir, e.name)]);
const pngSize = (path) => { const data = readFileSync(path); return data.toString('latin1', 1, 4) === 'PNG' ? `${data.readUInt32BE(16)}x${data.readUInt32BE(20)}` : 'no PNG'; };

/** Who publishes the site, as its feeds say. */
const publishers = walk(site).filter((name) => /\/..\/feed\.xml$/.test(name)).map((name) => plain(/<author><name>([^<]*)/.exec(readFileSync(name, 'utf8'))?.[1] ?? '')).join(' ');
const pages = new Map();
const addresses = [], previews = [], things = [], inventions = [], types = new Set();
for (const path of walk(site).filter((name) => name.endsWith('.html'))) {
  const html = readFileSync(path, 'utf8'), at = path.slice(site.length);
  if (/name="robots" content="noindex"/.test(html)) continue;
  const links = html.match(/<link\s[^>]*>/g) ?? [], metas = Object.fromEntries((html.match(/<meta property="[^>]*>/g) ?? []).map((tag) => [attribute(tag, 'property'), attribute(tag, 'content')]));
  const canonical = links.filter((tag) => attribute(tag, 'rel') === 'canonical').map((tag) => attribute(tag, 'href'));
  const alternates = links.filter((tag) => attribute(tag, 'hreflang')).map((tag) => [attribute(tag, 'hreflang'), attribute(tag, 'href')]);
  if (canonical.length !== 1 || !existsSync(file(canonical[0]))) { addresses.push(`${at}: canonical ${canonical}`); continue; }
  pages.set(at, { canonical: canonical[0], alternates, own: file(canonical[0]) === path });
  if (metas['og:url'] !== canonical[0]) addresses.push(`${at}: og:url ${metas['og:url']} is not canonical`);
  for (const name of ['og:title', 'og:type']) if (!metas[name]) previews.push(`${at}: no ${name}`);
  const image = metas['og:image'] ?? '';
  // The list of what is passed on is made last of all, when sizes are known, and goes without.
  if (/^\/..\/share\/index\.html$/.test(at)) continue;
  if (!existsSync(file(image))) previews.push(`${at}: no picture ${image}`);
  else if (pngSize(file(image)) !== '1200x630') previews.push(`${at}: ${image} is ${pngSize(file(image))}`);
  const shown = letters(publishers + plain(html.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, ' ').replace(/<meta name="description" content="([^"]*)">/, ' $1 ').replace(/<[^>]*>/g, '')));
  for (const [, text] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
    try {
      for (const thing of graph(text)) {
        types.add(thing['@type']);
        for (const fault of faultsOf(thing)) things.push(`${at}: ${fault}`);
        for (const fault of invented(thing, shown)) inventions.push(`${at}: ${thing['@type']}: ${fault}`);
        for (const [name, url] of [['url', thing.url]]) if (url && url.startsWith(base) && url !== canonical[0]) things.push(`${at}: ${name} ${url}`);
      }
    } catch (error) { things.push(`${at}: ${error.message}`); }
  }
}

for (const [at, page] of pages) {
  if (!page.own) { if (page.alternates.length) addresses.push(`${at}: alternates on a page that is another's`); continue; }
  const later = /\/page\/\d+\/index\.html$/.test(at);
  if (!later && !page.alternates.some(([, url]) => url === page.canonical)) addresses.push(`${at}: it is not among its own alternates`);
  if (!later && page.alternates.filter(([lang]) => lang === 'x-default').length !== 1) addresses.push(`${at}: no x-default`);
  for (const [lang, url] of page.alternates) {
    const other = pages.get(file(url).slice(site.length));
    if (!other?.own) addresses.push(`${at}: ${lang}: ${url} is no page of its own`);
    else if (JSON.stringify([...other.alternates].sort()) !== JSON.stringify([...page.alternates].sort())) addresses.push(`${at}: ${url} names other alternates`);
  }
}
tell(`${pages.size} pages say where they and their twins stand, and agree`, addresses);
tell('each has its title and its picture for messengers', previews);
tell(`JSON-LD is schema.org's (${[...types].sort().join(', ')})`, things);
tell('and says nothing that the page does not show', inventions);
tell('types of all kinds are told of', ['Article', 'BreadcrumbList', 'Course', 'Dataset', 'FAQPage', 'GovernmentService', 'JobPosting', 'Legislation', 'VideoObject', 'WebSite'].filter((type) => !types.has(type)));

const listed = [...readFileSync(join(site, 'sitemap.xml'), 'utf8').matchAll(/<url>\n<loc>([^<]*)<\/loc>([\s\S]*?)<\/url>/g)].map(([, url, rest]) =>
  [plain(url), [...rest.matchAll(/hreflang="([^"]*)" href="([^"]*)"/g)].map(([, lang, href]) => [lang, plain(href)])]);
const map = [];
for (const [url, alternates] of listed) {
  const page = pages.get(file(url).slice(site.length));
  if (!page?.own) map.push(`${url} is no page of its own`);
  else if (alternates.length && JSON.stringify(alternates.sort()) !== JSON.stringify([...page.alternates].sort())) map.push(`${url}: other alternates than the page's`);
}
const known = new Set(listed.map(([url]) => url));
for (const [at, page] of pages) if (page.own && !/\/page\/\d+\/|\/offline\//.test(at) && !known.has(page.canonical)) map.push(`${page.canonical} is not listed`);
tell(`the sitemap lists ${listed.length} pages, each its own`, map);

// --- manifests --------------------------------------------------------------------------------------------------------------

const manifests = walk(site).filter((name) => name.endsWith('.webmanifest')), faults = [];
for (const path of manifests) {
  const json = JSON.parse(readFileSync(path, 'utf8')), there = (url) => existsSync(new URL(url, `file://${path}`)) && statSync(new URL(url, `file://${path}`)).isFile();
  for (const key of ['name', 'lang', 'dir', 'start_url', 'scope', 'display', 'theme_color', 'background_color']) if (!json[key]) faults.push(`${path}: no ${key}`);
  for (const icon of json.icons) if (!there(icon.src) || (icon.type === 'image/png' && pngSize(new URL(icon.src, `file://${path}`)) !== icon.sizes)) faults.push(`${path}: ${icon.src}`);
  for (const [sizes, purpose] of [['192x192', 'any'], ['512x512', 'any'], ['512x512', 'maskable']]) if (!json.icons.some((i) => i.sizes === sizes && i.purpose === purpose)) faults.push(`${path}: no icon ${sizes} ${purpose}`);
  for (const url of [json.start_url, ...json.shortcuts.map((s) => s.url)]) {
    const [page, place] = url.split('#');
    if (!there(page)) faults.push(`${path}: ${url}`);
    else if (place && !readFileSync(new URL(page, `file://${path}`), 'utf8').includes(`id="${place}"`)) faults.push(`${path}: no place ${url}`);
  }
}
tell(`${manifests.length} manifests, with icons and shortcuts that are there`, manifests.length === 2 ? faults : [...faults, 'not one a language']);
process.exit(bad ? 1 : 0);
