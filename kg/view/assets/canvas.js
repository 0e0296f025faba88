// The drawing: vis-network for dots, lines, panning and hits; labels.js writes on top of it.
nodes.forEach((node) => { node.first = 'x' in node; });

const still = matchMedia('(prefers-reduced-motion: reduce)');
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (state.theme ? state.theme === 'dark' : darkSystem.matches);
let ink = {}; // colours of the page's style sheet, for the canvas

function readColours() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ground', 'surface', 'ink', 'muted', 'line', 'edge', 'accent', ...plainMoods]) {
    ink[name] = style.getPropertyValue(`--${name}`).trim();
  }
  ink.font = style.getPropertyValue('--font').trim();
}

const COMMUNITY_HUES = 12;
function colourOf(index) {
  const node = nodes[index];
  if (state.colour === 'community' && node.group !== undefined) {
    const hue = (node.group * 137.5 + 215) % 360;
    const light = (isDark() ? 68 : 44) + (Math.floor(node.group / COMMUNITY_HUES) % 2 ? 9 : 0);
    return node.kind === 'entity' ? `hsl(${hue} 42% ${light}%)` : `hsl(${hue} 20% ${light}%)`;
  }
  return classes[node.type].colour[isDark() ? 1 : 0];
}

const drawnNodes = new vis.DataSet();
const drawnPairs = new vis.DataSet();
const many = nodes.length > 400;
const network = new vis.Network($('canvas'), { nodes: drawnNodes, edges: drawnPairs }, {
  physics: false,
  layout: { improvedLayout: false, randomSeed: 1 },
  nodes: { shape: 'dot', chosen: false, labelHighlightBold: false },
  edges: { smooth: false, chosen: false, selectionWidth: 0, hoverWidth: 0, color: { inherit: false }, arrowStrikethrough: false },
  interaction: { hover: true, selectConnectedEdges: false, hideEdgesOnDrag: many, hideEdgesOnZoom: many, tooltipDelay: 1e9, zoomSpeed: 0.6 },
});

// Nodes in focus of the selection: the others fade.
function highlighted() {
  const { selected } = state;
  if (!selected) return null;
  if ('node' in selected) {
    const lit = new Set([selected.node]);
    const lines = new Set();
    for (const index of pairsOf[selected.node]) if (shownPairs.has(index)) { lines.add(index); lit.add(otherEnd(pairs[index], selected.node)); }
    return { lit, lines };
  }
  if ('pair' in selected) return { lit: new Set([pairs[selected.pair].a, pairs[selected.pair].b]), lines: new Set([selected.pair]) };
  const path = shortestPath(...selected.path) || selected.path;
  const lines = new Set();
  path.slice(1).forEach((index, i) => {
    for (const line of pairsOf[index]) if (otherEnd(pairs[line], index) === path[i] && shownPairs.has(line)) lines.add(line);
  });
  return { lit: new Set(path), lines };
}
let lights = null;
let dense = false;

const isChosen = (index) => Boolean(state.selected) && state.selected.node === index;

function nodeItem(index) {
  const node = nodes[index];
  const colour = colourOf(index);
  const hollow = node.unnamed;
  return {
    id: index, x: node.x, y: node.y, size: node.size,
    color: { background: hollow ? ink.ground : colour, border: hollow ? colour : ink.ground },
    borderWidth: hollow ? 2.2 : 1.5,
  };
}

const hasValue = (pair) => !isEntity(pair.a) || !isEntity(pair.b);
const thickness = (pair, visible) => (hasValue(pair) ? 0.8 : Math.min(1 + Math.log2(visible.length) * 0.45, 3));
const DASHES = { denied: [2, 5], planned: [10, 6], uncertain: [5, 5], reported: [12, 5, 2, 5], inferred: [1, 4] };
function moodOf(visible) { return facts[visible[0]].mood; }

