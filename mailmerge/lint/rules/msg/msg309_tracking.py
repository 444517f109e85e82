"""MSG309: the message does not track its reader."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.batch import Batch
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("The message does not track its reader."),
    what=N_("Images that are loaded from a server, and links that point to a different site for each person."),
    why=N_(
        "Loading the image shows its server who opened the rejection, when and where; this program does not track "
        "people, and a letter should not either."
    ),
    bad=N_('<img src="https://pixel.example/{{ reference }}.gif">'),
    good=N_('an image that is sent with the message: Attachment: logo.png and <img src="logo.png">'),
    fix=N_("Attach the image, or add its server to allow_addresses under [lint]."),
)
IMAGE = Sentence(
    "msg309.image",
    one=N_("{letter} loads an image from {host}, which can see who opens the message"),
    fix=N_("Attach the image instead; if the server is yours, add {host} to allow_addresses under [lint]."),
    many=N_(
        "{letter} loads an image from {host}, which can see who opens the message (people affected: {count}; {lines})"
    ),
)
LINK = Sentence(
    "msg309.link",
    one=N_("the link {link} points to a different site for almost every person, such as {host} and {other}"),
    fix=N_("Use one address for everybody, or a link to your own server."),
)


@rule("MSG309", "tracking", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE, DOC)
def tracking(view: MessageView) -> Iterator[RawFinding]:
    """The message does not track its reader."""
    letter = view.letter.letter.name
    for image in view.shape.markup.images:
        host = _host(image)
        if _is_allowed(view, host):
            continue
        yield RawFinding(
            says=IMAGE,
            values={"letter": Quoted(letter), "host": Quoted(host or image)},
            evidence=(letter, image),
            record=view.record,
            letter=letter,
            excerpt=image,
            cause=f"image\x1f{image}",
            general=True,
        )


@also("MSG309", Scope.SET)
def hosts_by_person(survey: Batch) -> Iterator[RawFinding]:
    """Links that point to a different site for almost every person."""
    for link, hosts in survey.hosts.items():
        if len(hosts) > max(3, len(survey.facts) // 4):
            first, second = sorted(hosts)[:2]
            yield RawFinding(
                says=LINK,
                values={"link": Quoted(link), "host": Quoted(first), "other": Quoted(second)},
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
