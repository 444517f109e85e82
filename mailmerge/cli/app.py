"""The ``mailmerge`` command: its subcommands by name, each imported only when it is used."""

from __future__ import annotations

import gc
import importlib
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from mailmerge.cli.output import BAD_INPUT, INTERRUPTED, complain, exit_code, print_json
from mailmerge.errors import AlreadyWritten, MailmergeError
from mailmerge.home import find_home, private_directory, write_atomically

COMMANDS = {
    "demo": "mailmerge.cli.launch:demo",
    "init": "mailmerge.cli.init:init",
    "import-awdeorio": "mailmerge.cli.import_awdeorio:import_",
    "check": "mailmerge.cli.check:check",
    "preview": "mailmerge.cli.preview:preview",
    "export": "mailmerge.cli.export:export",
    "seal": "mailmerge.cli.send:seal",
    "send": "mailmerge.cli.send:send",
    "runs": "mailmerge.cli.runs:runs",
    "show": "mailmerge.cli.runs:show",
    "resolve": "mailmerge.cli.runs:resolve",
    "purge": "mailmerge.cli.runs:purge",
    "account": "mailmerge.cli.account:account",
    "rules": "mailmerge.cli.rules:rules",
}
_SCREENS = "mailmerge.cli.launch:screens"


class _Commands(click.Group):
    """Subcommands by name; anything else on the line is a SOURCE for the screens."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        return None if target is None else _load(target)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        return "open", _load(_SCREENS), args


def _load(target: str) -> click.Command:
    module, _, attribute = target.partition(":")
    command = getattr(importlib.import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(target)
    return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mailmerge-tui", prog_name="mailmerge")
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
        ctx.invoke(_load(_SCREENS))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its documented exit code; an error is one line, never a traceback."""
    gc.freeze()  # what was imported stays; from here on garbage is collected (see ``mailmerge.__main__``)
    gc.enable()
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    try:
        result: Any = commands.main(given, prog_name="mailmerge", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except AlreadyWritten as error:
        return _refuse(str(error), exit_code(error), given, written=error.written)
    except MailmergeError as error:
        return _refuse(str(error), exit_code(error), given)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "mailmerge"
        return _refuse(f"{error.format_message().rstrip('.')}; see `{path} --help`", BAD_INPUT, given)
    except click.ClickException as error:
        return _refuse(error.format_message(), BAD_INPUT, given)
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left; there is nobody to tell
        return 0
    except Exception as error:  # noqa: BLE001  (the last resort: a person gets a line, we get the details)
        return _refuse(_kept_for_us(error), BAD_INPUT, given)


def _refuse(sentence: str, code: int, given: list[str], **details: object) -> int:
    line = " ".join(sentence.split())
    if "--json" in given:
        print_json({"error": line, **details})
    complain(line)
    return code


def _kept_for_us(error: Exception) -> str:
    """Write the traceback (without local values: they may hold secrets) to the state folder; the line to show."""
    summary = f"this is a fault of mailmerge, not yours: {type(error).__name__}: {error}"
    try:
        path = private_directory(find_home().state) / "fault.log"
        write_atomically(path, "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace"))
    except (OSError, MailmergeError):
        return summary
    return f"{summary}; please report it with the file {path}"
