"""TPL206: A letter sees one record and nothing else."""

from __future__ import annotations

from rule_cases import case, cases_of, expect, letter

FAILS = {
    "an include": case(
        letter('{% include "/etc/passwd" %}'),
        expect(
            letter_line=11, fingerprint="6c6ddd8228912a9c", says="lettre.md, line 11: {% include %} is not for letters"
        ),
    ),
    "an attribute": case(
        letter("{{ ''.__class__ }}"),
        expect(
            letter_line=11,
            fingerprint="1d3a59933c56386f",
            says='lettre.md, line 11: ".__class__" reaches inside a value',
        ),
    ),
    "a call": case(
        letter("{{ nom.__init__() }}"),
        expect(
            letter_line=11, fingerprint="c84659d8feff7b45", says='lettre.md, line 11: ".__init__()" is not for letters'
        ),
    ),
}
PASSES = {
    "conditions and filters": letter("{% if poste == 'Juriste' %}{{ nom|upper }}{% endif %}"),
}

test_fails, test_passes = cases_of("TPL206", FAILS, PASSES)
