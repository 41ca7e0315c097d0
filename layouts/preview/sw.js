// sw.js - takes the place of a worker that a published site left at this address: forgets what that one kept, and goes.
'use strict';
addEventListener('install', () => self.skipWaiting());
addEventListener('activate', event => event.waitUntil(caches.keys().then(names => Promise.all(names.map(name => caches.delete(name)))).then(() => self.registration.unregister())));
