#!/usr/bin/env node
/* hostile.mjs - requests that no browser of an editor sends: each is refused with a status and words, nothing leaves the folder, and nobody else waits. Prints TAP.

     hostile.mjs ROHNAMO */
import { readdirSync, symlinkSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { drop, folder, get, leave, pause, put, raw, serve, tell, until } from './ground.mjs';

const program = process.argv[2], secret = 'SECRET-OF-THIS-MACHINE';
const dir = folder({
  'content/site.yaml': 'title: Test\nlanguages: [en]\n',
  'content/faq/one.en.md': '---\ntitle: One\n---\n\nText.\n',
  'content/media/a.txt': 'a file\n',
  'content/data/private.csv': `${secret}\n`,
  'output/build.json': secret,
  'output/search.db': secret,
  'output/site/share/file.txt': 'of the last build\n',
  'secret.txt': secret,
  '.git/config': secret,
});
const outside = folder({ 'secret.txt': secret });
symlinkSync(join(outside, 'secret.txt'), join(dir, 'content/media/link.txt'));
symlinkSync(outside, join(dir, 'content/linked'));
symlinkSync(outside, join(dir, 'output/site/print'));
symlinkSync(join(outside, 'secret.txt'), join(dir, 'output/site/share/link.txt'));
const server = await serve(program, dir), host = `127.0.0.1:${server.port}`;
const opened = () => readdirSync(`/proc/${server.pid}/fd`).length, before = opened();
const status = (text) => Number(/^HTTP\/1\.[01] (\d+)/.exec(text)?.[1] ?? 0);
const ask = (line, headers = `Host: ${host}`, rest = '') => raw(server, `${line}\r\n${headers}\r\nConnection: close\r\n\r\n${rest}`);
const calm = async () => (await get(server, '/en/faq/one/')).status === 200;
/** Faults of an answer that should refuse, with one of CODES (else any 4xx). */
function refused(name, text, codes) {
  const code = status(text), faults = [];
  if (codes ? !codes.includes(code) : code < 400 || code > 499) faults.push(`${name}: ${code || `no answer, '${text.slice(0, 60)}'`}`);
  if (text.includes(secret)) faults.push(`${name}: it gives the secret away`);
  return faults;
}

// --- paths

const steps = ['..', '%2e%2e', '.%2e', '%2E.', '..%00', '..%c0%af', '%252e%252e', '..\\', '..%5c', '....', '..;'];
const goals = ['secret.txt', 'etc/passwd', '.git/config', 'output/build.json', 'content/data/private.csv'];
const paths = ['/linked/secret.txt', '/media/link.txt', '/print/secret.txt', '/share/link.txt', '/share/../../build.json', '/share/%2e%2e/%2e%2e/build.json', '/data/private.csv', '/secret.txt', '/.git/config',
  '//etc/passwd', '/%2fetc%2fpasswd', '/media/%2e%2e/%2e%2e/secret.txt', '/media/a.txt%00.html', '/%00', '/%', '/%zz', '/%ff%fe', '/\\', '/en\\faq', '/con', '/_preview/../secret.txt', '/_preview/%2e%2e/secret.txt',
  '/_preview/x', '/build.json', '/search.db', '/content/site.yaml', '/site.yaml', '/faq/one.en.md', `/${'a/'.repeat(3000)}`, `/${'x'.repeat(7000)}`, `/${'%41'.repeat(2500)}`];
for (const base of ['/', '/media/', '/share/', '/en/', '/assets/', '/_preview/'])
  for (const step of steps) for (const goal of goals) for (const depth of [1, 3]) paths.push(`${base}${`${step}/`.repeat(depth)}${goal}`);
{
  const faults = [];
  for (const path of paths) faults.push(...refused(path.slice(0, 80), (await ask(`GET ${path} HTTP/1.1`)).text));
  if (status((await ask('GET /share/file.txt HTTP/1.1')).text) !== 200) faults.push('what may be had cannot be had');
  if (!await calm()) faults.push('it does not answer any more');
  tell(`${paths.length} paths that lead out of the site are refused`, faults);
}

// --- hosts, origins, methods

{
  const hosts = ['evil.example', `evil.example:${server.port}`, '127.0.0.1.evil.example', 'localhost.evil.example', '192.168.1.1', '0.0.0.0', '[::2]', '127.0.0.1@evil.example', '127.0.0.1:80:80', '127.0.0.1:x', '', ' ', '[::1', 'localhost,evil.example', '2130706433'];
  const faults = [];
  for (const name of hosts) faults.push(...refused(`Host '${name}'`, (await ask('GET /en/ HTTP/1.1', `Host: ${name}`)).text));
  faults.push(...refused('no Host', (await ask('GET /en/ HTTP/1.1', 'X-Y: z')).text));
  faults.push(...refused('a whole address of another', (await ask('GET http://evil.example/en/ HTTP/1.1', 'Host: evil.example')).text));
  for (const name of [host, `localhost:${server.port}`, 'LOCALHOST', `[::1]:${server.port}`, '127.0.0.1'])
    if (status((await ask('GET /en/ HTTP/1.1', `Host: ${name}`)).text) !== 200) faults.push(`Host '${name}' is refused`);
  tell('names that anybody may point here are refused, our own are not', faults);
}
{
  const faults = [];
  for (const origin of ['http://evil.example', 'null', 'https://127.0.0.1', `http://${host}.evil.example`, `http://${host}@evil.example`, 'http://127.0.0.1:1', 'file://', ''])
    for (const path of ['/en/', '/_preview/events?path=/en/', '/_preview/'])
      faults.push(...refused(`Origin '${origin}' at ${path}`, (await ask(`GET ${path} HTTP/1.1`, `Host: ${host}\r\nOrigin: ${origin}`)).text, [403]));
  if (status((await ask('GET /en/ HTTP/1.1', `Host: ${host}\r\nOrigin: http://${host}`)).text) !== 200) faults.push('our own is refused');
  tell('requests from pages of other sites are refused', faults);
}
{
  const faults = [];
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'GETX', 'get'])
    for (const path of ['/en/', '/_preview/', '/_preview/events'])
      faults.push(...refused(`${method} ${path}`, (await ask(`${method} ${path} HTTP/1.1`, `Host: ${host}\r\nContent-Length: 0`)).text));
  faults.push(...refused('a body', (await ask('GET /en/ HTTP/1.1', `Host: ${host}\r\nContent-Length: 5`, 'hello')).text));
  faults.push(...refused('a body in pieces', (await ask('GET /en/ HTTP/1.1', `Host: ${host}\r\nTransfer-Encoding: chunked`, '5\r\nhello\r\n0\r\n\r\n')).text));
  const head = await ask('HEAD /en/faq/one/ HTTP/1.1');
  if (status(head.text) !== 200 || head.text.split('\r\n\r\n')[1]) faults.push('HEAD is not GET without its body');
  tell('GET and HEAD, without a body, are all that is answered', faults);
}

