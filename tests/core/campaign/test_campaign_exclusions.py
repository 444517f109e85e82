"""Whom an exclusion leaves out: the one person it names, or nobody without a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from mailmerge.campaign import Campaign, ExclusionSection, open_campaign, save_decisions
from mailmerge.errors import CampaignError

ROWS = """\
Prénom;Nom;Courriel
Zoé;Roux;zoe.roux@x.example
Hugo;Petit;h.petit@x.example
Ana;Gil;famille@x.example
Luc;Gil;Famille+luc@X.example
Max;Roy;
Eva;Roy;
Eva;Roy;eva.roy@x.example
Ivo;Lam;
"""
Opened = Callable[..., Campaign]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Open a campaign whose file ends with these lines."""

    def make(*lines: str, rows: str = ROWS) -> Campaign:
        (tmp_path / "people.csv").write_text(rows, encoding="utf-8")
        (tmp_path / "letter.md").write_text("Subject: Bonjour\nFrom: RH <rh@exemple.test>\n\nBonjour {{ nom }},\n")
        head = ['recipients = "people.csv"', 'template = "letter.md"']
        (tmp_path / "campaign.toml").write_text("\n".join((*head, *lines)), encoding="utf-8")
        return open_campaign([tmp_path])

    return make


def exclusion(**keys: str) -> str:
    lines = [f'{key} = "{value}"' for key, value in {**keys, "reason": keys.get("reason", "appelé")}.items()]
    return "[[exclusions]]\n" + "\n".join(lines)


def left_out(campaign: Campaign) -> list[int]:
    everybody = {record.number for record in campaign.table.records}
    written = {recipient.record.number for recipient in campaign.recipients}
    assert {excluded.recipient.record.number for excluded in campaign.excluded} == everybody - written
    return sorted(everybody - written)


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        ({"address": "h.petit@x.example", "name": "Hugo Petit"}, [2]),
        ({"address": "H.Petit+rh@X.example", "name": "PETIT  hugo"}, [2]),
        ({"address": "famille@x.example", "name": "Ana Gil"}, [3]),
        ({"address": "famille@x.example", "name": "Luc Gil"}, [4]),
        ({"address": "zoe.roux@x.example"}, [1]),
        ({"name": "Zoe Roux"}, [1]),
        ({"name": "Max Roy"}, [5]),
        ({"address": "eva.roy@x.example", "name": "Eva Roy"}, [7]),
    ],
)
def test_an_exclusion_leaves_out_the_one_person_it_names(opened: Opened, keys: dict[str, str], numbers: list[int]):
    assert left_out(opened(exclusion(**keys))) == numbers
    assert [each.reason for each in opened(exclusion(**keys, reason="déjà vu")).excluded] == ["déjà vu"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"address": "famille@x.example"}, 'address = "famille@x.example" matches 2 people (lines 4, 5); add name'),
        ({"name": "Eva Roy"}, 'name = "Eva Roy" matches 2 people (lines 7, 8); add address'),
        ({"address": "nobody@x.example"}, "matches nobody in the table"),
        ({"name": "Nobody"}, "matches nobody in the table"),
        ({"address": ""}, "address is blank"),
        ({"address": "  ", "name": "Hugo Petit"}, "address is blank"),
        ({"name": ""}, "name is blank"),
        ({"name": "-"}, "name is blank"),
        ({"name": "\\u200b"}, "name is blank"),
        ({"name": "…"}, "name is blank"),
        ({"address": "zoe.roux@x.example", "reason": " "}, "reason is blank"),
        ({}, "address and name are both missing"),
    ],
)
def test_an_exclusion_that_does_not_say_who_is_refused_with_the_file(opened: Opened, keys: dict[str, str], said: str):
    with pytest.raises(CampaignError) as refusal:
        opened(exclusion(**keys))
    message = str(refusal.value)
    assert said in message
    assert "campaign.toml: " in message
    assert "\n" not in message


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    "cell", ["Zoé Lefèvre", "Mme Zoé LEFÈVRE", "LEFÈVRE, Zoé", "Dr Lefèvre Zoé", "Zoé\u00a0Lefèvre"]
)
@pytest.mark.parametrize("name", ["Zoé Lefèvre", "zoe LEFEVRE", "Lefèvre Zoé", "Mme Lefèvre, Zoé", "Zoé\u00a0Lefèvre"])
@pytest.mark.parametrize("spell", [str, decomposed])
def test_a_name_is_the_same_however_it_is_written(opened: Opened, cell: str, name: str, spell: Callable[[str], str]):
    rows = f'Candidat;Courriel\n"{cell}";zoe@x.example\nJean Dupont;j@x.example\n;vide@x.example\n'
    assert left_out(opened(exclusion(name=spell(name)), rows=rows)) == [1]
    assert left_out(opened(exclusion(name=name), rows=decomposed(rows))) == [1]
    assert left_out(opened(exclusion(name=spell(name), address="ZOE@x.example "), rows=rows)) == [1]


