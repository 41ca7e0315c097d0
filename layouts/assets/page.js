// page.js - what scripts add to every page, in one file, because each request costs a phone on a poor line seconds: the reader's language, passing a page
// on, keeping the site offline. Pages are whole without it.
//
// names: box spoken words leave exit times main show memory form boxes fill answered chosen talk status told age day sized hello
//    wanted doors last link short button file can answer
'use strict';

// --- the tab's icon: here, because in every page it would weigh as much as a paragraph. A layout's own stays.

(icon => {
	if (icon)
		icon.href = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2048%2048'%3E%3Crect%20width='48'%20height='48'%20rx='10'%20fill='%2312357a'/%3E%3Cpath%20d='M24%2040V30M12%2012h20l6%205-6%205H12z'%20fill='none'%20stroke='%23f5b32f'%20stroke-width='4'/%3E%3C/svg%3E";
})(document.querySelector('[rel=icon][href="data:,"]'));

// --- the reader's language: the front door opens by itself for the language that was tapped before, else for one of the browser's. It is kept on this
// phone alone. A page that was asked for is never left; "/#" shows the doors.

(function () {
	var wanted = navigator.languages || [navigator.language], doors = document.querySelectorAll('.go[hreflang]'), last;
	try { last = localStorage.lang; } catch (e) { last = ''; }

	document.addEventListener('click', function (event) {
		var link = event.target.closest && event.target.closest('header [hreflang],.go[hreflang]');
		if (link) try { localStorage.lang = link.hreflang; } catch (e) { return; }
	});

	function short(code) {
		return String(code).toLowerCase().split('-')[0];
	}

	if (location.href.indexOf('#') < 0)
		[last].concat(wanted).some(function (code) {
			return [].some.call(doors, function (link) {
				var same = short(code) === short(link.hreflang);
				if (same) location.replace(link.href);
				return same;
			});
		});
})();

// --- passing a page on: the link to its single file opens the phone's own way, with the file where that can be, else with the address

(function () {
	var button = document.querySelector('.share'), link = button && button.querySelector('a[download]');
	if (!link || !navigator.share) return;
	link.onclick = function (event) {
		var name = decodeURIComponent(link.pathname.split('/').pop()), title = document.title;
		event.preventDefault();
		fetch(link.href).then(function (answer) { return answer.ok ? answer.blob() : Promise.reject(); }).then(function (blob) {
			var file = new File([blob], name, { type: 'text/html' });
			var can = navigator.canShare && navigator.canShare({ files: [file] });
			return navigator.share(can ? { files: [file], title: title } : { title: title, url: location.href });
		}).catch(function (error) { if (!error || error.name !== 'AbortError') location.href = link.href; });
	};
})();

// --- leaving in a hurry; what has expired by the phone's own clock; the worker (layouts/sw.js), which keeps the site true; on the page of
// layouts/offline.html, what to keep

(() => {
const exit = document.querySelector('.exit'), box = document.getElementById('kept'), words = box ? box.dataset : {};
const main = document.getElementById('_main') || document.body, now = Date.now();

// --- in a hurry: nothing of the page is left to look back at

const leave = event => {
	event.preventDefault();
	const home = document.querySelector('.brand');
	document.body.remove();
	try {
		history.replaceState(null, '', home.href);
	} catch (error) {
		// A file has no other address.
	}
	location.replace(exit.href);
};
if (exit) {
	let times = [];
	exit.addEventListener('click', leave);
	addEventListener('keydown', event => {
		times = event.key == 'Escape' ? times.concat(Date.now()).filter(t => Date.now() - t < 2000) : [];
		if (times.length > 2)
			leave(event);
	});
}

// --- the clock

document.querySelectorAll('[data-expires]').forEach(one => {
	if (now >= Date.parse(one.dataset.expires))
		one.remove();
});
document.querySelectorAll('template[data-due]').forEach(one => {
	if (now < Date.parse(one.dataset.due))
		return;
	if (one.hasAttribute('data-gone'))
		main.textContent = '';
	main.insertBefore(one.content, main.firstChild);
});

// --- the worker. A page that must leave no trace does not ask for it.

if (!box || exit)
	return;
const root = new URL('..', document.currentScript.src).href;
const memory = value => {
	try {
		if (value !== undefined)
			value ? localStorage.setItem('kept', value) : localStorage.removeItem('kept');
		return localStorage.getItem('kept');
	} catch (error) {
		return null;
	}
};
// What is said seldom stands in the page of what is kept, where the link below leads.
const spoken = () => words.from ? Promise.resolve() : fetch(box.nextElementSibling.firstChild.href).then(answer => answer.text()).then(text => {
	Object.assign(words, new DOMParser().parseFromString(text.replace(/<style[^]*?<\/style>/g, ''), 'text/html').getElementById('kept').dataset);
});
const fill = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name]);
const day = text => (text || '').split('-').reverse().join('.');
const age = time => Math.max(0, Math.floor((Date.now() - time) / 864e5));
const sized = n => n < 1e6 ? fill(words.small, {n: Math.ceil(n / 1024)}) : fill(words.unit, {n: (n / 1048576).toFixed(1).replace('.', words.point)});
const show = text => {
	box.textContent = text;
	box.hidden = !text;
};
const form = document.getElementById('keep');
if (form)
	Object.assign(words, form.dataset);
