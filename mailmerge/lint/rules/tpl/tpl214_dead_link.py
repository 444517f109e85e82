"""TPL214: every link leads somewhere, and every picture is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mailmerge.formats.html_walker import MARK_OPEN
from mailmerge.i18n import N_
from mailmerge.lint.extract.html import Link, Markup, filled
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.source_lines import line_of, written
from mailmerge.lint.rules.tpl.targets import Lead, lead_of
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.layout import ShapeScan
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter

DOC = RuleDoc(
    title=N_("Every link leads somewhere, and every picture is shown."),
    what=N_(
        "A link without an address, to a file of the author's computer, to a place that the message does not have, or "
        "to an address without https://; a picture that is neither attached nor on the web."
    ),
    why=N_("What opens on the author's computer is a dead link, or a grey box, for everybody else."),
    bad=N_("[the offer](pieces/1.pdf), ![logo](logo.png) without an Attachment line"),
    good=N_(
        "Attachment: pieces/1.pdf; [the offer](https://example.com/offer); Attachment: logo.png with ![logo](logo.png)"
    ),
    fix=N_("Attach the file, or give the address of a page, beginning with https://."),
)
_NOWHERE = Sentence(
    "tpl214.nowhere",
    one=N_('{letter}, line {line}: the link "{text}" leads nowhere'),
    fix=N_("Give it an address, beginning with https://, or delete the link."),
    many=N_('{letter}, line {line}: the link "{text}" leads nowhere ({count} messages)'),
)
_FILE = Sentence(
    "tpl214.file",
    one=N_('{letter}, line {line}: the link "{text}" leads to a file, {target}, which no recipient has'),
    fix=N_(
        'Attach the file with a line "Attachment: {target}", or give the address of a page, beginning with https://.'
    ),
    many=N_(
        '{letter}, line {line}: the link "{text}" leads to a file, {target}, which no recipient has ({count} messages)'
    ),
)
_INCOMPLETE = Sentence(
    "tpl214.incomplete",
    one=N_('{letter}, line {line}: the link "{text}" leads to {target}, which is not a complete address'),
    fix=N_("Write the whole address: https:// for a page, mailto: for an e-mail address."),
    many=N_(
        '{letter}, line {line}: the link "{text}" leads to {target}, which is not a complete address ({count} messages)'
    ),
)
_ANCHOR = Sentence(
    "tpl214.anchor",
    one=N_('{letter}, line {line}: the link "{text}" leads to {target}, a place that the message does not have'),
    fix=N_("Give it an address, beginning with https://, or delete the link."),
    many=N_(
        '{letter}, line {line}: the link "{text}" leads to {target}, a place that the message does not have '
        "({count} messages)"
    ),
)
_MAIL = Sentence(
    "tpl214.mail",
    one=N_('{letter}, line {line}: the link "{text}" leads to {target}, which is not an e-mail address'),
    fix=N_("Correct the address after mailto:."),
    many=N_(
        '{letter}, line {line}: the link "{text}" leads to {target}, which is not an e-mail address ({count} messages)'
    ),
)
_SENTENCES = {
    Lead.NOWHERE: _NOWHERE,
    Lead.FILE: _FILE,
    Lead.INCOMPLETE: _INCOMPLETE,
    Lead.ANCHOR: _ANCHOR,
    Lead.MAIL: _MAIL,
}
_CELL = Sentence(
    "tpl214.cell",
    one=N_(
        '{person}: the link "{text}" leads to "{target}", which is not the address of a page ({letter}, line {line})'
    ),
    fix=N_("Correct the cell: the address of a page begins with https://."),
    many=N_(
        'in {count} messages the link "{text}" does not lead to a page, but for example to "{target}" '
        "({letter}, line {line}; {lines})"
    ),
)
_PICTURE = Sentence(
    "tpl214.picture",
    one=N_("{letter}, line {line}: the picture {target} is not attached, and would not be shown"),
    fix=N_('Add a line "Attachment: {target}" at the top of the letter, with the file in its folder, or delete it.'),
    many=N_("{letter}, line {line}: the picture {target} is not attached, and would not be shown ({count} messages)"),
)
_NO_PICTURE = Sentence(
    "tpl214.no-picture",
    one=N_("{letter}, line {line}: a picture without a file would not be shown"),
    fix=N_("Name the file and attach it, or delete the picture."),
    many=N_("{letter}, line {line}: a picture without a file would not be shown ({count} messages)"),
)
_DATA = Sentence(
    "tpl214.data",
    one=N_("{letter}, line {line}: a picture is part of the letter's text, which many mail programs do not show"),
    fix=N_("Save the picture as a file, and attach it."),
    many=N_(
        "{letter}, line {line}: a picture is part of the letter's text, which many mail programs do not show "
        "({count} messages)"
    ),
)
_UNREAD = Sentence(
    "tpl214.unread",
    one=N_("{letter}, line {line}: {text} is not read as a link, and would be printed literally"),
    fix=N_(
        "Write [words](https://...) without a blank between the brackets or in the address, which is that of a page."
    ),
)
_NO_LINK = regex(
    r"!?\[[^\[\]\n]+\](?:\(\s*<?(?:javascript|vbscript|file|data):[^)\n]*\)|"
    r"\([^()<\n\"'\s]+[ \u00a0][^()<\n\"']*\)|[ \u00a0]\((?:https?://|www\.|mailto:)[^)\n]*\))",
    re.IGNORECASE,
)
"""Links of Markdown that its readers do not take for any."""
_SHOWN = regex(r"(?:https?:)?//[^/?#\s]|cid:.", re.IGNORECASE)
_LONGEST = 200
"""Characters of the data of a picture that a finding keeps."""


@rule("TPL214", "dead-link", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def dead_link(view: MessageView) -> Iterator[RawFinding]:
    """Links that lead nowhere, and pictures that are not shown."""
    suspects = _SUSPECTS.get(view.shape)
    if suspects is None:
        suspects = _SUSPECTS[view.shape] = tuple(_suspects(view.shape.markup))
    for suspect in suspects:
        yield from _found_picture(view, suspect) if isinstance(suspect, str) else _found_link(view, suspect)


_SUSPECTS: WeakKeyDictionary[ShapeScan, tuple[Link | str, ...]] = WeakKeyDictionary()
"""For each shape the links and pictures that are wrong for everybody, or that a cell decides about: found once."""


def _suspects(markup: Markup) -> Iterator[Link | str]:
    for link in markup.links:
        if link.target.startswith(MARK_OPEN) or lead_of(link.target, markup.anchors):
            yield link
    for picture in markup.pictures:
        if not _SHOWN.match(picture):
            yield picture


def _found_link(view: MessageView, link: Link) -> Iterator[RawFinding]:
    # what a cell begins can lead anywhere; what the author began leads there for everybody
    theirs = link.target.startswith(MARK_OPEN)
    target = filled(link.target, view.message.values) if theirs else link.target
    lead = lead_of(target, view.shape.markup.anchors)
    if lead is None or (theirs and not target.strip()):
        return  # a blank cell is TPL201
    text = filled(link.text, view.message.values) if theirs else written(view, link.text)
    yield _found(view, _CELL if theirs else _SENTENCES[lead], link.target, target, text, theirs=theirs)


def _found_picture(view: MessageView, picture: str) -> Iterator[RawFinding]:
    theirs = picture.startswith(MARK_OPEN)
    target = filled(picture, view.message.values) if theirs else picture
    if _SHOWN.match(target):
        return
    if target.lower().startswith("data:"):
        yield _found(view, _DATA, picture, target[:_LONGEST], "", severity=Severity.WARN)
    else:
        yield _found(view, _PICTURE if target else _NO_PICTURE, picture, target, "")


@also("TPL214", Scope.LETTER)
def unread_links(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """What was meant as a link, and is printed as it is written."""
    if letter.kind != "markdown":
        return
    for constant in letter.constants:
        if constant.part != "body" or "](" not in constant.text.replace("] (", "]("):
            continue
        for match in _NO_LINK.finditer(constant.text):
            line = constant.line_at(match.start())
            yield RawFinding(
                says=_UNREAD,
                values={"letter": Quoted(letter.name), "line": line, "text": Quoted(match[0])},
                evidence=(letter.name, _UNREAD.id, match[0]),
                letter=letter.name,
                letter_line=line,
                excerpt=match[0],
            )


def _found(
    view: MessageView,
    says: Sentence,
    skeleton: str,
    target: str,
    text: str,
    *,
    theirs: bool = False,
    severity: Severity | None = None,
) -> RawFinding:
    letter = view.letter.letter
    line = line_of(view, skeleton, text)
    shown = target if theirs else written(view, target)
    return RawFinding(
        says=says,
        values={
            "person": view.inspection.person(view.record),
            "letter": Quoted(letter.name),
            "line": line,
            "text": Quoted(" ".join(text.split()) or shown, 40),
            "target": Quoted(shown),
        },
        evidence=(letter.name, says.id, shown, *((view.own_key,) if theirs else ())),
        record=view.record,
        letter=letter.name,
        letter_line=line,
        excerpt=shown,
        cause="\x1f".join((letter.name, says.id, skeleton, "" if theirs else text)),
        general=not theirs,
        severity=severity,
    )
