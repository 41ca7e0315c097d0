#!/usr/bin/env node
/* desk.mjs - the preview's own pages of a small site: frames of other pages, a page as it is printed, questions to the index, marks, links into an editor, old addresses, a site that cannot be loaded. Prints TAP.

     desk.mjs ROHNAMO */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { drop, folder, get, leave, put, serve, tell, until } from './ground.mjs';

const program = process.argv[2], clock = '2026-06-01';
const page = (title, body, fields = '') => `---\ntitle: ${title}\n${fields}---\n\n${body}\n`;
const settings = 'title: Test\nlanguages: [en, de]\nsearch: true\nprint: {publisher: {en: Desk, de: Tisch}, products: [{name: booklet, select: {sections: [faq]}}]}\n';
const dir = folder({
  'content/site.yaml': settings,
  'content/faq/_index.en.md': page('Questions', 'All of them.'),
  'content/faq/_type.yaml': 'review_every: 6 months\n',
  'content/faq/one.en.md': page('One & only', 'First text of the marmot.', 'aliases: [/old/one]\nreviewed: 2024-05-01\n'),
  'content/faq/one.de.md': page('Eins', 'Erster Text vom Murmeltier.'),
  'content/faq/alone.en.md': page('Alone', 'It has no translation.'),
  'content/faq/draft.en.md': page('Draft', 'Not yet.', 'draft: true\n'),
  'content/faq/ended.en.md': page('Ended', 'No more.', 'expiryDate: 2026-01-01\n'),
  'content/faq/later.en.md': page('Later', 'Some day.', 'publishDate: 2026-12-01\n'),
});
const faults = (pairs) => Object.entries(pairs).filter(([, fine]) => !fine).map(([name]) => name);
const build = (where) => execFileSync(resolve(program), ['build', '-s', where, '--clock', clock, '--only', 'site,search', '-d', `${dir}/output`], { stdio: 'ignore' });

let server = await serve(program, dir, ['--clock', clock, '--editor', 'edit://open/{file}:{line}:{col}']);
const at = (address) => get(server, address);
const bar = async (path) => (await at(`/_preview/bar?path=${path}`)).text;

