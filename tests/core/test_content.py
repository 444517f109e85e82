"""The letters and the sample data that ship with the program are fit to be used as they are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from mailmerge.campaign import Campaign, open_campaign
from mailmerge.campaign.setup.scaffold import TABLES_OF_STARTERS
from mailmerge.files.resources import resource_folder
from mailmerge.lint import Finding, Report
from mailmerge.model import SIGNATURE
from mailmerge.records import read_table

TEMPLATES = resource_folder("templates")
SAMPLE = resource_folder("sample_data")
INCIDENTS = {
    "fr": (SAMPLE / "incident", "candidats.csv", "../refus.fr.md"),
    "en": (SAMPLE / "avonmoor-furniture" / "incident", "applicants.csv", "../after-application.en.md"),
}
"""The accident in each language: its folder, its list, and a good letter for it."""

FRENCH_TABLES = ("candidats.csv", "entretiens.csv", "personnes-exposees.csv", "incident/candidats.csv")
ENGLISH_TABLES = (
    "candidates.csv", "interviews.csv", "people-exposed.csv", "avonmoor-furniture/applicants.csv",
    "avonmoor-furniture/incident/applicants.csv",
)  # fmt: skip
CAMPAIGNS = {
    "campaign.toml": {"refus.fr.md", "refus.en.md"},
    "avonmoor-furniture/campaign.toml": {"after-application.en.md", "after-interview.en.md"},
}
"""The sample campaigns, French and English, and their letters."""
RESERVED = (".example", ".test", ".invalid")
REGISTERED = re.compile(r"\b[\w-]+\.(?:com|org|net|fr|uk|eu|io|de)\b(?!\.(?:md|toml|csv))")


def starter(letter: str) -> Campaign:
    return open_campaign([SAMPLE / TABLES_OF_STARTERS[letter], TEMPLATES / letter])


def complaints(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in report.findings if finding.severity != "info"]


def found(report: Report, rule: str) -> list[Finding]:
    everything = [each for finding in report.findings for each in (finding, *finding.echoes)]
    return [each for each in everything if each.rule == rule]


def test_there_are_eight_starter_letters_in_two_languages() -> None:
    assert sorted(path.name for path in TEMPLATES.iterdir()) == sorted(TABLES_OF_STARTERS)


@pytest.mark.parametrize("letter", TABLES_OF_STARTERS)
def test_a_starter_letter_is_clean_with_its_sample_table(letter: str) -> None:
    campaign = starter(letter)
    report = campaign.check().report
    assert complaints(report) == []
    assert report.messages == len(campaign.recipients) > 0


@pytest.mark.parametrize("letter", TABLES_OF_STARTERS)
def test_a_starter_letter_declares_exactly_the_fields_it_uses(letter: str) -> None:
    (template,) = starter(letter).letters
    used = frozenset().union(*(expression.fields for expression in template.expressions))
    assert template.declared == used - {SIGNATURE}  # which is the account's, and nobody's cell


@pytest.mark.parametrize("letter", TABLES_OF_STARTERS)
def test_a_starter_letter_greets_everybody_by_name(letter: str) -> None:
    campaign = starter(letter)
    columns = campaign.table.columns
    for recipient in campaign.recipients:
        greeting = campaign.compose(recipient).text.lstrip().splitlines()[0]
        title = campaign.table.value(recipient.record, columns.title)
        surname = campaign.table.value(recipient.record, columns.last_name)
        first_name = campaign.table.value(recipient.record, columns.first_name)
        opening = "Bonjour" if letter.endswith(".fr.md") else "Dear"
        assert greeting.casefold() == f"{opening} {title or first_name} {surname},".casefold()


@pytest.mark.parametrize("letter", TABLES_OF_STARTERS)
def test_a_starter_letter_says_its_language(letter: str) -> None:
    (template,) = starter(letter).letters
    assert template.language.split("-")[0] == letter.split(".")[1]


def test_french_letters_agree_with_the_person() -> None:
    campaign = starter("rejection-after-interview.fr.md")
    by_title = {
        campaign.table.value(recipient.record, "civilite"): campaign.compose(recipient).text
        for recipient in campaign.recipients
    }
    assert "Nous vous avons reçue le 14 octobre 2026" in by_title["Madame"]
    assert "Merci d’être venue," in by_title["Madame"]
    assert "Nous vous avons reçu le 14 octobre 2026" in by_title["Monsieur"]
    assert "Merci de votre venue," in by_title[""]


def test_english_letters_write_dates_as_the_british_do() -> None:
    campaign = starter("interview-invitation.en.md")
    assert campaign.compose(campaign.recipient(1)).subject == "Interview on 12 October 2026: Web Developer"


def test_french_constant_text_has_french_typography() -> None:
    for path in [*TEMPLATES.glob("*.fr.md"), *SAMPLE.rglob("*.fr.md")]:
        _, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        constant = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", body)
        assert "'" not in constant, path.name
        assert not re.search(r"[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]", constant), path.name


@pytest.mark.parametrize("file", CAMPAIGNS)
def test_a_sample_campaign_is_clean_and_writes_to_340_people(file: str) -> None:
    campaign = open_campaign([SAMPLE / file])
    report = campaign.check().report
    assert complaints(report) == []
    assert (report.records, report.messages) == (340, 340)


@pytest.mark.parametrize("file", CAMPAIGNS)
def test_a_sample_campaign_writes_to_each_the_letter_that_concerns_them(file: str) -> None:
    campaign = open_campaign([SAMPLE / file])
    assert {campaign.letter_of(recipient).path.name for recipient in campaign.recipients} == CAMPAIGNS[file]


@pytest.mark.parametrize("file", CAMPAIGNS)
def test_a_sample_campaign_stands_alone_in_its_folder(tmp_path: Path, file: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree((SAMPLE / file).parent, copy)
    assert len(open_campaign([copy / "campaign.toml"]).recipients) == 340


@pytest.mark.parametrize("name", FRENCH_TABLES)
def test_french_tables_are_written_as_excel_in_france_writes_them(name: str) -> None:
    content = (SAMPLE / name).read_bytes()
    assert content.startswith("Civilité;".encode("cp1252"))
    assert content.count(b"\r\n") == content.count(b"\n")
    table = read_table(SAMPLE / name)
    assert (table.dialect.encoding, table.dialect.delimiter) == ("cp1252", ";")


@pytest.mark.parametrize("name", ENGLISH_TABLES)
def test_english_tables_are_written_as_excel_in_britain_writes_them(name: str) -> None:
    content = (SAMPLE / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfTitle,")
    assert content.count(b"\r\n") == content.count(b"\n")
    table = read_table(SAMPLE / name)
    assert (table.dialect.encoding, table.dialect.delimiter) == ("utf-8-sig", ",")


@pytest.mark.parametrize(
    ("name", "people"), [("candidats.csv", 340), ("candidates.csv", 40), ("avonmoor-furniture/applicants.csv", 340)]
)
def test_sample_tables_have_their_number_of_people(name: str, people: int) -> None:
    table = read_table(SAMPLE / name)
    assert len(table.records) == people
    assert table.defects == ()
    columns = table.columns
    assert all((columns.email, columns.first_name, columns.last_name, columns.title))


def test_only_reserved_domains_occur_in_what_ships() -> None:
    for path in (path for root in (TEMPLATES, SAMPLE) for path in root.rglob("*") if path.is_file()):
        french_table = path.relative_to(SAMPLE).as_posix() in FRENCH_TABLES if path.is_relative_to(SAMPLE) else False
        text = path.read_text(encoding="cp1252" if french_table else "utf-8-sig")
        domains = re.findall(r"@([\w.-]*\w)", text)
        assert [domain for domain in domains if not domain.endswith(RESERVED)] == [], path.name
        assert "://" not in text, path.name
        if path.suffix != ".csv":
            assert REGISTERED.findall(text) == [], path.name


@pytest.mark.parametrize("language", INCIDENTS)
def test_the_letter_of_the_accident_is_stopped(language: str) -> None:
    report = open_campaign([INCIDENTS[language][0] / "campaign.toml"]).check().report
    assert any("To is" in finding.message or "mailboxes" in finding.message for finding in found(report, "TPL208"))
    assert any(finding.letter_line == 3 for finding in found(report, "TPL208"))
    assert {2, 6, 12} == {finding.letter_line for finding in found(report, "TPL203")}
    assert {10} == {finding.letter_line for finding in found(report, "TPL205")}
    assert all(finding.rule != "MSG304" for finding in report.blocks), "it follows from what TPL203 and TPL208 name"
    assert set(RULES_OF_THE_LETTER) <= {finding.rule for finding in report.blocks}


RULES_OF_THE_LETTER = ("TPL203", "TPL205", "TPL208")
DAMAGED_LINES = [
    ("LST105", 6),
    ("LST105", 11),
    ("LST114", 11),
    ("LST112", 15),
    ("LST111", 23),
    ("LST103", 30),
    ("LST108", 36),
    ("LST104", 40),
    ("LST115", 47),
    ("LST102", 48),
]


@pytest.fixture(scope="module", params=INCIDENTS)
def damaged(request: pytest.FixtureRequest) -> Report:
    folder, table, letter = INCIDENTS[request.param]
    return open_campaign([folder / table, folder / letter]).check().report


@pytest.mark.parametrize(("rule", "line"), DAMAGED_LINES)
def test_the_damaged_list_is_stopped_on_the_line_that_its_readme_names(damaged: Report, rule: str, line: int) -> None:
    record = line - 1
    assert any(record == finding.record or record in finding.others for finding in found(damaged, rule))


def test_whatever_the_damaged_list_did_to_somebody_blocks(damaged: Report) -> None:
    harmless = {"LST115"}
    expected = {rule for rule, _ in DAMAGED_LINES} - harmless
    assert expected <= {each.rule for finding in damaged.blocks for each in (finding, *finding.echoes)}


@pytest.mark.parametrize("language", INCIDENTS)
def test_the_readme_of_the_incident_names_the_rules_that_stop_it(language: str) -> None:
    readme = (INCIDENTS[language][0] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z]{3}\d{3}\b", readme))
    assert named == {rule for rule, _ in DAMAGED_LINES} | set(RULES_OF_THE_LETTER)
