"""LST106: No address with letters of two alphabets."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, expect

FAILS = {
    "a Cyrillic j": case(
        cell(adresse_e_mail="јean.dupont@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="јean.dupont@mail.example",
            fingerprint="1fd37ecaab61fa4c",
            says='Jean Dupont (line 3): "јean.dupont" in the address јean.dupont@mail.example mixes Cyrillic and Latin letters; the server would read \\u0458ean.dupont@mail.example',
        ),
    ),
    "a Greek o in the domain": case(
        cell(adresse_e_mail="jean.dupont@mαil.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@mαil.example",
            fingerprint="b44b670be1743a14",
            says='Jean Dupont (line 3): "mαil" in the address jean.dupont@mαil.example mixes Greek and Latin letters; the server would read jean.dupont@xn--mil-oxc.example',
        ),
    ),
    "the same in A-labels": case(
        cell(adresse_e_mail="jean.dupont@xn--mil-9cd.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@xn--mil-9cd.example",
            fingerprint="6ea91a317aa95bea",
            says='Jean Dupont (line 3): "бmil" in the address jean.dupont@xn--mil-9cd.example mixes Cyrillic and Latin letters; the server would read jean.dupont@xn--mil-9cd.example',
        ),
    ),
}
PASSES = {
    "a domain with accents": cell(adresse_e_mail="jean.dupont@société.example"),
    "all Greek": cell(adresse_e_mail="ιωάννης@παράδειγμα.example"),
}

test_fails, test_passes = cases_of("LST106", FAILS, PASSES)
