/* changes.js - what is new since this phone was here last, or since the day of a booklet. The phone alone remembers: the day of this visit and the newest change
   that the page had then, for the page may be an older one that was kept. During a day the visit before it counts, so that opening the page again hides nothing. */
// names: box rows said field words kept before count shown head
(function () {
	'use strict';
	const box = document.querySelector('.since');
	if (!box)
		return;
	const words = box.dataset, said = box.firstElementChild, field = box.querySelector('input');
	const rows = Array.from(document.querySelectorAll('[data-at]'));
	const now = new Date(), today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
	let kept = null;
	try {
		kept = JSON.parse(localStorage.changes);
	} catch (e) {
		kept = null;
	}
	const before = kept && (kept.day === today ? kept.last : kept);
	try {
		localStorage.changes = JSON.stringify({
			day: today, at: Math.max(kept ? kept.at : 0, rows.length ? rows[0].dataset.at : 0), last: before && { day: before.day, at: before.at },
		});
	} catch (e) {
		// Where nothing can be remembered, each visit is the first.
	}

	function tell (text, day, n) {
		const all = words.more && n === rows.length;
		said.textContent = (n ? text : words.none).replace('{date}', day.split('-').reverse().join('.')).replace('{n}', (all ? words.many + ' ' : '') + n);
	}

	function show () {
		const from = field.value ? Date.parse(field.value) / 1000 : 0;
		let count = 0;
		rows.forEach((row) => {
			row.hidden = row.dataset.at < from;
			count += !row.hidden;
		});
		Array.from(document.querySelectorAll('section')).forEach((head) => {
			head.hidden = !head.querySelector('li:not([hidden])');
		});
		if (from)
			tell(words.since, field.value, count);
		else if (before)
			tell(words.visit, before.day, rows.filter(row => row.dataset.at > before.at).length);
		else
			said.textContent = words.first;
	}

	rows.forEach((row) => {
		if (before && row.dataset.at > before.at) {
			const mark = document.createElement('span');
			mark.className = 'label';
			mark.textContent = words.fresh;
			row.firstElementChild.insertAdjacentElement('afterend', mark);
			row.insertBefore(document.createTextNode(' '), mark);
		}
	});
	box.hidden = false;
	field.addEventListener('change', show);
	show();
})();
