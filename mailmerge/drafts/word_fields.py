"""The fields of Word (ECMA-376 part 1, 17.16) as a letter has them: merge fields with their formats, conditions, links.

What a preview showed is somebody's data: it is kept only where the field says the same to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN, FIELD_CLOSE, FIELD_OPEN, Lost, tag
from mailmerge.drafts.word_runs import W, append_text, empty, is_on, runs_of
from mailmerge.text.regex import regex

_NESTED = "\ue014"
"""A field within the code of another one (private use, Unicode 23.5)."""
_WORD = regex(r'"((?:\\.|[^"\\])*)"|(<>|[<>]=|[=<>])|([^\s"=<>]+)', re.DOTALL)
_SMART = dict.fromkeys(map(ord, "“”„"), '"')
_SHOWN_FIELDS = frozenset({"HYPERLINK", "REF", "PAGEREF", "TOC", "SYMBOL", "INCLUDEPICTURE", "QUOTE"})
"""Fields whose text is all there is to them."""
_TODAY = frozenset({"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"})
_STEPS = frozenset({"NEXT", "NEXTIF", "SKIPIF"})
_BLOCKS = {"ADDRESSBLOCK": "AddressBlock", "GREETINGLINE": "GreetingLine"}
_COUNTERS = {"MERGEREC": "MergeRec", "MERGESEQ": "MergeSeq"}
_FILTERS = {"UPPER": "|upper", "LOWER": "|lower", "CAPS": "|proper", "FIRSTCAP": "|proper"}
_OF_THE_SHOWN = frozenset({"MERGEFORMAT", "CHARFORMAT", "MERGEFORMATINET"})
"""Formats that keep the looks of what was shown."""
_NUMBER = regex(r"-?\d+(?:[.,]\d+)?")
_DEEPEST = 20
"""How deep Word itself nests fields."""


class Word(NamedTuple):
    """One word of the code of a field, without its quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool
    sign: bool
    """Whether it is a sign of comparison."""


class _Field:
    """A field that has begun: its code, then what it shows."""

    def __init__(self, first: ElementTree.Element):
        self.first = first
        self.ends = [first]
        """The runs of its three marks."""
        self.shows = False
        self.shown: list[ElementTree.Element] = []
        self.nested: list[_Field] = []
        self.name = ""
        """Of the column that it prints."""
        self._code: list[str] = []
        self._parts: list[tuple[int, ElementTree.Element]] = []
        self._length = 0

    def take(self, part: ElementTree.Element) -> None:
        """A piece of its code."""
        self._parts.append((self._length, part))
        self._add(part.text or "")

    def enclose(self, field: _Field) -> None:
        """A field within its code."""
        self.nested.append(field)
        self._add(_NESTED)

    def _add(self, code: str) -> None:
        self._code.append(code)
        self._length += len(code)

    @property
    def code(self) -> str:
        """Its instruction; each field within is one sign."""
        code = "".join(self._code)
        return code if '"' in code else code.translate(_SMART)

    @property
    def words(self) -> list[Word]:
        """The words of its code."""
        return [
            Word(found[1] if found[1] is not None else found[0], *found.span(), found[1] is not None, bool(found[2]))
            for found in _WORD.finditer(self.code)
        ]

    def write_code(self, letters: Sequence[str]) -> None:
        """Show each sign of the code as this text, where it is."""
        for start, part in self._parts:
            text = "".join(letters[start : start + len(part.text or "")])
            part.tag, part.text = f"{W}t", text
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def hide_code(self) -> None:
        """Show nothing of the code."""
        self.write_code([""] * self._length)
        for field in self.nested:
            field.hide_code()
            field.hide_shown()
            empty(field.first)

    def hide_shown(self) -> None:
        """Show nothing of what it showed."""
        for run in self.shown:
            empty(run)

    def write_link(self, target: str) -> None:
        """Keep it as a field that leads somewhere."""
        self.hide_code()
        _start, part = self._parts[0]
        part.tag, part.text = f"{W}instrText", target


