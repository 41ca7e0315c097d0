/* filter.js - of the list of vacancies only what was chosen. What is chosen stays on the page: nothing is kept or sent.
   Sums are compared as a month's pay in the chosen currency; a vacancy without pay, or with pay in another currency, is not shown then. */
// names: box said rows fits wanted choose field shown row group
(function () {
	'use strict';
	const box = document.querySelector('.filter'), said = document.querySelector('[data-words]');
	if (!box)
		return;
	const all = (what, from) => Array.prototype.slice.call((from || document).querySelectorAll(what));
	const rows = all('.group li');

	function fits (row, wanted) {
		return Object.keys(wanted).every((name) => {
			if (name === 'pay')
				return +row.dataset.pay >= +wanted.pay && row.dataset.currency === wanted.currency;
			return name === 'currency' || row.dataset[name] === wanted[name];
		});
	}

	function choose () {
		const wanted = {};
		all('[name]', box).forEach((field) => {
			const value = field.type === 'checkbox' ? field.checked && 'true' : field.value;
			if (value)
				wanted[field.name] = value;
		});
		rows.forEach((row) => {
			row.hidden = !fits(row, wanted);
		});
		all('.group').forEach((group) => {
			group.hidden = !group.querySelector('li:not([hidden])');
		});
		const shown = all('.group li:not([hidden])').length;
		said.textContent = said.dataset.words.replace('%1', shown).replace('%2', all('.group li').length);
	}

	box.hidden = said.hidden = false;
	box.addEventListener('input', choose);
	box.addEventListener('change', choose);
	choose();
})();
