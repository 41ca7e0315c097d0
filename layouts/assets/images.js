// images.js - under Save-Data, or where the reader chose so on this phone, a picture is a button with its size until it is asked for: one that has
// not come yet leaves the page before it loads. Without this script pictures show as usual. partials/pictures.html holds the words.
//
// names: box words toggle own frugal net ask img whole html
(function (d) {
	var box = d.querySelector('.pictures'), words = box.dataset, toggle = box.firstChild, own, frugal, net = navigator.connection;
	function ask(img) {
		var whole = img.closest('picture') || img, html = whole.outerHTML, b = d.createElement('button');
		if (img.complete && img.naturalWidth) return;
		b.className = 'picture';
		b.textContent = (img.alt && img.alt + ' – ') + words.show.replace('{n}', img.dataset.kb);
		// The room that it would take, so that nothing moves.
		b.style.width = img.width + 'px';
		b.style.aspectRatio = img.getAttribute('width') + '/' + img.getAttribute('height');
		b.onclick = function () {
			b.outerHTML = html;
		};
		whole.replaceWith(b);
		// What has begun to load stops.
		img.src = '';
		whole.textContent = '';
	}
	// No storage, no choice.
	try {
		own = localStorage.pictures;
		box.hidden = false;
	} catch (e) {}
	frugal = own ? own == 'ask' : net && net.saveData;
	toggle.textContent = frugal ? words.load : words.save;
	toggle.onclick = function () {
		localStorage.pictures = frugal ? 'load' : 'ask';
		location.reload();
	};
	if (frugal) d.querySelectorAll('img[data-kb]').forEach(ask);
})(document);
