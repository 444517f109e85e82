"""The language of the command line: which one it is, and ``--help`` in it."""

from __future__ import annotations

import copy
import gettext
import os
from collections.abc import Sequence
from inspect import cleandoc

import click

from mailmerge import i18n
from mailmerge.cli.metavars import in_words, with_metavar
from mailmerge.errors import InputError, UsageError
from mailmerge.i18n import N_, _

_WORDS_OF_CLICK = (N_("required"),)
"""What Click translates too, but does not have as a literal that could be found."""


class HelpFormatter(click.HelpFormatter):
    """Ends a heading as the language does: ``Options:``, with a space before the colon in French."""

    def write_heading(self, heading: str) -> None:
        """Write ``Options:``."""
        ended = _("{heading}:").format(heading=heading)
        self.write(f"{'':>{self.current_indent}}{ended}\n")


def speak(given: Sequence[str]) -> None:
    """Speak the language that is asked for: MAILMERGE_LANG, ``language`` in config.toml, or the system's.

    What a program reads (``--json``) is English unless a language is asked for; ``--lang`` does so later.
    """
    asked = os.environ.get("MAILMERGE_LANG", "")
    wishes = (asked, i18n.ENGLISH) if "--json" in given and not asked else (asked, _configured())
    _use(i18n.chosen(*wishes))


def lang_option(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """What ``--lang`` does.

    Raises:
        UsageError: there is no such language.
    """
    if value is None:
        return
    if i18n.code(value) not in i18n.languages():
        known = ", ".join(i18n.languages())
        raise UsageError(N_("there is no language '{language}'; there are {known}"), language=value, known=known)
    _use(i18n.code(value))


def in_language(command: click.Command) -> click.Command:
    """The command with its help in the language in use; the command itself stays as it is written."""
    translated = copy.copy(command)
    translated.help = command.help and _(cleandoc(command.help))  # as newer Pythons have it already
    translated.params = [_option(with_metavar(parameter)) for parameter in command.params]
    translated.options_metavar = in_words(command.options_metavar or "")
    if isinstance(translated, click.Group):
        translated.subcommand_metavar = in_words(translated.subcommand_metavar)
        translated.commands = {name: in_language(each) for name, each in translated.commands.items()}
    return translated


def _option(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    translated = copy.copy(parameter)
    translated.help = _(parameter.help)
    return translated


def _configured() -> str:
    """``language`` of config.toml; nothing where it cannot be read, which the command itself will say."""
    from mailmerge.environment import Environment

    here = Environment.here()
    if not os.path.exists(here.home.config / "config.toml"):  # noqa: PTH110  (False where the folder is not ours)
        return ""
    try:
        return here.preferences.language
    except InputError:
        return ""


def _use(name: str) -> None:
    """Speak it, and have Click do so: it looks its words up in the domain of the process, by the environment."""
    i18n.use(name)
    os.environ["LANGUAGE"] = name
    gettext.bindtextdomain(i18n.DOMAIN, i18n.LOCALE)
    gettext.textdomain(i18n.DOMAIN)
    click.Context.formatter_class = HelpFormatter
