"""MSG301: Nothing of the machine is left in the message."""

from __future__ import annotations

from lint_cases import changed, inspection_of
from rule_cases import case, cases_of, cell, expect

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
}
PASSES = {
    "a surname in English": cell(nom="Nan"),
    "a full greeting": inspection_of,
    "a greeting to nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
}

test_fails, test_passes = cases_of("MSG301", FAILS, PASSES)
