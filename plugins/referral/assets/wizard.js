// wizard.js - the questions one after another on one page. What has been answered stands above, and leads back; nothing is kept or sent.
// A step is named by the address (#q-abroad), so that the phone's own way back works.
// names: first answers way trail step show list tap item link
(function () {
	'use strict';
	const first = document.querySelector('.answers ul'), answers = document.querySelector('.answers');
	if (!first)
		return;
	let way = [];
	const trail = answers.insertBefore(document.createElement('ol'), answers.firstChild);
	trail.className = 'plain trail';

	const step = () => /^#q-/.test(location.hash) && document.getElementById(location.hash.slice(1)) || first;

	function list() {
		trail.textContent = '';
		way.forEach((item) => {
			const link = document.createElement('a');
			link.href = '#' + item.from;
			link.textContent = item.text;
			trail.appendChild(document.createElement('li')).appendChild(link);
		});
	}

	function show(moved) {
		const now = step(), at = way.findIndex((item) => item.from === (now.id || 'main'));
		if (at >= 0)
			way = way.slice(0, at);
		else if (!way.length || way[way.length - 1].to !== now.id)
			way = [];
		list();
		Array.prototype.forEach.call(answers.children, (part) => {
			if (part !== trail)
				part.hidden = now === first ? part.tagName === 'SECTION' : part !== now;
		});
		if (moved) {
			const head = now.querySelector('h2') || document.querySelector('h1');
			head.tabIndex = -1;
			head.focus();
			head.scrollIntoView();
		}
	}

	answers.addEventListener('click', (tap) => {
		const link = tap.target.closest('li > a'), key = link && link.closest('.trail') ? '' : link && link.pathname.split('/').slice(-2)[0].replace(/^index\.html$/, '');
		const to = key && 'q-' + key;
		if (!to || !document.getElementById(to))
			return;
		tap.preventDefault();
		way.push({ from: step().id || 'main', text: link.textContent, to: to });
		location.hash = to;
	});
	addEventListener('hashchange', () => show(true));
	show(false);
})();
