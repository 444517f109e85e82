"""Where a text holds a name between the marks of another mail-merge program, or marks that have lost their name.

The marks are a pair of brackets, however many and with whatever signs inside them (``{$x}``, ``[[x]]``, ``<%= x %>``),
or one sign before and after (``%x%``, ``::x::``). Some are marks of nothing else; between the others the name must be
known: a column of the table, or a word that other programs use for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from mailmerge.lint.extract.as_read import ELEMENTS, VALUE, TextAsRead
from mailmerge.lint.rules.tpl.placeholder_names import Names
from mailmerge.lint.surroundings import before, line_after, line_before
from mailmerge.lint.vocabulary import words
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex
from mailmerge.text.titles import GREETINGS

_ABBREVIATIONS = words(
    "CDI CDD CTT RTT RGPD GDPR DRH RSE PDF SMS FAQ DOM TOM VIE BTS DUT BUT CAP BAC HTTP HTTPS URL EUR USD"
)
"""Capitals that are ordinary in the letters of HR."""
_FILLERS = regex(r"\b(?:X{4,}|x{5,}|TODO|FIXME|TBD|TBC|MERGEFIELD|CHAMPFUSION)\b|\b[Ll]orem ipsum\b")
_WORD_CODES = words(
    "mergefield champfusion if ask fillin set skipif next nextif mergerec mergeseq addressblock greetingline"
)
"""First words of the fields of Word, folded."""
_PAIRS = {
    "{": "}",
    "[": "]",
    "<": ">",
    "(": ")",
    "«": "»",
    "‹": "›",
    "｛": "｝",
    "［": "］",
    "＜": "＞",
    "⟨": "⟩",
    "〈": "〉",
}
_SIGNS = r"[%$#@!*|=&?^~+-]"


@cache
def _bracketed(opens: str) -> re.Pattern[str]:
    """A name in such brackets; made for those that a text has, since most have none."""
    o, c = re.escape(opens), re.escape(_PAIRS[opens])
    return re.compile(
        rf"(?P<before>{_SIGNS}{{0,2}})(?P<open>{o}{{1,3}})(?P<sign>{_SIGNS}{{0,3}})(?P<space>[ \t\u00a0\u202f]*)"
        rf"(?P<inner>[^{o}{c}\n{VALUE}]{{1,80}}?)[ \t\u00a0\u202f]*(?P<end>{_SIGNS}{{0,3}})(?P<close>{c}{{1,3}})"
        r"(?P<after>[s$%#*]?)"
    )


_BETWEEN = regex(
    r"(?P<mark>(?P<one>[%$#@:~^|!=+&?*_-])(?P=one){0,2})(?P<space>[ \u00a0]?)[=$@!]?"
    r"(?P<inner>[^\W\d_](?:[\w.'’ /-]{0,40}?[\w.'’])??)[ \u00a0]?(?P=mark)"
)
_SPACED_MARKS = frozenset("%$@:|^")
"""Marks that may have a blank beside the name if they are double: with the others it is a heading."""
_STRESS = frozenset("~!=+?*_-&")
"""Signs that stress a word or draw a line: between them only the very name of a field counts."""
_SCRIPT = regex(
    r"%%=[^%\n]{1,80}=%%|<%[^%\n]{1,80}%>|\[%[^%\n]{1,80}%\]|(?<![\w*])\*\|[^|\n]{1,60}\|\*(?![\w*])"
    r"|\{%[^{}%\n]{1,80}%\}|\{\{~?[#/^][^{}\n]{1,80}\}\}|<\?(?:php\b|=)[^\n]{1,80}?\?>"
)
_GREETED = regex(r"\b(?:Bonjour|Ch[eè]re?|Madame|Monsieur|Dear|Hello)\s+«\s([^\W\d_][\w' -]{0,40}?)\s»")
_SIGIL = regex(r"(?<![\w$%@])(?<!\d[ \u00a0\u202f])(?:[$%]|@(?!\w+\.\w))(?P<inner>[^\W\d_][^\W\d]{1,40})\b(?![$%@])")
_OF_SHEETS = regex(
    r"(?<![\w=!<>])=(?:SI|IF|WENN|SE|ALS|JEŻELI|CONCAT|CONCATENER|CONCATENATE|VERKETTEN|RECHERCHEV|VLOOKUP|SVERWEIS)\("
    r"|(?<![\w#])#(?:N/A|N/D|NV|REF!|BEZUG!|VALUE!|VALEUR!|WERT!|NAME\?|NOM\?|DIV/0!)(?!\w)"
)
"""A formula or an error of a spreadsheet, copied out of a cell."""
_OF_CONTROLS = regex(
    r"\b(?:Cliquez(?: ou appuyez)? ici pour (?:entrer|taper) (?:du texte|une date)|Choisissez un élément"
    r"|Click(?: or tap)?(?: here)? to enter (?:text|a date)|Choose an item"
    r"|Klicken(?: oder tippen)? Sie(?: hier)?, um (?:Text|ein Datum) einzugeben|Wählen Sie ein Element aus"
    r"|Haga clic(?: o pulse)? aquí para escribir (?:texto|una fecha)|Elija un elemento"
    r"|Fare clic(?: o toccare)? qui per immettere (?:il testo|testo|una data)|Scegliere un elemento"
    r"|Klik(?: of tik)? om (?:tekst|een datum) in te voeren|Kies een item"
    r"|Kliknij(?: lub naciśnij)?(?: tutaj)?, aby wprowadzić (?:tekst|datę)|Wybierz element"
    r"|Clique(?: ou toque)? aqui para (?:introduzir|inserir|digitar) (?:o )?texto|Escolh(?:er|a) um item)\."
)
"""What Word shows in a content control that nobody filled in."""
_GREETED_NAMES = regex(
    rf"(?:\A|\n)[ \t]*(?:{'|'.join(sorted(map(re.escape, GREETINGS), key=len, reverse=True))})"
    r"(?P<names>(?:[ \t\u00a0]+[^\W\d_][\w.'’-]*){1,4})(?=[ \t\u00a0]*(?:[,;:!]|\n|\Z))",
    re.IGNORECASE,
)
_NAMES_OF_PEOPLE = words(
    "nom prenom name firstname lastname surname forename vorname nachname nombre apellido apellidos cognome nome imie "
    "nazwisko naam voornaam achternaam apelido sobrenome"
)
_BESIDE_NAMES = words("civilite titre title titel anrede tratamiento titolo aanhef de famille of first last et and und")
_LOST = regex(r"\{[{%#]|[}%#]\}|[{}｛｝]")
_SMILEY = regex(r"(?<!\w)[:;=8xX]['’^-]?[{}](?!\w)|\{['’^-]?[:;=8](?!\w)")


_TAGS = regex(r"</?[A-Za-z][^<>]*>")


class Placeholder(Struct, frozen=True):
    """Marks in a text, and the name between them."""

    start: int
    end: int
    name: str
    """``""`` for marks that have lost their name."""
    sure: bool = True
    """Whether somebody certainly meant it to be replaced; capitals alone say little."""


def placeholders_in(reading: TextAsRead, names: Names) -> Iterator[Placeholder]:
    """The placeholders in a text as it is read, in their order."""
    text = reading.text
    taken: list[tuple[int, int]] = []
    found: list[Placeholder] = []
    for each in (*_certain(text), *_bracketed_names(text, names), *_names_between(text, names), *_sigils(text, names)):
        if any(start < each.end and each.start < end for start, end in taken):
            continue
        known = names.is_field(each.name) or names.is_usual(each.name)
        if reading.in_code(each.start) and not (known and each.sure):
            continue
        taken.append((each.start, each.end))
        found.append(each)
    for match in _FILLERS.finditer(text):
        of_word = fold(match[0]) in _WORD_CODES and any(start <= match.start() < end for start, end in taken)
        told = any(each.start <= match.start() < each.end and each.name == match[0] for each in found)
        if not of_word and not told and not any(start == match.start() for start, _end in taken):
            found.append(Placeholder(match.start(), match.end(), match[0]))
    found += _lost_marks(reading, taken, names)
    yield from sorted(found, key=lambda each: each.start)


def _certain(text: str) -> Iterator[Placeholder]:
    for match in _SCRIPT.finditer(text):
        if re.search(r"[^\W\d_]", match[0]):
            name = re.findall(r"[^\W\d_]\w*", match[0])[-1]
            yield Placeholder(match.start(), match.end(), name)
    for match in _GREETED.finditer(text):
        yield Placeholder(match.start(), match.end(), match[1])
    for match in (*_OF_SHEETS.finditer(text), *_OF_CONTROLS.finditer(text)):
        yield Placeholder(match.start(), match.end(), match[0])
    for match in _GREETED_NAMES.finditer(text):
        called = set(map(fold, match["names"].split()))
        if called & _NAMES_OF_PEOPLE and called <= _NAMES_OF_PEOPLE | _BESIDE_NAMES:
            start = match.start("names") + len(match["names"]) - len(match["names"].lstrip())
            yield Placeholder(start, match.end("names"), " ".join(match["names"].split()))


def _bracketed_names(text: str, names: Names) -> Iterator[Placeholder]:
    for opens in filter(text.__contains__, _PAIRS):
        for match in _bracketed(opens).finditer(text):
            # only signs that belong to the marks: "20 %[x]" is a price and a bracket
            start = match.start("open") if match["before"] and not match["before"].strip("*|") else match.start()
            if match["before"] and start == match.start() and text[:start][-1:].isalnum():
                start = match.start("open")
            sure = _grade(match, text, names, opens)
            if sure is not None:
                end = match.end("after") if match["before"] and start == match.start() else match.end("close")
                yield Placeholder(start, end, _name_in(match["inner"], names), sure=sure)


def _grade(match: re.Match[str], text: str, names: Names, opens: str) -> bool | None:
    """Whether it is surely a placeholder (True), perhaps (False), or none (None)."""
    inner = _TAGS.sub("", match["inner"]).strip()
    double = len(match["open"]) > 1 and len(match["close"]) > 1
    signed = bool(match["sign"] or (match["before"] and match["before"] not in ("*", "**", "!")))
    name = _name_in(inner, names)
    known = names.is_field(name) or names.is_usual(name)
    one_word = re.fullmatch(r"[^\W\d]\w{0,40}", inner) is not None
    if opens == "[" and re.search(r"(?<!\w)\d", inner) and not (double or signed or names.is_field(inner)):
        return None  # a reference
    if opens in "{｛":
        if fold(inner).partition(" ")[0] in _WORD_CODES and (one_word or not inner.islower()):
            return True
        if re.match(r"[\w-]+\s*:\s+[^\"']", inner) or ";" in inner:
            return None  # a style sheet
        if one_word and (opens == "{" or known):
            return True
        dotted = re.fullmatch(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+", inner) is not None
        return True if known or dotted or (double and re.fullmatch(r"[^\W\d_][\w .'’-]*", inner)) else None
    if opens in "<＜" and double and re.fullmatch(r"[^\W\d_][\w .'’-]{0,40}", inner):
        return True
    if opens == "(" and not (double or signed):
        return None
    if opens == "[" and text[match.end("close") :][:1] in ("(", "[", ":") and not double:
        return None
    if opens in "«‹":
        if match["space"]:
            return None
        return True if names.is_field(inner) or names.is_usual(inner, alone=True) else None
    if known:
        return None if opens == "<" and inner.strip("/").lower() in ELEMENTS and not names.is_field(inner) else True
    if double and opens == "[" and one_word:
        return True
    capitals = one_word or re.fullmatch(r"[^\W\d_][\w -]*", inner) is not None
    if (
        opens in "[［"
        and capitals
        and inner.isupper()
        and len(inner) > 2
        and not re.search(r"\d", inner)
        and inner not in _ABBREVIATIONS
    ):
        return False
    return None


def _name_in(inner: str, names: Names) -> str:
    """The part of it that is a name: ``FirstName`` in ``Contact.FirstName`` and in ``firstname,fallback=there``."""
    inner = _TAGS.sub("", inner)
    pieces = [
        piece.strip(" \"'\\*=") for piece in re.split(r"[.:|,]|\s(?=\\)", re.sub(r"\A\w+FIELD\s+|\\\*.*", "", inner))
    ]
    pieces = [piece for piece in pieces if piece]
    whole = inner.strip()
    for piece in (whole, *pieces):
        if names.is_field(piece):
            return piece
    return next(
        (piece for piece in (whole, *reversed(pieces)) if names.is_usual(piece)), pieces[-1] if pieces else whole
    )


def _names_between(text: str, names: Names) -> Iterator[Placeholder]:
    place = 0
    while match := _BETWEEN.search(text, place):
        place = match.start() + 1
        one, inner, double = match["one"], match["inner"], len(match["mark"]) > 1
        left, right = text[: match.start()][-1:], text[match.end() :][:1]
        if left.isalnum() or right.isalnum() or one in (left, right):
            continue
        if left and left in "_&/=" and not (double or names.is_field(inner)):
            continue
        inside = match[0][len(match["mark"]) : -len(match["mark"])]
        if inside != inside.strip() and not (double and one in _SPACED_MARKS):
            continue
        if _is_name_between(text, match, names):
            place = match.end()
            yield Placeholder(match.start(), match.end(), inner)


def _is_name_between(text: str, match: re.Match[str], names: Names) -> bool:
    one, inner, double = match["one"], match["inner"], len(match["mark"]) > 1
    if one == "%" and (double or re.fullmatch(r"[^\W\d_]{3,30}(?:_[^\W\d_]+)*", inner)):
        return True
    if one in "_*" and not double:
        return False
    if one in _STRESS:
        return inner in names.identifiers and not re.match(r"\s*:", text[match.end() :])
    if one == "|" and _in_table(text, match):
        return False
    if one in ":^|":
        return names.is_field(inner) or (double and names.is_usual(inner, alone=True))
    last = re.split(r"[.]", inner)[-1]
    return names.is_field(inner) or names.is_field(last) or names.is_usual(inner, alone=True) or (
        double and names.is_usual(last, alone=True)
    )  # fmt: skip


def _in_table(text: str, match: re.Match[str]) -> bool:
    """Whether bars are the borders of a table's cells rather than marks."""
    line = line_before(text, match.start()) + line_after(text, match.start())
    below = text[match.end() :].partition("\n")[2]
    cells = len(match["mark"]) == 1 and line.lstrip().startswith("|") and line.rstrip().endswith("|")
    return cells or line.count("|") != 2 * len(match["mark"]) or "--" in line_after(below, 0)


