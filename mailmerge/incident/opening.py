"""Open an incident: from copies of the leaked mail to a folder with everything. Fill in its facts; see how it is."""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mailmerge.campaign import CAMPAIGN_FILE
from mailmerge.environment import Environment
from mailmerge.errors import InputError, UsageError, os_reason
from mailmerge.files import working_files
from mailmerge.files.home import make_private, writing
from mailmerge.i18n import N_
from mailmerge.incident import apology, clock, evidence
from mailmerge.incident.bounces import mark_bounced, read_returned, returned
from mailmerge.incident.exposure import Exposure, exposure
from mailmerge.incident.facts import checked
from mailmerge.incident.language import language_of
from mailmerge.incident.mail import CopyNote, FileRemark, HeaderField
from mailmerge.incident.matching import take_names
from mailmerge.incident.people import Leak
from mailmerge.incident.proposals import categories, proposed
from mailmerge.incident.quoted import text_of
from mailmerge.incident.read.copies import Copies, read_copies
from mailmerge.incident.record import (
    RECORD_FILE,
    IncidentRecord,
    MailRecord,
    RemarkRecord,
    read_record,
)
from mailmerge.incident.replay import rules_that_stop
from mailmerge.incident.sheets import changed_sheets, write_people, write_sheets
from mailmerge.incident.sheets import working_files as names_of_working_files
from mailmerge.incident.uniting import leak_of
from mailmerge.records import read_table
from mailmerge.text.folding import fold

_NO_EXPOSURE = N_(
    "no exposure: in {path}, nobody can see anybody else's data; if you expected some, give the sender's own copy,"
    " or the mail with its attachments"
)
_NOT_EMPTY = N_("{folder} is already there and not empty: give a new folder, or go on with `incident status`")


class OpenedIncident(Struct, frozen=True):
    """An incident that was opened."""

    folder: Path
    record: IncidentRecord
    remarks: tuple[FileRemark, ...]
    """What the copies could not show, with the full names of files."""

    @property
    def files(self) -> list[str]:
        """What is in the folder, below it."""
        return files_in(self.folder)


def open_incident(
    copies: Sequence[Path],
    *,
    aware: str,
    folder: Path,
    table: Path | None = None,
    returned_mail: Path | None = None,
    language: str,
    environment: Environment,
) -> OpenedIncident:
    """Read the copies, count, and write everything into a new folder. Nothing is sent, and no copy is changed.

    ``aware`` is the moment, with its zone. ``table`` is the table that the people come from; ``returned_mail`` a file
    of what came back.

    Raises:
        UsageError: ``aware`` is no moment, or the folder is not empty.
        InputError: a file cannot be read or written, or nobody was exposed.
    """
    moment = clock.aware(aware)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(_NOT_EMPTY, folder=folder)
    differing = 0
    read = read_copies(copies)
    leak = leak_of(read.mails)
    if table is not None:
        differing = take_names(leak.people, read_table(table), table)
    for person in leak.people:
        person.reveal()
    mark_bounced(leak.people, returned(read.mails, leak.ids), None)
    if returned_mail is not None:
        mark_bounced(leak.people, read_returned(returned_mail, leak.ids), returned_mail)
    counted = _counted(leak)
    if not counted.disclosures:
        raise InputError(_NO_EXPOSURE, path=copies[0])
    remarks = (*read.remarks, *leak.remarks, *_remarks(leak, moment, differing, environment))
    record = _record(read, leak, counted, moment, remarks, language, environment)
    with _whole_or_nothing(folder):
        try:
            make_private(folder)
        except OSError as error:
            raise InputError(N_("cannot make the folder {path}: {why}"), path=folder, why=os_reason(error)) from None
        _remember(folder, record, environment)
        write_people(folder, record, leak.people, counted, language)
        _write_copies(folder, read, record)
        record = write_sheets(folder, record, language)
    return OpenedIncident(folder, record, remarks)


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """Leave nothing in a folder of what could not be written whole, as it names people; what was there before stays."""
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    before = [] if missing else list(folder.iterdir())
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for each in folder.iterdir():
                if each not in before:
                    shutil.rmtree(each) if each.is_dir() else each.unlink()
            for each in missing:
                each.rmdir()
        raise


def set_facts(folder: Path, facts: Mapping[str, str], *, language: str, environment: Environment) -> IncidentRecord:
    """Fill in facts, and write the sheets anew that follow from them; an empty text empties a field.

    Raises:
        UsageError: there is no such field, or a value is none of its choices.
        InputError: the incident cannot be read or written, or another process is still changing it.
    """
    campaign = folder / apology.FOLDER
    with environment.alone_with(folder / RECORD_FILE), environment.alone_with(campaign / CAMPAIGN_FILE):
        record = read_record(folder)
        kept = {**record.facts, **{key: checked(key, value) for key, value in facts.items()}}
        record = msgspec.structs.replace(record, facts={key: value for key, value in kept.items() if value})
        apology.allow_contacts(campaign, record)
        return write_sheets(folder, record, language)


class Status(Struct, frozen=True):
    """The state of an incident."""

    record: IncidentRecord
    hours_left: float
    """Until the deadline; below 0 where it has passed."""
    changed: list[str]
    """Sheets that somebody has changed."""
    evidence: Mapping[str, bool | None]
    """By each copy whether it is as it was; None where it is no longer there."""
    files: list[str]


