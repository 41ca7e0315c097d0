// lang.js - the reader's language: the front door opens by itself for the language that was tapped before, else for one of the browser's. It is kept on
// this phone alone. A page that was asked for is never left; "/#" shows the doors.
// names: wanted doors last event link same short
(function () {
  var wanted = navigator.languages || [navigator.language], doors = document.querySelectorAll('.go[hreflang]'), last;
  try { last = localStorage.lang; } catch (e) { last = ''; }

  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('header [hreflang],.go[hreflang]');
    if (link) try { localStorage.lang = link.hreflang; } catch (e) { return; }
  });

  function short(code) {
    return String(code).toLowerCase().split('-')[0];
  }

  if (location.href.indexOf('#') < 0)
    [last].concat(wanted).some(function (code) {
      return [].some.call(doors, function (link) {
        var same = short(code) === short(link.hreflang);
        if (same) location.replace(link.href);
        return same;
      });
    });
})();
