"""How a person's name is written: in any order, with and without particles, titles, accents and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from mailmerge.lint.identities.joints import LINK
from mailmerge.lint.vocabulary import FAMILY, NICKNAMES, OTHERS, words
from mailmerge.model import Record, RecordTable
from mailmerge.records.columns.names import choose_names
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

LONGEST = 8
"""Words of a name at most."""
SHORTEST = 4
"""Letters of a full name at least."""

NOBLE = words("de du des d da do dos das di del della dei van von der den ter ten zu zum zur")
"""Particles that are left out of a surname in many lists."""
_ARTICLES = words("el al la las los le les")
"""Those beside the particles that are left out with them, or by themselves: de la Fuente, El Amrani."""
PARTICLES = words("al d da de del della des di dos du el l la le les n o san st van von")
"""Words that a surname can begin with, and that are everywhere in a text."""
_JOINABLE_WORDS = words(
    "abd abdel abu ait bel ben bin bon bou ibn mac mc oul ould saint santa anne ana grand beau jean juan hans karl "
    "klaus maria marie petit pierre jose luis"
)
_JOINABLE = tuple(PARTICLES | _JOINABLE_WORDS)
"""Beginnings that are written apart from the rest of a name, or together with it."""
_BRACKETED = regex(r"[(\[{][^)\]}]*[)\]}]?")
_NICKNAME = regex(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
_CALLED = regex(r"[(\[]([^\W\d_]+(?:[-'’ ][^\W\d_]+)?)[)\]]")
"""How somebody is called, in brackets behind the first name: Robert (Bob)."""
_AFTER_DASH = regex(r"\s+[-/]\s.*$")
_ODD = regex(r"[(\[{\"“«,/]|\s-\s")
"""What only a cell with more in it than a name has."""
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"}
_HAS_UMLAUT = regex("[äöüåøÄÖÜÅØ]")
_MAY_BE_UMLAUT = regex("[aou]")
_DIGRAPH = regex("([aou])e|aa")
_LONGEST_PARTICLE = 3
_SAINTS = {"saint": "st", "sainte": "ste", "st": "saint", "ste": "sainte"}
_LETTERS = regex(r"[^\W\d_]+")
_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

Words = list[str]


_SAMPLE = 200
"""Rows by which the columns of names are known."""


class NameForm(NamedTuple):
    """One way to write a full name."""

    words: tuple[str, ...]
    """Folded, in this order."""
    key: str
    """The same for every form of this name."""
    surname: str
    """The letters of the surname where it comes first; ``""`` where it does not, or nobody knows."""


def name_forms(table: RecordTable, record: Record) -> list[NameForm]:
    """Every way to write the full names of a record, those at birth too; each once, and none of less than two words."""
    forms: dict[str, NameForm] = {}
    for first, last, key in _pairs(table, record):
        for said, surname in _orders(first, last):
            letters = "".join(said)
            if 2 <= len(said) <= LONGEST and len(letters) >= SHORTEST and letters not in forms:
                forms[letters] = NameForm(tuple(said), key, surname)
    return list(forms.values())


def as_known(table: RecordTable) -> RecordTable:
    """The same table with further names of its people: what they are called beside their first names.

    And, where the addresses are their parents' or somebody else's, their own, which To does not show.
    """
    columns = table.columns
    if not columns.names and columns.email:
        rows = [record.values for record in table.records[:: len(table.records) // _SAMPLE + 1]]
        found = choose_names(table.fields, rows, "", columns.emails).columns
        columns = replace(found, email=columns.email, other_emails=columns.other_emails, title=columns.title)
    said = ((field.name, set(fold(field.header).split())) for field in table.fields)
    names = (name for name, words in said if words & NICKNAMES and not words & (OTHERS | FAMILY))
    further = tuple(name for name in names if name not in columns.names)
    if further:
        columns = replace(columns, other_first_names=(*columns.other_first_names, *further))
    return table if columns is table.columns else replace(table, columns=columns)


def name_parts(table: RecordTable, record: Record) -> set[str]:
    """The letters of each cell that holds a name of the record, or a part of one, as it is printed."""
    parts: set[str] = set()
    for name in table.columns.names:
        if value := table.value(record, name):
            parts.update("".join(words) for words in (words_of(value), *_readings(value)) if words)
    return parts


def words_of(text: str) -> Words:
    """The folded words of a text, titles left out."""
    words = fold(normalise(text)).split()
    return words if TITLES.isdisjoint(words) else [word for word in words if word not in TITLES]


def first_words(form: NameForm) -> Iterator[str]:
    """How a form may begin, however it is cut into words: Benslimane, Ben; a particle with the word after it."""
    words = form.words
    yield "".join(words)
    yield from _cuts(words)
    if len(words) > 2:
        yield words[0] + words[1]


def _cuts(words: Sequence[str]) -> Iterator[str]:
    first = words[0]
    if first not in PARTICLES and len(first) > 1:
        yield first
    elif len(words) > 1:
        seconds = [words[1], *_beginnings(words[1])]
        if len(words) > 2:
            seconds.append(words[1] + words[2])
        yield from (f"{first} {second}" for second in seconds)
    for beginning in _beginnings(first):
        yield from _cuts((beginning, first[len(beginning) :])) if beginning in PARTICLES else (beginning,)


@lru_cache(maxsize=4096)
def _beginnings(word: str) -> list[str]:
    """Pieces that a word may begin with, if they are written apart."""
    if not word.startswith(_JOINABLE):
        return []
    return [piece for piece in _JOINABLE if word.startswith(piece) and len(word) >= len(piece) + 3]


def _pairs(table: RecordTable, record: Record) -> Iterator[tuple[Words, Words, str]]:
    """First and last names, as many as the record has, with the key of each; no first name where it is not known."""
    firsts = [words for name in table.first_names for words in _given(table.value(record, name))]
    lasts = [words for name in table.last_names for words in _readings(table.value(record, name))]
    if table.columns.surname_prefix and (prefix := words_of(table.value(record, table.columns.surname_prefix))):
        lasts = [*([*prefix, *last] for last in lasts), *lasts]
    wholes = [value for name in table.full_names if (value := table.value(record, name))]
    splits = [split for whole in wholes for split in _split(whole)]
    if splits and not firsts and lasts:
        words = splits[0][0] + splits[0][1]
        firsts = [words[:1], words[-1:]]  # "Zoé Martin" or "Martin Zoé"
    pairs = splits + [(first, last) for first in firsts for last in lasts]
    for first, last in pairs:
        key = " ".join(sorted(first + last))
        yield first, last, key
        for variant in _respelt(first, last, table, record):
            yield (*variant, key)


def _given(cell: str) -> Iterator[Words]:
    """A first name; of several, the first alone as well."""
    for given in _readings(cell):
        yield given
        if len(given) > 1 and " " in cell.strip() and "-" not in cell and len(given[0]) > 2:
            yield given[:1]
        if len(given) > 1 and len(given[-1]) == 1:
            yield [word for word in given if len(word) > 1] or given
    for called in _CALLED.findall(cell):
        if called.istitle() and (words := words_of(called)):
            yield words


@lru_cache(maxsize=4096)
def _readings(cell: str) -> tuple[Words, ...]:
    """The names in one cell: without remarks, and the one at birth apart; most first names are those of several."""
    return tuple(_read(cell))


def _read(cell: str) -> Iterator[Words]:
    if not cell:
        return
    if not _ODD.search(cell) and not (" " in cell and LINK.search(cell)):
        if words := words_of(cell):
            yield words
        return
    pieces = LINK.split(normalise(cell))
    for piece in pieces:
        for name in (_NICKNAME.sub(" ", piece), *_NICKNAME.findall(piece)):
            if words := words_of(_without_remark(name)):
                yield words


def _without_remark(name: str) -> str:
    """A name without what is in brackets, after a dash, or in small letters after a comma."""
    name = _AFTER_DASH.sub("", _BRACKETED.sub(" ", name))
    before, _comma, after = name.partition(",")
    return before if after.strip()[:1].islower() else name


def _split(cell: str) -> Iterator[tuple[Words, Words]]:
    """First and last name of a cell with both: by capitals, by a comma, or else all of it as one."""
    text = normalise(cell)
    married = LINK.split(text)
    head = _without_remark(_NICKNAME.sub(" ", married[0])).strip(" ,;-")
    births = [_without_remark(name) for name in married[1:]]
    before, comma, after = head.partition(",")
    if comma and words_of(after):
        first, last = words_of(after), words_of(before)
    else:
        first, last = _by_capitals(head)
    if not first and len(births) == 1:  # MOREAU ép. PETIT Anaïs
        first, birth = _by_capitals(births[0])
        births = [" ".join(birth)] if first else births
    if not first and not last:
        return
    yield first, last
    for birth in map(words_of, births):
        given = first if last and first else (last or first)[:1]
        if birth:
            yield (given, birth) if set(given) - set(birth) else ([], birth)
    if len(first) > 1 and last and " " in head and len(first[0]) > 2 and f"{first[0]}-" not in head.casefold():
        yield first[:1], last


def _by_capitals(name: str) -> tuple[Words, Words]:
    """LE GALL Jean-Pierre: what is in capitals is the surname; all of it as one where that does not tell."""
    words = [word for word in _WORD.findall(name) if fold(word) not in TITLES]
    upper = [len(word) > 1 and word.isupper() for word in words]
    if not any(upper) or all(upper):
        return [], words_of(name)
    start = upper.index(True)
    end = len(upper) - upper[::-1].index(True)
    if not all(upper[start:end]):
        return [], words_of(name)
    while start and fold(words[start - 1]) in NOBLE and words[start - 1].islower():
        start -= 1
    return words_of(" ".join(words[:start] + words[end:])), words_of(" ".join(words[start:end]))


def _orders(first: Words, last: Words) -> Iterator[tuple[Words, str]]:
    """The ways to put first and last name together, and the letters of the surname where it is first."""
    if not first:  # nobody knows where one ends: any rotation
        yield last, ""
        for cut in range(1, len(last)):
            yield last[cut:] + last[:cut], "".join(last[cut:])
        return
    yield first + last, ""
    surname = "".join(last)
    yield last + first, surname
    if last[0] in NOBLE or last[0] in _ARTICLES:
        particles = next((at for at, word in enumerate(last) if word not in NOBLE and word not in _ARTICLES), 0)
        core = last[particles:]
        if particles and len("".join(core)) >= 3:
            yield first + core, ""
            yield core + first, "".join(core)
            yield core + first + last[:particles], "".join(core)


def _respelt(first: Words, last: Words, table: RecordTable, record: Record) -> Iterator[tuple[Words, Words]]:
    """The same name with Juergen for Jürgen, and the other way round; and Diaye for N'Diaye."""
    letters = "".join((*first, *last))
    cells = "" if letters.isascii() and not _MAY_BE_UMLAUT.search(letters) else _cells(table, record)
    if cells and not cells.isascii() and _HAS_UMLAUT.search(cells):
        spelt = {
            fold(word): fold("".join(_UMLAUTS.get(letter, letter) for letter in normalise(word).casefold()))
            for word in _LETTERS.findall(cells)
        }
        yield [spelt.get(word, word) for word in first], [spelt.get(word, word) for word in last]
    yield from _shortened(first, last)
    if not _SAINTS.keys().isdisjoint(last):
        yield first, [_SAINTS.get(word, word) for word in last]
    if any(word.startswith(("mc", "mac")) for word in last):
        yield first, [_with_other_mac(word) for word in last]
    if len(last) == 2 and _are_two_surnames(last) and "-" not in _cells(table, record):
        yield first, last[:1]  # José García Pérez is called José García
    if any(len(word) == 1 for word in last):
        yield first, [word for word in last if len(word) > 1] or last
    if _DIGRAPH.search(letters):
        yield _without_digraphs(first), _without_digraphs(last)


