/** What things look like in the drawing and its legend; each about 10 by 10 around (0, 0). */

const SHAPES = {
  event: "M-3.5 5V-5L4.5-2.5L-3.5 0",
  document: "M-3.5-5H1L4-2V5H-3.5ZM1-5V-2H4",
  gap: "M0-5L5 0L0 5L-5 0Z",
  status: "M0-5L5 0L0 5L-5 0Z",
  edition: "M-4.5-4.5H4.5V4.5H-4.5Z",
};

/** Returns the outline for something that looks so ("edition c2"). */
export const shapeOf = (look) => SHAPES[look.split(" ")[0]] ?? SHAPES.edition;

const SVG = "http://www.w3.org/2000/svg";

/** Returns a new SVG element with these attributes and this text. */
export function drawn(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

const pen = document.createElement("canvas").getContext("2d");

/** Returns how wide `text` is in `place`, in pixels. */
export function widthOf(text, place) {
  pen.font = `12px ${getComputedStyle(place).fontFamily}`;
  return pen.measureText(text).width;
}

/** Returns `text` as it stands in `place`, cut off so that it takes at most `room` pixels. */
export function fitted(text, room, place) {
  const width = widthOf(text, place);
  if (width <= room) return text;
  const characters = [...text];
  const share = room / width;
  let length = Math.floor(characters.length * share) + 1;
  const cut = () => `${characters.slice(0, length).join("")}…`;
  while (length > 1 && pen.measureText(cut()).width > room) length -= 1;
  return length > 1 ? cut() : "";
}
