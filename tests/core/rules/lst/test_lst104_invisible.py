"""LST104: No cell contains invisible characters."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import HEADER_LENGTHS, case, cases_of, cell, column, expect, headed, who

from mailmerge.lint.finding import fingerprint
from mailmerge.model import Severity


def soft(people: int) -> list[tuple[str, ...]]:
    """The first people with a soft hyphen in their names."""
    rows: list[tuple[str, ...]] = [tuple(row) for row in PEOPLE]
    for number in range(1, people + 1):
        rows = changed(number, rows, nom=f"Du\u00adpont{'x' * number}")
    return rows


FAILS = {
    "a variation selector between letters": case(
        cell(prenom="Je\ufe0fan"),
        expect(
            record=2,
            line=3,
            field="prenom",
            severity=Severity.WARN,
            excerpt="Je️an",
            fingerprint="59543b8c5f1b5152",
            says='Je‹U+FE0F›an Dupont (line 3) has invisible characters (U+FE0F) in "Prénom": Je‹U+FE0F›an',
        ),
    ),
    "tags that spell out of sight": case(
        cell(poste="Juriste\U000e0041\U000e0042"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste\U000e0041\U000e0042",
            fingerprint="276a35714f95faae",
            says='Jean Dupont (line 3) has invisible characters (U+E0041, U+E0042) in "Poste": Juriste‹U+E0041›‹U+E0042›',
        ),
    ),
    "a joiner after an emoji": case(
        cell(poste="Juriste 👩\u200d"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste 👩\u200d",
            fingerprint="2ab3049fb7dd9a71",
            says='Jean Dupont (line 3) has invisible characters (U+200D) in "Poste": Juriste 👩‹U+200D›',
        ),
    ),
    "a zero-width space in an address": case(
        cell(adresse_e_mail="jean\u200b.dupont@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean\u200b.dupont@mail.example",
            fingerprint="c3a3f3350109b258",
            says='Jean Dupont (line 3) has invisible characters (U+200B) in "Adresse e-mail": jean‹U+200B›.dupont@mail.example',
        ),
    ),
    "a soft hyphen in a name": case(
        cell(nom="Du\u00adpont"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Du\xadpont",
            fingerprint="3c3ddae3c58bb986",
            says='Jean Du‹U+00AD›pont (line 3) has invisible characters (U+00AD) in "Nom": Du‹U+00AD›pont',
        ),
    ),
    "a mark that turns the text": case(
        cell(nom="Dupont\u202e"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Dupont\u202e",
            fingerprint="d6d1c92c6c632b29",
            says='Jean Dupont‹U+202E› (line 3) has invisible characters (U+202E) in "Nom": Dupont‹U+202E›',
        ),
    ),
    "no-break spaces, shown as what they are": case(
        cell(nom="Du\u00a0pont {cell}"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Du\u00a0pont {cell}",
            fingerprint="af6b645e5369052c",
            says='Jean Du\u00a0pont {cell} (line 3) has invisible characters (U+00A0) in "Nom": Du‹U+00A0›pont {cell}',
            fix='Retype the cell "Nom": it contains invisible characters, probably from pasting.',
        ),
    ),
    **{
        f"a header of {length} letters": case(
            headed(length, "a\u200bb"),
            expect(
                record=2,
                line=3,
                field="h" * length,
                severity=Severity.WARN,
                excerpt="a\u200bb",
                fingerprint=fingerprint("LST104", ("h" * length, "a\u200bb", who(2))),
                says=f'Jean Dupont (line 3) has invisible characters (U+200B) in "{shown}": a‹U+200B›b',
                fix=f'Retype the cell "{shown}": it contains invisible characters, probably from pasting.',
            ),
        )
        for length, shown in HEADER_LENGTHS.items()
    },
    "more kinds than are named": case(
        cell(poste="\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"),
        expect(
            record=2,
            line=3,
            field="poste",
            severity=Severity.WARN,
            excerpt="\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060",
            fingerprint="4fdadbbec4b046ce",
            says="Jean Dupont (line 3) has invisible characters (U+200B, U+200C, U+200D, U+200E, U+200F, U+202A, U+202B, "
            'U+202C, U+202D, U+202E,…) in "Poste": ‹U+200B›‹U+200C›‹U+200D›‹U+200E›‹U+200F›‹U+202A›‹U+202B›‹U+…',
        ),
    ),
    "French typography in an address": case(
        cell(adresse_e_mail="jean.dupont@mail.example\u00a0;"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@mail.example\u00a0;",
            fingerprint="97567530b1b30bd5",
            says='Jean Dupont (line 3) has invisible characters (U+00A0) in "Adresse e-mail": '
            "jean.dupont@mail.example‹U+00A0›;",
            fix='Retype the cell "Adresse e-mail": it contains invisible characters, probably from pasting.',
        ),
    ),
    "a joiner in an address": case(
        cell(adresse_e_mail="\u0639\u200c\u0631@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="\u0639\u200c\u0631@mail.example",
            fingerprint="abc147079885af5d",
            says='Jean Dupont (line 3) has invisible characters (U+200C) in "Adresse e-mail": '
            "\u0639‹U+200C›\u0631@mail.example",
        ),
    ),
    "three people, each by themselves": case(
        lambda: inspection_of(soft(3)),
        *(
            expect(
                record=number,
                line=number + 1,
                field="nom",
                severity=Severity.WARN,
                excerpt=f"Du\u00adpont{'x' * number}",
                fingerprint=fingerprint("LST104", ("nom", f"Du\u00adpont{'x' * number}", who(number))),
                says=f"{first} Du‹U+00AD›pont{'x' * number} (line {number + 1}) has invisible characters (U+00AD) in "
                f'"Nom": Du‹U+00AD›pont{"x" * number}',
            )
            for number, first in ((1, "Inès"), (2, "Jean"), (3, "Zoé"))
        ),
    ),
    "four people": case(
        lambda: inspection_of(soft(4)),
        expect(
            record=1,
            line=2,
            field="nom",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            others=(2, 3, 4),
            count=4,
            excerpt="Du\u00adpontx",
            fingerprint="d703f039bd2ff1bd",
            says='4 people have invisible characters in "Nom", such as U+00AD (lines 2, 3, 4, 5)',
            fix='Retype the cell "Nom": it contains invisible characters, probably from pasting.',
        ),
    ),
}
PASSES = {
    "a field that nobody uses": column("Vieux", "a\u200bb"),
    "narrow spaces before signs": cell(
        poste="Juriste\u202f; «\u00a0droit\u00a0» 3\u202f000\u00a0€ 5\u00a0% a\u00a0! b\u00a0?"
    ),
    "a joiner in an Indic name": cell(nom="\u0915\u094d\u200d\u0937"),
    "a family": cell(poste="Juriste 👨\u200d👩\u200d👧\u200d👦"),
    "a flag, a keycap and a heart": cell(
        poste="🇫🇷 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1\ufe0f\u20e3 ❤\ufe0f"
    ),
    "a job with its skin tone": cell(poste="👩🏽\u200d⚕\ufe0f Infirmière"),
    "a name with its own ideograph": cell(nom="葛\U000e0100城"),
    "a joiner in a Persian name": cell(nom="علی\u200cرضا"),
    "French typography": cell(poste="Juriste\u00a0: droit social"),
}

test_fails, test_passes = cases_of("LST104", FAILS, PASSES)
