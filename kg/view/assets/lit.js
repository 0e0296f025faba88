// The selection: everything is veiled, then what belongs to it is drawn again in full colour.
function veil(ctx, view) {
  ctx.globalAlpha = isDark() ? 0.86 : 0.83;
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.globalAlpha = 1;
}

function drawLit(ctx, at) {
  for (const index of lights.lines) drawLine(ctx, index, at, 1.8);
  for (const index of lights.lit) if (shownNodes.has(index)) drawDot(ctx, index, at(nodes[index]));
}

function drawDot(ctx, index, spot) {
  const chosen = isChosen(index);
  const hollow = nodes[index].unnamed;
  const colour = colourOf(index);
  ctx.beginPath();
  ctx.arc(spot.x, spot.y, spot.r, 0, 2 * Math.PI);
  ctx.fillStyle = hollow ? ink.ground : colour;
  ctx.fill();
  ctx.strokeStyle = hollow ? colour : ink.ground;
  ctx.lineWidth = hollow ? 2.2 : 1.5;
  ctx.stroke();
  if (chosen) ring(ctx, spot);
}

function ring(ctx, spot) {
  ctx.beginPath();
  ctx.arc(spot.x, spot.y, spot.r + 3.5, 0, 2 * Math.PI);
  ctx.strokeStyle = ink.accent;
  ctx.lineWidth = 2.5;
  ctx.stroke();
}

// A line from rim to rim, bent and dashed as its mood wants, with an arrow for each direction it stands for.
function drawLine(ctx, index, at, width) {
  const pair = pairs[index];
  const visible = shownPairs.get(index);
  const [one, two] = [at(nodes[pair.a]), at(nodes[pair.b])];
  const via = bend(pair);
  const rim = (end, to) => {
    const length = Math.hypot(to.x - end.x, to.y - end.y) || 1;
    return { x: end.x + ((to.x - end.x) / length) * (end.r + 1), y: end.y + ((to.y - end.y) / length) * (end.r + 1) };
  };
  const [start, stop] = [rim(one, via || two), rim(two, via || one)];
  ctx.beginPath();
  ctx.moveTo(start.x, start.y);
  if (via) ctx.quadraticCurveTo(via.x, via.y, stop.x, stop.y);
  else ctx.lineTo(stop.x, stop.y);
  ctx.strokeStyle = pair.solid ? ink.accent : ink[moodOf(visible)];
  ctx.lineWidth = width * thickness(pair, visible);
  ctx.setLineDash(pair.solid ? [] : DASHES[moodOf(visible)]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (hasValue(pair)) return;
  if (visible.some((fact) => facts[fact].s === pair.a)) arrow(ctx, via || one, stop);
  if (visible.some((fact) => facts[fact].s === pair.b)) arrow(ctx, via || two, start);
}

function arrow(ctx, from, tip) {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  ctx.save();
  ctx.translate(tip.x, tip.y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-9, -4);
  ctx.lineTo(-7, 0);
  ctx.lineTo(-9, 4);
  ctx.closePath();
  ctx.fillStyle = ctx.strokeStyle;
  ctx.fill();
  ctx.restore();
}
