"""TPL207: Nothing is written that is not shown."""

from __future__ import annotations

from rule_cases import case, cases_of, expect, html

from mailmerge.model import Severity

FAILS = {
    "a comment with a field": case(
        html("<!-- {{ reference }} -->"),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="97b358130d4e0de5",
            says="lettre.md: an HTML comment contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "not displayed": case(
        html('<p style="display: none">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="fb89432864a34b4b",
            says="lettre.md: an element that is not displayed contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "white on white": case(
        html('<p style="color:#FFF">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="d4097412aa937bd7",
            says="lettre.md: an element in the same colour as its background contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "no size": case(
        html('<p style="font-size:0">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="fb89432864a34b4b",
            says="lettre.md: an element that is not displayed contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "an attribute": case(
        html('<p title="{{ reference }}">a</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="da02d365c3c77b9c",
            says="lettre.md: the attribute title contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "a comment without (listed)": case(
        html("<!-- relire -->"),
        expect(
            severity=Severity.INFO,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="relire",
            fingerprint="435ed3b145d2925b",
            says='lettre.md: an HTML comment contains hidden text: "relire" (6 messages)',
        ),
    ),
    "an attribute with a text of the letter's code": case(
        html("<p title=\"{{ 'relire' }}\">a</p>"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="da02d365c3c77b9c",
            says="lettre.md: the attribute title contains something that nobody sees (6 messages)",
        ),
    ),
    "two fields in a comment": case(
        html("<!-- {{ reference }} {{ poste }} -->"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="… …",
            fingerprint="59cea991ecb7c1db",
            says="lettre.md: an HTML comment contains hidden text that includes data from Poste, Référence (6 messages)",
        ),
    ),
    "a field that is not there": case(
        html("<!-- {{ zzz }} -->"),
        expect(
            severity=Severity.INFO,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="e7c85878cb245e9e",
            says="lettre.md: an HTML comment contains something that nobody sees (6 messages)",
        ),
    ),
    "hidden by an attribute": case(
        html("<p hidden>relire</p>"),
        expect(
            severity=Severity.INFO,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="relire",
            fingerprint="d348183eac505fd1",
            says='lettre.md: an element that is not displayed contains hidden text: "relire" (6 messages)',
        ),
    ),
    "the colour of its own background": case(
        html('<p style="background: #003; color: #003">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="d4097412aa937bd7",
            says="lettre.md: an element in the same colour as its background contains hidden text that includes data from Référence (6 messages)",
        ),
    ),
    "beneath something hidden": case(
        html('<div style="display:none"><p>relire</p></div>'),
        expect(
            severity=Severity.INFO,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="relire",
            fingerprint="d348183eac505fd1",
            says='lettre.md: an element that is not displayed contains hidden text: "relire" (6 messages)',
        ),
    ),
    "an attribute with words and a text of the letter's code": case(
        html("<p title=\"à {{ 'relire' }}\">a</p>"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="à …",
            fingerprint="801ad1fe6004435e",
            says='lettre.md: the attribute title contains hidden text: "à …" (6 messages)',
        ),
    ),
}
PASSES = {
    "nothing hidden": html("<p>{{ reference }}</p>"),
    "a white text on a dark button": html(
        '<table><tr><td bgcolor="#003366"><a style="color:#fff" href="https://exemple.test">ici</a></td></tr></table>'
    ),
    "an attribute without a field": html('<p title="relire">a</p>'),
    "for one program": html("<!--[if mso]>x<![endif]-->"),
    "another colour": html('<p style="background: #003; color: #fff">{{ reference }}</p>'),
}

test_fails, test_passes = cases_of("TPL207", FAILS, PASSES)
