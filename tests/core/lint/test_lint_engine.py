"""The engine: one cause is one finding, a waiver is answered for by a person, and a rule that fails stops the send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lint_cases import HEADERS, LETTER, PEOPLE, changed, codes, inspection_of, report_of, stopped, table_of
from msgspec.structs import replace

from mailmerge.campaign import open_campaign
from mailmerge.errors import UsageError
from mailmerge.lint import Inspection, LintSettings, Report, Waiver, all_rules, check, rule_named
from mailmerge.lint.rule import CHECKS, Check, Scope, checks_of
from mailmerge.model import Severity

REASON = "couple sharing one mailbox, confirmed by phone"


def test_a_clean_campaign_passes_in_silence() -> None:
    report = report_of()
    assert report.findings == ()
    assert (report.records, report.messages) == (6, 6)


def test_the_json_document_has_the_keys_of_the_contract() -> None:
    document = report_of(changed(2, adresse_e_mail="a@x.example; b@y.example")).as_json()
    assert document["records"] == 6
    assert document["summary"] == {"block": 1, "warn": 0, "info": 0}
    (finding,) = document["findings"]  # type: ignore[misc]
    assert finding == {
        "rule": "LST105",
        "name": "one-address",
        "severity": "block",
        "record": 2,
        "line": 3,
        "field": "adresse_e_mail",
        "message": "Jean Dupont (line 3): two addresses in one cell: a@x.example and b@y.example",
        "fix": finding["fix"],
        "fingerprint": finding["fingerprint"],
        "waived": False,
        "values": {
            "person": {"name": "Jean Dupont", "line": 3},
            "first": "a@x.example",
            "second": "b@y.example",
        },
    }


def test_a_finding_about_the_letter_names_no_record() -> None:
    (finding,) = report_of(letter=LETTER + "\n[Nom]\n").findings
    assert (finding.record, finding.line, finding.field) == (None, None, None)
    assert finding.letter_line == 11
    assert stopped(report_of(letter=LETTER + "\n[Nom]\n")) == {1, 2, 3, 4, 5, 6}


def test_fingerprints_are_the_same_however_the_rows_are_sorted() -> None:
    rows = changed(2, changed(5, poste="voir ines.petit@mail.example"), adresse_e_mail="a@x.example; b@y.example")
    assert prints(report_of(rows)) == prints(report_of(rows[::-1]))


def prints(report: Report) -> set[str]:
    assert report.findings
    return {finding.fingerprint for finding in report.findings}


def test_fingerprints_differ_for_different_people() -> None:
    rows = [(*row[:4], "", *row[5:]) for row in PEOPLE[:2]] + list(PEOPLE[2:])
    assert len(prints(report_of(rows))) == 2


def test_one_cause_is_one_finding_with_its_count() -> None:
    rows = [(*row[:4], "", *row[5:]) for row in PEOPLE]
    (finding,) = report_of(rows).findings
    assert finding.rule == "TPL201"
    assert finding.count == 6
    assert finding.affected == (1, 2, 3, 4, 5, 6)
    assert "{{ poste }} is blank for 6 people" in finding.message
    assert "lines 2, 3, 4, 5, 6 and 1 more" in finding.message


def test_a_few_people_with_one_cause_are_told_one_by_one() -> None:
    rows = [(*row[:4], "", *row[5:]) for row in PEOPLE[:3]] + list(PEOPLE[3:])
    assert [finding.record for finding in report_of(rows).findings] == [1, 2, 3]


def test_both_people_of_a_shared_mailbox_are_stopped() -> None:
    report = report_of(changed(2, adresse_e_mail=PEOPLE[0][3]))
    assert stopped(report) == {1, 2}
    assert report.blocking_rules(1) == ("LST108",)
    assert report.blocking_rules(3) == ()
    assert report.of_record(1) == report.of_record(2) == report.findings


def test_only_the_person_who_would_read_it_is_stopped() -> None:
    report = report_of(changed(2, poste="voir dossier RC-0017"))
    assert stopped(report) == {2}
    assert report.of_record(1)


# --- waivers ---------------------------------------------------------------------------------------------------------


def waived(rule: str, fingerprint: str, reason: str = REASON, by: str = "C. Martin") -> LintSettings:
    return LintSettings(waivers=(Waiver(rule, fingerprint, reason, by),))


def shared_mailbox(settings: LintSettings = LintSettings()) -> Report:  # noqa: B008
    return report_of(changed(2, adresse_e_mail=PEOPLE[0][3]), settings=settings)


def test_a_waiver_lets_its_finding_pass_and_no_other() -> None:
    (finding,) = shared_mailbox().findings
    report = shared_mailbox(waived("LST108", finding.fingerprint))
    assert [f.waived for f in report.findings] == [True]
    assert report.blocks == ()
    assert stopped(report) == set()
    assert report.count(Severity.BLOCK) == 0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "ok"}, "15 characters"),
        ({"by": " "}, "who answers for it"),
        ({"rule": "LST105"}, "never waived"),
        ({"rule": "MSG304"}, "can be allowed by name"),
        ({"rule": "LST999"}, "no such rule"),
        ({"until": date(2026, 1, 31)}, "it expired on 2026-01-31"),
    ],
)
def test_a_waiver_that_cannot_be_accepted_says_why(changes: dict[str, Any], why: str) -> None:
    (finding,) = shared_mailbox().findings
    waiver = replace(Waiver("LST108", finding.fingerprint, REASON, "C. Martin"), **changes)
    report = shared_mailbox(LintSettings(waivers=(waiver,)))
    assert len(report.blocks) == 1
    (refusal,) = [f for f in report.findings if f.rule == "META002"]
    assert why in refusal.message


def test_a_waiver_that_matches_nothing_is_a_warning() -> None:
    report = report_of(settings=waived("LST108", "0" * 16))
    assert codes(report) == ["META001"]
    assert report.findings[0].severity is Severity.WARN


# --- a linter that fails closed --------------------------------------------------------------------------------------


@pytest.fixture
def odd_rule() -> Iterator[Any]:
    """Put another function in place of a rule's."""
    before = list(CHECKS)

    def put(code: str, scope: Scope, function: Any) -> None:
        index = next(i for i, c in enumerate(CHECKS) if c.rule.code == code and c.scope is scope)
        CHECKS[index] = Check(CHECKS[index].rule, scope, function)

    yield put
    CHECKS[:] = before


