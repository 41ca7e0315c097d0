// fill.js - writes what a reader types into the blanks of a contract, in all its languages, and lets the points be ticked. Nothing is kept or sent:
// the page is printed, or saved as PDF, by its owner.
// names: rows parts write typed marks
(function () {
	'use strict';
	const fill = document.querySelector('.fill'), rows = document.querySelectorAll('tr[data-clause]');
	if (!fill || !rows.length)
		return;
	const each = Array.prototype.forEach;
	const marks = {};

	// Each line for the pen, by the key that stands at its place in the row's list.
	each.call(rows, (row) => each.call(row.cells, (cell, i) => {
		const keys = (row.dataset['blanks' + (i + 1)] || '').split(' '), span = cell.querySelector('[lang]');
		if (!span || !keys[0])
			return;
		const parts = span.textContent.split(/_{4,}/);
		span.textContent = parts[0];
		keys.forEach((key, n) => {
			const mark = span.appendChild(document.createElement('b'));
			mark.textContent = '________';
			(marks[key] = marks[key] || []).push(mark);
			span.appendChild(document.createTextNode(parts[n + 1] || ''));
		});
	}));

	function write(field) {
		const value = field.type === 'date' ? field.value.split('-').reverse().join('.') : field.value.trim();
		(marks[field.dataset.field] || []).forEach((mark) => { mark.textContent = value || '________'; });
	}

	each.call(document.querySelectorAll('.text li > input[type=checkbox]'), (tick) => {
		const item = tick.parentNode, label = document.createElement('label');
		while (item.firstChild)
			label.appendChild(item.firstChild);
		item.appendChild(label);
		item.className = 'check';
		tick.disabled = false;
	});

	const fields = fill.querySelectorAll('[data-field]');
	fill.addEventListener('input', (typed) => {
		write(typed.target);
		document.body.className = 'filled';
	});
	fill.querySelector('[data-do=print]').addEventListener('click', () => print());
	fill.querySelector('[data-do=clear]').addEventListener('click', () => {
		each.call(fields, (field) => {
			field.value = '';
			write(field);
		});
		document.body.className = '';
	});
	const box = rows[0].closest('.table') || rows[0].closest('table');
	box.parentNode.insertBefore(fill, box);
	fill.hidden = false;
})();
