/* centres.js - open or closed by the phone's clock; centres of a kind; the nearest first. The phone's place stays in the phone.
   A stretch of opening hours is "first minute+minutes" in the week of Greenwich, which begins on Monday. */
// names: box said mark radians far found head pair before
(function () {
	'use strict';
	const now = new Date(), minute = (now.getUTCDay() + 6) % 7 * 1440 + now.getUTCHours() * 60 + now.getUTCMinutes();
	const open = (hours) => hours.split(' ').some((part) => {
		const pair = part.split('+');
		return (minute - pair[0] + 10080) % 10080 < +pair[1];
	});

	function mark (at, said, hours) {
		at.appendChild(document.createTextNode(' '));
		const label = at.appendChild(document.createElement('small'));
		label.className = 'label clock';
		label.textContent = open(hours) ? said.open : said.closed;
	}

	const radians = Math.PI / 180;
	function far (a, b) {
		const dy = Math.sin((b[0] - a[0]) * radians / 2), dx = Math.sin((b[1] - a[1]) * radians / 2);
		return 12742 * Math.asin(Math.sqrt(dy * dy + Math.cos(a[0] * radians) * Math.cos(b[0] * radians) * dx * dx));
	}

	// The controls belong to the table before them.
	function table (box, body) {
		const said = box.dataset, select = box.querySelector('select'), button = box.querySelector('button'), status = box.querySelector('[role]');
		const rows = Array.prototype.slice.call(body.rows);
		rows.forEach((row) => row.dataset.hours && mark(row.cells[0], said, row.dataset.hours));
		select.onchange = () => rows.forEach((row) => row.hidden = !!select.value && row.dataset.kind !== select.value);
		button.hidden = !navigator.geolocation;
		button.onclick = () => navigator.geolocation.getCurrentPosition((found) => {
			const here = [found.coords.latitude, found.coords.longitude];
			rows.forEach((row) => {
				const km = row.dataset.at ? far(here, row.dataset.at.split(' ')) : Infinity;
				const head = row.querySelector('.km') || row.cells[0].appendChild(document.createElement('small'));
				row.km = km;
				head.className = 'km';
				head.textContent = km < Infinity ? ' ' + said.km.replace('{n}', Math.round(km)) : '';
			});
			rows.slice().sort((a, b) => a.km === b.km ? 0 : a.km - b.km).forEach((row) => body.appendChild(row));
			body.parentNode.scrollIntoView();
		}, () => { status.textContent = said.nowhere; }, { maximumAge: 6e5, timeout: 2e4 });
		box.hidden = false;
	}

	document.querySelectorAll('.near').forEach((box) => {
		if (box.dataset.hours) {
			box.dataset.hours.split(';').forEach((one) => {
				const pair = one.split(':'), head = document.getElementById(pair[0]);
				if (head)
					mark(head, box.dataset, pair[1]);
			});
			return;
		}
		let before = box.previousElementSibling;
		while (before && !before.querySelector('tbody') && before.tagName !== 'TABLE')
			before = before.previousElementSibling;
		if (!before)
			return;
		table(box, before.querySelector('tbody'));
		before.parentNode.insertBefore(box, before);
	});
})();
