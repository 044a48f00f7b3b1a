/** Our own canvas for many nodes: the drawing of drawing.js without vis-network. */
import { createCamera, viewOf } from "./canvasCamera.js";
import { createHits } from "./canvasHit.js";
import { createPicture } from "./canvasPicture.js";
import { createTooltip, listenToKeys, listenToPointer } from "./canvasPointer.js";
import { createScene } from "./canvasScene.js";
import { byId, element } from "./dom.js";
import { labelRanking } from "./drawing.js";
import { createTexts } from "./labels.js";
import { palette, whenColoursChange } from "./look.js";
import { fullName, plain, shorten } from "./names.js";

/** Returns the drawing, with what `createDrawing` in drawing.js returns, but no `network`. */
export function createCanvasDrawing(data, state) {
  const view = { data, state, colours: palette(), texts: createTexts(state.language) };
  Object.assign(view, { order: labelRanking(data), size: { width: 0, height: 0 }, listeners: [] });
  view.picture = createPicture(view);
  view.camera = createCamera(view.size, () => {
    view.picture.moved();
    for (const listener of view.listeners) listener(viewOf(view.camera));
  });
  const { camera, picture } = view;
  sortOut(view);
  view.frame = createFrame(picture.canvas);
  listenToState(view);
  listenToSize(view);
  listenToHands(view);
  return {
    frame: view.frame,
    fit: () => fit(view),
    zoom: (factor) => camera.glideTo({ ...viewOf(camera), scale: camera.scale * factor }),
    redraw: picture.redraw,
    view: () => viewOf(camera),
    setView(wanted) {
      view.isPlaced = true;
      camera.set(wanted);
    },
    onView: (listener) => view.listeners.push(listener),
    whenDrawn(callback) {
      picture.drawn.push(callback);
      picture.redraw();
    },
    get positions() {
      return new Map(data.nodes.map((node) => [node, { x: node.x, y: node.y }]));
    },
  };
}

/** Returns the element that takes the keyboard, with the canvas in it. */
function createFrame(canvas) {
  // The class is vis-network's, so that one rule of the style sheet serves both.
  const frame = element("div", { class: "vis-network", tabindex: 0 }, canvas);
  Object.assign(frame.style, { position: "relative", width: "100%", height: "100%", touchAction: "none" });
  // On paper the frame has another size than on the screen, for which it has been painted.
  Object.assign(canvas.style, { display: "block", width: "100%", height: "100%", objectFit: "contain" });
  byId("canvas").append(frame);
  return frame;
}

/** Sorts anew what is to be painted. */
function sortOut(view) {
  view.scene = createScene(view.data, view.state, view.colours);
  view.visible = view.scene.visible;
  view.bright = view.scene.bright;
}

function listenToState(view) {
  const { picture, state } = view;
  whenColoursChange(() => {
    view.colours = palette();
    sortOut(view);
    // At once, because what is printed is not waited for.
    picture.paint();
  });
  state.listen((changed) => {
    if (changed.has("language")) view.texts = createTexts(state.language);
    sortOut(view);
    const isNew = changed.has("path") && state.path.length > 1;
    if (isNew || changed.has("selected")) showSelected(view, isNew, view.camera.glideTo);
    if (state.only && (changed.has("only") || changed.has("depth"))) fit(view);
    picture.redraw();
  });
}

/** Keeps the canvas as large as its frame; the picture is fitted when it first has a size. */
function listenToSize(view) {
  const { camera, frame, picture, size } = view;
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = frame;
    const ratio = devicePixelRatio || 1;
    const isSame = width === size.width && height === size.height && ratio === picture.ratio;
    if (isSame || width * height === 0) return;
    const isFirst = size.width === 0;
    Object.assign(size, { width, height });
    picture.resize(ratio);
    if (!isFirst) return picture.paint();
    if (!view.isPlaced) {
      camera.set(camera.around(view.visible, 1.5));
      showSelected(view, view.state.path.length > 1, camera.set);
    }
    picture.redraw();
  };
  new ResizeObserver(measure).observe(frame);
  addEventListener("resize", measure);
  measure();
}

function listenToHands(view) {
  const { camera, data, frame, state } = view;
  const tooltip = createTooltip(frame);
  let hits = null;
  const nodeAt = (point, reach) => {
    hits ??= createHits(data.nodes);
    const zero = camera.zero();
    const [x, y] = [(point.x - zero.x) / camera.scale, (point.y - zero.y) / camera.scale];
    return hits(x, y, reach / camera.scale, (node) => view.visible.has(node));
  };
  const hover = (point) => {
    const node = point && nodeAt(point, 1);
    frame.style.cursor = node ? "pointer" : "";
    if (node) tooltip.show(point, shorten(plain(fullName(node, state.language).slice(0, 400)), 160));
    else tooltip.hide();
  };
  const click = (point, reach) => state.change({ selected: nodeAt(point, reach)?.id ?? null });
  const middle = () => ({ x: view.size.width / 2, y: view.size.height / 2 });
  const zoom = (factor) => camera.zoomAt(middle(), factor);
  const act = { pan: camera.pan, zoomAt: camera.zoomAt, zoom, click, hover };
  listenToPointer(frame, act);
  listenToKeys(frame, act);
}

function fit({ camera, visible }) {
  camera.glideTo(camera.around(visible, 1.5));
}

/** Moves, by `go`, to what stands out unless the selected node, or the ends of a new path, are seen. */
function showSelected(view, isNewPath, go) {
  const { bright, camera, data, state, visible } = view;
  const ids = isNewPath ? state.path : [state.selected];
  const wanted = ids.map((id) => data.byId.get(id)).filter(Boolean);
  if (wanted.every((node) => isSeen(view, node))) return;
  const isWalk = state.path.length > 1 && !isNewPath;
  const nodes = (isWalk ? wanted : [...bright]).filter((node) => visible.has(node));
  const [{ x, y }] = wanted;
  go(nodes.length > 1 ? camera.around(nodes, 1.2) : { x, y, scale: 1 });
}

/** Returns whether the node is on the screen, large enough to be told apart. */
function isSeen({ camera, size }, node) {
  const zero = camera.zero();
  const [x, y] = [node.x * camera.scale + zero.x, node.y * camera.scale + zero.y];
  const isInside = x > 40 && y > 40 && x < size.width - 40 && y < size.height - 40;
  return isInside && camera.scale >= 0.6;
}
