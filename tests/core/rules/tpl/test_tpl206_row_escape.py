"""TPL206: A letter sees one record and nothing else."""

from __future__ import annotations

from rule_cases import case, cases_of, expect, letter

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
}
PASSES = {
    "conditions and filters": letter("{% if poste == 'Juriste' %}{{ nom|upper }}{% endif %}"),
}

test_fails, test_passes = cases_of("TPL206", FAILS, PASSES)
