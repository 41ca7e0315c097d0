#!/usr/bin/env node
/* saves.mjs - files are saved, broken, mended, removed, moved and switched while a page is looked at. Prints TAP.

     saves.mjs ROHNAMO */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drop, folder, get, leave, news, parted, put, resident, serve, tell, until } from './ground.mjs';

const program = process.argv[2];
const page = (title, body) => `---\ntitle: ${title}\n---\n\n${body}\n`;
const settings = 'title: Test\nlanguages: [en, de]\n';
const dir = folder({
  'content/site.yaml': settings,
  'content/faq/_index.en.md': page('Questions', 'All of them.'),
  'content/faq/one.en.md': page('One', 'First text.'),
  'content/faq/one.de.md': page('Eins', 'Erster Text.'),
  'content/faq/two.en.md': page('Two', 'Second text, see [one](/faq/one).'),
  'content/data/rates.yaml': 'a: 1\n',
});
const one = 'content/faq/one.en.md', at = '/en/faq/one/';
const git = (...args) => execFileSync('git', ['-C', dir, '-c', 'user.name=E', '-c', 'user.email=e@example.org', ...args], { stdio: 'ignore' });
git('init', '-q', '-b', 'main');
git('add', '-A');
git('commit', '-q', '-m', 'first');
const server = await serve(program, dir);
const shown = async (path = at) => (await get(server, path)).text;
const bar = async (path = at) => (await get(server, `/_preview/bar?path=${path}`)).text;
const list = () => get(server, '/_preview/').then((answer) => answer.text);
/** Faults of: SAVE makes a browser at PATH load it anew, and then WANTED is there. */
async function seen(save, wanted, path = at) {
  const watcher = await news(server, path), from = watcher.events.length;
  save();
  const came = await watcher.wait('page', from), text = await shown(path);
  watcher.close();
  return [...(came ? [] : [`no news of ${path}`]), ...(text.includes(wanted) ? [] : [`${path} is without '${wanted}'`])];
}

tell('a page is shown', (await shown()).includes('First text.') ? [] : [await shown()]);
tell('a body that is saved is shown', await seen(() => put(dir, one, page('One', 'Changed text.')), 'Changed text.'));
tell('so is a title, in its list too', [...await seen(() => put(dir, one, page('Other name', 'Changed text.')), '<h1>Other name'), ...((await shown('/en/faq/')).includes('Other name') ? [] : ['the list has the old name'])]);
tell('an editor that writes beside and renames', await seen(() => { put(dir, 'content/faq/.one.tmp', page('One', 'Renamed over.')); renameSync(join(dir, 'content/faq/.one.tmp'), join(dir, one)); }, 'Renamed over.'));
{
  const watcher = await news(server, '/en/faq/two/'), from = watcher.events.length;
  put(dir, one, page('One', 'Of no interest to the other page.'));
  await watcher.wait('bar', from);
  tell('a page that a save does not change is not loaded anew', watcher.events.slice(from).includes('page') ? [watcher.events.join()] : []);
  watcher.close();
}
tell('a new folder with a page in it', await seen(() => put(dir, 'content/fresh/deep/page.en.md', page('Fresh', 'In a new folder.')), 'Fresh', '/en/'));
tell('and a page saved there later', await seen(() => put(dir, 'content/fresh/deep/page.en.md', page('Fresh', 'Saved again.')), 'Saved again.', '/en/fresh/deep/page/'));
tell('a layout of the site\'s own', await seen(() => put(dir, 'layouts/page.html', '{% extends "base" %}{% block main %}<h1>{{ page.title }}</h1>OWN LAYOUT{{{ page.content }}}{% endblock %}'), 'OWN LAYOUT'));
{
  const found = 'count.en.md', at = '/en/faq/count/';
  put(dir, 'plugins/count/init.lua', 'return { blocks = { count = function () return "Lines: " .. #site.find("](/faq/two)") .. "." end } }\n');
  put(dir, `content/faq/${found}`, page('Count', '```count\n```'));
  put(dir, 'content/site.yaml', `${settings}plugins: [count]\n`);
  const none = await until(async () => (await shown(at)).includes('Lines: 0.'));
  put(dir, one, page('One', 'Now with [two](/faq/two).'));
  tell('what a plugin looks for in files is found in a body that is saved', none && await until(async () => (await shown(at)).includes('Lines: 1.')) ? [] : [await shown(at)]);
  put(dir, 'content/site.yaml', settings);
  rmSync(join(dir, 'content/faq', found));
  await until(async () => (await get(server, at)).status === 404);
}

// --- broken, and mended

