"""How the command line speaks: data to stdout, narration to stderr, errors in one line with their exit code."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any, TypeVar

import click

from mailmerge import i18n
from mailmerge.errors import Blocked, DeliveryError, MailmergeError, RenderFailed, RunBusy, os_reason
from mailmerge.i18n import N_, _

OK = 0
BLOCKED_OR_REJECTED = 1
BAD_INPUT = 2
LEFT_TO_SEND = 3
SOME_UNKNOWN = 4
INTERRUPTED = 130

_Command = TypeVar("_Command", bound=Callable[..., Any])


def json_option(command: _Command) -> _Command:
    """The ``--json`` flag; the command receives it as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help=N_("Print JSON to stdout."))(command)


def exit_code(error: MailmergeError) -> int:
    """The documented exit code of an error."""
    if isinstance(error, Blocked | RenderFailed):
        return BLOCKED_OR_REJECTED
    if isinstance(error, DeliveryError | RunBusy):
        return LEFT_TO_SEND
    return BAD_INPUT


class OutputLost(MailmergeError):
    """Nothing more can be written to stdout: its reader has left, its disk is full."""

    def __init__(self, error: OSError | ValueError):
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        super().__init__(N_("the output cannot be written: {why}"), why=why)
        self.reader_left = isinstance(error, BrokenPipeError)


def prepare_streams() -> None:
    """Have three streams that can be written to, whoever started the program and whatever its console can show.

    A stream that was closed (``>&-``) leads nowhere: its number would otherwise be given to the next file that is
    opened, a run among them. What a console lacks is written as :data:`PLAIN` says, else as ``\\u0141``.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123
    codecs.register_error(_PLAINLY, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_PLAINLY)


PLAIN: Mapping[str, str] = {
    "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "<", "›": ">",
    "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "•": "*", "·": ".",
    "✓": "ok", "→": "->", "×": "x", "⏎": "|", "€": "EUR", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss",
}  # fmt: skip
"""What is written in place of a sign that a console lacks (cp850 and ASCII have no typography): the same to read."""
_PLAINLY = "mailmerge.plainly"


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    """One character that an encoding lacks: as :data:`PLAIN` has it, else by its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    plain = PLAIN.get(character)
    if plain is not None:
        return plain, error.start + 1
    one = UnicodeEncodeError(error.encoding, error.object, error.start, error.start + 1, error.reason)
    return codecs.backslashreplace_errors(one)


def put(content: str | bytes, *, newline: bool = True) -> None:
    """Data to stdout.

    Raises:
        OutputLost: it cannot be written; whatever is put afterwards is lost in silence.
    """
    try:
        click.echo(content, nl=newline)
    except (OSError, ValueError) as error:
        _give_up(sys.stdout)
        raise OutputLost(error) from None


def _give_up(stream: IO[str]) -> None:
    """Let what is still buffered, and whatever follows, lead nowhere: the interpreter writes it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def say(sentence: str) -> None:
    """Narrate on stderr; where nobody can be told any more, the work goes on."""
    from mailmerge.text.shown import visible

    try:
        click.echo(visible(sentence), err=True)
    except (OSError, ValueError):
        _give_up(sys.stderr)


def note(sentence: str) -> None:
    """Say something that is worth knowing, and stops nothing."""
    say(_("note: {note}").format(note=sentence))


def ask(question: str, **options: Any) -> Any:
    """What is typed after a question at the terminal (:func:`click.prompt`).

    Raises:
        Abort: nothing is typed, and nothing will be.
        KeyboardInterrupt: Ctrl-C was pressed instead.
    """
    with _ended_line(open_left=not options.get("hide_input")):
        kind = options.get("type")
        asked = _in_our_words(kind) if isinstance(kind, click.ParamType) else None
        return click.prompt(question, err=True, prompt_suffix=_(": "), value_proc=asked, **options)


def _in_our_words(kind: click.ParamType[Any]) -> Callable[[Any], Any]:
    """What is typed as a value of this kind; what cannot be one is told as at the command line."""

    def converted(typed: Any) -> Any:
        try:
            return kind.convert(typed, None, None)
        except click.BadParameter as error:
            from mailmerge.cli.misuse import takes

            raise click.UsageError(_("type {what}").format(what=takes(kind))) from error

    return converted


def confirm(question: str) -> bool:
    """Whether yes is typed after a question at the terminal; no where only Enter is pressed.

    Raises:
        Abort: nothing is typed, and nothing will be.
        KeyboardInterrupt: Ctrl-C was pressed instead.
    """
    with _ended_line():
        return click.confirm(question, default=False, err=True)


@contextmanager
def _ended_line(*, open_left: bool = True) -> Iterator[None]:
    """End the line of a question that nobody answers, where Click leaves it open."""
    try:
        yield
    except click.Abort as left:
        if open_left:
            say("")
        if isinstance(left.__context__, KeyboardInterrupt):
            raise left.__context__ from None
        raise


def complain(sentence: str) -> None:
    """One line on stderr that says what, where and what to do."""
    say(f"mailmerge: {sentence}")


def print_json(document: object) -> None:
    """One JSON document on one line of stdout, UTF-8 whatever the console's encoding is.

    Raises:
        OutputLost: it cannot be written.
    """
    import msgspec

    put(msgspec.json.encode(document))


def progress(label: str) -> Callable[[int, int], None] | None:
    """A counter on stderr, redrawn in place; None where nobody is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        with suppress(OSError, ValueError):
            click.echo(
                "\r"
                + _("{what} {done} of {total}").format(what=label, done=i18n.number(done), total=i18n.number(total)),
                err=True,
                nl=done >= total,
            )

    return show
