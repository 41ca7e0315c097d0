// asof.js - of a law's texts, the one that was in force on the day that a reader asks for. Nothing is kept or sent.
// names: box field said rows find day found link
(function () {
	'use strict';
	const box = document.querySelector('.asof'), rows = document.querySelectorAll('tr[data-from]');
	if (!box)
		return;
	const field = box.querySelector('input'), said = box.querySelector('p');

	function find () {
		const day = field.value.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
		let found = null;
		said.textContent = '';
		Array.prototype.forEach.call(rows, (row) => {
			row.removeAttribute('aria-current');
			if (row.dataset.from <= day && (!found || row.dataset.from > found.dataset.from))
				found = row;
		});
		if (!/^\d{4}-\d\d-\d\d$/.test(day))
			return;
		if (!found) {
			said.textContent = box.dataset.none;
			return;
		}
		found.setAttribute('aria-current', 'date');
		const link = found.querySelector('a').cloneNode(true);
		link.className = 'go';
		said.appendChild(document.createTextNode(box.dataset.then + ' '));
		said.appendChild(link);
	}

	box.hidden = false;
	field.addEventListener('input', find);
	field.addEventListener('change', find);
	find();
})();
