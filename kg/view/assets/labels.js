// Writing on the canvas, as on a map: constant size on screen, most important first, nothing over anything else.
let hoverNode = null;
let hoverPair = null;
let spots = []; // clickable labels of the last picture: {node | pair, left, top, right, bottom} in CSS pixels

const widths = new Map();
function widthOf(ctx, text) {
  const key = `${ctx.font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}
const cut = (text, limit) => (text.length > limit ? `${[...text].slice(0, limit - 1).join('').trimEnd()}…` : text);

// Taken places on a grid of cells, so that 1,500 labels are tested in a few milliseconds.
class Places {
  constructor() { this.cells = new Map(); }

  * keys(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x += 1) {
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y += 1) yield x * 100003 + y;
    }
  }

  free(box, own) {
    for (const key of this.keys(box)) for (const other of this.cells.get(key) || []) {
      if (other.own !== own && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
    }
    return true;
  }

  take(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}
const boxAt = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

// Where the lines of a node lead on average (length 0 to 1): its label goes to the other side.
const pulls = new Map();
function measurePulls() {
  pulls.clear();
  const sums = new Map([...shownNodes].map((index) => [index, { x: 0, y: 0, n: 0 }]));
  for (const line of shownPairs.keys()) {
    const { a, b } = pairs[line];
    const [x, y] = [nodes[b].x - nodes[a].x, nodes[b].y - nodes[a].y];
    const length = Math.hypot(x, y) || 1;
    for (const [index, sign] of [[a, 1], [b, -1]]) {
      const sum = sums.get(index);
      sum.x += (sign * x) / length;
      sum.y += (sign * y) / length;
      sum.n += 1;
    }
  }
  for (const [index, { x, y, n }] of sums) if (n) pulls.set(index, { x: x / n, y: y / n });
}

function relationText(visible) {
  const names = [...new Set(visible.map((fact) => relations[facts[fact].r].label))];
  return names.length <= 2 ? names.map((name) => cut(name, 40)).join(' · ') : `${cut(names[0], 40)} +${names.length - 1}`;
}

network.on('afterDrawing', (ctx) => {
  const scale = network.getScale();
  const matrix = ctx.getTransform();
  const ratio = matrix.a / scale;
  const view = { width: ctx.canvas.width / ratio, height: ctx.canvas.height / ratio };
  const at = (node) => ({ x: node.x * scale + matrix.e / ratio, y: node.y * scale + matrix.f / ratio, r: node.size * scale });
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  spots = [];
  const places = new Places();
  const discs = new Places();
  const near = new Set(hoverNode === null ? [] : [hoverNode]);
  if (lights) {
    veil(ctx, view);
    drawLit(ctx, at);
  }
  if (hoverNode !== null && shownNodes.has(hoverNode)) {
    for (const index of pairsOf[hoverNode].filter((each) => shownPairs.has(each))) {
      near.add(otherEnd(pairs[index], hoverNode));
      drawLine(ctx, index, at, 1.3);
    }
    for (const index of near) drawDot(ctx, index, at(nodes[index]));
  }
  if (hoverPair !== null && shownPairs.has(hoverPair)) near.add(pairs[hoverPair].a).add(pairs[hoverPair].b);

  const visible = [];
  for (const index of shownNodes) {
    const spot = at(nodes[index]);
    if (spot.x < -200 || spot.y < -60 || spot.x > view.width + 200 || spot.y > view.height + 60) continue;
    const lit = near.has(index) || (lights && lights.lit.has(index));
    visible.push({ index, spot, lit, order: (index === hoverNode ? -3e9 : near.has(index) ? -2e9 : lit ? -1e9 : 0) + (isEntity(index) ? index : facts[factsOf[index][0]].s + 0.5) });
    if (isEntity(index) && spot.r > 3.5 && (!lights || lit)) discs.take({ ...boxAt(spot.x, spot.y, spot.r * 1.7, spot.r * 1.7), own: index });
  }
  visible.sort((one, two) => one.order - two.order);
  for (const { index, spot, lit } of visible) {
    if (lights && !lit) continue;
    if (isEntity(index)) name(ctx, places, discs, index, spot, lit);
    else pill(ctx, places, discs, index, spot, lit, scale);
  }
  if (hoverNode !== null && shownNodes.has(hoverNode)) ring(ctx, at(nodes[hoverNode]));
  if (scale > 0.5 || lights) for (const { index, spot } of visible) if (moreOf.has(index) && (!lights || isChosen(index))) more(ctx, places, index, spot);
  lines(ctx, places, discs, at, scale, view);
  ctx.restore();
});

function write(ctx, text, x, y, colour) {
  ctx.strokeStyle = ink.ground;
  ctx.lineWidth = 3.5;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

const OVERVIEW = 36; // the most central entities are named at any zoom, where there is room
function name(ctx, places, discs, index, spot, lit) {
  if (!lit && spot.r < 3.6 && index > OVERVIEW) return;
  const node = nodes[index];
  const [size, weight] = node.size > 19 ? [14, 650] : node.size > 12.5 ? [12.5, 550] : [11.5, 450];
  ctx.font = `${node.unnamed ? 'italic ' : ''}${weight} ${size}px ${ink.font}`;
  const text = cut(node.label, lit ? 48 : 30);
  const [width, height] = [widthOf(ctx, text), size + 3];
  const [beside, below] = [spot.r + width / 2 + 5, spot.r + height / 2 + 2];
  const pull = pulls.get(index) || { x: 0, y: 0 };
  const tries = [[0, below], [0, -below], [beside, 0], [-beside, 0]];
  const against = ([x, y]) => Math.sign(x) * pull.x + Math.sign(y) * pull.y;
  if (Math.hypot(pull.x, pull.y) > 0.35) tries.sort((a, b) => against(a) + (a[0] ? 0.5 : 0) - (a[1] > 0 ? 0.3 : 0) - against(b) - (b[0] ? 0.5 : 0) + (b[1] > 0 ? 0.3 : 0));
  const options = tries.map(([dx, dy]) => ({ ...boxAt(spot.x + dx, spot.y + dy, width + 4, height), own: index, node: index })).filter((each) => places.free(each, index));
  // Important names may cover dots where nothing else is free, but never other names.
  const inside = (each) => each.left > 4 && each.right < ctx.canvas.clientWidth - 4;
  const box = options.find((each) => inside(each) && discs.free(each, index)) || options.find((each) => discs.free(each, index))
    || (lit || index <= OVERVIEW ? options[0] : undefined);
  if (!box) return;
  places.take(box);
  spots.push(box);
  write(ctx, text, (box.left + box.right) / 2, (box.top + box.bottom) / 2, ink.ink);
}

function pill(ctx, places, discs, index, spot, lit, scale) {
  if (!lit && scale < 0.55) return;
  const node = nodes[index];
  const phrase = node.kind === 'phrase';
  ctx.font = `${phrase ? 'italic 450' : '600'} 11.5px ${ink.font}`;
  const text = cut(node.label, lit ? 44 : 26);
  const [width, height] = [widthOf(ctx, text) + 14, 19];
  const away = pulls.get(index) || { x: 0, y: 0 }; // its only line leads to the subject: try there first, then further out
  const options = [0, 8, 16, 26, 38].map((by) => ({ ...boxAt(spot.x - away.x * by, spot.y - away.y * by, width, height), own: index, node: index }))
    .filter((each) => places.free(each, index));
  const box = options.find((each) => discs.free(each, index)) || (lit ? options[0] : undefined);
  if (!box) return;
  places.take(box);
  spots.push(box);
  const colour = colourOf(index);
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, width, height, phrase ? 5 : height / 2);
  ctx.fillStyle = ink.ground;
  ctx.fill();
  ctx.globalAlpha = 0.13;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = index === hoverNode ? 1 : 0.5;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.fillStyle = phrase ? ink.muted : colour;
  ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5);
}

function more(ctx, places, index, spot) {
  const text = `+${moreOf.get(index)}`;
  ctx.font = `600 10px ${ink.font}`;
  const width = widthOf(ctx, text) + 9;
  const box = { ...boxAt(spot.x + spot.r * 0.75 + width / 2, spot.y - spot.r * 0.75 - 4, width, 15), own: index };
  if (!places.free(box, index)) return;
  places.take(box);
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, width, 15, 7.5);
  ctx.fillStyle = ink.surface;
  ctx.fill();
  ctx.strokeStyle = ink.line;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = ink.muted;
  ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5);
}

// The bend of a line that is not stated, as vis-network draws it: a quadratic curve. Screen pixels.
function bend(pair) {
  const via = pair.solid ? null : network.body.edges[pair.index]?.edgeType?.getViaNode?.(); // in graph units
  return via ? network.canvasToDOM({ x: via.x, y: via.y }) : null;
}

function middle(pair, one, two) {
  const via = bend(pair);
  return via ? { x: (one.x + 2 * via.x + two.x) / 4, y: (one.y + 2 * via.y + two.y) / 4 } : { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
}

// Names of relations along the lines, and how many facts a line stands for.
function lines(ctx, places, discs, at, scale, view) {
  const wanted = [];
  for (const [index, visible] of shownPairs) {
    const pair = pairs[index];
    const lit = index === hoverPair || (hoverNode !== null && (pair.a === hoverNode || pair.b === hoverNode)) || (lights && lights.lines.has(index));
    if (!lit && (scale < 0.35 || lights)) continue;
    const [one, two] = [at(nodes[pair.a]), at(nodes[pair.b])];
    const length = Math.hypot(two.x - one.x, two.y - one.y) - one.r - two.r;
    const spot = middle(pair, one, two);
    if (length < 26 || spot.x < 0 || spot.y < 0 || spot.x > view.width || spot.y > view.height) continue;
    wanted.push({ index, visible, pair, one, two, length, spot, lit, order: index === hoverPair ? -1 : lit ? 0 : 1 });
  }
  wanted.sort((a, b) => a.order - b.order || b.visible.length - a.visible.length || a.index - b.index);
  for (const { index, visible, pair, one, two, length, spot, lit, order } of wanted) {
    const colour = pair.solid ? (lit ? ink.accent : ink.muted) : ink[moodOf(visible)];
    ctx.font = `${lit ? 550 : 450} 10.5px ${ink.font}`;
    const text = relationText(visible);
    const width = widthOf(ctx, text);
    const fits = width + 10 < length;
    if (order < 0 && !fits) spot.y -= Math.max(one.r, two.r) + 14; // the line under the pointer is always named
    if ((lit || scale > 0.62) && (fits || order < 0) && along(ctx, places, text, width, spot, fits ? [one, two] : [{ x: 0, y: 0 }, { x: 1, y: 0 }], colour, order < 0)) {
      spots.push({ ...boxAt(spot.x, spot.y, 24, 16), pair: index });
      continue;
    }
    if (visible.length > 1) badge(ctx, places, discs, String(visible.length), spot, colour, index);
  }
}

function along(ctx, places, text, width, spot, [one, two], colour, always) {
  let angle = Math.atan2(two.y - one.y, two.x - one.x);
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle < -Math.PI / 2) angle += Math.PI;
  const steps = Math.ceil(width / 12);
  const boxes = Array.from({ length: steps + 1 }, (_, i) => {
    const away = (i / steps - 0.5) * width;
    return boxAt(spot.x + Math.cos(angle) * away, spot.y + Math.sin(angle) * away, 11, 11);
  });
  if (!always && !boxes.every((box) => places.free(box))) return false;
  boxes.forEach((box) => places.take(box));
  ctx.save();
  ctx.translate(spot.x, spot.y);
  ctx.rotate(angle);
  ctx.strokeStyle = ink.ground;
  ctx.lineWidth = 5;
  ctx.strokeText(text, 0, 0);
  ctx.fillStyle = colour;
  ctx.fillText(text, 0, 0);
  ctx.restore();
  return true;
}

function badge(ctx, places, discs, text, spot, colour, index) {
  ctx.font = `600 10px ${ink.font}`;
  const width = Math.max(widthOf(ctx, text) + 8, 15);
  const box = { ...boxAt(spot.x, spot.y, width, 15), pair: index };
  if (!places.free(box) || !discs.free(box)) return;
  places.take(box);
  spots.push(box);
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, width, 15, 7.5);
  ctx.fillStyle = ink.ground;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = colour;
  ctx.fillText(text, spot.x, spot.y + 0.5);
}
