"""The values that flow through kg, all frozen: Article -> Frame -> Claim -> Reading -> Graph (Entity, Fact).

Offsets everywhere count characters of `Article.text`, end exclusive, so that `text[start:end]` is the thing itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Form(StrEnum):
    """How a mention is worded; the usual three-way split of coreference work, plus values and clauses."""

    NAME = "name"  # "Alibaba", "S1 smart glasses": the head is a proper noun
    NOMINAL = "nominal"  # "the company", "smart glasses"
    PRONOUN = "pronoun"  # "it", "its", "who"
    VALUE = "value"  # "$537", "last Friday"
    CLAUSE = "clause"  # "to cut costs": a clause standing as an argument


class Polarity(StrEnum):
    """Whether the sentence affirms or denies the relation (FactBank's polarity axis)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How sure the sentence is; ASSERTED is plain fact (FactBank's certainty axis, plus the kinds news needs)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    INTENDED = "intended"
    EXPECTED = "expected"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    RECOMMENDED = "recommended"
    OBLIGATORY = "obligatory"
    ALLEGED = "alleged"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    COUNTERFACTUAL = "counterfactual"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`: characters, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves: `Span(0, 3).of("Mars bought") == "Mar"`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read. `id` is the file's path below the folder it was read from, without suffix ("05")."""

    id: str
    text: str
    title: str = ""
    source: str = ""  # path or address it came from
    date: dt.date | None = None  # publication date, where the file itself says it; else found in the text


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A literal read from text: money, a percentage, a date, a quantity.

    `number` is the plain decimal number in lexical form ("4840000000"), `unit` an ISO 4217 code for money, "percent" for a
    percentage, else the counted noun in the plural ("units"). `iso` is the lexical form of a date with its
    precision kept: "2025-11-27", "2025-11", "2025-Q3", "2025". A range has `number` (low) and `high`.
    """

    kind: (
        str  # "money" | "percent" | "quantity" | "date" | "ordinal" | "ticker" | "address" | "email" | "url"
    )
    text: str
    number: str | None = None
    unit: str | None = None
    high: str | None = None
    iso: str | None = None
    approximate: bool = False  # "about", "nearly", "more than"

    @property
    def decimal(self) -> Decimal | None:
        """`number` as a Decimal, or None where there is none."""
        return Decimal(self.number) if self.number is not None else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for something: what kg would put into the graph (`span`), inside all that was said (`phrase`).

    In "the $24 billion chipmaker that Ana Ruiz founded" `span` is "$24 billion chipmaker", `phrase` the whole.
    """

    span: Span  # minimal phrase: no determiner, no relative clause
    phrase: Span  # the whole noun phrase or clause
    text: str  # the minimal phrase's characters (whitespace runs read as one space)
    head: str  # lemma of the head word, lower case unless a name
    form: Form
    type: str = ""  # guess at the ontology class ("Company", "Person", ...); "" = unknown
    plural: bool = False
    value: Value | None = None  # for Form.VALUE
    sentence: int = 0  # index of the sentence in the article
    possessor: Mention | None = None  # "Sea" of "Sea's per-share profit"
    core: Span | None = (
        None  # "plant" of "plant outside Almaty": the minimal phrase without what follows its head
    )
    rest: Span | None = None  # what follows the minimal phrase and says which: "over counterfeit goods"


@dataclass(frozen=True, slots=True)
class Context:
    """The mood of a statement: denied? how sure? who says so, under which condition?"""

    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    speaker: Span | None = None  # phrase that names the source
    speaker_text: str = ""
    condition: str = ""  # "if …", "until …", as worded


@dataclass(frozen=True, slots=True)
class Role:
    """One argument slot of a frame: slot name and the mentions in it (several when coordinated).

    Slots: "subj", "obj", "iobj", "pred" (copula complement), "comp" (clausal complement), "poss", "holder", "value", or a
    preposition ("to", "with", "of", "by" …); adverbial words sit in "adv".
    """

    slot: str
    mentions: tuple[Mention, ...]
    phrase: Span  # the whole argument with its preposition, for open triples


@dataclass(frozen=True, slots=True)
class Frame:
    """What one construction says, in words, before any ontology: a predicate and its arguments, voice undone.

    `cues` are the keys under which an ontology may know the predicate, most specific first ("sign deal", "sign").
    """

    rule: str  # name of the rule that read it: "verbs.clause"
    kind: (
        str  # "verb" | "noun" | "copula" | "apposition" | "compound" | "measure" | "ticker" | "metadata" ...
    )
    cues: tuple[str, ...]
    predicate: Span  # the relation's words, from the first to the last of them
    words: str  # the relation as worded ("was bought", "is chief executive of")
    roles: tuple[Role, ...]
    sentence: Span
    context: Context = field(default_factory=Context)
    inferred: bool = False  # the relation word is not in the sentence ("is" of an apposition)
    confidence: float = 1.0

    def role(self, slot: str) -> Role | None:
        """Everything in this slot as one role ("on the Nasdaq on Friday" fills "on" twice), or None."""
        found = [role for role in self.roles if role.slot == slot]
        if len(found) < 2:
            return found[0] if found else None
        return Role(slot, tuple(m for role in found for m in role.mentions), found[0].phrase)


@dataclass(frozen=True, slots=True, order=True)
class Referent:
    """An entity as ONE article speaks of it: a coreference chain with its best name. Referents of many articles make an Entity."""

    article: str
    key: str  # unique in the article; claims point to it
    name: str  # fullest name: "Alibaba Group Holding"
    form: str  # Form.NAME or Form.NOMINAL
    types: tuple[tuple[str, int], ...] = ()  # votes for ontology classes, best first
    aliases: tuple[str, ...] = ()  # every other name it goes by here, sorted
    mentions: tuple[Span, ...] = ()  # every place it is mentioned, sorted
    descriptions: tuple[
        str, ...
    ] = ()  # phrases that mean it here but name nothing: "chipmaker" of "the chipmaker"; sorted
    rungs: tuple[
        str, ...
    ] = ()  # why each mention belongs here, beside `mentions`: "first", "same name", "pronoun"
    local: bool = False  # only this article can say what it is ("the deal", a lone "Cook"): never merged across articles

    @property
    def type(self) -> str:
        """The class with most votes, or ""."""
        return self.types[0][0] if self.types else ""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Points to a Referent of the claim's own article."""

    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says: subject - relation - object, with its witness (quote, offsets, rule) and its mood."""

    article: str
    subject: str  # key of a Referent of this article
    relation: str  # name in the ontology ("launches"), or of an open relation ("step_into")
    object: Ref | Value | str  # str: a phrase kept as text (an outcome, an action, a role)
    sentence: Span
    quote: str  # article.text[sentence.start:sentence.end], exactly
    rule: str
    open: bool = False  # the relation is not in the ontology
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    attribution: str = ""  # who says so; "" = the article itself
    qualifiers: tuple[tuple[str, str | Value], ...] = ()  # sorted by key: time, place, value, role, scope …
    confidence: float = 1.0
    subject_span: Span | None = None
    cue_span: Span | None = None
    object_span: Span | None = None


class Reason(StrEnum):
    """Why a frame made no claim. Counted in report.json: the to-do list for better rules."""

    NO_SUBJECT = "no subject"
    NO_OBJECT = "no object"
    UNRESOLVED = "unresolved pronoun or description"
    VAGUE = "about things that could be anybody's"
    DOMAIN = "subject outside the relation's domain"
    RANGE = "object outside the relation's range"
    SELF = "subject and object are the same"
    QUESTION = "a question or an order, not a statement"
    LIMIT = "too many claims in one sentence"
    UNSURE = "less confident than asked for"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A frame that made no claim, and why."""

    article: str
    reason: Reason
    rule: str
    cue: str
    quote: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything kg took from one article; a pure function of the article, the ontology and the pipeline. A graph is its readings."""

    article: str  # Article.id
    title: str
    source: str
    date: dt.date | None
    digest: str  # SHA-256 of the text, hex
    length: int  # characters of the text
    referents: tuple[Referent, ...]  # sorted by key
    claims: tuple[Claim, ...]  # sorted by place
    rejections: tuple[Rejection, ...] = ()
    pipeline: str = ""  # name and version of the language pipeline that read it: "kg_news 1.0.0"


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A canonical entity of the graph: one node, whatever the articles call it."""

    id: str  # from its name: "Alibaba"; the IRI is the entity namespace + id
    label: str
    type: str  # ontology class name
    aliases: tuple[str, ...]  # sorted, without the label
    referents: tuple[tuple[str, str], ...]  # (article, key), sorted
    named: bool = True  # False for a phrase ("Chinese tech companies")
    same_as: tuple[str, ...] = ()  # IRIs of it elsewhere, from the user's own list


@dataclass(frozen=True, slots=True)
class Fact:
    """A merged edge: every claim of the same subject, relation, object and mood. Only asserted facts are plain triples."""

    subject: str  # Entity.id
    relation: str
    object: Ref | Value | str  # Ref.key is an Entity.id here
    polarity: Polarity
    modality: Modality
    asserted: bool  # affirmed, unhedged, in the article's own voice, by at least one claim
    claims: tuple[Claim, ...]  # the witnesses, sorted by article and place
    open: bool = False
