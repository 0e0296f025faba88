// The panel on the left: legend and filters in one. Every row can be ticked off, or be the only one.
const LONG = 12; // rows from which a list gets a search field and a scroll bar
const boxes = []; // [name, key, checkbox, row]

function section(name, title, rows, open, ...extra) {
  const set = () => state.off[name];
  const keys = rows.map((row) => row.key);
  const list = el('ul', { class: rows.length > LONG ? 'rows long' : 'rows' }, rows.map((row) => {
    const box = el('input', { type: 'checkbox', onchange: () => change(() => { if (box.checked) set().delete(row.key); else set().add(row.key); }) });
    const item = el('li', { 'data-key': row.name },
      el('label', { title: row.hint }, box, row.sign, el('span', { class: 'name', dir: 'auto' }, row.label), el('span', { class: 'count' }, row.count.toLocaleString('en'))),
      el('button', { type: 'button', class: 'only', 'aria-label': `Only ${row.label}`, onclick: () => change(() => {
        state.off[name] = new Set(keys.filter((key) => key !== row.key));
      }) }, 'only'));
    boxes.push([name, row.key, box, item]);
    return item;
  }));
  const look = rows.length > LONG && el('input', { type: 'search', class: 'look', placeholder: `Find in ${rows.length} …`, 'aria-label': `Find in ${title.toLowerCase()}`, oninput: () => {
    const words = fold(look.value);
    [...list.children].forEach((item, i) => { item.hidden = !fold(rows[i].label).includes(words); });
  } });
  const all = (none) => (event) => { event.preventDefault(); change(() => { state.off[name] = new Set(none ? keys : []); }); };
  return el('details', { open, id: `filter-${name}` },
    el('summary', {}, el('h2', {}, title), el('span', { class: 'pick' }, button('all', all(false), { 'aria-label': `All ${title.toLowerCase()}` }), button('none', all(true), { 'aria-label': `No ${title.toLowerCase()}` }))),
    look, list, extra);
}

function buildFilters() {
  const line = (mood) => el('span', { class: `line ${mood}`, 'aria-hidden': 'true' });
  const dot = (entry) => { const sign = el('span', { class: `dot ${entry.kind}`, 'aria-hidden': 'true' }); sign.dataset.sign = classKey(entry); return sign; };
  const ofClasses = (test) => classes.map((entry, key) => ({ key, name: classKey(entry), label: entry.label, count: totals.class[key], sign: dot(entry), test: test(entry) })).filter((row) => row.test);
  const byCount = (list, name, more) => list.map((entry, key) => ({ key, name: entry.id, count: totals[name][key], ...more(entry) })).sort((a, b) => b.count - a.count || a.key - b.key);
  const dates = articles.map((article) => article.date).filter(Boolean).sort();
  const day = (name, label) => el('label', {}, label, el('input', { type: 'date', id: `date-${name}`, min: dates[0], max: dates.at(-1), onchange: (event) => change(() => { state[name] = event.target.value; }) }));
  const period = dates.length > 1 && el('div', { class: 'period' }, day('from', 'from'), day('to', 'to'));
  const share = el('output', { id: 'confidence-share' });
  const sure = el('div', { class: 'slider' }, el('label', { for: 'confidence' }, 'Confidence at least ', share),
    el('input', { type: 'range', id: 'confidence', min: 0, max: 100, step: 5, oninput: (event) => { share.textContent = `${event.target.value} %`; }, onchange: (event) => change(() => { state.confidence = event.target.value / 100; }) }));
  const colour = el('select', { id: 'colour', onchange: (event) => change(() => { state.colour = event.target.value; }) },
    el('option', { value: 'class' }, 'class'), el('option', { value: 'community' }, 'community'));
  const unnamed = nodes.filter((node) => node.unnamed).length;
  const named = el('input', { type: 'checkbox', id: 'named', onchange: () => change(() => { state.named = named.checked; }) });
  $('filters').append(
    section('mood', 'Statements', moods.map((mood) => ({ key: mood, name: mood, label: MOOD_NAMES[mood], hint: MOOD_HINTS[mood], count: totals.mood[mood], sign: line(mood) })), true),
    section('class', 'Classes', [...ofClasses((entry) => entry.kind === 'entity'), ...ofClasses((entry) => entry.kind !== 'entity')], true,
      unnamed > 0 && el('label', { class: 'choice', title: 'leave out what the articles only describe: hollow dots' }, named, 'Named entities only', el('span', { class: 'count' }, `−${unnamed.toLocaleString('en')}`)),
      el('label', { class: 'choice' }, 'Colour by ', colour)),
    section('relation', 'Relations', byCount(relations, 'relation', (relation) => ({ label: relation.label, hint: relation.comment, sign: relation.open ? el('span', { class: 'open-sign', title: 'worded so in an article, not in the ontology' }, 'open') : null })), relations.length <= 40, sure),
    section('article', 'Articles', byCount(articles, 'article', (article) => ({ label: article.title, hint: [article.id, article.date].filter(Boolean).join(' · ') })), articles.length <= 40, period));
}

function updateFilters() {
  for (const [name, key, box, row] of boxes) {
    box.checked = !state.off[name].has(key);
    row.classList.toggle('off', !box.checked);
  }
  for (const sign of $('filters').querySelectorAll('[data-sign]')) {
    const entry = classes.find((each) => classKey(each) === sign.dataset.sign);
    sign.style.setProperty('--dot', state.colour === 'class' ? entry.colour[isDark() ? 1 : 0] : ink.muted);
  }
  for (const name of ['from', 'to']) if ($(`date-${name}`)) $(`date-${name}`).value = state[name];
  $('confidence').value = Math.round(state.confidence * 100);
  $('confidence-share').textContent = `${Math.round(state.confidence * 100)} %`;
  $('colour').value = state.colour;
  if ($('named')) $('named').checked = state.named;
  const on = factOn.reduce((sum, each) => sum + each, 0);
  const entities = nodes.filter((node) => node.kind === 'entity').length;
  const drawn = [...shownNodes].filter(isEntity).length;
  $('totals').textContent = `${plural(entities, 'entity', 'entities')} · ${plural(facts.length, 'fact')} · ${plural(articles.length, 'article')}`;
  announce(`${plural(on, 'fact')} shown · ${drawn.toLocaleString('en')} of ${plural(entities, 'entity', 'entities')} drawn`);
}
