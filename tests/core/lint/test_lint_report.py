"""What a finding stops, and whom: no letter that a rule blocks is ever exported as a good one."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from each_row import each_row, row, whole_or
from lint_cases import LETTER, PEOPLE, changed, inspection_of, report_of, stopped
from msgspec.structs import replace
from rule_cases import RULES_FOLDER, Case, blocking, case_files

from mailmerge.campaign import Campaign, Checked
from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import OutboxError, Reason, RenderFailed
from mailmerge.lint import Finding, Inspection, LintSettings, Waiver, all_rules, check, rule_named
from mailmerge.lint.rule import CHECKS, Check, Scope
from mailmerge.model import Message, Recipient, SealedMessage, Severity

EVERYBODY = (1, 2, 3, 4, 5, 6)


@cache
def bad() -> dict[str, dict[str, Case]]:
    """What each rule finds something in, by the rule and by name."""
    return {
        code: {name: campaign for name, (campaign, _expected) in module.FAILS.items()}
        for code, module in case_files().items()
    }


def case(code: str, name: str) -> Inspection:
    return bad()[code][name]()


# --- each scope, to the word -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    record: int | None
    line: int | None
    field: str | None
    message: str
    stops: tuple[int, ...]
    """Records whose message must not leave."""
    letter_line: int | None = None


SCOPES: dict[tuple[str, str], Expected] = {
    ("LST105", "two"): Expected(
        2, 3, "adresse_e_mail", "Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example", (2,)
    ),
    ("LST101", "no e-mail column"): Expected(None, 1, None, "no column contains e-mail addresses", EVERYBODY),
    ("LST110", "addresses shifted"): Expected(
        None,
        None,
        "adresse_e_mail",
        "names and addresses are 1 row apart: 5 addresses match the name one row away and only 0 the name in their own"
        " row; jean.dupont@mail.example, for example, is beside Inès Petit (line 2) and matches Jean Dupont (line 3)",
        EVERYBODY,
    ),
    ("LST108", "two people"): Expected(
        2,
        3,
        "adresse_e_mail",
        "Inès Petit (line 2) and Jean Dupont (line 3) have the same mailbox Ines.Petit@MAIL.example: each would read"
        " the other's letter",
        (1, 2),
    ),
    ("TPL205", "braces"): Expected(
        None, None, None, "lettre.md, line 11: {prenom} would be printed literally", EVERYBODY, 11
    ),
    ("TPL208", "Cc"): Expected(None, None, None, "lettre.md, line 1: the letter sets Cc", EVERYBODY, 1),
    ("TPL201", "a blank cell"): Expected(
        2, 3, "poste", "Jean Dupont (line 3): {{ poste }} is blank (lettre.md, line 5)", (2,), 5
    ),
    ("XRC401", "an address"): Expected(
        2,
        3,
        "poste",
        'Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir'
        " ines.petit@mail.example",
        (2,),
    ),
    ("XRC407", "another record's message"): Expected(
        2, 3, None, "the message composed for Jean Dupont (line 3) is addressed to Zoé Lefèvre (line 4)", (2,)
    ),
    ("ATT502", "on a page"): Expected(
        None,
        None,
        None,
        "5 people would get the full name of Jean Dupont (line 3) in the attachment planning.pdf (page 1): lines 2, 4,"
        " 5, 6, 7",
        (1, 3, 4, 5, 6),
    ),
    ("ATT504", "missing"): Expected(
        None,
        None,
        None,
        "the attachment livret.pdf is missing; 6 people would not get it: lines 2, 3, 4, 5, 6 and 1 more",
        EVERYBODY,
    ),
}


@pytest.mark.parametrize(("code", "name"), SCOPES)
def test_a_block_says_who_where_and_what_and_stops_exactly_those(code: str, name: str) -> None:
    expected = SCOPES[code, name]
    report = check(case(code, name))
    (finding,) = [finding for finding in report.findings if finding.rule == code]
    assert _said(finding) == (expected.record, expected.line, expected.field, expected.message, expected.letter_line)
    assert finding.stops
    assert finding in report.blocks
    assert {n for n in EVERYBODY if code in report.blocking_rules(n)} == set(expected.stops)
    assert stopped(report) >= set(expected.stops)
    document: Any = next(found for found in report.as_json()["findings"] if found["rule"] == code)  # type: ignore[attr-defined]
    assert (document["record"], document["line"], document["field"]) == (
        expected.record,
        expected.line,
        expected.field,
    )
    assert document["message"] == expected.message


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.record, finding.line, finding.field, finding.message, finding.letter_line


def test_every_scope_of_the_linter_has_a_block_among_these() -> None:
    scopes = {rule_named(code).scope for code, _name in SCOPES}
    assert scopes == {Scope.TABLE, Scope.LETTER, Scope.MESSAGE, Scope.SET}
    assert {code[:3] for code, _name in SCOPES} == {"LST", "TPL", "XRC", "ATT"}


def test_a_block_of_the_letter_and_one_of_a_person_stop_that_person_together() -> None:
    report = report_of(changed(2, adresse_e_mail="a@x.example; b@y.example"), LETTER + "\nCher {prenom},\n")
    assert report.blocking_rules(2) == ("LST105", "TPL205")
    assert report.blocking_rules(1) == ("TPL205",)
    assert stopped(report) == set(EVERYBODY)
    assert [finding.rule for finding in report.general] == ["TPL205"]
    assert report.as_json()["summary"] == {"block": 2, "warn": 0, "info": 0}


def test_a_waived_block_and_a_warning_stop_nobody() -> None:
    shared = changed(2, adresse_e_mail=PEOPLE[0][3])
    (finding,) = report_of(shared).findings
    waiver = Waiver("LST108", finding.fingerprint, "couple sharing one mailbox, confirmed by phone", "C. Martin")
    report = report_of(shared, settings=LintSettings(waivers=(waiver,)))
    assert [each.waived for each in report.findings] == [True]
    assert [report.blocking_rules(n) for n in EVERYBODY] == [()] * 6
    assert report.as_json()["summary"] == {"block": 0, "warn": 0, "info": 0}
    warned = report_of(changed(2, adresse_e_mail="jean.dupont@gmial.com"))
    assert [each.severity for each in warned.findings] == [Severity.WARN]
    assert (warned.blocks, stopped(warned), warned.blocking_rules(2)) == ((), set(), ())
    assert warned.count(Severity.WARN) == 1


# --- every rule, to the file -----------------------------------------------------------------------------------------


class Composed(Campaign, frozen=True):
    """A campaign made of an inspection: what was checked is what is exported."""

    composing: Callable[[Recipient], Message] | None = None

    def compose(self, recipient: Recipient) -> Message:
        assert self.composing is not None
        return self.composing(recipient)


def campaign_of(inspection: Inspection) -> Campaign:
    return Composed(
        name="cases",
        path=None,
        folder=inspection.folder,
        file=CampaignFile(recipients="candidats.csv", template="lettre.md"),
        table=inspection.table,
        letters_by_value={"": inspection.letters[0]},
        recipients=inspection.recipients,  # type: ignore[arg-type]
        excluded=(),
        composing=inspection.compose,
    )


BLOCKING = [
    path.stem.split("_")[1].upper()
    for path in sorted(RULES_FOLDER.glob("*/test_*.py"))
    if rule_named(path.stem.split("_")[1].upper()).severity is Severity.BLOCK
]
OF_ONE_RULE = whole_or(2, 4)
"""Cases of one rule that are exported, from its first to its last; whom a finding stops is asked beside every case."""


@each_row("code", BLOCKING)
def test_what_a_rule_blocks_is_exported_apart_or_not_at_all(code: str, tmp_path: Path) -> None:
    cases = list(bad()[code].items())
    for number, (name, each) in enumerate(cases[:: -(-len(cases) // OF_ONE_RULE)]):
        folder = tmp_path / str(number)
        folder.mkdir()
        with row(name):
            exported_apart(code, each, folder)


def exported_apart(code: str, each: Case, tmp_path: Path) -> None:
    inspection = each()
    report = check(inspection)
    numbers = [recipient.record.number for recipient in inspection.recipients]
    try:
        manifest = Checked(campaign_of(inspection), report).export(tmp_path)
    except OutboxError as refused:
        assert "two messages" in str(refused)  # noqa: PT017  (two messages for one person: refused as a whole)
        assert code == "XRC407"
        assert list(tmp_path.iterdir()) == []
        return
    stopped = {number: blocking(report, number) for number in numbers if blocking(report, number)}
    assert {entry.record: entry.rules for entry in manifest.blocked if entry.record in stopped} == stopped
    assert not {entry.record for entry in manifest.messages} & set(stopped)
    assert {entry.record for entry in (*manifest.messages, *manifest.blocked)} == set(numbers)
    good = {path.name for path in tmp_path.glob("*.eml")}
    assert good == {entry.file for entry in manifest.messages}
    assert manifest.count == len(good)


def test_every_rule_that_blocks_has_a_case_that_does() -> None:
    milder = set()
    for code, named in bad().items():
        if rule_named(code).severity is Severity.BLOCK and not any(
            code in {told.rule for finding in check(each()).blocks for told in (finding, *finding.echoes)}
            for each in named.values()
        ):
            milder.add(code)
    assert milder == set()


# --- the bytes, and a linter that fails ------------------------------------------------------------------------------


def _garbled(message: SealedMessage, old: bytes, new: bytes) -> SealedMessage:
    return replace(message, content=message.content.replace(old, new))


WIRE: dict[str, tuple[str, Callable[[SealedMessage], SealedMessage]]] = {
    "another sha256": ("WIR904", lambda m: replace(m, sha256="0" * 64)),
    "bytes of another person": ("WIR903", lambda m: _garbled(m, b"Dupont", b"Durand")),
    "a second recipient": ("WIR903", lambda m: _garbled(m, b"\r\nSubject:", b", <b@y.example>\r\nSubject:")),
    "a hidden copy": ("WIR904", lambda m: _garbled(m, b"\r\nSubject:", b"\r\nBcc: <b@y.example>\r\nSubject:")),
    "a bare line feed": ("WIR903", lambda m: replace(m, content=m.content + b"\n.\n")),
}


@pytest.mark.parametrize("name", WIRE)
def test_bytes_that_sealing_would_refuse_are_exported_apart(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("mailmerge.campaign.checked")

    assembled = module.assemble
    code, garble = WIRE[name]

    def assemble(message: Message, *rest: Any) -> SealedMessage:
        sealed = assembled(message, *rest)
        return garble(sealed) if sealed.record == 2 else sealed

    monkeypatch.setattr(module, "assemble", assemble)
    inspection = inspection_of()
    report = check(inspection)
    assert report.blocks == ()
    manifest = Checked(campaign_of(inspection), report).export(tmp_path)
    assert [entry.record for entry in manifest.messages] == [1, 3, 4, 5, 6]
    assert [(entry.record, entry.rules) for entry in manifest.blocked] == [(2, (code,))]


@pytest.mark.parametrize("scope", [Scope.TABLE, Scope.LETTER, Scope.MESSAGE, Scope.SET])
def test_a_rule_that_fails_leaves_no_letter_among_the_good(scope: Scope, tmp_path: Path) -> None:
    before = list(CHECKS)
    index = next(i for i, each in enumerate(CHECKS) if each.scope is scope)

    def broken(*_shown: object) -> Iterator[Any]:
        yield from ()
        raise ZeroDivisionError("oops")

    CHECKS[index] = Check(CHECKS[index].rule, scope, broken)
    try:
        inspection = inspection_of()
        report = check(inspection)
    finally:
        CHECKS[:] = before
    (finding,) = report.findings
    assert (finding.rule, finding.record, finding.line, finding.field) == ("META000", None, None, None)
    assert finding.message.endswith("could not be carried out: ZeroDivisionError: oops")
    manifest = Checked(campaign_of(inspection), report).export(tmp_path)
    assert manifest.messages == ()
    assert {entry.rules for entry in manifest.blocked} == {("META000",)}


def test_a_message_that_cannot_be_made_is_never_a_good_one(tmp_path: Path) -> None:
    inspection = inspection_of()

    def compose(recipient: Recipient) -> Message:
        if recipient.record.number == 3:
            raise RenderFailed(Reason("broken", "this cannot be rendered"))
        return inspection.compose(recipient)

    failing = replace(inspection, compose=compose)
    report = check(failing)
    manifest = Checked(campaign_of(failing), report).export(tmp_path)
    assert [(entry.record, entry.file) for entry in manifest.blocked] == [(3, "")]
    assert manifest.blocked[0].rules == report.blocking_rules(3) != ()


def test_rules_of_the_wire_are_all_enforced_by_the_gate_or_elsewhere() -> None:
    gate = {"WIR901", "WIR902", "WIR903", "WIR904", "WIR905"}
    assert {rule.code for rule in all_rules() if rule.scope is Scope.WIRE} == gate | {"WIR906", "WIR907"}
    assert {code for code, _garble in WIRE.values()} <= gate
