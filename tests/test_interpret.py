"""Frames made by hand, a small ontology: which statement each makes, and why some make none. No parse, no model."""

from __future__ import annotations

from kg.fits import Keep
from kg.interpret import interpret, relation_name
from kg.model import Context, Form, Frame, Mention, Modality, Polarity, Reason, Role, Span, Value
from kg.ontology import LEARNED, Cue, EntityType, Ontology, Relation

HERE = Span(0, 1)


def kinds(*rows: tuple[str, tuple[str, ...]], **special: EntityType) -> dict[str, EntityType]:
    return {name: EntityType(name, name, parents=parents) for name, parents in rows} | special


ONTOLOGY = Ontology(
    types=kinds(
        ("Organization", ()),
        ("Company", ("Organization",)),
        ("Person", ()),
        ("Product", ()),
        ("Place", ()),
        ("Activity", ()),
        Money=EntityType("Money", "money", literal=True),
        Percent=EntityType("Percent", "percent", literal=True),
        Outcome=EntityType("Outcome", "outcome", phrase=True),
    ),
    relations={
        r.name: r
        for r in (
            Relation("acquires", "acquires", domain=("Organization",), range=("Organization",),
                     cues=(Cue("verb", "buy", "subj", "obj"),)),
            Relation("uses", "uses", domain=("Organization",), range=("Product",), cues=(Cue("verb", "buy", "subj", "obj"),)),
            Relation("supplies_to", "supplies to", domain=("Organization",), range=("Organization",),
                     cues=(Cue("verb", "supply", "subj", "to", qualifiers=(("obj", "scope"),)),)),
            Relation("causes", "causes", range=("Outcome",), cues=(Cue("verb", "cause", "subj", "obj"),)),
            Relation("lacks", "lacks", cues=(Cue("verb", "have", "subj", "obj", polarity="negative"),)),
            Relation("has_revenue", "has revenue", range=("Money",), cues=(Cue("measure", "revenue", "holder", "value"),)),
            Relation("has_revenue_growth", "growth", range=("Percent",), cues=(Cue("measure", "revenue", "holder", "value"),)),
            Relation("appoints", "appoints", domain=("Organization",), range=("Person",), cues=(Cue("verb", "name", "subj", "obj"),)),
        )
    },
)  # fmt: skip


def mention(text: str, kind: str = "", form: Form = Form.NAME, value: Value | None = None) -> Mention:
    return Mention(HERE, HERE, text, text, form, type=kind, value=value)


def frame(
    kind: str, cue: str, rule: str = "verbs.clause", context: Context | None = None, **slots: Mention
) -> Frame:
    roles = tuple(Role(slot, (filler,), HERE) for slot, filler in slots.items())
    return Frame(rule, kind, (cue,), HERE, cue, roles, HERE, context or Context())


def said(given: Frame) -> list[tuple[str, str, str]]:
    return [
        (s.subject.text, s.relation, s.object.text)
        for s in interpret(given, ONTOLOGY, lambda m: m.type).statements
    ]


MARS, KELLANOVA = mention("Mars", "Company"), mention("Kellanova", "Organization")


def test_types_choose_between_relations_of_one_word() -> None:
    assert said(frame("verb", "buy", subj=MARS, obj=KELLANOVA)) == [("Mars", "acquires", "Kellanova")]
    assert said(frame("verb", "buy", subj=MARS, obj=mention("chips", "Product", Form.NOMINAL))) == [
        ("Mars", "uses", "chips")
    ]


def test_the_kind_of_value_chooses_too() -> None:
    money = mention("$5bn", "Money", Form.VALUE, Value("money", "$5bn", "5000000000", "USD"))
    share = mention("5%", "Percent", Form.VALUE, Value("percent", "5%", "5", "percent"))
    assert said(frame("measure", "revenue", holder=MARS, value=money)) == [("Mars", "has_revenue", "$5bn")]
    assert said(frame("measure", "revenue", holder=MARS, value=share)) == [
        ("Mars", "has_revenue_growth", "5%")
    ]