def _are_two_surnames(last: Words) -> bool:
    return min(map(len, last)) > _LONGEST_PARTICLE and _JOINABLE_WORDS.isdisjoint(last)


def _with_other_mac(word: str) -> str:
    """MacKenna for McKenna, and the other way round."""
    if word.startswith("mac"):
        return f"mc{word[3:]}" if len(word) > len("mac") + 3 else word
    return f"mac{word[2:]}" if word.startswith("mc") else word


def _shortened(first: Words, last: Words) -> Iterator[tuple[Words, Words]]:
    """The same name with an initial in place of a particle or a further name: Karim B. Slimane, Anna v. d. Berg."""
    initials = [word[0] for word in last]
    for at in range(len(last) - 1):
        yield first, [*last[:at], initials[at], *last[at + 1 :]]
    if len(last) > 2:
        yield first, [*initials[:-1], last[-1]]
    for at in range(len(first)) if len(first) > 1 else ():
        yield [*first[:at], first[at][0], *first[at + 1 :]], last


def _cells(table: RecordTable, record: Record) -> str:
    return " ".join(table.value(record, name) for name in table.columns.names)


def _without_digraphs(words: Sequence[str]) -> Words:
    return [_DIGRAPH.sub(lambda pair: pair[1] or "a", word) for word in words]
