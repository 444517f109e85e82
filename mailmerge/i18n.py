"""The languages of the program: texts are marked where they are written, and translated where they are shown.

A text is its own English: nothing is opened for it. A further language is one folder below ``locale/`` with a catalogue
(gettext); what a catalogue lacks stays English, sentence by sentence. Decisions, fingerprints, JSON keys, states and
exit codes never pass through here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Protocol

from msgspec import Struct

DOMAIN = "mailmerge"
LOCALE = Path(__file__).with_name("locale")
ENGLISH = "en"


class Date(Protocol):
    """What has a day: :class:`datetime.date` and :class:`datetime.datetime`."""

    @property
    def day(self) -> int: ...  # noqa: D102
    @property
    def month(self) -> int: ...  # noqa: D102
    @property
    def year(self) -> int: ...  # noqa: D102


class Time(Protocol):
    """What has a time of day."""

    @property
    def hour(self) -> int: ...  # noqa: D102
    @property
    def minute(self) -> int: ...  # noqa: D102


_catalogue = NullTranslations()
_language = ENGLISH


def N_(text: str) -> str:  # noqa: N802  (the name that gettext's tools look for)
    """Mark a text for translation; it is English until it is shown."""
    return text


def _(text: str) -> str:
    """A text in the language of whoever reads it."""
    return _catalogue.gettext(text) if text else text  # gettext has the catalogue's own header under ""


class Term(Struct, frozen=True):
    """A word or a phrase of ours that a sentence can hold; marked with ``N_`` where it is written."""

    text: str

    def __str__(self) -> str:
        return _(self.text)


def ngettext(one: str, many: str, count: int) -> str:
    """The one of two texts that goes with a number: which depends on the language (0 is singular in French)."""
    return _catalogue.ngettext(one, many, count)


def plural(count: int, one: str, many: str, **values: object) -> str:
    """``one`` or ``many``, with ``{count}`` and the other places filled in."""
    return ngettext(one, many, count).format(count=number(count), **values)


def pgettext(context: str, text: str) -> str:
    """A text whose translation depends on what it is said of: ``message``, ``column``."""
    return _catalogue.pgettext(context, text)


def language() -> str:
    """The language in use: ``"en"``, ``"fr"``."""
    return _language


def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    return (ENGLISH, *sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def endonym(name: str) -> str:
    """What the speakers of a language call it: ``Français``."""
    return _ENDONYMS.get(name, name)


_ENDONYMS = {
    "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français", "it": "Italiano", "nl": "Nederlands",
    "pl": "Polski", "pt": "Português",
}  # fmt: skip


def use(name: str) -> None:
    """Speak this language from here on; English where there is no catalogue for it."""
    if name == ENGLISH or name not in languages():
        use_catalogue(ENGLISH, NullTranslations())
        return
    use_catalogue(name, _catalogue_in(LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.mo"))


@cache
def _catalogue_in(path: Path) -> GNUTranslations:
    """What a file of translations says, read once: a sheet in two languages goes to and fro between them."""
    with path.open("rb") as compiled:
        return GNUTranslations(compiled)


def use_catalogue(name: str, catalogue: NullTranslations) -> None:
    """Speak from this catalogue from here on."""
    global _catalogue, _language
    _catalogue, _language = catalogue, name


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak another language for a while."""
    before = _language, _catalogue
    use(name)
    try:
        yield
    finally:
        use_catalogue(*before)


def chosen(*wishes: str) -> str:
    """The first wish that there is a catalogue for (``"fr"``, ``"fr_FR.UTF-8"``), else the system's language."""
    there = languages()
    names = (code(wish) for wish in (*wishes, _system()))
    return next((name for name in names if name in there), ENGLISH)


def code(locale_name: str) -> str:
    """The language of a locale's name: ``fr`` of ``fr_FR.UTF-8`` and ``fr-CA``."""
    return locale_name.replace("-", "_").split("_")[0].split(".")[0].casefold()


def _system() -> str:
    """What the system asks for, without asking the C library: ``LANG=fr_FR.UTF-8`` counts on a machine without it."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")


# --- numbers, lists and dates -----------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A number as the language writes it, its thousands apart: ``1,234``, in French ``1 234``; to the thousandth."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
    marks = {",": pgettext("number", ","), ".": pgettext("number", ".")}
    return "".join(marks.get(character, character) for character in text)


def listed(items: Iterable[str]) -> str:
    """Several things in a sentence: ``a, b and c``."""
    *first, last = items
    return _("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def day(date: Date) -> str:
    """A day in a sentence: ``26 November 2026``."""
    pattern = pgettext("date", "1 {month} {year}") if date.day == 1 else pgettext("date", "{day} {month} {year}")
    return pattern.format(day=date.day, month=_month(date.month), year=date.year)


def clock(time: Time) -> str:
    """A time of day in a sentence: ``09:05``, in French ``9 h 05``."""
    has_nought = pgettext("hour", "09").startswith("0")  # as the language writes the ninth hour
    hour = f"{time.hour:02}" if has_nought else str(time.hour)
    return pgettext("time", "{hour}:{minute:02}").format(hour=hour, minute=time.minute)


def _month(number: int) -> str:
    months = (
        pgettext("month", "January"), pgettext("month", "February"), pgettext("month", "March"),
        pgettext("month", "April"), pgettext("month", "May"), pgettext("month", "June"),
        pgettext("month", "July"), pgettext("month", "August"), pgettext("month", "September"),
        pgettext("month", "October"), pgettext("month", "November"), pgettext("month", "December"),
    )  # fmt: skip
    return months[number - 1]
