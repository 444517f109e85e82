"""From and Reply-To hold one mailbox, and whatever a check lets pass can be sealed."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from each_row import each_row, row

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import Campaign, open_campaign
from mailmerge.errors import LetterError
from mailmerge.letter import parse_letter
from mailmerge.outbox import Outbox

ADDRESS = "rh@atelier.example"


def refusal(line: str) -> str:
    with pytest.raises(LetterError) as caught:
        parse_letter(f"Subject: x\n{line}\n\nx", Path("letter.md"))
    message = str(caught.value)
    assert message.startswith("letter.md, line 2: ")
    assert "\n" not in message
    return message


@each_row("header", ["From", "Reply-To"])
@each_row(
    ("value", "written"),
    [
        ("Claire Vasseur", "has no mail address; write {}: Claire Vasseur <claire@example.com>"),
        ("rh@atelier.example>", "write {}: rh@atelier.example"),
        ("<rh@atelier.example", "write {}: rh@atelier.example"),
        ("Claire <rh@atelier.example", "write {}: Claire <rh@atelier.example>"),
        ("Claire rh@atelier.example>", "write {}: Claire <rh@atelier.example>"),
        ("Claire <<rh@atelier.example>>", "write {}: Claire <rh@atelier.example>"),
        ("Claire >rh@atelier.example<", "angle bracket"),
        ("rh@@atelier.example", "has two @ signs; write {}: rh@atelier.example"),
        ("rh@a@b.example", "more than one @ sign"),
        ("rh @atelier.example", "has a space inside the address; write {}: rh@atelier.example"),
        ("Claire <rh@ atelier.example>", "write {}: Claire <rh@atelier.example>"),
        ("Claire rh@atelier.example", "write {}: Claire <rh@atelier.example>"),
        ("Équipe RH, Maison Garonne <rh@x.example>", 'write {}: "Équipe RH, Maison Garonne" <rh@x.example>'),
        ("RH ; Garonne <rh@x.example>", 'write {}: "RH ; Garonne" <rh@x.example>'),
        ("{{ nom }}, RH <rh@x.example>", 'write {}: "{{ nom }}, RH" <rh@x.example>'),
        ('"Claire <rh@x.example>', "quotation mark too few"),
        ("a@x.example, b@x.example", "names more than one mailbox; keep"),
        ("A <a@x.example>; B <b@x.example>", "names more than one mailbox; keep"),
        ("a@x.example b@x.example", "as in {}: "),
        ("a@x.example <b@x.example>", "in the name, which reads as a second address"),
        ('"<RH>" <b@x.example>', "in the name, which reads as a second address"),
        ("Claire <>", "write {}: Claire <claire@example.com>"),
        ("Claire Martin <rh@localhost>", "write {}: Claire Martin <claire@example.com>"),
        ("rh@x..example", "has no valid mail address"),
        ("rh@x.example.", "has no valid mail address"),
        ("mailto:rh@x.example", "has no valid mail address"),
        ("RH: a@x.example, b@x.example;", "more than one mailbox"),
        ("zoé@x.example", "accent before the @"),
        ("{{ service }} recrutement@", "has no valid mail address"),
        ("{% if nom %}rh@x.example{% else %}rh@{% endif %}", "{}: rh@ has no valid mail address"),
    ],
)
def test_what_is_no_mailbox_is_refused_where_the_letter_is_read(header: str, value: str, written: str) -> None:
    assert written.replace("{}", header) in refusal(f"{header}: {value}")


@pytest.mark.parametrize(
    "value",
    [
        "rh@atelier.example", "Claire <rh@atelier.example>", '"Garonne, RH" <rh@atelier.example>',
        "rh@atelier.example (Claire)", "<rh@atelier.example>", "RH@ATELIER.example", "{{ nom }} <rh@atelier.example>",
        "{% if nom %}rh@atelier.example{% else %}recrutement@atelier.example{% endif %}",
        "Claire <rh@atelier.example>,",
    ],
)  # fmt: skip
def test_one_mailbox_is_read(value: str) -> None:
    letter = parse_letter(f"From: {value}\n\nx", Path("letter.md"))
    assert "rh@atelier.example" in {address.lower() for address in letter.declared_senders}


# --- what passes the check is sealed -------------------------------------------------------------------------------

NAMES = (
    "", "Claire", "Équipe RH", '"Équipe RH, Maison Garonne"', "R&D <x", '"a@b"', "=?utf-8?q?=0ABcc:_x@y.example?=",
    "Dr. [RH]; x", '"x\\"y"', "M" * 90, "Ж" * 60, "{{ nom }}", '"{{ nom }}, {{ note }}"', "(RH)", "Claire\u2028RH", "'",
    "{{ note }} RH", "ﬁ\u200b", ":",
)  # fmt: skip
ADDRESSES = (
    ADDRESS, "rh@münchen.example", "zoé@atelier.example", "rh@@atelier.example", "rh @atelier.example", "rh@atelier",
    "{{ mail }}", "{{ local }}@atelier.example", "rh@{{ domaine }}", "{{ note }}", "x@other.example", '"a b"@x.example',
    "rh@[192.0.2.1]", "RH@Atelier.Example", "{{ mail }}, {{ mail }}", "r.h+tag@atelier.example",
    "rh@xn--mnchen-3ya.example",
)  # fmt: skip
FORMS = ("{name} <{address}>", "{address}", "{name} <{address}", "{name} {address}>", "{name}, RH <{address}>")
CELLS = (
    ("rh@atelier.example", "rh", "atelier.example", "Équipe RH"),
    ("paul@other.example", "a b", "atelier..example", 'Claire "x" (RH), équipe; \\ x'),
    ("évadé@atelier.example", "é", "münchen.example", "Ж" * 80),
    ("rh@atelier.example", "r+h", "sub.atelier.example", "Claire <RH>"),
    ("rh@ATELIER.example", ".rh", "atelier.example.", "d'Arcy & fils – RH\u2028x"),
    ("", "", "", ""),
)
"""Cells of one person: an address, the two halves of one, and a name."""


def campaign_of(folder: Path, header: str, cells: tuple[str, ...]) -> Campaign | None:
    import csv

    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Prénom", "Nom", "Courriel", "Mail", "Local", "Domaine", "Note"])
        writer.writerow(["Hugo", "Petit", "hugo@x.example", *cells])
        writer.writerow(["Zoé", "Blanc", "zoe@x.example", "rh@atelier.example", "rh", "atelier.example", "note"])
    head = f"Subject: Votre candidature\n{header}\nFields: prenom, nom, mail, local, domaine, note\n"
    (folder / "letter.md").write_text(f"{head}\nBonjour {{{{ prenom }}}},\n", encoding="utf-8")
    (folder / "campaign.toml").write_text(
        'recipients = "people.csv"\ntemplate = "letter.md"\n[columns]\nemail = "Courriel"\n', encoding="utf-8"
    )
    try:
        return open_campaign([folder])
    except LetterError:
        return None


RECIPIENT_NAMES = (
    "", "{{ prenom }} {{ nom }}", "{{ note }}", '"{{ nom }}, {{ prenom }}"', "{{ nom }}, {{ prenom }}", "=?utf-8?q?a?=",
    '"{{ note }}"', "(x)", "{{ prenom }}:",
)  # fmt: skip
RECIPIENT_ADDRESSES = (
    "{{ courriel }}", "{{ courriel|upper }}", "{{ mail }}", "<{{ courriel }}>", "{{ courriel }}, {{ courriel }}",
    "hugo@x.example", "{{ prenom|lower }}@x.example", "{{ courriel|replace('@', '+a@') }}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "names", "addresses"),
    [("From", NAMES, ADDRESSES), ("Reply-To", NAMES, ADDRESSES), ("To", RECIPIENT_NAMES, RECIPIENT_ADDRESSES)],
)
@pytest.mark.parametrize("cells", CELLS)
def test_whatever_a_check_lets_pass_is_sealed(
    tmp_path: Path, header: str, names: tuple[str, ...], addresses: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    """Every form of every hostile name and address: refused when read, found by the check, or sealed."""
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    refused, found, done = 0, 0, 0
    for (one, name), (two, address) in product(enumerate(names), enumerate(addresses)):
        if (one + two) % len(CELLS) != CELLS.index(cells):
            continue  # each name meets each address once, and both meet each person and each form
        turn = (one + 2 * two) % len(FORMS)
        for form in FORMS[turn : turn + 1] if header != "To" else FORMS[turn % 2 :: 2]:
            with row(form.format(name=name, address=address)):
                campaign = campaign_of(tmp_path, f"{header}: {form.format(name=name, address=address)}", cells)
                if campaign is None:
                    refused += 1
                    continue
                campaign = campaign.signed_by(account)
                checked = campaign.check()
                if checked.report.blocks:
                    found += 1
                    continue
                checked.seal(account, Outbox(tmp_path / f"runs-{done}"))
                done += 1
    assert found + refused > 10
    assert done


@pytest.mark.parametrize("header", ["Reply-To"])
@pytest.mark.parametrize(
    ("address", "cells", "said"),
    [
        (
            "{{ mail }}",
            ("paul@other.example", "x", "x", "x"),
            "is paul@other.example, which is not one of the sender's addresses",
        ),
        ("{{ mail }}", ("paul@sub.atelier.example", "x", "x", "x"), "which is not one of the sender's addresses"),
        (
            "rh@{{ domaine }}",
            ("x", "x", "other.example", "x"),
            "is rh@other.example, which is not one of the sender's addresses",
        ),
        ("{{ local }}@atelier.example", ("x", "a b", "x", "x"), "which is not a valid e-mail address"),
        ("{{ mail }}", ("évadé@atelier.example", "x", "x", "x"), "which is not a valid e-mail address"),
        ("{{ note }} <rh@atelier.example>", ("x", "x", "x", "Claire <RH>"), "contains @, < or >: Claire <RH>"),
    ],
)
def test_what_a_cell_puts_into_a_sender_is_held_against_the_last_gate(
    tmp_path: Path, header: str, address: str, cells: tuple[str, ...], said: str
) -> None:
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    campaign = campaign_of(tmp_path, f"{header}: {address}", cells)
    assert campaign is not None
    (finding,) = [each for each in campaign.signed_by(account).check().report.blocks if each.rule == "TPL208"]
    assert (finding.record, finding.line, finding.letter) == (1, 2, "letter.md")
    assert f"{header}" in finding.message
    assert said in finding.message


@each_row("form", FORMS[:2])
@each_row("name", [name for name in NAMES if "{{" in name] + ["RH"])
@each_row("address", [address for address in ADDRESSES if "{{" in address] + ["{{ courriel }}", ADDRESS])
@each_row("cells", CELLS[:2])
def test_the_sender_is_the_same_for_everybody(
    tmp_path: Path, form: str, name: str, address: str, cells: tuple[str, ...]
) -> None:
    """Any field in From blocks, the address of a recipient above all; an account's or a written one does not."""
    account = account_from_preset("rh", "Claire <rh@x.example>", host="localhost", tls="none", auth="none")
    header = form.format(name=name, address=address)
    campaign = campaign_of(tmp_path, f"From: {header}", cells)
    if campaign is None:
        return
    found = [each for each in campaign.signed_by(account).check().report.blocks if each.rule == "TPL208"]
    assert bool(found) is ("{{" in header)
    assert all((each.record, each.letter, each.letter_line) == (None, "letter.md", 2) for each in found)
