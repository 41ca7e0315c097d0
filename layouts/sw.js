// sw.js - answers from what the phone keeps (generator/site/PACKS.md), and keeps it true. It lies at the site's root, which is all that it rules over.
//
// The cache holds packs by their names, the state (which edition is shown, what of it is kept), and the goal (what the reader wants kept). A pack never
// changes under its name. A new edition is shown when all of it that is wanted is there: then the state is written, in one step, and what it does
// not name goes. No page is kept that no pack holds: those about violence are in none. A booklet is kept like a pack, but comes when all pages are there,
// and is shown until a newer one has come.
//
// names: version base cacheName opened recall record sumOf name64 hex memo current inflate layout layoutOf spot locate piece plain bytesOf types
//    respond answer saving wanted shardsOf pool gather getPack member fromPages obtain tidy wipe gone namesOf work attempt report opening
//    starts found pack missing pieces kinds best counts names busy tell fresh list todo there stop end queue room head wished wish next first
//    isBook book damage broken roomFor keyOf wait bytesIn newest core had bytesOfBook obtainBook giveUp failure said damaged own before given place
'use strict';
const version = 1;
const home = self.registration.scope, base = new URL(home).pathname, cacheName = 'rohnamo';
const head = new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 2, 3]);
const opened = () => caches.open(cacheName);
const recall = async name => {
	const response = await (await opened()).match(home + 'offline/' + name);
	return response && response.json().catch(() => null);
};
const record = async (name, value) => (await opened()).put(home + 'offline/' + name, new Response(JSON.stringify(value)));
const sumOf = async data => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
const name64 = async data => btoa(String.fromCharCode.apply(null, (await sumOf(data)).slice(0, 6)));
const hex = async data => (await sumOf(typeof data == 'string' ? new TextEncoder().encode(data) : data)).slice(0, 6)
	.map(n => (n + 256).toString(16).slice(1)).join('');
const keyOf = name => home + 'offline/' + name + '.pack';
const isBook = one => /\.pdf$/.test(one);

// --- reading what is kept

let memo = {};

// What another version of this script kept in another way counts as nothing.
const current = async () => {
	const state = await recall('state');
	return state && state.v == version ? state : null;
};

