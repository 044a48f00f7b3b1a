/** Where our own canvas looks: the point in its middle and the scale, at once or gliding. */
import { extent } from "./canvasHit.js";
import { mayMove } from "./look.js";

const LEAST_SCALE = 0.01;
const MOST_SCALE = 10;
const GLIDE_MS = 300;
/** What stays free around nodes that are fitted into the picture, in pixels. */
const FREE = 28;

/**
 * Returns the camera: `x`, `y`, `scale`, `zero()` (where the point (0, 0) is on the screen),
 * `set(view)`, `glideTo(view)`, `pan(x, y)` by pixels, `zoomAt(point, factor)`, and
 * `around(nodes, most)`, a view of all of them. `size` has the screen's width and height;
 * `moved` is called after each move.
 */
export function createCamera(size, moved) {
  let gliding = 0;
  const place = ({ x, y, scale }) => {
    camera.x = x;
    camera.y = y;
    camera.scale = Math.min(Math.max(scale, LEAST_SCALE), MOST_SCALE);
    moved();
  };
  const camera = {
    x: 0,
    y: 0,
    scale: 1,
    zero: () => ({
      x: size.width / 2 - camera.x * camera.scale,
      y: size.height / 2 - camera.y * camera.scale,
    }),
    set(view) {
      cancelAnimationFrame(gliding);
      place(view);
    },
    glideTo(view) {
      cancelAnimationFrame(gliding);
      if (!mayMove()) return place(view);
      const [from, began] = [viewOf(camera), performance.now()];
      const step = (now) => {
        const part = Math.min(Math.max(now - began, 0) / GLIDE_MS, 1);
        if (part < 1) gliding = requestAnimationFrame(step);
        place(part < 1 ? between(from, view, part) : view);
      };
      gliding = requestAnimationFrame(step);
    },
    pan: (x, y) =>
      camera.set({ x: camera.x - x / camera.scale, y: camera.y - y / camera.scale, scale: camera.scale }),
    zoomAt(point, factor) {
      const scale = Math.min(Math.max(camera.scale * factor, LEAST_SCALE), MOST_SCALE);
      const shift = 1 / camera.scale - 1 / scale;
      const x = camera.x + (point.x - size.width / 2) * shift;
      camera.set({ x, y: camera.y + (point.y - size.height / 2) * shift, scale });
    },
    around: (nodes, most) => around(extent(nodes), size, most),
  };
  return camera;
}

/** Returns the view of `camera` as {x, y, scale}. */
export const viewOf = ({ x, y, scale }) => ({ x, y, scale });

/** Returns the view at `part` of the way, which begins and ends slowly. */
function between(from, to, part) {
  const eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) * (1 - part);
  const mix = (one, other) => one + (other - one) * eased;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    scale: from.scale * (to.scale / from.scale) ** eased,
  };
}

function around({ left, top, right, bottom }, { width, height }, most) {
  const wide = Math.max(width - 2 * FREE, 1) / Math.max(right - left, 1);
  const tall = Math.max(height - 2 * FREE, 1) / Math.max(bottom - top, 1);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(wide, tall, most) };
}
