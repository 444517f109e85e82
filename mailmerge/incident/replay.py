"""These rules would have stopped it: the linter's findings on the mail as it leaked, and on its list."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mailmerge.campaign import open_campaign
from mailmerge.environment import Environment
from mailmerge.errors import MailmergeError
from mailmerge.files.home import home_below
from mailmerge.incident.mail import HeaderField, Mail
from mailmerge.incident.people import NamedPerson
from mailmerge.incident.quoted import text_of
from mailmerge.incident.record import RuleRecord
from mailmerge.model import Severity
from mailmerge.text.shown import one_line

MOST_PEOPLE = 400
"""On whom the rules are tried: what stops a mail to four hundred stops one to forty thousand."""
_MOST_TEXT = 200_000
_MOST_FILES = 5


def rules_that_stop(mail: Mail, people: Sequence[NamedPerson]) -> tuple[tuple[RuleRecord, ...], int]:
    """The rules that block the mail, those that block the most first, and on how many people they were tried.

    The mail becomes a letter with the same To, Cc and Bcc, and the people its table; nothing of it is kept.
    """
    some = [person for person in people if person.address][:MOST_PEOPLE]
    with tempfile.TemporaryDirectory(prefix="mailmerge-") as folder:
        table, letter = Path(folder) / "people.csv", Path(folder) / "leaked.txt"
        table.write_bytes(_table(some))
        names = list(_attached(mail, Path(folder)))
        text = _letter(mail, {person.address for person in some}, names)
        letter.write_text(text, encoding="utf-8", errors="replace")
        try:
            environment = Environment(home_below(Path(folder) / "home"))
            report = open_campaign([table, letter], environment=environment).check().report
        except MailmergeError:  # a text that cannot be a letter: what it would be stopped by is not known
            return (), 0
    counts: Counter[tuple[str, str]] = Counter()
    for finding in report.blocks:
        for each in (finding, *finding.echoes):
            if each.severity is Severity.BLOCK:
                counts[each.rule, each.name] += each.count
    rules = [RuleRecord(code, name, count) for (code, name), count in counts.most_common()]
    return tuple(rules), len(some)


def _table(people: Sequence[NamedPerson]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Title", "Full name", "Email"))
    writer.writerows((each.title, each.name, each.address) for each in people)
    return text.getvalue().encode("utf-8", "replace")


def _attached(mail: Mail, folder: Path) -> Iterator[str]:
    """The files of the mail, written under plain names of their own."""
    for number, file in enumerate(mail.files[:_MOST_FILES], 1):
        suffix = Path(file.name).suffix.casefold()
        name = f"attachment-{number}{suffix if suffix[1:].isalnum() and suffix.isascii() else '.bin'}"
        (folder / name).write_bytes(file.content)
        yield name


def _letter(mail: Mail, known: set[str], files: Sequence[str]) -> str:
    """The leaked mail as a letter file: its words are words, whatever braces they hold."""
    head = [f"Subject: {_plain(one_line(mail.subject)) or '-'}", *(f"Attachment: {name}" for name in files)]
    for field in HeaderField:
        listed = dict.fromkeys(
            each.address for each in mail.recipients if each.field is field and each.address in known
        )
        if listed:
            head.append(f"{field.value.capitalize()}: {', '.join(listed)}")
    return "\n".join(head) + "\n\n" + _plain(text_of(mail)[:_MOST_TEXT]) + "\n"


def _plain(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")
