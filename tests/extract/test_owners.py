"""Phrases named by their owner: what is put in, and what is left as it is."""

from kg.extract.owners import name_by_owners, owned_name
from kg.model import Form, Mention, Referent, Span


def mention(start: int, text: str, form: Form, possessor: Mention | None = None) -> Mention:
    span = Span(start, start + len(text))
    return Mention(span, span, text, text, form, possessor=possessor)


ITS = mention(0, "its", Form.PRONOUN)
COMPANY = mention(0, "company", Form.NOMINAL)
NISSAN = mention(0, "Nissan", Form.NAME)


def test_a_pronoun_gives_way_to_the_name() -> None:
    assert owned_name(mention(4, "overheads", Form.NOMINAL, ITS), "Nissan") == "Nissan's overheads"


def test_a_description_gives_way_to_the_name() -> None:
    phrase = mention(0, "company’s most direct attempt", Form.NOMINAL, COMPANY)
    assert owned_name(phrase, "Nissan") == "Nissan's most direct attempt"


def test_own_goes_with_its_pronoun() -> None:
    assert owned_name(mention(4, "own target", Form.NOMINAL, ITS), "Nissan") == "Nissan's own target".replace(
        "own ", ""
    )


def test_a_name_is_not_put_in_twice() -> None:
    assert (
        owned_name(mention(0, "Nissan's overheads", Form.NOMINAL, NISSAN), "Nissan") == "Nissan's overheads"
    )


def test_only_unnamed_things_with_one_named_owner_are_renamed() -> None:
    overheads, its = mention(4, "overheads", Form.NOMINAL, ITS), ITS
    theirs = mention(50, "their", Form.PRONOUN)
    again = mention(56, "overheads", Form.NOMINAL, theirs)
    referents = {
        key: Referent("a", key, key, form)
        for key, form in (("Nissan", "name"), ("Renault", "name"), ("overheads", "nominal"))
    }
    known = {its: "Nissan", overheads: "overheads"}
    named = name_by_owners(referents, known)["overheads"]
    assert (named.name, named.descriptions) == ("Nissan's overheads", ("overheads",))
    two = known | {theirs: "Renault", again: "overheads"}
    assert name_by_owners(referents, two)["overheads"].name == "overheads"


def test_a_fuller_phrase_of_other_words_stays_the_name() -> None:
    nation = mention(0, "Norway", Form.NAME)
    players = mention(0, "Norway's biggest players", Form.NOMINAL, nation)
    referents = {
        "Norway": Referent("a", "Norway", "Norway", "name"),
        "firms": Referent("a", "firms", "Norwegian shipping firms", "nominal"),
    }
    named = name_by_owners(referents, {nation: "Norway", players: "firms"})["firms"]
    assert named.name == "Norwegian shipping firms"
