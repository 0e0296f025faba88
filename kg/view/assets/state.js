// What the reader has chosen, what follows from it, and the address that keeps it.
const plainMoods = moods.filter((mood) => mood !== STATED);
const fresh = () => ({
  off: { class: new Set(), relation: new Set(), article: new Set(), mood: new Set(plainMoods) },
  from: '', to: '', confidence: 0, named: false,
  selected: null, // {node} | {pair} | {path: [from, to]}
  picking: null, // null | [] | [first]: path mode
  focus: null, // {node, hops}
  hidden: new Set(), // nodes taken away by hand
  expanded: new Set(), // nodes whose whole neighbourhood is wanted
  wanted: new Set(), // nodes brought in by search or by a path
  view: 'graph', colour: 'class', theme: '',
});
let state = fresh();

const factOn = new Uint8Array(facts.length); // passes the filters
let shownNodes = new Set();
let shownPairs = new Map(); // pair -> its visible facts
let moreOf = new Map(); // node -> neighbours that pass the filters but are not drawn

function claimOn(claim) {
  const article = sentences[claim.q][0];
  if (state.off.article.has(article) || claim.conf < state.confidence) return false;
  const date = articles[article].date || '';
  return !((state.from && date < state.from) || (state.to && (!date || date > state.to)));
}

// Mood aside, because cards list denied facts even while their lines are off.
function passes(fact) {
  if (state.named && (nodes[fact.s].unnamed || nodes[fact.o].unnamed)) return false;
  return !state.off.relation.has(fact.r) && !state.off.class.has(nodes[fact.s].type) && !state.off.class.has(nodes[fact.o].type)
    && fact.claims.some(claimOn);
}

function derive() {
  facts.forEach((fact, index) => { factOn[index] = !state.off.mood.has(fact.mood) && passes(fact) ? 1 : 0; });
  const drawn = new Set(state.wanted);
  nodes.forEach((node, index) => { if (node.first) drawn.add(index); });
  for (const index of state.expanded) for (const other of neighbours(index)) drawn.add(other);
  if (state.focus) {
    const near = within(state.focus.node, state.focus.hops);
    drawn.clear();
    for (const index of near) drawn.add(index);
  }
  for (const index of state.hidden) drawn.delete(index);
  shownPairs = new Map();
  shownNodes = new Set();
  for (const pair of pairs) {
    if (pair.a === pair.b || !drawn.has(pair.a) || !drawn.has(pair.b)) continue;
    const visible = pair.facts.filter((fact) => factOn[fact]);
    if (!visible.length) continue;
    shownPairs.set(pair.index, visible);
    shownNodes.add(pair.a).add(pair.b);
  }
  const kept = [...state.wanted, ...(state.selected && 'node' in state.selected ? [state.selected.node] : [])];
  for (const index of kept) if (!state.hidden.has(index) && (!state.focus || drawn.has(index))) shownNodes.add(index);
  moreOf = new Map();
  for (const index of shownNodes) {
    if (!isEntity(index)) continue;
    const more = neighbours(index).filter((other) => !shownNodes.has(other) && !state.hidden.has(other));
    if (more.length) moreOf.set(index, more.length);
  }
}

function neighbours(index) {
  const found = new Set();
  for (const fact of factsOf[index]) if (factOn[fact]) found.add(facts[fact].s === index ? facts[fact].o : facts[fact].s);
  found.delete(index);
  return [...found].sort((a, b) => a - b);
}

const FOCUS_LIMIT = 400;
function within(start, hops) {
  let edge = [start];
  const found = new Set(edge);
  for (let hop = 0; hop < hops; hop += 1) {
    const next = [];
    for (const index of edge) for (const other of neighbours(index)) {
      if (!found.has(other) && found.size < FOCUS_LIMIT) { found.add(other); next.push(other); }
    }
    edge = next;
  }
  return found;
}

// Breadth first over visible facts, drawn or not, through entities only; better ranked entities first.
function shortestPath(from, to) {
  const before = new Map([[from, -1]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const index of edge) for (const other of neighbours(index)) {
      if (before.has(other) || (!isEntity(other) && other !== to)) continue;
      before.set(other, index);
      next.push(other);
    }
    edge = next;
  }
  if (!before.has(to)) return null;
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0]));
  return path;
}

