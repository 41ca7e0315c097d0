#!/usr/bin/env node
/* cms.mjs - what the editor for browsers asks of `rohnamo serve --cms`, request by request: reading, saving, conflicts, pictures, commits, states of the repository. Prints TAP.

     cms.mjs ROHNAMO */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { drop, folder, get, leave, put, serve, tell, until } from './ground.mjs';

const program = process.argv[2];
const page = (title, body, fields = '') => `---\ntitle: ${title}\n${fields}---\n\n${body}\n`;
const one = 'content/faq/one.en.md', german = 'content/faq/one.de.md', dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=', 'base64');
const dir = folder({
  'content/site.yaml': 'title: Test\nlanguages: [en, de]\n',
  'content/faq/_type.yaml': 'fields:\n  phone: {type: phone, shared: true}\n  note: {type: text}\n',
  'content/faq/_index.en.md': page('Questions', 'All of them.'),
  [one]: page('One', 'First text.', '# a remark\nphone: "112"\nnote: of one\n'),
  [german]: page('Eins', 'Erster Text.'),
  'content/media/map.pdf': '%PDF-1.4 a map\n',
  'content/media/notes.txt': 'no picture\n',
  '.gitignore': 'output/\nbuild/\n',
});
const outside = folder({ 'x.en.md': page('Outside', 'Text.') });
symlinkSync(outside, join(dir, 'content/linked'));
// Whose machine this is, git does not know here.
Object.assign(process.env, { HOME: outside, XDG_CONFIG_HOME: outside, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CEILING_DIRECTORIES: join(dir, '..') });
const git = (...words) => execFileSync('git', ['-C', dir, ...words], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const faults = (pairs) => Object.entries(pairs).filter(([, fine]) => !fine).map(([name]) => name);
const text = (path) => readFileSync(join(dir, path), 'utf8');

let server = await serve(program, dir, ['--cms']), origin = `http://127.0.0.1:${server.port}`;
/** The answer to BODY at the address where the editor asks: {status, value}. */
function post(body, headers = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return new Promise((done, fail) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path: '/_cms/api/v1', method: 'POST', agent: false,
      headers: { Origin: origin, 'Content-Type': 'application/json', 'Content-Length': bytes.length, 'X-Rohnamo-Tab': 'a', ...headers } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const said = Buffer.concat(parts).toString();
        let value = said;
        try { value = JSON.parse(said); } catch { /* words */ }
        done({ status: response.statusCode, value });
      });
    });
    request.on('error', fail);
    request.end(bytes);
  });
}
const ask = (action, params = {}, tab = 'a') => post({ action, params }, { 'X-Rohnamo-Tab': tab });
const state = () => get(server, '/_cms/state').then((answer) => JSON.parse(answer.text));
/** What the editor sends back for PATH: what it was shown, with EDIT done to it. */
async function edited(path, edit) {
  const { value } = await ask('getEntry', { path });
  return { path, slug: 'one', raw: edit(value.data) };
}
const reworded = (word) => edited(one, (raw) => raw.replace(/\w+ text\./, `${word} text.`));
const save = (files, more = {}, tab = 'a') => ask('persistEntry', { dataFiles: files, options: { commitMessage: 'Saved\nhere' }, ...more }, tab);

// --- reading

