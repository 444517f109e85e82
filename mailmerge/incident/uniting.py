"""The mails of a leak united: each person once, with what was to be seen of them, and who could read which mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mailmerge.incident.exposure import Audience
from mailmerge.incident.lists import Row, rows_of
from mailmerge.incident.mail import HeaderField, Mail, Party
from mailmerge.incident.people import Leak, NamedPerson, Sent
from mailmerge.incident.quoted import InText, people_in_text, text_of
from mailmerge.incident.read.copies import is_reply, without_reply
from mailmerge.incident.revealing import ShownDetail, is_telling
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold


def leak_of(mails: Iterable[Mail]) -> Leak:
    """Unite the mails of a leak; notices of non-delivery among them are none of its mails."""
    found = _Uniting([mail for mail in mails if not mail.failed])
    found.unite()
    return found.leak


class _Uniting:
    def __init__(self, mails: Sequence[Mail]):
        self.leak = Leak()
        self._mails = mails
        self._by_key: dict[str, NamedPerson] = {}
        self._by_name: dict[str, NamedPerson] = {}
        self._audiences: dict[str, tuple[set[int], set[int]]] = {}
        self._answers = _answers(mails)
        self._quoted: list[InText] = []
        """Whom the leak went to, where nothing is left of it but what an answer or a forwarded mail quotes."""
        self._ours = {key for number, mail in enumerate(mails) if number not in self._answers for key in _senders(mail)}
        if mails and len(self._answers) == len(mails):
            self._read_quoted()
        self._domains = {key.rpartition("@")[2] for key in self._ours if is_telling(key.rpartition("@")[2])}

    def _read_quoted(self) -> None:
        """The last mail that is quoted is the leak: who wrote it sent it, and whom it names got it."""
        texts = [each for mail in self._mails for each in people_in_text(text_of(mail))]
        writers = [same_mailbox_key(each.party.address) for each in texts if each.wrote]
        self._ours = set(writers[-1:])
        self._quoted = [each for each in texts if each.shown is ShownDetail.QUOTED and not each.wrote]

    def unite(self) -> None:
        for number, mail in enumerate(self._mails):
            self._read(mail, f"#{number}", is_answer=number in self._answers)
        quoted = {number for each in self._quoted for number in self._seen(each.party, ShownDetail.QUOTED)}
        if quoted:
            self._audiences["quoted"] = (quoted, quoted)
        self.leak.audiences = [Audience(frozenset(r), frozenset(s)) for r, s in self._audiences.values()]
        self.leak.house = sum(person.employer in self._domains for person in self.leak.people)

    def _read(self, mail: Mail, otherwise: str, *, is_answer: bool) -> None:
        """Who got a mail, and who is to be seen in it; mails of the sender that are attached to it were sent, too."""
        readers, shown = self._audiences.setdefault(mail.message_id or otherwise, (set(), set()))
        for party in mail.recipients:
            person = self._person(party)
            if person is not None:
                readers.add(person.number)
                if party.field is not HeaderField.BCC:
                    shown |= self._show(person, party)
        writer = self._person(mail.sender[0]) if is_answer and mail.sender else None
        if writer is not None:
            shown |= self._show(writer, mail.sender[0])
            if readers - {writer.number}:
                writer.shown.add(ShownDetail.WORDS)
                writer.answered.append(mail.sent)
            readers.add(writer.number)
        shown |= self._inside(mail)
        self._note(mail, writer)
        for number, inner in enumerate(_attached(mail)):
            if not self._ours.isdisjoint(_senders(inner)):
                self._read(inner, f"{otherwise}.{number}", is_answer=False)

    def _note(self, mail: Mail, writer: NamedPerson | None) -> None:
        self.leak.remarks += mail.remarks
        if writer is None:
            self.leak.mails.append(mail)
        known = {each.message_id for each in self.leak.sent}
        if mail.message_id:
            self.leak.ids.add(mail.message_id)
            if mail.message_id in known:
                return
        if writer is None or writer.answered:
            fields = {each: sum(party.field is each for party in mail.recipients) for each in HeaderField}
            by = writer.number if writer else 0
            self.leak.sent.append(
                Sent(mail.message_id, mail.sent, writer is not None, by, fields, len(mail.files), mail.sender_copy)
            )

    def _inside(self, mail: Mail) -> set[int]:
        """The people in the text of a mail, in its files, and in mails that are attached to it."""
        found: set[int] = set()
        for each in people_in_text(text_of(mail)):
            if not self._is_senders_own(each.party):
                found |= self._seen(each.party, each.shown)
        for file in mail.files:
            for row in rows_of(file):
                if isinstance(row, Row):
                    found |= self._seen(row.party, ShownDetail.ROW, row.headers)
                else:
                    self.leak.remarks.append(row)
        for inner in mail.inner:
            for party in (*inner.sender, *inner.recipients):
                if not self._is_senders_own(party):
                    found |= self._seen(party, ShownDetail.QUOTED)
            found |= self._inside(inner)
        return found

    def _is_senders_own(self, party: Party) -> bool:
        """Whether an address in a text is of the sender's house, and of nobody who got the mail."""
        key = same_mailbox_key(party.address)
        return key.rpartition("@")[2] in self._domains and key not in self._by_key

    def _seen(self, party: Party, shown: ShownDetail, headers: Sequence[str] = ()) -> set[int]:
        person = self._person(party)
        if person is None:
            return set()
        person.shown.add(shown)
        person.columns.update(dict.fromkeys(headers))
        return self._show(person, party)

    def _show(self, person: NamedPerson, party: Party) -> set[int]:
        person.shown |= {ShownDetail.NAME} if party.name else set()
        person.shown |= {ShownDetail.ADDRESS} if party.address else set()
        return {person.number}

    def _person(self, party: Party) -> NamedPerson | None:
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

    def _new(self, party: Party) -> NamedPerson:
        person = NamedPerson(len(self.leak.people) + 1, name=party.name)
        self.leak.people.append(person)
        if party.name:
            self._by_name.setdefault(fold(party.name), person)
        return person


def _answers(mails: Sequence[Mail]) -> frozenset[int]:
    """Which of the mails answer others: by what they refer to, or by their subject and another sender.

    Where only one is left of a thread, it is an answer if it quotes a mail to several people.
    """
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
    if not found and all(is_reply(mail.subject) and _quotes_a_list(mail) for mail in mails):
        return frozenset(range(len(mails)))
    return frozenset(found)


def _quotes_a_list(mail: Mail) -> bool:
    quoted = (each for each in people_in_text(text_of(mail)) if each.shown is ShownDetail.QUOTED and not each.wrote)
    return len({same_mailbox_key(each.party.address) for each in quoted}) > 1


def _attached(mail: Mail) -> Iterator[Mail]:
    for inner in mail.inner:
        yield inner
        yield from _attached(inner)


def _senders(mail: Mail) -> set[str]:
    return {same_mailbox_key(party.address) for party in mail.sender if party.address}


def _sender(mail: Mail) -> str:
    return next((same_mailbox_key(party.address) for party in mail.sender if party.address), "")
