/** Keeps in the address what part of the picture is seen, once someone has moved it. */
import { byId } from "./dom.js";

const CALM = 400;

/** Shows the view of `state` and keeps it in step with what is seen of the drawing. */
export function createView(drawing, state) {
  let [isMoved, timer] = [state.view !== null, 0];
  const keep = (view) => {
    clearTimeout(timer);
    timer = setTimeout(() => state.keep(view), CALM);
  };
  const moved = () => (isMoved = true);
  for (const event of ["pointerdown", "wheel", "keydown"]) {
    drawing.frame.addEventListener(event, moved, { capture: true, passive: true });
  }
  for (const id of ["zoom-in", "zoom-out"]) byId(id).addEventListener("click", moved);
  byId("fit").addEventListener("click", () => {
    isMoved = false;
    drawing.fit();
    keep(null);
  });
  state.listen((changed) => {
    if (changed.has("selected")) moved();
    if (changed.has("view") && state.view) drawing.setView(state.view);
  });
  if (state.view) drawing.setView(state.view);
  drawing.onView((view) => isMoved && keep(view));
}
