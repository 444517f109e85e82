"""How a file can be attached to a letter: the same for everybody, or each person's own, by what its name is made of.

A file is chosen for one person; the columns whose values its path is made of give the pattern of everybody's files.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from filecmp import cmp
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.errors import UsageError, os_reason
from mailmerge.files.home import writing
from mailmerge.i18n import N_
from mailmerge.letter import open_letter_file, save_letter_file
from mailmerge.letter.source.insertions import attached, attachment_entry, field_entry
from mailmerge.letter.wire.attachments import plain_path
from mailmerge.letter.wire.names_on_disk import as_on_disk
from mailmerge.model import Record, RecordTable
from mailmerge.text.shown import visible

PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp"))
"""What can be shown inside a letter."""
_FORMS: Mapping[str, Callable[[str], str]] = {"": str, "|lower": str.lower, "|upper": str.upper}
"""How a column's value can be written in a name: as it is, or by a filter."""
_SHORTEST = 2
"""Characters of a value that is looked for in a name."""
_MOST = 20
_UNUSABLE = ("{{", "{%", "{#", "\\", "=?", "<", ">")
"""What a path in a letter would say something else by."""


class Way(Struct, frozen=True):
    """One way to attach the file."""

    pieces: tuple[str | tuple[str, str], ...]
    """Of the path: constant text, or a field and its filter."""
    folder: Path
    """Where the path begins."""
    prefix: str = ""
    """The folder beside the letter into which the files have to be copied first, and ``/``; ``""`` for a file there."""
    copies: bool = False
    """Whether the files are elsewhere, and have to be copied."""
    found: tuple[Path, ...] = ()
    """The files of the people who have one, as often as they have it."""
    without: tuple[Record, ...] = ()
    """The people who have none."""

    @property
    def written(self) -> str:
        """As the letter's header writes it."""
        pieces = (each if isinstance(each, str) else f"{{{{ {each[0]}{each[1]} }}}}" for each in self.pieces)
        return self.prefix + "".join(pieces)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it is made of; none where everybody gets the same file."""
        return tuple(each[0] for each in self.pieces if not isinstance(each, str))

    def path_of(self, table: RecordTable, record: Record) -> Path | None:
        """A person's file, None where there is none."""
        parts: list[str] = []
        for each in self.pieces:
            value = each if isinstance(each, str) else _FORMS[each[1]](table.value(record, each[0])).strip()
            if not value:
                return None
            parts.append(value)
        path = self.folder / "".join(parts)
        if ".." in path.parts or not path.is_relative_to(self.folder):
            return None
        try:
            path = as_on_disk(path, self.folder)
            return path if path.is_file() and not path.is_symlink() else None
        except (OSError, ValueError):
            return None


def ways_to_attach(file: Path, beside: Path, table: RecordTable, records: Sequence[Record]) -> list[Way]:
    """For everybody first, then by columns, what gives most people a file first; ``beside`` is the letter's folder.

    Raises:
        UsageError: the file is empty, or its name cannot be written in a letter.
    """
    beside = beside.absolute()
    file = file.absolute()
    there = file.is_relative_to(beside)
    folder = beside if there else file.parent
    if not there and any(_in_path(normalize("NFC", folder.name), table, record) for record in records):
        folder = folder.parent  # a folder for each person
    path = file.relative_to(folder).as_posix()
    if any(mark in path for mark in _UNUSABLE) or path != " ".join(plain_path(path).split()) or _hidden(path):
        raise UsageError(N_("{name} cannot be written in a letter: give the file a plain name first"), name=file.name)
    try:
        empty = file.stat().st_size == 0
    except OSError as error:
        raise UsageError(N_("cannot read {path}: {why}"), path=file, why=os_reason(error)) from None
    if empty:
        raise UsageError(N_("{name} is empty: choose a file that holds something"), name=file.name)
    same = Way((path if there else file.name,), folder if there else file.parent, copies=not there, found=(file,))
    prefix = "" if there else f"{folder.name or 'files'}/"
    patterns = dict.fromkeys(
        pattern for record in records for pattern in _patterns(path, _in_path(normalize("NFC", path), table, record))
    )
    own = [
        _counted(Way(pattern, folder, prefix, not there), table, records)
        for pattern, _number in zip(patterns, range(_MOST), strict=False)
    ]
    own.sort(key=lambda way: (-len(way.found), len(way.fields)))
    return [same, *own]


def _hidden(path: str) -> bool:
    return visible(path) != path


def copy_beside(way: Way, beside: Path) -> None:
    """Copy what is elsewhere into the letter's folder, over nothing that is there.

    Raises:
        UsageError: another file of that name is there, or one cannot be written.
    """
    if not way.copies:
        return
    for path in dict.fromkeys(way.found):
        target = beside / way.prefix / path.relative_to(way.folder)
        with writing(target, UsageError):
            if target.exists():
                if cmp(path, target, shallow=False):
                    continue
                raise UsageError(N_("{path} is another file of that name; rename one of the two"), path=target)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def write_attachment(letter: Path, way: Way) -> None:
    """Write it into the header of a letter's file, and its fields into ``Fields:`` where there is one.

    Raises:
        LetterError: the file cannot be read or written.
    """
    draft = open_letter_file(letter)
    text = draft.text
    if way.written not in attached(text) and (entry := attachment_entry(text, way.written)):
        text = entry.into(text)
    for name in way.fields:
        if entry := field_entry(text, name):
            text = entry.into(text)
    if text != draft.text:
        save_letter_file(draft, text)


def _counted(way: Way, table: RecordTable, records: Sequence[Record]) -> Way:
    paths = [(record, way.path_of(table, record)) for record in records]
    return replace(
        way,
        found=tuple(path for _record, path in paths if path is not None),
        without=tuple(record for record, path in paths if path is None),
    )


_Span = tuple[int, int, str, str]
"""Where in a path, of which field, by which filter."""


def _in_path(path: str, table: RecordTable, record: Record) -> list[_Span]:
    """The values of a person that are whole words in a path, the longest first."""
    folded = path.casefold()
    spans: list[_Span] = []
    for field, value in zip(table.fields, record.values, strict=False):
        value = normalize("NFC", value.strip())
        if len(value) < _SHORTEST or value.casefold() not in folded:
            continue
        for form, change in _FORMS.items():
            written = change(value)
            at = path.find(written)
            if at >= 0 and _is_whole(path, at, at + len(written)):
                spans.append((at, at + len(written), field.name, form))
                break
    return sorted(spans, key=lambda span: span[0] - span[1])


def _is_whole(path: str, start: int, end: int) -> bool:
    before, after = path[start - 1 : start], path[end : end + 1]
    return not (before.isalnum() and path[start].isalnum()) and not (after.isalnum() and path[end - 1].isalnum())


def _patterns(path: str, spans: Sequence[_Span]) -> Iterator[tuple[str | tuple[str, str], ...]]:
    """A path by each of the columns alone, and by as many together as do not overlap."""
    for span in spans:
        yield _pattern(path, [span])
    together: list[_Span] = []
    for span in spans:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in together):
            together.append(span)
    if len(together) > 1:
        yield _pattern(path, sorted(together))


def _pattern(path: str, spans: Sequence[_Span]) -> tuple[str | tuple[str, str], ...]:
    pieces: list[str | tuple[str, str]] = []
    at = 0
    for start, end, name, form in spans:
        pieces += [path[at:start]] if start > at else []
        pieces.append((name, form))
        at = end
    return (*pieces, path[at:]) if at < len(path) else tuple(pieces)
