"""The fields of other programs: ``«Nom»``, ``<<Nom>>``, ``{{First Name}}``, ``%NAME%``, ``[Nom]`` and their like.

Marks that nobody writes for another reason are fields wherever they are. Those that are used in ordinary text as well
(brackets, single braces, per cent signs) are fields only around the name of a column.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection
from functools import lru_cache

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN, FIELD_CLOSE, FIELD_OPEN
from mailmerge.drafts.other_code import WORDS, translated
from mailmerge.drafts.typed_code import CODE, code_of
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

_SURE = regex(
    rf"{FIELD_OPEN}([^{FIELD_CLOSE}]*){FIELD_CLOSE}"
    rf"|\{{\{{\{{\s*({WORDS})\s*\}}\}}\}}"
    rf"|\{{\{{\s*({WORDS})\s*\}}\}}"
    rf"|<<\s*({WORDS})\s*>>"
    rf"|«({WORDS})»"
    rf"|\*\|\s*({WORDS})\s*\|\*"
    rf"|\{{\$({WORDS})\}}"
    rf"|\$\{{\s*({WORDS})\s*\}}"
    rf"|\[\[\s*({WORDS})\s*\]\]"
)
_WRITTEN = regex(f"({CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE})")
_OWN = regex(f"{FIELD_OPEN}([^{FIELD_CLOSE}]*){FIELD_CLOSE}")
_PERHAPS = regex(
    rf"\{{\s*({WORDS})\s*\}}|\[%\s*({WORDS})\s*%\]|%%\s?({WORDS})\s?%%|%\s?({WORDS})\s?%|\[\s*({WORDS})\s*\]|#({WORDS})#|‹({WORDS})›|<({WORDS})>"
    rf"|«\s*({WORDS})\s*»|(?<![\w.@])@([^\W\d_]\w{{0,59}})(?![\w@]|\.\w)"
)
_OR_ELSE = regex(rf"(?<!\{{)\{{\s*({WORDS})\s*\|\s*([^{{}}|\"\n]{{0,60}}?)\s*\}}(?!\}})")
"""A field, and what is printed where it is blank."""
_TAG = regex(rf"<({WORDS})>")
_NEVER_CLOSED = frozenset((
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
))  # fmt: skip
"""Elements of HTML without an end, or whose end may be left out."""
_ELEMENTS = frozenset(("address", "data", "label", "mark", "object", "time", "title"))
"""Elements of HTML that are called like a field."""
_OWNERS = frozenset(
    ("attributes", "contact", "data", "merge", "params", "person", "recipient", "row", "subscriber", "user")
)
"""Whose fields other programs say they are: ``contact.PRENOM``."""
_USUAL = frozenset((
    "nom", "prenom", "prénom", "civilite", "civilité", "titre", "monsieur_madame", "adresse", "ville", "code_postal",
    "societe", "société", "entreprise", "poste", "fonction", "date", "heure", "lieu", "reference", "référence",
    "email", "mail", "telephone", "téléphone", "name", "first_name", "firstname", "last_name", "lastname", "surname",
    "full_name", "fullname", "title", "company", "position", "job", "job_title", "city", "address", "zip", "postcode",
    "date_of_interview", "phone", "vorname", "nachname", "anrede", "titel", "firma", "stelle", "ort", "plz", "nombre",
    "apellido", "apellidos", "empresa", "puesto", "cognome",
))  # fmt: skip
"""What the fields of letters are called when no table is there to ask."""


def with_fields(text: str, columns: Collection[str], write: Callable[[str], str]) -> str:
    """A text with ``write`` in the place of each field; ``columns`` are the headers of a table, if there is one."""
    known = {_key(column) for column in columns} or {_key(each) for each in _USUAL}

    def perhaps(found: re.Match[str]) -> str:
        words = next(filter(None, found.groups()))
        return write(words) if _key(words) in known else found[0]

    def or_else(found: re.Match[str]) -> str:
        if _key(found[1]) not in known:
            return found[0]
        return f'{CODE_OPEN}{{{{ {FIELD_OPEN}{found[1]}{FIELD_CLOSE}|default("{found[2]}") }}}}{CODE_CLOSE}'

    def outside_code(text: str) -> str:
        pieces: list[str] = []
        end = 0
        for found in _SURE.finditer(text):
            pieces += [_PERHAPS.sub(perhaps, text[end : found.start()]), write(_words(found))]
            end = found.end()
        return "".join([*pieces, _PERHAPS.sub(perhaps, text[end:])])

    pieces = _WRITTEN.split(_OR_ELSE.sub(or_else, translated(text)))
    pieces[::2] = [CODE.sub(lambda found: code_of(found[0], write) or found[0], piece) for piece in pieces[::2]]
    pieces = _WRITTEN.split("".join(pieces))
    pieces[::2] = map(outside_code, pieces[::2])
    pieces[1::2] = [_OWN.sub(lambda found: write(found[1]), code) for code in pieces[1::2]]
    return "".join(pieces)


def shown_tags(page: str, columns: Collection[str]) -> str:
    """A page in which ``<Nom>`` is text, where a column is called so: a browser shows nothing of such a tag.

    Without a table, the usual names of fields are those of columns, unless HTML has an element of the name.
    """
    known = {_key(column) for column in columns} or {_key(each) for each in _USUAL} - _ELEMENTS
    named = {found[1] for found in _TAG.finditer(page) if _key(found[1]) in known}
    lowered = page.lower() if named else ""
    shown = {name for name in named if name.lower() not in _NEVER_CLOSED and f"</{name.lower()}>" not in lowered}
    return _TAG.sub(lambda found: html.escape(found[0]) if found[1] in shown else found[0], page) if shown else page


def _words(found: re.Match[str]) -> str:
    return " ".join(next((group for group in found.groups() if group), "").split())


@lru_cache(maxsize=1024)
def _key(words: str) -> str:
    """``First Name``, ``FIRST_NAME`` and ``FirstName`` are one field."""
    return identifier(words).replace("_", "")


def field_name(words: str, columns: Collection[str]) -> str:
    """What the letter calls a field: the column of that name if there is one, else an identifier of its words."""
    owner, _dot, own = words.rpartition(".")
    called = own if owner.lower() in _OWNERS and own else words
    key = _key(called)
    return next((identifier(column) for column in columns if _key(column) == key), identifier(called) or "field")
