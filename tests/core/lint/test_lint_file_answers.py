"""What a person can answer for in a file is a name or a remark, for this content alone; never another row's data."""

from __future__ import annotations

from collections.abc import Sequence

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, REMARKS, changed, inspection_of, letter_of, table_of
from msgspec.structs import replace
from rule_cases import attached, found, named_files, theirs

from mailmerge.lint import Finding, Inspection, LintSettings, Suppression, Waiver, check

REASON = "looked at with each person concerned"
STRONG = {"an address": PEOPLE[2][3], "a number": PEOPLE[2][6], "a reference": PEOPLE[2][5]}


def waived(inspection: Inspection, findings: Sequence[Finding]) -> Inspection:
    waivers = tuple(Waiver(each.rule, each.fingerprint, REASON, "C. Martin") for each in findings)
    return replace(inspection, settings=LintSettings(waivers=waivers))


def file_of(number: int, *more: str) -> Inspection:
    row = PEOPLE[number - 1]
    return theirs(".txt", "\n".join((f"Attestation de {row[1]} {row[2]}", *more)).encode(), number)()


def evaluations(more: str = "", *, fields: str = "", of: int = 0) -> Inspection:
    """A file for each person with what their own row says of them; ``more`` is in one of them."""
    made = letter_of(f"{fields}Attachment: {{{{ reference }}}}.txt\n{LETTER}")
    rows = [(*row, note) for row, note in zip(PEOPLE, REMARKS, strict=True)]
    for at, row in enumerate(rows):
        text = f"Entretien de {row[1]} {row[2]}\nAvis : {row[-1]}\n{more if at == of else ''}"
        (made.path.parent / f"{row[5]}.txt").write_text(text, encoding="utf-8")
    return inspection_of(table_of(rows, (*HEADERS, "Avis interne")), made)


def told(inspection: Inspection) -> list[Finding]:
    return [each for each in check(inspection).findings if each.rule == "ATT502"]


def test_a_name_in_one_file_can_be_answered_for_and_is_still_shown() -> None:
    inspection = file_of(2, "Tuteur : Zoé Lefèvre")
    (finding,) = told(inspection)
    assert finding.stops
    report = check(waived(inspection, [finding]))
    assert not report.blocks
    assert [each.waived for each in report.findings if each.rule == "ATT502"] == [True]


@each_row("what", STRONG)
def test_an_address_or_a_number_in_a_file_is_never_answered_for(what: str) -> None:
    inspection = file_of(2, f"Voir {STRONG[what]}.")
    (finding,) = told(inspection)
    assert finding.suppression is Suppression.NEVER
    report = check(waived(inspection, [finding]))
    assert [each.rule for each in report.blocks] == ["ATT502"]
    assert "META002" in [each.rule for each in report.findings]


@each_row("what", STRONG)
def test_what_is_answered_for_lets_nothing_else_through(what: str) -> None:
    waivers = waived(file_of(2), told(file_of(2, "Tuteur : Zoé Lefèvre"))).settings
    worse = replace(file_of(2, "Tuteur : Zoé Lefèvre", STRONG[what]), settings=waivers)
    assert [each.rule for each in check(worse).blocks] == ["ATT502"]
    another = replace(file_of(2, "Tuteur : Paul Nguyen"), settings=waivers)
    assert [each.rule for each in check(another).blocks] == ["ATT502"]


def test_a_list_of_names_is_answered_for_as_long_as_the_file_is_the_same() -> None:
    names = "\n".join(f"{row[1]} {row[2]}" for row in PEOPLE[:5])
    inspection = attached("equipe.txt", names.encode())()
    (finding,) = told(inspection)
    allowed = waived(inspection, [finding])
    assert not check(allowed).blocks
    changed_file = attached("equipe.txt", f"{names}\nLuc Saint-Martin".encode())()
    assert check(replace(changed_file, settings=allowed.settings)).blocks
    worse = attached("equipe.txt", f"{names}\n{PEOPLE[3][6]}".encode())()
    assert check(replace(worse, settings=allowed.settings)).blocks


def test_the_file_of_somebody_else_is_never_answered_for() -> None:
    texts = [f"Attestation de {row[1]} {row[2]}" for row in PEOPLE]
    texts[2] = texts[1]
    inspection = named_files([f"piece-{number}.txt" for number in range(6)], texts)()
    (finding,) = told(inspection)
    assert check(waived(inspection, [finding])).blocks


def test_everybodys_own_remark_in_their_own_file_is_one_finding_about_the_column() -> None:
    inspection = evaluations()
    (finding,) = told(inspection)
    assert (finding.count, finding.values["field"]) == (6, "avis_interne")
    assert not check(waived(inspection, [finding])).blocks


def test_a_remark_that_the_letter_may_disclose_is_in_peoples_own_files_in_silence() -> None:
    fields = "Fields: civilite, nom, poste, reference, avis_interne\n"
    assert told(evaluations(fields=fields)) == []


@each_row("fields", ["", "Fields: civilite, nom, poste, reference, avis_interne\n"])
def test_anothers_remark_stops_whatever_was_decided_of_ones_own(fields: str) -> None:
    decided = waived(evaluations(), told(evaluations())).settings
    leaking = replace(evaluations(REMARKS[3], fields=fields), settings=decided)
    assert [(each.rule, each.record) for each in check(leaking).blocks] == [("ATT502", 1)]


def test_the_advice_is_about_the_one_file_or_the_file_of_all() -> None:
    (own,) = told(file_of(2, "Voir 06 12 34 56 03"))
    assert own.fix.startswith("Correct RC-0018.txt")
    (shared,) = found(attached("plan.txt", b"9 h, 06 12 34 56 03")(), "ATT502")
    assert shared.fix.startswith("Make one file per person")


def test_a_colleague_who_signs_may_be_reached_in_files_and_a_candidate_may_not() -> None:
    for domain, stops in (("exemple.test", False), ("mail.example", True)):
        rows = changed(3, adresse_e_mail=f"zoe.lefevre@{domain}")
        made = letter_of(f"Attachment: plan.txt\n{LETTER}")
        (made.path.parent / "plan.txt").write_text(f"Contact : Zoé Lefèvre, {PEOPLE[2][6]}", encoding="utf-8")
        signed = inspection_of(rows, made, settings=LintSettings(signatories=("Zoé Lefèvre",)))
        assert bool(check(signed).blocks) is stops
