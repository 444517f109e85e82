"""TPL208: Nobody but the record's own address is written to."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, NO_SETTINGS, PEOPLE, changed, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, expect, found, header

from mailmerge.lint import Inspection, LintSettings

INTERNAL = [(*row[:3], row[3].replace("mail.example", "exemple.test"), *row[4:]) for row in PEOPLE]
WITH_MANAGER = table_of([(*row, "Karl Vogel") for row in PEOPLE], (*HEADERS, "Manager"))


def colleague_answers(head: str, settings: LintSettings = NO_SETTINGS) -> Case:
    """One of the people works in the house, and a cell says that answers go there."""

    def make() -> Inspection:
        rows = [(*row, "jean@exemple.test") for row in changed(2, adresse_e_mail="jean@exemple.test")]
        letter = f"{head}Reply-To: {{{{ contact }}}}\n{LETTER}"
        return inspection_of(table_of(rows, (*HEADERS, "Contact")), letter, settings=settings)

    return make


FAILS = {
    "Cc": case(
        header("Cc: chef@exemple.test"),
        expect(letter_line=1, fingerprint="a3dad8580b02aa62", says="lettre.md, line 1: the letter sets Cc"),
    ),
    "Bcc": case(
        header("Bcc: chef@exemple.test"),
        expect(letter_line=1, fingerprint="e1eb3ce04fe23ad0", says="lettre.md, line 1: the letter sets Bcc"),
    ),
    "another To": case(
        header("To: chef@exemple.test"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="chef@exemple.test",
            letter_line=1,
            fingerprint="fa4e29ae372ae9c2",
            says="lettre.md: To is chef@exemple.test for every recipient (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "two in To": case(
        header("To: {{ adresse_e_mail }}, chef@exemple.test"),
        expect(
            fields=("adresse_e_mail",),
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            letter_line=1,
            fingerprint="ea12c0cc1a62ed0b",
            says="lettre.md: To names 2 mailboxes; these people would see one another (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "Reply-To a stranger": case(
        header("Reply-To: x@ailleurs.example"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="x@ailleurs.example",
            letter_line=1,
            fingerprint="7f93fb5756c357c3",
            says="lettre.md: replies would go to x@ailleurs.example, which is not one of the sender's addresses (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "Reply-To one of the people": case(
        header("Reply-To: zoe.lefevre@mail.example"),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="zoe.lefevre@mail.example",
            letter_line=1,
            fingerprint="c3a688dfb3e7a80d",
            says="lettre.md: replies would go to zoe.lefevre@mail.example, which is the address of Zoé Lefèvre (line 4) (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "Reply-To from a cell": case(
        header("Reply-To: {{ reference }}@ailleurs.example"),
        expect(
            record=1,
            line=2,
            excerpt="RC-0017@ailleurs.example",
            fingerprint="06be02e52f353b7f",
            says="Inès Petit (line 2): Reply-To is RC-0017@ailleurs.example, which is not one of the sender's addresses",
        ),
        expect(
            record=2,
            line=3,
            excerpt="RC-0018@ailleurs.example",
            fingerprint="46c7eee3a5d93736",
            says="Jean Dupont (line 3): Reply-To is RC-0018@ailleurs.example, which is not one of the sender's addresses",
        ),
        expect(
            record=3,
            line=4,
            excerpt="RC-0019@ailleurs.example",
            fingerprint="4843ccbb993ca83b",
            says="Zoé Lefèvre (line 4): Reply-To is RC-0019@ailleurs.example, which is not one of the sender's addresses",
        ),
        expect(
            record=4,
            line=5,
            excerpt="RC-0020@ailleurs.example",
            fingerprint="0fe42e9a25cc6455",
            says="Paul Nguyen (line 5): Reply-To is RC-0020@ailleurs.example, which is not one of the sender's addresses",
        ),
        expect(
            record=5,
            line=6,
            excerpt="RC-0021@ailleurs.example",
            fingerprint="a5c9bfd3b8d070d8",
            says="Aïcha Benali (line 6): Reply-To is RC-0021@ailleurs.example, which is not one of the sender's addresses",
        ),
        expect(
            record=6,
            line=7,
            excerpt="RC-0022@ailleurs.example",
            fingerprint="f936c7b9f4a9accc",
            says="Luc Saint-Martin (line 7): Reply-To is RC-0022@ailleurs.example, which is not one of the sender's addresses",
        ),
    ),
    "a header in a cell": case(
        cell(poste="Juriste\nBcc: x@y.example"),
        expect(
            record=2,
            line=3,
            excerpt="Juriste\nBcc: x@y.example",
            fingerprint="f185054bcff06028",
            says="Jean Dupont (line 3): a cell tries to set a header: Juriste⏎Bcc: x@y.example",
        ),
    ),
    "an encoded header in a cell": case(
        cell(poste="=?UTF-8?Q?=0ABcc:_x@y?="),
        expect(
            record=2,
            line=3,
            excerpt="=?UTF-8?Q?=0ABcc:_x@y?=",
            fingerprint="e097c159c2ea202e",
            says="Jean Dupont (line 3): a cell tries to set a header: =?UTF-8?Q?=0ABcc:_x@y?=",
        ),
    ),
    "To from another column": case(
        header("To: {{ reference }}@mail.example"),
        expect(
            fields=("reference",),
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="RC-0017@mail.example",
            fingerprint="7e67703ca4ef7b8f",
            says="lettre.md: To is not the recipient's own address, such as RC-0017@mail.example (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "an address beyond ASCII from a cell": case(
        header("Reply-To: {{ nom }}@exemple.test"),
        expect(
            record=3,
            line=4,
            excerpt="Lefèvre@exemple.test",
            fingerprint="370702eaf00fe562",
            says="Zoé Lefèvre (line 4): Reply-To is Lefèvre@exemple.test, which is not a valid e-mail address",
        ),
    ),
    "an address in a name": case(
        lambda: inspection_of(changed(2, poste="Juriste <x>"), "Reply-To: {{ poste }} <rh@exemple.test>\n" + LETTER),
        expect(
            record=2,
            line=3,
            excerpt="Juriste <x>",
            fingerprint="ee9dc249756088f4",
            says="Jean Dupont (line 3): the name in Reply-To contains @, < or >: Juriste <x>",
        ),
    ),
    "From with a name of a cell": case(
        header("From: {{ prenom }} <rh@exemple.test>"),
        expect(
            letter="lettre.md",
            letter_line=1,
            excerpt="{{ prenom }}",
            fingerprint="0945e62b697a78ec",
            says="lettre.md, line 1: From is made with {{ prenom }}, so the sender would differ between recipients",
        ),
    ),
    "From a recipient of the sender's own domain": case(
        lambda: inspection_of(INTERNAL, "From: RH <{{ adresse_e_mail }}>\n" + LETTER),
        expect(
            letter_line=1,
            excerpt="{{ adresse_e_mail }}",
            fingerprint="2c86478b600d2d9d",
            says="lettre.md, line 1: From is made with {{ adresse_e_mail }}, so the sender would differ between recipients",
        ),
    ),
    "From on a folded line": case(
        header("From:\n {{ poste }} <rh@exemple.test>"),
        expect(
            letter_line=2,
            excerpt="{{ poste }}",
            fingerprint="fe6fdb54f56c892d",
            says="lettre.md, line 2: From is made with {{ poste }}, so the sender would differ between recipients",
        ),
    ),
    "replies to the recipient": case(
        lambda: inspection_of(INTERNAL, "Reply-To: RH <{{ adresse_e_mail }}>\n" + LETTER),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            others=(2, 3, 4, 5, 6),
            count=6,
            excerpt="ines.petit@exemple.test",
            fingerprint="03bf68c3c3c75ed9",
            says="lettre.md: replies would go to a recipient's address, such as ines.petit@exemple.test (6 people: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a column of something else as the name in To": case(
        header("To: {{ poste }} <{{ adresse_e_mail }}>"),
        expect(
            fields=("adresse_e_mail", "poste"),
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="poste",
            letter_line=1,
            fingerprint="69d025fa6535fd5d",
            says='lettre.md: the name in To is made with "Poste", which does not hold the recipients\' own names (6 people: lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a colleague's column as the name in To": case(
        lambda: inspection_of(WITH_MANAGER, "To: {{ manager }} <{{ adresse_e_mail }}>\n" + LETTER),
        expect(
            fields=("adresse_e_mail", "manager"),
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="manager",
            letter_line=1,
            fingerprint="c96d74418242c214",
            says='lettre.md: the name in To is made with "Manager", which does not hold the recipients\' own names (6 people: lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a header in a name, after a carriage return": case(
        cell(nom="Dupont\rBcc: x@y.example"),
        expect(
            record=2,
            line=3,
            excerpt="Jean Dupont\rBcc: x@y.example",
            fingerprint="2af7b1ff377271ea",
            says="Jean Dupont⏎Bcc: x@y.example (line 3): a cell tries to set a header: Jean Dupont⏎Bcc: x@y.example",
        ),
    ),
    "To two blank cells": case(
        lambda: inspection_of(changed(2, changed(3, poste=""), poste=""), "To: {{ nom }} <{{ poste }}>\n" + LETTER),
        expect(
            fields=("nom", "poste"),
            affected=(2, 3),
            count=2,
            letter_line=1,
            fingerprint="5bbbd2f579049954",
            says="lettre.md: To has no address (2 people: lines 3, 4)",
        ),
        expect(
            fields=("nom", "poste"),
            record=1,
            line=2,
            affected=(1, 4, 5, 6),
            count=4,
            excerpt="Comptable",
            fingerprint="7e67703ca4ef7b8f",
            says="lettre.md: To is not the recipient's own address, such as Comptable (4 people: lines 2, 5, 6, 7)",
        ),
    ),
    "To a blank cell": case(
        lambda: inspection_of(changed(2, poste=""), "To: {{ nom }} <{{ poste }}>\n" + LETTER),
        expect(
            fields=("nom", "poste"),
            affected=(2,),
            letter_line=1,
            fingerprint="5bbbd2f579049954",
            says="lettre.md: To has no address",
        ),
        expect(
            fields=("nom", "poste"),
            record=1,
            line=2,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Comptable",
            fingerprint="7e67703ca4ef7b8f",
            says="lettre.md: To is not the recipient's own address, such as Comptable (5 people: lines 2, 4, 5, 6, 7)",
        ),
    ),
}
PASSES = {
    "Reply-To from a cell: a colleague of the table, who is allowed": colleague_answers(
        "", LintSettings(allow_addresses=("jean@exemple.test",))
    ),
    "Reply-To from a cell: a colleague of the table, who sends": colleague_answers("From: jean@exemple.test\n"),
    "the record's own address": header("To: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"),
    "Reply-To the sender's house": header("From: rh@exemple.test\nReply-To: recrutement@exemple.test"),
    "a colon in a job title": cell(poste="Juriste : droit social"),
    "a name of a cell": header("Reply-To: {{ prenom }} <rh@exemple.test>"),
    "From by a condition": header("From: {% if prenom %}Claire{% else %}RH{% endif %} <rh@exemple.test>"),
    "a title in To": header("To: {{ civilite }} {{ prenom }} {{ nom|upper }} <{{ adresse_e_mail }}>"),
    "Reply-To an allowed address": header(
        "Reply-To: x@ailleurs.example", settings=LintSettings(allow_addresses=("x@ailleurs.example",))
    ),
    "Reply-To anybody, before a sender is known": header("Reply-To: x@ailleurs.example", sender=None),
    "Reply-To of the sender's domain from a cell": header("Reply-To: {{ reference }}@exemple.test"),
    "the record's own address in other letters": header("To: {{ adresse_e_mail|upper }}"),
    "two lines in a cell": cell(poste="Juriste\nParis"),
    "a header on one line": cell(poste="Bcc: x@y.example"),
    "signs that begin an encoded word": cell(poste="Juriste =? x"),
}

test_fails, test_passes = cases_of("TPL208", FAILS, PASSES)


@each_row("row", PEOPLE)
def test_replies_to_somebody_of_the_table_are_told_as_that(row: tuple[str, ...]) -> None:
    [finding] = found(inspection_of(letter=f"Reply-To: {row[3]}\n{LETTER}"), "TPL208")
    assert finding.message.startswith(
        f"lettre.md: replies would go to {row[3]}, which is the address of {row[1]} {row[2]} (line "
    )
    assert finding.fix == "Write an address of the sender in Reply-To, or leave Reply-To out."


@each_row("address", ["odile@ailleurs.test", "rh@autre.example"])
def test_replies_to_a_stranger_are_told_as_before(address: str) -> None:
    [finding] = found(inspection_of(letter=f"Reply-To: {address}\n{LETTER}"), "TPL208")
    assert "which is not one of the sender's addresses" in finding.message
