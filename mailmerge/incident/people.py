"""The people of a leak, and what the copies of it show of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from msgspec import Struct

from mailmerge.incident.exposure import Audience
from mailmerge.incident.mail import FileRemark, HeaderField, Mail
from mailmerge.incident.revealing import ShownDetail, is_telling, revealed_by
from mailmerge.lint.vocabulary import words
from mailmerge.text.addresses import domain_of
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

_REMARK = regex(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_NAME = regex(r"[^\W\d_](?:[^\W\d_]|['’.-])*(?: [^\W\d_](?:[^\W\d_]|['’.-])*){1,4}")
_NOT_PEOPLE = words(
    "service equipe team rh hr drh recrutement recruitment contact info direction secretariat accueil societe agence "
    "candidat candidate candidats candidates office company department"
)


def spoken_name(displayed: str) -> str:
    """A displayed name as one says it: ``Durand, Léa (EXT)`` is Léa Durand; ``""`` for what is no name of a person."""
    name = " ".join(_REMARK.sub(" ", displayed).split())
    if name.count(",") == 1:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    said = fold(name).split()
    if said and said[0] in TITLES:
        name, said = name.partition(" ")[2], said[1:]
    return name if _NAME.fullmatch(name) and _NOT_PEOPLE.isdisjoint(said) else ""


@dataclass
class NamedPerson:
    """Somebody whom a copy names."""

    number: int
    """Counts from 1, in the order in which the copies name them."""
    addresses: list[str] = field(default_factory=list)
    name: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    shown: set[ShownDetail] = field(default_factory=set)
    columns: dict[str, None] = field(default_factory=dict)
    """Headers of a leaked list under which there was something of theirs."""
    bounced: bool = False
    answered: list[datetime.datetime | None] = field(default_factory=list)
    """When they answered to everybody; None where the answer has no date."""

    @property
    def address(self) -> str:
        """The one to write to, ``""`` where none is known."""
        return self.addresses[0] if self.addresses else ""

    @property
    def full_name(self) -> str:
        """The name to greet somebody by, first name first; ``""`` where what is displayed is no name of a person."""
        if self.first_name and self.last_name:
            return f"{self.first_name} {self.last_name}"
        return spoken_name(self.name)

    def reveal(self) -> None:
        """Note what the addresses reveal, to whoever knows the name."""
        for address in self.addresses:
            self.shown |= set(revealed_by(address, (self.name, self.first_name, self.last_name)))

    @property
    def employer(self) -> str:
        """The domain of an address that tells for whom they work; ``""`` for none."""
        return next((d for each in self.addresses if is_telling(d := domain_of(each))), "")


class Sent(Struct, frozen=True):
    """One mail of the leak, as facts."""

    message_id: str
    at: datetime.datetime | None
    answer: bool
    by: int
    """The number of the person who answered; 0 for the sender of the leak."""
    fields: dict[HeaderField, int]
    files: int
    sender_copy: bool


@dataclass
class Leak:
    """Everything that the copies show."""

    people: list[NamedPerson] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    remarks: list[FileRemark] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """The Message-IDs of the mails."""
    mails: list[Mail] = field(default_factory=list)
    """The leaked mails, without the answers."""
    house: int = 0
    """How many of the people are at the domain of whoever sent it, if few people can be there."""
