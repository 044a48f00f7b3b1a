/** What stands behind # in the address: what the page looks like now, to be sent on. */

/** Returns what the address says. */
export const readAddress = () => new URLSearchParams(location.hash.slice(1));

/** Writes `values` into the address; one that is "" or as the page has it from the start goes. */
export function writeAddress(values, initial) {
  const address = readAddress();
  for (const [name, value] of Object.entries(values)) {
    if (value === (initial[name] ?? "")) address.delete(name);
    else address.set(name, value);
  }
  putAddress(address);
}

/** Makes `address` what the address says; after a jump the Back button leads to the one before. */
export function putAddress(address, isJump = false) {
  if (location.protocol === "about:") return; // a page in srcdoc may not touch history
  const hash = address.toString();
  // An empty hash would leave a lone "#" behind.
  const target = hash ? `#${hash}` : location.pathname + location.search;
  if (isJump && hash !== location.hash.slice(1)) history.pushState(null, "", target);
  else history.replaceState(history.state, "", target);
}

/** Does `deed` and, if it alters the address, lets the Back button lead to what was before. */
export function jump(deed) {
  const before = location.href;
  deed();
  const after = location.href;
  if (after === before || location.protocol === "about:") return;
  history.replaceState(history.state, "", before);
  history.pushState(history.state, "", after);
}

/** How a link is followed, or its address taken: a click, the middle button, a menu, the keys. */
const FOLLOWED = ["click", "pointerdown", "auxclick", "contextmenu", "keydown"];

/** Takes language and theme along to the other pages of the site, as their links are followed. */
export function takeAlong(names) {
  const take = (event) => {
    const link = event.target.closest?.("a[href]");
    const href = link?.getAttribute("href") ?? "";
    if (!/^[^:#]+\.html($|#)/.test(href)) return;
    const [page, fragment = ""] = href.split("#");
    const there = new URLSearchParams(fragment);
    for (const name of names) {
      if (readAddress().has(name)) there.set(name, readAddress().get(name));
      else there.delete(name);
    }
    link.setAttribute("href", there.size > 0 ? `${page}#${there}` : page);
  };
  for (const kind of FOLLOWED) document.addEventListener(kind, take);
}

/** Lets links to a place in the page go there and leave the address as it is. */
export function goWithin() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]:not([href*="="])');
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    place.focus();
    place.scrollIntoView();
  });
}
