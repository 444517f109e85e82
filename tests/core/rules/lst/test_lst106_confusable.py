"""LST106: No address mixes the letters of two alphabets."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of, table_of
from rule_cases import case, cases_of, cell, cells, expect, without

from mailmerge.model import Severity

FAILS = {
    "a surname of two alphabets": case(
        cell(nom="Dup\u043ent"),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Dupоnt",
            fingerprint="2e315689c7cfde35",
            says='Jean Dupоnt (line 3): "Dupоnt" in "Nom" mixes the letters of two alphabets',
            fix="Type the name again in one alphabet: a letter that only looks right is not found by any search.",
        ),
    ),
    "surnames of two alphabets": case(
        cells(nom=(2, "Dup\u043ent"), nom_=(4, "Ngu\u0443en")),
        expect(
            record=2,
            line=3,
            field="nom",
            severity=Severity.WARN,
            excerpt="Dupоnt",
            fingerprint="2e315689c7cfde35",
            says='Jean Dupоnt (line 3): "Dupоnt" in "Nom" mixes the letters of two alphabets',
            fix="Type the name again in one alphabet: a letter that only looks right is not found by any search.",
        ),
        expect(
            record=4,
            line=5,
            field="nom",
            severity=Severity.WARN,
            excerpt="Nguуen",
            fingerprint="cc4846402d0b581b",
            says='Paul Nguуen (line 5): "Nguуen" in "Nom" mixes the letters of two alphabets',
            fix="Type the name again in one alphabet: a letter that only looks right is not found by any search.",
        ),
    ),
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
    "letters of three alphabets": case(
        cell(adresse_e_mail="jеαn.dupont@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jеαn.dupont@mail.example",
            fingerprint="ec2e76e7625f46d2",
            says='Jean Dupont (line 3): "jеαn.dupont" in the address jеαn.dupont@mail.example mixes the letters of 3 '
            "alphabets; the server would read j\\u0435\\u03b1n.dupont@mail.example",
            fix="Retype the address: it was probably pasted with look-alike letters.",
        ),
    ),
    "two labels, reported once": case(
        cell(adresse_e_mail="jеan@mаil.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jеan@mаil.example",
            fingerprint="51c0440654e1cd06",
            says='Jean Dupont (line 3): "jеan" in the address jеan@mаil.example mixes Cyrillic and Latin letters; the '
            "server would read j\\u0435an@xn--mil-6cd.example",
            fix="Retype the address: it was probably pasted with look-alike letters.",
        ),
    ),
    "a broken A-label before a false one": case(
        cell(adresse_e_mail="jean@xn--a-\u00e9.XN--mil-9cd.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean@xn--a-é.XN--mil-9cd.example",
            fingerprint="0ebeb9a0145899be",
            says='Jean Dupont (line 3): "бmil" in the address jean@xn--a-é.XN--mil-9cd.example mixes Cyrillic and Latin '
            "letters; the server would read jean@xn--a-é.xn--mil-9cd.example",
        ),
    ),
    "a list in Japanese and Greek": case(
        cell(adresse_e_mail="日本α@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="日本α@mail.example",
            fingerprint="4b54bc95357487eb",
            says='Jean Dupont (line 3): "日本α" in the address 日本α@mail.example mixes Cjk and Greek letters; the '
            "server would read \\u65e5\\u672c\\u03b1@mail.example",
        ),
    ),
    "surnames of two alphabets, of many": case(
        lambda: inspection_of(
            changed(
                1,
                changed(2, changed(3, changed(4, PEOPLE, nom="Ngu\u0443en"), nom="Lef\u0435vre"), nom="Dup\u043ent"),
                nom="P\u0435tit",
            )
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            count=4,
            excerpt="Pеtit",
            fingerprint="6c32e4f7af5153c2",
            says='4 people have a name in "Nom" that mixes the letters of two alphabets (lines 2, 3, 4, 5)',
        ),
    ),
}
PASSES = {
    "a broken A-label": cell(adresse_e_mail="jean@xn--a\u0430.example"),
    "Japanese with Latin letters": cell(adresse_e_mail="jean日本ひカ@mail.example"),
    "Latin beside Greek, each in its own label": cell(adresse_e_mail="jean@παράδειγμα.example"),
    "a false letter, of somebody excluded": lambda: without(table_of(changed(2, adresse_e_mail="јean@x.example")), 2)(),
    "a domain with accents": cell(adresse_e_mail="jean.dupont@société.example"),
    "all Greek": cell(adresse_e_mail="ιωάννης@παράδειγμα.example"),
}

test_fails, test_passes = cases_of("LST106", FAILS, PASSES)
