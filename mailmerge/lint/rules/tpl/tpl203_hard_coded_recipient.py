"""TPL203: nobody of the table stands in the letter itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities.index import Hit, What
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Nobody of the table stands in the letter itself."),
    what=N_(
        "the address, telephone number, reference or full name of a recipient in the author's own words. It is "
        "only listed for declared signatories and for the name in From."
    ),
    why=N_(
        "a letter that was written to one person and then turned into a template tells everybody that person's name."
    ),
    bad=N_('"Cher Jean Petit," in the template, and Jean Petit in the table'),
    good=N_('"Cher {{ prenom }} {{ nom }},"'),
    fix=N_('put the fields in place of the words; declare who signs: [lint] signatories = ["Claire Martin"].'),
)


@rule("TPL203", "hard-coded-recipient", Severity.BLOCK, Suppression.ALLOW, Scope.LETTER, DOC)
def hard_coded_recipient(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nobody of the table stands in the letter itself."""
    signatories = inspection.signatories | {" ".join(sorted(fold(name).split())) for name in from_names(letter)}
    told: set[str] = set()
    for constant in letter.constants:
        for hit in identities_in(inspection.identities, constant.text):
            if hit.key in told or hit.key in inspection.allowed or _is_own_sender(letter, hit):
                continue
            told.add(hit.key)
            signs = hit.what is What.NAME and hit.key in signatories
            if hit.what is What.NAME and not signs and _is_ordinary(constant.text, hit.key):
                continue
            line = constant.line + _line_of(constant.text, hit)
            who = inspection.people(hit.owners)
            yield Found(
                message=f"{letter.name}, line {line}: the letter itself holds the {hit.what.value} of {who}; "
                + ("who signs, as declared" if signs else "everybody would read it"),
                fix="Nothing to do." if signs else _HARD_CODED_FIX[hit.what is What.ADDRESS],
                evidence=(letter.name, hit.key),
                others=hit.owners,
                letter=letter.name,
                letter_line=line,
                excerpt=_as_written(constant.text, hit),
                severity=Severity.INFO if signs else Severity.BLOCK,
                cause="" if signs else f"{letter.name}\x1f{hit.what.value}",
                together=f"{letter.name}: the letter itself holds the {hit.what.value} of {{count}} people, the "
                f"first on line {line}; everybody would read them",
            )


_HARD_CODED_FIX = {
    True: "Put {{ email }} in its place; or, for an address of your own, name it in [lint] allow_addresses.",
    False: "Put the fields in its place; or, for who signs the letter, name them in [lint] signatories.",
}


def from_names(letter: Letter) -> Iterator[str]:
    """The display name in From, as the author wrote it."""
    for constant in letter.constants:
        if constant.part.casefold() == "from":
            yield re.sub(r"<[^>]*>?", " ", constant.text)


def _is_own_sender(letter: Letter, hit: Hit) -> bool:
    return hit.what is What.ADDRESS and hit.key in {same_mailbox_key(address) for address in letter.declared_senders}


_ORDINARY = words(
    "petit petite grand grande bon bonne blanc blanche noir noire roux brun rose claire clair juste fort forte doux "
    "douce franc france pierre roche fontaine bois champ pre pont rivage mer olive prune fleur marguerite violette "
    "marin boulanger meunier charpentier mercier marchand berger chevalier roi prince comte duc page le la du de des "
    "constant constance clement clemence felicite grace prudence esperance aime desire bienvenue modeste victoire "
    "long young brown white black green king may june april august will mark bill grant hope faith joy small short "
    "best good rich cook baker smith hunter fisher bishop drew art summer autumn an a et and le les un une en"
)


def _is_ordinary(text: str, key: str) -> bool:
    """Whether a name stands in the text only as ordinary words, without capitals: "un profil franc et juste"."""
    words = key.split()
    if not set(words) <= _ORDINARY and max(map(len, words)) > 2:
        return False
    capitalised = {fold(word) for word in re.findall(r"[^\W_]+", text) if word[0].isupper()}
    return not set(words) <= capitalised


def _line_of(text: str, hit: Hit) -> int:
    """How many lines down the hit stands."""
    words = hit.key.split("@")[0].split()
    for number, line in enumerate(text.split("\n")):
        if all(word in fold(line) or word in line.casefold() for word in words):
            return number
    return 0


def _as_written(text: str, hit: Hit) -> str:
    """The hit as it stands in the text, for marking it."""
    if hit.what is What.ADDRESS:
        spots = [text[start:end] for start, end in find_addresses(text)]
        return next((spot for spot in spots if same_mailbox_key(spot) == hit.key), "")
    words = hit.key.split()
    runs = list(re.finditer(r"[^\W_]+", text))
    for first in range(len(runs) - len(words) + 1):
        run = runs[first : first + len(words)]
        if sorted(fold(match.group()) for match in run) == sorted(words):
            return text[run[0].start() : run[-1].end()]
    return ""
