"""TPL201: Nothing undefined, nothing blank."""

from __future__ import annotations

from lint_cases import LETTER, PEOPLE, changed, inspection_of
from rule_cases import case, cases_of, cell, column, expect, failing, letter

from mailmerge.errors import Reason, RenderFailed

NOBODY = Reason("nobody", "nobody is called {name}", {"name": "Zoé"})

COUNTING = "\n{% if points|float >= 10 %}a{% else %}b{% endif %}\n"

FAILS = {
    "a field that is not there, with what to print instead": case(
        letter("Zone : {{ zone|default('ici') }}"),
        expect(
            field="zone",
            letter_line=11,
            excerpt="{{ zone|default('ici') }}",
            fingerprint="ec0fcae25f99ab64",
            says="lettre.md, line 11: the letter uses zone, but there is no such column",
            fix="Correct the name; the table has civilite, prenom, nom, adresse_e_mail, poste, reference, telephone.",
        ),
    ),
    "a blank cell that counts as 0": case(
        column("Points", ["12", "", "7", "8", "9", "0"], COUNTING),
        expect(
            record=2,
            line=3,
            field="points",
            letter_line=11,
            excerpt="points|float >= 10",
            fingerprint="a93a1a3936d397dd",
            says="Jean Dupont (line 3): a blank cell would count as 0 in points|float >= 10 (lettre.md, line 11)",
            fix="Fill in the cell; write |float(0) if a blank means 0; or ask first whether there is a value: field and ...",
        ),
    ),
    "a blank cell that counts as 0 for many": case(
        column("Points", ["12"], COUNTING),
        expect(
            record=2,
            line=3,
            field="points",
            letter_line=11,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="points|float >= 10",
            fingerprint="86c3677253ef42a3",
            says="a blank cell would count as 0 in points|float >= 10 for 5 people (lettre.md, line 11): lines 3, 4, 5, 6, 7",
        ),
    ),
    "a field that is not there": case(
        letter("{{ prenon }}"),
        expect(
            column="Prénom",
            field="prenon",
            letter_line=11,
            excerpt="{{ prenon }}",
            fingerprint="0e6cedb2abab3cd6",
            says='lettre.md, line 11: the letter uses prenon, but there is no such column; did you mean "Prénom"?',
        ),
    ),
    "a condition on one that is not there": case(
        letter("{% if prenon %}x{% endif %}"),
        expect(
            column="Prénom",
            field="prenon",
            letter_line=11,
            excerpt="prenon",
            fingerprint="0e6cedb2abab3cd6",
            says='lettre.md, line 11: the letter uses prenon, but there is no such column; did you mean "Prénom"?',
        ),
    ),
    "a blank cell": case(
        cell(poste=""),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="834347e2f0f01d3d",
            says="Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)",
        ),
    ),
    "a cell of spaces": case(
        cell(poste="  \t "),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="834347e2f0f01d3d",
            says="Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)",
        ),
    ),
    "a field that is not there, on two lines": case(
        letter("{{ prenon }}\n\n{{ prenon }} {% if prenon %}x{% endif %}"),
        expect(
            column="Prénom",
            field="prenon",
            letter_line=11,
            excerpt="{{ prenon }}",
            fingerprint="0e6cedb2abab3cd6",
            says='lettre.md, lines 11, 13: the letter uses prenon, but there is no such column; did you mean "Prénom"?',
        ),
    ),
    "a field that resembles none": case(
        letter("{{ zzz }}"),
        expect(
            field="zzz",
            letter_line=11,
            excerpt="{{ zzz }}",
            fingerprint="96dc7a67a830a5d3",
            says="lettre.md, line 11: the letter uses zzz, but there is no such column",
        ),
    ),
    "a field that resembles none, on two lines": case(
        letter("{{ zzz }}\n{{ zzz }}"),
        expect(
            field="zzz",
            letter_line=11,
            excerpt="{{ zzz }}",
            fingerprint="96dc7a67a830a5d3",
            says="lettre.md, lines 11, 12: the letter uses zzz, but there is no such column",
        ),
    ),
    "a signature that no account gives": case(
        letter("{{ signature }}"),
        expect(
            field="signature",
            letter_line=11,
            excerpt="{{ signature }}",
            fingerprint="097c930204995d0d",
            says="lettre.md, line 11: the letter uses signature, but there is no such column and no account has a signature",
        ),
    ),
    "a signature that no account gives, on two lines": case(
        letter("{{ signature }}\n{{ signature }}"),
        expect(
            field="signature",
            letter_line=11,
            excerpt="{{ signature }}",
            fingerprint="097c930204995d0d",
            says="lettre.md, lines 11, 12: the letter uses signature, but there is no such column and no account has a signature",
        ),
    ),
    "a blank cell of three people of six": case(
        lambda: inspection_of(
            [(*row[:4], "", *row[5:]) if n < 3 else row for n, row in enumerate(PEOPLE)],
            LETTER.replace("{{ poste }}", "...", 1),
        ),
        expect(
            record=1,
            line=2,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="86ec7fc17b78179e",
            says="Inès Petit (line 2): {{ poste }} is blank (lettre.md, line 5)",
        ),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="834347e2f0f01d3d",
            says="Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)",
        ),
        expect(
            record=3,
            line=4,
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="b6c8416d69df3fab",
            says="Zoé Lefèvre (line 4): {{ poste }} is blank (lettre.md, line 5)",
        ),
    ),
    "a blank cell of four people of six": case(
        lambda: inspection_of([(*row[:4], "", *row[5:]) if n < 4 else row for n, row in enumerate(PEOPLE)]),
        expect(
            record=1,
            line=2,
            field="poste",
            letter_line=5,
            affected=(1, 2, 3, 4),
            count=4,
            excerpt="{{ poste }}",
            fingerprint="b874e0d2fe2e243c",
            says="{{ poste }} is blank for 4 people (lettre.md, line 5): lines 2, 3, 4, 5",
        ),
    ),
    "two fields in one expression": case(
        lambda: inspection_of(changed(2, poste=""), "Subject: x\n\nBonjour {{ reference ~ poste }}\n"),
        expect(
            record=2,
            line=3,
            field="poste",
            letter_line=3,
            excerpt="{{ reference ~ poste }}",
            fingerprint="1f7a3a743e1b5a8a",
            says="Jean Dupont (line 3): {{ reference ~ poste }} is blank (lettre.md, line 3)",
        ),
    ),
    "no field in an expression": case(
        lambda: inspection_of(letter="Subject: x\n\nBonjour {{ none }}\n"),
        expect(
            record=1,
            line=2,
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="{{ none }}",
            fingerprint="3984b2817cbde490",
            says="{{ none }} is blank for 6 people (lettre.md, line 3): lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "no subject for one person": case(
        lambda: inspection_of(
            changed(2, poste="Juriste"),
            "Subject: {% if poste != 'Juriste' or nom == 'Benali' %}x{% endif %}\n\nBonjour,\n",
        ),
        expect(
            record=2,
            line=3,
            letter_line=1,
            fingerprint="574a3dc662713858",
            says="Jean Dupont (line 3) would get a message without a subject (lettre.md)",
        ),
    ),
    "no subject": case(
        lambda: inspection_of(letter="Subject: {% if nom == poste %}x{% endif %}\n\nBonjour,\n"),
        expect(
            record=1,
            line=2,
            letter_line=1,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="0d902da95817257f",
            says="6 messages from lettre.md have no subject: lines 2, 3, 4, 5, 6 and 1 more",
        ),
    ),
    "an expression that fails for one person": case(
        lambda: inspection_of(
            changed(2, poste="12 mars"),
            "Subject: x\nContent-Language: fr\n\n{% if nom == 'Dupont' %}Le {{ poste|date }}{% endif %}\n",
        ),
        expect(
            record=2,
            line=3,
            letter_line=4,
            excerpt="{{ poste|date }}",
            fingerprint="af626eb15fbe2191",
            says='Jean Dupont (line 3): the message could not be created (lettre.md, line 4): {{ poste|date }}: "12 mars" is not a date (day/month/year or year-month-day)',
        ),
    ),
    "an expression that fails for all": case(
        lambda: inspection_of(
            letter="Subject: x\nContent-Language: fr\n\nLe {{ poste|date }}\n{{ 5 // ((poste|length) - (poste|length)) }}\n"
        ),
        expect(
            record=1,
            line=2,
            letter_line=4,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="{{ poste|date }}",
            fingerprint="5ab48b4524efd720",
            says='6 messages could not be created (lettre.md, line 4): {{ poste|date }}: "Comptable" is not a date (day/month/year or year-month-day) (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "what Python refuses": case(
        lambda: inspection_of(letter="Subject: x\n\n{{ (poste ~ '') + 1 }}\n"),
        expect(
            record=1,
            line=2,
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="{{ (poste ~ '') + 1 }}",
            fingerprint="b9dbffe4bd7f1477",
            says="6 messages could not be created (lettre.md, line 3): {{ (poste ~ '') + 1 }}: a text and a number cannot be compared or calculated with each other; a cell is text: write field|float to read it as a number (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a loop over the letters of a cell": case(
        lambda: inspection_of(letter="Subject: x\n\n{% for p in poste %}{{ p }}{% endfor %}\n"),
        expect(
            record=1,
            line=2,
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="for p in poste",
            fingerprint="6a12d3e2812daeaa",
            says="6 messages could not be created (lettre.md, line 3): for p in poste: a cell is one text, and the loop would go through it letter by letter; to go through its parts write {% for p in poste.split(',') %} (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a message that grows too long": case(
        lambda: inspection_of(
            changed(2, poste="x" * 1100),
            "Subject: x\n\n{% for letter in poste|list %}{% if poste|length > 1000 %}"
            + "x" * 1000
            + "{% endif %}{% endfor %}\n",
        ),
        expect(
            record=2,
            line=3,
            fingerprint="63c75bcae5a05203",
            says="Jean Dupont (line 3): the message could not be created: the message would exceed 1,000,000 characters",
        ),
    ),
    "messages that grow too long": case(
        lambda: inspection_of(
            [(*row[:4], "x" * 1100, *row[5:]) for row in PEOPLE],
            "Subject: x\n\n{% for letter in poste|list %}{% if poste|length > 1000 %}"
            + "x" * 1000
            + "{% endif %}{% endfor %}\n",
        ),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="02517a0c2a54771e",
            says="6 messages could not be created: the message would exceed 1,000,000 characters (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a division by zero": case(
        lambda: inspection_of(changed(2, poste=""), "Subject: x\n\n{{ 1 //\n(poste|length) }}\n"),
        expect(
            record=2,
            line=3,
            letter_line=3,
            excerpt="{{ 1 // (poste|length) }}",
            fingerprint="a345b4c7874f2859",
            says="Jean Dupont (line 3): the message could not be created (lettre.md, line 3): {{ 1 // (poste|length) }}: this is a division by zero",
        ),
    ),
    "a line without an expression": case(
        failing(RenderFailed(NOBODY, letter="lettre.md", line=7), 2),
        expect(
            record=2,
            line=3,
            letter_line=7,
            fingerprint="f002e0083963b73e",
            says="Jean Dupont (line 3): the message could not be created (lettre.md, line 7): nobody is called Zoé",
        ),
    ),
    "a line without an expression, for many": case(
        failing(RenderFailed(NOBODY, letter="lettre.md", line=7), 1, 2, 3, 4, 5),
        expect(
            record=1,
            line=2,
            letter_line=7,
            affected=(1, 2, 3, 4, 5),
            count=5,
            fingerprint="5e4583982e63931d",
            says="5 messages could not be created (lettre.md, line 7): nobody is called Zoé (lines 2, 3, 4, 5, 6)",
        ),
    ),
    "two expressions on one line": case(
        failing(RenderFailed(NOBODY, letter="lettre.md", line=5, expression="{{ reference }}"), 1, 2),
        expect(
            record=1,
            line=2,
            letter_line=5,
            excerpt="{{ reference }}",
            fingerprint="91432eafb3dbe511",
            says="Inès Petit (line 2): the message could not be created (lettre.md, line 5): {{ reference }}: nobody is called Zoé",
        ),
        expect(
            record=2,
            line=3,
            letter_line=5,
            excerpt="{{ reference }}",
            fingerprint="540ee807ab8e93e9",
            says="Jean Dupont (line 3): the message could not be created (lettre.md, line 5): {{ reference }}: nobody is called Zoé",
        ),
    ),
    "a subject of a blank field": case(
        lambda: inspection_of(changed(2, civilite=""), "Subject: {{ civilite }}\n\nBonjour,\n"),
        expect(
            record=2,
            line=3,
            field="civilite",
            letter_line=1,
            excerpt="{{ civilite }}",
            fingerprint="affb3bce6da9a53b",
            says="Jean Dupont (line 3): {{ civilite }} is blank (lettre.md, line 1)",
        ),
    ),
}
PASSES = {
    "a default": lambda: inspection_of(
        changed(2, poste=""), LETTER.replace("{{ poste }}", '{{ poste|default("ce") }}')
    ),
    "a condition around it": lambda: inspection_of(
        changed(2, poste=""), LETTER.replace("{{ poste }}", "{% if poste %}{{ poste }}{% endif %}")
    ),
    "what the sandbox refuses": failing(RenderFailed(NOBODY, letter="lettre.md", line=7, forbidden=True), 2),
    "a blank subject of which the field is reported": lambda: inspection_of(
        letter="Subject: {{ civilite }}\n\nBonjour,\n"
    ),
}

test_fails, test_passes = cases_of("TPL201", FAILS, PASSES)
