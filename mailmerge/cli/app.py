"""The ``mailmerge`` command: its subcommands by name, each imported only when it is used."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from mailmerge import __version__, i18n
from mailmerge.cli.language import in_language, lang_option, speak
from mailmerge.cli.output import (
    BAD_INPUT,
    INTERRUPTED,
    OK,
    OutputLost,
    complain,
    exit_code,
    prepare_streams,
    print_json,
)
from mailmerge.errors import AlreadyWritten, MailmergeError, os_reason
from mailmerge.runtime import garbage
from mailmerge.text.regex import regex

COMMANDS = {
    "demo": "mailmerge.cli.launch:demo",
    "init": "mailmerge.cli.commands.init:init",
    "import": "mailmerge.cli.commands.import_:import_",
    "import-awdeorio": "mailmerge.cli.commands.import_awdeorio:import_",
    "check": "mailmerge.cli.commands.check:check",
    "preview": "mailmerge.cli.commands.preview:preview",
    "export": "mailmerge.cli.commands.export:export",
    "seal": "mailmerge.cli.commands.send:seal",
    "send": "mailmerge.cli.commands.send:send",
    "runs": "mailmerge.cli.commands.runs:runs",
    "show": "mailmerge.cli.commands.runs:show",
    "resolve": "mailmerge.cli.commands.runs:resolve",
    "pack": "mailmerge.cli.commands.approval:pack",
    "approve": "mailmerge.cli.commands.approval:approve",
    "approval": "mailmerge.cli.commands.approval:approval",
    "follow": "mailmerge.cli.commands.follow:follow",
    "receipt": "mailmerge.cli.commands.receipt:receipt",
    "who": "mailmerge.cli.commands.who:who",
    "incident": "mailmerge.cli.commands.incident:incident",
    "purge": "mailmerge.cli.commands.purge:purge",
    "account": "mailmerge.cli.commands.account:account",
    "rules": "mailmerge.cli.commands.rules:rules",
}
_SCREENS = "mailmerge.cli.launch:screens"


class _Commands(click.Group):
    """Subcommands by name; anything else on the line is a SOURCE for the screens."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(in_language(self), ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the language that ``--lang`` asked for after Click had made the option."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = i18n._("Show this message and exit.")
        return option

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        return None if target is None else in_language(load(target))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches  # not paid for by `--version`

        near = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.75)
        if near and not os.path.lexists(args[0]):
            problem = i18n._('no command or file is called "{name}"; did you mean `mailmerge {command}`?')
            raise click.UsageError(problem.format(name=args[0], command=near[0]), ctx)
        if not _may_be_a_file(args[0]):
            raise click.UsageError(i18n._('no command or file is called "{name}"').format(name=args[0]), ctx)
        return "open", in_language(load(_SCREENS)), args


def _may_be_a_file(name: str) -> bool:
    """Whether somebody can have meant a file: it is there, or is written as one, in a folder or with an ending."""
    return os.path.lexists(name) or os.path.basename(name) != name or "." in name  # noqa: PTH119


def load(target: str) -> click.Command:
    """The command at ``module:attribute``, as it is written: in English."""
    module, _, attribute = target.partition(":")
    command = getattr(importlib.import_module(module), attribute)
    garbage.settle()  # waited for what is imported (see ``mailmerge.__main__``)
    if not isinstance(command, click.Command):
        raise TypeError(target)
    return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mailmerge")
@click.option(
    "--lang",
    metavar="LANGUAGE",
    is_eager=True,
    expose_value=False,
    callback=lang_option,
    help="Speak this language instead of the one of the system, for example en.",
)
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Mail merge that people in HR can trust: one message per person, each seen, checked, and sent once.

    \b
    mailmerge                                   open the screens
    mailmerge campaign.toml                     open a campaign
    mailmerge candidates.csv letter.md          open a table and a letter
    mailmerge demo                              try the whole job, no account needed

    \b
    Example: mailmerge check candidates.csv letter.md
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(load(_SCREENS))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its documented exit code; an error is one line, never a traceback."""
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given != ["--version"]:
        speak(given)
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    try:
        result: Any = commands.main(given, prog_name="mailmerge", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except OutputLost as lost:
        if lost.reader_left:  # `mailmerge check ... | head`: it has read enough
            return OK
        return _refuse(str(lost), BAD_INPUT, given)
    except AlreadyWritten as error:
        return _refuse(str(error), exit_code(error), given, written=error.written)
    except MailmergeError as error:
        return _refuse(str(error), exit_code(error), given)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        from mailmerge.cli.misuse import misuse  # not paid for by a command that is well used

        path = error.ctx.command_path if error.ctx else _command_of(given)
        return _refuse(_usage(misuse(error), path), BAD_INPUT, given)
    except click.ClickException as error:
        return _refuse(error.format_message(), BAD_INPUT, given)
    except (click.Abort, KeyboardInterrupt):
        complain(i18n._("interrupted"))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the last resort: a person gets a line, we get the details)
        from mailmerge.runtime.faults import is_shortage, keep_fault

        if is_shortage(error):
            return _refuse(keep_fault(error), BAD_INPUT, given)
        if isinstance(error, OSError) and error.filename is None:  # of a stream: click writes --help and --version
            return _refuse(str(OutputLost(error)), BAD_INPUT, given)
        if isinstance(error, OSError) and not isinstance(error, ConnectionError):
            sentence = i18n._("cannot use {path}: {why}")
            return _refuse(sentence.format(path=str(error.filename), why=os_reason(error)), BAD_INPUT, given)
        return _refuse(keep_fault(error), BAD_INPUT, given)


_WHITE = regex(r"[ \t\r\n\f\v]+")
"""What a line may not hold; a no-break space belongs to a sentence."""


def _command_of(given: Sequence[str]) -> str:
    """The command that was given: what Click finds wrong with an option's value does not say of which it is."""
    return " ".join(["mailmerge", *(each for each in given if each in COMMANDS)][:2])


def _usage(problem: str, command: str) -> str:
    return i18n._("{problem} – see `{command} --help`").format(problem=problem.rstrip("."), command=command)


def _refuse(sentence: str, code: int, given: list[str], **details: object) -> int:
    line = _WHITE.sub(" ", sentence).strip(" ")
    if "--json" in given:
        with suppress(OutputLost):
            print_json({"error": line, **details})
    complain(line)
    return code
