"""The names that can be meant between the marks of another mail-merge program."""

from __future__ import annotations

from msgspec import Struct

from mailmerge.lint.vocabulary import words
from mailmerge.model import RecordTable
from mailmerge.text.folding import fold, identifier

VOCABULARY = words(
    "nom prenom name firstname lastname fname lname forename surname fullname your votre civilite titre title poste "
    "fonction job position date entreprise societe company adresse address addressblock bloc email mail telephone "
    "phone reference ref signature recruteur recruiter ville city completer insert insere inserer placeholder motif "
    "lieu heure greetingline mergefield unsubscribe"
)
"""First words of what other programs call their placeholders, folded."""
_PHRASES = frozenset({"first name", "last name", "full name", "given name", "family name"})


class Names(Struct, frozen=True):
    """What can be meant by a name."""

    fields: frozenset[str]
    """Columns of the table, folded and without blanks."""
    identifiers: frozenset[str]

    @classmethod
    def of(cls, table: RecordTable) -> Names:
        """The columns of a table, by their headers and identifiers."""
        called = [*table.names, *(field.header for field in table.fields)]
        return cls(frozenset(filter(None, map(_compact, called))), frozenset(table.names))

    def is_field(self, name: str) -> bool:
        """Whether a column is called so."""
        return _compact(name) in self.fields

    def is_usual(self, name: str, *, alone: bool = False) -> bool:
        """Whether other programs have a placeholder that begins so; ``alone`` for one word."""
        folded = fold(name.replace("_", " "))
        first, blank, _rest = folded.partition(" ")
        return folded in _PHRASES or (first in VOCABULARY and not (alone and blank and "_" not in name))


def _compact(name: str) -> str:
    return fold(name.replace("_", " ")).replace(" ", "")


def meant_field(name: str, names: Names) -> str:
    """The identifier of the column that a name means; ``""`` where none resembles it, or it is made of two."""
    import difflib

    exact = identifier(name)
    if exact in names.identifiers:
        return exact
    said = _compact(name)
    by_compact = {_compact(each): each for each in names.identifiers}
    if any(said.startswith(one) and said[len(one) :] in by_compact for one in by_compact if one):
        return ""  # "Prénom Nom" may be who signs
    near = difflib.get_close_matches(said, by_compact) if name else []
    return by_compact[near[0]] if near else ""
