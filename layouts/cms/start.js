/* start.js - asks once who edits, then loads the web editor. Each tab has a name of its own, so that its second save is known to follow its first. */
(function () {
	'use strict';
	var tab = Math.random().toString(36).slice(2) + Date.now().toString(36);
	var plain = window.fetch.bind(window);
	var state;

	window.fetch = function (input, options) {
		if (input === '/_cms/api/v1' && options) {
			options.headers = Object.assign({}, options.headers, { 'X-Rohnamo-Tab': tab });
		}
		return plain(input, options);
	};

	function element(id) { return document.getElementById(id); }

	function load() {
		var script = document.createElement('script'), config = document.createElement('link');
		// ?lang=ru: fields named in that language.
		config.rel = 'cms-config-url';
		config.type = 'text/yaml';
		config.href = '/_cms/config.yml' + location.search;
		document.head.appendChild(config);
		element('who').hidden = true;
		if (state.note) {
			element('note').textContent = state.note;
			element('note').hidden = false;
		}
		script.src = '/_cms/decap-cms.js';
		document.body.appendChild(script);
	}

	function send(event) {
		event.preventDefault();
		window.fetch('/_cms/api/v1', {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ action: 'author', params: { name: this.elements.name.value, email: this.elements.email.value } })
		}).then(function (answer) {
			if (answer.ok) load();
			else answer.json().then(function (told) { element('ask').textContent = told.error; });
		});
	}

	function begin(told) {
		state = told;
		document.documentElement.lang = state.lang;
		if (!state.editor) {
			element('note').textContent = state.note;
			element('note').hidden = false;
		} else if (state.author) {
			load();
		} else {
			['ask', 'name', 'email'].forEach(function (name) { element(name).textContent = state[name]; });
			element('who').hidden = false;
			element('who').addEventListener('submit', send);
		}
	}

	plain('/_cms/state').then(function (answer) { return answer.json(); }).then(begin);
}());