{
  const phone = await at('/_preview/phone?path=/en/faq/one/'), pair = await at('/_preview/pair?path=/en/faq/one/'), alone = await at('/_preview/pair?path=/en/');
  const frames = (answer) => [...answer.text.matchAll(/<iframe[^>]* src="([^"]*)"/g)].map((found) => found[1]).join(' ');
  tell('a page in the width of a phone, and beside its translation', faults({
    'one frame for the phone': phone.status === 200 && frames(phone) === '/en/faq/one/', 'its title is text': phone.text.includes('One &amp; only'),
    'a frame each language': frames(pair) === '/en/faq/one/ /de/faq/one/', 'one where there is nothing beside it': frames(alone).startsWith('/en/'),
  }));
  const lost = await Promise.all(['phone', 'pair', 'print'].map((what) => at(`/_preview/${what}?path=/en/nobody/`)));
  tell('none of a page that is not there', lost.filter((answer) => answer.status !== 404 || /<iframe/.test(answer.text)).map((answer) => `${answer.status} ${answer.text.slice(0, 200)}`));
}
{
  const paper = await at('/_preview/print?path=/en/faq/one/'), list = await at('/_preview/print?path=/en/faq/');
  tell('a page as it is printed; a list is not', faults({
    'a PDF': paper.type === 'application/pdf' && paper.bytes.subarray(0, 5).toString() === '%PDF-', 'words instead of a list': list.type.startsWith('text/html') && /<h1>/.test(list.text),
  }));
}
{
  const old = await at('/old/one/'), bare = await at('/en/faq'), feed = await at('/en/faq/index.xml');
  tell('an old address leads on, a folder is shown with its last sign', faults({
    'from the old address': /http-equiv=.?refresh/i.test(old.text) && old.text.includes('/en/faq/one/'), 'the folder': bare.status === 301 && bare.headers.location === '/en/faq/', 'no feed without an address of the site': feed.status === 404,
  }));
}
{
  const texts = Object.fromEntries(await Promise.all(['one', 'draft', 'ended', 'later', 'alone'].map(async (name) => [name, await bar(`/en/faq/${name}/`)])));
  const marks = (name) => (texts[name].match(/class="mark [^"]*"/g) ?? []).length;
  tell('the bar says what readers do not see yet or any more', faults({ draft: marks('draft') > marks('alone'), ended: marks('ended') > marks('alone'), later: marks('later') > marks('alone'), reviewed: /mark warning/.test(texts.one) }));
}

// --- questions

const ask = async (question, language = 'en') => (await at(`/${language}/search/?q=${encodeURIComponent(question)}`)).text;
{
  const without = await ask('marmot');
  build(dir);
  const found = await ask('marmot'), meant = await ask('marmto'), none = await ask('zzzzzz'), german = await ask('Murmeltier', 'de'), empty = await ask(' '), wild = await ask('<b>"\xff'.repeat(200));
  tell('a question is answered from the index of the last edition', faults({
    'no index yet': !/<mark>/.test(without) && /role="status"/.test(without), 'the page, with the word marked': found.includes('href="/en/faq/one/"') && /<mark>marmot<\/mark>/.test(found),
    'in its language': german.includes('href="/de/faq/one/"'), 'what was meant': meant.includes('/en/faq/one/'), 'nothing': !none.includes('id="hits">\n<a'),
    'no question, no answer': !/role="status"/.test(empty), 'the question is text': !wild.includes('<b>"') && wild.includes('&lt;b&gt;'),
  }));
  const other = folder({ 'content/site.yaml': 'title: Other\nlanguages: [fr]\nsearch: true\n', 'content/a.fr.md': page('A', 'marmot') });
  build(other);
  const refused = await ask('marmot');
  tell('not from the index of another site', /id="hits"/.test(refused) || !/role="status"/.test(refused) ? [refused] : []);
  drop(other);
}

// --- faults, and links to their places

{
  put(dir, 'content/faq/alone.en.md', page('Alone', 'See [nobody](/faq/nobody).'));
  const list = await until(async () => { const text = (await at('/_preview/')).text; return text.includes('link-missing') && text; }) || '';
  tell('a fault leads to its place in the editor that was named', /href="edit:\/\/open\/[^"]*content\/faq\/alone\.en\.md:5:\d+"/.test(list) ? [] : [list.slice(0, 800)]);
  put(dir, 'content/site.yaml', 'title: [Test\n');
  const broken = await until(async () => { const text = (await at('/_preview/')).text; return /role="alert"/.test(text) && text; }) || '';
  tell('what stands in the way of a new load is told first, with what was shown last behind it', faults({ alert: /class="stop" role="alert"/.test(broken), 'its file': broken.includes('content/site.yaml'), 'a page': (await at('/en/faq/one/')).status === 200 }));
  tell('it ends well', [await server.end()].filter((code) => code !== 0));
}
{
  server = await serve(program, dir, ['--clock', clock]);
  const first = await until(async () => { const answer = await at('/en/faq/one/'); return answer.text.includes('content/site.yaml') && answer; });
  const list = (await at('/_preview/')).text;
  tell('a site that was never well says why at every address', faults({ 'it answers': first, 'with the fault': first?.status >= 500 && /site\.yaml/.test(first.text), 'the list has it': /site\.yaml/.test(list) }));
  put(dir, 'content/site.yaml', settings);
  tell('and is there as soon as it is mended', await until(async () => (await at('/en/faq/one/')).text.includes('marmot')) ? [] : [(await at('/en/faq/one/')).text.slice(0, 500)]);
  await server.end();
}
drop(dir);
leave();