// A list of what is off becomes a list of what is on where that is shorter.
function writeList(query, name, off, keys) {
  if (!off.size) return;
  const few = off.size <= keys.length / 2;
  for (let i = 0; i < keys.length; i += 1) if (off.has(i) === few) query.append(`${few ? 'no' : 'only'}.${name}`, keys[i]);
  if (off.size === keys.length) query.append(`only.${name}`, '');
}
function readList(query, name, keys) {
  const only = query.getAll(`only.${name}`);
  const no = new Set(query.getAll(`no.${name}`));
  const on = new Set(only);
  return new Set(keys.map((_, i) => i).filter((i) => (only.length ? !on.has(keys[i]) : no.has(keys[i]))));
}
const KEYS = {
  class: classes.map(classKey), relation: relations.map((relation) => relation.id), article: articles.map((article) => article.id),
};

function hash() {
  const query = new URLSearchParams();
  const id = (index) => nodes[index].id;
  const { selected } = state;
  if (selected && 'node' in selected) query.set('node', id(selected.node));
  if (selected && 'pair' in selected) {
    const pair = pairs[selected.pair];
    for (const end of [pair.a, pair.b]) query.append(pair.solid ? 'edge' : 'dashed', id(end));
  }
  if (selected && 'path' in selected) selected.path.forEach((index) => query.append('path', id(index)));
  if (state.focus) { query.set('focus', id(state.focus.node)); query.set('hops', state.focus.hops); }
  for (const [name, set] of [['hide', state.hidden], ['expand', state.expanded], ['with', state.wanted]]) {
    for (const index of set) query.append(name, id(index));
  }
  const on = moods.filter((mood) => !state.off.mood.has(mood));
  if (on.join() !== STATED) query.set('moods', on.join(','));
  for (const name of ['class', 'relation', 'article']) writeList(query, name, state.off[name], KEYS[name]);
  for (const name of ['from', 'to', 'theme']) if (state[name]) query.set(name, state[name]);
  if (state.confidence) query.set('confidence', state.confidence);
  if (state.named) query.set('named', '1');
  if (state.view !== 'graph') query.set('view', state.view);
  if (state.colour !== 'class') query.set('colour', state.colour);
  return query.toString();
}

function restore(text) {
  const query = new URLSearchParams(text);
  const found = (name) => query.getAll(name).map((id) => byId.get(id)).filter((index) => index !== undefined);
  state = fresh();
  const [node] = found('node');
  const ends = found('edge').length === 2 ? found('edge') : found('dashed');
  const path = found('path');
  if (node !== undefined) state.selected = { node };
  else if (ends.length === 2) {
    const pair = pairsOf[ends[0]].find((index) => otherEnd(pairs[index], ends[0]) === ends[1] && pairs[index].solid === query.has('edge'));
    if (pair !== undefined) state.selected = { pair };
  } else if (path.length === 2) state.selected = { path };
  const [focus] = found('focus');
  if (focus !== undefined) state.focus = { node: focus, hops: query.get('hops') === '2' ? 2 : 1 };
  state.hidden = new Set(found('hide'));
  state.expanded = new Set(found('expand'));
  state.wanted = new Set(found('with'));
  if (query.has('moods')) {
    const on = query.get('moods').split(',');
    state.off.mood = new Set(moods.filter((mood) => !on.includes(mood)));
  }
  for (const name of ['class', 'relation', 'article']) state.off[name] = readList(query, name, KEYS[name]);
  const day = (name) => (/^\d{4}-\d\d-\d\d$/.test(query.get(name) || '') ? query.get(name) : '');
  state.from = day('from');
  state.to = day('to');
  state.confidence = Math.min(Math.max(Number(query.get('confidence')) || 0, 0), 1);
  state.named = query.get('named') === '1';
  if (query.get('view') === 'table') state.view = 'table';
  if (query.get('colour') === 'community') state.colour = 'community';
  if (['light', 'dark'].includes(query.get('theme'))) state.theme = query.get('theme');
}
