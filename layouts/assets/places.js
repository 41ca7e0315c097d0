/* A place of the text that the contents do not list is in the whole text. */
(function () {
	var place = location.hash, whole = document.currentScript.getAttribute('data-whole');
	if (place.length > 1 && !document.getElementById(decodeURIComponent(place.slice(1)))) location.replace(whole + place);
})();
