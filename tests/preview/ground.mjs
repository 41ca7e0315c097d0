/* ground.mjs - what the drills of the preview share: a site of their own, the program that serves it, its news, requests down to the byte. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

let bad = 0;
export function tell(name, faults) {
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${name}`);
  for (const fault of faults.slice(0, 30)) console.log(`#   ${fault}`);
  bad += faults.length;
}
export const leave = () => process.exit(bad ? 1 : 0);
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The answer of TRY as soon as it is one, or the last one that is none. */
export async function until(attempt, ms = 20000) {
  for (const end = Date.now() + ms; ;) {
    const answer = await attempt();
    if (answer || Date.now() > end) return answer;
    await pause(20);
  }
}

/** A folder of its own, with FILES {path: text}. */
export function folder(files) {
  const dir = mkdtempSync(join(tmpdir(), 'rohnamo-preview-'));
  for (const [path, text] of Object.entries(files)) put(dir, path, text);
  return dir;
}
export function put(dir, path, text) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}
export const drop = (dir) => rmSync(dir, { recursive: true, force: true });

/** PROGRAM serves DIR: {origin, port, pid, said, end}. end: the exit code once it was told to end. */
export async function serve(program, dir, options = []) {
  const child = spawn(resolve(program), ['serve', '-s', dir, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const server = { pid: child.pid, said: '', child };
  process.on('exit', () => child.kill());   // also where a drill dies
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { server.said += data; });
  server.end = (signal = 'SIGINT') => { child.kill(signal); return ended; };
  server.origin = await until(() => /http:\/\/\S+\//.exec(server.said)?.[0], 60000);
  if (!server.origin) throw new Error(`it does not serve: ${server.said}`);
  server.port = Number(new URL(server.origin).port);
  return server;
}

/** {status, type, text, bytes, headers} of ADDRESS below the server. */
export function get(server, address, headers = {}, method = 'GET') {
  return new Promise((done, fail) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path: encodeURI(decodeURI(address)), method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ status: response.statusCode, type: response.headers['content-type'], headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    request.on('error', fail);
    request.end();
  });
}

/** What the preview adds to a page: what stands before it, its path and tag. */
export function parted(text) {
  const found = /\n(?:<noscript>.*<\/noscript>)?<script src="\/_preview\/bar\.js" data-path="([^"]*)" data-tag="([^"]*)"[^>]*><\/script>\n$/.exec(text);
  return found && { page: text.slice(0, found.index), path: found[1], tag: found[2] };
}

/** News of PATH as a browser that shows it gets them: `events` grows; wait (NAME) is the next one of that name. */
export async function news(server, path) {
  const shown = parted((await get(server, path)).text);
  const self = { events: [], at: [] };
  const request = http.get({ host: '127.0.0.1', port: server.port, path: `/_preview/events?path=${encodeURIComponent(path)}&tag=${shown ? shown.tag : ''}`, agent: false });
  request.on('error', () => {});
  const response = await new Promise((done) => request.on('response', done));
  let rest = '';
  response.on('data', (part) => {
    const pieces = (rest + part).split('\n\n');
    rest = pieces.pop();
    for (const piece of pieces) {
      const name = /^event: (\w+)/m.exec(piece)?.[1];
      if (name) { self.events.push(name); self.at.push(performance.now()); }
    }
  });
  response.on('error', () => {});
  self.close = () => request.destroy();
  self.wait = async (name, from = self.events.length, ms = 20000) => {
    const index = () => self.events.findIndex((event, i) => i >= from && event === name);
    await until(() => index() >= 0, ms);
    return index() >= 0 ? self.at[index()] : 0;
  };
  // The first word is whether the page is still what was loaded.
  await until(() => self.events.length);
  return self;
}

/** Bytes to the port as they are; all that comes back within MS, or until the other side closes: {text, closed}. */
export function raw(server, bytes, ms = 3000) {
  return new Promise((done) => {
    const parts = [];
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => { socket.destroy(); done({ text: Buffer.concat(parts).toString('latin1'), closed: false }); }, ms);
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(timer); done({ text: Buffer.concat(parts).toString('latin1'), closed: true }); });
  });
}

/** Resident KiB of the program. */
export const resident = (server) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
