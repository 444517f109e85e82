"""TPL206: A letter sees one record and nothing else."""

from __future__ import annotations

from rule_cases import case, cases_of, expect, failing, html, letter

from mailmerge.errors import Reason, RenderFailed

REACHING = Reason("method", '".{name}()" is not allowed in letters', {"name": "format_map"})

FAILS = {
    "an include": case(
        letter('{% include "/etc/passwd" %}'),
        expect(
            letter_line=11,
            fingerprint="6b667cc973fdebbf",
            says="lettre.md, line 11: {% include %} is not allowed in letters",
        ),
    ),
    "an attribute": case(
        letter("{{ ''.__class__ }}"),
        expect(
            letter_line=11,
            fingerprint="afda477f5a31c5f4",
            says='lettre.md, line 11: ".__class__": properties of a value are not available in letters',
        ),
    ),
    "a call": case(
        letter("{{ nom.__init__() }}"),
        expect(
            letter_line=11,
            fingerprint="dc9bc6ff0895ed0d",
            says='lettre.md, line 11: ".__init__()" is not allowed in letters',
        ),
    ),
    "an operator that repeats": case(
        letter("{{ nom * 3 }}"),
        expect(
            letter_line=11,
            fingerprint="ba2384d2beb95b6c",
            says="lettre.md, line 11: the operator * is not allowed in letters: it could repeat text without limit",
        ),
    ),
    "an operator that grows": case(
        letter("{{ 2 ** 3 }}"),
        expect(
            letter_line=11,
            fingerprint="4f45d8b0e3ec7b3f",
            says="lettre.md, line 11: the operator ** is not allowed in letters: it could grow without limit",
        ),
    ),
    "a remainder": case(
        letter("{{ 5 % 3 }}"),
        expect(
            letter_line=11,
            fingerprint="9d0f04212ed98cde",
            says="lettre.md, line 11: the operator % is not allowed in letters",
        ),
    ),
    "two on two lines": case(
        letter("{% include 'a' %}\n{{ nom.x }}"),
        expect(
            letter_line=11,
            fingerprint="6b667cc973fdebbf",
            says="lettre.md, line 11: {% include %} is not allowed in letters",
        ),
        expect(
            letter_line=12,
            fingerprint="f2720dd537853998",
            says='lettre.md, line 12: ".x": properties of a value are not available in letters; for a field of that name write nom_x',
        ),
    ),
    "a field with a dot in its name": case(
        letter("{{ nom.usuel }}"),
        expect(
            letter_line=11,
            fingerprint="39a9ffeb6de7eb74",
            says='lettre.md, line 11: ".usuel": properties of a value are not available in letters; for a field of that name write nom_usuel',
        ),
    ),
    "a private item": case(
        letter("{{ nom['__class__'] }}"),
        expect(
            letter_line=11,
            fingerprint="a4450aa45278e1d5",
            says='lettre.md, line 11: "__class__": properties of a value are not available in letters',
        ),
    ),
    "the template itself": case(
        letter("{{ self }}"),
        expect(
            letter_line=11,
            fingerprint="d0c016b9927861da",
            says='lettre.md, line 11: "self" is the template itself, not a field',
        ),
    ),
    "a filter of another program": case(
        letter("{{ nom|attr('x') }}"),
        expect(
            letter_line=11,
            fingerprint="aa47b4845493c744",
            says='lettre.md, line 11: the filter "attr" is not allowed in letters',
        ),
    ),
    "a test of another program": case(
        letter("{% if nom is sameas poste %}x{% endif %}"),
        expect(
            letter_line=11,
            fingerprint="3c7c2a6297f0ae68",
            says='lettre.md, line 11: the test "sameas" is not allowed in letters',
        ),
    ),
    "arguments spread": case(
        letter("{{ nom.replace(*poste) }}"),
        expect(
            letter_line=11,
            fingerprint="f68f1a742f405719",
            says="lettre.md, line 11: * arguments are not supported in letters",
        ),
    ),
    "something called": case(
        letter("{{ range(3) }}"),
        expect(
            letter_line=11, fingerprint="464a99dd4a8484dd", says='lettre.md, line 11: "range(...)" cannot be called'
        ),
    ),
    "a field with words in brackets": case(
        letter("{{ poste(nom) }}"),
        expect(
            letter_line=11,
            fingerprint="43e43b0beaaa5b86",
            says='lettre.md, line 11: "poste(...)" cannot be called; for a field of that name write poste_nom',
        ),
    ),
    "a loop without a limit": case(
        letter("{% for x in nom recursive %}{% endfor %}"),
        expect(
            letter_line=11, fingerprint="4a13af4cc69fab4d", says="lettre.md, line 11: a recursive loop has no limit"
        ),
    ),
    "a value in a script": case(
        html("<script>{{ nom }}</script>"),
        expect(
            letter_line=4, fingerprint="89dad62b47f02998", says="lettre.md, line 4: a field cannot be used in <script>"
        ),
    ),
    "a value in a style": case(
        html('<p style="color: {{ poste }}">x</p>'),
        expect(
            letter_line=4,
            fingerprint="b1232b23982fe052",
            says="lettre.md, line 4: a field cannot be used in the attribute style",
        ),
    ),
    "a value in a link that could act": case(
        html('<a href="javascript:{{ poste }}">x</a>'),
        expect(
            letter_line=4,
            fingerprint="1b4e361e9cfb2182",
            says="lettre.md, line 4: a field cannot be used in a link that begins with javascript:",
        ),
    ),
    "a value in the name of an attribute": case(
        html('<p {{ poste }}="x">'),
        expect(
            letter_line=4,
            fingerprint="c9c386c6c2177ae1",
            says="lettre.md, line 4: a field cannot be used in the name of an attribute",
        ),
    ),
    "a message that reaches further": case(
        failing(RenderFailed(REACHING, letter="lettre.md", line=7, forbidden=True), 2),
        expect(
            record=2,
            line=3,
            letter_line=7,
            fingerprint="90ef0b4d8497d132",
            says='Jean Dupont (line 3): the message could not be created (lettre.md, line 7): ".format_map()" is not allowed in letters',
        ),
    ),
    "messages that reach further": case(
        failing(RenderFailed(REACHING, letter="lettre.md", line=7, forbidden=True), 1, 2, 3, 4),
        expect(
            record=1,
            line=2,
            letter_line=7,
            affected=(1, 2, 3, 4),
            count=4,
            fingerprint="e7a4b44bd36595d7",
            says='4 messages could not be created (lettre.md, line 7): ".format_map()" is not allowed in letters (lines 2, 3, 4, 5)',
        ),
    ),
}
PASSES = {
    "conditions and filters": letter("{% if poste == 'Juriste' %}{{ nom|upper }}{% endif %}"),
    "a plain mistake": failing(RenderFailed(REACHING, letter="lettre.md", line=7), 2),
}

test_fails, test_passes = cases_of("TPL206", FAILS, PASSES)
