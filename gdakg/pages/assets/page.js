(() => {
  var __defProp = Object.defineProperty;
  var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, { enumerable: true, configurable: true, writable: true, value }) : obj[key] = value;
  var __publicField = (obj, key, value) => __defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);

  // src/data.js
  function readData() {
    const data2 = JSON.parse(document.getElementById("data").textContent);
    for (const node of data2.nodes) {
      node.labels ??= {};
      node.facts ??= [];
      node.relations = [];
    }
    for (const [from, to, name] of data2.edges) {
      const [source, target] = [data2.nodes[from], data2.nodes[to]];
      source.relations.push({ node: target, name, outgoing: true });
      target.relations.push({ node: source, name, outgoing: false });
    }
    data2.byId = new Map(data2.nodes.map((node) => [node.id, node]));
    return data2;
  }

  // src/names.js
  var FALLBACKS = {
    en: ["en", "fr", "zh-Hans", "zh-Hant"],
    "zh-Hans": ["zh-Hans", "zh-Hant", "en", "fr"],
    "zh-Hant": ["zh-Hant", "zh-Hans", "en", "fr"]
  };
  function tagFor(labels2, language) {
    const known = FALLBACKS[language].find((tag) => labels2[tag]);
    return known ?? Object.keys(labels2).find((tag) => labels2[tag]);
  }
  function textIn(labels2, language) {
    const tag = tagFor(labels2, language);
    if (tag === void 0) return "";
    return tag === language ? labels2[tag] : `[${tag}] ${labels2[tag]}`;
  }
  function shortName(node, language) {
    return node.code || textIn(node.labels, language) || node.id;
  }
  function fullName(node, language) {
    const parts = [node.code, textIn(node.labels, language)].filter(Boolean);
    return [...new Set(parts)].join(" · ") || node.id;
  }
  var UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
  function plain(text) {
    return String(text).replace(UNPRINTABLE, " ").trim();
  }
  function shorten(text, columns) {
    let width = 0;
    let end = 0;
    for (const character of text) {
      width += character.codePointAt(0) > 11903 ? 2 : 1;
      if (width > columns) return `${text.slice(0, end).trimEnd()}…`;
      end += character.length;
    }
    return text;
  }

  // src/dom.js
  var SVG = "http://www.w3.org/2000/svg";
  var byId = (id) => document.getElementById(id);
  function element(name, attributes = {}, ...children) {
    return fill(document.createElement(name), attributes, children);
  }
  function svgElement(name, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, name), attributes, children);
  }
  function fill(made, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== void 0 && value !== false) made.setAttribute(key, value);
    }
    for (const child of children) {
      made.append(typeof child === "string" ? plain(child) : child);
    }
    return made;
  }
  function setText(parent, text) {
    parent.textContent = plain(text);
  }
  function linkOrText(value) {
    if (!/^https?:\/\/[^\s]+$/.test(value)) return element("span", {}, value);
    const safe = { href: value, rel: "noopener noreferrer", target: "_blank" };
    return element("a", safe, value);
  }

  // src/look.js
  var FACES = {
    en: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    "zh-Hans": 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    "zh-Hant": 'system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif'
  };
  var faces = (language) => FACES[language];
  function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      accent: colour("accent"),
      edge: colour("edge"),
      faintEdge: colour("faint-edge"),
      ink: colour("ink"),
      paper: colour("paper")
    };
  }
  function whenColoursChange(redraw) {
    const onPaper = (yes) => {
      document.documentElement.classList.toggle("on-paper", yes);
      redraw();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    addEventListener("beforeprint", () => onPaper(true));
    addEventListener("afterprint", () => onPaper(false));
  }
  var mayMove = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
  function nodeLook(kind, paper) {
    const fill2 = kind.hollow ? paper : kind.fill;
    const border = kind.hollow ? kind.fill : kind.border;
    const same = { background: fill2, border };
    return {
      shape: kind.shape,
      borderWidth: kind.hollow ? 1.6 : 0.6,
      borderWidthSelected: 3,
      color: { ...same, highlight: same }
    };
  }
  var CORNERS = {
    square: [-135, -45, 45, 135].map((angle) => [angle, 8.5]),
    triangle: [-90, 30, 150].map((angle) => [angle, 8]),
    triangleDown: [90, -30, -150].map((angle) => [angle, 8]),
    diamond: [-90, 0, 90, 180].map((angle) => [angle, 7.5]),
    hexagon: [0, 60, 120, 180, 240, 300].map((angle) => [angle, 7.5]),
    star: Array.from({ length: 10 }, (_, i) => [i * 36 - 90, i % 2 ? 3.4 : 8])
  };
  function sample(kind) {
    const paint = kind.hollow ? { fill: "none", stroke: kind.fill, "stroke-width": 2.5 } : { fill: kind.fill, stroke: kind.border, "stroke-width": 1 };
    const shape = kind.shape === "dot" ? svgElement("circle", { r: 6.3, ...paint }) : svgElement("polygon", { points: points(CORNERS[kind.shape]), ...paint });
    const box = { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" };
    return svgElement("svg", box, shape);
  }
  function points(corners) {
    return corners.map(([angle, distance]) => {
      const radians = angle * Math.PI / 180;
      const [x, y] = [Math.cos(radians) * distance, Math.sin(radians) * distance];
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    }).join(" ");
  }

  // src/words.js
  function word(data2, state2, key, values = {}) {
    const text = data2.words[state2.language][key];
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }
  function kindName(data2, state2, kind) {
    return data2.kinds[kind].names[state2.language];
  }
  function createWords(data2, state2) {
    const say = (key) => word(data2, state2, key, data2.counts);
    const show2 = () => {
      document.documentElement.lang = state2.language;
      const heading = plain(textIn(data2.heading, state2.language));
      document.title = heading;
      setText(byId("heading"), heading);
      for (const each of document.querySelectorAll("[data-word]")) setText(each, say(each.dataset.word));
      for (const each of document.querySelectorAll("[data-word-label]")) {
        each.setAttribute("aria-label", say(each.dataset.wordLabel));
      }
      for (const each of document.querySelectorAll("[data-word-placeholder]")) {
        each.placeholder = say(each.dataset.wordPlaceholder);
      }
    };
    state2.listen((changed) => changed.has("language") && show2());
    show2();
    return show2;
  }
  function createLanguages(data2, state2) {
    const buttons = Object.entries(data2.languages).map(([tag, name]) => {
      const click = () => state2.change({ language: tag });
      return element("button", { type: "button", lang: tag, click }, name);
    });
    const show2 = () => {
      for (const each of buttons) each.setAttribute("aria-pressed", each.lang === state2.language);
    };
    byId("languages").replaceChildren(...buttons);
    state2.listen(show2);
    show2();
  }

  // src/legend.js
  function createLegend(data2, state2) {
    const counts = /* @__PURE__ */ new Map();
    for (const { kind } of data2.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const buttons = Object.keys(data2.kinds).map((kind) => {
      const name = element("span", { class: "name" });
      const count = element("span", { class: "count" }, String(counts.get(kind) ?? 0));
      const click = () => toggle(state2, kind);
      const button = element("button", { type: "button", click }, sample(data2.kinds[kind]), name, count);
      button.dataset.kind = kind;
      return { kind, button, name };
    });
    const show2 = () => {
      for (const { kind, button, name } of buttons) {
        name.textContent = kindName(data2, state2, kind);
        button.setAttribute("aria-pressed", !state2.hidden.has(kind));
      }
    };
    byId("legend").replaceChildren(...buttons.map(({ button }) => element("li", {}, button)));
    state2.listen(show2);
    show2();
  }
  function toggle(state2, kind) {
    const hidden = new Set(state2.hidden);
    if (!hidden.delete(kind)) hidden.add(kind);
    state2.change({ hidden });
  }
  function reveal(state2, node) {
    const hidden = new Set(state2.hidden);
    hidden.delete(node.kind);
    state2.change({ selected: node.id, hidden });
  }

  // src/details.js
  var OPEN_UP_TO = 12;
  function createDetails(data2, state2) {
    const panel = byId("details");
    const show2 = () => {
      const node = data2.byId.get(state2.selected);
      panel.replaceChildren(...node ? describe(data2, state2, node) : [hint(data2, state2)]);
      panel.parentElement.scrollTop = 0;
    };
    state2.listen((changed) => (changed.has("selected") || changed.has("language")) && show2());
    show2();
  }
  function focusDetails() {
    byId("details").querySelector("h2")?.focus();
  }
  function hint(data2, state2) {
    return element("p", { class: "hint" }, word(data2, state2, "nothingSelected"));
  }
  function describe(data2, state2, node) {
    const kind = kindName(data2, state2, node.kind);
    const say = (key) => word(data2, state2, key);
    return [
      element("p", { class: "kind-line" }, sample(data2.kinds[node.kind]), kind),
      element("h2", { tabindex: -1 }, shortName(node, state2.language)),
      ...labels(node),
      ...facts(data2, state2, node),
      element("p", { class: "iri" }, node.id),
      element("h3", {}, `${say("relations")} (${node.relations.length})`),
      ...groups(data2, state2, node)
    ];
  }
  function labels(node) {
    const rows2 = Object.entries(node.labels).map(
      ([tag, text]) => element("li", {}, element("span", { class: "tag" }, tag), element("bdi", { lang: tag }, text))
    );
    return rows2.length > 0 ? [element("ul", { class: "labels" }, ...rows2)] : [];
  }
  function facts(data2, state2, node) {
    const rows2 = node.facts.flatMap(([property, value]) => [
      element("dt", {}, textIn(data2.properties[property], state2.language)),
      element("dd", {}, linkOrText(value))
    ]);
    return rows2.length > 0 ? [element("dl", {}, ...rows2)] : [];
  }
  function groups(data2, state2, node) {
    const grouped = /* @__PURE__ */ new Map();
    for (const relation of node.relations) {
      const key = `${relation.outgoing ? 0 : 1} ${relation.name}`;
      if (!grouped.has(key)) grouped.set(key, []);
      grouped.get(key).push(relation);
    }
    return [...grouped.keys()].sort().map((key) => group(data2, state2, grouped.get(key)));
  }
  function group(data2, state2, relations) {
    const [{ name, outgoing }] = relations;
    const direction = word(data2, state2, outgoing ? "outgoing" : "incoming");
    const arrow = element("span", { class: "arrow", "aria-hidden": "true" }, outgoing ? "→" : "←");
    const spoken = element("span", { class: "unseen" }, direction);
    const title = textIn(data2.relations[name], state2.language);
    const count = element("span", { class: "count" }, String(relations.length));
    const summary = element("summary", { title: direction }, arrow, spoken, element("bdi", {}, title), count);
    const items = relations.map(({ node }) => element("li", {}, walkButton(data2, state2, node)));
    const open = relations.length <= OPEN_UP_TO && "";
    return element("details", { open }, summary, element("ul", {}, ...items));
  }
  function walkButton(data2, state2, node) {
    const click = () => {
      reveal(state2, node);
      focusDetails();
    };
    const name = element("bdi", {}, fullName(node, state2.language));
    return element("button", { type: "button", class: "walk", click }, sample(data2.kinds[node.kind]), name);
  }

  // src/labels.js
  var MOST = 200;
  var LEAST_RADIUS = 3.2;
  var ALWAYS = 40;
  var COLUMNS = 34;
  var CELL = 48;
  var MARGIN = 5;
  var Room = class {
    constructor() {
      __publicField(this, "cells", /* @__PURE__ */ new Map());
    }
    /** Takes the rectangle; returns whether it was free. */
    take(box) {
      const keys = keysOf(box);
      for (const key of keys) {
        if (this.cells.get(key)?.some((other) => overlap(box, other))) return false;
      }
      this.block(box, keys);
      return true;
    }
    /** Takes the rectangle, free or not. */
    block(box, keys = keysOf(box)) {
      for (const key of keys) {
        if (this.cells.has(key)) this.cells.get(key).push(box);
        else this.cells.set(key, [box]);
      }
    }
  };
  function keysOf(box) {
    const keys = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) {
        keys.push(x * 100003 + y);
      }
    }
    return keys;
  }
  function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }
  function createTexts(language) {
    const texts = /* @__PURE__ */ new Map();
    const widths = /* @__PURE__ */ new Map();
    const text = (node) => {
      if (!texts.has(node)) texts.set(node, canvasText(node, language));
      return texts.get(node);
    };
    const width = (context, node, font) => {
      const key = font + text(node);
      if (!widths.has(key)) widths.set(key, context.measureText(text(node)).width);
      return widths.get(key);
    };
    return { text, width };
  }
  function canvasText(node, language) {
    return shorten(plain(shortName(node, language).slice(0, 4 * COLUMNS)), COLUMNS);
  }
  function drawLabels(context, view) {
    const room = new Room();
    const seen = view.nodes.map((node) => ({ node, ...view.place(node) })).filter(isInside(view));
    for (const { x, y, radius } of seen) {
      if (radius >= 6) room.block(around(x, y, radius * 0.8));
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    let drawn = 0;
    for (const [index, spot] of seen.entries()) {
      if (drawn === MOST) break;
      const isWorth = index < ALWAYS || spot.radius >= LEAST_RADIUS || view.isSpecial(spot.node);
      if (isWorth && drawLabel(context, view, room, spot)) drawn += 1;
    }
    return drawn;
  }
  function drawLabel(context, view, room, { node, x, y, radius }) {
    const size = view.isBold(node) ? 13 : 12;
    const font = `${view.isBold(node) ? 600 : 400} ${size}px ${view.faces}`;
    context.font = font;
    const half = view.texts.width(context, node, font) / 2 + MARGIN;
    const middle = inside(x, half, view.width);
    const baseline = [1, -1].map((side) => y + side * (radius + 2 + size * 0.65)).find((height) => room.take(line(middle, height, half, size)));
    if (baseline === void 0) return false;
    context.globalAlpha = view.isBright(node) ? 1 : 0.45;
    context.strokeStyle = view.colours.paper;
    context.fillStyle = view.colours.ink;
    context.strokeText(view.texts.text(node), middle, baseline);
    context.fillText(view.texts.text(node), middle, baseline);
    return true;
  }
  function inside(x, half, width) {
    if (x < 0 || x > width || 2 * half > width) return x;
    return Math.min(Math.max(x, half), width - half);
  }
  function line(x, y, half, size) {
    const [top, bottom] = [y - size * 0.75, y + size * 0.75];
    return { left: x - half, right: x + half, top, bottom };
  }
  function around(x, y, radius) {
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  }
  function isInside({ width, height }) {
    return ({ x, y }) => x > -80 && y > -20 && x < width + 80 && y < height + 20;
  }

  // src/drawing.js
  var DIM = 0.18;
  var BOLD_FROM = 15;
  function createDrawing(data2, state2) {
    const view = { data: data2, state: state2, colours: palette(), texts: createTexts(state2.language) };
    view.order = [...data2.nodes].sort((one, other) => other.size - one.size);
    view.styles = /* @__PURE__ */ new Map();
    view.nodes = new vis.DataSet(data2.nodes.map((node) => styleOf(view, node)));
    view.edges = new vis.DataSet(
      data2.edges.map(([from, to], id) => ({ id, from: data2.nodes[from].id, to: data2.nodes[to].id }))
    );
    const network = new vis.Network(byId("canvas"), view, { ...data2.options, ...colourOptions(view) });
    view.network = network;
    network.on("afterDrawing", (context) => drawAllLabels(context, view));
    network.on("click", ({ nodes }) => state2.change({ selected: nodes[0] ?? null }));
    listen(view);
    return {
      network,
      fit: () => fit(view, mayMove()),
      zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: glide() })
    };
  }
  function listen(view) {
    const { network, state: state2 } = view;
    whenColoursChange(() => {
      view.colours = palette();
      network.setOptions(colourOptions(view));
      restyle(view);
      network.redraw();
    });
    state2.listen((changed) => {
      if (changed.has("language")) view.texts = createTexts(state2.language);
      restyle(view);
      if (changed.has("selected")) showSelected(view);
      network.redraw();
    });
    restyle(view);
    fit(view, false);
    if (state2.selected !== null) showSelected(view);
  }
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
      ...nodeLook(view.data.kinds[node.kind], view.colours.paper)
    };
  }
  function restyle(view) {
    view.bright = brightNodes(view);
    const altered = [];
    for (const node of view.data.nodes) {
      const style = styleOf(view, node);
      const key = `${style.label}
${style.title}
${style.hidden}${style.opacity}${style.color.background}`;
      if (view.styles.get(node) !== key) altered.push(style);
      view.styles.set(node, key);
    }
    if (altered.length > 0) view.nodes.update(altered);
  }
  function brightNodes({ data: data2, state: state2 }) {
    const selected = data2.byId.get(state2.selected);
    return selected && /* @__PURE__ */ new Set([selected, ...selected.relations.map(({ node }) => node)]);
  }
  function isBright(view, node) {
    return view.bright === void 0 || view.bright.has(node);
  }
  function showSelected(view) {
    const { network, state: state2, bright } = view;
    network.setOptions(colourOptions(view));
    if (state2.selected === null) {
      network.unselectAll();
      return;
    }
    network.selectNodes([state2.selected]);
    if (bright.size > 1 && !isSeen(view)) {
      const nodes = [...bright].filter(({ kind }) => !state2.hidden.has(kind)).map(({ id }) => id);
      network.fit({ nodes, maxZoomLevel: 1.2, animation: glide() });
    } else if (!isSeen(view)) {
      network.focus(state2.selected, { scale: 1, animation: glide() });
    }
  }
  function isSeen({ network, data: data2, state: state2 }) {
    const { x, y } = network.canvasToDOM(data2.byId.get(state2.selected));
    const { clientWidth: width, clientHeight: height } = byId("canvas");
    const isInside2 = x > 40 && y > 40 && x < width - 40 && y < height - 40;
    return isInside2 && network.getScale() >= 0.6;
  }
  function fit({ network, data: data2, state: state2 }, mayGlide) {
    const shown = data2.nodes.filter((node) => !state2.hidden.has(node.kind)).map(({ id }) => id);
    network.fit({ nodes: shown, maxZoomLevel: 1.5, animation: mayGlide && glide() });
  }
  var glide = () => mayMove() && { duration: 300, easingFunction: "easeInOutQuad" };
  function colourOptions({ colours, bright }) {
    const resting = bright ? colours.faintEdge : colours.edge;
    const color = { color: resting, highlight: colours.accent, hover: resting };
    return { edges: { color } };
  }
  function labelOrder({ order, data: data2, state: state2, bright }) {
    const shown = order.filter((node) => !state2.hidden.has(node.kind));
    if (!bright) return shown;
    const beside = shown.filter((node) => bright.has(node) && node.id !== state2.selected);
    const landmarks = shown.filter((node) => !bright.has(node) && node.size >= BOLD_FROM);
    return [data2.byId.get(state2.selected), ...beside, ...landmarks];
  }
  function drawAllLabels(context, view) {
    const { network, state: state2, bright } = view;
    const scale = network.getScale();
    const zero = network.canvasToDOM({ x: 0, y: 0 });
    context.save();
    context.scale(1 / scale, 1 / scale);
    context.translate(-zero.x, -zero.y);
    drawLabels(context, {
      nodes: labelOrder(view),
      isBright: (node) => isBright(view, node),
      isSpecial: (node) => bright?.has(node),
      isBold: (node) => node.size >= BOLD_FROM || node.id === state2.selected,
      place: (node) => ({
        x: node.x * scale + zero.x,
        y: node.y * scale + zero.y,
        radius: node.size * scale
      }),
      texts: view.texts,
      faces: faces(state2.language),
      colours: view.colours,
      width: byId("canvas").clientWidth,
      height: byId("canvas").clientHeight
    });
    context.restore();
  }

  // src/search.js
  var MOST2 = 30;
  var fold = (text) => text.normalize("NFKC").toLowerCase();
  var bare = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "");
  function createIndex(nodes) {
    const entries = nodes.map((node) => {
      const labels2 = Object.values(node.labels);
      const text = fold([node.code ?? "", ...labels2, node.id].join("\n"));
      return { node, text, code: bare(node.code ?? ""), starts: labels2.map(fold) };
    });
    return (query) => {
      const words = fold(query).split(/\s+/).filter(Boolean);
      if (words.length === 0) return [];
      const code = bare(query);
      const ranked = [];
      for (const entry of entries) {
        const rank = rankOf(entry, words, fold(query).trim(), code);
        if (rank !== void 0) ranked.push({ rank, node: entry.node });
      }
      ranked.sort((one, other) => one.rank - other.rank || other.node.size - one.node.size);
      return ranked.slice(0, MOST2).map(({ node }) => node);
    };
  }
  function rankOf(entry, words, query, code) {
    if (code && entry.code === code) return 0;
    if (entry.starts.includes(query)) return 1;
    if (code && entry.code.startsWith(code)) return 2;
    if (entry.starts.some((label) => label.startsWith(query))) return 3;
    if (words.every((each) => entry.text.includes(each))) return 4;
    return code && entry.code.includes(code) ? 5 : void 0;
  }
  function createSearch(data2, state2) {
    const find = createIndex(data2.nodes);
    const box = { input: byId("search"), list: byId("matches"), found: [], active: -1 };
    const close = () => show(data2, state2, box, []);
    const choose = (index) => {
      const node = box.found[index];
      if (node === void 0) return;
      box.input.value = shorten(fullName(node, state2.language), 80);
      close();
      reveal(state2, node);
    };
    box.choose = choose;
    box.input.addEventListener("input", () => {
      show(data2, state2, box, find(box.input.value));
      announce(data2, state2, box);
    });
    box.input.addEventListener("keydown", (event) => pressed(event, box, choose, close));
    box.input.addEventListener("blur", close);
    state2.listen((changed) => changed.has("language") && close());
  }
  function show(data2, state2, box, found) {
    box.found = found;
    box.list.replaceChildren(...found.map((node, index) => option(data2, state2, box, node, index)));
    box.list.hidden = found.length === 0;
    box.input.setAttribute("aria-expanded", found.length > 0);
    activate(box, -1);
  }
  function option(data2, state2, box, node, index) {
    const kind = element("span", { class: "kind" }, kindName(data2, state2, node.kind));
    const name = element("bdi", {}, shorten(fullName(node, state2.language), 120));
    const pointerdown = (event) => event.preventDefault();
    const click = () => box.choose(index);
    const attributes = { role: "option", id: `match-${index}`, pointerdown, mousedown: pointerdown, click };
    return element("li", attributes, sample(data2.kinds[node.kind]), name, kind);
  }
  function activate(box, index) {
    box.active = index;
    [...box.list.children].forEach((each, at) => each.setAttribute("aria-selected", at === index));
    if (index < 0) box.input.removeAttribute("aria-activedescendant");
    else box.input.setAttribute("aria-activedescendant", `match-${index}`);
    box.list.children[index]?.scrollIntoView({ block: "nearest" });
  }
  function announce(data2, state2, box) {
    const key = box.found.length === 0 ? "noMatch" : "matches";
    const text = box.input.value.trim() && word(data2, state2, key, { count: box.found.length });
    byId("search-status").textContent = text;
    byId("search-status").classList.toggle("empty", Boolean(text) && box.found.length === 0);
  }
  function pressed(event, box, choose, close) {
    if (event.isComposing) return;
    const count = box.found.length;
    const keys = {
      ArrowDown: () => count && activate(box, (box.active + 1) % count),
      ArrowUp: () => count && activate(box, (Math.max(box.active, 0) - 1 + count) % count),
      Enter: () => choose(Math.max(box.active, 0)),
      Escape: () => count ? close() : box.input.value = ""
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  }

  // src/state.js
  function createState(data2) {
    const listeners = [];
    const state2 = {
      ...readAddress(data2),
      listen: (listener) => listeners.push(listener),
      change(part) {
        const changed = Object.keys(part).filter((key) => part[key] !== state2[key]);
        if (changed.length === 0) return;
        Object.assign(state2, part);
        writeAddress(state2, data2);
        for (const listener of listeners) listener(new Set(changed));
      }
    };
    addEventListener("hashchange", () => state2.change(readAddress(data2)));
    return state2;
  }
  function readAddress(data2) {
    const address = new URLSearchParams(location.hash.slice(1));
    const language = address.get("lang");
    const node = address.get("node");
    const kinds = (address.get("hide") ?? "").split(",");
    return {
      language: Object.hasOwn(data2.words, language ?? "") ? language : data2.language,
      selected: data2.byId.has(node) ? node : null,
      hidden: new Set(kinds.filter((kind) => Object.hasOwn(data2.kinds, kind)))
    };
  }
  function writeAddress(state2, data2) {
    const address = new URLSearchParams();
    if (state2.selected !== null) address.set("node", state2.selected);
    if (state2.language !== data2.language) address.set("lang", state2.language);
    if (state2.hidden.size > 0) address.set("hide", [...state2.hidden].sort().join(","));
    const hash = address.toString();
    const target = hash ? `#${hash}` : location.pathname + location.search;
    if (location.protocol !== "about:") history.replaceState(null, "", target);
  }

  // src/table.js
  function createTable(data2, state2) {
    const dialog = byId("table-dialog");
    const body = byId("table-rows");
    byId("table").addEventListener("click", () => {
      body.replaceChildren(...rows(data2, state2, dialog));
      dialog.showModal();
    });
    byId("table-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => body.replaceChildren());
  }
  function rows(data2, state2, dialog) {
    const kinds = Object.keys(data2.kinds);
    const order = new Intl.Collator(state2.language, { numeric: true });
    const named = data2.nodes.map((node) => ({
      node,
      kind: kinds.indexOf(node.kind),
      name: fullName(node, state2.language)
    }));
    named.sort((one, other) => one.kind - other.kind || order.compare(one.name, other.name));
    return named.map(({ node, name }) => row(data2, state2, dialog, node, name));
  }
  function row(data2, state2, dialog, node, name) {
    const click = () => {
      dialog.close();
      reveal(state2, node);
      focusDetails();
    };
    const button = element("button", { type: "button", class: "walk", click }, element("bdi", {}, name));
    return element(
      "tr",
      {},
      element("td", {}, button),
      element("td", {}, kindName(data2, state2, node.kind)),
      element("td", { class: "number" }, String(node.relations.length))
    );
  }

  // src/main.js
  var data = readData();
  var state = createState(data);
  var showWords = createWords(data, state);
  createLanguages(data, state);
  createLegend(data, state);
  createDetails(data, state);
  createSearch(data, state);
  createTable(data, state);
  var drawing = createDrawing(data, state);
  nameCanvas(drawing.network);
  showWords();
  byId("fit").addEventListener("click", drawing.fit);
  byId("zoom-in").addEventListener("click", () => drawing.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.4));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !byId("table-dialog").open) {
      state.change({ selected: null });
    }
  });
  window.gdakg = { network: drawing.network, ready: false };
  drawing.network.once("afterDrawing", () => {
    requestAnimationFrame(() => requestAnimationFrame(() => window.gdakg.ready = true));
  });
  drawing.network.redraw();
  function nameCanvas(network) {
    const frame = network.canvas.frame;
    frame.setAttribute("role", "img");
    frame.dataset.wordLabel = "canvas";
  }
})();
