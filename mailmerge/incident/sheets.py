"""The files of an incident's folder: written by the facts, and left alone where somebody has changed them since."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from mailmerge.files.home import make_private, write_atomically, writing
from mailmerge.incident import apology
from mailmerge.incident.clock import written as written_moment
from mailmerge.incident.evidence import COPIES_FILE, is_numbered
from mailmerge.incident.exposure import Exposure
from mailmerge.incident.page import page
from mailmerge.incident.people import NamedPerson
from mailmerge.incident.record import IncidentRecord, save_record
from mailmerge.incident.rendering import render, values_for
from mailmerge.incident.revealing import ShownDetail
from mailmerge.incident.words import LANGUAGES, Words, words_of
from mailmerge.text.formulas import inert

PEOPLE_FILE = "people.csv"
_SHEETS = ("report.{}.md", "checklist.{}.md")
_FORMS = ("cnil.fr.md", "ico.en.md")
_ORDER = list(ShownDetail)


def write_sheets(folder: Path, record: IncidentRecord, language: str) -> IncidentRecord:
    """Write every sheet that follows from the facts, and ``incident.json`` last. Returns the record as it is there.

    ``language`` is that of ``report.html`` and of the register. A sheet that somebody has changed is left as it is.

    Raises:
        InputError: a file cannot be written.
    """
    written = dict(record.written)
    for name, content in _contents(record, language):
        path = folder / name
        if name in written and _is_changed(path, written[name]):
            continue
        _write(path, content)
        written[name] = _digest(content)
    record = msgspec.structs.replace(record, written=written)
    save_record(folder, record)
    return record


def changed_sheets(folder: Path, record: IncidentRecord) -> list[str]:
    """The sheets that somebody has changed since they were written."""
    return [name for name, digest in record.written.items() if _is_changed(folder / name, digest)]


def write_people(
    folder: Path, record: IncidentRecord, people: Sequence[NamedPerson], exposure: Exposure, language: str
) -> None:
    """Write the working files, which name people: ``people.csv`` and the campaign of apologies.

    Raises:
        InputError: a file cannot be written.
    """
    _write(folder / PEOPLE_FILE, _people(people, exposure, words_of(language)))
    campaign = folder / apology.FOLDER
    with writing(campaign):
        make_private(campaign)
        exposed = [person for person in people if exposure.seen_by.get(person.number)]
        apology.write_apology(campaign, record, exposed, exposure, words_of(record.language))


def working_files(record: IncidentRecord) -> tuple[str, ...]:
    """Those of the files that name people, below the folder."""
    names = (PEOPLE_FILE, f"{apology.FOLDER}/{apology.files_of(record.language).table}")
    return (*names, COPIES_FILE) if is_numbered(record) else names


def _contents(record: IncidentRecord, language: str) -> Iterator[tuple[str, bytes]]:
    for each in LANGUAGES:
        words = words_of(each)
        report, checklist = (render(f"{name.format(each)}.j2", record) for name in _SHEETS)
        for name, text in zip(_SHEETS, (report, checklist), strict=True):
            yield name.format(each), text.encode()
        html = page(record, words, words.typeset(report), words.typeset(checklist)).encode()
        yield f"report.{each}.html", html
        if each == words_of(language).language:
            yield "report.html", html
    for name in _FORMS:
        yield name, render(f"{name}.j2", record).encode()
    yield "register.csv", _register(record, words_of(language))
    letter = apology.files_of(record.language).letter
    said = words_of(record.language).typeset(render(f"apology.{record.language}.md.j2", record))
    yield f"{apology.FOLDER}/{letter}", said.encode()


def _register(record: IncidentRecord, words: Words) -> bytes:
    """One row for the register of GDPR article 33(5): facts, effects, remedial action."""
    values = values_for(record, words)
    facts = values["facts"]
    row = [
        facts["case"],
        values["aware"],
        values["deadline"],
        values["sent"],
        words.word("register", "nature"),
        facts["circumstances"],
        "; ".join(words.word("register", "counted").format(name=name, count=count) for name, count in values["shown"]),
        record.exposed,
        record.disclosures,
        facts["consequences"],
        values["gravity"],
        facts["measures_after"],
        facts["notified_at"],
        " ".join(filter(None, (values["informed"], facts["informed_at"]))),
        " ".join(each.sha256 for each in record.evidence),
    ]
    return _csv([words.texts["register"]["columns"], row])


def _people(people: Sequence[NamedPerson], exposure: Exposure, words: Words) -> bytes:
    header = ("number", "civility", "name", "address", "shown", "seen_by", "colleagues", "answered_all", "bounced")
    rows = (
        (
            person.number,
            person.title,
            person.name,
            person.address,
            "; ".join(words.word("theirs", each) for each in sorted(person.shown, key=_ORDER.index)),
            exposure.seen_by.get(person.number, 0),
            exposure.colleagues.get(person.number, 0),
            "; ".join(written_moment(each) if each else "?" for each in person.answered),
            "yes" if person.bounced else "no",
        )
        for person in people
    )
    return _csv([header, *rows])


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    """With commas and a byte order mark; no cell that a spreadsheet would compute (CWE-1236)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([inert(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _write(path: Path, content: bytes) -> None:
    with writing(path):
        make_private(path.parent)
        write_atomically(path, content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_changed(path: Path, digest: str) -> bool:
    try:
        return _digest(path.read_bytes()) != digest
    except OSError:
        return False
