"""ATT505: a file does not reveal who made it, or where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.content import Content
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.lint.vocabulary import TRADES, words
from mailmerge.model import Severity
from mailmerge.text.folding import fold

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("A file does not reveal who made it, or where."),
    what=N_(
        "An author or last editor who does not sign the letter, paths of the computer it was made on, and where a "
        "photograph was taken."
    ),
    why=N_('"lastModifiedBy: P. Durand" names the colleague who decided; a path names projects and people.'),
    bad=N_("an author field with the assistant's name"),
    good=N_("no author, or a declared signatory"),
    fix=N_('Remove the document\'s properties, or declare who it is: [lint] signatories = ["Claire Martin"].'),
)
_FIX = N_("Remove the document's properties, or add {shown} to signatories under [lint].")


class Trace(StrEnum):
    """What a file reveals. The values are part of fingerprints and never change."""

    AUTHOR = "author"
    EDITOR = "editor"
    MANAGER = "manager"
    PATH = "path"
    PLACE = "place"
    """Where a photograph was taken."""
    PRINTER = "printer"
    """Who printed it last (OpenDocument)."""


REVEALS: Mapping[Trace, Sentence] = {
    Trace.AUTHOR: Sentence(
        "att505.author",
        one=N_("the attachment {file} reveals its author: {shown}"),
        fix=_FIX,
        many=N_("{count} messages carry an attachment, such as {file}, that reveals its author: {shown} ({lines})"),
    ),
    Trace.EDITOR: Sentence(
        "att505.editor",
        one=N_("the attachment {file} reveals who last edited it: {shown}"),
        fix=_FIX,
        many=N_(
            "{count} messages carry an attachment, such as {file}, that reveals who last edited it: {shown} ({lines})"
        ),
    ),
    Trace.MANAGER: Sentence(
        "att505.manager",
        one=N_("the attachment {file} reveals its author's manager: {shown}"),
        fix=_FIX,
        many=N_(
            "{count} messages carry an attachment, such as {file}, that reveals its author's manager: {shown} ({lines})"
        ),
    ),
    Trace.PATH: Sentence(
        "att505.path",
        one=N_("the attachment {file} reveals where it was made: {shown}"),
        fix=N_("Remove the link or property that contains the path, or export the file as a new PDF."),
        many=N_(
            "{count} messages carry an attachment, such as {file}, that reveals where it was made: {shown} ({lines})"
        ),
    ),
    Trace.PLACE: Sentence(
        "att505.place",
        one=N_("the attachment {file} reveals where its photograph was taken: it contains GPS coordinates"),
        fix=N_("Remove the location from the photograph: Properties, Details, Remove Properties."),
        many=N_(
            "{count} messages carry an attachment, such as {file}, that reveals where its photograph was taken: it "
            "contains GPS coordinates ({lines})"
        ),
    ),
    Trace.PRINTER: Sentence(
        "att505.printer",
        one=N_("the attachment {file} reveals who last printed it: {shown}"),
        fix=_FIX,
        many=N_(
            "{count} messages carry an attachment, such as {file}, that reveals who last printed it: {shown} ({lines})"
        ),
    ),
}
_PROPERTIES = {
    "artist": Trace.AUTHOR,
    "author": Trace.AUTHOR,
    "creator": Trace.AUTHOR,
    "lastmodifiedby": Trace.EDITOR,
    "manager": Trace.MANAGER,
    "operator": Trace.EDITOR,
    "printed-by": Trace.PRINTER,
}
"""By how the name of a property ends: ``dc:creator``, ``meta:initial-creator``, ``cp:lastModifiedBy``."""


@rule("ATT505", "metadata", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE, DOC, of_files=True)
def metadata(view: MessageView) -> Iterator[RawFinding]:
    """A file does not reveal who made it, or where."""
    for _index, attachment, personal in sound_contents(view):
        for trace, text in _traces(view, content_of(view, attachment)):
            yield RawFinding(
                says=REVEALS[trace],
                values={"file": Quoted(attachment.filename), "shown": Quoted(text, 50)},
                evidence=(attachment.filename, trace, text),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=text,
                cause=f"{'' if personal else attachment.filename}\x1f{trace}\x1f{text}",
                general=not personal,
            )


def _traces(view: MessageView, content: Content) -> Iterator[tuple[Trace, str]]:
    """What a file reveals, each person once."""
    reported: set[str] = set()
    for name, text in content.metadata.items():
        ending = name.rpartition(":")[2].casefold()
        trace = next((trace for suffix, trace in _PROPERTIES.items() if ending.endswith(suffix)), None)
        if trace is not None and fold(text) not in reported and _is_person(view, text):
            reported.add(fold(text))
            yield trace, text
    if "gps" in content.metadata:
        yield Trace.PLACE, "GPS"
    if content.local_path:
        yield Trace.PATH, content.local_path


def _is_person(view: MessageView, value: str) -> bool:
    """Whether an author's name is somebody's who does not sign, and not a house's, a program's or a computer's."""
    folded = fold(value)
    spoken = {word for word in folded.split() if not word.isdigit()}
    if not spoken or spoken <= _NOBODY or not spoken.isdisjoint(_FIRMS) or not any(word.isalpha() for word in spoken):
        return False
    if spoken <= _words_of_house(view):
        return False
    name = " ".join(sorted(folded.split()))
    own = {" ".join(sorted(view.words_of_own_name))}
    senders = {" ".join(sorted(fold(m.name).split())) for m in view.message.mailboxes("From")}
    return name not in view.inspection.signatories | senders | own


def _words_of_house(view: MessageView) -> set[str]:
    """The words of the sender's domain: Garonne for rh@atelier-garonne.example."""
    addresses = {mailbox.address for mailbox in view.message.mailboxes("From")}
    if view.inspection.sender is not None:
        addresses.add(view.inspection.sender.address)
    return {word for address in addresses for word in fold(address.rpartition("@")[2]).split()} - _TOP_LEVEL


_TOP_LEVEL = words("com fr net org eu uk co de be ch it es nl")
_NOBODY = words(
    "canva user users utilisateur utilisateurs usuario benutzer utente gebruiker admin administrator administrateur "
    "anonymous anonyme unknown inconnu auteur author autor owner proprietaire default defaut invite guest nobody root "
    "system windows microsoft office word excel powerpoint google docs libreoffice openoffice python docx openpyxl "
    "apple mac macbook imac iphone ipad pc poste ordinateur computer laptop portable dell hp lenovo acer asus toshiba "
    "samsung canon epson ricoh xerox brother konica kyocera scanner scan printer imprimante home pro local user1 de du "
    "la le the"
)
"""Words of which a name consists that is a program's or a computer's: Utilisateur Windows."""
_HOUSES = words(
    "atelier ateliers cabinet societe ste sarl sas sasu sa eurl scop sci groupe group agence agency association "
    "fondation foundation institut institute universite university ecole school lycee college mairie commune ville "
    "departement region conseil ministere prefecture hopital hospital clinique clinic banque bank assurance assurances "
    "mutuelle entreprise company compagnie co corp inc ltd llc llp plc limited gmbh ag kg ug ev bv nv srl spa sl oy ab "
    "as aps service services direction department team equipe bureau office rh drh hr recrutement recruitment "
    "ressources humaines human resources personnel secretariat accueil communication marketing comptabilite support "
    "studio studios design consulting conseils solutions systems systemes technologies industries editions media "
    "medias press presse international france europe club federation syndicat comite centre center maison librairie "
    "imprimerie"
)
"""Words that make a name a house's and no person's: Atelier Garonne, Service RH."""
_FIRMS = _HOUSES | TRADES
