"""Decisions that can be seen, changed and taken back; and a filter that is chosen on screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.campaign import ExclusionSection, WaiverSection, open_campaign, read_campaign_file
from mailmerge.campaign.file import CampaignFile, save_campaign_file
from mailmerge.campaign.session import Amend, DecidedKind, decisions_of
from mailmerge.campaign.session.decisions import with_decision
from mailmerge.campaign.setup.filters import people_where, values_of, where_value
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.screens.campaign.people_list import PeopleTable
from mailmerge.tui.screens.decisions import DecidedList, DecisionsScreen

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"'), max_size=12)


def people(pilot: object) -> int:
    return campaign_screen(pilot).query_one(PeopleTable).count  # type: ignore[arg-type]


@given(st.lists(CELLS, min_size=2, max_size=6))
def test_a_chosen_value_matches_the_people_who_have_it(cells: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = "".join(f'p{number}@x.example;"{cell}"\n' for number, cell in enumerate(cells))
        (folder / "t.csv").write_text("Adresse e-mail;Motif\n" + rows, encoding="utf-8-sig")
        (folder / "l.md").write_text("Subject: x\n\nBonjour,\n", encoding="utf-8")
        campaign = open_campaign([folder / "t.csv", folder / "l.md"])
        for each in values_of(campaign.table, "motif"):
            condition = where_value("motif", each.value)
            assert people_where(campaign, condition) == each.people, condition


async def test_a_filter_is_chosen_by_column_and_value_and_taken_back(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press(*(["down"] * 5), "enter")
        await until(pilot, lambda: "Graphiste" in screen_text(pilot) and "3 people" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: people(pilot) == 3)
        assert read_campaign_file(files[0].parent / "campaign.toml").where == "poste == 'Graphiste'"
        assert "filter: poste" in screen_text(pilot)
        assert "3 of 5 people get a message" in screen_text(pilot)
        await pilot.press("D")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecisionsScreen) and "filter" in screen_text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: people(pilot) == 5)
        assert read_campaign_file(files[0].parent / "campaign.toml").where == ""


async def test_a_filter_that_matches_nobody_changes_nothing(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        for condition in (
            "poste == 'Graphiste' and ville == 'Paris'",
            "poste == 'x' and ville ==",
            "post == 'Graphiste'",
        ):
            await pilot.press("w")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            pilot.app.screen.query_one("#answer").value = condition  # type: ignore[attr-defined]
            await pilot.press("enter")
            await until(pilot, lambda: "! " in screen_text(pilot))
            await pilot.press("escape")
            assert people(pilot) == 5
        assert not (files[0].parent / "campaign.toml").exists()


EXCLUSION = ExclusionSection(address="hugo.petit@free.example", name="Hugo Petit", reason="by phone")
WAIVER = WaiverSection(rule="LST107", finding="abc", reason="confirmed by telephone today", by="C. Martin")


@pytest.mark.parametrize("before", [EXCLUSION, WAIVER])
def test_a_decision_is_changed_or_taken_back_and_the_others_stay(before: ExclusionSection | WaiverSection) -> None:
    file = CampaignFile(
        recipients="t.csv",
        template="l.md",
        exclusions=(EXCLUSION, replace(EXCLUSION, name="Léa")),
        waivers=(WAIVER, replace(WAIVER, finding="def")),
    )
    after = replace(before, reason="another reason for it")
    changed = with_decision(file, Amend(before, after))
    assert sum(each == after for each in (*changed.exclusions, *changed.waivers)) == 1
    assert len(changed.exclusions) == len(changed.waivers) == 2
    assert with_decision(changed, Amend(after, before)) == file
    gone = with_decision(file, Amend(before))
    assert len(gone.exclusions) + len(gone.waivers) == 3
    assert before not in (*gone.exclusions, *gone.waivers)


async def test_everything_that_was_decided_is_listed_with_who_and_why(files: list[Path], open_app: OpenApp) -> None:
    path = files[0].parent / "campaign.toml"
    table = files[0].read_text("cp1252").replace("Léa;Durand;lea.durand@outlook", "Léa;Durand;maelys.roux@orange")
    files[0].write_text(table, encoding="cp1252")
    save_campaign_file(
        path,
        CampaignFile(
            recipients=files[0].name,
            template=files[1].name,
            where="ville != 'Paris'",
            exclusions=(EXCLUSION,),
            fields={"fonction": "Poste"},
        ),
    )
    async with open_app(path) as pilot:
        session = campaign_screen(pilot).session
        assert session.review is not None
        assert session.review.report is not None
        shared = session.review.report.blocks[0]
        waived = WaiverSection(shared.rule, shared.fingerprint, "one mailbox for both, by phone", "C. Martin")
        save_campaign_file(path, replace(read_campaign_file(path), waivers=(waived,)))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: (r := session.review) and r.report and not r.report.blocks)
        assert session.campaign is not None
        kinds = [each.kind for each in decisions_of(session.campaign, session.review.report)]
        assert kinds == [DecidedKind.FILTER, DecidedKind.LEFT_OUT, DecidedKind.WAIVED, DecidedKind.FIELD]
        await pilot.press("D")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecisionsScreen))
        await pilot.pause()
        text = screen_text(pilot)
        for said in ("ville != 'Paris'", "Hugo Petit", "by phone", "C. Martin", "one mailbox", "fonction = Poste"):
            assert said in text
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("end", *" on Monday", "enter")
        await until(pilot, lambda: read_campaign_file(path).waivers[0].reason.endswith("by phone on Monday"))
        await until(pilot, lambda: session.checked is not None)
        await pilot.press("D", "j", "j", "x")
        await until(pilot, lambda: read_campaign_file(path).waivers == ())
        await until(
            pilot, lambda: (r := session.review) and r.report and [f.rule for f in r.report.blocks] == ["LST108"]
        )


async def test_nothing_decided_is_said(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("D")
        await until(pilot, lambda: "Nothing was decided" in screen_text(pilot))
        assert pilot.app.screen.query_one(DecidedList).count == 0
        await pilot.press("enter", "x", "escape")
        await until(pilot, lambda: pilot.app.screen is campaign_screen(pilot))