def broken(*_shown: object) -> Iterator[Any]:
    yield from ()
    raise ZeroDivisionError("oops")


@pytest.mark.parametrize(
    ("code", "scope"),
    [("LST105", Scope.TABLE), ("TPL205", Scope.LETTER), ("XRC401", Scope.MESSAGE), ("XRC407", Scope.SET)],
)
def test_a_rule_that_raises_stops_the_send(odd_rule: Any, code: str, scope: Scope) -> None:
    odd_rule(code, scope, broken)
    report = report_of()
    assert codes(report) == ["META000"]
    assert code in report.findings[0].message
    assert report.blocks


def test_what_a_rule_that_raises_says_is_shown_short(odd_rule: Any) -> None:
    def told(*_shown: object) -> Iterator[Any]:
        yield from ()
        raise ZeroDivisionError("o" * 201)

    odd_rule("LST105", Scope.TABLE, told)
    assert f": {'o' * 199}…" in report_of().findings[0].message


def test_the_other_rules_go_on_after_one_failed(odd_rule: Any) -> None:
    odd_rule("LST105", Scope.TABLE, broken)
    assert codes(report_of(changed(2, poste="voir dossier RC-0017"))) == ["META000", "XRC401"]


# --- the register ----------------------------------------------------------------------------------------------------


def test_a_rule_is_found_by_code_and_by_name_in_any_case() -> None:
    assert rule_named("lst105") is rule_named("One-Address")
    with pytest.raises(UsageError, match="mailmerge rules"):
        rule_named("LST999")


