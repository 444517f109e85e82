"""What a reader does not see, and a program does: hidden text, encodings, parts that differ, pictures that report."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from mailmerge.lint.decoding import decoded_views
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.foreign import foreign_in
from mailmerge.lint.registry import Scope, also, rule
from mailmerge.lint.scans import MessageView
from mailmerge.lint.survey import Survey
from mailmerge.model import Severity
from mailmerge.text import fold, shorten


@rule("TPL207", "hidden-content", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE)
def hidden_content(view: MessageView) -> Iterator[Found]:
    """Nothing is written that is not shown.

    What: HTML comments, display:none, zero size, text in the colour of its background, and alt, title or data-
    attributes that carry a field. It blocks where a field is in it, and is listed otherwise.
    Why: whoever opens the source reads it; a comment "score: 7/20" in a rejection has been read by candidates.
    Bad: <!-- {{ note }} -->, <span style="display:none">{{ reference }}</span>
    Good: text that everybody sees
    Fix: delete it from the letter.
    """
    letter = view.letter.letter.name
    for hidden in view.shape.markup.hidden:
        fields = sorted({field for index in hidden.values for field in view.message.shape.expressions[index].fields})
        carried = f", and it carries {', '.join(fields)}" if fields else ""
        text = f": {shorten(hidden.text, 60)}" if hidden.text.strip("… ") else ""
        yield Found(
            message=f"{letter}: {hidden.why} holds text that nobody sees{carried}{text}",
            fix="Delete it from the letter, or show it.",
            evidence=(letter, hidden.why, hidden.text),
            record=view.record,
            field=fields[0] if len(fields) == 1 else None,
            letter=letter,
            excerpt=hidden.text,
            severity=Severity.BLOCK if hidden.values else Severity.INFO,
            cause=f"{letter}\x1f{hidden.why}\x1f{hidden.text}",
            together=f"{letter}: {hidden.why} holds text that nobody sees{carried}{text} ({{count}} messages)",
            general=True,
        )


@rule("MSG305", "encoded-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def encoded_identity(view: MessageView) -> Iterator[Found]:
    """No identity of somebody else in disguise.

    What: an address, number, reference or full name of somebody else in percent, base64, hexadecimal or entity
    encoding, an address spelt "jean (at) x.example", or a name spelt J E A N, up to two encodings deep, in a value
    or a link.
    Why: a link of another person's that was pasted down a column opens that person's file.
    Bad: https://rdv.example/?u=amVhbi5kdXBvbnRAeC5leGFtcGxl in the letter to Inès
    Good: a link with this person's own address in it
    Fix: correct the cell: the link is another row's.
    """
    told: set[str] = set()
    for text in (*view.message.values, *view.shape.encoded):
        for decoded in decoded_views(text):
            for what, shown, owners, key in foreign_in(view, decoded):
                if key in told:
                    continue
                told.add(key)
                whose = f" of {view.inspection.people(owners)}" if owners else ""
                yield Found(
                    message=f"{view.inspection.person(view.record)} would get the {what}{whose} in an encoded form: "
                    f"{shorten(shown, 50)} in {shorten(text, 60)}",
                    fix="Correct the cell or the link: it is another person's.",
                    evidence=(view.own_key, what, key),
                    record=view.record,
                    others=owners,
                    excerpt=text,
                    cause=f"{what}\x1f{key}",
                )


@rule("MSG306", "part-divergence", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def part_divergence(view: MessageView) -> Iterator[Found]:
    """The text part and the HTML part say the same.

    What: a value that one of the two shows and the other does not; entities, line breaks and marks that print nothing
    make no difference.
    Why: what was proofread in one is not what the person reads in the other; some programs show the text part.
    Bad: an HTML part with "poste de Comptable" and a text part that still says "poste de Juriste"
    Good: both made from one letter
    Fix: write the letter once, as Markdown or HTML, and let the text be derived.
    """
    html, text = view.shape.only_in_html, view.shape.only_in_text
    if not html and not text:
        return
    values = view.message.values
    in_text, in_html = (
        {fold(values[index]) for index in there} for there in (view.shape.text_slots, view.shape.markup.shown)
    )
    for index in sorted(html | text):
        value = fold(values[index])
        inside, outside = ("HTML", "text") if index in html else ("text", "HTML")
        if value in (in_text if index in html else in_html):
            continue
        if value and f" {value} " not in (view.folded_text if index in html else view.folded_html):
            yield Found(
                message=f"{view.inspection.person(view.record)}: the {inside} part shows {shorten(values[index], 40)} "
                f"and the {outside} part does not",
                fix="Write the letter once, and let the text part be derived from it.",
                evidence=(view.own_key, values[index]),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=values[index],
                cause=f"{inside}\x1f{view.message.shape.expressions[index].source}",
            )


@rule("MSG307", "mime-oddity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def mime_oddity(view: MessageView) -> Iterator[Found]:
    """Only the parts that the letter declares.

    What: a part that the letter did not name, a forwarded message as a part; on the wire also text before the first
    part and after the last one (WIR903).
    Why: what no program shows is read by whoever saves the mail, and nobody proofread it.
    Bad: an attached .eml with another candidate's mail
    Good: text, HTML and the attachments of the letter's header
    Fix: take the part out of the letter; send documents as PDF.
    """
    message = view.message
    reasons = [
        f"a part is a whole message ({shorten(attachment.filename)})"
        for attachment in message.attachments
        if attachment.media_type.startswith(("message/", "multipart/"))
    ]
    if len(message.attachments) != len(message.shape.attachments):
        reasons.append(f"{len(message.attachments)} attachments instead of {len(message.shape.attachments)}")
    for reason in reasons:
        yield Found(
            message=f"{view.inspection.person(view.record)}: {reason}",
            fix="Take the part out of the letter.",
            evidence=(view.own_key, reason),
            record=view.record,
            letter=view.letter.letter.name,
            cause=reason,
        )


@rule("MSG309", "tracking", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE)
def tracking(view: MessageView) -> Iterator[Found]:
    """The message does not report to anybody.

    What: images that are loaded from a server, and links whose host differs from person to person.
    Why: loading the picture tells its server who opened the rejection, when and where; this program does not track,
    and a letter should not either.
    Bad: <img src="https://pixel.example/{{ reference }}.gif">
    Good: an image that travels with the message: Attachment: logo.png and <img src="logo.png">
    Fix: attach the image; or allow its host by name in [lint] allow_addresses.
    """
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
