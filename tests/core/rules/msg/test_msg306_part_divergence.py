"""MSG306: The text part and the HTML part have the same content."""

from __future__ import annotations

from collections.abc import Sequence

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import GREETING, Case, case, cases_of, expect, letter, only


def parts(text: str, html: str, rows: Sequence[Sequence[str]] = PEOPLE) -> Case:
    """A letter of which both parts are written by hand."""
    return lambda: inspection_of(
        rows,
        "MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
        f"Content-Type: text/plain\n\nBonjour,\n{text}\n\n--b\nContent-Type: text/html\n\n<p>Bonjour,</p><p>{html}</p>\n\n--b--\n",
    )


FAILS = {
    "two bodies": case(
        lambda: inspection_of(
            letter="MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
            f"Content-Type: text/plain\n\n{GREETING}\n\n--b\nContent-Type: text/html\n\n"
            f"<p>{GREETING} {{{{ poste }}}}</p>\n\n--b--\n"
        ),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Comptable",
            fingerprint="2443a8ccace6381c",
            says='in 6 messages the HTML part shows what the text part does not, such as "Comptable" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "only in the HTML part": case(
        only(parts("Merci.", "{{ poste }}"), 2),
        expect(
            record=2,
            line=3,
            excerpt="Juriste",
            letter="lettre.md",
            fix="Write lettre.md once, and let mailmerge generate the plain-text part.",
            fingerprint="7d4ae590d63a8ae3",
            says='Jean Dupont (line 3): the HTML part shows "Juriste" and the text part does not',
        ),
    ),
    "only in the text part": case(
        only(parts("{{ poste }}", "Merci."), 2),
        expect(
            record=2,
            line=3,
            excerpt="Juriste",
            letter="lettre.md",
            fix="Write lettre.md once, and let mailmerge generate the plain-text part.",
            fingerprint="7d4ae590d63a8ae3",
            says='Jean Dupont (line 3): the text part shows "Juriste" and the HTML part does not',
        ),
    ),
    "only in the text part, for everybody": case(
        parts("{{ poste }}", "Merci."),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Comptable",
            fix="Write lettre.md once, and let mailmerge generate the plain-text part.",
            fingerprint="cadc03aa59d06e8d",
            says='in 6 messages the text part shows what the HTML part does not, such as "Comptable" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "the other part has one person's value typed in": case(
        only(parts("Comptable", "{{ poste }}"), 1, 2),
        expect(
            record=2,
            line=3,
            excerpt="Juriste",
            fingerprint="7d4ae590d63a8ae3",
            says='Jean Dupont (line 3): the HTML part shows "Juriste" and the text part does not',
        ),
    ),
    "two values, one of them in both parts": case(
        only(parts("{{ poste }} {{ nom }}", "{{ nom }}"), 2),
        expect(
            record=2,
            line=3,
            excerpt="Juriste",
            fingerprint="7d4ae590d63a8ae3",
            says='Jean Dupont (line 3): the text part shows "Juriste" and the HTML part does not',
        ),
    ),
    "a long value": case(
        only(parts("Merci.", "{{ poste }}", changed(2, poste="Juriste " + "et encore " * 5)), 2),
        expect(
            record=2,
            line=3,
            excerpt="Juriste et encore et encore et encore et encore et encore ",
            fingerprint="1df82941f2c2d81e",
            says='Jean Dupont (line 3): the HTML part shows "Juriste et encore et encore et encore e…" and the text part does not',
        ),
    ),
}
PASSES = {
    "one letter": inspection_of,
    "a link": letter("[ici](https://exemple.test/?r={{ reference }})"),
    "nothing but a dash": parts("Merci.", "{{ poste }}", [(*row[:4], "–", *row[5:]) for row in PEOPLE]),
    "a part of a word": parts("des {{ poste|upper }}S", "{{ poste }}"),
    "a blank": parts("Merci.", "{{ poste|default('') }}", [(*row[:4], "", *row[5:]) for row in PEOPLE]),
    "the same word typed": only(parts("Comptable", "{{ poste }}"), 1),
}

test_fails, test_passes = cases_of("MSG306", FAILS, PASSES)
