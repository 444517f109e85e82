"""ATT504: a personal file belongs to the person who gets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.att.amounts_of_others import amounts_of_others
from mailmerge.lint.rules.att.attachment_problems import FOR_ALL, LEADS_OUT_OF, PER_PERSON
from mailmerge.lint.rules.att.misplaced import shifted_files
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import amounts_in, content_of, is_personal, is_theirs, named_in, place_of
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.disclosure import PersonalFile
from mailmerge.lint.views.message import MessageView
from mailmerge.model import FileProblem, ProblemKind, Severity
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("A personal file belongs to the person who gets it."),
    what=N_(
        "An attachment that is missing, empty, unreadable, a symbolic link or outside the letter's folder; one whose "
        "name in the cell could lead out of the folder that the letter names (.., an absolute path, a backslash); one "
        "file that several people get although the letter names it by a field; one with somebody else's amount, such "
        "as a salary, and not the person's own; and, as a warning, a personal file that does not "
        "mention the person, one that is the same as another's, and files chosen by the first name alone."
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
SAME_CONTENT = Sentence(
    "att504.same-content",
    one=N_("{people} would get personal files with the same content: {file} and {other}"),
    fix=N_("Open both files and check who they are for."),
)
BY_FIRST_NAME = Sentence(
    "att504.by-first-name",
    one=N_("{file} is chosen by the first name alone ({source}): two people may have the same"),
    fix=N_("Name the files by something that only one person has, such as a reference."),
    many=N_(
        "the personal files of {count} people, such as {file}, are chosen by the first name alone ({source}): two "
        "people may have the same ({lines})"
    ),
)
UNMENTIONED = Sentence(
    "att504.unmentioned",
    one=N_("{person}: the attachment {file} does not mention this person"),
    fix=N_("Open the file and check who it is for."),
    many=N_("{count} people would get an attachment that does not mention them, such as {file} ({lines})"),
)


@rule("ATT504", "wrong-owner", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC, of_files=True)
def wrong_owner(view: MessageView) -> Iterator[RawFinding]:
    """A personal file belongs to the person who gets it."""
    for index, attachment in enumerate(view.message.attachments):
        problem = attachment.problem
        if problem is None:
            continue
        personal = is_personal(view, index)
        yield RawFinding(
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


def _cannot_be_sent(problem: FileProblem, *, personal: bool) -> Sentence:
    if problem.folder:
        return LEADS_OUT_OF
    by_a_value = personal or problem.kind is ProblemKind.LEADS_OUT
    return PER_PERSON[problem.kind] if by_a_value else FOR_ALL[problem.kind]


@also("ATT504", Scope.MESSAGE, of_files=True)
def whose_file(view: MessageView) -> Iterator[RawFinding]:
    """Keep which files are named by a value, and whether they mention their person; say what names them badly."""
    for index, attachment in enumerate(view.message.attachments):
        if is_personal(view, index) and attachment.problem is None:
            content = 0 if content_of(view, attachment).opaque else hash(attachment.content)
            amounts = amounts_in(view, attachment)
            view.personal_files.append(PersonalFile(attachment.path, is_theirs(view, attachment), content, amounts))
            if _by_first_name(view, index):
                yield RawFinding(
                    says=BY_FIRST_NAME,
                    values={"file": Quoted(attachment.filename), "source": named_in(view, index)},
                    evidence=(view.letter.letter.name, "by-first-name"),
                    record=view.record,
                    letter=view.letter.letter.name,
                    excerpt=attachment.filename,
                    severity=Severity.WARN,
                    cause=f"{view.letter.letter.name}\x1fby-first-name\x1f{index}",
                    general=True,
                )


def _by_first_name(view: MessageView, index: int) -> bool:
    """Whether nothing but the first name chooses a file: two people may have the same."""
    shape = view.message.shape
    fields = {field for slot in shape.attachments[index].slots for field in shape.expressions[slot.value].fields}
    return bool(fields) and fields <= set(view.inspection.table.first_names)


def _is_choice(survey: Batch) -> bool:
    """Whether a field chooses one of some files for everybody: a job description, a language."""
    return len(survey.files) * 2 < sum(map(len, survey.files.values()))


@also("ATT504", Scope.SET)
def shared_file(survey: Batch) -> Iterator[RawFinding]:
    """One personal file for several people, and personal files that do not mention their person."""
    inspection = survey.inspection
    if _is_choice(survey):
        return
    explained = {each.record.number for each in shifted_files(survey)}
    explained |= {each.record.number for each in survey.disclosures if each.owner is not None}
    for path, numbers in survey.files.items():
        records = [inspection.table.record(number) for number in numbers]
        if len(numbers) > 1:
            yield RawFinding(
                says=SHARED,
                values={"people": inspection.people(numbers), "file": Quoted(path.name)},
                evidence=(path.name, *sorted(fold("".join(record.values)) for record in records)),
                record=records[-1],
                others=tuple(numbers[:-1]),
                affected=tuple(numbers),
                excerpt=path.name,
            )
        elif path in survey.unowned_files and numbers[0] not in explained:
            yield RawFinding(
                says=UNMENTIONED,
                values={"person": inspection.person(records[0]), "file": Quoted(path.name)},
                evidence=(path.name, *records[0].values),
                record=records[0],
                excerpt=path.name,
                severity=Severity.WARN,
                cause="unnamed",
            )


@also("ATT504", Scope.SET)
def same_content(survey: Batch) -> Iterator[RawFinding]:
    """Personal files that are called differently and are the same."""
    inspection = survey.inspection
    if _is_choice(survey):
        return
    by_content: dict[int, list[Path]] = {}
    for path, content in survey.file_contents.items():
        if content:
            by_content.setdefault(content, []).append(path)
    for paths in by_content.values():
        if len(paths) < 2 or survey.unowned_files.issuperset(paths):
            continue  # that they mention nobody is said already
        numbers = sorted({number for path in paths for number in survey.files[path]})
        names = {inspection.identities.name_of(number) or str(number) for number in numbers}
        if len(names) < 2:
            continue  # one person, or namesakes: their certificates may well be the same
        yield RawFinding(
            says=SAME_CONTENT,
            values={
                "people": inspection.people(numbers),
                "file": Quoted(paths[0].name, 40),
                "other": Quoted(paths[1].name, 40),
            },
            evidence=("same-content", *sorted(path.name for path in paths)),
            record=inspection.table.record(numbers[0]),
            others=tuple(numbers[1:]),
            affected=tuple(numbers),
            excerpt=paths[0].name,
            severity=Severity.WARN,
        )


@also("ATT504", Scope.SET)
def amounts(survey: Batch) -> Iterator[RawFinding]:
    """Another's salary where one's own should be."""
    yield from amounts_of_others(survey)
