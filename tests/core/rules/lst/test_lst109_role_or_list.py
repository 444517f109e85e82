"""LST109: Only one person reads what is sent to this address."""

from __future__ import annotations

from lint_cases import LETTER, PEOPLE, changed, inspection_of
from rule_cases import MANY, case, cases_of, cell, expect, found, only

from mailmerge.lint.finding import fingerprint
from mailmerge.text.addresses import Mailbox

FIX = "Make sure only this person reads this mailbox."


def colleagues(count: int, people: int = 6) -> list[tuple[str, ...]]:
    """People, the first of them at the sender's own domain."""
    return [
        (
            "M.",
            f"P{n}",
            f"N{n}",
            f"p{n}@{'exemple.test' if n <= count else 'mail.example'}",
            "Juriste",
            f"RC-{n:04}",
            "",
        )
        for n in range(1, people + 1)
    ]


def at(domain: str, *local: str) -> list[tuple[str, ...]]:
    """The usual people, the first of them with these mailboxes."""
    rows: list[tuple[str, ...]] = [tuple(row) for row in PEOPLE]
    for number, each in enumerate(local, 1):
        rows = changed(number, rows, adresse_e_mail=f"{each}@{domain}")
    return rows


FAILS = {
    "info": case(
        cell(adresse_e_mail="info@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="info@societe.example",
            fingerprint="56e90b07dc88cb29",
            says="Jean Dupont (line 3): info@societe.example is a shared or role mailbox, which several people may read",
        ),
    ),
    "everybody": case(
        cell(adresse_e_mail="tous@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="tous@societe.example",
            fingerprint="237d66de91aee0f7",
            says="Jean Dupont (line 3): tous@societe.example is a shared or role mailbox, which several people may read",
        ),
    ),
    "a list": case(
        cell(adresse_e_mail="candidats-list@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="candidats-list@societe.example",
            fingerprint="e5e1a040f402e0c4",
            says="Jean Dupont (line 3): candidats-list@societe.example looks like a mailing list, which several people read",
        ),
    ),
    "a colleague": case(
        cell(adresse_e_mail="jean.dupont@exemple.test"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean.dupont@exemple.test",
            fingerprint="c1e727b353cfd4a7",
            says="Jean Dupont (line 3): jean.dupont@exemple.test is an address at the sender's own domain",
        ),
    ),
    "a role with a tag, in capitals": case(
        cell(adresse_e_mail="INFO+rh@societe.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="INFO+rh@societe.example",
            fingerprint="6ec7bb3aa2ea3c77",
            says="Jean Dupont (line 3): INFO+rh@societe.example is a shared or role mailbox, which several people may "
            "read",
            fix=FIX,
        ),
    ),
    **{
        address: case(
            cell(adresse_e_mail=address),
            expect(
                record=2,
                line=3,
                field="adresse_e_mail",
                excerpt=address,
                fingerprint=fingerprint("LST109", (address,)),
                says=f"Jean Dupont (line 3): {address} looks like a mailing list, which several people read",
                fix=FIX,
            ),
        )
        for address in ("jean@listes.societe.example", "promo@googlegroups.com", "promo-owner@societe.example")
    },
    "two colleagues of six": case(
        lambda: inspection_of(colleagues(2)),
        *(
            expect(
                record=n,
                line=n + 1,
                field="adresse_e_mail",
                excerpt=f"p{n}@exemple.test",
                fingerprint=fingerprint("LST109", (f"p{n}@exemple.test",)),
                says=f"P{n} N{n} (line {n + 1}): p{n}@exemple.test is an address at the sender's own domain",
                fix=FIX,
            )
            for n in (1, 2)
        ),
    ),
    "one colleague of two": case(
        lambda: inspection_of(colleagues(1, 2)),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            excerpt="p1@exemple.test",
            fingerprint=fingerprint("LST109", ("p1@exemple.test",)),
            says="P1 N1 (line 2): p1@exemple.test is an address at the sender's own domain",
            fix=FIX,
        ),
    ),
    "a colleague of whom the letter is from": case(
        lambda: inspection_of(
            changed(2, adresse_e_mail="jean@lettre.test"), "From: Claire <rh@lettre.test>\n" + LETTER, sender=None
        ),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="jean@lettre.test",
            fingerprint="a5549951f082e2ac",
            says="Jean Dupont (line 3): jean@lettre.test is an address at the sender's own domain",
        ),
    ),
    "four colleagues of ten": case(
        lambda: inspection_of(colleagues(4, 10)),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4),
            others=(2, 3, 4),
            count=4,
            excerpt="p1@exemple.test",
            fingerprint="a9689b5f57cebc48",
            says="4 people have an address at the sender's own domain exemple.test (lines 2, 3, 4, 5)",
            fix=FIX,
        ),
    ),
    "four roles at one domain": case(
        lambda: inspection_of(at("societe.example", "info", "rh", "tous", "jobs")),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4),
            others=(2, 3, 4),
            count=4,
            excerpt="info@societe.example",
            fingerprint="c5b160c80da73a1e",
            says="4 people have a shared or role mailbox at societe.example, which several people may read (lines 2, 3, "
            "4, 5)",
            fix=FIX,
        ),
    ),
    "four lists at one domain, and a role there": case(
        lambda: inspection_of(at("societe.example", "a-list", "b-list", "c-all", "d-tous", "info")),
        expect(
            record=1,
            line=2,
            field="adresse_e_mail",
            affected=(1, 2, 3, 4),
            others=(2, 3, 4),
            count=4,
            excerpt="a-list@societe.example",
            fingerprint="ab3513e30ca3816a",
            says="4 people have an address at societe.example that looks like a mailing list (lines 2, 3, 4, 5)",
            fix=FIX,
        ),
        expect(
            record=5,
            line=6,
            field="adresse_e_mail",
            excerpt="info@societe.example",
            fingerprint="56e90b07dc88cb29",
            says="Aïcha Benali (line 6): info@societe.example is a shared or role mailbox, which several people may read",
            fix=FIX,
        ),
    ),
}
PASSES = {
    "one colleague, and nobody else": only(lambda: inspection_of(colleagues(1)), 1),
    "two colleagues of three": lambda: inspection_of(colleagues(2, 3)),
    "three colleagues of six": lambda: inspection_of(colleagues(3)),
    "half a dozen of twelve": lambda: inspection_of(colleagues(6, 12)),
    "no address": cell(adresse_e_mail="info"),
    "a list in the name of a company": cell(adresse_e_mail="jean@liste-rouge.example"),
    "colleagues written to as such": lambda: inspection_of(
        [(*row[:3], row[3].replace("mail.example", "exemple.test"), *row[4:]) for row in PEOPLE]
    ),
    "an initial at the end": cell(adresse_e_mail="dupont-l@mail.example"),
    "a person called Info": cell(adresse_e_mail="j.info@x.example"),
    "free mail": lambda: inspection_of(
        changed(2, adresse_e_mail="jean.dupont@gmail.com"), sender=Mailbox("C", "rh.exemple@gmail.com")
    ),
}

test_fails, test_passes = cases_of("LST109", FAILS, PASSES)


def test_replies_to_a_recipient_do_not_make_the_others_colleagues() -> None:
    """Five of sixty people have an address where the one has hers to whom replies would go."""
    rows = [(*row[:3], row[3].replace("@mail", "@poste") if n < 5 else row[3], *row[4:]) for n, row in enumerate(MANY)]
    assert found(inspection_of(rows, f"Reply-To: {rows[0][3]}\n{LETTER}"), "LST109") == []
