"""What has one cause is told once, at the place where somebody can repair it."""

from __future__ import annotations

import base64

import pytest
from each_row import each_row, row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, letter_of, table_of
from lint_files import office, pdf
from rule_cases import GREETING, attached, case_files, found, only

from mailmerge.lint import Finding, Inspection, check
from mailmerge.model import Severity

NAMES = (
    ("Madonna Louise", "Ciccone"), ("Anna Maria", "van der Berg"), ("Jean-Luc", "Le Gall"), ("Nguyễn Thị", "Hương"),
    ("Ana", "Ruiz Alonso"), ("Þór", "Jónsson"), ("Ayşe", "Yıldız"), ("Sinéad", "O’Connor"), ("Zoltán", "Nagy"),
    ("Edurne", "Etxeberria"), ("Maria João", "Sousa"), ("Khadija", "El Amrani"),
)  # fmt: skip


def loud(inspection: Inspection) -> list[Finding]:
    return [each for each in check(inspection).findings if each.severity is not Severity.INFO]


def people(first: str, last: str) -> list[tuple[str, ...]]:
    title, _first, _last, _mail, *rest = PEOPLE[3]
    return [*PEOPLE[:3], (title, first, last, "ailleurs@poste.test", *rest), *PEOPLE[4:]]


@each_row(("first", "last"), NAMES)
@each_row("whole", [False, True])
def test_a_name_of_several_words_in_a_greeting_is_one_finding(first: str, last: str, *, whole: bool) -> None:
    greeted = f"{first} {last}" if whole else first
    letter = letter_of(LETTER.replace(GREETING, f"Bonjour {greeted},"))
    assert len(loud(inspection_of(table_of(people(first, last)), letter))) == 1


@each_row(("first", "last"), NAMES)
def test_an_author_is_told_of_once(first: str, last: str) -> None:
    inspection = attached("livret.docx", office(author=f"{first} {last}"))()
    table = table_of(people(first, last))
    assert len(loud(inspection_of(table, inspection.letters[0], folder=inspection.folder))) == 1


@each_row(("first", "last"), NAMES)
def test_the_name_of_a_file_is_told_of_as_the_file_s(first: str, last: str) -> None:
    name = f"{first}_{last}.pdf".replace(" ", "_")
    inspection = attached(name, pdf("Livret"))()
    table = table_of(people(first, last))
    assert [each.rule for each in loud(inspection_of(table, inspection.letters[0], folder=inspection.folder))] == [
        "ATT502"
    ]


@each_row("number", [2, 6])
def test_a_to_header_of_another_column_is_one_finding(number: int) -> None:
    rows = [(*row, f"chef{at % number}@ailleurs.test") for at, row in enumerate(PEOPLE)]
    letter = letter_of(f"To: {{{{ chef }}}}\n{LETTER}")
    assert [each.rule for each in loud(inspection_of(table_of(rows, (*HEADERS, "Chef")), letter))] == ["TPL208"]


@each_row("number", range(6))
@each_row("form", ["{local} (at) {domain}", "{local}[at]{domain}", "{local} arobase {domain}"])
def test_an_address_in_words_is_an_address_and_no_name(number: int, form: str) -> None:
    local, _, domain = PEOPLE[number][3].partition("@")
    text = form.format(local=local, domain=domain)
    findings = loud(inspection_of(letter=f"{LETTER}\nÉcrivez à {text} pour la suite.\n"))
    assert [each.severity for each in findings] == [Severity.BLOCK]


@each_row("number", range(6))
@each_row("path", ["https://rdv.example/{}", "https://rdv.example/d/{}", "https://rdv.example/a/b/{}/voir"])
def test_base64_is_read_in_the_path_of_a_link(number: int, path: str) -> None:
    link = path.format(base64.urlsafe_b64encode(PEOPLE[number][3].encode()).decode().rstrip("="))
    findings = loud(inspection_of(letter=f"{LETTER}\n[Votre espace]({link})\n"))
    assert [(each.rule, each.excerpt.strip("()")) for each in findings] == [("MSG305", link)]


FIRST_LETTERS = (
    "Łukasz", "Şule", "İbrahim", "Đặng", "Ödön", "Ágnes", "Øystein", "Čedomir", "Žofie", "Ștefan", "Řehoř", "Ľubica",
    "Ķestutis", "Ħal", "Ğani", "Œdipe", "Ấn", "Ước", "Élodie", "Æsa", "Ñaki", "Zoltán",
)  # fmt: skip


@each_row("first", FIRST_LETTERS)
def test_a_name_with_any_first_letter_that_is_typed_into_the_greeting_stops_the_letter(first: str) -> None:
    letter = letter_of(LETTER.replace(GREETING, f"Bonjour {first},"))
    known = loud(inspection_of(table_of(people(first, "Garrigue")), letter))
    assert [(each.rule, each.severity, each.excerpt) for each in known] == [("MSG302", Severity.BLOCK, first)]


@each_row("first", FIRST_LETTERS)
@each_row("text", ["Nous avons retenu {} Garrigue.", "We have selected {} Garrigue.", "Wir haben {} Garrigue gewählt."])
def test_whoever_was_chosen_may_have_any_first_letter(first: str, text: str) -> None:
    found = loud(inspection_of(letter=f"{LETTER}\n{text.format(first)}\n"))
    known = loud(inspection_of(letter=f"{LETTER}\n{text.format('Claude')}\n"))
    assert [each.rule for each in found] == [each.rule for each in known]


CASES = case_files()


@pytest.mark.parametrize("code", CASES)
def test_what_is_nobody_s_in_particular_is_told_once_of_two_people_as_of_many(code: str) -> None:
    """Of one file, of one line of a letter, of one column: a finding for each of few people would repeat it."""
    for name, (campaign, expected) in CASES[code].FAILS.items():
        if not any(each.record is None and each.count > 3 for each in expected):
            continue
        whole = campaign()
        if whole.looked_into or whole.settings != inspection_of().settings:
            continue
        people = next(each.affected for each in expected if each.record is None and each.count > 3)
        two = people[:2] if people else tuple(each.record.number for each in whole.recipients[:2])
        with row(f"{name}, for {two}"):
            told = found(only(campaign, *two)(), code)
            assert len(told) == len({each.fingerprint for each in told})
            assert [each for each in told if each.record is not None] == []
            assert told
