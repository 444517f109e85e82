"""LST107: No domain is misspelt."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import Case, Expected, case, cases_of, cell, expect

from mailmerge.lint.finding import fingerprint

ASK = "Ask the person for the right address: this one cannot be reached."


def crowd(domain: str, doubted: int, people: int = 250) -> list[tuple[str, ...]]:
    """Many people, the first of them at one domain."""
    return [
        ("M.", f"P{n}", f"N{n}", f"p{n}@{domain if n < doubted else 'mail.example'}", "Juriste", f"RC-{n:04}", "")
        for n in range(people)
    ]


def five(domain: str, says: str, fix: str) -> tuple[Case, tuple[Expected, ...]]:
    """Five people of 250 at a domain."""
    return case(
        lambda: inspection_of(crowd(domain, 5)),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4, 5),
            others=(2, 3, 4, 5),
            count=5,
            excerpt=domain,
            fingerprint=fingerprint("LST107", ("together", domain)),
            says=says,
            fix=fix,
        ),
    )


FAILS = {
    "five of many, meant otherwise": five(
        "gmial.com",
        "5 people have an address at gmial.com: did they mean gmail.com? (lines 2, 3, 4, 5, 6)",
        "If gmial.com is a typo, correct it; otherwise no action is needed.",
    ),
    "five of many, meant otherwise and beyond reach": five(
        "gmaill.con", "5 people have an address at gmaill.con: did they mean gmail.com? (lines 2, 3, 4, 5, 6)", ASK
    ),
    "five of many, beyond reach": five(
        "societe.zzz",
        '5 people have an address at societe.zzz, but no domain ends in ".zzz" (lines 2, 3, 4, 5, 6)',
        ASK,
    ),
    **{
        f"an ending of {len(ending)} letters": case(
            cell(adresse_e_mail=f"jean@societe.{ending}"),
            expect(
                record=2,
                line=3,
                field="adresse_e_mail",
                excerpt=f"societe.{ending}",
                fingerprint=fingerprint("LST107", (f"jean@societe.{ending}",)),
                says=f'Jean Dupont (line 3): jean@societe.{ending}: no domain ends in ".{shown}"',
                fix=ASK,
            ),
        )
        for ending, shown in (("z" * 20, "z" * 20), ("z" * 21, "z" * 19 + "…"))
    },
    "three of 150": case(
        lambda: inspection_of(crowd("gmial.com", 3, 150)),
        *(
            expect(
                record=n + 1,
                line=n + 2,
                field="adresse_e_mail",
                excerpt="gmial.com",
                fingerprint=fingerprint("LST107", (f"p{n}@gmial.com",)),
                says=f"P{n} N{n} (line {n + 2}): p{n}@gmial.com: did they mean gmail.com?",
                fix="If gmial.com is a typo, correct it; otherwise no action is needed.",
            )
            for n in range(3)
        ),
    ),
    "two of six, in capitals": case(
        lambda: inspection_of(changed(1, changed(2, adresse_e_mail="JEAN@GMIAL.COM"), adresse_e_mail="ines@gmial.com")),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            excerpt="gmial.com",
            fingerprint="7b44ed280826a162",
            says="Inès Petit (line 2): ines@gmial.com: did they mean gmail.com?",
        ),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmial.com",
            fingerprint="b31956e5e3dfdf58",
            says="Jean Dupont (line 3): JEAN@gmial.com: did they mean gmail.com?",
        ),
    ),
    "name and ending": case(
        cell(adresse_e_mail="jean.dupont@gmaill.con"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmaill.con",
            fingerprint="110fbdfd559cc05c",
            says="Jean Dupont (line 3): jean.dupont@gmaill.con: did they mean gmail.com?",
        ),
    ),
    "an ending cut off": case(
        cell(adresse_e_mail="jean.dupont@gmail.c"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmail.c",
            fingerprint="e663ba4288f661f7",
            says="Jean Dupont (line 3): jean.dupont@gmail.c: did they mean gmail.com?",
        ),
    ),
    "an ending that IANA does not know": case(
        cell(adresse_e_mail="jean.dupont@societe.zzz"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.zzz",
            fingerprint="8fcfa84666012518",
            says='Jean Dupont (line 3): jean.dupont@societe.zzz: no domain ends in ".zzz"',
        ),
    ),
    "an ending in A-labels that IANA does not know": case(
        cell(adresse_e_mail="jean.dupont@societe.xn--zzzz"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.xn--zzzz",
            fingerprint="ad01894a2b3df15b",
            says='Jean Dupont (line 3): jean.dupont@societe.xn--zzzz: no domain ends in ".xn--zzzz"',
        ),
    ),
    "gmial": case(
        cell(adresse_e_mail="jean.dupont@gmial.com"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmial.com",
            fingerprint="589eaad8a70e325c",
            says="Jean Dupont (line 3): jean.dupont@gmial.com: did they mean gmail.com?",
        ),
    ),
    "hotmial": case(
        cell(adresse_e_mail="jean.dupont@hotmial.fr"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="hotmial.fr",
            fingerprint="d7a24d5d78a28028",
            says="Jean Dupont (line 3): jean.dupont@hotmial.fr: did they mean hotmail.fr?",
        ),
    ),
    "a country that is none": case(
        cell(adresse_e_mail="jean.dupont@societe.ft"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.ft",
            fingerprint="0fd98962380f51e6",
            says='Jean Dupont (line 3): jean.dupont@societe.ft: no domain ends in ".ft"',
        ),
    ),
    "con": case(
        cell(adresse_e_mail="jean.dupont@societe.con"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.con",
            fingerprint="287233b1471a9ac1",
            says='Jean Dupont (line 3): jean.dupont@societe.con: no domain ends in ".con"',
        ),
    ),
}
PASSES = {
    "three of six": lambda: inspection_of(crowd("gmial.com", 3, 6)),
    "four of 199": lambda: inspection_of(crowd("gmial.com", 4, 199)),
    "no dot in it": cell(adresse_e_mail="jean@societe"),
    "a vet": cell(adresse_e_mail="jean.dupont@clinique.vet"),
    "a bet": cell(adresse_e_mail="jean.dupont@maison.bet"),
    "an ending of another alphabet": cell(adresse_e_mail="jean.dupont@пример.рф"),
    "another country of a provider": cell(adresse_e_mail="jean.dupont@outlook.ie"),
    "ymail": cell(adresse_e_mail="jean.dupont@ymail.com"),
    "gmx.fr": cell(adresse_e_mail="jean.dupont@gmx.fr"),
    "a company near a provider": lambda: inspection_of(
        [(*row[:3], row[3].replace("mail.example", "gmai.com"), *row[4:]) for row in PEOPLE]
    ),
    "Brittany": cell(adresse_e_mail="jean.dupont@kerlann.bzh"),
}

test_fails, test_passes = cases_of("LST107", FAILS, PASSES)
