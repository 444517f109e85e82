"""Who is written to, who is left out and why, and how such decisions are saved."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import msgspec
import pytest

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import ExclusionSection, WaiverSection, open_campaign, read_campaign_file, save_decisions
from mailmerge.errors import CampaignError, TableError, UsageError
from mailmerge.model import Envelope
from mailmerge.outbox import Outbox

CAMPAIGN = """\
# Novembre
recipients = "people.csv"
template = "letter.md"

[lint]
signatories = ["Claire Martin"]   # signs everything

[[waivers]]
# agreed by phone
rule = "LST108"
finding = "3f9c"
reason = "a couple sharing one mailbox"
by = "C. Martin"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(
        "Nom,Courriel,Statut\nRoux,m.roux@x.example,refusé\nPetit,h.petit@x.example,refusé\nGil,a.gil@x.example,retenu\n",
        encoding="utf-8",
    )
    (tmp_path / "letter.md").write_text("Subject: Bonjour\n\nBonjour {{ nom }},\n", encoding="utf-8")
    (tmp_path / "campaign.toml").write_text(CAMPAIGN, encoding="utf-8")
    return tmp_path


def _open(folder: Path, extra: str = "") -> list[str]:
    (folder / "campaign.toml").write_text(f"{extra}\n{CAMPAIGN}", encoding="utf-8")
    return [recipient.name for recipient in open_campaign([folder]).recipients]


def test_where_keeps_the_people_for_whom_it_is_true(folder: Path) -> None:
    assert _open(folder, "where = \"statut == 'refusé'\"") == ["Roux", "Petit"]
    campaign = open_campaign([folder])
    assert campaign.recipient(2).record.line == 3
    with pytest.raises(UsageError, match="record 3 is left out"):
        campaign.recipient(3)


SPELLINGS = [("refusé", "refuse"), ("FR", "fr"), ("Mme", "MME"), ("à revoir", "A  revoir"), ("straße", "STRASSE")]


def _choosing(folder: Path, letters: dict[str, str]) -> None:
    """A campaign whose letter is chosen by the status."""
    named = ", ".join(f'"{value}" = "{name}"' for value, name in letters.items())
    (folder / "campaign.toml").write_text(
        f'recipients = "people.csv"\ntemplate = {{field = "statut", {named}}}\n', encoding="utf-8"
    )
    for name in set(letters.values()):
        (folder / name).write_text(f"Subject: {name}\n\nBonjour {{{{ nom }}}},\n", encoding="utf-8")


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_letters_for_one_value_are_refused(folder: Path, one: str, other: str) -> None:
    _choosing(folder, {one: "a.md", "retenu": "c.md", other: "b.md"})
    with pytest.raises(CampaignError, match=f'different letters for "{one}" and "{other}"'):
        open_campaign([folder])


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_one_letter_may_be_named_for_two_spellings(folder: Path, one: str, other: str) -> None:
    _choosing(folder, {one: "a.md", "retenu": "c.md", other: "a.md"})
    assert [letter.name for letter in open_campaign([folder]).letters] == ["a.md", "c.md"]


def test_a_broken_where_says_so(folder: Path) -> None:
    with pytest.raises(CampaignError, match="statut"):
        _open(folder, 'where = "statut =="')


def test_nobody_on_the_never_write_list_is_written_to(folder: Path) -> None:
    (folder / "never.csv").write_text("Courriel\nH.Petit+jobs@X.example\n", encoding="utf-8")
    assert _open(folder, 'suppress = "never.csv"') == ["Roux", "Gil"]
    assert open_campaign([folder]).excluded[0].reason == "on the list never.csv"


def test_a_never_write_list_without_a_header_is_read_too(folder: Path) -> None:
    (folder / "never.txt").write_text("h.petit@x.example\na.gil@x.example\n", encoding="utf-8")
    assert _open(folder, 'suppress = "never.txt"') == ["Roux"]


def test_a_missing_never_write_list_stops_everything(folder: Path) -> None:
    with pytest.raises(TableError, match=r"never\.csv"):
        _open(folder, 'suppress = "never.csv"')


def test_only_one_address(folder: Path) -> None:
    assert [r.name for r in open_campaign([folder], only="H.PETIT@x.example").recipients] == ["Petit"]
    with pytest.raises(UsageError, match=r"nobody@x\.example"):
        open_campaign([folder], only="nobody@x.example")


def test_decisions_are_saved_and_comments_stay(folder: Path) -> None:
    campaign = open_campaign([folder])
    file = msgspec.structs.replace(
        campaign.file,
        exclusions=(ExclusionSection(address="m.roux@x.example", reason="withdrew the application"),),
        waivers=(*campaign.file.waivers, WaiverSection("XRC402", "77aa", "the director signs as well", "L. Gil")),
        account="rh",
    )
    changed = save_decisions(campaign, file)
    assert [recipient.name for recipient in changed.recipients] == ["Petit", "Gil"]
    text = (folder / "campaign.toml").read_text(encoding="utf-8")
    assert "# Novembre" in text
    assert "# signs everything" in text
    assert "# agreed by phone" in text
    assert read_campaign_file(folder / "campaign.toml") == file

    back = save_decisions(changed, msgspec.structs.replace(file, exclusions=(), waivers=file.waivers[1:]))
    assert len(back.recipients) == 3
    text = (folder / "campaign.toml").read_text(encoding="utf-8")
    assert "exclusions" not in text
    assert "3f9c" not in text
    assert "77aa" in text


def test_a_campaign_without_a_file_gets_one(folder: Path) -> None:
    (folder / "campaign.toml").unlink()
    campaign = open_campaign([folder / "people.csv", folder / "letter.md"])
    exclusion = ExclusionSection(address="m.roux@x.example", reason="withdrew")
    save_decisions(campaign, msgspec.structs.replace(campaign.file, exclusions=(exclusion,)))
    assert [recipient.name for recipient in open_campaign([folder]).recipients] == ["Petit", "Gil"]


def test_somebody_elses_campaign_file_is_never_written_over(folder: Path) -> None:
    campaign = open_campaign([folder / "people.csv", folder / "letter.md"])
    with pytest.raises(UsageError, match="already exists"):
        save_decisions(campaign, campaign.file)
    assert (folder / "campaign.toml").read_text(encoding="utf-8") == CAMPAIGN


def test_a_test_message_goes_to_the_sender_and_says_so(folder: Path, tmp_path: Path) -> None:
    campaign = open_campaign([folder])
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    run = campaign.seal_test(campaign.recipient(2), account, Outbox(tmp_path / "runs"))
    (sealed,) = run.contents()
    message = email.message_from_bytes(sealed.content, policy=email.policy.default)
    assert sealed.envelope == Envelope("rh@atelier.example", "rh@atelier.example")
    assert str(message["To"]) == "Claire <rh@atelier.example>"
    assert message["Subject"] == "[test] Bonjour"
    assert "Bonjour Petit," in message.get_body(("plain",)).get_content()
