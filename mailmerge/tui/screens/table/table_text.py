"""How a table is read, in words: each decision with its reason, and what is odd about the table."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from mailmerge.campaign.setup.table_setup import TITLES, TableLook, TableSettings, label, reason_note, sample_name
from mailmerge.errors import CampaignError
from mailmerge.i18n import _, pgettext
from mailmerge.tui.content.safe_content import Piece, line
from mailmerge.tui.content.theme import MUTED, SUCCESS, WARNING
from mailmerge.tui.widgets.settings_list import Setting


def setting(key: str, settings: TableSettings, seen: TableLook, found: Mapping[str, str]) -> Setting:
    """One thing that can be decided: what it is now, and why."""
    decided, table = settings.value(key), seen.table
    value = decided or found.get(key, "")
    note = pgettext("column", "set here") if decided else pgettext("column", "found") if value else ""
    shown = label(key, value, table)
    if key == "name" and table:
        if not value:
            return Setting(key, _(TITLES[key]), _("no column holds names"))
        try:
            sample = sample_name(value, table)
            why = pgettext("column", "set here") if decided else reason_note(table.names_reason)
            note = f"{sample} · {why}" if why else sample
        except CampaignError as error:
            return Setting(key, _(TITLES[key]), shown, note=str(error), missing=True)
    elif key == "email" and table and not value:
        return Setting(key, _(TITLES[key]), _("which column?"), missing=True)
    elif key == "email" and table and not decided:
        note = reason_note(table.email_reason)
    return Setting(key, _(TITLES[key]), shown, note=note)


def remarks_text(told: list[tuple[str, str]], *, read: bool) -> Content:
    """What is odd about a table, one remark a line."""
    if not told:
        return line(("✓ ", SUCCESS), _("Every row fits its columns.")) if read else Content()
    marks: dict[str, Piece] = {"!": ("! ", WARNING), "i": ("i ", MUTED)}
    return Content("\n").join(line(marks[mark], text) for mark, text in told)