const broken = {
  'a front matter that is no YAML': [() => put(dir, one, '---\ntitle: [One\n---\n\nText.\n'), one],
  'a site.yaml that is no YAML': [() => put(dir, 'content/site.yaml', 'title: [Test\n'), 'content/site.yaml'],
  'a layout that fails': [() => put(dir, 'layouts/page.html', '{% extends "base" %}{% block main %}{{ nobody.knows }}{% endblock %}'), 'layouts/page.html'],
  'marks of a merge': [() => put(dir, one, page('One', '<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs')), one],
};
for (const [name, [spoil, file]] of Object.entries(broken)) {
  put(dir, one, page('One', 'All is well.'));
  await until(async () => (await shown()).includes('All is well.'));
  const watcher = await news(server, at), from = watcher.events.length, faults = [];
  spoil();
  if (!await until(async () => /role="alert"/.test(await bar()))) faults.push('the bar does not tell');
  const text = await bar(), html = parted(await shown());
  if (!text.includes(`${file}:`)) faults.push(`it does not name ${file}`);
  if (!/<pre[^>]*>[^<]*\n *\^<\/pre>/.test(text)) faults.push('there is no line with a caret');
  if (!html?.page.includes('All is well.')) faults.push('what was shown last is gone');
  await watcher.wait('bar', from);
  if (watcher.events.length === from) faults.push('nobody was told');
  rmSync(join(dir, 'layouts'), { recursive: true, force: true });
  put(dir, 'content/site.yaml', settings);
  put(dir, one, page('One', 'Mended.'));
  if (!await until(async () => (await shown()).includes('Mended.') && !/role="alert"/.test(await bar()))) faults.push(`it is not mended: ${await bar()}`);
  watcher.close();
  tell(`${name}: the last good page stays, with the error over it, until it is mended`, faults);
}
{
  put(dir, 'content/faq/bad.en.md', '---\ntitle: [Bad\n---\n\nText.\n');
  const answer = await until(async () => { const got = await get(server, '/en/faq/bad/'); return got.status === 500 && got; }), faults = [];
  if (!answer || !answer.text.includes('content/faq/bad.en.md:2') || !/\^<\/pre>/.test(answer.text)) faults.push((answer || await get(server, '/en/faq/bad/')).text);
  if (!await until(async () => (await list()).includes('content/faq/bad.en.md:2'))) faults.push('it is not in the list');
  tell('a page that was never well shows its errors with line and caret, and the list has them', faults);
  rmSync(join(dir, 'content/faq/bad.en.md'));
}
tell('a warning is in the list once all is checked', await (async () => {
  put(dir, 'content/faq/two.en.md', page('Two', 'See [nobody](/faq/nobody).'));
  return await until(async () => (await list()).includes('link-missing')) ? [] : [await list()];
})());

// --- folders that go and come, other branches

{
  const away = `${dir}-away`, faults = [];
  renameSync(join(dir, 'content'), away);
  if (!await until(async () => /role="alert"/.test(await bar()))) faults.push('that it is gone is not told');
  if (!(await shown()).includes('Mended.')) faults.push('what was shown last is gone');
  renameSync(away, join(dir, 'content'));
  if (!await until(async () => !/role="alert"/.test(await bar()))) faults.push('that it is back is not seen');
  faults.push(...await seen(() => put(dir, one, page('One', 'After it came back.')), 'After it came back.'));
  cpSync(join(dir, 'content'), away, { recursive: true });
  rmSync(join(dir, 'content'), { recursive: true });
  await until(async () => /role="alert"/.test(await bar()));
  mkdirSync(join(dir, 'content'));
  cpSync(away, join(dir, 'content'), { recursive: true });
  if (!await until(async () => !/role="alert"/.test(await bar()))) faults.push('that it was made again is not seen');
  faults.push(...await seen(() => put(dir, one, page('One', 'Made again.')), 'Made again.'));
  drop(away);
  tell('the content is moved away and back, removed and made again', faults);
}
{
  git('add', '-A');
  git('commit', '-q', '-m', 'main');
  git('checkout', '-q', '-b', 'other');
  for (let i = 0; i < 30; i++) put(dir, `content/many/page-${i}.en.md`, page(`Page ${i}`, 'On the other branch.'));
  put(dir, one, page('One', 'On the other branch.'));
  git('add', '-A');
  git('commit', '-q', '-m', 'other');
  const faults = await seen(() => git('checkout', '-q', 'main'), 'Made again.');
  if (!await until(async () => (await get(server, '/en/many/page-7/')).status === 404 || /role="alert"/.test(await bar('/en/many/page-7/')))) faults.push('a page of the other branch is still there');
  faults.push(...await seen(() => git('checkout', '-q', 'other'), 'On the other branch.'));
  if (!(await shown('/en/many/page-7/')).includes('On the other branch.')) faults.push('a page of the branch is missing');
  tell('branches are switched', faults);
}

// --- a day's saving

{
  const second = await serve(program, dir), faults = [];
  if (second.port === server.port || !(await get(second, at)).text.includes('On the other branch.')) faults.push('a second server does not show the site');
  if (await second.end() !== 0) faults.push('it does not end well');
  tell('two serve one folder', faults);
}
{
  const watcher = await news(server, at), sizes = [], faults = [], from = watcher.events.length;
  for (let i = 1; i <= 1000; i++) {
    /* Every tenth changes the front matter: the site is loaded anew. */
    put(dir, one, page(`One ${Math.floor(i / 10)}`, `Save ${i}.`));
    await until(async () => (await shown()).includes(`Save ${i}.`), 5000);
    if (i % 250 === 0) sizes.push(resident(server));
  }
  if (!(await shown()).includes('Save 1000.')) faults.push('the last save is not shown');
  if (!await until(() => watcher.events.slice(from).includes('page'))) faults.push('no news');
  if (sizes[3] > sizes[0] * 1.25 + 8192) faults.push(`memory grows: ${sizes.join(', ')} KiB`);
  console.log(`# resident after 250, 500, 750, 1,000 saves: ${sizes.join(', ')} KiB`);
  tell('1,000 saves in a row are shown, and memory does not grow', faults);
  watcher.close();
}
writeFileSync(join(dir, one), page('One', 'The end.'));
tell('it ends at once when it is told to, also in the middle of work', [await server.end('SIGTERM')].filter((code) => code !== 0));
drop(dir);
leave();
