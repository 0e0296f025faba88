// The same facts as a table: for screen readers, for printing, for reading in order. Follows the filters.
const PAGE = 100;
const COLUMNS = [
  ['Subject', (fact) => nodes[fact.s].label],
  ['Relation', (fact) => relations[fact.r].label],
  ['Object', (fact) => nodes[fact.o].label],
  ['Statement', (fact) => MOOD_NAMES[fact.mood]],
  ['Sentences', (fact) => fact.claims.filter(claimOn).length + (fact.more || 0)],
  ['First reported', (fact) => fact.claims.filter(claimOn).map((claim) => articles[sentences[claim.q][0]].date).filter(Boolean).sort()[0] || ''],
];
let sorting = { column: 4, down: true };
let page = 0;
const order = new Intl.Collator('en', { numeric: true });

function showTable() {
  if (state.view !== 'table') return;
  const value = COLUMNS[sorting.column][1];
  const { selected } = state;
  const only = selected && 'node' in selected ? selected.node : null;
  const rows = facts.map((fact, i) => [fact, i]).filter(([fact, i]) => factOn[i] && (only === null || fact.s === only || fact.o === only))
    .map(([fact, i]) => [fact, i, value(fact)]);
  rows.sort((a, b) => (typeof a[2] === 'number' ? a[2] - b[2] : order.compare(a[2], b[2])) * (sorting.down ? -1 : 1) || a[1] - b[1]);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  page = Math.min(page, pages - 1);
  const head = el('tr', {}, COLUMNS.map(([title], column) => el('th', { scope: 'col', 'aria-sort': column === sorting.column ? (sorting.down ? 'descending' : 'ascending') : 'none' },
    button(title, () => { sorting = { column, down: column === sorting.column ? !sorting.down : column >= 4 }; page = 0; showTable(); $('table').querySelectorAll('th button')[column].focus(); }))));
  const body = rows.slice(page * PAGE, (page + 1) * PAGE).map(([fact, i]) => el('tr', { class: selected && 'pair' in selected && pairOfFact[i] === selected.pair ? 'current' : '' },
    el('th', { scope: 'row' }, nodeLink(fact.s)), el('td', { title: relations[fact.r].comment }, relations[fact.r].label), el('td', {}, nodeLink(fact.o)),
    el('td', {}, el('span', { class: `chip ${fact.mood}`, title: MOOD_HINTS[fact.mood] }, MOOD_NAMES[fact.mood].toLowerCase())),
    el('td', { class: 'number' }, button(plural(COLUMNS[4][1](fact), 'sentence'), () => selectPair(pairOfFact[i]), { class: 'link' })),
    el('td', { class: 'number' }, COLUMNS[5][1](fact) && longDate(COLUMNS[5][1](fact)))));
  const turn = (by) => () => { page += by; showTable(); $('table').scrollTop = 0; };
  const caption = only === null ? 'Facts that pass the filters' : `Facts about ${nodes[only].label}`;
  $('table').replaceChildren(
    el('table', {}, el('caption', {}, el('b', {}, caption), ` ${plural(rows.length, 'fact')}`, only !== null && button('show all facts', () => change(() => { state.selected = null; }), { class: 'link' })),
      el('thead', {}, head), el('tbody', {}, body)),
    el('p', { class: 'pages' }, button('Previous', turn(-1), { disabled: page === 0 }), ` page ${page + 1} of ${pages} `, button('Next', turn(1), { disabled: page === pages - 1 })));
}
