"""MSG309: the message does not report to anybody."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.views.batch import Survey
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("The message does not report to anybody."),
    what=N_("images that are loaded from a server, and links whose host differs from person to person."),
    why=N_(
        "loading the picture tells its server who opened the rejection, when and where; this program does not "
        "track, and a letter should not either."
    ),
    bad=N_('<img src="https://pixel.example/{{ reference }}.gif">'),
    good=N_('an image that travels with the message: Attachment: logo.png and <img src="logo.png">'),
    fix=N_("attach the image; or allow its host by name in [lint] allow_addresses."),
)


@rule("MSG309", "tracking", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE, DOC)
def tracking(view: MessageView) -> Iterator[Found]:
    """The message does not report to anybody."""
    letter = view.letter.letter.name
    for image in view.shape.markup.images:
        host = _host(image)
        if _is_allowed(view, host):
            continue
        yield Found(
            message=f"{letter}: an image is loaded from {shorten(host)}, which learns who opens the message",
            fix=f"Attach the image instead; or, for a server of your own, name {shorten(host)} in [lint] "
            "allow_addresses.",
            evidence=(letter, image),
            record=view.record,
            letter=letter,
            excerpt=image,
            cause=f"image\x1f{image}",
            together=f"{letter}: an image is loaded from {shorten(host)}, which learns who opens the message "
            "({count} messages)",
            general=True,
        )


@also("MSG309", Scope.SET)
def hosts_by_person(survey: Survey) -> Iterator[Found]:
    """Links whose host differs from person to person."""
    for link, hosts in survey.hosts.items():
        if len(hosts) > max(3, len(survey.facts) // 4):
            yield Found(
                message=f"the link {shorten(link)} leads to another host for almost every person, as "
                f"{shorten(', '.join(sorted(hosts)[:2]))}",
                fix="Use one address for everybody, or a link of your own server.",
                evidence=(link,),
                excerpt=link,
            )


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").casefold()
    except ValueError:
        return address


def _is_allowed(view: MessageView, host: str) -> bool:
    return any(
        entry.casefold().lstrip("@") in (host, host.partition(".")[2])
        for entry in view.inspection.settings.allow_addresses
    )
