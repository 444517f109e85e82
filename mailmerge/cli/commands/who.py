"""``mailmerge who``: in whose messages a name, an address or another value is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from mailmerge.campaign.runs.holders import Holder, Sought, holders_in_campaign, holders_in_run
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, json_option, print_json, put, say
from mailmerge.cli.source import opened
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _, plural
from mailmerge.text.shown import visible


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="RUN|SOURCE... TEXT")
@json_option
def who(arguments: tuple[str, ...], as_json: bool) -> int:
    """Show in whose messages TEXT is. It may be a name, an address, a number, or any other value.

    A name is recognised in its usual forms, an address and a number however they are written: in the header, in the
    texts and in the files. RUN is a run; SOURCE is a campaign.toml, or a table and a letter.

    \b
    Example: mailmerge who 2026-09-02-7f3a "Jeanne Petit"
    Example: mailmerge who candidates.csv letter.md jeanne.petit@boite.example
    """
    from mailmerge.lint.extract.content import Part
    from mailmerge.lint.extract.part_words import PART_WORDS

    *source, text = arguments
    if not source:
        raise UsageError(N_("give a run or a SOURCE, and then the text to search for"))
    sought = Sought(text)
    holders = list(_holders(source, sought))
    if as_json:
        messages = [_document(holder, sought) for holder in holders]
        print_json({"text": text, "messages": messages})
        return OK
    for holder in holders:
        told = _("{heading}: {text}")
        found = (told.format(heading=PART_WORDS[Part(each.part)], text=each.text) for each in holder.found)
        places = ", ".join(dict.fromkeys(found))
        put(visible(f"{holder.record:>6} {holder.name} <{holder.address}>  {places}"))
    if not holders:
        say(_('"{text}" is in no message').format(text=text))
    else:
        say(plural(len(holders), "it is in {count} message", "it is in {count} messages"))
    return OK


def _holders(source: list[str], sought: Sought) -> Iterator[Holder]:
    if len(source) == 1 and not Path(source[0]).exists():
        return holders_in_run(environment().outbox.open(source[0]), sought)
    return holders_in_campaign(opened([Path(each) for each in source], ""), sought)


def _document(holder: Holder, sought: Sought) -> dict[str, object]:
    return {
        "record": holder.record,
        "name": holder.name,
        "address": holder.address,
        "own": sought.is_addressed(holder.address),
        "found": [{"part": found.part, "text": found.text} for found in holder.found],
    }
