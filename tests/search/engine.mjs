/* engine.mjs - the half of layouts/assets/search.js that knows nothing of a page, for tests: its functions, and an index from a folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

const source = readFileSync('layouts/assets/search.js', 'utf8').split('// --- the page')[0];
const names = ['openIndex', 'language', 'distance', 'unpack', 'unroll', 'readTerms', 'readWords', 'readPages'];

/** The reader's functions, in a world of their own. */
export const engine = vm.runInNewContext(`(() => ${source} return { ${names} }; } )()`, {});

/** What a file of a language's folder calls rohnamo () with. */
export function content(bytes, name) {
  return name === 'i' ? JSON.parse(bytes.toString().slice(12, -1)) : engine.unpack(new Uint8Array(bytes));
}

/** A loader of the index in FOLDER (site/search/<lang>); CHANGE (name, bytes) may damage what is read. */
export const loader = (folder, change = (name, bytes) => bytes) => async (name) => content(change(name, readFileSync(join(folder, `${name}.js`))), name);
