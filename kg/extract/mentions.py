"""Doc -> Mentions: the noun phrases, names, pronouns and values that claims can be about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extract import tree
from kg.extract.rests import rest_of
from kg.extract.signs import signed
from kg.model import Form, Mention, Span, Value
from kg.ontology import Ontology

DETERMINERS = frozenset({"det", "det:predet", "case", "cc", "cc:preconj", "mark", "punct"})
POSTMODIFIERS = frozenset(
    {"of", "for", "to", "on"}
)  # kept with a nominal: "demand for chips", "access to GPUs"
PREMODIFIERS = frozenset(
    {"amod", "compound", "nummod", "nmod"}
)  # a nominal without any says little: "lawmakers in Nairobi"
NOT_OF_A_STATE = frozenset({
    "nsubj", "csubj", "expl", "cop", "aux", "mark", "cc", "conj", "punct", "advcl", "obl", "nmod", "acl", "parataxis", "xcomp", "ccomp",
})  # fmt: skip
SIZED = ("Estimate", "Measure")  # told apart by how much they are: "estimates of 63 cents"
PLURALS = frozenset({"NNS", "NNPS"})
MAX_WORDS = 12  # a node's name; longer phrases are cut back to the core noun phrase
ARTICLE = Mention(
    Span(0, 0), Span(0, 0), "article", "article", Form.NAME, type="Article"
)  # the article itself


class Mentions:
    """All mentions of one document, made on demand and kept: one Mention per head token.

    >>> mentions.at(token)                    # the Mention headed by this token
    >>> mentions.of(tree.conjuncts(token))    # several
    """

    def __init__(self, doc: Doc, ontology: Ontology, values: Sequence[tuple[Span, Value]]) -> None:
        self.doc = doc
        self.text = doc.text  # joined anew by spaCy at each access
        self.ontology = ontology
        self.values = sorted(values)
        self._starts = [span.start for span, _ in self.values]
        self._sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self._entity = {t.i: name for e in doc.ents for name in (self._without_figures(e),) for t in name}
        self._noun_type = {noun: kind.name for kind in ontology.types.values() for noun in kind.nouns}
        self._ner_type = {label: kind.name for kind in ontology.types.values() for label in kind.ner}
        self._units = frozenset(ontology.words.get("measure_unit", {}).values())
        self._cache: dict[int, Mention] = {}
        self._places: set[str] = set()

    def _without_figures(self, entity: Tokens) -> Tokens:
        """A name does not run on into an amount: "Orlund 5 million kroner"."""
        start, end = entity.start, entity.end
        while end - start > 1 and self._is_amount(self.doc[end - 1]):
            end -= 1
        while end - start > 1 and self._is_amount(self.doc[start]):
            start += 1
        return self.doc[start:end]

    def _is_date(self, token: Token) -> bool:
        return (value := self.value_at(token)) is not None and value[1].kind == "date"

    def _is_amount(self, token: Token) -> bool:
        value = self.value_at(token)
        return value is not None and value[1].kind in ("money", "percent")

    def all(self) -> list[Mention]:
        """Every mention in the document, by place: the head of each noun phrase, and each possessive."""
        for token in self.doc:
            if token.is_space:
                continue
            if (
                (
                    token.pos_ in ("NOUN", "PROPN")
                    and token.dep_ not in ("flat", "fixed", "compound", "goeswith")
                )
                or (token.pos_ == "PRON" and token.dep_ not in ("expl", "det"))
                or tree.whole_of(token)
            ):
                self.at(token)
        for ent in self.doc.ents:
            if not ent.root.is_space:
                self.at(ent.root)
        return sorted((m for m in self._cache.values() if m.text), key=lambda m: (m.span, m.phrase))

    def placed(self) -> list[tuple[Token, Mention]]:
        """Every mention with its head, and every value that stands alone, by place."""
        for span, _ in self.values:
            tokens = self.doc.char_span(span.start, span.end, alignment_mode="expand")
            if tokens is not None and not tokens.root.is_space:
                self.at(tokens.root)
        mentions = self.all()
        heads = {id(mention): self.doc[place] for place, mention in self._cache.items() if place >= 0}
        return sorted(((heads[id(m)], m) for m in mentions if id(m) in heads), key=lambda pair: pair[0].i)

    def at(self, token: Token) -> Mention:
        """The mention headed by the token."""
        if token.i not in self._cache:
            self._cache[token.i] = self._make(token)
        return self._cache[token.i]

    def of(self, tokens: Sequence[Token]) -> tuple[Mention, ...]:
        """The mentions headed by these tokens, values that are parts of one range only once."""
        found = [self.at(t) for t in tokens]
        return tuple(m for i, m in enumerate(found) if m not in found[:i])

    def name(self, span: Span) -> Mention:
        """A name that stands at these characters, whether or not the pipeline saw it."""
        for mention in self._cache.values():
            if mention.form is Form.NAME and mention.span == span:
                return mention
        inside = [t for t in self.doc if span.start <= t.idx < span.end]
        mention = Mention(
            span, span, self._text(span), self._text(span), Form.NAME, sentence=self._sentence[inside[0].i]
        )
        self._cache[-1 - span.start] = mention
        return mention

    def names(self) -> list[Mention]:
        """The names found so far, by place."""
        return sorted((m for m in self._cache.values() if m.form is Form.NAME), key=lambda m: m.span)

    def is_place_name(self, text: str) -> bool:
        """Whether these words are the name of a place elsewhere in the text or in the gazetteers."""
        if not self._places:
            self._places |= {e.text for e in self.doc.ents if e.label_ == "PLACE"} | {""}
        known = self.ontology.words
        return text in self._places or any(
            text.lower() in known.get(kind, {}) for kind in ("country", "city", "region")
        )

    def value_at(self, token: Token) -> tuple[Span, Value] | None:
        """The value whose characters cover this token, if any."""
        place = bisect_left(self._starts, token.idx + 1) - 1
        if place >= 0 and self.values[place][0].end >= token.idx + len(token):
            return self.values[place]
        return None

    def value_in(self, token: Token) -> tuple[Span, Value] | None:
        """The value at the head of a phrase: on the token itself or its number modifier ("5,000 jobs")."""
        for candidate in (token, *tree.children(token, "nummod", "compound", "nmod:unmarked")):
            if (found := self.value_at(candidate)) is not None and found[0].end <= token.idx + len(
                token
            ) + 40:
                return found
        return None

    def clause(self, head: Token, bare: bool = False, without: Token | None = None) -> Mention:
        """A clause standing as an argument: "to cut costs" -> "cut costs", "that it cut costs" -> "it cut costs".

        *bare* leaves out its subject and its "not", too ("cut costs"), *without* a phrase of its ("because of the strike").
        """
        left_out = set(tree.subtree(without)) if without is not None else set()
        left_out |= {c for c in head.children if bare and tree.is_negation(c)}
        words = tree.trim([t for t in tree.subtree(head) if t not in left_out])
        before = (c for c in head.children if c.dep_ in tree.SUBJECTS and c.i < head.i)
        subject = None if bare else next(before, None)
        whole = subject is not None or (not bare and tree.child(head, "expl") is not None)  # "there is a way"
        if subject is not None:
            words = [t for t in words if t.i >= subject.left_edge.i]  # "in May it fell" -> "it fell"
        inner = tree.trim(tree.contiguous([t for t in words if base_free(t, head, whole)], head))
        span = tree.char_span(inner)
        return Mention(
            span,
            tree.char_span(words),
            self._text(span),
            tree.lemma(head),
            Form.CLAUSE,
            sentence=self._sentence[head.i],
        )

    def state(self, head: Token) -> Mention:
        """What is said of a subject by an adjective or a prepositional phrase: "fully operational", "on hold"."""
        words = tree.trim(tree.contiguous(tree.subtree(head, NOT_OF_A_STATE), head))
        span = tree.char_span(words)
        return Mention(
            span, span, self._text(span), tree.lemma(head), Form.CLAUSE, sentence=self._sentence[head.i]
        )

    def part(self, head: Token, words: Sequence[Token]) -> Mention:
        """Some words of a noun phrase as a description of their own."""
        span = tree.char_span(words)
        return Mention(
            span, span, self._text(span), tree.lemma(head), Form.NOMINAL,
            plural=head.tag_ in PLURALS, sentence=self._sentence[head.i], core=Span(span.start, head.idx + len(head)),
        )  # fmt: skip

    def _make(self, token: Token) -> Mention:
        phrase = self._phrase(token)
        value = self.value_at(token)
        entity = self._entity.get(token.i)
        if value is not None and (entity is None or value[1].kind in ("address", "money")):
            span, read = value[0], signed(token, value[1], self.ontology.words)
            counted = self._counted(token, read)
            return Mention(
                span, _cover(span, phrase), read.text, tree.lemma(token),
                Form.VALUE if counted is None else Form.NOMINAL,
                type=read.kind.capitalize() if counted is None else counted,
                plural=counted is not None, value=read, sentence=self._sentence[token.i], rest=self._whole(token, span),
            )  # fmt: skip
        if token.pos_ == "PRON":
            span = Span(token.idx, token.idx + len(token))
            plural = "Plur" in token.morph.get("Number", [])
            return Mention(
                span,
                phrase,
                token.text,
                tree.lemma(token),
                Form.PRONOUN,
                plural=plural,
                sentence=self._sentence[token.i],
            )
        span = self._minimal(token)
        is_name = entity is not None or token.pos_ == "PROPN"
        kind = self._ner_type.get(token.ent_type_, "") if entity is not None else ""
        if is_name and _is_code(token.text):
            kind = "Symbol"  # "C196325" names nobody
        if not kind or not is_name:
            kind = kind or self._type_of_noun(tree.whole_of(token) or token)
        return Mention(
            span, _cover(span, phrase), self._text(span), token.text if is_name else tree.lemma(token),
            Form.NAME if is_name else Form.NOMINAL, type=kind,
            plural=(tree.whole_of(token) or token).tag_ in PLURALS, sentence=self._sentence[token.i],
            possessor=self.at(owner) if (owner := self._owner(token)) is not None else None,
            core=Span(span.start, token.idx + len(token)) if not is_name else None,
            rest=rest_of(token, span.end, self._is_date) if not is_name else None,
        )  # fmt: skip

    def _whole(self, figure: Token, span: Span) -> Span | None:
        """ "of rapeseed oil" of "42 tonnes of rapeseed oil": what a quantity is of."""
        rest, value = rest_of(figure, span.end, self._is_date), self.value_at(figure)
        sized = value is not None and value[1].kind in ("quantity", "percent")
        return rest if rest is not None and sized and rest.of(self.text).startswith("of ") else None

    def _owner(self, token: Token) -> Token | None:
        """Whose it is; a round is the firm's that it is in or of: "the Series B of Acme", "a round in Acme"."""
        owner = tree.child(token, "nmod:poss")
        if owner is None and tree.lemma(token) in self.ontology.words.get("round_noun", {}):
            behind = (c for c in tree.children(token, "nmod") if tree.marker(c) in ("of", "in", "for"))
            owner = next(
                (c for c in behind if c.pos_ == "PROPN" and c.ent_type_ not in ("PLACE", "DATE")), None
            )
        return owner

    def _counted(self, token: Token, value: Value) -> str | None:
        """The class of the things that are counted ("" = unknown: "eleven estates"); None for a mere figure ("40 megawatts")."""
        counts = value.kind == "quantity" and value.unit is not None and token.pos_ == "NOUN"
        if not counts or value.unit == "units" or value.unit in self._units:
            return None
        return self._type_of_noun(token)

    def _type_of_noun(self, token: Token) -> str:
        """By the longest known noun: "chief executive", then "executive"; "start-up" before "up"."""
        place, doc = token.i, self.doc
        if place > 1 and doc[place - 1].text == "-" and doc[place - 2].pos_ in ("NOUN", "VERB", "ADJ", "ADP"):
            joined = self._noun_type.get(f"{doc[place - 2].lower_}-{tree.lemma(token)}", "")
            if joined:
                return joined
        compounds = " ".join(
            tree.lemma(c) for c in tree.children(token, "compound", "amod") if c.i == token.i - 1
        )
        return self._noun_type.get(f"{compounds} {tree.lemma(token)}", "") or self._noun_type.get(
            tree.lemma(token), ""
        )

    def _phrase(self, token: Token) -> Span:
        """The whole phrase, without its preposition and coordinated others."""
        words = tree.subtree(
            token, {"case", "cc", "conj", "punct", "cop", "aux", "nsubj", "mark", "parataxis", "advcl"}
        )
        if token.dep_ in ("root", "ROOT") or tree.child(token, "cop"):
            words = [t for t in words if t.dep_ != "obl" or t.i > token.i]
        return tree.char_span(tree.trim(tree.contiguous(words, token)) or [token])

    def _minimal(self, token: Token) -> Span:
        """Determiners, relative clauses, appositions and most prepositional phrases taken off; a name stays whole."""
        entity = self._entity.get(token.i)
        words = [token]
        bare = not any(c.i < token.i and tree.base(c) in PREMODIFIERS for c in token.children)
        for c in token.children:
            if c.dep_ in ("compound", "nummod", "flat", "nmod:desc", "goeswith", "fixed") or (
                c.dep_ in ("amod", "advmod") and c.i < token.i
            ):
                words += tree.subtree(c, {"punct"})
            elif c.dep_ == "nmod:poss" and token.pos_ != "PROPN" and entity is None and c.pos_ != "PRON":
                words += tree.subtree(c, {"det", "acl", "acl:relcl"})
            elif (
                c.dep_ == "nmod"
                and entity is None
                and (
                    tree.marker(c) in POSTMODIFIERS
                    or (bare and tree.marker(c) and not self._apart(c))
                    or self._changes_in(token, c)
                )
                and c.i > token.i
                and (self.value_at(c) is None or self._is_sized(token, c) or c == tree.whole_of(token))
            ):
                tail = tree.subtree(c, {"acl", "acl:relcl", "parataxis", "punct", *self._loose(c)})
                words += tail if len(tail) <= MAX_WORDS else []
            elif bare and entity is None and token.pos_ == "NOUN" and self._tells_which(token, c):
                words += tree.subtree(c, {"punct", "acl:relcl", "advcl", "parataxis"})
            elif c.dep_ == "punct" and c.text in ("-", "–", "&", "/"):
                words.append(c)
        chosen = {t.i for t in words}
        if entity is not None:
            chosen |= {t.i for t in entity}
        run = tree.contiguous([self.doc[i] for i in sorted(chosen)], token)
        if (
            entity is not None
        ):  # "chipmaker Nvidia" is Nvidia; "Nvidia chips", headed outside the name, stays whole
            run = [t for t in run if entity.start <= t.i < entity.end] or run
            while len(run) > 2 and run[0].text.islower() and run[1].text == "-":  # "wearable-AI" is AI
                run = run[2:]
        elif token.pos_ == "PROPN":  # a name the pipeline did not mark: without the common nouns before it
            common = [i for i, t in enumerate(run) if t.i < token.i and t.pos_ == "NOUN" and t.text.islower()]
            run = run[common[-1] + 1 :] if common else run
        while len(run) > 1 and run[0].dep_ in DETERMINERS and run[1].text != "-":  # not of "in-depth"
            run = run[1:]
        return tree.char_span(tree.trim(run) or [token])

    def _tells_which(self, noun: Token, clause: Token) -> bool:
        """A clause right behind a bare noun that says which: "tools that check contracts", "electricity bought on long contracts"."""
        first = clause.left_edge
        if clause.dep_ not in ("acl", "acl:relcl") or first.i != noun.i + 1 or first.is_punct:
            return False
        kind = self._type_of_noun(noun)
        agent = any(self.ontology.is_a(kind, name) for name in ("Person", "Organization"))
        if agent and (noun.tag_ == "NN" or noun.dep_ in tree.SUBJECTS):
            return False  # "a dermatologist who says …", "analysts polled by Acme": not which, but what else
        return clause.right_edge.i - clause.left_edge.i < MAX_WORDS

    def _is_sized(self, noun: Token, figure: Token) -> bool:
        """ "estimates of 63 cents", "a duty of 31 percent": what the figure is of is one of these by it."""
        kind = self._type_of_noun(noun) if tree.marker(figure) == "of" else ""
        return any(self.ontology.is_a(kind, name) for name in SIZED)

    def _apart(self, token: Token) -> bool:
        """Set off by a comma: "the platform, with a database at its heart,"."""
        first = next(iter(tree.case_words(token)), token)
        return first.i > 0 and self.doc[first.i - 1].is_punct

    def _changes_in(self, noun: Token, measured: Token) -> bool:
        """ "a 30% surge in revenue" is nothing without the revenue."""
        return tree.marker(measured) == "in" and tree.lemma(noun) in self.ontology.words.get(
            "change_noun", {}
        )

    def _loose(self, token: Token) -> tuple[str, ...]:
        """Appositions go, but not the name right behind its noun: "a spin-off of the university ETH Zurich"."""
        names = tree.children(token, "appos")
        close = all(not t.is_punct for c in names for t in self.doc[token.i + 1 : c.i])
        return () if close else ("appos",)

    def _text(self, span: Span) -> str:
        return " ".join(span.of(self.text).split())


def _is_code(word: str) -> bool:
    """A register or licence number: mostly digits, four at least."""
    digits = sum(c.isdigit() for c in word)
    return digits >= 4 and 2 * digits > len(word)


def base_free(token: Token, head: Token, whole: bool = False) -> bool:
    """Inside a clause used as a phrase: not its conjunction; its subject and auxiliaries only where it is `whole`.

    A preposition opens a gerund ("by cutting costs") and is left out, but is part of a predicate ("jobs are at risk").
    """
    while token.head != head and token != head:
        token = token.head
    if token.dep_ == "case" and tree.child(head, "cop") is not None:
        return True
    if whole and tree.base(token) in ("nsubj", "csubj", "aux", "expl"):
        return True
    return token == head or tree.base(token) not in (
        "mark",
        "case",
        "cc",
        "punct",
        "nsubj",
        "aux",
        "parataxis",
    )


def span_beside(mention: Mention, other: Mention) -> Span:
    """Where a mention is told beside another that its phrase holds: "plant" of "plant outside Almaty", told of Almaty."""
    core = mention.core
    holds = mention.span.start <= other.span.start and other.span.end <= mention.span.end
    return core if core is not None and holds and core.end <= other.span.start else mention.span


def _cover(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))
