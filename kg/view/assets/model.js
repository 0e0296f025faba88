// The page's data, indexed. Text from articles only ever reaches the page through `textContent`.
const data = JSON.parse(document.getElementById('data').textContent);
const { nodes, facts, classes, relations, articles, sentences, moods } = data;

const STATED = 'stated';
const INFERRED = 'inferred';
const MOOD_NAMES = { stated: 'Stated', denied: 'Denied', planned: 'Planned', uncertain: 'Uncertain', reported: 'Reported', inferred: 'Inferred' };
const MOOD_HINTS = {
  stated: 'affirmed by an article in its own voice',
  denied: 'a sentence says it is not so',
  planned: 'planned, intended or expected',
  uncertain: 'possible, alleged, conditional …',
  reported: 'somebody says so',
  inferred: 'follows from stated facts; no article says so',
};

// Facts of every node, and facts merged into one line per pair of nodes: one line for what is stated, one for the rest.
const factsOf = nodes.map(() => []);
const pairs = [];
const pairOfFact = new Array(facts.length);
{
  const known = new Map();
  facts.forEach((fact, index) => {
    factsOf[fact.s].push(index);
    if (fact.o !== fact.s) factsOf[fact.o].push(index);
    const solid = fact.mood === STATED;
    const [a, b] = fact.s < fact.o ? [fact.s, fact.o] : [fact.o, fact.s];
    const key = `${a} ${b} ${solid}`;
    if (!known.has(key)) {
      known.set(key, pairs.length);
      pairs.push({ index: pairs.length, a, b, solid, facts: [] });
    }
    pairOfFact[index] = known.get(key);
    pairs[known.get(key)].facts.push(index);
  });
}
const pairsOf = nodes.map(() => []);
for (const pair of pairs) {
  pairsOf[pair.a].push(pair.index);
  if (pair.b !== pair.a) pairsOf[pair.b].push(pair.index);
}

const byId = new Map(nodes.map((node, index) => [node.id, index]));
const isEntity = (index) => nodes[index].kind === 'entity';
const otherEnd = (pair, index) => (pair.a === index ? pair.b : pair.a);
const classKey = (entry) => (entry.kind === 'entity' ? entry.id : `=${entry.id}`);

// Number of claims by kind of thing, for the legend.
const totals = {
  class: classes.map(() => 0),
  relation: relations.map(() => 0),
  article: articles.map(() => 0),
  mood: Object.fromEntries(moods.map((mood) => [mood, 0])),
};
nodes.forEach((node) => { totals.class[node.type] += 1; });
facts.forEach((fact) => {
  totals.relation[fact.r] += 1;
  totals.mood[fact.mood] += 1;
  for (const article of new Set(fact.claims.map((claim) => sentences[claim.q][0]))) totals.article[article] += 1;
});

// Element with properties and children; strings become text nodes, never markup.
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name in element && !name.startsWith('aria')) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const $ = (id) => document.getElementById(id);
const plural = (count, word, words = `${word}s`) => `${count.toLocaleString('en')} ${count === 1 ? word : words}`;
const fold = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

function announce(message) { $('status').textContent = message; }
