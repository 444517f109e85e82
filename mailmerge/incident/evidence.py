"""The copies as the facts name them: a file that is called after somebody is a number there, and in no report.

Mail programs call a saved mail after whoever wrote it. What such a file is really called is in ``copies.csv`` alone, a
working file, which purging deletes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mailmerge.files.home import write_atomically
from mailmerge.incident.people import NamedPerson
from mailmerge.incident.read.copies import EvidenceFile, sha256_of
from mailmerge.incident.record import EvidenceRecord, IncidentRecord
from mailmerge.text.folding import fold

COPIES_FILE = "copies.csv"
_LONG_ENOUGH = 3
"""Latin letters from which on a name of one word is looked for."""


def recorded(evidence: Sequence[EvidenceFile], people: Sequence[NamedPerson]) -> tuple[EvidenceRecord, ...]:
    """The copies, by their paths where those name nobody of the leak."""
    names = _Names(people)
    return tuple(
        EvidenceRecord(_label(number, each) if names.are_in(each.path) else path, each.sha256, each.size, each.kind)
        for number, each in enumerate(evidence, 1)
        for path in (str(each.path.absolute()),)
    )


def write_copies(folder: Path, evidence: Sequence[EvidenceFile], record: IncidentRecord) -> None:
    """Write which file each number is; nothing where every copy is known by its path.

    Raises:
        OSError: it cannot be written.
    """
    if not is_numbered(record):
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("copy", "file"))
    writer.writerows((said.file, each.path.absolute()) for each, said in zip(evidence, record.evidence, strict=True))
    write_atomically(folder / COPIES_FILE, text.getvalue().encode("utf-8", "surrogatepass"))


def is_numbered(record: IncidentRecord) -> bool:
    """Whether the facts do not say where one of the copies is."""
    return any(not Path(each.file).is_absolute() for each in record.evidence)


def unchanged(folder: Path, record: IncidentRecord) -> Mapping[str, bool | None]:
    """By each copy whether it is as it was; None where it is no longer there, or nobody knows where it was."""
    paths = dict(_paths(folder))
    return {each.file: _is_as_it_was(paths.get(each.file, Path(each.file)), each.sha256) for each in record.evidence}


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    try:
        content = (folder / COPIES_FILE).read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return
    for row in csv.reader(io.StringIO(content, newline="")):
        if len(row) == 2:
            yield row[0], Path(row[1])


def _is_as_it_was(path: Path, sha256: str) -> bool | None:
    return sha256_of(path) == sha256 if path.is_absolute() and path.is_file() else None


def _label(number: int, evidence: EvidenceFile) -> str:
    return f"copy-{number}.{evidence.kind}"


class _Names:
    """The people of a leak, to be found in the name of a file."""

    def __init__(self, people: Iterable[NamedPerson]):
        self._addresses: set[str] = set()
        self._names: set[frozenset[str]] = set()
        for person in people:
            self._addresses |= {address.casefold() for address in person.addresses}
            for name in (person.name, person.full_name):
                words = frozenset(fold(name).split())
                if len(words) > 1 or any(len(word) >= _LONG_ENOUGH or not word.isascii() for word in words):
                    self._names.add(words)

    def are_in(self, path: Path) -> bool:
        said = str(path.absolute()).casefold()
        words = set(fold(said.replace("_", " ")).split())
        return any(address in said for address in self._addresses) or any(name <= words for name in self._names)
