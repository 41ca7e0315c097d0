#!/usr/bin/env node
/* shards.mjs - the phone's reader over damaged shards: it answers or refuses, at once, and what it answers are pages that there are, and texts. Prints TAP.

     shards.mjs PROGRAM [--count N | --seconds N] [--seed S]      N damaged indexes (3,000), or as many as come in N seconds

   A site of random words is made and built by PROGRAM; beside it stand the frozen files of tests/search/format-1. What the reader does with an index happens in a thread
   of its own: one that does not come back, or leaves an error that nobody waits for, fails. The last line tells the executions and processor seconds, as `make fuzz` wants them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { engine, loader } from '../search/engine.mjs';

const HANGS = 60000;    // of the wall's clock, on a machine with other work

/** The same numbers everywhere: a small linear congruence. */
function random(seed) {
  let state = seed >>> 0;
  return (n) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % n;
}

/* --- damaging: bytes of a file; values of i.js */

function damageBytes(bytes, next, other) {
  let out = [...bytes];
  for (let n = 1 + next(next(4) ? 3 : 40); n--;) {
    const at = 14 + next(Math.max(out.length - 16, 1)), from = 14 + next(Math.max(out.length - 16, 1));
    switch (next(7)) {
      case 0: out[at] = next(256); break;
      case 1: out[at] ^= 1 << next(8); break;
      case 2: out.splice(at, next(20)); break;
      case 3: out.splice(at, 0, ...Array.from({ length: next(20) }, () => next(256))); break;
      case 4: out.splice(at, 0, ...out.slice(from, from + next(60))); break;
      case 5: out = next(4) ? out : out.slice(0, at); break;
      case 6: out = next(9) ? out : [...other]; break;
    }
  }
  return Buffer.from(out);
}

const odd = [0, 1, -1, 1e9, 0.5, null, '', 'x', '\ud800', 'a b', [], {}, [null], true];

/** A value anywhere in VALUE becomes another. Patterns stay: whoever writes those writes programs. */
function damageValue(value, next) {
  if (value && typeof value === 'object' && next(5)) {
    const keys = Object.keys(value).filter((key) => key !== 'q');
    if (!keys.length) return value;
    const key = keys[next(keys.length)], copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key] = damageValue(value[key], next);
    return copy;
  }
  return typeof value === 'string' && value && next(3) ? value.slice(0, next(value.length)) + odd[next(odd.length)] + value.slice(next(value.length)) : odd[next(odd.length)];
}

/* --- one index, in the thread */

async function one(folder, seed, queries) {
  const next = random(seed), victims = 'tlrdi'.split('').filter(() => next(2)), whole = loader(folder), raw = loader(folder, (name, bytes) => {
    const kind = name === 'i' ? 'i' : name.split('/')[1][0];
    return kind === 'i' || !victims.includes(kind) ? bytes : damageBytes(bytes, next, Buffer.from('rohnamo("t0","")'));
  });
  const load = async (name) => (name === 'i' && victims.includes('i') ? damageValue(await whole(name), next) : raw(name));
  const faults = [];
  let answered = 0;
  try {
    const index = await engine.openIndex(load);
    for (let i = 0; i < 3; i++) {
      const answer = await index.ask(queries[next(queries.length)], next(2));
      answered++;
      for (const page of await Promise.all(answer.pages.slice(0, 10).map(index.tell))) {
        if (page.length !== 4 || typeof page[0] !== 'number' || page.slice(1).some((text) => typeof text !== 'string')) faults.push(`a page is ${JSON.stringify(page)}`);
        else if (!victims.includes('i') && page.slice(1).join().includes('undefined')) faults.push(`a text of nothing: ${JSON.stringify(page)}`);
      }
      if (!victims.includes('i') && answer.pages.some((page) => !(Number.isInteger(page) && page >= 0 && page < index.X.n))) faults.push(`no page: ${answer.pages.slice(0, 20)}`);
    }
  } catch {
    // refused
  }
  return { answered, faults };
}

