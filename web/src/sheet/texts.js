/** What stands in an element in the language of the page. */

/** Returns the text of `element`, whether or not it can be seen, without the other languages'. */
export function textShown(element) {
  const copy = element.cloneNode(true);
  const language = document.documentElement.lang;
  for (const each of copy.querySelectorAll("[data-in]")) {
    if (!each.dataset.in.split(" ").includes(language)) each.remove();
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}
