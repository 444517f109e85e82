"""The questions of the steps, each in front of the screen; None where somebody thinks better of it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _, language
from mailmerge.incident import clock
from mailmerge.incident.draft import IncidentDraft
from mailmerge.incident.facts import BY_KEY, Choices, checked
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.words import words_of
from mailmerge.tui.content.typed_path import typed_path
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import FilePicker

if TYPE_CHECKING:
    from textual.app import App

_SEVERAL = "about"
"""The field that takes several of its choices."""


async def ask_file(app: App[Any], title: str, draft: IncidentDraft, suffixes: frozenset[str]) -> Path | None:
    """A mail or a table, looked for where the last copy was."""
    path: Path | None = await app.push_screen_wait(FilePicker(title, _folder_of(draft), suffixes))
    return path


async def ask_aware(app: App[Any], draft: IncidentDraft, now: datetime.datetime) -> str | None:
    """When somebody became aware, with the zone."""
    typed: str | None = await app.push_screen_wait(
        Ask(
            _("When did you become aware of it?"),
            _("As the clock showed it, with the time zone. The 72 hours begin here."),
            value=draft.aware or f"{now:%Y-%m-%d %H:%M} {clock.zone_here(now)}",
            problem=_why_not_a_time,
        )
    )
    return None if typed is None else " ".join(typed.split())


async def ask_folder(app: App[Any], draft: IncidentDraft) -> str | None:
    """Where everything is written."""
    typed: str | None = await app.push_screen_wait(
        Ask(
            _("Where should everything be written?"),
            _("In a new folder, which only you can read. Two of its files name people; purge deletes them later."),
            value=str(_new_folder(_folder_of(draft))),
            problem=lambda text: "" if text.strip() else _("Name a folder."),
        )
    )
    return None if typed is None else str(typed_path(typed))


async def ask_fact(app: App[Any], record: IncidentRecord) -> dict[str, str] | None:
    """One field that only a person can fill in, by its key."""
    facts = record.facts
    choices = [SettingChoice(key, _(fact.label), facts.get(key, "")) for key, fact in BY_KEY.items()]
    key = await app.push_screen_wait(Choose(_("The facts that only you know"), choices, next(iter(record.open), "")))
    if key is None:
        return None
    value = await _ask_value(app, key, facts.get(key, ""))
    return None if value is None else {key: value}


async def _ask_value(app: App[Any], key: str, value: str) -> str | None:
    fact = BY_KEY[key]
    if fact.choices and key != _SEVERAL:
        words = words_of(language())
        choices = [SettingChoice(token, words.word(key, token)) for token in fact.choices]
        chosen: str | None = await app.push_screen_wait(Choose(_(fact.label), choices, value))
        return chosen
    explanation = _("Leave it empty if you do not know yet.")
    if fact.choices:
        explanation = _("One or several of these, with commas: {choices}").format(choices=Choices(fact))
    typed: str | None = await app.push_screen_wait(
        Ask(_(fact.label), explanation, value=value, problem=lambda text: _why_not(key, text))
    )
    return typed


def _folder_of(draft: IncidentDraft) -> Path:
    """Where the copies are; the current folder before there are any."""
    return Path(draft.copies[-1]).absolute().parent if draft.copies else Path.cwd()


def _new_folder(folder: Path) -> Path:
    """The first of ``incident``, ``incident-2`` ... that does not exist."""
    names = ("incident", *(f"incident-{each}" for each in range(2, 100)))
    return next((folder / name for name in names if not os.path.lexists(folder / name)), folder / "incident")


def _why_not_a_time(text: str) -> str:
    try:
        clock.aware(text)
    except MailmergeError as error:
        return str(error)
    return ""


def _why_not(key: str, value: str) -> str:
    try:
        checked(key, value)
    except MailmergeError as error:
        return str(error)
    return ""
