/** The little note beside what pointer or keys have met. */
import { fillTip } from "./details.js";

/** Returns what shows the note of an item of `drawing` in `place`, or hides it for none. */
export function createTip(place, tip, drawing) {
  return (item) => {
    const at = item && drawing.place(item);
    tip.hidden = !at;
    if (!at) return;
    fillTip(tip, item);
    const left = Math.min(at.x + 10, drawing.width() - tip.offsetWidth - 4);
    const isBelow = at.y + tip.offsetHeight + 20 < place.clientHeight;
    const top = isBelow ? at.y + 12 : at.y - tip.offsetHeight - 12;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(2, top)}px`;
  };
}
