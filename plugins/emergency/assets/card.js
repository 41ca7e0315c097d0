/* card.js - the numbers of one country alone; the card and the lock screen are filled in. What is written stays in the open page. */
// names: box head input
(function () {
	'use strict';
	document.querySelectorAll('.where').forEach((box) => {
		const select = box.querySelector('select');
		select.onchange = () => Array.prototype.forEach.call(select.options, (option) => {
			let head = option.value && document.getElementById(option.value);
			const off = !!select.value && option !== select.options[select.selectedIndex];
			do {
				if (head) {
					head.hidden = off;
					head = head.nextElementSibling;
				}
			} while (head && head.tagName !== 'H2');
		});
		box.hidden = false;
	});

	document.querySelectorAll('.fill').forEach((box) => {
		box.querySelectorAll('input').forEach((input) => {
			input.oninput = () => document.querySelectorAll('[data-line="' + input.dataset.for + '"]').forEach((line) => {
				const at = line.cells ? line.cells[1] : line;
				if (!at.empty)
					at.empty = at.textContent;
				at.textContent = at.empty.replace(/_{4,}/, () => input.value || '________');
			});
		});
		box.querySelector('button').onclick = () => window.print();
		box.hidden = false;
	});
})();