{
  const home = await get(server, '/_cms/'), config = await get(server, '/_cms/config.yml?lang=de'), none = await get(server, '/_cms/nobody.js'), now = await state();
  const answers = { home: home.type?.startsWith('text/html'), policy: /default-src 'none'/.test(home.headers['content-security-policy']), config: /name: "?faq/.test(config.text) && config.type.startsWith('text/yaml'), 'nothing else': none.status === 404,
    'no repository is told': now.author && /git/.test(now.note) || !now.editor, 'only by POST': (await get(server, '/_cms/api/v1')).status >= 400 };
  tell('the editor\'s page, its configuration, its state', faults(answers));
}
{
  const info = await ask('info'), list = await ask('entriesByFolder', { folder: 'content/faq', extension: 'md', depth: 2 }), files = await ask('entriesByFiles', { files: [{ path: one }, { path: 'content/faq/new.en.md' }, {}] });
  const paths = list.value.map((entry) => entry.file.path).join(' '), entry = await ask('getEntry', { path: one });
  tell('pages are listed and opened', faults({
    info: info.value.type === 'local_git', 'a folder\'s pages, in order': paths === `${german} ${one}`, 'one page': entry.value.data.includes('title: One') && entry.value.data.includes('First text.') && /^[0-9a-f]{16}$/.test(entry.value.file.id),
    'by name, also those to come': files.value.length === 3 && files.value[0].data.includes('First text.') && files.value[1].data === '', 'no preview of deploys': (await ask('getDeployPreview')).value === null,
  }));
  const none = await Promise.all([['content/site.yaml'], ['content/../x.md'], ['/etc/passwd'], ['content/linked/x.en.md'], ['content/.x.md'], [undefined], [7], ['content/faq/a\\b.md']].map(([path]) => ask('getEntry', { path })));
  const folders = await Promise.all(['content/linked', '..', '/etc', undefined, 'content/none'].map((name) => ask('entriesByFolder', { folder: name })));
  tell('nothing but pages of the content is', [...none.filter((answer) => answer.status !== 403).map((answer) => `${answer.status} ${JSON.stringify(answer.value)}`), ...folders.filter((answer) => answer.value.length !== 0).map((answer) => JSON.stringify(answer.value))]);
}
{
  const all = await ask('getMedia', { mediaFolder: 'content/media' }), map = await ask('getMediaFile', { path: 'content/media/map.pdf' });
  tell('pictures and files of media/', faults({ 'those that a site can use': all.value.map((file) => file.name).join() === 'map.pdf', 'byte for byte': Buffer.from(map.value.content, 'base64').toString() === '%PDF-1.4 a map\n',
    'none other': (await ask('getMediaFile', { path: 'content/media/notes.txt' })).status === 404 && (await ask('getMediaFile', { path: 'content/media/none.png' })).status === 404 }));
}

// --- saving without a repository

