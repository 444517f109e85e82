"""The people of a leak: united over all copies, each once, with what was to be seen of them and by whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mailmerge.addresses import same_mailbox_key
from mailmerge.incident.exposure import Audience
from mailmerge.incident.lists import Row, rows_of
from mailmerge.incident.mail import Field, Mail, Party, Remark
from mailmerge.incident.quoted import people_in_text, text_of
from mailmerge.incident.read.copies import is_reply, without_reply
from mailmerge.incident.revealing import Shown, is_telling, revealed_by
from mailmerge.lint.vocabulary import words
from mailmerge.text import fold
from mailmerge.titles import TITLES

_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*(?: [^\W\d_](?:[^\W\d_]|['’.-])*){1,4}")
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
class Person:
    """Somebody whom a copy names."""

    number: int
    """Counts from 1, in the order in which the copies name them."""
    addresses: list[str] = field(default_factory=list)
    name: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    shown: set[Shown] = field(default_factory=set)
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

    @property
    def employer(self) -> str:
        """The domain of an address that tells for whom they work; ``""`` for none."""
        return next((d for each in self.addresses if is_telling(d := each.rpartition("@")[2].casefold())), "")


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail of the leak, as facts."""

    source: str
    at: datetime.datetime | None
    answer: bool
    by: int
    """The number of the person who answered; 0 for the sender of the leak."""
    fields: dict[Field, int]
    files: int
    sender_copy: bool


@dataclass
class Leak:
    """Everything that the copies show."""

    people: list[Person] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """The Message-IDs of the mails."""
    mails: list[Mail] = field(default_factory=list)
    """The leaked mails, without the answers."""
    house: int = 0
    """How many of the people are at the domain of whoever sent it, if few people can be there."""


def leak_of(mails: Iterable[Mail]) -> Leak:
    """Unite the mails of a leak; notices of non-delivery among them are none of its mails."""
    found = _Uniting([mail for mail in mails if not mail.failed])
    found.unite()
    return found.leak