def mark_fields(document: ElementTree.Element) -> Iterator[Lost]:
    """Write each field as a letter can have it, between marks; what it cannot have is said."""
    open_fields: list[_Field] = []
    too_deep = 0
    for run in [run for _parent, run in runs_of(document)]:
        part = next((each for each in run if each.tag in (f"{W}fldChar", f"{W}instrText", f"{W}t")), None)
        kind = part.get(f"{W}fldCharType", "") if part is not None else ""
        if kind and (too_deep or (kind == "begin" and len(open_fields) >= _DEEPEST)):
            too_deep += {"begin": 1, "end": -1}.get(kind, 0)
            empty(run)
        elif kind == "begin":
            open_fields.append(_Field(run))
        elif kind == "end" and open_fields:
            yield from _ended(open_fields.pop(), run, open_fields)
        elif open_fields:
            _within(open_fields[-1], run, part, separates=kind == "separate")
        for field in open_fields:
            if field.shows and run is not field.ends[-1]:
                field.shown.append(run)
    for run in (run for field in open_fields for run in field.ends):
        empty(run)


def _within(field: _Field, run: ElementTree.Element, part: ElementTree.Element | None, *, separates: bool) -> None:
    if separates and not field.shows:
        field.shows = True
        field.ends.append(run)
    elif not field.shows and part is not None and part.tag != f"{W}fldChar":
        field.take(part)


def _ended(field: _Field, last: ElementTree.Element, around: list[_Field]) -> Iterator[Lost]:
    kind = field.words[0].text.upper() if field.words else ""
    if around and not around[-1].shows:
        around[-1].enclose(field)
    if kind == "HYPERLINK":
        target = field.code
        for each in field.nested:
            target = target.replace(_NESTED, f"{FIELD_OPEN}{each.name}{FIELD_CLOSE}" if each.name else "", 1)
        field.write_link(target)
        return
    for run in (*field.ends, last):
        empty(run)
    if kind == "IF" and _conditioned(field):
        return
    name, lost = _instead(field, kind)
    field.hide_code()
    if name:
        field.hide_shown()
        append_text(field.first, name)
    yield from lost


def _instead(field: _Field, kind: str) -> tuple[str, list[Lost]]:
    """What is written in the place of a field, and what is lost; ``""`` keeps what it showed."""
    personal = any(each.name for each in field.nested)
    if kind == "MERGEFIELD" and len(field.words) > 1:
        return _merge_field(field)
    if kind == "IF":
        return f"{FIELD_OPEN}Condition{FIELD_CLOSE}" if personal else "", [Lost.CONDITION]
    if kind in _BLOCKS:
        return f"{FIELD_OPEN}{_BLOCKS[kind]}{FIELD_CLOSE}", [Lost.ADDRESS_BLOCK]
    if kind in _STEPS:
        field.hide_shown()
        return "", [Lost.STEPS]
    if kind in _COUNTERS:
        return f"{FIELD_OPEN}{_COUNTERS[kind]}{FIELD_CLOSE}", [Lost.CALCULATION]
    if kind == "MACROBUTTON":
        field.hide_shown()
        return " ".join(word.text for word in field.words[2:]), [Lost.FORM]
    if kind.startswith("FORM"):
        return "", [Lost.FORM]
    if personal and kind not in _SHOWN_FIELDS:
        return f"{FIELD_OPEN}Calculation{FIELD_CLOSE}", [Lost.CALCULATION]
    if kind in _TODAY:
        return "", [Lost.TODAY]
    return "", [Lost.OTHER_FIELD] if kind and kind not in _SHOWN_FIELDS else []


# --- merge fields ------------------------------------------------------------------------------------------------


def _merge_field(field: _Field) -> tuple[str, list[Lost]]:
    """A merge field with what its switches ask for (17.16.4.1, 17.16.5.35)."""
    words = field.words[1:]
    field.name = words[0].text.strip()
    switches = {
        word.text.lower(): _unescaped(following.text)
        for word, following in pairwise(words)
        if not word.quoted and word.text.startswith("\\") and following.text.upper() not in _OF_THE_SHOWN
    }
    mark = f"{FIELD_OPEN}{field.name}{FIELD_CLOSE}"
    lost = [Lost.FORMAT] if "\\#" in switches else []
    printed, code = f"{{{{ {mark} }}}}", ""
    if "\\@" in switches:
        pattern = _date_pattern(switches["\\@"])
        lost += [] if pattern else [Lost.FORMAT]
        code = f'|date("{pattern}")' if pattern else ""
    elif any(is_on(run, "caps") for run in (field.first, *field.shown)):
        code = "|upper"
    else:
        code = _FILTERS.get(switches.get("\\*", "").upper(), "")
    before, after = switches.get("\\b", ""), switches.get("\\f", "")
    if not (code or before or after):
        return mark, lost
    printed = f"{CODE_OPEN}{{{{ {mark}{code} }}}}{CODE_CLOSE}"
    if before or after:
        printed = f"{tag(f'if {mark}')}{before}{printed}{after}{tag('endif')}"
    return printed, lost


