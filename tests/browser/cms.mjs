/*
 * cms.mjs - the editor for browsers (rohnamo serve --cms) in Chromium: opens, changes and saves a page of a copy of the starter; each save is a commit of that change alone.
 *
 *   node tests/browser/cms.mjs ROHNAMO      after `make cms`; prints TAP
 */
import { createRequire } from 'node:module';
import { spawn, execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(resolve('build/node/x.js'));
const { chromium } = require('playwright-core');
const program = process.argv[2];
const site = mkdtempSync(join(tmpdir(), 'rohnamo-cms-'));
const file = join(site, 'content/faq/patent.tg.md');
const git = (...words) => execFileSync('git', words, { cwd: site }).toString();
let number = 0, bad = 0;
const ok = (fine, what, more) => {
	if (!fine) bad = 1;
	console.log(`${fine ? 'ok' : 'not ok'} ${++number} - ${what}${fine || !more ? '' : '\n# ' + String(more).replace(/\n/g, '\n# ')}`);
};

cpSync('content', join(site, 'content'), { recursive: true });
git('init', '-q');
git('config', 'user.name', 'Editor');
git('config', 'user.email', 'editor@example.org');
appendFileSync(join(site, '.gitignore'), 'build/\n');
git('add', '-A');
git('commit', '-qm', 'start');
/* What the editor's user has staged is not the page's, and stays staged. */
appendFileSync(join(site, 'content/site.yaml'), '# staged\n');
git('add', 'content/site.yaml');

const server = spawn(program, ['serve', '--cms', '-s', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
server.stdout.on('data', data => { said += data; });
while (!/Ctrl-C/.test(said)) await new Promise(done => setTimeout(done, 50));
const address = said.split('\n')[0];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

async function open() {
	const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
	page.foreign = [];
	page.faults = [];
	page.on('request', request => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) page.foreign.push(request.url()); });
	page.on('pageerror', error => page.faults.push(String(error)));
	await page.goto(address + '_cms/#/collections/faq/entries/patent');
	await page.locator('#nc-root button').first().click({ timeout: 30000 });
	await page.locator('input[id^="title-field"]').first().waitFor({ timeout: 30000 });
	return page;
}

const post = (params, action = 'persistEntry') => fetch(address + '_cms/api/v1', { method: 'POST', body: JSON.stringify({ action, params }),
	headers: { Origin: address.slice(0, -1), 'Content-Type': 'application/json', 'X-Rohnamo-Tab': 'a' } });
const check = () => {
	try { return execFileSync(program, ['check', '-s', site], { stdio: ['ignore', 'pipe', 'pipe'] }).toString(); } catch (error) { return `${error.status}: ${error.stdout}`; }
};

/* Presses "publish"; the answer's status. */
async function publish(page) {
	await page.locator('[role="button"][class*="Publish"]').first().click();
	const answer = page.waitForResponse(response => /persistEntry/.test(response.request().postData() || ''));
	await page.locator('[role="menuitem"]').first().click();
	return (await answer).status();
}

async function save(page, title) {
	await page.locator('input[id^="title-field"]').first().fill(title);
	return publish(page);
}

try {
	const before = readFileSync(file, 'utf8');
	const page = await open(), other = await open();
	ok(!page.faults.length, 'the configuration is one that the editor takes', page.faults);
	ok(await save(page, 'Патент чист?') === 200, 'a title is saved');
	const after = before.replace(/^title: .*$/m, 'title: Патент чист?');
	ok(readFileSync(file, 'utf8') === after, 'no other byte of the file changes', git('diff', 'HEAD~1', 'HEAD'));
	ok(git('show', '--name-only', '--format=%an', 'HEAD').trim() === 'Editor\n\ncontent/faq/patent.tg.md', 'the commit has that file alone', git('show', '--stat', 'HEAD'));
	ok(git('status', '--short') === 'M  content/site.yaml\n', 'what was staged before is staged still', git('status', '--short'));
	await new Promise(done => setTimeout(done, 1500));
	ok((await (await fetch(address + 'tg/faq/patent/')).text()).includes('Патент чист?'), 'the preview shows it');
	ok(await save(other, 'Other') === 409 && readFileSync(file, 'utf8') === after, 'who opened the page before cannot overwrite it');
	const third = await open(), words = third.locator('[contenteditable="true"]').first();
	await words.click();
	// The editor follows the cursor some moments later.
	for (const key of ['Control+End', 'Enter']) {
		await third.waitForTimeout(700);
		await third.keyboard.press(key);
	}
	await third.waitForTimeout(700);
	await third.keyboard.type('Сатри нав.');
	ok(await publish(third) === 200 && readFileSync(file, 'utf8') === after.trimEnd() + '\n\nСатри нав.\n', 'a line more in the text is that line in the file',
		git('diff', 'HEAD~1', 'HEAD'));
	// A new page in both languages, a picture, and both gone again: what the editor sends for it.
	const raw = (title, words) => `---\ntitle: ${title}\ndescription: ${words}\n---\n${words}\n`, names = ['tg', 'ru'].map((code) => `content/faq/new-page.${code}.md`), before2 = check();
	ok((await post({ dataFiles: [{ path: names[0], slug: 'new-page', raw: raw('Саҳифаи нав', 'Матн.') }, { path: names[1], slug: 'new-page', raw: raw('Новая страница', 'Текст.') }],
		options: { commitMessage: 'New page' } })).status === 200 && git('show', '--name-only', '--format=%s', 'HEAD').trim() === `New page\n\n${names[1]}\n${names[0]}`, 'a page in two languages is one commit of two files',
		git('show', '--stat', 'HEAD'));
	ok(!/: error: /.test(check()) && !/: error: /.test(before2), 'and nothing is wrong with it', check());
	const picture = 'content/media/dot.png', dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
	ok((await post({ asset: { path: picture, content: dot, encoding: 'base64' } }, 'persistMedia')).status === 200 && readFileSync(join(site, picture)).toString('base64') === dot, 'a picture is kept, byte for byte');
	ok((await post({ asset: { path: picture, content: 'AAAA', encoding: 'base64' } }, 'persistMedia')).status === 415, 'another one of its name is not');
	ok((await post({ paths: [...names, picture], options: { commitMessage: 'Gone' } }, 'deleteFiles')).status === 200 && !existsSync(join(site, names[0])) && git('log', '-1', '--format=%s') === 'Gone\n',
		'what is taken away is a commit too', git('log', '-1', '--stat'));
	// Fields are named in the language that the address asks for.
	const russian = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
	await russian.goto(address + '_cms/?lang=ru#/collections/faq/entries/patent');
	await russian.locator('#nc-root button').first().click({ timeout: 30000 });
	await russian.locator('input[id^="title-field"]').first().waitFor({ timeout: 30000 });
	ok(/Заголовок|Название/i.test(await russian.locator('body').innerText()), 'the fields have Russian names where those are asked for', (await russian.locator('body').innerText()).slice(0, 300));
	if (process.env.SHOTS) for (const [name, one] of [['wide', third], ['narrow', russian]]) await one.screenshot({ path: join(process.env.SHOTS, `cms-${name}.png`) });
	await page.waitForTimeout(500);
	ok(!page.foreign.length, 'nothing is asked of another machine', page.foreign);
	const body = JSON.stringify({ action: 'persistEntry', params: { dataFiles: [{ path: 'content/faq/x.tg.md', raw: '---\ntitle: X\n---\n' }] } });
	for (const headers of [{ Origin: 'http://example.org', 'Content-Type': 'application/json', 'X-Rohnamo-Tab': 'a' }, { 'Content-Type': 'application/json', 'X-Rohnamo-Tab': 'a' },
		{ Origin: address.slice(0, -1), 'Content-Type': 'text/plain', 'X-Rohnamo-Tab': 'a' }])
		ok((await fetch(address + '_cms/api/v1', { method: 'POST', headers, body })).status === 403, 'a save from elsewhere is refused: ' + Object.keys(headers).join(' '));
	for (const path of ['content/../x.md', '.git/config', 'content/.x.md', 'content/site.yaml', '/etc/passwd', 'content/faq/_type.yaml']) {
		const headers = { Origin: address.slice(0, -1), 'Content-Type': 'application/json', 'X-Rohnamo-Tab': 'a' };
		const answer = await fetch(address + '_cms/api/v1', { method: 'POST', headers, body: body.replace('content/faq/x.tg.md', path) });
		ok(answer.status === 403, 'no file but a page is written: ' + path, answer.status);
	}
} catch (error) {
	ok(false, 'the editor works', error);
} finally {
	await browser.close();
	server.kill();
	rmSync(site, { recursive: true, force: true });
}
console.log(`1..${number}`);
process.exit(bad);
