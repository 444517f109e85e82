"""From a table to a campaign: how it is read, which letter, and a ``campaign.toml`` that keeps both."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.campaign import CAMPAIGN_FILE, CampaignFile, read_campaign_file, save_campaign_file
from mailmerge.campaign.filling import Filled, with_texts
from mailmerge.campaign.opening import named_from, signer_of
from mailmerge.campaign.starting import copy_starter
from mailmerge.errors import MailmergeError
from mailmerge.letter import open_draft, save_draft
from mailmerge.model import RecordTable
from mailmerge.tui.mapping import TableSettings
from mailmerge.tui.screens.ask import Ask, Confirm
from mailmerge.tui.screens.fields import AskFields
from mailmerge.tui.screens.letters import LettersScreen, Offer
from mailmerge.tui.screens.mapping import MappingScreen
from mailmerge.tui.screens.picker import LETTERS

if TYPE_CHECKING:
    from mailmerge.tui.app import MailmergeApp


async def new_campaign(app: MailmergeApp, path: Path) -> None:
    """Ask what a table needs to become a campaign, save it, and open it; to be run in a worker of a screen.

    Escape goes back by one step; nothing is written before the last question is answered.
    """
    settings: TableSettings | None = None
    while True:
        settings = await app.push_screen_wait(MappingScreen(path, settings))
        if settings is None:
            return
        try:
            table = await asyncio.to_thread(settings.read, path)
        except MailmergeError:
            continue  # the screen reads it again, and says why it cannot
        campaign = await app.push_screen_wait(LettersScreen(table, partial(_use, app, table, settings)))
        if campaign is not None:
            app.open_campaign((campaign,), fields_asked=True)
            return


async def ask_for_column(app: MailmergeApp, sources: Sequence[Path], reason: str) -> None:
    """Ask which column of a campaign's table holds the addresses, save that, and open it; to be run in a worker.

    Nothing is written where the question is not answered, or where the folder has another campaign's file already.
    """
    try:
        file, path, table = _campaign_of(sources)
        settings = await app.push_screen_wait(MappingScreen(table, settings_of(file), asking=True))
        if settings is None:
            app.open_start(reason)
        elif path.exists() and len(sources) > 1:
            app.open_start(f"{path} already exists; open it instead so that its settings are kept")
        else:
            save_campaign_file(path, having_settings(file, settings))
            app.open_campaign((path,))
    except MailmergeError as error:
        app.open_start(str(error))


def _campaign_of(sources: Sequence[Path]) -> tuple[CampaignFile, Path, Path]:
    """A campaign as it is, or would be, written down; its file; and its table."""
    if len(sources) > 1:
        table, letter = sources
        file = CampaignFile(recipients=named_from(table, letter.parent), template=letter.name)
        return file, letter.parent / CAMPAIGN_FILE, table
    path = sources[0] / CAMPAIGN_FILE if sources[0].is_dir() else sources[0]
    file = read_campaign_file(path)
    return file, path, path.parent / file.recipients


def settings_of(file: CampaignFile) -> TableSettings:
    """How a campaign's table is read, as its file says it."""
    columns = file.columns
    return TableSettings(file.sheet, file.delimiter, file.encoding, file.header_line, columns.email, columns.name)


def having_settings(file: CampaignFile, settings: TableSettings) -> CampaignFile:
    """A campaign file that says how its table is read."""
    from msgspec.structs import replace

    columns = replace(file.columns, email=settings.email, name=settings.name)
    reading = {key: getattr(settings, key) for key in ("sheet", "delimiter", "encoding", "header_line")}
    return replace(file, columns=columns, **reading)


async def _use(app: MailmergeApp, table: RecordTable, settings: TableSettings, offer: Offer) -> Path | None:
    """The campaign of a letter, written down; None where the person wants another letter.

    Raises:
        UsageError, CampaignError: a file cannot be written.
    """
    letter: Path | None = offer.letter.path
    if offer.starter:
        letter = await _ask_name(app, offer, table.path.absolute().parent)
    if letter is None:
        return None
    campaign = letter.parent / CAMPAIGN_FILE
    if campaign.exists():
        return campaign if await app.push_screen_wait(_open_instead(campaign)) else None
    filled: Filled | None = Filled()
    if offer.missing:
        file = CampaignFile(recipients=table.path.name, template=letter.name)
        account = await asyncio.to_thread(signer_of, file, app.environment)
        signer = account.display_name if account else ""
        question = AskFields([offer.letter], table, offer.missing, _WHERE_TEXTS_GO, signer)
        filled = await app.push_screen_wait(question)
    if filled is None:
        return None
    if offer.starter:
        copy_starter(offer.starter, letter, filled.texts)
    elif filled.texts:
        draft = open_draft(letter)
        save_draft(draft, with_texts(draft.text, filled.texts))
    save_campaign_file(campaign, campaign_file(table.path, letter, settings, filled))
    return campaign


_WHERE_TEXTS_GO = "A column is named in campaign.toml; a text is written into your letter."


def campaign_file(table: Path, letter: Path, settings: TableSettings, filled: Filled) -> CampaignFile:
    """What is written down: the two files, and what was decided about the table and the letter's fields."""
    file = CampaignFile(recipients=named_from(table, letter.parent), template=letter.name, fields=dict(filled.columns))
    return having_settings(file, settings)


async def _ask_name(app: MailmergeApp, offer: Offer, folder: Path) -> Path | None:
    """Where the copy of a starter letter goes, None where the person thinks better of it."""
    name = offer.letter.path.name
    if (folder / CAMPAIGN_FILE).exists():
        name = f"{name.partition('.')[0]}/{name}"
    explanation = (
        f"The starter letter is copied into {folder} under this name, and campaign.toml is written beside"
        " it. A folder and a name keep campaigns apart: november/letter.md."
    )
    question = Ask("Your copy of the letter", explanation, value=name, problem=lambda name: name_problem(name, folder))
    answer = await app.push_screen_wait(question)
    return folder / answer.strip() if answer else None


def name_problem(name: str, folder: Path) -> str:
    """What is wrong with a name for a copy of a letter, ``""`` for nothing."""
    path = Path(name.strip())
    if not path.name or path.is_absolute() or ".." in path.parts:
        return "Give a name, or a folder and a name."
    if path.suffix.lower() not in LETTERS:
        return "A letter's name ends in .md, so that it is read as Markdown."
    if (folder / path).exists():
        return f"{path} is there already and is not written over: give another name."
    return ""


def _open_instead(campaign: Path) -> Confirm:
    explanation = (
        f"{campaign.absolute()} holds a campaign, and is not written over. Open it as it is, or go back: a letter in"
        " another folder has a campaign of its own."
    )
    return Confirm("There is a campaign already", explanation, yes="Open it", no="Go back")
