/* share.js - the link to a page's single file opens the phone's own way of passing things on: with the file where it can, else with the address. */
(function () {
  var box = document.querySelector('.share'), link = box && box.querySelector('a[download]');
  if (!link || !navigator.share) return;
  link.onclick = function (event) {
    var name = decodeURIComponent(link.pathname.split('/').pop()), title = box.getAttribute('data-title');
    event.preventDefault();
    fetch(link.href).then(function (answer) { return answer.ok ? answer.blob() : Promise.reject(); }).then(function (blob) {
      var file = new File([blob], name, { type: 'text/html' });
      var can = navigator.canShare && navigator.canShare({ files: [file] });
      return navigator.share(can ? { files: [file], title: title } : { title: title, url: location.href });
    }).catch(function (error) { if (!error || error.name !== 'AbortError') location.href = link.href; });
  };
})();