def test_rules_come_in_the_order_of_the_specification() -> None:
    families = list(dict.fromkeys(rule.code[:3] for rule in all_rules()))
    assert families == ["LST", "TPL", "MSG", "XRC", "ATT", "WIR", "MET"]


def test_every_rule_that_looks_at_a_campaign_is_called() -> None:
    every = {rule.code for rule in all_rules()}
    called = {c.rule.code for scope in (Scope.TABLE, Scope.LETTER, Scope.MESSAGE, Scope.SET) for c in checks_of(scope)}
    elsewhere = {c.rule.code for scope in (Scope.WIRE, Scope.ENGINE) for c in checks_of(scope)}
    assert called == every - elsewhere


# --- streaming -------------------------------------------------------------------------------------------------------


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    check(inspection_of(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)


def test_each_message_is_composed_once_and_once_more_in_the_opposite_order() -> None:
    inspection = inspection_of()
    composed: list[int] = []

    def compose(recipient: Any) -> Any:
        composed.append(recipient.record.number)
        return inspection.compose(recipient)

    check(replace(inspection, compose=compose))
    assert composed == [7, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1]


def test_an_empty_campaign_is_checked_too() -> None:
    assert report_of(table_of([])).findings == ()


def test_a_table_without_names_is_checked_too() -> None:
    rows = [row[3:] for row in PEOPLE]
    report = report_of(table_of(rows, HEADERS[3:]), "Subject: x\n\nBonjour,\n\n{{ poste }}\n")
    assert report.findings == ()


def test_excluding_a_person_answers_a_finding_about_that_person() -> None:
    inspection = inspection_of(changed(2, adresse_e_mail="a@x.example; b@y.example"))
    people = [recipient for recipient in inspection.recipients if recipient.record.number != 2]
    assert check(Inspection(**{**vars_of(inspection), "recipients": people})).findings == ()


def vars_of(inspection: Inspection) -> dict[str, Any]:
    return {name: getattr(inspection, name) for name in inspection.__struct_fields__}


def test_those_who_are_excluded_are_protected_all_the_same() -> None:
    inspection = inspection_of(changed(2, poste="voir dossier RC-0017"))
    people = [recipient for recipient in inspection.recipients if recipient.record.number != 1]
    assert codes(check(replace(inspection, recipients=people))) == ["XRC401"]


# --- reported from outside -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["BenaliAïcha", "aichabenali", "BENALI  aïcha", "Aïcha-Benali"])
def test_a_full_name_is_found_however_it_is_spaced(spelling: str) -> None:
    report = report_of(changed(2, poste=f"avec {spelling}"))
    assert "XRC402" in codes(report)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Subject: x\n\nBonjour Hugo,\n\nMerci {{ nom }}.\n", "MSG302"),
        ("From: rh@atelier.example\n\nBonjour {{ nom }},\n\nMerci.\n", "TPL201"),
        (
            "Subject: x\n\nBonjour {{ nom }},\n\nNous ne retenons pas votre candidature en raison de votre âge.\n",
            "TPL209",
        ),
        (
            "Subject: x\n\nBonjour {{ nom }},\n\nVotre nationalité ne permet pas de retenir votre candidature.\n",
            "TPL209",
        ),
        ("Subject: x\n\nBonjour {{ nom }},\n\nMerci {x}.\n", "TPL205"),
    ],
)
def test_what_a_tester_slipped_past_the_rules_is_found(tmp_path: Path, body: str, rule: str) -> None:
    (tmp_path / "people.csv").write_text(
        "prenom,nom,email\nHugo,Petit,hugo.petit@x.example\nLéa,Durand,lea.durand@x.example\n", encoding="utf-8"
    )
    (tmp_path / "letter.md").write_text(body, encoding="utf-8")
    report = open_campaign([tmp_path / "people.csv", tmp_path / "letter.md"]).check().report
    assert rule in codes(report)
