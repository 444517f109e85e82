"""What a mail in the inbox says about a message of ours: it came back, it waits, a program or a person answers.

RFC 3464 (status), RFC 3834 (automatic replies), RFC 6533 (international addresses); else flufl.bounce, which knows the
forms of many servers, and phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.utils import parseaddr
from enum import StrEnum

from msgspec import Struct

from mailmerge.imap.parts import Parts, read_parts
from mailmerge.imap.phrases import AWAY, DELAYED, EXPIRED, FAILED, GAVE_UP, NO_DOMAIN, RETURNED_BELOW, SENDERS
from mailmerge.outbox.afterwards import REASON_LENGTH, LaterKind
from mailmerge.text.addresses import find_addresses, same_mailbox_key
from mailmerge.text.regex import regex
from mailmerge.text.shown import visible

READ_OCTETS = 256 << 10
"""As far as a mail is read: a status and the header of what is returned are at its beginning."""
HEAD_FIELDS = (
    "FROM RETURN-PATH CONTENT-TYPE AUTO-SUBMITTED X-FAILED-RECIPIENTS IN-REPLY-TO REFERENCES SUBJECT MESSAGE-ID"
    " PRECEDENCE X-AUTOREPLY X-AUTORESPOND X-AUTO-RESPONSE-SUPPRESS"
)
_STATUS = regex(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = regex(r"(?<![\d.#])([45]\d\d)(?=[ -])(?! ?(?:bytes|octets|KB|px))")
_ID = regex(r"<([^<>\s@]{1,200}@[^<>\s@]{1,200})>|(?<![^\s:=\"'(])([^<>\s@:=\"'()]{1,200}@[^<>\s@\"'();,]{1,200})")
_XTEXT = regex(r"\\x\{([0-9A-Fa-f]{1,6})\}")  # RFC 6533 3, embedded Unicode
_EXPIRED_STATUS = regex(r"[45]\.4\.(?:7|300|316)\Z|4\.")


_TELLING = regex(
    rb"=\?|multipart/report|^return-path:[ \t]*<>|^auto-submitted:|^x-failed-recipients:|^x-auto|^precedence:[ \t]*auto"
    rb"|daemon|postmaster|microsoft|mail deliver|mail admin|mailer@|bounce|repl|office|absen|vacation|abwesen"
    rb"|^from:.*syst|^from:[ \t]*<>|[\x80-\xff]|^subject:.*(?:auto|resp|svar|antw|vastaus|yanit)",
    re.IGNORECASE | re.MULTILINE,
)
"""Without one of these in its header a mail is none of ours, but for the ids that it answers."""
_ID_OCTETS = regex(rb"<([^<>\s]{1,200})>")


class AnswerKind(StrEnum):
    """What is no event of delivery."""

    PERSON = "person"
    """Somebody wrote back."""


class MailReport(Struct, frozen=True):
    """One mail, understood."""

    kind: LaterKind | AnswerKind
    status: str
    reason: str
    """On one line, at most 200 characters, and nothing of the letter."""
    returned_ids: tuple[str, ...]
    """Message-IDs that are those of what was returned or answered, without angle brackets."""
    quoted_ids: frozenset[str]
    """Whatever else in it looks like one."""
    recipients: tuple[str, ...]
    """Keys of the mailboxes that it is about (:func:`same_mailbox_key`)."""
    returned: Mapping[str, str]
    """Fields of the returned header, in lower case."""


def is_candidate(head: bytes, known_ids: frozenset[str]) -> bool:
    """Whether a mail has to be read: by its header it may be returned, automatic, or an answer to a message of ours."""
    if not (_TELLING.search(head) or any(_bare_id(each) in known_ids for each in _ID_OCTETS.findall(head))):
        return False
    parts = read_parts(head)
    if _bare(parts.field("message-id")) in known_ids:
        return False  # a copy of our own
    kind = parts.field("content-type").lower()
    automatic = parts.field("auto-submitted").lower()
    return (
        "multipart/report" in kind
        or parts.field("return-path").strip() == "<>"
        or (bool(automatic) and not automatic.startswith("no"))
        or bool(parts.field("x-failed-recipients") or parts.field("x-autoreply") or parts.field("x-autorespond"))
        or parts.field("precedence").lower() == "auto_reply"
        or SENDERS.search(parts.field("from")) is not None
        or AWAY.search(parts.field("subject")) is not None
        or not known_ids.isdisjoint(_answered(parts))
    )


def read_report(octets: bytes) -> MailReport | None:
    """What a mail, or its beginning, reports; None where it is about no message at all, or all is well."""
    parts = read_parts(octets)
    blocks = [dict(block) for block in parts.status]
    failures = [block for block in blocks if _action(block) is not None]
    if failures:
        return _from_status(parts, failures)
    if any("action" in block for block in blocks) or "disposition-notification" in parts.field("content-type").lower():
        return None  # delivered, relayed; or a receipt for reading, which is no business of ours
    if _is_returned(parts):
        return _from_text(parts, octets)
    if _is_automatic(parts):
        return _answer(parts, LaterKind.AUTO_REPLIED)
    return _answer(parts, AnswerKind.PERSON) if _answered(parts) else None


# --- RFC 3464 -------------------------------------------------------------------------------------------------------


def _from_status(parts: Parts, failures: list[dict[str, str]]) -> MailReport:
    failed = [block for block in failures if _action(block) is not LaterKind.DELAYED]
    block = (failed or failures)[0]
    _type, typed, said = block.get("diagnostic-code", "").partition(";")
    diagnostic = said.strip() if typed else block.get("diagnostic-code", "").strip()
    human = _human(parts)
    status = _precise(_first(_STATUS, block.get("status", "")), diagnostic)
    if not failed:
        kind = LaterKind.DELAYED
    elif _is_final(status, diagnostic):
        kind = LaterKind.BOUNCED
    elif (
        _action(block) is LaterKind.EXPIRED
        or _EXPIRED_STATUS.match(status)
        or (status in ("", "5.0.0") and GAVE_UP.search(f"{diagnostic}\n{human}"))
    ):
        kind = LaterKind.EXPIRED
    else:
        kind = LaterKind.BOUNCED
    reason = diagnostic or _reason(human, status)
    return _report(parts, kind, status, reason, [_named(each) for each in failures])


def _action(block: Mapping[str, str]) -> LaterKind | None:
    """What a block says was done (RFC 3464 2.3.3); None for what needs no attention."""
    action = block.get("action", "").lower()
    return next((kind for beginning, kind in _ACTIONS.items() if action.startswith(beginning)), None)


_ACTIONS = {"fail": LaterKind.BOUNCED, "delay": LaterKind.DELAYED, "expired": LaterKind.EXPIRED}


def _precise(status: str, diagnostic: str) -> str:
    """The status, or the one that the other server itself said where the first is general or contradicts it."""
    said = _first(_STATUS, diagnostic)
    general = not status or status.endswith(".0.0") or (said and said[0] != status[0])
    return said if said and general else status


def _is_final(status: str, diagnostic: str) -> bool:
    """Whether there is no such domain, or the other server refused for good and the status only does not say it."""
    if NO_DOMAIN.search(diagnostic):
        return True
    return status == "4.0.0" and _first(_CODE, diagnostic).startswith("5")


def _named(block: dict[str, str]) -> Iterator[str]:
    for field in ("original-recipient", "final-recipient"):
        address = block.get(field, "")
        yield _XTEXT.sub(lambda found: _character(found[1]), address.partition(";")[2] or address).strip(' <>"')


def _character(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""


# --- other forms ----------------------------------------------------------------------------------------------------


def _is_returned(parts: Parts) -> bool:
    """Whether a server wrote it about a message that it could not deliver, or not yet."""
    content_type = parts.field("content-type").lower()
    if "delivery-status" in content_type or parts.field("x-failed-recipients"):
        return True
    human = _human(parts)
    said = f"{parts.field('subject')}\n{human}"
    if not (FAILED.search(said) or DELAYED.search(said) or EXPIRED.search(said)):
        return False
    if SENDERS.search(parts.field("from")) or parts.field("from") == "<>":
        return True
    automatic = parts.field("auto-submitted").lower().startswith("auto-replied") or AWAY.search(parts.field("subject"))
    coded = _STATUS.search(human) or _CODE.search(human)
    return parts.field("return-path") == "<>" and not automatic and coded is not None


def _is_automatic(parts: Parts) -> bool:
    automatic = parts.field("auto-submitted").lower()
    return (
        (bool(automatic) and not automatic.startswith("no"))
        or bool(parts.field("x-autoreply") or parts.field("x-autorespond"))
        or parts.field("precedence").lower() in ("auto_reply", "auto-reply")
        or AWAY.search(parts.field("subject")) is not None
        or (parts.field("return-path") == "<>" and bool(_answered(parts)))
    )


def _from_text(parts: Parts, octets: bytes) -> MailReport:
    human = _human(parts)
    waiting, failing = _by_flufl(octets)
    status = _first(_STATUS, human)
    code = _first(_CODE, human)
    final = status.startswith("5") or code.startswith("5")
    said = f"{parts.field('subject')}\n{human}"
    waits = waiting and not failing and (DELAYED.search(said) or not FAILED.search(human))
    if waits or (not final and _still_tries(parts.field("subject"), human, failing)):
        kind = LaterKind.DELAYED
    elif status.startswith("5") or (code.startswith("5") and not status):
        kind = LaterKind.EXPIRED if _EXPIRED_STATUS.match(status) else LaterKind.BOUNCED
    elif status.startswith("4") or code.startswith("4") or EXPIRED.search(human):
        kind = LaterKind.EXPIRED
    else:
        kind = LaterKind.BOUNCED
    named = parts.field("x-failed-recipients").split(",")
    plain = [human[start:end] for start, end in find_addresses(human)]
    return _report(parts, kind, status or code, _reason(human, status or code), [[*named, *waiting, *failing], plain])


def _still_tries(subject: str, human: str, failing: set[str]) -> bool:
    """Whether the words say that it is not over: a subject that does counts, unless the addresses have failed."""
    if DELAYED.search(subject):
        return not (failing and GAVE_UP.search(human))
    return DELAYED.search(human) is not None and GAVE_UP.search(f"{subject}\n{human}") is None


def _by_flufl(octets: bytes) -> tuple[set[str], set[str]]:
    """The addresses that are still tried, and those that failed, by the forms of many servers."""
    from flufl.bounce import all_failures

    try:
        waiting, failing = all_failures(message_from_bytes(octets))
    except Exception:  # noqa: BLE001  (a form that only looks like a known one)
        return set(), set()
    return {each.decode("utf-8", "replace") for each in waiting}, {each.decode("utf-8", "replace") for each in failing}


def _answer(parts: Parts, kind: LaterKind | AnswerKind) -> MailReport:
    sender = parseaddr(parts.field("from"))[1]
    reason = parts.field("subject") if kind is LaterKind.AUTO_REPLIED else ""
    return _report(parts, kind, "", reason, [[sender]])


# --- what all have --------------------------------------------------------------------------------------------------


def _report(
    parts: Parts, kind: LaterKind | AnswerKind, status: str, reason: str, named: list[Iterator[str]] | list[list[str]]
) -> MailReport:
    returned = dict(parts.returned[0]) if parts.returned else {}
    ids = [_bare(value) for block in parts.returned for name, value in block if name == "message-id"]
    ids += [
        _bare(block_value) for block in parts.status for name, block_value in block if name == "original-message-id"
    ]
    ids += [] if ids else _answered(parts)
    quoted = frozenset(one or other for one, other in _ID.findall(parts.everything)) | frozenset(_answered(parts))
    recipients = dict.fromkeys(
        same_mailbox_key(address.strip(" <>\"'")) for some in named for address in some if "@" in address
    )
    return MailReport(kind, status, _short(reason), tuple(filter(None, ids)), quoted, tuple(recipients), returned)


def _answered(parts: Parts) -> list[str]:
    """The ids that a mail says it answers (RFC 5322 3.6.4)."""
    said = f"{parts.top.get('in-reply-to', '')} {parts.top.get('references', '')}"
    return [one or other for one, other in _ID.findall(said)]


def _bare_id(octets: bytes) -> str:
    return octets.decode("ascii", "replace")


def _bare(text: str) -> str:
    return text.strip().strip("<>").strip()


def _human(parts: Parts) -> str:
    """What is written for people, up to where the letter is returned."""
    text = parts.texts[0] if parts.texts else ""
    if len(text.strip()) < 20 and len(parts.texts) > 1:
        text = parts.texts[1]
    below = RETURNED_BELOW.search(text, min(len(text), 1))
    return text[: below.start()] if below else text


def _reason(human: str, status: str) -> str:
    """The line of a text that says why: the one with the status or code, with what goes on from it."""
    lines = [line.strip(" \t>") for line in human.splitlines()]
    for number, line in enumerate(lines):
        if status and status in line:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            return f"{line} {following}" if len(line) < 60 else line
    for pattern in (GAVE_UP, FAILED, EXPIRED, DELAYED):
        for line in lines:
            if pattern.search(line):
                return line
    return next(filter(None, lines), "")


def _short(reason: str) -> str:
    line = " ".join(visible(reason).split())
    return line if len(line) <= REASON_LENGTH else f"{line[: REASON_LENGTH - 1]}…"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
