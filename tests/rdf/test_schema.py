"""Turtle -> Ontology: the format of ontology/*.ttl, plain OWL files, and every error with its place and advice."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import Cue
from kg.rdf.schema import load_ontology

PREFIXES = """\
@prefix kg: <https://kg.example/ontology#> .
@prefix lex: <https://kg.example/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/firm#> .
"""
CLASSES = """
kg:Organization a owl:Class ; rdfs:label "organisation"@en, "Organisation"@de ; kg:nerLabel "ORG" .
kg:Company a owl:Class ; rdfs:subClassOf kg:Organization, schema:Corporation ; rdfs:label "company"@en ;
    rdfs:comment "A firm."@en ; kg:noun "company", "chipmaker" .
kg:Product a owl:Class .
kg:Money a owl:Class, kg:LiteralClass .
kg:Outcome a owl:Class, kg:PhraseClass .
"""
OWN = "<https://kg.example/ontology> a owl:Ontology ; kg:derive false ."
RELATIONS = f"""
{OWN}
kg:offers a owl:ObjectProperty .
kg:launches a owl:ObjectProperty ; rdfs:label "launches"@en ; rdfs:comment "Brings to market."@en ;
    schema:domainIncludes kg:Organization ; schema:rangeIncludes kg:Product, kg:Outcome ;
    owl:inverseOf kg:launched_by ; rdfs:subPropertyOf kg:offers, schema:makesOffer ;
    kg:cue [ a kg:VerbCue ; kg:lemma "launch", "roll out" ] ,
           [ a kg:NounCue ; kg:lemma "launch" ] ,
           [ a kg:VerbCue ; kg:lemma "supply" ; kg:object "to" ; kg:qualifier "obj=scope", "for=purpose" ;
             kg:modality "planned" ; kg:polarity "negative" ] ,
           [ a kg:RoleCue ; kg:lemma "maker" ] ,
           [ a kg:AdjectiveCue ; kg:lemma "available" ; kg:object "in" ] ,
           [ a kg:MeasureCue ; kg:lemma "price" ] ,
           [ a kg:MetadataCue ; kg:lemma "ticker" ] ;
    kg:example "Alibaba launches the S1."@en , [ kg:text "Kestrel rolled out a van." ; kg:subject "Kestrel" ] ;
    kg:counterexample "NASA launches a probe."@en .
