/** The picture on our own canvas: sharp when it rests, a moved copy of itself while it moves. */
import { viewOf } from "./canvasCamera.js";
import { boxInView, lies, paintEdges, paintNodes, paintSelected, touches } from "./canvasPaint.js";
import { element } from "./dom.js";
import { writeLabels } from "./drawing.js";

/** So long after the last move the picture becomes sharp again. */
const REST_MS = 140;
/** So few nodes and edges are painted anew in each frame of a move. */
const LIGHT = 1200;

/**
 * Returns the picture of `view`, which has `size`, `camera`, `scene` and what labels need:
 * its `canvas`, `resize(ratio)`, `paint()`, `redraw()` and `moved()`, which paint in the next
 * frame, and `drawn`, functions that are called once, after the next sharp picture.
 */
export function createPicture(view) {
  const canvas = element("canvas");
  const context = canvas.getContext("2d", { alpha: false });
  const picture = { canvas, context, ratio: 1, copy: element("canvas"), drawn: [] };
  Object.assign(picture, { shown: null, kept: null, painted: 0 });
  let [wanted, rest] = ["", 0];
  const paint = () => {
    clearTimeout(rest);
    picture.kept = null;
    paintSharp(picture, view);
    for (const listener of picture.drawn.splice(0)) listener();
  };
  const paintMove = () => {
    if (picture.painted < LIGHT) return paint();
    paintMoved(picture, view);
    clearTimeout(rest);
    rest = setTimeout(redraw, REST_MS);
  };
  const want = (what) => {
    if (wanted === "") requestAnimationFrame(frame);
    if (wanted !== "sharp") wanted = what;
  };
  const frame = () => {
    const isSharp = wanted === "sharp";
    wanted = "";
    if (isSharp) paint();
    else paintMove();
  };
  const redraw = () => want("sharp");
  return Object.assign(picture, {
    paint,
    redraw,
    moved: () => want("moved"),
    resize: (ratio) => resize(picture, view.size, ratio),
  });
}

function resize(picture, { width, height }, ratio) {
  picture.ratio = ratio;
  for (const each of [picture.canvas, picture.copy]) {
    each.width = Math.max(1, Math.round(width * ratio));
    each.height = Math.max(1, Math.round(height * ratio));
  }
}

/** Clears the canvas to paper, in pixels of the page from here on. */
function clear({ context, ratio }, { size, colours }) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, size.width, size.height);
}

function paintSharp(picture, view) {
  const { camera, colours, data, scene, size } = view;
  const { context } = picture;
  const box = boxInView(camera, size);
  clear(picture, view);
  const edges = paintEdges(context, scene, camera, box);
  const nodes = paintNodes(context, scene, camera, (node) => touches(node, box), colours.paper);
  picture.painted = edges + nodes;
  picture.shown = viewOf(camera);
  const selected = data.byId.get(view.state.selected);
  if (selected && scene.visible.has(selected)) {
    paintSelected(context, selected, data.kinds[selected.kind], camera, colours.paper);
  }
  context.save();
  writeLabels(context, view, camera.scale, camera.zero());
  context.restore();
}

/** Paints the last sharp picture where it has moved to, and nodes where it does not reach. */
function paintMoved(picture, view) {
  const { camera, colours, scene, size } = view;
  const { context, copy, ratio } = picture;
  if (picture.kept === null) {
    picture.kept = picture.shown;
    copy.getContext("2d", { alpha: false }).drawImage(picture.canvas, 0, 0);
  }
  const factor = camera.scale / picture.kept.scale;
  // Whole pixels, so that a picture that is only shifted stays as sharp as it was.
  const whole = (value) => Math.round(value * ratio) / ratio;
  const zero = camera.zero();
  const old = boxInView(picture.kept, size);
  const left = whole(old.left * camera.scale + zero.x);
  const top = whole(old.top * camera.scale + zero.y);
  clear(picture, view);
  context.drawImage(copy, left, top, size.width * factor, size.height * factor);
  context.save();
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.rect(left, top, size.width * factor, size.height * factor);
  context.clip("evenodd");
  const box = boxInView(camera, size);
  const isWanted = (node) => touches(node, box) && !lies(node, old);
  paintNodes(context, scene, camera, isWanted, colours.paper);
  context.restore();
}
