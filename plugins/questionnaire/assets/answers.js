// answers.js - makes a paper form live: boxes that can be ticked, fields for numbers and words, and a message of all answers that its owner sends
// by whichever way the phone has. Nothing is kept, and nothing leaves by itself.
// names: rules asked made tick entry other wanted sending chosen fits update ways boxes
(function () {
	'use strict';
	const each = Array.prototype.forEach, sending = document.querySelector('.sending');
	if (!sending)
		return;
	const rules = sending.dataset.questions.split('|').map((line) => line.split(' ')), asked = [];

	function make(tag, type, label) {
		const made = document.createElement(tag);
		if (type)
			made.type = type;
		made.setAttribute('aria-label', label);
		return made;
	}

	// Each question is a bold line with its number, and what stands behind it.
	each.call(document.querySelectorAll('.text > p > strong:first-child'), (line) => {
		const words = rules[asked.length];
		if (!words || line.textContent.indexOf(asked.length + 1 + '.') !== 0)
			return;
		const place = line.parentNode.nextElementSibling, entry = { key: words[0], kind: words[1], parts: [line.parentNode, place], boxes: [] };
		entry.other = words[words.length - 1].charAt(0) === '?' ? words.pop().slice(1).split('=') : null;
		if (entry.kind === 'number' || entry.kind === 'text') {
			const field = entry.field = make(entry.kind === 'text' ? 'textarea' : 'input', entry.kind === 'text' ? '' : 'number', line.textContent);
			if (entry.kind === 'text') {
				field.maxLength = +words[2];
				field.rows = 3;
			} else {
				field.min = words[2];
				field.max = words[3];
			}
			place.textContent = '';
			place.appendChild(field);
			place.className = 'ask';
		} else {
			place.setAttribute('role', entry.kind === 'choice' ? 'radiogroup' : 'group');
			place.setAttribute('aria-label', line.textContent);
			each.call(place.querySelectorAll('li'), (item, i) => {
				const label = document.createElement('label'), tick = item.querySelector('input');
				while (item.firstChild)
					label.appendChild(item.firstChild);
				item.appendChild(label);
				item.className = 'check';
				item.setAttribute('role', 'none');
				if (entry.kind === 'choice')
					tick.type = 'radio';
				tick.name = entry.key;
				tick.value = words[i + 2];
				tick.disabled = false;
				entry.boxes.push(tick);
			});
		}
		asked.push(entry);
	});

	const chosen = (entry) => entry.field ? entry.field.value.trim() : entry.boxes.filter((tick) => tick.checked).map((tick) => tick.value).join('+');
	const fits = (entry) => !entry.other || asked.some((one) =>
		one.key === entry.other[0] && chosen(one).split('+').some((key) => entry.other[1].split('+').indexOf(key) >= 0));

	// What is not asked of this reader goes; the message is what will be sent.
	function update() {
		const parts = [];
		asked.forEach((entry) => {
			const wanted = fits(entry), value = chosen(entry);
			entry.parts.forEach((part) => { part.hidden = !wanted; });
			if (wanted && value)
				parts.push(entry.key + '=' + (entry.kind === 'text' ? value.replace(/[\s=]+/g, '_') : value));
		});
		sending.querySelector('output').textContent = parts.length ? sending.dataset.of + ' ' + parts.join(' ') : '';
		each.call(sending.querySelectorAll('button'), (button) => { button.disabled = !parts.length; });
	}

	// "None" and another answer exclude each other.
	document.addEventListener('change', (changed) => {
		const tick = changed.target, alone = (one) => /^(none|nobody|nothing)$/.test(one.value);
		asked.forEach((entry) => {
			if (entry.kind === 'several' && tick.checked && entry.boxes.indexOf(tick) >= 0)
				entry.boxes.forEach((one) => { one.checked = one === tick || one.checked && alone(one) === alone(tick); });
		});
		update();
	});
	document.addEventListener('input', update);

	const ways = {
		share: (text) => navigator.share({ text: text }).catch(() => 0),
		sms: (text, to) => { location.href = 'sms:' + to + '?body=' + encodeURIComponent(text); },
		mail: (text, to) => { location.href = 'mailto:' + to + '?body=' + encodeURIComponent(text); },
		copy: (text) => navigator.clipboard.writeText(text).then(() => {
			const told = sending.querySelector('[role=status]');
			told.textContent = told.dataset.done;
		}),
		clear: () => {
			asked.forEach((entry) => {
				if (entry.field)
					entry.field.value = '';
				entry.boxes.forEach((tick) => { tick.checked = false; });
			});
			update();
		}
	};
	each.call(sending.querySelectorAll('button'), (button) => {
		const way = button.dataset.do;
		button.hidden = way === 'share' && !navigator.share || way === 'copy' && !navigator.clipboard;
		button.addEventListener('click', () => ways[way](sending.querySelector('output').textContent, button.dataset.to));
	});
	sending.hidden = false;
	update();
})();