def _sigils(text: str, names: Names) -> Iterator[Placeholder]:
    for match in _SIGIL.finditer(text):
        inner = match["inner"]
        if inner in names.identifiers if inner.islower() else names.is_field(inner):
            yield Placeholder(match.start(), match.end(), inner)


def _lost_marks(reading: TextAsRead, taken: list[tuple[int, int]], names: Names) -> Iterator[Placeholder]:
    """Braces without a counterpart in their paragraph, and double ones that were left over."""
    text = list(reading.text)
    for start, end in taken:
        text[start:end] = " " * (end - start)
    for start, end in reading.code:
        text[start:end] = " " * (end - start)
    rest = _SMILEY.sub(lambda smiley: " " * len(smiley[0]), "".join(text))
    opened: list[re.Match[str]] = []
    lost: list[re.Match[str]] = []
    last = 0
    for match in _LOST.finditer(rest):
        if rest.find("\n\n", last, match.start()) >= 0:
            lost += opened
            opened = []
        last = match.start()
        if len(match[0]) > 1:
            lost.append(match)
        elif match[0] in "{｛":
            opened.append(match)
        elif opened:
            opened.pop()
        else:
            lost.append(match)
    for match in lost + opened:
        yield _with_its_name(rest, match, names)


def _with_its_name(text: str, match: re.Match[str], names: Names) -> Placeholder:
    opens = match[0][0] in "{｛"
    beside = (
        re.match(r"\s?([^\W\d]\w{0,40})", text[match.end() :])
        if opens
        else re.search(r"([^\W\d]\w{0,40})\s?\Z", before(text, match.start()))
    )
    if beside is None or not (names.is_field(beside[1]) or names.is_usual(beside[1])):
        return Placeholder(match.start(), match.end(), "")
    length = len(beside[0])
    if opens:
        return Placeholder(match.start(), match.end() + length, beside[1])
    return Placeholder(match.start() - length, match.end(), beside[1])