kg:partners_with a owl:ObjectProperty, owl:SymmetricProperty ; owl:inverseOf kg:partners_with .
kg:part_of a owl:ObjectProperty, owl:TransitiveProperty .
lex:reporting_verb a kg:WordClass ; kg:word "say", "tell" .
lex:modal_verb a kg:WordClass ; kg:entry "may = possible", "plan= planned" ; kg:word "can" .
"""


def write(folder: Path, turtle: str, name: str = "o.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + textwrap.dedent(turtle), encoding="utf-8")
    return path


def test_classes(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path, CLASSES + RELATIONS))
    company = ontology.types["Company"]
    assert (company.label, company.comment, company.parents) == ("company", "A firm.", ("Organization",))
    assert company.nouns == {"company", "chipmaker"}
    assert ontology.types["Organization"].ner == {"ORG"}
    assert ontology.types["Organization"].label == "organisation"
    assert ontology.types["Money"].literal
    assert ontology.types["Outcome"].phrase
    assert ontology.types["Product"].label == "Product"
    assert ontology.types["Product"].nouns == frozenset(), (
        "nouns are guessed only where there are no cues at all"
    )
    assert set(ontology.types) == {"Organization", "Company", "Product", "Money", "Outcome"}
    assert ontology.is_a("Company", "Organization")
    assert ontology.namespace == "https://kg.example/ontology#"


def test_relations_and_cues(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path, CLASSES + RELATIONS))
    launches = ontology.relations["launches"]
    assert (launches.domain, launches.range) == (("Organization",), ("Outcome", "Product"))
    assert (launches.inverse, launches.parents) == ("launched_by", ("offers",))
    assert [example.text for example in launches.examples] == [
        "Alibaba launches the S1.",
        "Kestrel rolled out a van.",
    ]
    assert launches.counterexamples == ("NASA launches a probe.",)
    assert launches.cues == (
        Cue("adjective", "available", "subj", "in"),
        Cue("measure", "price", "holder", "value"),
        Cue("metadata", "ticker", "subj", "obj"),
        Cue("noun", "launch", "subj", "obj"),
        Cue("role", "maker", "subj", "of"),
        Cue("verb", "launch", "subj", "obj"),
        Cue("verb", "roll out", "subj", "obj"),
        Cue("verb", "supply", "subj", "to", (("for", "purpose"), ("obj", "scope")), "planned", "negative"),
    )
    assert ontology.relations["partners_with"].symmetric
    assert ontology.relations["part_of"].transitive
    assert ontology.relations["offers"].cues == ()
    assert "launched_by" not in ontology.relations, "an inverse is named, not stored"


def test_a_cue_may_ask_that_slots_be_filled_or_empty(tmp_path: Path) -> None:
    cue = f'{OWN} kg:r a owl:ObjectProperty ; kg:cue [ a kg:VerbCue ; kg:lemma "want" ; kg:beside "comp" ; kg:without "to", "for" ] .'
    (found,) = load_ontology(write(tmp_path, cue)).relations["r"].cues
    assert (found.beside, found.without) == (("comp",), ("for", "to"))


def test_a_cue_may_bar_classes_from_the_rest_of_its_clause(tmp_path: Path) -> None:
    cue = f'{OWN} kg:r a owl:ObjectProperty ; kg:cue [ a kg:VerbCue ; kg:lemma "sell" ; kg:object "to" ; kg:bars kg:Stake, kg:Facility ] .'
    (found,) = load_ontology(write(tmp_path, cue)).relations["r"].cues
    assert found.bars == ("Facility", "Stake")


def test_several_slots_of_a_cue_are_alternatives(tmp_path: Path) -> None:
    cue = f'{OWN} kg:r a owl:ObjectProperty ; kg:cue [ a kg:NounCue ; kg:lemma "outlook" ; kg:subject "for", "of" ; kg:object "for", "in" ] .'
    cues = load_ontology(write(tmp_path, cue)).relations["r"].cues
    assert [(c.subject, c.object) for c in cues] == [
        ("for", "in"),
        ("of", "for"),
        ("of", "in"),
    ]  # not "for" with itself


def test_both_sides_may_stand_in_one_slot(tmp_path: Path) -> None:
    cue = f'{OWN} kg:r a owl:SymmetricProperty ; kg:cue [ a kg:VerbCue ; kg:lemma "Merge" ; kg:object "subj" ] .'
    cues = load_ontology(write(tmp_path, cue)).relations["r"].cues
    assert [(c.lemma, c.subject, c.object) for c in cues] == [("merge", "subj", "subj")]


def test_word_classes(tmp_path: Path) -> None:
    words = load_ontology(write(tmp_path, CLASSES + RELATIONS)).words
    assert words["reporting_verb"] == {"say": "", "tell": ""}
    assert words["modal_verb"] == {"may": "possible", "plan": "planned", "can": ""}


def test_a_folder_is_the_sum_of_its_files_and_names_do_not_matter(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    write(one, CLASSES, "a.ttl")
    write(one, RELATIONS, "b.ttl")
    write(two, RELATIONS, "a.ttl")
    write(two, CLASSES, "z.ttl")
    (two / "notes.txt").write_text("not an ontology")
    assert load_ontology(one) == load_ontology(two)
    assert load_ontology(one).digest == load_ontology(two).digest
    whole = load_ontology(write(tmp_path, CLASSES + RELATIONS))
    assert (whole.types, whole.relations) == (load_ontology(one).types, load_ontology(one).relations)
    assert whole.digest != load_ontology(one).digest


def test_the_shipped_ontology_loads() -> None:
    ontology = load_ontology()
    assert {"launches", "depends_on", "has_price"} <= set(ontology.relations)
    assert ontology.cue_index[("verb", "launch")]
    assert len(ontology.digest) == 64


PLAIN = """
:Company a owl:Class ; rdfs:label "Company" .
:Startup a owl:Class ; rdfs:subClassOf :Company .
:Person a rdfs:Class .
:acquiredBy a owl:ObjectProperty ; rdfs:label "acquired by" ; rdfs:domain :Company ;
    rdfs:range [ a owl:Class ; owl:unionOf ( :Company :Person ) ] .
