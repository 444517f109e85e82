"""TPL203: the letter text names nobody from the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Term, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("The letter text names nobody from the table."),
    what=N_(
        "The address, telephone number, reference or full name of a recipient in the author's own words. Declared "
        "signatories and the name in From are only listed."
    ),
    why=N_("A letter to one person that was turned into a template shows that person's name to every recipient."),
    bad=N_('"Cher Jean Petit," in the template, and Jean Petit in the table'),
    good=N_('"Cher {{ prenom }} {{ nom }},"'),
    fix=N_('Replace the words with fields, or declare who signs: [lint] signatories = ["Claire Martin"].'),
)
_ADDRESS = Sentence(
    "tpl203.address",
    one=N_(
        "{letter}, line {line}: the letter text itself contains the e-mail address of {people}, "
        "which every recipient would see"
    ),
    fix=N_(
        "Replace it with {{{{ {email} }}}}; or, if the address is one of your own, add it to allow_addresses "
        "under [lint] in campaign.toml."
    ),
    many=N_(
        "{letter}: the letter text itself contains the e-mail addresses of {count} people, first on line {line}; "
        "every recipient would see them"
    ),
)
_NAME = Sentence(
    "tpl203.name",
    one=N_(
        "{letter}, line {line}: the letter text itself contains the full name of {people}, "
        "which every recipient would see"
    ),
    fix=N_(
        "Replace it with fields; or, if this is who signs the letter, list them under signatories "
        "in [lint] of campaign.toml."
    ),
    many=N_(
        "{letter}: the letter text itself contains the full names of {count} people, first on line {line}; "
        "every recipient would see them"
    ),
)
_NUMBER = Sentence(
    "tpl203.number",
    one=N_(
        "{letter}, line {line}: the letter text itself contains {identity} of {people}, which every recipient would see"
    ),
    fix=N_("Replace it with the field that holds it."),
    many=N_(
        "{letter}: the letter text itself contains {identity} of {count} people, first on line {line}; "
        "every recipient would see it"
    ),
)
_SIGNS = Sentence(
    "tpl203.signs",
    one=N_("{letter}, line {line}: the letter text itself contains the full name of {people}, a declared signatory"),
    fix=N_("No action is needed."),
)
_SENTENCES = {What.ADDRESS: _ADDRESS, What.NAME: _NAME}
_NUMBERS = {
    What.PHONE: Term(N_("the telephone number")),
    What.NIR: Term(N_("the social security number")),
    What.IBAN: Term(N_("the bank account number")),
    What.REFERENCE: Term(N_("the reference")),
}


@rule("TPL203", "hard-coded-recipient", Severity.BLOCK, Suppression.ALLOW, Scope.LETTER, DOC)
def hard_coded_recipient(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """People of the table in the letter's own words."""
    signatories = inspection.signatories | {" ".join(sorted(fold(name).split())) for name in from_names(letter)}
    seen: set[str] = set()
    for constant in letter.constants:
        for hit in identities_in(inspection.identities, constant.text):
            if hit.key in seen or hit.key in inspection.allowed or _is_own_sender(letter, hit):
                continue
            seen.add(hit.key)
            signs = hit.what is What.NAME and hit.key in signatories
            if hit.what is What.NAME and not signs and _is_ordinary(constant.text, hit.key):
                continue
            line = constant.line + _line_of(constant.text, hit)
            values: dict[str, Value] = {
                "letter": Quoted(letter.name),
                "line": line,
                "people": inspection.people(hit.owners),
                "email": inspection.table.columns.email or "email",
            }
            if hit.what in _NUMBERS:
                values["identity"] = _NUMBERS[hit.what]
            yield Found(
                says=_SIGNS if signs else _SENTENCES.get(hit.what, _NUMBER),
                values=values,
                evidence=(letter.name, hit.key),
                others=hit.owners,
                letter=letter.name,
                letter_line=line,
                excerpt=_as_written(constant.text, hit),
                severity=Severity.INFO if signs else Severity.BLOCK,
                cause="" if signs else f"{letter.name}\x1f{hit.what.name}",
            )


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
    """Whether a name is in the text only as ordinary words, without capitals: "un profil franc et juste"."""
    words = key.split()
    if not set(words) <= _ORDINARY and max(map(len, words)) > 2:
        return False
    capitalised = {fold(word) for word in re.findall(r"[^\W_]+", text) if word[0].isupper()}
    return not set(words) <= capitalised


def _line_of(text: str, hit: Hit) -> int:
    """How many lines down the hit is."""
    words = hit.key.split("@")[0].split()
    for number, line in enumerate(text.split("\n")):
        if all(word in fold(line) or word in line.casefold() for word in words):
            return number
    return 0


def _as_written(text: str, hit: Hit) -> str:
    """The hit as the text has it, for highlighting."""
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
