/** The drawing by keyboard and buttons. */
import { moved, zoomed } from "./scale.js";

const CLOSER = 1 / 1.6;

/** Makes keys and buttons work; `step` goes to the next thing (1) or the one before (-1). */
export function createKeys({ place, view, change, whole, step, open, leave }) {
  const deeds = {
    earlier: () => change(moved(view(), -0.25)),
    later: () => change(moved(view(), 0.25)),
    closer: () => change(zoomed(view(), CLOSER)),
    wider: () => change(zoomed(view(), 1 / CLOSER)),
    whole: () => change(whole),
  };
  for (const [id, deed] of Object.entries(deeds)) {
    document.getElementById(id).addEventListener("click", deed);
  }
  const keys = {
    ArrowLeft: deeds.earlier, ArrowRight: deeds.later, "+": deeds.closer, "=": deeds.closer,
    "-": deeds.wider, "−": deeds.wider, Home: deeds.whole, 0: deeds.whole,
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: open, " ": open, Escape: leave,
  };
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