class _Uniting:
    def __init__(self, mails: list[Mail]):
        self.leak = Leak()
        self._mails = mails
        self._by_key: dict[str, Person] = {}
        self._by_name: dict[str, Person] = {}
        self._answers = _answers(mails)
        self._ours = {
            same_mailbox_key(party.address)
            for number, mail in enumerate(mails)
            if number not in self._answers
            for party in mail.sender
            if party.address
        }
        if len(self._answers) == len(mails):  # the answer of somebody is all there is: its quoted mail says who sent it
            texts = (each for mail in mails for each in people_in_text(text_of(mail)))
            self._ours = {same_mailbox_key(each.party.address) for each in texts if each.wrote}
            self._ours -= {same_mailbox_key(party.address) for mail in mails for party in mail.sender}
        self._domains = {key.rpartition("@")[2] for key in self._ours if is_telling(key.rpartition("@")[2])}

    def unite(self) -> None:
        audiences: dict[str, tuple[set[int], set[int]]] = {}
        for number, mail in enumerate(self._mails):
            answer = number in self._answers
            readers, shown = audiences.setdefault(mail.message_id or f"#{number}", (set(), set()))
            by = 0
            for party in mail.recipients:
                person = self._person(party)
                if person is None:
                    continue
                readers.add(person.number)
                if party.field is not Field.BCC:
                    shown.add(person.number)
                    person.shown |= {Shown.ADDRESS} if party.address else set()
                    person.shown |= {Shown.NAME} if party.name else set()
            if answer:
                for writer in filter(None, map(self._person, mail.sender[:1])):
                    by = writer.number
                    readers.add(by)
                    shown.add(by)
                    writer.shown |= {Shown.ADDRESS, Shown.WORDS}
                    writer.answered.append(mail.sent)
            shown |= self._inside(mail)
            self._note(mail, answer=answer, by=by)
        self.leak.audiences = [Audience(frozenset(r), frozenset(s)) for r, s in audiences.values()]
        self.leak.house = sum(person.employer in self._domains for person in self.leak.people)
        for person in self.leak.people:
            for address in person.addresses:
                person.shown |= set(revealed_by(address, (person.name, person.first_name, person.last_name)))

    def _note(self, mail: Mail, *, answer: bool, by: int) -> None:
        fields = {each: sum(party.field is each for party in mail.recipients) for each in Field}
        same = [each for each in self.leak.sent if mail.message_id and each.source == mail.message_id]
        self.leak.remarks += mail.remarks
        if mail.message_id:
            self.leak.ids.add(mail.message_id)
        if not answer:
            self.leak.mails.append(mail)
        if not same:
            self.leak.sent.append(
                Sent(mail.message_id, mail.sent, answer, by, fields, len(mail.files), mail.sender_copy)
            )

    def _inside(self, mail: Mail) -> set[int]:
        """The people in the text of a mail, in its files, and in mails that are attached to it."""
        found: set[int] = set()
        for each in people_in_text(text_of(mail)):
            found |= self._seen(each.party, each.shown, house_too=False)
        for file in mail.files:
            for row in rows_of(file):
                if isinstance(row, Row):
                    found |= self._seen(row.party, Shown.ROW, row.headers)
                else:
                    self.leak.remarks.append(row)
        for inner in mail.inner:
            for party in (*inner.sender, *inner.recipients):
                found |= self._seen(party, Shown.QUOTED, house_too=False)
            found |= self._inside(inner)
        return found

    def _seen(self, party: Party, shown: Shown, headers: tuple[str, ...] = (), *, house_too: bool = True) -> set[int]:
        of_the_house = party.address.rpartition("@")[2].casefold() in self._domains
        if of_the_house and not house_too and same_mailbox_key(party.address) not in self._by_key:
            return set()
        person = self._person(party)
        if person is None:
            return set()
        person.shown.add(shown)
        person.shown |= {Shown.NAME} if party.name else set()
        person.shown |= {Shown.ADDRESS} if party.address else set()
        person.columns.update(dict.fromkeys(headers))
        return {person.number}

    def _person(self, party: Party) -> Person | None:
        """Who this is; None for whoever sent the leak."""
        if not party.address:
            return self._by_name.get(fold(party.name)) or self._new(party)
        key = same_mailbox_key(party.address)
        if key in self._ours:
            return None
        person = self._by_key.get(key)
        if person is None:
            named = self._by_name.get(fold(party.name)) if party.name else None
            person = named if named and not named.addresses else self._new(party)
            person.addresses.append(party.address)
            self._by_key[key] = person
        if party.name and not person.name:
            person.name = party.name
            self._by_name.setdefault(fold(party.name), person)
        return person

    def _new(self, party: Party) -> Person:
        person = Person(len(self.leak.people) + 1, name=party.name)
        self.leak.people.append(person)
        if party.name:
            self._by_name.setdefault(fold(party.name), person)
        return person


def _answers(mails: list[Mail]) -> frozenset[int]:
    """Which of the mails answer others: by what they refer to, or by their subject and another sender."""
    ids = {mail.message_id for mail in mails if mail.message_id}
    letters = [(fold(mail.subject), _sender(mail)) for mail in mails]
    found = set()
    for number, mail in enumerate(mails):
        refers = not ids.isdisjoint(each for each in mail.references if each != mail.message_id)
        plain = fold(without_reply(mail.subject))
        by_subject = is_reply(mail.subject) and any(
            subject == plain and sender != _sender(mail) for subject, sender in letters
        )
        if refers or by_subject:
            found.add(number)
    if not found and mails and all(is_reply(mail.subject) and mail.references for mail in mails):
        return frozenset(range(len(mails)))
    return frozenset(found)


def _sender(mail: Mail) -> str:
    return next((same_mailbox_key(party.address) for party in mail.sender if party.address), "")
