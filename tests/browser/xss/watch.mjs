/* watch.mjs - a page is opened, touched all over, and all that runs in it or has no business there is told. */

/** In the page, before anything of it: what is called and what the policy stops. */
export function watch() {
  window.__told = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = (value) => { window.__told.push(`${name}(${value})`); };
  document.addEventListener('securitypolicyviolation', (event) => window.__told.push(`the policy stopped ${event.violatedDirective} of ${event.blockedURI} ${event.sample} (line ${event.lineNumber})`), true);
}

/** In the page: everything is touched; what has no business there is named. */
export function touch() {
  const faults = [], schemes = /^(https?|tel|mailto|sms|geo|whatsapp|tg):/i;
  const natives = ['getElementById', 'querySelector', 'createElement', 'cookie', 'body', 'forms', 'location'].filter((name) => document[name] instanceof Element && name !== 'body' || document[name] === undefined);
  for (const name of natives) faults.push(`document.${name} is covered`);
  for (const element of document.querySelectorAll('iframe, frame, object, embed, applet, base, form:not(.search[role=search]), foreignObject, animate, set, animateTransform, handler, math, portal, template:not([data-due]), svg script, svg image, svg style, meta[http-equiv=refresh]'))
    faults.push(`there is ${element.outerHTML.slice(0, 120)}`);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) faults.push(`${element.localName} has ${name}="${value.slice(0, 60)}"`);
      if (/^(style|srcdoc|formaction|ping|background|dynsrc|lowsrc|target|xlink:href|data|code)$/i.test(name) && element.localName !== 'html') faults.push(`${element.localName} has ${name}="${value.slice(0, 60)}"`);
      if (/^(href|src|action|poster|cite)$/i.test(name) && /^[\s\0-\x20]*[a-z][a-z0-9+.-]*:/i.test(value) && !schemes.test(value) && !(element.localName === 'img' && /^data:image\/(png|jpeg|webp|svg\+xml);base64,/.test(value)) && !(element.localName === 'link' && /^data:image\//.test(value)))
        faults.push(`${element.localName} leads to ${value.slice(0, 80)}`);
    }
    if (element.localName === 'script' && !element.src && element.type !== 'application/ld+json' && !element.textContent.includes('data-after')) faults.push(`a script: ${element.textContent.slice(0, 80)}`);
    if (element.localName === 'script' && element.src && new URL(element.src).origin !== location.origin) faults.push(`a script from ${element.src}`);
    if (element.localName === 'a' && !/^(https?|file):$/.test(element.protocol) && !schemes.test(element.href) && element.href && element.href !== ':') faults.push(`a link to ${String(element.href).slice(0, 80)}`);
  }
  document.addEventListener('click', (event) => event.target.closest?.('a[href]') && /^(https?|file):/.test(event.target.closest('a').href ?? '') && event.preventDefault());
  for (const element of [...document.querySelectorAll('body, body *')].slice(0, 1500)) {
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus?.();
    for (const type of ['mouseover', 'mouseenter', 'mousemove', 'pointerover', 'pointerenter', 'focus', 'focusin', 'blur', 'load', 'error', 'toggle', 'animationstart', 'animationend', 'transitionend', 'beforeinput', 'wheel', 'scroll', 'copy', 'cut', 'start', 'finish', 'begin'])
      element.dispatchEvent(new Event(type, { bubbles: false }));
    if (!element.matches('a[href^="tel:"], a[href^="mailto:"], a[href^="sms:"], a[href^="geo:"], [type=submit]')) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }
  return faults;
}

/** What opens each of ADDRESSES in one of four tabs of BROWSER; CHECK (page, address) gives its faults. Nothing may be asked of other places than ORIGIN.
    STILL: a page that is there stays, whatever is clicked (buttons of sensitive pages leave for elsewhere). */
export const visitor = (browser, origin) => async function visit(addresses, check = async () => [], { still = false, ...options } = {}) {
  const faults = [], left = [...addresses];
  await Promise.all(Array.from({ length: 4 }, async () => {
    const context = await browser.newContext({ serviceWorkers: 'block', ...options });
    await context.addInitScript(watch);
    const tab = await context.newPage();
    const outside = [];
    let there = false;
    if (still) await tab.route('**', (route) => (there && route.request().isNavigationRequest() ? route.abort('aborted') : route.continue()));
    tab.on('dialog', (dialog) => { outside.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    tab.on('popup', (popup) => { outside.push(`a window: ${popup.url()}`); popup.close(); });
    tab.on('request', (request) => !/^(data|file|blob):/.test(request.url()) && !request.url().startsWith(origin) && !request.isNavigationRequest() && outside.push(`asks for ${request.url()}`));
    for (let address; (address = left.shift());) {
      outside.length = 0;
      there = false;
      let found = [];
      try {
        await tab.goto(address, { waitUntil: 'load', timeout: 30000 });
        there = true;
        found = await check(tab, address);
        found.push(...await tab.evaluate(() => window.__told ?? ['the watcher is not there']));
      } catch (error) {
        found.push(String(error).split('\n')[0]);
      }
      for (const fault of new Set([...found, ...outside])) faults.push(`${address.replace(origin, '')}: ${fault}`);
    }
    await context.close();
  }));
  return faults;
};

export const touched = async (tab) => { const faults = await tab.evaluate(touch); await tab.waitForTimeout(5); return faults; };
