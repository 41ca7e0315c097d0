/* quiz.js - a lesson's answers become buttons that explain themselves; what was passed is kept on this phone alone, and ticks the certificate. */
// names: kept firsts told asked list answers answer why button box said score frame wanted path item
(function () {
	'use strict';
	let kept = {};
	try {
		kept = JSON.parse(localStorage.modules) || {};
	} catch (e) {
		kept = {};
	}
	const quiz = document.querySelector('.quiz'), frame = document.querySelector('.certificate');

	if (quiz) {
		const told = quiz.lastElementChild, firsts = {}, wanted = Number(quiz.dataset.pass);
		const asked = document.querySelectorAll('.text > ol');
		const list = asked[asked.length - 1].children;
		const said = (score) => quiz.dataset.right + ' ' + score + ' / ' + list.length + (score < wanted ? '' : '. ' + quiz.dataset.done);

		quiz.firstElementChild.hidden = true;
		Array.prototype.forEach.call(quiz.querySelectorAll('ol > li'), (item, i) => {
			const answers = list[i].querySelectorAll('li');
			Array.prototype.forEach.call(item.querySelectorAll('li'), (why, n) => {
				const answer = answers[n], button = document.createElement('button');
				button.type = 'button';
				button.textContent = answer.textContent;
				answer.textContent = '';
				answer.appendChild(button).addEventListener('click', () => {
					if (answer.children[1])
						return;
					const box = document.createElement('p');
					box.setAttribute('role', 'status');
					box.textContent = (why.dataset.yes ? '✓ ' : '✗ ') + why.lastElementChild.textContent;
					answer.appendChild(box);
					// The first answer counts.
					if (!(item.dataset.key in firsts))
						firsts[item.dataset.key] = why.dataset.yes ? 1 : 0;
					if (Object.keys(firsts).length < list.length)
						return;
					const score = Object.keys(firsts).filter(name => firsts[name]).length;
					told.hidden = false;
					told.textContent = said(score);
					if (score >= wanted)
						kept[quiz.dataset.lesson] = score;
					try {
						localStorage.modules = JSON.stringify(kept);
					} catch (e) {
						told.hidden = false;
					}
				});
			});
		});
	}

	if (frame) {
		frame.hidden = false;
		frame.firstElementChild.addEventListener('click', () => print());
		Array.prototype.forEach.call(document.querySelectorAll('.text li'), (item) => {
			const link = item.querySelector('a'), box = item.querySelector('input');
			const path = link ? link.pathname.replace(/(index\.html|\/)+$/, '') : '';
			if (box)
				box.checked = Object.keys(kept).some(name => path.slice(-name.length) === name);
		});
	}
})();
