// The panel on the right: overview, an entity and its facts, a line and its sentences, a path.
const ROWS = 150; // facts listed before "show all"
let listAll = false;

function inspect() {
  const { selected } = state;
  const scroll = $('right').scrollTop;
  const card = state.picking && !(selected && 'path' in selected) ? pathHelp()
    : !selected ? overview()
      : 'node' in selected ? nodeCard(selected.node)
        : 'pair' in selected ? pairCard(selected.pair) : pathCard(...selected.path);
  $('right').replaceChildren(card);
  $('right').scrollTop = scroll;
}

function heading(text, kicker, index) {
  return el('header', {},
    el('p', { class: 'kicker' }, index === undefined ? null : swatch(index), kicker),
    el('h2', { dir: 'auto', tabIndex: -1 }, text),
    state.selected && el('button', { class: 'close', type: 'button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: () => change(() => { state.selected = null; state.picking = null; }) }, '×'));
}

const button = (text, onclick, more = {}) => el('button', { type: 'button', onclick, ...more }, text);

function overview() {
  const top = nodes.map((_, index) => index).filter((index) => isEntity(index) && factsOf[index].some((fact) => factOn[fact])).slice(0, 12);
  const often = relations.map((_, index) => index).sort((a, b) => totals.relation[b] - totals.relation[a] || a - b).slice(0, 8);
  const peak = Math.max(1, ...often.map((index) => totals.relation[index]));
  const hidden = state.hidden.size;
  return el('article', { class: 'card' },
    heading('Overview', plural(articles.length, 'article')),
    el('p', { class: 'lead' }, 'Click an entity for its facts, a line for its sentences.'),
    hidden > 0 && el('p', {}, `${plural(hidden, 'entity', 'entities')} hidden. `, button('Show again', () => change(() => state.hidden.clear()), { class: 'link' })),
    el('h3', {}, 'Most central'),
    el('ul', { class: 'top' }, top.map((index) => el('li', {}, nodeLink(index), el('span', { class: 'faint' }, plural(new Set(factsOf[index]).size, 'fact'))))),
    el('h3', {}, 'Most frequent relations'),
    el('ul', { class: 'bars' }, often.map((index) => {
      const bar = el('span', { class: 'bar-fill' });
      bar.style.width = `${Math.max(2, (100 * totals.relation[index]) / peak)}%`;
      return el('li', { title: relations[index].comment }, bar, el('span', {}, relations[index].label), el('span', { class: 'faint' }, totals.relation[index]));
    })),
    data.omitted > 0 && el('p', { class: 'faint' }, `${plural(data.omitted, 'fact')} with the fewest sentences are not in this page; the graph files have them.`));
}

function nodeCard(index) {
  const node = nodes[index];
  const all = factsOf[index].filter((fact) => passes(facts[fact]));
  const left = factsOf[index].length - all.length;
  const said = all.filter((fact) => facts[fact].mood === STATED);
  const more = moreOf.get(index) || 0;
  const open = state.expanded.has(index);
  const focus = state.focus && state.focus.node === index;
  const own = factsOf[index].map((fact) => facts[fact]).find((fact) => fact.value && fact.o === index);
  return el('article', { class: 'card' },
    heading(node.label, classes[node.type].label + (node.unnamed ? ' · described, not named' : ''), index),
    own && exact(own.value) && el('p', { class: 'exact' }, exact(own.value), own.value.text !== node.label && el('span', { class: 'faint' }, ` “${own.value.text}”`)),
    node.aliases && el('p', { class: 'aliases' }, el('span', { class: 'faint' }, 'also '), node.aliases.map((alias, i) => [i ? ', ' : '', el('bdi', {}, alias)])),
    el('p', { class: 'numbers' }, plural(new Set(factsOf[index]).size, 'fact'), ' · ', plural(node.evidence, 'sentence'), ' · ', plural(node.articles, 'article')),
    el('div', { class: 'actions' },
      isEntity(index) && (more || open) ? button(open ? 'Collapse' : `Expand +${more}`, () => toggleExpand(index)) : null,
      button(focus ? 'Leave focus' : 'Focus', () => toggleFocus(index), { 'aria-pressed': String(Boolean(focus)) }),
      focus && button(state.focus.hops === 1 ? '2 steps' : '1 step', () => change(() => { state.focus = { node: index, hops: 3 - state.focus.hops }; }, true)),
      isEntity(index) && button('Path to …', () => startPath(index)),
      button('Hide', () => hideNode(index)),
      button('Centre', () => goTo(index))),
    groups('Facts', said.filter((fact) => facts[fact].s === index), index),
    groups('Said of it elsewhere', said.filter((fact) => facts[fact].s !== index), index),
    groups('Denied, planned, uncertain or reported', all.filter((fact) => ![STATED, INFERRED].includes(facts[fact].mood)), index),
    groups('Inferred', all.filter((fact) => facts[fact].mood === INFERRED), index),
    !all.length && el('p', { class: 'faint' }, 'No facts pass the filters.'),
    left > 0 && el('p', { class: 'faint' }, `${plural(left, 'fact')} left out by the filters`));
}

// Facts under one heading, gathered by relation.
function groups(title, list, index) {
  if (!list.length) return null;
  const by = new Map();
  for (const fact of list.slice(0, listAll ? Infinity : ROWS)) {
    const key = `${facts[fact].s === index} ${facts[fact].r}`;
    if (!by.has(key)) by.set(key, []);
    by.get(key).push(fact);
  }
  return el('section', {}, el('h3', {}, title, el('span', { class: 'count' }, list.length)),
    [...by.values()].map((members) => {
      const relation = relations[facts[members[0]].r];
      const forward = facts[members[0]].s === index;
      return el('div', { class: 'group' },
        el('h4', { title: relation.comment }, forward ? relation.label : relation.inverse || ['← ', relation.label],
          relation.open && el('span', { class: 'chip plain', title: 'worded so in the article, not in the ontology' }, 'open')),
        members.map((fact) => factRow(fact, nodeLink(forward ? facts[fact].o : facts[fact].s))));
    }),
    list.length > ROWS && !listAll && button(`Show all ${list.length}`, () => { listAll = true; inspect(); }));
}

function factRow(index, label, open = false) {
  const fact = facts[index];
  const count = fact.claims.filter(claimOn).length + (fact.more || 0);
  const value = fact.value && exact(fact.value);
  const id = `sentences-${index}`;
  const list = el('div', { id, hidden: !open });
  if (open) list.append(evidenceList(index));
  const toggle = el('button', { type: 'button', class: 'sentences', 'aria-expanded': String(open), 'aria-controls': id, onclick: () => {
    list.hidden = !list.hidden;
    toggle.setAttribute('aria-expanded', String(!list.hidden));
    if (!list.hasChildNodes()) list.append(evidenceList(index));
  } }, plural(count, 'sentence'));
  return el('div', { class: 'fact' }, el('div', { class: 'row' }, label, value && value !== nodes[fact.o].label && el('span', { class: 'faint exact' }, value), moodChip(fact), toggle), list);
}

function statement(index) {
  const fact = facts[index];
  const relation = relations[fact.r];
  return el('span', { class: 'statement' }, nodeLink(fact.s), ' ', el('b', { title: relation.comment }, relation.label), ' ', nodeLink(fact.o));
}

function pairCard(index) {
  const pair = pairs[index];
  const on = pair.facts.filter((fact) => passes(facts[fact]));
  const twin = pairsOf[pair.a].find((other) => other !== index && otherEnd(pairs[other], pair.a) === pair.b);
  const also = twin === undefined ? [] : pairs[twin].facts.filter((fact) => passes(facts[fact]));
  const { s, o } = facts[pair.facts[0]];
  const rows = (list) => list.map((fact) => factRow(fact, statement(fact), list.length <= 6));
  return el('article', { class: 'card pair' },
    heading(`${nodes[s].label} – ${nodes[o].label}`, pair.solid ? plural(on.length, 'fact') : `${plural(on.length, 'fact')}, not asserted`),
    rows(on),
    also.length ? el('section', {}, el('h3', {}, pair.solid ? (also.every((fact) => facts[fact].mood === INFERRED) ? 'Inferred' : 'Denied, planned, uncertain or reported') : 'Stated'), rows(also)) : null);
}

function pathHelp() {
  const [first] = state.picking;
  return el('article', { class: 'card' }, heading('Shortest path', 'Path'),
    el('p', { class: 'lead' }, first === undefined ? 'Pick the first entity: click it or search for it.' : ['From ', nodeLink(first), '. Now pick the second.']),
    button('Cancel', () => change(() => { state.picking = null; })));
}

function pathCard(from, to) {
  const path = shortestPath(from, to);
  if (!path) {
    return el('article', { class: 'card' }, heading('No path', `${nodes[from].label} – ${nodes[to].label}`),
      el('p', { class: 'lead' }, 'Nothing that passes the filters connects them. Ticking more moods, classes or relations may.'));
  }
  const steps = path.slice(1).map((index, i) => {
    const between = factsOf[index].filter((fact) => factOn[fact] && (facts[fact].s === path[i] || facts[fact].o === path[i]));
    return el('li', {}, between.map((fact) => factRow(fact, statement(fact))));
  });
  return el('article', { class: 'card' },
    heading(`${nodes[from].label} → ${nodes[to].label}`, `Shortest path · ${plural(steps.length, 'step')}`), el('ol', { class: 'steps' }, steps));
}
