/** Mouse, finger, wheel and keys on our own canvas. */
import { element } from "./dom.js";

/** A press that moves less than so many pixels is a click. */
const STEADY = 4;
const KEY_STEP = 60;
const KEY_ZOOM = 1.25;
const TOOLTIP_DELAY_MS = 150;

/**
 * Makes `frame` listen. `act` has `pan(x, y)`, `zoomAt(point, factor)`, `click(point, reach)`
 * and `hover(point)`; a hover without a point is over. Points are pixels from the corner.
 */
export function listenToPointer(frame, act) {
  const pressed = new Map();
  let travelled = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pressed.size === 0) travelled = 0;
    pressed.set(event.pointerId, pointOf(frame, event));
    frame.setPointerCapture(event.pointerId);
    act.hover();
  });
  frame.addEventListener("pointermove", (event) => {
    const point = pointOf(frame, event);
    const before = pressed.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== "touch") act.hover(point);
      return;
    }
    travelled += Math.hypot(point.x - before.x, point.y - before.y);
    const other = otherOf(pressed, event.pointerId);
    pressed.set(event.pointerId, point);
    if (other) pinch(act, before, point, other);
    else if (travelled >= STEADY) act.pan(point.x - before.x, point.y - before.y);
  });
  const release = (event) => {
    const wasPressed = pressed.delete(event.pointerId);
    const isClick = wasPressed && event.type === "pointerup" && pressed.size === 0 && travelled < STEADY;
    if (isClick) act.click(pointOf(frame, event), event.pointerType === "touch" ? 14 : 5);
  };
  frame.addEventListener("pointerup", release);
  frame.addEventListener("pointercancel", release);
  frame.addEventListener("pointerleave", () => act.hover());
  listenToWheel(frame, act);
}

function listenToWheel(frame, act) {
  const turn = (event) => {
    event.preventDefault();
    const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
    // A pinch on a touchpad comes as a wheel with the control key, in small steps.
    const factor = Math.exp(-Math.min(Math.max(pixels, -300), 300) * (event.ctrlKey ? 0.01 : 0.0015));
    act.hover();
    act.zoomAt(pointOf(frame, event), factor);
  };
  frame.addEventListener("wheel", turn, { passive: false });
}

function pointOf(frame, { clientX, clientY }) {
  const { left, top } = frame.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

const otherOf = (pressed, id) => [...pressed].find(([other]) => other !== id)?.[1];

/** Moves and zooms so that what was under both fingers stays under them. */
function pinch(act, before, point, other) {
  const apart = (one) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
  act.pan((point.x - before.x) / 2, (point.y - before.y) / 2);
  const middle = { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 };
  act.zoomAt(middle, apart(point) / apart(before));
}

/** Makes the arrow keys move the picture and + and − zoom it, while `frame` has the keyboard. */
export function listenToKeys(frame, act) {
  const keys = {
    ArrowLeft: () => act.pan(KEY_STEP, 0),
    ArrowRight: () => act.pan(-KEY_STEP, 0),
    ArrowUp: () => act.pan(0, KEY_STEP),
    ArrowDown: () => act.pan(0, -KEY_STEP),
    PageUp: () => act.zoom(KEY_ZOOM),
    PageDown: () => act.zoom(1 / KEY_ZOOM),
  };
  for (const key of ["+", "=", "]"]) keys[key] = keys.PageUp;
  for (const key of ["-", "_", "−", "["]) keys[key] = keys.PageDown;
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Escape") act.hover();
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}

/**
 * Returns what shows or hides the name of a node beside the pointer: `show(point, text)`,
 * `hide()`. Its class is vis-network's, so that one rule of the style sheet serves both.
 */
export function createTooltip(frame) {
  const tip = element("div", { class: "vis-tooltip" });
  let timer = 0;
  frame.append(tip);
  const hide = () => {
    clearTimeout(timer);
    tip.style.visibility = "hidden";
  };
  const place = ({ x, y }, text) => {
    tip.textContent = text;
    const left = Math.min(x + 10, frame.clientWidth - tip.offsetWidth - 4);
    const below = y + 18 + tip.offsetHeight < frame.clientHeight;
    tip.style.left = `${Math.max(left, 0)}px`;
    tip.style.top = `${below ? y + 18 : Math.max(y - tip.offsetHeight - 8, 0)}px`;
    tip.style.visibility = "visible";
  };
  const show = (point, text) => {
    hide();
    timer = setTimeout(() => place(point, text), TOOLTIP_DELAY_MS);
  };
  return { show, hide };
}
