// bar.js - stands behind each page that is previewed: keeps it as the files are, and puts the preview's bar over it. It is in no page that is built.
(function () {
	'use strict';
	const script = document.currentScript, path = script.dataset.path, own = 'desk' in script.dataset, mark = 'rohnamo-preview';
	const framed = (function () {
		try { return window.frameElement && window.frameElement.hasAttribute('data-preview'); } catch (e) { return true; }
	})();
	let root, source, placed = false;

	// Where the reader was, and whether the bar was open, outlive a reload.
	function remember (name, value) {
		try { sessionStorage.setItem(mark + name, value); } catch (e) { /* without it the page begins at its top */ }
	}
	function recall (name) {
		try { return sessionStorage.getItem(mark + name); } catch (e) { return null; }
	}

	function show (html) {
		if (!root) {
			const host = document.createElement('div');
			host.id = mark;
			document.body.appendChild(host);
			root = host.attachShadow({mode: 'open'});
		}
		root.innerHTML = html;
		const details = root.querySelector('details');
		if (!details)
			return;
		details.open = recall('-open') == 'yes';
		details.addEventListener('toggle', function () { remember('-open', details.open ? 'yes' : 'no'); });
		// The page's end is not to lie under the bar.
		const bar = root.querySelector('.bar');
		if (window.ResizeObserver)
			new ResizeObserver(function () { document.body.style.paddingBottom = bar.offsetHeight + 'px'; }).observe(bar);
	}

	function load () {
		if (framed || own)
			return;
		fetch('/_preview/bar?path=' + encodeURIComponent(path)).then(function (answer) { return answer.text(); }).then(show, function () { /* the preview has ended */ });
	}

	function again () {
		// Who comes to a page again that is not placed yet was where the page before it said.
		if (placed)
			remember('-place', JSON.stringify([path, scrollX, scrollY]));
		history.scrollRestoration = 'manual';
		location.reload();
	}

	function listen () {
		if (source || !window.EventSource)
			return;
		source = new EventSource('/_preview/events?path=' + encodeURIComponent(path) + '&tag=' + script.dataset.tag);
		source.addEventListener('page', again);
		source.addEventListener('bar', own ? again : load);
	}

	function place () {
		const where = JSON.parse(recall('-place') || 'null');
		remember('-place', 'null');
		if (where && where[0] == path)
			scrollTo(where[1], where[2]);
		placed = true;
		history.scrollRestoration = 'auto';
	}

	// A browser has few connections to one address: tabs that nobody sees hold none.
	document.addEventListener('visibilitychange', function () {
		if (!document.hidden) {
			listen();
		} else if (source) {
			source.close();
			source = null;
		}
	});
	addEventListener('load', place);
	load();
	if (!document.hidden)
		listen();
	// What a published site keeps on this machine must not answer for the files.
	if (navigator.serviceWorker)
		navigator.serviceWorker.getRegistrations().then(function (all) { all.forEach(function (one) { one.unregister(); }); }, function () { /* not in a secure place: there is none */ });
})();
