"""Who can be recognised in a text: one index over the names, addresses, numbers and references of all people.

A text is normalised once and searched fast; what looks like somebody's is then read closely, with one's own names in
mind. An identity belongs to the *set* of records that carry it: a homonym, or a couple's landline, accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from mailmerge.lint.identities.details import Births, DetailFound, Homes, Profiles
from mailmerge.lint.identities.doubt.evidence import is_covered, is_meant, resolved
from mailmerge.lint.identities.forms.couples import couples_in, may_be_couples
from mailmerge.lint.identities.forms.declined import Declined
from mailmerge.lint.identities.forms.linked import linked_in, parted_in
from mailmerge.lint.identities.forms.lists import may_have_rows, rows_in
from mailmerge.lint.identities.forms.mononyms import mononyms_of
from mailmerge.lint.identities.forms.spoken import Spoken
from mailmerge.lint.identities.joints import may_link, number_words_in
from mailmerge.lint.identities.letters import Letters, Owners, WordRun, is_code, numbers, own
from mailmerge.lint.identities.names import PARTICLES, NameForm, as_known, first_words, name_forms, name_parts
from mailmerge.lint.identities.numbers import NumberFound, NumberKind, Numbers, compact
from mailmerge.lint.identities.own import Own
from mailmerge.lint.identities.reading import Reading, Token, plain_words
from mailmerge.lint.identities.rows.columns import STRONG, IdentityKind, column_kinds
from mailmerge.lint.identities.rows.relatives import relatives_of
from mailmerge.lint.identities.what import Hit, What
from mailmerge.model import Bystanders, Record, RecordTable
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.folding import fold, normalise

__all__ = ["Hit", "Identities", "What"]

_WHAT_NUMBER = {
    NumberKind.PHONE: What.PHONE,
    NumberKind.NIR: What.NIR,
    NumberKind.REFERENCE: What.REFERENCE,
    NumberKind.NUMBER: What.NUMBER,
}
_SHORTEST_CODE = 4
_MOST_SPELT = 5
"""Letters of a reference that people write apart."""
_LONGEST_GROUP = 60
"""Letters and digits of a group of a reference that begins like a name; a cell may have swallowed half a table."""
_MOST_AT_ONE_PHONE = 4
"""People of one household."""


class Identities:
    """The index over one table."""

    def __init__(self, table: RecordTable, bystanders: Sequence[Bystanders] = (), languages: Sequence[str] = ()):
        self._table = table = as_known(table)
        self.languages = languages
        """Those of the letters, as names have endings in some."""
        self._beside: list[tuple[Bystanders, Record, dict[str, IdentityKind]]] = []
        """Who is not in the table; they are numbered after its records."""
        self._kinds = column_kinds(table)
        self._letters = Letters()
        """Names, and references that are not of digits alone."""
        self._ibans: set[str] = set()
        self._surnames: dict[str, Owners] = {}
        self._first_names: set[str] = set()
        self._addresses: dict[str, Owners] = {}
        self._numbers = Numbers()
        self._homes, self._births = Homes(), Births()
        self._profiles, self._personal_links = Profiles(), Profiles()
        positions = [
            (table.names.index(name), kind, kind is not IdentityKind.ADDRESS or name in table.columns.emails)
            for name, kind in self._kinds.items()
        ]
        for record in table.records:
            self._enter_names(table, record, record.number)
            for position, kind, main in positions:
                if main and (value := record.values[position]):
                    self._enter(value, kind, record.number)
        further = [(position, kind) for position, kind, main in positions if not main]
        for record in table.records if further else ():  # a further address may be another row's by mistake
            for position, kind in further:
                if value := record.values[position]:
                    self._enter(value, kind, record.number, main=False)
        self._enter_relatives()
        for group in bystanders:
            self._enter_bystanders(group)

    def _enter_names(self, table: RecordTable, record: Record, number: int) -> None:
        forms = name_forms(table, record)
        for form in forms:
            self._letters.add("".join(form.words), number, first_words(form))
        if forms:
            surnames = {form.surname for form in forms if form.surname} or {forms[0].words[-1]}
            for surname in surnames:
                own(self._surnames, surname, number)
        for name in table.first_names:
            if value := table.value(record, name):
                self._first_names.add(fold(value).replace(" ", ""))

    def _enter_relatives(self) -> None:
        """The names of those who belong to somebody; who has a row of their own only where each names the other."""
        found = [(number, said, "".join(said)) for number, said in relatives_of(self._table)]
        of_rows = {letters: owners for _number, _said, letters in found if (owners := self._letters.owners(letters))}
        named: dict[int, set[int]] = {}
        for number, _said, letters in found:
            named.setdefault(number, set()).update(of_rows.get(letters, ()))
        for number, said, letters in found:
            if letters not in of_rows:
                self._letters.add(letters, number, first_words(NameForm(tuple(said), letters, "")))
        couples = {
            (number, owner) for number, owners in named.items() for owner in owners if number in named.get(owner, ())
        }
        for number, owner in sorted(couples):
            for form in self.forms(owner):
                self._letters.add("".join(form.words), number, first_words(form))

    def _enter_bystanders(self, group: Bystanders) -> None:
        """Everybody of a sheet, or of hidden rows; whoever is in the table as well is that person."""
        table = group.table
        kinds = column_kinds(table) if group.sheet else {**column_kinds(table), **self._kinds}
        kinds = {name: kind for name, kind in kinds.items() if name in table.names}
        if group.sheet:  # what is merely different in each of its rows may be anything
            kinds = {name: kind for name, kind in kinds.items() if kind in STRONG}
        for record in table.records:
            self._beside.append((group, record, kinds))
            number = len(self._table.records) + len(self._beside)
            known = self._known_as(table, record, kinds)
            if not known:
                self._enter_names(table, record, number)
            for name, kind in kinds.items():
                if not (value := table.value(record, name)):
                    continue
                for owner in known or (number,):
                    if kind is not IdentityKind.ADDRESS or not known:
                        self._enter(value, kind, owner)
                if kind is IdentityKind.ADDRESS and known:  # a namesake's, unless it is known already
                    self._enter(value, kind, number, main=False)

    def _known_as(self, table: RecordTable, record: Record, kinds: Mapping[str, IdentityKind]) -> tuple[int, ...]:
        """The records of the table that are the same person, by address or by name."""
        people = len(self._table.records)
        addresses = (table.value(record, name) for name, kind in kinds.items() if kind is IdentityKind.ADDRESS)
        found = [self.address_owners(same_mailbox_key(address)) for address in addresses if address]
        found += [self._letters.owners("".join(form.words)) for form in name_forms(table, record)]
        return next((owners for owners in found if owners and owners[0] <= people), ())

    @property
    def name_columns(self) -> tuple[str, ...]:
        """The fields with names of the people of the rows, be they pupils beside their parents' addresses."""
        return self._table.columns.names

    def name_of(self, number: int) -> str:
        """The folded name of a record of the table."""
        return fold(self._table.name_of(self._table.record(number)))

    def bystander(self, number: int) -> tuple[Bystanders, Record]:
        """Somebody who is not in the table."""
        group, record, _kinds = self._beside[number - len(self._table.records) - 1]
        return group, record

    def _row(self, number: int) -> tuple[RecordTable, Record, Mapping[str, IdentityKind]]:
        people = len(self._table.records)
        if number <= people:
            return self._table, self._table.record(number), self._kinds
        group, record, kinds = self._beside[number - people - 1]
        return group.table, record, kinds

    def _enter(self, value: str, kind: IdentityKind, number: int, *, main: bool = True) -> None:
        match kind:
            case IdentityKind.ADDRESS:
                plain = normalise(value)
                for start, end in find_addresses(plain):
                    key = same_mailbox_key(plain[start:end])
                    if main or key not in self._addresses:
                        own(self._addresses, key, number)
            case IdentityKind.PHONE:
                self._numbers.add_phone(value, number)
            case IdentityKind.NIR:
                nir = compact(value)
                for key in {nir, nir[:13]}:
                    if key.isdigit():
                        self._numbers.add(NumberKind.NIR, key, number)
                    else:
                        self._enter_code(value, number)
            case IdentityKind.HOME:
                self._homes.add(value, number)
            case IdentityKind.BIRTH:
                self._births.add(value, number)
            case IdentityKind.PROFILE:
                self._profiles.add(value, number)
            case IdentityKind.PERSONAL_LINK:
                self._personal_links.add(value, number)
            case _:
                digits = compact(value)
                if digits.isdigit():
                    known = NumberKind.NUMBER if kind is IdentityKind.NUMBER else NumberKind.REFERENCE
                    self._numbers.add(known, digits, number)
                else:
                    self._enter_code(value, number)
                    if kind is IdentityKind.IBAN:
                        self._ibans.add(digits.lower())

    def _enter_code(self, value: str, number: int) -> None:
        code = compact(value).lower()
        if len(code) >= _SHORTEST_CODE and is_code(code):
            self._letters.add(code, number, _beginnings(code, fold(normalise(value)).partition(" ")[0]))

    def strong_fields(self) -> dict[str, IdentityKind]:
        """The fields that hold a strong identity, by identifier."""
        return {name: kind for name, kind in self._kinds.items() if kind in STRONG}

    def address_owners(self, key: str) -> tuple[int, ...]:
        """The records whose mailbox this is (:func:`mailmerge.text.addresses.same_mailbox_key`)."""
        return numbers(self._addresses.get(key))

    def surname_owners(self, surname: str) -> tuple[int, ...]:
        """The records with this folded surname."""
        return numbers(self._surnames.get(surname.replace(" ", "")))

    def name_owners(self, letters: str) -> tuple[int, ...]:
        """The records whose full name has these letters."""
        return self._letters.owners(letters)

    def bearers(self, name: str) -> tuple[int, ...]:
        """The records with this folded first name or surname."""
        found = (*self._bearers_of_first_names.get(name, ()), *self.surname_owners(name))
        return tuple(sorted(set(found)))

    @cached_property
    def _bearers_of_first_names(self) -> dict[str, list[int]]:
        bearers: dict[str, list[int]] = {}
        for record in self._table.records:
            for name in self._table.first_names:
                if first := fold(self._table.value(record, name)):
                    bearers.setdefault(first, []).append(record.number)
        return bearers

    def is_first_name(self, letters: str) -> bool:
        """Whether the letters are a first name of the table."""
        return letters in self._first_names

    def is_name_word(self, letters: str) -> bool:
        """Whether the letters are a first name or a surname of the table."""
        return letters in self._first_names or letters in self._surnames

    def forms(self, number: int) -> list[NameForm]:
        """The ways to write a record's name."""
        table, record, _kinds = self._row(number)
        return name_forms(table, record)

    def own(self, record: Record, more: Iterable[str] = ()) -> Own:
        """What is a record's own; ``more`` are further fields with names of the same person."""
        return Own(record.number, lambda: self._own_letters(record, more))

    def _own_letters(self, record: Record, more: Iterable[str]) -> frozenset[str]:
        forms = name_forms(self._table, record)
        parts = name_parts(self._table, record)
        parts |= {"".join(form.words) for form in forms}
        own_words = {word for form in forms for word in form.words}
        cells = (plain_words(normalise(self._table.value(record, name))) for name in more)
        parts |= {"".join(words) for words in cells if not self._names_another(words, own_words, record.number)}
        for name, kind in self._kinds.items():
            if kind in (IdentityKind.REFERENCE, IdentityKind.IBAN, IdentityKind.NIR) and (
                value := self._table.value(record, name)
            ):
                parts.add(compact(value).lower())
        return frozenset(parts - {""})

    def _names_another(self, words: Sequence[str], own_words: set[str], number: int) -> bool:
        """Whether a cell names somebody else by words of which none is one's own: a couple shares a surname."""
        if own_words.issuperset(words):
            return False
        runs = (run for run in self._letters.find(words) if number not in self._letters.owners(run.letters))
        return any(own_words.isdisjoint(words[run.start : run.end]) for run in runs)

    def found_in(self, text: str | Reading, mine: Own | None = None) -> list[Hit]:
        """Every identity in a text that is not one's own, as far as somebody is given."""
        reading = Reading(text) if isinstance(text, str) else text
        hits = [hit for hit in self._addresses_in(reading) if mine is None or mine.number not in hit.owners]
        reading = reading.without_addresses()
        hits += (hit for hit in self._numbers_in(reading) if mine is None or mine.number not in hit.owners)
        hits += self._words_in(reading, mine)
        return hits

    def _addresses_in(self, reading: Reading) -> Iterator[Hit]:
        for start, end in reading.addresses:
            key = same_mailbox_key(reading.text[start:end])
            if key in self._addresses:
                yield Hit(What.ADDRESS, key, self.address_owners(key), *reading.excerpt(start, end))

    def _numbers_in(self, reading: Reading) -> Iterator[Hit]:
        for found in self._numbers.find(reading.text):
            what = _WHAT_NUMBER[found.kind]
            if what is not What.NUMBER and not self._is_of_many(found):
                key = found.key[:13] if what is What.NIR else found.key
                yield Hit(what, key, self._numbers.owners(found.key), *reading.excerpt(found.start, found.end))

    def _is_of_many(self, found: NumberFound) -> bool:
        """Whether a telephone number is in so many rows that it is a switchboard's, and nobody's."""
        owners = self._numbers.owners(found.key) if found.kind is NumberKind.PHONE else ()
        return len(owners) > max(_MOST_AT_ONE_PHONE, len(self._table.records) // 20)

    def _words_in(self, reading: Reading, mine: Own | None) -> list[Hit]:
        """Names and references, and addresses spelt in words."""
        text = reading.text
        words = reading.words
        number = mine.number if mine else 0
        hits: list[Hit] = []
        if self.is_suspect(words, mine) or self._spoken.may_be_in(words):
            hits += self._closely(reading, mine)
        elif left_out := frozenset(number_words_in(words)):
            rest = [word for at, word in enumerate(words) if at not in left_out]
            if self.is_suspect(rest, mine):
                hits += self._sequences(reading, reading.unnumbered, mine)
        if self._declined.languages:
            for run, start, end in self._declined.found_in(reading, words, mine):
                hit = self._hit(run)
                hits.append(Hit(hit.what, hit.key, hit.owners, *reading.excerpt(start, end)))
        apart = list(rows_in(self, text)) if may_have_rows(text) else []
        if may_be_couples(self, words, text):
            apart += couples_in(self, reading, mine)
        if may_link(words, text, self._letters.begins):
            apart += linked_in(self, text)
        apart += parted_in(self, text, words)
        seen = {hit.key for hit in hits}
        for each in apart:
            if each.key not in seen and number not in each.owners:
                seen.add(each.key)
                hits.append(Hit(What.NAME, each.key, each.owners, *reading.excerpt(each.start, each.end)))
        return hits

    def is_suspect(self, words: Sequence[str], mine: Own | None = None) -> bool:
        """Whether folded words may name somebody else; what lies within one's own names does not."""
        number = mine.number if mine else 0
        runs = [run for run in self._letters.find(words) if number not in self._letters.owners(run.letters)]
        if mine is None or not runs:
            return bool(runs)
        own = mine.spans_in(words)
        return not all(is_covered(run, own) for run in runs)

    def _closely(self, reading: Reading, mine: Own | None) -> Iterator[Hit]:
        number = mine.number if mine else 0
        found = self._sequences(reading, reading.tokens, mine)
        yield from found
        keys = {hit.key for hit in found}
        yield from (hit for hit in self._sequences(reading, reading.unnumbered, mine) if hit.key not in keys)
        for key, start, end in self._spoken.find(reading.tokens):
            if number not in self.address_owners(key):
                yield Hit(What.ADDRESS, key, self.address_owners(key), *reading.excerpt(start, end))

    def _sequences(self, reading: Reading, tokens: Sequence[Token], mine: Own | None) -> list[Hit]:
        """The names and references among some words of a text, as far as they are meant."""
        words = [token.word for token in tokens]
        number = mine.number if mine else 0
        runs = [run for run in self._letters.find(words) if is_meant(self, reading, tokens, run)]
        own = mine.spans_in(words) if mine and runs else []
        own += [(run.start, run.end) for run in runs if number in self._letters.owners(run.letters)]
        hits: list[Hit] = []
        for run in resolved(runs, own):
            hit = self._hit(run)
            start, end = tokens[run.start].start, tokens[run.end - 1].end
            hits.append(Hit(hit.what, hit.key, hit.owners, *reading.excerpt(start, end)))
        return hits

    def _hit(self, run: WordRun) -> Hit:
        owners = self._letters.owners(run.letters)
        if not is_code(run.letters):
            key = run.letters if run.end - run.start == 1 else self._key_of_name(run.letters, owners)
            return Hit(What.NAME, key, owners)
        if run.letters in self._ibans:
            return Hit(What.IBAN, run.letters.upper(), owners)
        return Hit(What.REFERENCE, self._key_of_code(run.letters, owners), owners)

    def _key_of_name(self, letters: str, owners: tuple[int, ...]) -> str:
        found = (form.key for form in self.forms(owners[0]) if "".join(form.words) == letters)
        return next(found, letters)

    def _key_of_code(self, letters: str, owners: tuple[int, ...]) -> str:
        table, record, kinds = self._row(owners[0])
        cells = [table.value(record, name) for name, kind in kinds.items() if kind in STRONG]
        return next((fold(cell) for cell in cells if compact(cell).lower() == letters), letters)

    def details_in(self, text: str, number: int) -> Iterator[Hit]:
        """What else is somebody's alone: a home, a date of birth, a profile, a number that may be anything."""
        if not self._has_details:
            return
        reading = Reading(text).without_addresses()
        found: list[tuple[What, DetailFound]] = [(What.BIRTH, each) for each in self._births.find(reading.text)]
        found += [(What.PROFILE, each) for each in self._profiles.find(reading.text)]
        found += [(What.PERSONAL_LINK, each) for each in self._personal_links.find(reading.text)]
        if self._has_homes and self._homes.may_be_in(plain_words(reading.text)):
            tokens = [(token.word, token.start, token.end) for token in reading.tokens]
            found += [(What.HOME, each) for each in self._homes.find(tokens)]
        found += [
            (What.NUMBER, DetailFound(each.key, each.start, each.end, self._numbers.owners(each.key)))
            for each in self._numbers.find(reading.text)
            if each.kind is NumberKind.NUMBER
        ]
        for what, each in found:
            if number not in each.owners:
                yield Hit(what, each.key, each.owners, *reading.excerpt(each.start, each.end))

    @cached_property
    def _has_details(self) -> bool:
        return self._numbers.has_short_ones or not STRONG.issuperset(self._kinds.values())

    @cached_property
    def _has_homes(self) -> bool:
        return IdentityKind.HOME in self._kinds.values()

    @cached_property
    def mononyms(self) -> dict[str, int]:
        """The records with one name, by that."""
        return mononyms_of(self._table)

    @cached_property
    def _declined(self) -> Declined:
        return Declined(self._letters, self.languages)

    @cached_property
    def _spoken(self) -> Spoken:
        return Spoken(self._addresses)


def _beginnings(code: str, first: str) -> Iterator[str]:
    """The words that a code may begin with: up to each change from letters to digits."""
    yield code
    changes = [at for at in range(1, min(len(code), 10)) if code[at].isdigit() != code[at - 1].isdigit()]
    spelt = changes[0] if changes and code[0].isalpha() else 1
    if 1 < spelt <= _MOST_SPELT:
        yield f"{code[0]} {code[1]}"  # R C 10412
    for piece in {first, code[:4], *(code[:at] for at in changes)} - {""}:
        if piece not in PARTICLES:
            yield piece
        else:
            rest = code[len(piece) :]
            yield from (f"{piece} {rest[:end]}" for end in range(1, min(len(rest), _LONGEST_GROUP) + 1))
