"""A finding in full, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mailmerge.i18n import _, pgettext, plural
from mailmerge.text.quotes import quotes
from mailmerge.tui.content.safe_content import line, styled
from mailmerge.tui.content.symbols import SEVERITY_MARKS, SEVERITY_STYLES
from mailmerge.tui.content.theme import KEY, MUTED

if TYPE_CHECKING:
    from mailmerge.lint import Finding


def where(finding: Finding) -> str:
    """The place of a finding in a few words."""
    if finding.letter_line:
        return _("letter line {line}").format(line=finding.letter_line)
    if finding.line:
        return _("line {line}").format(line=finding.line)
    return ""


def finding_head(finding: Finding) -> Content:
    """Its rule and its place, in one line."""
    return line(
        (f"{SEVERITY_MARKS[finding.severity]} {finding.rule} {finding.name}", SEVERITY_STYLES[finding.severity]),
        (f"   {where(finding)}", MUTED),
        ("   " + _place_in_table(finding) if finding.field else "", MUTED),
        ("   " + plural(finding.count, "{count} time", "{count} times") if finding.count > 1 else "", MUTED),
        ("   " + pgettext("finding", "waived") if finding.waived else "", MUTED),
    )


def _place_in_table(finding: Finding) -> str:
    """The column, as its table calls it; the field of the letter where no column is called so."""
    if finding.header:
        return _("column {header}").format(header=quotes([finding.header]))
    return _("field {field}").format(field=finding.field)


def finding_advice(finding: Finding) -> Content:
    """What there is to do."""
    rows = [line((_("to do") + "  ", MUTED), finding.fix)]
    if finding.column:
        rows.append(
            line(
                *styled(
                    _("{key} makes {field} the column {column}"),
                    key=("C", KEY),
                    field=finding.field or "",
                    column=finding.column,
                )
            )
        )
    if finding.allows:
        rows.append(line(*styled(_("{key} allows {address}"), key=("W", KEY), address=finding.allows)))
    return Content("\n").join(rows)


def whole_finding(finding: Finding) -> Content:
    """All of it, for reading."""
    return Content("\n").join((finding_head(finding), line(finding.message), finding_advice(finding)))