def test_qualifiers_come_from_the_cue_and_from_dates_places_and_conditions() -> None:
    year = mention("2014", "Date", Form.VALUE, Value("date", "2014", iso="2014"))
    given = frame(
        "verb", "supply", context=Context(condition="if it can"),
        subj=MARS, obj=mention("sensors", form=Form.NOMINAL), to=KELLANOVA, **{"in": year},
    )  # fmt: skip
    (statement,) = interpret(given, ONTOLOGY, lambda m: m.type).statements
    plain = {name: value if isinstance(value, str) else value.text for name, value in statement.qualifiers}
    assert plain == {"scope": "sensors", "time": "2014", "condition": "if it can"}


def test_a_common_noun_is_not_guessed_to_be_a_person() -> None:
    outcome = interpret(
        frame("verb", "name", subj=MARS, obj=mention("price", form=Form.NOMINAL)), ONTOLOGY, lambda m: m.type
    )
    assert [s.relation for s in outcome.statements if not s.open] == []
    assert outcome.refused[0][0] is Reason.RANGE


def test_the_possessor_stands_in_where_the_thing_possessed_cannot() -> None:
    transfers = Mention(HERE, HERE, "transfers", "transfer", Form.NOMINAL, type="Activity", possessor=MARS)
    assert said(frame("verb", "buy", subj=transfers, obj=KELLANOVA)) == [("Mars", "acquires", "Kellanova")]


def test_mood_and_negative_words_combine() -> None:
    denied = Context(polarity=Polarity.NEGATIVE, modality=Modality.PLANNED)
    (statement,) = interpret(
        frame("verb", "have", context=denied, subj=MARS, obj=KELLANOVA), ONTOLOGY, lambda m: m.type
    ).statements
    assert (statement.polarity, statement.modality) == (Polarity.POSITIVE, Modality.PLANNED)


def test_a_cue_may_ask_that_another_place_be_filled_or_empty() -> None:
    urging = Relation("urges", "urges", cues=(Cue("verb", "want", "subj", "obj", beside=("comp",)),))
    meaning = Relation("means_to", "means to", cues=(Cue("verb", "want", "subj", "comp", without=("obj",)),))
    ontology = Ontology(ONTOLOGY.types, {"urges": urging, "means_to": meaning})
    sell = mention("sell", form=Form.CLAUSE)

    def told(**roles: Mention) -> list[str]:
        outcome = interpret(frame("verb", "want", **roles), ontology, lambda m: m.type)
        return [s.relation for s in outcome.statements if not s.open]

    assert told(subj=MARS, comp=sell) == ["means_to"]
    assert told(subj=MARS, obj=KELLANOVA, comp=sell) == ["urges"]
    assert told(subj=MARS, obj=KELLANOVA) == []


def test_outcomes_are_kept_as_text() -> None:
    (statement,) = interpret(
        frame("verb", "cause", subj=MARS, obj=mention("delays", form=Form.NOMINAL)),
        ONTOLOGY,
        lambda m: m.type,
    ).statements
    assert statement.keep is Keep.TEXT


def test_unknown_verbs_become_open_relations_and_nothing_else_does() -> None:
    assert said(frame("verb", "court", subj=MARS, obj=KELLANOVA)) == [("Mars", "court", "Kellanova")]
    assert said(frame("verb", "court", rule="verbs.idiom", subj=MARS, obj=KELLANOVA)) == []
    assert said(frame("noun", "courtship", rule="nouns.deverbal", subj=MARS, obj=KELLANOVA)) == []


def test_names_of_open_relations_are_plain_words() -> None:
    assert relation_name("step into") == "step_into"
    assert relation_name('a"b; DROP') == "a_b_drop"
    assert relation_name("…") == "related_to"


def test_a_learned_proposal_is_admitted_only_where_domain_and_range_fit() -> None:
    acme, ruiz = mention("Acme", "Company"), mention("Ana Ruiz", "Person")
    assert said(frame(LEARNED, "appoints", "learned.typing", subj=acme, obj=ruiz)) == [
        ("Acme", "appoints", "Ana Ruiz")
    ]
    assert said(frame(LEARNED, "appoints", "learned.typing", subj=ruiz, obj=acme)) == []
    assert said(frame(LEARNED, "acquires", "learned.typing", subj=acme, obj=ruiz)) == []


def test_a_learned_proposal_of_an_unknown_relation_says_nothing() -> None:
    acme, beta = mention("Acme", "Company"), mention("Beta", "Company")
    assert said(frame(LEARNED, "frobs", "learned.typing", subj=acme, obj=beta)) == []