{
  const before = text(one), wanted = before.replace('title: One', 'title: Other'), opened = await edited(one, (raw) => raw.replace('title: One', 'title: Other'));
  const done = await save([opened]);
  tell('a title is saved, and no other byte', faults({ status: done.status === 200, file: text(one) === wanted }).concat(text(one) === wanted ? [] : [text(one)]));
  const again = { ...opened, raw: opened.raw.replace('First text.', 'Second text.') };
  tell('the tab that saved goes on from what it had opened; another one does not', faults({ 'the other': (await save([again], {}, 'b')).status === 409 && text(one) === wanted, 'this one': (await save([again])).status === 200 && text(one).includes('Second text.') }));
  put(dir, one, wanted);
  const stale = await edited(one, (raw) => raw.replace('Other', 'Mine'));
  put(dir, one, wanted.replace('Other', 'Theirs'));
  tell('what somebody else saved meanwhile stays', faults({ refused: (await save([stale])).status === 409, stays: text(one).includes('Theirs') }));
  const same = await edited(one, (raw) => raw), left = text(one);
  tell('what nobody changed is not written', faults({ status: (await save([same])).status === 200, bytes: text(one) === left }));
}
{
  const twin = await edited(german, (raw) => raw.replace('title: Eins', 'title: Zwei\nphone: "999"\nnote: eigen'));
  const done = await save([await edited(one, (raw) => raw.replace('note: of one', 'note: of both')), twin]);
  tell('a translation has no copy of what the source language alone has', faults({ status: done.status === 200, source: text(one).includes('note: of both'), own: text(german).includes('title: Zwei') && text(german).includes('note: eigen'), shared: !text(german).includes('999') }));
}
{
  const fresh = { path: 'content/faq/fresh/new.en.md', slug: 'new', raw: page('New', 'Text.') };
  tell('a new page, in a new folder', faults({ status: (await save([fresh])).status === 200, there: text(fresh.path).includes('title: New'), 'not twice': (await save([fresh], {}, 'c')).status === 409 }));
  const refused = [{ path: 'content/site.yaml' }, { path: 'content/linked/x.en.md' }, { path: '.git/config.md' }, { path: 'content/a/../b.md' }, { path: one, newPath: german }, { path: one, raw: undefined }, { path: one, raw: 'x'.repeat((4 << 20) + 1) }, {}];
  const answers = await Promise.all(refused.map((file) => save([{ raw: page('X', 'X.'), ...file }])));
  tell('nothing but a page is written', answers.map((answer, i) => answer.status === 403 ? '' : `${JSON.stringify(refused[i]).slice(0, 80)}: ${answer.status}`).filter(Boolean));
  put(dir, 'content/faq/odd.en.md', '---\ntitle: [Odd\n---\n\nText.\n');
  const odd = await save([{ path: 'content/faq/odd.en.md', raw: page('Odd', 'Text.') }]);
  put(dir, 'content/faq/large.en.md', 'x'.repeat((4 << 20) + 1));
  const large = await save([{ path: 'content/faq/large.en.md', raw: page('Large', 'Text.') }]);
  tell('nor over a page that cannot be read', faults({ odd: [409, 422].includes(odd.status) && text('content/faq/odd.en.md').includes('[Odd'), large: large.status === 422 }));
  rmSync(join(dir, 'content/faq/odd.en.md'));
  rmSync(join(dir, 'content/faq/large.en.md'));
}
{
  const asset = (path, bytes, encoding = 'base64') => ({ asset: { path, content: Buffer.from(bytes).toString('base64'), encoding } }), path = 'content/media/new/dot.png';
  const kept = await ask('persistMedia', asset(path, dot));
  const wrong = await Promise.all([asset(path, 'another'), asset('content/media/a.svg', '<svg/>'), asset('content/faq/a.png', dot), asset('content/media/a.png', ''), asset('content/media/a.png', dot, 'hex'), { asset: { path: 'content/media/a.png' } }, {}].map((one) => ask('persistMedia', one)));
  const entry = await save([await reworded('Third')], { assets: [asset('content/media/b.png', dot).asset] }), bad = await save([], { assets: [{ path: 'content/b.png', content: 'AAAA', encoding: 'base64' }] });
  tell('pictures are kept as they are, of their kinds, in media/, never over another', [...faults({ status: kept.status === 200 && kept.value.name === 'dot.png', bytes: readFileSync(join(dir, path)).equals(dot), 'again the same': (await ask('persistMedia', asset(path, dot))).status === 200,
    'with a page': entry.status === 200 && existsSync(join(dir, 'content/media/b.png')), 'or not at all': bad.status === 415 }), ...wrong.filter((answer) => answer.status !== 415).map((answer) => `${answer.status} ${JSON.stringify(answer.value).slice(0, 100)}`)]);
}

{
  // A folder in the page's place cannot be taken away as a file, whoever runs this.
  mkdirSync(join(dir, 'content/faq/folder.en.md/below'), { recursive: true });
  const stuck = await ask('deleteFiles', { paths: ['content/faq/folder.en.md'] });
  tell('what could not be taken away is said', faults({ status: stuck.status === 500 && /folder\.en\.md/.test(stuck.value.error) }).concat(stuck.status === 500 ? [] : [JSON.stringify(stuck.value)]));
  rmSync(join(dir, 'content/faq/folder.en.md'), { recursive: true });
}

// --- requests that are none

{
  const bodies = ['', '{', '[]', '7', '{"action": "format"}', '{"action": 7}', '{"action": "getEntry", "action": "info"}', '{"params": {}}'], strange = await Promise.all(bodies.map((body) => post(body)));
  const body = JSON.stringify({ action: 'info', params: {} }), from = await Promise.all([{ Origin: 'http://example.org' }, { 'Content-Type': 'text/plain' }, { 'X-Rohnamo-Tab': 'x'.repeat(65) }, { 'X-Rohnamo-Tab': '' }].map((headers) => post(body, headers)));
  tell('what is no request of the editor is refused in words', [...strange.filter((answer) => answer.status !== 422 || !answer.value.error).map((answer) => `${answer.status} ${JSON.stringify(answer.value)}`),
    ...from.slice(0, 3).filter((answer) => answer.status !== 403).map((answer) => String(answer.status))]);
}

