"""Invented people of many countries, and every form in which others write their names, numbers and addresses."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from faker import Faker
from lint_cases import table_of
from msgspec import Struct
from msgspec.structs import replace

from mailmerge.model import RecordTable
from mailmerge.text.folding import fold

LOCALES = ("fr_FR", "en_GB", "de_DE", "es_ES", "it_IT", "pt_PT", "pl_PL", "nl_NL", "vi_VN", "ro_RO", "tr_TR", "ar_AA")
_COMPOUND = (
    "Awa/N'Diaye, Jean-Pierre/Le Gall, Karim/Ben Slimane, Anaïs/de La Tour, Anna Maria/van der Berg, "
    "Zoé/Martinval, Zoé/Martinval-Leroyer, Jürgen/Müller-Weiß, Sinéad/O’Brien, Marie-Claire/d’Été, Łukasz/Żółć, "
    "İsmail/Işık, Đặng/Nguyễn Văn, María José/García López, Fatou/Ould Ahmed"
)
COMPOUND = tuple((name.partition("/")[0], name.partition("/")[2]) for name in _COMPOUND.split(", "))
HEADERS = ("Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste", "Référence", "Téléphone", "IBAN", "Ville")


class Someone(Struct, frozen=True):
    """One invented person."""

    first: str
    last: str
    address: str
    reference: str
    phone: str
    iban: str

    def row(self) -> tuple[str, ...]:
        return (
            "Mme",
            self.first,
            self.last,
            self.address,
            "Comptable",
            self.reference,
            self.phone,
            self.iban,
            "Toulouse",
        )


@lru_cache(maxsize=64)
def people(locale: str, count: int = 12, seed: int = 0) -> tuple[Someone, ...]:
    """Some people with names of one country, none of them the same; ``mixed`` for names of several words."""
    faker = Faker(locale if locale != "mixed" else "fr_FR")
    faker.seed_instance(seed)
    rng = random.Random(seed)
    names: dict[str, tuple[str, str]] = {}
    for first, last in COMPOUND if locale == "mixed" else ():
        names[fold(f"{first} {last}")] = (first, last)
    while len(names) < count and locale != "mixed":
        first, last = faker.first_name(), faker.last_name().partition("(")[0].strip()
        if len(fold(first + last)) >= 6 and fold(f"{last} {first}") not in names:
            names.setdefault(fold(f"{first} {last}"), (first, last))
    return tuple(
        Someone(
            first,
            last,
            f"{rng.choice(('pixel', 'lune', 'atelier', 'zebre'))}.{4800 + number}@free{seed}.example",
            f"CAND-{5200000 + seed * 1000 + number}",
            f"06 {10 + seed:02} {rng.randrange(10, 99)} {number:02} {rng.randrange(10, 99)}",
            f"FR76 3000 6000 {1000 + seed:04} {number:04} 5678 9{number % 10}01 {rng.randrange(100, 999)}",
        )
        for number, (first, last) in enumerate(names.values())
    )


def table_for(some: tuple[Someone, ...], layout: str = "apart") -> RecordTable:
    """Their table: names in two columns, or in one as exports have it."""
    if layout == "apart":
        return table_of([each.row() for each in some], HEADERS)
    wholes = LAYOUTS[layout]
    rows = [(wholes(each), *each.row()[3:]) for each in some]
    table = table_of(rows, ("Participant", *HEADERS[3:]), first_name="", last_name="")
    return replace(table, columns=replace(table.columns, full_name="participant"))


LAYOUTS: dict[str, Callable[[Someone], str]] = {
    "first last": lambda who: f"{who.first} {who.last}",
    "LAST first": lambda who: f"{who.last.upper()} {who.first}",
    "last, first": lambda who: f"{who.last}, {who.first}",
    "title and remark": lambda who: f"Mme {who.first} {who.last.upper()} (stagiaire)",
}


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _respelt(text: str) -> str:
    for letter, pair in {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}.items():
        text = text.replace(letter, pair)
    return text


def _apart(text: str) -> str:
    return text.replace("-", " ").replace("'", " ").replace("’", " ")


def _entities(text: str) -> str:
    return "".join(c if c.isascii() else f"&#{ord(c)};" for c in text)


def _inside(text: str, sign: str) -> str:
    return f"{text[:2]}{sign}{text[2:]}"


NAME_FORMS: dict[str, Callable[[Someone], str]] = {
    "as it is": lambda w: f"{w.first} {w.last}",
    "the other way round": lambda w: f"{w.last} {w.first}",
    "surname in capitals": lambda w: f"{w.last.upper()} {w.first}",
    "all in capitals": lambda w: f"{w.first} {w.last}".upper(),
    "with a comma": lambda w: f"{w.last}, {w.first}",
    "capitals and a comma": lambda w: f"{w.last.upper()}, {w.first}",
    "without accents": lambda w: _plain(f"{w.first} {w.last}"),
    "decomposed": lambda w: unicodedata.normalize("NFD", f"{w.first} {w.last}"),
    "wide blanks": lambda w: f"{w.first}\u00a0\u2009{w.last}",
    "over two lines": lambda w: f"{w.first}\n{w.last}",
    "hyphens for blanks": lambda w: f"{w.first}-{w.last}".replace(" ", "-"),
    "parts apart": lambda w: _apart(f"{w.first} {w.last}"),
    "surname joined": lambda w: f"{w.first} {fold(w.last).replace(' ', '').capitalize()}",
    "first name joined": lambda w: f"{fold(w.first).replace(' ', '').capitalize()} {w.last}",
    "a title before": lambda w: f"Mme {w.first} {w.last}",
    "a title between": lambda w: f"{w.last.upper()} Madame {w.first}",
    "a short title between": lambda w: f"{w.last} M. {w.first}",
    "an initial between": lambda w: f"{w.first} K. {w.last}",
    "tabs and a title": lambda w: f"{w.last}\tMadame\t{w.first}",
    "tabs and a town": lambda w: f"{w.last}\tToulouse\t{w.first}",
    "semicolons and a town": lambda w: f"{w.last};Toulouse;{w.first}",
    "semicolons": lambda w: f"{w.first};{w.last};Toulouse",
    "a Markdown table": lambda w: f"| {w.last} | Toulouse | {w.first} |",
    "a form": lambda w: f"Nom : {w.last}\nPrénom : {w.first}",
    "in brackets": lambda w: f"{w.last} ({w.first})",
    "in bold": lambda w: f"**{w.first}** {w.last}",
    "underscores": lambda w: f"{w.first}_{w.last}".replace(" ", "_"),
    "dots": lambda w: f"{w.first}.{w.last}".replace(" ", "."),
    "a soft hyphen": lambda w: f"{w.first} {_inside(w.last, chr(0xAD))}",
    "a zero-width space": lambda w: f"{_inside(w.first, chr(0x200B))} {w.last}",
    "entities": lambda w: _entities(f"{w.first} {w.last}"),
    "wide letters": lambda w: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in f"{w.first} {w.last}"),
    "a Cyrillic letter": lambda w: f"{w.first} {w.last}".replace("a", "а", 1).replace("e", "е", 1),
    "umlauts spelt out": lambda w: _respelt(f"{w.first} {w.last}"),
    "of place": lambda w: f"à la place de {w.first} {w.last}",
    "your place": lambda w: f"à votre place, {w.first} {w.last}",
    "the second round": lambda w: f"au second tour, {w.first} {w.last}",
}  # fmt: skip

PHONE_FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda p: p,
    "joined": lambda p: p.replace(" ", ""),
    "dots": lambda p: p.replace(" ", "."),
    "dashes": lambda p: p.replace(" ", "–"),
    "hyphens": lambda p: p.replace(" ", "\u2011"),
    "slashes": lambda p: p.replace(" ", "/"),
    "middle dots": lambda p: p.replace(" ", "·"),
    "underscores": lambda p: p.replace(" ", "_"),
    "narrow blanks": lambda p: p.replace(" ", "\u202f"),
    "zero-width": lambda p: p.replace(" ", "\u200b"),
    "international": lambda p: "+33 " + p[1:],
    "with a bracket": lambda p: "+33 (0)" + p[1:],
    "double zero": lambda p: "0033" + p[1:].replace(" ", ""),
    "odd groups": lambda p: (lambda d: f"{d[:4]} {d[4:7]} {d[7:]}")(p.replace(" ", "")),
    "wide digits": lambda p: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in p),
}
CODE_FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda c: c,
    "joined": lambda c: c.replace("-", "").replace(" ", ""),
    "blanks": lambda c: c.replace("-", " "),
    "dots": lambda c: c.replace("-", ".").replace(" ", "."),
    "slashes": lambda c: c.replace("-", "/").replace(" ", "/"),
    "dashes": lambda c: c.replace("-", "–").replace(" ", "–"),
    "underscores": lambda c: c.replace("-", "_").replace(" ", "_"),
    "small letters": str.lower,
    "zero-width": lambda c: c.replace("-", "-\u200b").replace(" ", " \u200b"),
    "a number sign": lambda c: f"n°{c}",
}
CODES = {
    "letters and digits": [f"CAND-{5200041 + n}" for n in range(8)],
    "year and number": [f"2026-{41 + n:04}" for n in range(8)],
    "three groups": [f"RH/2026/{170 + n}" for n in range(8)],
    "joined": [f"RC{2600 + n:05}" for n in range(8)],
    "digits": [f"{4820017 + 13 * n}" for n in range(8)],
    "NI numbers": [f"QQ {12 + n} 34 56 C" for n in range(8)],
    "letters last": [f"{4820 + n}-AB" for n in range(8)],
}
ADDRESS_FORMS: dict[str, Callable[[str, str], str]] = {
    "as it is": lambda local, domain: f"{local}@{domain}",
    "in capitals": lambda local, domain: f"{local}@{domain}".upper(),
    "a wide sign": lambda local, domain: f"{local}＠{domain}",
    "a zero-width space": lambda local, domain: f"{local}\u200b@{domain}",
    "a soft hyphen's entity": lambda local, domain: f"{local}&shy;@{domain}",
    "an entity": lambda local, domain: f"{local}&#64;{domain}",
    "blanks around": lambda local, domain: f"{local} @ {domain}",
    "(a) point": lambda local, domain: f"{local} (a) {domain.replace('.', ' point ')}",
    "AT DOT": lambda local, domain: f"{local} AT {domain.replace('.', ' DOT ')}",
    "[at] [dot]": lambda local, domain: f"{local}[at]{domain.replace('.', '[dot]')}",
    "arobase": lambda local, domain: f"{local} arobase {domain.replace('.', ' point ')}",
    "(at) as it is": lambda local, domain: f"{local}(at){domain}",
    "everything in words": lambda local, domain: f"{local}@{domain}".replace(".", " point ").replace("@", " chez "),
    "underscores": lambda local, domain: f"{local}_at_{domain.replace('.', '_dot_')}",
}  # fmt: skip


def names_of(who: Someone) -> Iterator[tuple[str, str]]:
    """The forms of a name that make sense for it."""
    for name, form in NAME_FORMS.items():
        yield name, form(who)
