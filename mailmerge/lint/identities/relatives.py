"""Whoever belongs to the person of a row: a child, a spouse. Their names are that person's to read, nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.identities.names import LONGEST, SHORTEST
from mailmerge.lint.identities.people import name_in
from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.text import fold

_RELATIVES = words(
    "enfant enfants fils fille conjoint conjointe epoux epouse eleve beneficiaire child children son daughter spouse "
    "husband wife partner pupil ward beneficiary kind kinder sohn tochter ehepartner ehefrau ehemann schuler schulerin "
    "hijo hija conyuge alumno alumna figlio figlia coniuge alunno alunna filho filha conjuge aluno aluna dziecko syn "
    "corka malzonek uczen uczennica zoon dochter echtgenoot leerling"
)
"""Words in the headers of columns that name them."""
_MOST = 0.8
"""The share of cells that are whole names."""
_OWN = 0.6
"""The share of names that are in one row only."""
_LEAST = 5


def relatives_of(table: RecordTable) -> Iterator[tuple[int, list[str]]]:
    """The number of each record with the words of a name that belongs to it, in either order."""
    known = {*table.columns.names, *table.columns.emails}
    for position, field in enumerate(table.fields):
        if field.name in known or _RELATIVES.isdisjoint(fold(field.header).split()):
            continue
        cells = [(record.number, record.values[position]) for record in table.records if record.values[position]]
        names = [(number, name) for number, cell in cells if (name := name_in(cell))]
        different = len({tuple(name) for _number, name in names})
        if len(names) < max(_LEAST, _MOST * len(cells)) or different < _OWN * len(names):
            continue
        for number, name in names:
            if len(name) <= LONGEST and len("".join(name)) >= SHORTEST:
                yield from ((number, name[cut:] + name[:cut]) for cut in range(len(name)))
