"""Ten digits that show, over the telephone, that somebody opened the page of a run and answered its questions."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailmerge.outbox import ApprovalEntry, Run

_DIGITS = 10
_PURPOSE = "mailmerge-code/1"


def code_of(key: bytes, answers: Sequence[str], root: str) -> str:
    """The code, given the key of the words and the answers as they are compared."""
    answered = hmac.digest(key, "\n".join([_PURPOSE, *answers]).encode(), "sha256")
    number = int.from_bytes(hmac.digest(answered, root.encode(), hashlib.sha256)[:8], "big") % 10**_DIGITS
    return f"{number:0{_DIGITS}}"


def expected_code(pack: ApprovalEntry, run: Run) -> str:
    """The code of the page that was written for a run; empty where nothing is known of it any more."""
    key, answers = pack.content.get("key"), pack.content.get("answers")
    if not isinstance(key, str) or not isinstance(answers, list):
        return ""
    return code_of(bytes.fromhex(key), [str(answer) for answer in answers], run.sealed)


def typed_code(typed: str) -> str:
    """A code as it is compared: its digits."""
    return "".join(character for character in typed if character.isdecimal() and character.isascii())


def shown_code(code: str) -> str:
    """A code as it is read out: ``48213 90277``."""
    return f"{code[:5]} {code[5:]}"
