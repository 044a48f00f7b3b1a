/** The canvas: vis-network with given positions, its look, its labels, its selection. */
import { byId } from "./dom.js";
import { canvasText, createTexts, drawLabels } from "./labels.js";
import { faces, mayMove, nodeLook, palette, whenColoursChange } from "./look.js";
import { fullName, plain, shorten } from "./names.js";

const DIM = 0.18;
/** From this radius on a node is a landmark, as pillars are of any size. */
const LANDMARK_FROM = 15;
/** A picture of so few nodes has room for the labels of those beside the point. */
const FEW = 60;

/** Returns the drawing: `network`, and `fit` and `zoom` for the buttons. */
export function createDrawing(data, state) {
  const view = { data, state, colours: palette(), texts: createTexts(state.language) };
  view.order = [...data.nodes].sort(
    (one, other) => rank(data, one) - rank(data, other) || other.relations.length - one.relations.length,
  );
  view.styles = new Map();
  view.nodes = new vis.DataSet(data.nodes.map((node) => styleOf(view, node)));
  view.edges = new vis.DataSet(
    data.edges.map(({ from, to, judged }, id) => {
      const edge = { id, from: from.id, to: to.id };
      return judged ? { ...edge, color: { opacity: view.colours.judged } } : edge;
    }),
  );
  const network = new vis.Network(byId("canvas"), view, { ...data.options, ...colourOptions(view) });
  view.network = network;
  network.on("afterDrawing", (context) => drawAllLabels(context, view));
  network.on("click", ({ nodes }) => state.change({ selected: nodes[0] ?? null }));
  listen(view);
  return {
    network,
    fit: () => fit(view, mayMove()),
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: glide() }),
  };
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
    network.setOptions(colourOptions(view));
    restyle(view);
    network.redraw();
  });
  state.listen((changed) => {
    if (changed.has("language")) view.texts = createTexts(state.language);
    restyle(view);
    if (changed.has("selected")) showSelected(view);
    network.redraw();
  });
  restyle(view);
  fit(view, false);
  if (state.selected !== null) showSelected(view);
}

/** Returns what vis-network needs to know of `node` now. */
function styleOf(view, node) {
  const { language, hidden } = view.state;
  return {
    id: node.id,
    label: canvasText(node, language),
    title: shorten(plain(fullName(node, language).slice(0, 400)), 160),
    x: node.x,
    y: node.y,
    size: node.size,
    hidden: hidden.has(node.kind),
    opacity: isBright(view, node) ? 1 : DIM,
    ...nodeLook(view.data.kinds[node.kind], view.colours.paper),
  };
}

/** Gives vis-network the nodes that no longer look as they did, and only those. */
function restyle(view) {
  view.bright = brightNodes(view);
  const altered = [];
  for (const node of view.data.nodes) {
    const style = styleOf(view, node);
    const key = `${style.label}\n${style.title}\n${style.hidden}${style.opacity}${style.color.background}`;
    if (view.styles.get(node) !== key) altered.push(style);
    view.styles.set(node, key);
  }
  if (altered.length > 0) view.nodes.update(altered);
}

/** Returns the selected node and those related to it; undefined where nothing is selected. */
function brightNodes({ data, state }) {
  const selected = data.byId.get(state.selected);
  return selected && new Set([selected, ...selected.relations.map(({ node }) => node)]);
}

function isBright(view, node) {
  return view.bright === undefined || view.bright.has(node);
}

function showSelected(view) {
  const { network, state, bright } = view;
  network.setOptions(colourOptions(view));
  if (state.selected === null) {
    network.unselectAll();
    return;
  }
  network.selectNodes([state.selected]);
  if (bright.size > 1 && !isSeen(view)) {
    const nodes = [...bright].filter(({ kind }) => !state.hidden.has(kind)).map(({ id }) => id);
    network.fit({ nodes, maxZoomLevel: 1.2, animation: glide() });
  } else if (!isSeen(view)) {
    network.focus(state.selected, { scale: 1, animation: glide() });
  }
}

/** Returns whether the selected node is on the screen, large enough to be told apart. */
function isSeen({ network, data, state }) {
  const { x, y } = network.canvasToDOM(data.byId.get(state.selected));
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const isInside = x > 40 && y > 40 && x < width - 40 && y < height - 40;
  return isInside && network.getScale() >= 0.6;
}

function fit({ network, data, state }, mayGlide) {
  const shown = data.nodes.filter((node) => !state.hidden.has(node.kind)).map(({ id }) => id);
  network.fit({ nodes: shown, maxZoomLevel: 1.5, animation: mayGlide && glide() });
}

const glide = () => mayMove() && { duration: 300, easingFunction: "easeInOutQuad" };

function colourOptions({ colours, bright }) {
  const resting = bright ? colours.faintEdge : colours.edge;
  const color = { color: resting, highlight: colours.accent, hover: resting };
  return { edges: { color } };
}

/** Returns the nodes whose labels may be drawn: the selected and those beside it first. */
function labelOrder({ order, data, state, bright }) {
  const shown = order.filter((node) => !state.hidden.has(node.kind));
  if (!bright) return shown;
  const beside = shown.filter((node) => bright.has(node) && node.id !== state.selected);
  const isClear = data.nodes.length <= FEW;
  const others = shown.filter((node) => !bright.has(node) && (isClear || isLandmark(node)));
  return [data.byId.get(state.selected), ...beside, ...others];
}

function drawAllLabels(context, view) {
  const { network, state, bright } = view;
  const scale = network.getScale();
  const zero = network.canvasToDOM({ x: 0, y: 0 });
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.translate(-zero.x, -zero.y);
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
    faces: faces(state.language),
    colours: view.colours,
    width: byId("canvas").clientWidth,
    height: byId("canvas").clientHeight,
  });
  context.restore();
}

function boxOf({ offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight }) {
  return { left, top, right: left + offsetWidth, bottom: top + offsetHeight };
}