_DATE_WORDS = {"d": "d", "dd": "dd", "ddd": "EEE", "dddd": "EEEE", "M": "M", "MM": "MM", "MMM": "MMM", "MMMM": "MMMM",
               "yy": "yy", "yyyy": "yyyy"}  # fmt: skip
_OF_FRENCH, _OF_GERMAN = str.maketrans("jaJA", "dydy"), str.maketrans("tTjJ", "ddyy")


def _date_pattern(switch: str) -> str:
    """The pattern of a date in the letters of CLDR; ``""`` where it has a time of day or is none."""
    letters = re.sub("'[^']*'", "", switch)
    if re.search("[aA]", letters):
        switch = switch.translate(_OF_FRENCH)
    elif re.search("[tT]", letters):
        switch = switch.translate(_OF_GERMAN)
    pieces = re.split(r"('[^']*'|[^\W\d_]+)", switch)
    written = [
        piece if index % 2 == 0 or piece.startswith("'") else _DATE_WORDS.get(piece)
        for index, piece in enumerate(pieces)
    ]
    if '"' in switch or None in written or len(written) == 1:
        return ""
    return "".join(piece for piece in written if piece is not None).strip()


# --- conditions --------------------------------------------------------------------------------------------------


def _conditioned(field: _Field) -> bool:
    """Write an IF field in place as a condition of a letter, its two texts as they are (17.16.5.24)."""
    words = [word for word in field.words if not (word.text.startswith("\\") and not word.quoted)]
    if len(words) < 5 or not words[2].sign:
        return False
    condition = _condition(field, *words[1:4])
    if not condition:
        return False
    then, otherwise = words[4], words[5] if len(words) > 5 and words[5].end > words[5].start + 2 else None
    code = field.code
    letters = [""] * len(code)
    _arm(letters, code, then, tag(f"if {condition}"))
    if otherwise:
        _arm(letters, code, otherwise, tag("else"))
    last = (otherwise or then).end - 1
    letters[last] += tag("endif")
    if not _writable(field, letters):
        return False
    _hide_outside(field, code, [then, otherwise] if otherwise else [then])
    field.write_code(letters)
    field.hide_shown()
    return True


def _writable(field: _Field, letters: list[str]) -> bool:
    """Whether no tag would have to be written over a field within."""
    return all(not letters[place] for place, sign in enumerate(field.code) if sign == _NESTED)


def _hide_outside(field: _Field, code: str, arms: list[Word]) -> None:
    places = [place for place, sign in enumerate(code) if sign == _NESTED]
    for place, nested in zip(places, field.nested, strict=True):
        if not any(arm.start <= place < arm.end for arm in arms):
            empty(nested.first)


def _arm(letters: list[str], code: str, word: Word, tag: str) -> None:
    """One of the texts: its quotation marks are the places of the tags."""
    start, end = (word.start + 1, word.end - 1) if word.quoted else (word.start, word.end)
    escaped = False
    for place in range(start, end):
        escaped = code[place] == "\\" and not escaped
        letters[place] = "" if escaped or code[place] == _NESTED else code[place]
    letters[word.start] = tag + letters[word.start]


def _condition(field: _Field, left: Word, sign: Word, right: Word) -> str:
    names = [each.name for each in field.nested]
    one, other = _operand(left, names), _operand(right, names[left.text.count(_NESTED) :])
    if not one.startswith(FIELD_OPEN) or not other:
        return ""
    if sign.text in ("=", "<>"):
        if other == '""':
            return f"not {one}" if sign.text == "=" else one
        return "" if re.search("[*?]", right.text) else f"{one} {'==' if sign.text == '=' else '!='} {other}"
    return f"{one}|float {sign.text} {right.text.replace(',', '.')}" if _NUMBER.fullmatch(right.text) else ""


def _operand(word: Word, names: list[str]) -> str:
    """A column, or a text in quotation marks; ``""`` where it is neither."""
    text = _unescaped(word.text)
    if text.strip() == _NESTED:
        return f"{FIELD_OPEN}{names[0]}{FIELD_CLOSE}" if names and names[0] else ""
    if _NESTED in text or '"' in text or "\\" in text or "\n" in text:
        return ""
    return f'"{text.strip()}"'


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
