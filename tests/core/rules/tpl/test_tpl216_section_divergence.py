"""TPL216: Two versions of a letter say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from lint_cases import inspection_of, letter_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, expect, found

HEAD = 'Subject: x\nContent-Type: multipart/alternative; boundary="b"\n\n'


def sections(text: str, html: str) -> Case:
    body = (
        f"--b\nContent-Type: text/plain\n\nBonjour {{{{ nom }}}},\n{text}\n\n"
        f"--b\nContent-Type: text/html\n\n<p>Bonjour {{{{ nom }}}},</p>\n<p>{html}</p>\n--b--\n"
    )
    return lambda: inspection_of(letter=letter_of(HEAD + body, name="lettre.txt"))


def languages(french: str, english: str) -> Case:
    def make():  # type: ignore[no-untyped-def]
        fr = letter_of(f"Subject: Votre candidature\n\nBonjour {{{{ nom }}}},\n\n{french}\n", name="refus.fr.md")
        folder = Path(fr.path).parent
        en = letter_of(f"Subject: Your application\n\nDear {{{{ nom }}}},\n\n{english}\n", folder, "refus.en.md")
        return replace(inspection_of(letter=fr), letters=[fr, en])

    return make


def branches(*parts: tuple[str, str], otherwise: str = "") -> Case:
    tags = ["if"] + ["elif"] * (len(parts) - 1)
    text = "".join(
        f"{{% {tag} civilite == '{language}' %}}{said}" for tag, (language, said) in zip(tags, parts, strict=True)
    )
    text += f"{{% else %}}{otherwise}" if otherwise else ""
    return lambda: inspection_of(letter=f"Subject: x\n\nBonjour {{{{ nom }}}},\n{text}{{% endif %}}\n")


FAILS = {
    "a date in the sections of one letter": case(
        sections("le 10 juin à 14h", "le 12 juin à 14h"),
        expect(
            letter_line=8,
            excerpt="10 juin",
            fingerprint="5c0834aa163e6cfb",
            says='lettre.txt, line 8: the text section says "10 juin", and the HTML section does not',
        ),
        expect(
            letter_line=14,
            excerpt="12 juin",
            fingerprint="a19c5347c6296607",
            says='lettre.txt, line 14: the HTML section says "12 juin", and the text section does not',
        ),
    ),
    "a date in two languages": case(
        languages("avant le 10 juin", "before June 12th"),
        expect(
            letter_line=5,
            excerpt="June 12th",
            fingerprint="c47c7a52441a2f88",
            says='refus.en.md, line 5: it says "June 12th", and refus.fr.md, the same letter in another language, does not',
        ),
        expect(
            letter_line=5,
            excerpt="10 juin",
            fingerprint="98cd25ecc24a0c08",
            says='refus.fr.md, line 5: it says "10 juin", and refus.en.md, the same letter in another language, does not',
        ),
    ),
    "an amount in the branches of one letter": case(
        branches(("fr", "30 000 €"), ("en", "30 500 €")),
        expect(
            letter_line=4,
            excerpt="30 000",
            fingerprint="f7015086f17fd077",
            says='lettre.md, line 4: the part for "fr" says "30 000", and the part for "en" does not',
        ),
        expect(
            letter_line=4,
            excerpt="30 500",
            fingerprint="9f534378bd18668d",
            says='lettre.md, line 4: the part for "en" says "30 500", and the part for "fr" does not',
        ),
    ),
}
PASSES = {
    "words beside a text of the HTML": sections("le 10 juin", '<b title="le jour">le 10 juin</b>'),
    "a month that is named once, and twice": sections("du 10 au 12 juin", "du 10 juin au 12 juin"),
    "a month that is named twice, and once": sections("du 10 juin au 12 juin", "du 10 au 12 juin"),
    "an hour without its minutes": sections("de 10 à 12h30", "de 10h30 à 12h30"),
    "the same in both sections": sections(
        "le 10 juin à 14h, Tour Garonne", "le <b>10 juin</b> &agrave; 14h, Tour Garonne"
    ),
    "one letter in Markdown": lambda: inspection_of(letter="Subject: x\n\nBonjour {{ nom }}, le 10 juin\n"),
    "two letters in one language": lambda: inspection_of(),
    "branches that are no languages": branches(("Mme", "le 10 juin"), ("M.", "le 12 juin")),
}

test_fails, test_passes = cases_of("TPL216", FAILS, PASSES)

DIFFERENT = (
    ("10 juin", "12 juin"), ("10 juin", "10 juillet"), ("14h30", "15h30"), ("30 000 €", "31 000 €"), ("2 postes", "3 postes"),
    ("https://a.example/1", "https://a.example/2"), ("rh@a.example", "drh@a.example"), ("05 61 00 00 01", "05 61 00 00 02"),
    ("03/09/2026", "04/09/2026"), ("12,5 %", "12,6 %"), ("avec Claire Martin ici", "avec Claire Durand ici"),
)  # fmt: skip
SAME_IN_ONE = (
    ("10 juin", "10&nbsp;juin"), ("1er juin", "1 juin"), ("14h30", "14 h 30"), ("30 000 €", "30&#8239;000 €"),
    ("voir https://a.example/1", 'voir <a href="https://a.example/1/">https://a.example/1</a>'), ("05 61 00 00 01", "05.61.00.00.01"),
    ("Claire MARTIN vous écrit", "<b>Claire Martin</b> vous écrit"), ("03/09/2026", "3 septembre 2026"),
)  # fmt: skip
TRANSLATED = (
    ("le 10 juin", "on 10 June"), ("le 10 juin", "on June 10"), ("à 14h30", "at 2:30 pm"), ("à 9h", "at 9 a.m."),
    ("30 000 €", "€30,000"), ("12,5 %", "12.5%"), ("sous 15 jours", "within fifteen days"), ("quinze jours", "15 days"),
    ("05 61 00 00 01", "+33 5 61 00 00 01"), ("du 10 au 12 juin", "from 10 to 12 June"), ("Claire Martin", "Claire Martin"),
    ("https://a.example/1", "https://www.a.example/1"), ("le 1er mars 2026", "1st of March 2026"), ("Mardi matin", "Tuesday"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "html"), DIFFERENT)
def test_what_only_one_section_says_is_told_for_both(text: str, html: str) -> None:
    findings = found(sections(text, html)(), "TPL216")
    assert [finding.letter_line for finding in findings] == [8, 14]


@pytest.mark.parametrize(("text", "html"), SAME_IN_ONE)
def test_the_same_written_in_two_ways_is_left_alone(text: str, html: str) -> None:
    assert [finding.message for finding in found(sections(text, html)(), "TPL216")] == []


@each_row(("french", "english"), TRANSLATED)
@each_row("form", ["letters", "branches", "else"])
def test_a_translation_is_left_alone(french: str, english: str, form: str) -> None:
    campaign = {
        "letters": languages(french, english),
        "branches": branches(("fr", french), ("en", english)),
        "else": branches(("français", french), otherwise=english),
    }[form]
    assert [finding.message for finding in found(campaign(), "TPL216")] == []


@each_row("form", ["letters", "branches", "else"])
@each_row(
    ("french", "english"),
    [("le 10 juin", "on 12 June"), ("à 14h30", "at 2:30 am"), ("30 000 €", "€3,000"), ("quinze jours", "10 days"),
     ("https://a.example/fr", "https://a.example/en"), ("au 05 61 00 00 01", "on +33 5 61 00 00 02")],
)  # fmt: skip
def test_what_only_one_language_says_is_told(french: str, english: str, form: str) -> None:
    campaign = {
        "letters": languages(french, english),
        "branches": branches(("FR", french), ("EN", english)),
        "else": branches(("fr", french), otherwise=english),
    }[form]
    assert found(campaign(), "TPL216")
