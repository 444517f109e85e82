"""MSG306: The text part and the HTML part say the same."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import GREETING, case, cases_of, expect, letter

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
}
PASSES = {
    "one letter": inspection_of,
    "a link": letter("[ici](https://exemple.test/?r={{ reference }})"),
}

test_fails, test_passes = cases_of("MSG306", FAILS, PASSES)
