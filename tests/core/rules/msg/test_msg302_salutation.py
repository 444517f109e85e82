"""MSG302: The greeting names this person, or nobody."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, PEOPLE, changed, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import HEADER_LENGTHS, Case, case, cases_of, composed, expect, found, only, renamed, stale

from mailmerge.lint import Inspection
from mailmerge.lint.finding import fingerprint
from mailmerge.model import Severity
from mailmerge.text.folding import identifier


def greeting(text: str) -> str:
    """A letter that begins so."""
    return f"Subject: x\n\n{text}\n\nMerci.\n"


def with_column(header: str, value: str, text: str) -> Case:
    """A column more, and a letter that begins so."""
    return lambda: inspection_of(table_of([(*row, value) for row in PEOPLE], (*HEADERS, header)), greeting(text))


def called(name: str, value: str) -> Case:
    """People whom the campaign calls so, and a letter that greets them by a column."""

    def make() -> Inspection:
        inspection = with_column("Ville", value, "Bonjour {{ ville }},")()
        return replace(inspection, recipients=[replace(each, name=name) for each in inspection.recipients])

    return make


def titled_twice(name: str, header: str = "Nom") -> Case:
    """The first person's title is in the cell of the surname, too."""
    return renamed("nom", header, lambda: inspection_of(changed(1, nom=name)))