@pytest.mark.parametrize("name", ["M. Petit", "Dr Roux", "Me Gil"])
def test_a_title_and_one_name_are_not_that_of_everybody_called_so(opened: Opened, name: str):
    with pytest.raises(CampaignError, match="matches nobody"):
        opened(exclusion(name=name))


def test_somebody_without_address_and_letters_in_the_name_is_left_out_by_deleting_the_row(opened: Opened):
    campaign = opened(rows="Nom;Courriel;Note\n-;;appeler\nRoux;zoe.roux@x.example;\n")
    with pytest.raises(CampaignError, match="line 2 has neither an address nor a name"):
        campaign.exclusion_of(campaign.recipient(1), "doublon")


def found(campaign: Campaign) -> list[tuple[str, str, str, tuple[int, ...]]]:
    findings = campaign.check().report.findings
    return [(f.rule, f.severity.value, f.message, f.others) for f in findings if f.rule in ("LST117", "LST108")]


def test_an_exclusion_of_somebody_who_is_gone_is_a_warning(opened: Opened):
    gone = opened(exclusion(address="gone@x.example", name="Gone Person"))
    assert left_out(gone) == []
    assert found(gone)[-1] == (
        "LST117", "warn", "the exclusion of Gone Person <gone@x.example> no longer matches anybody in the table", (),
    )  # fmt: skip


NEAR = (
    ("hugo@new.example", "Hugo Petit"), ("h.petit@x.example", "Hugo Petitjean"), ("h.petit@x.example", "H. Petit"),
    ("h.petti@x.example", "Hugo Petti"), ("h.peti@x.example", "Hugo Petit Martin"), ("hpetit@x.example", "M. H. Petit"),
    ("h.petit@y.example", "Ugo Petit"), ("h.petiit@x.example", "Hugo Petiit"), ("H.Petit+a@X.example", "Petit"),
)  # fmt: skip
"""Spellings of Hugo Petit <h.petit@x.example> that are no longer the table's."""
FAR = (
    ("gone@x.example", "Gone Person"), ("h.petit@nowhere.example", "Gone Person"), ("k.petit@x.example", "Anne Muller"),
    ("hugo.martin@y.example", "Hugo Martin"), ("petit@z.example", "Zoé Petit"), ("z@x.example", "Hugo"),
)  # fmt: skip


@pytest.mark.parametrize(("address", "name"), NEAR)
def test_nobody_excluded_gets_the_letter_by_a_spelling(opened: Opened, address: str, name: str):
    campaign = opened(exclusion(address=address, name=name))
    assert left_out(campaign) == []
    (finding,) = [each for each in campaign.check().report.findings if each.rule == "LST117"]
    assert finding.message.endswith("it is closest to Hugo Petit (line 3), who would get the letter")
    assert (finding.record, finding.line, finding.affected, finding.stops) == (2, 3, (2,), True)


@pytest.mark.parametrize(("address", "name"), NEAR)
def test_whoever_answers_for_it_lets_the_letter_go(opened: Opened, address: str, name: str):
    lines = [exclusion(address=address, name=name)]
    (finding,) = [each for each in opened(*lines).check().report.findings if each.rule == "LST117"]
    waiver = f'[[waivers]]\nrule = "LST117"\nfinding = "{finding.fingerprint}"\nreason = "another Hugo, asked by phone"'
    (answered,) = [
        each for each in opened(*lines, f'{waiver}\nby = "C. Martin"').check().report.findings if each.rule == "LST117"
    ]
    assert answered.waived


@pytest.mark.parametrize(("address", "name"), NEAR)
def test_whoever_is_near_and_gets_no_letter_anyway_stops_nothing(opened: Opened, address: str, name: str):
    for elsewhere in ("where = \"nom != 'Petit'\"", exclusion(address="h.petit@x.example", name="Hugo Petit")):
        findings = found(opened(elsewhere, exclusion(address=address, name=name)))
        assert [each[1] for each in findings if each[0] == "LST117"] == ["warn"]


@pytest.mark.parametrize(("address", "name"), FAR)
def test_an_exclusion_that_is_near_nobody_stops_nothing(opened: Opened, address: str, name: str):
    findings = found(opened(exclusion(address=address, name=name)))
    assert [each[1] for each in findings if each[0] == "LST117"] == ["warn"]


def test_an_exclusion_that_matches_two_rows_leaves_both_out_and_blocks(opened: Opened):
    rows = ROWS + "Hugo;Petit;h.petit@x.example\n"
    campaign = opened(exclusion(address="h.petit@x.example", name="Hugo Petit"), rows=rows)
    assert left_out(campaign) == [2, 9]
    (finding,) = [each for each in campaign.check().report.findings if each.rule == "LST117"]
    assert (finding.severity.value, finding.record, finding.line, finding.others) == ("block", None, None, (2, 9))
    assert finding.message == (
        "the exclusion of Hugo Petit <h.petit@x.example> matches Hugo Petit (line 3) and Hugo Petit (line 10); "
        "it must match exactly one person"
    )
    assert finding.stops


