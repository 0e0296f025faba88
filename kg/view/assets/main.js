// Actions, keys, and the one place where a change of state reaches the page.
let written = null; // the hash last written, to tell our own changes from the reader's

function change(action, refit = false) {
  action();
  refresh();
  if (refit) fit();
}

function refresh() {
  derive();
  sync();
  updateFilters();
  inspect();
  showTable();
  $('canvas').hidden = state.view === 'table';
  document.body.classList.toggle('as-table', state.view === 'table');
  $('table').hidden = state.view !== 'table';
  $('as-graph').setAttribute('aria-pressed', String(state.view === 'graph'));
  $('as-table').setAttribute('aria-pressed', String(state.view === 'table'));
  $('path-mode').setAttribute('aria-pressed', String(Boolean(state.picking)));
  document.body.classList.toggle('picking', Boolean(state.picking));
  written = hash();
  history.replaceState(null, '', written ? `#${written}` : location.pathname + location.search);
}

function selectNode(index, move = false) {
  listAll = false;
  change(() => {
    state.hidden.delete(index);
    if (nodes[index].x === undefined || !shownNodes.has(index)) state.wanted.add(index);
    if (state.focus && !within(state.focus.node, state.focus.hops).has(index)) state.focus = null;
    state.selected = { node: index };
    state.picking = null;
  });
  $('right').scrollTop = 0;
  if (move && state.view === 'graph') goTo(index);
}

function selectPair(index) {
  change(() => { state.selected = { pair: index }; state.picking = null; });
  $('right').scrollTop = 0;
}

function toggleExpand(index) {
  const before = new Set(shownNodes);
  change(() => { if (!state.expanded.delete(index)) { state.expanded.add(index); neighbours(index).forEach((other) => state.hidden.delete(other)); } });
  const fresh = [...shownNodes].filter((other) => !before.has(other)).length;
  announce(fresh ? `${plural(fresh, 'more node')} drawn` : 'Collapsed');
}

function toggleFocus(index) {
  change(() => { state.focus = state.focus && state.focus.node === index ? null : { node: index, hops: 1 }; }, true);
}

function hideNode(index) {
  change(() => { state.hidden.add(index); state.expanded.delete(index); state.wanted.delete(index); state.selected = null; });
}

function startPath(index) { change(() => { state.picking = index === undefined ? [] : [index]; if (index === undefined) state.selected = null; }); }

// In path mode a picked entity becomes an end of the path; true when it was taken.
function picked(index) {
  if (!state.picking) return false;
  if (!isEntity(index) || state.picking[0] === index) return true;
  if (!state.picking.length) { change(() => { state.picking = [index]; }); return true; }
  const path = shortestPath(state.picking[0], index);
  change(() => {
    for (const each of path || []) { state.hidden.delete(each); if (!shownNodes.has(each)) state.wanted.add(each); }
    state.focus = null;
    state.selected = { path: [state.picking[0], index] };
    state.picking = null;
  });
  if (path) fit(path);
  announce(path ? `Path of ${plural(path.length - 1, 'step')}` : 'No path with these filters');
  return true;
}

const at = ({ x, y }) => spots.find((spot) => x >= spot.left && x <= spot.right && y >= spot.top && y <= spot.bottom);
function target({ pointer, nodes: [node], edges: [pair] }) {
  if (node !== undefined) return { node };
  return at(pointer.DOM) || (pair === undefined ? {} : { pair });
}
network.on('click', (event) => {
  const { node, pair } = target(event);
  if (node !== undefined) { if (!picked(node)) selectNode(node); } else if (pair !== undefined) { if (!state.picking) selectPair(pair); } else if (state.selected && !state.picking) change(() => { state.selected = null; });
});
// The browser's own double click: vis-network's is lost when the first click keeps the page busy.
$('canvas').addEventListener('dblclick', (event) => {
  const box = $('canvas').getBoundingClientRect();
  const point = { x: event.clientX - box.left, y: event.clientY - box.top };
  const node = network.getNodeAt(point) ?? at(point)?.node;
  if (node !== undefined && isEntity(node) && (moreOf.has(node) || state.expanded.has(node))) toggleExpand(node);
});
for (const [name, set] of [['Node', (id) => { hoverNode = id; }], ['Edge', (id) => { hoverPair = id; }]]) {
  network.on(`hover${name}`, (event) => { set(event[name.toLowerCase()]); $('canvas').classList.add('over'); network.redraw(); });
  network.on(`blur${name}`, () => { set(null); $('canvas').classList.remove('over'); network.redraw(); });
}

// From the selected entity to the neighbour that lies best in the direction of the arrow.
function walk(dx, dy) {
  const { selected } = state;
  if (!selected || !('node' in selected)) { const first = [...shownNodes].filter(isEntity).sort((a, b) => a - b)[0]; if (first !== undefined) selectNode(first, true); return; }
  const from = nodes[selected.node];
  const score = (index) => {
    const [x, y] = [nodes[index].x - from.x, nodes[index].y - from.y];
    const length = Math.hypot(x, y) || 1;
    return (x * dx + y * dy) / length - length / 4000;
  };
  const options = pairsOf[selected.node].filter((pair) => shownPairs.has(pair)).map((pair) => otherEnd(pairs[pair], selected.node)).filter((other) => score(other) > 0.25);
  if (options.length) selectNode(options.sort((a, b) => score(b) - score(a))[0], true);
}

