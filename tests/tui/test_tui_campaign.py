"""Reviewing a campaign: who is shown, what is marked, what counts as seen."""

from __future__ import annotations

import shutil
from bisect import bisect_right
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.pilot import Pilot
from tui_cases import OpenApp, campaign_screen, screen_text, settled, until

from mailmerge.tui.content.message_views import Face, FaceReady
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import VALUE
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.screens.campaign.findings_pane import FindingList
from mailmerge.tui.screens.campaign.message_pane import MessagePane
from mailmerge.tui.screens.campaign.people_list import PeopleTable, fair_width
from mailmerge.tui.screens.campaign.viewing import Viewing
from mailmerge.tui.screens.editor.screen import EditorScreen
from tests.conftest import SAMPLE


def message_text(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(MessagePane).paper.text


async def shows(pilot: Pilot[int], *texts: str) -> None:
    await until(pilot, lambda: all(text in message_text(pilot) for text in texts))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60), (60, 16)])
async def test_the_first_message_stands_beside_the_people(files: list[Path], open_app: OpenApp, size: tuple[int, int]):
    async with open_app(*files, size=size) as pilot:
        text = screen_text(pilot)
        assert "Maëlys Roux" in text
        assert "maelys.roux@orange" in text
        assert "Votre candidature au poste de Chargée" in text
        assert "Findings" in text


