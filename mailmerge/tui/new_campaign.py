"""From a table to a campaign: how it is read, which letter, and a ``campaign.toml`` that keeps both."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailmerge.campaign import CAMPAIGN_FILE, CampaignFile
from mailmerge.campaign.opening import signer_of
from mailmerge.campaign.setup.create import campaign_of, create_campaign, name_problem, save_settings
from mailmerge.campaign.setup.filling import Filled
from mailmerge.campaign.setup.letter_choice import LetterOffer
from mailmerge.campaign.setup.table_setup import TableSettings, settings_of
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.model import RecordTable
from mailmerge.tui.dialogs.ask import Ask, Confirm
from mailmerge.tui.dialogs.ask_fields import AskFields

if TYPE_CHECKING:
    from textual.app import App

    from mailmerge.environment import Environment
    from mailmerge.tui.navigation import Navigation


async def new_campaign(
    app: App[Any], go: Navigation, environment: Environment, path: Path, document: Path | None = None
) -> None:
    """Ask what a table needs to become a campaign, save it, and open it; to be run in a worker of a screen.

    A ``document`` becomes a letter as soon as the table is agreed on.

    Escape goes back by one step; nothing is written before the last question is answered.
    """
    settings: TableSettings | None = None
    while True:
        settings = await go.table(path, settings)
        if settings is None:
            return
        try:
            table = await asyncio.to_thread(settings.read, path)
        except MailmergeError:
            continue  # the screen reads it again, and says why it cannot
        campaign = await go.letters(table, partial(_use, app, environment, table, settings), document)
        if campaign is not None:
            go.campaign((campaign,), fields_asked=True)
            return


async def ask_for_column(go: Navigation, environment: Environment, sources: Sequence[Path], reason: str) -> None:
    """Ask which column of a campaign's table holds the addresses, save that, and open it; to be run in a worker.

    Nothing is written where the question is not answered, or where the folder has another campaign's file already.
    """
    try:
        file, _path, table = campaign_of(sources)
        settings = await go.table(table, settings_of(file), asking=True)
        if settings is None:
            go.start(reason)
        else:
            go.campaign((await asyncio.to_thread(save_settings, sources, settings, environment),))
    except MailmergeError as error:
        go.start(str(error))


async def _use(
    app: App[Any], environment: Environment, table: RecordTable, settings: TableSettings, offer: LetterOffer
) -> Path | None:
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
        account = await asyncio.to_thread(signer_of, file, environment)
        signer = account.display_name if account else ""
        question = AskFields([offer.letter], table, offer.missing, _WHERE_TEXTS_GO, signer)
        filled = await app.push_screen_wait(question)
    if filled is None:
        return None
    return await asyncio.to_thread(create_campaign, offer, letter, table.path, settings, filled, environment)


_WHERE_TEXTS_GO = N_("A column is named in campaign.toml; a text is written into your letter.")


async def _ask_name(app: App[Any], offer: LetterOffer, folder: Path) -> Path | None:
    """Where the copy of a starter letter goes, None where the person thinks better of it."""
    name = offer.letter.path.name
    if (folder / CAMPAIGN_FILE).exists():
        name = f"{name.partition('.')[0]}/{name}"
    explanation = _(
        "The starter letter is copied into {folder} under this name, and campaign.toml is written beside it. A"
        " folder and a name keep campaigns apart: november/letter.md."
    ).format(folder=folder)
    question = Ask(
        _("Your copy of the letter"), explanation, value=name, problem=lambda name: name_problem(name, folder)
    )
    answer = await app.push_screen_wait(question)
    return folder / answer.strip() if answer else None


def _open_instead(campaign: Path) -> Confirm:
    explanation = _(
        "{path} holds a campaign, and is not overwritten. Open it as it is, or go back: a letter in another"
        " folder has a campaign of its own."
    ).format(path=campaign.absolute())
    return Confirm(_("There is a campaign already"), explanation, yes=_("Open it"), no=_("Go back"))
