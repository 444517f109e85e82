"""A letter that could be chosen: what it needs, what was lost on the way to it, and how the first person gets it.

No widgets here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from textual.content import Content

from mailmerge.campaign import Recipients
from mailmerge.campaign.setup.letter_choice import LetterOffer
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _
from mailmerge.model import SIGNATURE, RecordTable
from mailmerge.records.columns.likely import likely_field
from mailmerge.text.regex import regex
from mailmerge.tui.content.message_views import letter_face
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG, SUCCESS, VALUE, WARNING

_JINJA = regex(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)


def letter_text(offer: LetterOffer, table: RecordTable, lost: Sequence[str] = ()) -> Content:
    """What a letter needs and what was not kept of its document; then the first person's, or the file where none is."""
    fields = (name for each in offer.letter.expressions for name in sorted(each.fields))
    used = dict.fromkeys(name for name in fields if name != SIGNATURE or name in table.names)
    there = [name for name in used if name not in offer.missing]
    missing = [name for name in used if name in offer.missing]
    facts = []
    if not used:
        facts.append(line((_("It uses no column: everybody gets the same text."), MUTED)))
    if there:
        facts.append(
            line(("✓ ", SUCCESS), (_("in {table}").format(table=table.path.name) + "   ", MUTED), ", ".join(there))
        )
    if missing:
        near = {name: likely_field(table, name) for name in missing}
        named = [
            _('{name} ("{column}"?)').format(name=name, column=field.header) if field else name
            for name, field in near.items()
        ]
        facts.append(line(("! ", WARNING), (_("missing there") + "   ", MUTED), ", ".join(named)))
    blocks = [Content("\n").join(facts)]
    copied = _("It is copied beside your table, and yours to change.") if offer.starter else ""
    asked = _("You will be asked which column, or which text, fills what is missing.") if missing else ""
    if copied or asked:
        blocks.append(line((" ".join(filter(None, (copied, asked))), MUTED)))
    if lost:
        blocks.append(
            Content("\n").join([line((_("Not kept:"), STRONG)), *(line(("! ", WARNING), said) for said in lost)])
        )
    first = _first(offer, table)
    blocks += [line(("─" * 24, MUTED)), first if first is not None else _marked(offer.letter.path)]
    return Content("\n\n").join(blocks)


def _first(offer: LetterOffer, table: RecordTable) -> Content | None:
    """The letter as the first person of the table would get it; None where it cannot be made yet."""
    if offer.missing or not table.records:
        return None
    person = Recipients(table, table.records[:1])[0]
    try:
        message = offer.letter.compose(person, table.values(person.record))
    except MailmergeError:
        return None
    title = line((_("As {who} would get it").format(who=person.name or person.address), MUTED))
    return title + Content("\n\n") + letter_face(message, None).content


def _marked(path: Path) -> Content:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return line((_("The file is not there any more."), MUTED))
    return lines(
        *(
            (part, VALUE if part.startswith("{{") else MUTED if part.startswith("{") else "")
            for part in _JINJA.split(text)
        )
    )
