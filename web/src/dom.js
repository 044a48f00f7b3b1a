/** Makes elements. Text enters the page only here, as text, never as HTML. */
import { plain } from "./names.js";

const SVG = "http://www.w3.org/2000/svg";

/** Returns the element with this id. */
export const byId = (id) => document.getElementById(id);

/** Returns a new element; `children` are elements, or strings that become its text. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** Returns a new SVG element. */
export function svgElement(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  for (const child of children) {
    made.append(typeof child === "string" ? plain(child) : child);
  }
  return made;
}

/** Replaces what `parent` shows by `text`. */
export function setText(parent, text) {
  parent.textContent = plain(text);
}

/** Returns a link to `address`, plain text where that is no web address. */
export function linkOrText(value, address = value) {
  if (!/^https?:\/\/[^\s]+$/.test(address)) return element("span", {}, value);
  const safe = { href: address, rel: "noopener noreferrer", target: "_blank" };
  return element("a", safe, value);
}
