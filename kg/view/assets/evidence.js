// Sentences behind a fact: the words of subject, relation and object marked, and where, when, how and by whom it was said.
const RULE_HINT = 'the reading rule that found it';

function sentenceLine(claim) {
  const [, , , text] = sentences[claim.q];
  const letters = [...text]; // offsets count characters, not UTF-16 units
  const role = new Array(letters.length).fill('');
  for (const [kind, [start, end]] of Object.entries(claim.marks || {})) role.fill(kind, start, end);
  const line = el('blockquote', { dir: 'auto' });
  for (let start = 0; start < letters.length;) {
    let end = start;
    while (end < letters.length && role[end] === role[start]) end += 1;
    const piece = letters.slice(start, end).join('');
    const names = { s: 'subject', r: 'relation', o: 'object' };
    line.append(role[start] ? el('mark', { class: role[start], title: names[role[start]] }, piece) : piece);
    start = end;
  }
  if (claim.whole) {
    if (claim.whole[0] < sentences[claim.q][1]) line.prepend('… ');
    if (claim.whole[1] > sentences[claim.q][2]) line.append(' …');
  }
  return line;
}

function evidence(claim) {
  const [article, start, end] = sentences[claim.q];
  const source = articles[article];
  const [from, to] = claim.whole || [start, end];
  const chip = (text, kind = '', title = undefined) => el('span', { class: `chip ${kind}`, title }, text);
  return el('li', { class: 'evidence' },
    sentenceLine(claim),
    el('p', { class: 'source' }, el('cite', { title: source.source || source.id, dir: 'auto' }, source.title),
      source.date ? el('time', { datetime: source.date }, longDate(source.date)) : el('span', { class: 'faint' }, 'no date')),
    el('p', { class: 'facts-of-claim' },
      claim.polarity === 'negative' && chip('negative', 'denied', 'polarity'),
      claim.modality !== 'asserted' && chip(claim.modality, ['planned', 'intended', 'expected'].includes(claim.modality) ? 'planned' : 'uncertain', 'modality'),
      claim.by && chip(`according to ${claim.by}`, 'reported', 'attribution'),
      claim.polarity === 'positive' && claim.modality === 'asserted' && !claim.by && chip('stated', '', 'affirmed, in the article’s own voice'),
      (claim.with || []).map(([key, value]) => el('span', { class: 'chip plain', title: 'qualifier' }, el('i', {}, key.replaceAll('_', ' ')), ` ${value}`)),
      el('span', { class: 'faint', title: RULE_HINT }, claim.rule),
      el('span', { class: 'faint', title: 'characters of the article, end exclusive' }, `${source.id} ${from}–${to}`),
      el('span', { class: 'faint', title: 'confidence' }, `${Math.round(claim.conf * 100)} %`)));
}

function evidenceList(index) {
  const fact = facts[index];
  const rows = fact.claims.filter(claimOn);
  const others = fact.claims.length - rows.length;
  return el('ol', { class: 'evidences' },
    fact.by && el('li', { class: 'faint' }, `No article says so; it follows by ${fact.by} from ${rows.length === 1 ? 'this sentence' : 'these sentences'}:`),
    rows.map(evidence),
    others > 0 && el('li', { class: 'faint' }, `${plural(others, 'sentence')} left out by the filters`),
    fact.more && el('li', { class: 'faint' }, `${plural(fact.more, 'more sentence')} not in this page`));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function longDate(iso) {
  const [year, month, day] = iso.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

// "412 USD", "85,000,000 EUR", "about 12 percent": the value as data, under the value as worded.
function exact(value) {
  const digits = (number) => {
    const [whole, rest] = number.split('.');
    return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (rest ? `.${rest}` : '');
  };
  const size = value.number ? `${digits(value.number)}${value.high ? `–${digits(value.high)}` : ''}${value.unit ? ` ${value.unit}` : ''}` : value.iso || '';
  return size ? `${value.approximate ? '≈ ' : ''}${size}` : '';
}

const nodeLink = (index) => el('button', { type: 'button', class: `link ${nodes[index].kind}`, dir: 'auto', onclick: (event) => { event.stopPropagation(); selectNode(index, true); } },
  swatch(index), nodes[index].label);

function swatch(index) {
  const dot = el('span', { class: `dot ${nodes[index].unnamed ? 'hollow' : ''} ${nodes[index].kind}`, 'aria-hidden': 'true' });
  dot.style.setProperty('--dot', colourOf(index));
  return dot;
}

function moodChip(fact) {
  return fact.mood === STATED ? null : el('span', { class: `chip ${fact.mood}`, title: MOOD_HINTS[fact.mood] }, MOOD_NAMES[fact.mood].toLowerCase());
}