async def test_what_came_from_the_table_is_marked(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        content = pilot.app.screen.query_one(MessagePane).paper._content
        marked = [content.plain[span.start : span.end] for span in content.spans if span.style == VALUE]
        assert "Madame" in marked
        assert "Chargée de communication" in marked
        assert not any("Bonjour" in text for text in marked)


async def test_j_and_k_go_from_person_to_person(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("j")
        await shows(pilot, "Bonjour Monsieur Petit")
        await pilot.press("j", "j")
        await shows(pilot, "Bonjour Monsieur Oliveira")
        await pilot.press("k")
        await shows(pilot, "Bonjour Madame Durand")


async def test_the_person_can_be_changed_from_any_pane(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("2", "right_square_bracket")
        await shows(pilot, "Bonjour Monsieur Petit")
        await pilot.press("3", "K")
        await shows(pilot, "Bonjour Madame Roux")


async def test_a_click_shows_that_person(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.click("#people", offset=(10, 3))
        await shows(pilot, "Bonjour Monsieur Oliveira")


async def test_messages_that_stood_on_screen_are_counted_as_seen(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await until(pilot, lambda: screen.session.review.seen == {1})
        await pilot.press("j")
        await until(pilot, lambda: screen.session.review.seen == {1, 2})
        assert "2/5 seen" in screen_text(pilot)
        await pilot.press("u")
        await shows(pilot, "Durand")


async def test_leafing_through_is_not_reading(files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch):
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await until(pilot, lambda: screen.session.review.seen == {1})
        monkeypatch.setattr(Viewing, "DWELL", 60.0)
        await pilot.press("j", "j", "j")
        await shows(pilot, "Oliveira")
        assert screen.session.review.seen == {1}


async def test_every_face_of_a_message_can_be_shown(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("l")
        await shows(pilot, "Bonjour Madame Roux,")
        await pilot.press("l")
        await shows(pilot, "Envelope", "one recipient, always", "Maëlys Roux <maelys.roux@orange.example>")
        await pilot.press("l")
        await shows(pilot, "No files travel")
        await pilot.press("l")
        await shows(pilot, "MIME-Version: 1.0", "Content-Transfer-Encoding")
        await pilot.press("j", "l")
        await shows(pilot, "Compared with Maëlys Roux", "Petit")
        await pilot.press("l")
        await shows(pilot, "Bonjour Monsieur Petit")


async def test_a_face_can_be_chosen_with_the_mouse(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        tabs = pilot.app.screen.query_one("#message-pane Tabs")
        x = screen_text(pilot).split("\n")[tabs.region.y].index("Headers") - tabs.region.x
        await pilot.click(tabs, offset=(x, 0))
        await shows(pilot, "Envelope")


async def test_searching_shows_who_matches_as_one_types(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("slash", *"graph")
        table = pilot.app.screen.query_one(PeopleTable)
        await until(pilot, lambda: table.count == 3)
        await pilot.press("enter")
        await shows(pilot, "Graphiste")
        assert "3 of 5" in screen_text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: table.count == 5)


async def test_f_goes_to_a_finding_about_the_letter_where_no_person_has_one(files: list[Path], open_app: OpenApp):
    letter = files[1]
    letter.write_text(letter.read_text(encoding="utf-8") + "\nVotre contact : [Prénom Nom]\n", encoding="utf-8")
    async with open_app(*files) as pilot:
        review = campaign_screen(pilot).session.review
        await until(pilot, lambda: review is not None and review.report is not None)
        await pilot.press("f")
        assert isinstance(pilot.app.focused, FindingList)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))


async def test_searching_for_nobody_says_so(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("slash", *"xyzzy")
        await shows(pilot, "Nobody matches")
        await pilot.press("escape")
        await shows(pilot, "Bonjour")


async def test_space_reads_on_to_the_next_person(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        await pilot.press("space")
        await shows(pilot, "Bonjour Monsieur Petit")


async def test_a_letter_that_cannot_be_filled_is_one_calm_line(files: list[Path], open_app: OpenApp):
    files[1].write_text("Subject: x\n\nBonjour {{ nom.upper.__class__ }},\n", encoding="utf-8")
    async with open_app(*files) as pilot:
        await shows(pilot, "This message cannot be made.", "line 3 of the letter")
        assert "Traceback" not in screen_text(pilot)


async def test_a_window_that_is_too_small_says_so_politely(files: list[Path], open_app: OpenApp):
    async with open_app(*files, size=(40, 10)) as pilot:
        text = " ".join(screen_text(pilot).split())
        assert "too small for mailmerge" in text
        campaign_screen(pilot).complain("something that did not work")
        await pilot.pause()
        assert "something that did not work" not in screen_text(pilot)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "Maëlys Roux" in screen_text(pilot)


async def test_files_that_cannot_be_opened_lead_to_the_start_with_a_line(tmp_path: Path, open_app: OpenApp):
    missing = tmp_path / "nobody.csv"
    async with open_app(missing, tmp_path / "x.md", checked=False) as pilot:
        await until(pilot, lambda: "nobody.csv" in screen_text(pilot) and "Open files" in screen_text(pilot))
        assert "Traceback" not in screen_text(pilot)


async def test_o_opens_the_message_as_a_safe_page_in_the_browser(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
):
    opened: list[Path] = []
    monkeypatch.setattr("mailmerge.tui.desktop.safe_page.open_page", lambda page: bool(opened.append(page)) or True)
    async with open_app(*files) as pilot:
        await pilot.press("j", "o")
        await until(pilot, lambda: "The message is open in the browser" in screen_text(pilot))
        assert "Bonjour Monsieur Petit" in opened[0].read_text(encoding="utf-8")


async def test_a_part_of_the_message_is_selected_with_the_mouse_and_copied(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        paper = pilot.app.screen.query_one(MessagePane).paper
        y, text = next((y, text) for y, text in enumerate(screen_text(pilot).split("\n")) if "Bonjour Madame" in text)
        x = text.index("Madame")
        at = (x - paper.region.x, y - paper.region.y)
        await pilot.hover(paper, offset=at)
        await pilot.pause()
        await pilot.mouse_down(paper, offset=at)
        await pilot.hover(paper, offset=(at[0] + len("Madame Rou"), at[1]))
        await pilot.mouse_up(paper, offset=(at[0] + len("Madame Rou"), at[1]))
        await until(pilot, lambda: pilot.app.screen.get_selected_text() == "Madame Roux")
        await pilot.press("ctrl+c")
        await until(pilot, lambda: pilot.app.clipboard == "Madame Roux")


async def test_a_message_that_comes_late_is_neither_shown_nor_counted(files: list[Path], open_app: OpenApp):
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await until(pilot, lambda: screen.session.review.seen == {1})
        wanted = screen.viewing._wanted
        assert wanted is not None
        for late in (replace(wanted), replace(wanted, recipient=screen.session.campaign.recipients[1])):
            screen.post_message(JobDone("view", FaceReady(late, Face(line("of an older letter")), 0.0)))
        await settled(pilot)
        assert "Bonjour Madame Roux" in message_text(pilot)
        assert "of an older letter" not in message_text(pilot)
        assert screen.session.review.seen == {1}


@pytest.mark.parametrize("size", [(80, 24), (100, 24), (120, 24), (80, 40), (120, 40)])
@pytest.mark.parametrize("several", [False, True])
async def test_what_there_is_to_do_is_seen_with_a_finding_of_any_length(
    files: list[Path], open_app: OpenApp, size: tuple[int, int], several: bool
):
    letter = files[1]
    text = letter.read_text(encoding="utf-8") + "\nÉcrivez à jean.petit@un-nom-vraiment-tres-long.example.\n"
    letter.write_text(text + "\n[Téléphone] ou [Adresse]\n" * several, encoding="utf-8")
    async with open_app(*files, size=size) as pilot:
        rows = pilot.app.screen.query_one(FindingList)
        await until(pilot, lambda: rows.count >= 1 + several)
        await settled(pilot)
        below = screen_text(pilot).rpartition("Findings")[2]
        assert "to do  Remove it from" in below
        await pilot.press("3")
        await settled(pilot)
        below = screen_text(pilot).rpartition("Findings")[2]
        assert "to do  Remove it from" in below
        assert "under [lint]." in below


def test_names_and_addresses_divide_a_row_so_that_most_of_both_are_read():
    names, addresses = [12, 13, 14, 14, 15, 40], [20, 22, 23, 24, 24, 60]
    width = fair_width(names, addresses, 39)
    assert bisect_right(names, width) >= 5
    assert bisect_right(addresses, 39 - width) >= 5


LENGTHS = st.lists(st.integers(0, 90), max_size=30).map(sorted)


@given(LENGTHS, LENGTHS, st.integers(0, 120))
def test_no_other_division_shows_more_of_the_worse_off(names: list[int], addresses: list[int], room: int):
    def read(width: int) -> tuple[int, int]:
        both = bisect_right(names, width), bisect_right(addresses, room - width)
        return min(both), sum(both)

    width = fair_width(names, addresses, room)
    assert 0 <= width <= room
    longest, widest = max(names, default=0), max(addresses, default=0)
    if longest + widest <= room:
        assert width == longest
    assert width >= min(longest, int(room * 0.4))
    for other in range(min(longest, int(room * 0.4)), min(longest, int(room * 0.6)) + 1):
        assert read(width) >= read(other)


async def test_most_names_and_most_addresses_are_whole_beside_a_message(open_app: OpenApp, tmp_path: Path):
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    long = b";Marie-Antoinette;de la Tour d'Auvergne-Lauragais;"
    content = (SAMPLE / "candidats.csv").read_bytes()
    table.write_bytes(content.replace(b".example", b".test").replace(";Léa;Durand;".encode("cp1252"), long))
    assert long in table.read_bytes()
    shutil.copyfile(SAMPLE / "refus.fr.md", letter)
    async with open_app(table, letter, size=(120, 40)) as pilot:
        await settled(pilot)
        edge = pilot.app.screen.query_one("#people-pane").region.right
        listed = [row[:edge] for row in screen_text(pilot).split("\n") if "@" in row[:edge]]
        assert len(listed) > 20
        assert sum("…" not in row for row in listed) > len(listed) / 2
