"""ATT504: A person's file is that person's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.views.attachments import content_of, is_personal, place_of
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Attachment, Severity
from mailmerge.text import fold, shorten

DOC = RuleDoc(
    title=N_("A person's file is that person's."),
    what=N_(
        "an attachment that is missing, empty, unreadable, a symbolic link or outside the campaign's folder; one "
        "whose name in the cell could lead out of the folder that the letter names (.., an absolute path, a "
        "backslash); one file that several people get although the letter names it by a field; and, as a warning, "
        "a personal file in which nothing is this person's."
    ),
    why=N_("the wrong payslip in the right envelope is a breach like any other."),
    bad=N_("pieces/RC-0017.pdf for the people of lines 17 and 18"),
    good=N_("one file for everybody, or one file each"),
    fix=N_("put the file where the letter looks for it; correct the cell that names it."),
)


@rule("ATT504", "wrong-owner", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def wrong_owner(view: MessageView) -> Iterator[Found]:
    """A person's file is that person's."""
    for index, attachment in enumerate(view.message.attachments):
        if attachment.problem:
            personal = is_personal(view, index)
            yield Found(
                message=f"{view.inspection.person(view.record)}: the attachment {shorten(attachment.filename)} "
                f"{shorten(attachment.problem, 120)}",
                fix="Put the file beside the letter, as a plain file; or correct the name.",
                evidence=(view.own_key, attachment.filename, attachment.problem),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=attachment.problem if personal else f"{place_of(view, attachment)}\x1f{attachment.problem}",
                general=not personal,
                together=f"the attachment {shorten(attachment.filename)} {shorten(attachment.problem, 120)}; "
                f"{{count}} people would miss {'theirs' if personal else 'it'}: {{lines}}",
            )


@also("ATT504", Scope.MESSAGE)
def whose_file(view: MessageView) -> Iterator[Found]:
    """Keeps which files are named by a value, and in which of them nothing is their person's."""
    for index, attachment in enumerate(view.message.attachments):
        if is_personal(view, index) and not attachment.problem:
            view.personal_files.append((attachment.path, is_theirs(view, attachment)))
    return iter(())


def is_theirs(view: MessageView, attachment: Attachment) -> bool:
    """Whether the file's name or text holds a name, reference or other identity of the record."""
    name = fold(Path(attachment.filename).stem)
    if any(word in name for word in _own_words(view, *view.inspection.table.first_names)):
        return True
    own = _own_words(view)
    content = content_of(view, attachment)
    return bool(content.opaque) or any(not own.isdisjoint(fold(text).split()) for _where, text in content.pieces)


def _own_words(view: MessageView, *more: str) -> set[str]:
    """The folded words, of three letters or more, that are this person's: names, and the ends of references."""
    table = view.inspection.table
    whole = (table.columns.full_name,) if table.columns.full_name else ()
    names = [table.value(view.record, field) for field in (*table.last_names, *whole, *more)]
    own = {word for name in names for word in fold(name).split()}
    for field in view.inspection.identities.strong_fields():
        identity = fold(table.value(view.record, field).partition("@")[0]).split()
        own.update(identity[-1:])
    return {word for word in own if len(word) > 2}


@also("ATT504", Scope.SET)
def shared_file(survey: Survey) -> Iterator[Found]:
    """Several records that name one personal file, and personal files in which nothing is their person's."""
    inspection = survey.inspection
    given = sum(map(len, survey.files.values()))
    if len(survey.files) * 2 < given:
        return  # a field chooses one of some files for everybody: a job description, a language
    for path, numbers in survey.files.items():
        records = [inspection.table.record(number) for number in numbers]
        if len(numbers) > 1:
            yield Found(
                message=f"{inspection.people(numbers)} would get the same personal file {shorten(path.name)}",
                fix="Correct the cells that name the file, so that each person gets their own.",
                evidence=(path.name, *sorted(fold("".join(record.values)) for record in records)),
                record=records[-1],
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=path.name,
            )
        elif path in survey.strangers:
            yield Found(
                message=f"{inspection.person(records[0])}: nothing in the attachment {shorten(path.name)}, nor in its "
                "name, is this person's",
                fix="Open the file and look whose it is.",
                evidence=(path.name, *records[0].values),
                record=records[0],
                excerpt=path.name,
                severity=Severity.WARN,
                cause="unnamed",
            )