// A private window has no worker, or does not let it in: who came to keep something is told.
const denied = () => {
	if (form)
		show(words.denied);
};
if (!navigator.serviceWorker)
	return denied();
const ready = new Promise(done => addEventListener('load', done)).then(() => navigator.serviceWorker.register(root + 'sw.js', {updateViaCache: 'none'}))
	.then(() => navigator.serviceWorker.ready);
const ask = (what, each) => ready.then(registration => {
	const talk = new MessageChannel();
	talk.port1.onmessage = event => each(event.data);
	registration.active.postMessage(what, [talk.port2]);
}).catch(denied);

const answered = said => {
	const lost = 'want' in said && memory() && !said.goal;
	if (lost)
		memory('');
	// Without a line the search goes by an index that may be some days older than the pages.
	if (said.older && !said.changed && document.forms.search)
		show(fill(document.forms.search.dataset.older, {date: day(said.older)}));
	else if (said.changed || lost || ('want' in said && said.kept))
		spoken().then(() => show(said.changed ? words.fresh : lost ? words.lost : fill(words.from, {date: day(said.date), n: age(Date.parse(said.date))}))).catch(() => {});
};
const hello = {ask: 'hello', language: document.documentElement.lang, path: decodeURIComponent(location.href.split(/[?#]/)[0].slice(root.length)).replace(/(^|\/)index\.html$/, '$1')};
ask(hello, form ? said => {
	answered(said);
	status(said);
} : answered);

// --- what to keep

if (!form)
	return;
const boxes = Array.from(form.querySelectorAll('input')), told = document.getElementById('told'), bar = form.querySelector('progress');
const chosen = () => boxes.filter(one => one.checked).map(one => one.value);
let wiped = false, touched = false;
form.onchange = () => touched = true;
const status = said => {
	// What was under way then has nothing to say any more.
	if (wiped)
		return;
	if (said.error)
		told.textContent = words[said.error];
	else if (said.total) {
		told.textContent = fill(words.progress, {done: Math.round(said.done / 1024), total: Math.round(said.total / 1024)});
		bar.value = said.done / said.total;
	}
	bar.hidden = !said.total || !!said.error;
	if (said.ok)
		ask({ask: 'state'}, status);
	if ('want' in said) {
		const some = said.want && said.want.length;
		told.textContent = some ? fill(words.have, {date: day(said.date), size: sized(said.size), n: age(said.time)}) : words.none;
		// What the reader has ticked by now stays.
		if (!touched)
			boxes.forEach(one => {
				one.checked = (said.goal || []).includes(one.value) || one.value == decodeURIComponent(location.hash.slice(1));
			});
	}
};
form.hidden = false;
if (location.search.length > 1)
	show(words.away);
ask({ask: 'sizes', goal: boxes.map(one => one.value)}, said => boxes.forEach(one => {
	const size = said.sizes && said.sizes[one.value], label = one.parentNode;
	if (size)
		label.querySelector('small').textContent = sized(size);
	// Booklets are there where they have been printed; each can be opened as well as kept.
	if (size && label.hidden) {
		const link = document.createElement('a');
		link.href = root + one.value;
		link.textContent = words.open;
		label.lastElementChild.appendChild(link);
		label.hidden = false;
	}
}));
form.addEventListener('submit', event => {
	event.preventDefault();
	if (navigator.storage && navigator.storage.persist)
		navigator.storage.persist().catch(() => {});
	wiped = false;
	memory(chosen().join());
	ask({ask: 'keep', goal: chosen()}, status);
});
form.querySelector('[type=button]').addEventListener('click', () => {
	// What plugins remember goes too.
	try {
		localStorage.clear();
		sessionStorage.clear();
	} catch (error) {
		// A browser that denies them keeps nothing there.
	}
	wiped = bar.hidden = true;
	ask({ask: 'wipe'}, said => {
		told.textContent = said.ok ? words.wiped : words.line;
		boxes.forEach(one => {
			one.checked = false;
		});
	});
});
})();
