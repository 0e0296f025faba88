"""Frames -> claims: what one article's frames say of its referents, each thing once, with what was refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.details import around
from kg.extract.kinds import is_of_others, is_one_of_many, one_of
from kg.extract.mentions import ARTICLE, span_beside
from kg.extract.overlaps import apart, covers, ends, holds, identity_of, touch
from kg.extract.owners import owned_name
from kg.extract.specific import says_nothing
from kg.fits import Keep
from kg.interpret import OPEN_RULE, Statement, interpret
from kg.model import (
    Article,
    Claim,
    Form,
    Frame,
    Mention,
    Polarity,
    Reason,
    Ref,
    Referent,
    Rejection,
    Span,
    Value,
)
from kg.ontology import LEARNED, Ontology

MAX_CLAIMS = 60  # of one sentence; a list of 300 words must not become thousands of claims
METADATA_RULE = "metadata.line"
SURE = 10  # votes of a market symbol or a register number, against one for each name the pipeline labelled
ALSO = 0.75  # probability from which a proposal may stand beside another relation of its pair, or its own of another pair, or may classify
CERTAIN = 0.9  # from here a kind is said of what its noun relates, too ("Bolt, a unit of Acme"), and things without a name count
IDIOM_RULE = "verbs.idiom"  # a longer cue than the verb alone, which therefore wins over it
MEASURE_RULE = "measures.figure"
MAX_QUOTE = 200  # characters of a rejected sentence kept in the report


class Writer:
    """Turns frames into claims about referents, collecting rejections; one article's worth of state."""

    def __init__(
        self,
        article: Article,
        ontology: Ontology,
        referents: Mapping[str, Referent],
        known: Mapping[Mention, str],
    ) -> None:
        self.article, self.ontology, self.referents, self.known = article, ontology, dict(referents), known
        self.claims: dict[tuple[object, ...], Claim] = {}
        self.rejections: list[Rejection] = []
        self._owners: dict[str, Mention] = {}
        for mention, key in sorted(known.items(), key=lambda pair: pair[0].span):
            if mention.possessor is not None:
                self._owners.setdefault(key, mention.possessor)
        self._beside: dict[Span, list[Claim]] = {}  # by sentence
        self._idioms: dict[
            tuple[Span, int], tuple[int, Polarity]
        ] = {}  # predicates of idioms -> where their nouns end, and whether they are denied
        self._typed: set[tuple[Span, int]] = (
            set()
        )  # predicates that a relation of the ontology has been read from
        self._doubted: frozenset[Claim] = frozenset()
        self._told: set[tuple[Span, int, str | None, Span]] = set()  # and by an idiom, of which two things

    def take(self, frame: Frame) -> None:
        """Interpret one frame and keep what it says."""
        outcome = interpret(frame, self.ontology, self.type_of, self.owner_of)
        key = (frame.sentence, frame.predicate.start)
        for statement in outcome.statements if frame.rule == IDIOM_RULE else ():
            if not statement.open:
                self._idioms[key] = (frame.predicate.end, statement.polarity)
        noun_end, polarity = self._idioms.get(key, (0, None)) if frame.rule == OPEN_RULE else (0, None)
        for statement in outcome.statements:
            said = statement.object.span
            if said.start < noun_end <= said.end and statement.polarity is polarity:
                continue  # "came under scrutiny": what the verb alone would say of scrutiny is not meant
            pair = (*key, self._key(statement.subject), statement.object.span)
            if frame.rule == IDIOM_RULE and not statement.open:
                self._told.add(pair)
            elif frame.rule == OPEN_RULE and pair in self._told:
                continue  # "cut 500 jobs" was understood: the bare "cut" says no more of the two
            if not (
                statement.open and key in self._typed
            ):  # "signed a deal with" was understood: no "sign" beside it
                self._keep(frame, statement)
            if not statement.open:
                self._typed.add(key)
        if not outcome.statements:
            for reason, detail in outcome.refused[:1]:
                self._reject(frame, reason, detail)

    def doubt(self, claims: Iterable[Claim]) -> None:
        """Claims that rules have read and the typing head does not believe, which a sure proposal may therefore replace."""
        self._doubted = frozenset(claims)

    def propose(self, frame: Frame) -> None:
        """Keep a learned proposal that the ontology admits, if no other claim excludes it; with it go those it overrules."""
        for statement in interpret(frame, self.ontology, self.type_of, self.owner_of).statements:
            wrong = [
                c
                for c in self._beside.get(frame.sentence, ())
                if c in self._doubted and self._rivals(c, statement)
            ]
            several = is_one_of_many(statement, self.ontology) and frame.confidence < CERTAIN
            if several or is_of_others(statement, self.type_of(statement.subject), self.ontology):
                self._reject(frame, Reason.RANGE, f"{statement.relation}: {statement.object.text}")
            elif not self._related(frame.sentence, statement, frame.confidence, wrong):
                self._keep(frame, statement)
                said = (statement.relation, self._key(statement.subject), self._object(statement))
                here = self._beside.get(frame.sentence, ())
                if any((c.relation, c.subject, c.object) == said for c in here):
                    for claim in wrong:
                        self._overrule(claim, statement)

    def _rivals(self, claim: Claim, statement: Statement) -> bool:
        """Whether only one of the two can be meant: a figure measures one thing, one kind is that of one thing."""
        if claim.object_span is None or not touch(claim.object_span, statement.object.span):
            return False
        named = claim.rule == MEASURE_RULE and claim.subject == self._key(statement.subject)
        if claim.open or claim.rule == IDIOM_RULE or named:
            return False  # more words were read than a verb: "profit per share" is no profit
        owner = self.owner_of(statement.subject)
        if claim.relation == statement.relation and owner is not None and self._key(owner) == claim.subject:
            return False  # the change in "its shares" is the firm's
        if isinstance(claim.object, Value):
            return isinstance(self._object(statement), Value) and claim.object.kind != "date"
        kinds = self.ontology.classifies(claim.relation) and self.ontology.classifies(statement.relation)
        return kinds and not statement.object.plural

    def _overrule(self, claim: Claim, statement: Statement) -> None:
        """Take back what a rule read in favour of what the typing head is sure of."""
        self.claims.pop(identity_of(claim), None)
        self._beside[claim.sentence].remove(claim)
        detail = f"the typing head reads {statement.relation}"
        self.refuse(claim.sentence, Reason.UNSURE, detail, claim.rule, claim.relation)

    def _related(
        self, sentence: Span, statement: Statement, sure: float, wrong: Collection[Claim] = ()
    ) -> bool:
        """Whether this sentence says already what is proposed, or something beside which it had better be surer than this."""
        one, other = self._key(statement.subject), self._object(statement)
        classifies = self.ontology.classifies(statement.relation)
        if classifies and sure < ALSO:
            return True
        relating = classifies and (
            statement.object.head in self.ontology.words.get("relation_noun", {})
            or self.ontology.is_a(self.type_of(statement.subject), "Person")
        )
        for claim in self._beside.get(sentence, ()):
            if claim.open or claim in wrong:
                continue
            noun = claim.cue_span if relating and one in ends(claim) else None
            if noun is not None and sure < CERTAIN and touch(noun, statement.object.span):
                return True  # "Lee, chief executive of Acme", "Bolt, a unit of Acme": the noun says so much
            same_object = claim.object == other or (
                claim.object_span is not None and touch(claim.object_span, statement.object.span)
            )
            same_subject = claim.subject == one
            turned = claim.object == Ref(one or "") and other == Ref(claim.subject)
            same_pair = turned or (same_subject and same_object)
            same_relation = claim.relation == statement.relation
            if same_pair and (same_relation or sure < ALSO):
                return True
            measured = isinstance(other, Value) and holds(claim, statement.object.span)
            if measured and (same_object or sure < ALSO):
                return True  # a figure measures one thing: a fine is no damages, a rise in the share price no growth
            if same_relation and (same_subject or same_object) and sure < ALSO:
                return True
        return False

    def drop_covered(self) -> None:
        """Take back "said that …", "plans to …", "remains …" (`Relation.fallback`) where what they say is said more specially.

        That is where their clause makes a typed claim of its own, which carries the mood and the source, or where another
        typed claim has the very same object. Nothing is lost.
        """
        typed = [c for c in self.claims.values() if not c.open and not self._is_fallback(c)]
        beside: dict[Span, list[Claim]] = {}
        for claim in typed:
            beside.setdefault(claim.sentence, []).append(claim)
        for identity, claim in list(self.claims.items()):
            if self._is_fallback(claim) and any(
                covers(other, claim) for other in beside.get(claim.sentence, ())
            ):
                del self.claims[identity]

    def _names(self, relation: str) -> bool:
        """Whether the relation gives its subject another name."""
        known = self.ontology.relations.get(relation)
        return known is not None and "Name" in known.range

    def _is_fallback(self, claim: Claim) -> bool:
        relation = self.ontology.relations.get(claim.relation)
        return relation is not None and relation.fallback

    def type_of(self, mention: Mention) -> str:
        """The class of what the mention stands for."""
        key = self.known.get(mention)
        return (self.referents[key].type if key is not None else "") or mention.type

    def owner_of(self, mention: Mention) -> Mention | None:
        """Whose it is, as said here or at an earlier mention of the same thing."""
        return mention.possessor or self._owners.get(self.known.get(mention, ""))

    def used(self) -> Iterable[Referent]:
        """The referents that claims are about, and every named one."""
        keys = {c.subject for c in self.claims.values()}
        keys |= {c.object.key for c in self.claims.values() if isinstance(c.object, Ref)}
        return [r for r in self.referents.values() if r.key in keys or r.form == Form.NAME]

    def typed(self, referents: Iterable[Referent]) -> Iterator[Referent]:
        """Referents nothing else gives a class to take it from the relations they stand in ("launches S1": a product).

        Data of the article's own lines (a market symbol, an address, a register) overrule what the pipeline took a name for.
        """
        sure = {
            c.subject: self.ontology.relations[c.relation].domain
            for c in self.claims.values()
            if c.rule == METADATA_RULE
        }
        votes: dict[str, Counter[str]] = {}
        for claim in self.claims.values():
            relation = self.ontology.relations.get(claim.relation)
            if relation is not None and not claim.open:
                votes.setdefault(claim.subject, Counter()).update(_telling(relation.domain))
                if isinstance(claim.object, Ref):
                    votes.setdefault(claim.object.key, Counter()).update(_telling(relation.range))
        for referent in referents:
            found = votes.get(referent.key)
            known = sure.get(referent.key, ())
            if len(known) == 1 and not self.ontology.is_a(referent.type, known[0]):
                referent = replace(referent, types=((known[0], SURE), *referent.types))
            if found and not referent.types and referent.form == Form.NAME:
                ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
                referent = replace(referent, types=tuple(ranked))
            yield referent

    def _key(self, mention: Mention) -> str | None:
        """The referent a mention stands for; None for a pronoun nobody could resolve."""
        if mention == ARTICLE:
            self.referents.setdefault("article", Referent(self.article.id, "article", self.article.title or self.article.id, "name",
                                                          types=(("Article", 1),), local=True))  # fmt: skip
            return "article"
        key = self.known.get(mention)
        if key is None and mention.form is Form.NAME:
            key = self._named(mention)
        if key is None or self.referents[key].form == Form.PRONOUN:
            return None
        return key

    def _named(self, mention: Mention) -> str:
        """The referent of a name that the text only implies and coreference passes over: the France of "a French engineer"."""
        name = mention.text
        for key, referent in sorted(self.referents.items()):
            if name in (referent.name, *referent.aliases):
                mentions = tuple(sorted({*referent.mentions, mention.span}))
                if len(mentions) > len(referent.mentions):
                    rungs = (*referent.rungs, "implied") if referent.rungs else ()
                    self.referents[key] = replace(referent, mentions=mentions, rungs=rungs)
                return key
        types = ((mention.type, 1),) if mention.type else ()
        self.referents[name] = Referent(
            self.article.id, name, name, Form.NAME.value, types, mentions=(mention.span,), rungs=("implied",)
        )
        return name

    def _keep(self, frame: Frame, statement: Statement) -> None:
        subject = self._key(statement.subject)
        obj = self._object(statement)
        if subject is None or obj is None:
            missing = statement.subject if subject is None else statement.object
            return self._reject(frame, Reason.UNRESOLVED, missing.text)
        if (isinstance(obj, Ref) and obj.key == subject) or (
            obj == self.referents[subject].name and self._names(statement.relation)
        ):
            return self._reject(frame, Reason.SELF, statement.subject.text)
        other = self.referents[obj.key] if isinstance(obj, Ref) else None
        certain = frame.kind == LEARNED and frame.confidence >= CERTAIN
        sure = certain and (
            statement.object.form is not Form.NOMINAL or self.ontology.classifies(statement.relation)
        )
        if (
            subject != "article"
            and not sure
            and says_nothing(statement, self.referents[subject], other, self.article.text, self.ontology)
        ):
            return self._reject(frame, Reason.VAGUE, statement.subject.text)
        beside = self._beside.setdefault(frame.sentence, [])
        if len(beside) >= MAX_CLAIMS:
            return self._reject(frame, Reason.LIMIT, statement.relation)
        claim = Claim(
            self.article.id,
            subject,
            statement.relation,
            obj,
            frame.sentence,
            frame.sentence.of(self.article.text),
            frame.rule,
            open=statement.open,
            polarity=statement.polarity,
            modality=statement.modality,
            attribution=self._speaker(frame),
            qualifiers=around(frame, statement, self.article.text),
            confidence=frame.confidence,
            subject_span=apart(statement, frame.predicate, self.article.text)
            if statement.subject != ARTICLE
            else None,
            cue_span=frame.predicate,
            object_span=span_beside(statement.object, statement.subject),
        )
        identity = identity_of(claim)
        if identity not in self.claims:
            self.claims[identity] = claim
            beside.append(claim)
        return None

    def _object(self, statement: Statement) -> Ref | Value | str | None:
        mention = statement.object
        if statement.keep is Keep.VALUE and mention.value is not None:
            return mention.value
        if statement.keep is Keep.TEXT or mention.type == "Symbol":
            if is_one_of_many(statement, self.ontology):
                return one_of(mention)
            return self._text(mention)
        key = self._key(mention)
        return Ref(key) if key is not None else None

    def _text(self, mention: Mention) -> str:
        """The phrase, "its" and "the company's" replaced by the name they stand for."""
        owner = self.referents.get(self.known.get(mention.possessor, "")) if mention.possessor else None
        named = owner is not None and owner.form == Form.NAME
        return owned_name(mention, owner.name) if owner is not None and named else mention.text

    def _speaker(self, frame: Frame) -> str:
        """The source's best name, where the speaker phrase is a mention kg knows."""
        span = frame.context.speaker
        if span is None:
            return ""
        named = [m for m in self.known if m.form is Form.NAME and m.span.start > span.end]
        beside = [
            m for m in named if self.article.text[span.end : m.span.start].isspace()
        ]  # "Danish brewer" of "Danish brewer Orlund"
        inside = beside or [m for m in self.known if span.start <= m.span.start and m.span.end <= span.end]
        for mention in sorted(
            inside, key=lambda m: (m.form is not Form.NAME, m.type != "Person", m.span.start)
        ):
            referent = self.referents[self.known[mention]]
            if referent.form != Form.PRONOUN:
                return referent.name
        return " ".join(frame.context.speaker_text.split())

    def refuse(self, where: Span, reason: Reason, detail: str, rule: str = "", cue: str = "") -> None:
        """Note what was not read, and why."""
        self.rejections.append(
            Rejection(self.article.id, reason, rule, cue, where.of(self.article.text)[:MAX_QUOTE], detail)
        )

    def _reject(self, frame: Frame, reason: Reason, detail: str) -> None:
        self.refuse(frame.sentence, reason, detail, frame.rule, frame.cues[0] if frame.cues else "")


def _telling(classes: Sequence[str]) -> tuple[str, ...]:
    """The class a domain or range gives away: the only one, or the main kind of thing among several."""
    main = [name for name in ("Organization", "Product", "Person", "Place") if name in classes]
    return tuple(classes) if len(classes) == 1 and classes[0] != "Any" else tuple(main[:1])
