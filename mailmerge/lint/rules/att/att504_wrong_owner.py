"""ATT504: a personal file belongs to the person who gets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.att.attachment_problems import FOR_ALL, LEADS_OUT_OF, PER_PERSON
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of, is_personal, named_in, place_of
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Attachment, Problem, ProblemKind, Severity
from mailmerge.text import fold

DOC = RuleDoc(
    title=N_("A personal file belongs to the person who gets it."),
    what=N_(
        "An attachment that is missing, empty, unreadable, a symbolic link or outside the letter's folder; one whose "
        "name in the cell could lead out of the folder that the letter names (.., an absolute path, a backslash); one "
        "file that several people get although the letter names it by a field; and, as a warning, a personal file "
        "that does not mention the person."
    ),
    why=N_("The wrong payslip in the right envelope is a breach like any other."),
    bad=N_("pieces/RC-0017.pdf for the people on lines 17 and 18"),
    good=N_("one file for everybody, or one file per person"),
    fix=N_("Put the file where the letter expects it, or correct the cell that names it."),
)
SHARED = Sentence(
    "att504.shared",
    one=N_("{people} would get the same personal file {file}"),
    fix=N_("Correct the cells that name the file, so that each person gets their own."),
)
UNMENTIONED = Sentence(
    "att504.unmentioned",
    one=N_("{person}: the attachment {file} does not mention this person"),
    fix=N_("Open the file and check who it is for."),
    many=N_("{count} people would get an attachment that does not mention them, such as {file} ({lines})"),
)


@rule("ATT504", "wrong-owner", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def wrong_owner(view: MessageView) -> Iterator[Found]:
    """A personal file belongs to the person who gets it."""
    for index, attachment in enumerate(view.message.attachments):
        problem = attachment.problem
        if problem is None:
            continue
        personal = is_personal(view, index)
        yield Found(
            says=_cannot_be_sent(problem, personal=personal),
            values={
                "person": view.inspection.person(view.record),
                "file": Quoted(attachment.filename),
                "source": named_in(view, index),
                "folder": Quoted(problem.folder),
                "limit": problem.limit,
                "reason": Quoted(problem.reason, 120),
            },
            evidence=(view.own_key, attachment.filename, problem.token),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            cause=problem.token if personal else f"{place_of(view, attachment)}\x1f{problem.token}",
            general=not personal,
        )


def _cannot_be_sent(problem: Problem, *, personal: bool) -> Sentence:
    if problem.folder:
        return LEADS_OUT_OF
    by_a_value = personal or problem.kind is ProblemKind.LEADS_OUT
    return PER_PERSON[problem.kind] if by_a_value else FOR_ALL[problem.kind]


@also("ATT504", Scope.MESSAGE)
def whose_file(view: MessageView) -> Iterator[Found]:
    """Keep which files are named by a value, and whether they mention their person."""
    for index, attachment in enumerate(view.message.attachments):
        if is_personal(view, index) and attachment.problem is None:
            view.personal_files.append((attachment.path, is_theirs(view, attachment)))
    return iter(())


def is_theirs(view: MessageView, attachment: Attachment) -> bool:
    """Whether the file's name or text contains a name, reference or other identity of the record."""
    name = fold(Path(attachment.filename).stem)
    if any(word in name for word in _own_words(view, *view.inspection.table.first_names)):
        return True
    own = _own_words(view)
    content = content_of(view, attachment)
    return content.opaque is not None or any(not own.isdisjoint(fold(piece.text).split()) for piece in content.pieces)


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
    """One personal file for several people, and personal files that do not mention their person."""
    inspection = survey.inspection
    given = sum(map(len, survey.files.values()))
    if len(survey.files) * 2 < given:
        return  # a field chooses one of some files for everybody: a job description, a language
    for path, numbers in survey.files.items():
        records = [inspection.table.record(number) for number in numbers]
        if len(numbers) > 1:
            yield Found(
                says=SHARED,
                values={"people": inspection.people(numbers), "file": Quoted(path.name)},
                evidence=(path.name, *sorted(fold("".join(record.values)) for record in records)),
                record=records[-1],
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=path.name,
            )
        elif path in survey.strangers:
            yield Found(
                says=UNMENTIONED,
                values={"person": inspection.person(records[0]), "file": Quoted(path.name)},
                evidence=(path.name, *records[0].values),
                record=records[0],
                excerpt=path.name,
                severity=Severity.WARN,
                cause="unnamed",
            )