// --- too much, too slow, no HTTP

{
  const faults = [], huge = await raw(server, `GET /en/ HTTP/1.1\r\nHost: ${host}\r\nX-Large: ${'x'.repeat(2 << 20)}\r\n\r\n`);
  if (status(huge.text) === 200) faults.push('a header of two megabytes is taken');
  const many = await raw(server, `GET /en/ HTTP/1.1\r\nHost: ${host}\r\n${'X-Y: z\r\n'.repeat(200000)}\r\n`);
  if (status(many.text) === 200) faults.push('two hundred thousand headers are taken');
  const body = await raw(server, `POST /en/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1000000000\r\n\r\n${'x'.repeat(4 << 20)}`);
  if (status(body.text) === 200) faults.push('a body of a gigabyte is taken');   // its sender may be cut off before it reads why
  for (const text of ['\0\0\0\0\r\n\r\n', 'GET\r\n\r\n', 'GET  /  HTTP/1.1\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', `${'A'.repeat(300000)}\r\n\r\n`, 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'])
    if (status((await raw(server, text, 800)).text) === 200) faults.push(`it answers to ${JSON.stringify(text.slice(0, 30))}`);
  if (!await calm()) faults.push('it does not answer any more');
  tell('what is too large, or no request, is refused, and others are answered', faults);
}
{
  const faults = [], slow = [], began = Date.now();
  for (let i = 0; i < 150; i++) {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write('GET /en/ HTTP/1.1\r\nHost: '));
    socket.on('error', () => {});
    slow.push(socket);
  }
  // Those ask for much and take nothing.
  for (let i = 0; i < 20; i++) {
    const socket = net.connect(server.port, '127.0.0.1', () => { socket.write(`GET /en/faq/one/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(200)); socket.pause(); });
    socket.on('error', () => {});
    slow.push(socket);
  }
  await pause(300);
  for (let i = 0; i < 20; i++) if (!await calm()) faults.push('an editor is not answered');
  for (let i = 0; i < 200; i++) slow.push(net.connect(server.port, '127.0.0.1').on('error', () => {}));
  await pause(300);
  for (const socket of slow) socket.destroy();
  if (!await until(calm, 15000)) faults.push('it does not recover from too many');
  if (Date.now() - began > 40000) faults.push('it took long');
  tell('clients that are slow, and too many of them, hold up nobody for long', faults);
}
{
  const faults = [], waiting = [];
  if (!await until(() => opened() < before + 10, 40000)) faults.push(`connections stay: ${opened()} files are open, ${before} were`);
  for (let i = 0; i < 80; i++) waiting.push(raw(server, `GET /_preview/events?path=/en/faq/one/&tag=x HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 2500));
  await pause(700);
  put(dir, 'content/faq/one.en.md', '---\ntitle: One\n---\n\nChanged.\n');
  if (!await until(async () => (await get(server, '/en/faq/one/')).text.includes('Changed.'))) faults.push('a page waits for the news of others');
  const answers = await Promise.all(waiting), told = answers.filter(({ text }) => /event: page/.test(text)).length, full = answers.filter(({ text }) => status(text) === 503).length;
  if (told !== 64 || full !== 16) faults.push(`${told} are told, ${full} are refused: ${JSON.stringify(answers.filter(({ text }) => !/event: page/.test(text) && status(text) !== 503).map(({ text, closed }) => [text.slice(0, 40), closed]))}`);
  tell('news go to 64 pages, others are refused with words', faults);
}
// --- ten thousand that are no request

/* Requests that were right once: pieces are cut out, doubled, exchanged, made long, made bytes of another kind. The numbers come from one seed, so a failure can be met again. */
{
  let state = 20261122;
  const random = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };
  const one = (list) => list[random(list.length)];
  const seeds = [`GET /en/faq/one/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, `HEAD /en/ HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\n\r\n`, `GET /_preview/bar?path=/en/ HTTP/1.1\r\nHost: ${host}\r\nCookie: a=b\r\nRange: bytes=0-9\r\n\r\n`,
    `POST /_cms/api/v1 HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"action":"info"}   `, `GET /en/ HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    `GET /media/a.txt HTTP/1.0\r\nIf-None-Match: "x"\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`];
  const words = ['\0', '\r', '\n', '\r\n', ' ', '\t', ':', '%', '%00', '..', '//', '\xff\xfe', '\x80', 'Host: evil.example\r\n', 'Content-Length: -1\r\n', 'Content-Length: 99999999999999999999\r\n', 'Transfer-Encoding: chunked, identity\r\n',
    'Transfer-Encoding: \x0bchunked\r\n', 'Upgrade: h2c\r\n', 'Expect: 100-continue\r\n', 'Range: bytes=9-1,-\r\n', ' HTTP/1.1', 'HTTP/0.9', 'A'.repeat(5000), '\r\n folded', '?', '#', '[', '@', 'x'.repeat(70000), '\u0000'.repeat(40)];
  const spoilt = () => {
    let text = one(seeds);
    for (let n = 1 + random(4); n--;) {
      const at = random(text.length + 1), to = Math.min(text.length, at + random(12));
      text = [() => text.slice(0, at) + text.slice(to), () => text.slice(0, at) + one(words) + text.slice(at), () => text.slice(0, at) + text.slice(at, to).repeat(1 + random(20)) + text.slice(to), () => text.slice(0, at), () => text.slice(at) + text.slice(0, at),
        () => text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1)][random(6)]();
    }
    return text;
  };
  const faults = [], answered = {};
  const send = (text) => new Promise((done) => {
    let got = '';
    const socket = net.connect(server.port, '127.0.0.1', () => { socket.write(Buffer.from(text, 'latin1')); socket.end(); });
    const enough = setTimeout(() => socket.destroy(), 4000);
    socket.on('data', (data) => { got += data.toString('latin1'); if (got.length > 1 << 16) socket.destroy(); });
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(enough); done(got); });
  });
  let left = 10000;
  await Promise.all(Array.from({ length: 24 }, async () => {
    while (left-- > 0 && faults.length < 10) {
      const text = spoilt(), got = await send(text), code = status(got) || (got ? 'no HTTP' : 'closed');
      answered[code] = (answered[code] ?? 0) + 1;
      if (got.includes(secret) || /root:.*:0:0:/.test(got)) faults.push(`${JSON.stringify(text.slice(0, 200))} gives a secret away`);
      if (code === 'no HTTP' || (code >= 500 && ![501, 505].includes(code))) faults.push(`${JSON.stringify(text.slice(0, 200))}: ${code}`);
    }
  }));
  console.log(`# ${JSON.stringify(answered)}`);
  if (!await until(calm, 15000)) faults.push('it does not answer any more');
  if (!await until(() => opened() < before + 10, 40000)) faults.push(`connections stay: ${opened()} files are open, ${before} were`);
  tell('ten thousand spoilt requests: none gets what it should not, none is an error of ours, nothing stays open', faults);
}
{
  // A byte now and then, for ever: each is shut out when its time is over, while others are answered.
  const faults = [], slow = Array.from({ length: 60 }, () => {
    const client = { over: 0, began: Date.now() }, text = `GET /en/ HTTP/1.1\r\nHost: ${host}\r\n${'X-Slow: x\r\n'.repeat(400)}`;
    let sent = 0;
    client.socket = net.connect(server.port, '127.0.0.1').on('error', () => {}).on('close', () => { client.over = Date.now(); });
    client.drip = setInterval(() => client.socket.writable && client.socket.write(text[sent++ % text.length]), 400);
    return client;
  });
  for (const end = Date.now() + 3000; Date.now() < end; await pause(200)) if (!await calm()) faults.push('an editor is not answered meanwhile');
  if (!await until(() => slow.every((client) => client.over), 60000)) faults.push(`${slow.filter((client) => !client.over).length} of 60 are still heard after a minute`);
  for (const client of slow) { clearInterval(client.drip); client.socket.destroy(); }
  tell('who says a request byte by byte is shut out within a minute', faults);
}
tell('it still ends well', [await server.end()].filter((code) => code !== 0));
drop(dir);
drop(outside);
leave();
