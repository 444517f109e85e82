"""TPL215: A link leads where its words say."""

from __future__ import annotations

from each_row import each_row
from lint_cases import inspection_of, letter_of
from rule_cases import Case, case, cases_of, expect, found


def letter(text: str, name: str = "lettre.md") -> Case:
    return lambda: inspection_of(letter=letter_of(f"Subject: x\n\nBonjour {{{{ nom }}}},\n\n{text}\n", name=name))


FAILS = {
    "another host": case(
        letter("[https://exemple.test](https://ailleurs.test/x)"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            letter_line=5,
            excerpt="https://exemple.test",
            fingerprint="1044604071b84ea6",
            says='lettre.md, line 5: the link shows "https://exemple.test", but leads to https://ailleurs.test/x (6 messages)',
        ),
    ),
}
PASSES = {
    "words": letter("[notre site](https://exemple.test)"),
    "a field in the words": letter("[https://exemple.test/{{ nom }}](https://ailleurs.test/x)"),
    "a field for a target": letter("[https://exemple.test]({{ poste }})"),
}

test_fails, test_passes = cases_of("TPL215", FAILS, PASSES)

DIVERGENT = (
    ("https://exemple.test", "https://exemple.test.mal.test"), ("http://www.exemple.test/", "http://mal.test"),
    ("www.exemple.test", "https://mal.test"), ("exemple.fr", "https://exemple.com"), ("voir https://a.test.", "https://b.test"),
    ("https://exemple.test/a", "https://exemple.test/b"), ("rh@exemple.test", "mailto:autre@exemple.test"),
    ("rh@exemple.test", "https://mal.test"), ("https://exemple.test", "mailto:rh@exemple.test"),
    ("https://exemple.test/a", "https://sous.exemple.test/b"), ("exemple.fr/a", "https://exemple.fr/{{ nom }}"),
)  # fmt: skip
SAME = (
    ("https://exemple.test", "https://exemple.test/"), ("http://exemple.test", "https://www.exemple.test"),
    ("exemple.test", "https://exemple.test/accueil"), ("exemple.test/a", "https://exemple.test/a?utm_source=x#y"),
    ("www.exemple.test", "https://emploi.exemple.test"), ("rh@exemple.test", "mailto:RH@exemple.test?subject=x"),
    ("cv.pdf", "https://exemple.test/cv"), ("M. Dupont", "https://exemple.test"), ("1.5", "https://exemple.test"),
    ("EXEMPLE.test", "https://exemple.test"), ("voir notre site.", "https://exemple.test"),
)  # fmt: skip
FORMS = {"lettre.md": "[{}]({})", "lettre.html": '<p><a href="{1}"><b>{0}</b></a></p>'}


@each_row("name", FORMS)
@each_row(("words", "target"), DIVERGENT)
def test_a_link_that_leads_elsewhere_than_its_words_is_told(words: str, target: str, name: str) -> None:
    (finding,) = found(letter(FORMS[name].format(words, target), name)(), "TPL215")
    assert (finding.excerpt, finding.letter_line) == (words, 5)


@each_row("name", FORMS)
@each_row(("words", "target"), SAME)
def test_a_link_that_leads_where_its_words_say_is_left_alone(words: str, target: str, name: str) -> None:
    assert found(letter(FORMS[name].format(words, target), name)(), "TPL215") == []
