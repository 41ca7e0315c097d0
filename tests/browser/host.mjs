/* host.mjs - what the programs that drive a browser share: a site on a port of this machine, and Chromium. Needs chromium and build/node (tests/setup/test-deps). */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';

export const require = createRequire(resolve('build/node/package.json'));
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
  '.webp': 'image/webp', '.xml': 'application/xml', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2', '.txt': 'text/plain' };

/** The folder SITE at `origin`. ANSWER (path, bytes, headers of the request) gives other bytes, or null for a file that is not there, or {bytes, headers}, or a promise of these. */
export function serve(site, answer = (path, bytes) => bytes) {
  const server = http.createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = join(site, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const bytes = file.startsWith(site) && existsSync(file) ? await answer(path, readFileSync(file), request.headers) : null;
    if (bytes === null) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'max-age=600', ...bytes.headers }).end(bytes.bytes ?? bytes);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => {
    server.origin = `http://127.0.0.1:${server.address().port}/`;
    done(server);
  }));
}

/** Chromium, which reaches this machine alone. */
export const launch = () => require('playwright-core').chromium.launch({
  executablePath: execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