:hasCEO a owl:ObjectProperty ; rdfs:domain :Company, :Startup ; rdfs:range :Person ; owl:inverseOf :runs .
:runs a rdf:Property ; rdfs:range owl:Thing .
:foundedOn a owl:DatatypeProperty ; rdfs:label "founded on" ; rdfs:range xsd:date .
:turnover a owl:DatatypeProperty ; rdfs:range xsd:decimal .
:slogan a owl:DatatypeProperty ; rdfs:range xsd:string .
:locatedIn a owl:ObjectProperty ; rdfs:range schema:Place .
"""


def test_a_plain_owl_file_is_usable_as_it_is(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path, PLAIN))
    assert ontology.namespace == "https://example.org/firm#"
    assert ontology.types["Person"].ner == {"PERSON"}
    assert {"company", "firm"} <= ontology.types["Company"].nouns
    assert ontology.is_a("Startup", "Organization"), "the shipped classes are underneath"
    assert ontology.types["Place"].ner == {"PLACE"}, "a class of another vocabulary needs no declaration"
    relations = ontology.relations
    assert relations["acquiredBy"].range == ("Company", "Person")
    assert relations["hasCEO"].domain == ("Startup",), "two rdfs:domain values mean both: the special one"
    assert relations["runs"].inverse == "hasCEO"
    assert relations["runs"].range == ("Any",) or relations["runs"].range == ()
    assert relations["foundedOn"].range == ("Date",)
    assert ontology.types["Date"].literal
    assert relations["turnover"].range == ("Money", "Percent", "Quantity")
    assert ontology.types[relations["slogan"].range[0]].phrase
    assert Cue("verb", "acquire", "obj", "subj", source="acquired by") in relations["acquiredBy"].cues
    assert Cue("role", "ceo", "of", "subj", source="hasCEO") in relations["hasCEO"].cues
    assert Cue("verb", "run", "subj", "obj", strict=True, source="runs") in relations["runs"].cues
    assert ontology.words == load_ontology().words, "the words of the language serve any ontology"


def test_rdf_xml_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "firm.owl"
    path.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#">'
        '<owl:ObjectProperty rdf:about="https://example.org/firm#employs"/></rdf:RDF>'
    )
    cue = Cue("verb", "employ", "subj", "obj", source="employs")
    assert cue in load_ontology(path).relations["employs"].cues


BAD = {
    "not Turtle": ("kg:a kg:b", r"o\.ttl:9: not valid Turtle: .*; correct this line"),
    "unknown prefix": (
        "ex:a a owl:Class .",
        r"o\.ttl:9: .*prefix ex: is not declared; add a line like: @prefix ex:",
    ),
    "not UTF-8": (b'kg:a rdfs:label "\xff" .', r"o\.ttl:9: not valid Turtle: .*UTF-8"),
    "no relations": ("kg:A a owl:Class .", r"o\.ttl: defines no relations; add at least one"),
    "unknown domain": (
        "\n\nkg:r a owl:ObjectProperty ; rdfs:domain kg:Firm .",
        r"o\.ttl:11: the domain of r is Firm, which is no class here; declare it",
    ),
    "unknown range": (
        "kg:r a owl:ObjectProperty ; schema:rangeIncludes kg:Firm .",
        r"o\.ttl:9: the range of r is Firm",
    ),
    "relations in a circle": (
        "kg:a a owl:ObjectProperty ; rdfs:subPropertyOf kg:b .\nkg:b a owl:ObjectProperty ; rdfs:subPropertyOf kg:a .",
        r"o\.ttl:9: rdfs:subPropertyOf goes in a circle \(a -> b -> a\); remove one step",
    ),
    "classes in a circle": (
        "kg:r a owl:ObjectProperty .\nkg:A a owl:Class ; rdfs:subClassOf kg:A .",
        r"o\.ttl:10: rdfs:subClassOf goes in a circle \(A -> A\)",
    ),
    "unknown parent": (
        "kg:r a owl:ObjectProperty ; rdfs:subPropertyOf kg:q .",
        r"o\.ttl:9: r has the subPropertyOf q, which is not defined",
    ),
    "cue without class": (
        'kg:r a owl:ObjectProperty ; kg:cue [ kg:lemma "x" ] .',
        r"must have one type of kg:VerbCue",
    ),
    "cue without word": (
        "kg:r a owl:ObjectProperty ; kg:cue [ a kg:VerbCue ] .",
        r'has no word; add kg:lemma "…"',
    ),
    "adjective alone": (
        'kg:r a owl:ObjectProperty ; kg:cue [ a kg:AdjectiveCue ; kg:lemma "available" ] .',
        r"\(available\) needs the preposition of its object",
    ),
    "unknown modality": (
        'kg:r a owl:ObjectProperty ; kg:cue [ a kg:VerbCue ; kg:lemma "x" ; kg:modality "maybe" ] .',
        r'unknown kg:modality "maybe"; use one of asserted, planned',
    ),
    "bad qualifier": (
        'kg:r a owl:ObjectProperty ; kg:cue [ a kg:VerbCue ; kg:lemma "x" ; kg:qualifier "scope" ] .',
        r'kg:qualifier "scope", which is not of the form "slot=name"',
    ),
    "cues without type": (
        'kg:r kg:cue [ a kg:VerbCue ; kg:lemma "x" ] .',
        r"r has cues but no type; add: a owl:Obj",
    ),
    "our own word": (
        "kg:evidenceFor a owl:ObjectProperty .",
        r"kg:evidenceFor is a word of kg's own vocabulary",
    ),
    "same name twice": (
        "kg:r a owl:ObjectProperty .\n:r a owl:ObjectProperty .",
        r"are both called r; rename one",
    ),
    "class and relation": ("kg:r a owl:ObjectProperty, owl:Class .", r"r is both a class and a relation"),
    "bad entry": (
        'kg:r a owl:ObjectProperty . lex:w a kg:WordClass ; kg:entry "may" .',
        r'kg:entry "may" is not',
    ),
    "two word classes": (
        "kg:r a owl:ObjectProperty .\nlex:w a kg:WordClass .\n:w a kg:WordClass .",
        r"the word classes <https://example.org/firm#w> and <https://kg.example/lexicon#w> are both called w; rename",
    ),
    "two values": (
        'kg:r a owl:ObjectProperty .\nlex:w a kg:WordClass ; kg:entry "may = possible", "may = likely" .',
        r'o\.ttl:10: "may" has two values',
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_each_mistake_gets_one_line_with_place_and_advice(case: str, tmp_path: Path) -> None:
    turtle, expected = BAD[case]
    path = tmp_path / "o.ttl"
    path.write_bytes(PREFIXES.encode() + (turtle if isinstance(turtle, bytes) else turtle.encode()))
    with pytest.raises(OntologyError, match=expected) as caught:
        load_ontology(path)
    assert "\n" not in str(caught.value)


def test_missing_and_wrong_paths(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"nowhere: no such file or folder; give a Turtle file"):
        load_ontology(tmp_path / "nowhere")
    with pytest.raises(OntologyError, match=r"no ontology file in this folder"):
        load_ontology(tmp_path)
    (tmp_path / "o.json").write_text("{}")
    with pytest.raises(OntologyError, match=r"allowed: \.nt, \.owl, \.rdf, \.ttl"):
        load_ontology(tmp_path / "o.json")


def test_a_long_chain_of_classes_needs_no_deep_stack(tmp_path: Path) -> None:
    chain = "\n".join(f"kg:C{i} a owl:Class ; rdfs:subClassOf kg:C{i + 1} ." for i in range(3000))
    ontology = load_ontology(write(tmp_path, f"{chain}\nkg:C3000 a owl:Class .\nkg:r a owl:ObjectProperty ."))
    assert sum(name.startswith("C") and name[1:].isdigit() for name in ontology.types) == 3001
