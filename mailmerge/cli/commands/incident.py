"""``mailmerge incident``: when a list has leaked, from the mail itself to the facts, the sheets and the apologies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, json_option, print_json, put, say
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _, language, ngettext, number, plural
from mailmerge.text.shown import visible

if TYPE_CHECKING:
    from mailmerge.incident.opening import OpenedIncident
    from mailmerge.incident.record import IncidentRecord

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group()
def incident() -> None:
    """Do what an exposure asks for. Where a list was sent to everybody: count who saw what, fill in the forms, and
    prepare the apologies.

    Nothing is sent, and the copies of the mail are not changed.

    \b
    Example: mailmerge incident open leaked.msg --aware "2026-09-01 10:15 Europe/Paris" --out incident
    """


@incident.command("open")
@click.argument("copies", nargs=-1, required=True, metavar="COPY...", type=click.Path(path_type=Path))
@click.option(
    "--table",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TABLE",
    help="The table that the people come from: their titles and names are taken from it.",
)
@click.option(
    "--aware",
    required=True,
    metavar="TIME",
    help='When you became aware of it, with the time zone, for example "2026-09-01 10:15 Europe/Paris".',
)
@click.option(
    "--bounces",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What came back: notices (.eml, .msg, .mbox), the output of `show RUN --json`, or a list of addresses.",
)
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A new folder.")
@json_option
def open_(
    copies: tuple[Path, ...], table: Path | None, aware: str, bounces: Path | None, folder: Path, as_json: bool
) -> int:
    """Read copies of the leaked mail (.eml, .msg, .mbox). All about it is written into the new folder DIR.

    Give the sender's own copy first: only it shows who was in Bcc. Give replies to all and notices of non-delivery
    too. DIR gets the facts, a report, sheets for the authorities' forms, a row for the register, a checklist for 72
    hours, and a campaign of apologies that is ready to be looked at. people.csv and the table of the campaign name
    people: they are readable by you alone, and `purge` deletes them.

    \b
    Example: mailmerge incident open leaked.msg --table candidates.csv --aware "2026-09-01 10:15 Europe/Paris" --out DIR
    """
    from mailmerge.incident.opening import open_incident

    opened = open_incident(
        copies,
        aware=aware,
        folder=folder,
        table=table,
        returned_mail=bounces,
        language=language(),
        environment=environment(),
    )
    _narrate(opened)
    if as_json:
        print_json(
            {
                **_counts(opened.record),
                "files": opened.files,
                "remarks": [each.note for each in opened.remarks],
                "open": opened.record.open,
            }
        )
    return OK


@incident.command("status")
@_FOLDER
@json_option
def status(folder: Path, as_json: bool) -> int:
    """Say how many hours are left, and what is to be filled in. It also looks whether the copies are as they were.

    \b
    Example: mailmerge incident status DIR
    """
    from mailmerge.incident.facts import BY_KEY
    from mailmerge.incident.notes import time_left
    from mailmerge.incident.opening import status_of

    found = status_of(folder, environment())
    if as_json:
        print_json(
            {
                **_counts(found.record),
                "hours_left": found.hours_left,
                "open": found.record.open,
                "facts": found.record.facts,
                "evidence": [
                    {"file": each.file, "sha256": each.sha256, "unchanged": found.evidence[each.file]}
                    for each in found.record.evidence
                ],
                "files": found.files,
                "changed": found.changed,
            }
        )
        return OK
    put(time_left(found.record, environment()))
    for key in found.record.open:
        put(_("still empty: {field} ({key})").format(field=_(BY_KEY[key].label), key=key))
    if found.record.open:
        say(
            _('to fill one in: mailmerge incident set {folder} "{key}=..."').format(
                folder=folder, key=next(iter(found.record.open))
            )
        )
    for file, unchanged in found.evidence.items():
        if unchanged is None:
            put(_("{file} is no longer there").format(file=visible(file)))
        elif not unchanged:
            put(_("{file} has changed since it was read").format(file=visible(file)))
    for name in found.changed:
        put(_("{file} has been edited, so the program no longer updates it").format(file=name))
    return OK


@incident.command("set")
@_FOLDER
@click.argument("facts", nargs=-1, required=True, metavar="FIELD=TEXT...")
@json_option
def set_(folder: Path, facts: tuple[str, ...], as_json: bool) -> int:
    """Fill in fields. The sheets that follow from them are written again; an empty text empties a field.

    `incident status` lists the fields. A sheet that you changed yourself is left as it is.

    \b
    Example: mailmerge incident set DIR "organisation=Avonmoor Furniture" about=application,refusal
    """
    from mailmerge.incident.opening import set_facts

    given = {}
    for fact in facts:
        key, equals, value = fact.partition("=")
        if not equals:
            raise UsageError(N_('"{fact}" is not of the form FIELD=TEXT'), fact=fact)
        given[key.strip()] = value
    record = set_facts(folder, given, language=language(), environment=environment())
    left = len(record.open)
    say(plural(left, "{count} field is still empty", "{count} fields are still empty"))
    if as_json:
        print_json({"facts": record.facts, "open": record.open})
    return OK


def _counts(record: IncidentRecord) -> dict[str, object]:
    return {
        "people": record.people,
        "exposed": record.exposed,
        "received": record.received,
        "bounced": record.bounced,
        "disclosures": record.disclosures,
        "aware": record.aware,
        "deadline": record.deadline,
    }


def _narrate(opened: OpenedIncident) -> None:
    from mailmerge.incident.notes import said, time_left

    record = opened.record
    say(
        ngettext(
            "{people} person exposed, {disclosures} disclosures",
            "{people} people exposed, {disclosures} disclosures",
            record.exposed,
        ).format(people=number(record.exposed), disclosures=number(record.disclosures))
    )
    say(time_left(record, environment()))
    for sentence in dict.fromkeys(_notes(map(said, opened.remarks))):
        say(sentence)
    say(_("everything is in {folder}; start with report.html").format(folder=opened.folder))
    say(_("the apologies: mailmerge check {campaign}").format(campaign=opened.folder / "apology" / "campaign.toml"))


def _notes(sentences: Iterable[str]) -> Iterable[str]:
    return (_("note: {sentence}").format(sentence=sentence) for sentence in sentences)
