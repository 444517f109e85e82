"""What stands for a value on a command line: ``FILE``, and in French ``FICHIER``."""

from __future__ import annotations

import copy
from typing import Any

import click

from mailmerge.i18n import pgettext
from mailmerge.text.regex import regex

_WORD = regex(r"[A-Z]{2,}")
_NUMBERS = (type(click.INT), type(click.FLOAT))


def in_words(metavar: str) -> str:
    """A metavar with its words in the language in use: ``RUN|SOURCE... TEXT``."""
    words = _words()
    return _WORD.sub(lambda found: words.get(found[0], found[0]), metavar)


def with_metavar(parameter: click.Parameter) -> click.Parameter:
    """The parameter, as a copy with what stands for its value in the language in use."""
    translated = copy.copy(parameter)
    if parameter.metavar:
        translated.metavar = in_words(parameter.metavar)
    elif isinstance(parameter, click.Argument):
        named = str(parameter.name).upper()
        if (said := in_words(named)) != named:
            translated.metavar = f"{said}..." if parameter.nargs != 1 else said
    elif isinstance(parameter, click.Option) and not parameter.is_flag:
        translated.metavar = _of_type(parameter.type)
    return translated


def _of_type(kind: click.ParamType[Any]) -> str | None:
    """A range is a number to whoever reads the help: click calls it INTEGER RANGE."""
    if isinstance(kind, _NUMBERS):
        return in_words("NUMBER")
    return in_words("TEXT") if isinstance(kind, type(click.STRING)) else None


def _words() -> dict[str, str]:
    return {
        "ADDRESS": pgettext("metavar", "ADDRESS"),
        "ARGS": pgettext("metavar", "ARGS"),
        "CODE": pgettext("metavar", "CODE"),
        "COMMAND": pgettext("metavar", "COMMAND"),
        "COPY": pgettext("metavar", "COPY"),
        "COUNT": pgettext("metavar", "COUNT"),
        "DAYS": pgettext("metavar", "DAYS"),
        "DIR": pgettext("metavar", "DIR"),
        "FIELD": pgettext("metavar", "FIELD"),
        "FILE": pgettext("metavar", "FILE"),
        "FOLDER": pgettext("metavar", "FOLDER"),
        "LANGUAGE": pgettext("metavar", "LANGUAGE"),
        "NAME": pgettext("metavar", "NAME"),
        "NUMBER": pgettext("metavar", "NUMBER"),
        "OPTIONS": pgettext("metavar", "OPTIONS"),
        "PACK": pgettext("metavar", "PACK"),
        "RECORD": pgettext("metavar", "RECORD"),
        "RUN": pgettext("metavar", "RUN"),
        "SOURCE": pgettext("metavar", "SOURCE"),
        "TABLE": pgettext("metavar", "TABLE"),
        "TEXT": pgettext("metavar", "TEXT"),
        "TIME": pgettext("metavar", "TIME"),
    }
