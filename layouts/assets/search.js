// search.js - asks the index that lies beside the pages (generator/search/SHARDS.md) what a reader types on the page of layouts/search.html.
// The first half knows nothing of a page: words -> terms -> postings -> ranked pages. The second shows them.
//
// A reader pays for each byte of this, so names are short and mean the same throughout:
//   a b   what a function is given      e   one of many           i j   places, counters
//   n     a number of something         t   a text, a term        o     what is put together
//   X     what i.js says (keys as in SHARDS.md)                   Q     its rules
//
// A build leaves out remarks and white space, and shortens these
// names: list gathered unpack unroll bits gamma times word numbers bare readTerms readWords readPages language walk parts stem folded latin distance
//    openIndex load files file place near known group judge way intended guess ask words marked better score pages refused stop says titles wanted
//    stand synonyms tell term doc form status facets hits more data input indexes fields turn limit active came timer facet loader url first asked
//    put show typing query mine said lines answer paint there
{
const list = Array.from, gathered = a => Promise.all(a),

// --- what is in a file

// The bytes between the quotes of a file.
unpack = a => {
	const o = [];
	for (let i = a.indexOf(44) + 2; i < a.length - 2; i++)
		o.push(a[i] != 92 ? a[i] : a[++i] == 110 ? 10 : a[i] == 114 ? 13 : a[i]);
	return o;
},

// Readers of the bits of A, letters in B. Who reads beyond the end throws.
unroll = (a, b) => {
	let i = 0;
	const bits = n => {
		let o = 0;
		for (; n--; i++)
			o += o + (a[i >> 3] >> (7 - i % 8) & 1);
		if (i > a.length * 8)
			throw 0;
		return o;
	},
	// From 0, unlike the gamma of SHARDS.md.
	gamma = () => {
		let n = 0;
		while (!bits(1))
			n++;
		return 2 ** n + bits(n) - 1;
	},
	times = (n, a) => {
		const o = [];
		while (n--)
			o.push(a());
		return o;
	},
	word = t => {
		t = t.slice(0, gamma());
		times(gamma(), () => {
			const i = bits(5);
			t += i < 31 ? b[i] : String.fromCharCode(bits(16));
		});
		return t;
	},
	// N numbers from A to B, binary interpolative, behind those of O
	numbers = (n, a, b, o) => {
		if (n) {
			const m = n >> 1, s = b - a + 2 - n, k = 31 - Math.clz32(s), u = (2 << k) - s;
			if (!(s >= 1))
				throw 0;
			let e = bits(k);
			if (e >= u)
				e += e + bits(1) - u;
			e += a + m;
			numbers(m, a, e - 1, o);
			o.push(e);
			numbers(n - m - 1, e + 1, b, o);
		}
		return o;
	};
	return [gamma, word, times, numbers, bits];
},

readTerms = (a, X) => {
	const [gamma, word, times, numbers, bits] = unroll(a, X.w), bare = () => word('');
	let t = '';
	// t: the term, n: pages that have it, h: those listed (p), v: which of them have another value than the first, s: what it stands for
	const o = times(gamma() + 1, () => {
		const n = (t = word(t), gamma());
		return { t, n, h: n * 2 > X.n ? gamma() : n, s: bits(1), v: {} };
	});
	o.map(e => e.s = times(e.s && gamma() + 1, () => [times(gamma(), bare), times(gamma() + 1, () => times(gamma() + 1, bare))]));
	o.map(e => {
		e.p = numbers(e.h, 0, X.n - 1, []);
		numbers(gamma(), 0, e.h - 1, []).map(i => e.v[i] = gamma() + 1);
	});
	return o;
},

readWords = (a, X) => {
	const [gamma, word, times] = unroll(a, X.w);
	let t = '';
	return times(gamma() + 1, () => t = word(t));
},

// Pages of a d file: [day it is gone, address, title, description].
readPages = (a, X) => {
	const o = [];
	for (let i = 0, b, n; i < a.length;) {
		const e = [0];
		for (n = 1; e[0] += (b = a[i++]) % 128 * n, b > 127;)
			n *= 128;
		for (; e.length < 4;) {
			let t = '';
			while (b = a[i++])
				t += b < 255 ? X.y[b - 1].slice() : String.fromCharCode(a[i++] << 8 | a[i++]);
			e.push(t);
		}
		if (i > a.length)
			throw 0;
		o.push(e);
	}
	return o;
},

// --- words -> terms, as rules Q say

language = Q => {
	// T by steps A: [region, pattern, text or table in its place, steps to pass over then]; without a pattern: marks part from letters
	const walk = (t, a) => {
		const b = Q.r.map(e => (t.match(e) || [''])[0].length);
		for (let i = 0; i < a.length; i++) {
			const [r, p, e, n] = a[i], o = p ? t.slice(b[r]).replace(RegExp(p, 'gu'), e.big ? e : t => e[t]) : t.normalize('NFD').slice(b[r]);
			if (o != t.slice(b[r]) && (b[r] || !r)) {
				t = t.slice(0, b[r]) + o;
				i += n;
			}
		}
		return t;
	},
	parts = t => t.split(RegExp('(' + Q.w + ')', 'giu')), stem = t => walk(t, Q.s),
	folded = t => walk(list(t.normalize(), e => list(e.toLowerCase())[0]).slice(0, 64).join(''), Q.f),
	// What T in Latin letters may stand for, the likeliest first.
	latin = t => t.match(RegExp(Q.i, 'g')).reduce((o, t) => [].concat(...list(Q.l[t] || t, e => o.map(a => a + e))).slice(0, 64), ['']);
	return { parts, folded, stem, term: t => stem(folded(t)), latin };
},

// Damerau-Levenshtein in tenths of an edit; neighbours on the keyboard Q.k, letters that changed places and doubled ones cost less.
distance = (a, b, Q) => {
	let o = list('0' + b, (_, j) => j * 10), p;
	list(a, (x, i) => {
		const n = [i * 10 + 10];
		list(b, (y, j) => n.push(Math.min(
			o[j + 1] + (x == a[i - 1] ? 7 : 10), n[j] + (y == b[j - 1] ? 7 : 10),
			o[j] + (x == y ? 0 : Q.k.some(e => e.includes(x + y) || e.includes(y + x)) ? 7 : 10),
			x != y && x == b[j - 1] && y == a[i - 1] ? p[j - 1] + 8 : 999)));
		p = o;
		o = n;
	});
	return o[b.length] + (a[0] != b[0] ? 4 : 0);
},

// --- an index: LOAD (name) gives what a file calls rohnamo () with, i.js as an object, others as bytes; X: the first, where it is there already

openIndex = async (load, X) => {
	X = X || await load('i');
	const files = {}, Q = X.q;
	if (X.v != 1)
		throw 0;
	const { parts, folded, stem, term, latin } = language(Q);
	X.y = X.y.split('\n');
	list('tlr', a => {
		let t = '';
		X[a] = X[a].split(' ').map(e => t = t.slice(0, parseInt(e[0], 36)) + e.slice(1));
	});
	X.g.reduce((i, e) => (e.i = i) + e.n, 0);
	const file = (a, i, b) => files[a + i] = files[a + i] || load(X.h + '/' + a + i).then(e => b(e, X)),
	// The last file of kind A that may hold T
	place = (a, t) => X[a].filter(e => e <= t).length - 1,
	near = t => file('t', place('t', t), readTerms),
	known = async a => [].concat(...await gathered(a.map(async t => (await near(t)).filter(e => e.t == t)))),
	group = a => X.g.find(e => a < e.i + e.n),
	// [cost, term] of words near to T that begin with its first letters; in r, that end with its last
	judge = async (a, t) => {
		const n = t.length, way = t => a == 'r' ? list(t).reverse().join('') : t, h = way(t).slice(0, n - (a == 'r') >> 1), b = place(a, h);
		return [].concat(...await gathered(list({ length: Math.min(place(a, h + '\uffff') - b + 1, 4) }, (_, i) => file(a, b + i, readWords))))
			.filter(e => e.startsWith(h) && Math.abs(e.length - n) < 4).map(e => [distance(t, way(e), Q), way(e)]).filter(e => e[0] <= (n < 6 ? 10 : 20));
	},
	// Both are asked for at once: on a slow line it is the turns that take time.
	intended = async t => {
		const [o, p] = await gathered(list('lr', a => t[2] ? judge(a, t) : []));
		return o.some(e => e[0] < 11) ? o : o.concat(p);
	},
	// Word A, that the index has not; B: it is being typed -> [[term, weight], ...]
	guess = async (a, b) => {
		const t = folded(a), s = a.toLowerCase();
		let o;
		if (Q.i && /^[a-z'0-9]*[a-z]/.test(s)) {
			const e = list(new Set(latin(s).map(stem))).slice(0, 6), k = await known(e);
			if (k[0])
				return k.map(e => [e.t, .95]);
			o = [].concat(...await gathered(e.slice(0, 2).map(intended)));
		} else {
			// What it is the beginning of: it is being typed, or cut short.
			const e = (await near(t)).filter(e => e.n && e.t.startsWith(t) && (b || t[3] && e.t.length < t.length + 7));
			if (b && e[0])
				return e.sort((a, b) => b.n - a.n).slice(0, 6).map(e => [e.t, .9]);
			o = e.map(e => [12 + e.t.length - t.length, e.t]).concat(await intended(stem(t)));
		}
		o.sort((a, b) => a[0] - b[0]);
		return o.filter((e, i) => e[0] < o[0][0] + 6 && i < 5).map(e => [e[1], (e[0] > 10 ? .7 : .9) * (e[0] > o[0][0] ? .6 : 1)]);
	},

	// Query A; B: it is being typed -> pages, best first; marked: terms; better: [term, word typed]
	ask = async (a, b) => {
		const words = [], marked = {}, better = [], score = {}, pages = [], refused = {};
		// Of a word: t what was typed, x it must not be there, p it must, r terms it is read as, w page -> worth, d something stands for it, c nearly all pages have it
		a.replace(/(-?)(?:["“”„]([^"“”„]*)|([^\s"“”„]+))/g, (_, x, p, a) => parts(p || a || '').map((t, i) => {
			if (i % 2 && !words[31])
				words.push({ t, x, p: p != null, r: [term(t)], w: {} });
		}));
		const stop = t => Q.t.includes(t), says = e => !e.x && (e.p || !stop(e.r[0])), titles = !words.some(says);
		let wanted = words.filter(e => titles ? !e.x : says(e));

		// Terms A stand for N words from I on: each page that has them all gets what the least is worth there, times B.
		const stand = async (a, b, i, n) => {
			const o = (await known(a)).filter(e => e.n);
			let w;
			if (o.length < a.length)
				return;
			o.map(e => {
				const a = {};
				marked[e.t] = 1;
				e.p.map((p, i) => {
					const [c, t] = X.c[e.v[i] || 0], g = group(p), x = (p - g.i) * 8 / (g.n - 1) || 0, j = Math.min(x | 0, 7);
					if ((t || !titles) && (!w || w[p]))
						a[p] = Math.min(w ? w[p] : 1e9, b * Math.log(1 + (X.n - e.n + .5) / (e.n + .5)) * (c * 2.2 / (c + .3 + .9 * (g.k[j] + (g.k[j + 1] - g.k[j]) * (x - j)) / X.a) + t));
				});
				w = a;
			});
			words.slice(i, i + n).map(e => {
				for (const p in w)
					e.w[p] = Math.max(w[p], e.w[p] || 0);
				e.d = 1;
				e.c = !titles && o.every(e => e.h < e.n);
			});
		},
		synonyms = () => gathered(words.map((e, i) => gathered(e.x || e.p ? [] : e.r.map(async t => {
			for (const e of await known([t]))
				for (const [a, b] of e.s)
					if (a.every((t, j) => words[i + j + 1] && words[i + j + 1].r.includes(t)))
						await gathered(b.map(e => stand(e, .8, i, a.length + 1)));
		}))));
		await synonyms();
		await gathered(words.map(async (e, i) => {
			if (e.x)
				(await known(e.r)).map(e => e.p.map(p => refused[p] = 1));
			if (!wanted.includes(e))
				return;
			await stand(e.r, 1, i, 1);
			const o = e.d ? [] : await guess(e.t, b && !words[i + 1]);
			if (!titles && o[0] && stop(o[0][0]))
				wanted = wanted.filter(a => a != e);
			else
				await gathered(o.map(([t, n], j) => {
					j || better.push([t, e.t]);
					e.r.push(t);
					return stand([t], n, i, 1);
				}));
		}));
		if (better[0])
			await synonyms();
		wanted.map(e => {
			for (const p in e.w)
				score[p] = (score[p] || 0) + e.w[p];
		});
		for (const p in score) {
			const o = wanted.filter(e => e.w[p] || e.c);
			if (!refused[p] && wanted.every(e => !e.p || o.includes(e)))
				pages.push([score[p] * o.length, +p]);
		}
		return { pages: pages.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(e => e[1]), marked, better };
	},
	// [day it is gone, address, title, description] of page P
	tell = async p => {
		const [e, a, ...b] = (await file('d', p / X.b | 0, readPages))[p % X.b];
		return [e, group(p).u + a, ...b];
	};
	return { X, group, parts, term, ask, tell };
};

// --- the page

const doc = document, form = doc.forms.search, [status, facets, hits, more] = doc.querySelectorAll('.found>*'), data = form.dataset, input = form.q, indexes = {};
let fields = new URLSearchParams(location.search), turn = 0, active, came, timer, facet = fields.get('s');

self.rohnamo = (_, a) => came = a;

// An element of kind B with text T at the end of A, and attributes O
const put = (a, b, t, o) => {
	const e = doc.createElement(b);
	e.textContent = t;
	for (const i in o)
		e.setAttribute(i, o[i]);
	a.append(e);
	return e;
},
// Index A; B: 'reload', past all caches
loader = (a, b) => async t => {
	const url = data.base + a + '/' + t + '.js', first = t == 'i';
	if (location.protocol < 'h')
		return new Promise((a, b) => {
			const e = put(doc.head, 'script', '', { src: url, charset: first ? 'utf-8' : 'x-user-defined' });
			e.onload = () => a(first ? came : list(came, e => e.charCodeAt() & 255));
			e.onerror = b;
		});
	const e = await fetch(url, { cache: b });
	if (!e.ok)
		throw 0;
	return first ? JSON.parse((await e.text()).slice(12, -1)) : unpack(new Uint8Array(await e.arrayBuffer()));
},
// Addresses of the site begin with /, others with a letter. Index A answers T. One that is damaged, or of another edition than its files, is fetched anew once. Of this page's language (LIMIT) also: wanted, the pages of
// the facet; the lines of the first of them, but for those that are gone; and n, how many that makes. PAINT gets the first of them before: a browser asks for six files at a time.
asked = async (a, t, b, limit, paint, n) => {
	try {
		const e = await (indexes[a] = !n && indexes[a] || openIndex(loader(a, n), !n && limit && came)), o = Object.assign(await e.ask(t, b), e);
		o.wanted = o.pages.filter(p => !facet || o.group(p).s == facet);
		const p = o.wanted.slice(0, limit || 0).map(o.tell), x = gathered(p), there = a => a.filter(e => !e[0] || e[0] * 864e5 > new Date || o.n-- < 0);
		// Who waits for all would be told; these may fail first.
		x.catch(list);
		paint && paint(there(await gathered(p.slice(0, 6))), o);
		o.n = o.wanted.length;
		o.lines = there(await x);
		return o;
	} catch (e) {
		if (n)
			throw e;
		return asked(a, t, b, limit, paint, 'reload');
	}
},
// typing: the last word may be a beginning; limit: so many at most
show = async (typing, limit = 10) => {
	const query = input.value.trim(), mine = ++turn;
	let said = '', lines = [], better = query, answer;
	fields = '' + new URLSearchParams([['q', query], ['s', facet]].filter(e => e[1]));
	history.replaceState(0, '', fields ? '?' + fields : location.pathname);
	const paint = (lines, answer) => {
		if (mine == turn) {
			facets.textContent = hits.textContent = '';
			active = -1;
			answer && answer.X.g.map(g => {
				const n = answer.pages.filter(p => answer.group(p) == g).length;
				if (n || facet == g.s)
					put(facets, 'button', g.l + ' ' + n, { 'aria-pressed': facet == g.s }).onclick = () => {
						facet = facet != g.s && g.s;
						show();
					};
			});
			lines.map(([_, url, ...a], i) => {
				const e = put(hits, 'a', '', { role: 'option', id: 'hit' + i, href: url < '0' ? data.base + '..' + url + data.leaf : url });
				a.map((t, i) => {
					const o = put(e, i ? 'span' : 'b', '');
					answer.parts(t).map((e, i) => {
						const t = i % 2 && answer.term(e);
						answer.marked[t] ? put(o, 'mark', e) : o.append(e);
						answer.better.map(a => a[0] == t && (better = better.replace(a[1], e.toLowerCase())));
					});
				});
			});
			status.textContent = (better != query ? data.meant.replace('{q}', better) + ' ' : '') + said;
			more.hidden = !answer || !answer.wanted[limit];
			more.onclick = () => show(0, limit + 10);
			input.setAttribute('aria-activedescendant', '');
			input.setAttribute('aria-expanded', !!lines[0]);
		}
	};
	if (query[1])
		try {
			answer = await asked(data.lang, query, typing, limit, paint);
			lines = answer.lines;
			said = data.found.replace('{n}', answer.n);
			if (!answer.n) {
				said = data.none;
				for (const e of doc.querySelectorAll('a[hreflang]'))
					await asked(e.hreflang, query).then(a => a.pages[0] && lines.push([0, e.href + '?' + fields, e.textContent, a.pages.length + '']), () => said = data.unasked);
			}
		} catch (e) {
			said = data.damaged;
		}
	paint(lines, answer);
};
input.oninput = () => {
	clearTimeout(timer);
	timer = setTimeout(show, 150, 1);
};
input.onkeydown = e => {
	const a = hits.children, n = { ArrowDown: 1, ArrowUp: -1 }[e.key];
	if (n && a[0]) {
		e.preventDefault();
		const o = a[active = (active + n + a.length) % a.length];
		list(a, e => e.setAttribute('aria-selected', e == o));
		o.scrollIntoView({ block: 'nearest' });
		input.setAttribute('aria-activedescendant', o.id);
	}
};
// When the page is there, what its address asks for is: it names i.js behind this script, and nothing that would come later.
self.onload = form.onsubmit = e => {
	e.preventDefault();
	const a = hits.children[active];
	a ? a.click() : show();
};
form.hidden = 0;
input.value = fields.get('q');
}
