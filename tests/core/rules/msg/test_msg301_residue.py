"""MSG301: The message contains no template residue."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import case, cases_of, cell, column, expect

NAMELESS = [(*row[:2], "", *row[3:]) for row in PEOPLE]
GREETING = 'Subject: x\n\nBonjour {{ nom|default("") }},\n\nMerci.\n'

FAILS = {
    "None": case(
        cell(nom="None"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="None",
            fingerprint="83c021729e050f66",
            says='Jean None (line 3): the letter prints "None" for "Nom"',
        ),
    ),
    "nan": case(
        cell(poste="nan"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="nan",
            fingerprint="67ff7096292a6b91",
            says='Jean Dupont (line 3): the letter prints "nan" for "Poste"',
        ),
    ),
    "braces": case(
        cell(poste="{{ poste }}"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="{{ poste }}",
            fingerprint="10d2448bfffc4d75",
            says='Jean Dupont (line 3): the letter prints {{ for "Poste"',
        ),
    ),
    "an empty greeting": case(
        lambda: inspection_of(
            changed(2, nom="", civilite=""),
            letter='Subject: x\n\nBonjour {{ civilite|default("") }} {{ nom|default("") }},\n\nMerci.\n',
        ),
        expect(
            record=2,
            line=3,
            excerpt="Bonjour ,",
            fingerprint="34e565699870d500",
            says='Jean (line 3): the greeting is "Bonjour ,", without a name',
        ),
    ),
    "null in capitals or not": case(
        cell(poste=" NULL "),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt=" NULL ",
            fix='Fill in "Poste", or correct its content.',
            fingerprint="4f1b51cf133dda01",
            says='Jean Dupont (line 3): the letter prints "NULL" for "Poste"',
        ),
    ),
    "an opening brace alone": case(
        cell(poste="{{ poste"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="{{ poste",
            fingerprint="ce9e9b780ec9d17a",
            says='Jean Dupont (line 3): the letter prints {{ for "Poste"',
        ),
    ),
    "a closing brace alone": case(
        cell(poste="poste }}"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="poste }}",
            fingerprint="32164d1fc00b0826",
            says='Jean Dupont (line 3): the letter prints }} for "Poste"',
        ),
    ),
    "a word of four": case(
        cell(poste="chargé de nan paie"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="chargé de nan paie",
            fingerprint="d9bd22a9411f6a9e",
            says='Jean Dupont (line 3): the letter prints "nan" for "Poste"',
        ),
    ),
    "a short text of one long word": case(
        cell(poste="None " + "a" * 74),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="None aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            fingerprint="88c91ebb1b859ba2",
            says='Jean Dupont (line 3): the letter prints "None" for "Poste"',
        ),
    ),
    "two fields in one expression": case(
        lambda: inspection_of(changed(2, poste="{{"), "Subject: x\n\nBonjour {{ nom }},\n\n{{ poste ~ reference }}\n"),
        expect(
            record=2,
            line=3,
            excerpt="{{RC-0018",
            fix='Fill in "{{ poste ~ reference }}", or correct its content.',
            fingerprint="0c86e7cc267ef3fd",
            says='Jean Dupont (line 3): the letter prints {{ for "{{ poste ~ reference }}"',
        ),
    ),
    "the same for everybody": case(
        column("Site", "None", "\n{{ site }}\n"),
        expect(
            record=1,
            line=2,
            field="site",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="None",
            fix='Fill in "Site", or correct its content.',
            fingerprint="8c6f2fe08f497966",
            says='in 6 messages the letter prints "None" for "Site" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "everybody without a name": case(
        lambda: inspection_of(NAMELESS, GREETING),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Bonjour ,",
            fix="Fill in the name, or write a greeting that needs none.",
            fingerprint="328ea670715b9d30",
            says='in 6 messages the greeting has no name, as in "Bonjour ," (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a blank that nobody foresaw": case(
        lambda: inspection_of(changed(2, nom=""), GREETING.replace('|default("")', "")),
        expect(
            record=2,
            line=3,
            excerpt="Bonjour ,",
            fingerprint="34e565699870d500",
            says='Jean (line 3): the greeting is "Bonjour ,", without a name',
        ),
    ),
}
PASSES = {
    "a surname in English": cell(nom="Nan"),
    "a full greeting": inspection_of,
    "a greeting to nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
    "single braces": cell(poste="Juriste {droit social}"),
    "null inside a word": cell(poste="Juriste (annulations)"),
    "none among many words": cell(poste="Responsable None de la paie"),
    "none in a long text": cell(poste="None " + "a" * 75),
    "an empty greeting without a field": lambda: inspection_of(letter="Subject: x\n\nBonjour ,\n\nMerci.\n"),
    "a field that is not there": lambda: inspection_of(letter="Subject: x\n\nBonjour {{ surnom }},\n\nMerci.\n"),
}

test_fails, test_passes = cases_of("MSG301", FAILS, PASSES)
