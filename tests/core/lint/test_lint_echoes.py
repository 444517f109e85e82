"""One broken cell is one finding, and what is folded into it still stops."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from each_row import each_row, whole_or
from lint_cases import LETTER, PEOPLE, changed, inspection_of, report_of, stopped
from lint_files import pdf
from lint_locales import locale_world
from lint_mutations import OPERATORS, Operator
from lint_world import LAST_NAME, REFERENCE, clean_world
from msgspec.structs import replace
from rule_cases import named_people, theirs

from mailmerge.errors import InputError
from mailmerge.lint import Inspection, LintSettings, Waiver, check
from mailmerge.lint.engine import waivers
from mailmerge.lint.engine.echoes import EXPLAINS
from mailmerge.lint.finding import Finding
from mailmerge.model import Severity
from mailmerge.text.folding import fold

PRINTING = LETTER + "\n{{ adresse_e_mail }} {{ telephone }}\n"
CELLS = {
    "two addresses": {"adresse_e_mail": "jean.dupont@mail.example; anne@poste.example"},
    "no address": {"adresse_e_mail": ""},
    "no @": {"adresse_e_mail": "jean.dupont"},
    "an address and a name": {"adresse_e_mail": "Jean Dupont <jean.dupont@mail.example>"},
    "an invisible letter in an address": {"adresse_e_mail": "jean\u200b.dupont@mail.example"},
    "a no-break space in an address": {"adresse_e_mail": "jean\u00a0dupont@mail.example"},
    "name and address exchanged": {"nom": "jean.dupont@mail.example", "adresse_e_mail": "Dupont"},
    "an address in a name": {"nom": "Dupont jean@poste.example"},
    "a line break in a name": {"nom": "Dupont\nDurand"},
    "the next row in a job": {"poste": "Juriste;x\nM.;Paul;Nguyen;paul.nguyen@mail.example"},
    "garbled letters in a name": {"nom": "L\u00c3\u00a9vre"},
}


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
def test_one_broken_cell_is_one_finding(cells: dict[str, str]) -> None:
    findings = [f for f in report_of(changed(2, **cells), PRINTING).findings if f.severity is not Severity.INFO]
    assert len(findings) == 1, [(f.rule, f.message) for f in findings]
    assert findings[0].record == 2


def _whole(finding: Finding) -> list[Finding]:
    return [finding, *finding.echoes]


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
def test_folding_loses_nothing_and_doubles_nothing(cells: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = inspection_of(changed(2, **cells), PRINTING)
    folded = check(inspection)
    monkeypatch.setattr(waivers, "fold_echoes", list)
    plain = check(inspection)
    told = sorted((each.rule, each.fingerprint) for finding in folded.findings for each in _whole(finding))
    assert told == sorted((each.rule, each.fingerprint) for each in plain.findings)
    assert stopped(folded) == stopped(plain)


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
def test_what_is_folded_into_a_waived_finding_is_told_again(cells: dict[str, str]) -> None:
    inspection = inspection_of(changed(2, **cells), PRINTING)
    (root,) = [finding for finding in check(inspection).findings if finding.severity is not Severity.INFO]
    waiver = Waiver(root.rule, root.fingerprint, "checked with the person by phone", "C. Martin")
    again = check(replace(inspection, settings=LintSettings(waivers=(waiver,))))
    stopping = {(each.rule, each.fingerprint) for finding in again.blocks for each in _whole(finding)}
    assert {(e.rule, e.fingerprint) for e in root.echoes if e.severity is Severity.BLOCK} <= stopping


SEEN = [operator for operator in OPERATORS if not operator.rules[0].startswith("WIR")][:: whole_or(9, 4)]


@pytest.mark.parametrize("operator", SEEN, ids=lambda operator: operator.name)
def test_folding_frees_nobody(operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = clean_world(3, max(20, operator.least))
    operator.mutate(world, random.Random(operator.name))
    try:
        inspection: Inspection = world.inspect(tmp_path)
    except InputError:
        return
    folded = stopped(check(inspection))
    monkeypatch.setattr(waivers, "fold_echoes", list)
    assert stopped(check(inspection)) == folded


@pytest.mark.parametrize("lag", [1, -2])
def test_a_shift_of_the_file_names_is_one_finding(lag: int, tmp_path: Path) -> None:
    world = locale_world(2, 40, "fr_FR", traps=0)
    for number, each in enumerate(world.people):
        each["Fichier"] = f"att/{world.people[(number + lag) % 40][REFERENCE]}.pdf"
        world.files[f"att/{each[REFERENCE]}.pdf"] = pdf(f"Attestation {fold(each[LAST_NAME])} {each[REFERENCE]}")
    world.headers.append("Fichier")
    world.letter = "Attachment: {{ fichier }}\n" + world.letter
    (finding,) = [each for each in check(world.inspect(tmp_path)).findings if each.severity is not Severity.INFO]
    assert (finding.rule, finding.values["rows"]) == ("LST122", abs(lag))
    assert {each.rule for each in finding.echoes} >= {"XRC401", "ATT502"}


@pytest.mark.parametrize("lag", [1, 3, -2])
def test_a_shift_of_the_addresses_is_one_finding_though_the_letter_prints_them(lag: int) -> None:
    people = named_people(60)
    rows = [(*row[:3], people[(n + lag) % 60][3], *row[4:]) for n, row in enumerate(people)]
    letter = LETTER + "\nNous écrivons à {{ adresse_e_mail }}.\n"
    assert [f.rule for f in report_of(rows, letter).findings if f.severity is not Severity.INFO] == ["LST110"]


def test_two_broken_cells_are_two_findings() -> None:
    rows = changed(2, changed(4, nom="Nguyen\nDurand"), adresse_e_mail="")
    findings = [f for f in report_of(rows, PRINTING).findings if f.severity is not Severity.INFO]
    assert sorted(finding.record or 0 for finding in findings) == [2, 4]


def test_nothing_is_the_cause_of_itself() -> None:
    for rule, echoes in EXPLAINS.items():
        assert rule not in echoes or rule == "LST111"


IDENTITIES = {
    "address": "jean.dupont@mail.example",
    "name": "Jean Dupont",
    "name in capitals": "DUPONT Jean",
    "reference": "RC-0018",
    "telephone": "06 12 34 56 02",
    "link": "https://x.example/?u=jean.dupont%40mail.example",
}
_LETTER_PLACES = {
    "a sentence": LETTER + "\nComme {} le disait.\n",
    "a greeting": LETTER.replace("{{ civilite }} {{ nom }}", "{}"),
    "a comment": "Content-Type: text/html\n" + LETTER + "\n<!-- {} -->\n",
    "hidden": "Content-Type: text/html\n" + LETTER + "\n<p style='display:none'>{}</p>\n",
    "Cc": "Cc: {}\n" + LETTER,
    "To": "To: {}\n" + LETTER,
}
PLACES = {name: text.replace("{{", "{{{{").replace("}}", "}}}}") for name, text in _LETTER_PLACES.items()}


@each_row("place", PLACES.values(), ids=PLACES)
@each_row(("kind", "identity"), IDENTITIES.items())
def test_what_is_typed_into_the_letter_is_one_finding(place: str, kind: str, identity: str) -> None:
    if place.startswith(("Cc", "To")) and kind != "address":
        identity = IDENTITIES["address"]  # anything else is no address at all
    report = report_of(letter=place.format(identity))
    findings = [each for each in report.findings if each.severity is not Severity.INFO]
    assert len(findings) == 1, [(each.rule, each.message) for each in findings]
    assert findings[0].rule == "TPL203"
    assert stopped(report) == {1, 2, 3, 4, 5, 6}


@each_row(
    ("typed", "rule"),
    [("Monsieur Dupont", "MSG302"), ("Jean Dupont (RC-0018)", "TPL203"), ("Jean Dupont, 06 12 34 56 02", "TPL203")],
)
def test_a_name_with_what_belongs_to_it_is_one_finding(typed: str, rule: str) -> None:
    greeted = LETTER.replace("{{ civilite }} {{ nom }}", typed)
    (finding,) = [each for each in report_of(letter=greeted).findings if each.severity is not Severity.INFO]
    assert finding.rule == rule
    assert finding.echoes


def test_two_leftovers_on_a_line_are_two_findings() -> None:
    written = "\nMadame Garrigue et Jean Dupont.\n"
    findings = [each for each in report_of(letter=LETTER + written).findings if each.severity is not Severity.INFO]
    assert sorted(each.rule for each in findings) == ["TPL203", "TPL204"]


def test_a_cell_that_has_the_same_address_is_a_finding_of_its_own() -> None:
    report = report_of(changed(1, poste="jean.dupont@mail.example"), LETTER + "\nVoir jean.dupont@mail.example.\n")
    assert {each.rule for each in report.blocks} >= {"TPL203", "LST102"}


def test_one_cell_with_a_name_and_an_address_of_another_is_one_finding() -> None:
    (finding,) = report_of(changed(1, poste="Jean Dupont, jean.dupont@mail.example")).blocks
    assert finding.rule == "XRC401"


def test_a_column_that_is_no_address_in_to_is_one_finding() -> None:
    (finding,) = report_of(letter="To: {{ telephone }}\n" + LETTER).blocks
    assert (finding.rule, len(finding.affected)) == ("TPL208", 6)


@each_row("form", [
    "{mail} {phone}", "{name}, {phone}", "{name} {mail} {phone} {reference}", "{reference} ({name})", "{phone}\n{mail}",
])  # fmt: skip
@each_row("place", ["cell", "file"])
def test_what_is_copied_of_one_person_is_one_finding(place: str, form: str) -> None:
    _title, first, last, mail, _job, reference, phone = PEOPLE[2]
    text = form.format(name=f"{first} {last}", mail=mail, phone=phone, reference=reference)
    if place == "cell":
        inspection = inspection_of(changed(2, poste=text))
    else:
        inspection = theirs(".txt", f"Attestation de Jean Dupont\n{text}".encode(), 2)()
    (finding,) = [each for each in check(inspection).findings if each.severity is not Severity.INFO]
    assert finding.others == (3,)
    assert finding.echoes


def test_what_is_copied_of_two_people_is_two_findings() -> None:
    inspection = inspection_of(changed(2, poste=f"{PEOPLE[2][6]} {PEOPLE[3][6]}"))
    assert sorted(each.others for each in check(inspection).blocks) == [(3,), (4,)]


IN_TO = {
    "the address of all": "To: {mail}",
    "beside a field": "To: {{{{ adresse_e_mail }}}}, {mail}",
    "with a field as the name": "To: {{{{ nom }}}} <{mail}>",
    "a copy": "Cc: {mail}",
}


@each_row("header", IN_TO)
@each_row("typed", ["{mail}", "écrivez à {mail} ou à {phone}"])
def test_what_is_typed_in_a_header_and_in_the_body_is_told_of_both(header: str, typed: str) -> None:
    mail, phone = PEOPLE[2][3], PEOPLE[2][6]
    text = (
        f"{IN_TO[header].format(mail=mail)}\n{LETTER}\nPour toute question, {typed.format(mail=mail, phone=phone)}.\n"
    )
    lines = {finding.letter_line for finding in check(inspection_of(letter=text)).blocks}
    assert {1, text.count("\n")} <= lines