def test_one_of_two_people_with_one_mailbox_is_left_out_and_the_other_is_written_to(opened: Opened):
    assert [each[:2] for each in found(opened())] == [("LST108", "block")]
    campaign = opened(exclusion(address="famille@x.example", name="Ana Gil"))
    assert left_out(campaign) == [3]
    assert found(campaign) == []


def test_where_and_the_exclusions_are_two_things(opened: Opened):
    campaign = opened("where = \"nom == 'Petit'\"", exclusion(address="zoe.roux@x.example", name="Zoé Roux"))
    assert [recipient.name for recipient in campaign.recipients] == ["Hugo Petit"]
    assert campaign.excluded == ()
    assert found(campaign) == []


def test_a_name_of_ones_own_making_is_matched_as_well_as_the_tables(opened: Opened):
    columns = '[columns]\nname = "{{ nom|upper }}, {{ prenom }} (2026)"'
    for name in ("PETIT, Hugo (2026)", "Hugo Petit"):
        assert left_out(opened(columns, exclusion(name=name))) == [2]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 7])
def test_a_person_who_can_be_told_apart_gets_an_exclusion_that_names_nobody_else(opened: Opened, number: int):
    campaign = opened()
    one = campaign.exclusion_of(campaign.recipient(number), "appelé")
    assert one.name
    assert one.address == campaign.recipient(number).address
    changed = save_decisions(campaign, msgspec.structs.replace(campaign.file, exclusions=(one,)))
    assert left_out(changed) == [number]
    assert left_out(open_campaign([campaign.folder])) == [number]
    back = save_decisions(changed, msgspec.structs.replace(changed.file, exclusions=()))
    assert left_out(back) == []


def test_two_people_whom_nothing_tells_apart_are_refused_with_the_line_of_the_other(opened: Opened):
    campaign = opened()
    with pytest.raises(CampaignError, match="line 8 has the same name"):
        campaign.exclusion_of(campaign.recipient(6), "x")
    twice = opened(rows=ROWS + "Hugo;Petit;h.petit@x.example\n")
    with pytest.raises(CampaignError, match="line 10 has the same name and address"):
        twice.exclusion_of(twice.recipient(2), "x")
    nameless = opened(rows="Courriel;Note\n;a\nb@x.example;b\n")
    with pytest.raises(CampaignError, match="line 2 has neither an address nor a name"):
        nameless.exclusion_of(nameless.recipient(1), "x")
    assert nameless.exclusion_of(nameless.recipient(2), "x") == ExclusionSection(address="b@x.example", reason="x")


def test_the_columns_that_name_colleagues_are_checked_when_the_campaign_is_opened(opened: Opened):
    rows = "Nom;Recruteur;Suivi par;Courriel\nRoux;Ana Gil;Luc Roy;zoe.roux@x.example\n"
    campaign = opened('[lint]\nnames_of_others = ["Recruteur", "suivi_par"]', rows=rows)
    assert campaign.settings.names_of_others == {"recruteur", "suivi_par"}
    with pytest.raises(CampaignError, match=r'campaign\.toml: \[lint\] names_of_others: no column "Chef" in the table'):
        opened('[lint]\nnames_of_others = ["Chef"]')


def test_the_columns_said_to_be_the_name_are_the_ones_that_are_checked(opened: Opened):
    rows = "A;B;Courriel\n" + "".join(f"{a};{b};u{n}@x.example\n" for n, (a, b) in enumerate(NAMES))
    letter = "Subject: Bonjour\nFrom: RH <rh@exemple.test>\n\nBonjour {{ a }}, {{ b }}\n"
    unnamed = opened(rows=rows)
    (unnamed.folder / "letter.md").write_text(letter, encoding="utf-8")
    unchecked = [f for f in open_campaign([unnamed.folder]).check().report.findings if f.rule == "LST118"]
    assert [f.severity.value for f in unchecked] == ["warn"]
    assert '[columns] name = "{{ a }} {{ b }}"' in unchecked[0].fix
    named = opened('[columns]\nname = "{{ a }} {{ b }}"', rows=rows)
    assert (named.table.columns.first_name, named.table.columns.last_name) == ("a", "b")
    whole = opened('[columns]\nname = "{{ b }}"', rows=rows)
    assert (whole.table.columns.full_name, whole.table.columns.last_name) == ("b", "")
    assert "LST118" not in [f.rule for f in named.check().report.findings]


NAMES = [("Zoé", "Lefèvre"), ("Paul", "Petit"), ("Ana", "Gil"), ("Luc", "Roux"), ("Eva", "Roy"), ("Max", "Lam")]