FAILS = {
    "a title before a title, behind other words": case(
        lambda: inspection_of(changed(1, nom="Mme Petit"), greeting("Bonjour très chère Madame {{ nom }},")),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="Mme Petit",
            fingerprint="65d5dfe3e001bacf",
            says='Inès Mme Petit (line 2) would be greeted as "Bonjour très chère Madame Mme Petit", with a title before a title',
        ),
    ),
    **{
        f"a title before a title, of {length} characters under a header of {letters}": case(
            titled_twice(f"Mme {'P' * (length - 16)}", "H" * letters),
            expect(
                record=1,
                line=2,
                field="nom",
                excerpt=f"Mme {'P' * (length - 16)}",
                fingerprint=fingerprint(
                    "MSG302", ("ines.petit@mail.example", "titled twice", f"Mme {'P' * (length - 16)}")
                ),
                letter="lettre.md",
                says=f'Inès Mme {"P" * 30}… (line 2) would be greeted as "{greeted}", with a title before a title',
                fix=f'Delete the title from the cells of "{shown}", or print only one of the two titles in lettre.md.',
            ),
        )
        for length, greeted in ((60, f"Bonjour Mme Mme {'P' * 44}"), (61, f"Bonjour Mme Mme {'P' * 43}…"))
        for letters, shown in HEADER_LENGTHS.items()
    },
    "a colleague's name": case(
        lambda: inspection_of(
            table_of([(*row, "Marc") for row in PEOPLE], (*HEADERS, "Recruteur")),
            "Subject: x\n\nBonjour {{ recruteur }},\n\nMerci.\n",
        ),
        expect(
            record=1,
            line=2,
            field="recruteur",
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Marc",
            fingerprint="af39404e8fcf082b",
            says='6 people would be greeted by something other than their name, such as "Marc" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "not a name": case(
        lambda: inspection_of(letter="Subject: x\n\nBonjour {{ poste }},\n\nMerci.\n"),
        expect(
            record=1,
            line=2,
            field="poste",
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Comptable",
            fingerprint="db356fcbddaa8291",
            says='6 people would be greeted by something other than their name, such as "Comptable" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a stale name": case(
        composed(stale),
        expect(
            record=2,
            line=3,
            field="nom",
            letter_line=3,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Petit",
            fingerprint="99abaaaef7c779d3",
            says='5 people would be greeted by something other than their name, such as "Petit" (lines 3, 4, 5, 6, 7)',
        ),
    ),
    **{
        f"a town behind {call!r}": case(
            only(with_column("Ville", "Toulouse", f"{call}, {{{{ ville }}}}{sign}"), 2),
            expect(
                record=2,
                line=3,
                field="ville",
                letter_line=3,
                excerpt="Toulouse",
                others=(),
                letter="lettre.md",
                fingerprint="7b42d3fe5c4b3408",
                says='Jean Dupont (line 3) would be greeted as "Toulouse"',
            ),
        )
        for call, sign in (("Hola", ":"), ("Bonjour", ","), ("Hello", "!"), ("Dzień dobry", ","), ("Olá", ","))
    },
    "one of them alone": case(
        only(with_column("Ville", "Toulouse", "Bonjour {{ ville }},"), 2),
        expect(
            record=2,
            line=3,
            field="ville",
            letter_line=3,
            excerpt="Toulouse",
            others=(),
            letter="lettre.md",
            fix="In the greeting of lettre.md, use the fields that hold the person's own name.",
            fingerprint="7b42d3fe5c4b3408",
            says='Jean Dupont (line 3) would be greeted as "Toulouse"',
        ),
    ),
    "another person's full name": case(
        with_column("Recruteur", "Jean Dupont", "Bonjour {{ recruteur }},"),
        expect(
            record=1,
            line=2,
            field="recruteur",
            letter_line=3,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            others=(3, 4, 5, 6, 2),
            fix="In the greeting of lettre.md, use the fields that hold the person's own name.",
            fingerprint="af39404e8fcf082b",
            says='5 people would be greeted by a name that is not theirs, such as "Jean Dupont" (lines 2, 4, 5, 6, 7)',
        ),
    ),
    "another person's full name, once": case(
        only(with_column("Recruteur", "Jean Dupont", "Bonjour {{ recruteur }},"), 1),
        expect(
            record=1,
            line=2,
            field="recruteur",
            letter_line=3,
            excerpt="Jean Dupont",
            others=(2,),
            letter="lettre.md",
            fix="In the greeting of lettre.md, use the fields that hold the person's own name.",
            fingerprint="1d719dfba409c2cc",
            says='Inès Petit (line 2) would be greeted as "Jean Dupont", which is the name of Jean Dupont (line 3)',
        ),
    ),
    "a column that names somebody else": case(
        only(with_column("Nom du contact", "Durand", "Bonjour {{ nom_du_contact }},"), 3),
        expect(
            record=3,
            line=4,
            field="nom_du_contact",
            letter_line=3,
            excerpt="Durand",
            fingerprint="4a4a9b47efc60bc7",
            says='Zoé Lefèvre (line 4) would be greeted as "Durand"',
        ),
    ),
    "two fields in one expression": case(
        only(with_column("Ville", "Toulouse", "Bonjour {{ ville ~ reference }},"), 2),
        expect(
            record=2,
            line=3,
            letter_line=3,
            excerpt="ToulouseRC-0018",
            fingerprint="b6b5efe14c571830",
            says='Jean Dupont (line 3) would be greeted as "ToulouseRC-0018"',
        ),
    ),
    "a name that is typed": case(
        lambda: inspection_of(letter=greeting("Bonjour Zoé,")),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé",
            others=(2, 4, 5, 6),
            letter="lettre.md",
            fix='In lettre.md, replace "Zoé" with the field that holds the person\'s own name.',
            fingerprint="cd673316d0138b2c",
            says='5 people would be greeted as "Zoé": the name is typed into lettre.md (lines 2, 3, 5, 6, 7)',
        ),
    ),
    "a name that is typed, once": case(
        only(lambda: inspection_of(letter=greeting("Bonjour Jean,")), 3),
        expect(
            record=3,
            line=4,
            excerpt="Jean",
            others=(),
            letter="lettre.md",
            fix='In lettre.md, replace "Jean" with the field that holds the person\'s own name.',
            fingerprint="1f38569aae3584ac",
            says='Zoé Lefèvre (line 4) would be greeted as "Jean": the name is typed into lettre.md',
        ),
    ),
    "six words without a comma": case(
        only(lambda: inspection_of(letter=greeting("Bonjour à vous toutes et Jean")), 3),
        expect(
            record=3,
            line=4,
            excerpt="Jean",
            fingerprint="1f38569aae3584ac",
            says='Zoé Lefèvre (line 4) would be greeted as "Jean": the name is typed into lettre.md',
        ),
    ),
    "more words, and a comma": case(
        only(lambda: inspection_of(letter=greeting("Chers amis et collègues de la part de Jean,")), 3),
        expect(
            record=3,
            line=4,
            excerpt="Jean",
            fingerprint="1f38569aae3584ac",
            says='Zoé Lefèvre (line 4) would be greeted as "Jean": the name is typed into lettre.md',
        ),
    ),
    "after another paragraph": case(
        only(with_column("Ville", "Toulouse", "Notre offre.\n\nBonjour {{ ville }},"), 2),
        expect(
            record=2,
            line=3,
            field="ville",
            letter_line=5,
            excerpt="Toulouse",
            fingerprint="7b42d3fe5c4b3408",
            says='Jean Dupont (line 3) would be greeted as "Toulouse"',
        ),
    ),
    "a value with a comma": case(
        only(with_column("Ville", "Toulouse, centre", "Bonjour {{ ville }},"), 2),
        expect(
            record=2,
            line=3,
            field="ville",
            letter_line=3,
            excerpt="Toulouse, centre",
            fingerprint="8ed21771928cd286",
            says='Jean Dupont (line 3) would be greeted as "Toulouse, centre"',
        ),
    ),
    "a value without an end": case(
        only(with_column("Ville", "Toulouse" + "e" * 600, "Bonjour {{ ville }}"), 2),
        expect(
            record=2,
            line=3,
            field="ville",
            letter_line=3,
            excerpt="Toulouse" + "e" * 600,
            fingerprint="d5f7c744bb072a3d",
            says='Jean Dupont (line 3) would be greeted as "Toulouseeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee…"',
        ),
    ),
    "a long name that is typed": case(
        only(lambda: inspection_of(changed(1, nom="Petit" + "e" * 40), greeting("Chère Petit" + "e" * 40 + ",")), 2),
        expect(
            record=2,
            line=3,
            excerpt="Petiteeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            fingerprint="6b8ce9ff770a9528",
            says='Jean Dupont (line 3) would be greeted as "Petiteeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee…": the name is typed into lettre.md',
        ),
    ),
    "a cell that looks like a template": case(
        with_column("Ville", "{lines} {0} %s", "Bonjour {{ ville }},"),
        expect(
            record=1,
            line=2,
            field="ville",
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="{lines} {0} %s",
            fix="In the greeting of lettre.md, use the fields that hold the person's own name.",
            fingerprint="c6afa9905c3b40e2",
            says='6 people would be greeted by something other than their name, such as "{lines} {0} %s" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a name twice": case(
        lambda: inspection_of(changed(1, prenom="Inès Petit"), greeting("Bonjour {{ prenom }} {{ nom }},")),
        expect(
            record=1,
            line=2,
            field="prenom",
            severity=Severity.WARN,
            excerpt="Inès Petit",
            fingerprint="acaba202face249a",
            says='Inès Petit Petit (line 2) would be greeted as "Bonjour Inès Petit Petit", with a name twice',
        ),
    ),
    "a name twice, behind a title": case(
        lambda: inspection_of(
            changed(1, prenom="Inès Petit"), greeting("Bonjour {{ civilite }} {{ prenom }} {{ nom }},")
        ),
        expect(
            record=1,
            line=2,
            field="prenom",
            severity=Severity.WARN,
            excerpt="Inès Petit",
            fingerprint="acaba202face249a",
            says='Inès Petit Petit (line 2) would be greeted as "Bonjour Mme Inès Petit Petit", with a name twice',
        ),
    ),
    "a name twice, first in the words of a cell": case(
        lambda: inspection_of(
            table_of(
                [(*row, f"Chère {row[1]} {row[2]}" if n == 0 else "Bonjour") for n, row in enumerate(PEOPLE)],
                (*HEADERS, "Formule"),
            ),
            greeting("{{ formule }} {{ nom }},"),
        ),
        expect(
            record=1,
            line=2,
            field="formule",
            severity=Severity.WARN,
            excerpt="Chère Inès Petit",
            fingerprint="078eaf1078e66c3b",
            says='Inès Petit (line 2) would be greeted as "Chère Inès Petit Petit", with a name twice',
        ),
    ),
    "a name twice, of many": case(
        lambda: inspection_of(
            [(row[0], f"{row[1]} {row[2]}", *row[2:]) for row in PEOPLE], greeting("Bonjour {{ prenom }} {{ nom }},")
        ),
        expect(
            record=1,
            line=2,
            field="prenom",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Inès Petit",
            fingerprint="e4a628628daf0fdc",
            says='6 people would be greeted with a name twice, such as "Bonjour Inès Petit Petit" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a title twice, of many": case(
        lambda: inspection_of([(*row[:2], f"{row[0]} {row[2]}", *row[3:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Mme Petit",
            fingerprint="8226deb61c06b048",
            says='6 people would be greeted with a title before a title, such as "Bonjour Mme Mme Petit" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
}
PASSES = {
    "what is before a surname, where somebody has it in their surname": lambda: inspection_of(
        table_of(
            [
                (*row[:2], row[2] if n else "van der Berg", *row[3:], "van der" if n else "")
                for n, row in enumerate(PEOPLE)
            ],
            (*HEADERS, "Voor"),
        ),
        greeting("Beste {{ prenom }} {{ voor|default('', true) }} {{ nom }},"),
    ),
    "a title of two words, where somebody's name begins with the first": lambda: inspection_of(
        table_of(
            [("de heer", "Jan", "Bakker" if n else "de Vries", *row[3:]) for n, row in enumerate(PEOPLE)],
            ("Aanhef", *HEADERS[1:]),
        ),
        greeting("Geachte {{ aanhef }} {{ nom }},"),
    ),
    **{
        f"one's own name behind {call!r}": with_column("Ville", "Pau", f"{call}, {{{{ prenom }}}}{sign}")
        for call, sign in (("Hola", ":"), ("Bonjour", ","), ("Hello", "!"))
    },
    "a sentence behind a greeting": with_column(
        "Ville", "Toulouse", "Bonjour, nous serons à {{ ville }} en mars prochain."
    ),
    "one's own name and a town": with_column("Ville", "Toulouse", "Bonjour {{ prenom }} de {{ ville }},"),
    "a whole team": with_column("Société", "Atelier Garonne", "Bonjour à toute l'équipe {{ societe }},"),
    "the name by which one is known": with_column("Known as", "Nini", "Dear {{ known_as }},"),
    "a colleague further down": lambda: inspection_of(
        table_of([(*row, "Olivier") for row in PEOPLE], (*HEADERS, "Recruteur")),
        "Subject: x\n\n{{ prenom }},\n\nMme {{ recruteur }} vous contactera la semaine prochaine.\n",
    ),
    "one's own name": inspection_of,
    "capitals": lambda: inspection_of(letter="Subject: x\n\nChère Madame {{ nom|upper }},\n\nMerci.\n"),
    "a title field": lambda: inspection_of(
        table_of([(*row, "Chère Madame") for row in PEOPLE], (*HEADERS, "Formule")),
        "Subject: x\n\n{{ formule }} {{ nom }},\n\nMerci.\n",
    ),
    "nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
    "a greeting word that is a surname": lambda: inspection_of(changed(2, nom="Cher"), greeting("Cher collègue,")),
    "a name of nobody in the table": lambda: inspection_of(letter=greeting("Bonjour Xavier,")),
    "seven words without a comma": lambda: inspection_of(letter=greeting("Bonjour à vous toutes et tous Jean")),
    "a line that is not a greeting": lambda: inspection_of(letter=greeting("{{ poste }},")),
    "a name after the comma": lambda: inspection_of(letter=greeting("Bonjour Madame, Jean Dupont vous recevra.")),
    "a number": with_column("Annee", "2026", "Bonjour {{ annee }},"),
    "one's own usual name": with_column("Nom d'usage", "Lenoir", "Bonjour {{ nom_d_usage }},"),
    "one's own title": lambda: inspection_of(
        [("Excellence", *row[1:]) for row in PEOPLE], greeting("Bonjour {{ civilite }},")
    ),
    "people without names": lambda: inspection_of(
        table_of(first_name="", last_name=""), greeting("Bonjour {{ reference }},")
    ),
    "the name in To": called("Élodie Roux", "Élodie"),
}

test_fails, test_passes = cases_of("MSG302", FAILS, PASSES)


KIN = {"Conjoint": [], "Nom de l'enfant": [], "Binôme": [1], "Collègue": [1]}


@each_row(("header", "told"), KIN.items())
def test_somebody_of_the_family_may_be_greeted_as_well(header: str, told: list[int]) -> None:
    rows = [(*row, "Jean" if n == 0 else "Alix") for n, row in enumerate(PEOPLE)]
    text = greeting(f"Bonjour {{{{ prenom }}}} et {{{{ {identifier(header)} }}}},")
    assert [each.record for each in found(inspection_of(table_of(rows, (*HEADERS, header)), text), "MSG302")] == told


TYPED = {
    "Bonjour Jean Dupont,": ["Jean Dupont"],
    "Bonjour Zoé et Jean Dupont,": ["Zoé", "Jean Dupont"],
    "Bonjour Jean Dupont et Zoé,": ["Jean Dupont", "Zoé"],
    "Bonjour Jean-Luc et Zoé Lefèvre,": ["Jean-Luc", "Zoé Lefèvre"],
    "Bonjour Zoé Jean Luc,": ["Zoé Jean Luc"],
}


@each_row(("text", "names"), TYPED.items())
def test_each_typed_name_is_told_from_its_first_word_to_its_last(text: str, names: list[str]) -> None:
    findings = found(only(lambda: inspection_of(letter=greeting(text)), 4)(), "MSG302")
    assert [each.excerpt for each in findings] == names


@each_row("value", ["jean.dupont@mail.example", "RC-0018", "06 12 34 56 02"])
def test_what_somebody_else_has_is_no_name(value: str) -> None:
    rows = [(*row, value if n == 0 else "") for n, row in enumerate(PEOPLE)]
    letter = greeting("Bonjour {{ ville|default('à tous') }},")
    findings = found(inspection_of(table_of(rows, (*HEADERS, "Ville")), letter), "MSG302")
    assert {each.says.id for each in findings} <= {"msg302.greeted"}
    assert bool(findings) is not value.replace(" ", "").isdigit()