def status_of(folder: Path, environment: Environment) -> Status:
    """The state of the incident in a folder.

    Raises:
        InputError: it cannot be read.
    """
    record = read_record(folder)
    return Status(
        record,
        hours_left(record, environment),
        changed_sheets(folder, record),
        evidence.unchanged(folder, record),
        files_in(folder),
    )


def hours_left(record: IncidentRecord, environment: Environment) -> float:
    """Hours until the deadline, to a tenth."""
    left = clock.again(record.aware, record.zone).deadline - environment.clock().astimezone(datetime.UTC)
    return round(left.total_seconds() / 3600, 1)


def incidents(environment: Environment) -> list[Path]:
    """The folders of the incidents that were opened here and are still there, the last one first."""
    return [
        each.folder for each in working_files.listed(environment.home.data) if (each.folder / RECORD_FILE).is_file()
    ]


def files_in(folder: Path) -> list[str]:
    """The files of a folder, by their paths below it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- how it is put together ------------------------------------------------------------------------------------------


def _counted(leak: Leak) -> Exposure:
    employer = {person.number: person.employer for person in leak.people if person.employer}
    return exposure(leak.audiences, employer, {person.number for person in leak.people if person.bounced})


def _remarks(leak: Leak, moment: clock.Awareness, differing: int, environment: Environment) -> list[FileRemark]:
    found = [FileRemark(CopyNote.NAMES_DIFFER, count=differing)] if differing else []
    if any(mail.at is None for mail in leak.sent):
        found.append(FileRemark(CopyNote.NO_DATE))
    if not any(mail.sender_copy for mail in leak.sent if not mail.answer):
        found.append(FileRemark(CopyNote.RECEIVED_COPY))
    nameless = sum(not person.addresses for person in leak.people)
    if nameless:
        found.append(FileRemark(CopyNote.NO_ADDRESS, count=nameless))
    if 0 < leak.house < len(leak.people):
        found.append(FileRemark(CopyNote.OWN_DOMAIN, count=leak.house))
    if moment.ambiguous:
        found.append(FileRemark(CopyNote.AMBIGUOUS_TIME))
    if moment.at > environment.clock():
        found.append(FileRemark(CopyNote.FUTURE))
    if any(mail.at and mail.at > moment.latest for mail in leak.sent if not mail.answer):
        found.append(FileRemark(CopyNote.BEFORE_SENT))
    names = Counter(fold(person.full_name) for person in leak.people if person.full_name)
    if twice := sum(count for count in names.values() if count > 1):
        found.append(FileRemark(CopyNote.SAME_NAME, count=twice))
    return found


def _record(
    read: Copies,
    leak: Leak,
    counted: Exposure,
    moment: clock.Awareness,
    remarks: Sequence[FileRemark],
    language: str,
    environment: Environment,
) -> IncidentRecord:
    exposed = [person for person in leak.people if counted.seen_by.get(person.number)]
    shown = Counter(each.value for person in exposed for each in person.shown)
    texts = [f"{mail.subject}\n{text_of(mail)}" for mail in leak.mails]
    seen = counted.seen_by.values()
    greatest = max(leak.mails, key=lambda mail: len(mail.recipients), default=None)
    rules, tried = rules_that_stop(greatest, exposed) if greatest else ((), 0)
    return IncidentRecord(
        opened=clock.written(environment.clock()),
        language=language_of("\n".join(texts), language),
        aware=clock.written(moment.at),
        zone=moment.zone,
        deadline=clock.written(moment.deadline),
        evidence=evidence.recorded(read.evidence, leak.people),
        mails=tuple(
            MailRecord(
                at=clock.written(mail.at.astimezone(moment.at.tzinfo)) if mail.at else None,
                answer=mail.answer,
                by=mail.by,
                to=mail.fields[HeaderField.TO],
                cc=mail.fields[HeaderField.CC],
                bcc=mail.fields[HeaderField.BCC],
                files=mail.files,
                sender_copy=mail.sender_copy,
            )
            for mail in leak.sent
        ),
        people=len(leak.people),
        exposed=counted.exposed,
        received=len(counted.readers),
        bounced=sum(person.bounced for person in leak.people),
        unreachable=sum(not apology.is_reachable(person) for person in exposed),
        disclosures=counted.disclosures,
        seen_by_least=min(seen),
        seen_by_most=max(seen),
        titled=any(person.title and person.last_name for person in exposed),
        named=any(person.full_name for person in exposed),
        colleagues=len(counted.colleagues),
        shown=dict(shown),
        categories=tuple(categories({header for person in exposed for header in person.columns})),
        proposed=tuple(proposed(texts)),
        bystanders=sum(person.number not in counted.readers and not person.bounced for person in exposed),
        exposed_readers=sum(person.number in counted.readers for person in exposed),
        rules=rules,
        rules_on=tried,
        remarks=tuple(RemarkRecord(each.note, Path(each.file).suffix.casefold(), each.count) for each in remarks),
    )


def _write_copies(folder: Path, read: Copies, record: IncidentRecord) -> None:
    with writing(folder / evidence.COPIES_FILE):
        evidence.write_copies(folder, read.evidence, record)


def _remember(folder: Path, record: IncidentRecord, environment: Environment) -> None:
    """List the files that will name people, before there are any."""
    names, since = names_of_working_files(record), environment.clock()
    working_files.remember(environment.home.data, working_files.WorkingFiles(folder.absolute(), names, since))
