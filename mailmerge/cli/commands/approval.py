"""``mailmerge pack``, ``approve`` and ``approval``: a second person looks at a sealed run before it may leave."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailmerge.approval.describe import approved
from mailmerge.approval.moments import shown_moment
from mailmerge.cli.context import environment
from mailmerge.cli.launch import review_screen
from mailmerge.cli.output import INTERRUPTED, OK, ask, json_option, print_json, put, say
from mailmerge.errors import UsageError, WrongWords
from mailmerge.i18n import N_, _
from mailmerge.text.shown import visible

if TYPE_CHECKING:
    from mailmerge.approval.concluding import Conclusion

_TRIES = 3
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--for", "name", required=True, metavar="NAME", help="Who is to look at it, as [approval] calls them.")
@click.option("--out", "folder", required=True, type=_FOLDER, metavar="DIR", help="Where to write the two files.")
@json_option
def pack(run_id: str, name: str, folder: Path, as_json: bool) -> int:
    """Write what a second person looks at. RUN.mmpack is for the program, RUN.html for a browser.

    Both are encrypted. The five words that open them are printed here and written down nowhere: read them out on the
    telephone, and never send them with the file. The files are deleted once the run was sent; of copies the program
    knows nothing.

    \b
    Example: mailmerge pack 2026-11-26-7f3a --for paul --out G:/RH
    """
    from mailmerge.approval.record import write_for

    packed = write_for(environment().outbox.open(run_id), name, folder, environment())
    if as_json:
        print_json(
            {"run": run_id, "for": name, "words": packed.words, "pack": str(packed.pack), "page": str(packed.page)}
        )
        return OK
    put(packed.words)
    say(_(_PACKED).format(name=name, pack=packed.pack, page=packed.page))
    say(_(_READ_OUT).format(name=name))
    return OK


_PACKED = N_("written for {name}: {pack}, and {page} for a computer without the program")
_READ_OUT = N_("read the five words out to {name} on the telephone; whoever has them and the file can read the letters")


@click.command()
@click.argument("file", type=_FILE, metavar="PACK")
@click.option("--name", default="", metavar="NAME", help="Your name, as the approval shows it; the system's otherwise.")
def approve(file: Path, name: str) -> int:
    """Look at the letters of somebody else's run, and sign. Or say what is wrong with them.

    It asks for the five words, shows the letters, and writes RUN.approval beside the pack. The key to sign with is made
    when it is first needed, and is kept in the system's keyring.

    \b
    Example: mailmerge approve G:/RH/2026-11-26-7f3a.mmpack
    """
    from mailmerge.approval.approve import open_for_review, require_other_author

    require_other_author(file, environment())
    _need_terminal()
    for attempt in range(_TRIES):
        words = ask(_("The five words"))
        try:
            contents, key = open_for_review(file, words, environment())
            break
        except WrongWords as error:
            if attempt == _TRIES - 1:
                raise
            say(str(error))
    from mailmerge.approval.concluding import signing

    return _reviewed(review_screen(contents, signing(file, contents, key, environment(), name)))


def _reviewed(conclusion: Conclusion | None) -> int:
    """Say how a review ended; the exit code."""
    if conclusion is None:
        say(_(_LEFT))
        return INTERRUPTED
    if conclusion.text:
        put(conclusion.text, newline=False)
    say(conclusion.sentence)
    return OK


_LEFT = N_("the review was not finished, so nothing was signed; start it again when you are ready")


@click.group()
def approval() -> None:
    """Have a second person verify what leaves. They look at a sealed run on their own computer, and sign for these very
    bytes.

    In campaign.toml, or in config.toml for the whole company (the stricter of the two holds):

    \b
    [approval]
    required_above = 20            a run of more messages than this needs an approval
    valid_hours = 24               for how long it holds
    approvers = { paul = "ssh-ed25519 AAAA..." }

    \b
    once:  `mailmerge approval key` on their computer, `mailmerge approval trust FILE` on yours,
           and both read six words aloud
    each:  mailmerge seal, mailmerge pack RUN --for paul --out FOLDER, the words by telephone
           mailmerge approve FOLDER/RUN.mmpack on their computer
           mailmerge approval add RUN FOLDER/RUN.approval, mailmerge send --resume RUN

    There are three kinds: signed with a key; spoken, a code that the page RUN.html shows; alone, a second look of one's
    own after ten minutes. What each prevents:

    \b
                                                    signed     spoken     alone
    an honest mistake of the author                 yes        yes        in part
    a colleague who does not look                   decoys,    questions  -
                                                    questions
    bytes, people or waivers changed afterwards,
    another run, a second use, too late             yes        yes        yes
    the pack changed on the shared folder           yes        the code   -
                                                               is wrong
    the author writes the approval alone            needs the  POSSIBLE   -
                                                    other
                                                    computer
    the author sends with another program, edits
    the settings, or has the other's keyring        NO         NO         NO

    It guards against mistakes, and leaves a record. It does not keep out somebody who wants to get round it: a run can
    also be split into small ones, and a second home or account of the author's own is not recognised.

    \b
    Example: mailmerge approval add 2026-11-26-7f3a G:/RH/2026-11-26-7f3a.approval
    """


@approval.command()
@json_option
def key(as_json: bool) -> int:
    """Print the public key of this computer. The author of the runs has to trust it; it is made now where there is
    none.

    \b
    Example: mailmerge approval key > paul.pub
    """
    from mailmerge.approval.signatures.keys import own_key

    found = own_key(environment())
    if as_json:
        print_json({"key": found.line, "words": _words(found.public)})
        return OK
    put(found.line)
    _say_words(found.public)
    return OK


@approval.command()
@click.argument("file", type=_FILE)
@click.option("--name", default="", metavar="NAME", help="What to call them; the name in the file otherwise.")
@json_option
def trust(file: Path, name: str, as_json: bool) -> int:
    """Let the owner of a public key approve runs. The key in FILE goes into config.toml.

    Compare the six words with them on the telephone: only that shows whose key it is.

    \b
    Example: mailmerge approval trust paul.pub
    """
    from mailmerge.approval.signatures.trust import trust as trust_key

    called, public = trust_key(environment(), file, name)
    if as_json:
        print_json({"name": called, "words": _words(public)})
        return OK
    named_already = bool(name.strip()) and called != name.strip()
    say(_(_NAMED_ALREADY if named_already else _TRUSTED).format(name=called))
    _say_words(public)
    return OK


_NAMED_ALREADY = N_(
    "nothing was changed: config.toml has this key already, as {name}; to rename it, change it there. Its words:"
)
_TRUSTED = N_("{name} may approve runs from now on, if these words are the same on their computer:")


@approval.command()
@click.argument("run_id", metavar="RUN")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE|-")
@json_option
def add(run_id: str, file: Path, as_json: bool) -> int:
    """Record what a second person signed. It is read from RUN.approval, or pasted on stdin, and verified first.

    \b
    Example: mailmerge approval add 2026-11-26-7f3a G:/RH/2026-11-26-7f3a.approval
    """
    from mailmerge.approval.record import add_signed
    from mailmerge.approval.signatures.pasted import MOST_OCTETS, read_text, text_of

    if str(file) == "-":
        with click.open_file("-", "rb") as pasted:
            text = text_of(pasted.read(MOST_OCTETS))
    else:
        text = read_text(file)
    run = environment().outbox.open(run_id)
    add_signed(run, text, environment())
    return _recorded(run_id, as_json)


@approval.command()
@click.argument("run_id", metavar="RUN")
@click.argument("code")
@click.option("--by", "name", required=True, metavar="NAME", help="Who read the code out.")
@json_option
def spoken(run_id: str, code: str, name: str, as_json: bool) -> int:
    """Record the ten digits read out on the telephone. They are on the page RUN.html.

    \b
    Example: mailmerge approval spoken 2026-11-26-7f3a "48213 90277" --by "Paul Durand"
    """
    from mailmerge.approval.record import add_spoken

    add_spoken(environment().outbox.open(run_id), code, name, environment())
    return _recorded(run_id, as_json)


@approval.command()
@click.argument("run_id", metavar="RUN")
def alone(run_id: str) -> int:
    """Have a second look at a run of your own. It is ten minutes after the first, where there is nobody to ask.

    The first call begins the ten minutes; the same command shows the letters once they are over. It counts only where
    the rule names no approvers.

    \b
    Example: mailmerge approval alone 2026-11-26-7f3a
    """
    from mailmerge.approval.record import begin_alone
    from mailmerge.approval.reviewing.contents import contents_of

    run = environment().outbox.open(run_id)
    begins = begin_alone(run, environment())
    if environment().clock() < begins:
        say(_(_WAIT).format(at=shown_moment(begins), run=run.id))
        return OK
    _need_terminal()
    from mailmerge.approval.concluding import noting

    return _reviewed(review_screen(contents_of(run, "", environment()), noting(run, environment())))


_WAIT = N_("the second look begins at {at}: do something else until then, then run `mailmerge approval alone {run}`")


def _recorded(run_id: str, as_json: bool) -> int:
    """Say how the approval stands now."""
    from mailmerge.approval.state import approval_state
    from mailmerge.cli.approval_state import approval_document, approval_lines

    run = environment().outbox.open(run_id)
    state = approval_state(run, environment())
    if as_json:
        wrong = [{"record": each.record, "reason": each.reason} for each in state.wrong]
        print_json({"run": run.id, "approval": approval_document(run), "refused_by": state.refused_by, "wrong": wrong})
    elif state.approval is not None:
        say(approved(state.approval))
        say(_(_TO_SEND).format(run=run.id))
    else:
        for line in approval_lines(run, environment()):
            say(visible(line))
    return OK


_TO_SEND = N_("to send it: mailmerge send --resume {run}")


def _words(public: bytes) -> dict[str, str]:
    from mailmerge.approval.words import LANGUAGES, fingerprint_words

    return {name: fingerprint_words(public, name) for name in LANGUAGES}


def _say_words(public: bytes) -> None:
    from mailmerge.approval.words import spoken_language

    words = _words(public)
    first = spoken_language()
    for name in (first, *(each for each in words if each != first)):
        said = _("{heading}: {text}").format(heading=name, text=words[name])
        say(f"  {said}")


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(N_("letters are looked at on a screen: run it in a terminal"))
