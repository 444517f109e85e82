"""Template code as it was meant: without invisible characters, in plain signs, with straight quotation marks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from mailmerge.errors import Reason
from mailmerge.letter.decisions.comparisons import Meaningless, check_condition, compared
from mailmerge.letter.jinja import sandbox
from mailmerge.letter.reasons import reason
from mailmerge.letter.values.date_styles import is_style, styles_of
from mailmerge.text.folding import fold, identifier
from mailmerge.text.regex import regex
from mailmerge.text.shown import INVISIBLE

NAME_LIKE = r"[^\W\d_][\w .'’°/\u00a0\u202f-]{0,60}?"
"""What a header of a table looks like that somebody took for a field's name."""
STRING = regex(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_DOUBLE, _SINGLE = "“”„‟«»＂″", "‘’‚‛‹›`´′"
CURLY = regex(f"[{_DOUBLE}{_SINGLE}]")
_QUOTED = regex(rf"[{_DOUBLE}]\s?([^{_DOUBLE}\"\n]*?)\s?[{_DOUBLE}]|[{_SINGLE}]\s?([^{_SINGLE}'\n]*?)\s?[{_SINGLE}]")


def repair_code(code: str, write: Callable[[str], str], *, decides: bool = False) -> Reason | None:
    """What is wrong inside the braces and can be repaired; None if it is something else.

    What was meant may need several repairs; the first one is named, and all of them are in what to write. ``write``
    puts the braces around it. ``decides`` is for a condition, in which no text can be on its own.
    """
    first: Reason | None = None
    for kind, repair in _REPAIRS:
        if repair is _quotes and (meant := _with_identifier(code)) and is_sound(meant, decides=decides):
            return reason("repaired", problem=first or reason("spaces"), write=write(meant))
        problem = first or reason(kind, odd=_first_odd(code))
        repaired = next((each for each in repair(code) if is_sound(each, decides=decides)), "")
        if repaired:
            return reason("repaired", problem=problem, write=write(repaired))
        repaired = next(iter(repair(code)), code)
        if repaired != code:
            first, code = problem, repaired
    return None


def _with_identifier(code: str) -> str:
    """A condition with the name of the field for a header; ``""`` where it does not begin with one."""
    compared = re.match(rf"(not\s+)?({NAME_LIKE})\s*((?:==|!=|\bin\b|\bis\b).*)?\Z", code)
    if not compared or " " not in compared[2] or not parses(f"x {compared[3] or ''}"):
        return ""
    return " ".join(filter(None, ((compared[1] or "").strip(), identifier(compared[2]), compared[3])))


def _first_odd(code: str) -> str:
    return next((f"U+{ord(each):04X}" for each in code if each in INVISIBLE), "")


def shown(code: str) -> str:
    """The code without characters that print nothing."""
    return "".join(each for each in code if each not in INVISIBLE)


def _straight(code: str) -> str:
    """With straight quotation marks, unless those that are there already hold the text."""
    if not CURLY.search(STRING.sub("", code)):
        return code
    paired = _QUOTED.sub(lambda quoted: f'"{(quoted[1] or quoted[2] or "").strip()}"', code)
    return re.sub(f"[{_DOUBLE}]", '"', re.sub(f"[{_SINGLE}]", "'", paired))


def _half_width(code: str) -> str:
    return "".join(chr(ord(each) - 0xFEE0) if "！" <= each <= "～" else each for each in code)


_TAG = regex(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_ENTITY = regex(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")


def _without_tags(code: str) -> str:
    return " ".join(_TAG.sub(" ", code).split()) if _TAG.search(code) else code


def _without_entities(code: str) -> str:
    return " ".join(html.unescape(code).split()) if _ENTITY.search(code) else code


def _without_emphasis(code: str) -> str:
    return re.sub(r"\A([*_~`]+)(.+?)\1(?=\s*(?:\||\Z))", r"\2", code)


_OPERATORS = (
    (regex(r"\s*(?:≠|<>|!==|=!=?)\s*"), " != "),
    (regex(r"\s*(?:≤|=<)\s*"), " <= "),
    (regex(r"\s*(?:≥|=>)\s*"), " >= "),
    (regex(r"\s*(?:===?|(?<![=!<>])=(?!=))\s*"), " == "),
)


def _compared(code: str) -> str:
    """With the signs of Jinja2 for other signs of comparison, outside texts."""
    if re.search(r"[(,]\s*\w+\s*=(?!=)", STRING.sub("", code)):
        return code  # a named argument

    def written(part: str) -> str:
        for sign, meant in _OPERATORS:
            part = sign.sub(meant, part)
        return part

    return _outside_texts(code, written)


_WORDS = (
    (regex(r"\s*&&\s*|(?<=[\s)])(?:AND|And|ET|Et|et)(?=[\s(])"), " and "),
    (regex(r"\s*\|\|\s*|(?<=[\s)])(?:OR|Or|OU|Ou|ou)(?=[\s(])"), " or "),
    (regex(r"(?:(?<=\s)|\A)(?:NOT|Not|NON|Non|non)(?=[\s(])|!(?=\s*[\w(])"), " not "),
    (regex(r"(?<=\s)(?:IN|In|dans)(?=[\s(\[])"), " in "),
)


def _joined(code: str) -> str:
    def written(part: str) -> str:
        for word, meant in _WORDS:
            part = word.sub(meant, part)
        return re.sub(r"  +", " ", part)

    return _outside_texts(code, written)


_REPEATED = regex(
    rf"(\w+)\s*==\s*((?:{STRING.pattern}))((?:\s*\b(?:or|and)\s+(?:==\s*)?(?:{STRING.pattern}))+)(?=\s*(?:\Z|\)|\band\b|\bor\b))"
)


def _listed(code: str) -> str:
    """``a in ['x', 'y']`` for ``a == 'x' or == 'y'``."""

    def written(found: re.Match[str]) -> str:
        return f"{found[1]} in [{', '.join([found[2], *STRING.findall(found[3])])}]"

    return _REPEATED.sub(written, code)


_ASKED = regex(r"(.+?)\?([^:?]+):([^:?]+)")
_CHOSEN = regex(r"(?:IF|SI|WENN|SE|ALS)\s*\(([^;]+);([^;]+)(?:;([^;]+))?\)", re.IGNORECASE)


def _choice(code: str) -> str:
    """``"x" if a else "y"`` for ``a ? "x" : "y"`` and for ``IF(a; "x"; "y")``."""
    bare = STRING.sub(lambda text: "x" * len(text[0]), code)
    if not (found := _ASKED.fullmatch(bare) or _CHOSEN.fullmatch(bare)):
        return code
    test, then, otherwise = (code[slice(*found.span(part))].strip() for part in (1, 2, 3))
    return f"{then} if {_compared(test)}{f' else {otherwise}' if otherwise else ''}"


_SIGN_OF_FILTER = regex(r"(?<=\w)(?::|;|->|\.)(\w+)(?=\s*(?:\Z|\|))")


def _barred(code: str) -> str:
    """``nom|proper`` for ``nom:proper``, ``nom;proper`` and ``nom.proper``."""
    return _outside_texts(
        code,
        lambda part: _SIGN_OF_FILTER.sub(
            lambda found: f"|{found[1]}" if found[1] in sandbox.FILTERS else found[0], part
        ),
    )


def _spoken(code: str) -> str:
    """``a == 'x'`` for ``a is 'x'`` and ``a equals 'x'``, without ``then`` behind it."""
    bare = STRING.sub(lambda text: "x" * len(text[0]), code)
    ends = re.search(r"\s+(?:then|alors|dann)\s*\Z|\s*:\s*\Z", bare)
    code = code[: ends.start()] if ends else code
    return re.sub(r"\s(?:is|equals|est|=\s*égal)\s+(?=['\"])", " == ", code)


_ARGUMENT = regex(rf"\|\s*(\w+)\s*(?::\s*|\s)\s*({STRING.pattern})")


def _parenthesised(code: str) -> str:
    """``x|default("y")`` for ``x|default: "y"``."""
    return _ARGUMENT.sub(r"|\1(\2)", code)


def _one_bar(code: str) -> str:
    names = "|".join(sandbox.FILTERS)
    code = _outside_texts(code, lambda part: re.sub(rf"\s*\|\s*\|\s*(?=(?:{names})\b)", "|", part))
    return re.sub(r"\s*\|\s*\Z|\A\s*\|\s*", "", code)


def _closed(code: str) -> str:
    """With what is missing of brackets put at the end, and what is too much taken out."""
    bare = STRING.sub(lambda text: "x" * len(text[0]), code)
    open_: list[str] = []
    drop: set[int] = set()
    pairs = {"(": ")", "[": "]"}
    for place, sign in enumerate(bare):
        if sign in pairs:
            open_.append(pairs[sign])
        elif sign in ")]":
            if open_ and open_[-1] == sign:
                open_.pop()
            else:
                drop.add(place)
    kept = "".join(sign for place, sign in enumerate(code) if place not in drop)
    return kept.rstrip() + "".join(reversed(open_)) if open_ or drop else code


_LONGEST = 200
"""Characters of an expression in which a missing quotation mark is looked for."""


def _quotes(code: str) -> Iterator[str]:
    """The expression with one quotation mark more, less, or another one, wherever it may be missing."""
    if len(code) > _LONGEST:
        return
    marks = [place for place, sign in enumerate(code) if sign in "'\""]
    for place in marks:
        other = "'" if code[place] == '"' else '"'
        yield code[:place] + other + code[place + 1 :]
    for sign in {code[place] for place in marks}:
        for place in [len(code), *(place for place in range(len(code)) if code[place] in ")](,[ ="), 0]:
            yield code[:place] + sign + code[place:]
            yield code[: place + 1] + sign + code[place + 1 :]
    for place in marks:
        yield code[:place] + code[place + 1 :]


def _known_words(code: str) -> Iterator[str]:
    """With the filters that there are for those that resemble them."""

    def written(found: re.Match[str]) -> str:
        return f"|{nearest_word(found[1], sandbox.FILTERS) or found[1]}"

    yield _outside_texts(code, lambda part: re.sub(r"\|\s*(\w+)", written, part))


def nearest_word(name: str, offered: Iterable[str]) -> str:
    """The filter or test that was likely meant by a name; ``""`` where none resembles it."""
    import difflib

    known = sorted(offered)
    if name in known:
        return name
    if meant := _OF_OTHERS.get(fold(name)):
        return meant if meant in known else ""
    near = difflib.get_close_matches(name.casefold(), known, 1, 0.6)
    return near[0] if near else ""


_OF_OTHERS = {
    word: meant
    for meant, words in {
        "date": "strftime dateformat format_date date_format formatdate fecha datum data",
        "upper": "majuscule majuscules capitales uppercase toupper grossbuchstaben gross mayuscula mayusculas maiuscolo"
        " maiuscole maiusculas wielkie hoofdletters",
        "lower": "minuscule minuscules lowercase tolower kleinbuchstaben klein minuscula minusculas minuscolo minuscole"
        " male kleine",
        "proper": "nompropre nom_propre propername titlecase eigenname",
    }.items()
    for word in words.split()
}
"""What other programs and languages call a filter, folded."""


def _outside_texts(code: str, repair: Callable[[str], str]) -> str:
    pieces = re.split(f"({STRING.pattern})", code)
    return "".join(piece if index % 2 else repair(piece) for index, piece in enumerate(pieces)).strip()


def _once(repair: Callable[[str], str]) -> Callable[[str], Iterable[str]]:
    return lambda code: (repair(code),)


_REPAIRS: tuple[tuple[str, Callable[[str], Iterable[str]]], ...] = (
    ("invisible", _once(shown)),
    ("html-tag", _once(_without_tags)),
    ("html-entity", _once(_without_entities)),
    ("full-width", _once(_half_width)),
    ("curly", _once(_straight)),
    ("emphasis", _once(_without_emphasis)),
    ("bars", _once(_one_bar)),
    ("choice", _once(_choice)),
    ("bar-of-filter", _once(_barred)),
    ("comparison", _once(_spoken)),
    ("comparison", _once(_compared)),
    ("joined", _once(_joined)),
    ("listed", _once(_listed)),
    ("parentheses-of-filter", _once(_parenthesised)),
    ("parentheses", _once(_closed)),
    ("filter-misspelt", _known_words),
    ("quotes", _quotes),
)


def parses(expression: str) -> bool:
    """Whether Jinja2 can read it as one expression."""
    try:
        parser = Parser(sandbox.environment(), expression, state="variable")
        parser.parse_tuple(with_condexpr=True)
    except (TemplateSyntaxError, RecursionError):
        return False
    return bool(parser.stream.eos)


def is_sound(expression: str, *, decides: bool = False) -> bool:
    """Whether an expression can be read, and is one that a letter can have: what to write has to be."""
    if not parses(expression):
        return False
    parser = Parser(sandbox.environment(), expression, state="variable")
    tree = parser.parse_tuple(with_condexpr=True)
    if isinstance(tree, nodes.Tuple):
        return False
    whole = nodes.List([tree])
    for word in whole.find_all((nodes.Filter, nodes.Test)):
        if word.name not in (sandbox.FILTERS if isinstance(word, nodes.Filter) else sandbox.TESTS):
            return False
        if isinstance(word, nodes.Filter) and word.name == "date" and not all(map(is_style, styles_of(word))):
            return False
    if any(call.node == nodes.Name("accord", "load") and len(call.args) < 2 for call in whole.find_all(nodes.Call)):
        return False
    try:
        for comparison in whole.find_all(nodes.Compare):
            list(compared(comparison, lambda name: (name, ())))
        if decides:
            check_condition(tree, strict=True)
    except Meaningless:
        return False
    return True