function switchTheme() { change(() => { state.theme = isDark() ? 'light' : 'dark'; readColours(); }); }
function switchView() { change(() => { state.view = state.view === 'graph' ? 'table' : 'graph'; }); if (state.view === 'graph') network.redraw(); }
function escape() {
  change(() => {
    if (state.picking) state.picking = null;
    else if (state.selected) state.selected = null;
    else if (state.focus) state.focus = null;
  });
}

// Under a saved picture: the colours it uses, most frequent class first.
function legendLine(ctx, ratio, width, middle) {
  const counts = new Map();
  for (const index of shownNodes) if (isEntity(index)) counts.set(nodes[index].type, (counts.get(nodes[index].type) || 0) + 1);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.font = `500 12px ${ink.font}`;
  ctx.textBaseline = 'middle';
  let left = 18;
  for (const [type, count] of state.colour === 'class' ? [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]) : []) {
    const text = `${classes[type].label} ${count}`;
    const next = left + 16 + ctx.measureText(text).width + 18;
    if (next > width) break;
    ctx.beginPath();
    ctx.arc(left + 5, middle, 5, 0, 2 * Math.PI);
    ctx.fillStyle = classes[type].colour[isDark() ? 1 : 0];
    ctx.fill();
    ctx.fillStyle = ink.muted;
    ctx.fillText(text, left + 16, middle);
    left = next;
  }
}

function savePicture() {
  const canvas = $('canvas').querySelector('canvas');
  const ratio = canvas.width / canvas.clientWidth;
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height + 34 * ratio });
  const ctx = copy.getContext('2d');
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  legendLine(ctx, ratio, canvas.clientWidth, canvas.clientHeight + 17);
  copy.toBlob((blob) => {
    const link = el('a', { href: URL.createObjectURL(blob), download: 'graph.png' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, 'image/png');
}

const chosen = () => (state.selected && 'node' in state.selected ? state.selected.node : null);
const KEYMAP = {
  '/': () => $('search').focus(), '?': () => $('help').showModal(), Escape: escape,
  p: () => (state.picking ? escape() : startPath(chosen() ?? undefined)), t: switchView, d: switchTheme,
  f: () => chosen() !== null && toggleFocus(chosen()), h: () => chosen() !== null && hideNode(chosen()),
  '+': () => zoom(1.35), '=': () => zoom(1.35), '-': () => zoom(1 / 1.35), 0: () => fit(),
};
const CANVAS_KEYS = {
  ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1),
  Enter: () => chosen() !== null && isEntity(chosen()) && toggleExpand(chosen()),
};
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('help').open || event.target.matches('input:not([type=checkbox]), select')) return;
  const action = KEYMAP[event.key] || (event.target.closest('#canvas') && CANVAS_KEYS[event.key]);
  if (!action) return;
  event.preventDefault();
  action();
});

for (const [id, action] of Object.entries({
  'as-graph': () => state.view !== 'graph' && switchView(), 'as-table': () => state.view !== 'table' && switchView(),
  'path-mode': () => (state.picking ? escape() : startPath()), fit: () => fit(), png: savePicture, theme: switchTheme,
  'zoom-in': () => zoom(1.35), 'zoom-out': () => zoom(1 / 1.35), 'help-open': () => $('help').showModal(),
  reset: () => change(() => { state = { ...fresh(), theme: state.theme }; }, true),
})) $(id).addEventListener('click', action);
darkSystem.addEventListener('change', () => { readColours(); refresh(); });
window.addEventListener('hashchange', () => {
  if (location.hash.slice(1) === written) return;
  restore(location.hash.slice(1));
  readColours();
  refresh();
  reveal();
});

function reveal() {
  const { selected, focus } = state;
  if (selected && 'node' in selected && !focus) { fit(undefined, false); goTo(selected.node); } else if (selected && 'path' in selected) fit(shortestPath(...selected.path) || selected.path);
  else if (selected && 'pair' in selected) fit([pairs[selected.pair].a, pairs[selected.pair].b]);
  else fit();
}

restore(location.hash.slice(1));
readColours();
buildFilters();
refresh();
fit(undefined, false);
if (location.hash) reveal();
// For scripts and tests: where a node is on the page, and what is chosen.
window.kgview = Object.freeze({
  place: (id) => { const box = $('canvas').getBoundingClientRect(); const { x, y } = network.canvasToDOM(nodes[byId.get(id)]); return { x: x + box.left, y: y + box.top }; },
  shown: () => [...shownNodes].map((each) => nodes[each].id),
  lines: () => [...shownPairs].map(([each, visible]) => ({ from: nodes[pairs[each].a].id, to: nodes[pairs[each].b].id, dashed: !pairs[each].solid, facts: visible.length })),
  select: (id) => selectNode(byId.get(id), true),
});
