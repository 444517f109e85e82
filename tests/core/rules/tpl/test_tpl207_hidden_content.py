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
            fingerprint="d75edc0f2370c70b",
            says="lettre.md: an HTML comment holds text that nobody sees, and it carries reference (6 messages)",
        ),
    ),
    "not displayed": case(
        html('<p style="display: none">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="64592b199a6d1a8d",
            says="lettre.md: an element that is not shown holds text that nobody sees, and it carries reference (6 messages)",
        ),
    ),
    "white on white": case(
        html('<p style="color:#FFF">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="0716df19340aac35",
            says="lettre.md: text in the colour of what is behind it holds text that nobody sees, and it carries reference (6 messages)",
        ),
    ),
    "no size": case(
        html('<p style="font-size:0">{{ reference }}</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="64592b199a6d1a8d",
            says="lettre.md: an element that is not shown holds text that nobody sees, and it carries reference (6 messages)",
        ),
    ),
    "an attribute": case(
        html('<p title="{{ reference }}">a</p>'),
        expect(
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="…",
            fingerprint="43c43714f24e8cae",
            says="lettre.md: the attribute title holds text that nobody sees, and it carries reference (6 messages)",
        ),
    ),
    "a comment without (listed)": case(
        html("<!-- relire -->"),
        expect(
            severity=Severity.INFO,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="relire",
            fingerprint="a6d33b8d843a7064",
            says="lettre.md: an HTML comment holds text that nobody sees: relire (6 messages)",
        ),
    ),
}
PASSES = {
    "nothing hidden": html("<p>{{ reference }}</p>"),
    "a white text on a dark button": html(
        '<table><tr><td bgcolor="#003366"><a style="color:#fff" href="https://exemple.test">ici</a></td></tr></table>'
    ),
}

test_fails, test_passes = cases_of("TPL207", FAILS, PASSES)