function pairItem(index, visible) {
  const pair = pairs[index];
  const forward = visible.some((fact) => facts[fact].s === pair.a);
  const back = visible.some((fact) => facts[fact].s === pair.b);
  const value = hasValue(pair);
  const arrow = (enabled) => ({ enabled: enabled && !value, type: 'arrow', scaleFactor: 0.42 });
  return {
    id: index, from: pair.a, to: pair.b,
    arrows: { to: arrow(forward), from: arrow(back) },
    dashes: pair.solid ? false : DASHES[moodOf(visible)],
    smooth: pair.solid ? false : { enabled: true, type: 'curvedCW', roundness: 0.22 },
    width: (dense ? 0.75 : 1) * thickness(pair, visible),
    color: { color: pair.solid ? ink.edge : ink[moodOf(visible)], opacity: dense && pair.solid ? 0.6 : 1 },
  };
}

function sync() {
  lights = highlighted();
  dense = shownPairs.size > 500;
  for (const index of shownNodes) if (nodes[index].x === undefined) settle(index);
  replace(drawnNodes, [...shownNodes].map(nodeItem));
  replace(drawnPairs, [...shownPairs].map(([index, visible]) => pairItem(index, visible)));
  measurePulls();
  $('empty').hidden = shownNodes.size > 0;
  network.redraw();
}

// Only what changed reaches vis-network: a selection changes nothing here, labels.js draws it.
const sent = new Map([[drawnNodes, new Map()], [drawnPairs, new Map()]]);
function replace(set, items) {
  const before = sent.get(set);
  const now = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  const gone = [...before.keys()].filter((id) => !now.has(id));
  if (gone.length) set.remove(gone);
  const changed = items.filter((item) => before.get(item.id) !== now.get(item.id));
  if (changed.length) set.update(changed);
  sent.set(set, now);
}

// A place for a node that Python did not place: the nearest free spot around its best drawn neighbour.
function settle(index) {
  const node = nodes[index];
  const degree = new Set(pairsOf[index].map((pair) => otherEnd(pairs[pair], index))).size;
  node.size = node.kind === 'entity' ? Math.min(6 + 2.9 * Math.sqrt(degree), 38) : 4;
  const anchor = pairsOf[index].map((pair) => otherEnd(pairs[pair], index)).filter((other) => nodes[other].x !== undefined).sort((a, b) => a - b)[0];
  const { x, y, size } = anchor === undefined ? { x: 0, y: 0, size: 0 } : nodes[anchor];
  if (anchor !== undefined) node.group = nodes[anchor].group;
  const placed = nodes.filter((other) => other.x !== undefined);
  for (let turn = 0; ; turn += 1) {
    const radius = size + 56 + 9 * Math.sqrt(turn) * (turn ? 1.6 : 0);
    const [left, top] = [x + radius * Math.cos(turn * 2.4), y + radius * Math.sin(turn * 2.4)];
    if (turn > 4000 || placed.every((other) => Math.hypot(other.x - left, other.y - top) > other.size + node.size + 22)) {
      node.x = Math.round(left);
      node.y = Math.round(top);
      return;
    }
  }
}

const glide = (duration = 450) => (still.matches ? false : { duration, easingFunction: 'easeInOutQuad' });
// All of these nodes in sight, with room for labels and for the tool bar.
function fit(indexes, animation = glide()) {
  const some = (indexes || [...shownNodes]).filter((index) => shownNodes.has(index)).map((index) => nodes[index]);
  if (!some.length) return;
  const span = (axis) => [Math.min(...some.map((node) => node[axis])), Math.max(...some.map((node) => node[axis]))];
  const [[left, right], [top, bottom]] = [span('x'), span('y')];
  const { clientWidth: width, clientHeight: height } = $('canvas');
  const scale = Math.min((width - (dense ? 90 : 150)) / Math.max(right - left, 1), (height - (dense ? 120 : 160)) / Math.max(bottom - top, 1), 1.2);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - 14 / scale }, scale: Math.max(scale, 0.02), animation });
}
function goTo(index) {
  const { x, y } = nodes[index];
  network.moveTo({ position: { x, y }, scale: Math.max(network.getScale(), 0.85), animation: glide() });
}
function zoom(factor) { network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6), animation: glide(180) }); }

network.on('dragEnd', (event) => {
  for (const [index, place] of Object.entries(network.getPositions(event.nodes))) Object.assign(nodes[index], place);
});
