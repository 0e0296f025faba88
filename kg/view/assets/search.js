// Search in names and aliases: exact first, then beginnings, then beginnings of words, then anywhere; central entities first.
const index = nodes.map((node) => [node.label, ...(node.aliases || [])].map((name) => [fold(name), name]));
const MATCHES = 12;
let found = [];
let active = -1;

function matches(words) {
  const wanted = fold(words.trim());
  if (!wanted) return [];
  const scored = [];
  index.forEach((names, i) => {
    let best = 9;
    let by = '';
    for (const [name, shown] of names) {
      const at = name.indexOf(wanted);
      if (at < 0) continue;
      const score = (name === wanted ? 0 : at === 0 ? 1 : /\W/.test(name[at - 1]) ? 2 : 3) + (isEntity(i) ? 0 : 4);
      if (score < best) [best, by] = [score, shown];
    }
    if (best < 9) scored.push([best, i, by]);
  });
  return scored.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function showMatches() {
  const all = matches($('search').value);
  found = all.slice(0, MATCHES);
  active = found.length ? 0 : -1;
  $('results').replaceChildren(...found.map(([, i, by], row) => el('li', { role: 'option', id: `match-${row}`, onmousedown: (event) => { event.preventDefault(); jump(row); } },
    swatch(i), el('span', { class: 'name', dir: 'auto' }, nodes[i].label, by !== nodes[i].label && el('span', { class: 'faint' }, ` ${by}`)), el('span', { class: 'faint' }, classes[nodes[i].type].label))),
  ...(all.length > MATCHES ? [el('li', { class: 'faint note' }, `${all.length - MATCHES} more; type on`)] : []),
  ...(!all.length && $('search').value.trim() ? [el('li', { class: 'faint note' }, 'No entity of that name')] : []));
  const open = $('results').hasChildNodes();
  $('results').hidden = !open;
  $('search').setAttribute('aria-expanded', String(open));
  mark();
}

function mark() {
  [...$('results').children].forEach((item, row) => item.setAttribute('aria-selected', String(row === active)));
  if (active >= 0) $('search').setAttribute('aria-activedescendant', `match-${active}`);
  else $('search').removeAttribute('aria-activedescendant');
}

function closeMatches() {
  $('results').hidden = true;
  $('search').setAttribute('aria-expanded', 'false');
}

function jump(row) {
  if (!found[row]) return;
  const [, i] = found[row];
  $('search').value = '';
  closeMatches();
  if (!picked(i)) selectNode(i, true);
  (state.view === 'graph' ? $('canvas') : $('right')).focus({ preventScroll: true });
}

$('search').addEventListener('input', showMatches);
$('search').addEventListener('blur', closeMatches);
$('search').addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!found.length) return;
    active = (active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
    mark();
  } else if (event.key === 'Enter') jump(active);
  else if (event.key === 'Escape') {
    event.stopPropagation();
    $('search').value = '';
    closeMatches();
    $('canvas').focus();
  }
});
