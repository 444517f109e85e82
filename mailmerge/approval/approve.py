"""The second person's side: a pack is opened on their own computer, and their verdict is signed beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.approval.packs.pack import read_pack, run_of_pack
from mailmerge.approval.packs.places import APPROVAL_SUFFIX
from mailmerge.approval.reviewing.review import Verdict, statement_of
from mailmerge.approval.signatures.keys import OwnKey, full_name, own_key
from mailmerge.approval.signatures.sshsig import sign
from mailmerge.errors import MailmergeError, RunUnknown, UsageError
from mailmerge.files.home import write_atomically, writing
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import public_key

if TYPE_CHECKING:
    from mailmerge.approval.reviewing.contents import Contents
    from mailmerge.environment import Environment


def require_other_author(pack: Path, environment: Environment) -> str:
    """See that a pack was not made here; the run that it is of.

    Raises:
        UsageError: it was sealed on this computer.
        InputError: it is not a pack.
    """
    run = run_of_pack(pack)
    try:
        environment.outbox.open(run)
    except RunUnknown:
        return run
    except MailmergeError:
        pass  # it is here, whatever is wrong with it
    raise UsageError(
        N_(
            "run {run} was sealed on this computer: a second person approves it on theirs; with nobody to ask,"
            " `mailmerge approval alone {run}`"
        ),
        run=run,
    )


def open_for_review(pack: Path, words: str, environment: Environment) -> tuple[Contents, OwnKey]:
    """What is in a pack, and the key to sign with, made where there is none yet.

    Raises:
        UsageError: it was sealed on this computer, or by the owner of the key.
        WrongWords: they are not those of this pack.
        InputError: it is not a pack, not whole, or of a newer program.
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    require_other_author(pack, environment)
    contents = read_pack(pack, words)
    key = own_key(environment)
    if key.public in {public_key(line) for line in contents.author_keys}:
        raise UsageError(
            N_("the key of this computer is the author's own: a second person approves the run, with their own key")
        )
    return contents, key


def write_verdict(
    pack: Path, contents: Contents, verdict: Verdict, key: OwnKey, environment: Environment, approver: str = ""
) -> tuple[Path, str]:
    """Sign a verdict and write it beside the pack; returns the file and its text, which can be pasted as well.

    Raises:
        InputError: it cannot be written.
    """
    statement = statement_of(contents, verdict, approver or full_name(), environment.clock())
    text = statement.text + sign(key.private, statement.text)
    path = pack.with_name(f"{contents.run}{APPROVAL_SUFFIX}")
    with writing(path):
        write_atomically(path, text.encode(), shared=True)
    return path, text
