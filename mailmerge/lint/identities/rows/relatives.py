"""Whoever belongs to the person of a row: a child, a spouse. Their names are that person's to read, nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.identities.names import LONGEST, SHORTEST
from mailmerge.lint.identities.rows.people import name_in
from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.records.columns.headers import name_header
from mailmerge.records.columns.name_headers import NamePart
from mailmerge.text.folding import fold

_RELATIVES = words(
    "enfant enfants fils fille conjoint conjointe epoux epouse eleve beneficiaire child children son daughter spouse "
    "husband wife partner pupil ward beneficiary kind kinder sohn tochter ehepartner ehefrau ehemann schuler schulerin "
    "hijo hija conyuge alumno alumna figlio figlia coniuge alunno alunna filho filha conjuge aluno aluna dziecko syn "
    "corka malzonek uczen uczennica dziecka syna corki malzonka malzonki ucznia uczennicy zoon dochter echtgenoot "
    "echtgenote leerling partnerin kindes schulers esposo esposa marido marito moglie"
)
"""Words in the headers of columns that name them."""
_MOST = 0.8
"""The share of cells that are whole names."""
_OWN = 0.6
"""The share of names that are in one row only."""
_LEAST = 5
_PARTS = 2
"""Columns of a first name and a surname."""


def relatives_of(table: RecordTable) -> Iterator[tuple[int, list[str]]]:
    """The number of each record with the words of a name that belongs to it, in either order."""
    for positions in _columns(table):
        cells = [
            (record.number, cell)
            for record in table.records
            if (cell := " ".join(filter(None, (record.values[position] for position in positions))))
        ]
        names = [(number, name) for number, cell in cells if (name := name_in(cell))]
        different = len({tuple(name) for _number, name in names})
        if len(names) < max(_LEAST, _MOST * len(cells)) or different < _OWN * len(names):
            continue
        for number, name in names:
            if len(name) <= LONGEST and len("".join(name)) >= SHORTEST:
                yield from ((number, name[cut:] + name[:cut]) for cut in range(len(name)))


def given_names_of_relatives(table: RecordTable) -> list[str]:
    """The columns that may hold first names of relatives alone."""
    known = {*table.columns.names, *table.columns.emails}
    found = ((field.name, fold(field.header).split()) for field in table.fields if field.name not in known)
    return [
        name
        for name, said in found
        if not _RELATIVES.isdisjoint(said) and _part(said) in (NamePart.FIRST, NamePart.NAME)
    ]


def names_relatives(header: str) -> bool:
    """Whether a header says that its column is about a child or a spouse."""
    return not _RELATIVES.isdisjoint(fold(header).split())


def _part(said: list[str]) -> NamePart | None:
    """Which part of a name a header says, the words for the relative left out."""
    known = name_header(" ".join(word for word in said if word not in _RELATIVES and not word.isdigit()))
    return known.part if known else None


def _columns(table: RecordTable) -> Iterator[tuple[int, ...]]:
    """The columns that name relatives: each alone, or two together that hold the parts of one name."""
    known = {*table.columns.names, *table.columns.emails}
    parts: dict[str, list[int]] = {}
    for position, field in enumerate(table.fields):
        said = fold(field.header).split()
        if field.name in known or _RELATIVES.isdisjoint(said):
            continue
        yield (position,)
        if _part(said) is not None:
            whose = " ".join(word for word in said if word in _RELATIVES or word.isdigit())
            parts.setdefault(whose, []).append(position)
    yield from (tuple(positions) for positions in parts.values() if len(positions) == _PARTS)
