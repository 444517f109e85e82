"""Attach a file to a letter: choose it in a tree, say whose it is, and see who has one before anything is written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from mailmerge.campaign.setup.attaching import PICTURES, Way, copy_beside, ways_to_attach
from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.i18n import _, listed, number, plural
from mailmerge.model import Record, RecordTable
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.page import Page

_NAMED = 4
"""People without a file who are named."""
_PICTURE = "picture"


class Attached(Struct, frozen=True):
    """What is to be written into the letter."""

    way: Way
    in_text: bool = False
    """Whether it is a picture that the text shows."""


async def ask_to_attach(
    page: Page, beside: Path, table: RecordTable, records: Sequence[Record], *, pictures: bool = False
) -> Attached | None:
    """The file and whose it is, copied beside the letter where it was elsewhere; None where one thought better of it.

    To be run in a worker of the page. ``beside`` is the letter's folder; ``pictures`` offers to show one in the text.

    Raises:
        UsageError: the file cannot be attached, or not copied.
    """
    picker = FilePicker(_("The file to attach"), beside, None)
    file = await page.app.push_screen_wait(picker)
    if file is None:
        return None
    page.tell(_("Looking for the files of {count} people …").format(count=number(len(records))))
    ways = await asyncio.to_thread(ways_to_attach, file, beside, table, records)
    page.tell()
    chosen = await _choose(page, file, ways, table, len(records), pictures=pictures)
    if chosen is not None:
        await asyncio.to_thread(copy_beside, chosen.way, beside)
    return chosen


async def _choose(
    page: Page, file: Path, ways: Sequence[Way], table: RecordTable, people: int, *, pictures: bool
) -> Attached | None:
    everybody, *own = ways
    choices = [SettingChoice("0", _("The same file for everybody"), everybody.written)]
    if pictures and file.suffix.lower() in PICTURES:
        choices.append(
            SettingChoice(_PICTURE, _("A picture in the text, the same for everybody"), _("where the caret is"))
        )
    for place, way in enumerate(own, 1):
        found = plural(len(way.found), "{count} of {people} has one", "{count} of {people} have one", people=people)
        choices.append(SettingChoice(str(place), _("Each person's own: {path}").format(path=way.written), found))
    if len(choices) == 1:
        question = Confirm(
            _("Attach {file} for everybody?").format(file=file.name),
            _(
                "Everybody gets this same file. For a file of each person's own, choose one whose name holds a value"
                " of the table, such as a name or a reference."
            )
            + _copied(everybody, page),
            yes=_("Attach it"),
            no=_("Cancel"),
        )
        return Attached(everybody) if await page.app.push_screen_wait(question) else None
    answer = await page.app.push_screen_wait(Choose(_("Attach {file}").format(file=file.name), choices, ""))
    if answer is None:
        return None
    if answer == _PICTURE:
        return Attached(everybody, in_text=True)
    way = ways[int(answer)]
    if way.fields and not await page.app.push_screen_wait(_confirm_own(page, way, table, people)):
        return None
    return Attached(way)


def _confirm_own(page: Page, way: Way, table: RecordTable, people: int) -> Confirm:
    if way.without:
        title = plural(
            len(way.found),
            "{count} of {people} people has a file",
            "{count} of {people} people have a file",
            people=people,
        )
        explanation = _("There is no file for {names}. Nothing is sent before they have one or are left out.").format(
            names=_with_names(table, way.without)
        )
    else:
        title = _("Everybody has a file of their own")
        explanation = _("Each person gets the file that {path} names.").format(path=way.written)
    return Confirm(title, explanation + _copied(way, page), yes=_("Attach them"), no=_("Cancel"))


def _with_names(table: RecordTable, records: Sequence[Record]) -> str:
    """Some people by name and line, and how many more there are."""
    named = [_("{name} (line {line})").format(name=_name(table, each), line=each.line) for each in records[:_NAMED]]
    more = len(records) - len(named)
    return listed([*named, *([plural(more, "{count} more", "{count} more")] if more else [])])


def _name(table: RecordTable, record: Record) -> str:
    return " ".join(filter(None, map(partial(table.value, record), table.columns.shown_names))) or str(record.number)


def _copied(way: Way, page: Page) -> str:
    if not way.copies:
        return ""
    return "\n\n" + plural(
        len(set(way.found)),
        "{count} file is copied beside the letter first.",
        "{count} files are copied beside the letter first.",
    )