const inflate = async parts => new Uint8Array(await new Response(new Blob(parts).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());

// A pack's layout, with where its pages begin. Throws where it is cut off.
const layout = async blob => {
	const size = new DataView(await blob.slice(0, 4).arrayBuffer()).getUint32(0);
	const pack = JSON.parse(new TextDecoder().decode(await inflate([blob.slice(4, 4 + size)])));
	let at = 4 + size + pack.d;
	pack.blob = blob;
	pack.opening = blob.slice(4 + size, at);
	pack.starts = pack.l.map(n => (at += n) - n);
	if (at != blob.size)
		throw 0;
	return pack;
};

// What is damaged is fetched again at the next visit. Until then it stays: most of its pages may be whole.
const damage = name => record(name + '.broken', 1);
const damaged = async () => (await (await opened()).keys()).filter(one => /\.broken$/.test(one.url)).map(one => one.url.slice(-19, -7));

const layoutOf = async name => {
	// What is kept may change while this waits: the next reader then reads anew.
	const place = memo;
	if (!place[name]) {
		const response = await (await opened()).match(keyOf(name));
		if (!response)
			return null;
		const pack = await layout(await response.blob()).catch(error => damage(name).then(() => {
			throw error;
		}));
		pack.name = name;
		place[name] = pack;
	}
	return place[name];
};

// FNV-1a, folded: which shard of a group an address is in.
const spot = path => {
	let hash = 2166136261;
	for (const byte of new TextEncoder().encode(path))
		hash = Math.imul(hash ^ byte, 16777619);
	return (hash ^ hash >>> 16) >>> 0;
};

// A page stands in its section's group, or with the core of its language.
const locate = async (path, root) => {
	const parts = path.split('/').slice(0, -1);
	for (const group of [parts.slice(0, 2).join('/'), parts[0] || '']) {
		const place = root.groups[group];
		const pack = place && await layoutOf(root.shards[place[0] + (spot(path) & (place[1] - 1))]);
		const index = pack ? pack.p.indexOf(path) : -1;
		if (index >= 0)
			return {pack, index};
	}
	return null;
};

const piece = found => found.pack.blob.slice(found.pack.starts[found.index], found.pack.starts[found.index] + found.pack.l[found.index]);

// Texts stand with a byte a letter: 128 to 254 are letters of the pack's alphabet, 255 is followed by a letter's two bytes.
const plain = (data, alphabet) => {
	const text = new Uint16Array(data.length);
	let n = 0;
	for (let i = 0; i < data.length; i++)
		text[n++] = data[i] < 128 ? data[i] : data[i] < 255 ? alphabet.charCodeAt(data[i] - 128) : data[++i] << 8 | data[++i];
	return new TextEncoder().encode(new TextDecoder('utf-16le', {ignoreBOM: true}).decode(text.subarray(0, n)));
};

const bytesOf = async found => {
	const pack = found.pack;
	if (pack.k[found.index] == '0')
		return inflate([head, piece(found)]);
	return plain((await inflate([head, pack.opening, piece(found)])).subarray(pack.s), pack.a);
};

const types = {css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp',
	gif: 'image/gif', vtt: 'text/vtt', webmanifest: 'application/manifest+json', pdf: 'application/pdf'};

const respond = (path, data) => new Response(data,
	{headers: {'Content-Type': types[path.split('.').pop()] || 'text/html; charset=utf-8', 'X-Content-Type-Options': 'nosniff'}});

// The bytes of the booklet BOOK ([size, name]); null: it is not there, or damaged.
const bytesOfBook = async book => {
	const response = await (await opened()).match(keyOf(book[1])), data = response && await response.arrayBuffer();
	if (data && await hex(data) == book[1])
		return data;
	await damage(book[1]);
	return null;
};

// The phone's answer to PATH by STATE; null: it has none.
const own = async (request, path, state) => {
	try {
		const found = await locate(path, state.root);
		// Who has a line searches in what is new.
		const live = found && state.older && /^search\/[^/]*\/i\.js$/.test(path) && await fetch(request).catch(() => null);
		if (live && live.ok)
			return live;
		const data = found ? await bytesOf(found).catch(() => damage(found.pack.name)) : state.books[path] && await bytesOfBook(state.books[path]);
		return data ? respond(path, data) : null;
	} catch (error) {
		// What is kept is damaged or gone: the line has it.
		return null;
	}
};

// What is kept comes from the phone, all else from the line. A page that neither has: the one that lists what is kept.
const answer = async (request, path) => {
	// An update throws the packs of the edition before away once its own are there: who was about to read one of those reads the new one.
	let state, before;
	do {
		before = state && state.time;
		state = await current().catch(() => null);
		const given = state && state.time !== before && await own(request, path, state);
		if (given)
			return given;
	} while (state && state.time !== before);
	try {
		return await fetch(request);
	} catch (error) {
		if (request.mode != 'navigate' || !state)
			throw error;
		if (await locate(path + '/', state.root))
			return Response.redirect(home + path + '/');
		// The list in the page's language, or in one that is kept.
		const codes = state.root.languages;
		for (const code of codes.filter(one => path.startsWith(one + '/')).concat(codes)) {
			const list = code + '/offline/';
			if (path != list && await locate(list, state.root))
				return Response.redirect(home + list + '?' + encodeURIComponent(path));
		}
		throw error;
	}
};

addEventListener('fetch', event => {
	const request = event.request, url = new URL(request.url);
	if (request.method != 'GET' || url.origin + url.pathname.slice(0, base.length) != new URL(home).origin + base || request.headers.has('range'))
		return;
	let path;
	try {
		path = decodeURIComponent(url.pathname.slice(base.length)).replace(/(^|\/)index\.html$/, '$1');
	} catch (error) {
		return;
	}
	if (!/^(offline\/|sw\.js$)/.test(path))
		event.respondWith(answer(request, path));
});

// --- keeping

const saving = () => !!(navigator.connection && navigator.connection.saveData);

// "tg": the core of a language; "tg/faq": a section too; "tg/*": all of it with its search; "print/….pdf": a booklet. What belongs to no language is
// pictures, for all but the core.
const wanted = (group, root, goal) => {
	const first = group.split('/')[0];
	if (!first || first == 'assets')
		return true;
	if (first == 'search')
		return goal.includes(group.slice(7) + '/*');
	if (!root.languages.includes(first))
		return goal.some(one => one.includes('/'));
	return goal.some(one => one == group || one.split('/')[0] == first && (group == first || one.endsWith('/*')));
};

const shardsOf = (root, all) => {
	const list = new Set(), goal = all.filter(one => !isBook(one));
	for (const group in root.groups)
		if (goal.length && wanted(group, root, goal))
			for (let i = 0; i < root.groups[group][1]; i++)
				if (root.bytes[root.groups[group][0] + i])
					list.add(root.groups[group][0] + i);
	return Array.from(list);
};

const bytesIn = (root, goal) => shardsOf(root, goal).reduce((sum, i) => sum + root.bytes[i], 0);

// A few at a time; the first that fails stops all.
const pool = async (list, n, each) => {
	let at = 0, failed;
	const run = async () => {
		while (at < list.length && !failed)
			await each(list[at++]).catch(error => {
				failed = failed || {error};
			});
	};
	await Promise.all(Array.from({length: n}, run));
	if (failed)
		throw failed.error;
};

// Nothing of this goes to the browser's own cache: what is kept is kept once.
let stop = new AbortController();
const gather = async path => {
	const response = await fetch(home + path, {cache: 'no-store', signal: stop.signal});
	if (!response.ok)
		throw new Error(path + ': ' + response.status);
	return response;
};

const getPack = async name => {
	const blob = await (await gather('offline/' + name + '.pack')).blob(), pack = await layout(blob);
	if (await hex(JSON.stringify({h: pack.h, p: pack.p})) != name)
		throw new Error(name);
	return blob;
};

const member = async data => {
	const whole = await new Response(new Blob([data]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
	return whole.slice(10);
};

// The folder of the index is named by all that is in it. What of it is as it was lies elsewhere now, and is known by its hash.
const index = async root => {
	const known = {};
	for (const group in root.groups)
		for (let i = 0; /^search\//.test(group) && i < root.groups[group][1]; i++) {
			const pack = await layoutOf(root.shards[root.groups[group][0] + i]).catch(() => null);
			if (pack)
				pack.p.forEach((path, at) => {
					known[pack.h.substr(at * 8, 8)] = {pack, index: at};
				});
		}
	return known;
};

// A pack from those of the edition before and the pages that changed. null: it would cost more than the pack itself.
const fromPages = async (name, size, state) => {
	const text = await (await gather('offline/' + name + '.json')).text(), pack = JSON.parse(text);
	if (await hex(text) != name)
		throw new Error(name);
	const isIndex = path => /^search\//.test(path), known = pack.p.some(isIndex) ? await index(state.root) : {}, counts = new Map();
	const local = await Promise.all(pack.p.map((path, i) => isIndex(path) ? known[pack.h.substr(i * 8, 8)] : locate(path, state.root).catch(() => null)));
	const broken = await damaged();
	let best = null, missing = [];
	local.forEach((found, i) => {
		const hash = pack.h.substr(i * 8, 8);
		if (!found || broken.includes(found.pack.name) || found.pack.h.substr(found.index * 8, 8) != hash) {
			missing.push(i);
			return;
		}
		counts.set(found.pack, (counts.get(found.pack) || 0) + 1);
		if (!best || counts.get(found.pack) > counts.get(best))
			best = found.pack;
	});
	if (!best || missing.length * 3000 > size)
		return null;
	const pieces = [], kinds = [];
	await pool(pack.p.map((path, i) => i), 4, async i => {
		const found = local[i];
		kinds[i] = '0';
		if (missing.includes(i)) {
			const data = await (await gather(pack.p[i])).arrayBuffer();
			if (await name64(data) != pack.h.substr(i * 8, 8))
				throw new Error(pack.p[i]);
			pieces[i] = await member(data);
		} else if (found.pack == best || found.pack.k[found.index] == '0') {
			pieces[i] = piece(found);
			kinds[i] = found.pack.k[found.index];
		} else {
			pieces[i] = await member(await bytesOf(found));
		}
	});
	Object.assign(pack, {k: kinds.join(''), l: pieces.map(one => one.size), a: best.a, d: best.d, s: best.s});
	const lines = new Blob([head, await member(JSON.stringify(pack))]), length = new DataView(new ArrayBuffer(4));
	length.setUint32(0, lines.size);
	return new Blob([length, lines, best.opening].concat(pieces));
};

const obtain = async (name, size, state) => {
	const pack = state && self.CompressionStream && await fromPages(name, size, state) || await getPack(name);
	// As bytes: a blob of slices would hang on the packs that it was cut from.
	await (await opened()).put(keyOf(name), new Response(await new Response(pack).arrayBuffer()));
};

// A booklet, whole and as the root names it, or nothing of it.
const obtainBook = async (path, name, each) => {
	const stream = (await gather(path)).body.getReader(), pieces = [];
	for (let next; !(next = await stream.read()).done;) {
		pieces.push(next.value);
		each(next.value.length);
	}
	const data = await new Response(new Blob(pieces)).arrayBuffer();
	if (await hex(data) != name)
		throw new Error(path);
	await (await opened()).put(keyOf(name), new Response(data));
};

// Throws away what NAMES does not name.
const tidy = async names => {
	const cache = await opened();
	memo = {};
	for (const request of await cache.keys())
		if (/\.pack$/.test(request.url) && !names.includes(request.url.slice(-17, -5)))
			await cache.delete(request);
};

const wipe = async () => {
	memo = {};
	await caches.delete(cacheName);
	await self.registration.unregister();
};

// A site that has been without packs for a week has none any more.
const gone = async () => {
	const since = await recall('gone');
	if (!since || since > Date.now())
		await record('gone', Date.now());
	else if (Date.now() - since > 6048e5)
		await wipe();
	throw new Error('gone');
};

const namesOf = state => state ? shardsOf(state.root, state.want).map(i => state.root.shards[i])
	.concat(Object.keys(state.books).map(one => state.books[one][1])) : [];

const roomFor = async size => {
	const room = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate() : {};
	if (room.quota - room.usage < size)
		throw {name: 'QuotaExceededError'};
};

// What of STATE is there: a booklet that is wanted may not have come yet.
const kept = state => state.want.filter(one => !isBook(one) || state.books[one]);

const work = async tell => {
	const state = await current(), goal = await recall('goal') || [];
	const response = await fetch(home + 'offline/root.json', {cache: 'no-cache', signal: stop.signal});
	if (response.status == 404 || response.status == 410)
		return gone();
	const root = await response.json();
	if (root.kill)
		return wipe();
	if (root.v != version) {
		await self.registration.update();
		throw new Error('version');
	}
	// Something of the index changes with every edition: for some days the older one is searched, and longer by who saves data.
	const late = state && (saving() || Math.abs(Date.now() - state.searched) < 2592e5);
	const id = root.shards.join(), same = state && state.id == id && (late || !state.older);
	let older = same && state.older;
	for (const group in root.groups)
		if (!same && late && /^search/.test(group) && wanted(group, state.root, state.want) && state.root.groups[group]) {
			const from = state.root.groups[group];
			older = older || state.older || {date: state.root.date};
			root.groups[group] = [root.shards.length, from[1]];
			root.shards = root.shards.concat(state.root.shards.slice(from[0], from[0] + from[1]));
			root.bytes = root.bytes.concat(state.root.bytes.slice(from[0], from[0] + from[1]));
		}
	const fresh = {v: version, id, root: same ? Object.assign({}, state.root, {date: root.date, commit: root.commit}) : root, want: goal, time: Date.now(),
		older, searched: older || same ? state.searched : Date.now(), books: {}};
	const broken = await damaged();
	const there = (await (await opened()).keys()).map(one => one.url.slice(-17, -5)).filter(name => !broken.includes(name));
	const list = shardsOf(fresh.root, goal), todo = list.filter(i => !there.includes(fresh.root.shards[i]));
	const size = todo.reduce((sum, i) => sum + fresh.root.bytes[i], 0), books = goal.filter(one => root.books[one]);
	for (const one of books) {
		const book = there.includes(root.books[one][1]) ? root.books[one] : state && state.books[one];
		if (book && there.includes(book[1]))
			fresh.books[one] = book;
	}
	// A booklet names its edition, so each one changes it: like the index, an older one will do for some days.
	const wait = books.filter(one => !(fresh.books[one] && (late || fresh.books[one][1] == root.books[one][1])));
	const total = wait.reduce((sum, one) => sum + root.books[one][0], size);
	let done = 0;
	if (size)
		await roomFor(size);
	// Nothing of another edition is shown: what arrives can be shown at once.
	if (!state || same)
		await record('state', Object.assign({}, fresh, {want: same ? state.want : []}));
	await pool(todo, 3, async i => {
		tell({done, total});
		await obtain(fresh.root.shards[i], fresh.root.bytes[i], same ? null : state);
		done += fresh.root.bytes[i];
		tell({done, total});
	});
	await record('state', fresh);
	await tidy(namesOf(fresh));
	if (wait.length)
		await roomFor(total - size);
	for (const one of wait) {
		await obtainBook(one, root.books[one][1], n => tell({done: done += n, total}));
		fresh.books[one] = root.books[one];
		await record('state', fresh);
	}
	await tidy(namesOf(fresh));
	for (const name of broken.map(one => one + '.broken').concat('gone'))
		await (await opened()).delete(home + 'offline/' + name);
	return state && !same;
};

const failure = error => ({error: error && error.name == 'QuotaExceededError' ? 'full' : 'line'});

// Where there is no room, what arrived goes, and the goal with it. A phone that kept nothing before keeps the core of what was asked for, if that fits.
const giveUp = async () => {
	const state = await current(), goal = await recall('goal') || [], had = state ? kept(state) : [];
	const core = Array.from(new Set(goal.filter(one => !isBook(one)).map(one => one.split('/')[0])));
	await tidy(namesOf(state));
	await record('goal', had.length || core.join() == goal.join() ? had : core);
	if (!had.length && core.length && core.join() != goal.join())
		await work(() => {});
};

// What fails leaves the state as it is; what arrived waits for the next attempt.
const attempt = async tell => {
	try {
		const changed = await work(tell);
		tell({ok: true, changed: !!changed});
	} catch (error) {
		const said = failure(error);
		if (said.error == 'full')
			await giveUp().catch(() => {});
		tell(said);
	}
};

// One thing after another, whichever worker does it.
let busy = Promise.resolve();
const queue = what => {
	const next = () => navigator.locks ? navigator.locks.request(cacheName, what) : what();
	busy = busy.then(next, next);
	return busy;
};

// What is under way ends first, or it would write again what was wiped.
const end = async () => {
	stop.abort();
	await queue(wipe);
	stop = new AbortController();
};

// --- talking with pages (layouts/assets/page.js)

// One wish at a time: what a first visit would keep never takes the place of what a reader asked for in the same moment.
let wished = Promise.resolve(), newest;
const wish = (goal, first) => {
	const next = async () => {
		if (!first || !await recall('goal'))
			await record('goal', goal);
	};
	wished = wished.then(next, next);
	return wished;
};

const report = async path => {
	const state = await current().catch(() => null), goal = await recall('goal');
	const root = state && state.root;
	return {goal, want: state && kept(state), date: root && root.date, commit: root && root.commit, time: state && state.time,
		older: state && state.older && state.older.date,
		size: root ? kept(state).reduce((sum, one) => sum + (isBook(one) ? state.books[one][0] : 0), bytesIn(root, state.want)) : 0,
		kept: !!(root && path != null && await locate(path, root).catch(() => null))};
};

addEventListener('message', event => {
	const {ask, path, language, goal} = event.data, port = event.ports[0], tell = what => port && port.postMessage(what);
	event.waitUntil((async () => {
		if (!self.DecompressionStream)
			return tell({error: 'old'});
		if (ask == 'wipe') {
			await end();
			return tell({ok: true});
		}
		if (ask == 'keep')
			await wish(newest = goal);
		if (ask == 'hello') {
			const now = await report(path);
			tell(now);
			// A first visit keeps the core, unless the reader saves data.
			if (!now.goal) {
				if (saving())
					return;
				await wish([language], true);
			}
		}
		if (ask == 'state')
			return tell(await report());
		if (ask == 'sizes') {
			const root = await (await fetch(home + 'offline/root.json', {cache: 'no-cache'})).json();
			const sizes = {};
			for (const one of goal)
				sizes[one] = isBook(one) ? (root.books[one] || [])[0] : bytesIn(root, [one]);
			return tell({sizes});
		}
		return queue(async () => {
			// What was under way may have had no room for this wish, and given it up: it has a try and an answer of its own.
			if (ask == 'keep' && newest == goal)
				await wish(goal);
			return attempt(tell);
		});
	})().catch(error => tell(failure(error))));
});

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', event => event.waitUntil(self.clients.claim()));
