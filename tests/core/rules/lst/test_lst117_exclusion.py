"""LST117: Each exclusion names exactly one person."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import Case, case, cases_of, excluding, expect, only

from mailmerge.lint import Exclusion, LintSettings
from mailmerge.model import Severity


def excluding_as(address: str, name: str) -> Case:
    settings = LintSettings(exclusions=(Exclusion(address, name, ()),))
    return lambda: inspection_of(settings=settings)


FAILS = {
    "nobody, but somebody near who gets no letter": case(
        only(excluding((), (2,)), 1, 3, 4),
        expect(
            severity=Severity.WARN,
            others=(2,),
            fingerprint="4bb9460b4099968f",
            says="the exclusion of Ana Gil <a@x.example> no longer matches anybody in the table; it is closest to Jean Dupont (line 3)",
            fix="Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion.",
        ),
    ),
    "two people": case(
        excluding((2, 3)),
        expect(
            others=(2, 3),
            fingerprint="72d565f28e496abc",
            says="the exclusion of Ana Gil <a@x.example> matches Jean Dupont (line 3) and Zoé Lefèvre (line 4); it must match exactly one person",
        ),
    ),
    "nobody any more": case(
        excluding(()),
        expect(
            severity=Severity.WARN,
            fingerprint="4bb9460b4099968f",
            says="the exclusion of Ana Gil <a@x.example> no longer matches anybody in the table",
        ),
    ),
    "nobody, but somebody near": case(
        excluding((), (2,)),
        expect(
            record=2,
            fingerprint="44990eb629036db1",
            line=3,
            affected=(2,),
            says="the exclusion of Ana Gil <a@x.example> no longer matches anybody in the table; it is closest to Jean Dupont (line 3), who would get the letter",
            fix="If this is the person to be left out, correct the exclusion in campaign.toml; if it is somebody else, remove the exclusion, or accept this with a reason.",
        ),
    ),
    "three people": case(
        excluding((2, 3, 5)),
        expect(
            others=(2, 3, 5),
            fingerprint="72d565f28e496abc",
            says="the exclusion of Ana Gil <a@x.example> matches Jean Dupont (line 3), Zoé Lefèvre (line 4) and 1 more; it must match exactly one person",
            fix="Delete the duplicate row from the table, or correct its name or address.",
        ),
    ),
    "nobody, but several near": case(
        excluding((), (2, 3, 4)),
        expect(
            record=2,
            others=(3, 4),
            fingerprint="57ed1ea6db523d59",
            line=3,
            affected=(2, 3, 4),
            says="the exclusion of Ana Gil <a@x.example> no longer matches anybody in the table; it is closest to Jean Dupont (line 3), Zoé Lefèvre (line 4) and 1 more, and at least one of them would get the letter",
            fix="If one of them is the person to be left out, correct the exclusion in campaign.toml; if not, remove the exclusion, or accept this with a reason.",
        ),
    ),
    "by address alone": case(
        excluding_as("A.B@X.example", ""),
        expect(
            severity=Severity.WARN,
            fingerprint="752b14a9f8a232f1",
            says="the exclusion of <A.B@X.example> no longer matches anybody in the table",
            fix="Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion.",
        ),
    ),
    "by name alone": case(
        excluding_as("", "Ana-María Gil"),
        expect(
            severity=Severity.WARN,
            fingerprint="b18b81e9f38a82e1",
            says="the exclusion of Ana-María Gil no longer matches anybody in the table",
            fix="Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion.",
        ),
    ),
    "a very long name": case(
        excluding_as("a@x.example", "Ana " * 40),
        expect(
            severity=Severity.WARN,
            fingerprint="ebbeee1896a90472",
            says="the exclusion of Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana Ana… no longer matches anybody in the table",
            fix="Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion.",
        ),
    ),
    "one of two exclusions": case(
        lambda: inspection_of(
            settings=LintSettings(
                exclusions=(
                    Exclusion("a@x.example", "Ana Gil", (1,)),
                    Exclusion("b@x.example", "Bob Gil", ()),
                    Exclusion("c@x.example", "Cleo Gil", (1, 2)),
                )
            )
        ),
        expect(
            others=(1, 2),
            fingerprint="74aec726198c3cb3",
            says="the exclusion of Cleo Gil <c@x.example> matches Inès Petit (line 2) and Jean Dupont (line 3); it must match exactly one person",
            fix="Delete the duplicate row from the table, or correct its name or address.",
        ),
        expect(
            severity=Severity.WARN,
            fingerprint="d08b176bdb6c52c5",
            says="the exclusion of Bob Gil <b@x.example> no longer matches anybody in the table",
            fix="Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion.",
        ),
    ),
}
PASSES = {
    "one person": excluding((2,)),
    "nobody left out": inspection_of,
}

test_fails, test_passes = cases_of("LST117", FAILS, PASSES)
