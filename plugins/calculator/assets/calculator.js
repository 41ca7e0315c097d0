/* calculator.js - the table's sums as fields, and their total for so many months. Nothing is kept or sent.
   The region's payment goes into the row of the monthly advance; what the reader has written elsewhere stays. */
// names: box rows fields total region months count groups known gaps field times
(function () {
	'use strict';
	const box = document.querySelector('.calc'), total = document.querySelector('.total');
	if (!box || !total)
		return;
	const region = box.querySelector('select'), months = box.querySelector('input'), ask = box.querySelector('[data-ask]');
	const rows = Array.prototype.slice.call(document.querySelectorAll('tr[data-when]'));
	const fields = rows.map((row) => {
		const field = document.createElement('input'), cell = row.lastElementChild;
		field.type = 'number';
		field.min = 0;
		field.inputMode = 'numeric';
		field.value = row.dataset.amount || '';
		field.setAttribute('aria-label', row.firstElementChild.textContent);
		cell.textContent = '';
		cell.appendChild(field);
		return field;
	});

	const groups = (sum) => String(sum).replace(/\B(?=(\d{3})+$)/g, '\u00a0');

	function count () {
		const n = Math.min(Math.max(Math.round(+months.value) || 1, +months.min), +months.max);
		let known = 0, gaps = 0;
		rows.forEach((row, i) => {
			const value = fields[i].value, when = row.dataset.when;
			const times = when === 'monthly' ? n : when === 'yearly' ? Math.ceil(n / 12) : 1;
			known += Math.max(+value, 0) * times;
			if (value === '' && row.dataset.optional === undefined)
				gaps++;
		});
		total.textContent = total.dataset.words.replace('%1', groups(Math.round(known))).replace('%2', n)
			+ (gaps ? ' ' + total.dataset.missing.replace('%1', gaps) : '');
	}

	region.addEventListener('change', () => {
		const at = rows.findIndex((row) => row.dataset.key === 'advance-tax');
		if (at >= 0)
			fields[at].value = +region.value || '';
		ask.textContent = region.value === '0' ? ask.dataset.ask : '';
		count();
	});
	document.addEventListener('input', count);
	box.hidden = total.hidden = false;
	count();
})();
