#!/usr/bin/env node
/* offline.mjs - what a phone keeps of a site, in a real browser. Prints TAP.

     offline.mjs PROGRAM [SITE [FILE...]]       FILE: keeping, updating, trouble; all if none is named

   SITE (default: the checkout's own) is built with PROGRAM, and built again with some of its pages changed. A server of this machine hands an edition
   out; its line can be cut after any number of bytes. Pages are compared with the files, byte for byte. The drills are in offline/; DRILL=editions in the
   environment runs those with that in their names. Needs chromium and build/node (tests/setup/test-deps). */
import { bad, browser, drills, end, first, line, mend, tell } from './offline/ground.mjs';

const files = process.argv.slice(4);
for (const file of files.length ? files : ['keeping', 'updating', 'trouble']) await import(`./offline/${file}.mjs`);

const only = process.env.DRILL;
for (const { name, run } of drills) {
  if (only && !name.includes(only)) continue;
  Object.assign(line, { folder: first, base: '/', changed: {} });
  mend();
  const began = Date.now();
  try {
    const page = await run();
    await page.context().close();
  } catch (error) {
    tell(name, [error.message.split('\n').slice(0, 3).join(' ')]);
  }
  for (const context of browser.contexts()) await context.close();
  console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
await end();
process.exit(bad ? 1 : 0);
