/* choose.js - of the films only those in the languages that were chosen. What is chosen stays on the page: nothing is kept or sent. */
// names: box said rows fields shown wanted row field spoken
(function () {
	'use strict';
	const box = document.querySelector('.choose');
	if (!box)
		return;
	const said = box.lastElementChild, fields = Array.from(box.querySelectorAll('select'));
	const rows = Array.from(document.querySelectorAll('.tiles > li'));

	function choose () {
		let shown = 0;
		rows.forEach((row) => {
			row.hidden = !fields.every((field) => {
				const spoken = (row.dataset[field.name] || '').split(' ');
				return !field.value || spoken.indexOf(field.value) >= 0;
			});
			shown += !row.hidden;
		});
		said.textContent = box.dataset.words.replace('%1', shown).replace('%2', rows.length);
	}

	box.hidden = false;
	box.addEventListener('change', choose);
	// A browser may have kept what was chosen before the page was left.
	choose();
})();