// --- with a repository

{
  await server.end();
  git('init', '-q', '-b', 'main');
  server = await serve(program, dir, ['--cms']);
  origin = `http://127.0.0.1:${server.port}`;
  const unknown = await state(), refused = await save([await reworded('Fourth')]);
  tell('who edits is asked for where git does not know', faults({ state: unknown.author === false, saved: refused.status === 428 && text(one).includes('Fourth') }));
  const wrong = await Promise.all([{}, { name: 'E' }, { name: '', email: 'e@example.org' }, { name: 'E', email: 'nobody' }, { name: 'E <x>', email: 'e@example.org' }, { name: 'E', email: 'e @example.org' }].map((who) => ask('author', who)));
  const known = await ask('author', { name: 'Editor', email: 'e@example.org' });
  tell('and is known once it was said', [...wrong.filter((answer) => answer.status !== 422).map((answer) => String(answer.status)), ...faults({ status: known.status === 200, state: (await state()).author, git: git('config', 'user.name') === 'Editor\n' })]);
}
{
  const first = await save([await reworded('Fifth')]);
  tell('the first commit of a repository has the page alone, with its words in one line', faults({ status: first.status === 200, files: git('show', '--name-only', '--format=%s|%an', 'HEAD') === `Saved here|Editor\n\n${one}\n` }));
  git('add', '-A');
  git('commit', '-qm', 'all');
  put(dir, 'content/site.yaml', `${text('content/site.yaml')}# staged\n`);
  git('add', 'content/site.yaml');
  const second = await ask('persistEntry', { dataFiles: [await reworded('Sixth')] });
  tell('a commit without words is named after its file; what others staged stays staged', faults({ status: second.status === 200, subject: git('log', '-1', '--format=%s') === `${one}\n`, files: git('show', '--name-only', '--format=', 'HEAD') === `${one}\n`, staged: git('status', '--short') === 'M  content/site.yaml\n' }));
  writeFileSync(join(dir, '.git/MERGE_HEAD'), git('rev-parse', 'HEAD'));
  const busy = await save([await reworded('Seventh')]);
  rmSync(join(dir, '.git/MERGE_HEAD'));
  tell('in the middle of a merge it is saved, not committed, and said', faults({ status: busy.status === 423, file: text(one).includes('Seventh') }));
  writeFileSync(join(dir, '.git/index.lock'), '');
  const locked = await save([await reworded('Eighth')]), head = git('rev-parse', 'HEAD');
  rmSync(join(dir, '.git/index.lock'));
  tell('so where somebody else is writing the index', faults({ status: locked.status === 500 && /commit/.test(locked.value.error), head: git('rev-parse', 'HEAD') === head, file: text(one).includes('Eighth') }));
}
{
  const fine = await ask('deleteFiles', { paths: ['content/faq/fresh/new.en.md', 'content/media/b.png'], options: { commitMessage: 'Gone' } });
  tell('what is taken away is a commit too', faults({ status: fine.status === 200, files: !existsSync(join(dir, 'content/faq/fresh/new.en.md')) && !existsSync(join(dir, 'content/media/b.png')), subject: git('log', '-1', '--format=%s') === 'Gone\n' }));
  const refused = await Promise.all([[one, 'content/site.yaml'], ['content/linked/x.en.md'], [7], ['../x.md']].map((paths) => ask('deleteFiles', { paths })));
  tell('nothing but pages and media is, and all of it or nothing', [...refused.filter((answer) => answer.status !== 403).map((answer) => String(answer.status)), ...faults({ page: existsSync(join(dir, one)), outside: existsSync(join(outside, 'x.en.md')) })]);
}
{
  put(dir, 'content/site.yaml', 'title: [Test\n');
  await until(async () => /role="alert"/.test((await get(server, '/_preview/bar?path=/en/faq/one/')).text));
  const still = await ask('getEntry', { path: one });
  tell('pages can be mended while the site is broken', faults({ opened: still.value.data.includes('Eighth') }));
  tell('it ends well', [await server.end()].filter((code) => code !== 0));
}
drop(dir);
drop(outside);
leave();
