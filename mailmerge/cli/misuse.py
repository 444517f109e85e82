"""What is wrong with a command line, in one sentence of ours: Click says it in words of its own."""

from __future__ import annotations

from typing import Any

import click

from mailmerge.cli.metavars import with_metavar
from mailmerge.i18n import N_, _, ngettext, number


def misuse(error: click.UsageError) -> str:
    """What is wrong, and what would be right."""
    if isinstance(error, click.NoSuchOption):
        return _near(N_("there is no option {name}"), error.option_name, error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _near(N_("there is no command {name}"), error.command_name, error.possibilities)
    if isinstance(error, click.BadOptionUsage):
        return _option_usage(error)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = _name(error.param)
        if isinstance(error, click.MissingParameter):
            return _("{name} is missing").format(name=name)
        if taken := takes(error.param.type):
            return _("{name} takes {what}").format(name=name, what=taken)
    return _surplus(error.message) or error.format_message()


def takes(kind: click.ParamType[Any]) -> str:
    """What a value can be; ``""`` where nothing is known of it."""
    if isinstance(kind, click.Choice):
        *others, last = map(str, kind.choices)
        return _("{others} or {last}").format(others=", ".join(others), last=last)
    if isinstance(kind, click.Path):
        return _path(kind)
    if isinstance(kind, click.IntRange | click.FloatRange):
        return _range(kind)
    if kind is click.INT:
        return _("a whole number")
    return ""


def _range(kind: click.IntRange | click.FloatRange) -> str:
    whole = isinstance(kind, click.IntRange)
    if kind.max is None:
        said = _("a whole number, {least} or more") if whole else _("a number, {least} or more")
        return said.format(least=number(kind.min or 0))
    said = _("a whole number from {least} to {most}") if whole else _("a number from {least} to {most}")
    return said.format(least=number(kind.min or 0), most=number(kind.max))


def _path(kind: click.Path) -> str:
    if not kind.dir_okay:
        return _("a file that you may read, not a folder")
    if not kind.file_okay:
        return _("a folder that you may read, not a file")
    return _("a file or a folder that you may read")


def _name(parameter: click.Parameter) -> str:
    """What the help calls it: ``--record``, ``FILE``."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    shown = with_metavar(parameter)
    return (shown.metavar or str(shown.name).upper()).removesuffix("...")


def _near(problem: str, name: str, near: list[str] | None) -> str:
    said = _(problem).format(name=name)
    return _("{problem}; did you mean {near}?").format(problem=said, near=near[0]) if near else said


def _option_usage(error: click.BadOptionUsage) -> str:
    """A value where the option has none; no value where it has one."""
    name = error.option_name
    surplus = error.message == _("Option {name!r} does not take a value.").format(name=name)
    return (_("{name} takes no value") if surplus else _("{name} needs a value")).format(name=name)


def _surplus(message: str) -> str:
    """The arguments that nothing is left to take, which Click tells in its words only."""
    for count in (1, 2):
        told = ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", count)
        before, _args, after = told.partition("{args}")
        if message.startswith(before) and message.endswith(after):
            args = message[len(before) : len(message) - len(after)]
            return ngettext("unexpected argument: {args}", "unexpected arguments: {args}", count).format(args=args)
    return ""