async function work({ folders, queries, seed, count, until }) {
  let done = 0, answered = 0;
  for (let i = 0; i < count && Date.now() < until; i++) {
    parentPort.postMessage({ begins: seed + i });
    const said = await one(folders[i % folders.length], seed + i, queries);
    done++;
    answered += said.answered > 0;
    for (const fault of said.faults) parentPort.postMessage({ fault: `seed ${seed + i}: ${fault}` });
  }
  parentPort.postMessage({ done, answered });
}

/* --- the site, and who watches the thread */

function makeSite(program, next) {
  const dir = mkdtempSync(join(tmpdir(), 'rohnamo-shards-')), words = Array.from({ length: 900 }, () => Array.from({ length: 2 + next(9) }, () => 'абвгдеиклмнопрстӣҳ'[next(18)]).join(''));
  const some = (n) => Array.from({ length: n }, () => words[(next(30) * next(31)) % words.length]).join(' ');
  mkdirSync(join(dir, 'content/faq'), { recursive: true });
  writeFileSync(join(dir, 'content/site.yaml'), 'title: X\nlanguages: [tg, ru]\nsearch: true\nmissing_translation: omit\n');
  for (let i = 0; i < 60; i++)
    for (const code of ['tg', 'ru'])
      writeFileSync(join(dir, `content/faq/p${i}.${code}.md`), `---\ntitle: ${some(3)}\n${i % 2 ? `description: ${some(8)}\n` : ''}---\n${some(60)}\n\n## ${some(2)}\n\n${some(40)}\n`);
  execFileSync(program, ['build', '-s', dir, '--only', 'site,search'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ROHNAMO_SHARE: process.cwd() } });
  return { dir, words };
}

async function main() {
  const args = process.argv.slice(2), option = (name, otherwise) => (args.includes(name) ? +args[args.indexOf(name) + 1] : otherwise);
  const seed = option('--seed', 1), seconds = option('--seconds', 0), count = seconds ? Infinity : option('--count', 3000);
  const { dir, words } = makeSite(args[0], random(5));
  const folders = [];
  for (const site of [join(dir, 'output/site/search'), 'tests/search/format-1/site/search'])
    for (const code of readdirSync(site)) folders.push(join(site, code));
  const queries = ['патент', 'hukuk', 'разрешение на работу', '-труд "как получить"', ...words.slice(0, 12), ...words.slice(0, 12).map((word) => word.slice(0, -1)), words.slice(3, 6).join(' ')];
  const begun = Date.now(), faults = [];
  const result = await new Promise((resolve) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: { folders, queries, seed, count, until: seconds ? begun + seconds * 1000 : Infinity } });
    let at, alarm;
    thread.on('message', (message) => {
      if (message.fault) faults.push(message.fault);
      if (message.done) resolve(message);
      if (message.begins === undefined) return;
      at = message.begins;
      clearTimeout(alarm);
      alarm = setTimeout(() => resolve({ faults: faults.push(`seed ${at}: it does not come back`) }), HANGS);
    });
    thread.on('error', (error) => resolve({ faults: faults.push(`seed ${at}: ${error?.stack ?? error}`) }));
  });
  rmSync(dir, { recursive: true });
  if (!faults.length && !(result.answered > result.done / 10 && result.answered < result.done)) faults.push(`${result.answered} of ${result.done} answered: is anything damaged, is anything read?`);
  const { user, system } = process.cpuUsage();
  console.log(`${faults.length ? 'not ok' : 'ok'} - fuzz reader: damaged shards are read as pages or refused`);
  for (const fault of faults.slice(0, 20)) console.log(`#   ${fault}`);
  console.log(`# ${result.done ?? 0} indexes, ${result.answered ?? 0} answered, ${Math.round((user + system) / 1e6)} s`);
  process.exit(faults.length ? 1 : 0);
}

if (isMainThread) main();
else work(workerData);
