"""MSG309: The message does not track its reader."""

from __future__ import annotations

from collections.abc import Sequence

from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from lint_files import PNG
from msgspec.structs import replace
from rule_cases import MANY, Case, attached, case, cases_of, expect, html

from mailmerge.lint import LintSettings


def hosts(several: int, rows: Sequence[Sequence[str]] = PEOPLE) -> Case:
    """Links to this many sites."""
    cells = [(*row, f"https://u{n % several}.rdv.example/") for n, row in enumerate(rows)]
    return lambda: inspection_of(table_of(cells, (*HEADERS, "Lien")), LETTER + "\n[ici]({{ lien }})\n")


def allowing(*entries: str) -> Case:
    """A picture from www.exemple.test, and what the campaign allows."""
    picture = html('<img src="https://www.exemple.test/1.gif">')
    return lambda: replace(picture(), settings=LintSettings(allow_addresses=entries))


FAILS = {
    "a picture from a server": case(
        html('<img src="https://pixel.example/1.gif">'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https://pixel.example/1.gif",
            fingerprint="d6e3b07f9ac9cfa0",
            says="lettre.md loads an image from pixel.example, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "each person's own host": case(
        lambda: inspection_of(
            table_of([(*row, f"https://u{n}.rdv.example/") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
            LETTER + "\n[ici]({{ lien }})\n",
        ),
        expect(
            excerpt="…",
            fingerprint="55d23bea97f8ea5d",
            says="the link … points to a different site for almost every person, such as u0.rdv.example and u1.rdv.example",
        ),
    ),
    "a picture from an address without a host": case(
        html('<img src="https:///1.gif">'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https:///1.gif",
            letter="lettre.md",
            fix="Attach the image instead; if the server is yours, add https:///1.gif to allow_addresses under [lint].",
            fingerprint="a37af6d980d8dd18",
            says="lettre.md loads an image from https:///1.gif, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a picture from an address that cannot be read": case(
        html('<img src="https://[x/1.gif">'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https://[x/1.gif",
            fingerprint="483a520e3fd97709",
            says="lettre.md loads an image from https://[x/1.gif, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a picture without a protocol": case(
        html('<img src="//PIXEL.example/1.gif">'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="//PIXEL.example/1.gif",
            fingerprint="ca56cf992dfcf5a4",
            says="lettre.md loads an image from pixel.example, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "four sites for six people": case(
        hosts(4),
        expect(
            excerpt="…",
            fix="Use one address for everybody, or a link to your own server.",
            fingerprint="55d23bea97f8ea5d",
            says="the link … points to a different site for almost every person, such as u0.rdv.example and u1.rdv.example",
        ),
    ),
    "sixteen sites for sixty people": case(
        hosts(16, MANY),
        expect(
            excerpt="…",
            fingerprint="55d23bea97f8ea5d",
            says="the link … points to a different site for almost every person, such as u0.rdv.example and u1.rdv.example",
        ),
    ),
    "another site than the allowed one": case(
        allowing("autre.test", "exemple.org"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https://www.exemple.test/1.gif",
            fingerprint="5ff66b33e38fb284",
            says="lettre.md loads an image from www.exemple.test, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a picture that travels": attached("logo.png", PNG),
    "an allowed host": lambda: replace(
        html('<img src="https://www.exemple.test/1.gif">')(),
        settings=LintSettings(allow_addresses=("www.exemple.test",)),
    ),
    "one host for all": lambda: inspection_of(
        table_of([(*row, f"https://rdv.example/{n}") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
        LETTER + "\n[ici]({{ lien }})\n",
    ),
    **{
        f"a link that leads to no site: {scheme}": lambda scheme=scheme: inspection_of(
            table_of([(*row, f"{scheme}{n}@exemple.test") for n, row in enumerate(MANY)], (*HEADERS, "Lien")),
            LETTER + "\n[ici]({{ lien }})\n",
        )
        for scheme in ("mailto:rh", "MAILTO:", "tel:+3361200", " mailto:rh")
    },
    "an allowed domain": allowing("exemple.test"),
    "an allowed domain, with an at sign and in capitals": allowing("autre.test", "@Exemple.TEST"),
    "three sites for six people": hosts(3),
    "fifteen sites for sixty people": hosts(15, MANY),
}

test_fails, test_passes = cases_of("MSG309", FAILS, PASSES)
