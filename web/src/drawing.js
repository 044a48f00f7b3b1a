/** The canvas: vis-network with given positions, its look, its labels, its selection. */
import { byId } from "./dom.js";
import { createTexts, drawLabels } from "./labels.js";
import { faces, mayMove, palette, whenColoursChange } from "./look.js";
import { createStyles } from "./styles.js";

/** From this radius on a node is a landmark, as pillars are of any size. */
const LANDMARK_FROM = 15;
/** A picture of so few nodes has room for the labels of those beside the point. */
const FEW = 60;

/**
 * Returns the drawing: `frame` (the element that has the keyboard), `fit()` and `zoom(factor)`
 * for the buttons, `redraw()`, `view()` → {x, y, scale} (x and y are what is in the middle),
 * `setView(view)`, `onView(listener)`, which hears of moves, `whenDrawn(callback)`, once, and
 * `positions`, a map from node to {x, y}; further `network`, which canvas.js has not.
 */
export function createDrawing(data, state) {
  const view = { data, state, colours: palette(), texts: createTexts(state.language) };
  view.order = labelRanking(data);
  view.styles = createStyles(view);
  const network = new vis.Network(byId("canvas"), view.styles, data.options);
  view.network = network;
  network.on("afterDrawing", (context) => drawAllLabels(context, view));
  network.on("click", ({ nodes }) => state.change({ selected: nodes[0] ?? null }));
  listen(view);
  return {
    network,
    frame: network.canvas.frame,
    fit: () => fit(view, mayMove()),
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: glide() }),
    redraw: () => network.redraw(),
    view: () => viewOf(network),
    setView: ({ x, y, scale }) => network.moveTo({ position: { x, y }, scale }),
    onView: (listener) => whenMoved(network, listener),
    whenDrawn(callback) {
      network.once("afterDrawing", callback);
      network.redraw();
    },
    get positions() {
      return new Map(data.nodes.map((node) => [node, { x: node.x, y: node.y }]));
    },
  };
}

const viewOf = (network) => ({ ...network.getViewPosition(), scale: network.getScale() });

/** Calls `listener` with the view after each drawing that shows another one than before. */
function whenMoved(network, listener) {
  let last = JSON.stringify(viewOf(network));
  network.on("afterDrawing", () => {
    const now = JSON.stringify(viewOf(network));
    if (now !== last) listener(viewOf(network));
    last = now;
  });
}

/** Returns the nodes in the order in which labels get the room. */
export function labelRanking(data) {
  return [...data.nodes].sort(
    (one, other) => rank(data, one) - rank(data, other) || other.relations.length - one.relations.length,
  );
}

/** Returns the place of a node among the labels: the centre, pillars, bodies and areas, others. */
function rank({ centre }, { id, kind }) {
  return id === centre ? 0 : ({ pillar: 1, body: 2, area: 2 }[kind] ?? 3);
}

/** Returns whether the node is one to find the way by; its label is bold. */
const isLandmark = ({ kind, size }) => kind === "pillar" || size >= LANDMARK_FROM;

function listen(view) {
  const { network, state } = view;
  whenColoursChange(() => {
    view.colours = palette();
    view.styles.update();
    network.redraw();
  });
  state.listen((changed) => {
    if (changed.has("language")) view.texts = createTexts(state.language);
    view.styles.update();
    const isNew = changed.has("path") && state.path.length > 1;
    if (isNew || changed.has("selected")) showSelected(view, isNew);
    if (state.only && (changed.has("only") || changed.has("depth"))) fit(view, mayMove());
    network.redraw();
  });
  fit(view, false);
  if (state.selected !== null || state.path.length > 1) showSelected(view, state.path.length > 1);
}

function isBright(view, node) {
  return view.bright === undefined || view.bright.has(node);
}

/** Moves to what stands out unless the selected node, or the ends of a new path, are seen. */
function showSelected(view, isNewPath) {
  const { network, data, state, visible } = view;
  if (state.selected === null) network.unselectAll();
  else network.selectNodes([state.selected], false);
  const wanted = (isNewPath ? state.path : [state.selected]).map((id) => data.byId.get(id));
  if (wanted.every((node) => !node || isSeen(view, node))) return;
  const isWalk = state.path.length > 1 && !isNewPath;
  const nodes = (isWalk ? wanted : [...view.bright]).filter((node) => visible.has(node));
  if (nodes.length > 1) network.fit({ nodes: nodes.map(({ id }) => id), maxZoomLevel: 1.2, animation: glide() });
  else network.focus(wanted[0].id, { scale: 1, animation: glide() });
}

/** Returns whether `node` is on the screen, large enough to be told apart. */
function isSeen({ network }, node) {
  const { x, y } = network.canvasToDOM(node);
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const isInside = x > 40 && y > 40 && x < width - 40 && y < height - 40;
  return isInside && network.getScale() >= 0.6;
}

function fit({ network, visible }, mayGlide) {
  const nodes = [...visible].map(({ id }) => id);
  network.fit({ nodes, maxZoomLevel: 1.5, animation: mayGlide && glide() });
}

const glide = () => mayMove() && { duration: 300, easingFunction: "easeInOutQuad" };

/** Returns the nodes whose labels may be drawn: the selected and those that stand out first. */
function labelOrder({ order, data, state, visible, bright }) {
  const shown = order.filter((node) => visible.has(node));
  if (!bright) return shown;
  const isClear = data.nodes.length <= FEW;
  const rank = (node) => (node.id === state.selected ? 0 : bright.has(node) ? 1 : 2);
  const told = shown.filter((node) => rank(node) < 2 || isClear || isLandmark(node));
  return told.sort((one, other) => rank(one) - rank(other));
}

function drawAllLabels(context, view) {
  const scale = view.network.getScale();
  const zero = view.network.canvasToDOM({ x: 0, y: 0 });
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.translate(-zero.x, -zero.y);
  writeLabels(context, view, scale, zero);
  context.restore();
}

/**
 * Writes the labels in pixels of the screen, on which the point (0, 0) is at `zero`. `view` has
 * `data`, `state`, `order` (labelRanking), `visible` and `bright` (focus.js), `texts`, `colours`.
 */
export function writeLabels(context, view, scale, zero) {
  const { state, bright } = view;
  drawLabels(context, {
    nodes: labelOrder(view),
    isBright: (node) => isBright(view, node),
    isSpecial: (node) => bright?.has(node),
    isForced: (node) => node.id === state.selected || (!bright && node.kind === "pillar"),
    isBold: (node) => isLandmark(node) || node.id === state.selected,
    place: (node) => ({
      x: node.x * scale + zero.x,
      y: node.y * scale + zero.y,
      radius: node.size * scale,
    }),
    taken: boxOf(document.querySelector(".zoom")),
    texts: view.texts,
    faces: faces(),
    colours: view.colours,
    width: byId("canvas").clientWidth,
    height: byId("canvas").clientHeight,
    ...view.sheet, // a saved picture has a size of its own, and no buttons on it
  });
}

function boxOf({ offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight }) {
  return { left, top, right: left + offsetWidth, bottom: top + offsetHeight };
}
