/** Moving and zooming the drawing by mouse, wheel and fingers. */
import { moved, zoomed } from "./scale.js";

const CLICK = 5; // pixels that a hand may tremble

/** Makes the pointer work on `place`: `change` is told the new view, `meet` and `open` a point. */
export function createPointer({ place, view, change, meet, open }) {
  const down = new Map();
  let travelled = 0;
  const point = (event) => {
    const box = place.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width };
  };
  const spread = () => {
    const [one, other] = [...down.values()];
    return { distance: Math.max(10, Math.abs(one.x - other.x)), middle: (one.x + other.x) / 2 };
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("#tip")) return;
    travelled = down.size > 0 ? Infinity : 0;
    down.set(event.pointerId, point(event));
  });
  place.addEventListener("pointermove", (event) => {
    const now = point(event);
    const before = down.get(event.pointerId);
    if (!before) return event.target.closest("#tip") ? undefined : meet(now);
    const last = down.size === 2 ? spread() : null;
    down.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (travelled > CLICK) hold(place, event.pointerId);
    if (last) change(pinched(view(), last, spread(), now.width));
    else if (travelled > CLICK) change(moved(view(), (before.x - now.x) / now.width));
  });
  const lift = (event) => {
    const was = down.delete(event.pointerId);
    place.classList.remove("is-dragged");
    if (was && event.type === "pointerup" && travelled <= CLICK) open(point(event));
  };
  place.addEventListener("pointerup", lift);
  place.addEventListener("pointercancel", lift);
  place.addEventListener("wheel", (event) => turn(event, place, point(event), view, change), { passive: false });
}

function hold(place, pointer) {
  place.setPointerCapture(pointer);
  place.classList.add("is-dragged");
}

/** Returns the view after two fingers have moved. */
function pinched(view, last, now, width) {
  const fixed = view.from + ((view.to - view.from) * last.middle) / width;
  const closer = zoomed(view, last.distance / now.distance, fixed);
  return moved(closer, (last.middle - now.middle) / width);
}

/** Zooms if the drawing has been clicked or a pinch is meant; else the page scrolls. */
function turn(event, place, { x, width }, view, change) {
  const isMeant = event.ctrlKey || event.metaKey || document.activeElement === place;
  const isAside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (!isMeant && !isAside) return;
  event.preventDefault();
  const pixels = event.deltaMode === 1 ? 16 : 1;
  if (isAside) return change(moved(view(), ((event.deltaX || event.deltaY) * pixels) / width));
  const now = view();
  const fixed = now.from + ((now.to - now.from) * x) / width;
  change(zoomed(now, Math.exp(Math.max(-1, Math.min(1, event.deltaY * pixels * 0.002))), fixed));
}
