/** Gives the reader a file. Nothing leaves the computer. */
import { element } from "./dom.js";

/** For how long a browser may read what it was given to save, in milliseconds. */
const PATIENCE = 60_000;

/** Saves `blob` as a file called `name`. */
export function download(blob, name) {
  const href = URL.createObjectURL(blob);
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), PATIENCE);
}

/** Makes a menu close on Escape, on a press outside of it and when the keyboard leaves it. */
export function closing(menu) {
  const close = () => (menu.open = false);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    close();
    menu.querySelector("summary").focus();
  });
  const isOutside = (target) => target !== null && !menu.contains(target);
  menu.addEventListener("focusout", ({ relatedTarget }) => isOutside(relatedTarget) && close());
  addEventListener("pointerdown", ({ target }) => isOutside(target) && close(), true);
}

/** Returns an SVG picture, as text, as PNG. */
export async function pngOf(text) {
  const image = new Image();
  // As a data address it is of the page itself: allowed by its policy, and it taints no canvas.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))));
  });
}
